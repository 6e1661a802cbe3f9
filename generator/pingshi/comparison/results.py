"""What differs between two results of one period, and between two years."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pingshi.comparison.result import AnnualChange, GradeChange, Places, PoolChange
from pingshi.grading import annual, pool_title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pingshi.grading import PeriodResult, PersonResult, PersonYear, PoolResult
    from pingshi.periods import Period
    from pingshi.records import UnitRecords

#: Steps that decide a suggested grade by themselves.
_BASES = frozenset({"band", "proposal", "quota"})


def grade_changes(
    one: UnitRecords | None, other: UnitRecords | None, before: PeriodResult | None, after: PeriodResult | None
) -> Iterator[GradeChange]:
    """Yield everybody's grades that differ, in the order of the roll; suggested ones before determined ones."""
    records = other or one
    result = after or before
    if records is None or result is None:
        return
    old, new = before.people if before else {}, after.people if after else {}
    for person in sorted({*old, *new}):
        was, now = old.get(person), new.get(person)
        name = (now or was or new[person]).name
        same = (records.id, records.unit.name, result.period, person, name)
        suggested = (was.suggested if was else None, now.suggested if now else None)
        if suggested[0] != suggested[1]:
            clause = _suggesting(now) or (_suggesting(was) if now is None else None)
            yield GradeChange(*same, "suggested", *suggested, clause)
        determined = (was.determined if was else None, now.determined if now else None)
        if determined[0] != determined[1]:
            yield GradeChange(*same, "determined", *determined, _deciding(now) or _deciding(was))


def _suggesting(person: PersonResult | None) -> str | None:
    """Return the clause of the step that made the suggestion what it is, or left none."""
    if person is None:
        return None
    if person.suggested is None:
        steps = [it for it in person.steps if it.clause is not None]
        return steps[-1].clause if steps else None
    bounds = person.bounds
    firm = {it.cite for it in (bounds.sets, *bounds.caps) if it is not None}
    for step in reversed(person.steps):
        decides = step.rule in _BASES or (step.rule == "override" and step.clause in firm)
        if decides and step.value == person.suggested:
            return step.clause
    return next((it.clause for it in person.steps if it.rule == "suggestion"), None)


def _deciding(person: PersonResult | None) -> str | None:
    steps = person.steps if person else ()
    return next((it.clause for it in steps if it.rule in ("decision", "outside")), None)


def pool_changes(
    one: UnitRecords | None, other: UnitRecords | None, before: PeriodResult | None, after: PeriodResult | None
) -> Iterator[PoolChange]:
    """Yield the pools whose places differ."""
    records = other or one
    result = after or before
    if records is None or result is None:
        return
    old, new = _pools(before), _pools(after)
    for key in dict.fromkeys((*new, *old)):
        was, now = old.get(key), new.get(key)
        pool = now or was
        if pool is None or _places(was) == _places(now):
            continue
        yield PoolChange(
            unit=records.id,
            unit_name=records.unit.name,
            period=result.period,
            grade=pool.rule.grade,
            pool=pool_title(records, pool.rule, pool.pool),
            clause=pool.rule.cite,
            before=_places(was),
            after=_places(now),
        )


def _pools(result: PeriodResult | None) -> dict[tuple[str, str | None], PoolResult]:
    return {(it.rule.grade, it.pool): it for it in result.pools} if result else {}


def _places(pool: PoolResult | None) -> Places | None:
    return Places(pool.base, pool.limit, pool.used) if pool else None


def annual_changes(one: UnitRecords | None, other: UnitRecords | None, year: Period) -> Iterator[AnnualChange]:
    """Yield what may be decided for people's year where that differs, once there is any grade of the year."""
    records = other or one
    if records is None:
        return
    old, new = ({} if side is None else annual(side, year).people for side in (one, other))
    for person in sorted({*old, *new}):
        was, now = old.get(person), new.get(person)
        if not any(it is not None and it.grades for it in (was, now)) or _allowed(was) == _allowed(now):
            continue
        gained = [it for it in _applied(now) if it not in _applied(was)]
        lost = [it for it in _applied(was) if it not in _applied(now)]
        yield AnnualChange(
            unit=records.id,
            unit_name=records.unit.name,
            year=year,
            person=person,
            name=now.name if now else was.name if was else person,
            before=_allowed(was),
            after=_allowed(now),
            clauses=tuple(dict.fromkeys(clause for clause, _ in gained or lost)),
        )


def _allowed(person: PersonYear | None) -> tuple[str, ...] | None:
    return None if person is None or person.outcome is None else person.allowed


def _applied(person: PersonYear | None) -> list[tuple[str, str]]:
    """Return the annual rules that were applied, by clause and words."""
    if person is None:
        return []
    rules = person.outcome.applied if person.outcome else ()
    narrowing = [(it.cite, it.says) for it in rules if it.only or it.bars or it.ends_taking_part]
    return [*narrowing, *([(person.excluded.cite, person.excluded.says)] if person.excluded else [])]
