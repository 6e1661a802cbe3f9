"""From commits to steps: each commit of main with the submission that it merged, and what it did besides.

Every commit is seen with what it changes against its first parent only. That is enough: what a branch submits is the
sum of its own chain of changes, and an honest merge changes main by exactly that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pingshi.history import LINK, SUBMODULE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from pingshi.history import Commit, Entry

_PAIR = 2


@dataclass(frozen=True, slots=True)
class Touched:
    """A file that a step changes on main, and the commit by which somebody wrote what stands there now.

    `writer` is None where no submission brought it: a direct push, or what a merge slipped in.
    """

    entry: Entry
    writer: Commit | None


@dataclass(frozen=True, slots=True)
class Step:
    """One commit of main along its first parents.

    Attributes:
        commit: the commit itself.
        number: its place on main, from 0.
        brought: the commits that came to main with it, oldest first, without itself.
        touched: the files that it changes on main.
        astray: files at which it holds neither what main had nor what was submitted.
        stranger: the merged branch has no history in common with main.

    """

    commit: Commit
    number: int
    brought: tuple[Commit, ...]
    touched: tuple[Touched, ...]
    astray: frozenset[str]
    stranger: bool

    @property
    def is_root(self) -> bool:
        """Tell whether it is the commit that everything began with."""
        return not self.commit.parents

    @property
    def is_merge(self) -> bool:
        """Tell whether it merged exactly one submission."""
        return len(self.commit.parents) == _PAIR

    @property
    def is_octopus(self) -> bool:
        """Tell whether it merged several at once."""
        return len(self.commit.parents) > _PAIR


class Walk:
    """Takes commits, parents before children, and makes a step of each one that is main's own.

    `main` says which are; `entries` is what stands on main (path → blob), brought up to date with each step. `at` tells
    what stands at a path of some commit: asked only where a branch had taken in main's news.
    """

    def __init__(
        self, main: Iterable[str], entries: dict[str, str], at: Callable[[str, str], str | None], number: int = 0
    ) -> None:
        self.entries = entries
        self._main = frozenset(main)
        self._at = at
        self._number = number
        self._waiting: dict[str, Commit] = {}
        self._places: dict[str, int] = {}

    def take(self, commit: Commit) -> Step | None:
        """Return the step that a commit is, or None where it waits to be merged."""
        if commit.id not in self._main:
            self._places[commit.id] = len(self._places)
            self._waiting[commit.id] = commit
            return None
        brought = self._brought(commit)
        step = self._step(commit, brought)
        self._number += 1
        return step

    def settle(self, step: Step) -> None:
        """Let a step take effect on what stands on main; the caller has looked at what stood there before."""
        for entry in step.commit.changes:
            if entry.after is None:
                self.entries.pop(entry.path, None)
            else:
                self.entries[entry.path] = entry.after

    def _brought(self, commit: Commit) -> tuple[Commit, ...]:
        found: dict[str, Commit] = {}
        asked = list(commit.parents[1:])
        while asked:
            waiting = self._waiting.pop(asked.pop(), None)
            if waiting is not None:
                found[waiting.id] = waiting
                asked += waiting.parents
        return tuple(sorted(found.values(), key=lambda it: self._places.pop(it.id)))

    def _step(self, commit: Commit, brought: tuple[Commit, ...]) -> Step:
        submitted: Mapping[str, tuple[str | None, str | None]] = {}
        stranger = False
        if len(commit.parents) == _PAIR:
            submitted, stranger = self._submitted(commit.parents[1], {it.id: it for it in brought})
        writers = _writers(brought)
        changed = {it.path: it for it in commit.changes}
        touched = tuple(
            Touched(it, writers.get((it.path, it.after)) if len(commit.parents) > 1 else None) for it in commit.changes
        )
        astray = self._astray(changed, submitted) if len(commit.parents) == _PAIR else frozenset()
        return Step(commit, self._number, brought, touched, astray, stranger)

    def _submitted(
        self, tip: str, brought: Mapping[str, Commit]
    ) -> tuple[Mapping[str, tuple[str | None, str | None]], bool]:
        """Return what a branch changes since it left main, as (before, after) by path; and whether it never was."""
        chain = []
        at: str | None = tip
        while at is not None and at in brought:
            commit = brought[at]
            chain.append(commit)
            at = commit.parents[0] if commit.parents else None
        found: dict[str, tuple[str | None, str | None]] = {}
        for commit in reversed(chain):
            news = [it for it in commit.parents[1:] if it not in brought]
            for it in commit.changes:
                before = found[it.path][0] if it.path in found else it.before
                if any(self._at(other, it.path) == it.after for other in news):
                    before = _held(it)  # main's own news, taken into the branch
                found[it.path] = (before, _held(it))
        return {path: it for path, it in found.items() if it[0] != it[1]}, at is None

    def _astray(
        self, changed: Mapping[str, Entry], submitted: Mapping[str, tuple[str | None, str | None]]
    ) -> frozenset[str]:
        """Return the paths at which a merge is neither main's nor the submission's."""
        found = {path for path, it in changed.items() if path not in submitted and it.before != _held(it)}
        for path, (before, after) in submitted.items():
            now = self.entries.get(path)
            result = _held(changed[path]) if path in changed else now
            if now in (before, after):
                if result != after:
                    found.add(path)
            elif result not in (now, after):
                found.add(path)  # both had changed it, and the merge made a third thing of it
        return frozenset(found)


def _held(entry: Entry) -> str | None:
    """Return what stands at a path after a change; a link is never the same as a file of that content."""
    return f"{entry.mode} {entry.after}" if entry.mode in (LINK, SUBMODULE) else entry.after


def _writers(brought: Iterable[Commit]) -> dict[tuple[str, str | None], Commit]:
    """Return by which commit each content came to each path last.

    Whoever merges another's branch into their own submits what comes with it: a draft that its author has withdrawn
    would come back otherwise as if that one had handed it in.
    """
    return {(it.path, it.after): commit for commit in brought for it in commit.changes}
