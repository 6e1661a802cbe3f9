"""The scheme language: one model per section of `scheme.yml`, in the document's order.

Rules are data over a small vocabulary; there is no branch per bureau anywhere. Every rule
has `cite`, the id of the clause that it comes from, and inherits its place in the file.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, model_validator

from pingshi.schemes.choices import (
    ApproverRole,
    CyclePeriod,
    Due,
    Each,
    FactKind,
    FeedbackKind,
    FilingEach,
    FilingForm,
    Matter,
    OwnRecord,
    Places,
    Pools,
    RoundingMode,
    ScoreSource,
    Strength,
    Wording,
    Yes,
)
from pingshi.schemes.fields import (
    Clause,
    Limit,
    PeriodName,
    PersonCondition,
    Positive,
    RecordKind,
    Share,
    YearCondition,
)
from pingshi.schemes.until import FORMS_OF_UNTIL, UntilField
from pingshi.schemes.vocabulary import REVIEWER_ROLES, ROLES
from pingshi.source import Choices, Count, Exact, Line, Located, Prose, Symbol, lone_or_many, reject, single_or_many

if TYPE_CHECKING:
    from pingshi.schemes.expressions import Condition


_CONDITION = "条件写成比较式，如 leave_share > 1/2；可以用的词见网站“方案的写法”里“条件里的词”一节。"
_YEAR_CONDITION = "条件写成比较式，如 count('较差') >= 3；可以用的词见网站“方案的写法”里“条件里的词”一节。"
_LIMIT = "写成 3 days（日）或者 5 workdays（工作日）。"
_ROLES = "可以写：" + "；".join(f"{role} {title}" for role, title in ROLES.items())
_REVIEWERS = "可以写：" + "；".join(f"{role} {ROLES[role]}" for role in REVIEWER_ROLES)
_ONE_OF_THREE = f"exclude、elsewhere、comment_only 只写一个。{_CONDITION}"
_ONE_EFFECT = "等次的名称；sets、at_most、allows 只写一个。"
_UNTIL = f"{FORMS_OF_UNTIL}；方案没有写日期的不写。"
_REMIND_ONLY = "写 true，只列入待办事项，不作为问题报告。"
_ONE_OF_FIVE = "only、bars、prefers、permits、ends_taking_part 只写一个。"
Says = Annotated[Line, Field(title="规定", description="用一句话写方案的规定，会原样出现在说明和网页里。")]


#: Rules of one section that are tried out on everybody: the real schemes have up to ten, more would never end.
MOST_RULES = 50


class Rule(Located):
    """Anything that cites a clause. The clause travels with it to every message."""

    cite: Clause = Field(title="依据的条款", description="条款编号，如 Q7；编号见 clauses.yml。")


class Terms(Located, title="用语"):
    """The document's own words, which notices and pages use."""

    assessment: Line = Field(title="考核名称", description="如 平时考核、日常考核。")
    review: Line = Field(title="每期考核的名称", description="如 季度考核、季评鉴。")
    people: Line = Field(title="考核对象的称谓", description="如 公务员、工作人员。")
    office: Line = Field(title="经办部门", description="如 人教科、督查指导科。")
    supervising_leader: Line = Field(title="主管领导的称谓", description="如 主管领导、分管领导。")


class Cycle(Rule, title="考核周期"):
    """How often: every quarter or half-year, and since when."""

    period: CyclePeriod = Field(title="周期")
    since: PeriodName | None = Field(default=None, alias="from", title="从哪一期开始", description="如 2020-Q2。")


class Participation(Rule, title="谁参加考核"):
    """One rule of who takes part and how; the first that matches decides. `says` tells it in words."""

    says: Says
    exclude: PersonCondition | None = Field(default=None, title="不参加考核的条件", description=_ONE_OF_THREE)
    elsewhere: PersonCondition | None = Field(default=None, title="由外单位考核的条件", description=_ONE_OF_THREE)
    comment_only: PersonCondition | None = Field(default=None, title="只写评语的条件", description=_ONE_OF_THREE)

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
    by: Line | None = Field(default=None, title="由谁评分", description=_REVIEWERS)
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


class Procedure(Rule, title="谁提出、谁审定"):
    """Who proposes and who decides, for the people whom `for` describes (else for all)."""

    says: Says
    who: PersonCondition | None = Field(
        default=None, alias="for", title="适用于哪些人", description=f"不写就适用于其余的人。{_CONDITION}"
    )
    propose: Line | None = Field(default=None, title="由谁提出等次", description=_REVIEWERS)
    decide: Line = Field(title="由谁审定", description=_ROLES)


