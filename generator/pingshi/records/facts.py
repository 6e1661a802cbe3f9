"""Dated facts with their basis, entered by the office: `facts/<person>.yml` (design §4)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from pingshi.records.people import PeriodName
from pingshi.source import Day, Exact, Line, Located, Prose

Measure = Literal[
    "警告", "记过", "记大过", "降级", "撤职", "降低岗位等级", "党内警告", "党内严重警告", "撤销党内职务", "留党察看",
]  # fmt: skip


class Leave(Located):
    """请假：sick and personal leave bear on taking part; `days` where it isn't whole days."""

    kind: Literal["leave"]
    type: Literal["sick", "personal", "maternity", "other"]
    since: Day = Field(alias="from")
    until: Day = Field(alias="to")
    days: Exact | None = None


class Away(Located):
    """离岗：援派 aid，挂职 secondment，借调 loan，学习培训 training，抽调 taskforce; the end may be open."""

    kind: Literal["away"]
    type: Literal["aid", "secondment", "loan", "training", "taskforce"]
    since: Day = Field(alias="from")
    until: Day | None = Field(default=None, alias="to")
    host: Line


class Discipline(Located):
    """处分：in force from the first to the last day."""

    kind: Literal["discipline"]
    measure: Measure
    since: Day = Field(alias="from")
    until: Day = Field(alias="to")
    basis: Line


class Accountability(Located):
    """责任追究，问责，组织谈话."""

    kind: Literal["accountability"]
    on: Day
    type: Line
    basis: Line


class Admonition(Located):
    """告诫."""

    kind: Literal["admonition"]
    on: Day
    reason: Prose


class Outstanding(Located):
    """突出贡献：`item` from the scheme's list; without one it is the general case."""

    kind: Literal["outstanding"]
    on: Day
    item: Line | None = None
    what: Prose
    basis: Line


class Misconduct(Located):
    """关键时刻推诿、被通报等：`item` from the scheme's list; without one it is the general case."""

    kind: Literal["misconduct"]
    on: Day
    item: Line | None = None
    what: Prose
    basis: Line


class Bonus(Located):
    """加分."""

    kind: Literal["bonus"]
    on: Day
    item: Line
    points: Exact
    basis: Line


class Penalty(Located):
    """减分；`points` is positive and is subtracted."""

    kind: Literal["penalty"]
    on: Day
    item: Line
    points: Exact
    basis: Line


class Absent(Located):
    """不参加考核，of one period."""

    kind: Literal["absent"]
    period: PeriodName
    reason: Prose
    educated_on: Day | None = None
    refused_on: Day | None = None


class Fraud(Located):
    """弄虚作假."""

    kind: Literal["fraud"]
    on: Day
    basis: Line
    educated_on: Day | None = None
    refused_on: Day | None = None


class Merit(Located):
    """An entry for the ledger of merits (实绩档案)."""

    kind: Literal["merit"]
    on: Day
    what: Prose
    basis: Line


class Reward(Located):
    """A reward, for the reward roster."""

    kind: Literal["reward"]
    on: Day
    what: Prose
    basis: Line


AnyFact = (
    Leave | Away | Discipline | Accountability | Admonition | Outstanding | Misconduct | Bonus | Penalty | Absent
    | Fraud | Merit | Reward
)  # fmt: skip
Fact = Annotated[AnyFact, Field(discriminator="kind")]
