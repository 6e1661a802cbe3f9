"""What would have changed somebody's result, found by grading again with that one thing changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from pingshi.grading.period import grade_period
from pingshi.grading.quota import compete
from pingshi.grading.standing import Standing
from pingshi.records import Absent, Away, Discipline, Leave, Merit, Reward
from pingshi.wording import number

if TYPE_CHECKING:
    from pingshi.grading.result import PeriodResult, PersonResult, PoolResult, Score
    from pingshi.records import AnyFact, UnitRecords
    from pingshi.schemes import ScoreRules

_KINDS = {
    "leave": "请假",
    "away": "离岗",
    "discipline": "处分",
    "accountability": "问责",
    "admonition": "告诫",
    "outstanding": "突出表现",
    "misconduct": "负面情形",
    "bonus": "加分",
    "penalty": "减分",
    "absent": "不参加考核",
    "fraud": "弄虚作假",
    "merit": "实绩",
    "reward": "奖励",
}


def otherwise(records: UnitRecords, result: PeriodResult, own: PersonResult) -> list[str]:
    """Return the sentences: without each fact, with another score, with another proposal."""
    found = [*_without_a_fact(records, result, own)]
    if own.participation == "graded":
        found += _by_score(records, result, own)
        found += _by_proposal(result, own)
    return found


def _without_a_fact(records: UnitRecords, result: PeriodResult, own: PersonResult) -> list[str]:
    """Grade again without each of the person's facts in turn."""
    facts = records.facts.get(own.person, ())
    found = []
    for index, fact in enumerate(facts):
        if isinstance(fact, Merit | Reward):
            continue  # no rule reads them
        fewer = facts[:index] + facts[index + 1 :]
        other = grade_period(replace(records, facts={**records.facts, own.person: fewer}), result.period).people[
            own.person
        ]
        before, after = _outcome(own), _outcome(other)
        if own.participation != "graded" and other.participation == "graded" and other.suggested is None:
            found.append(
                f"如果没有“{_fact_name(fact)}”这条记录（{fact.place}），就要照常定等次（现有记录还得不出建议）。"
            )
        elif before != after:
            found.append(f"如果没有“{_fact_name(fact)}”这条记录（{fact.place}），就{after}，而不是{before}。")
        elif set(other.bounds.allows) != set(own.bounds.allows):
            grades = "、".join(it for it in own.bounds.allows if it not in other.bounds.allows)
            found.append(f"如果没有“{_fact_name(fact)}”这条记录（{fact.place}），就不能直接确定为{grades}。")
    return found


def _outcome(person: PersonResult) -> str:
    words = {"comment_only": "参加考核但不确定等次", "elsewhere": "不在本单位考核", "excluded": "不参加考核"}
    if person.participation != "graded":
        return words[person.participation]
    return f"建议为{person.suggested}" if person.suggested else "没有建议等次"


def _fact_name(fact: AnyFact) -> str:
    match fact:
        case Discipline():
            return f"{fact.measure}处分"
        case Leave() | Away():
            return f"{_KINDS[fact.kind]} {fact.since} 至 {fact.until or '未定'}"
        case Absent():
            return _KINDS[fact.kind]
        case _:
            item = getattr(fact, "item", None)
            return item or _KINDS[fact.kind]


def _by_score(records: UnitRecords, result: PeriodResult, own: PersonResult) -> list[str]:
    """Tell what score would have led to another grade: by the band, or by the places."""
    scheme = result.book.scheme if result.book else None
    if scheme is None or scheme.score is None or scheme.grades.bands is None or own.score is None or own.base is None:
        return []
    if own.suggested is None:
        return []  # the person's facts can't be read, so no score alone would lead anywhere
    if own.bounds.sets is not None or own.bounds.caps:
        return []  # the score decides nothing here
    rank = scheme.grades.rank(own.base)
    target = own.base if rank == 0 else scheme.grades.names[rank - 1]
    line = scheme.grades.bands[target]
    pool = next((it for it in result.pools if own.person in it.members and it.rule.grade == target), None)
    if pool is not None:
        return [_Contest(records, result, own, own.score, pool, line, scheme.score).told()]
    if rank == 0:
        return []
    return [f"得分再高 {number(line - own.score.rounded)} 分，就达到“{target}”的分数线 {number(line)} 分。"]


