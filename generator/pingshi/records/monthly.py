"""Records of a month and the annual goals: plans, evaluations, logs, reports, attendance (design §4)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, PlainValidator, WithJsonSchema

from pingshi.periods import Week
from pingshi.records.people import PersonId
from pingshi.schemes import vocabulary
from pingshi.source import Amount, Choices, Day, Located, Prose, Symbol, reject, shorthand


def _week(value: object) -> Week:
    if isinstance(value, Week):
        return value
    try:
        return Week.parse(value if isinstance(value, str) else "")
    except ValueError as error:
        raise reject("wrong-period", str(error), "写 ISO 周，如 2026-W02（星期一到星期日）") from None


WeekName = Annotated[
    Week, PlainValidator(_week), WithJsonSchema({"type": "string", "pattern": "^[0-9]{4}-W[0-9]{2}$"})
]  # fmt: skip
GoalKind = Annotated[Literal["key", "routine", "dynamic"], Choices(vocabulary.GOAL_KINDS)]
Ledger = Annotated[Literal["plan", "upward", "assigned"], Choices(vocabulary.LEDGERS)]
Completion = Annotated[Literal["done", "late", "below", "undone", "waived"], Choices(vocabulary.TASK_RESULTS)]


class Goal(Located, title="年度目标"):
    """One annual goal: 重点 key, 常规 routine, 动态 dynamic (added in the course of the year)."""

    id: Symbol = Field(title="目标代号", description="如 g1；同一份目标里不重复。")
    kind: GoalKind = Field(title="目标类别")
    content: Prose = Field(title="目标内容")
    standard: Prose = Field(title="完成标准", description="做到什么程度算完成。")
    due: Day = Field(title="完成期限")


class Goals(Located, title="年度工作目标"):
    """`<year>/goals/<person>.yml`."""

    goals: tuple[Goal, ...] = Field(title="年度目标")


class Adjusted(Located, title="任务调整"):
    """A task's change at the person's request, signed and agreed."""

    reason: Prose = Field(title="调整原因")
    requested_on: Day = Field(title="提出日期")
    signed_by: PersonId = Field(title="签字人", description="签字的领导，人员代号。")
    agreed_by: PersonId = Field(title="同意人", description="同意调整的领导，人员代号。")
    agreed_on: Day = Field(title="同意日期")
    due: Day = Field(title="调整后的期限")


class Task(Located, title="任务"):
    """One line of a ledger: 月计划 plan, 对上争取 upward, 上级交办 assigned."""

    id: Symbol = Field(title="任务代号", description="如 t1；同一份台账里不重复，月评价按它填写。")
    ledger: Ledger = Field(title="台账")
    content: Prose = Field(title="任务内容")
    due: Day = Field(title="完成期限")
    standard: Prose = Field(title="完成标准", description="做到什么程度算完成。")
    goal: Symbol | None = Field(
        default=None, title="所属年度目标", description="由哪一项年度目标分解而来，写目标代号，如 g1；不是的不写。"
    )
    adjusted: Adjusted | None = Field(default=None, title="任务调整", description="经同意调整过的才写。")


class Plan(Located, title="月工作计划台账"):
    """`<month>/plans/<person>.yml`."""

    tasks: tuple[Task, ...] = Field(title="任务")


class TaskResult(Located, title="任务评价"):
    """How a task came out. `credit` (0 to 1) is given for late and below, and only there."""

    result: Completion = Field(title="完成情况")
    credit: Amount | None = Field(
        default=None, title="完成度", description="0 到 1，如 0.5；逾期、未达标的写，其他的不写。"
    )
    evidence: Prose | None = Field(default=None, title="评价依据", description="根据什么材料或者情况评价。")


class Evaluation(Located, title="月评价"):
    """`<month>/evaluations/<person>.yml`: by task id."""

    tasks: dict[Symbol, Annotated[TaskResult, shorthand("result")]] = Field(
        title="各项任务", description="左边是任务代号，右边是完成情况；由考核办公室填写。"
    )


class LogEntry(Located, title="每日记实"):
    """What was done on a day."""

    on: Day = Field(title="日期")
    did: Prose = Field(title="工作内容", description="当天做了什么。")


class LogWeek(Located, title="每周记实"):
    """A week's entries and, where there was one, the analysis of its important matter."""

    week: WeekName = Field(title="周", description="一年里的第几周，如 2026-W02（星期一到星期日）。")
    entries: tuple[LogEntry, ...] = Field(title="每日记实")
    major: Prose | None = Field(default=None, title="重要工作分析", description="本周重要工作的分析；没有的不写。")


class Log(Located, title="工作记实"):
    """`<month>/logs/<person>.yml`."""

    weeks: tuple[LogWeek, ...] = Field(title="各周")


class Undone(Located, title="没有完成的工作"):
    """A task that was not done, with the reason."""

    task: Prose = Field(title="工作")
    reason: Prose = Field(title="没有完成的原因")


class Report(Located, title="月小结"):
    """`<month>/reports/<person>.yml`; the direct leader's opinion is written at approval."""

    done: tuple[Prose, ...] = Field(title="完成的工作", description="一项工作写一条。")
    undone: tuple[Undone, ...] = Field(title="没有完成的工作", description="都完成了就写 []。")
    opinion: Prose | None = Field(default=None, title="领导意见", description="直接领导审核时填写，本人不写。")


class Attended(Located, title="一个人的考勤"):
    """Times late, days absent and days on leave in the month."""

    late: Amount = Field(title="迟到早退", description="次数。")
    absent: Amount = Field(title="旷工", description="天数，可以是 0.5。")
    leave: Amount = Field(title="请假", description="天数，可以是 0.5。")


class Attendance(Located, title="考勤"):
    """`<month>/attendance.yml`."""

    people: dict[PersonId, Attended] = Field(title="各人考勤", description="左边是人员代号。")


__all__ = [
    "Adjusted",
    "Attendance",
    "Attended",
    "Evaluation",
    "Goal",
    "Goals",
    "Log",
    "LogEntry",
    "LogWeek",
    "Plan",
    "Report",
    "Task",
    "TaskResult",
    "Undone",
]
