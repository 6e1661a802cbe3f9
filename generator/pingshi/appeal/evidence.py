"""The proof of a case: each version of what bears on it, who wrote and approved it, and git's own objects."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pingshi.appeal.bearing import bearing, names
from pingshi.appeal.identity import Identities
from pingshi.appeal.past import Past
from pingshi.appeal.signers import SERVER, Signer, signers
from pingshi.audit import Act, plain, short
from pingshi.history import Collection, opened_git, prefix_of

if TYPE_CHECKING:
    from collections.abc import Collection as Names
    from pathlib import Path

    from pingshi.appeal.past import Proof
    from pingshi.audit import Audit, Version
    from pingshi.history import Commit
    from pingshi.periods import Period

#: Where copies of versions that no longer stand are put.
EARLIER = "earlier"


@dataclass(frozen=True, slots=True)
class Done:
    """Somebody's submitting or approving. `principal`: whose key should have signed, None where nobody is known."""

    act: Act
    principal: str | None
    proof: Proof | None


@dataclass(frozen=True, slots=True)
class Stood:
    """A version of a record on main.

    `commit` is the one of main that brought it; `blob` is None where it took the record away; `copy` is where it lies
    in the bundle; `stands`: it is the one that counts now.
    """

    path: str
    commit: str
    blob: str | None
    copy: str | None
    stands: bool
    submitted: Done | None
    approved: Done | None
    says: str


@dataclass(slots=True)
class Evidence:
    """What a case rests on.

    Attributes:
        head: the last commit of main that was looked at, and the receipt that covers it.
        bearing: for each path its versions, the oldest first.
        copies: what lies at each path of the bundle.
        kinds: git's objects that are in the pack, with their kinds.
        commits: what must hold of each commit: its role, whose signature it bears, and whether it must.
        chains: runs of commits, each the parent of the one before it.
        files: what must stand where: (commit, path, blob, copy); None: nothing.
        proofs: the receipts, by their own commit and the one that they cover.
        prefix: where in the repository the records stand.
        signers: whose key counted when.
        pack: the objects.

    """

    head: str
    covered: Proof | None = None
    bearing: dict[str, list[Stood]] = field(default_factory=dict)
    copies: dict[str, bytes] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    commits: dict[str, tuple[str, str | None, str]] = field(default_factory=dict)
    chains: set[tuple[str, ...]] = field(default_factory=set)
    files: set[tuple[str, str, str | None, str | None]] = field(default_factory=set)
    proofs: dict[tuple[str, str], Proof] = field(default_factory=dict)
    prefix: str = ""
    signers: list[Signer] = field(default_factory=list)
    pack: bytes = b""


def gather(folder: Path, audit: Audit, unit: str, person: str, period: Period, schemes: Names[str]) -> Evidence:
    """Return the proof of somebody's case. `schemes`: those by which the period is judged."""
    git = opened_git(folder, "没有历史可以导出")
    prefix = prefix_of(git)
    past = Past(git, audit.head, audit.receipts.head if audit.receipts else None, prefix)
    with Collection(git, prefix) as objects:
        gathering = _Gathering(audit, past, objects, unit)
        gathering.take(person, period, schemes)
        found = gathering.found
        found.kinds = dict(sorted(objects.kinds.items()))
        found.pack = objects.pack()
        found.prefix = prefix
    return found


