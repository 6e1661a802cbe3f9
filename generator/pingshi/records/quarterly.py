"""Records of a period of assessment: summaries, reviews, ballots, decisions and what follows (design §4)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from pingshi.records.people import People, PersonId
from pingshi.source import Day, Exact, Flag, Line, Located, Prose, Symbol, reject, shorthand


class WorkItem(Located):
    """A piece of work and its result; `classified` (涉密) is never published."""

    task: Prose
    result: Prose
    classified: Flag


class Summary(Located):
    """`summaries/<person>.yml`: 个人小结 of a period, or of the year."""

    political: Prose
    work: tuple[WorkItem, ...]
    discipline: Prose
    achievements: Prose
    shortcomings: Prose
    improvements: Prose
    classified: Flag


class Rating(Located):
    """What a reviewer gives one person: scores by indicator or a total, a grade, words."""

    scores: dict[Symbol, Exact] | None = None
    total: Exact | None = None
    grade: Line | None = None
    comment: Prose | None = None
    evidence: Prose | None = None


class Review(Located):
    """`reviews/<reviewer>.yml`: one sheet per reviewer, all the people they review."""

    role: Literal["principal_leader", "supervising_leader", "section_head"]
    people: dict[PersonId, Rating]


class Ballots(Located):
    """`ballots.yml`: anonymous ballots' totals, entered by the office."""

    counted_on: Day
    counted_by: People
    totals: dict[PersonId, tuple[Exact, ...]]


class Outside(Located):
    """`outside/<person>.yml`: the result or opinion of the unit where somebody works."""

    unit: Line
    opinion: Prose | None = None
    grade: Line | None = None
    basis: Line

    @model_validator(mode="after")
    def _some_answer(self) -> Outside:
        if self.opinion is None and self.grade is None:
            hint = "外单位给了等次的写 grade，只给了意见的写 opinion"
            raise reject("missing-key", "既没有等次，也没有意见", hint)
        return self


class Consulted(Located):
    """What an organ said when consulted; `except` holds what was said about single people."""

    on: Day
    outcome: Literal["no_objection", "objection"]
    exceptions: dict[PersonId, Prose] = Field(default_factory=dict, alias="except")


class Consultations(Located):
    """Who was consulted before the decision."""

    discipline_inspection: Consulted | None = None


class Decided(Located):
    """A decided grade, with the reason where it departs from the suggestion."""

    grade: Line
    reason: Prose | None = None


class Determination(Located):
    """`determination.yml`: 审定, the decided grades of a period or (annual grades) of a year."""

    decided_on: Day
    meeting: Line | None = None
    consulted: Consultations | None = None
    quota_reason: Prose | None = None
    grades: dict[PersonId, Annotated[Decided, shorthand("grade")]]


class Publicity(Located):
    """`publicity.yml`: from when to when the results are made known, and whom to turn to."""

    since: Day = Field(alias="from")
    until: Day = Field(alias="to")
    contact: Line
    telephone: Line


class FeedbackNote(Located):
    """One conversation, as the leader notes it; the person's own words go to objections."""

    person: PersonId
    on: Day
    form: Literal["meeting", "talk", "written", "network"]
    kind: Literal[
        "feedback", "praise", "reminder", "criticism", "warning_talk", "formal_warning", "self_examination",
        "reassignment", "retraining",
    ]  # fmt: skip
    praised: Prose | None = None
    shortcomings: Prose | None = None
    improve: Prose | None = None
    answer: Prose | None = None
    plan: Prose | None = None
    due: Day | None = None


class Objection(Located):
    """`objections/<person>.yml`: in the person's own words."""

    raised_on: Day
    says: Prose


class Reply(Located):
    """`replies/<person>.yml`: the office's reply; `grade` where the outcome changed it."""

    replied_on: Day
    outcome: Literal["upheld", "changed"]
    grade: Line | None = None
    says: Prose


class SpotCheck(Located):
    """One entry of `spot_checks.yml`."""

    on: Day
    by: PersonId
    person: PersonId
    found: Prose


class FiledForm(Located):
    """One entry of `filings.yml`: what was filed, where, when."""

    form: Literal["scheme", "quarterly_roster", "reward_roster", "annual_summary", "annual_roster"]
    to: Line
    on: Day
