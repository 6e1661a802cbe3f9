"""Files in their place, and no harm to what is there: whole or not at all, over nothing, through no link."""

from __future__ import annotations

import contextlib
import os
import shutil
from typing import TYPE_CHECKING

from pingshi.starting.wanted import CannotStartError

if TYPE_CHECKING:
    from pathlib import Path


def refuse_links(root: Path, path: str) -> None:
    """Raise CannotStartError where a folder on the way to a record is a link: it may lead out of the repository."""
    at = root
    for part in path.split("/")[:-1]:
        at /= part
        if at.is_symlink():
            raise CannotStartError(f"{at.relative_to(root).as_posix()} 是符号链接，不能往里写；换成真正的文件夹")


def place(file: Path, data: bytes) -> None:
    """Write a new file: complete, or not at all. FileExistsError where one stands there already."""
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with fresh.open("xb") as opened:
            opened.write(data)
            opened.flush()
            os.fsync(opened.fileno())
        _without_replacing(fresh, file)
    finally:
        fresh.unlink(missing_ok=True)


def append(file: Path, data: bytes) -> None:
    """Add to the end of a file; where that fails half-way (a full disk), it is as it was."""
    before = file.stat().st_size
    try:
        with file.open("ab") as opened:
            opened.write(data)
    except OSError:
        with contextlib.suppress(OSError):
            os.truncate(file, before)
        raise


def settle(tree: Path, folder: Path) -> None:
    """Move what is in a finished tree into a folder, over nothing; what was moved goes back where that fails."""
    moved: list[Path] = []
    try:
        for it in sorted(tree.iterdir()):
            target = folder / it.name
            if it.is_dir():
                target.mkdir()  # nobody else's
                moved.append(target)
                it.rename(target)  # takes the place of the empty one
            else:
                _without_replacing(it, target)
                moved.append(target)
    except OSError:
        for it in moved:
            if it.is_dir():
                shutil.rmtree(it, ignore_errors=True)
            else:
                it.unlink(missing_ok=True)
        raise


def _without_replacing(file: Path, target: Path) -> None:
    """Give a finished file its name; FileExistsError where somebody has it."""
    try:
        os.link(file, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without links: the next best
        with target.open("xb") as opened:
            opened.write(file.read_bytes())
