"""A snapshot of all records and schemes at one moment, whatever it was read from.

Reading never stops at a broken file: it becomes problems, and everything else is there.
What is broken is remembered, so that nobody is told that it is missing.
"""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from pingshi.diagnostics import Place, Problem, problem
from pingshi.layout import BY_NAME, RECORDS, SCHEMES, Location, Misplaced, locate, scheme_of
from pingshi.periods import Calendar, Period
from pingshi.records import facts, monthly, people, quarterly
from pingshi.schemes import Book, lint, load_book
from pingshi.source import load, load_list
from pingshi.source.limits import LARGEST_FILE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from pydantic import BaseModel

#: What each kind of record is: a model of one mapping, or (listed second) a list of items.
MAPPINGS: Mapping[str, type[BaseModel]] = {
    "unit": people.Unit,
    "people": people.Person,
    "goals": monthly.Goals,
    "plans": monthly.Plan,
    "logs": monthly.Log,
    "reports": monthly.Report,
    "evaluations": monthly.Evaluation,
    "attendance": monthly.Attendance,
    "summaries": quarterly.Summary,
    "reviews": quarterly.Review,
    "ballots": quarterly.Ballots,
    "outside": quarterly.Outside,
    "determination": quarterly.Determination,
    "publicity": quarterly.Publicity,
    "objections": quarterly.Objection,
    "replies": quarterly.Reply,
}
LISTS: Mapping[str, Any] = {
    "facts": facts.Fact,
    "feedback": quarterly.FeedbackNote,
    "spot_checks": quarterly.SpotCheck,
    "filings": quarterly.FiledForm,
}

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Blob:
    """A file as it was found, from the `root`-th root. `data` is None where it was not read: a link, or `denied`."""

    path: str
    data: bytes | None
    root: int = 0
    denied: bool = False


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
        return self.book_on(period.last)

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


def read_working_tree(roots: Sequence[Path]) -> list[Blob]:
    """Return the files under `records/` and `schemes/` of each root, sorted; links are not followed."""
    found: list[Blob] = []
    for index, root in enumerate(roots):
        for top in (RECORDS, SCHEMES):
            start = root / top
            if start.is_symlink():
                found.append(Blob(top, None, index))
                continue

            closed: list[OSError] = []
            for folder, folders, files in os.walk(start, onerror=closed.append):
                relative = Path(folder).relative_to(root).as_posix()
                links = [name for name in folders if (Path(folder) / name).is_symlink()]
                folders[:] = sorted(name for name in folders if name not in links)
                found += [Blob(f"{relative}/{name}", None, index) for name in links]
                found += [_read(Path(folder) / name, f"{relative}/{name}", index) for name in files]
            for error in closed:
                if isinstance(error, PermissionError):
                    found.append(Blob(Path(error.filename).relative_to(root).as_posix(), None, index, denied=True))
    return sorted(found, key=_order)


def _order(blob: Blob) -> tuple[str, int]:
    return blob.path, blob.root


def _read(file: Path, path: str, index: int) -> Blob:
    if file.is_symlink() or not file.is_file():
        return Blob(path, None, index)
    try:
        with file.open("rb") as opened:
            return Blob(path, opened.read(LARGEST_FILE + 1), index)
    except PermissionError:
        return Blob(path, None, index, denied=True)


