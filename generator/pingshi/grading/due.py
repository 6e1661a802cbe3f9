"""The records that a scheme orders for a period or a year, there or not: what is owed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pingshi.grading.attendance import excused, weeks_of
from pingshi.grading.standing import Standing, participation
from pingshi.layout import BY_NAME, Location
from pingshi.records import Determination, FiledForm, Log, Plan, on_roll
from pingshi.schemes import FORMS, Filing, Material

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pingshi.grading.result import PeriodResult
    from pingshi.periods import Period, Week
    from pingshi.records import UnitRecords
    from pingshi.schemes import OutsideResult, Publicity, Scheme

#: The one form that goes to other units: to the home unit of everybody who is here as a guest.
RESULT_LETTER = "result_letter"


@dataclass(frozen=True, slots=True)
class Owed:
    """A record that somebody owes: under which rule, where it stands, whether it is there.

    `by` says who files it: the person themselves or the office. `person` is whom it is about, where that is one
    person. `says` and `hint` tell that it is missing; `there` holds for a file that stands but can't be read, too: that
    has been reported. `week`: the one week that is missing in a month's log. `to`: whom a form goes to.
    """

    rule: Material | OutsideResult | Publicity | Filing
    location: Location
    by: Literal["person", "office"]
    person: str | None
    says: str
    hint: str
    there: bool
    week: Week | None = None
    to: str | None = None

    @property
    def remind_only(self) -> bool:
        """Tell whether its absence is a matter for reminders only, and no problem."""
        if self.week is not None:
            return True  # the month's log is there: how many weeks are in it is for a reminder
        return isinstance(self.rule, Material | Filing) and self.rule.remind_only is not None


def owed(records: UnitRecords, result: PeriodResult, *, everything: bool = True) -> Iterator[Owed]:
    """Yield what the period's participants and the office must file; where not `everything`, no record that stands.

    Then the weeks of logs are left out, too: they are for reminders.
    """
    scheme = result.book.scheme if result.book else None
    if scheme is None:
        return
    for rule in scheme.materials:
        if rule.each != "year":  # a year's records are judged with the year
            yield from _material(records, result, rule, everything=everything)
    yield from _outside(records, result, scheme)
    yield from _publicity(records, result, scheme)
    taking_part = [it for it, person in result.people.items() if person.takes_part]
    yield from _forms(records, scheme, result.period, "period", taking_part)


def owed_in_year(records: UnitRecords, year: Period, people: Iterable[str]) -> Iterator[Owed]:
    """Yield what the scheme orders once a year, of these people and of the office."""
    book = records.book(year)
    if book is None:
        return
    for rule in book.scheme.materials:
        if rule.each != "year":
            continue
        kind = BY_NAME[rule.record]
        if kind.person is None:
            yield _of_the_office(records, rule, year)
            continue
        for it in people:
            if it in records.people:
                location = Location(records.id, rule.record, year, it)
                says = f"没有{records.name_of(it)}{year.year}年的{kind.title}：{rule.says}"
                hint = f"由{records.name_of(it)}本人补上 {location.path}"
                yield Owed(rule, location, "person", it, says, hint, records.stands(rule.record, year, it))
    yield from _forms(records, book.scheme, year, "year", participants(records, year))


def participants(records: UnitRecords, year: Period) -> list[str]:
    """Return who takes part in the assessment as things stand on the year's last day."""
    book = records.book(year)
    if book is None:
        return []
    found = []
    for it in on_roll(records, year.last):
        kind, _, _ = participation(book.scheme, Standing(records, it, year))
        if kind in ("graded", "comment_only"):
            found.append(it)
    return found


def _material(records: UnitRecords, result: PeriodResult, rule: Material, *, everything: bool) -> Iterator[Owed]:
    periods = (result.period,) if rule.each == "period" else result.period.months
    for period in periods:
        if BY_NAME[rule.record].person is None:
            yield _of_the_office(records, rule, period)
            continue
        for it, person in result.people.items():
            if not person.takes_part or (not everything and records.stands(rule.record, period, it)):
                continue
            if excused(records, it, period.first, period.last, result.period):
                continue
            if rule.record == "evaluations" and not _has_tasks(records, period, it):
                continue  # nothing to evaluate
            yield _of_a_person(records, rule, period, it)
            if everything and rule.each == "week":
                yield from _weeks(records, result, rule, period, it)


def _of_the_office(records: UnitRecords, rule: Material, period: Period) -> Owed:
    location = Location(records.id, rule.record, period)
    says = f"没有{period.title}的{BY_NAME[rule.record].title}：{rule.says}"
    there = records.stands(rule.record, period)
    return Owed(rule, location, "office", None, says, f"由经办部门补上 {location.path}", there)


