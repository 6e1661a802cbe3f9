"""Ratings, ballots, monthly tasks and adjustments → one exact score (readings 6, 7, 10, 11, 13)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from pingshi.diagnostics import Place, Problem, problem
from pingshi.grading.result import Score, Step
from pingshi.layout import Location
from pingshi.records import (
    Ballots,
    Bonus,
    Evaluation,
    Penalty,
    Plan,
    Rating,
    Review,
    holders,
)
from pingshi.source import held
from pingshi.wording import amount, decimal, number

if TYPE_CHECKING:
    from pingshi.grading.standing import Standing
    from pingshi.schemes import Scheme, ScorePart


@dataclass(frozen=True, slots=True)
class Gap:
    """Why there is no score: something that must be there is not, or is no valid number.

    A missing rating is reported; an invalid one has been reported by the checks already.
    """

    says: str
    place: Place
    clause: str
    hint: str
    missing: bool = True

    def problem(self) -> Problem | None:
        """Return the warning for a missing rating, or None where a check has spoken."""
        return problem(self.place, "missing-rating", self.says, self.hint, clause=self.clause) if self.missing else None


@dataclass(frozen=True, slots=True)
class Scored:
    """The score, or the gaps that left none; the steps either way."""

    score: Score | None
    steps: tuple[Step, ...]
    gaps: tuple[Gap, ...]


def score(scheme: Scheme, standing: Standing) -> Scored:
    """Work out a person's score from everything that must count; never re-weight (reading 7)."""
    rules = scheme.score
    assert rules is not None  # noqa: S101 -- only called where the score decides
    steps: list[Step] = []
    gaps: list[Gap] = []
    parts: dict[str, Fraction] = {}
    for part in rules.parts:
        value = _part(scheme, standing, part, steps, gaps)
        if value is None:
            continue
        if rules.rounding_each:
            value = rules.rounding_each.apply(value)
        share = value * part.weight / 100
        if rules.rounding_each:
            share = rules.rounding_each.apply(share)
        parts[part.says] = share
        steps[-1] = _with_share(steps[-1], part, share)
    net = _adjustment(scheme, standing, steps, gaps)
    if gaps:
        says = f"{standing.record.name}{standing.period.title}没有得分：{'；'.join(gap.says for gap in gaps)}。"
        steps.append(Step("score", rules.cite, says, None, gaps[0].place))
        return Scored(None, tuple(steps), tuple(gaps))
    exact = sum(parts.values(), Fraction(0)) + net
    rounded = rules.rounding.apply(exact)
    written = decimal(rounded, rules.rounding.decimals)
    adjusted = any(step.rule == "adjust" for step in steps)
    says = f"各部分相加{'，再加减分' if adjusted else ''}，得分 {written} 分。"
    at = next((step.at for step in steps if step.at is not None), standing.record.place)
    steps.append(Step("score", rules.cite, says, written, at))
    return Scored(Score(exact, rounded, written, parts), tuple(steps), ())


def _with_share(step: Step, part: ScorePart, share: Fraction) -> Step:
    says = f"{step.says}，按 {number(part.weight)}% 计{amount(share)} 分。"
    return Step(step.rule, step.clause, says, number(share).removeprefix("约 "), step.at)


def _part(scheme: Scheme, standing: Standing, part: ScorePart, steps: list[Step], gaps: list[Gap]) -> Fraction | None:
    match part.source:
        case "rating":
            return _ratings(scheme, standing, part, steps, gaps)
        case "ballots":
            return _ballots(scheme, standing, part, steps, gaps)
        case "monthly_tasks":
            return _months(scheme, standing, part, steps, gaps)


# --- ratings ------------------------------------------------------------------------------


def rating_of(standing: Standing, role: str, reviewer: str) -> tuple[Review | None, Rating | None]:
    """Return a reviewer's sheet and what it gives the person in this role.

    One sheet serves two roles where its writer holds both towards the person: nobody
    fills in two sheets.
    """
    review = standing.records.get(Review, "reviews", standing.period, reviewer)
    if review is None:
        return None, None
    rating = review.people.get(standing.person)
    if review.role != role and reviewer not in holders(
        standing.records, review.role, standing.person, standing.period.last
    ):
        return review, None
    return review, rating


def reviewers(standing: Standing, role: str) -> tuple[str, ...]:
    """Return who must rate the person in a role; nobody rates themselves."""
    people = holders(standing.records, role, standing.person, standing.period.last)
    return tuple(it for it in people if it != standing.person)


