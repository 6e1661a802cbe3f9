"""The files that a snapshot is made of, as they were found, and reading them from the disk."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pingshi.layout import RECORDS, SCHEMES
from pingshi.source.limits import LARGEST_FILE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path


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


def in_order(blobs: list[Blob]) -> list[Blob]:
    """Return files by path, and of one path by root: the order in which every source gives them."""
    return sorted(blobs, key=lambda blob: (blob.path, blob.root))


def read_working_tree(roots: Sequence[Path], wanted: Callable[[str], bool] | None = None) -> list[Blob]:
    """Return the files under `records/` and `schemes/` of each root, in order; links are not followed.

    `wanted` is asked for the path of each folder and file (from the root); what is not
    wanted is not read.
    """
    found: list[Blob] = []
    for index, root in enumerate(roots):
        for top in (RECORDS, SCHEMES):
            start = root / top
            if start.is_symlink():
                found.append(Blob(top, None, index))
            else:
                found += _under(os.fspath(start), top, index, wanted)
    return in_order(found)


def _under(folder: str, path: str, root: int, wanted: Callable[[str], bool] | None) -> Iterator[Blob]:
    """Yield the files under a folder, which stands at `path` from its root."""
    try:
        entries = os.scandir(folder)
    except PermissionError:
        yield Blob(path, None, root, denied=True)
        return
    except (FileNotFoundError, NotADirectoryError):
        return
    with entries:
        for entry in entries:
            inner = f"{path}/{entry.name}"
            if wanted is not None and not wanted(inner):
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from _under(entry.path, inner, root, wanted)
            elif entry.is_file(follow_symlinks=False):
                yield _read(entry.path, inner, root)
            else:
                yield Blob(inner, None, root)


def _read(file: str, path: str, root: int) -> Blob:
    try:
        with open(file, "rb", buffering=0) as opened:  # noqa: PTH123 -- half the time of Path.open, for each of thousands
            return Blob(path, opened.read(LARGEST_FILE + 1), root)
    except PermissionError:
        return Blob(path, None, root, denied=True)
