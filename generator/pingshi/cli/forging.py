"""`init --forge`: the files for a forge or a git server, written anew or only compared."""

from __future__ import annotations

import shlex
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pingshi.cli.parser import FAULTY, FINE, USAGE, fail
from pingshi.cli.repository import read, roots
from pingshi.forges import FORGES
from pingshi.starting import (
    CannotStartError,
    UnsoundError,
    forge_files,
    forge_notes,
    stale_generated,
    write_generated,
)

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

#: The options of the other way to use `init`, which go with none of this one's.
_OTHERS = {"folder": "文件夹", "scheme": "--scheme", "unit": "--unit", "name": "--name", "since": "--from"}


def forge(given: argparse.Namespace) -> int:
    """Write the files, or say which are out of date; faulty where some are, or the rosters can't be relied on."""
    for option, told in _OTHERS.items():
        if getattr(given, option) is not None:
            fail(f"用法有误：--forge 不和 {told} 一起写，写在已经建好的仓库里；仓库用 --repo 指明", USAGE)
    root = roots(given)[0]
    snapshot = read(given)
    day = given.on or date.today()  # noqa: DTZ011 -- the office's own day
    try:
        files = forge_files(snapshot, given.forge, day)
        if given.check:
            return _compared(given, stale_generated(root, files))
        written = write_generated(root, files)
    except UnsoundError as error:
        fail(str(error), FAULTY)
    except CannotStartError as error:
        fail(str(error), USAGE)
    for path in written:
        sys.stdout.write(f"{path}\n")
    sys.stdout.flush()
    for note in forge_notes(root, snapshot, given.forge):
        sys.stderr.write(f"注意：{note}\n")
    told = "已经写好；接下来照 forge/README.md 做" if written else "都是最新的，没有改动"
    sys.stderr.write(f"{FORGES[given.forge]}：{told}\n")
    return FINE


def _compared(given: argparse.Namespace, stale: Sequence[str]) -> int:
    if not stale:
        sys.stdout.write("由程序生成的文件都是最新的\n")
        return FINE
    repositories = "".join(f" --repo {shlex.quote(str(Path(it)))}" for it in given.repo or ())
    sys.stdout.write(
        "以下文件已经过期（人员、职务、方案变了，或者任期到了），请人事部门在自己的分支上重新生成，提交审核：\n"
        + "".join(f"  {it}\n" for it in stale)
        + f"重新生成：pingshi init --forge {given.forge}{repositories}\n"
    )
    return FAULTY
