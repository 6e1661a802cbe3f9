"""What happened in the samples' year that their last state no longer shows, and what somebody did wrong in it.

The samples are what stands at the end. `stories.yml` tells how some files read before somebody moved to another
department, a task was put off, an objection was upheld; and the few deeds that the audit is there to find, `told` as
whoever looks at the demonstration is told of them. A story whose file is not there is left out; one whose words are not
in it is an error.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from pingshi.layout import RECORDS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


@dataclass(frozen=True, slots=True)
class Change:
    """A day on which files came to read as they do.

    `files` is by path: for each, pairs of what stands there now and what stood there before. `batch`: handed in
    together with the other records of that batch (see `windows`).
    """

    on: date
    batch: str
    says: str
    files: Mapping[str, tuple[tuple[str, str], ...]]
    told: str | None


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A record that was handed in on another day than it would have been."""

    on: date
    path: str
    told: str | None


@dataclass(frozen=True, slots=True)
class Wrong:
    """An approval that was no approval: pushed to the server's main past its hooks, by whoever has its disk.

    `by` is whom the merge names, `key` whose key signed it. `repaired`: when and why somebody had a receipt entered
    later for what had come without one.
    """

    on: date
    path: str
    by: str
    key: str
    told: str
    repaired: tuple[date, str] | None


@dataclass(frozen=True, slots=True)
class Stories:
    """All of them, each kind in order of time."""

    changes: tuple[Change, ...]
    later: tuple[HandedIn, ...]
    wrongs: tuple[Wrong, ...]


@cache
def stories() -> Stories:
    """Return the stories, from the file that comes with the program."""
    data = yaml.safe_load((Path(__file__).parent / "stories.yml").read_text(encoding="utf-8"))
    return Stories(
        changes=tuple(_change(it) for it in data["changes"]),
        later=tuple(HandedIn(it["day"], _path(it, it["path"]), it.get("told")) for it in data["later"]),
        wrongs=tuple(_wrong(it) for it in data["wrongs"]),
    )


def _change(it: Mapping[str, Any]) -> Change:
    files = {
        _path(it, path): tuple((pair["now"], pair["was"]) for pair in pairs) for path, pairs in it["files"].items()
    }
    return Change(it["day"], it["batch"], it["says"], files, it.get("told"))


def _wrong(it: Mapping[str, Any]) -> Wrong:
    repaired = (it["repaired_on"], it["reason"]) if "reason" in it else None
    return Wrong(it["day"], _path(it, it["path"]), it["by"], it["key"], it["told"], repaired)


def _path(it: Mapping[str, Any], path: str) -> str:
    """Return a path from the repository's root: in the file they are told from the unit's folder."""
    return f"{RECORDS}/{it['unit']}/{path}"
