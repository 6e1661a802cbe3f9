"""The states that each file of the samples went through, from how it reads at the end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from pingshi.demo.stories import stories
from pingshi.demo.windows import Window, window
from pingshi.demo.year import known_on
from pingshi.records import FeedbackNote, FiledForm

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pingshi.demo.stories import Change
    from pingshi.demo.year import Year
    from pingshi.layout import Location

#: A line of its own with a day on which something was done later than the rest of its item.
_LATER_LINE = re.compile(r"^(?:  #.*\n)?  reviewed_on: (\d{4}-\d{2}-\d{2})\n", re.MULTILINE)
_LEFT_LINE = re.compile(r"^left: \d{4}-\d{2}-\d{2}\n", re.MULTILINE)
_ITEM = re.compile(r"^(?=- )", re.MULTILINE)
#: Joining and leaving are known to the office some days before.
_KNOWN = timedelta(days=10)


class StoryError(Exception):
    """The samples and their stories do not fit together (`args[0]` says where, in Chinese)."""


@dataclass(frozen=True, slots=True)
class Version:
    """What stands in a file from a day within the window on; `says` where there is more to say than that it came."""

    location: Location
    text: bytes
    window: Window
    says: str | None = None


def beginning(year: Year, location: Location, text: bytes) -> bytes | None:
    """Return what stands in one of a unit's own files (`unit.yml`, people, facts) at first; None: it comes later."""
    known = year.records.people.get(location.person or "") if location.kind == "people" else None
    if known is not None and known.joined > year.first and not _named_by_unit(year, location):
        return None
    if location.kind == "facts":
        return _facts(year, location, text, year.first)
    return _people(year, location, _undone(text, _changes(location)))


def versions(year: Year, location: Location, text: bytes) -> Iterator[Version]:
    """Yield a file's states in order; of the unit's own files those after the beginning."""
    match location.kind:
        case "facts":
            yield from _fact_versions(year, location, text)
        case "unit" | "people":
            yield from _roster_versions(year, location, text)
        case "feedback":
            yield from _feedback_versions(year, location, text)
        case "filings":
            items = year.records.records[location]
            days = [it.on for it in items if isinstance(it, FiledForm)]
            for day in sorted(set(days)):
                known = _kept(text, [it <= day for it in days])
                yield Version(location, known, Window(day, day, f"filing {day}"))
        case _:
            yield from _changed(location, text, _window(year, location))


def _window(year: Year, location: Location) -> Window:
    found = window(year, location)
    for it in stories().later:
        if it.path == location.path:
            return Window(it.on, it.on, f"{found.batch} later")
    return found


# --- what stories tell -------------------------------------------------------------------


def _changes(location: Location) -> list[tuple[Change, tuple[tuple[str, str], ...]]]:
    return [(it, it.files[location.path]) for it in stories().changes if location.path in it.files]


def _undone(text: bytes, changes: Iterable[tuple[Change, tuple[tuple[str, str], ...]]]) -> bytes:
    """Return how a file read before these changes."""
    for change, pairs in changes:
        for now, was in pairs:
            if text.count(now.encode()) != 1:
                where = next(path for path, those in change.files.items() if those is pairs)
                raise StoryError(f"{where} 与演示脚本对不上（{change.says}）：里面没有“{now.strip()[:40]}”")
            text = text.replace(now.encode(), was.encode())
    return text


def _changed(location: Location, text: bytes, first: Window, begun: bytes | None = None) -> Iterator[Version]:
    """Yield a file as it was first, and after each change; `begun`: it stands like this already."""
    changes = _changes(location)
    if begun is None:
        yield Version(location, _undone(text, changes), first)
    for number, (change, _) in enumerate(changes, start=1):
        yield Version(
            location, _undone(text, changes[number:]), Window(change.on, change.on, change.batch), change.says
        )


# --- rosters -----------------------------------------------------------------------------


def _named_by_unit(year: Year, location: Location) -> bool:
    """Tell whether `unit.yml` names somebody, so that they must be known as long as it does."""
    return re.search(rf"(?<![\w-]){re.escape(location.person or '')}(?![\w-])", repr(year.records.unit)) is not None


def _people(year: Year, location: Location, text: bytes) -> bytes:
    known = year.records.people.get(location.person or "") if location.kind == "people" else None
    if known is None or known.left is None or known.left <= year.first:
        return text
    return _LEFT_LINE.sub("", text.decode()).encode()


def _roster_versions(year: Year, location: Location, text: bytes) -> Iterator[Version]:
    begun = beginning(year, location, text)
    known = year.records.people.get(location.person or "") if location.kind == "people" else None
    last = begun
    if known is not None and begun is None:
        last = _people(year, location, text)
        day = year.before(known.joined)
        yield Version(location, last, _roster(year.before(known.joined, 3), day), f"登记{known.name}到岗")
    for it in _changed(location, text, _roster(year.first, year.first), begun=text):
        last = it.text if known is None else _people(year, location, it.text)
        yield Version(location, last, it.window, it.says)
    if known is not None and known.left is not None and last != text:
        first = max(known.left - _KNOWN, year.first)
        yield Version(location, text, _roster(first, year.before(known.left)), f"登记{known.name}离开")


def _roster(first: date, last: date) -> Window:
    return Window(first, last, f"rosters {last:%Y-%m}")


# --- lists that grow ---------------------------------------------------------------------


def _kept(text: bytes, keep: Sequence[bool]) -> bytes:
    """Return a list's text with some of its items only; a comment belongs to the item before it."""
    head, *items = _ITEM.split(text.decode())
    if len(items) != len(keep):
        raise StoryError(f"“{items[0][:20] if items else head[:20]}”这份清单不是每项一段，演示程序拆不开")
    return "".join([head, *(it for it, kept in zip(items, keep, strict=True) if kept)]).encode()


def _facts(year: Year, location: Location, text: bytes, day: date) -> bytes | None:
    keep = [known_on(it) <= day for it in year.records.facts.get(location.person or "", ())]
    return _kept(text, keep) if any(keep) else None


def _fact_versions(year: Year, location: Location, text: bytes) -> Iterator[Version]:
    """The office enters what has happened before each decision, and the rest at the end."""
    last = beginning(year, location, text)
    days = sorted({day for it in year.decided if (day := year.eve(it)) is not None})
    for day in [*days, year.last]:
        known = text if day == year.last else _facts(year, location, text, day)
        if known is not None and known != last:
            last = known
            yield Version(location, known, Window(day, day, f"facts {day}"))


def _feedback_versions(year: Year, location: Location, text: bytes) -> Iterator[Version]:
    """All talks of a period are noted together, that somebody's improvement was looked at when it was."""
    items = year.records.records[location]
    days = sorted({it.reviewed_on for it in items if isinstance(it, FeedbackNote) and it.reviewed_on is not None})
    noted = window(year, location)
    later = [it for it in days if it > noted.last]
    yield Version(location, _as_of(text, noted.last), noted)
    for day in later:
        yield Version(location, _as_of(text, day), Window(day, day, f"improvements {day}"), "登记整改检查情况")


def _as_of(text: bytes, day: date) -> bytes:
    kept = _LATER_LINE.sub(lambda it: it[0] if date.fromisoformat(it[1]) <= day else "", text.decode())
    return kept.encode()