def _ratings(
    scheme: Scheme, standing: Standing, part: ScorePart, steps: list[Step], gaps: list[Gap]
) -> Fraction | None:
    role = part.by or ""
    due = reviewers(standing, role)
    name = standing.record.name
    if not due:
        hint = f"在 unit.yml 里写明 {standing.period.last} 那天的{scheme.role_title(role)}"
        gaps.append(Gap(f"{name}没有可以评分的{scheme.role_title(role)}", standing.records.unit.place, part.cite, hint))
        return None
    values: list[tuple[str, Fraction]] = []
    place: Place | None = None
    before = len(gaps)
    for reviewer in due:
        review, rating = rating_of(standing, role, reviewer)
        value = _total(scheme, standing, part, reviewer, review, rating, gaps)
        if value is not None and rating is not None:
            values.append((reviewer, value))
            place = place or rating.at("total" if rating.total is not None else "scores")
    if len(gaps) > before:
        return None
    told = "，".join(f"{standing.records.name_of(reviewer)} {number(value)} 分" for reviewer, value in values)
    mean = sum((value for _, value in values), Fraction(0)) / len(values)
    says = f"{part.says}：{told}" + (f"，平均{amount(mean)} 分" if len(values) > 1 else "")
    steps.append(Step(f"rating:{role}", part.cite, says, None, place))
    return mean


def _total(
    scheme: Scheme,
    standing: Standing,
    part: ScorePart,
    reviewer: str,
    review: Review | None,
    rating: Rating | None,
    gaps: list[Gap],
) -> Fraction | None:
    records, name = standing.records, standing.record.name
    location = Location(records.id, "reviews", standing.period, reviewer)
    if location in records.broken:
        gaps.append(
            Gap(
                f"{records.name_of(reviewer)}的评鉴表读不了",
                Place(location.path),
                part.cite,
                "先改正那份文件的错误",
                missing=False,
            )
        )
        return None
    place = review.at("people", standing.person) if review else Place(location.path)
    if rating is None or (not rating.scores and rating.total is None):
        says = f"{scheme.role_title(part.by or '')}{records.name_of(reviewer)}还没有给{name}评分"
        gaps.append(
            Gap(says, place, part.cite, f"在 {location.path} 的 people 下补上 {standing.person} 的 scores 或 total")
        )
        return None
    sheet = scheme.indicators.sheet(held(standing.record.post, standing.period.last) or "") or {}
    full = scheme.score.total if scheme.score else Fraction(100)
    if rating.scores:
        invalid = any(it not in sheet or not 0 <= value <= sheet[it].points for it, value in rating.scores.items())
        absent = [sheet[it].name for it in sheet if it not in rating.scores]
        total = sum(rating.scores.values(), Fraction(0))
        if invalid or (rating.total is not None and rating.total != total):
            gaps.append(
                Gap(f"{records.name_of(reviewer)}给{name}的评分有错误", place, part.cite, "先改正评分", missing=False)
            )
            return None
        if absent:
            says = f"{records.name_of(reviewer)}给{name}的评分缺少：{'、'.join(absent)}"
            gaps.append(Gap(says, rating.at("scores"), part.cite, "补上这几项；程序不会按已有的几项推算"))
            return None
        return total
    if rating.total is None or not 0 <= rating.total <= full:
        gaps.append(
            Gap(f"{records.name_of(reviewer)}给{name}的总分有错误", place, part.cite, "先改正评分", missing=False)
        )
        return None
    return rating.total


# --- ballots ------------------------------------------------------------------------------


def _ballots(
    scheme: Scheme, standing: Standing, part: ScorePart, steps: list[Step], gaps: list[Gap]
) -> Fraction | None:
    records, name = standing.records, standing.record.name
    location = Location(records.id, "ballots", standing.period)
    if location in records.broken:
        gaps.append(Gap("测评票文件读不了", Place(location.path), part.cite, "先改正那份文件的错误", missing=False))
        return None
    ballots = records.get(Ballots, "ballots", standing.period)
    totals = ballots.totals.get(standing.person, ()) if ballots else ()
    place = ballots.at("totals", standing.person) if ballots else Place(location.path)
    if not totals:
        hint = f"在 {location.path} 的 totals 下补上 {standing.person} 的各张票"
        gaps.append(Gap(f"没有{name}的测评票", place, part.cite, hint))
        return None
    full = scheme.score.total if scheme.score else Fraction(100)
    if any(not 0 <= total <= full for total in totals):
        gaps.append(Gap(f"{name}的测评票有错误", place, part.cite, "先改正测评票", missing=False))
        return None
    mean = sum(totals, Fraction(0)) / len(totals)
    says = f"{part.says}：{len(totals)} 张测评票，平均{amount(mean)} 分"
    steps.append(Step("ballots", part.cite, says, None, place))
    return mean


# --- monthly tasks ------------------------------------------------------------------------

_CREDITS = {"done": Fraction(1), "undone": Fraction(0)}