class _Gathering:
    """Carries together what one case needs."""

    def __init__(self, audit: Audit, past: Past, objects: Collection, unit: str) -> None:
        self.past = past
        self.objects = objects
        self.unit = unit
        self.found = Evidence(audit.head)
        self.must_sign = audit.trust.get(unit) == "signatures"
        self.told: dict[tuple[str, str], Version] = {
            (record.path, version.commit): version for record in audit.records for version in record.versions
        }
        self.identities = Identities(past, objects.read)

    def take(self, person: str, period: Period, schemes: Names[str]) -> None:
        """Take every version of what bears on the case, and the head, which shows what stands."""
        for path, versions in sorted(self._versions(person, period, schemes).items()):
            self._record(path, versions)
        head = self.found.head
        self.objects.commit(head)
        self.found.commits.setdefault(head, ("head", None, "skip"))
        self.found.covered = self._prove(self.past.arrival(head))
        self.found.signers = signers(self.past, self.identities.asked, self.objects.read, self._when)

    def _versions(self, person: str, period: Period, schemes: Names[str]) -> dict[str, list[tuple[Commit, str | None]]]:
        """Return (commit of main, blob) of every version of each file that bears on the case."""
        versions: dict[str, list[tuple[Commit, str | None]]] = {}
        where_named: set[str] = set()
        for step in self.past.main:
            commit = self.past.commits[step]
            for change in commit.changes:
                bears = bearing(change.path, self.unit, person, period, schemes)
                if bears is not None:
                    versions.setdefault(change.path, []).append((commit, change.after))
                if bears == "where named":
                    where_named.add(change.path)
        for path in where_named:
            if not any(blob is not None and names(self.objects.read(blob), person) for _, blob in versions[path]):
                del versions[path]
        return versions

    def _record(self, path: str, versions: list[tuple[Commit, str | None]]) -> None:
        standing = versions[-1][1]
        copies: dict[str, str] = {}
        if standing is not None:
            copies[standing] = path
        rows = self.found.bearing.setdefault(path, [])
        for number, (commit, blob) in enumerate(versions, 1):
            if blob is not None and blob not in copies:
                copies[blob] = f"{EARLIER}/{number:02}-{short(commit.id)}/{path}"
            copy = copies[blob] if blob is not None else None
            if blob is not None and copy is not None:
                self.found.copies[copy] = self.objects.read(blob)
            self._holds(commit.id, path, blob, copy)
            submitted, approved = self._acts(path, commit, blob, copy)
            says = plain(commit.subject)
            stands = number == len(versions) and blob is not None
            rows.append(Stood(path, commit.id, blob, copy, stands, submitted, approved, says))
        self._holds(self.found.head, path, standing, path if standing is not None else None)

    def _holds(self, commit: str, path: str, blob: str | None, copy: str | None) -> None:
        self.objects.path(commit, path)
        self.found.files.add((commit, path, blob, copy))

    def _acts(self, path: str, commit: Commit, blob: str | None, copy: str | None) -> tuple[Done | None, Done | None]:
        told = self.told.get((path, commit.id))
        submitted, approved = (told.submitted, told.approved) if told is not None else self._claimed(path, commit, blob)
        if approved is None or approved.commit != commit.id:
            role = "direct" if commit.parents else "bootstrap"
            self.found.commits.setdefault(commit.id, (role, None, "skip"))
        return self._submitted(submitted, commit, path, blob, copy), self._approved(approved, commit)

    def _claimed(self, path: str, commit: Commit, blob: str | None) -> tuple[Act | None, Act | None]:
        """Return who wrote and approved what the audit has no entry for, by the commits' own word."""
        wrote = [
            it
            for it in self.past.brought_by(commit.id)
            if any((change.path, change.after) == (path, blob) for change in it.changes)
        ]
        merge = len(commit.parents) > 1
        submitted = self._act(wrote[-1], commit.id) if wrote else None if merge else self._act(commit, commit.id)
        return submitted, self._act(commit, commit.id) if merge else None

    def _act(self, commit: Commit, step: str) -> Act:
        proof = self.past.arrival(step) if commit.id == step else self.past.submission(commit.id, step)
        received = proof is not None and proof.receipt.kind == "push"
        at = proof.receipt.time if proof is not None and received else commit.authored
        known = self.identities.person(commit, step, self.unit)
        by, name = known or (None, plain(f"{commit.author.name} <{commit.author.email}>"))
        return Act(by, name, at, commit.id, "unknown" if commit.signed else "none", received)

    def _submitted(self, act: Act | None, commit: Commit, path: str, blob: str | None, copy: str | None) -> Done | None:
        if act is None:
            return None
        if act.commit == commit.id:
            return Done(act, self._principal(act, commit.id), self._prove(self.past.arrival(commit.id)))
        principal = self._principal(act, commit.id)
        self._holds(act.commit, path, blob, copy)
        chain = self.past.chain(commit.id, act.commit, {it.id for it in self.past.brought_by(commit.id)})
        if chain is not None:
            self._linked(chain)
            self.found.chains.add(chain)
        self.found.commits[act.commit] = ("submit", principal, "may")
        return Done(act, principal, self._prove(self.past.submission(act.commit, commit.id)))

    def _approved(self, act: Act | None, commit: Commit) -> Done | None:
        if act is None:
            return None
        principal = self._principal(act, commit.id)
        self.found.commits[commit.id] = ("approve", principal, "must" if self.must_sign else "may")
        return Done(act, principal, self._prove(self.past.arrival(commit.id)))

    def _principal(self, act: Act, step: str) -> str | None:
        return self.identities.principal(self.past.commits[act.commit], step, self.unit) if act.by else None

    def _prove(self, proof: Proof | None) -> Proof | None:
        if proof is not None:
            receipt = proof.receipt.commit
            self.objects.commit(receipt)
            self.found.commits[receipt] = ("receipt", SERVER, "must")
            self.found.proofs[receipt, proof.commit] = proof
            self._linked(proof.chain)
        return proof

    def _linked(self, chain: tuple[str, ...]) -> None:
        for commit in chain:
            self.objects.commit(commit)
            self.found.commits.setdefault(commit, ("path", None, "skip"))

    def _when(self, step: str) -> int:
        proof = self.past.arrival(step)
        if proof is not None and proof.receipt.kind == "push":
            return proof.receipt.time
        return self.past.commits[step].committed
