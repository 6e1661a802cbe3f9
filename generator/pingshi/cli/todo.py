"""`todo`: what a unit, or one person, must still do, as text, JSON or a calendar file."""

from __future__ import annotations

import json
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pingshi.agenda import action as what
from pingshi.agenda import as_ical, by_when, by_whom, tasks, urgency, whom
from pingshi.cli.parser import FAULTY, FINE, USAGE, fail
from pingshi.cli.repository import choose_unit, no_such, several, sources
from pingshi.evaluation import duties_of
from pingshi.layout import RECORDS, Location
from pingshi.periods import Period
from pingshi.records import Person, Unit
from pingshi.source import load
from pingshi.wording import day as day_words
from pingshi.wording import listed

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Sequence

    from pingshi.agenda import Duty, Task
    from pingshi.evaluation import Source

#: What can't be begun sooner is told only when asked for.
_AHEAD = timedelta(days=45)
_HEADINGS = {
    "overdue": "已经超期",
    "soon": "七天以内到期",
    "open": "现在可以办理",
    "later": "以后要办，还没有到开始办理的时间",
}


def todo(given: argparse.Namespace) -> int:
    """Tell what is still to be done: of this year, and what the year before has left."""
    day: date = given.on or date.today()  # noqa: DTZ011 -- the office's own day
    files = sources(given)
    choose_unit(given, files)
    if given.person is not None:
        _known(files, given)
    found: list[Duty] = []
    for year in (Period("year", day.year - 1), Period("year", day.year)):
        duties = duties_of(files, given.unit, year, several=several(given))
        if duties is None:
            fail(f"单位 {given.unit} 的 unit.yml 有错误读不了；先用 pingshi check 看问题", FAULTY)
        found += duties
    open_tasks = tasks(found, day, person=given.person)
    if given.ics is not None:
        _write(Path(given.ics), as_ical(_title(files, given), open_tasks, day))
    elif given.json:
        document = {
            "unit": given.unit,
            "on": str(day),
            "person": given.person,
            "duties": [_as_json(duty, day) for it in open_tasks for duty in it.duties],
        }
        sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.write(f"{_title(files, given)}（{day_words(day)}）\n")
        sys.stdout.write("".join(_as_text(open_tasks, day, everything=given.all)) or "\n没有要办的事项。\n")
    return FINE


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
            near = [it for it in own if it.first.since <= day + _AHEAD]
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


def _title(files: Iterable[Source], given: argparse.Namespace) -> str:
    unit = _read(files, Location(given.unit, "unit").path)
    own, _ = load("unit.yml", unit, Unit) if unit else (None, [])
    title = own.name if own else str(given.unit)
    if given.person is None:
        return f"{title}考核待办事项"
    known, _ = load("person.yml", _read(files, Location(given.unit, "people", None, given.person).path) or b"", Person)
    return f"{title} {known.name if known else given.person}的考核待办事项"


def _read(files: Iterable[Source], path: str) -> bytes | None:
    return next((it.read().data for it in files if it.path == path), None)


def _known(files: Iterable[Source], given: argparse.Namespace) -> None:
    """Leave with status 2 where there is no such person."""
    folder = f"{RECORDS}/{given.unit}/people/"
    people = {it.path.removeprefix(folder).removesuffix(".yml") for it in files if it.path.startswith(folder)}
    if given.person not in people:
        no_such("人员", given.person, people)


def _write(out: Path, data: bytes) -> None:
    if str(out) == "-":
        sys.stdout.buffer.write(data)
        return
    if out.is_dir():
        fail(f"{out} 是文件夹；写成文件名，如 待办.ics", USAGE)
    out.write_bytes(data)
