"""The work itself: reading a part's files and checking them, here or in a second process."""

from __future__ import annotations

import os
import pickle
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from pingshi.grading import unit_problems
from pingshi.layout import RECORDS, SCHEMES
from pingshi.records import Loaded, Shelf, loaded, units_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from pingshi.diagnostics import Problem
    from pingshi.evaluation.run import Part
    from pingshi.records import Blob

    Progress = Callable[[int, int], None] | None


class Work:
    """What every part needs: the schemes, each loaded when it is first asked for."""

    def __init__(self, schemes: Iterable[Blob], *, several: bool) -> None:
        self._several = several
        self._schemes = loaded(schemes, several=several)
        self._shelf = Shelf(self._schemes.schemes)

    def done(self, parts: Sequence[Part], progress: Progress) -> dict[str, list[Problem]]:
        """Return what is wrong in each part, by its key."""
        found: dict[str, list[Problem]] = {}
        for _, members in groupby(parts, key=lambda it: (it.group.top, it.group.name)):
            for part, problems in self._group(list(members)):
                found[part.key] = problems
                if progress is not None:
                    progress(len(found), len(parts))
        return found

    def shared(self, mine: Sequence[Part], others: Sequence[Part], progress: Progress) -> dict[str, list[Problem]]:
        """Return the same, with the others done by a second process; what it can't do is done here."""
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            self._answer(reading, writing, others)
        os.close(writing)
        with open(reading, "rb") as answer:  # noqa: PTH123 -- a pipe, no path
            found = self.done(mine, progress)
            told = answer.read()
        os.waitpid(child, 0)
        try:
            theirs: dict[str, list[Problem]] = pickle.loads(told)  # noqa: S301 -- from this very program
        except (pickle.UnpicklingError, EOFError):
            theirs = self.done(others, progress)
        return found | theirs

    def _answer(self, reading: int, writing: int, parts: Sequence[Part]) -> None:
        """Do the work in the second process, and end it there, without any of Python's farewells."""
        status = 1
        try:
            os.close(reading)
            told = pickle.dumps(self.done(parts, None))
            with open(writing, "wb") as answer:
                answer.write(told)
            status = 0
        finally:
            os._exit(status)

    def _group(self, parts: Sequence[Part]) -> Iterator[tuple[Part, list[Problem]]]:
        """Check parts of one group, whose general files are read once."""
        group = parts[0].group
        if group.top == SCHEMES:
            own = loaded(group.general, several=self._several)
            yield parts[0], [*own.problems, *Shelf(own.schemes).problems()]
            return
        general = loaded(group.general, several=self._several)
        for part in parts:
            whole = _joined(general, loaded(group.parts.get(part.name, ()), several=self._several))
            found = list(whole.problems)
            if group.top == RECORDS:
                units, faults = units_of(whole, self._shelf)
                found += faults
                found += [it for records in units.values() for it in unit_problems(records)]
            yield part, found


def _joined(general: Loaded, own: Loaded) -> Loaded:
    return replace(
        general,
        records=general.records | own.records,
        broken=general.broken | own.broken,
        problems=[*general.problems, *own.problems],
        texts={},
    )
