"""How fast the audit and the server's hook are, as ratios: both sides in one run, whole processes in turns.

    .venv/bin/python benchmarks/history.py [SUBMISSIONS] [ROUNDS] [STAFF]

builds a history of SUBMISSIONS (default 2,000) submissions of five commits each, every one merged by a leader: with the
default 12,001 commits and 5,000 records of one bureau of STAFF (default 100) people. The more people, the larger the
folders, which git takes long to compare. Measures ROUNDS times (default 5) in turns
and prints medians and ratios; nothing here is a test.

- bare: `git log --raw` of the same repository, printed to nowhere;
- audit, whole: `pingshi audit` without a cache, no commit signed;
- audit, unchanged and after 20 commits: the same with the cache, against `python -c pass`;
- hook: `pingshi hook pre-receive` of a push of one record, against `python -c pass`; the same of `post-receive`, which
  signs a receipt.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING

from pingshi.server import install

if TYPE_CHECKING:
    from collections.abc import Iterator

PINGSHI = (str(Path(sys.executable).with_name("pingshi")),)
ROOT = Path(__file__).parent.parent
COMMITS = 5
BEGIN = int(datetime(2025, 1, 6, 1, tzinfo=UTC).timestamp())
UNIT = """\
name: 示例局
schemes: [{from: 2020-Q1, scheme: city-drc}]
departments:
  - {id: hall, name: 窗口服务科, kind: frontline, head: he-jun, led_by: [liu-yang]}
organs:
  principal_leader: zhou-min
  leadership: [zhou-min, liu-yang]
  personnel_office: [qian-wei]
  discipline_inspection: [wu-gang]
"""
PERSON = """\
name: {name}
department: hall
post: staff
category: civil_servant
leader: {leader}
joined: 2019-07-01
git: {{emails: [{name}@u.example]}}
"""
SUMMARY = """\
political: 好
work: [{task: 一, result: 二, classified: false}]
discipline: 好
achievements: 好
shortcomings: 无
improvements: 无
classified: false
"""
LEADERS = ("zhou-min", "liu-yang", "he-jun", "wu-gang", "qian-wei")


def people(staff: int) -> list[str]:
    """Return the ids of the staff."""
    return [f"p{number:04}" for number in range(staff)]


def files_of(person: str) -> list[str]:
    """Return the paths of a person's fifty records, in the order in which they are handed in."""
    found = []
    for year in (2025, 2026):
        for month in range(1, 13):
            found += [f"records/u/{year}-{month:02}/{kind}/{person}.yml" for kind in ("plans", "reports")]
        found.append(f"records/u/{year}/goals/{person}.yml")
    return found


class Stream:
    """Writes a history for `git fast-import`."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self._mark = 0
        self.time = BEGIN

    def commit(self, branch: str, who: str, files: dict[str, str], start: str | None, merge: str | None = None) -> str:
        """Write a commit and return its mark."""
        self._mark += 1
        self.time += 600
        stamp = f"{who} <{who}@u.example> {self.time} +0800"
        said = f"commit {branch}\nmark :{self._mark}\nauthor {stamp}\ncommitter {stamp}\ndata 6\nhistor\n"
        said += (f"from {start}\n" if start else "") + (f"merge {merge}\n" if merge else "")
        self._out.write(said.encode())
        for path, text in files.items():
            data = text.encode()
            self._out.write(f"M 100644 inline {path}\ndata {len(data)}\n".encode() + data + b"\n")
        return f":{self._mark}"


@contextmanager
def importing(folder: Path) -> Iterator[Stream]:
    """Write into a repository by `git fast-import`."""
    process = subprocess.Popen(["git", "fast-import", "--quiet"], cwd=folder, stdin=subprocess.PIPE)
    if process.stdin is None:
        sys.exit("git fast-import has no input")
    yield Stream(process.stdin)
    process.stdin.close()
    if process.wait():
        sys.exit("git fast-import failed")


def build(folder: Path, submissions: int, staff: int) -> None:
    """Write the history into a bare repository with the hooks."""
    install(folder)
    with importing(folder) as stream:
        _written(stream, submissions, people(staff))
    subprocess.run(["git", "update-ref", "-d", "refs/heads/work"], cwd=folder, check=True)
    subprocess.run(["git", "gc", "--quiet"], cwd=folder, check=True)


def _written(stream: Stream, submissions: int, staff: list[str]) -> None:
    roster = {"records/u/unit.yml": UNIT}
    roster |= {f"records/u/people/{it}.yml": PERSON.format(name=it, leader="true") for it in LEADERS}
    roster |= {f"records/u/people/{it}.yml": PERSON.format(name=it, leader="false") for it in staff}
    for file in ("scheme.yml", "clauses.yml"):
        roster[f"schemes/city-drc/{file}"] = (ROOT / "schemes/city-drc" / file).read_text(encoding="utf-8")
    main = stream.commit("refs/heads/main", "qian-wei", roster, None)
    waiting = {it: files_of(it) for it in staff}
    for number in range(submissions):
        person = staff[number % len(staff)]
        own = [waiting[person].pop(0) for _ in range(2 + (number + number // len(staff)) % 2) if waiting[person]]
        at = main
        for commit in range(COMMITS):
            content = dict.fromkeys(own[commit % 3 : commit % 3 + 1] or own[:1], f"done: [第{commit}稿]\n")
            at = stream.commit("refs/heads/work", person, content, at)
        main = stream.commit("refs/heads/main", "liu-yang", {it: _final(own, it) for it in own}, main, at)


def _final(own: list[str], path: str) -> str:
    """Return what the submission's last commit on a path wrote."""
    last = max(it for it in range(COMMITS) if (own[it % 3 : it % 3 + 1] or own[:1])[0] == path)
    return f"done: [第{last}稿]\n"


