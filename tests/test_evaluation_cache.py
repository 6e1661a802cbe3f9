"""The memory of what was found: it may be lost, shared, damaged, and is never wrong."""

from __future__ import annotations

import json
import os
import time
from typing import TYPE_CHECKING

import pytest
from office import Office

from pingshi.evaluation import Cache, Verdict, check_parts
from pingshi.evaluation import cache as memory
from pingshi.evaluation.work import Work
from pingshi.grading import check_repository
from pingshi.records import take

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note every part that is really checked, by the group's name."""
    found: list[str] = []
    real = Work._checked

    def noted(self: Work, group: Any, *rest: Any) -> Any:
        found.append(group.name)
        return real(self, group, *rest)

    monkeypatch.setattr(Work, "_checked", noted)
    return found


def office() -> Office:
    """An office with two quarters and something wrong in each."""
    made = Office(staff="wang-fang zhao-lei")
    made.write("2026-Q1/spot_checks.yml", "- {on: 2026-02-10, by: nobody, person: zhao-lei, found: x}\n")
    return made.write("2026-Q2/spot_checks.yml", "- {on: 2026-05-10, by: somebody, person: zhao-lei, found: x}\n")


def check(made: Office, folder: Path | None) -> Verdict:
    """Check an office with a memory in a folder; what is found is always what checking everything finds."""
    verdict = check_parts(made.blobs, cache=Cache(folder))
    assert verdict.problems == check_repository(take(made.blobs))
    return verdict


def test_what_is_unchanged_is_not_checked_again(tmp_path: Path, checked: list[str]) -> None:
    first = check(office(), tmp_path)
    assert sorted(checked) == ["qufu-approval", "u", "u"]
    checked.clear()
    assert check(office(), tmp_path) == first
    assert checked == []


def test_a_changed_file_costs_its_own_quarter(tmp_path: Path, checked: list[str]) -> None:
    check(office(), tmp_path)
    checked.clear()
    made = office().write("2026-Q2/spot_checks.yml", "- {on: 2026-05-10, by: wang-fang, person: zhao-lei, found: x}\n")
    assert len(check(made, tmp_path).problems) == 1
    assert checked == ["u"]
    checked.clear()
    check(office(), tmp_path)
    assert checked == []  # back on the other branch: both are remembered


@pytest.mark.parametrize("path", ["unit.yml", "people/wang-fang.yml", "facts/wang-fang.yml"])
def test_a_changed_general_file_costs_every_quarter_of_the_unit(path: str, tmp_path: Path, checked: list[str]) -> None:
    check(office(), tmp_path)
    checked.clear()
    made = office()
    made.write(path, made.texts.get(path, "[]\n") + "\n# changed\n")
    check(made, tmp_path)
    assert checked == ["u", "u"]


def test_a_changed_scheme_costs_everything(tmp_path: Path, checked: list[str]) -> None:
    check(office(), tmp_path)
    checked.clear()
    made = office()
    path = "schemes/qufu-approval/scheme.yml"
    made.files[path] = (made.files[path] or b"").replace(b"at_most: 40%", b"at_most: 30%")
    check(made, tmp_path)
    assert sorted(checked) == ["qufu-approval", "u", "u"]


def test_a_new_a_removed_and_a_renamed_file_are_noticed(tmp_path: Path) -> None:
    made = office()
    check(made, tmp_path)
    made.write("2026-Q1/summaries/zhao-lei.yml", "x: 1\n")
    assert len(check(made, tmp_path).problems) > len(check(office(), tmp_path).problems)
    del made.files["records/u/2026-Q1/summaries/zhao-lei.yml"]
    assert check(made, tmp_path).problems == check(office(), tmp_path).problems
    made.files["records/u/2026-Q3/spot_checks.yml"] = made.files.pop("records/u/2026-Q2/spot_checks.yml")
    assert any("2026-Q3" in it.place.path for it in check(made, tmp_path).problems)


