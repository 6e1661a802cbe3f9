"""An audit as JSON (design §6, contract)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pingshi.audit.words import stamp

if TYPE_CHECKING:
    from pingshi.audit.result import Act, Audit


def as_json(audit: Audit) -> dict[str, Any]:
    """Return an audit as plain values. `by` is null for somebody whom the roster does not know."""
    return {
        "head": audit.head,
        "bootstrap": {"commit": audit.bootstrap},
        "trust": dict(audit.trust),
        "receipts": None
        if audit.receipts is None
        else {"head": audit.receipts.head, "count": audit.receipts.count, "keys": list(audit.receipts.keys)},
        "records": [
            {
                "path": it.path,
                "submitted": _act(it.latest.submitted),
                "approved": _act(it.latest.approved),
                "versions": len(it.versions),
            }
            for it in audit.records
        ],
        "findings": [
            {"code": it.code, "path": it.path, "commit": it.commit, "message": it.message, "hint": it.hint}
            for it in audit.findings
        ],
        "notes": list(audit.notes),
    }


def _act(act: Act | None) -> dict[str, Any] | None:
    if act is None:
        return None
    return {
        "by": act.by,
        "at": stamp(act.at),
        "commit": act.commit,
        "signature": act.signature,
        "received": act.received,
    }
