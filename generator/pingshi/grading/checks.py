"""The checks that need results: one function, one code, one sentence each; and all checks run together.

Each takes a unit's records and a period's result. Most speak only once the period has a
determination: before that, what is missing is merely still to come (design §6).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pingshi.diagnostics import Place, Problem, arranged, problem
from pingshi.grading import due
from pingshi.grading.period import grade_period
from pingshi.grading.quota import pool_title
from pingshi.grading.scoring import rating_of, reviewers
from pingshi.grading.standing import Standing, unknown_calendar
from pingshi.layout import RECORDS, SCHEMES, Location, scheme_path
from pingshi.periods import Period, UnknownYearError
from pingshi.records import CHECKS as RECORD_CHECKS
from pingshi.records import Determination, FeedbackNote, Objection, Publicity, Reply
from pingshi.schemes import REVIEWER_ROLES, ROLES
from pingshi.wording import day as day_words
from pingshi.wording import listed, number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from pingshi.grading.result import PeriodResult, PersonResult
    from pingshi.records import Decided, Snapshot, UnitRecords
    from pingshi.schemes import Book, Span


def quota_exceeded(records: UnitRecords, result: PeriodResult) -> Iterator[Problem]:
    """好等次的人数不得超过方案的限额；原则上的限额写明理由 (quota_reason) 可以超过，还只是建议的先提醒。"""
    determination = records.get(Determination, "determination", result.period)
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
            yield problem(
                place, "quota-exceeded", message, "审定前研究减少人数", clause=pool.rule.cite, severity="warning"
            )
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


def _suggested_at(records: UnitRecords, result: PeriodResult, members: tuple[str, ...], grade: str) -> Place:
    """Return a place among what was proposed or set: the first of those suggested."""
    for it in members:
        person = result.people[it]
        if person.suggested == grade:
            places = [step.at for step in person.steps if step.at and step.rule in ("proposal", "override", "band")]
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
                yield problem(
                    place,
                    "grade-not-allowed",
                    message,
                    hint,
                    clause=book.scheme.participants[0].cite if book.scheme.participants else None,
                )
            continue
        if person.participation != "graded":
            words = {
                "comment_only": "参加考核但不确定等次",
                "elsewhere": "由所在单位考核，本单位不定等次",
                "excluded": "不参加考核",
            }
            message = f"{person.name}{words[person.participation]}，不能审定为{decided.grade}"
            hint = (
                "删掉这一项；所在单位给的结果写在 outside/ 里"
                if person.participation == "elsewhere"
                else "删掉这一项；评语写在评鉴表里"
            )
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
            yield _not_allowed(place, person, decided, f"{cap.says}，等次不得高于{cap.grade}", cap.cite, cap.strength)
    if bounds.sets is not None and decided.grade != bounds.sets.grade:
        says = f"{bounds.sets.says}，应确定为{bounds.sets.grade}"
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
    if given and decided.grade not in given.values():
        told = listed(f"{ROLES[procedure.decide]}{records.name_of(it)}审定为{grade}" for it, grade in given.items())
        message = f"{person.name}{told}，审定结果里却是{decided.grade}"
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
            or any(True for _ in _forbidden(book, person, decided, determination.place))
        ):
            continue
        message = f"{person.name}建议为{person.suggested}，审定为{decided.grade}，没有写理由"
        hint = f"写成 {it}: {{grade: {decided.grade}, reason: …}}"
        clause = person.procedure.cite if person.procedure else book.scheme.grades.cite
        yield problem(determination.at("grades", it), "reason-missing", message, hint, clause=clause)


def not_consulted(records: UnitRecords, result: PeriodResult) -> Iterator[Problem]:
    """方案要求先征求纪检监察机关意见的，有好等次的审定结果要写明征求情况，并且先征求、后公布。"""
    determination = records.get(Determination, "determination", result.period)
    rule = result.book.scheme.consultation if result.book else None
    if (
        determination is None
        or rule is None
        or not any(it.grade in rule.grades for it in determination.grades.values())
    ):
        return
    consulted = determination.consulted.discipline_inspection if determination.consulted else None
    if consulted is None:
        message = f"审定了{listed(rule.grades)}等次，但没有写征求{ROLES[rule.whom]}意见的情况"
        hint = "补上 consulted: {discipline_inspection: {on: 日期, outcome: no_objection, except: {}}}"
        yield problem(determination.place, "not-consulted", message, hint, clause=rule.cite)
        return
    publicity = records.get(Publicity, "publicity", result.period)
    if publicity is not None and consulted.on > publicity.since:
        message = f"{publicity.since} 已经公布，{consulted.on} 才征求{ROLES[rule.whom]}意见"
        yield problem(consulted.at("on"), "not-consulted", message, "先征求意见，后公布：核对日期", clause=rule.cite)


def publicity_too_short(records: UnitRecords, result: PeriodResult) -> Iterator[Problem]:
    """公示时间不得少于方案规定的天数，首日和末日都计算在内。"""
    publicity = records.get(Publicity, "publicity", result.period)
    rule = result.book.scheme.publicity if result.book else None
    if publicity is None or rule is None or rule.at_least is None or publicity.until < publicity.since:
        return
    try:
        days = (
            len(records.calendar.workdays(publicity.since, publicity.until))
            if rule.at_least.workdays
            else (publicity.until - publicity.since).days + 1
        )
    except UnknownYearError as error:
        yield unknown_calendar(publicity.at("to"), "无法判断公示时间够不够", error)
        return
    if days < rule.at_least.count:
        unit = "个工作日" if rule.at_least.workdays else "日"
        message = f"公示从 {publicity.since} 到 {publicity.until} 只有 {days} {unit}，方案要求不少于 {rule.at_least}"
        yield problem(publicity.at("to"), "publicity-too-short", message, "延长公示的结束日期", clause=rule.cite)


def missing_record(records: UnitRecords, result: PeriodResult) -> Iterator[Problem]:
    """审定以后，方案要求的小结、台账、记实、外单位结果、公示、备案等材料都要有，每个参加的人都要有结果。"""
    determination = records.get(Determination, "determination", result.period)
    if determination is None or result.book is None:
        return
    for missing in due.materials(records, result):
        yield problem(Place(missing.location.path), "missing-record", missing.says, missing.hint, clause=missing.clause)
    for it, person in result.people.items():
        if person.participation == "graded" and it not in determination.grades:
            clause = person.procedure.cite if person.procedure else None
            message = f"审定结果里没有{person.name}"
            yield problem(
                determination.at("grades"), "missing-record", message, f"在 grades 下补上 {it}", clause=clause
            )


def missing_follow_up(records: UnitRecords, result: PeriodResult) -> Iterator[Problem]:
    """审定以后，结果要反馈给本人，一般、较差的还要按方案谈话提醒或批评教育。"""
    determination = records.get(Determination, "determination", result.period)
    book = result.book
    if determination is None or book is None:
        return
    if any(it.kind == "feedback" and it.period == result.period for it in records.broken):
        return  # it may be in the file that can't be read, which has been reported
    notes = [note for items in records.by_person(tuple, "feedback", result.period).values() for note in items]
    done = {(note.person, note.kind) for note in notes if isinstance(note, FeedbackNote)}
    for rule in book.scheme.follow_up:
        for it, person in result.people.items():
            if not person.takes_part or (rule.grades is not None and person.determined not in rule.grades):
                continue
            if person.participation == "graded" and it not in determination.grades:
                continue
            if any((it, kind) in done for kind in rule.kinds):
                continue
            leaders = reviewers(Standing(records, it, result.period), "supervising_leader")
            path = Location(records.id, "feedback", result.period, leaders[0] if leaders else "leader-id").path
            what = "" if rule.grades is None else f"定为{person.determined}，"
            message = f"{person.name}{what}还没有“{rule.says}”的记录"
            hint = f"谈话后在 {path} 里记一条，person: {it}, kind: {' 或 '.join(rule.kinds)}"
            yield problem(determination.at("grades", it), "missing-follow-up", message, hint, clause=rule.cite)


def late(records: UnitRecords, result: PeriodResult) -> Iterator[Problem]:
    """审定、异议、答复要在方案规定的时限以内。"""
    scheme = result.book.scheme if result.book else None
    if scheme is None:
        return
    determination = records.get(Determination, "determination", result.period)
    rule = scheme.deadline("determination")
    if rule is not None and determination is not None:
        what = f"{result.period.title}的结果"
        yield from _late(
            records,
            determination.at("decided_on"),
            what,
            determination.decided_on,
            result.period.last,
            rule.within,
            rule.cite,
        )
    objections = records.by_person(Objection, "objections", result.period)
    rule = scheme.deadline("objection")
    if rule is not None:
        for it, objection in objections.items():
            told = [
                note.on
                for items in records.by_person(tuple, "feedback", result.period).values()
                for note in items
                if isinstance(note, FeedbackNote) and note.person == it
            ]
            if told:
                what = f"{records.name_of(it)}的异议"
                yield from _late(
                    records, objection.at("raised_on"), what, objection.raised_on, min(told), rule.within, rule.cite
                )
    rule = scheme.deadline("reply")
    if rule is not None:
        for it, reply in records.by_person(Reply, "replies", result.period).items():
            if it in objections:
                what = f"对{records.name_of(it)}的答复"
                yield from _late(
                    records,
                    reply.at("replied_on"),
                    what,
                    reply.replied_on,
                    objections[it].raised_on,
                    rule.within,
                    rule.cite,
                )


def _late(
    records: UnitRecords, place: Place, what: str, on: date, start: date, within: Span, clause: str
) -> Iterator[Problem]:
    if (on - start).days <= within.count:
        return  # in time by any calendar, so none is needed
    try:
        count = within.count
        deadline = (
            records.calendar.deadline_workdays(start, count)
            if within.workdays
            else records.calendar.deadline_days(start, count)
        )
    except UnknownYearError as error:
        yield unknown_calendar(place, f"无法判断{what}是否超过时限", error)
        return
    if on > deadline:
        message = f"{what}应在{day_words(deadline)}以前 （{day_words(start)}的次日起 {within}），实际是{day_words(on)}"
        yield problem(place, "late", message, "核对日期；确实超期的，向有关方面说明原因", clause=clause)


def tie_at_quota(records: UnitRecords, result: PeriodResult) -> Iterator[Problem]:
    """名额边缘得分相同而无法区分的人都不进入，要提请审定的人注意。"""
    for pool in result.pools:
        if pool.tied:
            names = listed(records.name_of(it) for it in pool.tied)
            score = result.people[pool.tied[0]].score
            points = number(score.rounded) if score else ""
            message = f"{names}同为 {points} 分，恰在{pool.rule.grade}等次名额边缘，都没有进入"
            hint = "由审定的人研究：可以从中确定一人并写明理由，也可以都不进入"
            place = records.people[pool.tied[0]].place
            determination = records.get(Determination, "determination", result.period)
            if determination is not None:
                place = determination.at("grades", pool.tied[0])
            yield problem(place, "tie-at-quota", message, hint, clause=pool.rule.cite)


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


#: Every check of this module with its code, in the order of the contract's table.
CHECKS: tuple[tuple[str, Callable[[UnitRecords, PeriodResult], Iterator[Problem]]], ...] = (
    ("quota-exceeded", quota_exceeded),
    ("grade-not-allowed", grade_not_allowed),
    ("reason-missing", reason_missing),
    ("not-consulted", not_consulted),
    ("publicity-too-short", publicity_too_short),
    ("missing-rating", missing_rating),
    ("missing-record", missing_record),
    ("missing-follow-up", missing_follow_up),
    ("late", late),
    ("tie-at-quota", tie_at_quota),
    ("not-counted", not_counted),
    ("unknown-calendar", unknown_year),
)


@dataclass(frozen=True, slots=True)
class UnitCheck:
    """A unit's results by period, and what is wrong: in general, and with each period."""

    results: Mapping[Period, PeriodResult]
    general: tuple[Problem, ...]
    by_period: Mapping[Period, tuple[Problem, ...]]


