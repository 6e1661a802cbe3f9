"""Who approves which paths on a day: the table of `authority`, asked for every file that can be.

A record's approvers hang on its period too (who was whose head then). So each period is asked about, from the first one
that there are records of to the end of the year after the last; later ones are taken to be like that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pingshi.authority import access
from pingshi.forges.accounts import owners
from pingshi.forges.folders import PARTS, Run, all_of, runs_of
from pingshi.layout import KINDS, Kind, Location, scheme_path
from pingshi.periods import Period

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from pingshi.periods import PeriodKind
    from pingshi.records import UnitRecords

#: The periods whose folders each scope has, but for the unit's own files, which have none.
_SCOPES: Mapping[str, tuple[PeriodKind, ...]] = {"year": ("year",), "cycle": ("quarter", "half"), "month": ("month",)}
#: How many years after the last one with records are asked about.
_AHEAD = 1


@dataclass(frozen=True, slots=True)
class Owned:
    """The accounts that may approve a kind of record, of one person where it has a file for each.

    `runs` tells it for each run of periods, without gaps and with an open end; it holds one entry without a run for
    files that have no period.
    """

    kind: Kind
    period: PeriodKind | None
    person: str | None
    runs: tuple[tuple[Run | None, tuple[str, ...]], ...]


class Ownership:
    """The answers for one repository on one day. `units` holds what is owned in each unit, in the layout's order."""

    def __init__(self, units: Mapping[str, UnitRecords], day: date) -> None:
        self._units = units
        self._day = day
        self.units = {name: tuple(self._of(records)) for name, records in sorted(units.items())}
        #: The first year of whose records anything is told.
        self.first_year = min((_years(it)[0] for it in units.values()), default=day.year)

    def of_strangers(self, unit: str, kind: Kind) -> tuple[str, ...]:
        """Return who approves a file of a kind that is named after somebody not on the roster, whatever its period."""
        records = self._units[unit]
        period = next((Period(it, _years(records)[0]) for it in _SCOPES.get(kind.scopes[0], ())), None)
        return self._asked(Location(unit, kind.name, period, _stranger(records)).path, records)

    def of_schemes(self) -> dict[str, tuple[str, ...]]:
        """Return who approves the files of each scheme that a unit names."""
        named = sorted({it.scheme for records in self._units.values() for it in records.unit.schemes})
        return {it: self._asked(scheme_path(it), *self._units.values()) for it in named}

    def of_the_rest(self) -> tuple[str, ...]:
        """Return who approves whatever is neither a known unit's nor a named scheme's."""
        return self._asked("README.md", *self._units.values())

    def approvers(self) -> tuple[str, ...]:
        """Return all accounts that approve anything at all."""
        found = {*self.of_the_rest(), *(account for those in self.of_schemes().values() for account in those)}
        for owned in self.units.values():
            found |= {account for it in owned for _, those in it.runs for account in those}
        return tuple(sorted(found))

    def _of(self, records: UnitRecords) -> Iterator[Owned]:
        """Yield who approves a unit's records: every kind, for everybody on the roster."""
        periods = [it for it in PARTS if it in _kinds_used(records)]
        for kind in KINDS:
            for person in _named(records, kind):
                if kind.scopes == ("unit",):
                    path = Location(records.id, kind.name, None, person).path
                    yield Owned(kind, None, person, ((None, self._asked(path, records)),))
                    continue
                fitting = {it for scope in kind.scopes for it in _SCOPES[scope]}
                for period in (it for it in periods if it in fitting):
                    yield Owned(kind, period, person, self._runs(records, kind, period, person))

    def _runs(
        self, records: UnitRecords, kind: Kind, period: PeriodKind, person: str | None
    ) -> tuple[tuple[Run, tuple[str, ...]], ...]:
        asked = ((it, Location(records.id, kind.name, it, person).path) for it in all_of(period, *_years(records)))
        return tuple(runs_of((it, self._asked(path, records)) for it, path in asked))

    def _asked(self, path: str, *within: UnitRecords) -> tuple[str, ...]:
        return owners(within, access(self._units, path, self._day).approvers)


def _years(records: UnitRecords) -> tuple[int, int]:
    """Return the years of which every period is asked about."""
    known = {it.since.year for it in records.unit.schemes}
    known |= {it.period.year for it in (*records.records, *records.broken) if it.period is not None}
    return min(known), max(known) + _AHEAD


def _kinds_used(records: UnitRecords) -> frozenset[PeriodKind]:
    """Return the kinds of periods that the unit has or may have: half-years only where they are assessed."""
    cycles = {book.scheme.cycle.period for it in records.unit.schemes if (book := records.books.get(it.scheme))}
    there = {it.period.kind for it in (*records.records, *records.broken) if it.period is not None}
    return frozenset({"year", "month", *cycles, *there})


def _named(records: UnitRecords, kind: Kind) -> Iterable[str | None]:
    """Return after whom the files of a kind may be named: those who review or note hold some office in the unit."""
    if kind.person is None:
        return (None,)
    if kind.person == "person":
        return sorted(records.people)
    there = {it.person for it in (*records.records, *records.broken) if it.kind == kind.name and it.person}
    return sorted((_office_holders(records) | there) & set(records.people))


def _office_holders(records: UnitRecords) -> set[str]:
    unit = records.unit
    found = {term.value for it in unit.departments for term in it.head}
    for terms in (*(it.led_by for it in unit.departments), *(value for _, value in unit.organs)):
        found |= {person for term in terms for person in term.value}
    return found


def _stranger(records: UnitRecords) -> str:
    """Return an id that nobody in the unit has."""
    return next(it for it in (f"x{number}" for number in range(len(records.people) + 1)) if it not in records.people)