def test_another_program_remembers_nothing_of_this_one(
    tmp_path: Path, checked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    check(office(), tmp_path)
    checked.clear()
    monkeypatch.setattr("pingshi.evaluation.work.program", lambda: b"another")
    check(office(), tmp_path)
    assert sorted(checked) == ["qufu-approval", "u", "u"]


def test_the_program_is_known_by_its_source_and_its_libraries(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A changed line of code, or another version of a library, is another program."""
    before = memory.program.__wrapped__()
    assert memory.program.__wrapped__() == before
    package = tmp_path / "pingshi"
    (package / "evaluation").mkdir(parents=True)
    (package / "grading.py").write_text("x = 1\n", encoding="utf-8")
    monkeypatch.setattr(memory, "__file__", str(package / "evaluation" / "cache.py"))
    one = memory.program.__wrapped__()
    (package / "grading.py").write_text("x = 2\n", encoding="utf-8")
    two = memory.program.__wrapped__()
    monkeypatch.setattr(memory, "_LIBRARIES", ())
    assert len({before, one, two, memory.program.__wrapped__()}) == 4


def _entries(folder: Path) -> list[Path]:
    return sorted(it for it in folder.rglob("*") if it.is_file() and it.name != "swept")


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda data: data[:40],
        lambda data: data[:-1],
        lambda data: data.replace(b"error", b"warning"),
        lambda data: b"\xff" + data,
        lambda data: data.partition(b"\n")[0] + b"\n[]",
        lambda _: b"[]",
    ],
)
def test_a_damaged_entry_is_made_anew(damage: Any, tmp_path: Path, checked: list[str]) -> None:
    first = check(office(), tmp_path)
    kept = {it: it.read_bytes() for it in _entries(tmp_path)}
    checked.clear()
    for file, data in kept.items():
        file.write_bytes(damage(data))
    assert check(office(), tmp_path) == first
    assert set(checked) <= {"qufu-approval", "u"}
    assert "u" in checked
    assert check(office(), tmp_path) == first
    assert {it: it.read_bytes() for it in _entries(tmp_path)} == kept


def test_entries_put_in_each_others_place_are_none(tmp_path: Path) -> None:
    first = check(office(), tmp_path)
    files = _entries(tmp_path)
    kept = [it.read_bytes() for it in files]
    for file, data in zip(files, [*kept[1:], kept[0]], strict=True):
        file.write_bytes(data)
    assert check(office(), tmp_path) == first


def test_it_may_be_deleted_or_impossible(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = check(office(), tmp_path / "cache")
    assert check(office(), None) == first
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    assert check(office(), tmp_path / "file") == first
    assert check(office(), tmp_path / "file" / "below") == first

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.open", full)
    assert check(office(), tmp_path / "other") == first
    assert _entries(tmp_path / "other") == []


def test_only_the_user_may_read_it(tmp_path: Path) -> None:
    """Messages can tell what is confidential."""
    check(office(), tmp_path / "cache")
    folders = [tmp_path / "cache", *(it for it in (tmp_path / "cache").iterdir() if it.is_dir())]
    assert {oct(it.stat().st_mode & 0o777) for it in folders} == {"0o700"}
    assert {oct(it.stat().st_mode & 0o777) for it in _entries(tmp_path / "cache")} == {"0o600"}


def test_a_folder_that_others_may_write_to_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody else could plant an entry there."""
    (tmp_path / "open").mkdir()
    (tmp_path / "open").chmod(0o777)
    (tmp_path / "link").symlink_to(tmp_path / "real")
    (tmp_path / "real").mkdir(mode=0o700)
    (tmp_path / "theirs").mkdir(mode=0o700)
    for name in ("open", "link"):
        check(office(), tmp_path / name)
    uid = os.getuid()
    monkeypatch.setattr("os.getuid", lambda: uid + 1)
    check(office(), tmp_path / "theirs")
    assert _entries(tmp_path) == []


def test_it_is_kept_where_the_user_keeps_caches(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert memory.folder() == tmp_path / "pingshi"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert memory.folder() == tmp_path / "home" / ".cache" / "pingshi"

    def nobody() -> None:
        raise RuntimeError

    monkeypatch.setattr("pathlib.Path.home", nobody)
    assert memory.folder() is None


def test_an_entry_holds_nothing_but_what_was_said(tmp_path: Path) -> None:
    check(office(), tmp_path)
    said = [json.loads(it.read_bytes().partition(b"\n")[2]) for it in _entries(tmp_path)]
    assert sorted(len(it) for it in said) == [0, 1, 1]
    assert {key for entry in said for it in entry for key in it} == {
        "path", "line", "column", "code", "severity", "clause", "message", "hint",
    }  # fmt: skip


def test_what_is_a_month_old_is_forgotten(tmp_path: Path, checked: list[str]) -> None:
    check(office(), tmp_path)
    old = time.time() - 31 * 24 * 3600
    for it in (*_entries(tmp_path), tmp_path / "swept"):
        os.utime(it, (old, old))
    check(office().write("2026-Q2/spot_checks.yml", "[]\n"), tmp_path)
    assert len(_entries(tmp_path)) == 1
    checked.clear()
    check(office(), tmp_path)
    assert sorted(checked) == ["qufu-approval", "u", "u"]
