"""The public timetable: who does what by when, from the scheme alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pingshi.agenda import dates, dates_as_ical, timetable
from pingshi.grading import periods_of
from pingshi.periods import Period
from pingshi.publishing.colleagues import headline

if TYPE_CHECKING:
    from datetime import date

    from pingshi.agenda import Date
    from pingshi.records import UnitRecords


@dataclass(frozen=True, slots=True)
class PublicAgenda:
    """Who does what by when, from the scheme alone: no record of anybody's bears on it.

    `rules`: what, who, when, clause. `dates`: the year's last days: day, what, who, clause. `calendar`: the same as an
    iCalendar file. All of it is the same on every day of the year.
    """

    year: str
    rules: tuple[tuple[str, str, str, str], ...]
    dates: tuple[tuple[str, str, str, str], ...]
    calendar: bytes


def public_agenda(records: UnitRecords, on: date) -> PublicAgenda | None:
    """Return the timetable of the scheme in force on a day; None where there is none."""
    year = Period("year", on.year)
    book = records.book_on(on)
    if book is None:
        return None
    found = [
        it
        for near in (Period("year", on.year - 1), year, Period("year", on.year + 1))
        for it in dates(book.scheme, records.calendar, near, periods_of(records, near))
        if year.holds(it.day)
    ]
    found.sort(key=lambda it: (it.day, it.period))
    return PublicAgenda(
        year=year.title,
        rules=tuple((it.task, it.role, it.when, it.clause) for it in timetable(book.scheme)),
        dates=tuple((_short(it.day), _task(it, year), it.role, it.clause) for it in found),
        calendar=dates_as_ical(f"{headline(records.unit.name)}考核日程", found, year.first),
    )


def _short(day: date) -> str:
    return f"{day.month}月{day.day}日"


def _task(it: Date, year: Period) -> str:
    """Say what, and for which period; the year only where it is another one."""
    title = it.period.title if it.period.year != year.year else it.period.title.removeprefix(f"{year.year}年")
    return f"{title}{it.task}" if it.period.kind != "year" else it.task
