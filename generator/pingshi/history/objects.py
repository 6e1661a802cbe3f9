"""Objects read by one long-running git command: what a blob holds, what stands at a path of a commit."""

from __future__ import annotations

from collections import OrderedDict
from typing import IO, TYPE_CHECKING, Self

from pingshi.history.plumbing import Git, GitError

if TYPE_CHECKING:
    import subprocess
    from types import TracebackType

_CHUNK = 1 << 16
#: Objects up to this size that have been read by their whole id are kept, the latest of them: an id never means
#: anything else, in whatever repository.
_SMALL, _MOST = 64 * 1024, 8192
_IDS = (40, 64)
_kept: OrderedDict[str, bytes] = OrderedDict()


class Objects:
    """Reads objects by id or as `<commit>:<path>`; to be closed, as a context manager."""

    def __init__(self, git: Git) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._git = git

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End the command."""
        if self._process is not None:
            self._process.communicate()
            self._process = None

    def read(self, name: str, largest: int | None = None) -> bytes | None:
        """Return what an object holds, or None where there is none; no more than one byte over `largest`."""
        known = _kept.get(name)
        if known is not None and (largest is None or len(known) <= largest):
            return known
        header, told = self._ask(name)
        if header is None:
            return None
        size = int(header[2])
        if largest is None or size <= largest:
            data = told.read(size)
        else:
            data = told.read(largest + 1)
            left = size - len(data)
            while left > 0:
                left -= len(told.read(min(left, _CHUNK)))
        told.read(1)
        if header[0] == name and len(name) in _IDS and size <= _SMALL:
            _kept[name] = data
            if len(_kept) > _MOST:
                _kept.popitem(last=False)
        return data

    def id_at(self, commit: str, path: str) -> str | None:
        """Return the id of what stands at a path of a commit, or None."""
        name = f"{commit}:{path}"
        if "\n" in name:
            return None
        header, told = self._ask(name)
        if header is None:
            return None
        left = int(header[2]) + 1
        while left > 0:
            left -= len(told.read(min(left, _CHUNK)))
        return header[0]

    def _ask(self, name: str) -> tuple[list[str] | None, IO[bytes]]:
        if self._process is None:
            self._process = self._git.process("cat-file", "--batch")
        process = self._process
        assert process.stdin is not None  # noqa: S101 -- a pipe was asked for
        assert process.stdout is not None  # noqa: S101 -- a pipe was asked for
        process.stdin.write(name.encode("utf-8", "surrogateescape") + b"\n")
        process.stdin.flush()
        line = process.stdout.readline().decode("utf-8", "surrogateescape").rstrip("\n")
        if not line:
            raise GitError("git cat-file 中途退出")
        words = line.split(" ")
        if words[-1] in ("missing", "ambiguous"):
            return None, process.stdout
        return words, process.stdout
