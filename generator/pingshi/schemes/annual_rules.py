"""What a year of grades means for the annual assessment, as data."""

from __future__ import annotations

from pydantic import Field, model_validator

from pingshi.schemes.choices import Strength, Yes
from pingshi.schemes.fields import Share, YearCondition
from pingshi.schemes.rule import MOST_RULES, YEAR_CONDITION, Rule, Says
from pingshi.source import Line, reject

_ONE_OF_FIVE = "only、bars、prefers、permits、ends_taking_part 只写一个。"


class AnnualRule(Rule, title="年度考核规则"):
    """What a year's grades mean: narrow to (`only`), remove (`bars`), prefer, or end taking part."""

    says: Says
    when: YearCondition = Field(title="条件", description=YEAR_CONDITION)
    only: tuple[Line, ...] | None = Field(default=None, title="只能确定为", description=_ONE_OF_FIVE)
    bars: tuple[Line, ...] | None = Field(default=None, title="不得确定为", description=_ONE_OF_FIVE)
    prefers: Line | None = Field(default=None, title="优先确定为", description=_ONE_OF_FIVE)
    permits: Line | None = Field(default=None, title="可以确定为", description=_ONE_OF_FIVE)
    ends_taking_part: Yes | None = Field(default=None, title="不参加年度考核", description=_ONE_OF_FIVE)
    strength: Strength = Field(default="firm", title="约束力")

    @model_validator(mode="after")
    def _one_effect(self) -> AnnualRule:
        effects = (self.only, self.bars, self.prefers, self.permits, self.ends_taking_part)
        if sum(bool(it) for it in effects) != 1:
            hint = "only 只能定为，bars 不得定为，prefers 优先，permits 可以，ends_taking_part: true 不参加年度考核"
            raise reject("bad-value", "only、bars、prefers、permits、ends_taking_part 必须且只能写一个", hint)
        return self


class AnnualWeight(Rule, title="在年度考核中的比重"):
    """The share of the regular assessments in a quantified annual score."""

    share: Share = Field(title="比重", description="如 60%。")


class AnnualPublicity(Rule, title="年度结果的公示"):
    """Whose annual grades are made known, and whether with their own grades of the year's periods."""

    grades: tuple[Line, ...] = Field(title="公示哪些年度等次", description="年度等次的列表，如 [优秀]。")
    with_periods: Yes | None = Field(
        default=None, title="一并公示各期等次", description="原文规定一并公示本人当年各期等次的写 true。"
    )


class Annual(Rule, title="与年度考核挂钩"):
    """What the year's grades mean for the annual assessment."""

    grades: tuple[Line, ...] = Field(title="年度考核等次", description="从高到低。")
    weight: AnnualWeight | None = Field(default=None, title="比重", description="量化计分的才写。")
    rules: tuple[AnnualRule, ...] = Field(max_length=MOST_RULES, title="规则")
    publicity: AnnualPublicity | None = Field(
        default=None, title="年度结果的公示", description="原文规定公示年度结果的才写。"
    )
