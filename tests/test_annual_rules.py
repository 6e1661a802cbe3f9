"""What a year's grades mean: the five schemes' annual rules, year by year (reading 14)."""

from __future__ import annotations

from itertools import combinations_with_replacement, permutations, product

import pytest
from variants import SCHEMES, book_of, changed, faults_in, read

from pingshi.schemes import Annual, Outcome, Year, load_book, outcome, possible_grades, possible_years

GRADES = ("好", "较好", "一般", "较差")
FREE = "优秀 称职 基本称职 不称职"
NOT_BEST = "称职 基本称职 不称职"
LOW = "基本称职 不称职"


def annual_of(scheme: str) -> Annual:
    """Return a scheme's annual rules."""
    annual = book_of(scheme).scheme.annual
    assert annual is not None
    return annual


def year(grades: str, *, admonitions: int = 0, absent: bool = False, refused: bool = False) -> Year:
    """Make a year of grades in words."""
    return Year(tuple(grades.split()), admonitions, absent, refused)


def told(scheme: str, of: Year) -> str:
    """Tell a year's outcome: what is allowed, then what is preferred (+) and permitted (?)."""
    result = outcome(annual_of(scheme), of)
    if not result.takes_part:
        assert result.allowed == ()
        return "不参加"
    return " ".join([*result.allowed, *(f"+{it}" for it in result.preferred), *(f"?{it}" for it in result.permitted)])


# --- baishan and chaoyang -----------------------------------------------------------------

SAME_IN_BAISHAN_AND_CHAOYANG = [
    ("好 好 好 好", f"{FREE} +优秀"),
    ("好", f"{FREE} +优秀"),
    ("好 好 好 较好", FREE),
    ("好 好 较好 较好", FREE),  # at least half of them
    ("好 较好", FREE),
    ("好 较好 较好 较好", NOT_BEST),
    ("好 较好 较好", NOT_BEST),
    ("较好 较好 较好 较好", NOT_BEST),
    ("好 好 好 一般", NOT_BEST),
    ("好 好 好 较差", NOT_BEST),
    ("好 好 一般 较差", NOT_BEST),  # half is not more than half
    ("好 一般 一般 较差", LOW),
    ("较好 一般 一般", LOW),
    ("一般 一般 一般 一般", LOW),
    ("一般", LOW),
    ("好 一般", NOT_BEST),
    ("", NOT_BEST),
]


@pytest.mark.clause("B14")
@pytest.mark.parametrize(("grades", "expected"), SAME_IN_BAISHAN_AND_CHAOYANG)
def test_in_baishan_the_best_come_from_those_with_many_good_and_no_low_grades(grades: str, expected: str) -> None:
    assert told("baishan-audit", year(grades)) == expected


@pytest.mark.clause("B14")
def test_in_baishan_a_year_of_the_worst_grades_permits_nothing_more() -> None:
    assert told("baishan-audit", year("较差 较差 较差 较差")) == LOW


@pytest.mark.clause("C14")
@pytest.mark.parametrize(("grades", "expected"), SAME_IN_BAISHAN_AND_CHAOYANG)
def test_in_chaoyang_the_best_come_from_those_with_many_good_and_no_low_grades(grades: str, expected: str) -> None:
    assert told("chaoyang-ecology", year(grades)) == expected


@pytest.mark.clause("C14")
@pytest.mark.parametrize(
    ("grades", "expected"),
    [
        ("较差 较差 较差 较差", f"{LOW} ?不称职"),
        ("较差", f"{LOW} ?不称职"),
        ("较差 较差 较差 一般", LOW),
    ],
)
def test_in_chaoyang_only_a_year_of_the_worst_grades_permits_incompetent(grades: str, expected: str) -> None:
    assert told("chaoyang-ecology", year(grades)) == expected


@pytest.mark.clause("C4", "C14")
def test_the_three_quarters_of_2020_make_a_year_in_chaoyang() -> None:
    assert told("chaoyang-ecology", year("好 好 较好")) == FREE
    assert told("chaoyang-ecology", year("一般 较差 好")) == LOW


@pytest.mark.clause("C17")
@pytest.mark.parametrize("grades", ["好 好 好 好", "较好 较好", "一般 一般 一般", ""])
def test_in_chaoyang_whoever_refuses_to_mend_is_incompetent_however_good_the_grades(grades: str) -> None:
    assert told("chaoyang-ecology", year(grades, refused=True)) == "不称职"


@pytest.mark.clause("C17")
def test_in_chaoyang_being_absent_without_refusing_decides_nothing() -> None:
    assert told("chaoyang-ecology", year("好 好 好 好", absent=True)) == f"{FREE} +优秀"


# --- zhangdian ----------------------------------------------------------------------------


