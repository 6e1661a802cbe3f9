"""What was found in a part, remembered on the disk under everything that it depends on.

The key is a digest of the program itself (its source, the libraries that it computes
with), and of the path and blob id of every file of the part, of the unit's general files
and of the schemes. So nothing has to be invalidated, branches may share it, and it may be
deleted at any time. An entry that can't be read or whose digest is wrong is none. Only the
user can read it: messages may tell what is confidential. A folder that anybody else could
have written to is not used: an entry could be planted there.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import json
import os
import stat
import sys
import time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pingshi.diagnostics import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pingshi.files import Blob

#: What results rest on beside the program's own source: a new calendar may change a deadline.
_LIBRARIES = ("yaml", "pydantic", "pydantic_core", "jinja2", "chinese_calendar")
_FORGET_AFTER = 30 * 24 * 3600
_SWEEP_EVERY = 24 * 3600


def folder() -> Path | None:
    """Return where entries are kept (`$XDG_CACHE_HOME/pingshi`), or None where nothing can be."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    if Path(base).is_absolute():
        return Path(base) / "pingshi"
    with contextlib.suppress(RuntimeError):
        home = Path.home()
        return home / ".cache" / "pingshi" if home.is_absolute() else None
    return None


def _is_ours(base: Path) -> bool:
    """Tell whether nobody else can have put anything into a folder: it is ours and only we may write there."""
    try:
        found = base.lstat()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    if not stat.S_ISDIR(found.st_mode):
        return False
    return not hasattr(os, "getuid") or (
        found.st_uid == os.getuid() and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    )


@cache
def program() -> bytes:
    """Return the digest of the program and of the libraries that it computes with."""
    digest = hashlib.sha256(sys.version.encode())
    package = Path(__file__).parent.parent
    for file in sorted(package.rglob("*.py")):
        digest.update(file.relative_to(package).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    places = set()
    for name in _LIBRARIES:
        found = importlib.util.find_spec(name)
        if found is not None and found.origin is not None:
            places.add(Path(found.origin).parent.parent)
    for place in sorted(places):
        digest.update("\0".join(sorted(it.name for it in place.glob("*.*-info"))).encode())
    return digest.digest()


def digest_of(blobs: Iterable[Blob]) -> bytes:
    """Return the digest of files: path, root, and blob id (as git has it in SHA-256 repositories) or why unread."""
    whole = hashlib.sha256()
    for blob in blobs:
        if blob.data is None:
            content = b"denied" if blob.denied else b"link"
        else:
            content = hashlib.sha256(b"blob %d\0" % len(blob.data) + blob.data).digest()
        whole.update(f"{blob.path}\0{blob.root}\0".encode(errors="surrogateescape") + content + b"\0")
    return whole.digest()


class Cache:
    """Entries by key. Any trouble with the disk means that there is no entry, and none is kept."""

    def __init__(self, base: Path | None) -> None:
        self._base = base if base is not None and _is_ours(base) else None

    def get(self, key: str) -> Any:
        """Return what was kept under this key, or None where nothing is known."""
        if self._base is None:
            return None
        try:
            digest, _, body = self._file(key).read_bytes().partition(b"\n")
            if digest.decode() != _sealed(key, body):
                return None
            return json.loads(body)
        except (OSError, ValueError):
            return None

    def put(self, key: str, found: Any) -> None:
        """Keep what was found, as JSON."""
        if self._base is None:
            return
        body = json.dumps(found).encode()
        file = self._file(key)
        try:
            self._base.mkdir(mode=0o700, parents=True, exist_ok=True)
            file.parent.mkdir(mode=0o700, exist_ok=True)
            fresh = file.with_name(f"{key}.{os.getpid()}")
            try:
                handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
                with open(handle, "wb") as opened:  # noqa: PTH123 -- a handle, no path
                    opened.write(_sealed(key, body).encode() + b"\n" + body)
                fresh.replace(file)
            except OSError:
                fresh.unlink(missing_ok=True)
                raise
        except OSError:
            self._base = None  # a full or read-only disk: do without

    def sweep(self) -> None:
        """Forget, at most once a day, what is a month old."""
        if self._base is None:
            return
        mark, now = self._base / "swept", time.time()
        with contextlib.suppress(OSError):
            if mark.exists() and now - mark.stat().st_mtime < _SWEEP_EVERY:
                return
            mark.touch()
            for file in self._base.glob("[0-9a-f][0-9a-f]/*"):
                if now - file.stat().st_mtime > _FORGET_AFTER:
                    file.unlink(missing_ok=True)

    def _file(self, key: str) -> Path:
        assert self._base is not None  # noqa: S101 -- the callers have looked
        return self._base / key[:2] / key


def _sealed(key: str, body: bytes) -> str:
    return hashlib.sha256(key.encode() + b"\0" + body).hexdigest()


def problems_kept(kept: Any) -> list[Problem] | None:
    """Return the problems that an entry holds, or None where it holds none such."""
    try:
        return [_problem(it) for it in kept]
    except (ValueError, KeyError, TypeError):
        return None


def _problem(it: dict[str, object]) -> Problem:
    clause = it["clause"]
    return Problem(
        Place(str(it["path"]), int(str(it["line"])), int(str(it["column"]))),
        str(it["code"]),
        str(it["message"]),
        str(it["hint"]),
        None if clause is None else str(clause),
        "error" if it["severity"] == "error" else "warning",
    )
