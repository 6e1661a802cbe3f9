"""What a site is made of: the files on the disk, or those of a commit alone; and whether it may follow the last one."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from pingshi.history import Standing, follows, is_shallow, lay_out, standing_at, standing_of_files
from pingshi.layout import RECORDS, SCHEMES
from pingshi.publishing.checkpoint import NAME, CheckpointError, published

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pingshi.publishing.checkpoint import Checkpoint, ReadFrom

#: Of a repository's own files, what a site is made of besides its records and schemes.
OWN = ("site", "mkdocs.yml")
_ALL = (RECORDS, SCHEMES, *OWN)


class RewrittenError(Exception):
    """What is published is no part of the history any more (a fault of the data, exit status 1)."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a site's sources come from: the repositories' folders, and where each of them stands."""

    folders: tuple[Path, ...]
    read_from: ReadFrom
    sources: tuple[Standing, ...]


def origin_of(folders: Sequence[Path], revision: str | None) -> Origin:
    """Return the origin of a site to be built from these folders: from a commit of each, or from the disk.

    NoRepositoryError, UnknownRevisionError where there is no such commit.
    """
    if revision is None:
        return Origin(tuple(folders), "files", tuple(standing_of_files(it, _ALL) for it in folders))
    return Origin(tuple(folders), "history", tuple(standing_at(it, revision) for it in folders))


@contextmanager
def roots_of(origin: Origin) -> Iterator[list[Path]]:
    """Give folders with the site's own pages and settings: the repositories', or what a commit alone holds of them.

    Raises OddTreeError as `lay_out`.
    """
    if origin.read_from == "files":
        yield list(origin.folders)
        return
    with ExitStack() as scratch:
        roots = []
        for folder, source in zip(origin.folders, origin.sources, strict=True):
            root = Path(scratch.enter_context(tempfile.TemporaryDirectory(prefix="pingshi-")))
            lay_out(folder, source.commit or "", OWN, root)
            roots.append(root)
        yield roots


def refuse_rewritten(out: Path, origin: Origin) -> None:
    """Raise RewrittenError where the site that stands in a folder was made of what the history no longer holds.

    A site without a checkpoint, or one that was made outside of git, gives nothing to compare.
    """
    aside = out.with_name(f"{out.name}.old")  # where a build was broken off while it changed the one for the other
    site = aside if not out.exists() and (aside / NAME).is_file() else out
    try:
        last = published(site)
    except CheckpointError as error:
        raise RewrittenError(
            f"没有生成网站：{site} 里已公布的网站无法核对：{error}。\n"
            f"先查明是谁改动的；确实要重新公布，把 {site} 移到别处存档，再生成"
        ) from error
    if last is None:
        return
    for index, (old, new) in enumerate(zip_longest(last.sources, origin.sources, fillvalue=Standing())):
        folder = origin.folders[index] if index < len(origin.folders) else None
        wrong = _departed(folder, old, new)
        if wrong is not None:
            raise RewrittenError(_refusal(site, last, wrong, old, new))


def _departed(folder: Path | None, old: Standing, new: Standing) -> str | None:
    """Say what of a repository's published state is missing in its present one, or None."""
    if old.commit is not None and (folder is None or not follows(folder, new.commit, old.commit)):
        if folder is None or new.commit is None:
            return "上次公布的网站是从 git 历史生成的，这次的文件夹不在 git 仓库里（或者没有装 git），无法核对"
        if is_shallow(folder):
            return "这个仓库只取了最近几次提交，无法核对上次公布的提交在不在历史里；先取全：git fetch --unshallow"
        if follows(folder, old.commit, new.commit):
            return "这次要生成的提交比已经公布的旧；先把仓库更新到最新（git pull），或者 --rev 写较新的提交"
        return "上次公布的提交已经不在历史里：公布以后历史被改写了，或者用错了仓库、分支"
    if old.receipts is not None and (folder is None or not follows(folder, new.receipts, old.receipts)):
        if new.receipts is None:
            return (
                "上次公布时有服务器回执，现在一份也没有：回执被删掉了，或者这里没有取回执；"
                "先取回执：git fetch origin 'refs/pingshi/*:refs/pingshi/*'"
            )
        return "上次公布时的最后一份回执已经不在回执链里：回执被删改过，或者这里的回执不是最新的"
    return None


def _refusal(site: Path, last: Checkpoint, wrong: str, old: Standing, new: Standing) -> str:
    return (
        f"没有生成网站：{wrong}。\n"
        f"  已公布（{site}，按 {last.on} 生成）：提交 {old.commit or '（没有）'}，回执 {old.receipts or '（没有）'}\n"
        f"  现在：提交 {new.commit or '（没有）'}，回执 {new.receipts or '（没有）'}\n"
        "怎么办：从服务器备份或者同事的克隆里找回原来的历史，恢复以后再生成。原来的网站没有动过。\n"
        f"查明原因以后，确实要按现在的历史公布，就把 {site} 移到别处存档（不要删除），再生成"
    )
