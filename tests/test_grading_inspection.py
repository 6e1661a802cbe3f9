"""What concerns a period, when a missing rating becomes a problem, and which periods are graded at all."""

from __future__ import annotations

import pytest
from office import UNIT, Office
from telling import file_summaries, rate, told

from pingshi.grading import check_unit, problems_of
from pingshi.periods import Period

GENERAL = [
    ("yaml-syntax", "records/u/people/b.yml"),
    ("bad-value", "records/u/people/c.yml"),
    ("misplaced-file", "records/u/stray.txt"),
]


def faulty() -> Office:
    """A fault in every kind of place: the unit's general files, years, quarters, months, and other people's."""
    office = (
        Office("qufu-approval", "a").write("people/b.yml", "{").person("c", category="guest").write("stray.txt", "x")
    )
    for path in (
        "2025-12/reports/a.yml",
        "2026/goals/a.yml",
        "2026-Q1/summaries/a.yml",
        "2026-02/reports/a.yml",
        "2026-03/attendance.yml",
        "2026-04/reports/a.yml",
        "2026-Q2/summaries/a.yml",
    ):
        office.write(path, "{")
    return office.write("/records/v/unit.yml", "{").write("/schemes/other/scheme.yml", "{")


def concerning(office: Office, period: str, *named: str) -> list[tuple[str, str]]:
    """Return what is told to whoever asks for a period: code and file. `named`: the only periods checked."""
    snapshot = office.snapshot()
    records = snapshot.units[UNIT]
    checked = check_unit(records, *map(Period.parse, named))
    return [(it.code, it.place.path) for it in problems_of(snapshot, records, checked, Period.parse(period))]


# --- what concerns a period -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("period", "files"),
    [
        ("2026-Q1", ["2026-02/reports/a.yml", "2026-03/attendance.yml", "2026-Q1/summaries/a.yml"]),
        ("2026-Q2", ["2026-04/reports/a.yml", "2026-Q2/summaries/a.yml"]),
        ("2026-02", ["2026-02/reports/a.yml"]),
        ("2026-01", []),
        ("2025-Q4", ["2025-12/reports/a.yml"]),
        (
            "2026",
            [
                "2026-02/reports/a.yml",
                "2026-03/attendance.yml",
                "2026-04/reports/a.yml",
                "2026-Q1/summaries/a.yml",
                "2026-Q2/summaries/a.yml",
                "2026/goals/a.yml",
            ],
        ),
        ("2030-Q1", []),
    ],
)
def test_a_period_is_told_of_its_own_files_those_within_it_and_the_units_general_ones(
    period: str, files: list[str]
) -> None:
    own = [("yaml-syntax", f"records/u/{it}") for it in files]
    assert [it for it in concerning(faulty(), period, "2029-Q1") if it[0] != "missing-rating"] == [*own, *GENERAL]


def test_a_period_is_told_of_the_scheme_in_force_then_and_of_no_other() -> None:
    office = Office("qufu-approval", "a")
    office.write("unit.yml", office.texts["unit.yml"].replace("}]", "}, {from: 2027-Q1, scheme: other}]", 1))
    clauses = (office.files["schemes/qufu-approval/clauses.yml"] or b"").decode()
    text = (office.files["schemes/qufu-approval/scheme.yml"] or b"").decode()
    office.write("/schemes/other/clauses.yml", clauses)
    office.write("/schemes/other/scheme.yml", text.replace("weight: 40", "weight: 41"))
    schemes = {
        period: [it for it in concerning(office, period) if it[1].startswith("schemes/")]
        for period in ("2026-Q4", "2027-Q1")
    }
    assert schemes == {"2026-Q4": [], "2027-Q1": [("bad-value", "schemes/other/scheme.yml")]}


def test_where_no_scheme_can_be_applied_those_that_the_unit_names_concern_it() -> None:
    office = Office("qufu-approval", "a").write("/schemes/qufu-approval/scheme.yml", "{")
    office.write("/schemes/other/scheme.yml", "{")
    assert concerning(office, "2026-Q1") == [
        ("unknown-scheme", "records/u/unit.yml"),
        ("yaml-syntax", "schemes/qufu-approval/scheme.yml"),
    ]


