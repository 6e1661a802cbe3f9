"""What can be the matter with a person: variants of their own record, facts with dates at the quarter's edges."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any

from chinese_calendar import is_workday

from pingshi.periods import Period

if TYPE_CHECKING:
    from collections.abc import Sequence

#: The last one is of a year whose calendar nobody knows yet.
PERIODS = ("2026-Q1", "2026-Q1", "2026-Q1", "2025-Q4", "2026-Q2", "2031-Q1")
KNOWN_PERIODS = PERIODS[:-1]
HALF = Fraction(1, 2)
DISCIPLINE = ("警告", "记过", "撤职", "降低岗位等级", "党内警告", "党内严重警告", "留党察看")


@dataclass(frozen=True)
class Days:
    """A period's days that matter: the edges and their neighbours."""

    first: date
    last: date

    @classmethod
    def of(cls, period: str) -> Days:
        """Return the days of a period."""
        parsed = Period.parse(period)
        return cls(parsed.first, parsed.last)

    @property
    def edges(self) -> tuple[date, ...]:
        """The days around both ends, and one within."""
        one = timedelta(days=1)
        return self.last, self.first, self.last + one, self.first - one, self.first + timedelta(days=40)

    def until_share(self, *, over: bool) -> date:
        """Return the day up to which leave from the first day is just over half of the working days, or just not."""
        days = [self.first + timedelta(days=i) for i in range((self.last - self.first).days + 1)]
        working = [day for day in days if works(day)]
        needed = len(working) // 2 + 1 if over else len(working) // 2
        return working[needed - 1]


@cache
def works(day: date) -> bool:
    """Tell whether people work on the day; Monday to Friday where nobody knows yet."""
    try:
        return bool(is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5


def after_months(day: date, months: int) -> date:
    """Return the same date so many months later; the first of the next month where there is no such date."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        return date(year, month + 1, day.day)
    except ValueError:
        return after_months(day.replace(day=1), months + 1)


@cache
def variants(period: str, posts: tuple[str, ...]) -> tuple[dict[str, Any], ...]:
    """Return what may differ in somebody's own record; the first is the plain case."""
    days = Days.of(period)
    one = timedelta(days=1)
    first, last = days.first, days.last
    plain: dict[str, Any] = {}
    found = [
        plain,
        {"category": "institution"},
        {"post": posts[-1]},
        {"probation_until": last},
        {"probation_until": last - one},
        {"probation_until": last, "category": "institution"},
        {"category": "worker"},
        {"leader": True},
        {"home_unit": "示例市政府办"},
        {"joined": last},
        {"joined": last + one},
        {"joined": first + one},
        {"left": last},
        {"left": last - one},
        {"left": last + one},
        {"category": [{"is": "civil_servant", "to": last - one}, {"is": "institution", "from": last}]},
        {"leader": [{"is": False, "to": last}, {"is": True, "from": last + one}]},
        {"leader": [{"is": False, "to": last - one}, {"is": True, "from": last}]},
        {"department": [{"is": "hall", "to": last - one}, {"is": "office", "from": last}]},
        {"post": [{"is": posts[0], "to": first}, {"is": posts[-1], "from": first + one}]},
        {"post": [{"is": posts[0], "to": first}]},
        {"department": [{"is": "hall", "from": last + one}]},
        {"category": []},
        {"department": "nowhere"},
        {"post": "pilot"},
    ]
    return (*[plain] * 14, *[{"category": "institution"}] * 2, *found)


@cache
def facts(period: str, items: tuple[str, ...]) -> tuple[dict[str, Any], ...]:
    """Return facts of every kind. `items`: the scheme's own words for outstanding and misconduct, by kind:item."""
    days = Days.of(period)
    found: list[dict[str, Any]] = []
    for on in days.edges:
        for kind in ("outstanding", "misconduct"):
            own = [it.split(":")[1] for it in items if it.startswith(kind)]
            for item in (*own, None):
                fact = {"kind": kind, "on": on, "what": "有关情况", "basis": "文号一"}
                found.append(fact if item is None else {**fact, "item": item})
        found.append({"kind": "accountability", "on": on, "type": "组织谈话", "basis": "文号二"})
        found.append({"kind": "admonition", "on": on, "reason": "未按时填写"})
        found += [
            {"kind": kind, "on": on, "item": "表彰通报", "points": points, "basis": "文号三"}
            for kind in ("bonus", "penalty")
            for points in (Fraction(3), Fraction(12), Fraction(1, 8))
        ]
        found.append({"kind": "merit", "on": on, "what": "完成任务", "basis": "文号四"})
        found.append({"kind": "fraud", "on": on, "basis": "文号五", "educated_on": on, "refused_on": on})
    found += leaves(days) + absences(days)
    found += [
        {"kind": "discipline", "measure": measure, "from": since, "to": until, "basis": "文号六"}
        for measure in DISCIPLINE
        for since, until in (
            (days.first - timedelta(days=90), days.last),
            (days.first - timedelta(days=90), days.last - timedelta(days=1)),
            (days.last, days.last + timedelta(days=180)),
            (days.last + timedelta(days=1), days.last + timedelta(days=180)),
        )
    ]
    found += [
        {"kind": "absent", "period": period, "reason": "无正当理由"},
        {"kind": "absent", "period": "2026-Q3", "reason": "无正当理由", "refused_on": days.last},
        {"kind": "reward", "on": days.last, "what": "嘉奖", "basis": "文号七"},
        {"kind": "bonus", "on": days.first, "item": "无效", "points": 0, "basis": "文号八"},
        {"kind": "outstanding", "on": days.first, "item": "没有的情形", "what": "有关情况", "basis": "文号九"},
    ]
    return tuple(found)


def leaves(days: Days) -> list[dict[str, Any]]:
    """Return leave of every type, around one half of the working days."""
    half, more = days.until_share(over=False), days.until_share(over=True)
    spans: Sequence[tuple[date, date]] = (
        (days.first, half),
        (days.first, more),
        (days.first, days.last),
        (days.first - timedelta(days=60), days.first + timedelta(days=20)),
        (half + timedelta(days=1), days.last + timedelta(days=60)),
        (days.last + timedelta(days=1), days.last + timedelta(days=9)),
        (days.last, days.first),  # ends before it begins
    )
    found: list[dict[str, Any]] = [
        {"kind": "leave", "type": kind, "from": since, "to": until}
        for kind in ("sick", "personal", "maternity")
        for since, until in spans
    ]
    found += [
        {"kind": "leave", "type": "sick", "from": days.first, "to": days.last, "days": given}
        for given in (Fraction(1, 2), 30, 31, Fraction(61, 2), 90, 0)
    ]
    return found


def absences(days: Days) -> list[dict[str, Any]]:
    """Return times away of every type, around six months."""
    start = after_months(days.last.replace(day=1), -4)
    spans = (
        (start, after_months(start, 6) - timedelta(days=1)),
        (start, after_months(start, 6)),
        (start, days.last),
        (start, days.last - timedelta(days=1)),
        (days.last, after_months(start, 5)),
        (days.first, None),
    )
    found: list[dict[str, Any]] = []
    for kind in ("aid", "secondment", "loan", "training", "taskforce"):
        for since, until in spans:
            for host in ("甲单位", "乙单位")[: 2 if kind == "loan" else 1]:
                fact = {"kind": "away", "type": kind, "from": since, "host": host}
                found.append(fact if until is None else {**fact, "to": until})
    return found
