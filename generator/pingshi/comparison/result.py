"""The differences between two snapshots, as data. Names and titles, no content of any record: see `markdown`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

    from pingshi.agenda import Duty
    from pingshi.authority import Manner
    from pingshi.diagnostics import Problem
    from pingshi.history import What
    from pingshi.periods import Period


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file that differs. `writer`: as what it may be written, None where it is no record; `own`: by one person."""

    path: str
    what: What
    title: str
    writer: str | None
    own: bool


@dataclass(frozen=True, slots=True)
class GradeChange:
    """A person's grade of a period that differs: the suggested one, or the determined."""

    unit: str
    unit_name: str
    period: Period
    person: str
    name: str
    which: Literal["suggested", "determined"]
    before: str | None
    after: str | None
    clause: str | None


@dataclass(frozen=True, slots=True)
class AnnualChange:
    """What may be decided for a person's year that differs; None on a side where they are not assessed at all."""

    unit: str
    unit_name: str
    year: Period
    person: str
    name: str
    before: tuple[str, ...] | None
    after: tuple[str, ...] | None
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Places:
    """The places of a pool: how many count, how many may, how many have."""

    base: int
    limit: int
    used: int

    @property
    def left(self) -> int:
        """How many are left; negative where there are too many."""
        return self.limit - self.used


@dataclass(frozen=True, slots=True)
class PoolChange:
    """The places of a grade in a pool that differ; None on a side that has no such pool."""

    unit: str
    unit_name: str
    period: Period
    grade: str
    pool: str
    clause: str
    before: Places | None
    after: Places | None


@dataclass(frozen=True, slots=True)
class Approval:
    """Files that the same people must approve in the same manner; nobody can where there are no people."""

    role: str
    people: tuple[str, ...]
    names: tuple[str, ...]
    manner: Manner
    clause: str | None
    titles: tuple[str, ...]
    paths: tuple[str, ...]
    why: str | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that a change comes to. `on` is the day on which terms of office are looked at."""

    base: str
    head: str
    on: date
    files: tuple[FileChange, ...]
    grades: tuple[GradeChange, ...]
    annual: tuple[AnnualChange, ...]
    pools: tuple[PoolChange, ...]
    fulfilled: tuple[Duty, ...]
    approvals: tuple[Approval, ...]
    new: tuple[Problem, ...]
    gone: tuple[Problem, ...]
    unknown: tuple[str, ...] = ()
