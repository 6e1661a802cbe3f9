"""Which record somebody wants to begin: checked against what the unit and its scheme know."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pingshi.layout import BY_NAME, Kind, Location, meant_period
from pingshi.periods import Period
from pingshi.records import on_roll
from pingshi.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pingshi.records import UnitRecords
    from pingshi.schemes import Book

_SCOPES = {"year": "year", "half": "cycle", "quarter": "cycle", "month": "month"}
_EXAMPLES = {"year": "2026（年）", "cycle": "2026-Q3（季度）或 2026-H1（半年）", "month": "2026-09（月）"}


class CannotStartError(Exception):
    """The record can't be begun as asked; the message says why, and what to do (exit status 2)."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for: a kind of record, whose, of which period, and what is known of it already."""

    kind: Kind
    records: UnitRecords
    period: Period | None = None
    person: str | None = None

    @property
    def location(self) -> Location:
        """The record's identity, and so its path."""
        return Location(self.records.id, self.kind.name, self.period, self.person if self.kind.person else None)

    @property
    def book(self) -> Book:
        """The scheme in force on the period's last day."""
        assert self.period is not None  # noqa: S101 -- only asked of kinds that have one
        book = self.records.book(self.period)
        if book is None:
            raise CannotStartError(f"{self.period.title}没有可用的方案；用 pingshi check 看 unit.yml 和方案有什么问题")
        return book


def nearest(word: str, known: Iterable[str]) -> str:
    """Say which known word was probably meant, or which there are."""
    words = sorted(known)
    close = [it for it in words if word and it.startswith(word)] or difflib.get_close_matches(word, words, n=1)
    return f"是不是 {'、'.join(close)}？" if close else f"有：{'、'.join(words) or '（没有）'}"


def wanted(kind: str, records: UnitRecords, period: str | None = None, person: str | None = None) -> Wanted:
    """Check what was asked for; CannotStartError where the period or the person can't be."""
    known = BY_NAME[kind]
    return Wanted(known, records, None if period is None else _period(known, records, period), person)


def _period(kind: Kind, records: UnitRecords, text: str) -> Period:
    examples = "或 ".join(_EXAMPLES[it] for it in kind.scopes)
    try:
        period = Period.parse(text)
    except ValueError as error:
        meant = meant_period(text)
        told = f"是不是 {meant}？" if meant else f"{kind.title}的周期写成 {examples}"
        raise CannotStartError(f"{error}；{told}") from None
    if _SCOPES[period.kind] not in kind.scopes:
        raise CannotStartError(f"{kind.title}不按 {period} 这样的周期填写；写成 {examples}")
    book = records.book(period)
    if _SCOPES[period.kind] == "cycle" and book is not None and book.scheme.cycle.period != period.kind:
        example = (
            "季度考核一次，写成 2026-Q3" if book.scheme.cycle.period == "quarter" else "半年考核一次，写成 2026-H1"
        )
        raise CannotStartError(f"方案 {book.name} 每{example} 这样")
    first = book.scheme.cycle.since if book is not None else None
    if first is not None and period.last < first.first:
        raise CannotStartError(f"方案从 {first} 开始考核，没有 {period}")
    if all(it.since.first > period.last for it in records.unit.schemes):
        since = min((str(it.since) for it in records.unit.schemes), default="")
        told = f"unit.yml 里的方案从 {since} 起执行" if since else "unit.yml 的 schemes 里还没有方案"
        raise CannotStartError(f"{period.title}没有方案在执行：{told}；核对周期，或者改 unit.yml")
    return period


def known_person(records: UnitRecords, person: str, period: Period | None = None) -> str:
    """Return a person's id; CannotStartError where nobody has it, or they are not there in the period."""
    if Location(records.id, "people", None, person) in records.broken:
        raise CannotStartError(f"{person} 的人员资料有错误读不了；先用 pingshi check 看问题")
    if person not in records.people:
        same = ids_of(records, person)
        if same:
            raise CannotStartError(f"这里写代号：{person}的代号是 {listed(same)}")
        known = {*records.people, *(it.person for it in records.broken if it.kind == "people" and it.person)}
        told = nearest(person, known)
        told += "" if told.endswith("？") else "。"
        raise CannotStartError(f"没有“{person}”这个人；{told}新来的人先用 pingshi new person {person} 建人员资料")
    if period is not None and not _there(records, person, period):
        raise CannotStartError(f"{records.name_of(person)}（{person}）{period.title}不在册；核对周期和人员资料里的日期")
    return person


def ids_of(records: UnitRecords, name: str) -> list[str]:
    """Return the ids of everybody of this name."""
    return [it for it, known in records.people.items() if known.name == name]


def _there(records: UnitRecords, person: str, period: Period) -> bool:
    known = records.people[person]
    return known.joined <= period.last and (known.left is None or period.first <= known.left)


def staff(records: UnitRecords, period: Period) -> list[str]:
    """Return who is on the roll on the period's last day."""
    return on_roll(records, period.last)
