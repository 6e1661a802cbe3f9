"""Open duties as an iCalendar file (RFC 5545) that an office calendar can subscribe to."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from pingshi.agenda.wording import action, whom

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from pingshi.agenda.opened import Task
    from pingshi.agenda.scheduled import Date

    #: On which day, in a few words, what else there is to say, and what tells it from all others.
    _Event = tuple[date, str, list[str], tuple[str, ...]]


def as_ical(title: str, found: Iterable[Task], day: date) -> bytes:
    """Return a calendar of all-day events, one for each task: on its last day, or on the first where it has none.

    The same tasks on the same day give the same bytes: an event's UID is made of what the task is, so that calendars
    know it again, and its stamp is the day.
    """
    return _calendar(title, day, (_event(it) for it in found))


def _event(task: Task) -> _Event:
    first, people = task.first, whom(task)
    summary = f"{action(task)}{f'：{people}' if people else ''}"
    told = (first.unit, str(first.period), first.kind, first.task, first.role, first.clause or "", str(first.due))
    return first.due or first.since, summary, list(_lines(task)), told


def _calendar(title: str, day: date, events: Iterable[_Event]) -> bytes:
    from icalendar import Calendar, Event  # noqa: PLC0415 -- 0.1 s, for this alone

    calendar = Calendar()
    calendar.add("prodid", "-//pingshi//agenda//ZH-CN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", title)
    stamp = datetime.combine(day, time(), UTC)
    for on, summary, lines, told in events:
        event = Event()
        event.add("uid", f"{hashlib.sha256(chr(0).join(told).encode()).hexdigest()[:32]}@pingshi")
        event.add("dtstamp", stamp)
        event.add("dtstart", on)
        event.add("transp", "TRANSPARENT")
        event.add("summary", summary)
        event.add("description", "\n".join(lines))
        calendar.add_component(event)
    data: bytes = calendar.to_ical()
    return data


def dates_as_ical(title: str, found: Iterable[Date], day: date) -> bytes:
    """Return a scheme's last days as a calendar that anybody may see."""
    return _calendar(
        title,
        day,
        (
            (
                it.day,
                f"【{it.period.title}】{it.task}",
                [f"由{it.role}办理", f"依据：{it.clause} {it.says}"],
                (title, str(it.period), it.task, it.clause, it.says),
            )
            for it in found
        ),
    )


def _lines(task: Task) -> Iterable[str]:
    first = task.first
    yield f"由{first.role}办理" + (f"（{'、'.join(one.name for one in task.who)}）" if task.who else "")
    yield f"最后一天：{first.due}" if first.due else "方案没有写明日期"
    if first.clause is not None:
        yield f"依据：{first.clause} {first.says}"
    if first.note is not None and len(task.duties) == 1:
        yield first.note