class Override(Rule, title="直接确定或者限制等次"):
    """A fact or a condition that bears on the grade, in one of three strengths of effect.

    `sets` 直接确定为 (automatic), `at_most` 不得…以上, `allows` 可以直接确定为 (open to the
    deciders, never automatic). `strength` in_principle may be departed from with a reason.
    """

    says: Says
    fact: FactKind | None = Field(default=None, title="依据的事实", description="与 when 只写一个。")
    item: Line | None = Field(default=None, title="情形", description="方案列举的情形名称，事实记录按它填写。")
    when: PersonCondition | None = Field(default=None, title="条件", description=f"与 fact 只写一个。{_CONDITION}")
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
    when: PersonCondition = Field(title="向哪些人倾斜", description=_CONDITION)


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

    whom: Line = Field(title="征求谁的意见", description=_ROLES)
    grades: tuple[Line, ...] = Field(title="等次", description="拟定为这些等次的人要征求意见。")


class Publicity(Rule, title="结果公示或者公开"):
    """What is made known: 公示 (proposed, open to objections) or 公开 (decided, made known)."""

    wording: Wording = Field(title="公示还是公开")
    grades: tuple[Line, ...] | Annotated[Literal["all"], Choices({"all": "全部等次"})] = Field(
        title="公布哪些等次", description="等次的列表，如 [好]。"
    )
    at_least: Limit | None = Field(default=None, title="最短时间", description=_LIMIT)
    summaries: Clause | None = Field(
        default=None, title="公布个人小结", description="公布的写依据的条款编号，不公布的不写。"
    )


class Deadline(Rule, title="期限"):
    """A limit for the determination (from the period's end), objections (from the feedback) or replies."""

    says: Says
    what: Due = Field(title="事项")
    within: Limit = Field(title="时限", description=_LIMIT)


class Objections(Rule, title="异议"):
    """Which grades may be objected to; without this section, any."""

    grades: tuple[Line, ...] = Field(title="等次", description="对哪些等次可以提出异议。")


class Material(Rule, title="考核材料"):
    """A record that everybody who takes part files (or the office, for one file a folder)."""

    record: RecordKind = Field(title="材料")
    each: Each = Field(title="多久一次")
    says: Says
    until: UntilField | None = Field(default=None, title="期限", description=_UNTIL)
    remind_only: Yes | None = Field(default=None, title="只提醒", description=_REMIND_ONLY)


class TaskAdjustment(Rule, title="任务调整"):
    """Who must sign a task's change (`sign`) and who must agree (`agree`) for it to count."""

    says: Says
    sign: Line = Field(title="由谁签字", description=_ROLES)
    agree: Line = Field(title="由谁同意", description=_ROLES)


class Approval(Rule, title="材料由谁审核"):
    """Who approves a kind of record that people file about themselves, where the document says so; any one of `by`.

    `direct_leader` is the head of the person's department; for the head, or where there is none, whoever leads it.
    """

    says: Says
    record: OwnRecord = Field(title="材料")
    by: Annotated[tuple[ApproverRole, ...], single_or_many] = Field(
        title="由谁审核", description="有一个人审核就可以。"
    )


class OutsideResult(Rule, title="外单位的结果"):
    """Who must have a result or opinion from the unit where they work: the people that `for` describes."""

    says: Says
    who: PersonCondition = Field(alias="for", title="适用于哪些人", description=_CONDITION)


class FollowUp(Rule, title="反馈和谈话"):
    """What must follow a result: one of `kinds`, for people with one of `grades`, or with such a `fact` (or for all).

    `plan`: the note must hold the measures of improvement (整改措施). `by`: whose task it is; the supervising leader's
    where nobody is named.
    """

    says: Says
    kinds: tuple[FeedbackKind, ...] = Field(title="方式", description="做到其中一种就可以。")
    grades: tuple[Line, ...] | None = Field(default=None, title="适用的等次", description="不写就适用于全体。")
    fact: FactKind | None = Field(
        default=None, title="适用的事实", description="当期有这种事实记录的人；与 grades 只写一个。"
    )
    by: Annotated[tuple[Line, ...], single_or_many] = Field(
        default=("supervising_leader",), title="由谁办理", description=f"不写就由主管领导办理。{_ROLES}"
    )
    plan: Yes | None = Field(default=None, title="要有整改措施", description="写 true，记录里要写整改措施（plan）。")
    remind_only: Yes | None = Field(default=None, title="只提醒", description=_REMIND_ONLY)

    @model_validator(mode="after")
    def _one_kind_of_people(self) -> FollowUp:
        if self.grades is not None and self.fact is not None:
            hint = "看等次的写 grades，看事实记录的写 fact；两种都有的写成两条"
            raise reject("bad-value", "grades 和 fact 只能写一个", hint)
        return self


