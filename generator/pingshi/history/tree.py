"""The files of a commit, in the same form as those of the working tree."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

from pingshi.layout import RECORDS, SCHEMES
from pingshi.records import Blob
from pingshi.source import LARGEST_FILE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class NoRepositoryError(Exception):
    """Git is missing, or the folder is no repository (the environment's fault, exit status 3)."""


class UnknownRevisionError(Exception):
    """There is no such commit (wrong usage, exit status 2)."""


def read_commit(roots: Sequence[Path], revision: str) -> list[Blob]:
    """Return the files under `records/` and `schemes/` of a commit in each root, sorted by path."""
    found = [blob for index, root in enumerate(roots) for blob in _read(root, revision, index)]
    return sorted(found, key=lambda blob: (blob.path, blob.root))


def _read(root: Path, revision: str, index: int) -> list[Blob]:
    try:
        import git  # noqa: PLC0415 -- 60 ms, and it raises ImportError where the git command is missing
    except ImportError as error:
        raise NoRepositoryError("找不到 git 命令；请先安装 git") from error
    try:
        repository = git.Repo(root, search_parent_directories=True)
    except (git.InvalidGitRepositoryError, git.NoSuchPathError) as error:
        raise NoRepositoryError(f"{root} 不是 git 仓库，不能用 --rev") from error
    with repository:
        try:
            tree = repository.commit(revision).tree
            top = repository.working_tree_dir or root
            prefix = root.resolve().relative_to(str(top)).as_posix() if root.resolve() != top else "."
            if prefix != ".":
                tree = tree / prefix
        except (git.BadName, git.BadObject, ValueError, KeyError) as error:
            raise UnknownRevisionError(f"没有“{revision}”这个提交") from error
        blobs = []
        for top_name in (RECORDS, SCHEMES):
            if top_name not in tree:
                continue
            for item in (tree / top_name).traverse():
                if not isinstance(item, git.Blob | git.Submodule):
                    continue
                inside = str(item.path)[len(prefix) + 1 :] if prefix != "." else str(item.path)
                plain = isinstance(item, git.Blob) and not stat.S_ISLNK(item.mode)
                data = item.data_stream.read(LARGEST_FILE + 1) if plain else None
                blobs.append(Blob(inside, data, index))
        return blobs
