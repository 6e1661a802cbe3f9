"""The site while somebody is writing: made anew after each change, but only the pages that changed."""

from __future__ import annotations

import filecmp
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pingshi.publishing.build import render, write_tree

if TYPE_CHECKING:
    from datetime import date

    from pingshi.records import Snapshot

_INDEX = Path("search") / "search_index.json"
_SOURCES = ("site/overrides", "mkdocs.yml")


class Preview:
    """A site in a folder of its own, brought up to date as often as one likes.

    A page is rendered again when its Markdown differs. When pages come or go, or what
    all of them share changes, everything is.
    """

    def __init__(self, roots: list[Path], folder: Path) -> None:
        self.site = folder / "site"
        self._roots = roots
        self._tree = folder / "pages"
        self._fresh = folder / "fresh"
        self._shared: Any = None
        self.site.mkdir()

    def update(self, snapshot: Snapshot, on: date) -> int:
        """Bring the site up to date with a snapshot; returns how many pages were rendered. Raises as `build_site`."""
        shutil.rmtree(self._fresh, ignore_errors=True)
        settings = write_tree(snapshot, self._roots, on, self._fresh)
        fresh = _files(self._fresh)
        shared = (settings, sorted(fresh), self._state_of_sources())
        if shared != self._shared:
            shutil.rmtree(self._tree, ignore_errors=True)
            self._fresh.rename(self._tree)
            self._shared = None  # until it has worked
            render(self._roots, self._tree, self.site, settings, on)
            self._shared = shared
            return sum(1 for it in fresh if it.endswith(".md"))
        changed = [it for it in fresh if not filecmp.cmp(self._fresh / it, self._tree / it, shallow=False)]
        for it in changed:
            shutil.copyfile(self._fresh / it, self._tree / it)
            (self.site / it).with_suffix(".html").unlink(missing_ok=True)  # so that it counts as older
        if changed:
            before = _entries(self.site)
            render(self._roots, self._tree, self.site, settings, on, only_newer=True)
            _complete_index(self.site, before, {Path(it).with_suffix(".html").as_posix() for it in changed})
        return len(changed)

    def _state_of_sources(self) -> list[tuple[str, int]]:
        """Return what of the sources bears on every page, with the times of the last change."""
        files = [file for root in self._roots for it in _SOURCES for file in ((root / it), *(root / it).rglob("*"))]
        return sorted((str(it), it.stat().st_mtime_ns) for it in files if it.is_file())


def _files(folder: Path) -> list[str]:
    return [it.relative_to(folder).as_posix() for it in sorted(folder.rglob("*")) if it.is_file()]


def _entries(site: Path) -> list[dict[str, Any]]:
    file = site / _INDEX
    found: list[dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))["docs"] if file.is_file() else []
    return found


def _complete_index(site: Path, before: list[dict[str, Any]], changed: set[str]) -> None:
    """Put the other pages back into the search index, which MkDocs made of the changed ones alone."""
    file = site / _INDEX
    if not file.is_file():
        return
    index = json.loads(file.read_text(encoding="utf-8"))
    kept = [it for it in before if it["location"].partition("#")[0] not in changed]
    index["docs"] = [*kept, *(it for it in index["docs"] if it["location"].partition("#")[0] in changed)]
    file.write_text(json.dumps(index, ensure_ascii=False), encoding="utf-8")
