"""The server that a history is told on: a bare repository, its hooks' two questions, its clock, and who pushes.

Pushes are judged by `pre_receive`, called here as the hook calls it, and entered into the chain of receipts;
`over_git`, git itself pushes from another repository and runs the installed hooks.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from command import environment
from objects import Store

from pingshi.history import MAIN, RECEIPTS, SUBMISSIONS, Git, Receipt, Update, append
from pingshi.server import Pusher, install, pre_receive

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

Gate = Literal["checked", "unchecked", "bypass"]

BEIJING = timezone(timedelta(hours=8))
_NOTHING = "0" * 40
#: Escapes, and characters that turn the direction of text or can't be seen: never to be told to anybody.
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff]")


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="pingshi-begun-")


def kept(beginning: str) -> Path:
    """Return where a beginning is kept until the tests end: most histories begin alike."""
    return Path(_folder().name) / beginning


class RefusedError(Exception):
    """The server refused a push; `args[0]` is what it said."""


class Receiver:
    """A server and the clone that is pushed from.

    Attributes:
        server: the bare repository.
        clone: where commits are made `over_git`.
        store: where they are made now.
        key: the server's public key, which signs receipts.
        refs: what each branch is at.
        now: the clock, in seconds since 1970.

    """

    def __init__(self, folder: Path, trust: str, begun: Path) -> None:
        self.trust = trust
        self.server = folder / "server.git"
        self.clone = folder / "clone.git"
        self.key = self._copied(begun) if begun.exists() else self._installed()
        self.store = Store(self.server / "objects")
        self.refs: dict[str, str] = {}
        self.now = 0
        self._gate: Gate = "checked"

    def _installed(self) -> str:
        """Make the server's repository; return the server's public key."""
        public = install(self.server)
        with (self.server / "config").open("a", encoding="utf-8") as config:
            config.write("[pingshi]\n\tsimulatedClock = true\n")
        return public

    def _copied(self, begun: Path) -> str:
        """Begin from a copy of another history's beginning, which says the same of the same office."""
        shutil.copytree(begun, self.server, ignore=shutil.ignore_patterns("*.sample"))
        return (self.server / "pingshi/receipts_ed25519.pub").read_text(encoding="ascii").strip()

    def push(self, by: str | None, updates: Mapping[str, str | None]) -> str:
        """Push branches (or whole names of refs) to commits, None deletes; return what the server says."""
        self.now += 60
        moves = {it if it.startswith("refs/") else f"refs/heads/{it}": new for it, new in updates.items()}
        said = self._quickly(by, moves) if self.store.folder.is_relative_to(self.server) else self._really(by, moves)
        for it, new in updates.items():
            if new is None:
                self.refs.pop(it, None)
            else:
                self.refs[it] = new
        return fit(said)

    def _quickly(self, by: str | None, moves: Mapping[str, str | None]) -> str:
        pusher = Pusher(by, "REMOTE_USER" if by else None)
        short = {it: it.removeprefix("refs/heads/") for it in moves}
        lines = [f"{self.refs.get(short[it]) or _NOTHING} {new or _NOTHING} {it}" for it, new in moves.items()]
        reminders: list[str] = []
        if self._gate == "checked":
            refusals = pre_receive(self.server, lines, pusher, self.now, reminders.append)
            if refusals:
                raise RefusedError("\n".join(str(it) for it in refusals))
        commands = (f"update {it} {new}" if new else f"delete {it}" for it, new in moves.items())
        self.git("update-ref", "--no-deref", "--stdin", data="\n".join(commands) + "\n")
        if self._gate != "bypass" and self.trust != "forge":
            self._receive(by, [Update(it, self.refs.get(short[it]), new) for it, new in moves.items()])
        return "\n".join(reminders)

    def _receive(self, by: str | None, updates: list[Update]) -> None:
        """Enter a receipt as `post_receive` does, without what makes sure that pushes come one after the other."""
        moved = tuple(it for it in updates if it.ref == MAIN or it.ref.startswith(SUBMISSIONS))
        receipt = Receipt("", 0, self.now, by, "REMOTE_USER" if by else None, moved, simulated=True)
        append(Git(self.server), receipt, self.server / "pingshi/receipts_ed25519")

    def _really(self, by: str | None, moves: Mapping[str, str | None]) -> str:
        done = self.pushing(by, moves)
        if done.returncode:
            raise RefusedError(done.stderr)
        return done.stderr

    def pushing(self, by: str | None, moves: Mapping[str, str | None]) -> subprocess.CompletedProcess[str]:
        """Run `git push` of what was made `over_git`, as somebody whom a web server has let in."""
        when = datetime.fromtimestamp(self.now, BEIJING).isoformat()
        past = ["--receive-pack", f"git -c core.hooksPath={os.devnull} receive-pack"] if self._gate == "bypass" else []
        return subprocess.run(
            ["git", "push", "--quiet", *past, str(self.server), *(f"+{new or ''}:{it}" for it, new in moves.items())],
            cwd=self.clone,
            env=environment(PINGSHI_CLOCK=when, **({"REMOTE_USER": by} if by else {})),
            check=False,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
        )

    @contextmanager
    def _through(self, gate: Gate) -> Iterator[None]:
        before, self._gate = self._gate, gate
        try:
            yield
        finally:
            self._gate = before

    @contextmanager
    def over_git(self) -> Iterator[None]:
        """Make commits in another repository, from which git pushes them: some half a second each."""
        if not self.clone.exists():
            subprocess.run(["git", "init", "-q", "--bare", str(self.clone)], check=True, env=environment())
            alternates = self.clone / "objects/info/alternates"
            alternates.write_text(f"{self.server / 'objects'}\n", encoding="utf-8")
        before, self.store = self.store, Store(self.clone / "objects")
        try:
            yield
        finally:
            self.store = before

    def unchecked(self) -> AbstractContextManager[None]:
        """Let everything in, with receipts: a server whose checks were switched off."""
        return self._through("unchecked")

    def bypass(self) -> AbstractContextManager[None]:
        """Let everything in, without receipts: the administrator pushes past the hooks."""
        return self._through("bypass")

    def refused(self, attempt: Callable[[], object]) -> str:
        """Let somebody try what the server must refuse, without leaving a trace; return what they read."""
        before = self.git("for-each-ref")
        try:
            attempt()
        except RefusedError as error:
            assert self.git("for-each-ref") == before
            return fit(error.args[0])
        raise AssertionError("not refused")

    def git(self, *arguments: str, data: str | None = None) -> str:
        """Run git in the server's repository."""
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.server,
            env=environment(),
            input=data,
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout.strip()

    @property
    def receipts(self) -> list[str]:
        """The commits of the chain of receipts, the first one first."""
        return self.git("rev-list", "--reverse", RECEIPTS).splitlines()


def seconds(when: str) -> int:
    """Return a time of day in Beijing in seconds since 1970."""
    return int(datetime.strptime(when, "%Y-%m-%d %H:%M").replace(tzinfo=BEIJING).timestamp())


def fit(text: str) -> str:
    """Return a text that is fit to be shown in a terminal; fail where it would play tricks there."""
    assert not _UNFIT.search(text), repr(text)
    return text
