"""Grading: participation → score → grade → overrides → quota → decision, each step explained."""

from pingshi.grading.annual import AnnualResult, PersonYear, annual, periods_of, unusable_periods
from pingshi.grading.annual_steps import share
from pingshi.grading.checks import CHECKS, YEAR_CHECKS
from pingshi.grading.due import Owed, owed, owed_in_year, participants
from pingshi.grading.explain import Explanation, YearExplanation, explain, explain_year
from pingshi.grading.follow_ups import FollowUpOwed, follow_ups, leaders
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
from pingshi.grading.objections import changed_by, objection_clause, reply_clause
from pingshi.grading.period import grade_period
from pingshi.grading.quota import pool_title
from pingshi.grading.result import PeriodResult, PersonResult, PoolResult, Step
from pingshi.grading.scoring import rating_of, reviewers
from pingshi.grading.standing import Standing, participation
from pingshi.grading.suggestion import procedure_for

__all__ = [
    "CHECKS",
    "YEAR_CHECKS",
    "AnnualResult",
    "Explanation",
    "FollowUpOwed",
    "Owed",
    "PeriodResult",
    "PersonResult",
    "PersonYear",
    "PoolResult",
    "Standing",
    "Step",
    "UnitCheck",
    "YearExplanation",
    "annual",
    "bears_on",
    "changed_by",
    "check_repository",
    "check_unit",
    "concerning",
    "explain",
    "explain_year",
    "follow_ups",
    "grade_period",
    "judged_by",
    "leaders",
    "objection_clause",
    "owed",
    "owed_in_year",
    "participants",
    "participation",
    "periods_of",
    "pool_title",
    "problems_of",
    "procedure_for",
    "rating_of",
    "reply_clause",
    "reviewers",
    "share",
    "unit_problems",
    "unusable_periods",
]
