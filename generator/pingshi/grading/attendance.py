"""Who was there, and so owes something, for a month or a week."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from pingshi.periods import UnknownYearError, Week
from pingshi.records import Absent, Away, Leave

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from pingshi.periods import Calendar, Period
    from pingshi.records import UnitRecords


def excused(records: UnitRecords, person: str, first: date, last: date, assessed: Period) -> bool:
    """Whoever was not there from first to last, or is recorded as not taking part, owes nothing for it."""
    facts = records.facts.get(person, ())
    if any(isinstance(fact, Absent) and fact.period == assessed for fact in facts):
        return True
    known = records.people[person]
    if known.joined > last or (known.left is not None and known.left < first):
        return True
    gone = [
        (fact.since, fact.until)
        for fact in facts
        if isinstance(fact, Away) or (isinstance(fact, Leave) and fact.days is None)
    ]
    if not gone:
        return False
    first, last = max(first, known.joined), min(last, known.left or last)
    if any(since <= first and (until is None or last <= until) for since, until in gone):
        return True
    try:
        days = records.calendar.workdays(first, last)
    except UnknownYearError:
        return False
    return all(any(since <= day and (until is None or day <= until) for since, until in gone) for day in days)


def weeks_of(calendar: Calendar, month: Period, assessed: Period) -> Iterator[Week]:
    """Yield the ISO weeks that are a month's own, by their Thursday, and in which there is work.

    A week that reaches into another period of assessment is nobody's: it may stand in either log.
    """
    monday = month.first - timedelta(days=month.first.weekday())
    while monday <= month.last:
        year, number, _ = monday.isocalendar()
        week = Week(year, number)
        own = month.holds(monday + timedelta(days=3)) and assessed.holds(monday) and assessed.holds(week.last)
        if own and _is_worked(calendar, week):
            yield week
        monday += timedelta(days=7)


def _is_worked(calendar: Calendar, week: Week) -> bool:
    try:
        return bool(calendar.workdays(week.first, week.last))
    except UnknownYearError:
        return True
