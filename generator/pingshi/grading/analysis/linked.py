"""Whether several tables of the same people, read together, give away a number that each of them leaves out.

The same people stand in the table of departments and in that of levels; who is where is no secret. So each printed
number is an equation over the numbers of people alike in all groups, and a number is given away where it follows from
these equations. (Each table by itself is looked at more closely, in `withheld`: there, that no number is below zero
counts too.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pingshi.grading.analysis.withheld import UNIT, Cell

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

#: Reckoning in whole numbers modulo a large prime: exact but for a chance of nothing that matters.
_PRIME = 2**61 - 1

#: Unknown by (people alike in all groups, grade) → how often it is counted.
_Equation = dict[tuple[int, int], int]


def give_away(groups: Sequence[Sequence[int]], hidden: Sequence[Collection[Cell]], secret: Sequence[int]) -> bool:
    """Tell whether the tables together give away a hidden number.

    `groups[t][p]` is the row in which person `p` stands in table `t`, `hidden[t]` what that table leaves out. The
    grades that are no secret are known of everybody, and how many people there are alike too: so one secret grade is
    what the others leave over.
    """
    alike: dict[tuple[int, ...], int] = {}
    kind = [alike.setdefault(it, len(alike)) for it in zip(*groups, strict=True)]
    known: list[_Equation] = []
    wanted: list[_Equation] = []
    for rows, left_out in zip(groups, hidden, strict=True):
        members: dict[int, set[int]] = {UNIT: set(kind)}
        for row, it in zip(rows, kind, strict=True):
            members.setdefault(row, set()).add(it)
        for row, kinds in members.items():
            for column in secret:
                (wanted if (row, column) in left_out else known).append(_equation(kinds, column, secret))
    solved = _eliminated(known)
    return any(not _reduced(it, solved) for it in wanted)


def _equation(kinds: Collection[int], column: int, secret: Sequence[int]) -> _Equation:
    *others, last = secret
    if column == last:
        return {(it, other): -1 for it in kinds for other in others}
    return {(it, column): 1 for it in kinds}


def _eliminated(equations: Sequence[_Equation]) -> dict[tuple[int, int], _Equation]:
    """Return the equations one below the other, each by its first unknown, which it counts once."""
    solved: dict[tuple[int, int], _Equation] = {}
    for it in equations:
        rest = _reduced(it, solved)
        if rest:
            first = min(rest)
            inverse = pow(rest[first], -1, _PRIME)
            solved[first] = {key: value * inverse % _PRIME for key, value in rest.items()}
    return solved


def _reduced(equation: _Equation, solved: dict[tuple[int, int], _Equation]) -> _Equation:
    """Return what is left of an equation, nothing where it follows from those solved."""
    rest = {key: value % _PRIME for key, value in equation.items()}
    done: _Equation = {}
    while rest:
        first = min(rest)
        by = solved.get(first)
        if by is None:
            done[first] = rest.pop(first)
            continue
        times = rest[first]
        for key, value in by.items():
            left = (rest.get(key, 0) - times * value) % _PRIME
            if left:
                rest[key] = left
            else:
                rest.pop(key, None)
    return done
