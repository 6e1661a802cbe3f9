"""By when a record is due: `until` in the scheme's rules, and the day that it comes to for a period."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import PlainValidator, WithJsonSchema

from pingshi.source import reject

if TYPE_CHECKING:
    from pingshi.periods import Calendar

_WRITTEN = re.compile(
    r"(?P<end>end)|(?P<count>[1-9]\d{0,2}) (?P<unit>days|workdays) (?P<way>before|in|after)"
    r"|(?P<month>\d\d)-(?P<day>\d\d)",
    re.ASCII,
)
_LEAP_YEAR = 2024
#: How it may be written, for whoever writes a scheme.
FORMS_OF_UNTIL = (
    "end（期末以前）、7 days before（提前7日）、5 workdays in（开头5个工作日以内）、"
    "5 days after（结束后5日以内）或 01-31（1月31日以前）"
)
_HOW = f"写成 {FORMS_OF_UNTIL}"
Way = Literal["end", "before", "in", "after", "date"]


@dataclass(frozen=True, slots=True)
class Until:
    """The last day for something that is owed for a period.

    `end`: the period's last day. `before`: so many days before the period begins. `in`: the period's first so many
    days. `after`: so many days from the period's end, as every limit counts (reading 9). `date`: a day of the year in
    which the period begins. Of these only `after` moves off a day without work: the others say by when something must
    be there, and later would be late.
    """

    way: Way
    count: int = 0
    workdays: bool = False
    month: int = 0
    of_month: int = 0

    def day(self, first: date, last: date, calendar: Calendar) -> date:
        """Return the last day for what lasts from `first` to `last`; UnknownYearError where no calendar tells."""
        match self.way:
            case "end":
                return last
            case "before":
                return self._before(first, calendar)
            case "in":
                start = first - timedelta(days=1)
                return calendar.deadline_workdays(start, self.count) if self.workdays else self._plain(start)
            case "after" if self.workdays:
                return calendar.deadline_workdays(last, self.count)
            case "after":
                return calendar.deadline_days(last, self.count)
            case "date":
                return _date(first.year, self.month, self.of_month)

    def _plain(self, start: date) -> date:
        return start + timedelta(days=self.count)

    def _before(self, first: date, calendar: Calendar) -> date:
        if not self.workdays:
            return first - timedelta(days=self.count)
        day, left = first, self.count
        while left:
            day -= timedelta(days=1)
            left -= calendar.is_workday(day)
        return day

    def told(self, each: str) -> str:
        """Say it in words for what is owed each period, month, week or year."""
        of = {"month": "当月", "week": "当周", "year": "当年"}.get(each, "当期")
        count = f"{self.count}个工作日" if self.workdays else f"{self.count}日"
        match self.way:
            case "end":
                return f"{of}结束以前"
            case "before":
                return f"不晚于{of}开始前{count}"
            case "in":
                return f"{of}前{count}以内"
            case "after":
                return f"{of}结束后{count}以内"
            case "date":
                return f"{self.month}月{self.of_month}日以前"


def _date(year: int, month: int, day: int) -> date:
    """Return the day; 29 February in other years is the 28th."""
    try:
        return date(year, month, day)
    except ValueError:
        return date(year, month, day - 1)


def _until(value: object) -> Until:
    if isinstance(value, Until):
        return value
    match = _WRITTEN.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise reject("bad-value", f"“{value}”不是合格的期限", _HOW)
    if match["end"]:
        return Until("end")
    if match["count"]:
        way: Literal["before", "in", "after"] = match["way"]  # type: ignore[assignment]  # one of the pattern's three
        return Until(way, int(match["count"]), match["unit"] == "workdays")
    month, day = int(match["month"]), int(match["day"])
    try:
        date(_LEAP_YEAR, month, day)
    except ValueError:
        raise reject("bad-date", f"“{value}”不是合格的日期", _HOW) from None
    return Until("date", month=month, of_month=day)


UntilField = Annotated[
    Until,
    PlainValidator(_until),
    WithJsonSchema(
        {"type": "string", "pattern": "^(end|[1-9][0-9]{0,2} (days|workdays) (before|in|after)|[0-9]{2}-[0-9]{2})$"}
    ),
]
