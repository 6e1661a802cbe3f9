"""A unit's year: what everybody's grades of the year allow for the annual assessment (readings 14, 15).

Pure, and cheaper than grading the periods again: it counts what was determined (or what the host unit gave, for those
assessed elsewhere), whatever had been suggested. A grade that an objection's reply changed counts once the
determination carries it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from pingshi.diagnostics import Place
from pingshi.grading.annual_steps import (
    Counted,
    YearFacts,
    decision_step,
    excluded_step,
    outcome_step,
    period_counted,
    rule_steps,
    unusable_steps,
    weight_step,
)
from pingshi.grading.ranking import ranks
from pingshi.grading.result import Step
from pingshi.grading.standing import Standing, participation
from pingshi.layout import Location
from pingshi.periods import Period
from pingshi.records import on_roll
from pingshi.schemes import PERIODS_OF_A_YEAR, Year, names_for, outcome
from pingshi.source import held

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pingshi.records import UnitRecords
    from pingshi.schemes import Book, Outcome, Participation


@dataclass(frozen=True, slots=True)
class PersonYear:
    """One person's year. `grades` are the recorded ones, by period; periods without one are left out.

    `names`: what the scheme's annual grades are called for this person. `outcome` is None for somebody whom the
    scheme does not assess when the year ends (`excluded`, the rule), and where it says nothing of the year.
    `certain` is False where a record or a scheme that bears on it can't be read, or a grade is none that the year's
    scheme knows: then the outcome is merely what the rest comes to.
    `counted`: how many grades were; `best`: how often the best one, `share` its part of them (0 where nothing was).
    """

    person: str
    name: str
    grades: Mapping[Period, str]
    names: Mapping[str, str]
    outcome: Outcome | None
    excluded: Participation | None
    certain: bool
    counted: int
    best: int
    share: Fraction
    steps: tuple[Step, ...]

    @property
    def takes_part(self) -> bool:
        """Tell whether the person takes part in the year's assessment under this scheme."""
        return self.excluded is None and (self.outcome is None or self.outcome.takes_part)

    @property
    def allowed(self) -> tuple[str, ...]:
        """The annual grades that may be decided, best first, as they are called for this person."""
        return tuple(self.names[it] for it in self.outcome.allowed) if self.outcome else ()

    @property
    def preferred(self) -> tuple[str, ...]:
        """Those of them that a rule prefers."""
        preferred = self.outcome.preferred if self.outcome else ()
        return tuple(own for own in self.allowed if own in {self.names[it] for it in preferred})

    @property
    def in_principle(self) -> bool:
        """Tell whether what narrowed them may be departed from with a reason."""
        applied = self.outcome.applied if self.outcome and self.takes_part else ()
        return any(it.strength == "in_principle" for it in applied if it.only is not None or it.bars is not None)

    @property
    def eligible(self) -> bool:
        """Tell whether the best annual grade may be decided."""
        return next(iter(self.names.values()), None) in self.allowed


@dataclass(frozen=True, slots=True)
class AnnualResult:
    """A unit's year, for everybody on the roll on its last day; `book` is None where no scheme could be applied.

    `periods`: the year's periods of assessment, with records or without. `ranks`: the rank of those who take part, in
    the order in which people come into question for the best grade.
    """

    unit: str
    year: Period
    book: Book | None
    periods: tuple[Period, ...]
    people: Mapping[str, PersonYear]
    ranks: Mapping[str, int | None] = field(default_factory=dict)

    @property
    def weight(self) -> Fraction | None:
        """The share of the regular assessments in a quantified annual score, where the scheme gives one."""
        rules = self.book.scheme.annual if self.book else None
        return rules.weight.share if rules and rules.weight else None


def annual(records: UnitRecords, year: Period) -> AnnualResult:
    """Return what the year's grades mean for everyone on the roll on its last day."""
    book = records.book(year)
    if book is None:
        return AnnualResult(records.id, year, None, (), {})
    periods = periods_of(records, year)
    unusable = unusable_periods(records, year)
    people = {it: _person(records, book, it, year, periods, unusable) for it in on_roll(records, year.last)}
    return AnnualResult(records.id, year, book, periods, people, ranks(records, people, year))


