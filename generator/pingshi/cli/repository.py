"""From `--repo`, `--rev` and what is asked for to files, and to a snapshot of them."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from pingshi.cli.parser import ENVIRONMENT, USAGE, fail
from pingshi.files import Blob, Listed, list_working_tree, read_each
from pingshi.layout import RECORDS, SCHEMES

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable

    from pingshi.records import Snapshot

_NO_REPOSITORY = "“{}”里没有 records 和 schemes 文件夹，不是考核仓库；用 --repo 指明仓库在哪里"


def roots(given: argparse.Namespace) -> list[Path]:
    """Return the folders of the repository; leaves with status 2 where one is none."""
    found = [Path(it) for it in given.repo or ["."]]
    for root in found:
        if not root.is_dir():
            fail(f"没有“{root}”这个文件夹", USAGE)
        if given.rev is None and not (root / RECORDS).is_dir() and not (root / SCHEMES).is_dir():
            fail(_NO_REPOSITORY.format(root), USAGE)
    return found


def sources(given: argparse.Namespace, wanted: Callable[[str], bool] | None = None) -> list[Blob | Listed]:
    """Return the files that the arguments ask for, of the working tree (not read yet) or of a commit."""
    found = roots(given)
    if given.rev is None:
        return [*list_working_tree(found, wanted)]
    from pingshi.history import NoRepositoryError, UnknownRevisionError, read_commit  # noqa: PLC0415 -- git, for this only

    try:
        blobs = read_commit(found, given.rev)
    except NoRepositoryError as error:
        fail(str(error), ENVIRONMENT)
    except UnknownRevisionError as error:
        fail(str(error), USAGE)
    if not blobs:
        fail(_NO_REPOSITORY.format(found[0]), USAGE)
    return [it for it in blobs if wanted is None or wanted(it.path)]


def several(given: argparse.Namespace) -> bool:
    """Tell whether two or more folders make up the repository."""
    return len(given.repo or ()) > 1


def read(given: argparse.Namespace, wanted: Callable[[str], bool] | None = None) -> Snapshot:
    """Return the snapshot that the arguments ask for."""
    from pingshi.records import take  # noqa: PLC0415 -- all the models

    return take(read_each(sources(given, wanted)), several=several(given))


def units(files: Iterable[Blob | Listed]) -> set[str]:
    """Return the ids of all units that have a file, readable or not."""
    parts = [it.path.split("/") for it in files]
    return {it[1] for it in parts if it[0] == RECORDS and len(it) > len((RECORDS, "unit"))}


def choose_unit(given: argparse.Namespace, files: Iterable[Blob | Listed]) -> None:
    """Set `given.unit` where there is only one; leaves with status 2 where none or an unknown one was named."""
    folders = units(files)
    if given.unit is None:
        if len(folders) != 1:
            fail(f"有 {len(folders)} 个单位，用 --unit 指明一个：{', '.join(sorted(folders))}", USAGE)
        given.unit = next(iter(folders))
    if given.unit not in folders:
        no_such("单位", given.unit, folders)


def no_such(what: str, name: str, known: Iterable[str]) -> NoReturn:
    """Leave with status 2: there is no such thing, but perhaps one of nearly that name."""
    close = difflib.get_close_matches(name, known := sorted(known), n=1)
    near = f"；是不是 {close[0]}？" if close else f"；有：{', '.join(known) or '（没有）'}"
    fail(f"没有“{name}”这个{what}{near}", USAGE)
