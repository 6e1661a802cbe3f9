"""When, and from which account, the server received what a step of main brought: before it was approved."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pingshi.audit.chain import Chain
    from pingshi.audit.received import Received
    from pingshi.audit.walk import Step
    from pingshi.history import Commit, Git


def arrivals(step: Step, chain: Chain, git: Git) -> dict[str, Received]:
    """Return when each brought commit was first received on a submission's branch, and from whom.

    What was received after the step itself says nothing of it: by then everybody had it from main. A clone without the
    submissions' branches can't tell of an earlier commit what has been pushed with it.
    """
    pending, arrived = chain.pending, chain.steps.get(step.number)
    brought = {it.id: it for it in step.brought}
    found: dict[str, Received] = {}
    tips = [it for it in brought if it in pending and (arrived is None or pending[it].time <= arrived.time)]
    for tip in sorted(tips, key=lambda it: pending[it].time):
        _reach(tip, pending.pop(tip), brought, found)
    if arrived is None:
        return found
    early = (
        [it for it, received in pending.items() if received.time <= arrived.time] if len(found) < len(brought) else []
    )
    for commit in reversed(brought):
        longer = [] if commit in found else _going_on(git, commit, early)
        if longer:
            _reach(commit, min((pending[it] for it in longer), key=lambda it: it.time), brought, found)
    return found


def _reach(tip: str, received: Received, brought: Mapping[str, Commit], found: dict[str, Received]) -> None:
    """Note of a commit, and of those behind it that a step brought, when they were received."""
    asked = [tip]
    while asked:
        commit = asked.pop()
        if commit in brought and commit not in found:
            found[commit] = received
            asked += brought[commit].parents


def _going_on(git: Git, commit: str, tips: Sequence[str]) -> list[str]:
    """Return the tips that go on from a commit: more was pushed at once than has been approved."""
    if not tips:
        return []
    told = "".join(f"{it}\n" for it in (*tips, f"^{commit}")).encode()
    after = set(git.lines("rev-list", "--ignore-missing", "--ancestry-path", "--stdin", data=told))
    return [it for it in tips if it in after]
