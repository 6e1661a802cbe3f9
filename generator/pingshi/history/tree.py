"""The files of a commit, in the same form as those of the working tree."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

from pingshi.files import LARGEST_FILE, Blob, in_order
from pingshi.history.repository import commit_named, opened
from pingshi.layout import RECORDS, SCHEMES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path


def read_commit(roots: Sequence[Path], revision: str, wanted: Callable[[str], bool] | None = None) -> list[Blob]:
    """Return the files under `records/` and `schemes/` of a commit in each root, sorted by path.

    `wanted` is asked for each file's path; what is not wanted is not read.
    """
    found = [blob for index, root in enumerate(roots) for blob in _read(root, revision, index, wanted)]
    return in_order(found)


def _read(root: Path, revision: str, index: int, wanted: Callable[[str], bool] | None) -> list[Blob]:
    with opened(root, "不能用 --rev") as (repository, prefix):
        import git  # noqa: PLC0415 -- it is there: the repository is open

        tree = commit_named(repository, revision).tree
        blobs = []
        for name in (RECORDS, SCHEMES):
            try:
                folder = tree / f"{prefix}{name}"
            except KeyError:
                continue
            if not isinstance(folder, git.Tree):
                blobs.append(Blob(name, None, index))  # a link or a file where the folder should be
                continue
            for item in folder.traverse():
                if not isinstance(item, git.Blob | git.Submodule):
                    continue
                path = str(item.path).removeprefix(prefix)
                if wanted is not None and not wanted(path):
                    continue
                plain = isinstance(item, git.Blob) and not stat.S_ISLNK(item.mode)
                data = item.data_stream.read(LARGEST_FILE + 1) if plain else None
                blobs.append(Blob(path, data, index))
        return blobs