def timed(*command: str, cwd: Path | None = None, data: bytes = b"", most: int = 1, **env: str) -> float:
    """Return the seconds that a whole process takes; its status is `most` at most: an audit may have findings."""
    begun = time.perf_counter()
    done = subprocess.run(command, check=False, cwd=cwd, input=data, capture_output=True, env={**os.environ, **env})
    took = time.perf_counter() - begun
    if done.returncode > most:
        sys.exit(done.stderr.decode())
    return took


def grow(folder: Path, steps: int) -> None:
    """Add a few submissions of one record each to main."""
    with importing(folder) as stream:
        stream.time += 20_000 * 600
        main = "refs/heads/main^0"
        for number in range(steps):
            content = {f"records/u/2026-12/plans/{people(steps)[number]}.yml": f"tasks: []  # {number}\n"}
            at = stream.commit("refs/heads/work", people(steps)[number], content, main)
            main = stream.commit("refs/heads/main", "liu-yang", content, main, at)


def push(folder: Path) -> bytes:
    """Make a commit of one record, as a submission that waits to be judged; return what git tells the hook."""
    with importing(folder) as stream:
        stream.time += 40_000 * 600
        content = {"records/u/2026-Q4/summaries/p0007.yml": SUMMARY}
        stream.commit("refs/heads/new", "p0007", content, "refs/heads/main^0")
    told = subprocess.run(["git", "rev-parse", "refs/heads/new"], cwd=folder, check=True, capture_output=True)
    subprocess.run(["git", "update-ref", "-d", "refs/heads/new"], cwd=folder, check=True)
    return f"{'0' * 40} {told.stdout.decode().strip()} refs/heads/submit/p0007/q4\n".encode()


def main(submissions: int, rounds: int, staff: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "server.git"
        build(folder, submissions, staff)
        commits = subprocess.run(["git", "rev-list", "--count", "main"], cwd=folder, check=True, capture_output=True)
        sys.stdout.write(f"{commits.stdout.decode().strip()} commits\n")
        line = push(folder)
        took: dict[str, list[float]] = defaultdict(list)
        cache = Path(scratch) / "cache"
        env = {"XDG_CACHE_HOME": str(cache)}
        for _ in range(rounds):
            shutil.rmtree(cache, ignore_errors=True)
            took["pass"].append(timed(sys.executable, "-c", "pass"))
            took["bare"].append(timed("git", "log", "--raw", "main", cwd=folder))
            took["audit, whole"].append(timed(*PINGSHI, "audit", "--repo", str(folder), **env))
            took["audit, unchanged"].append(timed(*PINGSHI, "audit", "--repo", str(folder), **env))
        grow(folder, 10)
        for _ in range(rounds):
            took["audit, 20 commits more"].append(timed(*PINGSHI, "audit", "--repo", str(folder), **env))
        for _ in range(rounds):
            for name in ("pre-receive", "post-receive"):
                hook = (sys.executable, "-I", "-m", "pingshi", "hook", name)
                took[f"hook {name}"].append(timed(*hook, cwd=folder, data=line, most=0, REMOTE_USER="p0007", **env))
        middle = {name: statistics.median(those) for name, those in took.items()}
        for name, it in middle.items():
            against = "bare" if name == "audit, whole" else "pass"
            sys.stdout.write(f"{name:24} {it:7.3f} s  {it / middle[against]:6.2f} x {against}\n")


if __name__ == "__main__":
    asked = [int(it) for it in sys.argv[1:]]
    main(*asked, *(2000, 5, 100)[len(asked) :])
