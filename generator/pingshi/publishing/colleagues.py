"""People as the public may see them: a name, a department, never an id; and in an order that tells nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pingshi.records import department_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pingshi.periods import Period
    from pingshi.records import UnitRecords


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody on a roster or notice: name and department; the grade only where it is public.

    `periods`: the grades of a year's periods (their titles, the grades), on the year's notice and nowhere else.
    """

    name: str
    department: str
    grade: str | None = None
    periods: tuple[tuple[str, str], ...] = ()


#: Characters that HTML could take for markup, and their full-width twins. Names stand in titles and in the
#: navigation, where the site's theme prints them as they are.
_TWINS = str.maketrans({"<": "＜", ">": "＞", "&": "＆", '"': "＂", "'": "＇", "`": "｀"})


def headline(text: str) -> str:
    """Return a name or title that is safe wherever a theme may print it."""
    return text.translate(_TWINS)


def colleague(
    records: UnitRecords,
    period: Period,
    person: str,
    grade: str | None = None,
    periods: tuple[tuple[str, str], ...] = (),
) -> Colleague:
    """Return somebody as of a period's last day, with no more than is given here."""
    department = department_of(records, person, period.last)
    named = headline(department.name) if department else ""
    return Colleague(headline(records.people[person].name), named, grade, periods)


def in_order(
    records: UnitRecords, colleagues: Iterable[Colleague], grades: tuple[str, ...] = ()
) -> tuple[Colleague, ...]:
    """Order by grade (where shown), department as the unit lists them, and name: never by score or id."""
    places = {headline(department.name): index for index, department in enumerate(records.unit.departments)}

    def key(it: Colleague) -> tuple[int, int, str]:
        return grades.index(it.grade) if it.grade in grades else 0, places.get(it.department, len(places)), it.name

    return tuple(sorted(colleagues, key=key))
