"""A quarter as history, the case exported from it, and what runs its 核对.sh or tampers with it."""

from __future__ import annotations

import os
import shutil
import subprocess
import zipfile
from typing import TYPE_CHECKING

from command import Done, environment, pingshi
from small_history import SmallHistory
from telling import SUMMARY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

REVIEW = "role: supervising_leader\npeople:\n  {}: {{total: 90}}\n"
PLAN = "tasks: [{{id: t1, ledger: plan, content: {}的事, due: 2026-01-20}}]\n"
DETERMINATION = """\
decided_on: 2026-04-02
meeting: 2026年第6次局党组会议
consulted: {discipline_inspection: {on: 2026-04-02, outcome: no_objection, except: {}}}
grades:
  wang-fang: 好
  zhao-lei: {grade: 较好, reason: 集体研究}
"""
TEXT = ("说明.md", "核对.sh", "结果说明.txt", "依据条款.md", "提交清单.txt", "commits.json")


def quarter(folder: Path, trust: str = "signatures", *, receipts: bool = True) -> SmallHistory:
    """Tell a quarter: two summaries, one of them corrected; sheets, one of which names only the other; a decision."""
    history = SmallHistory(folder / "repository", trust, receipts=receipts)
    sign = "" if trust == "signatures" else None
    for person, day in (("wang-fang", "26"), ("zhao-lei", "27")):
        files: dict[str, str | None] = {f"2026-Q1/summaries/{person}.yml": SUMMARY}
        files[f"2026-01/plans/{person}.yml"] = (
            f"tasks: [{{id: t1, ledger: plan, content: {person}的事, due: 2026-01-20}}]\n"
        )
        one = history.submits(person, files, f"2026-03-{day} 09:00")
        history.approves("liu-yang", one, f"2026-03-{day} 15:00", sign=sign)
    again = {"2026-Q1/summaries/wang-fang.yml": SUMMARY.replace("提速", "提速三成")}
    one = history.submits("wang-fang", again, "2026-03-30 09:00")
    history.approves("liu-yang", one, "2026-03-30 10:00", sign=sign)
    sheets = (("liu-yang", "wang-fang", "zhou-min", "09"), ("zhou-min", "zhao-lei", "liu-yang", "11"))
    for reviewer, about, by, hour in sheets:
        sheet = {f"2026-Q1/reviews/{reviewer}.yml": REVIEW.format(about)}
        one = history.submits(reviewer, sheet, f"2026-04-01 {hour}:00")
        history.approves(by, one, f"2026-04-01 {hour}:30", sign=sign)
    one = history.submits("qian-wei", {"2026-Q1/determination.yml": DETERMINATION}, "2026-04-02 10:00")
    history.approves("zhou-min", one, "2026-04-02 11:00", sign=sign)
    return history


def exported(history: SmallHistory, folder: Path, *more: str) -> Path:
    """Export wang-fang's first quarter and unpack it; return the folder."""
    folder.mkdir(exist_ok=True)
    done = pingshi("export", "case", "wang-fang", "2026-Q1", *more, repo=history.root, cwd=folder)
    assert done == Done(0, "u-wang-fang-2026-Q1.zip\n", "")
    with zipfile.ZipFile(folder / "u-wang-fang-2026-Q1.zip") as archive:
        archive.extractall(folder)
    return folder / "u-wang-fang-2026-Q1"


def checked(case: Path, **more: str) -> tuple[int, str]:
    """Run 核对.sh by the plainest shell there is, with nothing of ours on the way; return status and output."""
    shell = shutil.which("dash") or "sh"
    done = subprocess.run(
        [shell, str(case / "核对.sh")],
        cwd="/",
        env={"PATH": os.environ["PATH"], **more},
        check=False,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    assert done.stderr == ""
    return done.returncode, done.stdout


def faults(told: str) -> list[str]:
    """Return what didn't pass."""
    return [line.removeprefix("不通过  ") for line in told.splitlines() if line.startswith("不通过")]


def reseal(case: Path) -> None:
    """Make the list of files fit again, as a forger would."""
    files = [it for it in sorted(case.rglob("*")) if it.is_file() and it != case / "git/manifest.txt"]
    ids = subprocess.run(
        ["git", "hash-object", "--no-filters", *map(str, files)], check=True, capture_output=True, text=True
    ).stdout.split()
    text = "".join(f"{name} {it.relative_to(case).as_posix()}\n" for name, it in zip(ids, files, strict=True))
    (case / "git/manifest.txt").write_text(text, encoding="utf-8")


class Forger:
    """Puts other objects into a case, with lists that fit: somebody who has everything but the keys."""

    def __init__(self, case: Path, folder: Path) -> None:
        self.case = case
        self.folder = folder / "forger.git"
        subprocess.run(["git", "init", "-q", "--bare", str(self.folder)], check=True, env=environment())
        self.git("unpack-objects", "-q", data=(case / "git/objects.pack").read_bytes())

    def git(self, *arguments: str, data: bytes = b"") -> bytes:
        """Run git over the case's objects."""
        done = subprocess.run(
            ["git", "--git-dir", str(self.folder), *arguments],
            input=data,
            check=True,
            capture_output=True,
            env=environment(),
        )
        return done.stdout

    def replace(self, commit: str, change: Callable[[bytes], bytes]) -> str:
        """Put another commit in the place of one, everywhere; return its id."""
        data = change(self.git("cat-file", "commit", commit))
        other = self.git("hash-object", "-t", "commit", "-w", "--stdin", "--literally", data=data).decode().strip()
        objects = (self.case / "git/objects.txt").read_text(encoding="utf-8").replace(commit, other)
        ids = "".join(f"{it.split()[0]}\n" for it in objects.splitlines())
        for table in (self.case / "git").glob("*.txt"):
            table.write_text(table.read_text(encoding="utf-8").replace(commit, other), encoding="utf-8")
        (self.case / "git/objects.pack").write_bytes(self.git("pack-objects", "-q", "--stdout", data=ids.encode()))
        reseal(self.case)
        return other