@pytest.mark.clause("Q3")
def test_only_periods_of_the_schemes_kind_are_graded_and_only_those_named_where_some_are() -> None:
    office = rate(Office("qufu-approval", "a"), {"a": 90}).write("2026-H1/summaries/a.yml", "{")
    file_summaries(office, "a")
    records = office.snapshot().units[UNIT]
    assert [str(it) for it in check_unit(records).results] == ["2026-Q1"]
    assert [str(it) for it in check_unit(records, Period.parse("2026-Q3")).results] == ["2026-Q3"]


# --- missing ratings ------------------------------------------------------------------------

MISSING = [
    ("missing-rating", "records/u/2026-Q1/ballots.yml"),
    ("missing-rating", "records/u/2026-Q1/reviews/liu-yang.yml"),
    ("missing-rating", "records/u/2026-Q1/reviews/zhou-min.yml"),
]


BALLOTS_OF = "没有{}的测评票"
LIU_YANG_FOR = "主管领导liu-yang还没有给{}评分"
ZHOU_MIN_FOR = "主要领导zhou-min还没有给{}评分"


@pytest.mark.clause("Q6", "Q7")
@pytest.mark.parametrize(
    ("path", "text", "a", "b"),
    [
        (
            "reviews/zhou-min.yml",
            "role: principal_leader\npeople: {a: {total: 90}}\n",
            [BALLOTS_OF, LIU_YANG_FOR],
            [BALLOTS_OF, LIU_YANG_FOR, ZHOU_MIN_FOR],
        ),
        (
            "ballots.yml",
            "counted_on: 2026-04-01\ncounted_by: [qian-wei]\ntotals: {a: [90]}\n",
            [LIU_YANG_FOR, ZHOU_MIN_FOR],
            [BALLOTS_OF, LIU_YANG_FOR, ZHOU_MIN_FOR],
        ),
        (
            "determination.yml",
            "decided_on: 2026-04-02\ngrades: {}\n",
            [BALLOTS_OF, LIU_YANG_FOR, ZHOU_MIN_FOR],
            [BALLOTS_OF, LIU_YANG_FOR, ZHOU_MIN_FOR],
        ),
        # what can't be read is there: it is not missing, and rating has begun
        ("reviews/zhou-min.yml", "{", [BALLOTS_OF, LIU_YANG_FOR], [BALLOTS_OF, LIU_YANG_FOR]),
    ],
)
def test_a_missing_rating_is_a_problem_for_check_once_rating_has_begun(
    path: str, text: str, a: list[str], b: list[str]
) -> None:
    office = file_summaries(Office("qufu-approval", "a b"), "a", "b")
    assert (office.grade().started, told(office)) == (False, "")
    office.write(f"2026-Q1/{path}", text)
    assert office.grade().started is True
    missing = office.problems("missing-rating")
    assert sorted(it.message for it in missing) == sorted(
        [*(it.format("a") for it in a), *(it.format("b") for it in b)]
    )
    assert [it.clause for it in missing] == ["Q6"] * len(missing)


@pytest.mark.clause("Q6", "Q7")
def test_whoever_grades_a_quarter_is_always_told_which_ratings_are_missing() -> None:
    office = file_summaries(Office("qufu-approval", "a"), "a")
    assert told(office) == ""
    assert concerning(office, "2026-Q1") == MISSING
    assert concerning(Office("qufu-approval", "a"), "2026-Q1", "2026-Q1") == MISSING  # no file of it at all
    rate(office, {"a": 90})
    assert concerning(office, "2026-Q1") == []


@pytest.mark.clause("Q6")
def test_a_rating_of_one_quarter_does_not_begin_the_next() -> None:
    office = file_summaries(rate(Office("qufu-approval", "a"), {"a": 90}), "a")
    office.write("2026-Q2/summaries/a.yml", office.texts["2026-Q1/summaries/a.yml"])
    assert (office.grade("2026-Q1").started, office.grade("2026-Q2").started) == (True, False)
    assert told(office) == ""
