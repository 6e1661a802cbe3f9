"""Periods of assessment and their parts. Pure: nothing here knows what day it is."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

PeriodKind = Literal["year", "half", "quarter", "month"]

_WRITTEN = re.compile(r"(\d{4})(?:-(?:Q([1-4])|H([12])|(0[1-9]|1[0-2])))?", re.ASCII)
_WEEK = re.compile(r"(\d{4})-W(\d{2})", re.ASCII)
_MONTHS: dict[str, int] = {"year": 12, "half": 6, "quarter": 3, "month": 1}
_EARLIEST_YEAR = 1900
_NUMERALS = "一二三四"


@dataclass(frozen=True, slots=True)
class Period:
    """A year (`2026`), half-year (`2026-H1`), quarter (`2026-Q1`) or month (`2026-01`).

    `index` counts from 1 within the year. Periods order by their last day, the longer
    one later, so that a year follows its own fourth quarter.
    """

    kind: PeriodKind
    year: int
    index: int = 1

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read a period as written in paths; ValueError (in Chinese) for anything else."""
        match = _WRITTEN.fullmatch(text)
        if match is None or not _EARLIEST_YEAR <= int(match[1]) < date.max.year:
            message = f"“{text}”不是合格的周期"
            raise ValueError(message)
        year = int(match[1])
        if match[2]:
            return cls("quarter", year, int(match[2]))
        if match[3]:
            return cls("half", year, int(match[3]))
        if match[4]:
            return cls("month", year, int(match[4]))
        return cls("year", year)

    def __str__(self) -> str:
        match self.kind:
            case "year":
                return f"{self.year:04}"
            case "half":
                return f"{self.year:04}-H{self.index}"
            case "quarter":
                return f"{self.year:04}-Q{self.index}"
            case "month":
                return f"{self.year:04}-{self.index:02}"

    def __lt__(self, other: Period) -> bool:
        return self._key < other._key

    def __le__(self, other: Period) -> bool:
        return self._key <= other._key

    def __gt__(self, other: Period) -> bool:
        return self._key > other._key

    def __ge__(self, other: Period) -> bool:
        return self._key >= other._key

    @property
    def _key(self) -> tuple[date, int]:
        return (self.last, _MONTHS[self.kind])

    @property
    def title(self) -> str:
        """The period as officials write it: 2026年第三季度."""
        match self.kind:
            case "year":
                return f"{self.year}年度"
            case "half":
                return f"{self.year}年{'上下'[self.index - 1]}半年"
            case "quarter":
                return f"{self.year}年第{_NUMERALS[self.index - 1]}季度"
            case "month":
                return f"{self.year}年{self.index}月"

    @property
    def first(self) -> date:
        """The first day."""
        return _bounds(self)[0]

    @property
    def last(self) -> date:
        """The last day, by which a period is judged."""
        return _bounds(self)[1]

    @property
    def months(self) -> tuple[Period, ...]:
        """The months in it, in order."""
        size = _MONTHS[self.kind]
        return tuple(Period("month", self.year, (self.index - 1) * size + 1 + i) for i in range(size))

    def holds(self, day: date) -> bool:
        """Tell whether the day is one of the period's."""
        return self.first <= day <= self.last

    def contains(self, other: Period) -> bool:
        """Tell whether the other period lies within this one, or is it."""
        return self.first <= other.first and other.last <= self.last


@lru_cache(maxsize=1024)
def _bounds(period: Period) -> tuple[date, date]:
    """Return a period's first and last day: asked for again and again of the same few."""
    size = _MONTHS[period.kind]
    month = period.index * size
    return (
        date(period.year, month - size + 1, 1),
        date(period.year, month, calendar.monthrange(period.year, month)[1]),
    )


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """An ISO week, `2026-W02`: Monday to Sunday, the first one holding 4 January."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> Week:
        """Read a week as written in logs; ValueError (in Chinese) for anything else."""
        match = _WEEK.fullmatch(text)
        if match is not None and _EARLIEST_YEAR <= int(match[1]) < date.max.year:
            year, number = int(match[1]), int(match[2])
            try:
                date.fromisocalendar(year, number, 1)
            except ValueError:
                message = f"{year} 年没有第 {number} 周"
                raise ValueError(message) from None
            return cls(year, number)
        message = f"“{text}”不是合格的周，应写成 2026-W02"
        raise ValueError(message)

    def __str__(self) -> str:
        return f"{self.year:04}-W{self.number:02}"

    @property
    def first(self) -> date:
        """Its Monday."""
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """Its Sunday."""
        return date.fromisocalendar(self.year, self.number, 7)

    def overlaps(self, period: Period) -> bool:
        """Tell whether a day of the week is in the period."""
        return self.first <= period.last and period.first <= self.last


def months_after(day: date, months: int) -> date:
    """Return the same date so many months later, or the first of the next month where there is none.

    So a span that ends the day before it is so many whole months, whatever their length.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    if day.day <= calendar.monthrange(year, month + 1)[1]:
        return date(year, month + 1, day.day)
    return months_after(date(day.year, day.month, 1), months + 1)
