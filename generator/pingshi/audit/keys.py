"""The receipts' signatures, held against the keys that the rosters listed when they were made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pingshi.audit.result import Finding
from pingshi.audit.words import HINTS, short

if TYPE_CHECKING:
    from pingshi.audit.seal import Seal
    from pingshi.audit.state import State


def hold_receipts(state: State, seal: Seal) -> None:
    """Look at the signatures of the receipts that are new to the chain; what is wrong with them is entered there."""
    chain = state.chain
    seal.verify(commit for commit, _ in chain.signed)
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
