"""What is decided when the year ends: the annual determination, with what each person's year allows."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pingshi.grading import annual
from pingshi.records import Determination
from pingshi.schemes import CATEGORIES
from pingshi.source import held
from pingshi.starting.form import Filled
from pingshi.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pingshi.grading import AnnualResult, PersonYear
    from pingshi.periods import Period
    from pingshi.schemes import AnnualRule, Book
    from pingshi.starting.form import Value
    from pingshi.starting.wanted import Wanted


def year_determination(wanted: Wanted, year: Period) -> Mapping[str, Value]:
    """Return everybody who takes part, with what may be written; above it, the grades and who is left out and why."""
    book = wanted.book  # raises where there is none
    result = annual(wanted.records, year)
    taking_part = {it: person for it, person in result.people.items() if person.takes_part}
    notes = {it: Filled("", note=_note(book, person)) for it, person in taking_part.items()}
    above = (*_grades(wanted, result, taking_part), *_left_out(result), *_undecided(wanted, result))
    return {"grades": Filled(notes, above=above)}


def _note(book: Book, person: PersonYear) -> str:
    """Tell what is known of somebody's year, and what may be written."""
    if person.outcome is None:
        return person.name
    counted = Counter(person.grades.values())
    told = [f"{grade} {counted[grade]} 次" for grade in book.scheme.grades.names if counted[grade]]
    if not person.certain:
        return f"{person.name}：有记录或者方案读不了，还算不准；先用 pingshi check 看问题，改正后再定"
    may = f"{'原则上' if person.in_principle else ''}可以写 {'、'.join(person.allowed)}"
    may += "，写别的要有 reason" if person.in_principle else ""
    may += f"，优先 {'、'.join(person.preferred)}" if person.preferred else ""
    none = "全年没有等次，上级对试用期、处分期人员另有规定的从其规定"
    return f"{person.name}：{listed(told) or none}；{may}"


def _grades(wanted: Wanted, result: AnnualResult, people: Mapping[str, PersonYear]) -> Iterator[str]:
    """Tell what the grades are called, for each category of staff that calls them otherwise."""
    called: dict[tuple[str, ...], list[str]] = {}
    for it, person in people.items():
        category = held(wanted.records.people[it].category, result.year.last) or ""
        whose = called.setdefault(tuple(person.names.values()), [])
        if CATEGORIES.get(category, "其他人员") not in whose:
            whose.append(CATEGORIES.get(category, "其他人员"))
    for names, categories in called.items():
        if names:
            yield f"{listed(categories) if len(called) > 1 else ''}可以写：{'、'.join(names)}"


def _left_out(result: AnnualResult) -> Iterator[str]:
    """Tell who takes no part, by the rule that says so."""
    by_rule: dict[tuple[str, str], list[str]] = {}
    for person in result.people.values():
        rule = person.excluded or next((it for it in _applied(person) if it.ends_taking_part), None)
        if not person.takes_part and rule is not None:
            by_rule.setdefault((rule.says, rule.cite), []).append(person.name)
    for (says, clause), names in by_rule.items():
        yield f"没有列入{listed(names)}：{says.rstrip('。')}（依据 {clause}）"


def _undecided(wanted: Wanted, result: AnnualResult) -> Iterator[str]:
    """Tell which periods are still to be decided, so that nobody takes a year for a whole one."""
    records = wanted.records
    missing = [it for it in result.periods if records.get(Determination, "determination", it) is None]
    if missing:
        yield f"{listed(it.title for it in missing)}还没有审定结果，没有计入；审定以后用 pingshi annual 再看一次"


def _applied(person: PersonYear) -> tuple[AnnualRule, ...]:
    return person.outcome.applied if person.outcome else ()
