"""Whether somebody approves a path on some other day: before they were appointed, or after they were moved."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from pingshi.authority.access import access
from pingshi.layout import RECORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pingshi.records import UnitRecords
    from pingshi.source import Term

_DAY = timedelta(days=1)


def was_in_office(units: Mapping[str, UnitRecords], path: str, person: str, author: str | None = None) -> bool:
    """Tell whether there is any day, by the rosters as they are, on which a person could approve a path."""
    _, name, *_ = [*path.split("/"), ""]
    asked = [units[name]] if path.startswith(f"{RECORDS}/") and name in units else list(units.values())
    days = sorted({day for records in asked for day in _days(records)})
    return any(person in access(units, path, day, author).approvers for day in days)


def _days(records: UnitRecords) -> Iterator[date]:
    """Yield a day of every stretch in which all offices are held alike."""
    unit = records.unit
    for department in unit.departments:
        yield from _changes(department.head)
        yield from _changes(department.led_by)
    for organ in (unit.organs.principal_leader, unit.organs.leadership, unit.organs.personnel_office):
        yield from _changes(organ)
    for known in records.people.values():
        yield from _changes(known.department)
        yield known.joined
        if known.left is not None:
            yield from _around(known.left)


def _changes(terms: Sequence[Term[Any]]) -> Iterable[date]:
    for term in terms:
        if term.since is not None:
            yield from (term.since - _DAY, term.since)
        if term.until is not None:
            yield from _around(term.until)


def _around(last: date) -> tuple[date, ...]:
    return (last, last + _DAY) if last < date.max else (last,)
