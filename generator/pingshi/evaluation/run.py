"""Checking all parts of a repository: what is unchanged from memory, the rest anew, by two processes."""

from __future__ import annotations

import gc
import os
import pickle
import re
import signal
from typing import TYPE_CHECKING

from pingshi.diagnostics import arranged
from pingshi.evaluation.cache import Cache, folder
from pingshi.evaluation.parts import Group, grouped
from pingshi.evaluation.verdict import Verdict
from pingshi.evaluation.work import Work
from pingshi.files import read_each
from pingshi.layout import SCHEMES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import NoReturn

    from pingshi.diagnostics import Problem
    from pingshi.evaluation.parts import Source

    Progress = Callable[[int, int], None]

#: Fewer files than this are not worth a second process.
SHARED_FROM = 1_500
_SCHEME = re.compile(rb"scheme:\s*([a-z0-9-]+)")


def check_parts(
    sources: Sequence[Source],
    *,
    several: bool = False,
    only: Callable[[Group], bool] | None = None,
    cache: Cache | None = None,
    alone: bool = False,
    progress: Progress | None = None,
) -> Verdict:
    """Return what is wrong in these files; `several` where two or more roots were given.

    `only` chooses among the groups (units, schemes). `alone` keeps to one process, for
    callers with threads. `progress` is told how much of how much is done.
    """
    texts = {it.path: it for it in reversed(sources) if not it.is_placeholder}
    groups = grouped(sources)
    memory = Cache(folder()) if cache is None else cache
    schemes = read_each(it for (top, _), group in groups.items() if top == SCHEMES for it in group.general)
    work = Work(schemes, memory, several=several)
    chosen = [it for it in groups.values() if only is None or only(it)]
    jobs = [(group, part) for group in sorted(chosen, key=_neighbourhood) for part in group.names()]
    collecting = gc.isenabled()
    gc.disable()  # nearly everything lives until the end, and is looked at in vain
    try:
        if alone or len(sources) < SHARED_FROM or not hasattr(os, "fork") or (os.cpu_count() or 1) == 1:
            found = work.done(jobs, progress)
        else:
            found = _shared(work, *_halves(jobs), progress)
    finally:
        if collecting:
            gc.enable()
    memory.sweep()
    return Verdict(arranged(found), len(texts), texts)


def _neighbourhood(group: Group) -> tuple[str, str, str]:
    """Sort groups by what is probably their scheme, so that it is loaded by one process; nothing else depends on it."""
    if group.top == SCHEMES:
        return group.name, group.top, group.name
    unit = next((it.data or b"" for it in read_each(it for it in group.general if it.path.endswith("/unit.yml"))), b"")
    named = _SCHEME.search(unit)
    return named[1].decode() if named else "", group.top, group.name


def _halves(jobs: list[tuple[Group, str]]) -> tuple[list[tuple[Group, str]], list[tuple[Group, str]]]:
    """Cut the list where half of the files are read."""
    weights = [len(group.general) + 2 * len(group.parts.get(part, ())) for group, part in jobs]
    half, done = sum(weights) / 2, 0
    for index, weight in enumerate(weights):
        done += weight
        if done >= half:
            return jobs[: index + 1], jobs[index + 1 :]
    return jobs, []


def _shared(
    work: Work, mine: list[tuple[Group, str]], others: list[tuple[Group, str]], progress: Progress | None
) -> list[Problem]:
    """Do the work with a second process; what it leaves undone (killed, for example) is done here."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _answer(work, others, writing)
    os.close(writing)
    told = b""
    try:
        with open(reading, "rb") as answer:  # noqa: PTH123 -- a pipe, no path
            found = work.done(mine, progress)
            told = answer.read()
    finally:
        if not told:
            os.kill(child, signal.SIGKILL)  # nobody waits for its answer
        os.waitpid(child, 0)
    try:
        theirs: list[Problem] = pickle.loads(told)  # noqa: S301 -- from this very program
    except (pickle.UnpicklingError, EOFError):
        theirs = work.done(others, None)
    return found + theirs


def _answer(work: Work, jobs: list[tuple[Group, str]], writing: int) -> NoReturn:
    """Do the work in the second process, and end it there, without any of Python's farewells."""
    try:
        told = pickle.dumps(work.done(jobs, None))
        with open(writing, "wb") as answer:
            answer.write(told)
    finally:
        os._exit(0)