def check_unit(records: UnitRecords, *periods: Period) -> UnitCheck:
    """Run every check on a unit: on all periods of which there are records, or only on those named."""
    general = tuple(found for check in RECORD_CHECKS for found in check(records))
    results = {period: grade_period(records, period) for period in periods or records.periods()}
    by_period = {
        period: arranged(found for _, check in CHECKS for found in check(records, result))
        for period, result in results.items()
    }
    return UnitCheck(results, general, by_period)


def check_repository(snapshot: Snapshot) -> tuple[Problem, ...]:
    """Return everything that is wrong in a snapshot, in order."""
    problems = list(snapshot.problems)
    for records in snapshot.units.values():
        checked = check_unit(records)
        problems += checked.general
        problems += [found for it in checked.by_period.values() for found in it]
    return arranged(problems)


def problems_of(snapshot: Snapshot, records: UnitRecords, checked: UnitCheck, period: Period) -> tuple[Problem, ...]:
    """Return all that is wrong for a unit and period: what bears on its result.

    That is what was found with the period itself, and whatever is wrong in its own files,
    in those of its months, in the unit's general files, and in the scheme in force.
    """
    book = records.book(period)
    schemes = {book.name} if book else {entry.scheme for entry in records.unit.schemes}
    nearby = [
        found
        for found in (*snapshot.problems, *checked.general)
        if _concerns(found.place.path, records.id, period, schemes)
    ]
    return arranged([*nearby, *checked.by_period.get(period, ())])


def _concerns(path: str, unit: str, period: Period, schemes: set[str]) -> bool:
    top, name, *rest = [*path.split("/"), ""]
    if top == SCHEMES:
        return name in schemes
    if top != RECORDS or name != unit:
        return False
    try:
        within = Period.parse(rest[0])
    except ValueError:
        return True  # one of the unit's general files, or one that stands where none should
    return period.contains(within)
