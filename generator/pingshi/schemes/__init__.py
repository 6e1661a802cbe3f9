"""The scheme language: its model, its linter, its clause coverage (design §5)."""

from pingshi.schemes import vocabulary
from pingshi.schemes.annual import (
    INSTITUTION_GRADES,
    Outcome,
    Year,
    left_by,
    names_for,
    outcome,
    possible_grades,
    possible_years,
)
from pingshi.schemes.annual_rules import Annual, AnnualPublicity, AnnualRule
from pingshi.schemes.book import Book, load_book
from pingshi.schemes.choices import FeedbackKind, FilingForm
from pingshi.schemes.clauses import ClauseEntry, Clauses
from pingshi.schemes.deciding import Override, Procedure, Publicity, Quota
from pingshi.schemes.duties import Approval, Filing, FollowUp, Material, OutsideResult, TaskAdjustment
from pingshi.schemes.expressions import Condition
from pingshi.schemes.fields import Span
from pingshi.schemes.lint import CHECKS as LINT_CHECKS
from pingshi.schemes.lint import lint
from pingshi.schemes.lint_annual import PERIODS_OF_A_YEAR
from pingshi.schemes.model import Participation, Scheme
from pingshi.schemes.rule import Rule
from pingshi.schemes.schema import language_schemas
from pingshi.schemes.scoring import Grades, Indicator, Rounding, ScorePart
from pingshi.schemes.scoring import Score as ScoreRules
from pingshi.schemes.until import Until
from pingshi.schemes.vocabulary import (
    APPROVER_ROLES,
    AWAY_TYPES,
    CATEGORIES,
    DEPARTMENT_KINDS,
    FORMS,
    MEASURES,
    PERSON,
    REVIEWER_ROLES,
    ROLES,
    YEAR,
)

__all__ = [
    "APPROVER_ROLES",
    "AWAY_TYPES",
    "CATEGORIES",
    "DEPARTMENT_KINDS",
    "FORMS",
    "INSTITUTION_GRADES",
    "LINT_CHECKS",
    "MEASURES",
    "PERIODS_OF_A_YEAR",
    "PERSON",
    "REVIEWER_ROLES",
    "ROLES",
    "YEAR",
    "Annual",
    "AnnualPublicity",
    "AnnualRule",
    "Approval",
    "Book",
    "ClauseEntry",
    "Clauses",
    "Condition",
    "FeedbackKind",
    "Filing",
    "FilingForm",
    "FollowUp",
    "Grades",
    "Indicator",
    "Material",
    "Outcome",
    "OutsideResult",
    "Override",
    "Participation",
    "Procedure",
    "Publicity",
    "Quota",
    "Rounding",
    "Rule",
    "Scheme",
    "ScorePart",
    "ScoreRules",
    "Span",
    "TaskAdjustment",
    "Until",
    "Year",
    "language_schemas",
    "left_by",
    "lint",
    "load_book",
    "names_for",
    "outcome",
    "possible_grades",
    "possible_years",
    "vocabulary",
]
