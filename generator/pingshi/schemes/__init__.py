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
from pingshi.schemes.book import Book, load_book
from pingshi.schemes.choices import FeedbackKind, FilingForm
from pingshi.schemes.clauses import ClauseEntry, Clauses
from pingshi.schemes.expressions import Condition
from pingshi.schemes.fields import Span
from pingshi.schemes.lint import CHECKS as LINT_CHECKS
from pingshi.schemes.lint import PERIODS_OF_A_YEAR, lint
from pingshi.schemes.model import (
    Annual,
    AnnualPublicity,
    AnnualRule,
    Filing,
    FollowUp,
    Grades,
    Indicator,
    Material,
    Override,
    Participation,
    Procedure,
    Quota,
    Rounding,
    Rule,
    Scheme,
    ScorePart,
)
from pingshi.schemes.model import Score as ScoreRules
from pingshi.schemes.schema import language_schemas
from pingshi.schemes.vocabulary import (
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
    "Override",
    "Participation",
    "Procedure",
    "Quota",
    "Rounding",
    "Rule",
    "Scheme",
    "ScorePart",
    "ScoreRules",
    "Span",
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
