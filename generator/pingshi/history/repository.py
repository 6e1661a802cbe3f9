"""A git repository, opened where somebody's folder lies in it, and commits by name."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    import git

#: History as it was received: without what a repository may put in its place locally.
AS_RECEIVED = {"GIT_NO_REPLACE_OBJECTS": "1", "GIT_GRAFT_FILE": os.devnull}


class NoRepositoryError(Exception):
    """Git is missing, or the folder is no repository (the environment's fault, exit status 3)."""


class UnknownRevisionError(Exception):
    """There is no such commit, or none that two have in common (wrong usage, exit status 2)."""


class ShallowError(NoRepositoryError):
    """Only the latest part of the history is here (exit status 3): who approved what can't be told from that."""


@contextmanager
def opened(root: Path, purpose: str) -> Iterator[tuple[git.Repo, str]]:
    """Open the repository that a folder lies in, with the folder's path from its top; `purpose`: what can't be done."""
    try:
        import git  # noqa: PLC0415 -- 60 ms, and it raises ImportError where the git command is missing
    except ImportError as error:
        raise NoRepositoryError("找不到 git 命令；请先安装 git") from error
    try:
        repository = git.Repo(root, search_parent_directories=True)
    except (git.InvalidGitRepositoryError, git.NoSuchPathError) as error:
        raise NoRepositoryError(f"{root} 不是 git 仓库，{purpose}") from error
    with repository:
        repository.git.update_environment(**AS_RECEIVED)
        top = repository.working_tree_dir
        where = root.resolve().relative_to(Path(str(top)).resolve()).as_posix() if top else "."
        yield repository, "" if where == "." else f"{where}/"


def commit_named(repository: git.Repo, revision: str) -> git.Commit:
    """Return a commit by any of its names."""
    import git  # noqa: PLC0415 -- as above

    try:
        commit = repository.commit(revision)
        _ = commit.tree  # a whole hash is believed until the commit is read
    except (git.BadName, git.BadObject, git.GitCommandError, ValueError, KeyError, IndexError, TypeError) as error:
        raise UnknownRevisionError(f"没有“{revision}”这个提交") from error
    return commit
