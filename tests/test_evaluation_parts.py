"""Checking in parts, by two processes, from memory, or file by file finds what checking everything at once finds."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest
from checks.case import Case, all_cases
from office import ROOT, Office

from pingshi.evaluation import Cache, Source, check_files, check_parts, run
from pingshi.files import Blob, list_working_tree, read_working_tree
from pingshi.grading import check_repository
from pingshi.layout import Misplaced, locate
from pingshi.records import take

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pingshi.diagnostics import Problem

CASES = [pytest.param(case, id=case.name) for case in all_cases()]


def whole(blobs: Sequence[Source], *, several: bool = False) -> tuple[Problem, ...]:
    """Check everything at once, as one snapshot."""
    return check_repository(take((it.read() for it in blobs), several=several))


def saved(blobs: Sequence[Blob], folder: Path) -> Path:
    """Write files to the disk."""
    for it in blobs:
        file = folder / it.path
        file.parent.mkdir(parents=True, exist_ok=True)
        if it.data is None:
            file.symlink_to("elsewhere")
        else:
            file.write_bytes(it.data)
    return folder


@pytest.mark.parametrize("case", CASES)
def test_every_case_of_the_checks_in_parts(case: Case) -> None:
    blobs = case.blobs
    verdict = check_parts(blobs, cache=Cache(None))
    assert verdict.problems == whole(blobs)
    assert verdict.files == take(blobs).files


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in all_cases() if not case.denied])
def test_every_case_of_the_checks_file_by_file(case: Case, tmp_path: Path) -> None:
    """What is said about a file alone is what is said about it among all; and what is wrong with `unit.yml`."""
    root = saved(case.blobs, tmp_path)
    everything = whole(list_working_tree([root]))
    concerned = {it.place.path for it in everything}
    for blob in [it for it in case.blobs if it.path in concerned] or case.blobs[-1:]:
        expected = [it for it in everything if it.place.path == blob.path]
        unit = "/".join(blob.path.split("/")[:2]) + "/unit.yml"
        if blob.path.startswith("records/"):
            expected += [it for it in everything if it.place.path == unit != blob.path and it.severity == "error"]
        assert sorted(check_files([root], [blob.path], cache=Cache(None)).problems, key=repr) == sorted(
            expected, key=repr
        ), blob.path


def test_the_samples_in_parts_and_by_two_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    blobs = [it for it in read_working_tree([ROOT]) if not it.path.endswith("zhou-jingming.yml")]
    expected = whole(blobs)
    assert len(expected) > 20
    assert check_parts(blobs, cache=Cache(None)).problems == expected
    monkeypatch.setattr(run, "SHARED_FROM", 1)
    assert check_parts(blobs, cache=Cache(None)).problems == expected


def test_a_second_process_that_dies_leaves_nothing_undone(monkeypatch: pytest.MonkeyPatch) -> None:
    blobs = [it for it in read_working_tree([ROOT]) if not it.path.endswith("determination.yml")]
    monkeypatch.setattr(run, "SHARED_FROM", 1)
    monkeypatch.setattr("pickle.dumps", None)
    assert check_parts(blobs, cache=Cache(None)).problems == whole(blobs)


def test_progress_is_told_part_by_part() -> None:
    told: list[tuple[int, int]] = []
    check_parts(Office().blobs, cache=Cache(None), progress=lambda done, all_: told.append((done, all_)))
    assert told == [(1, 2), (2, 2)]


def test_halves_of_the_year_take_in_their_quarters_and_months() -> None:
    """A unit that assesses by half-years, with a quarter that does not belong there."""
    office = Office("baishan-audit")
    path = "schemes/baishan-audit/scheme.yml"
    text, _, _ = (office.files[path] or b"").decode().partition("\nannual:")
    office.files[path] = text.replace("period: quarter", "period: half").encode()
    office.decide({"wang-fang": "好"}, period="2026-H1")
    office.write("2026-H1/summaries/wang-fang.yml", "political: x\n").write("2026-Q2/ballots.yml", "totals: {}\n")
    office.write("2026-03/reports/nobody.yml", "done: []\nundone: []\n").write("2026/goals/nobody.yml", "goals: []\n")
    blobs = office.blobs
    problems = check_parts(blobs, cache=Cache(None)).problems
    assert problems == whole(blobs)
    assert {it.code for it in problems} >= {"missing-key", "missing-record", "wrong-period", "unknown-person"}


def year_with_a_determination() -> Office:
    """An office of Qufu that has decided two quarters and the year, and made a mistake in each."""
    office = Office(staff="wang-fang zhao-lei sun-qi")
    office.facts("sun-qi", "kind: away, type: aid, from: 2025-12-01, host: 示例县")
    office.facts("zhao-lei", "kind: absent, period: 2026-Q2, reason: 无正当理由")
    office.decide({"wang-fang": "较差", "zhao-lei": "好", "nobody": "好"}, period="2026-Q1")
    office.decide({"wang-fang": "较差", "zhao-lei": "最好"}, period="2026-Q2", on="2026-07-02")
    office.write("2026-Q3/outside/sun-qi.yml", "unit: 示例县\ngrade: 好\nbasis: 函\n")
    office.write("2026-Q3/summaries/sun-qi.yml", "x: 1\n").write("2026-05/attendance.yml", "x: 1\n")
    office.write("2026-05/determination.yml", "x: 1\n").write("2026-Q9/determination.yml", "x: 1\n")
    return office.decide({"wang-fang": "优秀", "zhao-lei": "优秀", "he-jun": "称职"}, period="2026", on="2027-01-15")


def test_a_year_that_is_decided_is_judged_by_the_grades_of_its_quarters() -> None:
    blobs = year_with_a_determination().blobs
    problems = check_parts(blobs, cache=Cache(None)).problems
    assert problems == whole(blobs)
    told = {(it.place.path, it.place.line, it.code) for it in problems if "/2026/" in it.place.path}
    path = "records/u/2026/determination.yml"
    assert {it for it in told if it[0] == path} == {(path, 4, "grade-not-allowed"), (path, 6, "grade-not-allowed")}


def test_a_grade_of_a_quarter_changes_what_is_found_with_the_year(tmp_path: Path) -> None:
    """The year is remembered under the quarters' grades too."""
    office = year_with_a_determination()
    for grade in ("较差", "好"):
        office.decide({"wang-fang": grade}, period="2026-Q1")
        assert check_parts(office.blobs, cache=Cache(tmp_path)).problems == whole(office.blobs)
    office.write("2026-Q2/determination.yml", "x: [\n")
    assert check_parts(office.blobs, cache=Cache(tmp_path)).problems == whole(office.blobs)


