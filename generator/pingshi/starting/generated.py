"""What `init --forge` writes into a bureau's repository: only over files that it has written itself."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from pingshi.forges import Forge, Generated, generated, is_ours, left_from_others, without_account
from pingshi.layout import SCHEMES, Misplaced, area_of, locate
from pingshi.starting.disk import refuse_links
from pingshi.starting.wanted import CannotStartError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from pathlib import Path

    from pingshi.diagnostics import Problem
    from pingshi.records import Snapshot

#: Whose errors spoil the answer of who approves what.
_DECISIVE = frozenset({"unit", "people"})


class UnsoundError(Exception):
    """The rosters or schemes have errors, so nobody can tell who approves what; `args[0]` names the first."""


def forge_files(snapshot: Snapshot, forge: Forge, day: date) -> list[Generated]:
    """Return the files for a forge; UnsoundError where what they rest on has errors."""
    wrong = next(_decisive(snapshot.problems), None)
    if wrong is not None:
        raise UnsoundError(
            f"人员、单位或者方案有错误，说不准由谁审核：{wrong.place.path} 第 {wrong.place.line} 行，{wrong.message}；"
            "先用 pingshi check 看，改正以后再生成"
        )
    if not snapshot.units:
        raise UnsoundError("还没有单位；先用 pingshi init 建好，填好 unit.yml")
    return generated(forge, snapshot.units, day)


def _decisive(problems: Iterable[Problem]) -> Iterator[Problem]:
    for it in problems:
        if it.severity == "error" and _bears(it.place.path):
            yield it


def _bears(path: str) -> bool:
    try:
        return area_of(path) == SCHEMES or locate(path).kind in _DECISIVE
    except Misplaced:
        return False  # no record at all; `check` tells it


def forge_notes(root: Path, snapshot: Snapshot, forge: Forge) -> Iterator[str]:
    """Yield what somebody should know of besides: whom the files leave out, and what is left from another forge."""
    named = [f"{records.name_of(person)}（{person}）" for records, person in without_account(snapshot.units)]
    if named:
        how = "账号只用英文字母、数字、点、下划线和减号，改正人员资料里的 git.accounts 以后重新生成"
        yield f"{'、'.join(named)}没有能用的账号，没有写进去；{how}"
    left = [it for it in left_from_others(forge) if is_ours(_there(root / it) or "")]
    if left:
        yield f"以前为别的平台生成的 {'、'.join(left)} 还在；不用了就删掉"


def write_generated(root: Path, files: Iterable[Generated]) -> list[str]:
    """Write the files and return the paths of those that were not so already; nothing is written where one can't be."""
    those = list(files)
    foreign = [it.path for it in those if not _may_replace(root, it)]
    if foreign:
        raise CannotStartError(
            f"{'、'.join(foreign)} 已经有了，不是 pingshi init --forge 生成的，没有动它；"
            "先把它移走，需要的内容以后再加回去"
        )
    stale = [it for it in those if _there(root / it.path) != it.text]
    for it in stale:
        _write(root / it.path, it.text)
    return [it.path for it in stale]


def stale_generated(root: Path, files: Iterable[Generated]) -> list[str]:
    """Return the paths of the files that are missing or differ from what would be written now."""
    return [it.path for it in files if _is_link(root, it) or _there(root / it.path) != it.text]


def _may_replace(root: Path, it: Generated) -> bool:
    refuse_links(root, it.path)
    file = root / it.path
    if not os.path.lexists(file):
        return True
    there = None if file.is_symlink() else _there(file)
    return there is not None and is_ours(there)


def _is_link(root: Path, it: Generated) -> bool:
    at = root
    for part in it.path.split("/"):
        at /= part
        if at.is_symlink():
            return True
    return False


def _there(file: Path) -> str | None:
    """Return a file's text, or None where there is none that can be read as one."""
    try:
        return file.read_bytes().decode()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError, UnicodeDecodeError):
        return None


def _write(file: Path, text: str) -> None:
    """Replace a file: the old one stands until the new one is complete."""
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        fresh.write_text(text, encoding="utf-8", newline="\n")
        fresh.replace(file)
    finally:
        fresh.unlink(missing_ok=True)
