"""In what order people come into question for the year's best grade: for those who decide, and for nobody else.

Whoever may get it stands first, among them whoever a rule prefers, then by how often the best grade was given, then by
its share of all that were counted. Who is equal in all of these shares a rank. It obliges to nothing (decision 0016).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pingshi.records import department_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from pingshi.grading.annual import PersonYear
    from pingshi.periods import Period
    from pingshi.records import UnitRecords


def ranks(records: UnitRecords, people: Mapping[str, PersonYear], year: Period) -> dict[str, int | None]:
    """Return everybody's rank, in order; those without a grade, and those who take no part, come last and have none.

    Within a rank people stand by department, as the unit lists them, and name.
    """
    places = {department.id: index for index, department in enumerate(records.unit.departments)}

    def key(it: str) -> tuple[object, ...]:
        department = department_of(records, it, year.last)
        place = places[department.id] if department else len(places)
        return not people[it].takes_part, not people[it].counted, *_merit(people[it]), place, people[it].name, it

    made: dict[str, int | None] = {}
    before: tuple[object, ...] | None = None
    rank = 0
    for index, it in enumerate(sorted(people, key=key), 1):
        merit = _merit(people[it])
        rank = rank if merit == before else index
        before = merit
        made[it] = rank if people[it].takes_part and people[it].counted else None
    return made


def _merit(person: PersonYear) -> tuple[bool, bool, int, Fraction]:
    """Return what ranks are given by, less being better."""
    return not person.eligible, not person.preferred, -person.best, -person.share
