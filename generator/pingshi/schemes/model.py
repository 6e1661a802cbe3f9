"""The scheme language: one model per section of `scheme.yml`, in the document's order.

Rules are data over a small vocabulary; there is no branch per bureau anywhere. Every rule
has `cite`, the id of the clause that it comes from, and inherits its place in the file.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from pingshi.schemes.fields import (
    Clause,
    Limit,
    PeriodName,
    PersonCondition,
    Pools,
    Positive,
    RecordKind,
    Share,
    Strength,
    YearCondition,
)
from pingshi.schemes.vocabulary import ROLES
from pingshi.source import Count, Exact, Line, Located, Prose, Symbol, reject

if TYPE_CHECKING:
    from pingshi.schemes.expressions import Condition


class Rule(Located):
    """Anything that cites a clause. The clause travels with it to every message."""

    cite: Clause


class Terms(Located):
    """The document's own words, which notices and pages use."""

    assessment: Line = Field(description="考核的名称：平时考核，日常考核")
    review: Line = Field(description="一个周期的评定怎么称呼：季度考核，季评鉴")
    people: Line = Field(description="参加考核的人怎么称呼：公务员，工作人员")
    office: Line = Field(description="经办部门：人教科，督查指导科")
    supervising_leader: Line = Field(description="主管领导怎么称呼：主管领导，分管领导")


class Cycle(Rule):
    """How often: every quarter or half-year, and since when."""

    period: Literal["quarter", "half"]
    since: PeriodName | None = Field(default=None, alias="from")


class Participation(Rule):
    """One rule of who takes part and how; the first that matches decides. `says` tells it in words."""

    says: Line
    exclude: PersonCondition | None = None
    elsewhere: PersonCondition | None = None
    comment_only: PersonCondition | None = None

    @model_validator(mode="after")
    def _exactly_one(self) -> Participation:
        if sum(it is not None for it in (self.exclude, self.elsewhere, self.comment_only)) != 1:
            hint = "三个里只写一个；不同的结果写成几条规则"
            raise reject("bad-value", "exclude、elsewhere、comment_only 必须且只能写一个", hint)
        return self

    @property
    def outcome(self) -> str:
        """excluded, elsewhere or comment_only."""
        if self.exclude is not None:
            return "excluded"
        return "elsewhere" if self.elsewhere is not None else "comment_only"

    @property
    def when(self) -> Condition:
        """The condition of whichever outcome is written."""
        written = self.exclude or self.elsewhere or self.comment_only
        assert written is not None  # noqa: S101 -- the validator above
        return written


class Indicator(Located):
    """One line of a score sheet."""

    name: Line
    points: Positive


class CommonIndicators(Rule):
    """The lines that everybody's sheet has; `weight` is what their points add up to."""

    weight: Positive
    items: dict[Symbol, Indicator]


class IndividualIndicators(Rule):
    """The lines by post; each post's points add up to `weight`."""

    weight: Positive
    by_post: dict[Symbol, dict[Symbol, Indicator]]


class Indicators(Located):
    """The score sheets: common lines, lines by post, or both."""

    common: CommonIndicators | None = None
    individual: IndividualIndicators | None = None

    def sheet(self, post: str) -> dict[str, Indicator] | None:
        """Return a post's whole sheet by indicator id, or None where the scheme has no such post."""
        common = dict(self.common.items) if self.common else {}
        if self.individual is None:
            return common
        own = self.individual.by_post.get(post)
        return None if own is None else common | own


class Rounding(Located):
    """How an exact number becomes a written one, with up to six decimals."""

    places: Literal["0", "1", "2", "3", "4", "5", "6"]
    mode: Literal["half_up", "down"] = Field(description="half_up 四舍五入，down 舍去")

    @property
    def decimals(self) -> int:
        """How many decimals."""
        return int(self.places)

    def apply(self, value: Fraction) -> Fraction:
        """Round away from zero at the half (half_up) or towards zero (down), exactly."""
        scaled = abs(value) * 10**self.decimals
        whole = int(scaled + Fraction(1, 2)) if self.mode == "half_up" else int(scaled)
        return Fraction(whole, 10**self.decimals) * (1 if value >= 0 else -1)


class ScorePart(Rule):
    """A share of the score. `weight` is in percent; ratings and ballots are on the scale of `total`."""

    weight: Positive
    source: Literal["rating", "ballots", "monthly_tasks"] = Field(alias="from")
    by: Line | None = Field(default=None, description="谁的评分，如 supervising_leader")
    says: Line


class Adjustment(Rule):
    """Facts that add to and subtract from the score; the net is kept within ±`within`."""

    add: Literal["bonus"]
    subtract: Literal["penalty"]
    within: Positive


class Score(Rule):
    """How the score is made up. Where a scheme has none, proposals decide."""

    total: Positive
    parts: tuple[ScorePart, ...]
    adjust: Adjustment | None = None
    rounding: Rounding = Field(alias="round")
    rounding_each: Rounding | None = Field(default=None, alias="round_each", description="每一步也先取整")


class Grades(Rule):
    """The grades, best first, and the score that each begins at.

    `binding`: bands in which the score fixes the grade (定为), so that no better one may
    be decided. In the others it only suggests one.
    """

    names: tuple[Line, ...] = Field(max_length=10)
    bands: dict[Line, Exact] | None = None
    binding: tuple[Line, ...] = ()
    bands_on: Rounding | None = Field(default=None, description="按取整后的得分分档")

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


class Procedure(Rule):
    """Who proposes and who decides, for the people whom `for` describes (else for all)."""

    says: Line
    who: PersonCondition | None = Field(default=None, alias="for")
    propose: Line | None = None
    decide: Line


