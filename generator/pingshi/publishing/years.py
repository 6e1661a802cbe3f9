"""A year's notice, where the scheme orders one: who gets which annual grade, with their own grades of the year.

Of these people the public sees their names, departments and recorded grades, and of nobody else anything
(decision 0017).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pingshi.diagnostics import has_errors
from pingshi.grading import annual, concerning, periods_of
from pingshi.layout import Location
from pingshi.publishing.colleagues import Colleague, colleague, headline, in_order
from pingshi.records import Determination, Publicity
from pingshi.wording import day

if TYPE_CHECKING:
    from datetime import date
    from typing import Literal

    from pingshi.diagnostics import Problem
    from pingshi.grading import PersonYear, UnitCheck
    from pingshi.periods import Period
    from pingshi.records import Snapshot, UnitRecords
    from pingshi.schemes import Scheme

    State = Literal["faulty", "waiting", "showing", "ended"]

#: What a year's notice is called in all documents.
WORDING = "公示"


@dataclass(frozen=True, slots=True)
class YearNotice:
    """A year's notice, under that year's scheme. Everybody's annual grade is told only where it lists `several`."""

    scheme: str
    assessment: str
    grades: str
    several: bool
    with_periods: bool
    people: tuple[Colleague, ...]
    since: str
    until: str
    contact: str
    telephone: str


@dataclass(frozen=True, slots=True)
class PublicYear:
    """A year of a unit that has a notice, or would have one: faulty (not published), waiting, showing, ended."""

    id: str
    title: str
    year: int
    state: State
    wording: str
    notice: YearNotice | None = None


def noticed_years(records: UnitRecords, on: date) -> list[Period]:
    """Return the years with a determination and its publicity (readable or not) whose scheme orders a notice."""
    there = {*records.records, *records.broken}
    found = []
    for year in records.years():
        files = {Location(records.id, kind, year) for kind in ("determination", "publicity")}
        book = records.book(year)
        rules = book.scheme.annual if book else None
        if year.first <= on and files <= there and rules and rules.publicity:
            found.append(year)
    return found


def problems_of_year(snapshot: Snapshot, records: UnitRecords, checked: UnitCheck, year: Period) -> list[Problem]:
    """Return all that is wrong in a year, in its periods too: an error among it, and its notice is held back."""
    of_periods = (it for found in checked.by_period.values() for it in found)
    return concerning((*snapshot.problems, *checked.general, *of_periods), records, year)


def public_year(snapshot: Snapshot, records: UnitRecords, checked: UnitCheck, year: Period, on: date) -> PublicYear:
    """Return what the public may see of a year with a notice."""
    book = records.book(year)
    publicity = records.get(Publicity, "publicity", year)
    determination = records.get(Determination, "determination", year)
    faulty = has_errors(problems_of_year(snapshot, records, checked, year))
    if faulty or book is None or publicity is None or determination is None:
        return PublicYear(str(year), year.title, year.year, "faulty", WORDING)
    if on < max(publicity.since, determination.decided_on) or _periods_wait(records, year, on):
        return PublicYear(str(year), year.title, year.year, "waiting", WORDING)
    state: State = "showing" if on <= publicity.until else "ended"
    notice = _notice(records, year, book.scheme, determination, publicity)
    return PublicYear(str(year), year.title, year.year, state, WORDING, notice)


def _periods_wait(records: UnitRecords, year: Period, on: date) -> bool:
    """Tell whether a period is still to be made known: the year tells no grade before its period does."""
    for period in periods_of(records, year):
        book = records.book(period)
        determination = records.get(Determination, "determination", period)
        if book is None or determination is None:
            continue
        publicity = records.get(Publicity, "publicity", period)
        if publicity is not None and on < publicity.since:
            return True
    return False


def _notice(
    records: UnitRecords, year: Period, scheme: Scheme, determination: Determination, publicity: Publicity
) -> YearNotice | None:
    rule = scheme.annual.publicity if scheme.annual else None
    if rule is None:
        return None
    result = annual(records, year)
    several = len(rule.grades) > 1
    names = [person.names for person in result.people.values()]
    order = tuple(dict.fromkeys(own[it] for it in rule.grades for own in names if it in own))
    people = []
    for it, person in result.people.items():
        decided = determination.grades.get(it)
        own = {person.names[grade] for grade in rule.grades if grade in person.names}
        if decided is not None and decided.grade in own and person.takes_part:
            periods = _periods(person, result.periods) if rule.with_periods else ()
            people.append(colleague(records, year, it, decided.grade if several else None, periods))
    return YearNotice(
        scheme=headline(scheme.title),
        assessment=scheme.terms.assessment,
        grades="、".join(rule.grades),
        several=several,
        with_periods=rule.with_periods is not None,
        people=in_order(records, people, order),
        since=day(publicity.since),
        until=day(publicity.until),
        contact=publicity.contact,
        telephone=publicity.telephone,
    )


def _periods(person: PersonYear, periods: tuple[Period, ...]) -> tuple[tuple[str, str], ...]:
    """Return the recorded grades by period; a period without one is left out, and nobody learns why there is none."""
    return tuple((_short(it), person.grades[it]) for it in periods if it in person.grades)


def _short(period: Period) -> str:
    return period.title.removeprefix(f"{period.year}年")
