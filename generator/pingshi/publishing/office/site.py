"""The office's site as data: a page for each unit, period and year, made of the records and of what the audit found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pingshi.audit import BOOTSTRAP, LEVELS, times
from pingshi.diagnostics import visible
from pingshi.grading import check_unit, periods_of, problems_of
from pingshi.layout import RECORDS, SCHEMES
from pingshi.periods import Period
from pingshi.publishing.colleagues import headline
from pingshi.publishing.office.data import OfficeHistory, OfficeReceipts, OfficeSite, OfficeUnit, Sheet
from pingshi.publishing.office.departures import Departures
from pingshi.publishing.office.sheets import Versions, files_of_unit, missing, scheme_tables, tables
from pingshi.publishing.public import folders_of_units
from pingshi.publishing.years import problems_of_year
from pingshi.wording import day

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from pingshi.audit import Audit, Receipts, Scope
    from pingshi.grading import UnitCheck
    from pingshi.records import Snapshot, UnitRecords


def office_site(snapshot: Snapshot, audit: Audit | None, on: date, *, several: bool = False) -> OfficeSite:
    """Make the data of the office's site as of a day; without an audit, of what stands alone."""
    names = {it: person.name for records in snapshot.units.values() for it, person in records.people.items()}
    departures, versions = Departures(audit, names), Versions(audit)
    units = []
    for name in folders_of_units(snapshot):
        records = snapshot.units.get(name)
        if records is None:
            units.append(_unreadable(snapshot, name, departures, versions))
        else:
            units.append(_Maker(snapshot, records, audit, on).unit(departures, versions))
    history = _history(audit, departures) if audit is not None else None
    return OfficeSite(day(on), tuple(units), history, tuple(LEVELS.values()), several)


class _Maker:
    """Makes the pages of one unit."""

    def __init__(self, snapshot: Snapshot, records: UnitRecords, audit: Audit | None, on: date) -> None:
        self._snapshot = snapshot
        self._records = records
        self._audit = audit
        self._on = on

    def unit(self, departures: Departures, versions: Versions) -> OfficeUnit:
        """Make the unit, its periods with the latest first."""
        records = self._records
        trust = self._audit.trust.get(records.id) if self._audit is not None else None
        level, proves = LEVELS[trust] if trust is not None else ("", "")
        checked = check_unit(records)
        assessed = self._assessed(checked)
        years = sorted({Period("year", it.year) for it in assessed} | set(records.years()))
        pages = sorted({*assessed, *years}, reverse=True)
        return OfficeUnit(
            id=records.id,
            name=headline(visible(records.unit.name)),
            readable=True,
            level=level,
            proves=proves,
            own=self._own(checked, departures, versions, pages),
            periods=tuple(self._sheet(checked, it, departures, versions) for it in pages),
        )

    def _assessed(self, checked: UnitCheck) -> list[Period]:
        """Return the periods with a page: those of which there are records, and all from the first of them to today."""
        with_records = [*checked.results]
        years = [it.period.year for it in (*self._records.records, *self._records.broken) if it.period is not None]
        begun = [
            it
            for year in range(min(years, default=self._on.year), self._on.year + 1)
            for it in periods_of(self._records, Period("year", year))
            if it.first <= self._on
        ]
        since = min(
            (it.period.first for it in (*self._records.records, *self._records.broken) if it.period), default=self._on
        )
        return sorted({*with_records, *(it for it in begun if it.last >= since)})

    def _sheet(self, checked: UnitCheck, period: Period, departures: Departures, versions: Versions) -> Sheet:
        records, snapshot = self._records, self._snapshot
        usable = records.book(period) is not None
        whole_year = period.kind == "year"
        find = problems_of_year if whole_year else problems_of
        problems = find(snapshot, records, checked, period)

        def of_page(it: Period | None) -> bool:
            return it is not None and (it == period if whole_year else period.contains(it))

        return Sheet(
            id=str(period),
            title=period.title,
            tables=tables(records, versions, lambda it: of_page(it.period), period),
            missing=missing(records, period, self._on) if usable else (),
            departures=departures.take(lambda it: it.unit == records.id and of_page(it.period)),
            errors=sum(it.severity == "error" for it in problems),
            unusable=not usable,
        )

    def _own(self, checked: UnitCheck, departures: Departures, versions: Versions, pages: Sequence[Period]) -> Sheet:
        """Make the page of the unit's general files and schemes, and of whatever no other page holds."""
        records = self._records
        schemes = sorted({it.scheme for it in records.unit.schemes})
        whole = [it for it in pages if it.kind != "year"]

        def elsewhere(it: Period | None) -> bool:
            return it is not None and (it in pages or any(page.contains(it) for page in whole))

        def mine(it: Scope) -> bool:
            if it.scheme is not None:
                return it.unit in (None, records.id) and it.scheme in schemes
            return it.unit == records.id and not elsewhere(it.period)

        return Sheet(
            id="",
            title="单位、人员和方案",
            tables=(
                *tables(records, versions, lambda it: not elsewhere(it.period), None),
                *scheme_tables(self._snapshot, schemes, versions),
            ),
            missing=(),
            departures=departures.take(mine),
            errors=sum(
                it.severity == "error" and self._general(it.place.path, schemes)
                for it in (*checked.general, *self._snapshot.problems)
            ),
        )

    def _general(self, path: str, schemes: Collection[str]) -> bool:
        """Tell whether a file is one of the unit's general ones, or of its schemes; or stands where none should."""
        top, name, *rest = [*path.split("/"), ""]
        if top == SCHEMES:
            return name in schemes
        return top == RECORDS and name == self._records.id and not rest[0][:1].isdigit()


def _unreadable(snapshot: Snapshot, unit: str, departures: Departures, versions: Versions) -> OfficeUnit:
    folder = f"{RECORDS}/{unit}/"
    files = files_of_unit(snapshot.texts, folder, versions)
    errors = sum(it.severity == "error" and it.place.path.startswith(folder) for it in snapshot.problems)
    found = departures.take(lambda it: it.unit == unit)
    own = Sheet("", "单位的文件", (files,), (), found, errors)
    return OfficeUnit(unit, unit, readable=False, level="", proves="", own=own, periods=())


def _history(audit: Audit, departures: Departures) -> OfficeHistory:
    return OfficeHistory(
        head=audit.head,
        bootstrap=audit.bootstrap,
        steps=audit.steps,
        commits=audit.commits,
        times=times(audit),
        started=BOOTSTRAP,
        receipts=_receipts(audit.receipts) if audit.receipts is not None else None,
        departures=departures.rest(),
        notes=tuple(map(visible, audit.notes)),
    )


def _receipts(receipts: Receipts) -> OfficeReceipts:
    return OfficeReceipts(receipts.head, receipts.count, tuple(map(visible, receipts.keys)), receipts.anchored)
