"""Who got which grade in a period, with what people are told apart by: department, level, category.

Only what was determined counts, and only by the unit itself: a grade that another unit gave says nothing about this
one's departments.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pingshi.grading.period import determined
from pingshi.grading.standing import Standing, participation
from pingshi.periods import Period
from pingshi.records import Determination, department_of, on_roll
from pingshi.schemes import CATEGORIES, PERIODS_OF_A_YEAR
from pingshi.source import held

if TYPE_CHECKING:
    from pingshi.records import UnitRecords
    from pingshi.schemes import Book

#: Of somebody in whose record the level is not written, or who is in no department.
UNKNOWN = "未登记"
#: How many periods are shown beside each other at most.
MOST_PERIODS = 8


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody on the roll on a period's last day; `grade` is the determined one, and one of the scheme's."""

    person: str
    name: str
    part: str
    department: str
    level: str
    category: str
    grade: str | None


@dataclass(frozen=True, slots=True)
class Gathered:
    """A period: its scheme and everybody in it. `decided`: there is a determination that can be read."""

    period: Period
    book: Book
    members: tuple[Member, ...]
    decided: bool

    @property
    def graded(self) -> tuple[Member, ...]:
        """Those whose grade the unit itself determined."""
        return tuple(it for it in self.members if it.part == "graded" and it.grade is not None)

    def grade_of(self, person: str) -> str | None:
        """Return the grade that the unit determined, if any."""
        return next((it.grade for it in self.graded if it.person == person), None)

    def departments(self) -> dict[str, list[Member]]:
        """Return those with a grade by department."""
        found: dict[str, list[Member]] = {}
        for it in self.graded:
            found.setdefault(it.department, []).append(it)
        return found


def gather(records: UnitRecords, period: Period) -> Gathered | None:
    """Return a period's people, or None where no scheme assesses it."""
    book = records.book(period)
    if book is None or book.scheme.cycle.period != period.kind:
        return None
    decided = records.get(Determination, "determination", period) is not None
    members = tuple(_member(records, book, it, period) for it in on_roll(records, period.last))
    return Gathered(period, book, members, decided)


def earlier(records: UnitRecords, period: Period) -> tuple[Gathered, ...]:
    """Return the decided periods before this one, newest last, as many as are shown."""
    found: list[Gathered] = []
    for it in reversed([it for it in records.periods() if it < period]):
        gathered = gather(records, it) if len(found) < MOST_PERIODS - 1 else None
        if gathered is not None and gathered.decided:
            found.append(gathered)
    return tuple(reversed(found))


def one_before(period: Period) -> Period:
    """Return the period of the same length right before."""
    if period.kind == "year":
        return Period("year", period.year - 1)
    if period.index > 1:
        return Period(period.kind, period.year, period.index - 1)
    return Period(period.kind, period.year - 1, 2 if period.kind == "half" else PERIODS_OF_A_YEAR["quarter"])


def _member(records: UnitRecords, book: Book, person: str, period: Period) -> Member:
    standing, known = Standing(records, person, period), records.people[person]
    part, _, _ = participation(book.scheme, standing)
    grade = determined(standing, part)
    department = department_of(records, person, period.last)
    return Member(
        person=person,
        name=known.name,
        part=part,
        department=department.name if department else UNKNOWN,
        level=known.level or UNKNOWN,
        category=CATEGORIES.get(held(known.category, period.last) or "", UNKNOWN),
        grade=grade if grade in book.scheme.grades.names else None,
    )
