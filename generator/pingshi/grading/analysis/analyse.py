"""The whole analysis of a period or a year: how grades are spread, what stands out, who is good throughout."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pingshi.grading.analysis.clauses import clause_on
from pingshi.grading.analysis.distribution import Table, over_time, shown, whole
from pingshi.grading.analysis.gathered import MOST_PERIODS, UNKNOWN, Gathered, earlier, gather
from pingshi.grading.analysis.notable import Case, Notable
from pingshi.grading.analysis.of_grades import (
    department_share,
    departures,
    fell_after_objection,
    low_again,
    same_reasons,
    taken_in_turn,
)
from pingshi.grading.analysis.of_papers import alike_summaries, copied_from_last, no_summaries, same_for_all
from pingshi.grading.annual import periods_of
from pingshi.grading.period import grade_period
from pingshi.periods import Period
from pingshi.records import department_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pingshi.records import UnitRecords
    from pingshi.schemes import Book

#: Every hint, in the order in which they are told, with its heading.
HINTS: tuple[tuple[str, Callable[[Case], Iterator[Notable]]], ...] = (
    ("科室之间比例悬殊", department_share),
    ("等次逐期轮换", taken_in_turn),
    ("评鉴没有区别", same_for_all),
    ("审定与建议不同", departures),
    ("理由雷同", same_reasons),
    ("异议以后等次下降", fell_after_objection),
    ("连续等次偏低", low_again),
    ("个人小结雷同", alike_summaries),
    ("沿用上期个人小结", copied_from_last),
    ("科室没有交个人小结", no_summaries),
)
#: So many periods with the best grade, and none with another one, are a year that is good throughout.
_THROUGHOUT = 2


@dataclass(frozen=True, slots=True)
class Preferred:
    """Somebody with nothing but the best grade in the year so far, `times` of them."""

    person: str
    name: str
    department: str
    times: int


@dataclass(frozen=True, slots=True)
class Analysis:
    """The analysis of a period or a year; `full` holds every number and name, and is for the office alone.

    `book` is None where no scheme could be applied. `periods`: those analysed that are decided. `kept_back`: how many
    notable things are not told, since they are about people. `clauses`: on analysis and supervision, as far as the
    scheme has any; `preference`: the clause on those good throughout.
    """

    unit: str
    period: Period
    full: bool
    book: Book | None
    periods: tuple[Period, ...] = ()
    tables: tuple[Table, ...] = ()
    time: Table | None = None
    notable: tuple[Notable, ...] = ()
    kept_back: int = 0
    preferred: tuple[Preferred, ...] | None = None
    clauses: tuple[str, ...] = ()
    preference: str | None = None


def analyse(records: UnitRecords, period: Period, *, full: bool) -> Analysis:
    """Analyse a period of assessment, or a year with all its periods."""
    book = records.book(period)
    if book is None:
        return Analysis(records.id, period, full, None)
    wanted = periods_of(records, period) if period.kind == "year" else (period,)
    asked = [it for it in (gather(records, wanted_one) for wanted_one in wanted) if it is not None]
    decided = [it for it in asked if it.decided]
    before = earlier(records, wanted[0]) if wanted else ()
    notable = tuple(_notable(records, asked, before))
    tables: tuple[Table, ...] = ()
    if decided and full:
        tables = whole(records, decided)
    elif decided and period.kind != "year":
        tables = shown(records, decided[0])
    clauses = (clause_on(book, "distribution"), clause_on(book, "inspection"))
    return Analysis(
        unit=records.id,
        period=period,
        full=full,
        book=book,
        periods=tuple(it.period for it in decided),
        tables=tables,
        time=over_time([*before, *decided][-MOST_PERIODS:], full=full) if decided else None,
        notable=notable if full else tuple(it for it in notable if not it.personal),
        kept_back=0 if full else sum(it.personal for it in notable),
        preferred=tuple(_preferred(records, period)) if full else None,
        clauses=tuple(it for it in clauses if it is not None),
        preference=clause_on(book, "preference"),
    )


def _notable(records: UnitRecords, asked: list[Gathered], before: tuple[Gathered, ...]) -> Iterator[Notable]:
    for index, now in enumerate(asked):
        past = (*before, *(it for it in asked[:index] if it.decided))[-(MOST_PERIODS - 1) :]
        case = Case(records, now, past, grade_period(records, now.period))
        for _, hint in HINTS:
            yield from hint(case)


def _preferred(records: UnitRecords, period: Period) -> Iterator[Preferred]:
    """Yield those good throughout the year up to the period's end, those most often so first.

    Grades that another unit gave count here: they count for the year.
    """
    year = Period("year", period.year)
    periods = [it for it in (gather(records, it) for it in periods_of(records, year) if it <= period) if it is not None]
    grades: dict[str, list[bool]] = {}
    for gathered in periods:
        for it in gathered.members:
            if it.grade is not None and it.part in ("graded", "elsewhere"):
                grades.setdefault(it.person, []).append(it.grade == gathered.book.scheme.grades.best)
    order = [it.name for it in records.unit.departments]
    found = []
    for person, good in grades.items():
        if len(good) >= _THROUGHOUT and all(good) and any(it.person == person for it in periods[-1].members):
            department = department_of(records, person, period.last)
            name = department.name if department else UNKNOWN
            found.append(Preferred(person, records.name_of(person), name, len(good)))
    place = {name: index for index, name in enumerate(order)}
    yield from sorted(found, key=lambda it: (-it.times, place.get(it.department, len(place)), it.name))
