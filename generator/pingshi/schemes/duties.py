"""What must be filed, approved, answered, followed up and looked through, by whom and by when."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from pingshi.schemes.choices import (
    ApproverRole,
    Due,
    Each,
    FactKind,
    FeedbackKind,
    FilingEach,
    FilingForm,
    Matter,
    OwnRecord,
    Yes,
)
from pingshi.schemes.fields import Limit, PersonCondition, RecordKind
from pingshi.schemes.rule import CONDITION, LIMIT, ROLES_TOLD, Rule, Says
from pingshi.schemes.until import FORMS_OF_UNTIL, UntilField
from pingshi.source import Line, reject, single_or_many

_UNTIL = f"{FORMS_OF_UNTIL}；方案没有写日期的不写。"
_REMIND_ONLY = "写 true，只列入待办事项，不作为问题报告。"


class Deadline(Rule, title="期限"):
    """A limit for the determination (from the period's end), objections (from the feedback) or replies."""

    says: Says
    what: Due = Field(title="事项")
    within: Limit = Field(title="时限", description=LIMIT)


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
    sign: Line = Field(title="由谁签字", description=ROLES_TOLD)
    agree: Line = Field(title="由谁同意", description=ROLES_TOLD)


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
    who: PersonCondition = Field(alias="for", title="适用于哪些人", description=CONDITION)


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
    by: Annotated[tuple[Line, ...], single_or_many] | None = Field(
        default=None, title="由谁办理", description=f"不写就由主管领导办理。{ROLES_TOLD}"
    )
    plan: Yes | None = Field(default=None, title="要有整改措施", description="写 true，记录里要写整改措施（plan）。")
    remind_only: Yes | None = Field(default=None, title="只提醒", description=_REMIND_ONLY)

    @model_validator(mode="after")
    def _one_kind_of_people(self) -> FollowUp:
        if self.grades is not None and self.fact is not None:
            hint = "看等次的写 grades，看事实记录的写 fact；两种都有的写成两条"
            raise reject("bad-value", "grades 和 fact 只能写一个", hint)
        return self

    @property
    def roles(self) -> tuple[str, ...]:
        """Whose task it is: the supervising leader's where nobody is named."""
        return self.by or ("supervising_leader",)


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
        description=f"有这样的人参加考核才报送；不写就都要报送。{CONDITION}",
    )
    until: UntilField | None = Field(default=None, title="期限", description=_UNTIL)
    remind_only: Yes | None = Field(default=None, title="只提醒", description=_REMIND_ONLY)


class Supervision(Rule, title="综合分析和监督"):
    """What the office looks through the results for (`pingshi analysis`), under which clause."""

    says: Says
    matter: Matter = Field(title="看什么")
