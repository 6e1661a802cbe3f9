"""Duties to file a record: from what is owed to who must do it by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from pingshi.agenda.duty import Duty, Someone
from pingshi.agenda.holders import in_office, named
from pingshi.layout import BY_NAME
from pingshi.periods import Period, UnknownYearError
from pingshi.records import Determination
from pingshi.schemes import FORMS, Filing, Material, OutsideResult

if TYPE_CHECKING:
    from pingshi.grading import Owed
    from pingshi.layout import Location
    from pingshi.records import UnitRecords
    from pingshi.schemes import Scheme

#: What is done to each kind of record.
TASKS = {
    "goals": "定年度工作目标",
    "plans": "定月工作计划",
    "logs": "写工作记实",
    "reports": "写月小结",
    "summaries": "写个人小结",
    "evaluations": "作月评价",
    "attendance": "登记考勤",
    "spot_checks": "抽查工作记实",
    "outside": "向所在单位索取意见或者结果",
}
#: Days before its last day on which a thing can sensibly be begun.
_AHEAD = timedelta(days=14)
_OWN = "本人"


def material_duty(records: UnitRecords, scheme: Scheme, assessed: Period, owed: Owed) -> Duty:
    """Return the duty to file what is owed for a period of assessment, or for a year."""
    rule, location = owed.rule, owed.location
    period = location.period or assessed
    first, last = (owed.week.first, owed.week.last) if owed.week else (period.first, period.last)
    until, each = (rule.until, rule.each) if isinstance(rule, Material | Filing) else (None, "period")
    due, note = None, None
    if until is not None:
        try:
            due = until.day(first, last, records.calendar)
        except UnknownYearError as error:
            note = unknown_year(error, until.told(each))
    since = _since(owed, first, last, due)
    begins = _begins(records, owed, assessed)
    if begins is not None and begins > since:
        since = begins
        if due is not None and due < begins:
            due, note = None, f"方案规定的期限（{until.told(each) if until else ''}）在 {begins} 以前，之后补办"
    if isinstance(rule, Material | OutsideResult):
        task = TASKS.get(location.kind, f"填{BY_NAME[location.kind].title}")
        task += f"（第{owed.week.number}周）" if owed.week else ""
        says = rule.says
    elif isinstance(rule, Filing):
        task, says = f"向{owed.to or rule.to}报送{FORMS[rule.form]}", rule.says
    else:
        determination = records.get(Determination, "determination", assessed)
        since = determination.decided_on if determination else since
        task, says = f"{rule.wording}结果", f"{rule.wording}考核结果"
    if owed.by == "office" or owed.person is None:
        about = owed.person if isinstance(rule, OutsideResult) or location.kind == "evaluations" else None
        order = Order(task, since, rule.cite, says, due, note)
        return office_duty(records, scheme, period, location, order, done=owed.there, about=about)
    return Duty(
        unit=records.id,
        period=period,
        kind=location.kind,
        task=task,
        role=_OWN,
        who=named(records, [owed.person]),
        about=Someone(owed.person, records.name_of(owed.person)),
        path=location.path,
        since=since,
        due=due,
        note=unread(records, location) or note,
        clause=rule.cite,
        says=says,
        done=owed.there and location not in records.broken,
    )


def _begins(records: UnitRecords, owed: Owed, assessed: Period) -> date | None:
    """Return from when on something can be owed at all: since the scheme is in force, and the person is there."""
    in_force = [it.since.first for it in records.unit.schemes if it.since.first <= assessed.last]
    person = records.people.get(owed.person) if owed.person else None
    joined = person.joined if person else None
    return max([*in_force, *([joined] if joined else [])], default=None) if assessed.kind == "year" else joined


def unknown_year(error: UnknownYearError, limit: str) -> str:
    """Say why there is no last day, and who can help."""
    return f"{error}，算不出最后一天（方案规定{limit}）；请技术人员把那一年的放假安排写进 unit.yml 的 calendar"


def _since(owed: Owed, first: date, last: date, due: date | None) -> date:
    """Return from when on a record can be written: the office looks back, people begin some days ahead."""
    if due is not None and due < first:
        return due - _AHEAD
    if owed.by == "office" and owed.location.kind != "filings":
        return last
    if owed.week is not None or owed.location.period is None or owed.location.kind in ("plans", "goals", "logs"):
        return first
    if isinstance(owed.rule, Filing):
        return first if due is not None else last
    return max(first, last - _AHEAD)


def unread(records: UnitRecords, location: Location) -> str | None:
    """Say so where a record stands there and can't be read."""
    return "文件有错误读不了，先用 pingshi check 看问题并改正" if location in records.broken else None


@dataclass(frozen=True, slots=True)
class Order:
    """What is ordered: the task, from when on and by when, under which clause, in the scheme's words."""

    task: str
    since: date
    clause: str | None
    says: str
    due: date | None = None
    note: str | None = None


def office_duty(
    records: UnitRecords,
    scheme: Scheme,
    period: Period,
    location: Location,
    order: Order,
    *,
    done: bool,
    about: str | None = None,
) -> Duty:
    """Return a duty of the office that runs the assessment."""
    return Duty(
        unit=records.id,
        period=period,
        kind=location.kind,
        task=order.task,
        role=scheme.terms.office,
        who=tuple(in_office(records, "personnel_office", order.since)),
        about=None if about is None else Someone(about, records.name_of(about)),
        path=location.path,
        since=order.since,
        due=order.due,
        note=unread(records, location) or order.note,
        clause=order.clause,
        says=order.says,
        done=done and location not in records.broken,
    )
