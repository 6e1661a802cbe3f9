"""A remembered result is what would be found anew: whatever it rests on has changed, it is found again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from office import Office
from sites import save

from pingshi.cli import main
from pingshi.evaluation import Cache, remembered
from pingshi.files import Blob
from pingshi.grading import annual

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

FILES = (Blob("records/u/unit.yml", b"a"), Blob("records/u/2026-Q1/determination.yml", b"b"))


def test_a_result_is_found_once_for_the_same_files_and_again_for_others(tmp_path: Path) -> None:
    found: list[int] = []

    def find() -> list[int]:
        found.append(len(found))
        return [len(found)]

    def ask(what: str = "annual", blobs: tuple[Blob, ...] = FILES, *, several: bool = False) -> Any:
        return remembered(what, blobs, find, several=several, cache=Cache(tmp_path))

    assert [ask(), ask()] == [[1], [1]]
    assert ask("todo") == [2]
    assert ask(several=True) == [3]
    assert ask(blobs=FILES[:1]) == [4]
    assert ask(blobs=(FILES[0], Blob(FILES[1].path, b"c"))) == [5]
    assert ask(blobs=(FILES[0], Blob("records/u/2026-Q2/determination.yml", b"b"))) == [6]
    assert [ask(), ask("todo")] == [[1], [2]]
    assert [remembered("annual", FILES, find, several=False, cache=Cache(None)) for _ in "ab"] == [[7], [8]]


def test_the_command_reckons_a_year_again_only_where_it_must(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    reckoned: list[str] = []

    def noted(records: Any, year: Any) -> Any:
        reckoned.append(str(year))
        return annual(records, year)

    monkeypatch.setattr("pingshi.cli.annual.annual_result", noted)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    office = Office("qufu-approval", "a").decide({"a": "较好"})
    root = save(office, tmp_path / "repository")

    def ask(*words: str) -> tuple[str, list[str]]:
        reckoned.clear()
        assert main(["annual", "2026", "--repo", str(root), *words]) == 0
        return capsys.readouterr().out, list(reckoned)

    first, fresh = ask()
    assert fresh == ["2026"]
    assert ask() == (first, [])
    document, fresh = ask("--json")
    assert fresh == ["2026"]
    assert ask("--json") == (document, [])
    (root / "records/u/2026-Q1/spot_checks.yml").write_text("- {on: 2026-02-10, by: qian-wei, person: a, found: 无}\n")
    assert ask() == (first, [])  # it has nothing to do with the year's grades
    for path, text in (
        ("2026-Q2/determination.yml", office.texts["2026-Q1/determination.yml"].replace("2026-04", "2026-07")),
        ("facts/a.yml", "- {kind: absent, period: 2026-Q3, reason: 无正当理由}\n"),
        ("people/a.yml", office.texts["people/a.yml"].replace("name: a", "name: 甲")),
    ):
        file = root / "records/u" / path
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
        now, fresh = ask()
        assert (now != first, fresh) == (True, ["2026"])
        first = now


def test_a_year_before_any_scheme_is_refused_from_memory_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    root = save(Office("qufu-approval", "a", since="2026-Q1"), tmp_path / "repository")
    for _ in range(2):
        with pytest.raises(SystemExit) as left:
            main(["annual", "2025", "--repo", str(root)])
        assert (left.value.code, capsys.readouterr().err) == (2, "2025年度还没有方案在执行\n")
