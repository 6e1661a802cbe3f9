"""One person's result in Chinese sentences that can be read out to them.

What counted, by which clause, from which record; where the quota was cut; and what would
have changed the result, found by grading again with that one thing changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pingshi.grading.otherwise import otherwise

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pingshi.grading.annual import AnnualResult, PersonYear
    from pingshi.grading.result import PeriodResult, PersonResult, Step
    from pingshi.records import UnitRecords
    from pingshi.schemes import Book


@dataclass(frozen=True, slots=True)
class Explanation:
    """The sentences about one person's result, and those about what would have changed it."""

    result: PersonResult
    title: str
    sentences: tuple[str, ...]
    otherwise: tuple[str, ...]

    def as_text(self) -> str:
        """Render for reading out: a title, numbered sentences, then the other ways it could have gone."""
        lines = [self.title, ""]
        lines += [f"{index}. {sentence}" for index, sentence in enumerate(self.sentences, 1)]
        if self.otherwise:
            lines += ["", "什么情况下建议等次会不同："]
            lines += [f"- {sentence}" for sentence in self.otherwise]
        return "\n".join(lines) + "\n"

    def as_json(self) -> dict[str, Any]:
        """Return the explanation as data."""
        result = self.result
        return {
            "person": result.person,
            "name": result.name,
            "participation": result.participation,
            "score": result.score.written if result.score else None,
            "suggested": result.suggested,
            "determined": result.determined,
            "steps": [step.as_json() for step in result.steps],
            "sentences": list(self.sentences),
            "otherwise": list(self.otherwise),
        }


@dataclass(frozen=True, slots=True)
class YearExplanation:
    """The sentences about what one person's year comes to."""

    result: PersonYear
    title: str
    sentences: tuple[str, ...]

    def as_text(self) -> str:
        """Render for reading out: a title, then numbered sentences."""
        lines = [self.title, "", *(f"{index}. {sentence}" for index, sentence in enumerate(self.sentences, 1))]
        return "\n".join(lines) + "\n"

    def as_json(self) -> dict[str, Any]:
        """Return the sentences as data, with whose they are."""
        return {"person": self.result.person, "name": self.result.name, "sentences": list(self.sentences)}


def explain(records: UnitRecords, result: PeriodResult, person: str) -> Explanation:
    """Explain the result of somebody who is on the roll; KeyError for anybody else."""
    own = result.people[person]
    title = f"{own.name} · {records.unit.name} · {result.period.title}考核结果说明"
    return Explanation(own, title, _sentences(result.book, own.steps), tuple(otherwise(records, result, own)))


def explain_year(records: UnitRecords, result: AnnualResult, person: str) -> YearExplanation:
    """Explain the year of somebody who is on the roll when it ends; KeyError for anybody else."""
    own = result.people[person]
    title = f"{own.name} · {records.unit.name} · {result.year.title}考核等次说明"
    of_periods = [_sentences(records.book(it), [step]) for it, step in zip(result.periods, own.steps, strict=False)]
    of_year = _sentences(result.book, own.steps[len(result.periods) :])
    return YearExplanation(own, title, (*(it for told in of_periods for it in told), *of_year))


def _sentences(book: Book | None, steps: Iterable[Step]) -> tuple[str, ...]:
    """Return each step with its clause and its record."""
    sentences = []
    for step in steps:
        sources = [f"依据{_clause(book, step.clause)}" if step.clause else "", f"见 {step.at}" if step.at else ""]
        cited = "，".join(it for it in sources if it)
        sentences.append(step.says + (f"（{cited}）" if cited else ""))
    return tuple(sentences)


def _clause(book: Book | None, clause: str) -> str:
    """Name a clause as the document does, with its id: 方案三、（二）4（Q7）."""
    listed = book.clauses if book else None
    entry = listed.clauses.get(clause) if listed else None
    return f"方案{entry.where}（{clause}）" if entry else f" {clause}"
