"""A page of records: what stands, who submitted and approved it, and what the scheme orders and is not there yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pingshi.agenda import by_when, by_whom, duties, tasks
from pingshi.audit import SIGNATURES, SIGNED, moment, person, short
from pingshi.diagnostics import visible
from pingshi.layout import KINDS, scheme_path
from pingshi.publishing.office.data import Deed, Missing, OfficeRecord, OfficeVersion, Table
from pingshi.wording import listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from pingshi.agenda import Task
    from pingshi.audit import Act, Audit, Version
    from pingshi.layout import Location
    from pingshi.periods import Period
    from pingshi.records import Snapshot, UnitRecords

#: What can't be begun yet is not missing.
_NOT_YET = "later"


class Versions:
    """The versions of each record, as the pages show them."""

    def __init__(self, audit: Audit | None) -> None:
        self._audit = audit
        self._by_path = {it.path: it.versions for it in audit.records} if audit is not None else {}

    def table(self, title: str, rows: Iterable[OfficeRecord], *, of_records: bool = True) -> Table:
        """Return a table of records, or of other files, of which history may tell nothing."""
        found = tuple(rows)
        traced = self._audit is not None and (of_records or any(it.versions for it in found))
        return Table(title, found, traced=traced)

    def record(self, whose: str, path: str, *, broken: bool) -> OfficeRecord:
        """Return a record that stands, with its versions."""
        found = tuple(self._version(it) for it in self._by_path.get(path, ()))
        return OfficeRecord(whose, visible(path), broken, found)

    def _version(self, it: Version) -> OfficeVersion:
        origin = ""
        if self._audit is not None and it.commit == self._audit.bootstrap:
            origin = "随起始提交带来"
        return OfficeVersion(
            _deed(it.submitted), _deed(it.approved), origin, short(it.commit), visible(it.says), it.deleted
        )


def _deed(act: Act | None) -> Deed | None:
    if act is None:
        return None
    return Deed(person(act), moment(act.at), SIGNATURES[act.signature], SIGNED[act.signature], act.received)


def tables(
    records: UnitRecords, versions: Versions, within: Callable[[Location], bool], period: Period | None
) -> tuple[Table, ...]:
    """Return the records of a page by kind, in the layout's order; `period` is the page's own."""
    there = sorted((it for it in {*records.records, *records.broken} if within(it)), key=lambda it: it.path)
    found = []
    for kind in KINDS:
        own = sorted(
            (it for it in there if it.kind == kind.name),
            key=lambda it: ((it.period.last, str(it.period)) if it.period else (), it.person or ""),
        )
        if own:
            rows = (versions.record(_whose(records, it, period), it.path, broken=it in records.broken) for it in own)
            found.append(versions.table(kind.title, rows))
    return tuple(found)


def _whose(records: UnitRecords, it: Location, period: Period | None) -> str:
    """Tell a record from the others of its kind on the page: by person, and by month where that is another period."""
    when = it.period.title.removeprefix(f"{it.period.year}年") if it.period and it.period != period else ""
    whose = records.name_of(it.person) if it.person else ""
    told = " ".join(part for part in (whose, when) if part)
    return visible(told) or ("单位资料" if it.kind == "unit" else "全单位")


def scheme_tables(snapshot: Snapshot, schemes: Iterable[str], versions: Versions) -> tuple[Table, ...]:
    """Return the files of schemes as a table of their own."""
    rows = []
    for name in schemes:
        for file, what in (("scheme.yml", "规则"), ("clauses.yml", "条款")):
            path = scheme_path(name, "scheme.yml" if file == "scheme.yml" else "clauses.yml")
            if path in snapshot.texts:
                rows.append(versions.record(f"{name} 的{what}", path, broken=name not in snapshot.books))
    return (versions.table("考核方案", rows, of_records=False),) if rows else ()


def missing(records: UnitRecords, period: Period, on: date) -> tuple[Missing, ...]:
    """Return what a period's or year's scheme orders, can be done on the day and does not stand."""
    open_tasks = tasks(duties(records, period), on)
    return tuple(_missing(it, on) for it in open_tasks if it.urgency != _NOT_YET)


def _missing(task: Task, on: date) -> Missing:
    first = task.first
    return Missing(
        number=len(task.duties),
        what=f"{first.period.title}{first.task}",
        about=visible(listed(it.name for it in task.about)),
        by=visible(by_whom(task)),
        when=by_when(task, on),
        clause=first.clause or "",
    )


def files_of_unit(texts: Mapping[str, bytes], folder: str, versions: Versions) -> Table:
    """Return every file of a unit whose own file can't be read: nobody knows whose each is."""
    own = [it for it in sorted(texts) if it.startswith(folder)]
    return versions.table(
        "全部文件", (versions.record(visible(it.removeprefix(folder)), it, broken=False) for it in own)
    )
