"""One person's result in Chinese sentences that can be read out to them.

What counted, by which clause, from which record; where the quota was cut; and what would
have changed the result, found by grading again with that one thing changed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pingshi.grading.period import grade_period
from pingshi.records import Absent, Away, Discipline, Leave
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
        found += _by_score(result, own)
        found += _by_proposal(result, own)
    return found


def _without_a_fact(records: UnitRecords, result: PeriodResult, own: PersonResult) -> list[str]:
    """Grade again without each of the person's facts in turn."""
    facts = records.facts.get(own.person, ())
    found = []
    for index, fact in enumerate(facts):
        fewer = facts[:index] + facts[index + 1 :]
        other = grade_period(replace(records, facts={**records.facts, own.person: fewer}), result.period).people[
            own.person
        ]
        before, after = _outcome(own), _outcome(other)
        if before != after:
            found.append(f"如果没有“{_fact_name(fact)}”这条记录（{fact.place}），就{after}，而不是{before}。")
        elif set(other.bounds.allows) != set(own.bounds.allows):
            grades = "、".join(it for it in own.bounds.allows if it not in other.bounds.allows)
            found.append(f"如果没有“{_fact_name(fact)}”这条记录（{fact.place}），就不能直接确定为{grades}。")
    return found


def _outcome(person: PersonResult) -> str:
    words = {"comment_only": "参加考核但不定等次", "elsewhere": "由所在单位考核", "excluded": "不参加考核"}
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


def _by_score(result: PeriodResult, own: PersonResult) -> list[str]:
    """Tell how far the next grade up is: by the band, or by the places."""
    scheme = result.book.scheme if result.book else None
    if scheme is None or own.score is None or scheme.grades.bands is None or own.base is None or own.bounds.sets:
        return []
    found = []
    rank = scheme.grades.rank(own.base)
    if rank > 0:
        better = scheme.grades.names[rank - 1]
        gap = scheme.grades.bands[better] - own.score.rounded
        found.append(f"得分再高 {number(gap)} 分，就达到“{better}”的分数线 {number(scheme.grades.bands[better])} 分。")
    for pool in result.pools:
        if (
            own.person in pool.members
            and own.base == pool.rule.grade
            and own.suggested != own.base
            and not own.bounds.caps
        ):
            found.append(_to_the_cut(pool, own))
        elif (
            own.person in pool.members
            and own.suggested == pool.rule.grade
            and own.bounds.sets is None
            and pool.cut is not None
        ):
            found.append(f"本组{pool.rule.grade}等次的名额取到 {number(pool.cut)} 分为止，低于这个分数就没有名额。")
    return found


def _to_the_cut(pool: PoolResult, own: PersonResult) -> str:
    assert own.score is not None  # noqa: S101 -- the caller asks only for those with a score
    if own.person in pool.tied:
        return f"名额边缘同分的有 {len(pool.tied)} 人，得分比他们再高一点就能得到名额。"
    if pool.cut is None:
        return f"本组的 {pool.limit} 个{pool.rule.grade}等次名额没有一个由得分竞争取得，得分再高也没有剩余名额。"
    gap = pool.cut - own.score.rounded
    line = f"{pool.rule.grade}等次的名额取到 {number(pool.cut)} 分为止"
    return f"{line}，还差 {number(gap)} 分，要超过这个分数才能得到名额。"


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
