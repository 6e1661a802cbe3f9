"""From `--repo` and `--rev` to a snapshot."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pingshi.cli.parser import ENVIRONMENT, USAGE, fail
from pingshi.records import read_working_tree, take

if TYPE_CHECKING:
    import argparse

    from pingshi.records import Snapshot

_NO_REPOSITORY = "“{}”里没有 records 和 schemes 文件夹，不是考核仓库；用 --repo 指明仓库在哪里"


def roots(given: argparse.Namespace) -> list[Path]:
    """Return the folders of the repository; leaves with status 2 where one is none."""
    found = [Path(it) for it in given.repo or ["."]]
    for root in found:
        if not root.is_dir():
            fail(f"没有“{root}”这个文件夹", USAGE)
        if given.rev is None and not (root / "records").is_dir() and not (root / "schemes").is_dir():
            fail(_NO_REPOSITORY.format(root), USAGE)
    return found


def read(given: argparse.Namespace) -> Snapshot:
    """Read the snapshot that the arguments ask for: the working tree, or a commit."""
    if given.rev is None:
        found = roots(given)
        return take(read_working_tree(found), several=len(found) > 1)
    from pingshi.history import NoRepositoryError, UnknownRevisionError, read_commit  # noqa: PLC0415 -- git, for this only

    try:
        found = roots(given)
        blobs = read_commit(found, given.rev)
        if not blobs:
            fail(_NO_REPOSITORY.format(found[0]), USAGE)
        return take(blobs, several=len(found) > 1)
    except NoRepositoryError as error:
        fail(str(error), ENVIRONMENT)
    except UnknownRevisionError as error:
        fail(str(error), USAGE)
