"""The checks that need results: one function, one code, one sentence each.

Each takes a unit's records and a period's result. Most speak only once the period has a
determination: before that, what is missing is merely still to come (design §6).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pingshi.grading.checks.annual import annual_grade_not_allowed
from pingshi.grading.checks.decisions import grade_not_allowed, quota_exceeded, reason_missing, tie_at_quota
from pingshi.grading.checks.duties import (
    late,
    late_filing,
    missing_annual_record,
    missing_follow_up,
    missing_record,
    not_consulted,
    publicity_too_short,
)
from pingshi.grading.checks.gaps import missing_rating, not_counted, unheld_on_the_last_day, unknown_year
from pingshi.grading.checks.replies import (
    determination_against_reply,
    replied_too_early,
    reply_contradicts_itself,
    reply_without_grade,
)
from pingshi.grading.checks.tasks import adjusted_by_others, agreed_too_early, unknown_goal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pingshi.diagnostics import Problem
    from pingshi.grading.result import PeriodResult
    from pingshi.records import UnitRecords

#: Every check of a period with its code, in the order of the contract's table.
CHECKS: tuple[tuple[str, Callable[[UnitRecords, PeriodResult], Iterator[Problem]]], ...] = (
    ("not-counted", reply_without_grade),
    ("not-counted", reply_contradicts_itself),
    ("bad-date", unheld_on_the_last_day),
    ("not-counted", replied_too_early),
    ("quota-exceeded", quota_exceeded),
    ("grade-not-allowed", grade_not_allowed),
    ("grade-not-allowed", determination_against_reply),
    ("reason-missing", reason_missing),
    ("not-consulted", not_consulted),
    ("publicity-too-short", publicity_too_short),
    ("missing-rating", missing_rating),
    ("missing-record", missing_record),
    ("missing-follow-up", missing_follow_up),
    ("late", late),
    ("tie-at-quota", tie_at_quota),
    ("not-counted", not_counted),
    ("unknown-calendar", unknown_year),
)

#: Every check of a unit's years and months, whether their periods are graded or not.
YEAR_CHECKS: tuple[tuple[str, Callable[[UnitRecords], Iterator[Problem]]], ...] = (
    ("bad-value", unknown_goal),
    ("not-counted", agreed_too_early),
    ("not-counted", adjusted_by_others),
    ("grade-not-allowed", annual_grade_not_allowed),
    ("missing-record", missing_annual_record),
    ("late", late_filing),
)
