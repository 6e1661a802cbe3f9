"""Paths and identities: every kind of record in its place, and what is said of files in any other."""

from __future__ import annotations

import itertools

import pytest

from pingshi.layout import KINDS, Location, Misplaced, locate, scheme_of, scheme_path
from pingshi.periods import Period

YEAR, QUARTER, HALF, MONTH = (Period.parse(it) for it in ("2026", "2026-Q1", "2026-H1", "2026-01"))
MOVE = "对照网站“格式参考”里“记录的格式”一页，移到正确的位置；文件名只用小写字母、数字和减号；不是记录的文件请放到别处"
PERIODS = "周期文件夹写成 2026（年）、2026-Q1（季度）、2026-H1（半年）或 2026-01（月）"

#: The table of the design, §4, with half-years as the cycles that may be named instead of quarters.
PLACES = [
    ("records/u/unit.yml", Location("u", "unit")),
    ("records/u/people/wang-fang.yml", Location("u", "people", person="wang-fang")),
    ("records/u/facts/wang-fang.yml", Location("u", "facts", person="wang-fang")),
    ("records/u/2026/goals/wang-fang.yml", Location("u", "goals", YEAR, "wang-fang")),
    ("records/u/2026/summaries/wang-fang.yml", Location("u", "summaries", YEAR, "wang-fang")),
    ("records/u/2026/determination.yml", Location("u", "determination", YEAR)),
    ("records/u/2026/publicity.yml", Location("u", "publicity", YEAR)),
    ("records/u/2026/filings.yml", Location("u", "filings", YEAR)),
    ("records/u/2026-01/plans/wang-fang.yml", Location("u", "plans", MONTH, "wang-fang")),
    ("records/u/2026-01/logs/wang-fang.yml", Location("u", "logs", MONTH, "wang-fang")),
    ("records/u/2026-01/reports/wang-fang.yml", Location("u", "reports", MONTH, "wang-fang")),
    ("records/u/2026-01/evaluations/wang-fang.yml", Location("u", "evaluations", MONTH, "wang-fang")),
    ("records/u/2026-01/attendance.yml", Location("u", "attendance", MONTH)),
    ("records/u/2026-Q1/summaries/wang-fang.yml", Location("u", "summaries", QUARTER, "wang-fang")),
    ("records/u/2026-Q1/reviews/liu-yang.yml", Location("u", "reviews", QUARTER, "liu-yang")),
    ("records/u/2026-Q1/ballots.yml", Location("u", "ballots", QUARTER)),
    ("records/u/2026-Q1/outside/wang-fang.yml", Location("u", "outside", QUARTER, "wang-fang")),
    ("records/u/2026-Q1/determination.yml", Location("u", "determination", QUARTER)),
    ("records/u/2026-Q1/publicity.yml", Location("u", "publicity", QUARTER)),
    ("records/u/2026-Q1/feedback/liu-yang.yml", Location("u", "feedback", QUARTER, "liu-yang")),
    ("records/u/2026-Q1/objections/wang-fang.yml", Location("u", "objections", QUARTER, "wang-fang")),
    ("records/u/2026-Q1/replies/wang-fang.yml", Location("u", "replies", QUARTER, "wang-fang")),
    ("records/u/2026-Q1/spot_checks.yml", Location("u", "spot_checks", QUARTER)),
    ("records/u/2026-Q1/filings.yml", Location("u", "filings", QUARTER)),
    ("records/u/2026-H1/summaries/wang-fang.yml", Location("u", "summaries", HALF, "wang-fang")),
    ("records/u/2026-H1/determination.yml", Location("u", "determination", HALF)),
    ("records/district-2/people/-0-.yml", Location("district-2", "people", person="-0-")),
]


@pytest.mark.parametrize(("path", "location"), PLACES)
def test_each_kind_of_record_has_its_place_and_from_it_its_identity(path: str, location: Location) -> None:
    assert locate(path) == location
    assert location.path == path


def test_there_are_no_kinds_but_those_of_the_design() -> None:
    assert {kind.name for kind in KINDS} == {location.kind for _, location in PLACES}


def located_or_none(path: str) -> Location | None:
    """Return the identity of a path, None where it has none."""
    try:
        return locate(path)
    except Misplaced:
        return None


def misplaced(path: str) -> tuple[str, str, str]:
    """Return the code, the message and the hint for a path that is none."""
    with pytest.raises(Misplaced) as caught:
        locate(path)
    assert str(caught.value) == caught.value.message
    return caught.value.code, caught.value.message, caught.value.hint


