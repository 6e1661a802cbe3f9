"""Working days by the official calendar, which announces each year's late in the year before.

The days come from the `chinesecalendar` package; a unit's own `calendar` adds years that
it does not know yet (and wins where both speak). A year that neither knows is an error,
never a guess from Monday to Friday: the make-up Saturdays would be wrong.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_SATURDAY = 5
#: Safety net for a calendar that lists no working day at all.
_LONGEST_BREAK = 60


class UnknownYearError(LookupError):
    """No calendar is known for this year."""

    def __init__(self, year: int) -> None:
        super().__init__(f"没有 {year} 年的工作日历")
        self.year = year


@cache
def _official() -> tuple[frozenset[date], frozenset[date], frozenset[int]]:
    from chinese_calendar.constants import holidays, workdays  # noqa: PLC0415 -- 8 ms, and most commands need no calendar

    return frozenset(holidays), frozenset(workdays), frozenset(day.year for day in holidays)


class Calendar:
    """The official calendar with a unit's additions.

    Args:
        holidays: days off beyond the package's knowledge.
        workdays: working days beyond it (make-up Saturdays and Sundays).

    A year is known when the package knows it or the unit lists a holiday in it.

    """

    def __init__(self, holidays: Iterable[date] = (), workdays: Iterable[date] = ()) -> None:
        self._holidays = frozenset(holidays)
        self._workdays = frozenset(workdays)
        self._own_years = frozenset(day.year for day in self._holidays)
        self._counted: dict[tuple[date, date], tuple[date, ...]] = {}

    def knows(self, year: int) -> bool:
        """Tell whether the year's working days are known."""
        return year in self._own_years or year in _official()[2]

    def is_workday(self, day: date) -> bool:
        """Tell whether people work on the day; UnknownYearError where nobody can say."""
        if day in self._holidays:
            return False
        if day in self._workdays:
            return True
        holidays, workdays, years = _official()
        if day.year not in years and day.year not in self._own_years:
            raise UnknownYearError(day.year)
        if day in workdays:
            return True
        return day not in holidays and day.weekday() < _SATURDAY

    def workdays(self, first: date, last: date) -> tuple[date, ...]:
        """Return the working days from first to last, both included; none where last is earlier."""
        if (first, last) not in self._counted:
            days = (first + timedelta(days=i) for i in range((last - first).days + 1))
            self._counted[first, last] = tuple(day for day in days if self.is_workday(day))
        return self._counted[first, last]

    def deadline_workdays(self, start: date, count: int) -> date:
        """Return the last day of a limit in 工作日, which counts from the day after `start` (reading 9)."""
        day = start
        for _ in range(count):
            day = self._next_workday(_later(day, 1))
        return day

    def deadline_days(self, start: date, count: int) -> date:
        """Return the last day of a limit in 日 from the day after `start`, moved off holidays (reading 9)."""
        return self._next_workday(_later(start, count))

    def _next_workday(self, day: date) -> date:
        for i in range(_LONGEST_BREAK):
            candidate = _later(day, i)
            if self.is_workday(candidate):
                return candidate
        raise UnknownYearError(day.year)


def _later(day: date, days: int) -> date:
    """Return the day so many days later; the end of all calendars is a year that nobody knows."""
    if (date.max - day).days < days:
        raise UnknownYearError(date.max.year)
    return day + timedelta(days=days)
