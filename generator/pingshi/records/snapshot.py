"""A snapshot of all records and schemes at one moment, whatever it was read from.

Reading never stops at a broken file: it becomes problems, and everything else is there.
What is broken is remembered, so that nobody is told that it is missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

from pingshi.diagnostics import Place, Problem, problem
from pingshi.layout import Location
from pingshi.periods import Calendar, Period
from pingshi.records.loading import Loaded, loaded
from pingshi.schemes import Book, lint, load_book

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from pingshi.files import Blob
    from pingshi.records import facts, people

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class UnitRecords:
    """All records of one unit, with its calendar and schemes.

    `broken` holds the identities of files that stand there but could not be read.
    """

    id: str
    unit: people.Unit
    people: Mapping[str, people.Person]
    facts: Mapping[str, tuple[facts.AnyFact, ...]]
    books: Mapping[str, Book]
    calendar: Calendar
    records: Mapping[Location, Any]
    broken: frozenset[Location]
    index: Mapping[tuple[str, Period | None], Mapping[str, Any]]
    _in_force: dict[Period, Book | None] = field(default_factory=dict, compare=False, repr=False)

    def get(self, kind: type[T], name: str, period: Period | None, person: str | None = None) -> T | None:
        """Return the one record of this identity, or None. `kind` is its model, for the type checker."""
        del kind
        return cast("T | None", self.records.get(Location(self.id, name, period, person)))

    def listed(self, kind: type[T], name: str, period: Period) -> tuple[T, ...]:
        """Return the items of a list record, or none."""
        del kind
        return cast("tuple[T, ...]", self.records.get(Location(self.id, name, period), ()))

    def by_person(self, kind: type[T], name: str, period: Period) -> Mapping[str, T]:
        """Return the records of a kind and period by the person who names the file, in order."""
        del kind
        return self.index.get((name, period), {})

    def stands(self, name: str, period: Period | None, person: str | None = None) -> bool:
        """Tell whether such a file stands there, readable or not."""
        location = Location(self.id, name, period, person)
        return location in self.records or location in self.broken

    def book(self, period: Period) -> Book | None:
        """Return the scheme in force on the period's last day, or None."""
        if period not in self._in_force:
            self._in_force[period] = self.book_on(period.last)
        return self._in_force[period]

    def book_on(self, day: date) -> Book | None:
        """Return the scheme in force on a day, or None."""
        in_force = [it for it in self.unit.schemes if it.since.first <= day]
        latest = max(in_force, key=lambda it: it.since, default=None)
        return self.books.get(latest.scheme) if latest else None

    def periods(self) -> list[Period]:
        """Return the periods of assessment (no months, no years) of which there are records, in order."""
        found = {
            it.period for it in (*self.records, *self.broken) if it.period and it.period.kind in ("quarter", "half")
        }
        return sorted(found)

    def years(self) -> list[Period]:
        """Return the years that have a folder of their own, in order."""
        found = {it.period for it in (*self.records, *self.broken) if it.period and it.period.kind == "year"}
        return sorted(found)

    def name_of(self, person: str) -> str:
        """Return a person's name, or the id where there is no such person."""
        known = self.people.get(person)
        return known.name if known else person


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything under `records/` and `schemes/`, read once."""

    units: Mapping[str, UnitRecords]
    books: Mapping[str, Book]
    problems: tuple[Problem, ...]
    files: int
    texts: Mapping[str, bytes] = field(repr=False)

    def line(self, place: Place) -> str | None:
        """Return the text of a place's line, for showing it beside a problem."""
        data = self.texts.get(place.path)
        if data is None:
            return None
        lines = data.decode("utf-8", "replace").splitlines()
        return lines[place.line - 1] if 0 < place.line <= len(lines) else None


def take(blobs: Iterable[Blob], *, several: bool = False) -> Snapshot:
    """Make a snapshot of files, from wherever they were read; `several` where two or more roots were given."""
    found = loaded(blobs, several=several)
    shelf = Shelf(found.schemes)
    units, faults = units_of(found, shelf)
    problems = (*found.problems, *shelf.problems(), *faults)
    return Snapshot(units, dict(shelf), problems, len(found.texts), found.texts)


class Shelf(Mapping[str, Book]):
    """The schemes that can be graded by, each loaded and linted when it is first needed."""

    def __init__(self, files: Mapping[str, Mapping[str, bytes | None]]) -> None:
        self._files = files

    def __getitem__(self, name: str) -> Book:
        book, _ = self._book(name)
        if book is None:
            raise KeyError(name)
        return book

    def __iter__(self) -> Iterator[str]:
        return (name for name in self._files if self._book(name)[0] is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def problems(self) -> Iterator[Problem]:
        """Yield what is wrong with the schemes themselves."""
        for name in self._files:
            yield from self._book(name)[1]

    def _book(self, name: str) -> tuple[Book | None, tuple[Problem, ...]]:
        files = self._files.get(name, {"scheme.yml": None})
        if None in files.values():
            return None, ()  # there is none, or one of its files could not be read at all, which has been reported
        return _book(name, files.get("scheme.yml"), files.get("clauses.yml"))


@lru_cache(maxsize=64)
def _book(name: str, scheme: bytes | None, clauses: bytes | None) -> tuple[Book | None, tuple[Problem, ...]]:
    """Load and lint a scheme; the book is None where it can't be graded by.

    A pure function of its files, and by far the dearest one here, so it is remembered.
    """
    book, problems = load_book(name, scheme, clauses)
    if book is None:
        return None, tuple(problems)
    found, usable = lint(book)
    return (book if usable else None), (*problems, *found)


def units_of(found: Loaded, books: Mapping[str, Book]) -> tuple[dict[str, UnitRecords], list[Problem]]:
    """Return the units among what was loaded, and the problem of each one that has no `unit.yml`."""
    records, broken = found.records, found.broken
    units: dict[str, UnitRecords] = {}
    problems: list[Problem] = []
    by_unit: dict[str, dict[Location, Any]] = {it.unit: {} for it in (*records, *broken)}
    for location, value in records.items():
        by_unit[location.unit][location] = value
    for name, own in sorted(by_unit.items()):
        unit = own.get(Location(name, "unit"))
        if unit is None:
            if Location(name, "unit") not in broken:
                place = Place(Location(name, "unit").path)
                hint = "补上 unit.yml；没有它，这个单位的其他记录都无法核对"
                problems.append(problem(place, "missing-key", f"单位 {name} 没有 unit.yml", hint))
            continue
        own_days = (unit.calendar.holidays, unit.calendar.workdays) if unit.calendar else ()
        units[name] = UnitRecords(
            id=name,
            unit=unit,
            people={it.person: value for it, value in own.items() if it.kind == "people" and it.person},
            facts={it.person: value for it, value in own.items() if it.kind == "facts" and it.person},
            books=books,
            calendar=Calendar(*own_days),
            records=own,
            broken=frozenset(it for it in broken if it.unit == name),
            index=_index(own),
        )
    return units, problems


def _index(records: Mapping[Location, Any]) -> dict[tuple[str, Period | None], dict[str, Any]]:
    found: dict[tuple[str, Period | None], dict[str, Any]] = {}
    for location, value in sorted(records.items(), key=lambda item: item[0].path):
        if location.person is not None:
            found.setdefault((location.kind, location.period), {})[location.person] = value
    return found
