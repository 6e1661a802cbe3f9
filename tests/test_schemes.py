"""The five schemes say what their documents say: sheets, weights, bands, quotas, limits (readings 3, 9–13, 16)."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from variants import ROOT, SCHEMES, book_of, faults_in, read

if TYPE_CHECKING:
    from pingshi.schemes import Scheme

#: Each clause of the source documents, with what it orders: a copy of the specification's ids and verbs.
OBLIGATIONS: dict[str, dict[str, list[str]]] = yaml.safe_load(
    (ROOT / "tests" / "data" / "obligations.yml").read_text(encoding="utf-8")
)
COMMON = "politics ethics style integrity attendance"
PERCENT_40 = Fraction(2, 5)


def scheme_of(name: str) -> Scheme:
    """Return a scheme's rules."""
    return book_of(name).scheme


def sheet_of(name: str, post: str) -> str:
    """Return a post's sheet: `id points`, line by line."""
    sheet = scheme_of(name).indicators.sheet(post)
    assert sheet is not None
    return " ".join(f"{it} {item.points}" for it, item in sheet.items())


# --- all five -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", SCHEMES)
def test_a_real_scheme_has_no_fault(name: str) -> None:
    assert faults_in(read(name), read(name, "clauses.yml"), name) == []


def test_every_scheme_of_the_repository_has_no_fault() -> None:
    folders = sorted(it.name for it in (ROOT / "schemes").iterdir() if it.is_dir())
    assert set(SCHEMES) <= set(folders)
    for name in folders:
        assert faults_in(read(name), read(name, "clauses.yml"), name) == []


def test_the_specification_has_ninety_two_clauses() -> None:
    assert {name: len(clauses) for name, clauses in OBLIGATIONS.items()} == {
        "baishan-audit": 15,
        "zhangdian-stats": 20,
        "chaoyang-ecology": 23,
        "qufu-approval": 17,
        "city-drc": 17,
    }
    verbs = {verb for clauses in OBLIGATIONS.values() for does in clauses.values() for verb in does}
    assert verbs == {"computes", "checks", "records", "publishes", "exports", "reminds"}


@pytest.mark.parametrize("name", SCHEMES)
def test_every_clause_of_the_document_is_listed_and_none_is_invented(name: str) -> None:
    clauses = book_of(name).clauses
    assert clauses is not None
    assert set(clauses.clauses) == set(OBLIGATIONS[name])


@pytest.mark.parametrize("name", SCHEMES)
def test_every_clause_that_bears_on_grades_has_a_rule_or_is_left_to_people(name: str) -> None:
    book = book_of(name)
    assert book.clauses is not None
    cited = {rule.cite for _, rule in book.rules()} | {it for note in book.scheme.assumptions for it in note.about}
    adrift = [
        clause
        for clause, does in OBLIGATIONS[name].items()
        if {"computes", "checks"} & set(does)
        and clause not in cited
        and "people" not in book.clauses.clauses[clause].covered
    ]
    assert adrift == []


# --- sheets -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "post", "sheet"),
    [
        pytest.param(
            "zhangdian-stats",
            "staff",
            "virtue 15 ability 15 diligence 15 achievement 40 integrity 15",
            marks=pytest.mark.clause("Z2"),
        ),
        pytest.param(
            "qufu-approval",
            "staff",
            "politics 10 ethics 10 style 10 integrity 10 attendance 10 duty 15 quality 15 efficiency 10 service 10",
            marks=pytest.mark.clause("Q2"),
        ),
        pytest.param(
            "qufu-approval",
            "section_head",
            "politics 10 ethics 10 style 10 integrity 10 attendance 10"
            " duty 15 planning 10 innovation 10 coordination 10 learning 5",
            marks=pytest.mark.clause("Q2"),
        ),
        pytest.param(
            "qufu-approval",
            "window",
            "politics 10 ethics 10 style 10 integrity 10 attendance 10"
            " business 15 response 10 attitude 10 commitment 10 order 5",
            marks=pytest.mark.clause("Q2"),
        ),
        pytest.param(
            "city-drc",
            "staff",
            "completion 25 competence 25 cooperation 25 attitude 25",
            marks=pytest.mark.clause("D7"),
        ),
        pytest.param(
            "chaoyang-ecology",
            "staff",
            "politics 6 ethics 6 style 6 integrity 6 attendance 6"
            " quantity 14 quality 14 efficiency 14 effect 14 ability 14",
            marks=pytest.mark.clause("C3"),
        ),
    ],
)
def test_the_sheet_of_a_post_has_the_lines_and_points_of_the_document(name: str, post: str, sheet: str) -> None:
    assert sheet_of(name, post) == sheet