class Override(Rule):
    """A fact or a condition that bears on the grade, in one of three strengths of effect.

    `sets` 直接确定为 (automatic), `at_most` 不得…以上, `allows` 可以直接确定为 (open to the
    deciders, never automatic). `strength` in_principle may be departed from with a reason.
    """

    says: Line
    fact: Literal["outstanding", "misconduct", "accountability", "admonition", "absent", "fraud"] | None = None
    item: Line | None = None
    when: PersonCondition | None = None
    sets: Line | None = None
    at_most: Line | None = None
    allows: Line | None = None
    strength: Strength = "firm"

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


class Preference(Rule):
    """Whom a quota leans to where places are short."""

    says: Line
    when: PersonCondition


class Quota(Rule):
    """How many may get a grade: a share, a whole number that was issued, or both (the smaller).

    `pools`: counted apart by category, department or supervising leader. `least`: a pool
    has at least so many places.
    """

    grade: Line
    at_most: Share | None = None
    number: Count | None = None
    least: Count | None = None
    pools: Pools | None = None
    strength: Strength
    prefer: Preference | None = None

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


class Consultation(Rule):
    """Whom the office must consult before a determination with these grades is published."""

    whom: Line
    grades: tuple[Line, ...]


class Publicity(Rule):
    """What is made known: 公示 (proposed, open to objections) or 公开 (decided, made known)."""

    wording: Literal["公示", "公开"]
    grades: tuple[Line, ...] | Literal["all"]
    at_least: Limit | None = None
    summaries: Clause | None = Field(default=None, description="公布个人小结所依据的条款")


class Deadline(Rule):
    """A limit for the determination (from the period's end), objections (from the feedback) or replies."""

    says: Line
    what: Literal["determination", "objection", "reply"]
    within: Limit


class Objections(Rule):
    """Which grades may be objected to; without this section, any."""

    grades: tuple[Line, ...]


class Material(Rule):
    """A record that everybody who takes part files (or the office, for one file a folder)."""

    record: RecordKind
    each: Literal["period", "month", "year"]
    says: Line


class OutsideResult(Rule):
    """Who must have a result or opinion from the unit where they work: the people that `for` describes."""

    says: Line
    who: PersonCondition = Field(alias="for")


class FollowUp(Rule):
    """What must follow a result: one of `kinds`, for people with one of `grades` (or for all)."""

    says: Line
    kinds: tuple[
        Literal[
            "feedback", "praise", "reminder", "criticism", "warning_talk", "formal_warning", "self_examination",
            "reassignment", "retraining",
        ],
        ...,
    ]  # fmt: skip
    grades: tuple[Line, ...] | None = None


class Filing(Rule):
    """A form that goes to a higher authority each period or year."""

    says: Line
    form: Literal["scheme", "quarterly_roster", "reward_roster", "annual_summary", "annual_roster"]
    to: Line
    each: Literal["period", "year"]


class AnnualRule(Rule):
    """What a year's grades mean: narrow to (`only`), remove (`bars`), prefer, or end taking part."""

    says: Line
    when: YearCondition
    only: tuple[Line, ...] | None = None
    bars: tuple[Line, ...] | None = None
    prefers: Line | None = None
    permits: Line | None = None
    ends_taking_part: Literal["true"] | None = None
    strength: Strength = "firm"

    @model_validator(mode="after")
    def _one_effect(self) -> AnnualRule:
        effects = (self.only, self.bars, self.prefers, self.permits, self.ends_taking_part)
        if sum(bool(it) for it in effects) != 1:
            hint = "only 只能定为，bars 不得定为，prefers 优先，permits 可以，ends_taking_part: true 不参加年度考核"
            raise reject("bad-value", "only、bars、prefers、permits、ends_taking_part 必须且只能写一个", hint)
        return self


class AnnualWeight(Rule):
    """The share of the regular assessments in a quantified annual score."""

    share: Share


class Annual(Rule):
    """What the year's grades mean for the annual assessment."""

    grades: tuple[Line, ...]
    weight: AnnualWeight | None = None
    rules: tuple[AnnualRule, ...]


class Assumption(Located):
    """How the scheme's text is read where it leaves something open; shown beside the rules."""

    about: Annotated[tuple[Clause, ...], BeforeValidator(lambda it: [it] if isinstance(it, str) else it)]
    says: Prose


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, dict) else value


class Scheme(Located):
    """A bureau's scheme, in the order of such documents."""

    title: Line
    terms: Terms
    cycle: Cycle
    posts: dict[Symbol, Line]
    participants: tuple[Participation, ...]
    indicators: Indicators
    score: Score | None = None
    grades: Grades
    procedure: tuple[Procedure, ...]
    overrides: tuple[Override, ...] = ()
    quota: Annotated[tuple[Quota, ...], BeforeValidator(_listed)] = ()
    consultation: Consultation | None = None
    publicity: Publicity
    deadlines: tuple[Deadline, ...] = ()
    objections: Objections | None = None
    materials: tuple[Material, ...] = ()
    outside: tuple[OutsideResult, ...] = ()
    follow_up: tuple[FollowUp, ...] = ()
    filings: tuple[Filing, ...] = ()
    annual: Annual | None = None
    assumptions: tuple[Assumption, ...] = ()

    def items(self, fact: str) -> tuple[str, ...]:
        """Return the scheme's list of items for a kind of fact, in order."""
        return tuple(rule.item for rule in self.overrides if rule.fact == fact and rule.item is not None)

    def role_title(self, role: str) -> str:
        """Return a role's name in the document's own words."""
        return self.terms.supervising_leader if role == "supervising_leader" else ROLES.get(role, role)

    def deadline(self, what: str) -> Deadline | None:
        """Return the deadline of this kind, if the scheme has one."""
        return next((it for it in self.deadlines if it.what == what), None)
