"""What an objection and the reply to it say about a result (C18, D13, Z12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pingshi.grading.result import Step
from pingshi.records import Objection, Reply
from pingshi.wording import day as day_words

if TYPE_CHECKING:
    from pingshi.periods import Period
    from pingshi.records import UnitRecords
    from pingshi.schemes import Scheme


def changed_by(records: UnitRecords, period: Period, person: str) -> Reply | None:
    """Return the reply that changed somebody's grade, or None."""
    reply = records.get(Reply, "replies", period, person)
    return reply if reply is not None and reply.outcome == "changed" and reply.grade is not None else None


def objection_clause(scheme: Scheme) -> str | None:
    """Return the clause under which objections are raised, where the scheme has one."""
    deadline = scheme.deadline("objection") or scheme.deadline("reply")
    return scheme.objections.cite if scheme.objections else deadline.cite if deadline else None


def reply_clause(scheme: Scheme) -> str | None:
    """Return the clause under which objections are replied to, where the scheme has one."""
    deadline = scheme.deadline("reply")
    return deadline.cite if deadline else objection_clause(scheme)


def objection_steps(records: UnitRecords, scheme: Scheme, period: Period, person: str) -> list[Step]:
    """Tell what the person objected, and what was replied."""
    steps = []
    objection = records.get(Objection, "objections", period, person)
    if objection is not None:
        says = f"{day_words(objection.raised_on)}，本人提出异议：{objection.says.strip().rstrip('。')}。"
        steps.append(Step("objection", objection_clause(scheme), says, None, objection.at("raised_on")))
    reply = records.get(Reply, "replies", period, person)
    if reply is not None:
        result = "维持原结果"
        if reply.outcome == "changed":
            result = f"改变原结果，等次改为{reply.grade}" if reply.grade else "改变原结果，改成什么等次还没有填写"
        says = f"{day_words(reply.replied_on)}答复，{result}：{reply.says.strip().rstrip('。')}。"
        steps.append(Step("reply", reply_clause(scheme), says, reply.grade, reply.at("outcome")))
    return steps
