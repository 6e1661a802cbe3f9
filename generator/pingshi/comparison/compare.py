"""Two snapshots and the files between them, compared. Only the units and periods that a file bears on are graded.

Who must approve is judged by the policy in force just before the change (design §8): a change can't give somebody the
right that it needs. Only where that knows neither the unit nor the person, the proposed one is asked.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from pingshi.authority import TABLE, Access, access
from pingshi.comparison.result import AnnualChange, Approval, Comparison, FileChange, GradeChange, PoolChange
from pingshi.comparison.results import annual_changes, grade_changes, pool_changes
from pingshi.comparison.touched import touched
from pingshi.diagnostics import arranged
from pingshi.grading import grade_period
from pingshi.layout import BY_NAME, SCHEMES, Location, Misplaced, locate, scheme_of, titled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from pingshi.agenda import Duty
    from pingshi.comparison.touched import Touched
    from pingshi.diagnostics import Problem
    from pingshi.history import Change, Changes
    from pingshi.periods import Period
    from pingshi.records import Snapshot, UnitRecords


class Duties(Protocol):
    """What a scheme orders of whom in a period, done or not: `agenda.duties`."""

    def __call__(self, records: UnitRecords, period: Period, /) -> Iterable[Duty]:
        """Return all duties of a unit's period of assessment or year."""
        ...


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: what was read, and everything that is wrong in it."""

    snapshot: Snapshot
    problems: tuple[Problem, ...]


def compare(changes: Changes, before: Side, after: Side, on: date, duties: Duties | None = None) -> Comparison:
    """Compare what was at the base with what is at the head."""
    old, new = before.snapshot.units, after.snapshot.units
    files = [it for it in changes.files if not it.path.endswith("/.gitkeep")]
    found = [(it, _access(old, new, it.path, on)) for it in files]
    bearing = touched(files, old, new)
    grades: list[GradeChange] = []
    pools: list[PoolChange] = []
    annual: list[AnnualChange] = []
    unknown: list[str] = []
    for it in bearing:
        one, other = old.get(it.unit), new.get(it.unit)
        for period in it.periods:
            results = [None if side is None else grade_period(side, period) for side in (one, other)]
            if any(it is not None and it.book is None for it in results):
                unknown.append(f"{other.unit.name if other else ''}{period.title}")
                continue
            grades += grade_changes(one, other, *results)
            pools += pool_changes(one, other, *results)
        for year in it.years:
            if any(side is not None and side.book(year) is None for side in (one, other)):
                unknown.append(f"{other.unit.name if other else ''}{year.title}")
            else:
                annual += annual_changes(one, other, year)
    appeared, gone = _problems(before.problems, after.problems)
    return Comparison(
        base=changes.base,
        head=changes.head,
        on=on,
        files=tuple(_file(it, found_access, old, new) for it, found_access in found),
        grades=tuple(grades),
        annual=tuple(annual),
        pools=tuple(pools),
        fulfilled=tuple(_fulfilled(bearing, old, new, files, duties)) if duties else (),
        approvals=tuple(_approvals(found, old, new)),
        new=appeared,
        gone=() if unknown else gone,
        unknown=tuple(dict.fromkeys(unknown)),
    )


# --- files, and who approves them ---------------------------------------------------------------


def _access(old: Mapping[str, UnitRecords], new: Mapping[str, UnitRecords], path: str, on: date) -> Access | None:
    """Return who may write and approve; None for a path that holds no record."""
    try:
        if path.startswith(f"{SCHEMES}/"):
            return access(old or new, path, on)
        location = locate(path)
    except Misplaced:
        return None
    records = old.get(location.unit)
    known = records is not None and (
        TABLE[location.kind].writer == "office"
        or location.person is None
        or records.stands("people", None, location.person)
    )
    return access(old if known else new, path, on)


def _file(
    it: Change, found: Access | None, old: Mapping[str, UnitRecords], new: Mapping[str, UnitRecords]
) -> FileChange:
    location = None if found is None or it.path.startswith(f"{SCHEMES}/") else locate(it.path)
    own = location is not None and TABLE[location.kind].writer != "office"
    return FileChange(it.path, it.what, _title(it.path, old, new), found.writer if found else None, own)


def _title(path: str, old: Mapping[str, UnitRecords], new: Mapping[str, UnitRecords]) -> str:
    """Return what a file is, with the name of the person and the period; the path of what is no record."""
    try:
        if path.startswith(f"{SCHEMES}/"):
            return f"方案 {scheme_of(path)} 的{'条款清单' if path.endswith('/clauses.yml') else '规则'}"
        location = locate(path)
    except Misplaced:
        return path
    kind = {"unit": "单位资料", "people": "资料"}.get(location.kind) or BY_NAME[location.kind].title
    person = location.person
    whose = _name(location.unit, person, new, old) if person else _unit_name(location, old, new)
    return titled(whose, location.period.title if location.period else "", kind)


def _unit_name(location: Location, old: Mapping[str, UnitRecords], new: Mapping[str, UnitRecords]) -> str:
    records = new.get(location.unit) or old.get(location.unit)
    return records.unit.name if records else location.unit


def _name(unit: str, person: str, *sides: Mapping[str, UnitRecords]) -> str:
    """Return a person's name on the first side that knows it."""
    names = (side[unit].people[person].name for side in sides if unit in side and person in side[unit].people)
    return next(names, person)