@pytest.mark.clause("B4", "C3", "Q2")
@pytest.mark.parametrize(
    ("name", "common", "individual"),
    [("baishan-audit", 50, 50), ("chaoyang-ecology", 30, 70), ("qufu-approval", 50, 50)],
)
def test_common_and_individual_indicators_share_the_sheet(name: str, common: Any, individual: Any) -> None:
    indicators = scheme_of(name).indicators
    assert indicators.common is not None
    assert indicators.individual is not None
    assert list(indicators.common.items) == COMMON.split()
    assert (indicators.common.weight, indicators.individual.weight) == (common, individual)
    assert {sum(it.points for it in own.values()) for own in indicators.individual.by_post.values()} == {individual}


@pytest.mark.clause("B4")
def test_the_audit_bureau_tells_business_legal_and_general_sections_apart() -> None:
    by_post = scheme_of("baishan-audit").indicators.individual
    assert by_post is not None
    lines = {post: set(items) for post, items in by_post.by_post.items()}
    assert set(lines) == {"staff", "business", "legal"}
    usual = {"quantity", "quality", "efficiency", "learning", "information", "assignments"}
    assert lines == {"staff": usual, "business": usual | {"rectification"}, "legal": usual | {"dispatch"}}


def test_a_post_that_the_scheme_does_not_know_has_no_sheet() -> None:
    assert scheme_of("qufu-approval").indicators.sheet("driver") is None
    assert sheet_of("zhangdian-stats", "driver") == sheet_of("zhangdian-stats", "staff")


# --- score and bands ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        pytest.param(
            "zhangdian-stats",
            [(60, "rating", "supervising_leader"), (40, "ballots", None)],
            marks=pytest.mark.clause("Z8"),
        ),
        pytest.param(
            "qufu-approval",
            [(40, "rating", "principal_leader"), (30, "rating", "supervising_leader"), (30, "ballots", None)],
            marks=pytest.mark.clause("Q6"),
        ),
        pytest.param(
            "city-drc",
            [(60, "rating", "supervising_leader"), (40, "monthly_tasks", None)],
            marks=pytest.mark.clause("D5", "D7", "D9"),
        ),
    ],
)
def test_the_score_is_put_together_as_the_readings_say(name: str, parts: list[tuple[Any, ...]]) -> None:
    score = scheme_of(name).score
    assert score is not None
    assert [(it.weight, it.source, it.by) for it in score.parts] == parts
    assert score.total == 100
    assert (score.rounding.decimals, score.rounding.mode, score.rounding_each) == (2, "half_up", None)


@pytest.mark.clause("D8")
def test_only_the_reform_commission_adds_and_subtracts_points_within_ten() -> None:
    adjust = {name: score.adjust for name in SCHEMES if (score := scheme_of(name).score)}
    assert {name for name, it in adjust.items() if it} == {"city-drc"}
    own = adjust["city-drc"]
    assert own is not None
    assert (own.cite, own.add, own.subtract) == ("D8", "bonus", "penalty")
    assert own.within == 10


@pytest.mark.parametrize(
    ("name", "bands", "binding"),
    [
        pytest.param("zhangdian-stats", (90, 75, 60, 0), ("一般", "较差"), marks=pytest.mark.clause("Z8")),
        pytest.param("qufu-approval", (85, 75, 60, 0), (), marks=pytest.mark.clause("Q7")),
        pytest.param("city-drc", (90, 75, 60, 0), (), marks=pytest.mark.clause("D9")),
        pytest.param("baishan-audit", None, (), marks=pytest.mark.clause("B7")),
        pytest.param("chaoyang-ecology", None, (), marks=pytest.mark.clause("C8")),
    ],
)
def test_the_four_grades_begin_where_the_document_says(name: str, bands: tuple[int, ...] | None, binding: Any) -> None:
    grades = scheme_of(name).grades
    assert grades.names == ("好", "较好", "一般", "较差")
    assert (None if grades.bands is None else tuple(grades.bands[it] for it in grades.names)) == bands
    assert grades.binding == binding


