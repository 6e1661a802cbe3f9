"""On which other days somebody could have approved a path: before they were appointed, or after they moved on.

The answer changes only on days that a roster names, or on the day after one; so it is asked once for each span between.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from pydantic import BaseModel

from pingshi.authority.access import access
from pingshi.layout import area_of, locate
from pingshi.periods import Period

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pingshi.records import UnitRecords

#: A first and a last day; None where there is no bound.
Span = tuple[date | None, date | None]

_DAY = timedelta(days=1)


def terms_of_approval(
    units: Mapping[str, UnitRecords], path: str, person: str, author: str | None = None
) -> tuple[Span, ...]:
    """Return the spans of days on which a person may approve a path, in order; none where they never may.

    By the rosters as they stand now: one that is changed afterwards tells of other days. Misplaced as for `access`.
    """
    bounds = _bounds(units, path)
    before = bounds[0] - _DAY if bounds else date.min
    found: list[Span] = []
    for start, after in pairwise([None, *bounds, None]):
        if person not in access(units, path, start or before, author).approvers:
            continue
        last = None if after is None else after - _DAY
        adjoins = found and start is not None and found[-1][1] == start - _DAY
        found.append((found.pop()[0] if adjoins else start, last))
    return tuple(found)


def _bounds(units: Mapping[str, UnitRecords], path: str) -> list[date]:
    """Return the days on which the answer may become another one."""
    own = [units[unit]] if area_of(path) == "records" and (unit := locate(path).unit) in units else units.values()
    named = {day for it in own for day in _days((it.unit, tuple(it.people.values())))}
    return sorted(named | {day + _DAY for day in named if day < date.max})


def _days(value: object) -> Iterator[date]:
    """Yield every day that a record names, and the first one of every period."""
    if isinstance(value, date):
        yield value
    elif isinstance(value, Period):
        yield value.first
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _days(getattr(value, name))
    elif isinstance(value, tuple):
        for it in value:
            yield from _days(it)
