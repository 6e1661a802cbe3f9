"""The cases that conditions are tried on when a scheme is loaded and linted: all that they can tell apart."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from variants import faults

from pingshi.schemes import PERSON, YEAR
from pingshi.schemes.expressions import condition
from pingshi.schemes.samples import MOST_TRIED, combinations

if TYPE_CHECKING:
    from pingshi.schemes.vocabulary import Vocabulary


def tried(vocabulary: Vocabulary, *texts: str, more: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """Return the values that conditions are tried on."""
    return list(combinations(vocabulary, [condition(vocabulary, text) for text in texts], more))


def test_a_number_is_tried_at_each_constant_and_between_and_beyond_them() -> None:
    assert [it["leave_share"] for it in tried(PERSON, "leave_share > 3/5 and leave_share < 13/20")] == [
        0,
        Fraction(1, 4),
        Fraction(1, 2),
        Fraction(11, 20),
        Fraction(3, 5),
        Fraction(5, 8),
        Fraction(13, 20),
        Fraction(33, 40),
        1,
    ]


def test_a_whole_number_is_tried_only_at_whole_numbers_within_its_range() -> None:
    assert [it["periods"] for it in tried(YEAR, "periods > 3 and periods < 99")] == [0, 1, 2, 3, 4]


def test_a_post_may_be_any_that_is_named_but_a_category_only_one_of_three() -> None:
    posts = [it["post"] for it in tried(PERSON, "post == 'driver'", more=("window",))]
    assert posts == ["staff", "driver", "window"]
    categories = [it["category"] for it in tried(PERSON, "category == 'driver'", more=("window",))]
    assert categories == ["civil_servant", "institution", "worker"]


def test_several_conditions_are_tried_on_every_combination_of_their_words() -> None:
    cases = tried(PERSON, "leader", "leader or is_head")
    assert [(it["is_head"], it["leader"]) for it in cases] == [
        (False, False),
        (False, True),
        (True, False),
        (True, True),
    ]


def test_measures_are_tried_one_at_a_time_two_at_a_time_all_together_and_not_at_all() -> None:
    rule = "disciplined('记过', '撤职') and not disciplined('警告') and not disciplined('降级')"
    names = ("记过", "撤职", "警告", "降级")
    held = ["".join(name for name in names if it["disciplined"](name)) for it in tried(PERSON, rule)]
    pairs = ["记过撤职", "记过警告", "记过降级", "撤职警告", "撤职降级", "警告降级"]
    assert list(dict.fromkeys(held)) == ["", *names, *pairs, "记过撤职警告降级"]


def test_a_whole_number_is_not_tried_at_a_fraction_that_it_is_compared_with() -> None:
    assert [it["admonitions"] for it in tried(YEAR, "admonitions > 3/4")] == [0, 1, 2, 3, 4]


def test_a_stint_is_tried_up_to_each_limit_and_a_month_beyond() -> None:
    lengths = [it["away_longer_than"] for it in tried(PERSON, "away_longer_than(3) and not away_longer_than(6)")]
    assert [[months for months in (0, 3, 6) if longer(months)] for longer in lengths] == [
        [],
        [0],
        [0, 3],
        [0],
        [0, 3],
        [0, 3, 6],
    ]


def test_of_a_condition_with_very_many_words_only_so_many_cases_are_tried() -> None:
    rule = (
        "leader or is_head or on_probation or hosted or category == 'worker' or department_kind == 'general'"
        " or leave_share > 1/3 or away == 'aid' or post == 'driver' or away_longer_than(6) or disciplined('记过')"
    )
    assert len(tried(PERSON, rule)) == MOST_TRIED == 20_000


def test_a_rule_with_more_cases_than_are_tried_is_not_said_to_be_idle() -> None:
    rule = (
        "away == 'taskforce' and away_longer_than(6) and not is_head and not on_probation and not hosted"
        " and category == 'civil_servant' and department_kind == 'general' and leave_share > 1/3"
        " and post == 'driver' and disciplined('记过')"
    )
    read, cases = condition(PERSON, rule), tried(PERSON, rule)
    assert len(cases) == MOST_TRIED
    assert not any(read.holds(case) for case in cases)
    assert faults("qufu-approval", "exclude: category == 'worker'", f'exclude: "{rule}"') == []
