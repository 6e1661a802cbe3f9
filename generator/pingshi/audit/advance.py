"""The history that is new: every step judged by the rosters just before it, and entered into what is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pingshi.audit.arrivals import arrivals
from pingshi.audit.judgement import Claim, Context, Judgement
from pingshi.audit.judging import is_determination, judge
from pingshi.audit.policy import Policies, group_of
from pingshi.audit.result import Act, SignatureState, Version
from pingshi.audit.walk import Step, Walk
from pingshi.audit.words import plain
from pingshi.history import LINK, SUBMODULE, Objects, read_log

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Sequence

    from pingshi.audit.ground import Ground
    from pingshi.audit.policy import Policy
    from pingshi.audit.seal import Seal
    from pingshi.audit.state import State
    from pingshi.history import Git

_NOT_PLAIN = frozenset({LINK, SUBMODULE})


def advance(
    ground: Ground, state: State, fresh: Sequence[str], seal: Seal, progress: Callable[[int, int], None] | None
) -> None:
    """Carry the state on over the new commits of main, by the receipts that have been read.

    `fresh` are main's own, oldest first, and stand at the end of the state's already.
    """
    with Objects(ground.git) as objects:
        judged = _judged_all(ground, state, fresh, objects, progress)
    seal.look(judged)
    for it in judged:
        _enter(it, state, seal)


def _judged_all(
    ground: Ground,
    state: State,
    fresh: Sequence[str],
    objects: Objects,
    progress: Callable[[int, int], None] | None,
) -> list[Judgement]:
    first = len(state.main) - len(fresh)
    known = state.main[max(first - 1, 0) : first]
    policies = Policies(objects)
    for path, blob in state.entries.items():
        if group_of(path) is not None and path not in state.links:
            policies.change(path, blob)
    walk = Walk(fresh, state.entries, lambda commit, path: objects.id_at(commit, ground.prefix + path), first)
    judged: list[Judgement] = []
    decided = {it for it in (*state.entries, *state.versions) if is_determination(it)}
    for commit in read_log(ground.git, [ground.head], without=known, prefix=ground.prefix):
        state.commits += 1
        step = walk.take(commit)
        if step is None:
            continue
        judged.append(_judged(step, state, policies, ground.git, decided))
        walk.settle(step)
        decided.update(it.path for it in commit.changes if is_determination(it.path))
        _settle(step, state, policies)
        if progress is not None:
            progress(len(judged), len(fresh))
    _note_head(state, policies.now())
    return judged


def _note_head(state: State, policy: Policy) -> None:
    """Note what the head's rosters say of the units, and of the server's keys for receipts yet to come."""
    _note_keys(state, len(state.main), policy)
    state.trust = {name: policy.level(name) for name in policy.units}
    state.units = {name: it.unit.name for name, it in policy.units.items()}


def _judged(step: Step, state: State, policies: Policies, git: Git, decided: Container[str]) -> Judgement:
    policy = policies.now()
    if not step.is_root:
        _note_keys(state, step.number, policy)
    context = Context(
        policy=_after(step, policies) if step.is_root else policy,
        decided=decided,
        main=state.chain.steps.get(step.number),
        submissions=arrivals(step, state.chain, git),
        previous=state.previous,
    )
    return judge(step, context)


def _after(step: Step, policies: Policies) -> Policy:
    """The root is read by the roster that it brings itself: it has nothing before it."""
    _change(step, policies)
    return policies.now()


def _change(step: Step, policies: Policies) -> None:
    for it in step.commit.changes:
        policies.change(it.path, None if it.mode in _NOT_PLAIN else it.after)


def _settle(step: Step, state: State, policies: Policies) -> None:
    _change(step, policies)
    for it in step.commit.changes:
        if it.mode in _NOT_PLAIN:
            state.links.add(it.path)
        else:
            state.links.discard(it.path)
    state.previous = step.commit.committed


def _note_keys(state: State, step: int, policy: Policy) -> None:
    keys = tuple(sorted(policy.server_keys()))
    if not state.server or state.server[-1][1] != keys:
        state.server.append((step, keys))


def _enter(it: Judgement, state: State, seal: Seal) -> None:
    """Enter what a step came to, once its signatures are known."""
    step = it.step
    number = step.number
    state.findings += [(number, finding) for finding in it.findings]
    state.findings += [(number, finding) for finding in seal.findings(it)]
    for brought in it.versions:
        acts = (_act(brought.submitted, seal), _act(brought.approved, seal))
        says = plain((brought.submitted.commit if brought.submitted else step.commit).subject)
        state.versions.setdefault(brought.path, []).append(Version(step.commit.id, *acts, says, brought.deleted))
        state.unapproved.pop(brought.path, None)
    for finding in it.unapproved:
        state.unapproved[str(finding.path)] = (number, finding)
    if it.needs_receipt and number not in state.chain.covered:
        unit = next(iter(it.units)) if len(it.units) == 1 else None
        state.uncovered[number] = (step.commit.id, step.commit.committed, unit)


def _act(claim: Claim | None, seal: Seal) -> Act | None:
    if claim is None:
        return None
    state: SignatureState = seal.state(claim)
    return Act(claim.by, claim.name, claim.at, claim.commit.id, state, claim.received)
