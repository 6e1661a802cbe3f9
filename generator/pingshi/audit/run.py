"""The audit itself: main from its root to a commit, in one pass, or on from where an earlier audit came to."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pingshi.audit.arrivals import arrivals
from pingshi.audit.judge import Claim, Context, Judgement, judge
from pingshi.audit.policy import Policies, group_of
from pingshi.audit.result import Act, Audit, Finding, Receipts, Recorded, SignatureState, Version
from pingshi.audit.seal import Seal
from pingshi.audit.state import State
from pingshi.audit.walk import Step, Walk
from pingshi.audit.words import HINTS, moment, plain, short
from pingshi.evaluation import Cache, cache_folder, program
from pingshi.history import (
    LINK,
    MAIN,
    RECEIPTS,
    SUBMODULE,
    Objects,
    ShallowError,
    UnknownRevisionError,
    opened_git,
    read_log,
    read_receipts,
)
from pingshi.layout import RECORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pingshi.audit.chain import Chain
    from pingshi.audit.policy import Policy
    from pingshi.history import Git

#: So many new commits may be gone over again before it is worth writing down how far one has come.
_KEPT_EVERY = 200
_NOT_PLAIN = frozenset({LINK, SUBMODULE})


@dataclass(frozen=True, slots=True)
class Ground:
    """A repository as the audit finds it: which commit, which receipts, and whatever would bend its history."""

    git: Git
    prefix: str
    head: str
    receipts: str | None
    main: str | None
    bent: tuple[str, ...]


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
    with Objects(ground.git) as objects:
        _go_on(ground, state, fresh, objects, cache, progress)
    if len(fresh) >= _KEPT_EVERY or (first == 0 and remember):
        cache.put(place, state.as_json())
    return _told(ground, state)


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


def survey(root: Path, rev: str | None, receipts: str | None) -> Ground:
    """Look at what there is before any history is read."""
    git = opened_git(root, "没有历史可以核对")
    shallow, common, *rest = git.text(
        *("rev-parse", "--is-shallow-repository", "--git-common-dir", "--show-prefix")
    ).split("\n")
    if shallow == "true":
        raise ShallowError(
            "这里只有最近的一部分历史（浅克隆），看不出每份记录由谁提交、由谁审核；先取全：git fetch --unshallow"
        )
    told = git.lines("for-each-ref", "--format=%(objectname) %(refname)", MAIN, RECEIPTS, "refs/replace")
    refs = {name: commit for commit, _, name in (it.partition(" ") for it in told)}
    head = git.commit(rev) if rev is not None else refs.get(MAIN) or git.commit("HEAD")
    if head is None:
        raise UnknownRevisionError(f"没有“{rev}”这个提交" if rev is not None else "仓库里还没有提交")
    chain = refs.get(RECEIPTS) if receipts is None else git.commit(receipts) if receipts else None
    bent = tuple(f"替换引用 {name}" for name in refs if name.startswith("refs/replace/"))
    grafts = root / common / "info" / "grafts"
    if grafts.is_file() and grafts.read_bytes().strip():
        bent += ("嫁接文件 info/grafts",)
    return Ground(git, rest[0] if rest else "", head, chain, refs.get(MAIN), bent)


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


def _go_on(
    ground: Ground,
    state: State,
    fresh: list[str],
    objects: Objects,
    cache: Cache,
    progress: Callable[[int, int], None] | None,
) -> None:
    """Carry the state on over the new commits of main, by the receipts that have been read."""
    first = len(state.main) - len(fresh)
    known = state.main[max(first - 1, 0) : first]
    policies = Policies(objects)
    if fresh:
        for path, blob in state.entries.items():
            if group_of(path) is not None and path not in state.links:
                policies.change(path, blob)
    walk = Walk(fresh, state.entries, lambda commit, path: objects.id_at(commit, ground.prefix + path), first)
    judged: list[Judgement] = []
    for commit in read_log(ground.git, [ground.head], without=known, prefix=ground.prefix) if fresh else ():
        state.commits += 1
        step = walk.take(commit)
        if step is None:
            continue
        judged.append(_judged(step, state, policies, ground.git))
        walk.settle(step)
        _settle(step, state, policies)
        if progress is not None:
            progress(len(judged), len(fresh))
    _note_keys(state, first + len(judged), policies if fresh else None)
    seal = Seal(ground.git, cache)
    seal.look(judged, [commit for commit, _ in state.chain.signed])
    for it in judged:
        _enter(it, state, seal)
    _sealed(state, seal)


def _read_receipts(ground: Ground, state: State) -> None:
    if ground.receipts is None or ground.receipts == state.chain.head:
        return
    places = {commit: number for number, commit in enumerate(state.main)}
    later: frozenset[str] = frozenset()
    if ground.main is not None and ground.main != ground.head:
        later = frozenset(ground.git.lines("rev-list", "--first-parent", ground.main, f"^{ground.head}"))
    state.chain.take(read_receipts(ground.git, ground.receipts, after=state.chain.head), places, later)


def _judged(step: Step, state: State, policies: Policies, git: Git) -> Judgement:
    policy = policies.now()
    if not step.is_root:
        _note_policy(state, step.number, policy)
    context = Context(
        policy=_after(step, policies) if step.is_root else policy,
        standing=state.entries,
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


def _note_policy(state: State, step: int, policy: Policy) -> None:
    keys = tuple(sorted(policy.server_keys()))
    if not state.server or state.server[-1][1] != keys:
        state.server.append((step, keys))


def _note_keys(state: State, step: int, policies: Policies | None) -> None:
    """Note the server's keys as of the head, so that a receipt of the last step, or the root's own, finds them."""
    if policies is not None:
        _note_policy(state, step, policies.now())


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


def _sealed(state: State, seal: Seal) -> None:
    """Hold the receipts' signatures against the keys that the roster listed when they were made."""
    chain = state.chain
    for commit, step in chain.signed:
        signature = seal.of(commit)
        key = signature.fingerprint if signature.state == "valid" else None
        trusted = _listed(state, step) or frozenset(chain.keys[:1])
        if key is None or (trusted and key not in trusted):
            says = f"回执 {short(commit)} 不是用服务器的密钥签的"
            chain.findings.append(Finding("bad-receipt", None, commit, says, HINTS["bad-receipt"]))
        elif key not in chain.keys:
            chain.keys.append(key)
    chain.signed.clear()


