"""Times of day in an office, different for everybody and alike each time: they come from names, not from chance."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, time, timedelta, timezone
from typing import Literal

BEIJING = timezone(timedelta(hours=8))
Part = Literal["morning", "afternoon", "day"]
#: When somebody may hand in, in minutes since midnight.
_PARTS: dict[Part, tuple[tuple[int, int], ...]] = {
    "morning": ((8 * 60 + 40, 10 * 60 + 50),),
    "afternoon": ((14 * 60 + 10, 15 * 60 + 50),),
    "day": ((8 * 60 + 40, 11 * 60 + 50), (14 * 60 + 10, 17 * 60 + 20)),
}
#: When leaders look at what waits for them: before noon and before they go home.
_LOOKS = ((11, 20), (17, 10))
_JITTER = 25


def chance(name: str, count: int) -> int:
    """Return a number below `count` that belongs to a name."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8]) % count


def moment(day: date, name: str, part: Part) -> int:
    """Return a time on a day, in seconds since 1970, at which somebody of that name may have handed in."""
    spans = _PARTS[part]
    which = chance(name, sum(last - first for first, last in spans) * 60)
    for first, last in spans:
        length = (last - first) * 60
        if which < length:
            return _at(day, first * 60 + which)
        which -= length
    raise AssertionError


def looks(day: date, name: str) -> list[int]:
    """Return when a leader of that name looks at what waits, on a working day."""
    return [
        _at(day, (hour * 60 + minute + chance(f"{name} {day} {hour}", _JITTER)) * 60 + chance(f"{day} {name}", 60))
        for hour, minute in _LOOKS
    ]


def at(day: date, hour: int, minute: int) -> int:
    """Return a time on a day, in seconds since 1970."""
    return _at(day, (hour * 60 + minute) * 60)


def day_of(moment: int) -> date:
    """Return the day in China on which a time falls."""
    return datetime.fromtimestamp(moment, BEIJING).date()


def _at(day: date, seconds: int) -> int:
    return int(datetime.combine(day, time(), BEIJING).timestamp()) + seconds
