"""How fast `pingshi` is, as ratios: both sides of each in one run, whole processes in turns.

    .venv/bin/python benchmarks/speed.py [FILES] [ROUNDS]

builds two repositories of at least FILES files (default 20,000) in a scratch folder, of
copies of the sample bureaus and of one bureau with a thousand people, and measures ROUNDS
times (default 5) in turns. Prints medians and ratios; nothing here is a test.

- bare: a script that loads every file with PyYAML's CSafeLoader;
- check, cold: `pingshi check` with an empty cache (it fills one);
- grade, cold: `pingshi grade` of one unit's quarter, which keeps no cache;
- check, unchanged: the same again with the cache;
- annual, unchanged: `pingshi annual` of the one bureau with a thousand people, with the cache;
- check of one file, `--help`, and lint of one scheme (it tries all years that can be): against `python -c pass`;
- memory: what `check` and its second process hold at most, less what `--version` holds, by record.

The cache is the benchmark's own. On a busy machine, run it with a higher priority.
"""

from __future__ import annotations

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from trees import many_bureaus, one_bureau

BARE = """
import pathlib, sys, yaml
for file in pathlib.Path(sys.argv[1]).rglob("*.yml"):
    yaml.load(file.read_bytes(), Loader=yaml.CSafeLoader)
"""
MEMORY = """
import resource, sys
from pingshi.cli import main
main(sys.argv[1:])
own, child = (resource.getrusage(it).ru_maxrss for it in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
print(own, child, file=sys.stderr)
"""
#: What is asked of the bureau with a thousand people, over a whole year and with the cache.
OF_A_YEAR = {"annual, unchanged": ("annual", "2026"), "todo, unchanged": ("todo", "--on", "2026-11-20")}
#: The scheme with the most kinds of years to tell apart: admonitions, absence.
LINTED = "zhangdian-stats"
PINGSHI = (str(Path(sys.executable).with_name("pingshi")),)


def timed(*command: str, **env: str) -> float:
    """Return the seconds that a whole process takes; it must succeed."""
    begun = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env={**os.environ, **env})
    return time.perf_counter() - begun


def held(*arguments: str, **env: str) -> int:
    """Return how many kilobytes a command and its second process hold at most, both counted whole."""
    command = [sys.executable, "-c", MEMORY, *arguments]
    done = subprocess.run(command, check=False, capture_output=True, text=True, env={**os.environ, **env})
    own, child = done.stderr.split()[-2:]
    return int(own) + int(child)


def repository(name: str, tree: Path, unit: str, file: str, rounds: int, *, years: bool = False) -> None:
    """Measure one repository and print what came out; `years`: also what is asked of a whole year."""
    cache = tree.parent / f"{tree.name}-cache"
    env = {"XDG_CACHE_HOME": str(cache)}
    took: dict[str, list[float]] = defaultdict(list)
    files = sum(1 for _ in tree.rglob("*.yml"))
    for _ in range(rounds):
        shutil.rmtree(cache, ignore_errors=True)
        took["bare"].append(timed(sys.executable, "-c", BARE, str(tree)))
        took["check, cold"].append(timed(*PINGSHI, "check", "--repo", str(tree), **env))
        took["grade, cold"].append(timed(*PINGSHI, "grade", "2026-Q3", "--unit", unit, "--repo", str(tree)))
        took["check, unchanged"].append(timed(*PINGSHI, "check", "--repo", str(tree), **env))
        for what, command in OF_A_YEAR.items() if years else ():
            asked = (*PINGSHI, *command, "--unit", unit, "--repo", str(tree))
            timed(*asked, **env)  # so that it is remembered
            took[what].append(timed(*asked, **env))
        shutil.rmtree(cache)
        took["lint of one scheme"].append(timed(*PINGSHI, "lint", LINTED, "--repo", str(tree), **env))
        shutil.rmtree(cache)
        took["pass"].append(timed(sys.executable, "-c", "pass"))
        took["check of one file"].append(timed(*PINGSHI, "check", "--repo", str(tree), file, **env))
        took["help"].append(timed(*PINGSHI, "--help"))
    median = {what: statistics.median(it) for what, it in took.items()}
    sys.stdout.write(f"{name}: {files} files, medians of {rounds}; bare load {median['bare']:.2f} s\n")
    for what, base in (
        ("check, cold", "bare"),
        ("grade, cold", "bare"),
        ("check, unchanged", "bare"),
        *((what, "bare") for what in OF_A_YEAR if years),
        ("check of one file", "pass"),
        ("help", "pass"),
        ("lint of one scheme", "pass"),
    ):
        sys.stdout.write(f"  {what:18} {median[what]:6.3f} s  {median[what] / median[base]:6.2f} x {base}\n")
    shutil.rmtree(cache, ignore_errors=True)
    start = held("--version", **env)
    most = held("check", "--repo", str(tree), **env)
    sys.stdout.write(f"  memory {(most - start) / files:.2f} KB a record above the start ({most} KB in all)\n")


def main() -> None:
    """Build the trees and measure."""
    files, rounds = (int(it) for it in [*sys.argv[1:], *("20000", "5")[len(sys.argv) - 1 :]])
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with tempfile.TemporaryDirectory(prefix="pingshi-bench-") as scratch:
        many, one = Path(scratch) / "many", Path(scratch) / "one"
        many_bureaus(many, files)
        repository("many bureaus", many, "ecology-0", _summary(many, "ecology-0"), rounds)
        shutil.rmtree(many)
        one_bureau(one, files)
        repository("one bureau", one, "ecology", _summary(one, "ecology"), rounds, years=True)


def _summary(tree: Path, unit: str) -> str:
    folder = tree / "records" / unit / "2026-Q3" / "summaries"
    return str(min(folder.iterdir()).relative_to(tree))


if __name__ == "__main__":
    main()
