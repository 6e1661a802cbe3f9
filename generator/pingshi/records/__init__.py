"""The record kinds: their models, a snapshot of all at one moment, and the checks across files."""

from pingshi.files import Blob, read_working_tree
from pingshi.records.checks import CHECKS
from pingshi.records.checks.periods import TERM_TITLES
from pingshi.records.facts import (
    Absent,
    Accountability,
    Admonition,
    AnyFact,
    Away,
    Bonus,
    Discipline,
    Fraud,
    Leave,
    Merit,
    Misconduct,
    Outstanding,
    Penalty,
    Reward,
)
from pingshi.records.loading import Loaded, loaded
from pingshi.records.monthly import Adjusted, Evaluation, Goals, Log, Plan, Report, Task
from pingshi.records.people import Department, Person, Unit
from pingshi.records.people import Git as GitIdentity
from pingshi.records.quarterly import (
    Ballots,
    Decided,
    Determination,
    FeedbackNote,
    FiledForm,
    Objection,
    Outside,
    Publicity,
    Rating,
    Reply,
    Review,
    Summary,
)
from pingshi.records.roster import department_of, holders, is_head, on_roll
from pingshi.records.schema import json_schemas, schema_of
from pingshi.records.snapshot import Shelf, Snapshot, UnitRecords, take, units_of

__all__ = [
    "CHECKS",
    "TERM_TITLES",
    "Absent",
    "Accountability",
    "Adjusted",
    "Admonition",
    "AnyFact",
    "Away",
    "Ballots",
    "Blob",
    "Bonus",
    "Decided",
    "Department",
    "Determination",
    "Discipline",
    "Evaluation",
    "FeedbackNote",
    "FiledForm",
    "Fraud",
    "GitIdentity",
    "Goals",
    "Leave",
    "Loaded",
    "Log",
    "Merit",
    "Misconduct",
    "Objection",
    "Outside",
    "Outstanding",
    "Penalty",
    "Person",
    "Plan",
    "Publicity",
    "Rating",
    "Reply",
    "Report",
    "Review",
    "Reward",
    "Shelf",
    "Snapshot",
    "Summary",
    "Task",
    "Unit",
    "UnitRecords",
    "department_of",
    "holders",
    "is_head",
    "json_schemas",
    "loaded",
    "on_roll",
    "read_working_tree",
    "schema_of",
    "take",
    "units_of",
]
