"""What people do at their own desks: a clone and git, nothing else.

    wang = Colleague("wang-fang", folder, host)
    wang.begins("q1").writes({SUMMARY: text})      # a commit on the branch submit/wang-fang/q1, from the newest main
    told = wang.pushes("submit/wang-fang/q1")
    told.accepted, told.says                       # what the server said, line by line as it is read
"""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

from command import environment
from end_to_end.hosting import NOW, account_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from end_to_end.hosting import Host

_PATIENCE = 60
_REMOTE = re.compile(r"^remote: (.*?) *$", re.MULTILINE)


@dataclass(frozen=True)
class Told:
    """How a push ended: `says` is what the server's hooks said, `all` whatever git wrote."""

    accepted: bool
    says: str
    all: str


class Colleague:
    """Somebody with a clone of their own. `account`: whose login they use, by default their own."""

    def __init__(self, person: str, folder: Path, host: Host, account: str | None = None) -> None:
        self.person = person
        self.host = host
        self.account = account or account_of(person)
        self.clone = folder / f"{person} as {self.account}"

    def desk(self) -> Colleague:
        """Clone what is on the server, unless that was done before."""
        if not self.clone.exists():
            self.clone.parent.mkdir(parents=True, exist_ok=True)
            done = self._git("clone", "-q", self.host.url(self.account), str(self.clone), cwd=self.clone.parent)
            assert done.returncode == 0, done.stderr
        return self

    def git(self, *arguments: str) -> str:
        """Run git in the clone; it must succeed."""
        done = self.tries(*arguments)
        assert done.returncode == 0, f"git {' '.join(arguments)}\n{done.stdout}{done.stderr}"
        return done.stdout.strip()

    def tries(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run git in the clone, however it ends."""
        return self._git(*arguments, cwd=self.clone)

    def _git(self, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["git", *self._settings(), *arguments],
            cwd=cwd,
            env=environment(**self._identity(), **self.host.login(self.account)),
            check=False,
            capture_output=True,
            encoding="utf-8",
            timeout=_PATIENCE,
        )

    def _settings(self) -> list[str]:
        key = self.host.keys.get(self.person)
        return ["-c", "gpg.format=ssh", "-c", f"user.signingKey={key}"] if key else []

    def _identity(self) -> dict[str, str]:
        named = {"NAME": self.person, "EMAIL": f"{self.person}@u.example", "DATE": NOW}
        return {f"GIT_{role}_{it}": value for role in ("AUTHOR", "COMMITTER") for it, value in named.items()} | {
            "GIT_TERMINAL_PROMPT": "0"
        }

    def begins(self, what: str, since: str = "origin/main") -> Colleague:
        """Begin a submission's branch, from the newest main."""
        self.git("switch", "-q", "--discard-changes", "-C", f"submit/{self.person}/{what}", "--no-track", since)
        return self

    def writes(self, files: Mapping[str, str], says: str = "提交") -> Colleague:
        """Commit files where they are; paths as in `Office.write`."""
        for path, text in files.items():
            full = self.clone / (path[1:] if path.startswith("/") else f"records/u/{path}")
            full.parent.mkdir(parents=True, exist_ok=True)
            full.write_text(text, encoding="utf-8")
        self.git("add", "--all")
        self.git("commit", "-q", "-m", says)
        return self

    def pushes(self, *what: str) -> Told:
        """Push, and read what is said."""
        done = self.tries("push", "origin", *what)
        told = "\n".join(_REMOTE.findall(done.stderr))
        return Told(done.returncode == 0, told.strip(), done.stderr)

    def submits(self, what: str, files: Mapping[str, str]) -> Told:
        """Write files on a branch of their own and push it."""
        return self.begins(what).writes(files).pushes(f"submit/{self.person}/{what}")

    def merges(self, branch: str, *options: str) -> Colleague:
        """Merge somebody's branch onto the newest main; signed where the office asks for it."""
        self.desk().git("fetch", "-q", "origin")
        self.git("switch", "-q", "--discard-changes", "-C", "main", "origin/main")
        sign = ["-S"] if self.host.trust == "signatures" else []
        self.git("merge", "-q", *(options or ("--no-ff", *sign)), "-m", "审核通过", f"origin/{branch}")
        return self

    def approves(self, branch: str) -> Told:
        """Merge somebody's branch and push main."""
        return self.merges(branch).pushes("main")
