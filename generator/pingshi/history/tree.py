"""The files of a commit, in the same form as those of the working tree."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import TYPE_CHECKING

from pingshi.files import LARGEST_FILE, Blob, in_order
from pingshi.layout import RECORDS, SCHEMES

if TYPE_CHECKING:
    from collections.abc import Sequence


class NoRepositoryError(Exception):
    """Git is missing, or the folder is no repository (the environment's fault, exit status 3)."""


class UnknownRevisionError(Exception):
    """There is no such commit (wrong usage, exit status 2)."""


def read_commit(roots: Sequence[Path], revision: str) -> list[Blob]:
    """Return the files under `records/` and `schemes/` of a commit in each root, sorted by path."""
    found = [blob for index, root in enumerate(roots) for blob in _read(root, revision, index)]
    return in_order(found)


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
        top = repository.working_tree_dir
        where = root.resolve().relative_to(Path(str(top)).resolve()).as_posix() if top else "."
        prefix = "" if where == "." else f"{where}/"
        try:
            tree = repository.commit(revision).tree
        except (git.BadName, git.BadObject, git.GitCommandError, ValueError, KeyError, IndexError, TypeError) as error:
            raise UnknownRevisionError(f"没有“{revision}”这个提交") from error
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
                plain = isinstance(item, git.Blob) and not stat.S_ISLNK(item.mode)
                data = item.data_stream.read(LARGEST_FILE + 1) if plain else None
                blobs.append(Blob(str(item.path).removeprefix(prefix), data, index))
        return blobs
