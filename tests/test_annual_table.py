"""The tables of a scheme's page in which anybody can look up what a year's grades mean."""

from __future__ import annotations

import pytest
from test_annual_rules import own_rules
from variants import book_of

from pingshi.publishing.annual_table import AnnualTable, annual_table
from pingshi.schemes import Year, outcome

SCHEMES = ("baishan-audit", "zhangdian-stats", "chaoyang-ecology", "qufu-approval", "city-drc")


def table_of(scheme: str) -> AnnualTable:
    """Return a scheme's tables."""
    made = annual_table(book_of(scheme).scheme)
    assert made is not None
    return made


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_combination_of_four_and_of_three_grades_is_in_it_once(scheme: str) -> None:
    table = table_of(scheme)
    assert (len({told for told, _, _ in table.full}), len(table.full)) == (35, 35)
    assert (len({told for told, _, _ in table.fewer}), len(table.fewer)) == (20, 20)
    annual = book_of(scheme).scheme.annual
    assert annual is not None
    for told, allowed, _ in (*table.full, *table.fewer):
        counted = {it[:-2]: int(it[-2]) for it in told.split("，")}
        result = outcome(annual, Year(tuple(name for name, times in counted.items() for _ in range(times))))
        assert sum(counted.values()) in (3, 4)
        for grade in annual.grades:
            free = allowed.startswith("方案没有限制")
            left = allowed.partition("；")[0].removeprefix("原则上").replace("或者", "、").split("、")
            assert (free or grade in left) == (grade in result.allowed), told


@pytest.mark.clause("Z17")
def test_two_fair_grades_of_three_can_be_looked_up() -> None:
    rows = {told: (allowed, clauses) for told, allowed, clauses in table_of("zhangdian-stats").fewer}
    assert rows["好3次"] == ("方案没有限制", "—")
    assert rows["好1次，一般2次"] == ("基本称职", "Z17")
    assert rows["较好2次，较差1次"] == ("称职、基本称职或者不称职", "Z17")


@pytest.mark.clause("B14")
def test_what_is_narrowed_in_principle_says_so() -> None:
    rows = {told: allowed for told, allowed, _ in table_of("baishan-audit").fewer}
    assert rows["好1次，一般2次"] == "原则上基本称职或者不称职"
    assert rows["好3次"] == "方案没有限制；可以优先确定为优秀"


@pytest.mark.clause("Z13", "C17", "Q17")
@pytest.mark.parametrize(
    ("scheme", "rows"),
    {
        "baishan-audit": (),
        "city-drc": (),
        "zhangdian-stats": (
            ("全年被告诫2次以上", "不得确定为优秀或者称职", "Z13"),
            ("记录了无故不参加或者不按规定参加考核", "不参加年度考核", "Z13"),
        ),
        "chaoyang-ecology": (("经批评教育后拒不改正", "确定为不称职；不再优先确定为优秀", "C17、C14"),),
        "qufu-approval": (("记录了无故不参加或者不按规定参加考核", "不得确定为优秀；不再优先确定为优秀", "Q17、Q13"),),
    }.items(),
)
def test_what_else_bears_on_the_year_is_told_where_the_scheme_has_a_rule(
    scheme: str, rows: tuple[tuple[str, str, str], ...]
) -> None:
    assert table_of(scheme).circumstances == rows


def test_numbers_of_admonitions_are_told_by_their_range() -> None:
    annual = own_rules(
        "when: admonitions == 1, bars: [优秀], strength: in_principle",
        "when: admonitions >= 2 and admonitions <= 3, only: [称职, 基本称职]",
        "when: admonitions > 3, ends_taking_part: true",
    )
    table = annual_table(book_of("qufu-approval").scheme.model_copy(update={"annual": annual}))
    assert table is not None
    assert table.circumstances == (
        ("全年被告诫1次", "原则上不得确定为优秀", "Q17"),
        ("全年被告诫2至3次", "确定为称职或者基本称职", "Q17"),
        ("全年被告诫4次以上", "不参加年度考核", "Q17"),
    )


def test_a_year_that_ends_taking_part_by_its_grades_alone_is_told() -> None:
    annual = own_rules("when: count('较差') >= 4, ends_taking_part: true")
    table = annual_table(book_of("qufu-approval").scheme.model_copy(update={"annual": annual}))
    assert table is not None
    assert table.full[-1] == ("较差4次", "不参加年度考核", "Q17")


def test_a_scheme_without_annual_rules_has_no_table() -> None:
    assert annual_table(book_of("qufu-approval").scheme.model_copy(update={"annual": None})) is None
