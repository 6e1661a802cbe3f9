"""What the public may see, as data of its own (design §2.8, contract).

Templates get nothing but these values. What is private cannot leak from them, because it
was never put in: no ids of people, no scores, no lesser grades or their counts, no
reasons, no facts. Whatever is added here is a decision about privacy.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from pingshi.diagnostics import has_errors
from pingshi.grading import check_unit, problems_of
from pingshi.layout import RECORDS
from pingshi.publishing.clauses import ClausePage, clause_pages
from pingshi.records import Determination, Publicity, Summary, department_of
from pingshi.schemes import PERIODS_OF_A_YEAR, Year, outcome, possible_grades
from pingshi.wording import day, percent

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from pingshi.grading import PeriodResult
    from pingshi.periods import Period
    from pingshi.records import Snapshot, UnitRecords
    from pingshi.schemes import Annual, Book

State = Literal["faulty", "open", "waiting", "showing", "ended"]


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody on the roster: name and department; the grade only where it is public."""

    name: str
    department: str
    grade: str | None = None


@dataclass(frozen=True, slots=True)
class PublicSummary:
    """A summary that the scheme orders to be made known, without what is classified."""

    number: int
    name: str
    department: str
    political: str
    work: tuple[tuple[str, str], ...]
    discipline: str
    achievements: str
    shortcomings: str
    improvements: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A good-grade notice (or, where the scheme orders it, all results)."""

    wording: str
    grades: str
    everything: bool
    people: tuple[Colleague, ...]
    decided_on: str
    decided_by: str
    since: str
    until: str
    workdays: str
    contact: str
    telephone: str


@dataclass(frozen=True, slots=True)
class PublicPeriod:
    """A period of a unit.

    `state`: faulty (not published), open (nothing decided to show), waiting (publicity is
    yet to begin), showing, ended.
    """

    id: str
    title: str
    year: int
    state: State
    roster: tuple[Colleague, ...]
    notice: Notice | None
    share: str | None
    summaries: tuple[PublicSummary, ...]


@dataclass(frozen=True, slots=True)
class PublicScheme:
    """The scheme in force, with every clause beside its rules and assumptions."""

    id: str
    title: str
    assessment: str
    review: str
    people: str
    office: str
    source: str
    clauses: tuple[ClausePage, ...]
    annual: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class PublicBody:
    """A leading group or committee and who is in it."""

    name: str
    members: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PublicUnit:
    """A unit. A unit whose own file can't be read has a name of its folder and nothing else."""

    id: str
    name: str
    readable: bool
    departments: tuple[str, ...]
    bodies: tuple[PublicBody, ...]
    scheme: PublicScheme | None
    periods: tuple[PublicPeriod, ...]


@dataclass(frozen=True, slots=True)
class PublicSite:
    """Everything that the public site is made of, as of one day."""

    on: str
    units: tuple[PublicUnit, ...]


def public_site(snapshot: Snapshot, on: date) -> PublicSite:
    """Make the public data of a snapshot as of a day."""
    folders = {path.split("/")[1] for path in snapshot.texts if path.startswith(f"{RECORDS}/") and path.count("/") > 1}
    units = []
    for name in sorted(folders | set(snapshot.units)):
        records = snapshot.units.get(name)
        if records is None:
            units.append(PublicUnit(name, name, readable=False, departments=(), bodies=(), scheme=None, periods=()))
        else:
            units.append(_unit(snapshot, records, on))
    return PublicSite(day(on), tuple(units))


def by_sound(name: str) -> tuple[bytes, str]:
    """Sort key of a Chinese name: its GB 18030 bytes, whose common characters stand in order of sound."""
    return name.encode("gb18030"), name


def _unit(snapshot: Snapshot, records: UnitRecords, on: date) -> PublicUnit:
    checked = check_unit(records)
    periods = []
    for period, result in checked.results.items():
        if period.first <= on:
            faulty = has_errors(problems_of(snapshot, records, checked, period)) or result.book is None
            periods.append(_period(records, result, on, faulty=faulty))
    latest = max(
        (entry for entry in records.unit.schemes if entry.since.first <= on), key=lambda it: it.since, default=None
    )
    book = records.books.get(latest.scheme) if latest else None
    return PublicUnit(
        id=records.id,
        name=records.unit.name,
        readable=True,
        departments=tuple(department.name for department in records.unit.departments),
        bodies=tuple(_bodies(records)),
        scheme=_scheme(book) if book else None,
        periods=tuple(reversed(periods)),
    )


def _bodies(records: UnitRecords) -> Iterable[PublicBody]:
    for body in records.unit.bodies:
        members = [("组长（主任）", (body.head,)), ("副组长（副主任）", body.deputies), ("成员", body.members)]
        members.append(("代表", body.representatives))
        shown = tuple((title, "、".join(_name(records, it) for it in people)) for title, people in members if people)
        yield PublicBody(body.name, shown)


def _name(records: UnitRecords, person: str) -> str:
    known = records.people.get(person)
    return known.name if known else "（待核实）"


def _colleague(records: UnitRecords, period: Period, person: str, grade: str | None = None) -> Colleague:
    department = department_of(records, person, period.last)
    return Colleague(records.people[person].name, department.name if department else "", grade)


