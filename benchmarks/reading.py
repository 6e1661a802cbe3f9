"""How much `pingshi check` costs over a bare load of the same files, both sides in one run.

    .venv/bin/python benchmarks/reading.py [COPIES] [ROUNDS]

Copies the sample bureaus COPIES times (default 40: some 18,000 files) into a scratch
folder, then times whole processes in turns: PyYAML's CSafeLoader over every file, and
`pingshi check`. Prints the median of each and their ratio; nothing here is a test.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
BARE = """
import pathlib, sys, yaml
for file in pathlib.Path(sys.argv[1]).rglob("*.yml"):
    yaml.load(file.read_bytes(), Loader=yaml.CSafeLoader)
"""


def timed(*command: str) -> float:
    """Return the seconds that a whole process takes; it must succeed."""
    begun = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


def main() -> None:
    """Build the tree, time both sides in turns, print the medians."""
    copies, rounds = (int(it) for it in [*sys.argv[1:], "40", "5"][:2])
    with tempfile.TemporaryDirectory(prefix="pingshi-bench-") as scratch:
        tree = Path(scratch)
        shutil.copytree(ROOT / "schemes", tree / "schemes")
        for unit in sorted((ROOT / "records").iterdir()):
            for index in range(copies):
                shutil.copytree(unit, tree / "records" / f"{unit.name}-{index}")
        files = sum(1 for _ in tree.rglob("*.yml"))
        bare, check = [], []
        for _ in range(rounds):
            bare.append(timed(sys.executable, "-c", BARE, str(tree)))
            check.append(timed(sys.executable, "-m", "pingshi", "check", "--repo", str(tree)))
    low, high = statistics.median(bare), statistics.median(check)
    told = f"bare load {low:.2f} s, check {high:.2f} s: {high / low:.2f} x"
    sys.stdout.write(f"{files} files, median of {rounds}: {told}\n")


if __name__ == "__main__":
    main()
