"""The other ways it could have gone: what is told is tried out by grading again with just that changed."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from office import Office
from telling import rate

from pingshi.grading import explain

if TYPE_CHECKING:
    from collections.abc import Mapping

VETOED = "kind: misconduct, on: 2026-03-09, item: 一票否决, what: 被通报批评, basis: 文号"
AFFIRMED = "kind: outstanding, on: 2026-03-02, item: 一票肯定, what: 获市级表彰, basis: 文号"
HELD = "kind: accountability, on: 2026-02-03, type: 组织谈话, basis: 文号"
ADMONISHED = "kind: admonition, on: 2026-02-20, reason: 未按时填写工作记实"
SICK = "kind: leave, type: sick, from: 2026-01-05, to: 2026-03-20"
ON_LOAN = "kind: away, type: loan, from: 2026-01-01, host: 示例区政府办"
DEMERIT = "kind: discipline, measure: 记过, from: 2026-01-10, to: 2027-01-09, basis: 文号"
ABSENT = "kind: absent, period: 2026-Q1, reason: 无正当理由"
MERIT = "kind: merit, on: 2026-02-11, what: 完成改造, basis: 文号"

#: Five people, two places: what a gets, and what the others get.
FREE = {"a": 80, "b": 95, "c": 70, "d": 70, "e": 70}
FULL = FREE | {"c": 94}
IN = {"a": 90, "b": 95, "c": 86, "d": 70, "e": 70}
#: Eight people, three places: one taken, and two left for a tie of three.
ABOVE_A_TIE = {"a": 88, "b": 95, "c": 90, "d": 90, "e": 90, "f": 70, "g": 70, "h": 70}
#: Three people, one place.
BELOW_A_TIE = {"a": 88, "b": 90, "c": 90}
HUNDREDTH = Decimal("0.01")


def graded(scheme: str, totals: Mapping[str, object], *facts: str) -> Office:
    """Give everybody a total; the facts are a's."""
    office = rate(Office(scheme, " ".join(totals)), totals)
    return office.facts("a", *facts) if facts else office


def otherwise(office: Office, person: str = "a") -> tuple[str, ...]:
    """Return the other ways that a person's 2026-Q1 could have gone."""
    return explain(office.snapshot().units["u"], office.grade(), person).otherwise


def with_score(scheme: str, totals: Mapping[str, object], score: Decimal) -> str | None:
    """Return what would be suggested for a with another score."""
    return graded(scheme, {**totals, "a": score}).result("a").suggested


# --- scores -------------------------------------------------------------------------------


@pytest.mark.clause("Q7", "Z8")
@pytest.mark.parametrize(
    ("scheme", "totals", "expected", "needed", "grades"),
    [
        # the next band below the one with places
        ("qufu-approval", FREE | {"a": 74.5}, "得分再高 0.5 分，就达到“较好”的分数线 75 分。", "75", "一般 较好"),
        ("zhangdian-stats", FREE | {"a": 59.5}, "得分再高 0.5 分，就达到“一般”的分数线 60 分。", "60", "较差 一般"),
        # no places at all, so the band is enough
        ("zhangdian-stats", FREE, "得分再高 10 分，就达到“好”的分数线 90 分。", "90", "较好 好"),
        # a place is free
        ("qufu-approval", FREE, "得分达到“好”的分数线 85 分，就能得到名额，还差 5 分。", "85", "较好 好"),
        # both places are taken, whether or not the band is reached
        (
            "qufu-approval",
            FULL,
            "“好”的分数线是 85 分，但名额有限，得分要达到 94.01 分才能得到名额，还差 14.01 分。",
            "94.01",
            "较好 好",
        ),
        (
            "qufu-approval",
            FULL | {"a": 88},
            "“好”的分数线是 85 分，但名额有限，得分要达到 94.01 分才能得到名额，还差 6.01 分。",
            "94.01",
            "较好 好",
        ),
        # tied for the last place: a little more separates them
        (
            "qufu-approval",
            FREE | {"a": 90, "c": 90},
            "“好”的分数线是 85 分，但名额有限，得分要达到 90.01 分才能得到名额，还差 0.01 分。",
            "90.01",
            "较好 好",
        ),
        # below a tie that leaves places empty: nobody moves up
        (
            "qufu-approval",
            ABOVE_A_TIE,
            "“好”的分数线是 85 分，但名额有限，得分要达到 90.01 分才能得到名额，还差 2.01 分。",
            "90.01",
            "较好 好",
        ),
        (
            "qufu-approval",
            BELOW_A_TIE,
            "“好”的分数线是 85 分，但名额有限，得分要达到 90.01 分才能得到名额，还差 2.01 分。",
            "90.01",
            "较好 好",
        ),
    ],
)
def test_the_score_that_is_told_is_the_lowest_that_leads_to_the_next_grade(
    scheme: str, totals: dict[str, object], expected: str, needed: str, grades: str
) -> None:
    assert otherwise(graded(scheme, totals)) == (expected,)
    now = graded(scheme, totals).result("a")
    enough = Decimal(needed)
    before, after = grades.split()
    assert (now.suggested, with_score(scheme, totals, enough - HUNDREDTH)) == (before, before)
    assert with_score(scheme, totals, enough) == after


