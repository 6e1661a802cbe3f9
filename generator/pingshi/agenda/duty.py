"""A duty: who must do what by when, under which clause, and whether it is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from pingshi.periods import Period


@dataclass(frozen=True, slots=True)
class Someone:
    """A person by id, with the name to print."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Duty:
    """Something that a scheme orders somebody to do. It knows no today: whoever asks, names the day.

    Attributes:
        unit: the unit's id.
        period: what it is owed for.
        kind: the kind of record that fulfils it (`summaries`, `feedback`, …).
        task: what to do, alike for everybody who owes it: 写个人小结.
        role: as what somebody owes it, in the scheme's own words: 本人, 人教科, 分管领导.
        who: those who hold that role; empty where nobody does.
        about: whom it is about, where that is a single person.
        path: the file in which it is recorded.
        since: the first day on which it can be done.
        due: the last day, or None where there is none or it can't be told.
        note: why there is no last day, or what else must be known; None where there is nothing to say.
        clause: the clause that orders it, or None where none does (an objection that no clause foresees is answered
            all the same).
        says: the rule in the scheme's words.
        done: whether the record is there, and can be read.

    """

    unit: str
    period: Period
    kind: str
    task: str
    role: str
    who: tuple[Someone, ...]
    about: Someone | None
    path: str
    since: date
    due: date | None
    note: str | None
    clause: str | None
    says: str
    done: bool
