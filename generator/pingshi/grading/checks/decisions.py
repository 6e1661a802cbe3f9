"""Whether what was decided keeps to the rules: quota, bounds, reasons, ties."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pingshi.diagnostics import Place, Problem, problem
from pingshi.grading.objections import changed_by
from pingshi.grading.quota import pool_title
from pingshi.grading.scoring import rating_of, reviewers
from pingshi.grading.standing import Standing
from pingshi.layout import scheme_path
from pingshi.records import Determination, Objection
from pingshi.schemes import REVIEWER_ROLES
from pingshi.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pingshi.grading.result import PeriodResult, PersonResult, PoolResult
    from pingshi.records import Decided, UnitRecords
    from pingshi.schemes import Book


def quota_exceeded(records: UnitRecords, result: PeriodResult) -> Iterator[Problem]:
    """好等次的人数不得超过方案的限额；原则上的限额写明理由 (quota_reason) 可以超过，还只是建议的先提醒。"""
    determination = records.get(Determination, "determination", result.period)
    if any(it.kind == "people" for it in records.broken):
        return  # how many take part can't be told until that file is mended, which has been reported
    for pool in result.pools:
        if pool.used <= pool.limit:
            continue
        title = pool_title(records, pool.rule, pool.pool)
        base = f"{title}参加考核 {pool.base} 人，{pool.rule.grade}等次限额 {pool.limit} 人"
        if determination is None or not determination.grades:
            names = listed(
                result.people[it].name for it in pool.members if result.people[it].suggested == pool.rule.grade
            )
            place = _suggested_at(records, result, pool.members, pool.rule.grade)
            message = f"{base}，目前建议为{pool.rule.grade}的有 {pool.used} 人（{names}）"
            hint = f"审定前研究减少人数{_preferred(records, result, pool)}"
            yield problem(place, "quota-exceeded", message, hint, clause=pool.rule.cite, severity="warning")
            continue
        excused = pool.rule.strength == "in_principle" and determination.quota_reason is not None
        hint = (
            "减少人数，或在审定结果里写明 quota_reason"
            if pool.rule.strength == "in_principle"
            else "减少人数；这个限额不能超过"
        )
        yield problem(
            determination.at("grades"),
            "quota-exceeded",
            f"{base}，审定了 {pool.used} 人" + (f"（理由：{determination.quota_reason}）" if excused else ""),
            "方案对限额用的是“原则上”，理由已写明，请确认" if excused else hint,
            clause=pool.rule.cite,
            severity="warning" if excused else "error",
        )


def _preferred(records: UnitRecords, result: PeriodResult, pool: PoolResult) -> str:
    """Tell the deciders whom the scheme leans to, where it does."""
    prefer = pool.rule.prefer
    if prefer is None:
        return ""
    suggested = [it for it in pool.members if result.people[it].suggested == pool.rule.grade]
    names = [result.people[it].name for it in suggested if Standing(records, it, result.period).holds(prefer.when)]
    return f"；{prefer.says}，其中符合的有：{listed(names) or '无'}"


def _suggested_at(records: UnitRecords, result: PeriodResult, members: tuple[str, ...], grade: str) -> Place:
    """Return a place among what was proposed or set: the first of those suggested."""
    for it in members:
        person = result.people[it]
        if person.suggested == grade:
            order = ("override", "proposal", "band")
            places = [step.at for rule in order for step in person.steps if step.at and step.rule == rule]
            return places[0] if places else records.people[it].place
    return Place(scheme_path(result.book.name if result.book else ""))


def grade_not_allowed(records: UnitRecords, result: PeriodResult) -> Iterator[Problem]:
    """审定的等次不得是方案规则所不许的；原则上的规则写明理由可以例外。"""
    determination = records.get(Determination, "determination", result.period)
    book = result.book
    if determination is None or book is None:
        return
    for it, decided in determination.grades.items():
        if decided.grade not in book.scheme.grades.names:
            continue  # bad-value has said so
        place = determination.at("grades", it)
        person = result.people.get(it)
        if person is None:
            if it in records.people:
                message = (
                    f"{records.name_of(it)}在 {result.period.last} 不在册，不参加{result.period.title}考核，不能定等次"
                )
                hint = "核对 people 里的 joined 和 left；不该定的就删掉这一项"
                yield problem(place, "grade-not-allowed", message, hint)
            continue
        if person.participation != "graded":
            words = {
                "comment_only": "参加考核但不确定等次",
                "elsewhere": "不在本单位考核，本单位不定等次",
                "excluded": "不参加考核",
            }
            message = f"{person.name}{words[person.participation]}，不能审定为{decided.grade}"
            hints = {
                "comment_only": "删掉这一项；评语写在评鉴表里",
                "elsewhere": "删掉这一项；考核单位给的结果写在 outside/ 里",
                "excluded": "删掉这一项",
            }
            hint = hints[person.participation]
            yield problem(place, "grade-not-allowed", message, hint, clause=person.rule.cite if person.rule else None)
            continue
        yield from _forbidden(book, person, decided, place)
        yield from _against_the_decider(records, result, person, decided, place)


def _forbidden(book: Book, person: PersonResult, decided: Decided, place: Place) -> Iterator[Problem]:
    grades, bounds = book.scheme.grades, person.bounds
    if decided.grade in bounds.allows:
        return
    rank = grades.rank(decided.grade)
    for cap in bounds.caps:
        if rank < grades.rank(cap.grade):
            says = f"方案规定“{cap.says}”，等次不得高于{cap.grade}"
            yield _not_allowed(place, person, decided, says, cap.cite, cap.strength)
    if bounds.sets is not None and decided.grade != bounds.sets.grade:
        says = f"方案规定“{bounds.sets.says}”，应确定为{bounds.sets.grade}"
        yield _not_allowed(place, person, decided, says, bounds.sets.cite, bounds.sets.strength)
    elif bounds.sets is None and bounds.band_cap is not None and rank < grades.rank(bounds.band_cap):
        written = person.score.written if person.score else ""
        says = f"得分 {written} 分，由得分定为{bounds.band_cap}"
        yield _not_allowed(place, person, decided, says, grades.cite, "firm")


def _not_allowed(
    place: Place, person: PersonResult, decided: Decided, says: str, clause: str, strength: str
) -> Problem:
    message = f"{person.name}审定为{decided.grade}，但{says}"
    if strength == "in_principle" and decided.reason is not None:
        return problem(
            place,
            "grade-not-allowed",
            message,
            "方案用的是“原则上”，理由已写明，请确认",
            clause=clause,
            severity="warning",
        )
    hint = (
        "按规定改正等次，或写明 reason（方案用的是“原则上”）"
        if strength == "in_principle"
        else "按规定改正等次；这一条写了理由也不能例外"
    )
    return problem(place, "grade-not-allowed", message, hint, clause=clause)


def _against_the_decider(
    records: UnitRecords, result: PeriodResult, person: PersonResult, decided: Decided, place: Place
) -> Iterator[Problem]:
    """Where a reviewer decides (not the leadership), the determination repeats that grade (reading 12)."""
    procedure = person.procedure
    if procedure is None or procedure.decide not in REVIEWER_ROLES:
        return
    standing = Standing(records, person.person, result.period)
    given: dict[str, str] = {}
    for reviewer in reviewers(standing, procedure.decide):
        _, rating = rating_of(standing, procedure.decide, reviewer)
        if rating is not None and rating.grade is not None:
            given[reviewer] = rating.grade
    if given and decided.grade not in given.values() and not _is_replied(records, result, person.person, decided):
        role = result.book.scheme.role_title(procedure.decide) if result.book else procedure.decide
        told = listed(f"{records.name_of(it)}审定为{grade}" for it, grade in given.items())
        message = f"{person.name}已由{role}{told}，审定结果里却是{decided.grade}"
        yield problem(
            place, "grade-not-allowed", message, "审定结果应与有权审定的人一致：改正其中一处", clause=procedure.cite
        )


def reason_missing(records: UnitRecords, result: PeriodResult) -> Iterator[Problem]:
    """审定的等次与建议不一致的，要写明理由。"""
    determination = records.get(Determination, "determination", result.period)
    book = result.book
    if determination is None or book is None:
        return
    for it, decided in determination.grades.items():
        person = result.people.get(it)
        if (
            person is None
            or person.suggested is None
            or decided.grade == person.suggested
            or decided.reason is not None
            or decided.grade in person.bounds.allows
            or decided.grade not in book.scheme.grades.names
            or _is_replied(records, result, it, decided)
            or any(True for _ in _forbidden(book, person, decided, determination.place))
        ):
            continue
        message = f"{person.name}建议为{person.suggested}，审定为{decided.grade}，没有写理由"
        hint = f"写成 {it}: {{grade: {decided.grade}, reason: …}}"
        clause = person.procedure.cite if person.procedure else book.scheme.grades.cite
        yield problem(determination.at("grades", it), "reason-missing", message, hint, clause=clause)


def _is_replied(records: UnitRecords, result: PeriodResult, person: str, decided: Decided) -> bool:
    """Tell whether the reply to an objection changed the grade to the one decided; the reply is the reason then."""
    reply = changed_by(records, result.period, person)
    objection = records.get(Objection, "objections", result.period, person)
    return (
        reply is not None
        and objection is not None
        and objection.raised_on <= reply.replied_on
        and reply.grade == decided.grade
    )


def tie_at_quota(records: UnitRecords, result: PeriodResult) -> Iterator[Problem]:
    """名额边缘得分相同而无法区分的人都不进入，要提请审定的人注意。"""
    determination = records.get(Determination, "determination", result.period)
    for pool in result.pools:
        if not pool.tied:
            continue
        names = listed(records.name_of(it) for it in pool.tied)
        written = {score.written for it in pool.tied if (score := result.people[it].score)}
        message = f"{names}同为 {listed(written)} 分，恰在{pool.rule.grade}等次名额边缘，建议都不进入"
        place = records.people[pool.tied[0]].place
        hint = "由审定的人研究：可以从中确定一人并写明理由，也可以都不进入"
        if determination is not None:
            place = determination.at("grades", pool.tied[0])
            hint = "审定时请留意：从中确定了人选的，要写明理由"
        yield problem(place, "tie-at-quota", message, hint, clause=pool.rule.cite)