def _name_in(units: Iterable[str], person: str, *sides: Mapping[str, UnitRecords]) -> str:
    """Return a person's name in the first of the units that knows it."""
    return next((name for it in units if (name := _name(it, person, *sides)) != person), person)


def _approvals(
    found: list[tuple[Change, Access | None]], old: Mapping[str, UnitRecords], new: Mapping[str, UnitRecords]
) -> Iterator[Approval]:
    """Group files by who must approve them, as what, under which clause; in the order of the first of each."""
    groups: dict[tuple[str, str, tuple[str, ...], str, str | None], list[Access]] = {}
    for _, it in found:
        if it is not None:
            unit = "" if it.path.startswith(f"{SCHEMES}/") else it.path.split("/")[1]
            groups.setdefault((unit, it.approver, it.approvers, it.manner, it.clause), []).append(it)
    for (unit, *_), those in groups.items():
        one = those[0]
        owners = [unit] if unit else sorted({*old, *new})
        names = [_name_in(owners, it, old, new) for it in one.approvers]
        yield Approval(
            role=one.approver,
            people=one.approvers,
            names=tuple(names),
            manner=one.manner,
            clause=one.clause,
            titles=tuple(_title(it.path, old, new) for it in those),
            paths=tuple(it.path for it in those),
            why=None if one.approvers else one.considered[-1].says,
        )


# --- duties and problems --------------------------------------------------------------------


def _fulfilled(
    bearing: Iterable[Touched],
    old: Mapping[str, UnitRecords],
    new: Mapping[str, UnitRecords],
    files: Iterable[Change],
    duties: Duties,
) -> Iterator[Duty]:
    """Yield what one of the files fulfils: done now, and not before."""
    paths = {it.path for it in files}
    for it in bearing:
        for period in (*it.periods, *it.years):
            done = {_owed(duty) for duty in (duties(old[it.unit], period) if it.unit in old else ()) if duty.done}
            for duty in duties(new[it.unit], period) if it.unit in new else ():
                if duty.done and duty.path in paths and _owed(duty) not in done:
                    yield duty


def _owed(duty: Duty) -> tuple[object, ...]:
    return duty.period, duty.kind, duty.task, duty.about, duty.path


def _problems(before: Iterable[Problem], after: Iterable[Problem]) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """Return what is new and what is gone: known by path, code and message, as often as each is there.

    A line that has moved is no new problem. Errors come first.
    """
    one, other = arranged(before), arranged(after)
    return _beyond(other, one), _beyond(one, other)


def _beyond(these: tuple[Problem, ...], those: tuple[Problem, ...]) -> tuple[Problem, ...]:
    there = Counter((it.place.path, it.code, it.message) for it in those)
    found = []
    for it in these:
        key = (it.place.path, it.code, it.message)
        if there[key]:
            there[key] -= 1
        else:
            found.append(it)
    return tuple(sorted(found, key=lambda it: it.severity != "error"))
