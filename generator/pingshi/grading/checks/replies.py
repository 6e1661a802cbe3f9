"""Whether the reply to an objection says what it must, and the determination what the reply says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pingshi.diagnostics import problem
from pingshi.grading.objections import changed_by, reply_clause
from pingshi.records import Determination, Objection, Reply
from pingshi.wording import day as day_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pingshi.diagnostics import Problem
    from pingshi.grading.result import PeriodResult
    from pingshi.records import UnitRecords


def reply_without_grade(records: UnitRecords, result: PeriodResult) -> Iterator[Problem]:
    """复核改变原结果的，答复里要写明改定的等次。"""
    clause = reply_clause(result.book.scheme) if result.book else None
    for it, reply in records.by_person(Reply, "replies", result.period).items():
        if reply.outcome == "changed" and reply.grade is None:
            message = f"答复改变了{records.name_of(it)}的结果，但没有写改定的等次，无法据以更正"
            yield problem(reply.at("outcome"), "not-counted", message, "补上 grade: 改定的等次", clause=clause)


def reply_contradicts_itself(records: UnitRecords, result: PeriodResult) -> Iterator[Problem]:
    """复核维持原结果的，答复里写的等次要与审定结果一致。"""
    clause = reply_clause(result.book.scheme) if result.book else None
    determination = records.get(Determination, "determination", result.period)
    for it, reply in records.by_person(Reply, "replies", result.period).items():
        decided = determination.grades.get(it) if determination else None
        if reply.outcome == "upheld" and reply.grade is not None and decided and decided.grade != reply.grade:
            message = f"答复维持{records.name_of(it)}的原结果，写的等次却是{reply.grade}，审定结果是{decided.grade}"
            hint = "维持原结果的删掉 grade；改变结果的，把 outcome 写成 changed（改变原结果）"
            yield problem(reply.at("grade"), "not-counted", message, hint, clause=clause)


def replied_too_early(records: UnitRecords, result: PeriodResult) -> Iterator[Problem]:
    """先有异议，后有答复。"""
    clause = reply_clause(result.book.scheme) if result.book else None
    objections = records.by_person(Objection, "objections", result.period)
    for it, reply in records.by_person(Reply, "replies", result.period).items():
        if it in objections and reply.replied_on < objections[it].raised_on:
            message = (
                f"对{records.name_of(it)}的答复日期 {reply.replied_on} 早于提出异议的日期 {objections[it].raised_on}"
            )
            hint = "核对两个日期，改正写错的一个"
            yield problem(reply.at("replied_on"), "not-counted", message, hint, clause=clause)


def determination_against_reply(records: UnitRecords, result: PeriodResult) -> Iterator[Problem]:
    """复核改变了等次的，审定结果要随之更正。"""
    determination = records.get(Determination, "determination", result.period)
    if determination is None or result.book is None:
        return
    grades = result.book.scheme.grades.names
    for it in records.by_person(Reply, "replies", result.period):
        reply = changed_by(records, result.period, it)
        decided = determination.grades.get(it)
        if reply is None or reply.grade not in grades or (decided is not None and decided.grade == reply.grade):
            continue
        stands = f"审定结果里还是{decided.grade}" if decided else "审定结果里没有写"
        message = f"{day_words(reply.replied_on)}的答复把{records.name_of(it)}的等次改为{reply.grade}，{stands}"
        hint = f"把 grades 下的 {it} 改成 {reply.grade}；答复有误的，改正答复"
        place = determination.at("grades", it)
        yield problem(place, "grade-not-allowed", message, hint, clause=reply_clause(result.book.scheme))
