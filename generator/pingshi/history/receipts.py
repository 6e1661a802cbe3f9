"""Receipts: the server's own chain of what arrived when, from whom, at `refs/pingshi/receipts` (design §8).

Each receipt is a commit of an empty tree, signed by the server's key, whose only parent is the receipt before it. So
the chain is hashed by git itself, and git and OpenSSH alone can check it. What it says stands as one line of JSON in
its message.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from pingshi.history.log import read_log, within_calendar
from pingshi.history.plumbing import Git, GitError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

RECEIPTS = "refs/pingshi/receipts"
MAIN = "refs/heads/main"
SUBMISSIONS = "refs/heads/submit/"
_NOBODY = "pingshi"
_ADDRESS = "receipts@pingshi.invalid"
_TRIES = 50
#: Milliseconds for which the chain's lock is waited for: longer than anybody needs to write a receipt.
_PATIENCE = "core.filesRefLockTimeout=3000"
_FORMAT = 1
#: The tree without entries, as git names it by SHA-1 and by SHA-256: once written, it needs no command.
_EMPTY = frozenset(
    {
        "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
        "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321",
    }
)

ReceiptKind = Literal["push", "gap"]


@dataclass(frozen=True, slots=True)
class Update:
    """A branch that was moved: from which commit to which; None where it was made, or deleted."""

    ref: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Receipt:
    """One entry of the chain.

    Attributes:
        commit: its id; empty as long as it has not been written.
        number: from 1, one more than the one before.
        time: the server's time, in seconds since 1970.
        pusher: the account that the server had authenticated, or None where it had none.
        via: the variable that told the account.
        updates: what was moved.
        kind: `push`, or `gap`: entered later by hand, for what had been left without a receipt.
        reason: why it was entered later.
        simulated: the time is not the server's clock's, as in a demonstration.
        main: where the chain has seen main last, after this entry.

    """

    commit: str
    number: int
    time: int
    pusher: str | None
    via: str | None
    updates: tuple[Update, ...]
    kind: ReceiptKind = "push"
    reason: str | None = None
    simulated: bool = False
    main: str | None = None


@dataclass(frozen=True, slots=True)
class Entered:
    """A commit of the chain as it was found. `receipt` is None where it says nothing that can be read as one."""

    commit: str
    parents: tuple[str, ...]
    signed: bool
    bare: bool
    receipt: Receipt | None


def read_receipts(git: Git, head: str, *, after: str | None = None) -> Iterator[Entered]:
    """Yield the chain up to a head, oldest first; only what follows `after`, where that is given."""
    for it in read_log(git, [head], without=[after] if after else []):
        yield Entered(it.id, it.parents, it.signed, not it.changes, _read(it.id, it.message))


def _read(commit: str, message: str) -> Receipt | None:
    try:
        said = json.loads(message.rsplit("\n", 1)[-1])
        if said["format"] != _FORMAT:
            return None
        updates = tuple(Update(str(it["ref"]), _known(it["old"]), _known(it["new"])) for it in said["updates"])
        return Receipt(
            commit=commit,
            number=int(said["number"]),
            time=within_calendar(int(datetime.fromisoformat(said["time"]).timestamp())),
            pusher=_known(said["pusher"]),
            via=_known(said["via"]),
            updates=updates,
            kind="gap" if said["kind"] == "gap" else "push",
            reason=_known(said.get("reason")),
            simulated=bool(said.get("simulated", False)),
            main=_known(said.get("main")),
        )
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return None


def _known(value: object) -> str | None:
    return None if value is None else str(value)


def append(git: Git, receipt: Receipt, key: Path) -> Receipt:
    """Add a receipt to the chain and return it with its number and commit; GitError where that can't be done.

    Whoever comes at the same moment is let in first: the one who finds another head tries again upon it.
    """
    for _ in range(_TRIES):
        head, tree, last = _head(git)
        seen = next((it.new for it in receipt.updates if it.ref == MAIN and receipt.kind == "push"), None)
        number, main = (last.number + 1, seen or last.main) if last else (1, seen)
        tree = tree if tree in _EMPTY else git.text("mktree")
        commit = _commit(git, replace(receipt, number=number, main=main), tree, head, key)
        try:
            git.run(
                "-c", _PATIENCE, "update-ref", "-m", f"pingshi {number}", RECEIPTS, commit, head or "0" * len(commit)
            )
        except GitError:
            if git.commit(RECEIPTS) == head:
                raise  # nobody came in between: the disk, or rights
            time.sleep(0.02)
            continue
        return replace(receipt, commit=commit, number=number, main=main)
    raise GitError("登记回执时一直有别的推送，没有登记上")


def last_receipt(git: Git) -> Receipt | None:
    """Return the last entry of the chain, or None where there is none that can be read."""
    return _head(git)[2]


def _head(git: Git) -> tuple[str | None, str | None, Receipt | None]:
    """Return the chain's last commit, its tree and what it says, by one command: a push waits for it."""
    told = git.text("for-each-ref", "--format=%(objectname)%0a%(tree)%0a%(contents)", RECEIPTS)
    if not told:
        return None, None, None
    head, tree, message = told.split("\n", 2)
    return head, tree, _read(head, message.rstrip("\n"))


def _commit(git: Git, receipt: Receipt, tree: str, head: str | None, key: Path) -> str:
    when = datetime.fromtimestamp(receipt.time, UTC).isoformat()
    said = {
        "format": _FORMAT,
        "kind": receipt.kind,
        "number": receipt.number,
        "time": when,
        "pusher": receipt.pusher,
        "via": receipt.via,
        "updates": [{"ref": it.ref, "old": it.old, "new": it.new} for it in receipt.updates],
        "main": receipt.main,
        **({"reason": receipt.reason} if receipt.reason is not None else {}),
        **({"simulated": True} if receipt.simulated else {}),
    }
    message = f"回执 {receipt.number}\n\n{json.dumps(said, ensure_ascii=False)}\n"
    stamp = f"{receipt.time} +0000"
    more = {
        "GIT_AUTHOR_NAME": _NOBODY,
        "GIT_AUTHOR_EMAIL": _ADDRESS,
        "GIT_AUTHOR_DATE": stamp,
        "GIT_COMMITTER_NAME": _NOBODY,
        "GIT_COMMITTER_EMAIL": _ADDRESS,
        "GIT_COMMITTER_DATE": stamp,
    }
    return git.text(
        *("-c", "gpg.format=ssh", "-c", f"user.signingKey={key}", "-c", "i18n.commitEncoding=UTF-8"),
        *("commit-tree", "-S", tree, *(("-p", head) if head else ()), "-F", "-"),
        data=message.encode(),
        more=more,
    )
