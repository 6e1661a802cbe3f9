"""All duties of a period of assessment or of a year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pingshi.agenda.period import period_duties
from pingshi.agenda.year import year_duties
from pingshi.grading import grade_period

if TYPE_CHECKING:
    from pingshi.agenda.duty import Duty
    from pingshi.periods import Period
    from pingshi.records import UnitRecords


def duties(records: UnitRecords, period: Period) -> tuple[Duty, ...]:
    """Return every duty of a period of assessment or of a year, done or not. Needs no day; see `urgency`."""
    if period.kind == "year":
        return tuple(year_duties(records, period))
    return tuple(period_duties(records, grade_period(records, period)))
