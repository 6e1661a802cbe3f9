"""Whether periods and dates are such as the scheme and common sense allow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pingshi.diagnostics import Place, Problem, problem
from pingshi.records import facts, monthly, people, quarterly
from pingshi.schemes import ROLES
from pingshi.source import terms_faults

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pingshi.periods import Period
    from pingshi.records.snapshot import UnitRecords


def wrong_period(records: UnitRecords) -> Iterator[Problem]:
    """周期要是方案规定的考核周期，并且有方案在执行。"""
    for location in sorted({*records.records, *records.broken}, key=lambda it: it.path):
        period = location.period
        if period is not None and period.kind in ("quarter", "half"):
            yield from _cycle_fault(records, Place(location.path), period)
    for location, value in records.records.items():
        if isinstance(value, monthly.Log) and location.period is not None:
            for week in value.weeks:
                if not week.week.overlaps(location.period):
                    message = f"{week.week} 这一周（{week.week.first} 到 {week.week.last}）不在{location.period.title}"
                    yield problem(
                        week.at("week"), "wrong-period", message, "改正周次，或把这一周移到它所在月份的文件里"
                    )
    for items in records.facts.values():
        for fact in items:
            if isinstance(fact, facts.Absent):
                yield from _cycle_fault(records, fact.at("period"), fact.period)


def _cycle_fault(records: UnitRecords, place: Place, period: Period) -> Iterator[Problem]:
    if not records.unit.schemes:
        yield problem(place, "wrong-period", "单位没有写启用哪个方案", "在 unit.yml 的 schemes 里写上方案和起始周期")
        return
    first = min(entry.since for entry in records.unit.schemes)
    if first.first > period.last:
        message = f"{period.title}还没有方案在执行（最早从 {first} 开始）"
        yield problem(place, "wrong-period", message, "改正周期，或在 unit.yml 的 schemes 里补上当时的方案")
        return
    book = records.book(period)
    if book is None:
        return
    cycle = book.scheme.cycle
    if period.kind != cycle.period:
        quarterly = cycle.period == "quarter"
        expected = "季度考核一次，周期写成 2026-Q1 这样" if quarterly else "半年考核一次，周期写成 2026-H1 这样"
        yield problem(
            place, "wrong-period", f"方案的考核周期不是 {period} 这样的", f"方案每{expected}", clause=cycle.cite
        )
    elif cycle.since is not None and period.last < cycle.since.first:
        yield problem(
            place, "wrong-period", f"方案从 {cycle.since} 开始考核，没有 {period}", "改正周期", clause=cycle.cite
        )


#: What may change over time, as officials call it.
TERM_TITLES: Mapping[str, str] = {
    "department": "科室",
    "post": "岗位",
    "category": "人员类别",
    "leader": "是否领导成员",
    "head": "科室负责人",
    "led_by": "分管领导",
    **ROLES,
}


def bad_date(records: UnitRecords) -> Iterator[Problem]:
    """日期的先后要合理：结束不早于开始，任期不重叠，记实的日期在那一周里。"""
    for person in records.people.values():
        if person.left is not None and person.left < person.joined:
            yield problem(person.at("left"), "bad-date", f"{person.name}的离开日期早于到岗日期", "核对 joined 和 left")
        yield from _term_faults(person, ("department", "post", "category", "leader"))
    for department in records.unit.departments:
        yield from _term_faults(department, ("head",))
        yield from _term_faults(department, ("led_by",), shared=True)
    yield from _term_faults(records.unit.organs, tuple(people.Organs.model_fields), shared=True)
    for items in records.facts.values():
        for fact in items:
            yield from _fact_dates(fact)
    for location, value in records.records.items():
        if isinstance(value, quarterly.Publicity) and value.until < value.since:
            book = records.book(location.period) if location.period else None
            wording = book.scheme.publicity.wording if book else "公示"
            message = f"{wording}的结束日期 {value.until} 早于开始日期 {value.since}"
            yield problem(value.at("to"), "bad-date", message, "核对 from 和 to")
        if isinstance(value, monthly.Log):
            yield from _log_dates(value)
        for note in value if isinstance(value, tuple) else ():
            if isinstance(note, quarterly.FeedbackNote) and note.reviewed_on and note.reviewed_on < note.on:
                message = f"检查整改的日期 {note.reviewed_on} 早于谈话的日期 {note.on}"
                yield problem(note.at("reviewed_on"), "bad-date", message, "核对 on 和 reviewed_on")
    yield from _decided_too_early(records)


def _fact_dates(fact: facts.AnyFact) -> Iterator[Problem]:
    until = getattr(fact, "until", None)
    if until is not None and until < getattr(fact, "since", until):
        yield problem(fact.at("to"), "bad-date", f"结束日期 {until} 早于开始日期", "核对 from 和 to")
    if not isinstance(fact, facts.Absent | facts.Fraud) or fact.refused_on is None:
        return
    if fact.educated_on is None or fact.refused_on < fact.educated_on:
        hint = "先有批评教育（educated_on），后有拒不改正（refused_on）"
        yield problem(fact.at("refused_on"), "bad-date", "拒不改正的日期之前没有批评教育的日期", hint)


def _log_dates(log: monthly.Log) -> Iterator[Problem]:
    for week in log.weeks:
        for entry in week.entries:
            if not week.week.first <= entry.on <= week.week.last:
                message = f"{entry.on} 不在 {week.week} 这一周（{week.week.first} 到 {week.week.last}）"
                yield problem(entry.at("on"), "bad-date", message, "改正日期，或移到它所在的那一周")


def _decided_too_early(records: UnitRecords) -> Iterator[Problem]:
    for location, value in records.records.items():
        if not isinstance(value, quarterly.Determination) or location.period is None:
            continue
        if value.decided_on < location.period.first:
            message = f"审定日期 {value.decided_on} 早于{location.period.title}的第一天"
            yield problem(value.at("decided_on"), "bad-date", message, "核对审定日期，或把文件移到正确的周期")


def _term_faults(value: Any, names: Iterable[str], *, shared: bool = False) -> Iterator[Problem]:
    for name in names:
        for fault in terms_faults(getattr(value, name), shared=shared):
            yield problem(
                value.at(name),
                "bad-date",
                f"{TERM_TITLES[name]}：{fault}",
                "核对每一段的 from 和 to；前一段结束的次日是后一段的开始",
            )