@pytest.mark.clause("Z17")
@pytest.mark.parametrize(
    ("grades", "expected"),
    [
        ("好 好 好 好", FREE),
        ("好 较好 较好 较好", FREE),
        ("较好 较好 较好 较好", NOT_BEST),
        ("好 好 好 一般", NOT_BEST),
        ("好 好 好 较差", NOT_BEST),
        ("好 好 一般 较差", NOT_BEST),
        ("好 好 一般 一般", "基本称职"),
        ("一般 一般 一般 一般", "基本称职"),
        ("好 一般 一般 较差", "基本称职"),
        ("好 好 较差 较差", "不称职"),
        ("一般 一般 较差 较差", "不称职"),  # the graver of two
        ("较差 较差 较差 较差", "不称职"),
        ("", NOT_BEST),
    ],
)
def test_in_zhangdian_one_low_grade_bars_two_fix_the_year(grades: str, expected: str) -> None:
    assert told("zhangdian-stats", year(grades)) == expected


@pytest.mark.clause("Z13")
@pytest.mark.parametrize(
    ("grades", "admonitions", "expected"),
    [
        ("好 好 好 好", 1, FREE),
        ("好 好 好 好", 2, LOW),
        ("好 好 好 好", 3, LOW),
        ("好 好 一般 一般", 2, "基本称职"),
        ("好 好 较差 较差", 2, "不称职"),
        ("", 2, LOW),
    ],
)
def test_in_zhangdian_two_admonitions_bar_competent_and_better(grades: str, admonitions: int, expected: str) -> None:
    assert told("zhangdian-stats", year(grades, admonitions=admonitions)) == expected


@pytest.mark.clause("Z13")
@pytest.mark.parametrize("grades", ["好 好 好 好", "较差 较差", ""])
def test_in_zhangdian_whoever_is_absent_without_reason_takes_no_part_in_the_annual_assessment(grades: str) -> None:
    assert told("zhangdian-stats", year(grades, absent=True)) == "不参加"
    assert told("zhangdian-stats", year(grades, absent=True, admonitions=2)) == "不参加"


# --- qufu ---------------------------------------------------------------------------------


@pytest.mark.clause("Q13")
@pytest.mark.parametrize(
    ("grades", "expected"),
    [
        ("好 好 好 好", f"{FREE} +优秀"),
        ("好 好", f"{FREE} +优秀"),
        ("好 好 好 较好", FREE),
        ("较好 较好 较好 较好", FREE),
        ("一般 一般 一般 一般", FREE),
        ("好 好 好 较差", NOT_BEST),
        ("好 好 较差 较差", "基本称职"),
        ("好 较差 较差 较差", "不称职"),
        ("较差 较差 较差 较差", "不称职"),
        ("较差 较差", "基本称职"),
        ("", FREE),
    ],
)
def test_in_qufu_each_worst_grade_weighs_more(grades: str, expected: str) -> None:
    assert told("qufu-approval", year(grades)) == expected


@pytest.mark.clause("Q17")
@pytest.mark.parametrize(
    ("grades", "expected"),
    [
        ("好 好 好 好", NOT_BEST),
        ("较好", NOT_BEST),
        ("", NOT_BEST),
        ("好 较差 较差", "基本称职"),
        ("较差 较差 较差", "不称职"),
    ],
)
def test_in_qufu_whoever_is_absent_cannot_be_outstanding(grades: str, expected: str) -> None:
    assert told("qufu-approval", year(grades, absent=True)) == expected


# --- city-drc -----------------------------------------------------------------------------


@pytest.mark.clause("D16")
@pytest.mark.parametrize(
    ("grades", "expected"),
    [
        ("好 好 好 好", f"{FREE} +优秀"),
        ("好 好 较好 较好", f"{FREE} +优秀"),
        ("好", f"{FREE} +优秀"),
        ("好 较好 较好 较好", FREE),
        ("好 好 好 一般", FREE),
        ("好 好 一般 较差", FREE),
        ("好 一般 一般 较差", LOW),
        ("较差 较差 较差 一般", LOW),
        ("较差 较差 较差 较差", f"{LOW} ?不称职"),
        ("", FREE),
    ],
)
def test_at_the_reform_commission_good_grades_only_prefer_and_low_ones_narrow_past_half(
    grades: str, expected: str
) -> None:
    assert told("city-drc", year(grades)) == expected


@pytest.mark.clause("D16", "B14", "Q13")
@pytest.mark.parametrize("scheme", ["city-drc", "baishan-audit", "qufu-approval"])
def test_where_the_scheme_says_nothing_of_refusal_or_admonitions_they_change_nothing(scheme: str) -> None:
    for grades in ("好 好 好 好", "好 较好 一般 较差", "较差 较差 较差 较差", ""):
        plain = told(scheme, year(grades))
        assert told(scheme, year(grades, refused=True, admonitions=2)) == plain


