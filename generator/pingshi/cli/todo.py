"""`todo`: what a unit, or one person, must still do, as text, JSON or a calendar file."""

from __future__ import annotations

import json
import os
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pingshi.agenda import action as what
from pingshi.agenda import as_ical, by_when, by_whom, tasks, urgency, whom
from pingshi.cli.checked import checked
from pingshi.cli.parser import FAULTY, FINE, USAGE, fail
from pingshi.cli.repository import choose_unit, no_such, several, sources
from pingshi.evaluation import agenda_of
from pingshi.files import read_each
from pingshi.layout import RECORDS
from pingshi.periods import Period
from pingshi.wording import day as day_words
from pingshi.wording import listed

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Sequence

    from pingshi.agenda import Duty, Task
    from pingshi.evaluation import Agenda, Source

#: From this month on the next year is looked at too: what is due before it begins, and soon after.
_LATE_IN_THE_YEAR = 11
_EARLIEST = 1900
#: What can't be begun sooner is told only when asked for.
_AHEAD = timedelta(days=45)
_HEADINGS = {
    "overdue": "已经超期",
    "soon": "七天以内到期",
    "open": "现在可以办理",
    "later": "以后要办，还没有到开始办理的时间",
}


def todo(given: argparse.Namespace) -> int:
    """Tell what is still to be done: of this year, what the year before has left, and what the next one begins with."""
    if given.json and given.ics is not None:
        fail("--json 和 --ics 不能同时写", USAGE)
    day: date = given.on or date.today()  # noqa: DTZ011 -- the office's own day
    files: list[Source] = [*read_each(sources(given))]  # once, for all that look at them
    choose_unit(given, files)
    if given.person is not None:
        _known(files, given)
    verdict = checked(given, files, lambda _: True)
    errors = [it for it in verdict.problems if it.severity == "error"]
    agendas = [
        agenda_of(files, given.unit, year, until=day + _AHEAD if year.year > day.year else None, several=several(given))
        for year in _years(day)
    ]
    found = [duty for it in agendas for duty in it.duties]
    unusable = [title for it in agendas for title in it.unusable]
    readable = all(it.readable for it in agendas)
    title = _title(agendas, given)
    open_tasks = tasks(found, day, person=given.person)
    if given.ics is not None:
        _write(Path(given.ics), as_ical(title, open_tasks, day))
    elif given.json:
        document = {
            "unit": given.unit,
            "on": str(day),
            "person": given.person,
            "duties": [_as_json(duty, day) for it in open_tasks for duty in it.duties],
            "problems": [it.as_json() for it in errors],
        }
        sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.write(f"{title}（{day_words(day)}）\n")
        known = readable and not unusable and not errors
        nothing = "\n没有要办的事项。\n" if known else ""
        sys.stdout.write("".join(_as_text(open_tasks, day, everything=given.all)) or nothing)
        if unusable:
            sys.stdout.write(f"\n{listed(unusable)}执行的方案有错误用不了，这段时间要办的事项算不出来。\n")
        if not readable:
            sys.stdout.write("\n单位的 unit.yml 有错误读不了，要办的事项算不出来。\n")
        if errors:
            told = f"记录和方案里有 {len(errors)} 个错误，改正以前上面列的可能不全"
            sys.stdout.write(f"\n{told}；用 pingshi check 查看。\n")
    return FAULTY if errors else FINE


def _years(day: date) -> list[Period]:
    """Return the years whose duties may be open: the one before, this one and, when it ends, the next."""
    years = [day.year - 1, day.year, *([day.year + 1] if day.month >= _LATE_IN_THE_YEAR else [])]
    return [Period("year", it) for it in years if _EARLIEST < it < date.max.year - 1]


def _as_json(duty: Duty, day: date) -> dict[str, Any]:
    told = duty.as_json()
    del told["unit"], told["done"]
    return {"urgency": urgency(duty, day), **told}


def _as_text(found: Sequence[Task], day: date, *, everything: bool) -> Iterable[str]:
    for name, heading in _HEADINGS.items():
        own = [it for it in found if it.urgency == name]
        if not own:
            continue
        yield f"\n{heading}（{len(own)} 项）\n"
        if name == "later" and not everything:
            near = [it for it in own if (it.first.since - day) <= _AHEAD]
            left = len(own) - len(near)
            yield f"其中 {left} 项要在四十五天以后才能开始，没有列出；加上 --all 全部列出\n" if left else ""
            own = near
        for it in own:
            about = whom(it)
            yield f"- {what(it)}{f'：{about}' if about else ''}\n"
            yield f"  {by_when(it, day)}；由{by_whom(it)}办理\n"
            yield f"  依据 {it.first.clause}：{it.first.says}\n" if it.first.clause else f"  {it.first.says}\n"
            yield from _more(it)


def _more(task: Task) -> Iterable[str]:
    """Say what else must be known, and where it is recorded where that is one file."""
    notes = {duty.note for duty in task.duties}
    if len(notes) == 1:
        note = next(iter(notes))
        yield f"  {note}\n" if note else ""
    else:
        for duty in task.duties:
            if duty.note:
                of = duty.about.name if duty.about else listed(one.name for one in duty.who)
                yield f"  {of}：{duty.note}\n"
    paths = {duty.path for duty in task.duties}
    if len(paths) == 1:
        yield f"  记在 {next(iter(paths))}\n"


def _title(agendas: Sequence[Agenda], given: argparse.Namespace) -> str:
    unit = next((it.unit for it in agendas), str(given.unit))
    if given.person is None:
        return f"{unit}考核待办事项"
    name = next((it.names[given.person] for it in agendas if given.person in it.names), given.person)
    return f"{unit} {name}的考核待办事项"


def _known(files: Iterable[Source], given: argparse.Namespace) -> None:
    """Leave with status 2 where there is no such person."""
    folder = f"{RECORDS}/{given.unit}/people/"
    people = {it.path.removeprefix(folder).removesuffix(".yml") for it in files if it.path.startswith(folder)}
    if given.person not in people:
        no_such("人员", given.person, people)


def _write(out: Path, data: bytes) -> None:
    """Put the calendar in its place whole, in that of an older one only: never over anybody's file."""
    if str(out) == "-":
        sys.stdout.buffer.write(data)
        return
    if out.is_dir():
        fail(f"{out} 是文件夹；写成文件名，如 待办.ics", USAGE)
    if out.exists() and not out.read_bytes().startswith(b"BEGIN:VCALENDAR"):
        fail(f"{out} 已经有了，而且不是日历文件，不敢覆盖；换一个文件名，如 待办.ics", USAGE)
    fresh = out.with_name(f"{out.name}.{os.getpid()}")
    try:
        fresh.write_bytes(data)
        fresh.replace(out)
    finally:
        fresh.unlink(missing_ok=True)
