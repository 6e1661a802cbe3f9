"""Grading: participation → score → grade → overrides → quota → decision, each step explained."""

from pingshi.grading.annual import AnnualResult, PersonYear, annual
from pingshi.grading.annual_steps import share
from pingshi.grading.checks import CHECKS, YEAR_CHECKS
from pingshi.grading.explain import Explanation, YearExplanation, explain, explain_year
from pingshi.grading.inspection import (
    UnitCheck,
    bears_on,
    check_repository,
    check_unit,
    concerning,
    judged_by,
    problems_of,
    unit_problems,
)
from pingshi.grading.period import grade_period
from pingshi.grading.quota import pool_title
from pingshi.grading.result import PeriodResult, PersonResult, PoolResult, Step

__all__ = [
    "CHECKS",
    "YEAR_CHECKS",
    "AnnualResult",
    "Explanation",
    "PeriodResult",
    "PersonResult",
    "PersonYear",
    "PoolResult",
    "Step",
    "UnitCheck",
    "YearExplanation",
    "annual",
    "bears_on",
    "check_repository",
    "check_unit",
    "concerning",
    "explain",
    "explain_year",
    "grade_period",
    "judged_by",
    "pool_title",
    "problems_of",
    "share",
    "unit_problems",
]