@pytest.mark.clause("Z8", "Q7")
@pytest.mark.parametrize(
    ("name", "score", "grade"),
    [
        ("zhangdian-stats", "90", "好"),
        ("zhangdian-stats", "89.99", "较好"),
        ("zhangdian-stats", "75", "较好"),
        ("zhangdian-stats", "74.99", "一般"),
        ("zhangdian-stats", "60", "一般"),
        ("zhangdian-stats", "59.99", "较差"),
        ("qufu-approval", "85", "好"),
        ("qufu-approval", "84.99", "较好"),
        ("qufu-approval", "0", "较差"),
        ("city-drc", "108.5", "好"),
        ("city-drc", "-4", "较差"),
    ],
)
def test_a_band_begins_with_its_own_number(name: str, score: str, grade: str) -> None:
    assert scheme_of(name).grades.band(Fraction(score)) == grade


# --- quotas -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "strength", "pools", "prefer"),
    [
        pytest.param("baishan-audit", "firm", None, None, marks=pytest.mark.clause("B8")),
        pytest.param(
            "chaoyang-ecology",
            "in_principle",
            None,
            "department_kind in ['frontline', 'hardship']",
            marks=pytest.mark.clause("C10"),
        ),
        pytest.param("qufu-approval", "firm", "category", None, marks=pytest.mark.clause("Q7")),
        pytest.param("city-drc", "in_principle", None, None, marks=pytest.mark.clause("D10")),
    ],
)
def test_good_grades_go_to_forty_percent(name: str, strength: str, pools: str | None, prefer: str | None) -> None:
    (quota,) = scheme_of(name).quota
    assert (quota.grade, quota.at_most, quota.number, quota.least) == ("好", PERCENT_40, None, None)
    assert (quota.strength, quota.pools) == (strength, pools)
    assert (quota.prefer.when.text if quota.prefer else None) == prefer


@pytest.mark.clause("Z8")
def test_the_statistics_bureau_has_no_quota() -> None:
    assert scheme_of("zhangdian-stats").quota == ()


@pytest.mark.clause("B8", "C10")
@pytest.mark.parametrize(
    ("base", "limit"), [(0, 0), (1, 0), (2, 0), (3, 1), (5, 2), (7, 2), (10, 4), (21, 8), (100, 40)]
)
def test_a_fraction_of_a_place_is_dropped(base: int, limit: int) -> None:
    assert scheme_of("chaoyang-ecology").quota[0].limit(base) == limit


# --- publicity, consultation, limits ------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "publicity"),
    [
        pytest.param("baishan-audit", ("公开", ("好",), "None", None), marks=pytest.mark.clause("B8")),
        pytest.param("zhangdian-stats", ("公示", "all", "None", "Z7"), marks=pytest.mark.clause("Z7", "Z12")),
        pytest.param("chaoyang-ecology", ("公开", ("好",), "None", None), marks=pytest.mark.clause("C10")),
        pytest.param("qufu-approval", ("公示", ("好",), "3个工作日", None), marks=pytest.mark.clause("Q8")),
        pytest.param("city-drc", ("公示", ("好",), "3个工作日", None), marks=pytest.mark.clause("D10")),
    ],
)
def test_what_is_made_known_and_for_how_long(name: str, publicity: tuple[Any, ...]) -> None:
    its = scheme_of(name).publicity
    assert (its.wording, its.grades, str(its.at_least), its.summaries) == publicity


@pytest.mark.parametrize(
    ("name", "deadlines"),
    [
        pytest.param("baishan-audit", ["B11 determination 3日"], marks=pytest.mark.clause("B11")),
        pytest.param("zhangdian-stats", []),
        pytest.param("chaoyang-ecology", ["C18 objection 5个工作日"], marks=pytest.mark.clause("C18")),
        pytest.param("qufu-approval", []),
        pytest.param("city-drc", ["D13 reply 5个工作日"], marks=pytest.mark.clause("D13")),
    ],
)
def test_the_deadlines_are_those_of_the_document(name: str, deadlines: list[str]) -> None:
    scheme = scheme_of(name)
    assert [f"{it.cite} {it.what} {it.within}" for it in scheme.deadlines] == deadlines
    assert scheme.deadline("objection") == next((it for it in scheme.deadlines if it.what == "objection"), None)


@pytest.mark.clause("B8")
def test_only_the_audit_bureau_must_consult_before_it_grades_anyone_good() -> None:
    consulted = {name: it for name in SCHEMES if (it := scheme_of(name).consultation)}
    assert {name: (it.cite, it.whom, it.grades) for name, it in consulted.items()} == {
        "baishan-audit": ("B8", "discipline_inspection", ("好",))
    }


@pytest.mark.clause("Z12")
def test_only_the_statistics_bureau_limits_objections_to_the_worst_grade() -> None:
    limited = {name: it.grades for name in SCHEMES if (it := scheme_of(name).objections)}
    assert limited == {"zhangdian-stats": ("较差",)}