@dataclass(frozen=True, slots=True)
class _Contest:
    """A person among those who compete by score for the places of a pool, tried with other scores than their own."""

    records: UnitRecords
    result: PeriodResult
    own: PersonResult
    score: Score
    pool: PoolResult
    line: Fraction
    rules: ScoreRules

    def told(self) -> str:
        """Say what it would have taken to get the place, or to lose it."""
        grade, limit = self.pool.rule.grade, self.pool.limit
        if self.own.suggested == grade:
            return self._to_keep()
        needed = self._needed()
        if needed is None:
            if limit == 0:
                return f"本期{grade}等次没有名额，得分再高也得不到。"
            if limit <= len(self.pool.set_aside):
                return f"{grade}等次的 {limit} 个名额都不由得分取得，得分再高也没有剩余名额。"
            return f"{grade}等次的 {limit} 个名额已不够满分的人分，即使得到满分也与他们同分，得不到名额。"
        gap = f"还差 {number(needed - self.score.rounded)} 分"
        line = number(self.line)
        if needed == self.line:
            return f"得分达到“{grade}”的分数线 {line} 分，就能得到名额，{gap}。"
        return f"“{grade}”的分数线是 {line} 分，但名额有限，得分要达到 {number(needed)} 分才能得到名额，{gap}。"

    def _rivals(self) -> dict[str, Fraction]:
        """Who else competes for the pool's places, with their scores."""
        people = (self.result.people[it] for it in self.pool.members if it != self.own.person)
        return {
            it.person: it.score.rounded
            for it in people
            if it.base == self.pool.rule.grade
            and it.score
            and it.suggested is not None
            and not it.bounds.sets
            and not it.bounds.caps
        }

    def _wins(self, score: Fraction) -> bool:
        """Tell whether the person would get a place with this score."""
        rivals = [*self._rivals(), self.own.person]
        tried = replace(self.own, score=replace(self.score, rounded=score))
        people = {**self.result.people, self.own.person: tried}
        standings = {it: Standing(self.records, it, self.result.period) for it in rivals}
        places = max(0, self.pool.limit - len(self.pool.set_aside))
        return self.own.person in compete(self.pool.rule, rivals, people, standings, places).winners

    def _needed(self) -> Fraction | None:
        """Return the lowest score that would have got a place, or None where none would."""
        step = Fraction(1, 10**self.rules.rounding.decimals)
        others = self._rivals().values()
        candidates = sorted({self.line, *others, *(it + step for it in others)})
        if self.rules.adjust is None:  # without bonuses nobody gets more than the full score
            candidates = [it for it in candidates if it <= self.rules.total]
        possible = (it for it in candidates if it >= self.line and it > self.score.rounded)
        return next((it for it in possible if self._wins(it)), None)

    def _to_keep(self) -> str:
        """Tell with which score the place would have been lost: to the best of those without one, or by the band."""
        grade = self.pool.rule.grade
        lost = [it for it in self._rivals().values() if not self._wins(it)]
        if lost:
            return f"得分如果只有 {number(max(lost))} 分，就得不到{grade}等次的名额。"
        return f"得分如果低于“{grade}”的分数线 {number(self.line)} 分，就不再建议为{grade}。"


def _by_proposal(result: PeriodResult, own: PersonResult) -> list[str]:
    scheme = result.book.scheme if result.book else None
    if scheme is None or scheme.score is not None or own.base is None:
        return []
    limits = [pool for pool in result.pools if own.person in pool.members]
    found = [f"建议等次来自所提出的等次“{own.base}”；提出的等次不同，建议也会不同。"]
    for pool in limits:
        places = f"参加考核 {pool.base} 人，{pool.rule.grade}等次限额 {pool.limit} 人，目前用了 {pool.used} 个"
        found.append(f"{places}；审定时要在限额以内取舍。")
    return found
