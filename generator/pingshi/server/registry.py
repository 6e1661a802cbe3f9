"""The registry: a signed receipt for every push that was accepted (`post-receive`), and what closes a gap."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

from pingshi.history import MAIN, SUBMISSIONS, Git, GitError, Receipt, Update, append, folder_of, last_receipt
from pingshi.server.result import Pusher, moves
from pingshi.wording import moment

if TYPE_CHECKING:
    from collections.abc import Iterable

_KEY = "pingshi.receiptKey"
#: Seconds for which a push waits for the receipt of the one before it, which may still be on its way.
_PATIENCE = 3.0


class RegistryError(Exception):
    """No receipt could be entered; `args[0]` says why, in Chinese."""


def post_receive(folder: Path, lines: Iterable[str], pusher: Pusher, now: int) -> str:
    """Enter a receipt for what has been accepted and return what the pusher reads.

    What was pushed is there already and stays there; RegistryError where no receipt could be entered.
    """
    git = Git(folder)
    moved = [it for it in moves(lines) if it.ref == MAIN or it.ref.startswith(SUBMISSIONS)]
    if not moved:
        return ""
    updates = tuple(Update(it.ref, it.old, it.new) for it in moved)
    _wait_for_main(git, updates)
    made = _enter(git, Receipt("", 0, now, pusher.account, pusher.via, updates, simulated=is_simulated(git)))
    return f"已登记第 {made.number} 号回执，时间 {moment(made.time)}"


def repair(folder: Path, reason: str, now: int) -> str:
    """Enter one receipt for whatever main has without one, and return what was done."""
    from pingshi.audit import uncovered  # noqa: PLC0415 -- all the models, for this rare case only

    git = Git(folder)
    gaps = uncovered(folder)
    if not gaps:
        return "main 的每一次更新都有回执，不用补登"
    updates = tuple(Update(MAIN, old, new) for old, new, _ in gaps)
    receipt = Receipt("", 0, now, None, None, updates, kind="gap", reason=reason, simulated=is_simulated(git))
    made = _enter(git, receipt)
    return f"已补登第 {made.number} 号回执，补上 {sum(count for _, _, count in gaps)} 次更新；原因：{reason}"


def is_simulated(git: Git) -> bool:
    """Tell whether the repository is a demonstration's, whose clock may be set."""
    try:
        return git.text("config", "--type=bool", "--default=false", "--get", "pingshi.simulatedClock") == "true"
    except GitError:
        return False  # what stands there is neither yes nor no


def _enter(git: Git, receipt: Receipt) -> Receipt:
    try:
        named = git.text("config", "--get", _KEY)
    except GitError:
        raise RegistryError("这个仓库没有设置回执的密钥；请信息技术人员运行 pingshi init --server") from None
    key = Path(os.fspath(folder_of(git))) / named
    try:
        return append(git, receipt, key)
    except (GitError, OSError) as error:
        raise RegistryError(str(error)) from error


def _wait_for_main(git: Git, updates: Iterable[Update]) -> None:
    """Let the push before this one enter its receipt first; if it never does, the audit will find the gap."""
    old = next((it.old for it in updates if it.ref == MAIN), None)
    if old is None:
        return
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        last = last_receipt(git)
        if last is None or last.main is None or last.main == old:
            return
        if git.succeeds("merge-base", "--is-ancestor", old, last.main):
            return
        time.sleep(0.05)
