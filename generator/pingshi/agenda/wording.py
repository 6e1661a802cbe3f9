"""How a task is told in Chinese: what to do for which period, about whom, by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from pingshi.agenda.duty import Someone
    from pingshi.agenda.opened import Task

#: More names than this are counted, and the first few told.
MANY = 10
_OWN = "本人"


def action(task: Task) -> str:
    """Say what to do, for which period: 【2026年12月】定月工作计划."""
    return f"【{task.first.period.title}】{task.first.task}"


def whom(task: Task) -> str:
    """Say whom it is about, and how many these are; empty where it is about nobody in particular."""
    about = task.about
    return f"还差 {len(about)} 人：{names(about)}" if len(about) > 1 else names(about)


def by_whom(task: Task) -> str:
    """Say who must do it: each for themselves, or as what and who that is."""
    if task.first.role == _OWN:
        return _OWN
    held = names(task.who)
    return f"{task.first.role}（{held}）" if held else f"{task.first.role}（目前没有人）"


def names(people: Sequence[Someone]) -> str:
    """List people by name; of many only the first few, and how many they are."""
    if len(people) <= MANY:
        return "、".join(it.name for it in people)
    return "、".join(it.name for it in people[: MANY - 2]) + "等"


def by_when(task: Task, day: date) -> str:
    """Say by when, and how far that is from a day."""
    due = task.first.due
    if due is None:
        return f"方案没有写明日期，{task.first.since}起可以办理"
    left = (due - day).days
    if left < 0:
        return f"{due}（超期 {-left} 天）"
    if left == 0:
        return f"{due}（就是今天）"
    return f"{due}（还有 {left} 天）"