def _listed(state: State, step: int) -> frozenset[str]:
    """Return the server's keys by the roster in force just before a step; before the root, the root's own."""
    found = state.server[0][1] if state.server else ()
    for since, keys in state.server:
        if since <= step:
            found = keys
    return frozenset(found)


def _told(ground: Ground, state: State) -> Audit:
    with Objects(ground.git) as objects:
        policies = Policies(objects)
        for path, blob in state.entries.items():
            if group_of(path) is not None and path.endswith("/unit.yml") and path not in state.links:
                policies.change(path, blob)
        policy = policies.now()
    chain = state.chain
    missing = [_missing(*it) for number, it in sorted(state.uncovered.items()) if number not in chain.covered]
    steps = [*state.findings, *state.unapproved.values()]
    findings = [it for _, it in sorted(steps, key=lambda it: it[0])]
    bent = [_bent(it, ground.head) for it in ground.bent]
    records = tuple(
        Recorded(path, tuple(versions))
        for path, versions in sorted(state.versions.items())
        if path.startswith(f"{RECORDS}/") and path in state.entries
    )
    receipts = None
    if chain.head is not None:
        anchored = bool(state.server and state.server[-1][1])
        receipts = Receipts(chain.head, chain.count, tuple(chain.keys), anchored, tuple(chain.gaps), chain.simulated)
    return Audit(
        head=ground.head,
        bootstrap=state.main[0],
        steps=len(state.main),
        commits=state.commits,
        trust={name: policy.level(name) for name in policy.units},
        units={name: it.unit.name for name, it in policy.units.items()},
        receipts=receipts,
        records=records,
        findings=(*findings, *chain.findings, *missing, *bent),
        notes=tuple(_notes(policy, receipts, _nameless(chain))),
    )


def _missing(commit: str, at: int, unit: str | None) -> Finding:
    says = f"主线（main）的提交 {short(commit)} 没有服务器的回执，{moment(at)} 是提交人自己电脑上的时间"
    return Finding("missing-receipt", None, commit, says, HINTS["missing-receipt"], unit, at)


def _bent(what: str, head: str) -> Finding:
    says = f"仓库里有{what}，会让 git 显示另一段历史；核对时没有理会它，看的是真正的历史"
    return Finding("rewritten-history", None, head, says, "请信息技术人员查明由来后删掉，再核对一次")


def _nameless(chain: Chain) -> int:
    """Return how many of main's steps came from nobody knows which account; the root is the administrator's."""
    return sum(it.pusher is None for number, it in chain.steps.items() if number)


def _notes(policy: Policy, receipts: Receipts | None, nameless: int) -> Iterable[str]:
    if receipts is None:
        yield "没有服务器的回执，时间都是提交人自己电脑上的，不能作为是否按时的证明。"
        if any(policy.level(it) != "forge" for it in policy.units):
            yield "回执不随克隆自动取来；先运行 git fetch origin '+refs/pingshi/*:refs/pingshi/*'，再核对一次。"
        return
    if not receipts.anchored:
        yield "unit.yml 的 trust 里没有写服务器公钥（server_keys），只能认第一份回执用的密钥；请信息技术人员补上。"
    if receipts.simulated:
        yield "有的回执用的是演示时钟，不是真正的时间。"
    if nameless:
        yield f"有 {nameless} 次更新的回执没有记下推送的账号（服务器没有核对登录），只能证明时间，不能证明是谁推送的。"
    for time, reason, steps in receipts.gaps:
        yield f"{moment(time)} 补登了 {steps} 次更新的回执，原因：{plain(reason)}；这几次更新的时间以提交人所写为准。"
