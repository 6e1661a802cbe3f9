"""Whether what the scheme orders around a decision was done, and in time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pingshi.diagnostics import Place, Problem, problem
from pingshi.grading import due
from pingshi.grading.follow_ups import follow_ups, notes_of, told_instead
from pingshi.grading.standing import unknown_calendar
from pingshi.periods import UnknownYearError
from pingshi.records import Determination, Objection, Publicity, Reply
from pingshi.schemes import FORMS, ROLES, vocabulary
from pingshi.wording import day as day_words
from pingshi.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from pingshi.grading.result import PeriodResult
    from pingshi.records import UnitRecords
    from pingshi.schemes import Span


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
        hint = f"先征求{ROLES[rule.whom]}意见，再按实际答复在 consulted 下写明日期和结果"
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
        length = f"从 {publicity.since} 到 {publicity.until} 只有 {days} {unit}"
        message, hint = f"{rule.wording}{length}，方案要求不少于{rule.at_least}", f"延长{rule.wording}的结束日期"
        yield problem(publicity.at("to"), "publicity-too-short", message, hint, clause=rule.cite)


def missing_record(records: UnitRecords, result: PeriodResult) -> Iterator[Problem]:
    """审定以后，方案要求的小结、台账、记实、外单位结果、公示、备案等材料都要有，每个参加的人都要有结果。"""
    determination = records.get(Determination, "determination", result.period)
    if determination is None or result.book is None:
        return
    yield from _missing(due.owed(records, result, everything=False))
    for it, person in result.people.items():
        if person.participation == "graded" and it not in determination.grades:
            clause = person.procedure.cite if person.procedure else None
            message = f"审定结果里没有{person.name}"
            yield problem(
                determination.at("grades"), "missing-record", message, f"在 grades 下补上 {it}", clause=clause
            )


def missing_annual_record(records: UnitRecords) -> Iterator[Problem]:
    """年度等次审定以后，方案要求每年一次的目标、备案等材料都要有。"""
    for year in records.years():
        determination = records.get(Determination, "determination", year)
        if determination is not None:
            yield from _missing(due.owed_in_year(records, year, determination.grades))


def _missing(owed: Iterable[due.Owed]) -> Iterator[Problem]:
    for it in owed:
        if not it.there and not it.remind_only:
            place = Place(it.location.path)
            yield problem(place, "missing-record", it.says, it.hint, clause=it.rule.cite)


def missing_follow_up(records: UnitRecords, result: PeriodResult) -> Iterator[Problem]:
    """审定以后，结果要反馈给本人，一般的还要按方案谈话提醒，较差的还要批评教育。"""
    determination = records.get(Determination, "determination", result.period)
    if determination is None:
        return
    if any(it.kind == "feedback" and it.period == result.period for it in records.broken):
        return  # it may be in the file that can't be read, which has been reported
    for it in follow_ups(records, result):
        if it.done or it.rule.remind_only:
            continue
        person = result.people[it.person]
        what = "" if it.rule.grades is None else f"定为{person.determined}，"
        kinds = [(kind, vocabulary.FEEDBACK_KINDS[kind]) for kind in it.rule.kinds]
        wanted = "或者".join(title for _, title in kinds)
        message = f"{person.name}{what}还没有{wanted}的记录{told_instead(it)}；方案规定“{it.rule.says}”"
        written = " 或 ".join(f"{kind}（{title}）" for kind, title in kinds)
        hint = f"谈话后在 {it.location.path} 里记一条，person: {it.person}, kind: {written}"
        yield problem(determination.at("grades", it.person), "missing-follow-up", message, hint, clause=it.rule.cite)


def late_filing(records: UnitRecords) -> Iterator[Problem]:
    """方案写明报送期限的备案材料，要在期限以内报送。"""
    for period in (*records.years(), *records.periods()):
        book = records.book(period)
        each = "year" if period.kind == "year" else "period"
        for rule in book.scheme.filings if book else ():
            if rule.each != each or rule.until is None or book is None:
                continue
            for form in due.filed(records, book.scheme, rule, period, rule.to):
                try:
                    deadline = rule.until.day(period.first, period.last, records.calendar)
                except UnknownYearError as error:
                    yield unknown_calendar(form.at("on"), "无法判断报送是否超过时限", error)
                    continue
                if form.on > deadline:
                    what = f"{period.title}的{FORMS[rule.form]}"
                    message = f"{what}应在{day_words(deadline)}以前报{rule.to}，实际是{day_words(form.on)}"
                    hint = "核对日期；确实超期的，向收文单位说明原因"
                    yield problem(form.at("on"), "late", message, hint, clause=rule.cite)


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
            notes = notes_of(records, result.period)
            told = [note.on for note in notes if note.person == it and note.kind == "feedback"]
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
        message = f"{what}应在{day_words(deadline)}以前（{day_words(start)}的次日起{within}），实际是{day_words(on)}"
        yield problem(place, "late", message, "核对日期；确实超期的，向有关方面说明原因", clause=clause)
