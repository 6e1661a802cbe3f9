"""Signatures: which key made each, remembered by commit id, and whether it is the right person's."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from pingshi.audit.result import Finding
from pingshi.audit.words import HINTS, short
from pingshi.history import Signature, signatures_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pingshi.audit.judgement import Claim, Judgement
    from pingshi.audit.result import SignatureState
    from pingshi.evaluation import Cache
    from pingshi.history import Git

_NONE = Signature("none", None)
_KEY = hashlib.sha256(b"signatures by commit id").hexdigest()


class Seal:
    """The signatures of commits. A valid one is verified once: that is a fact about the commit, and is kept."""

    def __init__(self, git: Git, cache: Cache) -> None:
        self._git = git
        self._cache = cache
        self._found: dict[str, Signature] = {}

    def look(self, judged: Sequence[Judgement]) -> None:
        """Verify what is signed among the judged steps' commits."""
        self.verify(it.commit.id for one in judged for it in _claims(one) if it.commit.signed)

    def verify(self, commits: Iterable[str]) -> None:
        """Verify commits that are signed, all at once."""
        wanted = set(commits) - set(self._found)
        if not wanted:
            return
        kept = self._cache.get(_KEY)
        known = kept if isinstance(kept, dict) else {}
        self._found |= {it: Signature(*known[it]) for it in wanted if it in known}
        fresh = signatures_of(self._git, sorted(wanted - set(known)))
        self._found |= fresh
        lasting = {commit: [it.state, it.fingerprint] for commit, it in fresh.items() if it.state == "valid"}
        if lasting:
            self._cache.put(_KEY, {**known, **lasting})

    def of(self, commit: str) -> Signature:
        """Return what was found."""
        return self._found.get(commit, _NONE)

    def state(self, claim: Claim) -> SignatureState:
        """Tell whether a commit is signed by a key that the roster listed for the one who claims it."""
        if not claim.commit.signed:
            return "none"
        signature = self.of(claim.commit.id)
        if signature.state == "invalid":
            return "bad"
        if signature.state != "valid" or signature.fingerprint is None:
            return "unknown"
        if signature.fingerprint in claim.keys:
            return "good"
        return "bad" if claim.policy.by_key(signature.fingerprint) is not None else "unknown"

    def findings(self, judgement: Judgement) -> Iterator[Finding]:
        """Yield what is wrong with the signatures of a step: of the approval, and where somebody else's, of others."""
        told: set[str] = set()
        for version in judgement.versions:
            claim = version.submitted
            if claim is not None and claim.commit.id not in told and self.state(claim) == "bad":
                told.add(claim.commit.id)
                says = f"{claim.name}的提交 {short(claim.commit.id)} 的签名{self._why(claim)}"
                yield _finding("bad-signature", version.path, claim, says)
        approval = judgement.approver
        if approval is None:
            return
        for path, unit, level in judgement.levels:
            claim = judgement.approvals.get(unit, approval)
            state = self.state(claim)
            if state == "none" and level == "signatures":
                says = f"{claim.name}的审核（合并 {short(claim.commit.id)}）没有签名"
                yield _finding("unsigned", path, claim, says, unit)
            elif state == "bad" or (state == "unknown" and level == "signatures"):
                says = f"{claim.name}的审核（合并 {short(claim.commit.id)}）的签名{self._why(claim)}"
                yield _finding("bad-signature", path, claim, says, unit)

    def _why(self, claim: Claim) -> str:
        signature = self.of(claim.commit.id)
        if signature.state == "invalid":
            return "与内容不符"
        owner = claim.policy.by_key(signature.fingerprint) if signature.fingerprint else None
        if owner is not None:
            return f"是{owner}的密钥签的"
        return "不是 SSH 签名，核对不了" if signature.state != "valid" else "用的密钥当时没有登记在人员资料里"


def _claims(judgement: Judgement) -> Iterator[Claim]:
    if judgement.approver is not None:
        yield judgement.approver
    for it in judgement.versions:
        if it.submitted is not None:
            yield it.submitted


def _finding(code: str, path: str | None, claim: Claim, says: str, unit: str | None = None) -> Finding:
    return Finding(code, path, claim.commit.id, says, HINTS[code], unit, claim.at)
