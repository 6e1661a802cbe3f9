"""Which versions are handed in together, by whom, when, and who approves them when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from pingshi.authority import access
from pingshi.demo.hours import chance, day_of, looks, moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from pingshi.demo.hours import Part
    from pingshi.demo.versions import Version
    from pingshi.demo.year import Year
    from pingshi.records import UnitRecords

#: What is decided upon, and what goes with the decision: a meeting is in the afternoon.
_DECIDED = frozenset({"determination", "publicity"})
#: What must be approved on the day on which it comes: others wait for it.
_URGENT = frozenset({"unit", "people", "facts", "goals", "ballots", "outside", "reviews", "evaluations", *_DECIDED})
#: Time enough to read what came, in seconds. Leaders look on the evening of one weekday, unless something is pressing,
#: as everything is after so many days; and in the morning only where the decision is on that day.
_READING, _WEEK, _PATIENCE = 20 * 60, 5, timedelta(days=10)
#: Longer than any holidays.
_DAYS = 30
_DAY = timedelta(days=1)


class NobodyError(Exception):
    """Nobody may write, or nobody may approve, a record on the day (`args[0]` says which, in Chinese)."""


@dataclass(frozen=True, slots=True)
class HandIn:
    """Versions that one person hands in at once, and whoever approves them at one of their looks."""

    unit: str
    author: str
    batch: str
    versions: tuple[Version, ...]
    at: int
    approver: str
    approved: int


def hand_ins(units: Mapping[str, UnitRecords], year: Year, versions: Iterable[Version]) -> list[HandIn]:
    """Group a unit's versions into what is handed in together."""
    written = sorted(
        ((_author(units, it), it) for it in versions),
        key=lambda it: (it[0], it[1].window.batch, it[1].window.last, it[1].window.first, it[1].location.path),
    )
    found: list[HandIn] = []
    for (author, batch), alike in groupby(written, key=lambda it: (it[0], it[1].window.batch)):
        groups = _together(units, [it for _, it in alike], author)
        found += [_handed_in(units, year, it, author, batch) for it in groups]
    return found


def _author(units: Mapping[str, UnitRecords], version: Version) -> str:
    """Return who writes it: of several who may, preferably not the one whom it is about."""
    path = version.location.path
    writers = access(units, path, version.window.last).writers
    if not writers:
        raise NobodyError(f"{version.window.last} 那天没有人可以填写 {path}")
    return next((it for it in writers if it != version.location.person), writers[0])


def _approvers(units: Mapping[str, UnitRecords], version: Version, author: str, day: date) -> tuple[str, ...]:
    return access(units, version.location.path, day, author).approvers


def _together(units: Mapping[str, UnitRecords], alike: list[Version], author: str) -> Iterator[list[Version]]:
    """Yield groups of versions whose windows meet and that the same person may approve; no file twice in one."""
    group: list[Version] = []
    common: tuple[str, ...] = ()
    for it in alike:
        theirs = _approvers(units, it, author, it.window.last)
        both = tuple(name for name in common if name in theirs)
        meets = group and max(v.window.first for v in (*group, it)) <= min(v.window.last for v in group)
        if group and meets and both and it.location not in {v.location for v in group}:
            group.append(it)
            common = both
            continue
        if group:
            yield group
        group, common = [it], theirs
    if group:
        yield group


def _handed_in(
    units: Mapping[str, UnitRecords], year: Year, group: Sequence[Version], author: str, batch: str
) -> HandIn:
    first, last = max(it.window.first for it in group), min(it.window.last for it in group)
    days = year.workdays(first, last) or [max(min(last, year.last), year.first)]
    kinds = {it.location.kind for it in group}
    name = f"{year.records.id} {author} {batch}"
    day = days[chance(name, len(days))]
    periods = {it.location.period for it in group if it.location.period}
    deciding = any(decision[1] == day for it in periods if (decision := year.decision(it)))
    part: Part = "day"
    if kinds & _DECIDED:
        part = "afternoon"
    elif deciding or kinds & _URGENT or day == year.last:
        part = "morning"
    when = moment(day, name, part)
    limit = day if kinds & _URGENT else min((e for it in periods if (e := year.eve(it))), default=year.last)
    seen, approver = _seen(units, year, group, author, when, limit)
    return HandIn(year.records.id, author, batch, tuple(group), when, approver, seen)


def _seen(
    units: Mapping[str, UnitRecords], year: Year, group: Sequence[Version], author: str, when: int, limit: date
) -> tuple[int, str]:
    """Return when somebody who may approve looks, and who: some days later, but if they can not after the limit."""
    day = day_of(when)
    for _ in range(_DAYS):
        if year.works(day):
            able = [_approvers(units, it, author, day) for it in group]
            approver = next((name for name in able[0] if all(name in those for those in able)), None)
            if approver is None:
                break
            pressing = day >= limit or day >= day_of(when) + _PATIENCE
            morning, evening = looks(day, approver)
            if day in year.decided.values() and pressing and morning >= when + _READING:
                return morning, approver
            if evening >= when + _READING and (pressing or chance(approver, _WEEK) == day.weekday()):
                return evening, approver
        day += _DAY
    raise NobodyError(f"没有人可以审核 {group[0].location.path}")
