"""Dated facts with their basis, entered by the office: `facts/<person>.yml` (design §4)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from pingshi.records.people import PeriodName
from pingshi.schemes import vocabulary
from pingshi.source import Amount, Choices, Day, Line, Located, Prose

Measure = Annotated[
    Literal[
        "警告", "记过", "记大过", "降级", "撤职", "降低岗位等级",
        "党内警告", "党内严重警告", "撤销党内职务", "留党察看",
    ],
    Choices({measure: measure for measure in vocabulary.MEASURES}),
]  # fmt: skip
LeaveType = Annotated[Literal["sick", "personal", "maternity", "other"], Choices(vocabulary.LEAVE_TYPES)]
AwayType = Annotated[
    Literal["aid", "secondment", "loan", "training", "taskforce"], Choices(vocabulary.AWAY_TYPES)
]  # fmt: skip
Basis = Annotated[Line, Field(title="依据", description="文号，或者文件、会议的名称。")]
What = Annotated[Prose, Field(title="事由", description="什么事，一两句话写清楚。")]
On = Annotated[Day, Field(title="日期", description="发生或者认定的日期，如 2026-03-02。")]
Item = Annotated[
    Line | None,
    Field(title="情形", description="方案列举了情形的，照方案里的名称写；属于一般情形的不写。"),
]  # fmt: skip
Points = Annotated[Amount, Field(title="分值", description="正数，如 2 或 0.5；减分也写正数。")]
Matter = Annotated[Line, Field(title="事项", description="加分或者减分的事项，如 表彰奖励。")]
Educated = Annotated[Day | None, Field(title="批评教育的日期", description="没有批评教育的不写。")]
Refused = Annotated[
    Day | None,
    Field(title="拒不改正的日期", description="经教育以后仍不改正的，写认定的日期；改正了的不写。"),
]  # fmt: skip


class Leave(Located, title="请假"):
    """请假：sick and personal leave bear on taking part; `days` where it isn't whole days."""

    kind: Literal["leave"] = Field(title="种类")
    type: LeaveType = Field(title="假别")
    since: Day = Field(alias="from", title="第一天")
    until: Day = Field(alias="to", title="最后一天")
    days: Amount | None = Field(default=None, title="天数", description="工作日数，如 0.5；每天都是整天的不写。")


class Away(Located, title="离岗"):
    """离岗：援派 aid，挂职 secondment，借调 loan，学习培训 training，抽调 taskforce; the end may be open."""

    kind: Literal["away"] = Field(title="种类")
    type: AwayType = Field(title="离岗原因")
    since: Day = Field(alias="from", title="第一天")
    until: Day | None = Field(default=None, alias="to", title="最后一天", description="还没有定的不写。")
    host: Line = Field(title="所在单位", description="离岗期间在哪个单位。")


class Discipline(Located, title="处分"):
    """处分：in force from the first to the last day."""

    kind: Literal["discipline"] = Field(title="种类")
    measure: Measure = Field(title="处分种类")
    since: Day = Field(alias="from", title="影响期第一天")
    until: Day = Field(alias="to", title="影响期最后一天")
    basis: Basis


class Accountability(Located, title="责任追究"):
    """责任追究，问责，组织谈话."""

    kind: Literal["accountability"] = Field(title="种类")
    on: On
    type: Line = Field(title="方式", description="责任追究的方式，如 通报批评、诫勉。")
    basis: Basis


class Admonition(Located, title="告诫"):
    """告诫."""

    kind: Literal["admonition"] = Field(title="种类")
    on: On
    reason: Prose = Field(title="原因", description="因为什么事告诫。")


class Outstanding(Located, title="突出贡献"):
    """突出贡献：`item` from the scheme's list; without one it is the general case."""

    kind: Literal["outstanding"] = Field(title="种类")
    on: On
    item: Item = None
    what: What
    basis: Basis


class Misconduct(Located, title="负面情形"):
    """关键时刻推诿、被通报等：`item` from the scheme's list; without one it is the general case."""

    kind: Literal["misconduct"] = Field(title="种类")
    on: On
    item: Item = None
    what: What
    basis: Basis


class Bonus(Located, title="加分"):
    """加分."""

    kind: Literal["bonus"] = Field(title="种类")
    on: On
    item: Matter
    points: Points
    basis: Basis


class Penalty(Located, title="减分"):
    """减分；`points` is positive and is subtracted."""

    kind: Literal["penalty"] = Field(title="种类")
    on: On
    item: Matter
    points: Points
    basis: Basis


class Absent(Located, title="不参加考核"):
    """不参加考核，of one period."""

    kind: Literal["absent"] = Field(title="种类")
    period: PeriodName = Field(title="考核周期", description="没有参加哪一期考核，如 2026-Q1。")
    reason: Prose = Field(title="原因", description="为什么没有参加，如 无正当理由。")
    educated_on: Educated = None
    refused_on: Refused = None


class Fraud(Located, title="弄虚作假"):
    """弄虚作假."""

    kind: Literal["fraud"] = Field(title="种类")
    on: On
    basis: Basis
    educated_on: Educated = None
    refused_on: Refused = None


class Merit(Located, title="实绩"):
    """An entry for the ledger of merits (实绩档案)."""

    kind: Literal["merit"] = Field(title="种类")
    on: On
    what: What
    basis: Basis


class Reward(Located, title="奖励"):
    """A reward, for the reward roster."""

    kind: Literal["reward"] = Field(title="种类")
    on: On
    what: What
    basis: Basis


AnyFact = (
    Leave | Away | Discipline | Accountability | Admonition | Outstanding | Misconduct | Bonus | Penalty | Absent
    | Fraud | Merit | Reward
)  # fmt: skip
Fact = Annotated[AnyFact, Field(discriminator="kind")]
