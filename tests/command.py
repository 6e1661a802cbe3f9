"""Run `pingshi` as people do: another process, another folder, and an environment that says nothing.

done = pingshi("check", "--json", repo=root)
done.status, done.out, done.err
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document on standard output; standard error must be silent."""
        assert self.err == ""
        return json.loads(self.out)


def environment(**more: str) -> dict[str, str]:
    """Return a small environment: no locale, no git configuration of whoever runs the tests."""
    kept = {name: os.environ[name] for name in ("PATH", "TMPDIR", "XDG_CACHE_HOME") if name in os.environ}
    git = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    return {**kept, **git, "PYTHONPATH": str(ROOT / "generator"), "PYTHONDONTWRITEBYTECODE": "1", **more}


def pingshi(*arguments: str, repo: Path | None = None, cwd: Path | None = None, **env: str) -> Done:
    """Run a command; `repo` is passed as --repo, `cwd` is where it runs (default: the root of all folders)."""
    given = [*arguments, *(["--repo", str(repo)] if repo else [])]
    command = [sys.executable, "-m", "pingshi", *given]
    done = subprocess.run(
        command, cwd=cwd or "/", env=environment(**env), check=False, capture_output=True, encoding="utf-8", timeout=120
    )
    assert "Traceback" not in done.stderr, done.stderr
    return Done(done.returncode, done.stdout, done.stderr)


def tree(folder: Path) -> dict[str, bytes | None]:
    """Return everything under a folder: the bytes of files, None for folders."""
    return {
        it.relative_to(folder).as_posix(): None if it.is_dir() else it.read_bytes() for it in sorted(folder.rglob("*"))
    }
