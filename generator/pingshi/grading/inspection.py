"""All checks run together: over a unit, over a repository, and what of it concerns one period."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pingshi.diagnostics import Problem, arranged
from pingshi.grading.checks import CHECKS, YEAR_CHECKS
from pingshi.grading.period import grade_period
from pingshi.layout import RECORDS, SCHEMES
from pingshi.periods import Period
from pingshi.records import CHECKS as RECORD_CHECKS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from pingshi.grading.result import PeriodResult
    from pingshi.records import Snapshot, UnitRecords


@dataclass(frozen=True, slots=True)
class UnitCheck:
    """A unit's results by period, and what is wrong: in general, and with each period."""

    results: Mapping[Period, PeriodResult]
    general: tuple[Problem, ...]
    by_period: Mapping[Period, tuple[Problem, ...]]


def check_unit(records: UnitRecords, *periods: Period) -> UnitCheck:
    """Run every check on a unit: on all periods of which there are records, or only on those named."""
    general = tuple(_general(records))
    results = {period: grade_period(records, period) for period in periods or _assessed(records)}
    by_period = {
        period: arranged(found for _, check in CHECKS for found in check(records, result))
        for period, result in results.items()
    }
    return UnitCheck(results, general, by_period)


def _general(records: UnitRecords) -> Iterator[Problem]:
    """Yield what is wrong with the unit's records and its years, apart from any period's results."""
    for check in (*RECORD_CHECKS, *(check for _, check in YEAR_CHECKS)):
        yield from check(records)


def _assessed(records: UnitRecords) -> list[Period]:
    """The periods that are the scheme's; those of another kind are reported, and not graded."""
    found = []
    for period in records.periods():
        book = records.book(period)
        if book is None or period.kind == book.scheme.cycle.period:
            found.append(period)
    return found


def check_repository(snapshot: Snapshot) -> tuple[Problem, ...]:
    """Return everything that is wrong in a snapshot, in order."""
    return arranged([*snapshot.problems, *(it for records in snapshot.units.values() for it in unit_problems(records))])


def unit_problems(records: UnitRecords, *, of_periods: bool = True) -> Iterator[Problem]:
    """Yield everything that is wrong across a unit's files; without periods' results where not `of_periods`.

    A missing rating is a problem once rating has begun; who grades a period before that
    is told all the same (`problems_of`).
    """
    if not of_periods:
        yield from _general(records)
        return
    checked = check_unit(records)
    yield from checked.general
    for period, found in checked.by_period.items():
        started = checked.results[period].started
        yield from (it for it in found if started or it.code != "missing-rating")


def problems_of(snapshot: Snapshot, records: UnitRecords, checked: UnitCheck, period: Period) -> tuple[Problem, ...]:
    """Return all that is wrong for a unit and period: what bears on its result.

    That is what was found with the period itself, and whatever is wrong in its own files,
    in those of its months, in the unit's general files, and in the scheme in force.
    """
    nearby = concerning((*snapshot.problems, *checked.general), records, period)
    return arranged([*nearby, *checked.by_period.get(period, ())])


def concerning(problems: Iterable[Problem], records: UnitRecords, period: Period) -> list[Problem]:
    """Return those of the problems that bear on a unit's period, or on a whole year with all of its periods."""
    schemes = judged_by(records, period)
    return [it for it in problems if bears_on(it.place.path, records.id, period, schemes)]


def judged_by(records: UnitRecords, period: Period) -> set[str]:
    """Return the schemes that a period is judged by, or all that the unit has where none can be used for it."""
    return _in_force(records, period) or {entry.scheme for entry in records.unit.schemes}


def _in_force(records: UnitRecords, period: Period) -> set[str]:
    """Return the schemes in force on a period's last day; of a whole year, those in force at any time of it."""
    if period.kind != "year":
        book = records.book(period)
        return {book.name} if book else set()
    entries = sorted(records.unit.schemes, key=lambda it: it.since)
    begun = [it.scheme for it in entries if period.holds(it.since.first)]
    before = [it.scheme for it in entries if it.since.first <= period.first]
    return {*begun, *before[-1:]}


def bears_on(path: str, unit: str, period: Period, schemes: Collection[str]) -> bool:
    """Tell whether what is wrong at a path bears on a unit's period, judged by these schemes."""
    top, name, *rest = [*path.split("/"), ""]
    if top == SCHEMES:
        return name in schemes
    if top != RECORDS or name != unit:
        return False
    try:
        within = Period.parse(rest[0])
    except ValueError:
        return True  # one of the unit's general files, or one that stands where none should
    return period.contains(within)
