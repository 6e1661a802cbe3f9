"""Whether tasks name the goals that they break down, and were changed by those who may (C6, D4, Z4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pingshi.diagnostics import problem
from pingshi.layout import Location
from pingshi.periods import Period
from pingshi.records import Goals, Plan, holders
from pingshi.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pingshi.diagnostics import Problem
    from pingshi.records import Adjusted, Task, UnitRecords
    from pingshi.schemes import TaskAdjustment


def adjusted_by_others(records: UnitRecords) -> Iterator[Problem]:
    """任务调整要由方案规定的领导签字、同意。"""
    for month, person, plan in _plans(records):
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
    asked = (
        ("signed_by", rule.sign, titles[0], adjusted.signed_by, "签字"),
        ("agreed_by", rule.agree, titles[1], adjusted.agreed_by, "同意"),
    )
    name = records.name_of(person)
    for key, role, title, given, did in asked:
        if given not in records.people or Location(records.id, "people", None, given) in records.broken:
            continue  # which has been reported
        days = (adjusted.requested_on, adjusted.agreed_on)
        held = [it for day in days for it in holders(records, role, person, day) if it != person]
        if given not in held and (held or given == person):
            message = f"{name}的任务 {task.id} 由{records.name_of(given)}{did}调整，按方案应由{title}{did}"
            who = listed(dict.fromkeys(records.name_of(it) for it in held))
            hint = f"由{who}补办；不能补办的，按原定的期限评价" if who else f"先在 unit.yml 里写明{title}，再由其{did}"
            yield problem(adjusted.at(key), "not-counted", message, hint, clause=rule.cite)


def agreed_too_early(records: UnitRecords) -> Iterator[Problem]:
    """任务调整先提出、后同意。"""
    for _, _, plan in _plans(records):
        for task in plan.tasks:
            if task.adjusted is not None and task.adjusted.agreed_on < task.adjusted.requested_on:
                message = f"任务 {task.id} 的调整在提出（{task.adjusted.requested_on}）以前就同意了"
                hint = "核对 requested_on 和 agreed_on"
                yield problem(task.adjusted.at("agreed_on"), "not-counted", message, hint)


def unknown_goal(records: UnitRecords) -> Iterator[Problem]:
    """任务写明由哪一项年度目标分解而来的，那项目标要在本人的年度目标里。"""
    for month, person, plan in _plans(records):
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


def _plans(records: UnitRecords) -> Iterator[tuple[Period, str, Plan]]:
    for location, value in records.records.items():
        if isinstance(value, Plan) and location.period is not None and location.person is not None:
            yield location.period, location.person, value
