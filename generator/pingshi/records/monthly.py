"""Records of a month and the annual goals: plans, evaluations, logs, reports, attendance (design §4)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import PlainValidator, WithJsonSchema

from pingshi.periods import Week
from pingshi.records.people import PersonId
from pingshi.source import Day, Exact, Located, Prose, Symbol, reject, shorthand


def _week(value: object) -> Week:
    if isinstance(value, Week):
        return value
    try:
        return Week.parse(value if isinstance(value, str) else "")
    except ValueError as error:
        raise reject("wrong-period", str(error), "写 ISO 周，如 2026-W02（星期一到星期日）") from None


WeekName = Annotated[Week, PlainValidator(_week), WithJsonSchema({"type": "string"})]


class Goal(Located):
    """One annual goal: 重点 key, 常规 routine, 动态 dynamic (added in the course of the year)."""

    id: Symbol
    kind: Literal["key", "routine", "dynamic"]
    content: Prose
    standard: Prose
    due: Day


class Goals(Located):
    """`<year>/goals/<person>.yml`."""

    goals: tuple[Goal, ...]


class Adjusted(Located):
    """A task's change at the person's request, signed and agreed."""

    reason: Prose
    requested_on: Day
    signed_by: PersonId
    agreed_by: PersonId
    agreed_on: Day
    due: Day


class Task(Located):
    """One line of a ledger: 月计划 plan, 对上争取 upward, 上级交办 assigned."""

    id: Symbol
    ledger: Literal["plan", "upward", "assigned"]
    content: Prose
    due: Day
    standard: Prose
    adjusted: Adjusted | None = None


class Plan(Located):
    """`<month>/plans/<person>.yml`."""

    tasks: tuple[Task, ...]


class TaskResult(Located):
    """How a task came out. `credit` (0 to 1) is given for late and below, and only there."""

    result: Literal["done", "late", "below", "undone", "waived"]
    credit: Exact | None = None
    evidence: Prose | None = None


class Evaluation(Located):
    """`<month>/evaluations/<person>.yml`: by task id."""

    tasks: dict[Symbol, Annotated[TaskResult, shorthand("result")]]


class LogEntry(Located):
    """What was done on a day."""

    on: Day
    did: Prose


class LogWeek(Located):
    """A week's entries and, where there was one, the analysis of its important matter."""

    week: WeekName
    entries: tuple[LogEntry, ...]
    major: Prose | None = None


class Log(Located):
    """`<month>/logs/<person>.yml`."""

    weeks: tuple[LogWeek, ...]


class Undone(Located):
    """A task that was not done, with the reason."""

    task: Prose
    reason: Prose


class Report(Located):
    """`<month>/reports/<person>.yml`; the direct leader's opinion is written at approval."""

    done: tuple[Prose, ...]
    undone: tuple[Undone, ...]
    opinion: Prose | None = None


class Attended(Located):
    """Times late, days absent and days on leave in the month."""

    late: Exact
    absent: Exact
    leave: Exact


class Attendance(Located):
    """`<month>/attendance.yml`."""

    people: dict[PersonId, Attended]


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
