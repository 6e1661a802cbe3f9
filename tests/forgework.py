"""What tests of generated scripts share: an office, what a forge holds of it, people who push, and how scripts are run.

No forge is here. CI's steps run as a runner would run them, with the variables that the forge would set; what they and
the protection scripts send is taken by an API on loopback (`fakeforge.py`); the hooks work in bare repositories laid
out as the forges lay them out.
"""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from command import ROOT, environment
from office import Office
from sites import save
from telling import SUMMARY as WORDS

from pingshi.forges import Forge, generated

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

DAY = date(2026, 4, 2)
#: When commits are made, and when they reach a server whose clock may be set.
MADE, CLOCK = "2026-04-02T09:00:00+08:00", "2026-04-02T09:05:00+08:00"
PEOPLE = ("zhou-min", "liu-yang", "he-jun", "wu-gang", "qian-wei", "wang-fang", "zhao-lei")
SUMMARY = "records/u/2026-Q1/summaries/wang-fang.yml"


def address(person: str) -> str:
    """Return somebody's address."""
    return f"{person}@office.example"


def office(forge: Forge) -> Office:
    """An office whose people have addresses, with what is generated for a forge today."""
    made = Office("baishan-audit")
    for person in PEOPLE:
        leader = str(person not in ("wang-fang", "zhao-lei")).lower()
        made.person(person, leader=leader, git=f"{{emails: [{address(person)}]}}")
    for it in generated(forge, made.snapshot().units, date.today()):  # noqa: DTZ011 -- what CI compares with
        made.files[it.path] = it.text.encode()
    return made


@dataclass(frozen=True)
class Ran:
    """How a script ended, and what it said."""

    status: int
    out: str
    err: str


def run(script: str, cwd: Path, env: Mapping[str, str]) -> Ran:
    """Run a script as a runner does."""
    command = ["bash", "-eo", "pipefail", "-c", script, "script"]
    return ran(command, cwd, env)


def ran(command: Sequence[str], cwd: Path, env: Mapping[str, str]) -> Ran:
    done = subprocess.run(
        command, cwd=cwd, env=environment(**env), check=False, capture_output=True, encoding="utf-8", timeout=120
    )
    assert "Traceback" not in done.stderr, done.stderr
    return Ran(done.returncode, done.stdout, done.stderr)


def install_program(folder: Path) -> Path:
    """Make a folder like /opt/pingshi/bin: a Python with the program and, as with -I, nothing of the current folder."""
    source = ROOT / "generator"
    for name, words in (("python", '[ "$1" = -I ] && shift'), ("pingshi", 'set -- -m pingshi "$@"')):
        file = folder / name
        file.write_text(
            f'#!/bin/sh\n{words}\nPYTHONPATH="{source}" exec "{sys.executable}" -P "$@"\n', encoding="utf-8"
        )
        file.chmod(0o755)
    return folder


class Upstream:
    """What the forge holds, and a clone in which people work."""

    def __init__(self, forge: Forge, folder: Path) -> None:
        self.office = office(forge)
        self.bare = folder / "owner" / "repo.git"
        self.work = save(self.office, folder / "work")
        self.git("init", "--quiet", "--initial-branch", "main")
        self.commit("qian-wei", "起点")
        self.git("clone", "--quiet", "--bare", ".", str(self.bare))
        self.git("remote", "add", "origin", str(self.bare))

    def git(self, *words: str, person: str = "qian-wei", **env: str) -> str:
        """Run git in the clone as somebody."""
        who = {f"GIT_{it}_{what}": value for it in ("AUTHOR", "COMMITTER") for what, value in _who(person).items()}
        done = ran(["git", *words], self.work, {**who, **env})
        assert done.status == 0, done.err
        return done.out.strip()

    def commit(self, person: str, message: str) -> str:
        """Commit everything as somebody."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message, person=person)
        return self.git("rev-parse", "HEAD")

    def propose(self, person: str, changes: Mapping[str, str], branch: str | None = None) -> str:
        """Push a branch with some changed files, as pull request 1; return its last commit."""
        name = branch or f"submit/{person}/q1"
        self.git("switch", "--quiet", "--force-create", name, "main")
        for path, text in changes.items():
            file = self.work / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        head = self.commit(person, "修改")
        self.git("push", "--quiet", "--force", "origin", f"HEAD:refs/heads/{name}", "HEAD:refs/pull/1/head")
        return head


def _who(person: str) -> dict[str, str]:
    return {"NAME": person, "EMAIL": address(person), "DATE": MADE}


#: A change that is sound: somebody's own summary.
GOOD = {SUMMARY: WORDS}


def save_text(file: Path, text: str) -> None:
    """Write a file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
