"""Records of a period of assessment: summaries, reviews, ballots, decisions and what follows (design §4)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from pingshi.records.people import People, PersonId
from pingshi.schemes import FeedbackKind, FilingForm, vocabulary
from pingshi.source import Choices, Day, Exact, Flag, Line, Located, Prose, Symbol, reject, shorthand

ReviewerRole = Annotated[
    Literal["principal_leader", "supervising_leader", "section_head"], Choices(vocabulary.ROLES)
]  # fmt: skip
ConsultedOutcome = Annotated[Literal["no_objection", "objection"], Choices(vocabulary.CONSULTED)]
FeedbackForm = Annotated[Literal["meeting", "talk", "written", "network"], Choices(vocabulary.FEEDBACK_FORMS)]
ReplyOutcome = Annotated[Literal["upheld", "changed"], Choices(vocabulary.REPLIES)]
#: Said alike of an item and of the whole: nothing that the law keeps secret belongs into a record at all.
_CLASSIFIED = "写 true 就不公布，可以公布的写 false；国家秘密、工作秘密一律不得写进记录。"


class WorkItem(Located, title="一项工作"):
    """A piece of work and its result; `classified` (不宜公布) is never published."""

    task: Prose = Field(title="工作任务")
    result: Prose = Field(title="完成情况")
    classified: Flag = Field(title="不宜公布", description=_CLASSIFIED)


class Summary(Located, title="个人小结"):
    """`summaries/<person>.yml`: 个人小结 of a period, or of the year."""

    political: Prose = Field(title="政治思想")
    work: tuple[WorkItem, ...] = Field(title="工作表现", description="一项工作写一项。")
    discipline: Prose = Field(title="遵规守纪")
    achievements: Prose = Field(title="主要成绩")
    shortcomings: Prose = Field(title="存在不足")
    improvements: Prose = Field(title="改进措施")
    classified: Flag = Field(title="整份不宜公布", description=_CLASSIFIED)


class Rating(Located, title="对一个人的评鉴"):
    """What a reviewer gives one person: scores by indicator or a total, a grade, words."""

    scores: dict[Symbol, Exact] | None = Field(
        default=None, title="各项指标得分", description="左边是指标代号，右边是得分，0 到该项满分。"
    )
    total: Exact | None = Field(default=None, title="总分", description="写了各项得分的可以不写；都写的要一致。")
    grade: Line | None = Field(
        default=None, title="等次", description="建议（或者由本人审定）的等次，照方案写，如 好。"
    )
    comment: Prose | None = Field(default=None, title="评语")
    evidence: Prose | None = Field(default=None, title="评鉴依据", description="日常了解、群众评价、服务对象意见等。")


class Review(Located, title="评鉴表"):
    """`reviews/<reviewer>.yml`: one sheet per reviewer, all the people they review."""

    role: ReviewerRole = Field(title="评鉴人身份", description="以什么身份评鉴。")
    people: dict[PersonId, Rating] = Field(title="被评鉴的人", description="左边是人员代号。")


class Ballots(Located, title="测评票"):
    """`ballots.yml`: anonymous ballots' totals, entered by the office."""

    counted_on: Day = Field(title="计票日期")
    counted_by: People = Field(title="计票人", description="人员代号，可以不止一人。")
    totals: dict[PersonId, tuple[Exact, ...]] = Field(
        title="各人票分", description="左边是人员代号，右边是每张票的总分，如 [92, 88, 95]。"
    )


class Outside(Located, title="外单位考核结果"):
    """`outside/<person>.yml`: the result or opinion of the unit where somebody works."""

    unit: Line = Field(title="外单位", description="给出结果或者意见的单位。")
    opinion: Prose | None = Field(default=None, title="意见", description="等次和意见至少写一项。")
    grade: Line | None = Field(default=None, title="等次", description="等次和意见至少写一项。")
    basis: Line = Field(title="依据", description="文号，或者函件的名称。")

    @model_validator(mode="after")
    def _some_answer(self) -> Outside:
        if self.opinion is None and self.grade is None:
            hint = "外单位给了等次的写 grade，只给了意见的写 opinion"
            raise reject("missing-key", "既没有等次，也没有意见", hint)
        return self


