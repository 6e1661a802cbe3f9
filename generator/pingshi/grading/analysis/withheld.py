"""Which numbers of a table are left out, so that nobody can be told from it, and none can be reckoned back.

A table has a row a group and a column a grade; how many people each row has is printed, and the unit's own numbers
stand under it. A number of one or two is left out (primary). Where sums would give it away, others are left out with
it (complementary). What can be reckoned back is decided exactly: with the sums of rows and columns printed and no
number below zero, a table is a flow through a network, and a number is certain if and only if no cycle of the
residual network goes through it. So it is tried, and not estimated.

A row alone withstands whoever knows this rule and argues from it, too. Left aside is who does so with a whole table,
and who knows somebody's grade already.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

#: A group of fewer people has no row of its own.
FEWEST = 5
#: A number of people up to this is left out.
SMALL = 2

#: A number's place: row and column; the unit's own row is `UNIT`.
Cell = tuple[int, int]
UNIT = -1

_Node = tuple[str, int]
_Arc = tuple[_Node, _Node]


def small(count: int) -> bool:
    """Tell whether a number is so small that it is a name."""
    return 0 < count <= SMALL


def of_row(counts: Sequence[int], secret: Collection[int]) -> frozenset[int]:
    """Return the columns left out of a row whose sum is printed.

    `secret` are the columns of grades that are not made known. Where only one is, it is what is left over, and no
    secret at all. Small numbers are left out together with others, until all come to more than small numbers could:
    otherwise whoever knows this rule would know that two which come to two are one and one. Which others must not hang
    on how large they are, for the same reason: those of the best grades go first.
    """
    hidden = {it for it in secret if small(counts[it])}
    if not hidden or len(secret) == 1:
        return frozenset()
    enough = SMALL * len(secret)
    while len(hidden) < 2 or sum(counts[it] for it in hidden) <= enough:  # noqa: PLR2004 -- each needs another one
        left = set(secret) - hidden
        if not left:
            break
        hidden.add(min(left))
    return frozenset(hidden)


def of_table(
    rows: Sequence[Sequence[int]], secret: Collection[int], of_unit: Collection[int]
) -> frozenset[Cell] | None:
    """Return the numbers left out of a table under whose rows the unit's own stand, or None where none can be saved.

    `of_unit`: the columns left out of the unit's row, which is the same under every table (`of_row`). A grade that is
    printed there as nobody's is nobody's in every row; and where all have one grade, its numbers are no secret.
    """
    totals = [sum(column) for column in zip(*rows, strict=True)]
    secret = sorted(it for it in secret if totals[it] or it in of_unit)
    cells = {(row, column) for row in range(len(rows)) for column in secret}
    primary = {(row, column) for row, column in cells if small(rows[row][column]) and len(secret) > 1}
    hidden = {(row, it) for row, counts in enumerate(rows) for it in of_row(counts, secret)}
    hidden |= {(UNIT, it) for it in of_unit}
    while exposed := sorted(it for it in primary if certain(rows, hidden, it)):
        left = cells - hidden
        if not left:
            return None
        hidden.add(min(left, key=lambda it: (*_nearness(it, exposed[0], hidden), _cost(rows[it[0]][it[1]], it))))
    if any(certain(rows, hidden, (UNIT, it)) for it in of_unit):
        return None
    return frozenset(it for it in hidden if it in primary or it[0] == UNIT or not certain(rows, hidden, it))


def _cost(count: int, place: int | Cell) -> tuple[bool, int, int | Cell]:
    """Rather leave out a small number than a large one, and a nought last: beside it, the other says too much."""
    return count == 0, count, place


def _nearness(cell: Cell, exposed: Cell, hidden: Collection[Cell]) -> tuple[bool, bool]:
    """Look first in the row where the number stands alone, then in a row where something is left out already."""
    alone = sum(it[0] == exposed[0] for it in hidden) < 2  # noqa: PLR2004 -- itself and another one
    beside = cell[1] == exposed[1] if not alone else cell[0] == exposed[0]
    return not beside, not any(it[0] == cell[0] for it in hidden)


def certain(rows: Sequence[Sequence[int]], hidden: Collection[Cell], cell: Cell) -> bool:
    """Tell whether a hidden number can be reckoned from what is printed: no other table would look the same."""
    totals = [sum(column) for column in zip(*rows, strict=True)]
    arcs: dict[_Arc, bool] = {}
    for it in hidden:
        tail, head = _arc(it)
        count = totals[it[1]] if it[0] == UNIT else rows[it[0]][it[1]]
        arcs[tail, head] = True
        arcs[head, tail] = count > 0  # it could be one less
    tail, head = _arc(cell)
    more = _reaches(arcs, head, tail, without=(head, tail))
    return not more and not (arcs[head, tail] and _reaches(arcs, tail, head, without=(tail, head)))


def _arc(cell: Cell) -> _Arc:
    """People flow from the groups to the grades, and from the grades to the unit."""
    row, column = cell
    return (("grade", column), ("unit", 0)) if row == UNIT else (("group", row), ("grade", column))


def _reaches(arcs: dict[_Arc, bool], start: _Node, goal: _Node, *, without: _Arc) -> bool:
    onward: dict[_Node, list[_Node]] = {}
    for tail, head in _open(arcs, without):
        onward.setdefault(tail, []).append(head)
    seen, waiting = {start}, deque([start])
    while waiting:
        for it in onward.get(waiting.popleft(), ()):
            if it not in seen:
                seen.add(it)
                waiting.append(it)
    return goal in seen


def _open(arcs: dict[_Arc, bool], without: _Arc) -> Iterator[_Arc]:
    yield from (arc for arc, is_open in arcs.items() if is_open and arc != without)
