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
from pingshi.layout import Location, Misplaced, locate
from pingshi.publishing.agenda import PublicAgenda, public_agenda
from pingshi.publishing.annual_table import AnnualTable, annual_table
from pingshi.publishing.audited import PublicHistory, public_history
from pingshi.publishing.clauses import ClausePage, clause_pages
from pingshi.publishing.colleagues import Colleague, colleague, headline, in_order
from pingshi.publishing.years import PublicYear, noticed_years, public_year
from pingshi.records import Determination, Publicity, Summary
from pingshi.wording import day, listed, percent

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from pingshi.audit import Audit
    from pingshi.grading import PeriodResult
    from pingshi.records import Snapshot, UnitRecords
    from pingshi.schemes import Book

State = Literal["faulty", "open", "waiting", "showing", "ended"]


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
    wording: str
    notice: Notice | None = None
    share: str | None = None
    summaries: tuple[PublicSummary, ...] = ()


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
    annual: AnnualTable | None


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
    agenda: PublicAgenda | None = None
    years: tuple[PublicYear, ...] = ()


@dataclass(frozen=True, slots=True)
class PublicSite:
    """Everything that the public site is made of, as of one day. `history`: only where its history was audited."""

    on: str
    units: tuple[PublicUnit, ...]
    history: PublicHistory | None = None


def public_site(snapshot: Snapshot, on: date, audit: Audit | None = None) -> PublicSite:
    """Make the public data of a snapshot as of a day; `audit` is of the history that it is from."""
    units = []
    for name in folders_of_units(snapshot):
        records = snapshot.units.get(name)
        if records is None:
            units.append(PublicUnit(name, name, readable=False, departments=(), bodies=(), scheme=None, periods=()))
        else:
            units.append(_unit(snapshot, records, on))
    history = public_history(audit, {it.id: it.name for it in units}) if audit is not None else None
    return PublicSite(day(on), tuple(units), history)


def folders_of_units(snapshot: Snapshot) -> list[str]:
    """Return the ids of all units that the site has a page of, readable or not."""
    found = {it.unit for it in map(_location, snapshot.texts) if it is not None and it.unit}
    return sorted(found | set(snapshot.units))


def _location(path: str) -> Location | None:
    try:
        return locate(path)
    except Misplaced:
        return None


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
        name=headline(records.unit.name),
        readable=True,
        departments=tuple(headline(department.name) for department in records.unit.departments),
        bodies=tuple(_bodies(records)),
        scheme=_scheme(book) if book else None,
        periods=tuple(reversed(periods)),
        agenda=public_agenda(records, on),
        years=tuple(public_year(snapshot, records, checked, it, on) for it in reversed(noticed_years(records, on))),
    )


def _bodies(records: UnitRecords) -> Iterable[PublicBody]:
    for body in records.unit.bodies:
        titles = ("组长", "副组长", "成员", "代表")
        if body.name.endswith("委员会"):
            titles = ("主任", "副主任", "委员", "公务员代表")
        elif "办公室" in body.name:
            titles = ("主任", "副主任", "成员", "代表")
        members = ((body.head,), body.deputies, body.members, body.representatives)
        shown = tuple(
            (title, "、".join(_name(records, it) for it in people))
            for title, people in zip(titles, members, strict=True)
            if people
        )
        yield PublicBody(headline(body.name), shown)


def _name(records: UnitRecords, person: str) -> str:
    known = records.people.get(person)
    return headline(known.name) if known else "（待核实）"


def _period(records: UnitRecords, result: PeriodResult, on: date, *, faulty: bool) -> PublicPeriod:
    period = result.period
    if faulty or result.book is None:
        return PublicPeriod(str(period), period.title, period.year, "faulty", (), "")
    taking_part = [it for it, person in result.people.items() if person.takes_part]
    roster = in_order(records, (colleague(records, period, it) for it in taking_part))
    wording = result.book.scheme.publicity.wording
    determination = records.get(Determination, "determination", period)
    publicity = records.get(Publicity, "publicity", period)
    if determination is None or publicity is None:
        return PublicPeriod(str(period), period.title, period.year, "open", roster, wording)
    if on < publicity.since:
        return PublicPeriod(str(period), period.title, period.year, "waiting", roster, wording)
    best = result.book.scheme.grades.best
    good = sum(1 for it in taking_part if result.people[it].determined == best)
    share = None
    if taking_part:
        part = percent(Fraction(good, len(taking_part)))
        share = f"参加考核{len(taking_part)}人，“{best}”等次{good}人，占比{part}"
    return PublicPeriod(
        str(period),
        period.title,
        period.year,
        "showing" if on <= publicity.until else "ended",
        roster,
        wording,
        _notice(records, result, result.book, publicity),
        share,
        tuple(_summaries(records, result, result.book)),
    )


def _notice(records: UnitRecords, result: PeriodResult, book: Book, publicity: Publicity) -> Notice:
    rule = book.scheme.publicity
    names = book.scheme.grades.names
    shown = names if rule.grades == "all" else rule.grades
    everything = rule.grades == "all"
    people = [
        colleague(records, result.period, it, person.determined if everything else None)
        for it, person in result.people.items()
        if person.participation == "graded" and person.determined in shown
    ]
    return Notice(
        wording=rule.wording,
        grades="、".join(shown),
        everything=everything,
        people=in_order(records, people, names),
        decided_by=_deciders(book),
        since=day(publicity.since),
        until=day(publicity.until),
        workdays=str(rule.at_least) if rule.at_least else "",
        contact=publicity.contact,
        telephone=publicity.telephone,
    )


def _deciders(book: Book) -> str:
    """Say who decides: one body, or several within their powers."""
    words = {"leadership": "领导班子", "principal_leader": "主要负责同志"}
    roles = dict.fromkeys(step.decide for step in book.scheme.procedure)
    named = [words.get(role) or book.scheme.role_title(role) for role in roles]
    return listed(named) + ("按权限" if len(named) > 1 else "")


def _summaries(records: UnitRecords, result: PeriodResult, book: Book) -> Iterable[PublicSummary]:
    if book.scheme.publicity.summaries is None:
        return
    own = {
        it: value for it, value in records.by_person(Summary, "summaries", result.period).items() if it in result.people
    }
    shown = [it for it, summary in own.items() if not summary.classified and result.people[it].takes_part]
    colleagues = {it: colleague(records, result.period, it) for it in shown}
    places = {colleague: index for index, colleague in enumerate(in_order(records, colleagues.values()))}
    for number, it in enumerate(sorted(shown, key=lambda it: (places[colleagues[it]], it)), 1):
        summary, whose = own[it], colleagues[it]
        yield PublicSummary(
            number=number,
            name=whose.name,
            department=whose.department,
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
        title=headline(scheme.title),
        assessment=terms.assessment,
        review=terms.review,
        people=terms.people,
        office=terms.office,
        source=source,
        clauses=clause_pages(book),
        annual=annual_table(scheme),
    )
