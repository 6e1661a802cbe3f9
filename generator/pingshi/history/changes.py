"""The files that differ between a commit and where its branch left another one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast

from pingshi.history.repository import UnknownRevisionError, commit_named, opened
from pingshi.layout import RECORDS, SCHEMES

if TYPE_CHECKING:
    from pathlib import Path

What = Literal["added", "changed", "deleted"]

_WHAT = {"A": "added", "M": "changed", "T": "changed", "D": "deleted"}


@dataclass(frozen=True, slots=True)
class Change:
    """A file under `records/` or `schemes/` that differs; one that was moved is deleted here and added there."""

    path: str
    what: What


@dataclass(frozen=True, slots=True)
class Changes:
    """What a branch changes: from the commit at which it left the other one, to its own last commit."""

    base: str
    head: str
    files: tuple[Change, ...]


def changes_between(root: Path, base: str, head: str) -> Changes:
    """Return what `head` changes since it left `base`, as forges compare: what `base` did meanwhile is left out."""
    with opened(root, "没有提交可以比较") as (repository, prefix):
        one, other = commit_named(repository, base), commit_named(repository, head)
        common = repository.merge_base(one, other)
        if not common:
            raise UnknownRevisionError(
                f"“{base}”和“{head}”没有共同的历史，无法比较；如果只取了最近几次提交，先取全：git fetch --unshallow"
            )
        start = common[0].hexsha
        told: bytes = repository.git.diff_tree(
            *("-r", "-z", "--no-renames", "--name-status", start, other.hexsha, "--"),
            *(f":(top,literal){prefix}{it}" for it in (RECORDS, SCHEMES)),
            stdout_as_string=False,
        )
        words = told.decode(errors="surrogateescape").split("\0")
        pairs = zip(words[::2], words[1::2], strict=False)  # the last one is empty
        files = [Change(path.removeprefix(prefix), cast("What", _WHAT[status])) for status, path in pairs]
        return Changes(start, other.hexsha, tuple(sorted(files, key=lambda it: it.path)))
