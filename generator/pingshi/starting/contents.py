"""What is known of a record before anybody has written it: the people, the days, the tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pingshi.grading import grade_period
from pingshi.layout import Location
from pingshi.periods import Period, UnknownYearError, Week
from pingshi.records import Away, Plan
from pingshi.source import held
from pingshi.starting.form import Filled
from pingshi.starting.wanted import CannotStartError, staff

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from pingshi.grading import PeriodResult
    from pingshi.records import UnitRecords
    from pingshi.starting.form import Value
    from pingshi.starting.wanted import Wanted

    Content = Mapping[str, Value]


def result_of(wanted: Wanted) -> PeriodResult:
    """Return the period's results as far as they can be known."""
    assert wanted.period is not None  # noqa: S101 -- of kinds that have a period
    assert wanted.book is not None  # noqa: S101 -- raises where there is no scheme
    return grade_period(wanted.records, wanted.period)


def described(records: UnitRecords, person: str, day: date) -> str:
    """Return a person's name with department and post, as a remark."""
    known = records.people[person]
    department = held(known.department, day)
    names = [it.name for it in records.unit.departments if it.id == department]
    book = records.book_on(day)
    post = held(known.post, day)
    names += [str(book.scheme.posts[post])] if book and post in book.scheme.posts else []
    return known.name + (f"（{'，'.join(names)}）" if names else "")


def one_task(_: Wanted, __: date) -> Content:
    """A ledger with one task to copy."""
    blank = {"id": "t1", "ledger": "", "content": "", "due": "", "standard": ""}
    return {"tasks": [blank]}


def one_goal(_: Wanted, __: date) -> Content:
    """Annual goals with one to copy."""
    return {"goals": [{"id": "g1", "kind": "", "content": "", "standard": "", "due": ""}]}


def evaluation(wanted: Wanted, _: date) -> Content:
    """Every task of the person's plan."""
    plan = wanted.records.get(Plan, "plans", wanted.period, wanted.person)
    if plan is None:
        path = Location(wanted.records.id, "plans", wanted.period, wanted.person).path
        raise CannotStartError(f"没有 {path}（或者它有错误读不了），没有任务可以评价；先写月工作计划台账")
    return {
        "tasks": {task.id: Filled("", note=f"{task.content.splitlines()[0]}（{task.due} 前）") for task in plan.tasks}
    }


def attendance(wanted: Wanted, _: date) -> Content:
    """Everybody on the roll but the leaders, who are not assessed here."""
    period = _period(wanted)
    people = [
        it for it in staff(wanted.records, period) if held(wanted.records.people[it].leader, period.last) is not True
    ]
    blank = {"late": "", "absent": "", "leave": ""}
    return {"people": {it: Filled(blank, above=(described(wanted.records, it, period.last),)) for it in people}}


def ballots(wanted: Wanted, _: date) -> Content:
    """Everybody who is graded."""
    result = result_of(wanted)
    graded = [it for it, person in result.people.items() if person.participation == "graded"]
    day = result.period.last
    return {"totals": {it: Filled("", note=described(wanted.records, it, day)) for it in graded}}


def log(wanted: Wanted, today: date) -> Content:
    """The month's working days by week; those still to come are commented out."""
    period = _period(wanted)
    try:
        days = wanted.records.calendar.workdays(period.first, period.last)
    except UnknownYearError as error:
        hint = "先在 unit.yml 的 calendar 里写上这一年的 holidays 和 workdays，或者等放假安排公布后升级程序"
        raise CannotStartError(f"{error}，排不出工作日；{hint}") from None
    coming = [day for day in days[1:] if day > today]
    weeks: dict[Week, list[date]] = {}
    for day in days:
        weeks.setdefault(_week(day), []).append(day)
    return {"weeks": [_log_week(week, own, coming) for week, own in weeks.items()]}


def _log_week(week: Week, days: list[date], coming: list[date]) -> Filled:
    """Return a week of a log; the days still to come are commented out, and above the first of them it is said."""
    whole = days[0] in coming

    def above(day: date) -> tuple[str, ...]:
        return ("还没有到的日子，行首加了 #；到时候去掉 # 再写",) if coming[:1] == [day] else ()

    entries = [
        Filled({"on": day.isoformat(), "did": ""})
        if whole or day not in coming
        else Filled({"on": day.isoformat(), "did": ""}, above=above(day), off=True)
        for day in days
    ]
    made = {"week": str(week), "entries": entries, "major": ""}
    return Filled(made, above=above(days[0]) if whole else (), off=whole)


def _week(day: date) -> Week:
    year, number, _ = day.isocalendar()
    return Week(year, number)


def outside(wanted: Wanted, _: date) -> Content:
    """The host, where a secondment or the like says who it is."""
    last = _period(wanted).last
    stints = [it for it in wanted.records.facts.get(wanted.person or "", ()) if isinstance(it, Away)]
    hosts = [it.host for it in stints if it.since <= last and (it.until is None or last <= it.until)]
    return {"unit": hosts[-1]} if hosts else {}


def publicity(wanted: Wanted, _: date) -> Content:
    """How long the scheme asks for; the unit names its own office: its copy of a scheme may name another's."""
    scheme = wanted.book.scheme
    least = scheme.publicity.at_least
    above = (
        (f"方案规定{scheme.publicity.wording}不少于{least}，首日和末日都算（依据 {scheme.publicity.cite}）",)
        if least
        else ()
    )
    contact = f"写本单位经办科室的名称；方案里叫{scheme.terms.office}"
    return {"from": Filled("", above=above), "contact": Filled("", note=contact)}


def _period(wanted: Wanted) -> Period:
    assert wanted.period is not None  # noqa: S101 -- of kinds that have a period
    return wanted.period


def nothing(_: Wanted, __: date) -> Content:
    """Everything is for the writer to say."""
    return {}


#: What can be filled in, by kind. Kinds that need more than this have their own module.
SIMPLE: Mapping[str, Callable[[Wanted, date], Mapping[str, Any]]] = {
    "goals": one_goal,
    "plans": one_task,
    "logs": log,
    "reports": nothing,
    "evaluations": evaluation,
    "attendance": attendance,
    "summaries": nothing,
    "ballots": ballots,
    "outside": outside,
    "publicity": publicity,
    "objections": nothing,
    "replies": nothing,
}
