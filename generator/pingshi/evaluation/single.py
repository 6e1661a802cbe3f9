"""Checking single files as an editor does: all that `check` says about them, from as little as that takes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from pingshi.diagnostics import arranged
from pingshi.evaluation.cache import Cache, folder
from pingshi.evaluation.parts import grouped
from pingshi.evaluation.verdict import Verdict
from pingshi.evaluation.work import Work
from pingshi.files import list_working_tree, read_each
from pingshi.layout import RECORDS, SCHEMES, Location, Misplaced, locate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from pingshi.diagnostics import Problem
    from pingshi.evaluation.parts import Group, Source

#: Kinds about which no check of a period's results speaks: they can be judged by who is who alone.
BY_THEMSELVES = frozenset({"goals", "logs", "reports", "attendance", "summaries", "spot_checks", "feedback"})


def check_files(roots: Sequence[Path], paths: Iterable[str], *, cache: Cache | None = None) -> Verdict:
    """Return what `check` says about the files at these paths and in these folders.

    An error in the unit's own `unit.yml` is told with them: as long as it stands, nobody
    can judge the unit's other files.
    """
    return check_listed(partial(list_working_tree, roots), paths, several=len(roots) > 1, cache=cache)


def check_listed(
    listing: Callable[[Callable[[str], bool]], Iterable[Source]],
    paths: Iterable[str],
    *,
    several: bool = False,
    cache: Cache | None = None,
) -> Verdict:
    """Do so over files from wherever they come: `listing` gives those whose path its argument wants, in order."""
    memory = Cache(folder()) if cache is None else cache
    problems: set[Problem] = set()
    sources: dict[str, Source] = {}
    for path in paths:
        location = _location(path)
        listed = list(listing(_on_the_way_to(SCHEMES, *_needed(path, location))))
        sources |= {it.path: it for it in listed if _is_under(it.path, path) and not it.is_placeholder}
        groups = grouped(listed)
        schemes = read_each(it for (top, _), group in groups.items() if top == SCHEMES for it in group.general)
        work = Work(schemes, memory, several=several)
        by_itself = location is not None and location.kind in BY_THEMSELVES
        for group in groups.values():
            parts = _parts(group, path)
            if not parts:
                continue
            found = work.by_themselves(group, parts) if by_itself else work.done([(group, part) for part in parts])
            unit = f"{group.top}/{group.name}/unit.yml" if group.top == RECORDS else None
            # A link or a closed folder above a file is all that can be said about it.
            problems |= {it for it in found if _is_under(it.place.path, path) or _is_under(path, it.place.path)}
            problems |= {it for it in found if it.place.path == unit and it.severity == "error"}
    return Verdict(arranged(problems), len(sources), sources)


def _location(path: str) -> Location | None:
    try:
        return locate(path)
    except Misplaced:
        return None


def _needed(path: str, location: Location | None) -> tuple[str, ...]:
    """Return the files and folders without which nothing can be said about a path."""
    if location is None:
        top, name = [*path.split("/"), ""][:2]
        return (f"{top}/{name}" if name else top,)
    unit = Location(location.unit, "unit").path
    if location.kind in BY_THEMSELVES:
        return (unit, unit.replace("unit.yml", "people"), path)
    return (unit.removesuffix("/unit.yml"),)


def _parts(group: Group, path: str) -> list[str]:
    """Return the parts of a group in which something may be said about the path."""
    place = f"{group.top}/{group.name}".removesuffix("/")
    if not (_is_under(place, path) or _is_under(path, place)):
        return []
    named = [name for name, files in group.parts.items() if any(_is_under(it.path, path) for it in files)]
    general = any(_is_under(it.path, path) for it in group.general)
    return group.names() if general or not named else sorted(named)


def _is_under(path: str, folder_or_file: str) -> bool:
    return path == folder_or_file or path.startswith(f"{folder_or_file}/")


def _on_the_way_to(*needed: str) -> Callable[[str], bool]:
    return lambda path: any(_is_under(path, it) or _is_under(it, path) for it in needed)
