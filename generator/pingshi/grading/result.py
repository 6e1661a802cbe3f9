"""What grading yields: per person the steps that led there, per pool the places, and the problems."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from pingshi.diagnostics import Place, Problem
    from pingshi.periods import Period
    from pingshi.schemes import Book, Override, Participation, Procedure, Quota

ParticipationKind = Literal["graded", "comment_only", "elsewhere", "excluded"]


@dataclass(frozen=True, slots=True)
class Step:
    """One step towards a result: which rule, under which clause, what it found, from which record."""

    rule: str
    clause: str | None
    says: str
    value: str | None = None
    at: Place | None = None

    def as_json(self) -> dict[str, str | None]:
        """Return the contract's form (design §6)."""
        return {
            "rule": self.rule,
            "clause": self.clause,
            "says": self.says,
            "value": self.value,
            "at": str(self.at) if self.at else None,
        }


@dataclass(frozen=True, slots=True)
class Score:
    """A score: exact, as rounded once (reading 6), and as written. Parts by what they are called."""

    exact: Fraction
    rounded: Fraction
    written: str
    parts: Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the rules leave open to the deciders.

    `sets`: the grade that a rule fixes; `caps`: the best grade still possible, by the
    rules that say so; `allows`: grades that need no further reason; `band_cap`: the
    grade that a binding band fixes as the best.
    """

    sets: Override | None = None
    caps: tuple[Override, ...] = ()
    allows: Mapping[str, Override] = field(default_factory=dict)
    band_cap: str | None = None


@dataclass(frozen=True, slots=True)
class PersonResult:
    """One person's result for a period. `suggested` and `score` are None unless `graded`."""

    person: str
    name: str
    participation: ParticipationKind
    score: Score | None
    base: str | None
    suggested: str | None
    determined: str | None
    bounds: Bounds
    procedure: Procedure | None
    rule: Participation | None
    steps: tuple[Step, ...]
    problems: tuple[Problem, ...]

    @property
    def takes_part(self) -> bool:
        """Tell whether the person is in the quota's base (reading 3)."""
        return self.participation in ("graded", "comment_only")


@dataclass(frozen=True, slots=True)
class PoolResult:
    """The places of one pool: how many, how many are taken, and where the competition was cut.

    `cut` is the lowest score that got a place by competition; `tied` are those who stay
    out because a tie across the limit could not be separated (reading 8).
    """

    rule: Quota
    pool: str | None
    base: int
    limit: int
    used: int
    members: tuple[str, ...]
    set_aside: tuple[str, ...]
    cut: Fraction | None
    tied: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PeriodResult:
    """A unit's results for a period; `book` is None where no scheme could be applied.

    `started`: the first sheet, ballot or decision is there, so that rating has begun.
    """

    unit: str
    period: Period
    book: Book | None
    people: Mapping[str, PersonResult]
    pools: tuple[PoolResult, ...]
    problems: tuple[Problem, ...]
    started: bool = False
