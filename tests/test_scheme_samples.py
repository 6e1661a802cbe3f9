"""The cases that a condition is tried on: around its own constants, so that one that holds for none of them is idle."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from pingshi.schemes import PERSON, YEAR
from pingshi.schemes.expressions import condition
from pingshi.schemes.samples import MOST_TRIED, combinations


def tried(text: str, name: str, *more: str) -> list[Any]:
    """Return the values that one word takes over all cases of a condition about a person, in order, each once."""
    cases = combinations(PERSON, [condition(PERSON, text)], more)
    return list(dict.fromkeys(values[name] for values in cases))


# --- numbers ------------------------------------------------------------------------------


def test_a_share_is_tried_at_each_number_and_between_them() -> None:
    shares = tried("leave_share > 1/3", "leave_share")
    assert shares == [Fraction(it) for it in ("0", "1/6", "1/3", "5/12", "1/2", "3/4", "1")]


def test_a_share_is_never_tried_outside_its_range() -> None:
    """The 3 and the 5 of 3/5 are numbers of the condition, but no shares."""
    shares = tried("leave_share > 3/5 and leave_share < 13/20", "leave_share")
    assert shares == [Fraction(it) for it in ("0", "1/4", "1/2", "11/20", "3/5", "5/8", "13/20", "33/40", "1")]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("periods > 2", [0, 1, 2, 4]),
        ("periods == 3", [0, 1, 2, 3, 4]),
        ("periods > 12", [0, 1, 2, 4, 12]),
        ("periods < 13", [0, 1, 2, 4]),
        ("periods > 5/2", [0, 1, 2, 4, 5]),
    ],
)
def test_what_is_counted_is_tried_at_the_numbers_and_not_between_them(text: str, numbers: list[Any]) -> None:
    assert [it["periods"] for it in combinations(YEAR, [condition(YEAR, text)])] == numbers


# --- words --------------------------------------------------------------------------------


def test_a_word_from_a_list_takes_those_of_the_list_only() -> None:
    assert tried("category == 'worker'", "category") == ["civil_servant", "institution", "worker"]
    assert tried("department_kind == 'remote'", "department_kind") == ["general", "business", "frontline", "hardship"]
    assert tried("away == 'holiday'", "away") == ["", "aid", "secondment", "loan", "training", "taskforce"]


def test_posts_are_those_of_the_scheme_and_of_the_condition() -> None:
    assert tried("post == 'driver'", "post") == ["staff", "driver"]
    assert tried("post == 'driver'", "post", "window", "staff") == ["staff", "driver", "window"]


def test_yes_and_no_are_both_tried() -> None:
    assert tried("leader", "leader") == [False, True]


# --- functions ----------------------------------------------------------------------------


def held(text: str, name: str, *asked: Any) -> list[list[bool]]:
    """Return, case by case, what a function answers to each question."""
    cases = combinations(PERSON, [condition(PERSON, text)])
    return [[values[name](it) for it in asked] for values in cases]


def test_stints_are_tried_at_each_limit_and_a_month_longer() -> None:
    text = "away_longer_than(3) and not away_longer_than(6)"
    assert [sum(it) for it in held(text, "away_longer_than", *range(12))] == [0, 3, 6, 1, 4, 7]


def test_measures_are_tried_alone_by_twos_and_all_at_once() -> None:
    text = "disciplined('警告', '记过') and not disciplined('撤职')"
    assert held(text, "disciplined", "警告", "记过", "撤职", "降级") == [
        [False, False, False, False],
        [True, False, False, False],
        [False, True, False, False],
        [False, False, True, False],
        [True, True, False, False],
        [True, False, True, False],
        [False, True, True, False],
        [True, True, False, False],
        [False, False, True, False],
        [True, True, True, False],
    ]


def test_grades_are_counted_from_none_to_a_year_full() -> None:
    cases = combinations(YEAR, [condition(YEAR, "count('好') > 1")])
    assert [values["count"]("好") for values in cases] == [0, 1, 2, 4]


# --- together -----------------------------------------------------------------------------


def test_several_words_are_tried_in_every_combination() -> None:
    cases = list(combinations(PERSON, [condition(PERSON, "leader"), condition(PERSON, "post == 'driver' or leader")]))
    assert cases == [
        {"leader": False, "post": "staff"},
        {"leader": False, "post": "driver"},
        {"leader": True, "post": "staff"},
        {"leader": True, "post": "driver"},
    ]


def test_without_a_condition_there_is_one_case_without_words() -> None:
    assert list(combinations(PERSON, [])) == [{}]


def test_no_more_cases_are_tried_than_a_linter_has_time_for() -> None:
    many = (
        "leader or is_head or hosted or on_probation or category == 'worker' or department_kind == 'general'"
        " or away == 'aid' or leave_share > 1/3 or away_longer_than(6) or disciplined('警告', '记过', '撤职')"
    )
    assert sum(1 for _ in combinations(PERSON, [condition(PERSON, many)])) == MOST_TRIED == 20_000
