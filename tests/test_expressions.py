"""Conditions in schemes: what may stand in one, exactly evaluated; whatever else is refused when loaded."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated

import pytest
from pydantic import TypeAdapter
from pydantic_core import PydanticCustomError
from variants import faults, read

from pingshi.schemes import PERSON, YEAR, Condition
from pingshi.schemes.expressions import condition, condition_over

WORDS = (
    "可以用：leader, category, post, is_head, department_kind, on_probation, hosted, leave_share, away,"
    " away_longer_than, disciplined"
)
YEAR_WORDS = "可以用：count, periods, admonitions, absent, refused"
ONLY = "只用比较、and、or、not、加减除和词汇表里的词"
BRACKETS = "括号里只写词汇表规定的值"
WHOLE = "用整数或分数：0.5 写成 1/2"
UNREADABLE = "写成比较式，如 leave_share > 1/2；文字加英文单引号；用 and、or、not 连接"


def refused(text: str, vocabulary: object = PERSON) -> str:
    """Return the message and hint with which a condition is refused."""
    with pytest.raises(PydanticCustomError) as caught:
        condition(YEAR if vocabulary is YEAR else PERSON, text)
    assert caught.value.type == "bad-value"
    given = caught.value.context
    assert given is not None
    return f"{given['message']} → {given['hint']}"


# --- what conditions say ------------------------------------------------------------------


def test_division_is_exact() -> None:
    exactly = condition(PERSON, "leave_share == 1/3")
    assert exactly.holds({"leave_share": Fraction(1, 3)})
    assert not exactly.holds({"leave_share": Fraction(333333333, 1000000000)})


@pytest.mark.clause("B1", "C19", "Q16")
@pytest.mark.parametrize(("workdays", "over"), [(30, False), (31, True), (29, False)])
def test_half_of_sixty_workdays_is_not_more_than_half(workdays: int, *, over: bool) -> None:
    assert condition(PERSON, "leave_share > 1/2").holds({"leave_share": Fraction(workdays, 60)}) is over


@pytest.mark.clause("B14", "C14", "D16")
@pytest.mark.parametrize(("low", "periods", "over"), [(2, 4, False), (3, 4, True), (2, 3, True), (1, 2, False)])
def test_half_of_the_periods_is_not_more_than_half(low: int, periods: int, *, over: bool) -> None:
    rule = condition(YEAR, "count('一般', '较差') > periods / 2")
    assert rule.holds({"count": lambda *_: low, "periods": periods}) is over


def test_and_or_not_bind_as_everybody_expects() -> None:
    rule = condition(PERSON, "leader or on_probation and not is_head")
    assert rule.holds({"leader": True, "on_probation": False, "is_head": True})
    assert rule.holds({"leader": False, "on_probation": True, "is_head": False})
    assert not rule.holds({"leader": False, "on_probation": True, "is_head": True})


def test_a_word_may_be_one_of_a_list() -> None:
    rule = condition(PERSON, "away in ['aid', 'secondment']")
    assert [rule.holds({"away": it}) for it in ("aid", "secondment", "loan", "")] == [True, True, False, False]


def test_sums_and_differences_may_be_compared() -> None:
    rule = condition(YEAR, "count('好') + count('较好') >= periods - 1")
    assert rule.holds({"count": lambda name: 2 if name == "好" else 1, "periods": 4})
    assert not rule.holds({"count": lambda _: 1, "periods": 4})


def test_a_condition_knows_the_words_that_it_uses_and_no_others() -> None:
    text = "away in ['loan'] and away_longer_than(6) and away != ''"
    assert condition(PERSON, text) == Condition(
        text,
        names=("away", "away_longer_than"),
        numbers=(Fraction(6),),
        texts=("loan", ""),
        calls=(("away_longer_than", (6,)),),
    )


@pytest.mark.parametrize(
    ("text", "numbers", "texts", "calls"),
    [
        ("periods > 3", [3], (), ()),
        ("admonitions > 3/4", [Fraction(3, 4), 3, 4], (), ()),  # the fraction is tried, and what it is made of
        ("absent == true", [], (), ()),  # true is no number
        ("-periods < -2", [2], (), ()),
        ("count('一般', '较差') > periods/2", [2], ("一般", "较差"), (("count", ("一般", "较差")),)),
        ("count('好') == count('好') - 1", [1], ("好",), (("count", ("好",)), ("count", ("好",)))),
    ],
)
def test_a_condition_knows_the_constants_that_it_is_to_be_tried_with(
    text: str, numbers: list[Fraction], texts: tuple[str, ...], calls: tuple[tuple[str, tuple[str, ...]], ...]
) -> None:
    rule = condition(YEAR, text)
    assert (rule.numbers, rule.texts, rule.calls) == (tuple(numbers), texts, calls)


def test_a_measure_is_looked_up_by_its_chinese_name() -> None:
    rule = condition(PERSON, "disciplined('记过', '记大过')")
    assert rule.holds({"disciplined": lambda *measures: "记大过" in measures})
    assert not rule.holds({"disciplined": lambda *measures: "警告" in measures})


def test_a_result_that_is_no_truth_value_is_an_error_and_never_a_guess() -> None:
    with pytest.raises(ValueError, match=r"^条件“leave_share”的结果不是真假$"):
        Condition("leave_share", ("leave_share",)).holds({"leave_share": Fraction(1)})


# --- words --------------------------------------------------------------------------------


def test_a_word_outside_the_vocabulary_is_refused_with_the_word_that_was_meant() -> None:
    assert refused("catgory == 'worker'") == f"条件里的“catgory”不在词汇表里 → 是不是 category？{WORDS}"


def test_a_word_like_no_other_is_refused_with_all_that_may_be_said() -> None:
    assert refused("xyzzy > 3") == f"条件里的“xyzzy”不在词汇表里 → {WORDS}"


def test_a_slip_in_a_word_with_brackets_is_told_like_any_other() -> None:
    assert refused("disciplind('记过')") == f"条件里的“disciplind”不在词汇表里 → 是不是 disciplined？{WORDS}"


def test_the_words_of_the_year_are_not_those_of_a_person() -> None:
    assert refused("periods > 3") == f"条件里的“periods”不在词汇表里 → {WORDS}"
    assert refused("leave_share > 1/2", YEAR) == f"条件里的“leave_share”不在词汇表里 → {YEAR_WORDS}"


def test_a_plain_word_takes_no_brackets() -> None:
    assert refused("leader()") == "“leader”后面不能有括号 → 直接写 leader"
    assert refused("leader('x')") == "“leader”后面不能有括号 → 直接写 leader"


def test_a_word_with_brackets_is_no_good_without_them() -> None:
    hint = f"disciplined: {PERSON['disciplined'].says}"
    assert refused("disciplined") == f"“disciplined”后面要有括号 → {hint}"
    assert refused("disciplined('记过') or disciplined") == f"“disciplined”后面要有括号 → {hint}"


@pytest.mark.parametrize(
    ("text", "word", "shown"),
    [
        ("disciplined('开除')", "disciplined", "开除"),
        ("disciplined('记过', '开除')", "disciplined", "开除"),
        ("disciplined()", "disciplined", ""),
        ("away_longer_than(0)", "away_longer_than", "0"),
        ("away_longer_than(121)", "away_longer_than", "121"),
        ("away_longer_than('6')", "away_longer_than", "6"),
        ("away_longer_than(true)", "away_longer_than", "True"),
    ],
)
def test_the_brackets_hold_only_what_the_vocabulary_knows(text: str, word: str, shown: str) -> None:
    assert refused(text) == f"“{word}”不认识“{shown}” → {word}: {PERSON[word].says}"


@pytest.mark.parametrize(
    "text",
    ["disciplined(category)", "disciplined(measure='记过')", "disciplined(*['记过'])", "disciplined(**{'a': '记过'})"],
)
def test_the_brackets_hold_plain_values(text: str) -> None:
    assert refused(text) == f"“disciplined(…)”的写法不对 → {BRACKETS}"


def test_what_brackets_yield_is_not_called_again() -> None:
    assert refused("disciplined('记过')('记过')") == f"“(…)”的写法不对 → {BRACKETS}"


# --- what may not stand in one ------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("category|upper == 'WORKER'", "Filter"),
        ("category.__class__ == 'x'", "Getattr"),
        ("category['x'] == 'x'", "Getitem"),
        ("leave_share ** 2 > 1", "Pow"),
        ("leave_share * 2 > 1", "Mul"),
        ("leave_share > 1 // 2", "FloorDiv"),
        ("leave_share > 1 % 2", "Mod"),
        ("category ~ 'x' == 'y'", "Concat"),
        ("leader is defined", "Test"),
        ("leader if leader else on_probation", "CondExpr"),
        ("{'a': leader} == leader", "Dict"),
    ],
)
def test_only_comparisons_and_plain_arithmetic_stand_in_a_condition(text: str, kind: str) -> None:
    assert refused(text) == f"条件里不能用这种写法（{kind}） → {ONLY}"


@pytest.mark.parametrize(
    ("text", "shown"), [("leave_share > 0.5", "0.5"), ("leave_share > 10001", "10001"), ("leave_share > none", "None")]
)
def test_numbers_are_whole_and_of_a_reasonable_size(text: str, shown: str) -> None:
    assert refused(text) == f"条件里的数 {shown} 不能用 → {WHOLE}"


def test_ten_thousand_is_still_of_a_reasonable_size() -> None:
    assert condition(YEAR, "admonitions < 10000").holds({"admonitions": 3})


@pytest.mark.parametrize("text", ["category = 'worker'", "leave_share >", "(leader", "leader is", "领导 ？"])
def test_what_cannot_be_read_is_refused_as_it_stands(text: str) -> None:
    assert refused(text) == f"看不懂条件“{text}” → {UNREADABLE}"


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "leader, on_probation",
        "leader) or (",
        "leader) }}{{ (leader",
        "leader) }} 或 {{ (leader",
        "leader) }}{% set x = 1 %}{{ (leader",
    ],
    ids=["empty", "blank", "two", "nothing-in-brackets", "closed-and-opened", "text-between", "statement-between"],
)
def test_what_is_no_single_expression_is_refused_when_loaded(text: str) -> None:
    assert refused(text) == f"看不懂条件“{text}” → {UNREADABLE}"


def test_a_condition_is_short() -> None:
    long = " and ".join(["leader"] * 28)
    assert len(long) == 303
    assert refused(long) == "条件超过 300 个字符 → 拆成几条规则"
    assert condition(PERSON, long[:-11]).holds({"leader": True})


# --- in a scheme --------------------------------------------------------------------------

WORKERS = "exclude: category == 'worker'"
NO_TRUTH = "写成比较式，如 leave_share > 1/2"
NOT_ALIKE = "数与数比较，文字与文字比较；几个文字写成 in ['aid', 'loan']"
BY_ZERO = "不能除以可能是 0 的数（如全年没有等次时的 periods）；改为除以固定的数，如 count('较差') > periods / 4"


def place_of(rule: str) -> str:
    """Return the line of Qufu's scheme that a rule stands on, as it is told."""
    before, found, _ = read("qufu-approval").partition(rule)
    assert found == rule
    return f"scheme.yml:{before.count(chr(10)) + 1}"


