"""Pools other than the five schemes have, issued numbers, and what is told of places while scores are missing."""

from __future__ import annotations

from fractions import Fraction

import pytest
from office import Office
from telling import amend, rate, suggested, told

from pingshi.grading import pool_title

AFFIRMED = "kind: outstanding, on: 2026-03-02, item: 一票肯定, what: 获市级表彰, basis: 文号"
OFFICE = "  - {id: office, name: 综合科, kind: general, head: he-jun, led_by: [liu-yang, sun-li]}\norgans:"
TOTALS = {"a": 95, "b": 90, "c": 80, "x": 94, "y": 93, "z": 70}


def two_departments(pools: str) -> Office:
    """Three people of hall (led by liu-yang) and three of office (led by liu-yang and sun-li), with pools."""
    office = rate(Office("qufu-approval", "a b c x y z"), TOTALS).person("sun-li", leader="true")
    office.write("unit.yml", office.texts["unit.yml"].replace("organs:", OFFICE))
    for person in "xyz":
        office.person(person, department="office")
    office.review("sun-li", "supervising_leader", {it: TOTALS[it] for it in "xyz"})
    return amend(office, "pools: category}", pools)


def quota_steps(office: Office, person: str) -> list[str]:
    """Return what is told of the places."""
    return [step.says for step in office.result(person).steps if step.rule == "quota"]


# --- pools --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pools", "first", "second"),
    [
        ("pools: department}", ("hall", "窗口服务科"), ("office", "综合科")),
        ("pools: supervising_leader}", ("liu-yang", "liu-yang分管"), ("liu-yang,sun-li", "liu-yang、sun-li分管")),
    ],
)
def test_each_department_or_leader_has_places_of_its_own(
    pools: str, first: tuple[str, str], second: tuple[str, str]
) -> None:
    office = two_departments(pools)
    records, result = office.snapshot().units["u"], office.grade()
    assert [
        ((it.pool, pool_title(records, it.rule, it.pool)), it.base, it.limit, it.used, it.members, it.cut)
        for it in result.pools
    ] == [
        (first, 3, 1, 1, ("a", "b", "c"), Fraction(95)),
        (second, 3, 1, 1, ("x", "y", "z"), Fraction(94)),
    ]
    assert suggested(office) == {"a": "好", "b": "较好", "c": "较好", "x": "好", "y": "较好", "z": "一般"}
    assert quota_steps(office, "y") == [
        (
            f"{second[1]}参加考核 3 人，好等次名额 1 个（40%，小数舍去）；取得名额的最低得分是 94.00 分。"
            "y没有得到名额，建议为较好。"
        )
    ]


@pytest.mark.parametrize(
    ("pools", "title"), [("pools: department}", "窗口服务科"), ("pools: supervising_leader}", "liu-yang分管")]
)
def test_too_many_of_one_pool_are_told_with_its_name(pools: str, title: str) -> None:
    office = two_departments(pools)
    reason = "reason: 贡献突出"
    office.decide({"a": "好", "b": f"{{grade: 好, {reason}}}", "c": "较好", "x": "好", "y": "较好", "z": "一般"})
    assert told(office, "quota-exceeded") == (
        f"records/u/2026-Q1/determination.yml:3:1: 错误 [quota-exceeded] {title}参加考核 3 人，好等次限额 1 人，"
        "审定了 2 人（依据 Q7）\n"
        "    → 减少人数；这个限额不能超过\n"
    )


def test_one_pool_for_all_has_no_name() -> None:
    office = amend(rate(Office("qufu-approval", "a b c"), {"a": 95, "b": 90, "c": 70}), ", pools: category}", "}")
    (pool,) = office.grade().pools
    assert (pool.pool, pool_title(office.snapshot().units["u"], pool.rule, pool.pool)) == (None, "")
    assert quota_steps(office, "a") == [
        "参加考核 3 人，好等次名额 1 个（40%，小数舍去）；取得名额的最低得分是 95.00 分。a得到名额，建议为好。"
    ]


def test_a_number_that_was_issued_is_told_as_such() -> None:
    office = amend(rate(Office("qufu-approval", "a b c"), {"a": 95, "b": 90, "c": 70}), "at_most: 40%", "number: 2")
    assert suggested(office) == {"a": "好", "b": "好", "c": "一般"}
    assert quota_steps(office, "b") == [
        "公务员参加考核 3 人，好等次名额 2 个（下达的名额）；取得名额的最低得分是 90.00 分。b得到名额，建议为好。"
    ]


# --- what is told of the places -------------------------------------------------------------


@pytest.mark.clause("Q7")
def test_a_tie_and_places_that_nobody_got_by_score_are_told() -> None:
    office = rate(Office("qufu-approval", "a b c"), {"a": 90, "b": 90, "c": 70})
    assert quota_steps(office, "a") == [
        (
            "公务员参加考核 3 人，好等次名额 1 个（40%，小数舍去）；没有一个由得分取得。"
            "a与他人同分，恰在名额边缘而无法区分，都不进入，建议为较好。"
        )
    ]


@pytest.mark.clause("Q7", "Q11")
def test_whoever_has_no_score_yet_is_counted_where_the_places_are_told() -> None:
    office = rate(Office("qufu-approval", "a b c d e"), {"a": 90, "b": 80})
    assert quota_steps(office, "a") == [
        (
            "公务员参加考核 5 人，好等次名额 2 个（40%，小数舍去）；取得名额的最低得分是 90.00 分。"
            "a得到名额，建议为好。本组还有 3 人没有得分，得分齐全后名额的结果可能变化。"
        )
    ]
    # affirmed: e's place is settled whatever the score; and d, on probation, will have none
    office.facts("e", AFFIRMED).person("d", probation_until="2026-03-31")
    assert quota_steps(office, "a") == [
        (
            "公务员参加考核 5 人，好等次名额 2 个（40%，小数舍去），其中 1 个由直接确定的人占用；"
            "取得名额的最低得分是 90.00 分。"
            "a得到名额，建议为好。本组还有 1 人没有得分，得分齐全后名额的结果可能变化。"
        )
    ]
    rate(office, {"a": 90, "b": 80, "c": 70})
    assert quota_steps(office, "a") == [
        (
            "公务员参加考核 5 人，好等次名额 2 个（40%，小数舍去），其中 1 个由直接确定的人占用；"
            "取得名额的最低得分是 90.00 分。a得到名额，建议为好。"
        )
    ]


@pytest.mark.clause("Q7")
def test_the_missing_scores_of_another_pool_do_not_matter() -> None:
    office = rate(Office("qufu-approval", "a b c"), {"a": 90, "b": 80, "c": 70}).person("x", category="institution")
    assert quota_steps(office, "a") == [
        "公务员参加考核 3 人，好等次名额 1 个（40%，小数舍去）；取得名额的最低得分是 90.00 分。a得到名额，建议为好。"
    ]
