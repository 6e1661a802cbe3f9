"""A unit's duties in a year, period by period, each from memory where nothing that it rests on has changed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from pingshi.evaluation.cache import Cache, digest_of
from pingshi.evaluation.cache import folder as folder_of_entries
from pingshi.evaluation.parts import period_of
from pingshi.evaluation.remembered import remembered
from pingshi.files import read_each
from pingshi.layout import RECORDS, SCHEMES
from pingshi.periods import Period

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from pingshi.agenda import Duty
    from pingshi.evaluation.parts import Source
    from pingshi.files import Blob
    from pingshi.records import UnitRecords


@dataclass(frozen=True, slots=True)
class Agenda:
    """A unit's open duties: those that are done are left out.

    `unusable`: for what part of the year no scheme could be used, so that no duty of it is known. `readable` is False
    where the unit's own file can't be read: then nothing is known. `unit`, `names`: what it and its people are called.
    """

    unit: str
    names: Mapping[str, str]
    duties: tuple[Duty, ...]
    unusable: tuple[str, ...]
    readable: bool


def agenda_of(
    sources: Iterable[Source],
    unit: str,
    year: Period,
    *,
    until: date | None = None,
    several: bool = False,
    cache: Cache | None = None,
) -> Agenda:
    """Return all open duties of a unit's year, whatever day it is; only those that begin by a day where it is named."""
    from pingshi.agenda import read_duty  # noqa: PLC0415 -- as below

    general: list[Source] = []
    dated: dict[Period, list[Source]] = {}
    for it in sources:
        top, name, folder = [*it.path.split("/", 3), "", ""][:3]
        if top == SCHEMES:
            general.append(it)
        elif top == RECORDS and name == unit:
            within = period_of(folder)
            if within is None:
                general.append(it)
            elif within.year == year.year:
                dated.setdefault(within, []).append(it)
    common = read_each(general)
    upon = digest_of(common)
    memory = Cache(folder_of_entries()) if cache is None else cache
    begun: dict[str, Any] = remembered(
        f"periods {unit} {year}",
        (),
        lambda: _periods(common, unit, year, several=several),
        several=several,
        cache=memory,
        upon=upon,
    )
    found: list[Duty] = []
    for name in begun["periods"]:
        period = Period.parse(name)
        own = read_each(it for within, files in dated.items() if _belongs(within, period) for it in files)
        kept = remembered(
            f"open duties {unit} {name}",
            own,
            partial(_duties, [*common, *own], unit, period, several=several),
            several=several,
            cache=memory,
            upon=upon,
        )
        found += [read_duty(it) for it in kept if until is None or it["since"] <= str(until)]
    return Agenda(begun["unit"], begun["names"], tuple(found), tuple(begun["unusable"]), begun["readable"])


def _belongs(within: Period, period: Period) -> bool:
    """Tell whether a folder's records are a period's: a year's own are those of no shorter period."""
    return within == period if period.kind == "year" else period.contains(within)


def _records(blobs: Sequence[Blob], unit: str, *, several: bool) -> UnitRecords | None:
    from pingshi.records import take  # noqa: PLC0415 -- all the models, which nothing unchanged needs

    return take(blobs, several=several).units.get(unit)


def _periods(blobs: Sequence[Blob], unit: str, year: Period, *, several: bool) -> dict[str, Any]:
    """Return the periods of assessment of a year, and the year; none where no scheme is in force in it."""
    from pingshi.grading import periods_of, unusable_periods  # noqa: PLC0415 -- as above

    records = _records(blobs, unit, several=several)
    if records is None:
        return {"periods": [], "unusable": [], "readable": False, "unit": unit, "names": {}}
    whole = [str(year)] if records.book(year) is not None else []
    return {
        "periods": [*map(str, periods_of(records, year)), *whole],
        "unusable": [it.title for it in unusable_periods(records, year)],
        "readable": True,
        "unit": records.unit.name,
        "names": {it: person.name for it, person in records.people.items()},
    }


def _duties(blobs: Sequence[Blob], unit: str, period: Period, *, several: bool) -> list[dict[str, Any]]:
    from pingshi.agenda import duties  # noqa: PLC0415 -- as above

    records = _records(blobs, unit, several=several)
    return [] if records is None else [it.as_json() for it in duties(records, period) if not it.done]
