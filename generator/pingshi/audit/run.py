"""The audit itself: main from its root to a commit, in one pass, or on from where an earlier audit came to."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from pingshi.audit.ground import Ground, survey
from pingshi.audit.keys import hold_receipts
from pingshi.audit.seal import Seal
from pingshi.audit.state import State
from pingshi.audit.told import told
from pingshi.evaluation import Cache, cache_folder, program
from pingshi.history import read_receipts

if TYPE_CHECKING:
    from collections.abc import Callable

    from pingshi.audit.result import Audit

#: So many new commits may be gone over again before it is worth writing down how far one has come.
_KEPT_EVERY = 200


def audit(
    root: Path,
    *,
    rev: str | None = None,
    receipts: str | None = None,
    remember: bool = True,
    progress: Callable[[int, int], None] | None = None,
) -> Audit:
    """Audit the history of main up to a commit.

    Args:
        root: a folder in the repository, or a bare one.
        rev: the commit; by default the branch main, or where there is none what is checked out.
        receipts: up to which receipt, by default to the last; an empty text for none, whatever there is.
        remember: go on from what an earlier audit found, and keep what this one finds.
        progress: told how many of main's commits are done, of how many.

    Raises:
        NoRepositoryError: there is no git, or no repository.
        ShallowError: the history is not all here.
        UnknownRevisionError: there is no such commit.

    """
    ground = survey(root, rev, receipts)
    cache = Cache(cache_folder() if remember else None)
    place = _key(ground)
    state = _kept(cache, place, ground)
    first = len(state.main)
    fresh = _taken_in(ground, state)
    if fresh is None:
        state, first = State(), 0
        fresh = _taken_in(ground, state) or []
    seal = Seal(ground.git, cache)
    if fresh:
        from pingshi.audit.advance import advance  # noqa: PLC0415 -- all the models, where anything is new

        advance(ground, state, fresh, seal, progress)
    hold_receipts(state, seal)
    if len(fresh) >= _KEPT_EVERY or (first == 0 and remember):
        cache.put(place, state.as_json())
    return told(ground, state)


def uncovered(root: Path) -> list[tuple[str | None, str, int]]:
    """Return the stretches of main that no receipt covers: the commit before, the last commit, how many commits."""
    ground = survey(root, None, None)
    state = State()
    state.main = _new_main(ground, state) or []
    _read_receipts(ground, state)
    found: list[tuple[str | None, str, int]] = []
    for number, commit in enumerate(state.main):
        if number in state.chain.covered:
            continue
        before = state.main[number - 1] if number else None
        if found and found[-1][1] == before:
            old, _, count = found.pop()
            found.append((old, commit, count + 1))
        else:
            found.append((before, commit, 1))
    return found


def _key(ground: Ground) -> str:
    digest = hashlib.sha256(program() + b"audit\0" + ground.prefix.encode())
    digest.update(str(Path(ground.git.folder).resolve()).encode(errors="surrogateescape"))
    return digest.hexdigest()


def _kept(cache: Cache, place: str, ground: Ground) -> State:
    """Return the state that an earlier audit kept, if it is one of this history; the receipts read must go on, too."""
    kept = cache.get(place)
    if kept is None:
        return State()
    try:
        state = State.of_json(kept)
    except (ValueError, KeyError, TypeError):
        return State()
    chain = state.chain.head
    if chain is not None and (
        ground.receipts is None or not ground.git.succeeds("merge-base", "--is-ancestor", chain, ground.receipts)
    ):
        return State()
    return state


def _new_main(ground: Ground, state: State) -> list[str] | None:
    """Return main's own commits after the state's, oldest first; None where the state is not of this history."""
    known = state.main[-1:]
    if known and ground.git.commit(known[0]) is None:
        return None
    told = ground.git.lines(
        *("rev-list", "--first-parent", "--reverse", "--parents", ground.head, *(f"^{it}" for it in known))
    )
    rows = [it.split(" ") for it in told]
    if known and rows and rows[0][1:2] != known:
        return None
    if known and not rows and known[0] != ground.head:
        return None
    return [it[0] for it in rows]


def _taken_in(ground: Ground, state: State) -> list[str] | None:
    """Take in main's new commits and the new receipts, and return those commits.

    None where the state can't be carried on: it is of another history, or it judged steps whose receipts came later.
    """
    fresh = _new_main(ground, state)
    if fresh is None:
        return None
    first, before = len(state.main), frozenset(state.chain.covered)
    state.main += fresh
    _read_receipts(ground, state)
    return None if any(it < first for it in state.chain.covered - before) else fresh


def _read_receipts(ground: Ground, state: State) -> None:
    if ground.receipts is None or ground.receipts == state.chain.head:
        return
    places = {commit: number for number, commit in enumerate(state.main)}
    later: frozenset[str] = frozenset()
    if ground.main is not None and ground.main != ground.head:
        later = frozenset(ground.git.lines("rev-list", "--first-parent", ground.main, f"^{ground.head}"))
    state.chain.take(read_receipts(ground.git, ground.receipts, after=state.chain.head), places, later)