def periods_of(records: UnitRecords, year: Period) -> tuple[Period, ...]:
    """Return the year's periods of assessment, in order: those for which a scheme is in force."""
    quarters = [Period("quarter", year.year, index + 1) for index in range(PERIODS_OF_A_YEAR["quarter"])]
    halves = [Period("half", year.year, index + 1) for index in range(PERIODS_OF_A_YEAR["half"])]
    return tuple(sorted(it for it in (*quarters, *halves) if _is_assessed(records, it)))


def unusable_periods(records: UnitRecords, year: Period) -> tuple[Period, ...]:
    """Return the quarters for which a scheme is in force that can't be used: what they would come to, nobody knows."""
    quarters = [Period("quarter", year.year, index + 1) for index in range(PERIODS_OF_A_YEAR["quarter"])]
    begun = [it for it in quarters if any(entry.since.first <= it.last for entry in records.unit.schemes)]
    return tuple(it for it in begun if records.book(it) is None)


def _is_assessed(records: UnitRecords, period: Period) -> bool:
    book = records.book(period)
    if book is None:
        return False
    cycle = book.scheme.cycle
    return cycle.period == period.kind and (cycle.since is None or cycle.since.first <= period.last)


def _person(
    records: UnitRecords,
    book: Book,
    person: str,
    year: Period,
    periods: Sequence[Period],
    unusable: Sequence[Period],
) -> PersonYear:
    known, rules = records.people[person], book.scheme.annual
    standing = Standing(records, person, year)
    counted: list[Counted] = []
    kind, rule = "graded", None
    for period in periods:
        standing = Standing(records, person, period)
        it, kind, rule = period_counted(standing, book)
        counted.append(it)
    if not periods:
        kind, rule, _ = participation(book.scheme, standing)
    steps = [it.step for it in counted] + unusable_steps(records, unusable)
    certain = not unusable and all(it.certain for it in counted)
    grades = tuple(it.grade for it in counted if it.grade is not None and it.counts)
    best = grades.count(book.scheme.grades.best)
    result: Outcome | None = None
    # The last period ends with the year: what part somebody takes in it is how they stand when the year ends.
    excluded = rule if kind == "excluded" else None
    if excluded is not None:
        steps.append(excluded_step(standing, excluded, year))
    elif rules is None:
        says = f"方案没有写与年度考核挂钩的规定，算不出{known.name}{year.title}考核可以确定的等次。"
        steps.append(Step("allowed", book.scheme.cycle.cite, says, None, book.scheme.place))
    else:
        facts = Location(records.id, "facts", None, person)
        if facts in records.broken:
            certain = False
            says = f"{known.name}的事实记录（{facts.path}）有错误读不了，改正之前，其中的告诫、不参加考核等没有计入。"
            steps.append(Step("facts", None, says, None, Place(facts.path)))
        of_year = YearFacts.of(records.facts.get(person, ()), year)
        result = outcome(
            rules,
            Year(
                grades,
                admonitions=len(of_year.admonitions),
                absent=bool(of_year.absences),
                refused=bool(of_year.refusals),
            ),
        )
        names = names_for(rules, held(known.category, year.last))
        steps += weight_step(book.scheme)
        steps += rule_steps(book.scheme, known, names, counted, of_year, result, year)
        steps.append(outcome_step(rules, known, names, counted, result, year))
    steps += decision_step(records, book, person, year)
    return PersonYear(
        person=person,
        name=known.name,
        grades={period: it.grade for period, it in zip(periods, counted, strict=True) if it.grade is not None},
        names=names_for(rules, held(known.category, year.last)),
        outcome=result,
        excluded=excluded,
        certain=certain,
        counted=len(grades),
        best=best,
        share=Fraction(best, len(grades)) if grades else Fraction(0),
        steps=tuple(steps),
    )