class Consulted(Located, title="征求意见"):
    """What an organ said when consulted; `except` holds what was said about single people."""

    on: Day = Field(title="答复日期")
    outcome: ConsultedOutcome = Field(title="答复意见")
    exceptions: dict[PersonId, Prose] = Field(
        default_factory=dict,
        alias="except",
        title="对个别人的意见",
        description="左边是人员代号，右边是意见；没有的不写。",
    )


class Consultations(Located, title="征求意见情况"):
    """Who was consulted before the decision."""

    discipline_inspection: Consulted | None = Field(default=None, title="纪检监察机关")


class Decided(Located, title="审定的等次"):
    """A decided grade, with the reason where it departs from the suggestion."""

    grade: Line = Field(title="等次", description="照方案写，如 好。")
    reason: Prose | None = Field(default=None, title="理由", description="与建议等次不同的，写明理由；相同的不写。")


class Determination(Located, title="审定结果"):
    """`determination.yml`: 审定, the decided grades of a period or (annual grades) of a year."""

    decided_on: Day = Field(title="审定日期")
    meeting: Line | None = Field(
        default=None, title="会议", description="如 2026年第6次局党组会议；由一个人审定的不写。"
    )
    consulted: Consultations | None = Field(
        default=None, title="征求意见情况", description="方案要求事先征求意见的才写。"
    )
    quota_reason: Prose | None = Field(
        default=None, title="超出限额的理由", description="限额是原则性规定而且超出了的才写。"
    )
    grades: dict[PersonId, Annotated[Decided, shorthand("grade")]] = Field(
        title="各人等次", description="左边是人员代号，右边是等次；与建议不同的写成 {grade: 较好, reason: 理由}。"
    )


class Publicity(Located, title="公示"):
    """`publicity.yml`: from when to when the results are made known, and whom to turn to."""

    since: Day = Field(alias="from", title="第一天")
    until: Day = Field(alias="to", title="最后一天")
    contact: Line = Field(title="联系部门", description="有意见向哪个部门反映。")
    telephone: Line = Field(title="联系电话")


class FeedbackNote(Located, title="反馈"):
    """One conversation, as the leader notes it; the person's own words go to objections."""

    person: PersonId = Field(title="反馈对象", description="人员代号。")
    on: Day = Field(title="日期")
    form: FeedbackForm = Field(title="形式")
    kind: FeedbackKind = Field(title="种类")
    praised: Prose | None = Field(default=None, title="肯定的成绩")
    shortcomings: Prose | None = Field(default=None, title="指出的不足")
    improve: Prose | None = Field(default=None, title="改进要求")
    answer: Prose | None = Field(
        default=None, title="本人意见", description="领导记下的本人当场意见；有异议的另由本人书面提出。"
    )
    plan: Prose | None = Field(default=None, title="整改措施")
    due: Day | None = Field(default=None, title="整改期限")
    reviewed_on: Day | None = Field(default=None, title="检查整改的日期", description="整改期满以后检查了的才写。")


class Objection(Located, title="异议"):
    """`objections/<person>.yml`: in the person's own words."""

    raised_on: Day = Field(title="提出日期")
    says: Prose = Field(title="异议内容", description="由本人写明对结果有什么不同意见、有什么依据。")


class Reply(Located, title="答复"):
    """`replies/<person>.yml`: the office's reply; `grade` where the outcome changed it."""

    replied_on: Day = Field(title="答复日期")
    outcome: ReplyOutcome = Field(title="复核结果")
    grade: Line | None = Field(default=None, title="改定的等次", description="改变原结果的才写。")
    says: Prose = Field(title="答复内容")


class SpotCheck(Located, title="抽查"):
    """One entry of `spot_checks.yml`."""

    on: Day = Field(title="日期")
    by: PersonId = Field(title="抽查人", description="人员代号。")
    person: PersonId = Field(title="被抽查人", description="人员代号。")
    found: Prose = Field(title="抽查情况")


class FiledForm(Located, title="备案"):
    """One entry of `filings.yml`: what was filed, where, when."""

    form: FilingForm = Field(title="报送的材料")
    to: Line = Field(title="报送单位")
    on: Day = Field(title="报送日期")
