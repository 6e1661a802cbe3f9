"""Sets of period folders, and the patterns that fit their names.

Folders are told up to 2099: a year has four digits, and a pattern that a person can still read is worth more than one
that lasts for ever.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, TypeVar

from pingshi.periods import Period

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pingshi.periods import PeriodKind

T = TypeVar("T")

_LAST_YEAR = 2099
#: How many periods of a kind a year has.
PARTS: Mapping[PeriodKind, int] = {"year": 1, "half": 2, "quarter": 4, "month": 12}


@dataclass(frozen=True, slots=True)
class Run:
    """Consecutive periods of one kind, from the first to the last; without a last one, all later ones too."""

    first: Period
    last: Period | None

    def periods(self) -> Iterator[Period]:
        """Yield the periods of a run that ends."""
        assert self.last is not None  # noqa: S101 -- asked of such runs only
        at = self.first
        while at <= self.last:
            yield at
            at = following(at)


def following(period: Period) -> Period:
    """Return the next period of the same kind."""
    if period.index < PARTS[period.kind]:
        return Period(period.kind, period.year, period.index + 1)
    return Period(period.kind, period.year + 1)


def all_of(kind: PeriodKind, first: int, last: int) -> list[Period]:
    """Return the periods of a kind from one year to another."""
    return [Period(kind, year, index + 1) for year in range(first, last + 1) for index in range(PARTS[kind])]


def runs_of(told: Iterable[tuple[Period, T]]) -> list[tuple[Run, T]]:
    """Join consecutive periods of which the same is told; what is told of the last one holds from then on."""
    groups = [([period for period, _ in those], value) for value, those in groupby(told, key=lambda it: it[1])]
    ends = [*(periods[-1] for periods, _ in groups[:-1]), None]
    return [(Run(periods[0], end), value) for (periods, value), end in zip(groups, ends, strict=True)]


def regexp_of(runs: Iterable[Run]) -> str:
    """Return a regular expression that fits the names of exactly these folders."""
    return _either(part for run in runs for part in _parts_of(run))


def _parts_of(run: Run) -> Iterator[str]:
    """Yield a pattern for each group of years of which the run has the same parts."""
    last = run.last or Period(run.first.kind, _LAST_YEAR, PARTS[run.first.kind])
    whole = PARTS[run.first.kind]

    def parts(year: int) -> tuple[int, int]:
        return (run.first.index if year == run.first.year else 1, last.index if year == last.year else whole)

    for bounds, years in groupby(range(run.first.year, last.year + 1), key=parts):
        those = list(years)
        yield _years(those[0], those[-1]) + _indices(run.first.kind, *bounds)


def _years(first: int, last: int) -> str:
    """Return a pattern for the years: by decades, and whole decades of one century together."""
    decades = [(it, max(first, it * 10) % 10, min(last, it * 10 + 9) % 10) for it in range(first // 10, last // 10 + 1)]
    found: list[str] = []
    for (century, bounds), those in groupby(decades, key=lambda it: (it[0] // 10, it[1:])):
        tens = [it[0] % 10 for it in those]
        found.append(f"{century}{_digits(tens[0], tens[-1])}{_digits(*bounds)}")
    return _either(found)


def _indices(kind: PeriodKind, first: int, last: int) -> str:
    if kind == "year":
        return ""
    if kind != "month":
        return f"-{'Q' if kind == 'quarter' else 'H'}{_digits(first, last)}"
    low = [f"0{_digits(first, min(last, 9))}"] if first <= 9 else []  # noqa: PLR2004 -- one digit
    high = [f"1{_digits(max(first, 10) - 10, last - 10)}"] if last > 9 else []  # noqa: PLR2004 -- two digits
    return f"-{_either([*low, *high])}"


def _digits(first: int, last: int) -> str:
    return str(first) if first == last else f"[{first}-{last}]"


def _either(parts: Iterable[str]) -> str:
    those = list(parts)
    return those[0] if len(those) == 1 else f"(?:{'|'.join(those)})"


def either(names: Iterable[str]) -> str:
    """Return a regular expression for one of some plain names, in order."""
    return _either(sorted(names))


def glob_of(kind: PeriodKind) -> str:
    """Return a pattern as shells write them that fits the folders of all periods of a kind."""
    return {"year": "????", "half": "*-H?", "quarter": "*-Q?", "month": "????-??"}[kind]
