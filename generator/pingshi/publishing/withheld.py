"""Which periods and years the site holds back for their errors, told to whoever builds it; never part of the site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pingshi.diagnostics import has_errors
from pingshi.grading import check_unit, problems_of
from pingshi.layout import RECORDS
from pingshi.publishing.public import folders_of_units
from pingshi.publishing.years import noticed_years, problems_of_year

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from pingshi.diagnostics import Problem
    from pingshi.records import Snapshot, UnitRecords


@dataclass(frozen=True, slots=True)
class Withheld:
    """What is not published: a unit's name, the titles of its periods (none: all of it), and the first error."""

    unit: str
    periods: tuple[str, ...]
    first: Problem


@dataclass(frozen=True, slots=True)
class Faults:
    """What errors do to a site: what they hold back, and whether there are any at all."""

    withheld: tuple[Withheld, ...]
    any: bool


def faults(snapshot: Snapshot, on: date) -> Faults:
    """Return what of a snapshot's site is held back on a day, by unit and period, with the first error of each."""
    held: list[Withheld] = []
    found = has_errors(snapshot.problems)
    for name in folders_of_units(snapshot):
        records = snapshot.units.get(name)
        if records is None:
            held += _whole(snapshot, name)
            continue
        checked = check_unit(records)
        found = found or has_errors([*checked.general, *(it for every in checked.by_period.values() for it in every)])
        periods = {
            period.title: errors[0]
            for period in checked.results
            if period.first <= on and (errors := _errors(problems_of(snapshot, records, checked, period)))
        }
        years = {
            f"{year.title}考核": errors[0]
            for year in noticed_years(records, on)
            if (errors := _errors(problems_of_year(snapshot, records, checked, year)))
        }
        held += _together(records, periods | years)
    return Faults(tuple(held), found)


def _errors(problems: Iterable[Problem]) -> list[Problem]:
    return [it for it in problems if it.severity == "error"]


def _whole(snapshot: Snapshot, unit: str) -> Iterator[Withheld]:
    """Tell a unit that can't be read, with the error of its own file before those of others."""
    folder = f"{RECORDS}/{unit}/"
    errors = [it for it in _errors(snapshot.problems) if it.place.path.startswith(folder)]
    errors.sort(key=lambda it: it.place.path != f"{folder}unit.yml")
    yield from (Withheld(unit, (), it) for it in errors[:1])


def _together(records: UnitRecords, periods: dict[str, Problem]) -> Iterator[Withheld]:
    """Tell the periods that one error holds back together."""
    for first in dict.fromkeys(periods.values()):
        yield Withheld(records.unit.name, tuple(it for it, error in periods.items() if error == first), first)