def _of_a_person(records: UnitRecords, rule: Material, period: Period, person: str) -> Owed:
    location = Location(records.id, rule.record, period, person)
    name, title = records.name_of(person), BY_NAME[rule.record].title
    office = rule.record == "evaluations"
    says = f"没有{name}{period.title}的{title}：{rule.says}"
    hint = f"{'由经办部门' if office else f'由{name}本人'}补上 {location.path}"
    there = records.stands(rule.record, period, person)
    return Owed(rule, location, "office" if office else "person", person, says, hint, there)


def _weeks(records: UnitRecords, result: PeriodResult, rule: Material, period: Period, person: str) -> Iterator[Owed]:
    """Yield the weeks that must stand in a month's log."""
    location = Location(records.id, rule.record, period, person)
    if location in records.broken:
        return
    name, title = records.name_of(person), BY_NAME[rule.record].title
    log = records.get(Log, "logs", period, person)
    written = {it.week for it in log.weeks if it.entries} if log else set()
    for week in weeks_of(records.calendar, period, result.period):
        if not excused(records, person, week.first, week.last, result.period):
            says = f"{name}的{title}里没有 {week} 这一周：{rule.says}"
            hint = f"由{name}本人补进 {location.path}"
            yield Owed(rule, location, "person", person, says, hint, week in written, week)


def _has_tasks(records: UnitRecords, month: Period, person: str) -> bool:
    plan = records.get(Plan, "plans", month, person)
    return plan is not None and bool(plan.tasks)


def _outside(records: UnitRecords, result: PeriodResult, scheme: Scheme) -> Iterator[Owed]:
    for rule in scheme.outside:
        for it, person in result.people.items():
            if person.participation == "excluded" or not Standing(records, it, result.period).holds(rule.who):
                continue
            location = Location(records.id, "outside", result.period, it)
            says = f"没有{person.name}所在单位的意见或结果：{rule.says}"
            there = records.stands("outside", result.period, it)
            yield Owed(rule, location, "office", it, says, f"由经办部门索取后补上 {location.path}", there)


def _publicity(records: UnitRecords, result: PeriodResult, scheme: Scheme) -> Iterator[Owed]:
    determination = records.get(Determination, "determination", result.period)
    decided = {it.grade for it in determination.grades.values()} if determination else set()
    rule = scheme.publicity
    if decided if rule.grades == "all" else decided & set(rule.grades):
        location = Location(records.id, "publicity", result.period)
        says = f"没有{result.period.title}结果的{rule.wording}记录"
        hint = f"{rule.wording}后补上 {location.path}，写明起止日期和联系方式"
        yield Owed(rule, location, "office", None, says, hint, records.stands("publicity", result.period))


def _forms(
    records: UnitRecords, scheme: Scheme, period: Period, each: str, taking_part: Iterable[str]
) -> Iterator[Owed]:
    location = Location(records.id, "filings", period)
    unread = location in records.broken
    standings = {it: Standing(records, it, period) for it in taking_part}
    for rule in scheme.filings:
        if rule.each != each:
            continue
        concerned = [it for it, standing in standings.items() if rule.who is None or standing.holds(rule.who)]
        if rule.who is not None and not concerned:
            continue
        for to in _addressees(records, rule, concerned):
            says = f"没有向{to}报{period.title}{FORMS[rule.form]}的记录"
            hint = f"报送后在 {location.path} 里记一条，form: {rule.form}（{FORMS[rule.form]}）"
            there = unread or bool(filed(records, scheme, rule, period, to))
            yield Owed(rule, location, "office", None, says, hint, there, to=to)


def _addressees(records: UnitRecords, rule: Filing, concerned: Iterable[str]) -> list[str]:
    if rule.form != RESULT_LETTER:
        return [rule.to]
    homes = (records.people[it].home_unit for it in concerned)
    return sorted({it for it in homes if it is not None})


def filed(records: UnitRecords, scheme: Scheme, rule: Filing, period: Period, to: str) -> list[FiledForm]:
    """Return what was filed under a rule: known by the form alone, unless that goes to several authorities."""
    several = sum(it.form == rule.form for it in scheme.filings) > 1
    forms = records.listed(FiledForm, "filings", period)
    if rule.form == RESULT_LETTER:
        return [it for it in forms if it.form == rule.form and it.to == to]
    return [it for it in forms if it.form == rule.form and (not several or to in it.to)]
