"""Which duties are open on a day, how urgent they are, and which are alike. It needs nothing but the duties."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from pingshi.agenda.duty import Someone

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from pingshi.agenda.duty import Duty

#: How urgent a duty is on a day: its last day is over; it is near; it can be done; its time has not come.
Urgency = Literal["overdue", "soon", "open", "later"]
#: So many days before its last day a duty is near.
SOON = 7
#: Kinds of records in the order in which an office works.
_WORK = (
    "goals", "plans", "logs", "reports", "evaluations", "attendance", "spot_checks", "summaries", "outside", "ballots",
    "reviews", "determination", "publicity", "feedback", "objections", "replies", "filings",
)  # fmt: skip
_ORDER: tuple[Urgency, ...] = ("overdue", "soon", "open", "later")


def urgency(duty: Duty, day: date) -> Urgency:
    """Tell how urgent an open duty is on a day."""
    if duty.due is not None and duty.due < day:
        return "overdue"
    if duty.since > day:
        return "later"
    if duty.due is not None and (duty.due - day).days <= SOON:
        return "soon"
    return "open"


@dataclass(frozen=True, slots=True)
class Task:
    """Duties that are alike but for the person: the same thing to do for the same period by the same day."""

    urgency: Urgency
    duties: tuple[Duty, ...]

    @property
    def first(self) -> Duty:
        """What they share stands in any of them."""
        return self.duties[0]

    @property
    def about(self) -> tuple[Someone, ...]:
        """Whom they are about, where they are about somebody."""
        return tuple(it.about for it in self.duties if it.about is not None)

    @property
    def who(self) -> tuple[Someone, ...]:
        """Everybody who owes one of them, once each."""
        return tuple(dict.fromkeys(one for it in self.duties for one in it.who))


def tasks(found: Iterable[Duty], day: date, *, person: str | None = None) -> list[Task]:
    """Return what is still to be done, the most urgent first; with `person` only what that one owes."""
    owed = [replace(it, who=_on(it, day)) for it in found if not it.done]
    owed = [it for it in owed if person is None or any(one.id == person for one in it.who)]
    owed.sort(key=lambda it: _key(it, day))
    return [Task(urgency(members[0], day), tuple(members)) for members in _alike(owed, day)]


def _on(it: Duty, day: date) -> tuple[Someone, ...]:
    """Return who owes it on the day, or will when its time comes."""
    on = max(day, it.since)
    held: dict[str, Someone] = {}
    for one in it.who:
        if one.holds(on):
            held.setdefault(one.id, Someone(one.id, one.name))
    return tuple(held.values())


def _key(it: Duty, day: date) -> tuple[object, ...]:
    rank = _ORDER.index(urgency(it, day))
    by = it.due or it.period.last
    open_end = it.due is None
    work = _WORK.index(it.kind) if it.kind in _WORK else len(_WORK)
    return (rank, open_end, by, it.period, work, it.unit, it.task, it.clause or "", it.role, *_who(it))


def _who(it: Duty) -> tuple[str, str]:
    return (it.about.name if it.about else "", ",".join(one.id for one in it.who))


def _alike(owed: list[Duty], day: date) -> Iterator[list[Duty]]:
    for _, members in groupby(owed, key=lambda it: _key(it, day)[:-2]):
        yield list(members)