def _in_order(
    records: UnitRecords, colleagues: Iterable[Colleague], grades: tuple[str, ...] = ()
) -> tuple[Colleague, ...]:
    """Order by grade (where shown), department as the unit lists them, and sound: never by score or id."""
    places = {department.name: index for index, department in enumerate(records.unit.departments)}
    return tuple(
        sorted(
            colleagues,
            key=lambda it: (
                grades.index(it.grade) if it.grade in grades else 0,
                places.get(it.department, len(places)),
                by_sound(it.name),
            ),
        )
    )


def _period(records: UnitRecords, result: PeriodResult, on: date, *, faulty: bool) -> PublicPeriod:
    period = result.period
    if faulty or result.book is None:
        return PublicPeriod(str(period), period.title, period.year, "faulty", (), None, None, ())
    taking_part = [it for it, person in result.people.items() if person.takes_part]
    roster = _in_order(records, (_colleague(records, period, it) for it in taking_part))
    determination = records.get(Determination, "determination", period)
    publicity = records.get(Publicity, "publicity", period)
    if determination is None or publicity is None:
        return PublicPeriod(str(period), period.title, period.year, "open", roster, None, None, ())
    if on < publicity.since:
        return PublicPeriod(str(period), period.title, period.year, "waiting", roster, None, None, ())
    best = result.book.scheme.grades.best
    good = sum(1 for it in taking_part if result.people[it].determined == best)
    share = (
        f"{len(taking_part)} 人参加考核，{best}等次 {good} 人，占 {percent(Fraction(good, len(taking_part)))}"
        if taking_part
        else None
    )
    return PublicPeriod(
        str(period),
        period.title,
        period.year,
        "showing" if on <= publicity.until else "ended",
        roster,
        _notice(records, result, result.book, determination, publicity),
        share,
        tuple(_summaries(records, result, result.book)),
    )


def _notice(
    records: UnitRecords, result: PeriodResult, book: Book, determination: Determination, publicity: Publicity
) -> Notice:
    rule = book.scheme.publicity
    names = book.scheme.grades.names
    shown = names if rule.grades == "all" else rule.grades
    everything = rule.grades == "all"
    people = [
        _colleague(records, result.period, it, person.determined if everything else None)
        for it, person in result.people.items()
        if person.participation == "graded" and person.determined in shown
    ]
    return Notice(
        wording=rule.wording,
        grades="、".join(shown),
        everything=everything,
        people=_in_order(records, people, names),
        decided_on=day(determination.decided_on),
        decided_by=_decider(book),
        since=day(publicity.since),
        until=day(publicity.until),
        workdays=str(rule.at_least) if rule.at_least else "",
        contact=publicity.contact,
        telephone=publicity.telephone,
    )


def _decider(book: Book) -> str:
    words = {"leadership": "领导班子", "principal_leader": "主要负责同志"}
    return next((words[step.decide] for step in book.scheme.procedure if step.decide in words), "领导班子")


def _summaries(records: UnitRecords, result: PeriodResult, book: Book) -> Iterable[PublicSummary]:
    if book.scheme.publicity.summaries is None:
        return
    own = {
        it: value for it, value in records.by_person(Summary, "summaries", result.period).items() if it in result.people
    }
    shown = [it for it, summary in own.items() if not summary.classified and result.people[it].takes_part]
    colleagues = {it: _colleague(records, result.period, it) for it in shown}
    places = {colleague: index for index, colleague in enumerate(_in_order(records, colleagues.values()))}
    for number, it in enumerate(sorted(shown, key=lambda it: (places[colleagues[it]], it)), 1):
        summary, colleague = own[it], colleagues[it]
        yield PublicSummary(
            number=number,
            name=colleague.name,
            department=colleague.department,
            political=summary.political,
            work=tuple((item.task, item.result) for item in summary.work if not item.classified),
            discipline=summary.discipline,
            achievements=summary.achievements,
            shortcomings=summary.shortcomings,
            improvements=summary.improvements,
        )


def _scheme(book: Book) -> PublicScheme:
    scheme, terms = book.scheme, book.scheme.terms
    source = ""
    if book.clauses is not None:
        document = book.clauses.source
        source = f"《{document.title}》" + (f"（{document.number}）" if document.number else "")
        source += f"，{day(document.issued)}印发" if document.issued else ""
    return PublicScheme(
        id=book.name,
        title=scheme.title,
        assessment=terms.assessment,
        review=terms.review,
        people=terms.people,
        office=terms.office,
        source=source,
        clauses=clause_pages(book),
        annual=_annual_table(scheme.annual, scheme.grades.names, PERIODS_OF_A_YEAR[scheme.cycle.period])
        if scheme.annual
        else (),
    )


def _annual_table(annual: Annual, names: tuple[str, ...], periods: int) -> tuple[tuple[str, str, str], ...]:
    """Every combination of a full year's grades: the grades, what may be decided, under which clauses."""
    rows = []
    for grades in possible_grades(names, periods):
        result = outcome(annual, Year(grades))
        told = "，".join(f"{name} {grades.count(name)} 次" for name in names if name in grades)
        allowed = "、".join(result.allowed)
        if result.preferred:
            allowed += f"（优先{'、'.join(result.preferred)}）"
        if result.permitted:
            allowed += f"（可直接定为{'、'.join(result.permitted)}）"
        if any(rule.only is not None and rule.strength == "in_principle" for rule in result.applied):
            allowed += "（原则上）"
        rows.append((told, allowed, "、".join(dict.fromkeys(rule.cite for rule in result.applied))))
    return tuple(rows)
