"""What a scheme orders to be filed for a period, and what of it is not there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pingshi.grading.standing import Standing
from pingshi.layout import BY_NAME, Location
from pingshi.periods import UnknownYearError
from pingshi.records import Absent, Away, Determination, FiledForm, Leave, Plan
from pingshi.schemes import FORMS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pingshi.grading.result import PeriodResult
    from pingshi.periods import Period
    from pingshi.records import UnitRecords
    from pingshi.schemes import Filing, Material, Scheme


@dataclass(frozen=True, slots=True)
class Missing:
    """A record that should be there: its identity, who must do what, and the clause."""

    location: Location
    says: str
    hint: str
    clause: str


def materials(records: UnitRecords, result: PeriodResult) -> Iterator[Missing]:
    """Yield what the period's participants and the office have not filed."""
    scheme = result.book.scheme if result.book else None
    if scheme is None:
        return
    for rule in scheme.materials:
        if rule.each != "year":  # a year's records are judged once the year has a determination
            yield from _material(records, result, rule)
    yield from _outside(records, result, scheme)
    yield from _publicity(records, result, scheme)
    yield from _forms(records, scheme, result.period, "period")


def _material(records: UnitRecords, result: PeriodResult, rule: Material) -> Iterator[Missing]:
    kind = BY_NAME[rule.record]
    for period in result.period.months if rule.each == "month" else (result.period,):
        if kind.person is None:
            if not records.stands(rule.record, period):
                location = Location(records.id, rule.record, period)
                yield Missing(
                    location,
                    f"没有{period.title}的{kind.title}：{rule.says}",
                    f"由经办部门补上 {location.path}",
                    rule.cite,
                )
            continue
        for it, person in result.people.items():
            if (
                not person.takes_part
                or records.stands(rule.record, period, it)
                or _excused(records, it, period, result.period)
            ):
                continue
            if rule.record == "evaluations" and not _has_tasks(records, period, it):
                continue  # nothing to evaluate
            location = Location(records.id, rule.record, period, it)
            who = "由经办部门" if rule.record == "evaluations" else f"由{person.name}本人"
            yield Missing(
                location,
                f"没有{person.name}{period.title}的{kind.title}：{rule.says}",
                f"{who}补上 {location.path}",
                rule.cite,
            )


def _has_tasks(records: UnitRecords, month: Period, person: str) -> bool:
    plan = records.get(Plan, "plans", month, person)
    return plan is not None and bool(plan.tasks)


def _excused(records: UnitRecords, person: str, period: Period, assessed: Period) -> bool:
    """Whoever was not there for the whole of it, or is recorded as not taking part, owes nothing for it."""
    facts = records.facts.get(person, ())
    if any(isinstance(fact, Absent) and fact.period == assessed for fact in facts):
        return True
    known = records.people[person]
    if known.joined > period.last or (known.left is not None and known.left < period.first):
        return True
    gone = [
        (fact.since, fact.until)
        for fact in facts
        if isinstance(fact, Away) or (isinstance(fact, Leave) and fact.days is None)
    ]
    if not gone:
        return False
    first, last = max(period.first, known.joined), min(period.last, known.left or period.last)
    if any(since <= first and (until is None or last <= until) for since, until in gone):
        return True
    try:
        days = records.calendar.workdays(first, last)
    except UnknownYearError:
        return False
    return all(any(since <= day and (until is None or day <= until) for since, until in gone) for day in days)


def _outside(records: UnitRecords, result: PeriodResult, scheme: Scheme) -> Iterator[Missing]:
    for rule in scheme.outside:
        for it, person in result.people.items():
            if person.participation == "excluded" or records.stands("outside", result.period, it):
                continue
            if Standing(records, it, result.period).holds(rule.who):
                location = Location(records.id, "outside", result.period, it)
                says = f"没有{person.name}所在单位的意见或结果：{rule.says}"
                yield Missing(location, says, f"由经办部门索取后补上 {location.path}", rule.cite)


def _publicity(records: UnitRecords, result: PeriodResult, scheme: Scheme) -> Iterator[Missing]:
    determination = records.get(Determination, "determination", result.period)
    decided = {it.grade for it in determination.grades.values()} if determination else set()
    published = decided if scheme.publicity.grades == "all" else decided & set(scheme.publicity.grades)
    if published and not records.stands("publicity", result.period):
        location = Location(records.id, "publicity", result.period)
        says = f"没有{result.period.title}结果的{scheme.publicity.wording}记录"
        yield Missing(
            location,
            says,
            f"{scheme.publicity.wording}后补上 {location.path}，写明起止日期和联系方式",
            scheme.publicity.cite,
        )


def _forms(records: UnitRecords, scheme: Scheme, period: Period, each: str) -> Iterator[Missing]:
    if Location(records.id, "filings", period) in records.broken:
        return
    filed = records.listed(FiledForm, "filings", period)
    for rule in scheme.filings:
        if rule.each == each and not any(_is_filed(scheme, rule, it) for it in filed):
            location = Location(records.id, "filings", period)
            says = f"没有向{rule.to}报{period.title}{FORMS[rule.form]}的记录"
            yield Missing(location, says, f"报送后在 {location.path} 里记一条，form: {rule.form}", rule.cite)


def annual_materials(records: UnitRecords, year: Period) -> Iterator[Missing]:
    """Yield what the scheme orders once a year and is not there, for those whose annual grade is decided."""
    determination = records.get(Determination, "determination", year)
    book = records.book(year)
    if determination is None or book is None:
        return
    for rule in book.scheme.materials:
        if rule.each != "year":
            continue
        for it in determination.grades:
            if it in records.people and not records.stands(rule.record, year, it):
                location = Location(records.id, rule.record, year, it)
                says = f"没有{records.name_of(it)}{year.year}年的{BY_NAME[rule.record].title}：{rule.says}"
                yield Missing(location, says, f"由{records.name_of(it)}本人补上 {location.path}", rule.cite)
    yield from _forms(records, book.scheme, year, "year")


def _is_filed(scheme: Scheme, rule: Filing, filed: FiledForm) -> bool:
    """One form to one authority is known by its form; where it goes to several, by the authority's name too."""
    several = sum(it.form == rule.form for it in scheme.filings) > 1
    return filed.form == rule.form and (not several or rule.to in filed.to)
