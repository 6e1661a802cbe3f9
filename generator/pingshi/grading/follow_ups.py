"""What must follow a result: who must be told, praised, reminded, criticised, and by whom (B10, B13 and their like)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pingshi.grading.scoring import reviewers
from pingshi.grading.standing import Standing
from pingshi.layout import Location
from pingshi.records import Absent, Determination, FeedbackNote, Fraud, holders
from pingshi.schemes import vocabulary
from pingshi.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from pingshi.grading.result import PeriodResult
    from pingshi.periods import Period
    from pingshi.records import AnyFact, UnitRecords
    from pingshi.schemes import FollowUp

_DEPARTMENT_ROLES = ("section_head", "supervising_leader")


@dataclass(frozen=True, slots=True)
class FollowUpOwed:
    """That somebody must be talked to: under which rule, since when, where it is noted, and whether it was.

    `instead`: what else was noted of the person that is no mere feedback, in words.
    """

    rule: FollowUp
    person: str
    since: date
    location: Location
    done: bool
    instead: tuple[str, ...]


def follow_ups(records: UnitRecords, result: PeriodResult) -> Iterator[FollowUpOwed]:
    """Yield what the scheme orders after a decision, and because of the period's facts."""
    if result.book is None:
        return
    noted = list(_noted(records, result.period))
    for rule in result.book.scheme.follow_up:
        for it in result.people:
            since = _since(records, result, rule, it)
            if since is None:
                continue
            own = [(leader, note) for leader, note in noted if note.person == it]
            if rule.fact is not None:
                own = [(leader, note) for leader, note in own if note.on >= since]  # a talk about it comes after it
            fitting = [leader for leader, note in own if note.kind in rule.kinds and (not rule.plan or note.plan)]
            done = bool(fitting) or _educated(records, rule, result.period, it)
            other = {note.kind for _, note in own} - {"feedback", "praise", *rule.kinds}
            by = leaders(records, rule, it, result.period)
            location = Location(records.id, "feedback", result.period, next(iter([*fitting, *by]), "leader-id"))
            instead = tuple(vocabulary.FEEDBACK_KINDS[kind] for kind in sorted(other))
            yield FollowUpOwed(rule, it, since, location, done, instead)


def notes_of(records: UnitRecords, period: Period) -> list[FeedbackNote]:
    """Return all notes of a period, whoever made them."""
    return [note for _, note in _noted(records, period)]


def _noted(records: UnitRecords, period: Period) -> Iterator[tuple[str, FeedbackNote]]:
    for leader, items in records.by_person(tuple, "feedback", period).items():
        yield from ((leader, note) for note in items if isinstance(note, FeedbackNote))


def leaders(records: UnitRecords, rule: FollowUp, person: str, period: Period) -> tuple[str, ...]:
    """Return those whose task it is, by the roles of the rule; never the person themselves."""
    standing = Standing(records, person, period)
    found: list[str] = []
    for role in rule.roles:
        held = reviewers(standing, role) if role in _DEPARTMENT_ROLES else holders(records, role, person, period.last)
        found += [it for it in held if it not in found and it != person]
    return tuple(found)


def _since(records: UnitRecords, result: PeriodResult, rule: FollowUp, person: str) -> date | None:
    """Return from when on it is owed, or None where it isn't."""
    if rule.fact is not None:
        found = [it for it in records.facts.get(person, ()) if it.kind == rule.fact]
        days = [_day(it) for it in found if _belongs(it, result.period)]
        return min(days, default=None)
    determination = records.get(Determination, "determination", result.period)
    of = result.people[person]
    if (
        determination is None
        or not of.takes_part
        or (rule.grades is not None and of.determined not in rule.grades)
        or (of.participation == "graded" and person not in determination.grades)
    ):
        return None
    return determination.decided_on


def _day(fact: AnyFact) -> date:
    """Return the day of a fact; not taking part is known when the period is over."""
    day: date = fact.period.last if isinstance(fact, Absent) else fact.on  # type: ignore[union-attr]  # see FactKind
    return day


def _belongs(fact: AnyFact, period: Period) -> bool:
    if isinstance(fact, Absent):
        return fact.period == period
    return period.holds(_day(fact))


def _educated(records: UnitRecords, rule: FollowUp, period: Period, person: str) -> bool:
    """Tell whether all facts of the rule's kind say when the person was spoken to."""
    if rule.fact not in ("absent", "fraud"):
        return False
    found = [it for it in records.facts.get(person, ()) if isinstance(it, Absent | Fraud) and it.kind == rule.fact]
    return all(it.educated_on is not None for it in found if _belongs(it, period))


def told_instead(owed: FollowUpOwed) -> str:
    """Say what was noted in its place, where anything was."""
    return f"（现有{listed(owed.instead)}的记录，不能代替）" if owed.instead else ""
