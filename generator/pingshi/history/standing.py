"""Where a repository stands: the commit that its files are of, whether they are just that, the last receipt."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pingshi.history.checkout import listed
from pingshi.history.log import LINK, SUBMODULE
from pingshi.history.plumbing import Git, GitError, opened_git
from pingshi.history.receipts import MAIN, RECEIPTS
from pingshi.history.repository import NoRepositoryError, UnknownRevisionError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

#: Letters of an object's id where git hashes with SHA-1; longer ones are SHA-256.
_SHA1 = 40


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one repository stands.

    Attributes:
        commit: the commit that its files are of, or None outside of git.
        clean: whether the files are just what that commit holds; None outside of git.
        receipts: the last commit of the chain of receipts, or None where there is none.

    """

    commit: str | None = None
    clean: bool | None = None
    receipts: str | None = None


def standing_of_files(folder: Path, tops: Sequence[str]) -> Standing:
    """Return where a folder stands whose files are read from the disk. It need not be in git, nor git be there.

    `tops`: the files and folders in it that matter. They are compared byte by byte: what git ignores is there all the
    same, and git may have been told to take a changed file for an unchanged one.
    """
    git = Git(folder)
    try:
        head = git.commit("HEAD")
        committed = listed(git, head, tops) if head is not None else {}
        if head is None or not committed:
            return Standing()  # or a repository of something else, in which the folder happens to lie
        return Standing(head, _is_just(folder, tops, committed), git.commit(RECEIPTS))
    except (NoRepositoryError, GitError):
        return Standing()


def standing_at(folder: Path, revision: str) -> Standing:
    """Return where a commit of a repository stands; UnknownRevisionError where there is none of that name."""
    git = opened_git(folder, "不能用 --rev")
    commit = git.commit(revision)
    if commit is None:
        raise UnknownRevisionError(f"没有“{revision}”这个提交")
    return Standing(commit, clean=True, receipts=git.commit(RECEIPTS))


def main_of(folder: Path) -> str | None:
    """Return the last commit of main; where there is no such branch, that of what is checked out."""
    git = Git(folder)
    return git.commit(MAIN) or git.commit("HEAD")


def receipts_of(folder: Path) -> str | None:
    """Return the last receipt, or None where there is none."""
    return Git(folder).commit(RECEIPTS)


def follows(folder: Path, later: str | None, earlier: str) -> bool:
    """Tell whether a commit is the earlier one or came after it; not so where either is no longer there."""
    return later is not None and Git(folder).succeeds("merge-base", "--is-ancestor", earlier, later)


def is_shallow(folder: Path) -> bool:
    """Tell whether only the latest part of the history is here."""
    return Git(folder).text("rev-parse", "--is-shallow-repository") == "true"


def is_bare(folder: Path) -> bool:
    """Tell whether a folder is a repository without files of its own, as servers keep them."""
    try:
        return Git(folder).text("rev-parse", "--is-bare-repository") == "true"
    except (NoRepositoryError, GitError):
        return False


def _is_just(folder: Path, tops: Sequence[str], committed: Mapping[str, tuple[str, str]]) -> bool:
    try:
        there = dict(_on_disk(folder, tops))
        return there.keys() == committed.keys() and all(_same(file, *committed[it]) for it, file in there.items())
    except OSError:
        return False  # what can't be read can't be vouched for


def _on_disk(folder: Path, tops: Sequence[str]) -> Iterator[tuple[str, Path]]:
    """Yield every file and link under some files and folders, with its path; links are not followed."""
    for top in tops:
        start = folder / top
        if start.is_symlink() or start.is_file():
            yield top, start
            continue
        for above, folders, files in os.walk(start, onerror=_raise):
            links = [it for it in folders if (Path(above) / it).is_symlink()]
            for it in (*files, *links):
                file = Path(above) / it
                yield file.relative_to(folder).as_posix(), file


def _raise(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError):
        raise error


def _same(file: Path, mode: str, blob: str) -> bool:
    """Tell whether a file is what git keeps under an id; the right to run it makes no difference to us."""
    link = file.is_symlink()
    if mode == SUBMODULE or link != (mode == LINK):
        return False
    data = os.fsencode(file.readlink()) if link else file.read_bytes()
    hashed = hashlib.sha1(usedforsecurity=False) if len(blob) == _SHA1 else hashlib.sha256()
    hashed.update(b"blob %d\0" % len(data))
    hashed.update(data)
    return hashed.hexdigest() == blob
