"""Places: pools, limits, who takes one first, and who competes for the rest (readings 3, 4, 8)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from pingshi.grading.result import PersonResult, PoolResult, Step
from pingshi.schemes import CATEGORIES
from pingshi.wording import percent

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from pingshi.grading.standing import Standing
    from pingshi.records import UnitRecords
    from pingshi.schemes import Quota, Scheme


@dataclass(frozen=True, slots=True)
class Competition:
    """How a pool's free places went: who got one, who is tied out, and the lowest score that got one."""

    winners: frozenset[str]
    tied: tuple[str, ...]
    cut: Fraction | None


def apply(
    scheme: Scheme, people: Mapping[str, PersonResult], standings: Mapping[str, Standing], *, decided: bool
) -> tuple[dict[str, PersonResult], tuple[PoolResult, ...]]:
    """Apply every quota. Where the score decides, those without a place get the next grade down.

    `decided`: a determination is there, so `used` counts determined grades.
    """
    results = dict(people)
    pools: list[PoolResult] = []
    for rule in scheme.quota:
        for pool, members in _pools(rule, results, standings).items():
            limit = rule.limit(len(members))
            holders = [it for it in members if results[it].suggested == rule.grade]
            first = tuple(it for it in holders if results[it].bounds.sets is not None)
            competition = Competition(frozenset(), (), None)
            rivals = [it for it in holders if it not in first] if scheme.score is not None else []
            if scheme.score is not None:
                competition = compete(rule, rivals, results, standings, max(0, limit - len(first)))
            made = PoolResult(
                rule, pool, len(members), limit, 0, tuple(members), first, competition.cut, competition.tied
            )
            lower = scheme.grades.names[min(scheme.grades.rank(rule.grade) + 1, len(scheme.grades.names) - 1)]
            where = pool_title(standings[members[0]].records, rule, pool) if members else ""
            for it in rivals:
                grade = rule.grade if it in competition.winners else lower
                steps = (*results[it].steps, _step(made, where, results[it], grade, people))
                results[it] = replace(results[it], suggested=grade, steps=steps)
            counted = [results[it].determined if decided else results[it].suggested for it in members]
            pools.append(replace(made, used=counted.count(rule.grade)))
    return results, tuple(pools)


def _pools(
    rule: Quota, people: Mapping[str, PersonResult], standings: Mapping[str, Standing]
) -> dict[str | None, list[str]]:
    """Return the members of each pool: everyone who takes part, comment_only included (reading 3)."""
    taking_part = [it for it in people if people[it].takes_part]
    if rule.pools is None:
        return {None: taking_part}
    pools: dict[str | None, list[str]] = {}
    for it in taking_part:
        pools.setdefault(pool_of(rule, standings[it]), []).append(it)
    return dict(sorted(pools.items(), key=lambda item: item[0] or ""))


def pool_of(rule: Quota, standing: Standing) -> str | None:
    """Return the pool that a person belongs to, or None where there is one for all."""
    match rule.pools:
        case None:
            return None
        case "category":
            return str(standing["category"].value)
        case "department":
            return standing.department_id
        case "supervising_leader":
            return ",".join(standing.supervising_leaders)


def compete(
    rule: Quota,
    rivals: list[str],
    people: Mapping[str, PersonResult],
    standings: Mapping[str, Standing],
    places: int,
) -> Competition:
    """Give out the places by score; a tie across the limit stays out whole, and nobody below moves up (reading 8)."""

    def key(it: str) -> tuple[Fraction, bool]:
        score = people[it].score
        assert score is not None  # noqa: S101 -- rivals reached the band by their score
        return score.rounded, rule.prefer is not None and standings[it].holds(rule.prefer.when)

    winners: list[str] = []
    cut: Fraction | None = None
    for (score, _), group in groupby(sorted(rivals, key=lambda it: (key(it), it), reverse=True), key=key):
        tied = sorted(group)
        left = places - len(winners)
        if len(tied) > left:
            return Competition(frozenset(winners), tuple(tied) if left > 0 else (), cut)
        winners += tied
        cut = score
    return Competition(frozenset(winners), (), cut)


def pool_title(records: UnitRecords, rule: Quota, pool: str | None) -> str:
    """Return a pool's name as officials say it, empty where there is one pool."""
    match rule.pools:
        case None:
            return ""
        case "category":
            return CATEGORIES.get(pool or "", pool or "")
        case "department":
            return next((it.name for it in records.unit.departments if it.id == pool), pool or "")
        case "supervising_leader":
            return "、".join(records.name_of(it) for it in (pool or "").split(",")) + "分管"


def _step(pool: PoolResult, where: str, person: PersonResult, grade: str, people: Mapping[str, PersonResult]) -> Step:
    rule = pool.rule
    shares = [] if rule.at_most is None else [f"{percent(rule.at_most)}，小数舍去"]
    shares += [] if rule.number is None else ["下达的名额"]
    shares += [] if rule.least is None else [f"不少于 {rule.least} 个"]
    share = "；".join(shares)
    says = f"{where}参加考核 {pool.base} 人，{rule.grade}等次名额 {pool.limit} 个（{share}）"
    says += f"，其中 {len(pool.set_aside)} 个由直接确定的人占用" if pool.set_aside else ""
    if pool.cut is not None:
        written = next(it.score.written for it in people.values() if it.score and it.score.rounded == pool.cut)
        says += f"；取得名额的最低得分是 {written} 分。"
    else:
        says += "；没有一个由得分取得。"
    if grade == rule.grade:
        says += f"{person.name}得到名额，建议为{grade}。"
    elif person.person in pool.tied:
        says += f"{person.name}与他人同分，恰在名额边缘而无法区分，都不进入，建议为{grade}。"
    else:
        says += f"{person.name}没有得到名额，建议为{grade}。"
    unscored = [it for it in pool.members if people[it].participation == "graded" and people[it].score is None]
    waiting = [it for it in unscored if people[it].bounds.sets is None]
    if waiting:
        says += f"本组还有 {len(waiting)} 人没有得分，得分齐全后名额的结果可能变化。"
    return Step("quota", rule.cite, says, grade, rule.place)
