"""Which records bear on one person's result: what an appeal must be able to look at, and nothing else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from pingshi.layout import BY_NAME, Misplaced, locate, scheme_path

if TYPE_CHECKING:
    from collections.abc import Collection

    from pingshi.layout import Location
    from pingshi.periods import Period

Bearing = Literal["always", "where named"]

#: One file for all that the result rests on or that is done with it, whoever else is in it.
_COMMON = frozenset({"unit", "attendance", "ballots", "determination", "publicity"})
#: Files of others, or of nobody, which are needed only where they name the person.
_NAMING = frozenset({"reviews", "feedback", "spot_checks"})


def bearing(path: str, unit: str, person: str, period: Period, schemes: Collection[str]) -> Bearing | None:
    """Tell whether a file bears on somebody's result in a period (or year); None where it doesn't.

    `schemes`: those by which the period is judged. Other people's own files never do.
    """
    if any(path in (scheme_path(it), scheme_path(it, "clauses.yml")) for it in schemes):
        return "always"
    try:
        at = locate(path)
    except Misplaced:
        return None
    if at.unit != unit or not _in_time(at, period):
        return None
    if at.kind in _COMMON or (BY_NAME[at.kind].person == "person" and at.person == person):
        return "always"
    return "where named" if at.kind in _NAMING else None


def _in_time(at: Location, period: Period) -> bool:
    """Tell whether a record is undated, of the period or its months; or the goals of the year that it is part of."""
    if at.period is None:
        return True
    return period.contains(at.period) or (at.kind == "goals" and at.period.contains(period))


def names(data: bytes, person: str) -> bool:
    """Tell whether a file names somebody by id, however broken it may be otherwise."""
    return re.search(rb"(?<![a-z0-9-])%s(?![a-z0-9-])" % re.escape(person.encode()), data) is not None
