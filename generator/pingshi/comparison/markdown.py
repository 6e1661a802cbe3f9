"""A comparison as a comment on the pull request, for people who read no differences of files.

The comment can be read by whoever can read the repository, and by nobody else. It tells grades and places, which
follow from the records there, and never a score, a reason or anything else that a record says in words; a problem's
message may quote the value that it is about. Where a bureau keeps its confidential kinds in a second repository, what
rests on them is told in the comments there and is not known in the open one. So no option has to leave anything out.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, TypeVar

from pingshi.comparison.text import code, escaped
from pingshi.wording import day, listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from pingshi.agenda import Duty
    from pingshi.comparison.result import Approval, Comparison, FileChange, GradeChange, Places, PoolChange
    from pingshi.diagnostics import Problem

T = TypeVar("T")

#: Entries of one section that are told singly: a comment has its largest size.
MOST = 50
#: Mere reminders, of which the first determination of a period brings many at once.
MOST_REMINDERS = 5
_WHAT = {"added": "新增", "changed": "修改", "deleted": "删除"}
_WHICH = {"suggested": "建议", "determined": "审定"}


def as_markdown(it: Comparison) -> str:
    """Render a comparison; sections in which nothing changed are left out."""
    if not it.files:
        return "## 考核记录变化\n\n考核记录和方案没有变化。\n"
    parts = [
        f"## 考核记录变化\n\n`{it.base[:10]}` 至 `{it.head[:10]}`\n",
        _section("记录", _files(it.files)),
        _section("等次", _grades(it.grades)),
        _section("名额", _pools(it.pools)),
        _unchanged(it),
        _section("年度考核可以确定的等次", _annual(it)),
        _section("办结的事项", _limited(it.fulfilled, _duty)),
        _section(f"由谁审核（按{day(it.on)}的任职情况）", _approvals(it.approvals)),
        _section("问题", _problems(it.new, it.gone)),
    ]
    return "\n".join(part for part in parts if part)


def _section(title: str, lines: Sequence[str]) -> str:
    return f"### {title}\n\n" + "".join(f"{line}\n" for line in lines) if lines else ""


def _limited(items: Sequence[T], line: Callable[[T], str], most: int = MOST) -> list[str]:
    """Return a line for each of the first, and how many more there are."""
    lines = [line(it) for it in items[:most]]
    return [*lines, f"- 另有 {len(items) - most} 项没有列出"] if len(items) > most else lines


def _cited(*clauses: str | None) -> str:
    named = listed(it for it in clauses if it is not None)
    return f"（依据 {named}）" if named else ""


def _unchanged(it: Comparison) -> str:
    if it.unknown:
        told = "方案或者单位资料有错误用不了，以下的等次和名额算不出来，没有比较，以前的问题也看不出解决了没有"
        return f"{told}：{escaped(listed(it.unknown))}。\n"
    same = [*(["等次"] if not it.grades else []), *(["名额"] if not it.pools else [])]
    return f"{'和'.join(same)}没有变化。\n" if same else ""


# --- records ------------------------------------------------------------------------------


def _files(files: Sequence[FileChange]) -> list[str]:
    counts = [(word, sum(it.what == what for it in files)) for what, word in _WHAT.items()]
    total = f"{'，'.join(f'{word} {count} 份' for word, count in counts if count)}。"
    return [total, "", *_limited(files, _file)]


def _file(it: FileChange) -> str:
    if it.writer is None:
        return f"- {_WHAT[it.what]} {code(it.path)}：不是考核记录的位置"
    whose = f"{escaped(it.writer)}填写" if it.writer else "还不知道由谁填写"
    return f"- {_WHAT[it.what]} {escaped(it.title)}（{whose}）：{code(it.path)}"


# --- results --------------------------------------------------------------------------------


def _grades(grades: Sequence[GradeChange]) -> list[str]:
    lines: list[str] = []
    for (unit, title), group in groupby(grades[:MOST], key=lambda it: (it.unit_name, it.period.title)):
        head = [f"{escaped(unit)}{title}", "", "| 姓名 | 项目 | 原来 | 现在 | 依据 |", "|---|---|---|---|---|"]
        rows = [
            f"| {escaped(it.name)} | {_WHICH[it.which]} | {_or_none(it.before, it.which)} "
            f"| {_or_none(it.after, it.which)} | {it.clause or ''} |"
            for it in group
        ]
        lines += [*([""] if lines else []), *head, *rows]
    if len(grades) > MOST:
        lines += ["", f"另有 {len(grades) - MOST} 项没有列出。"]
    return lines


def _or_none(grade: str | None, which: str) -> str:
    return {"determined": "没有审定"}.get(which, "没有建议") if grade is None else escaped(grade)


def _pools(pools: Sequence[PoolChange]) -> list[str]:
    return _limited(pools, _pool)


def _pool(it: PoolChange) -> str:
    what = f"- {escaped(f'{it.unit_name}{it.period.title}{it.pool}{it.grade}')}等次："
    if it.after is None:
        return f"{what}不再有名额{_cited(it.clause)}"
    now, was = it.after, it.before
    told = (
        f"参加考核 {_moved(was, now, lambda places: places.base)} 人",
        f"限额 {_moved(was, now, lambda places: places.limit)} 人",
        f"已用 {_moved(was, now, lambda places: places.used)} 人",
        f"剩余 {now.left} 人" if now.left >= 0 else f"超出 {-now.left} 人",
    )
    return f"{what}{'，'.join(told)}{_cited(it.clause)}"


def _moved(was: Places | None, now: Places, number: Callable[[Places], int]) -> str:
    if was is None or number(was) == number(now):
        return str(number(now))
    return f"{number(was)} → {number(now)}"


def _annual(it: Comparison) -> list[str]:
    lines: list[str] = []
    groups = groupby(it.annual[:MOST], key=lambda change: (change.unit_name, change.year.title))
    for (unit, title), group in groups:
        head = [f"{escaped(unit)}{title}", "", "| 姓名 | 原来 | 现在 | 依据 |", "|---|---|---|---|"]
        rows = [
            f"| {escaped(change.name)} | {_allowed(change.before)} | {_allowed(change.after)} "
            f"| {listed(change.clauses)} |"
            for change in group
        ]
        lines += [*([""] if lines else []), *head, *rows]
    if len(it.annual) > MOST:
        lines += ["", f"另有 {len(it.annual) - MOST} 项没有列出。"]
    return lines


def _allowed(grades: Iterable[str] | None) -> str:
    return escaped(listed(grades)) or "不确定等次" if grades is not None else "不在年度考核范围"


# --- what has been done, and what is left to do -------------------------------------------------


def _duty(it: Duty) -> str:
    who = listed(someone.name for someone in it.who) or it.role
    about = f"（{it.about.name}）" if it.about and it.about not in it.who else ""
    return f"- {escaped(f'{who}：{it.period.title}{it.task}{about}')}{_cited(it.clause)}"


def _approvals(approvals: Sequence[Approval]) -> list[str]:
    lines = _limited(approvals, _approval)
    if any(len(it.people) > 1 for it in approvals):
        lines += ["", "列出几个人的，其中一人审核就可以；谁写的，谁不能审核。"]
    return lines


def _approval(it: Approval) -> str:
    files = listed(escaped(title) for title in it.titles[:MOST])
    files += f"等 {len(it.titles)} 份" if len(it.titles) > MOST else ""
    if it.why is not None:
        return f"- {files}：{escaped(it.why)}"
    who = f"{escaped(it.role)}（{listed(escaped(name) for name in it.names)}）"
    how = "签收，只确认收到，不表示同意" if it.manner == "receipt" else "审核"
    return f"- **{who}**{how}{_cited(it.clause)}：{files}"


def _problems(new: Sequence[Problem], gone: Sequence[Problem]) -> list[str]:
    lines: list[str] = []
    if new:
        errors = [it for it in new if it.severity == "error"]
        reminders = [it for it in new if it.severity != "error"]
        count = [*([f"{len(errors)} 个错误"] if errors else []), *([f"{len(reminders)} 个提醒"] if reminders else [])]
        told = [*_limited(errors, _problem), *_limited(reminders, _problem, MOST_REMINDERS)]
        lines += [f"新出现 {'、'.join(count)}{'，改正错误以后再合并' if errors else ''}：", "", *told]
    if gone:
        lines += [*([""] if lines else []), f"已经解决 {len(gone)} 个：", "", *_limited(gone, _solved)]
    return lines


def _problem(it: Problem) -> str:
    severity = "**错误**" if it.severity == "error" else "提醒"
    where = f"{code(it.place.path)} 第 {it.place.line} 行"
    return f"- {severity} {where}：{escaped(it.message)}{_cited(it.clause)}。{escaped(it.hint.removesuffix('。'))}。"


def _solved(it: Problem) -> str:
    return f"- {code(it.place.path)}：{escaped(it.message)}{_cited(it.clause)}"
