"""What people do at their own desks: a clone and git, nothing else.

wang = Colleague("wang-fang", folder, host)
wang.begins("q1").writes({SUMMARY: text})      # a commit on the branch submit/wang-fang/q1, from the newest main
told = wang.pushes("submit/wang-fang/q1")
told.accepted, told.refused                    # or what the pusher reads instead
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
#: Told last where a commit itself is at fault; tests/test_server_refusals.py sees to when.
_AMEND = (
    "要改提交本身的：最后一个提交用 git commit --amend 改，更早的从最新的 main 新建分支重新提交；"
    "只在后面再补一个提交，服务器还是不收"
)
_REMOTE = re.compile(r"^remote: (.*?) *$", re.MULTILINE)


@dataclass(frozen=True)
class Told:
    """How a push ended: `says` is what the server's hooks said, `all` whatever git wrote."""

    accepted: bool
    says: str
    all: str

    @property
    def refused(self) -> str:
        """Why the server refused, and what to do; the push must have been refused, and by our hook."""
        head, _, reasons = self.says.partition("\n")
        assert not self.accepted, self.all
        assert head == "没有收下，请按下面的提示修改后重新推送：", self.all
        assert "pre-receive hook declined" in self.all
        return reasons.removesuffix(f"\n{_AMEND}")


class Colleague:
    """Somebody with a clone of their own.

    `account`: whose login they use, by default their own; `pretends`: what they set in their own environment.
    """

    def __init__(self, person: str, folder: Path, host: Host, account: str | None = None) -> None:
        self.person = person
        self.host = host
        self.account = account or account_of(person)
        self.pretends: dict[str, str] = {}
        self.clone = folder / f"{person} as {self.account}"

    @property
    def head(self) -> str:
        """The beginning of the id of the commit at hand, as messages write it."""
        return self.git("rev-parse", "--short=10", "HEAD")

    @property
    def signing(self) -> list[str]:
        """What makes git sign, where the office asks for it."""
        return ["-S"] if self.host.trust == "signatures" else []

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
            env=environment(**self._identity(), **self.pretends, **self.host.login(self.account)),
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

    def updated(self) -> Colleague:
        """Fetch what is new."""
        self.git("fetch", "-q", "origin")
        return self

    def begins(self, what: str) -> Colleague:
        """Begin a submission's branch, from main as it was fetched last."""
        self.git("switch", "-q", "--discard-changes", "-C", f"submit/{self.person}/{what}", "--no-track", "origin/main")
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
        self.updated()
        self.git("switch", "-q", "--discard-changes", "-C", "main", "origin/main")
        self.git("merge", "-q", *(options or ("--no-ff", *self.signing)), "-m", "审核通过", f"origin/{branch}")
        return self

    def approves(self, branch: str) -> Told:
        """Merge somebody's branch and push main."""
        return self.merges(branch).pushes("main")


def listed(url: str, login: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Ask a server what there is to fetch."""
    return subprocess.run(
        ["git", "ls-remote", url],
        env=environment(GIT_TERMINAL_PROMPT="0", **login),
        check=False,
        capture_output=True,
        encoding="utf-8",
        timeout=_PATIENCE,
    )


class Desks:
    """Everybody's desk; each is set up once, when its owner first comes."""

    def __init__(self, folder: Path, host: Host) -> None:
        self._folder = folder
        self._host = host
        self._known: dict[tuple[str, str | None], Colleague] = {}

    def __call__(self, person: str, account: str | None = None) -> Colleague:
        """Return somebody at their desk, or somebody who signs with that name and uses another one's account."""
        if (person, account) not in self._known:
            self._known[person, account] = Colleague(person, self._folder, self._host, account).desk()
        return self._known[person, account]
