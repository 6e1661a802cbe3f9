"""Which record of the sample bureaus shows a clause at work.

What can be found out is: the records that steps of results rest on, those that fulfil a duty, the decisions that a rule
speaks of. For the rest data/samples.yml names a record, and words that must stand in it.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import yaml
from clausemap import DATA, ROOT

from pingshi.agenda import duties
from pingshi.files import read_working_tree
from pingshi.grading import annual, grade_period
from pingshi.layout import RECORDS, Location
from pingshi.periods import Period
from pingshi.records import Determination, Plan, Publicity, Review, Summary, take

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pingshi.records import UnitRecords
    from pingshi.schemes import Scheme

YEAR = Period("year", 2026)


@cache
def samples_by_clause() -> dict[str, str]:
    """Return one record of the samples for each clause that one shows: the first by its path."""
    found: dict[str, str] = {}
    snapshot = take(read_working_tree([ROOT]))
    for records in snapshot.units.values():
        for clause, path in sorted(_shown(records), key=lambda it: it[1]):
            found.setdefault(clause, path)
    for clause, named in named_samples().items():
        found.setdefault(clause, named["path"])
    return found


def named_samples() -> dict[str, dict[str, str]]:
    """Return the records that are named for clauses, each with words that stand in it."""
    data: dict[str, dict[str, str]] = yaml.safe_load((DATA / "samples.yml").read_text(encoding="utf-8"))
    return data


def _shown(records: UnitRecords) -> Iterator[tuple[str, str]]:
    book = records.book(YEAR)
    assert book is not None
    for person in annual(records, YEAR).people.values():
        yield from _of_steps(person.steps)
    yield from _of_duties(records, YEAR)
    for period in records.periods():
        for result in grade_period(records, period).people.values():
            yield from _of_steps(result.steps)
        yield from _of_duties(records, period)
        yield from _of_period(records, book.scheme, period)


def _of_steps(steps: Any) -> Iterator[tuple[str, str]]:
    for step in steps:
        if step.clause and step.at and step.at.path.startswith(RECORDS):
            yield step.clause, step.at.path


def _of_duties(records: UnitRecords, period: Period) -> Iterator[tuple[str, str]]:
    """Yield what was done, and (after all records) what `todo` still reminds of: the sample year is not over."""
    for duty in duties(records, period):
        if duty.clause:
            there = duty.done and (ROOT / duty.path).is_file()
            yield duty.clause, duty.path if there else f"todo: {duty.task} → {duty.path}"


def _of_period(records: UnitRecords, scheme: Scheme, period: Period) -> Iterator[tuple[str, str]]:
    determination = Location(records.id, "determination", period).path
    if records.get(Determination, "determination", period) is not None:
        yield scheme.cycle.cite, determination
        yield from ((quota.cite, determination) for quota in scheme.quota)
    if records.get(Publicity, "publicity", period) is not None:
        yield scheme.publicity.cite, Location(records.id, "publicity", period).path
    if scheme.publicity.summaries is not None:
        for person in records.by_person(Summary, "summaries", period):
            yield scheme.publicity.summaries, Location(records.id, "summaries", period, person).path
    for part in (scheme.indicators.common, scheme.indicators.individual):
        for reviewer, review in records.by_person(Review, "reviews", period).items() if part else ():
            if part and any(it.scores for it in review.people.values()):
                yield part.cite, Location(records.id, "reviews", period, reviewer).path
    for month in period.months if scheme.adjustment else ():
        for person, plan in records.by_person(Plan, "plans", month).items():
            if scheme.adjustment and any(task.adjusted for task in plan.tasks):
                yield scheme.adjustment.cite, Location(records.id, "plans", month, person).path