@pytest.mark.parametrize(
    ("path", "message"),
    [
        # not in a unit
        ("records", "文件不在规定的位置"),
        ("records/", "文件不在规定的位置"),
        ("records/x.yml", "文件要放在单位的文件夹里"),
        ("records/U/unit.yml", "单位文件夹“U”的名字不合规定"),
        ("records/示例局/unit.yml", "单位文件夹“示例局”的名字不合规定"),
        ("records/a_b/unit.yml", "单位文件夹“a_b”的名字不合规定"),
        ("records//unit.yml", "文件不在规定的位置"),
        ("records/../unit.yml", "单位文件夹“..”的名字不合规定"),
        # not a record by its name
        ("records/u/README.md", "“README.md”不是记录文件"),
        ("records/u/.gitkeep", "“.gitkeep”不是记录文件"),
        ("records/u/people/wang-fang", "“wang-fang”不是记录文件"),
        ("records/u/unit.yaml", "“unit.yaml”不是记录文件；扩展名要写 .yml"),
        ("records/u/unit.YML", "“unit.YML”不是记录文件；扩展名要写 .yml"),
        ("records/u/2026-Q1/summaries/wang-fang.txt", "“wang-fang.txt”不是记录文件；扩展名要写 .yml"),
        ("records/u/people/王芳.yml", "文件名“王芳.yml”不合规定"),
        ("records/u/people/Wang-Fang.yml", "文件名“Wang-Fang.yml”不合规定"),
        ("records/u/people/wang_fang.yml", "文件名“wang_fang.yml”不合规定"),
        ("records/u/people/wang fang.yml", "文件名“wang fang.yml”不合规定"),
        ("records/u/people/wang-fang.yml.yml", "文件名“wang-fang.yml.yml”不合规定"),
        ("records/u/2026-Q1/summaries/.yml", "文件名“.yml”不合规定"),
        # no such kind
        ("records/u/notes.yml", "没有“notes”这种记录"),
        ("records/u/2026-Q1/notes/wang-fang.yml", "没有“notes”这种记录"),
        ("records/u/2026-Q1/summary/wang-fang.yml", "没有“summary”这种记录；是不是 summaries（个人小结）？"),
        ("records/u/2026-01/report/wang-fang.yml", "没有“report”这种记录；是不是 reports（月小结）？"),
        ("records/u/2026-Q1.yml", "没有“2026-Q1”这种记录"),
        ("records/u/2026/2026-Q1/ballots.yml", "没有“2026-Q1”这种记录"),
        # one file instead of a folder, and the other way round
        ("records/u/people.yml", "人员按人分文件，放在文件夹 people/ 里"),
        ("records/u/2026-Q1/reviews.yml", "评鉴表按人分文件，放在文件夹 reviews/ 里"),
        ("records/u/unit/wang-fang.yml", "单位只有一个文件 unit.yml，不是文件夹"),
        ("records/u/2026-Q1/ballots/wang-fang.yml", "测评票只有一个文件 ballots.yml，不是文件夹"),
        # too deep: nobody may write as wang-fang by putting a folder there
        ("records/u/people/wang-fang/more.yml", "文件夹的层数太多"),
        ("records/u/people/wang-fang.yml/more.yml", "文件夹的层数太多"),
        ("records/u/2026-Q1/summaries/wang-fang/more.yml", "文件夹的层数太多"),
        ("records/u/2026-Q1/summaries/2026/wang-fang/more.yml", "文件夹的层数太多"),
        ("records/u/people/2026-Q1/ballots.yml", "文件夹的层数太多"),
        ("records/records/u/2026-Q1/ballots.yml", "文件夹的层数太多"),
        ("records/u/2026-Q1//ballots.yml", "文件不在规定的位置"),
        ("records/u/people/wang-fang.yml/", "文件不在规定的位置"),
    ],
)
def test_a_file_in_any_other_place_is_refused_with_what_is_the_matter(path: str, message: str) -> None:
    assert misplaced(path) == ("misplaced-file", message, MOVE)


@pytest.mark.parametrize(
    ("path", "title", "where"),
    [
        (
            "records/u/determination.yml",
            "审定结果（determination）",
            "2026-Q1/determination.yml 或 2026/determination.yml",
        ),
        (
            "records/u/summaries/x.yml",
            "个人小结（summaries）",
            "2026-Q1/summaries/人员代号.yml 或 2026/summaries/人员代号.yml",
        ),
        ("records/u/2026-Q1/unit.yml", "单位（unit）", "unit.yml"),
        ("records/u/2026-Q1/people/wang-fang.yml", "人员（people）", "people/人员代号.yml"),
        ("records/u/2026-Q1/plans/wang-fang.yml", "月工作计划台账（plans）", "2026-01/plans/人员代号.yml"),
        ("records/u/2026-Q1/goals/wang-fang.yml", "年度工作目标（goals）", "2026/goals/人员代号.yml"),
        ("records/u/2026-01/reviews/liu-yang.yml", "评鉴表（reviews）", "2026-Q1/reviews/人员代号.yml"),
        ("records/u/2026/ballots.yml", "测评票（ballots）", "2026-Q1/ballots.yml"),
        ("records/u/2026/attendance.yml", "考勤（attendance）", "2026-01/attendance.yml"),
    ],
)
def test_a_record_among_others_of_another_period_is_told_where_its_kind_belongs(
    path: str, title: str, where: str
) -> None:
    hint = f"移到 {' 或 '.join(f'records/u/{it}' for it in where.split(' 或 '))} 这样的位置"
    assert misplaced(path) == ("misplaced-file", f"{title}不能放在这里", hint)


