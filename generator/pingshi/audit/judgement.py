"""What a step is judged against and what it comes to; who claims to have submitted and approved."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from pingshi.audit.policy import Policy
    from pingshi.audit.received import Received
    from pingshi.audit.result import Finding, TrustLevel
    from pingshi.audit.walk import Step
    from pingshi.history import Commit


@dataclass(slots=True)
class Claim:
    """Somebody's submitting or approving, as the commit says it; its signature is looked at later.

    `keys` are the fingerprints that count for that person by the policy of the moment.
    """

    by: str | None
    name: str
    at: int
    commit: Commit
    received: bool
    keys: frozenset[str]
    policy: Policy


@dataclass(slots=True)
class Brought:
    """A version of a file that a step brought, with whoever claims to have written and approved it."""

    path: str
    submitted: Claim | None
    approved: Claim | None
    deleted: bool


@dataclass(slots=True)
class Judgement:
    """What a step comes to.

    `unapproved` holds for a record as long as nobody approves a later version of it. `approver` is who merged, as known
    to the whole repository, `approvals` as known to each unit; `levels` tells for each file whose it is and what trust
    it asks for.
    """

    step: Step
    findings: list[Finding] = field(default_factory=list)
    unapproved: list[Finding] = field(default_factory=list)
    versions: list[Brought] = field(default_factory=list)
    approver: Claim | None = None
    approvals: dict[str | None, Claim] = field(default_factory=dict)
    levels: list[tuple[str, str | None, TrustLevel]] = field(default_factory=list)
    needs_receipt: bool = False

    @property
    def units(self) -> frozenset[str]:
        """The units whose records it changes."""
        return frozenset(unit for _, unit, _ in self.levels if unit is not None)


@dataclass(frozen=True, slots=True)
class Context:
    """What a step is judged against.

    `policy` held just before it; `decided` holds the determinations that main has had so far, also those taken away
    again; `main` is what the server wrote down about the step itself, `submissions` about the commits that it brought
    (both empty where there are no receipts); `previous` is when main's last step was committed, by its own word.
    `authenticated`: whoever pushes is known for certain, whatever level of trust a unit has chosen: so it is on the
    server, at the moment of the push.
    """

    policy: Policy
    decided: Container[str]
    main: Received | None = None
    submissions: Mapping[str, Received] = field(default_factory=dict)
    previous: int | None = None
    authenticated: bool = False
