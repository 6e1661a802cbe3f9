"""By when a record had to be there, from the rosters and the scheme alone (the rule that orders it)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pingshi.layout import BY_NAME
from pingshi.periods import UnknownYearError

if TYPE_CHECKING:
    from datetime import date

    from pingshi.layout import Location
    from pingshi.records import UnitRecords

_EACH = {"month": ("month",), "year": ("year",), "quarter": ("period",), "half": ("period",)}


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day, and the clause and sentence that set it."""

    day: date
    clause: str
    says: str


def deadline(records: UnitRecords, location: Location) -> Deadline | None:
    """Return by when a record was due; None where no rule sets a day, or the calendar does not know the year.

    Somebody who joined after that day owed it from their first day on, and no day is set for that.
    """
    period = location.period
    book = records.book(period) if period is not None else None
    if period is None or book is None:
        return None
    for rule in book.scheme.materials:
        if (
            rule.record != location.kind
            or rule.each not in _EACH[period.kind]
            or rule.until is None
            or rule.remind_only
        ):
            continue
        try:
            day = rule.until.day(period.first, period.last, records.calendar)
        except UnknownYearError:
            return None
        person = records.people.get(location.person or "") if BY_NAME[location.kind].person == "person" else None
        if person is not None and person.joined > day:
            return None
        return Deadline(day, rule.cite, rule.says)
    return None