def take(blobs: Iterable[Blob], *, several: bool = False) -> Snapshot:
    """Make a snapshot of files, from wherever they were read; `several` where two or more roots were given."""
    problems: list[Problem] = []
    texts: dict[str, bytes] = {}
    schemes: dict[str, dict[str, bytes | None]] = {}
    records: dict[Location, Any] = {}
    broken: set[Location] = set()
    for blob in blobs:
        if blob.path in texts:
            message = "同一个文件在两个仓库里都有"
            problems.append(problem(Place(blob.path), "misplaced-file", message, "只在一个仓库里保留"))
            continue
        if _is_placeholder(blob):
            continue
        texts[blob.path] = blob.data or b""
        found = _readable(blob, several=several)
        if found is not None:
            problems.append(found)
            _remember_broken(blob, broken, schemes)
            continue
        if blob.path.startswith(f"{SCHEMES}/"):
            try:
                files = schemes.setdefault(scheme_of(blob.path), {})
            except Misplaced as error:
                problems.append(problem(Place(blob.path), error.code, error.message, error.hint))
                continue
            files[blob.path.rsplit("/", 1)[1]] = blob.data
        elif blob.path.startswith(f"{RECORDS}/"):
            try:
                location = locate(blob.path)
            except Misplaced as error:
                problems.append(problem(Place(blob.path), error.code, error.message, error.hint))
                continue
            value, faults = _load(location, blob)
            problems += faults
            if value is None:
                broken.add(location)
            else:
                records[location] = value
    books, faults = _books(schemes)
    problems += faults
    units, faults = _units(records, broken, books)
    problems += faults
    return Snapshot(units, books, tuple(problems), len(texts), texts)


def _remember_broken(blob: Blob, broken: set[Location], schemes: dict[str, dict[str, bytes | None]]) -> None:
    """Note what stands there unread, so that nobody is told that it is missing."""
    with contextlib.suppress(Misplaced):
        if blob.path.startswith(f"{SCHEMES}/"):
            schemes.setdefault(scheme_of(blob.path), {})[blob.path.rsplit("/", 1)[1]] = None
        else:
            broken.add(locate(blob.path))


def _is_placeholder(blob: Blob) -> bool:
    """Git keeps no empty folder without such a file."""
    return blob.path.endswith("/.gitkeep") and blob.data == b""


def _readable(blob: Blob, *, several: bool) -> Problem | None:
    if blob.denied:
        hint = "请管理员把这个文件（夹）的读取权限给运行程序的账号"
        return problem(Place(blob.path), "yaml-syntax", "没有权限读取", hint)
    if blob.data is None:
        return problem(Place(blob.path), "symlink", "这是符号链接或特殊文件，不读取", "删掉它，把真正的文件放在这里")
    if several and blob.root == 0 and blob.path.startswith(f"{RECORDS}/"):
        try:
            kind = BY_NAME[locate(blob.path).kind]
        except Misplaced:
            return None
        if kind.confidential:
            message = f"{kind.title}是不公开的记录，不能放在公开的仓库里"
            return problem(
                Place(blob.path), "misplaced-file", message, "移到第二个（不公开的）仓库的同一位置，并从公开仓库删除"
            )
    return None


def _load(location: Location, blob: Blob) -> tuple[Any, list[Problem]]:
    assert blob.data is not None  # noqa: S101 -- _readable has reported those
    if location.kind in LISTS:
        return load_list(blob.path, blob.data, LISTS[location.kind])
    return load(blob.path, blob.data, MAPPINGS[location.kind])


def _books(
    schemes: Mapping[str, Mapping[str, bytes | None]],
) -> tuple[dict[str, Book], list[Problem]]:
    books: dict[str, Book] = {}
    problems: list[Problem] = []
    for name, files in schemes.items():
        if None in files.values():
            continue  # one of its files could not be read at all, which has been reported
        book, found = _book(name, files.get("scheme.yml"), files.get("clauses.yml"))
        problems += found
        if book is not None:
            books[name] = book
    return books, problems


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


def _units(
    records: Mapping[Location, Any], broken: set[Location], books: Mapping[str, Book]
) -> tuple[dict[str, UnitRecords], list[Problem]]:
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
        calendar = unit.calendar or people.OwnCalendar()
        units[name] = UnitRecords(
            id=name,
            unit=unit,
            people={it.person: value for it, value in own.items() if it.kind == "people" and it.person},
            facts={it.person: value for it, value in own.items() if it.kind == "facts" and it.person},
            books=books,
            calendar=Calendar(calendar.holidays, calendar.workdays),
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
