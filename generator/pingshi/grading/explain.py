"""One person's result in Chinese sentences that can be read out to them.

What counted, by which clause, from which record; where the quota was cut; and what would
have changed the result, found by grading again with that one thing changed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from pingshi.grading.period import grade_period
from pingshi.grading.quota import compete
from pingshi.grading.standing import Standing
from pingshi.records import Absent, Away, Discipline, Leave, Merit, Reward
from pingshi.wording import number

if TYPE_CHECKING:
    from pingshi.grading.result import PeriodResult, PersonResult, PoolResult
    from pingshi.records import AnyFact, UnitRecords


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


@dataclass(frozen=True, slots=True)
class Explanation:
    """The sentences about one person's result, and those about what would have changed it."""

    result: PersonResult
    title: str
    sentences: tuple[str, ...]
    otherwise: tuple[str, ...]

    def as_text(self) -> str:
        """Render for reading out: a title, numbered sentences, then the other ways it could have gone."""
        lines = [self.title, ""]
        lines += [f"{index}. {sentence}" for index, sentence in enumerate(self.sentences, 1)]
        if self.otherwise:
            lines += ["", "什么情况下结果会不同："]
            lines += [f"- {sentence}" for sentence in self.otherwise]
        return "\n".join(lines) + "\n"

    def as_json(self) -> dict[str, Any]:
        """Return the explanation as data."""
        result = self.result
        return {
            "person": result.person,
            "name": result.name,
            "participation": result.participation,
            "score": result.score.written if result.score else None,
            "suggested": result.suggested,
            "determined": result.determined,
            "steps": [step.as_json() for step in result.steps],
            "sentences": list(self.sentences),
            "otherwise": list(self.otherwise),
        }


def explain(records: UnitRecords, result: PeriodResult, person: str) -> Explanation:
    """Explain the result of somebody who is on the roll; KeyError for anybody else."""
    own = result.people[person]
    sentences = []
    for step in own.steps:
        sources = [f"依据{_clause(result, step.clause)}" if step.clause else "", f"见 {step.at}" if step.at else ""]
        cited = "，".join(it for it in sources if it)
        sentences.append(step.says + (f"（{cited}）" if cited else ""))
    title = f"{own.name} · {records.unit.name} · {result.period.title}考核结果说明"
    return Explanation(own, title, tuple(sentences), tuple(_otherwise(records, result, own)))


def _clause(result: PeriodResult, clause: str) -> str:
    """Name a clause as the document does, with its id: 方案三、（二）4（Q7）."""
    listed = result.book.clauses if result.book else None
    entry = listed.clauses.get(clause) if listed else None
    return f"方案{entry.where}（{clause}）" if entry else f" {clause}"


def _otherwise(records: UnitRecords, result: PeriodResult, own: PersonResult) -> list[str]:
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
    if scheme is None or own.score is None or scheme.grades.bands is None or own.base is None:
        return []
    if own.suggested is None:
        return []  # the person's facts can't be read, so no score alone would lead anywhere
    if own.bounds.sets is not None or own.bounds.caps:
        return []  # the score decides nothing here
    pool = next((it for it in result.pools if own.person in it.members), None)
    rank = scheme.grades.rank(own.base)
    target = own.base if rank == 0 else scheme.grades.names[rank - 1]
    line = scheme.grades.bands[target]
    if pool is None or target != pool.rule.grade:
        return (
            [f"得分再高 {number(line - own.score.rounded)} 分，就达到“{target}”的分数线 {number(line)} 分。"]
            if rank
            else []
        )
    if own.suggested == pool.rule.grade:
        return [_to_keep(records, result, own, pool)]
    needed = _to_get(records, result, own, pool, line)
    if needed is None:
        if pool.limit == 0:
            return [f"本期{target}等次没有名额，得分再高也得不到。"]
        if pool.limit <= len(pool.set_aside):
            return [f"{target}等次的 {pool.limit} 个名额都不由得分取得，得分再高也没有剩余名额。"]
        return [f"{target}等次的 {pool.limit} 个名额已不够满分的人分，即使得到满分也与他们同分，得不到名额。"]
    gap = f"还差 {number(needed - own.score.rounded)} 分"
    if needed == line:
        return [f"得分达到“{target}”的分数线 {number(line)} 分，就能得到名额，{gap}。"]
    return [f"“{target}”的分数线是 {number(line)} 分，但名额有限，得分要达到 {number(needed)} 分才能得到名额，{gap}。"]


def _with_score(own: PersonResult, score: Fraction) -> PersonResult:
    assert own.score is not None  # noqa: S101 -- the callers have looked
    return replace(own, score=replace(own.score, rounded=score))


def _rivals(result: PeriodResult, own: PersonResult, pool: PoolResult) -> list[str]:
    """Who else competes for the pool's places by score."""
    people = (result.people[it] for it in pool.members)
    return [
        it.person
        for it in people
        if it.person != own.person
        and it.base == pool.rule.grade
        and it.score
        and it.suggested is not None
        and not it.bounds.sets
        and not it.bounds.caps
    ]


def _wins(records: UnitRecords, result: PeriodResult, own: PersonResult, pool: PoolResult, score: Fraction) -> bool:
    rivals = [*_rivals(result, own, pool), own.person]
    people = {**result.people, own.person: _with_score(own, score)}
    standings = {it: Standing(records, it, result.period) for it in rivals}
    places = max(0, pool.limit - len(pool.set_aside))
    return own.person in compete(pool.rule, rivals, people, standings, places).winners


def _to_get(
    records: UnitRecords, result: PeriodResult, own: PersonResult, pool: PoolResult, line: Fraction
) -> Fraction | None:
    """Return the lowest score that would have got a place, or None where none would."""
    scheme = result.book.scheme if result.book else None
    assert scheme is not None and scheme.score is not None and own.score is not None  # noqa: S101, PT018 -- as above
    step = Fraction(1, 10**scheme.score.rounding.decimals)
    others = [score.rounded for it in _rivals(result, own, pool) if (score := result.people[it].score)]
    candidates = sorted({line, *others, *(it + step for it in others)})
    if scheme.score.adjust is None:  # without bonuses nobody gets more than the full score
        candidates = [it for it in candidates if it <= scheme.score.total]
    possible = (it for it in candidates if it >= line and it > own.score.rounded)
    return next((it for it in possible if _wins(records, result, own, pool, it)), None)


def _to_keep(records: UnitRecords, result: PeriodResult, own: PersonResult, pool: PoolResult) -> str:
    """Tell below which score the place would have been lost: to the best of those without one, or by the band."""
    scheme = result.book.scheme if result.book else None
    assert scheme is not None and scheme.grades.bands is not None  # noqa: S101, PT018 -- as above
    line = scheme.grades.bands[pool.rule.grade]
    others = [score.rounded for it in _rivals(result, own, pool) if (score := result.people[it].score)]
    lost = [it for it in others if not _wins(records, result, own, pool, it)]
    if lost:
        return f"得分如果只有 {number(max(lost))} 分，就得不到{pool.rule.grade}等次的名额。"
    return f"得分如果低于“{pool.rule.grade}”的分数线 {number(line)} 分，就不再建议为{pool.rule.grade}。"


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
