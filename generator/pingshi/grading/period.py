"""A unit's results for a period: participation → score → grade → overrides → quota → decision.

Pure: a snapshot's records in, results out. The order of the steps is the order in which
they are explained.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from pingshi.diagnostics import Place, Problem, arranged
from pingshi.grading import quota as places
from pingshi.grading.objections import changed_by, objection_steps
from pingshi.grading.result import Bounds, ParticipationKind, PeriodResult, PersonResult, Score, Step
from pingshi.grading.scoring import Gap, rating_of, reviewers, score
from pingshi.grading.standing import Standing, participation
from pingshi.grading.suggestion import band, bounds, overrides, procedure_for, proposal, suggest
from pingshi.layout import Location
from pingshi.records import Determination, Outside, on_roll
from pingshi.schemes import REVIEWER_ROLES
from pingshi.wording import day as day_words

if TYPE_CHECKING:
    from pingshi.periods import Period
    from pingshi.records import UnitRecords
    from pingshi.schemes import Book, Scheme


def grade_period(records: UnitRecords, period: Period) -> PeriodResult:
    """Grade everyone on the roll on the period's last day.

    `problems` are those that the results themselves show (missing ratings, what does not
    count, unknown calendars); the checks add theirs on top. `started` tells whether
    rating has begun: before that a missing rating is merely still to come.
    """
    book = records.book(period)
    if book is None:
        return PeriodResult(records.id, period, None, {}, (), ())
    standings = {it: Standing(records, it, period) for it in on_roll(records, period.last)}
    people = {it: _person(book, standing) for it, standing in standings.items()}
    determination = records.get(Determination, "determination", period)
    decided = determination is not None and bool(determination.grades)
    people, pools = places.apply(book.scheme, people, standings, decided=decided)
    people = {it: _with_decision(records, book.scheme, period, result) for it, result in people.items()}
    problems: list[Problem] = []
    for it, standing in standings.items():
        problems += people[it].problems
        problems += standing.problems
    started = _rating_has_begun(records, period)
    return PeriodResult(records.id, period, book, people, pools, arranged(problems), started=started)


def _rating_has_begun(records: UnitRecords, period: Period) -> bool:
    """Before the first sheet, ballot or decision, a rating is not missing; it is still to come."""
    kinds = ("reviews", "ballots", "determination")
    return any(it.period == period and it.kind in kinds for it in (*records.records, *records.broken))


def _person(book: Book, standing: Standing) -> PersonResult:
    scheme = book.scheme
    kind, rule, first = participation(scheme, standing)
    steps = [first]
    gaps: list[Gap] = []
    scored: Score | None = None
    base: str | None = None
    limits = Bounds()
    procedure = procedure_for(scheme, standing)
    if kind == "graded":
        band_grade: str | None = None
        if scheme.score is not None:
            outcome = score(scheme, standing)
            steps += outcome.steps
            gaps += outcome.gaps
            scored = outcome.score
            if scored is not None:
                base, step = band(scheme, scored, standing)
                band_grade = base
                steps.append(replace(step, at=steps[-1].at))
        else:
            base, found, missing = proposal(scheme, standing, procedure)
            steps += found
            gaps += missing
        applied, found = overrides(scheme, standing)
        steps += found
        limits = bounds(scheme.grades, [it for it, _ in applied], band_grade)
    suggested = suggest(scheme.grades, base, limits) if kind == "graded" else None
    facts = Location(standing.records.id, "facts", None, standing.person)
    if facts in standing.records.broken and kind == "graded":
        says = f"{standing.record.name}的事实记录（{facts.path}）有错误读不了，改正之前不给出建议。"
        steps.append(Step("override", None, says, None, Place(facts.path)))
        suggested = None
    return PersonResult(
        person=standing.person,
        name=standing.record.name,
        participation=cast("ParticipationKind", kind),
        score=scored,
        base=base,
        suggested=suggested,
        determined=determined(standing, kind),
        bounds=limits,
        procedure=procedure,
        rule=rule,
        steps=tuple(steps),
        problems=tuple(it for gap in gaps if (it := gap.problem()) is not None),
    )


def determined(standing: Standing, kind: str) -> str | None:
    """Return what is recorded: the host's grade for those elsewhere, else the determination's."""
    if kind == "elsewhere":
        outside = standing.records.get(Outside, "outside", standing.period, standing.person)
        return outside.grade if outside else None
    determination = standing.records.get(Determination, "determination", standing.period)
    decided = determination.grades.get(standing.person) if determination else None
    return decided.grade if decided else None


def _with_decision(records: UnitRecords, scheme: Scheme, period: Period, result: PersonResult) -> PersonResult:
    steps = list(result.steps)
    if result.participation == "graded" and result.suggested is not None:
        says = f"按方案，{result.name}{period.title}的建议等次是{result.suggested}"
        open_to = [(grade, rule.cite) for grade, rule in result.bounds.allows.items() if grade != result.suggested]
        says += "".join(f"；按 {cite}，也可以直接确定为{grade}" for grade, cite in open_to) + "。"
        clause = result.procedure.cite if result.procedure else scheme.grades.cite
        at = next((step.at for step in reversed(steps) if step.at is not None), None)
        steps.append(Step("suggestion", clause, says, result.suggested, at))
    if result.participation == "graded":
        steps += _deciders(records, scheme, period, result)
    decision = _decision_step(records, scheme, period, result)
    if decision is not None:
        steps.append(decision)
    steps += objection_steps(records, scheme, period, result.person)
    return replace(result, steps=tuple(steps))


def _deciders(records: UnitRecords, scheme: Scheme, period: Period, result: PersonResult) -> list[Step]:
    """Where a reviewer decides rather than the leadership, tell what that one has decided (reading 12)."""
    procedure = result.procedure
    if procedure is None or procedure.decide not in REVIEWER_ROLES:
        return []
    standing = Standing(records, result.person, period)
    steps = []
    for reviewer in reviewers(standing, procedure.decide):
        _, rating = rating_of(standing, procedure.decide, reviewer)
        if rating is not None and rating.grade is not None:
            says = f"{scheme.role_title(procedure.decide)}{records.name_of(reviewer)}审定为{rating.grade}。"
            steps.append(Step("decider", procedure.cite, says, rating.grade, rating.at("grade")))
    return steps


def _decision_step(records: UnitRecords, scheme: Scheme, period: Period, result: PersonResult) -> Step | None:
    if result.participation == "elsewhere":
        outside = records.get(Outside, "outside", period, result.person)
        if outside is None or outside.grade is None:
            return None
        clause = result.rule.cite if result.rule else None
        says = f"{outside.unit}考核的结果是{outside.grade}（依据：{outside.basis}）。"
        return Step("outside", clause, says, outside.grade, outside.at("grade"))
    determination = records.get(Determination, "determination", period)
    decided = determination.grades.get(result.person) if determination else None
    if determination is None or decided is None:
        return None
    meeting = f"，{determination.meeting}" if determination.meeting else ""
    reply = changed_by(records, period, result.person)
    says = f"{day_words(determination.decided_on)}{meeting}，审定为{decided.grade}。"
    if reply is not None and reply.grade == decided.grade:
        corrected = f"后来按{day_words(reply.replied_on)}的复核答复更正，现在的审定结果是{decided.grade}"
        says = f"{day_words(determination.decided_on)}{meeting}作出审定；{corrected}。"
    consulted = determination.consulted.discipline_inspection if determination.consulted else None
    said = consulted.exceptions.get(result.person) if consulted else None
    says += f"征求纪检监察机关意见时提出：{said.rstrip('。')}。" if said else ""
    if decided.reason:
        says += f"理由：{decided.reason.rstrip('。')}。"
    elif decided.grade in result.bounds.allows:
        says += f"按 {result.bounds.allows[decided.grade].cite} 可以直接这样确定，不需要另写理由。"
    clause = result.procedure.cite if result.procedure else scheme.grades.cite
    return Step("decision", clause, says, decided.grade, determination.at("grades", result.person))