# --- every year that can be ---------------------------------------------------------------


def every_year() -> list[Year]:
    """Return all years of up to four periods, with more admonitions than any rule counts."""
    grades = [it for count in range(5) for it in combinations_with_replacement(GRADES, count)]
    return [Year(*it) for it in product(grades, range(5), (False, True), (False, True))]


@pytest.mark.clause("B14", "Z17", "C14", "Q13", "D16")
@pytest.mark.parametrize("scheme", SCHEMES)
def test_no_year_leaves_anyone_who_takes_part_without_a_grade(scheme: str) -> None:
    annual = annual_of(scheme)
    years = every_year()
    assert len(years) == 70 * 5 * 4
    for it in years:
        result = outcome(annual, it)
        assert (result.allowed != ()) is result.takes_part, it
        assert list(result.allowed) == [grade for grade in annual.grades if grade in result.allowed], it
        assert not result.takes_part or set(result.preferred) <= set(result.allowed), it
        assert not result.takes_part or set(result.permitted) <= set(result.allowed) or it.refused, it


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_order_of_the_quarters_does_not_matter(scheme: str) -> None:
    annual = annual_of(scheme)
    for grades in (("好", "较好", "一般", "较差"), ("好", "好", "一般", "较差"), ("一般", "较差", "较差", "好")):
        assert len({outcome(annual, Year(it)) for it in permutations(grades)}) == 1


def test_the_linter_tries_every_year_that_can_be() -> None:
    assert list(possible_grades(("好", "差"), 2)) == [("好", "好"), ("好", "差"), ("差", "差")]
    years = list(possible_years(GRADES, 4))
    assert {it.grades for it in years} == {it.grades for it in every_year()}
    assert {(it.admonitions >= 2, it.absent, it.refused) for it in years} == set(product((False, True), repeat=3))


def test_an_outcome_names_the_rules_that_spoke_in_the_documents_order() -> None:
    result = outcome(annual_of("qufu-approval"), year("好 好 较差 较差", absent=True))
    assert [rule.says for rule in result.applied] == [
        "有2次较差等次的，年度考核应确定为基本称职等次",
        "有1次较差等次的，年度考核不能确定为优秀等次",
        "不按规定进行平时考核的，年度考核取消评先树优资格",
    ]
    assert result == Outcome(("基本称职",), (), (), takes_part=True, applied=result.applied)


# --- other bureaus ------------------------------------------------------------------------


def own_rules(*rules: str, names: str = "优秀, 称职, 基本称职, 不称职") -> Annual:
    """Return annual rules of one's own (the inside of flow mappings), in the place of Qufu's."""
    text = read("qufu-approval")
    old = text[text.index("annual:\n") : text.index("assumptions:\n")]
    body = "".join(f"    - {{cite: Q17, says: 规则, {rule}}}\n" for rule in rules)
    text = changed(text, old, f"annual:\n  cite: Q13\n  grades: [{names}]\n  rules:\n{body}\n")
    assert faults_in(text, read("qufu-approval", "clauses.yml")) == []
    book, _ = load_book("own", text.encode(), read("qufu-approval", "clauses.yml").encode())
    assert book is not None
    assert book.scheme.annual is not None
    return book.scheme.annual


def test_several_rules_add_up_to_what_all_of_them_leave() -> None:
    annual = own_rules(
        "when: count('一般') >= 1, only: [称职, 基本称职, 不称职]",
        "when: count('较差') >= 1, only: [基本称职, 不称职]",
        "when: count('较差') >= 3, bars: [基本称职]",
    )
    assert outcome(annual, year("好 一般")).allowed == ("称职", "基本称职", "不称职")
    assert outcome(annual, year("一般 较差")).allowed == ("基本称职", "不称职")
    assert outcome(annual, year("一般 较差 较差 较差")).allowed == ("不称职",)


def test_the_gravest_of_several_fixed_grades_wins_whatever_their_order() -> None:
    rules = [
        "when: count('一般') >= 1, only: [称职]",
        "when: count('较差') >= 1, only: [不称职]",
        "when: count('较好') >= 1, only: [基本称职]",
    ]
    for order in permutations(rules):
        annual = own_rules(*order)
        assert outcome(annual, year("一般 较差 较好")).allowed == ("不称职",)
        assert outcome(annual, year("一般 较好")).allowed == ("基本称职",)


def test_a_bureau_may_have_annual_grades_of_its_own() -> None:
    annual = own_rules("when: count('较差') >= 1, bars: [A]", names="A, B, C")
    assert outcome(annual, year("好 好")).allowed == ("A", "B", "C")
    assert outcome(annual, year("好 较差")).allowed == ("B", "C")
