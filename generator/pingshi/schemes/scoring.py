"""Indicators, score and grades: how a number comes about, and which grade it means."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field

from pingshi.schemes.choices import Places, RoundingMode, ScoreSource
from pingshi.schemes.fields import Positive
from pingshi.schemes.rule import REVIEWERS_TOLD, Rule, Says
from pingshi.source import Choices, Exact, Line, Located, Symbol


class Indicator(Located, title="指标"):
    """One line of a score sheet."""

    name: Line = Field(title="指标名称")
    points: Positive = Field(title="满分")


class CommonIndicators(Rule, title="共性指标"):
    """The lines that everybody's sheet has; `weight` is what their points add up to."""

    weight: Positive = Field(title="合计分值", description="各项满分之和。")
    items: dict[Symbol, Indicator] = Field(title="各项指标", description="左边是指标代号，评鉴表按代号填写。")


class IndividualIndicators(Rule, title="个性指标"):
    """The lines by post; each post's points add up to `weight`."""

    weight: Positive = Field(title="合计分值", description="每个岗位各项满分之和。")
    by_post: dict[Symbol, dict[Symbol, Indicator]] = Field(
        title="各岗位的指标", description="左边是岗位代号，里面左边是指标代号。"
    )


class Indicators(Located, title="考核指标"):
    """The score sheets: common lines, lines by post, or both."""

    common: CommonIndicators | None = Field(default=None, title="共性指标", description="人人都有的指标。")
    individual: IndividualIndicators | None = Field(default=None, title="个性指标", description="按岗位不同的指标。")

    def sheet(self, post: str) -> dict[str, Indicator] | None:
        """Return a post's whole sheet by indicator id, or None where the scheme has no such post."""
        common = dict(self.common.items) if self.common else {}
        if self.individual is None:
            return common
        own = self.individual.by_post.get(post)
        return None if own is None else common | own


class Rounding(Located, title="取整"):
    """How an exact number becomes a written one, with up to six decimals."""

    places: Places = Field(title="小数位数")
    mode: RoundingMode = Field(title="取整办法")

    @property
    def decimals(self) -> int:
        """How many decimals."""
        return int(self.places)

    def apply(self, value: Fraction) -> Fraction:
        """Round away from zero at the half (half_up) or towards zero (down), exactly."""
        scaled = abs(value) * 10**self.decimals
        whole = int(scaled + Fraction(1, 2)) if self.mode == "half_up" else int(scaled)
        return Fraction(whole, 10**self.decimals) * (1 if value >= 0 else -1)


class ScorePart(Rule, title="得分的一部分"):
    """A share of the score. `weight` is in percent; ratings and ballots are on the scale of `total`."""

    weight: Positive = Field(title="比重", description="百分数，写 40 就是 40%；各部分之和是 100。")
    source: ScoreSource = Field(alias="from", title="分数来源")
    by: Line | None = Field(default=None, title="由谁评分", description=REVIEWERS_TOLD)
    says: Says


class Adjustment(Rule, title="加减分"):
    """Facts that add to and subtract from the score; the net is kept within ±`within`."""

    add: Annotated[Literal["bonus"], Choices({"bonus": "加分事项"})] = Field(title="加分来源")
    subtract: Annotated[Literal["penalty"], Choices({"penalty": "减分事项"})] = Field(title="减分来源")
    within: Positive = Field(title="上限", description="加减分相抵以后最多加或者减多少分。")


class Score(Rule, title="得分"):
    """How the score is made up. Where a scheme has none, proposals decide."""

    total: Positive = Field(title="满分")
    parts: tuple[ScorePart, ...] = Field(title="各部分")
    adjust: Adjustment | None = Field(default=None, title="加减分")
    rounding: Rounding = Field(alias="round", title="取整", description="最后的得分怎样取整。")
    rounding_each: Rounding | None = Field(
        default=None, alias="round_each", title="每步取整", description="每一步也先取整的才写。"
    )


class Grades(Rule, title="考核等次"):
    """The grades, best first, and the score that each begins at.

    `binding`: bands in which the score fixes the grade (定为), so that no better one may
    be decided. In the others it only suggests one.
    """

    names: tuple[Line, ...] = Field(max_length=10, title="各等次", description="从高到低。")
    bands: dict[Line, Exact] | None = Field(
        default=None, title="分数线", description="左边是等次，右边是最低分；不按得分定等次的不写。"
    )
    binding: tuple[Line, ...] = Field(
        default=(), title="由得分确定的等次", description="得分落在这些等次里，就不能定为更高的等次。"
    )
    bands_on: Rounding | None = Field(default=None, title="分档前取整", description="按取整以后的得分分档的才写。")

    @property
    def best(self) -> str:
        """The best grade: 好."""
        return self.names[0]

    def rank(self, grade: str) -> int:
        """0 for the best grade; a larger number is worse."""
        return self.names.index(grade)

    def band(self, score: Fraction) -> str:
        """Return the grade whose band holds the score; below the lowest, the lowest."""
        assert self.bands is not None  # noqa: S101 -- only called where the score decides
        value = self.bands_on.apply(score) if self.bands_on else score
        return next((name for name in self.names if name in self.bands and value >= self.bands[name]), self.names[-1])