class Filing(Rule, title="报送备案"):
    """A form that goes to a higher authority each period or year; `result_letter` to each guest's home unit."""

    says: Says
    form: FilingForm = Field(title="报送的材料")
    to: Line = Field(title="报送单位")
    each: FilingEach = Field(title="多久一次")
    who: PersonCondition | None = Field(
        default=None,
        alias="for",
        title="为哪些人报送",
        description=f"有这样的人参加考核才报送；不写就都要报送。{_CONDITION}",
    )
    until: UntilField | None = Field(default=None, title="期限", description=_UNTIL)
    remind_only: Yes | None = Field(default=None, title="只提醒", description=_REMIND_ONLY)


class Supervision(Rule, title="综合分析和监督"):
    """What the office looks through the results for (`pingshi analysis`), under which clause."""

    says: Says
    matter: Matter = Field(title="看什么")


class AnnualRule(Rule, title="年度考核规则"):
    """What a year's grades mean: narrow to (`only`), remove (`bars`), prefer, or end taking part."""

    says: Says
    when: YearCondition = Field(title="条件", description=_YEAR_CONDITION)
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


class Assumption(Located, title="对原文的理解"):
    """How the scheme's text is read where it leaves something open; shown beside the rules."""

    about: Annotated[tuple[Clause, ...], single_or_many] = Field(
        title="涉及的条款", description="条款编号，可以不止一个。"
    )
    says: Prose = Field(title="怎样理解", description="原文没有写明的，这里怎样办理。")


class Scheme(Located, title="考核方案"):
    """A bureau's scheme, in the order of such documents."""

    title: Line = Field(title="方案名称")
    terms: Terms = Field(title="用语")
    cycle: Cycle = Field(title="考核周期")
    posts: dict[Symbol, Line] = Field(title="岗位类别", description="左边是代号，右边是名称。")
    participants: tuple[Participation, ...] = Field(
        max_length=MOST_RULES, title="考核对象", description="以最先符合的一条为准；都不符合的，参加考核并确定等次。"
    )
    indicators: Indicators = Field(title="考核指标")
    score: Score | None = Field(default=None, title="得分", description="不按得分定等次的不写。")
    grades: Grades = Field(title="考核等次")
    procedure: tuple[Procedure, ...] = Field(
        max_length=MOST_RULES, title="审核审定", description="以最先符合的一条为准。"
    )
    overrides: tuple[Override, ...] = Field(default=(), max_length=MOST_RULES, title="直接确定或者限制等次")
    quota: Annotated[tuple[Quota, ...], lone_or_many] = Field(default=(), title="名额")
    consultation: Consultation | None = Field(default=None, title="征求意见")
    publicity: Publicity = Field(title="结果公示或者公开")
    deadlines: tuple[Deadline, ...] = Field(default=(), title="办理期限")
    objections: Objections | None = Field(default=None, title="异议", description="不写就对任何等次都可以提出。")
    materials: tuple[Material, ...] = Field(default=(), title="考核材料")
    adjustment: TaskAdjustment | None = Field(default=None, title="任务调整")
    approvals: tuple[Approval, ...] = Field(
        default=(), title="材料由谁审核", description="不写的，由提出等次的人审核。"
    )
    outside: tuple[OutsideResult, ...] = Field(default=(), max_length=MOST_RULES, title="外单位的结果")
    follow_up: tuple[FollowUp, ...] = Field(default=(), title="反馈和谈话")
    filings: tuple[Filing, ...] = Field(default=(), max_length=MOST_RULES, title="报送备案")
    annual: Annual | None = Field(default=None, title="与年度考核挂钩")
    supervision: tuple[Supervision, ...] = Field(default=(), title="综合分析和监督")
    assumptions: tuple[Assumption, ...] = Field(default=(), title="对原文的理解")

    def items(self, fact: str) -> tuple[str, ...]:
        """Return the scheme's list of items for a kind of fact, in order."""
        return tuple(rule.item for rule in self.overrides if rule.fact == fact and rule.item is not None)

    def role_title(self, role: str) -> str:
        """Return a role's name in the document's own words."""
        return self.terms.supervising_leader if role == "supervising_leader" else ROLES.get(role, role)

    def deadline(self, what: str) -> Deadline | None:
        """Return the deadline of this kind, if the scheme has one."""
        return next((it for it in self.deadlines if it.what == what), None)
