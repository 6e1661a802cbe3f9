"""Adding to a list: whatever stood there stays, byte by byte; where that can't be promised, nothing is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from office import Office
from starting import begin

from pingshi.starting import CannotStartError

if TYPE_CHECKING:
    from pathlib import Path

MERIT = "- {kind: merit, on: 2026-02-11, what: 抢险, basis: 文号}\n"
ENTRY = "- kind: leave\n  type:\n  from:\n  to:\n  days:\n"
PATH = "records/u/facts/wang-fang.yml"


def add(old: bytes, folder: Path, what: str = "leave") -> bytes:
    """Add a fact to a file that stands there; returns what it holds then."""
    office = Office().write("facts/wang-fang.yml", "")
    office.files[PATH] = old
    begin(office, folder, "facts", person="wang-fang", what=what)
    return (folder / PATH).read_bytes()


@pytest.mark.parametrize(
    ("old", "tail"),
    [
        (MERIT, ENTRY),
        (MERIT.rstrip("\n"), "\n" + ENTRY),
        (MERIT + "# 以上为上半年\n", ENTRY),
        (MERIT + "\n\n", ENTRY),
        (MERIT.replace("\n", "\r\n"), ENTRY.replace("\n", "\r\n")),
        ((MERIT * 2).replace("\n", "\r\n").rstrip("\r\n"), "\r\n" + ENTRY.replace("\n", "\r\n")),
        (f"---\n{MERIT}", ENTRY),
        (f"  {MERIT}", "".join(f"  {line}\n" for line in ENTRY.splitlines())),
        ("- kind: merit\n  on: 2026-02-11\n  what: |\n    抢险\n    救灾\n  basis: 文号\n", ENTRY),
    ],
)
def test_an_entry_is_added_behind_whatever_stood_there(old: str, tail: str, tmp_path: Path) -> None:
    new = add(old.encode(), tmp_path)
    assert new.startswith(old.encode())
    added = new[len(old.encode()) :].decode()
    kept = [line for line in added.splitlines(keepends=True) if not line.lstrip().startswith("#")]
    assert "".join(kept) == tail


def test_the_keys_of_a_new_kind_are_explained_and_those_of_a_known_one_are_not(tmp_path: Path) -> None:
    new = add(MERIT.encode(), tmp_path / "a").decode()
    assert new.removeprefix(MERIT).startswith("# kind 种类：leave 请假\n# type 假别：sick 病假；")
    known = add(MERIT.encode(), tmp_path / "b", "merit").decode()
    assert known == MERIT + "- kind: merit\n  on:\n  what:\n  basis:\n"


@pytest.mark.parametrize(
    ("old", "why"),
    [
        ("[]\n", "里是空的列表，没有动它；把里面的 [] 换成下面几行："),
        (f"[{MERIT[2:-1]}]\n", "的写法比较特别，不能保证只加不改，没有动它；请把下面几行加在合适的地方："),
        (
            "- kind: merit\n  what: |\n    抢险\n  - 没有缩进好\n",
            "有错误读不了，没有动它；先用 pingshi check 看问题，改正以后把下面几行加在最后：",
        ),
        ("kind: merit\n", "有错误读不了，没有动它；先用 pingshi check 看问题，改正以后把下面几行加在最后："),
        ("", "有错误读不了，没有动它；先用 pingshi check 看问题，改正以后把下面几行加在最后："),
    ],
)
def test_where_nothing_can_be_promised_the_lines_to_paste_are_told(old: str, why: str, tmp_path: Path) -> None:
    with pytest.raises(CannotStartError) as raised:
        add(old.encode(), tmp_path)
    told, _, lines = str(raised.value).partition("\n\n")
    assert told == f"{PATH} {why}"
    assert "".join(it for it in lines.splitlines(keepends=True) if not it.startswith("#")) == ENTRY
    assert (tmp_path / PATH).read_text(encoding="utf-8") == old


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.yml"
    elsewhere.write_text(MERIT, encoding="utf-8")
    link = tmp_path / "repository" / PATH
    link.parent.mkdir(parents=True)
    link.symlink_to(elsewhere)
    with pytest.raises(CannotStartError) as raised:
        begin(Office(), tmp_path / "repository", "facts", person="wang-fang", what="leave")
    assert str(raised.value) == f"{PATH} 不是普通文件，不敢写；先看看那里是什么"
    assert elsewhere.read_text(encoding="utf-8") == MERIT


def test_a_second_spot_check_and_a_second_filing_are_added_too(tmp_path: Path) -> None:
    old = "- {on: 2026-02-10, by: qian-wei, person: wang-fang, found: 台账齐全}\n"
    office = Office().write("2026-Q1/spot_checks.yml", old)
    form = begin(office, tmp_path, "spot_checks", "zhao-lei", period="2026-Q1")
    assert form.text == f"{old}- on:\n  by:\n  person: zhao-lei  # zhao-lei\n  found:\n"
    office = Office().write("2026-Q1/filings.yml", "- {form: scheme, to: 市委组织部, on: 2026-04-03}\n")
    form = begin(office, tmp_path / "b", "filings", period="2026-Q1")
    assert form.lines[1:] == ["- form:", "  to:", "  on:"]
