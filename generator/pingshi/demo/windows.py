"""When a record was plausibly written, and with what it was handed in: from its kind and from what stands in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from pingshi.layout import BY_NAME
from pingshi.periods import Period
from pingshi.records import Ballots, Determination, FeedbackNote, Log, Objection, Publicity, Reply, SpotCheck

if TYPE_CHECKING:
    from pingshi.demo.year import Year
    from pingshi.layout import Location

#: Summaries and goals are written in the last days before they are due, plans a little earlier.
_DAYS_BEFORE = timedelta(days=5)
_WEEK = timedelta(days=7)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Window:
    """From which to which day a record may have been handed in; `batch`: together with the writer's others of it."""

    first: date
    last: date
    batch: str


def window(year: Year, location: Location) -> Window:
    """Return when a record was first handed in."""
    period = location.period
    assert period is not None  # noqa: S101 -- the unit's own files are told by `versions`
    first, last, batch = _dated(year, location, period) or _material(year, location, period)
    person = year.records.people.get(location.person or "") if BY_NAME[location.kind].person == "person" else None
    if person is not None and person.joined > first:
        first = person.joined
        last = max(last, first) if year.due(location) is not None else max(last, year.after(first, 2))
    last = min(last, year.last)
    return Window(min(first, last), last, batch)


def _dated(year: Year, location: Location, period: Period) -> tuple[date, date, str] | None:
    """Return the window of a record that says itself when it was made, or that goes with one that does."""
    records, person = year.records, location.person
    it = records.records[location]
    match it:
        case Ballots():
            return it.counted_on, _or_later(year.eve(period), it.counted_on), f"collecting {period}"
        case Determination():
            return it.decided_on, it.decided_on, f"deciding {period}"
        case Publicity():
            decided = year.decided.get(period, it.since)
            return min(decided, it.since), it.since, f"deciding {period}"
        case Objection():
            return it.raised_on, it.raised_on, f"objection {period}"
        case Reply():
            return it.replied_on, it.replied_on, f"reply {period} {person}"
        case tuple() if location.kind == "feedback":
            day = max(item.on for item in it if isinstance(item, FeedbackNote))
            return day, day, f"feedback {period}"
        case tuple() if location.kind == "spot_checks":
            day = max(item.on for item in it if isinstance(item, SpotCheck))
            return day, year.after(day), f"checking {period}"
        case Log():
            return _log(year, period, it)
    return None


def _log(year: Year, period: Period, log: Log) -> tuple[date, date, str]:
    """A log is handed in when its last entry is written."""
    days = [entry.on for week in log.weeks for entry in week.entries]
    written = max(days, default=period.last)
    first, last, batch = _report(year, period)
    return written, _or_later(last, max(written, first)), batch


def _report(year: Year, month: Period) -> tuple[date, date, str]:
    """What a month ends with comes with the period's summary.

    Where the scheme orders a log for each week, it comes sooner: with the plan of the month after next.
    """
    quarter = _quarter(year, month)
    end = quarter.months[-1]
    first = year.before(month.last)
    book = year.records.book(month)
    if month != end and any(it.each == "week" for it in (book.scheme.materials if book else ())):
        return first, _next(month).last - _WEEK, f"start {_next(month, 2)}"
    return first, _sooner(year.after(end.last, 3), year.eve(month)), f"end {end}"


def _material(year: Year, location: Location, period: Period) -> tuple[date, date, str]:
    due = year.due(location)
    eve = year.eve(period)
    match location.kind:
        case "goals":
            return _goals(year, location, period)
        case "plans" if due is not None:
            return year.before(due, 8 if _follows_a_summary(year, period) else 3), due, f"start {period}"
        case "plans":
            return year.before(period.first, 3), year.after(period.first, 2), f"start {period}"
        case "summaries" if due is not None:
            return due - _DAYS_BEFORE, due, f"start {_next(period)}"
        case "summaries":
            end = period.months[-1]
            return year.before(end.last), _sooner(year.after(end.last, 3), eve), f"end {end}"
        case "reports":
            return _report(year, period)
        case "attendance":
            end = _quarter(year, period).months[-1]
            return period.last + _DAY, _sooner(year.after(end.last, 3), eve), f"attending {end}"
        case "evaluations":
            return period.last + _DAY, _sooner(year.after(period.last, 6), eve), f"evaluations {period}"
        case "outside":
            return period.last, eve or year.after(period.last, 5), f"collecting {period}"
        case "reviews":
            return min(period.last + _DAY, eve or date.max), eve or year.after(period.last, 5), f"rating {period}"
    message = f"{location.kind} is handed in as `versions` tells"
    raise AssertionError(message)


def _follows_a_summary(year: Year, month: Period) -> bool:
    """Tell whether a period of assessment ends before a month: its plan may come with the period's summary."""
    return any(_next(it) == month for it in year.records.periods())


def _goals(year: Year, location: Location, period: Period) -> tuple[date, date, str]:
    """Goals are handed in with the first monthly plan, which may rest on them; else in January."""
    plans = [it for it in year.records.records if it.kind == "plans" and it.person == location.person]
    first = min((it for it in plans if it.period), key=lambda it: it.path, default=None)
    if first is not None:
        found = window(year, first)
        return found.first, found.last, found.batch
    due = year.due(location) or year.after(period.first, 15)
    return period.first + _WEEK, due, f"goals {period}"


def _next(period: Period, count: int = 1) -> Period:
    """Return the month so many after a period's last one."""
    month = period.months[-1].index - 1 + count
    return Period("month", period.year + month // 12, month % 12 + 1)


def _quarter(year: Year, month: Period) -> Period:
    """Return the period of assessment that a month belongs to, or the month where none is known."""
    return next((it for it in year.records.periods() if it.contains(month)), month)


def _sooner(day: date, other: date | None) -> date:
    return day if other is None else min(day, other)


def _or_later(day: date | None, other: date) -> date:
    return other if day is None else max(day, other)
