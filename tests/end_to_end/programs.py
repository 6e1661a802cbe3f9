"""The real programs that the tests need: git's own web server, OpenSSH, gitolite. `CI=true`: none may be missing."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

#: Debian's packages, for whoever is told that one is missing.
PACKAGES = {
    "git-http-backend": "git",
    "git-shell": "git",
    "ssh": "openssh-client",
    "ssh-keygen": "openssh-client",
    "sshd": "openssh-server",
    "gitolite": "gitolite3",
}
_MORE = ("/usr/sbin", "/usr/local/sbin", "/sbin")


def find(name: str) -> Path | None:
    """Return where a program is, or None; servers are looked for where only root's PATH leads, too."""
    places = [os.environ.get("PATH", os.defpath), *_MORE]
    if name == "git-http-backend":
        done = subprocess.run(["git", "--exec-path"], check=True, capture_output=True, text=True)
        places = [done.stdout.strip()]
    found = shutil.which(name, path=os.pathsep.join(places))
    return Path(found) if found else None


def needed(*names: str) -> list[Path]:
    """Return where programs are; without one the test is skipped, and under `CI=true` it fails."""
    found = {name: find(name) for name in names}
    missing = sorted({PACKAGES[name] for name, path in found.items() if path is None})
    if missing:
        says = f"not installed: {', '.join(missing)} (Debian, Ubuntu: apt-get install {' '.join(missing)})"
        if os.environ.get("CI") == "true":
            pytest.fail(says)
        pytest.skip(says)
    return [path for path in found.values() if path is not None]
