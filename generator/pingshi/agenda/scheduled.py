"""A scheme's timetable: what everybody can know of who does what by when. It knows the rules, and nobody's records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pingshi.agenda.material import TASKS
from pingshi.layout import BY_NAME
from pingshi.periods import Period, UnknownYearError
from pingshi.schemes import FORMS, Material

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from pingshi.periods import Calendar
    from pingshi.schemes import Filing, Scheme

_EACH = {"period": "每期", "month": "每月", "week": "每周", "year": "每年"}
_OPEN = "方案没有写明日期"
#: What the scheme's limits are for: the task, who (else the office), from when on they count.
_LIMITED = {
    "determination": ("审定考核结果", "", "考核期结束以后"),
    "objection": ("提出异议", "本人", "得知考核结果以后"),
    "reply": ("答复异议", "", "收到异议以后"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A rule as a line of the timetable: what, who, when in words, under which clause."""

    task: str
    role: str
    when: str
    clause: str


@dataclass(frozen=True, slots=True)
class Date:
    """A day by which something must be done: for which period, what, who, under which clause."""

    day: date
    period: Period
    task: str
    role: str
    clause: str
    says: str


def timetable(scheme: Scheme) -> list[Line]:
    """Return every rule of who does what by when, in the document's order."""
    office = scheme.terms.office
    lines = [Line(_task(rule), _role(scheme, rule), _when(rule), rule.cite) for rule in scheme.materials]
    deciding = [("审定等次", scheme.role_title(it.decide), f"每期，{_OPEN}", it.cite) for it in scheme.procedure]
    lines += [Line(*it) for it in dict.fromkeys(deciding)]
    for deadline in scheme.deadlines:
        task, role, start = _LIMITED[deadline.what]
        lines.append(Line(task, role or office, f"{start}{deadline.within}以内", deadline.cite))
    known = scheme.publicity
    if known.at_least is not None:
        lines.append(Line(f"{known.wording}考核结果", office, f"不少于{known.at_least}", known.cite))
    for told in scheme.follow_up:
        if told.grades is None and told.fact is None:
            role = "或者".join(scheme.role_title(it) for it in told.roles)
            lines.append(Line("反馈考核结果", role, "审定以后及时", told.cite))
    for filing in scheme.filings:
        if filing.who is None:
            task = f"向{filing.to}报送{FORMS[filing.form]}"
            lines.append(Line(task, office, _when(filing), filing.cite))
    return lines


def dates(scheme: Scheme, calendar: Calendar, year: Period, periods: Sequence[Period]) -> list[Date]:
    """Return the year's known last days, in order; where no calendar tells one, it is left out."""
    found = list(_dates(scheme, calendar, year, periods))
    return sorted(found, key=lambda it: (it.day, it.period, it.task))


def _dates(scheme: Scheme, calendar: Calendar, year: Period, periods: Sequence[Period]) -> Iterator[Date]:
    months = [month for period in periods for month in period.months]
    spans: dict[str, Iterable[Period]] = {"period": periods, "month": months, "week": (), "year": (year,)}
    rules: list[Material | Filing] = [*scheme.materials, *(it for it in scheme.filings if it.who is None)]
    for rule in rules:
        if rule.until is None:
            continue
        task = _task(rule) if isinstance(rule, Material) else f"报送{FORMS[rule.form]}"
        role = _role(scheme, rule) if isinstance(rule, Material) else scheme.terms.office
        for period in spans[rule.each]:
            try:
                day = rule.until.day(period.first, period.last, calendar)
            except UnknownYearError:
                continue
            yield Date(day, period, task, role, rule.cite, rule.says)
    deadline = scheme.deadline("determination")
    if deadline is None:
        return
    limit = calendar.deadline_workdays if deadline.within.workdays else calendar.deadline_days
    for period in periods:
        try:
            day = limit(period.last, deadline.within.count)
        except UnknownYearError:
            continue
        yield Date(day, period, "审定考核结果", scheme.terms.office, deadline.cite, deadline.says)


def _task(rule: Material) -> str:
    return TASKS.get(rule.record, f"填{BY_NAME[rule.record].title}")


def _role(scheme: Scheme, rule: Material) -> str:
    by_office = BY_NAME[rule.record].person is None or rule.record == "evaluations"
    return scheme.terms.office if by_office else "本人"


def _when(rule: Material | Filing) -> str:
    return f"{_EACH[rule.each]}，{rule.until.told(rule.each) if rule.until else _OPEN}"
