"""What stands out in a period: a hint to look, resting on figures, and never an accusation.

How a hint is added: a function that takes a `Case` and yields `Notable`s, whose docstring is the rule in one Chinese
sentence, listed in `HINTS` (`analyse`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pingshi.grading.analysis.gathered import one_before

if TYPE_CHECKING:
    from pingshi.grading.analysis.gathered import Gathered
    from pingshi.grading.result import PeriodResult
    from pingshi.periods import Period
    from pingshi.records import UnitRecords


@dataclass(frozen=True, slots=True)
class Notable:
    """Something to look at. `says` tells the figures, `look` what to do about it; `personal`: for the office only."""

    kind: str
    period: Period
    says: str
    look: str
    clause: str | None
    personal: bool = True


@dataclass(frozen=True, slots=True)
class Case:
    """A period with its results, and the decided ones before it, newest last."""

    records: UnitRecords
    now: Gathered
    before: tuple[Gathered, ...]
    result: PeriodResult

    @property
    def last(self) -> Gathered | None:
        """The period right before this one, where it was decided."""
        return next((it for it in self.before if it.period == one_before(self.now.period)), None)
