"""The files of a repository: listed, read, and as they were found.

Nothing here knows what a record is; it must stay light, because a check of what has not
changed needs little else.
"""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from pingshi.layout import RECORDS, SCHEMES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

T = TypeVar("T", "Blob", "Listed")

#: Bytes. A quarter's largest real record is under 40 KB; of a larger file no more is read than shows that it is.
LARGEST_FILE = 256 * 1024


@dataclass(frozen=True, slots=True)
class Blob:
    """A file as it was found, from the `root`-th root. `data` is None where it was not read: a link, or `denied`."""

    path: str
    data: bytes | None
    root: int = 0
    denied: bool = False

    @property
    def is_placeholder(self) -> bool:
        """Tell whether it only keeps a folder in git, which has no empty ones."""
        return self.path.endswith("/.gitkeep") and self.data == b""

    def read(self) -> Blob:
        """Return itself: it has been read."""
        return self


@dataclass(frozen=True, slots=True)
class Listed:
    """A file that has not been read yet. `file` is None where it is not to be: a link, or `denied`."""

    path: str
    root: int
    file: str | None
    denied: bool = False

    @property
    def is_placeholder(self) -> bool:
        """Tell whether it only keeps a folder in git."""
        return self.path.endswith("/.gitkeep") and all(it.is_placeholder for it in read_each([self]))

    def read(self) -> Blob:
        """Read it; OSError where it has gone meanwhile, or the disk fails."""
        if self.file is None:
            return Blob(self.path, None, self.root, self.denied)
        try:
            with open(self.file, "rb", buffering=0) as opened:  # noqa: PTH123 -- half the time of Path.open
                return Blob(self.path, opened.read(LARGEST_FILE + 1), self.root)
        except PermissionError:
            return Blob(self.path, None, self.root, denied=True)


def in_order(files: list[T]) -> list[T]:
    """Return files by path, and of one path by root: the order in which every source gives them."""
    return sorted(files, key=lambda it: (it.path, it.root))


def list_working_tree(roots: Sequence[Path], wanted: Callable[[str], bool] | None = None) -> list[Listed]:
    """Return what stands under `records/` and `schemes/` of each root, in order; links are not followed.

    `wanted` is asked for the path of each folder and file (from the root); what is not
    wanted is left out.
    """
    found: list[Listed] = []
    for index, root in enumerate(roots):
        for top in (RECORDS, SCHEMES):
            start = root / top
            if start.is_symlink():
                found.append(Listed(top, index, None))
            else:
                found += _under(os.fspath(start), top, index, wanted)
    return in_order(found)


def read_working_tree(roots: Sequence[Path], wanted: Callable[[str], bool] | None = None) -> list[Blob]:
    """Return the same files, read."""
    return read_each(list_working_tree(roots, wanted))


def read_each(files: Iterable[Blob | Listed]) -> list[Blob]:
    """Return files, read; one that has gone since it was listed (an editor's, for example) was never there."""
    found = []
    for it in files:
        with contextlib.suppress(FileNotFoundError):
            found.append(it.read())
    return found


def _under(top: str, path: str, root: int, wanted: Callable[[str], bool] | None) -> Iterator[Listed]:
    """Yield the files under a folder, which stands at `path` from its root."""
    open_ones = [(top, path)]
    while open_ones:
        folder, above = open_ones.pop()
        try:
            entries = list(os.scandir(folder))
        except PermissionError:
            yield Listed(above, root, None, denied=True)
            continue
        except (FileNotFoundError, NotADirectoryError):
            continue
        for entry in entries:
            inner = f"{above}/{entry.name}"
            if wanted is not None and not wanted(inner):
                continue
            if entry.is_dir(follow_symlinks=False):
                open_ones.append((entry.path, inner))
            else:
                yield Listed(inner, root, entry.path if entry.is_file(follow_symlinks=False) else None)
