"""What the public may know of the audit: up to where history was looked at, and how far it can be trusted at all.

Nothing that was found is told, nor whether anything was: in a small unit, that is somebody's name. No numbers of
commits, steps, receipts or records either, since from one day to the next they would tell how much was going on behind
what is public; and no day but the site's own. The one thing that is told of the receipts is whether any is missing or
wrong, since a page that speaks of them at all must not say otherwise: that is the server's doing, not a person's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pingshi.audit import LEVELS
from pingshi.publishing.colleagues import headline

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pingshi.audit import Audit

ReceiptState = Literal["unasked", "complete", "incomplete"]
_OF_RECEIPTS = ("missing-receipt", "bad-receipt")


@dataclass(frozen=True, slots=True)
class PublicHistory:
    """How far the history of what is published can be trusted.

    Attributes:
        head: the commit that the site was made of.
        levels: each unit's name, with the level of trust that it has chosen: what that is called, what it proves.
        receipts: `unasked` where no unit asks for any, otherwise whether each step that needs one has a sound one.
        simulated: their times are a demonstration's.

    """

    head: str
    levels: tuple[tuple[str, str, str], ...]
    receipts: ReceiptState
    simulated: bool


def public_history(audit: Audit, names: Mapping[str, str]) -> PublicHistory:
    """Return what may be told of an audit; `names` are those of the units that the site has."""
    levels = tuple((headline(name), *LEVELS[audit.trust[it]]) for it, name in names.items() if it in audit.trust)
    state: ReceiptState = "unasked"
    if any(level != "forge" for level in audit.trust.values()):
        state = "incomplete" if any(it.code in _OF_RECEIPTS for it in audit.findings) else "complete"
    return PublicHistory(audit.head, levels, state, audit.receipts is not None and audit.receipts.simulated)
