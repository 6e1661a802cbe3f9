"""Whether tasks name the goals that they break down, and were changed by those who may (C6, D4, Z4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pingshi.diagnostics import problem
from pingshi.layout import Location
from pingshi.periods import Period
from pingshi.records import Goals, Plan, holders
from pingshi.wording import day as day_words
from pingshi.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from pingshi.diagnostics import Problem
    from pingshi.grading.result import PeriodResult
    from pingshi.records import Adjusted, Task, UnitRecords
    from pingshi.schemes import TaskAdjustment


def adjusted_by_others(records: UnitRecords, result: PeriodResult) -> Iterator[Problem]:
    """任务调整要由方案规定的领导签字、同意；由别人签字、同意的，调整不算数。"""
    for month, person, plan in _plans(records, result.period):
        book = records.book(month)
        rule = book.scheme.adjustment if book else None
        if rule is None or book is None:
            continue
        for task in plan.tasks:
            if task.adjusted is not None:
                titles = (book.scheme.role_title(rule.sign), book.scheme.role_title(rule.agree))
                yield from _by_others(records, rule, titles, person, task, task.adjusted)


def _by_others(
    records: UnitRecords, rule: TaskAdjustment, titles: tuple[str, str], person: str, task: Task, adjusted: Adjusted
) -> Iterator[Problem]:
    asked: tuple[tuple[str, str, str, str, str, date], ...] = (
        ("signed_by", rule.sign, titles[0], adjusted.signed_by, "签字", adjusted.requested_on),
        ("agreed_by", rule.agree, titles[1], adjusted.agreed_by, "同意", adjusted.agreed_on),
    )
    for key, role, title, given, did, on in asked:
        if given not in records.people or Location(records.id, "people", None, given) in records.broken:
            continue  # which has been reported
        held = holders(records, role, person, on)
        if given not in held:
            name, other = records.name_of(person), records.name_of(given)
            says = f"{name}的任务 {task.id} 由{other}{did}调整，但{other}在{day_words(on)}不是{name}的{title}"
            message = f"{says}，调整不算数"
            who = f"应由{listed(records.name_of(it) for it in held)}{did}" if held else f"先在 unit.yml 里写明{title}"
            yield problem(adjusted.at(key), "not-counted", message, who, clause=rule.cite)


def agreed_too_early(records: UnitRecords, result: PeriodResult) -> Iterator[Problem]:
    """任务调整先提出、后同意。"""
    for _, _, plan in _plans(records, result.period):
        for task in plan.tasks:
            if task.adjusted is not None and task.adjusted.agreed_on < task.adjusted.requested_on:
                message = f"任务 {task.id} 的调整在提出（{task.adjusted.requested_on}）以前就同意了"
                yield problem(task.adjusted.at("agreed_on"), "bad-date", message, "核对 requested_on 和 agreed_on")


def unknown_goal(records: UnitRecords, result: PeriodResult) -> Iterator[Problem]:
    """任务写明由哪一项年度目标分解而来的，那项目标要在本人的年度目标里。"""
    for month, person, plan in _plans(records, result.period):
        year = Period("year", month.year)
        if Location(records.id, "goals", year, person) in records.broken:
            continue
        goals = records.get(Goals, "goals", year, person)
        known = [it.id for it in goals.goals] if goals else []
        for task in plan.tasks:
            if task.goal is not None and task.goal not in known:
                hint = f"目标有：{', '.join(known)}" if known else "先补上这一年的年度目标"
                message = f"{records.name_of(person)}的年度目标里没有“{task.goal}”"
                yield problem(task.at("goal"), "bad-value", message, hint)


def _plans(records: UnitRecords, period: Period) -> Iterator[tuple[Period, str, Plan]]:
    for month in period.months:
        for person, plan in records.by_person(Plan, "plans", month).items():
            yield month, person, plan
