"""The demonstration of the samples: made once for all tests and kept in build/demo, where `make site` finds it."""

from __future__ import annotations

import fcntl
import subprocess
import sys
from functools import cache
from typing import TYPE_CHECKING

from command import ROOT, environment

if TYPE_CHECKING:
    from pathlib import Path

#: It takes about a minute, and longer where other tests run beside it.
_TIMEOUT = 1200


@cache
def demonstration() -> Path:
    """Return its folder, made anew where samples or program have changed; one process makes it and the others wait."""
    folder = ROOT / "build" / "demo"
    folder.parent.mkdir(exist_ok=True)
    with (folder.parent / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = subprocess.run(
            [sys.executable, "-m", "pingshi", "demo", str(folder), "--repo", str(ROOT)],
            env=environment(),
            check=False,
            capture_output=True,
            encoding="utf-8",
            timeout=_TIMEOUT,
        )
    assert done.returncode == 0, done.stderr
    return folder
