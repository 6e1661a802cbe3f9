"""What does not count, is not there, or can't be judged: nothing of it may pass in silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pingshi.diagnostics import Problem, problem
from pingshi.records import (
    TERM_TITLES,
    Bonus,
    Misconduct,
    Objection,
    Outstanding,
    Penalty,
    Review,
    holders,
)
from pingshi.source import held
from pingshi.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pingshi.grading.result import PeriodResult
    from pingshi.records import UnitRecords
    from pingshi.schemes import Scheme


def missing_rating(_records: UnitRecords, result: PeriodResult) -> Iterator[Problem]:
    """应当评分、提出等次的人都要有评价；缺了就没有得分，不把权重分给别的部分。"""
    yield from (it for it in result.problems if it.code == "missing-rating")


def not_counted(records: UnitRecords, result: PeriodResult) -> Iterator[Problem]:
    """无权评价的人的评分、方案不受理的异议、方案没有规定的事实，写了也不计入，要说清楚。"""
    if result.book is None:
        return
    yield from _ratings_without_a_role(records, result, result.book.scheme)
    yield from _objections_not_taken(records, result, result.book.scheme)
    for it in result.people:
        yield from _facts_without_a_rule(records, result, result.book.scheme, it)


def _ratings_without_a_role(records: UnitRecords, result: PeriodResult, scheme: Scheme) -> Iterator[Problem]:
    last = result.period.last
    clause = scheme.score.cite if scheme.score else next((it.cite for it in scheme.procedure), None)
    for reviewer, review in records.by_person(Review, "reviews", result.period).items():
        role, name = scheme.role_title(review.role), records.name_of(reviewer)
        for it in review.people:
            place = review.at("people", it)
            if it == reviewer:
                hint = "删掉这一项，由有权评价的人填写"
                yield problem(place, "not-counted", f"{name}给自己的评价不计入", hint, clause=clause)
            elif it in result.people and reviewer not in holders(records, review.role, it, last):
                message = f"{name}在 {last} 不是{records.name_of(it)}的{role}，这一项不计入"
                hint = "核对 role、科室负责人（head）和分管领导（led_by）；确实无权评价的，把意见转给有权的人作为依据"
                yield problem(place, "not-counted", message, hint, clause=clause)


def _objections_not_taken(records: UnitRecords, result: PeriodResult, scheme: Scheme) -> Iterator[Problem]:
    rule = scheme.objections
    if rule is None:
        return
    for it, objection in records.by_person(Objection, "objections", result.period).items():
        person = result.people.get(it)
        if person is not None and person.determined is not None and person.determined not in rule.grades:
            message = f"{person.name}的等次是{person.determined}，方案只受理对{listed(rule.grades)}等次的复核"
            yield problem(objection.place, "not-counted", message, "向本人说明；意见可以在反馈时听取", clause=rule.cite)


def _facts_without_a_rule(records: UnitRecords, result: PeriodResult, scheme: Scheme, person: str) -> Iterator[Problem]:
    """Facts are entered to have an effect; one for which the scheme has no rule is said to have none."""
    adjusts = scheme.score is not None and scheme.score.adjust is not None
    general = {rule.fact for rule in scheme.overrides if rule.item is None}
    for fact in records.facts.get(person, ()):
        match fact:
            case Bonus() | Penalty():
                counted = adjusts
            case Outstanding() | Misconduct():
                counted = fact.item is not None or fact.kind in general
            case _:
                continue
        if not counted and result.period.holds(fact.on):
            items = scheme.items(fact.kind) if isinstance(fact, Outstanding | Misconduct) else ()
            match_it = f"属于方案所列情形的，写上 item（可以写：{'、'.join(items)}）" if items else "核对 kind"
            good = isinstance(fact, Bonus | Outstanding)
            keep_it = "只作记载的，改成 kind: merit（实绩）" if good else "确实对不上的，可以不记"
            message = f"{records.name_of(person)} {fact.on} 的这条记录，对不上方案的规定，不影响等次"
            yield problem(fact.place, "not-counted", message, f"{match_it}；{keep_it}")


def unheld_on_the_last_day(records: UnitRecords, result: PeriodResult) -> Iterator[Problem]:
    """周期最后一天在册的人，那一天要有科室、岗位、人员类别。"""
    for it in result.people:
        person = records.people[it]
        for key in ("department", "post", "category", "leader"):
            if held(getattr(person, key), result.period.last) is None:
                message = f"{person.name}在 {result.period.last}（{result.period.title}最后一天）没有{TERM_TITLES[key]}"
                yield problem(person.at(key), "bad-date", message, "补上那一天所在的一段")


def unknown_year(_records: UnitRecords, result: PeriodResult) -> Iterator[Problem]:
    """需要工作日历而没有该年的，要说清楚，不按周一到周五猜。"""
    yield from (it for it in result.problems if it.code == "unknown-calendar")