@pytest.mark.parametrize("written", ["[leader]", "{leader: true}"])
def test_a_condition_is_written_as_text(written: str) -> None:
    assert faults("qufu-approval", WORKERS, f"exclude: {written}") == [
        f"{place_of(WORKERS)} bad-value “exclude”：这里应是一个条件 → {NO_TRUTH}"
    ]


@pytest.mark.parametrize("text", ["leave_share", "category", "leave_share + 1", "leader and category"])
def test_a_condition_that_yields_no_truth_value_is_refused_when_the_scheme_is_loaded(text: str) -> None:
    assert faults("qufu-approval", WORKERS, f"exclude: {text}") == [
        f"{place_of(WORKERS)} bad-value “exclude”：条件“{text}”的结果不是真假 → {NO_TRUTH}"
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("category > 3", f"两边不是同一类，无法比较 → {NOT_ALIKE}"),
        ("leave_share > 'half'", f"两边不是同一类，无法比较 → {NOT_ALIKE}"),
        ("category + 1 == 2", f"两边不是同一类，无法比较 → {NOT_ALIKE}"),
        ("leave_share in 3", f"两边不是同一类，无法比较 → {NOT_ALIKE}"),
        ("'x' / 2 == 1", f"两边不是同一类，无法比较 → {NOT_ALIKE}"),
        ("leave_share > 1/0", f"会除以 0 → {BY_ZERO}"),
    ],
)
def test_a_condition_that_cannot_be_worked_out_is_refused_when_the_scheme_is_loaded(text: str, said: str) -> None:
    assert faults("qufu-approval", WORKERS, f'exclude: "{text}"') == [
        f"{place_of(WORKERS)} bad-value “exclude”：条件“{text}”{said}"
    ]


def test_a_year_that_had_no_periods_is_not_divided_by() -> None:
    old, new = "when: count('较差') >= 1, bars", "when: count('较差') / periods > 1/4, bars"
    assert faults("qufu-approval", old, new) == [
        f"{place_of(old)} bad-value “when”：条件“count('较差') / periods > 1/4”会除以 0 → {BY_ZERO}"
    ]


def test_what_the_message_proposes_instead_of_dividing_by_the_periods_can_be_said() -> None:
    rule = condition(YEAR, "count('较差') > periods / 4")
    assert rule.holds({"count": lambda _: 1, "periods": 3})
    assert not rule.holds({"count": lambda _: 0, "periods": 0})


def test_a_condition_that_was_read_once_is_not_read_again() -> None:
    rule = condition(PERSON, "leader")
    assert TypeAdapter(Annotated[Condition, condition_over(PERSON)]).validate_python(rule) is rule
