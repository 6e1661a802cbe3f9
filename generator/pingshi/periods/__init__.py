"""Years, half-years, quarters, months, ISO weeks, and working days by the official calendar."""

from pingshi.periods.calendar import Calendar, UnknownYearError
from pingshi.periods.period import Period, PeriodKind, Week, months_after

__all__ = ["Calendar", "Period", "PeriodKind", "UnknownYearError", "Week", "months_after"]
