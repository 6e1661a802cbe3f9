"""The duties of a period of assessment: what participants file, leaders rate, the office does, and what follows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from pingshi.agenda.duty import Duty, Someone
from pingshi.agenda.holders import in_office, named
from pingshi.agenda.material import Order, material_duty, office_duty, unknown_year, unread
from pingshi.agenda.rating import rating_duties
from pingshi.grading import changed_by, follow_ups, objection_clause, owed, reply_clause
from pingshi.layout import Location
from pingshi.periods import UnknownYearError
from pingshi.records import Determination, FeedbackNote, Objection, Reply
from pingshi.schemes import Material, vocabulary
from pingshi.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pingshi.grading import PeriodResult
    from pingshi.periods import Period
    from pingshi.records import UnitRecords
    from pingshi.schemes import FollowUp, Scheme, Span


_AFTER = "审定以后办理"


@dataclass(frozen=True, slots=True)
class _Asked:
    """What all duties of a period rest on."""

    records: UnitRecords
    scheme: Scheme
    result: PeriodResult
    determination: Determination | None

    @property
    def period(self) -> Period:
        return self.result.period

    @property
    def after(self) -> date:
        """The first day on which the period can be judged."""
        return self.period.last + timedelta(days=1)

    def by_office(self, location: Location, order: Order, *, done: bool, about: str | None = None) -> Duty:
        """Return a duty of the office that runs the assessment."""
        return office_duty(self.records, self.scheme, self.period, location, order, done=done, about=about)


def period_duties(records: UnitRecords, result: PeriodResult) -> Iterator[Duty]:
    """Yield every duty of a period, done or not, whatever day it is."""
    if result.book is None:
        return
    determination = records.get(Determination, "determination", result.period)
    asked = _Asked(records, result.book.scheme, result, determination)
    for it in owed(records, result):
        weekly = isinstance(it.rule, Material) and it.rule.each == "week"
        if it.week is not None or not weekly or it.location in records.broken:
            yield material_duty(records, asked.scheme, result.period, it)
    yield from rating_duties(records, asked.scheme, result)
    yield from _consultation(asked)
    yield from _decision(asked)
    yield from _to_come(asked)
    yield from _follow_ups(asked)
    yield from _improvements(asked)
    yield from _replies(asked)


def _limit(asked: _Asked, start: date, within: Span) -> tuple[date | None, str | None]:
    """Return the last day of a limit, or why nobody can tell it."""
    calendar = asked.records.calendar
    try:
        if within.workdays:
            return calendar.deadline_workdays(start, within.count), None
        return calendar.deadline_days(start, within.count), None
    except UnknownYearError as error:
        return None, unknown_year(error, str(within))


def _consultation(asked: _Asked) -> Iterator[Duty]:
    rule, determination = asked.scheme.consultation, asked.determination
    if rule is None:
        return
    if determination is not None and not any(it.grade in rule.grades for it in determination.grades.values()):
        return
    consulted = determination.consulted if determination else None
    location = Location(asked.records.id, "determination", asked.period)
    whom = asked.scheme.role_title(rule.whom)
    yield asked.by_office(
        location,
        Order(
            f"就拟定的{listed(rule.grades)}等次人员征求{whom}意见",
            asked.after,
            rule.cite,
            f"{listed(rule.grades)}等次人员须先征求{whom}意见，再公布",
        ),
        done=consulted is not None and consulted.discipline_inspection is not None,
    )


def _decision(asked: _Asked) -> Iterator[Duty]:
    records, scheme, result = asked.records, asked.scheme, asked.result
    graded = {it: person for it, person in result.people.items() if person.participation == "graded"}
    if not graded:
        return
    rules = list(dict.fromkeys(it.procedure for it in graded.values() if it.procedure is not None))
    deadline = scheme.deadline("determination")
    due, note = _limit(asked, asked.period.last, deadline.within) if deadline else (None, None)
    roles = list(dict.fromkeys(it.decide for it in rules))
    who = [
        one for it in graded for role in roles for one in in_office(records, role, asked.after, it, asked.period.last)
    ]
    who += in_office(records, "personnel_office", asked.after)
    location = Location(records.id, "determination", asked.period)
    decided = asked.determination.grades if asked.determination else {}
    missing = [person.name for it, person in graded.items() if it not in decided]
    if asked.determination is not None and missing:
        note = f"审定结果里还没有{listed(missing)}"
    yield Duty(
        unit=records.id,
        period=asked.period,
        kind="determination",
        task="审定等次并登记",
        role=listed([*(scheme.role_title(it) for it in roles), scheme.terms.office]),
        who=tuple(dict.fromkeys(who)),
        about=None,
        path=location.path,
        since=asked.after,
        due=due,
        note=unread(records, location) or note,
        clause=deadline.cite if deadline else rules[0].cite if rules else scheme.grades.cite,
        says=deadline.says if deadline else rules[0].says if rules else "",
        done=asked.determination is not None and not missing,
    )


def _to_come(asked: _Asked) -> Iterator[Duty]:
    """Yield what follows every decision, as long as there is none: making it known, and telling everybody."""
    records, scheme = asked.records, asked.scheme
    taking_part = [it for it, person in asked.result.people.items() if person.takes_part]
    if asked.determination is not None or not taking_part:
        return
    rule = scheme.publicity
    location = Location(records.id, "publicity", asked.period)
    order = Order(f"{rule.wording}结果", asked.after, rule.cite, f"{rule.wording}考核结果", note=_AFTER)
    yield asked.by_office(location, order, done=False)
    for told in scheme.follow_up:
        if told.grades is None and told.fact is None and "feedback" in told.kinds:
            who = [one for it in taking_part for one in _leaders(asked, told, it)]
            yield Duty(
                unit=records.id,
                period=asked.period,
                kind="feedback",
                task="反馈考核结果",
                role="或者".join(scheme.role_title(role) for role in told.roles),
                who=tuple(dict.fromkeys(who)),
                about=None,
                path=f"{Location(records.id, 'feedback', asked.period, '').path.rpartition('/')[0]}/",
                since=asked.after,
                due=None,
                note=_AFTER,
                clause=told.cite,
                says=told.says,
                done=False,
            )


def _leaders(asked: _Asked, rule: FollowUp, person: str) -> list[Someone]:
    """Return those whose task a talk is, now or later."""
    last = asked.period.last
    found = [one for role in rule.roles for one in in_office(asked.records, role, last, person, last)]
    return list(dict.fromkeys(found))


def _follow_ups(asked: _Asked) -> Iterator[Duty]:
    records, scheme = asked.records, asked.scheme
    for it in follow_ups(records, asked.result):
        kinds = "或者".join(vocabulary.FEEDBACK_KINDS[kind] for kind in it.rule.kinds)
        task = {"结果反馈": "反馈考核结果"}.get(kinds, kinds)
        if it.rule.plan:
            task = "帮助制定整改措施"
        yield Duty(
            unit=records.id,
            period=asked.period,
            kind="feedback",
            task=task,
            role="或者".join(scheme.role_title(role) for role in it.rule.roles),
            who=tuple(_leaders(asked, it.rule, it.person)),
            about=Someone(it.person, records.name_of(it.person)),
            path=it.location.path,
            since=it.since,
            due=None,
            note=None,
            clause=it.rule.cite,
            says=it.rule.says,
            done=it.done,
        )


def _improvements(asked: _Asked) -> Iterator[Duty]:
    """Yield whose improvement must be looked at when its term is over: whoever agreed on it looks."""
    records = asked.records
    rules = {kind: rule for rule in reversed(asked.scheme.follow_up) for kind in rule.kinds}
    for leader, items in records.by_person(tuple, "feedback", asked.period).items():
        for note in items:
            if not isinstance(note, FeedbackNote) or note.plan is None or note.due is None:
                continue
            rule = rules.get(note.kind)
            yield Duty(
                unit=records.id,
                period=asked.period,
                kind="feedback",
                task="检查整改情况",
                role="谈话的领导",
                who=named(records, [leader]),
                about=Someone(note.person, records.name_of(note.person)),
                path=Location(records.id, "feedback", asked.period, leader).path,
                since=note.on,
                due=note.due,
                note="检查以后，在这次谈话的记录里填写检查日期（reviewed_on）",
                clause=rule.cite if rule else None,
                says="按谈话时商定的整改期限",
                done=note.reviewed_on is not None,
            )


def _replies(asked: _Asked) -> Iterator[Duty]:
    records, scheme = asked.records, asked.scheme
    deadline, clause = scheme.deadline("reply"), reply_clause(scheme)
    for it, objection in records.by_person(Objection, "objections", asked.period).items():
        person = asked.result.people.get(it)
        if scheme.objections and person and person.determined and person.determined not in scheme.objections.grades:
            continue  # not taken, which `check` says
        due, note = _limit(asked, objection.raised_on, deadline.within) if deadline else (None, None)
        yield asked.by_office(
            Location(records.id, "replies", asked.period, it),
            Order(
                "答复异议",
                objection.raised_on,
                deadline.cite if deadline else objection_clause(scheme),
                deadline.says if deadline else "对提出的异议给予答复",
                due,
                note,
            ),
            done=records.get(Reply, "replies", asked.period, it) is not None,
            about=it,
        )
    for it in records.by_person(Reply, "replies", asked.period):
        reply = changed_by(records, asked.period, it)
        if reply is None:
            continue
        decided = asked.determination.grades.get(it) if asked.determination else None
        yield asked.by_office(
            Location(records.id, "determination", asked.period),
            Order(
                "按复核结果更正审定结果",
                reply.replied_on,
                clause,
                f"复核改为{reply.grade}的，审定结果随之更正",
            ),
            done=decided is not None and decided.grade == reply.grade,
            about=it,
        )
