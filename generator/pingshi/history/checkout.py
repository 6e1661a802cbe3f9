"""The files of a commit, laid out on the disk: for what is not read as records, such as the site's own pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pingshi.history.log import LINK
from pingshi.history.objects import Objects
from pingshi.history.plumbing import opened_git, prefix_of
from pingshi.history.repository import UnknownRevisionError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from pingshi.history.plumbing import Git

_FILES = frozenset({"100644", "100755", "100664"})


class OddTreeError(Exception):
    """A commit holds what can't be laid out as plain files; `args[0]` says what, and what to do."""


def listed(git: Git, commit: str, tops: Sequence[str]) -> Mapping[str, tuple[str, str]]:
    """Return (mode, object) of everything that a commit holds under some files and folders, by path."""
    prefix = prefix_of(git)
    told = git.text("ls-tree", "-r", "-z", "--full-tree", commit, "--", *(f"{prefix}{it}" for it in tops))
    found = {}
    for line in filter(None, told.split("\0")):
        head, _, path = line.partition("\t")
        mode, _, blob = head.split(" ")
        found[path.removeprefix(prefix)] = mode, blob
    return found


def lay_out(folder: Path, commit: str, tops: Sequence[str], target: Path) -> None:
    """Write files of a commit into an empty folder; OddTreeError where they are no plain files with plain names.

    UnknownRevisionError where the commit is not there.
    """
    git = opened_git(folder, "不能用 --rev")
    if git.commit(commit) is None:
        raise UnknownRevisionError(f"没有“{commit}”这个提交")
    with Objects(git) as objects:
        for path, (mode, blob) in listed(git, commit, tops).items():
            if mode == LINK:
                raise OddTreeError(f"{path} 是符号链接，生成网站时不跟随；换成真正的文件再提交")
            if mode not in _FILES:
                raise OddTreeError(f"{path} 是另一个仓库（子模块），不能放进网站；换成真正的文件再提交")
            parts = path.split("/")
            data = objects.read(blob)
            if data is None or any(it in ("", ".", "..") or it.lower() == ".git" for it in parts):
                raise OddTreeError(f"{path} 不是正常的文件；改正以后再提交")
            _write(target.joinpath(*parts), data, path)


def _write(file: Path, data: bytes, path: str) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("xb") as opened:
            opened.write(data)
    except (FileExistsError, NotADirectoryError) as error:
        raise OddTreeError(f"{path} 与别的文件同名；改正以后再提交") from error