@pytest.mark.clause("Q7")
def test_whoever_has_a_place_is_told_the_score_at_which_the_next_one_would_take_it() -> None:
    assert otherwise(graded("qufu-approval", IN)) == ("得分如果只有 86 分，就得不到好等次的名额。",)
    assert with_score("qufu-approval", IN, Decimal(86)) == "较好"  # tied, so both stay out
    assert with_score("qufu-approval", IN, Decimal("86.01")) == "好"


@pytest.mark.clause("Q7")
def test_whoever_has_a_place_that_nobody_else_reaches_is_told_the_band() -> None:
    totals = IN | {"c": 80}
    assert otherwise(graded("qufu-approval", totals)) == ("得分如果低于“好”的分数线 85 分，就不再建议为好。",)
    assert with_score("qufu-approval", totals, Decimal(85)) == "好"
    assert with_score("qufu-approval", totals, Decimal("84.99")) == "较好"


@pytest.mark.clause("Z8")
def test_whoever_is_in_the_best_band_without_a_quota_is_told_nothing() -> None:
    assert otherwise(graded("zhangdian-stats", FREE | {"a": 95})) == ()


@pytest.mark.clause("Q7", "Q11")
def test_where_the_places_are_gone_to_others_no_score_is_promised() -> None:
    totals = {"a": 90, "b": 70, "c": 70}
    assert otherwise(graded("qufu-approval", totals).facts("b", AFFIRMED)) == (
        "好等次的 1 个名额都不由得分取得，得分再高也没有剩余名额。",
    )
    assert graded("qufu-approval", totals | {"a": 100}).facts("b", AFFIRMED).result("a").suggested == "较好"


@pytest.mark.clause("Q7")
def test_where_there_are_too_few_for_a_place_no_score_is_promised() -> None:
    assert otherwise(graded("qufu-approval", {"a": 90, "b": 70})) == ("本期好等次没有名额，得分再高也得不到。",)
    assert with_score("qufu-approval", {"a": 90, "b": 70}, Decimal(100)) == "较好"


@pytest.mark.clause("Q7")
def test_no_score_above_the_full_one_is_promised() -> None:
    totals = {"a": 90, "b": 100, "c": 70}
    assert otherwise(graded("qufu-approval", totals)) == (
        "好等次的 1 个名额已不够满分的人分，即使得到满分也与他们同分，得不到名额。",
    )
    assert with_score("qufu-approval", totals, Decimal(100)) == "较好"


@pytest.mark.clause("D8", "D10")
def test_where_bonuses_go_above_the_full_score_more_than_that_is_told() -> None:
    office = Office("city-drc", "a b c").review("liu-yang", "supervising_leader", {"a": 90, "b": 100, "c": 70})
    for person in "abc":
        office.write(
            f"2026-01/plans/{person}.yml",
            "tasks: [{id: t1, ledger: plan, content: 调度, due: 2026-01-20, standard: 按时}]\n",
        )
        office.write(f"2026-01/evaluations/{person}.yml", "tasks: {t1: done}\n")
    assert otherwise(office) == (  # 54 + 40 = 94, and b has 100
        "“好”的分数线是 90 分，但名额有限，得分要达到 100.01 分才能得到名额，还差 6.01 分。",
    )
    for points, grade in ((6, "较好"), (6.01, "好")):
        office.facts("a", f"kind: bonus, on: 2026-03-15, item: 表彰奖励, points: {points}, basis: 文号")
        assert office.result("a").suggested == grade


# --- facts --------------------------------------------------------------------------------


def without(fact: str, then: str, now: str) -> str:
    """Tell what would have come out without the first fact of a."""
    return f"如果没有“{fact}”这条记录（records/u/facts/a.yml:1），就{then}，而不是{now}。"


