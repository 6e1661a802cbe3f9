"""How the determined grades are spread: by department, level and category, and over time; whole, and fit to be shown.

What may be shown beyond the office: a group of fewer than five people goes together with the other small ones, numbers
of one or two are left out and others with them (`withheld`), a table that would give away what another one leaves out
is left out whole (`linked`), and a year shows its periods only, since its sums less those of three quarters are the
fourth one's. Grades that the scheme has made known are no secret, and are always shown.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pingshi.grading.analysis.gathered import UNKNOWN, Gathered, Member
from pingshi.grading.analysis.linked import give_away
from pingshi.grading.analysis.withheld import FEWEST, UNIT, Cell, of_row, of_table
from pingshi.schemes import CATEGORIES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from pingshi.records import UnitRecords
    from pingshi.schemes import Book

OTHERS = "其他"
#: The tables of groups, with their titles; `over_time` is apart.
GROUPS: dict[str, str] = {"department": "科室", "level": "职级", "category": "人员类别"}


@dataclass(frozen=True, slots=True)
class Row:
    """A group: how many of it have a grade, and how many have each one; None for what is left out."""

    title: str
    size: int | None
    counts: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Grades by group; `total` is the unit's row. `together`: the groups that went into 其他.

    `why` says why there are no rows.
    """

    by: str
    title: str
    grades: tuple[str, ...]
    rows: tuple[Row, ...]
    total: Row | None
    together: tuple[str, ...] = ()
    why: str | None = None


def open_grades(book: Book) -> frozenset[str]:
    """Return the grades that the scheme makes known with names, so that their numbers are no secret."""
    published = book.scheme.publicity.grades
    return frozenset(book.scheme.grades.names if published == "all" else published)


def whole(records: UnitRecords, periods: Sequence[Gathered]) -> tuple[Table, ...]:
    """Return the tables of groups with every number; several periods are added up."""
    members = [it for gathered in periods for it in gathered.graded]
    grades = _grades(periods)
    total = _row("全单位", members, grades)
    tables = []
    for by, title in GROUPS.items():
        rows = tuple(_row(name, own, grades) for name, own in _groups(records, members, by))
        if len(rows) == 1:
            tables.append(Table(by, title, grades, (), None, why=f"只有“{rows[0].title}”一组，不分组列出"))
        else:
            tables.append(Table(by, title, grades, rows, total))
    return tuple(tables)


def shown(records: UnitRecords, gathered: Gathered) -> tuple[Table, ...]:
    """Return a period's tables with what may be shown."""
    members, grades = gathered.graded, _grades([gathered])
    if len(members) < FEWEST:
        few = f"有等次的不到 {FEWEST} 人，人数太少，不列"
        return tuple(Table(by, title, grades, (), None, why=few) for by, title in GROUPS.items())
    total = _row("全单位", members, grades)
    secret = _secret(gathered, grades)
    of_unit = of_row([it or 0 for it in total.counts], secret)
    secret = [it for it in secret if total.counts[it] or it in of_unit]
    tables: list[Table] = []
    groups: list[list[int]] = []
    hidden: list[frozenset[Cell]] = []
    for by, title in GROUPS.items():
        merged, together = _merged(_groups(records, members, by))
        rows = [_row(name, own, grades) for name, own in merged]
        why: str | None = None
        left_out = of_table([[it or 0 for it in row.counts] for row in rows], secret, of_unit)
        if len(merged) < 2:  # noqa: PLR2004 -- one group is the unit
            why = (
                f"各组人数太少，合到 {FEWEST} 人以上只剩一组，不分组列出"
                if together
                else f"只有“{merged[0][0]}”一组，不分组列出"
            )
        elif left_out is None:
            why = "人数太少，留出的数字仍能推算出来，不列"
        else:
            at = {it.person: index for index, (_, own) in enumerate(merged) for it in own}
            groups.append([at[it.person] for it in members])
            hidden.append(left_out)
            if len(secret) > 1 and give_away(groups, hidden, secret):
                why = "与上面的表对照，能推算出没有列出的数字，不列"
                groups.pop()
                hidden.pop()
        if why is not None or left_out is None:
            tables.append(Table(by, title, grades, (), None, why=why))
            continue
        cut = tuple(_without(row, {c for r, c in left_out if r == index}) for index, row in enumerate(rows))
        own_total = _without(total, {c for r, c in left_out if r == UNIT})
        tables.append(Table(by, title, grades, cut, own_total, tuple(together)))
    return tuple(tables)


def over_time(periods: Sequence[Gathered], *, full: bool) -> Table:
    """Return a row a period, oldest first; without `full`, with what may be shown."""
    grades = _grades(periods)
    rows = []
    for it in periods:
        row = _row(it.period.title, it.graded, grades)
        if full:
            rows.append(row)
            continue
        if len(it.graded) < FEWEST:
            rows.append(Row(row.title, None, (None,) * len(grades)))
            continue
        secret = _secret(it, grades)
        rows.append(_without(row, of_row([count or 0 for count in row.counts], secret)))
    return Table("period", "考核周期", grades, tuple(rows), None)


def _secret(gathered: Gathered, grades: Sequence[str]) -> list[int]:
    """Return the columns of the grades that are not made known."""
    own, known = gathered.book.scheme.grades.names, open_grades(gathered.book)
    return [index for index, it in enumerate(grades) if it in own and it not in known]


def _grades(periods: Iterable[Gathered]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(grade for it in periods for grade in it.book.scheme.grades.names))


def _row(title: str, members: Iterable[Member], grades: Sequence[str]) -> Row:
    counts = Counter(it.grade for it in members)
    return Row(title, sum(counts.values()), tuple(counts[it] for it in grades))


def _without(row: Row, columns: Iterable[int]) -> Row:
    left_out = set(columns)
    return Row(row.title, row.size, tuple(None if i in left_out else it for i, it in enumerate(row.counts)))


def _groups(records: UnitRecords, members: Iterable[Member], by: str) -> list[tuple[str, list[Member]]]:
    """Return the groups: departments and categories in their own order, levels by how many there are."""
    found: dict[str, list[Member]] = {}
    for it in members:
        found.setdefault(getattr(it, by), []).append(it)
    order: dict[str, Callable[[str], tuple[int, str]]] = {
        "department": _in_order([it.name for it in records.unit.departments]),
        "category": _in_order(list(CATEGORIES.values())),
        "level": lambda name: (-len(found[name]), name),
    }
    return [(name, found[name]) for name in sorted(found, key=lambda it: (it == UNKNOWN, order[by](it)))]


def _in_order(names: Sequence[str]) -> Callable[[str], tuple[int, str]]:
    return lambda name: (names.index(name) if name in names else len(names), name)


def _merged(groups: Sequence[tuple[str, list[Member]]]) -> tuple[list[tuple[str, list[Member]]], list[str]]:
    """Put the small groups together, with the smallest of the others where they are few even so."""
    small = [it for it in groups if len(it[1]) < FEWEST]
    large = [it for it in groups if len(it[1]) >= FEWEST]
    if small and large and sum(len(own) for _, own in small) < FEWEST:
        smallest = min(large, key=lambda it: len(it[1]))
        large.remove(smallest)
        small.append(smallest)
    names = [name for name, _ in groups if any(name == it for it, _ in small)]
    others = [it for _, own in small for it in own]
    return [*large, *([(OTHERS, others)] if others else [])], names