@pytest.mark.parametrize("file", ["2026/determination.yml", "2026-Q1/determination.yml", "2026-Q3/outside/sun-qi.yml"])
def test_what_a_year_is_judged_by_is_judged_alone_as_among_all(file: str, tmp_path: Path) -> None:
    root = saved(year_with_a_determination().blobs, tmp_path)
    path = f"records/u/{file}"
    expected = [it for it in whole(list_working_tree([root])) if it.place.path == path]
    assert expected or "outside" in file
    assert list(check_files([root], [path], cache=Cache(None)).problems) == expected


def test_the_same_file_in_two_repositories_and_what_stands_in_no_unit() -> None:
    office = Office()
    twice = [*office.blobs, *(Blob(it.path, it.data, 1) for it in office.blobs if "people/wang-fang" in it.path)]
    twice += [Blob("records/notes.txt", b"x"), Blob("records/u/2026-Q9/ballots.yml", b"x"), Blob("schemes/x.md", b"")]
    twice += [Blob("records/v/.gitkeep", b""), Blob("records", None, 1)]
    twice.sort(key=lambda it: (it.path, it.root))
    verdict = check_parts(twice, several=True, cache=Cache(None))
    assert verdict.problems == whole(twice, several=True)
    assert verdict.files == take(twice, several=True).files