@pytest.mark.parametrize("path", ["", "schemes/u/unit.yml", "unit.yml", "/records/u/unit.yml", "Records/u/unit.yml"])
def test_nothing_outside_the_records_is_a_record(path: str) -> None:
    assert misplaced(path) == ("misplaced-file", "文件不在规定的位置", MOVE)


@pytest.mark.parametrize(
    ("folder", "meant"),
    [
        ("2026-Q5", ""),
        ("2026-Q0", ""),
        ("2026-13", ""),
        ("2026-00", ""),
        ("2026-1", "2026-01"),
        ("2026-H3", ""),
        ("2026-q1", "2026-Q1"),
        ("2026-W02", ""),
        ("0000", ""),
        ("1899-Q4", ""),
        ("9999", ""),
        ("9999-Q1", ""),
        ("２０２６-Q1", "2026-Q1"),
        ("2026-", ""),
    ],
)
@pytest.mark.parametrize("file", ["ballots.yml", "summaries/wang-fang.yml", "notes.yml"])
def test_a_period_that_does_not_exist_is_a_wrong_period(folder: str, meant: str, file: str) -> None:
    hint = PERIODS + (f"；是不是 {meant}？" if meant else "")
    assert misplaced(f"records/u/{folder}/{file}") == ("wrong-period", f"“{folder}”不是合格的周期", hint)


@pytest.mark.parametrize(
    ("folder", "meant"),
    [
        ("2026Q1", "2026-Q1"),
        ("2026_Q1", "2026-Q1"),
        ("2026年第一季度", "2026-Q1"),
        ("2026年3月", "2026-03"),
        ("2026.03", "2026-03"),
        ("2026年", ""),
    ],
)
def test_a_folder_that_was_meant_as_a_period_is_told_how_periods_are_written(folder: str, meant: str) -> None:
    hint = PERIODS + (f"；是不是 {meant}？" if meant else "")
    assert misplaced(f"records/u/{folder}/ballots.yml") == ("misplaced-file", f"“{folder}”不是合格的周期", hint)


def test_no_two_paths_have_one_identity() -> None:
    names = ["people", "people.yml", "summaries", "ballots", "ballots.yml", "2026", "2026-Q1", "2026-01", "a", "a.yml"]
    paths = ["/".join(["records", "u", *parts]) for n in range(6) for parts in itertools.product(names, repeat=n)]
    located = {path: location.path for path in paths if (location := located_or_none(path))}
    assert located == {
        path: path
        for path in (
            "records/u/people/a.yml",
            "records/u/2026/summaries/a.yml",
            "records/u/2026-Q1/ballots.yml",
            "records/u/2026-Q1/summaries/a.yml",
            "records/u/people/people.yml",
            "records/u/people/ballots.yml",
            "records/u/2026/summaries/people.yml",
            "records/u/2026/summaries/ballots.yml",
            "records/u/2026-Q1/summaries/people.yml",
            "records/u/2026-Q1/summaries/ballots.yml",
        )
    }


def test_a_scheme_has_two_files() -> None:
    assert scheme_path("qufu-approval") == "schemes/qufu-approval/scheme.yml"
    assert scheme_path("qufu-approval", "clauses.yml") == "schemes/qufu-approval/clauses.yml"
    assert scheme_of("schemes/qufu-approval/scheme.yml") == "qufu-approval"
    assert scheme_of("schemes/qufu-approval/clauses.yml") == "qufu-approval"


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("schemes", "schemes"),
        ("schemes/scheme.yml", "scheme.yml"),
        ("schemes/Qufu/scheme.yml", "scheme.yml"),
        ("schemes/qufu/notes.yml", "notes.yml"),
        ("schemes/qufu/scheme.yaml", "scheme.yaml"),
        ("schemes/qufu/old/scheme.yml", "scheme.yml"),
        ("records/qufu/scheme.yml", "scheme.yml"),
    ],
)
def test_any_other_file_is_no_scheme(path: str, name: str) -> None:
    with pytest.raises(Misplaced) as caught:
        scheme_of(path)
    hint = "每个方案一个文件夹，里面只有 scheme.yml 和 clauses.yml"
    found = (caught.value.code, caught.value.message, caught.value.hint)
    assert found == ("misplaced-file", f"“{name}”不是方案文件", hint)
