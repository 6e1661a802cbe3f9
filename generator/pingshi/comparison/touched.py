"""Which units, periods and years a set of changed files bears on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pingshi.layout import SCHEMES, Misplaced, locate
from pingshi.periods import Period

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pingshi.history import Change
    from pingshi.records import UnitRecords

_MONTHS = {"quarter": 3, "half": 6}


@dataclass(frozen=True, slots=True)
class Touched:
    """A unit with the periods of assessment and the years in which something may have changed."""

    unit: str
    periods: tuple[Period, ...]
    years: tuple[Period, ...]


def touched(files: Iterable[Change], old: Mapping[str, UnitRecords], new: Mapping[str, UnitRecords]) -> list[Touched]:
    """Return the units in order. A unit's general files, and the schemes that it names, bear on all of its periods."""
    dated: dict[str, set[Period]] = {}
    whole: set[str] = set()
    for it in files:
        if it.path.startswith(f"{SCHEMES}/"):
            whole |= {name for side in (old, new) for name, records in side.items() if _uses(records, it.path)}
            continue
        try:
            location = locate(it.path)
        except Misplaced:
            continue  # no record, which is told as a problem
        if location.period is None:
            whole.add(location.unit)
        else:
            dated.setdefault(location.unit, set()).add(location.period)
    found = []
    for unit in sorted({*dated, *whole}):
        sides = [side[unit] for side in (old, new) if unit in side]
        own = dated.get(unit, set())
        if unit in whole:
            own = own.union(*((*it.periods(), *it.years()) for it in sides))
        periods = {period for it in own for side in sides if (period := _assessed(side, it)) is not None}
        years = {Period("year", it.year) for it in own}
        found.append(Touched(unit, tuple(sorted(periods)), tuple(sorted(years))))
    return found


def _uses(records: UnitRecords, path: str) -> bool:
    return any(it.scheme == path.split("/")[1] for it in records.unit.schemes)


def _assessed(records: UnitRecords, period: Period) -> Period | None:
    """Return the period of assessment that a folder belongs to: a month's is the one that it lies in."""
    book = records.book(period)
    if book is None or period.kind == "year":
        return None
    kind = book.scheme.cycle.period
    if period.kind == "month":
        period = Period(kind, period.year, (period.first.month - 1) // _MONTHS[kind] + 1)
    return period if period.kind == kind else None
