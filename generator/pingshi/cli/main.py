"""The entry point: from arguments to an exit status, and nothing thrown at the reader."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pingshi import __version__
from pingshi.cli.parser import ENVIRONMENT, FINE, USAGE, fail, parser
from pingshi.wording import in_words

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from pingshi.records import Snapshot


_NO_REPOSITORY = "“{}”里没有 records 和 schemes 文件夹，不是考核仓库；用 --repo 指明仓库在哪里"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit status (0 fine, 1 faulty data, 2 wrong usage, 3 environment)."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        try:
            return _main(arguments)
        finally:
            if sys.stdout is not None:
                sys.stdout.flush()  # here, where a closed pipe or a full disk can still be told
    except BrokenPipeError:
        _drop_output()  # the reader had enough
        return FINE
    except OSError as error:
        _drop_output()
        where = f"（{error.filename}）" if error.filename else ""
        sys.stderr.write(f"环境问题：{in_words(error)}{where}\n")
        return ENVIRONMENT


def _drop_output() -> None:
    """Send what is left in the buffer nowhere, so that Python's own farewell stays silent."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _main(arguments: Sequence[str] | None) -> int:
    top = parser()
    given = top.parse_args(arguments)
    if given.version:
        sys.stdout.write(f"pingshi {__version__}\n")
        return FINE
    if given.command is None:
        top.print_help()
        return USAGE
    return _run(given)


def _run(given: argparse.Namespace) -> int:
    from pingshi.cli import commands  # noqa: PLC0415 -- help and version need none of it

    run = {
        "check": commands.check,
        "lint": commands.lint,
        "grade": commands.grade,
        "explain": commands.explain,
        "build": commands.build,
        "schema": commands.schema,
    }[given.command]
    return run(given, read(given))


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
    from pingshi.records import read_working_tree, take  # noqa: PLC0415

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
