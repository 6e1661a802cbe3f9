"""A small history by git's own commands: an office whose staff submit, whose leaders sign merges, with receipts.

    history = SmallHistory(tmp_path / "repository")
    one = history.submits("wang-fang", {"2026-Q1/summaries/wang-fang.yml": SUMMARY}, "2026-03-30 09:00")
    history.approves("liu-yang", one, "2026-03-31 10:00")

Times are Beijing's. Nothing is checked on the way: it is told what happened, not whether it should have.
"""

from __future__ import annotations

import subprocess
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

from command import environment
from office import LEADERS, UNIT, Office
from sites import save

from pingshi.history import MAIN, SUBMISSIONS, Git, Receipt, Update, append

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

BEIJING = timezone(timedelta(hours=8))
STAFF = ("wang-fang", "zhao-lei")
BEGUN = "2026-01-05 09:00"


def email(person: str) -> str:
    """Return somebody's address."""
    return f"{person}@u.example"


def new_key(file: Path) -> str:
    """Make an SSH key; return the public one."""
    command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(file)]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    return file.with_suffix(".pub").read_text(encoding="ascii").strip()


class SmallHistory:
    """A repository with a work tree in `root`; keys lie beside it. `receipts`: whether the server gives any."""

    def __init__(self, root: Path, trust: str = "signatures", *, receipts: bool = True) -> None:
        self.root = root
        self.keys = root.with_name(f"{root.name}-keys")
        self.keys.mkdir(parents=True)
        self.receipts = receipts
        self.simulated = False
        self.submissions = 0
        server = new_key(self.keys / "server")
        self.office = Office(staff=" ".join(STAFF))
        unit = self.office.texts["unit.yml"]
        self.office.write("unit.yml", f'{unit}trust: {{level: {trust}, server_keys: ["{server}"]}}\n')
        for person in (*LEADERS, *STAFF):
            key = new_key(self.keys / person)
            leader = str(person in LEADERS).lower()
            self.office.person(person, leader=leader, git=f'{{emails: [{email(person)}], keys: ["{key}"]}}')
        save(self.office, root)
        self.git("init", "--quiet", "--initial-branch", "main")
        self.bootstrap = self.commit("qian-wei", "启用", BEGUN)
        self.receipt("qian-wei", MAIN, None, self.bootstrap, BEGUN)

    def git(self, *arguments: str, who: str = "qian-wei", at: str = BEGUN) -> str:
        """Run git as somebody, at some time."""
        stamp = datetime.fromisoformat(at).replace(tzinfo=BEIJING).isoformat()
        given = {f"GIT_{role}_{what}": value for role in ("AUTHOR", "COMMITTER") for what, value in _who(who, stamp)}
        done = subprocess.run(
            ["git", *arguments], cwd=self.root, env=environment(**given), check=True, capture_output=True, text=True
        )
        return done.stdout.strip()

    def commit(self, who: str, message: str, at: str) -> str:
        """Commit all that is in the work tree; return the commit."""
        self.git("add", "--all", who=who, at=at)
        self.git("commit", "--quiet", "--message", message, who=who, at=at)
        return self.git("rev-parse", "HEAD")

    def submits(self, person: str, files: Mapping[str, str | None], at: str) -> str:
        """Commit records on a branch of somebody's own, from main; None takes a record away. Return the commit."""
        self.submissions += 1
        branch = f"submit/{person}/{self.submissions}"
        self.git("checkout", "--quiet", "-b", branch, "main")
        for path, text in files.items():
            file = self.root / "records" / UNIT / path
            if text is None:
                file.unlink()
            else:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8")
        commit = self.commit(person, f"提交 {self.submissions}", at)
        self.receipt(person, f"{SUBMISSIONS}{person}/{self.submissions}", None, commit, at)
        self.git("checkout", "--quiet", "main")
        return commit

    def approves(self, leader: str, commit: str, at: str, *, sign: str | None = "") -> str:
        """Merge a submission onto main; `sign`: whose key (their own by default), None: unsigned. Return the merge."""
        before = self.git("rev-parse", "main")
        key = self.keys / (sign or leader)
        signing = (
            ()
            if sign is None
            else ("-c", "gpg.format=ssh", "-c", f"user.signingKey={key}", "-c", "commit.gpgSign=true")
        )
        self.git(*signing, "merge", "--quiet", "--no-ff", "--message", "同意", commit, who=leader, at=at)
        merge = self.git("rev-parse", "main")
        self.receipt(leader, MAIN, before, merge, at)
        return merge

    def receipt(self, pusher: str, ref: str, old: str | None, new: str, at: str) -> None:
        """Let the server give a receipt, where it does."""
        if self.receipts:
            time = int(datetime.fromisoformat(at).replace(tzinfo=BEIJING).timestamp())
            update = Update(ref, old, new)
            receipt = Receipt("", 0, time, pusher, "REMOTE_USER", (update,), simulated=self.simulated)
            append(Git(self.root), receipt, self.keys / "server")


def _who(person: str, stamp: str) -> tuple[tuple[str, str], ...]:
    return ("NAME", person), ("EMAIL", email(person)), ("DATE", stamp)
