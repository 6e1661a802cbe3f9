"""What grading itself came upon: ratings that are not there, do not count, or can't be judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pingshi.diagnostics import Problem, problem
from pingshi.records import Objection
from pingshi.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pingshi.grading.result import PeriodResult
    from pingshi.records import UnitRecords


def missing_rating(_records: UnitRecords, result: PeriodResult) -> Iterator[Problem]:
    """应当评分、提出等次的人都要有评价；缺了就没有得分，不把权重分给别的部分。"""
    yield from (it for it in result.problems if it.code == "missing-rating")


def not_counted(records: UnitRecords, result: PeriodResult) -> Iterator[Problem]:
    """无权评价的人的评分、方案不受理的异议，写了也不计入，要说清楚。"""
    yield from (it for it in result.problems if it.code == "not-counted")
    rule = result.book.scheme.objections if result.book else None
    if rule is None:
        return
    for it, objection in records.by_person(Objection, "objections", result.period).items():
        person = result.people.get(it)
        if person is not None and person.determined is not None and person.determined not in rule.grades:
            message = f"{person.name}的等次是{person.determined}，方案只受理对{listed(rule.grades)}等次的复核"
            yield problem(objection.place, "not-counted", message, "向本人说明；意见可以在反馈时听取", clause=rule.cite)


def unknown_year(_records: UnitRecords, result: PeriodResult) -> Iterator[Problem]:
    """需要工作日历而没有该年的，要说清楚，不按周一到周五猜。"""
    yield from (it for it in result.problems if it.code == "unknown-calendar")
