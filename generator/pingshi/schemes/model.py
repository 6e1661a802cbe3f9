"""The scheme language: one model per section of `scheme.yml`, in the document's order.

Rules are data over a small vocabulary; there is no branch per bureau anywhere. Every rule
has `cite`, the id of the clause that it comes from, and inherits its place in the file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field, model_validator

from pingshi.schemes.annual_rules import Annual
from pingshi.schemes.choices import CyclePeriod
from pingshi.schemes.deciding import Consultation, Override, Procedure, Publicity, Quota
from pingshi.schemes.duties import (
    Approval,
    Deadline,
    Filing,
    FollowUp,
    Material,
    Objections,
    OutsideResult,
    Supervision,
    TaskAdjustment,
)
from pingshi.schemes.fields import Clause, PeriodName, PersonCondition
from pingshi.schemes.rule import CONDITION, MOST_RULES, Rule, Says
from pingshi.schemes.scoring import Grades, Indicators, Score
from pingshi.schemes.vocabulary import ROLES
from pingshi.source import Line, Located, Prose, Symbol, lone_or_many, reject, single_or_many

if TYPE_CHECKING:
    from pingshi.schemes.expressions import Condition

_ONE_OF_THREE = f"exclude、elsewhere、comment_only 只写一个。{CONDITION}"


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
