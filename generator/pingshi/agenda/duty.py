"""A duty: who must do what by when, under which clause, and whether it is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from pingshi.periods import Period

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Someone:
    """A person by id, with the name to print; where it is an office that they hold, from when to when."""

    id: str
    name: str
    since: date | None = None
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Tell whether the person is in office on the day; always, where it is no office."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Duty:
    """Something that a scheme orders somebody to do. It knows no today: whoever asks, names the day.

    Attributes:
        unit: the unit's id.
        period: what it is owed for.
        kind: the kind of record that fulfils it (`summaries`, `feedback`, …).
        task: what to do, alike for everybody who owes it: 写个人小结.
        role: as what somebody owes it, in the scheme's own words: 本人, 人教科, 分管领导.
        who: those who hold that role at any time from then on, each with the term; empty where nobody does.
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

    def as_json(self) -> dict[str, Any]:
        """Return the duty as data; `read_duty` reads it back."""
        return {
            "unit": self.unit,
            "period": str(self.period),
            "kind": self.kind,
            "task": self.task,
            "role": self.role,
            "who": [_written(it) for it in self.who],
            "about": None if self.about is None else _written(self.about),
            "path": self.path,
            "since": str(self.since),
            "due": None if self.due is None else str(self.due),
            "note": self.note,
            "clause": self.clause,
            "says": self.says,
            "done": self.done,
        }


def _written(it: Someone) -> dict[str, str]:
    told = {"id": it.id, "name": it.name}
    told |= {"since": str(it.since)} if it.since else {}
    return told | ({"until": str(it.until)} if it.until else {})


def _read(data: Mapping[str, str]) -> Someone:
    since, until = (date.fromisoformat(data[key]) if key in data else None for key in ("since", "until"))
    return Someone(data["id"], data["name"], since, until)


def read_duty(data: Mapping[str, Any]) -> Duty:
    """Read a duty back from `as_json`."""
    return Duty(
        unit=data["unit"],
        period=Period.parse(data["period"]),
        kind=data["kind"],
        task=data["task"],
        role=data["role"],
        who=tuple(_read(it) for it in data["who"]),
        about=None if data["about"] is None else _read(data["about"]),
        path=data["path"],
        since=date.fromisoformat(data["since"]),
        due=None if data["due"] is None else date.fromisoformat(data["due"]),
        note=data["note"],
        clause=data["clause"],
        says=data["says"],
        done=data["done"],
    )
