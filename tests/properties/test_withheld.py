"""From what the analysis prints, no number that it leaves out can be reckoned: all tables that look alike are tried."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import strategies as st
from properties.proving import prove

from pingshi.grading.analysis.linked import give_away
from pingshi.grading.analysis.withheld import UNIT, of_row, of_table, small

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pingshi.grading.analysis.withheld import Cell

pytestmark = pytest.mark.property
Rows = list[list[int]]

#: Small tables of small numbers: there, what is left out is nearly everything, and all tables alike can be listed.
tables = st.integers(2, 3).flatmap(
    lambda columns: st.lists(
        st.lists(st.sampled_from([0, 0, 1, 1, 2, 3, 4]), min_size=columns, max_size=columns), min_size=1, max_size=3
    )
)


def rows_alike(row: Sequence[int], hidden: set[int]) -> list[tuple[int, ...]]:
    """List every row with the same sum and the same printed numbers."""
    free, total = sorted(hidden), sum(row[it] for it in hidden)
    found = []
    for values in product(range(total + 1), repeat=max(len(free) - 1, 0)):
        if free and sum(values) <= total:
            chosen = dict(zip(free, (*values, total - sum(values)), strict=True))
            found.append(tuple(chosen.get(it, count) for it, count in enumerate(row)))
    return found or [tuple(row)]


def tables_alike(rows: Rows, hidden: frozenset[Cell]) -> Iterator[tuple[tuple[int, ...], ...]]:
    """List every table that would be printed the same."""
    sums = [sum(column) for column in zip(*rows, strict=True)]
    printed = [it for it in range(len(sums)) if (UNIT, it) not in hidden]
    choices = [rows_alike(row, {c for r, c in hidden if r == index}) for index, row in enumerate(rows)]
    for table in product(*choices):
        own = [sum(column) for column in zip(*table, strict=True)]
        if all(own[it] == sums[it] for it in printed):
            yield table


def values(table: Sequence[Sequence[int]], cell: Cell) -> int:
    """Return the number that stands in a place."""
    row, column = cell
    return sum(it[column] for it in table) if row == UNIT else table[row][column]


@pytest.mark.clause("C16")
def test_no_number_left_out_of_a_table_can_be_reckoned_from_what_is_printed() -> None:
    seen = {"shown": 0, "dropped": 0}

    def holds(rows: Rows) -> None:
        secret = range(len(rows[0]))
        sums = [sum(column) for column in zip(*rows, strict=True)]
        hidden = of_table(rows, secret, of_row(sums, secret))
        if hidden is None:
            seen["dropped"] += 1
            return
        seen["shown"] += 1
        if sum(map(bool, sums)) > 1:  # else all have the same grade, and the unit's row says so
            assert {(r, c) for r, row in enumerate(rows) for c in secret if small(row[c])} <= hidden
        assert {(UNIT, c) for c in secret if small(sums[c])} <= hidden
        found: dict[Cell, set[int]] = {it: set() for it in hidden}
        for table in tables_alike(rows, hidden):
            for cell, taken in found.items():
                taken.add(values(table, cell))
            if all(len(taken) > 1 for taken in found.values()):
                break
        assert {cell: taken for cell, taken in found.items() if len(taken) < 2} == {}

    prove("withheld", holds, tables, share=4)
    assert seen["shown"] > 10 * seen["dropped"]


@pytest.mark.parametrize("columns", [2, 3, 4])
def test_no_number_left_out_of_a_row_can_be_reckoned_even_by_who_knows_the_rule(columns: int) -> None:
    secret = range(columns)
    for row in product(range(6), repeat=columns):
        hidden = of_row(row, secret)
        assert {it for it in secret if small(row[it])} <= hidden
        alike = [it for it in rows_alike(row, set(hidden)) if of_row(it, secret) == hidden]
        assert [it for it in hidden if len({other[it] for other in alike}) < 2] == [], row


def test_two_is_small_and_three_is_not() -> None:
    assert of_row([9, 3, 0], [0, 1, 2]) == frozenset()
    assert of_row([9, 2, 0], [0, 1, 2]) == {0, 1}
    assert of_row([2, 1, 0], [0, 1, 2]) == {0, 1, 2}
    assert of_row([9, 8, 2], [1, 2]) == {1, 2}


def test_the_one_grade_that_is_not_made_known_is_no_secret() -> None:
    assert of_row([5, 1], [1]) == frozenset()
    assert of_table([[5, 1]], [1], []) == frozenset()


def test_tables_together_give_a_number_away_where_it_follows_from_their_sums() -> None:
    """Two tables of the same groups: what one prints, the other one leaves out in vain."""
    both = [[0, 0, 0, 1, 1], [0, 0, 0, 1, 1]]
    hidden: frozenset[Cell] = frozenset({(0, 0), (0, 1), (1, 0), (1, 1)})
    assert not give_away(both, [hidden, hidden], [0, 1])
    assert give_away(both, [hidden, frozenset()], [0, 1])
    across = [[0, 0, 0, 1, 1], [0, 0, 1, 1, 1]]
    assert not give_away(across, [hidden, hidden], [0, 1])
    assert not give_away(across, [hidden, frozenset()], [0, 1])
    nested = [[0, 0, 0, 1, 1], [0, 0, 0, 1, 2]]
    assert give_away(nested, [hidden, frozenset({(1, 0), (1, 1), (2, 0), (2, 1)})], [0, 1])
