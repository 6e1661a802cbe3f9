"""How a repository falls into parts that can be checked one by one.

A unit's quarter (with its months) is judged by its own files, the unit's general files
(`unit.yml`, people, facts) and the schemes, and by nothing else; a scheme by its own two files.
A part is the files of one of these. A year's folder is one too; once it holds the annual
determination, that is judged by the grades of the year's periods besides, which stand in a few
files of theirs: the part's context. A quarter's plans break down annual goals: the goals of those
who have plans are its context.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pingshi.files import Blob, Listed
from pingshi.layout import RECORDS, Misplaced, locate
from pingshi.periods import Period

if TYPE_CHECKING:
    from collections.abc import Iterable

Source = Blob | Listed

#: The kinds of a period's records that the annual determination is judged by.
_COUNTED = frozenset({"determination", "outside"})


@dataclass(frozen=True, slots=True)
class Group:
    """A unit's files (or a scheme's): the general ones, and the others by the part they belong to.

    `context`: files of other parts that a part is judged by as well, and which are judged with their own.
    """

    top: str
    name: str
    general: list[Source] = field(default_factory=list)
    parts: dict[str, list[Source]] = field(default_factory=dict)
    context: dict[str, list[Source]] = field(default_factory=dict)

    def files(self, part: str) -> list[Source]:
        """Return a part's own files and its context."""
        return [*self.parts.get(part, ()), *self.context.get(part, ())]

    def judges_periods(self, part: str) -> bool:
        """Tell whether a part holds all of the periods that are in it: a year has of its own only what it counts."""
        period = period_of(part) if part else None
        return period is None or period.kind != "year"

    def names(self) -> list[str]:
        """Return the parts to check; the general files alone are one where there is no other."""
        return sorted(self.parts) or [""]


def grouped(sources: Iterable[Source]) -> dict[tuple[str, str], Group]:
    """Sort files into groups and parts, in the order in which they come."""
    groups: dict[tuple[str, str], Group] = {}
    dated: dict[tuple[str, str], list[tuple[Period, Source]]] = {}
    for blob in sources:
        top, name, folder = [*blob.path.split("/", 3), "", "", ""][:3]
        group = groups.get((top, name))
        if group is None:
            group = groups[top, name] = Group(top, name)
        period = period_of(folder) if top == RECORDS and blob.path.count("/") > len((top, name)) else None
        if period is None:
            group.general.append(blob)
        else:
            dated.setdefault((top, name), []).append((period, blob))
    for key, files in dated.items():
        halves = {period for period, _ in files if period.kind == "half"}
        for period, blob in files:
            groups[key].parts.setdefault(part_of(period, halves), []).append(blob)
        groups[key].context.update(_contexts(files))
        _add_goals(groups[key], files, halves)
    return groups


def _add_goals(group: Group, files: Iterable[tuple[Period, Source]], halves: Iterable[Period]) -> None:
    """Give each part that has plans the annual goals of those whose plans they are."""
    goals: dict[tuple[str, str], Source] = {}
    plans: list[tuple[Period, str]] = []
    for period, blob in files:
        kind, _, name = blob.path.split("/", 3)[-1].partition("/")
        if period.kind == "year" and kind == "goals":
            goals[str(period), name] = blob
        elif period.kind == "month" and kind == "plans":
            plans.append((period, name))
    for period, name in plans:
        found = goals.get((str(period.year), name))
        if found is not None:
            context = group.context.setdefault(part_of(period, halves), [])
            if found not in context:
                context.append(found)


def _contexts(files: Iterable[tuple[Period, Source]]) -> dict[str, list[Source]]:
    """Return what each year that has an annual determination is judged by besides its own folder."""
    found: dict[str, list[Source]] = {}
    dated = list(files)
    for year in {period for period, blob in dated if period.kind == "year" and counts_for_its_year(blob.path)}:
        found[str(year)] = [
            blob
            for period, blob in dated
            if period != year and year.contains(period) and counts_for_its_year(blob.path)
        ]
    return found


def counts_for_its_year(path: str) -> bool:
    """Tell whether a period's record holds grades that decide what its year comes to."""
    if [*path.split("/"), "", "", ""][3].removesuffix(".yml") not in _COUNTED:
        return False  # as for nearly all of them, and quicker than to locate it
    try:
        return locate(path).kind in _COUNTED
    except Misplaced:
        return False


_PERIODS: dict[str, Period | None] = {}


def period_of(folder: str) -> Period | None:
    """Return the period that a folder's name says, or None for any other folder."""
    if folder not in _PERIODS:
        try:
            _PERIODS[folder] = Period.parse(folder)
        except ValueError:
            _PERIODS[folder] = None
    return _PERIODS[folder]


def part_of(period: Period, halves: Iterable[Period]) -> str:
    """Return the part that a period's folder belongs to: a year its own, a month that of its quarter or half-year."""
    if period.kind == "year":
        return str(period)
    half = next((it for it in halves if it.contains(period)), None)
    return str(half or Period("quarter", period.year, (period.first.month - 1) // 3 + 1))
