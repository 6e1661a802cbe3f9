"""The time that a unit's records tell of: its first and last day, its working days, when each period was decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from pingshi.audit import deadline
from pingshi.periods import Period, UnknownYearError
from pingshi.records import (
    Absent,
    Away,
    Ballots,
    Determination,
    Discipline,
    FeedbackNote,
    FiledForm,
    Leave,
    Log,
    Objection,
    Reply,
    SpotCheck,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pingshi.layout import Location
    from pingshi.records import AnyFact, UnitRecords

#: The rosters are there before the first monthly plan is due, which may be a week before the first period.
_AHEAD = timedelta(days=17)
_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Year:
    """What a unit's records tell of time.

    `first` is the day on which the rosters are brought in, `last` the last one that any record tells of; `decided` when
    a period of assessment was decided.
    """

    records: UnitRecords
    first: date
    last: date
    decided: Mapping[Period, date]

    def workdays(self, first: date, last: date) -> list[date]:
        """Return the working days between two days, both included, within the time told of."""
        first, last = max(first, self.first), min(last, self.last)
        return [it for it in (first + _DAY * n for n in range((last - first).days + 1)) if self.works(it)]

    def due(self, location: Location) -> date | None:
        """Return by when a record must be there, as the audit will see it."""
        limit = deadline(self.records, location)
        return limit.day if limit else None

    def before(self, day: date, count: int = 1) -> date:
        """Return the working day so many before a day."""
        while count:
            day -= _DAY
            count -= self.works(day)
        return day

    def after(self, day: date, count: int = 1) -> date:
        """Return the working day so many after a day."""
        while count:
            day += _DAY
            count -= self.works(day)
        return day

    def works(self, day: date) -> bool:
        """Tell whether people work on a day; where no calendar knows, from Monday to Friday: nobody is judged by it."""
        try:
            return self.records.calendar.is_workday(day)
        except UnknownYearError:
            return day.weekday() < _SATURDAY

    def decision(self, period: Period) -> tuple[Period, date] | None:
        """Return the decided period of assessment that a period belongs to, and the day."""
        return next(((it, day) for it, day in self.decided.items() if it.contains(period)), None)

    def eve(self, period: Period) -> date | None:
        """Return the last working day before a period's decision, or its own day where nothing lies in between."""
        decision = self.decision(period)
        if decision is None:
            return None
        assessed, day = decision
        eve = self.before(day)
        return eve if eve > assessed.last else day


def years_of(units: Iterable[UnitRecords]) -> dict[str, Year]:
    """Return each unit's time; all begin and end alike."""
    every = list(units)
    periods = [it.period for records in every for it in records.records if it.period]
    days = [day for records in every for day in _days(records)]
    first = min((it.first for it in periods), default=min(days, default=date(2026, 1, 1))) - _AHEAD
    last = max(days, default=first + _AHEAD)
    found = {}
    for records in every:
        made = {it: records.get(Determination, "determination", it) for it in [*records.periods(), *records.years()]}
        decided = {period: it.decided_on for period, it in made.items() if it is not None}
        found[records.id] = Year(records, first, last, decided)
    return found


def _days(records: UnitRecords) -> Iterator[date]:
    """Yield the days on which something was done that a record tells of; what lies ahead is none."""
    for location, it in records.records.items():
        yield from _of(location, it)


def _of(location: Location, it: object) -> Iterator[date]:
    match it:
        case Log():
            yield from (entry.on for week in it.weeks for entry in week.entries)
        case Determination():
            yield it.decided_on
        case Ballots():
            yield it.counted_on
        case Objection():
            yield it.raised_on
        case Reply():
            yield it.replied_on
        case tuple() if location.kind == "facts":
            yield from (known_on(fact) for fact in it if not isinstance(fact, Away | Leave | Discipline))
        case tuple():
            yield from (item.on for item in it if isinstance(item, FeedbackNote | FiledForm | SpotCheck))
            yield from (item.reviewed_on for item in it if isinstance(item, FeedbackNote) and item.reviewed_on)
        case _:
            pass


def known_on(fact: AnyFact) -> date:
    """Return from when on the office can enter a fact as it reads."""
    match fact:
        case Leave() | Away() | Discipline():
            return fact.since
        case Absent():
            days = (fact.period.last, fact.educated_on, fact.refused_on)
        case _:
            days = (fact.on, getattr(fact, "educated_on", None), getattr(fact, "refused_on", None))
    return max(it for it in days if it is not None)
