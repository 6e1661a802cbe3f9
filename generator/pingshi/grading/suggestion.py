"""From a score or a proposal, over the overrides, to the grade that the scheme suggests (readings 4, 5, 10, 12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pingshi.diagnostics import Place
from pingshi.grading.result import Bounds, Step
from pingshi.grading.scoring import Gap, rating_of, reviewers
from pingshi.layout import Location
from pingshi.records import Absent
from pingshi.wording import day as day_words
from pingshi.wording import listed, number

if TYPE_CHECKING:
    from pingshi.grading.result import Score
    from pingshi.grading.standing import Standing
    from pingshi.records import AnyFact
    from pingshi.schemes import Grades, Override, Procedure, Scheme


def procedure_for(scheme: Scheme, standing: Standing) -> Procedure | None:
    """Return the first procedure that fits the person."""
    return next((it for it in scheme.procedure if it.who is None or standing.holds(it.who)), None)


def band(scheme: Scheme, score: Score, standing: Standing) -> tuple[str, Step]:
    """Return the grade whose band holds the score."""
    grades = scheme.grades
    assert grades.bands is not None  # noqa: S101 -- the linter's rule for schemes with a score
    grade = grades.band(score.rounded)
    line = grades.bands[grade]
    says = f"得分 {score.written} 分，" + (f"达到 {number(line)} 分，" if line else "") + f"在“{grade}”的档次。"
    if grade in grades.binding:
        says += f"按方案，这一档按得分确定，不得调高，等次不得高于{grade}。"
    return grade, Step("band", grades.cite, says, grade, standing.record.place)


def proposal(
    scheme: Scheme, standing: Standing, procedure: Procedure | None
) -> tuple[str | None, list[Step], list[Gap]]:
    """Return the grade proposed by whoever must propose, None where nobody has or they disagree."""
    if procedure is None or procedure.propose is None:
        return None, [], []
    records, role = standing.records, procedure.propose
    due = reviewers(standing, role)
    given: dict[str, tuple[str, Place]] = {}
    for reviewer in due:
        _, rating = rating_of(standing, role, reviewer)
        if rating is not None and rating.grade in scheme.grades.names:
            given[reviewer] = (rating.grade, rating.at("grade"))
    unread = [it for it in due if Location(records.id, "reviews", standing.period, it) in records.broken]
    if unread:
        place = Place(Location(records.id, "reviews", standing.period, unread[0]).path)
        says = f"{records.name_of(unread[0])}的评鉴表读不了"
        return _no_proposal(procedure, Gap(says, place, procedure.cite, "先改正那份文件的错误", missing=False))
    if not given:
        return _no_proposal(procedure, _nobody_proposed(scheme, standing, procedure, due))
    told = listed(f"{records.name_of(reviewer)}提出{grade}" for reviewer, (grade, _) in given.items())
    place = next(iter(given.values()))[1]
    if len({grade for grade, _ in given.values()}) > 1:
        says = f"{standing.record.name}的{scheme.role_title(role)}提出的等次不一致：{told}"
        hint = "商量一致后改正评鉴表，或由审定的人直接决定"
        step = Step("proposal", procedure.cite, f"{procedure.says}。{told}，不一致，没有建议。", None, place)
        return None, [step], [Gap(says, place, procedure.cite, hint)]
    grade = next(iter(given.values()))[0]
    return grade, [Step("proposal", procedure.cite, f"{procedure.says}。{told}。", grade, place)], []


def _no_proposal(procedure: Procedure, gap: Gap) -> tuple[None, list[Step], list[Gap]]:
    """Say why there is no suggestion, in the explanation as well as among the problems."""
    step = Step("proposal", procedure.cite, f"{procedure.says}。{gap.says}，没有建议。", None, gap.place)
    return None, [step], [gap]


def _nobody_proposed(scheme: Scheme, standing: Standing, procedure: Procedure, due: tuple[str, ...]) -> Gap:
    records, role = standing.records, scheme.role_title(procedure.propose or "")
    if not due:
        says = f"{standing.record.name}没有可以提出等次的{role}"
        return Gap(says, records.unit.place, procedure.cite, f"在 unit.yml 里写明 {standing.period.last} 那天的{role}")
    location = Location(records.id, "reviews", standing.period, due[0])
    review, rating = rating_of(standing, procedure.propose or "", due[0])
    place = review.at("people", standing.person) if review else Place(location.path)
    invalid = rating is not None and rating.grade is not None
    says = f"{role}{listed(records.name_of(it) for it in due)}还没有给{standing.record.name}提出等次"
    return Gap(
        says,
        place,
        procedure.cite,
        f"在 {location.path} 的 people 下补上 {standing.person} 的 grade",
        missing=not invalid,
    )


def overrides(scheme: Scheme, standing: Standing) -> tuple[list[tuple[Override, Place]], list[Step]]:
    """Return the overrides that bear on the person in this period, each with the record behind it."""
    applied: list[tuple[Override, Place]] = []
    steps: list[Step] = []
    for rule in scheme.overrides:
        if rule.when is not None:
            if not standing.holds(rule.when):
                continue
            place, told = standing.at(rule.when), standing.told(rule.when)
        else:
            facts = [fact for fact in standing.facts if _matches(rule, fact, standing)]
            if not facts:
                continue
            place, told = facts[0].place, listed(_fact_told(fact) for fact in facts)
        effect = {
            "sets": f"直接确定为{rule.grade}",
            "at_most": f"等次不得高于{rule.grade}",
            "allows": f"可以直接确定为{rule.grade}，由审定的人决定",
        }["sets" if rule.sets else "at_most" if rule.at_most else "allows"]
        applied.append((rule, place))
        says = f"{rule.says}。{standing.record.name}：{told}，{effect}。"
        steps.append(Step("override", rule.cite, says, rule.grade, place))
    return applied, steps


def _matches(rule: Override, fact: AnyFact, standing: Standing) -> bool:
    if fact.kind != rule.fact:
        return False
    if isinstance(fact, Absent):
        return fact.period == standing.period
    if getattr(fact, "item", None) != rule.item:
        return False
    return standing.period.holds(getattr(fact, "on", standing.period.first))


def _fact_told(fact: AnyFact) -> str:
    on = getattr(fact, "on", None)
    what = getattr(fact, "what", None) or getattr(fact, "reason", None) or getattr(fact, "type", None) or ""
    basis = getattr(fact, "basis", None)
    when = f"{day_words(on)}，" if on else ""
    return f"{when}{what.rstrip('。')}" + (f"（依据：{basis}）" if basis else "")


def bounds(grades: Grades, applied: list[Override], band_grade: str | None) -> Bounds:
    """Settle the overrides among themselves: negative beats positive (reading 5)."""
    caps = tuple(rule for rule in applied if rule.at_most is not None)
    cap = max((grades.rank(rule.grade) for rule in caps), default=-1)
    fixed = max((rule for rule in applied if rule.sets is not None), key=lambda it: grades.rank(it.grade), default=None)
    if fixed is not None and grades.rank(fixed.grade) < cap:
        fixed = None
    floor = max(cap, grades.rank(fixed.grade) if fixed else -1)
    allows = {rule.grade: rule for rule in applied if rule.allows is not None and grades.rank(rule.grade) >= floor}
    binding = band_grade if band_grade in grades.binding else None
    return Bounds(fixed, caps, allows, binding)


def suggest(grades: Grades, base: str | None, limits: Bounds) -> str | None:
    """Return the suggestion before the quota: what is set, else the base, never above a cap."""
    if limits.sets is not None:
        return limits.sets.grade
    if base is None:
        return None
    cap = max((grades.rank(rule.grade) for rule in limits.caps), default=0)
    return grades.names[max(grades.rank(base), cap)]