@pytest.mark.clause("Q11", "Q12", "Z10", "Z13")
@pytest.mark.parametrize(
    ("scheme", "totals", "facts", "expected"),
    [
        ("qufu-approval", FREE, [VETOED], (without("一票否决", "建议为较好", "建议为较差"),)),
        ("qufu-approval", FREE, [AFFIRMED], (without("一票肯定", "建议为较好", "建议为好"),)),
        ("zhangdian-stats", FREE, [ADMONISHED], (without("告诫", "建议为较好", "建议为较差"),)),
        ("zhangdian-stats", FREE, [HELD], (without("问责", "建议为较好", "建议为一般"),)),
        # poor by the score already: the cap changes nothing, and is in the way of any better score
        ("zhangdian-stats", FREE | {"a": 50}, [HELD], ()),
        # each of two alone would do the same
        ("qufu-approval", FREE, [VETOED, VETOED.replace("03-09", "03-10")], ()),
    ],
)
def test_under_a_cap_or_a_set_grade_only_the_fact_is_told_and_no_score(
    scheme: str, totals: dict[str, object], facts: list[str], expected: tuple[str, ...]
) -> None:
    assert otherwise(graded(scheme, totals, *facts)) == expected


@pytest.mark.clause("Q16", "Z9", "Z11")
@pytest.mark.parametrize(
    ("scheme", "fact", "name", "now"),
    [
        ("qufu-approval", SICK, "请假 2026-01-05 至 2026-03-20", "参加考核但不确定等次"),
        ("zhangdian-stats", DEMERIT, "记过处分", "参加考核但不确定等次"),
        ("zhangdian-stats", ON_LOAN, "离岗 2026-01-01 至 未定", "不在本单位考核"),
    ],
)
def test_what_keeps_somebody_from_a_grade_is_told_with_the_grade_there_would_be(
    scheme: str, fact: str, name: str, now: str
) -> None:
    assert otherwise(graded(scheme, FREE, fact)) == (without(name, "建议为较好", now),)
    assert otherwise(Office(scheme, "a").facts("a", fact)) == (
        f"如果没有“{name}”这条记录（records/u/facts/a.yml:1），就要照常定等次（现有记录还得不出建议）。",
    )


@pytest.mark.clause("Q16")
def test_leave_is_not_named_where_there_would_be_no_grade_anyway() -> None:
    office = graded("qufu-approval", FREE, SICK).person("a", probation_until="2026-03-31")
    assert otherwise(office) == ()


@pytest.mark.clause("Z13")
def test_without_an_admonition_there_may_be_no_suggestion_at_all() -> None:
    assert otherwise(Office("zhangdian-stats", "a").facts("a", ADMONISHED)) == (
        without("告诫", "没有建议等次", "建议为较差"),
    )


@pytest.mark.clause("Q17")
def test_a_fact_that_changes_nothing_is_not_named() -> None:
    assert otherwise(graded("qufu-approval", FREE, ABSENT, MERIT)) == (
        "得分达到“好”的分数线 85 分，就能得到名额，还差 5 分。",
    )


def test_whoever_has_facts_that_cannot_be_read_is_promised_nothing_and_is_nobodys_rival() -> None:
    office = graded("qufu-approval", IN).write("facts/c.yml", "[")
    assert otherwise(office, "c") == ()
    assert otherwise(office) == ("得分如果低于“好”的分数线 85 分，就不再建议为好。",)
    rate(office, IN | {"a": 85})
    assert office.result("a").suggested == "好"


# --- proposals ----------------------------------------------------------------------------

PROPOSED = "建议等次来自所提出的等次“好”；提出的等次不同，建议也会不同。"
PLACES = "参加考核 3 人，好等次限额 1 人，目前用了 1 个；审定时要在限额以内取舍。"


@pytest.mark.clause("B7", "B8", "B9")
def test_a_proposal_is_told_with_the_places_there_are() -> None:
    office = Office("baishan-audit", "a b c").review(
        "liu-yang", "supervising_leader", {"a": "好", "b": "较好", "c": "较好"}
    )
    assert otherwise(office) == (PROPOSED, PLACES)
    office.facts("a", "kind: misconduct, on: 2026-03-09, what: 推诿敷衍, basis: 文号")
    assert otherwise(office) == (
        "如果没有“负面情形”这条记录（records/u/facts/a.yml:1），就不能直接确定为较差。",
        PROPOSED,
        PLACES,
    )
    office.review("liu-yang", "supervising_leader", {"a": "一般", "b": "较好", "c": "较好"})
    assert office.result("a").suggested == "一般"


def test_where_nobody_proposed_nothing_is_promised() -> None:
    assert otherwise(Office("baishan-audit", "a")) == ()
