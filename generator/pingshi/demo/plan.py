"""What happens in a demonstration, in order of time: plain values, made by `replay` and carried out by `run`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who commits: the account that the server knows, and what stands in commits."""

    account: str
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Submission:
    """Somebody pushes a branch with one commit on top of main as it stands then."""

    at: int
    unit: str
    by: Person
    branch: str
    files: tuple[tuple[str, bytes], ...]
    says: str


@dataclass(frozen=True, slots=True)
class Merge:
    """A submission that is approved, by its branch."""

    at: int
    branch: str
    says: str


@dataclass(frozen=True, slots=True)
class Approval:
    """A leader merges submissions, one after the other, and pushes main once.

    Attributes:
        at: when main is pushed, in seconds since 1970.
        unit: whose records they are.
        by: whom the merges name as their author.
        merges: the submissions, in order.
        committer: a forge that merges for its users, whose address stands as the committer; else the author.
        key: whose key signs, as `unit/person`, and the public key that belongs to it; None: not signed.
        past_hooks: main is moved on the server's disk; no hook sees it.

    """

    at: int
    unit: str
    by: Person
    merges: tuple[Merge, ...]
    committer: Person | None
    key: tuple[str, str] | None
    past_hooks: bool = False


@dataclass(frozen=True, slots=True)
class Repair:
    """Somebody has a receipt entered for what came without one, and says why."""

    at: int
    reason: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole demonstration: the files of the first commit, when it is pushed, and everything after it.

    `server_key` is the public key that belongs to the receipts, as the rosters list it; empty where they list none.
    `told`: what was not in order, for whoever looks at the demonstration.
    """

    at: int
    files: tuple[tuple[str, bytes], ...]
    events: tuple[Submission | Approval | Repair, ...]
    server_key: str
    told: tuple[str, ...]