def _months(scheme: Scheme, standing: Standing, part: ScorePart, steps: list[Step], gaps: list[Gap]) -> Fraction | None:
    total = scheme.score.total if scheme.score else Fraction(100)
    months: list[tuple[str, Fraction]] = []
    before = len(gaps)
    place: Place | None = None
    for month in standing.period.months:
        location = Location(standing.records.id, "plans", month, standing.person)
        if location in standing.records.broken:
            gaps.append(
                Gap(
                    f"{month.title}的台账读不了", Place(location.path), part.cite, "先改正那份文件的错误", missing=False
                )
            )
            continue
        plan = standing.records.get(Plan, "plans", month, standing.person)
        if plan is None or not plan.tasks:
            continue  # a month without tasks is left out (reading 11)
        evaluation = standing.records.get(Evaluation, "evaluations", month, standing.person)
        credits_, found = _credits(
            standing, part, plan, evaluation, Location(standing.records.id, "evaluations", month, standing.person)
        )
        gaps += found
        if found or not credits_:
            continue
        months.append((month.title, total * sum(credits_, Fraction(0)) / len(credits_)))
        place = place or (evaluation.at("tasks") if evaluation else None)
    if len(gaps) > before:
        return None
    if not months:
        path = Location(standing.records.id, "plans", standing.period.months[0], standing.person).path
        hint = f"补上月工作计划台账（如 {path}）和月评价"
        gaps.append(Gap(f"{standing.record.name}本期没有可以评价的月工作", Place(path), part.cite, hint))
        return None
    told = "，".join(f"{title} {number(value)} 分" for title, value in months)
    mean = sum((value for _, value in months), Fraction(0)) / len(months)
    steps.append(Step("monthly_tasks", part.cite, f"{part.says}：{told}，平均{amount(mean)} 分", None, place))
    return mean


def _credits(
    standing: Standing, part: ScorePart, plan: Plan, evaluation: Evaluation | None, location: Location
) -> tuple[list[Fraction], list[Gap]]:
    name, title = standing.record.name, location.period.title if location.period else ""
    if location in standing.records.broken:
        return [], [
            Gap(f"{title}的月评价读不了", Place(location.path), part.cite, "先改正那份文件的错误", missing=False)
        ]
    if evaluation is None:
        says = f"{name}{title}的工作还没有评价"
        return [], [Gap(says, Place(location.path), part.cite, f"补上 {location.path}，逐项写明完成情况")]
    found: list[Fraction] = []
    gaps: list[Gap] = []
    for task in plan.tasks:
        result = evaluation.tasks.get(task.id)
        if result is None:
            says = f"{name}{title}的任务 {task.id} 还没有评价"
            gaps.append(Gap(says, evaluation.at("tasks"), part.cite, f"在 tasks 下补上 {task.id}"))
        elif result.result == "waived" and result.credit is None:
            continue
        elif result.result in _CREDITS and result.credit is None:
            found.append(_CREDITS[result.result])
        elif result.result in ("late", "below") and result.credit is not None and 0 <= result.credit <= 1:
            found.append(result.credit)
        else:
            says = f"{name}{title}的任务 {task.id} 的评价有错误"
            gaps.append(Gap(says, evaluation.at("tasks", task.id), part.cite, "先改正评价", missing=False))
    return found, gaps


# --- adjustments --------------------------------------------------------------------------


def _adjustment(scheme: Scheme, standing: Standing, steps: list[Step], gaps: list[Gap]) -> Fraction:
    rule = scheme.score.adjust if scheme.score else None
    if rule is None:
        return Fraction(0)
    own = [it for it in standing.facts if isinstance(it, Bonus | Penalty) and standing.period.holds(it.on)]
    if Location(standing.records.id, "facts", None, standing.person) in standing.records.broken:
        place = Place(Location(standing.records.id, "facts", None, standing.person).path)
        gaps.append(
            Gap(f"{standing.record.name}的事实记录读不了", place, rule.cite, "先改正那份文件的错误", missing=False)
        )
    wrong = [fact for fact in own if fact.points <= 0]
    gaps += [Gap("加减分的分数有错误", it.at("points"), rule.cite, "先改正分数", missing=False) for it in wrong]
    if not own:
        return Fraction(0)
    plus = sum((it.points for it in own if isinstance(it, Bonus)), Fraction(0))
    minus = sum((it.points for it in own if isinstance(it, Penalty)), Fraction(0))
    net = plus - minus
    kept = max(-rule.within, min(rule.within, net))
    told = "，".join(f"{it.item}{'加' if isinstance(it, Bonus) else '减'} {number(it.points)} 分" for it in own)
    says = f"加减分：{told}，相抵 {number(net)} 分"
    says += f"，最多 {number(rule.within)} 分，计 {number(kept)} 分。" if kept != net else "。"
    steps.append(Step("adjust", rule.cite, says, number(kept), own[0].place))
    return kept


__all__ = ["Gap", "Scored", "rating_of", "reviewers", "score"]
