"""Who proposes and decides, what bears on the grade, how many may get it, and what is made known."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from pingshi.schemes.choices import FactKind, Pools, Strength, Wording
from pingshi.schemes.fields import Clause, Limit, PersonCondition, Share
from pingshi.schemes.rule import CONDITION, LIMIT, REVIEWERS_TOLD, ROLES_TOLD, Rule, Says
from pingshi.source import Choices, Count, Line, reject

_ONE_EFFECT = "等次的名称；sets、at_most、allows 只写一个。"


class Procedure(Rule, title="谁提出、谁审定"):
    """Who proposes and who decides, for the people whom `for` describes (else for all)."""

    says: Says
    who: PersonCondition | None = Field(
        default=None, alias="for", title="适用于哪些人", description=f"不写就适用于其余的人。{CONDITION}"
    )
    propose: Line | None = Field(default=None, title="由谁提出等次", description=REVIEWERS_TOLD)
    decide: Line = Field(title="由谁审定", description=ROLES_TOLD)


class Override(Rule, title="直接确定或者限制等次"):
    """A fact or a condition that bears on the grade, in one of three strengths of effect.

    `sets` 直接确定为 (automatic), `at_most` 不得…以上, `allows` 可以直接确定为 (open to the
    deciders, never automatic). `strength` in_principle may be departed from with a reason.
    """

    says: Says
    fact: FactKind | None = Field(default=None, title="依据的事实", description="与 when 只写一个。")
    item: Line | None = Field(default=None, title="情形", description="方案列举的情形名称，事实记录按它填写。")
    when: PersonCondition | None = Field(default=None, title="条件", description=f"与 fact 只写一个。{CONDITION}")
    sets: Line | None = Field(default=None, title="直接确定为", description=_ONE_EFFECT)
    at_most: Line | None = Field(default=None, title="不得高于", description=_ONE_EFFECT)
    allows: Line | None = Field(default=None, title="可以直接确定为", description=_ONE_EFFECT)
    strength: Strength = Field(default="firm", title="约束力")

    @model_validator(mode="after")
    def _one_cause_one_effect(self) -> Override:
        if (self.fact is None) == (self.when is None):
            raise reject("bad-value", "fact 和 when 必须且只能写一个", "有事实记录的写 fact，看期末状态的写 when")
        if sum(it is not None for it in (self.sets, self.at_most, self.allows)) != 1:
            raise reject(
                "bad-value",
                "sets、at_most、allows 必须且只能写一个",
                "直接确定写 sets，不得高于写 at_most，可以确定写 allows",
            )
        return self

    @property
    def grade(self) -> str:
        """The grade that the effect names."""
        named = self.sets or self.at_most or self.allows
        assert named is not None  # noqa: S101 -- the validator above
        return named


class Preference(Rule, title="名额倾斜"):
    """Whom a quota leans to where places are short."""

    says: Says
    when: PersonCondition = Field(title="向哪些人倾斜", description=CONDITION)


class Quota(Rule, title="名额"):
    """How many may get a grade: a share, a whole number that was issued, or both (the smaller).

    `pools`: counted apart by category, department or supervising leader. `least`: a pool
    has at least so many places.
    """

    grade: Line = Field(title="等次")
    at_most: Share | None = Field(default=None, title="最高比例", description="如 40% 或 1/3；小数一律舍去。")
    number: Count | None = Field(default=None, title="下达的名额", description="与比例都写的，取小的。")
    least: Count | None = Field(default=None, title="保底名额", description="每个范围至少有几个名额。")
    pools: Pools | None = Field(default=None, title="分别计算", description="按什么范围分别计算；不写就全单位一起算。")
    strength: Strength = Field(title="约束力")
    prefer: Preference | None = Field(default=None, title="名额倾斜")

    @model_validator(mode="after")
    def _some_limit(self) -> Quota:
        if self.at_most is None and self.number is None:
            raise reject("missing-key", "没有写限额", "写 at_most: 40%（比例）或 number: 8（下达的名额）")
        return self

    def limit(self, base: int) -> int:
        """Return the places for a pool of `base` people: floored exactly, never rounded up."""
        limits = [] if self.at_most is None else [int(self.at_most * base)]
        if self.number is not None:
            limits.append(self.number)
        return max(min(limits), min(self.least or 0, base))


class Consultation(Rule, title="征求意见"):
    """Whom the office must consult before a determination with these grades is published."""

    whom: Line = Field(title="征求谁的意见", description=ROLES_TOLD)
    grades: tuple[Line, ...] = Field(title="等次", description="拟定为这些等次的人要征求意见。")


class Publicity(Rule, title="结果公示或者公开"):
    """What is made known: 公示 (proposed, open to objections) or 公开 (decided, made known)."""

    wording: Wording = Field(title="公示还是公开")
    grades: tuple[Line, ...] | Annotated[Literal["all"], Choices({"all": "全部等次"})] = Field(
        title="公布哪些等次", description="等次的列表，如 [好]。"
    )
    at_least: Limit | None = Field(default=None, title="最短时间", description=LIMIT)
    summaries: Clause | None = Field(
        default=None, title="公布个人小结", description="公布的写依据的条款编号，不公布的不写。"
    )