@pytest.mark.parametrize("unit", sorted(it.name for it in (ROOT / "records").iterdir() if it.is_dir()))
def test_a_file_of_the_samples_is_judged_alone_as_among_all(unit: str, tmp_path: Path) -> None:
    """With somebody missing who is named everywhere: each kind of file says what it says among all."""
    blobs = [it for it in read_working_tree([ROOT]) if it.path.split("/")[1] in (unit, *_schemes())]
    person = min(it.path for it in blobs if f"records/{unit}/2026-Q1/summaries/" in it.path).rsplit("/", 1)[1]
    blobs = [it for it in blobs if it.path != f"records/{unit}/people/{person}"]
    blobs.sort(key=lambda it: f"/{person}" not in it.path)  # first those that have something wrong
    root = saved(blobs, tmp_path)
    everything = whole(blobs)
    assert everything
    seen: set[str] = set()
    for blob in blobs:
        try:
            kind = locate(blob.path).kind
        except Misplaced:
            continue
        concerned = [it for it in everything if it.place.path == blob.path]
        if kind not in seen:
            seen.add(kind)
            found = check_files([root], [blob.path], cache=Cache(None)).problems
            general = [it for it in everything if it.place.path.endswith("/unit.yml") and it.severity == "error"]
            assert set(found) == {*concerned, *general}, blob.path


def _schemes() -> list[str]:
    return [it.name for it in (ROOT / "schemes").iterdir()]


def test_folders_and_several_files_may_be_named(tmp_path: Path) -> None:
    office = Office().write("2026-Q1/summaries/wang-fang.yml", "x: 1\n").write("2026-Q1/summaries/nobody.yml", "x: 1\n")
    root = saved(office.blobs, tmp_path)
    both = check_files([root], ["records/u/2026-Q1"], cache=Cache(None))
    assert both.files == 2
    assert {it.place.path.rsplit("/", 1)[1] for it in both.problems} == {"nobody.yml", "wang-fang.yml"}
    paths = [f"records/u/2026-Q1/summaries/{name}.yml" for name in ("wang-fang", "nobody")]
    assert check_files([root], paths, cache=Cache(None)).problems == both.problems
    everything = check_files([root], ["records"], cache=Cache(None))
    assert everything.problems == whole(list_working_tree([root]))


@pytest.mark.parametrize("top", ["records", "schemes"])
def test_of_a_file_under_a_link_the_link_is_told(top: str, tmp_path: Path) -> None:
    root = saved(Office().blobs, tmp_path / "repository")
    (root / top).rename(tmp_path / "real")
    (root / top).symlink_to(tmp_path / "real")
    found = check_files([root], [f"{top}/u/unit.yml"], cache=Cache(None)).problems
    assert [(it.code, it.place.path) for it in found] == [("symlink", top)]
    inner = saved(Office().blobs, tmp_path / "second")
    (inner / "records" / "u" / "people").rename(tmp_path / "people")
    (inner / "records" / "u" / "people").symlink_to(tmp_path / "people")
    found = check_files([inner], ["records/u/people/wang-fang.yml"], cache=Cache(None)).problems
    assert ("symlink", "records/u/people") in [(it.code, it.place.path) for it in found]


def test_a_file_that_goes_after_it_was_listed_was_never_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = saved(Office().write("2026-Q1/summaries/wang-fang.yml", "x: 1\n").blobs, tmp_path)
    listed = list_working_tree([root])
    (root / "records/u/2026-Q1/summaries/wang-fang.yml").unlink()
    monkeypatch.setattr(run, "SHARED_FROM", 1)
    assert check_parts(listed, cache=Cache(None)).problems == ()


def test_folders_may_be_nested_deeper_than_python_can_recurse(tmp_path: Path) -> None:
    root = saved(Office().blobs, tmp_path)
    folder = root / "records"
    at = os.open(folder, os.O_RDONLY)
    for _ in range(1200):
        os.mkdir("d", dir_fd=at)
        at, above = os.open("d", os.O_RDONLY, dir_fd=at), at
        os.close(above)
    os.close(at)
    try:
        assert check_parts(list_working_tree([root]), cache=Cache(None)).problems == ()
    finally:  # pytest cannot clear it away either
        subprocess.run(["rm", "-rf", str(folder)], check=True)
