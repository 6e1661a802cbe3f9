"""A unit's duties in a year, period by period, each from memory where nothing that it rests on has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pingshi.evaluation.parts import period_of
from pingshi.evaluation.remembered import remembered
from pingshi.files import read_each
from pingshi.layout import RECORDS, SCHEMES
from pingshi.periods import Period

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pingshi.agenda import Duty
    from pingshi.evaluation.cache import Cache
    from pingshi.evaluation.parts import Source
    from pingshi.files import Blob
    from pingshi.records import UnitRecords


def duties_of(
    sources: Iterable[Source], unit: str, year: Period, *, several: bool = False, cache: Cache | None = None
) -> list[Duty] | None:
    """Return all duties of a unit's year, done or not; None where its `unit.yml` can't be read."""
    from pingshi.agenda import read_duty  # noqa: PLC0415 -- as below

    general: list[Source] = []
    dated: list[tuple[Period, Source]] = []
    for it in sources:
        top, name, folder = [*it.path.split("/"), "", ""][:3]
        if top == SCHEMES:
            general.append(it)
        elif top == RECORDS and name == unit:
            within = period_of(folder)
            if within is None:
                general.append(it)
            elif year.contains(within):
                dated.append((within, it))
    common = read_each(general)
    periods: list[str] | None = remembered(
        f"periods {unit} {year}", common, lambda: _periods(common, unit, year, several=several), several=several
    )
    if not periods:
        return None if periods is None else []
    found: list[Duty] = []
    for name in periods:
        period = Period.parse(name)
        own = read_each(it for within, it in dated if _belongs(within, period))
        kept = remembered(
            f"duties {unit} {name}",
            [*common, *own],
            lambda own=own, period=period: _duties([*common, *own], unit, period, several=several),  # type: ignore[misc]  # mypy doesn't see defaults of a lambda
            several=several,
            cache=cache,
        )
        found += [read_duty(it) for it in kept]
    return found


def _belongs(within: Period, period: Period) -> bool:
    """Tell whether a folder's records are a period's: a year's own are those of no shorter period."""
    return within == period if period.kind == "year" else period.contains(within)


def _records(blobs: Sequence[Blob], unit: str, *, several: bool) -> UnitRecords | None:
    from pingshi.records import take  # noqa: PLC0415 -- all the models, which nothing unchanged needs

    return take(blobs, several=several).units.get(unit)


def _periods(blobs: Sequence[Blob], unit: str, year: Period, *, several: bool) -> list[str] | None:
    """Return the periods of assessment of a year, and the year; none where no scheme is in force in it."""
    from pingshi.grading import periods_of  # noqa: PLC0415 -- as above

    records = _records(blobs, unit, several=several)
    if records is None:
        return None
    return [*map(str, periods_of(records, year)), str(year)] if records.book(year) is not None else []


def _duties(blobs: Sequence[Blob], unit: str, period: Period, *, several: bool) -> list[dict[str, Any]]:
    from pingshi.agenda import duties  # noqa: PLC0415 -- as above

    records = _records(blobs, unit, several=several)
    return [] if records is None else [it.as_json() for it in duties(records, period)]
