"""`verify`: a published site made again from its checkpoint and compared byte by byte, without a network."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pingshi import __version__
from pingshi.audit import audit
from pingshi.files import in_order
from pingshi.history import OddTreeError, UnknownRevisionError, follows, main_of, read_commit, receipts_of
from pingshi.publishing.build import SiteError, build_site
from pingshi.publishing.checkpoint import MARK, NAME, digest, files_of, published, tools
from pingshi.publishing.origin import Origin, roots_of
from pingshi.records import take

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pingshi.audit import Audit
    from pingshi.publishing.checkpoint import Checkpoint
    from pingshi.records import Snapshot

What = Literal["changed", "added", "missing"]
_WHAT: dict[What, str] = {"changed": "内容不同", "added": "多出来的", "missing": "缺少"}
#: Characters shown before and after the first difference.
_AROUND = 30


@dataclass(frozen=True, slots=True)
class Difference:
    """A file in which a site is not what is made again.

    `offset` is the first byte, from 0, `line` its line, from 1 (None where the file is no text); `stands` and
    `expected` what is there and what should be.
    """

    path: str
    what: What
    offset: int | None = None
    line: int | None = None
    stands: str = ""
    expected: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return it as data."""
        return {"path": self.path, "what": self.what, "offset": self.offset, "line": self.line}

    def as_text(self) -> str:
        """Return it for the reader, without a line end."""
        if self.offset is None:
            return f"{self.path}：{_WHAT[self.what]}"
        where = f"第 {self.line} 行，" if self.line is not None else ""
        told = f"{self.path}：{where}第 {self.offset + 1} 个字节起{_WHAT[self.what]}"
        shown = f"\n    网站上：…{self.stands}…\n    应当是：…{self.expected}…"
        return told + (shown if self.line is not None else "")


@dataclass(frozen=True, slots=True)
class Check:
    """One question put to a site; `passed` is None where there was nothing to ask."""

    name: Literal["digest", "program", "source", "commit", "receipts", "rebuilt"]
    passed: bool | None
    says: str

    def as_json(self) -> dict[str, Any]:
        """Return it as data."""
        return {"check": self.name, "passed": self.passed, "says": self.says}


@dataclass(frozen=True, slots=True)
class Verification:
    """What came of it."""

    checkpoint: Checkpoint
    checks: tuple[Check, ...]
    differences: tuple[Difference, ...]

    @property
    def passed(self) -> bool:
        """Tell whether the site was made again and nothing was wrong."""
        return all(it.passed is not False for it in self.checks)


def verify(site: Path, folders: list[Path], progress: Callable[[int, int], None] | None = None) -> Verification | None:
    """Verify a site against the history of repositories; None where it has no checkpoint.

    CheckpointError where that can't be read; NoRepositoryError where a folder is no repository.
    """
    checkpoint = published(site)
    if checkpoint is None:
        return None
    checks = [_digest(site, checkpoint)]
    hindrance = _hindrance(checkpoint, folders)
    if hindrance is not None:
        return Verification(checkpoint, (*checks, hindrance), ())
    sources = list(zip(folders, checkpoint.sources, strict=True))
    for folder, source in sources:
        checks += [_commit(folder, source.commit or ""), _receipts(folder, source.receipts)]
    try:
        differences = tuple(_made_again(site, folders, checkpoint, progress))
    except (UnknownRevisionError, OddTreeError, SiteError) as error:
        return Verification(checkpoint, (*checks, Check("rebuilt", passed=False, says=f"不能重新生成：{error}")), ())
    checks.append(_rebuilt(checkpoint, differences))
    return Verification(checkpoint, tuple(checks), differences)


def _digest(site: Path, checkpoint: Checkpoint) -> Check:
    pages, files = digest(site)
    if (pages, files) == (checkpoint.pages, checkpoint.files):
        return Check("digest", passed=True, says=f"网站的 {files} 个文件与检查点里的摘要一致")
    many = "" if files == checkpoint.files else f"（现在有 {files} 个文件，检查点说有 {checkpoint.files} 个）"
    says = f"网站的文件与检查点里的摘要不一致{many}：生成以后有文件被改动、增加或者删掉了"
    return Check("digest", passed=False, says=says)


def _hindrance(checkpoint: Checkpoint, folders: list[Path]) -> Check | None:
    """Return why this program can't make the site again at all, or None."""
    if checkpoint.program != __version__:
        says = (
            f"网站是 pingshi {checkpoint.program} 生成的，这里是 {__version__}，页面本来就可能不同，没法逐字节比较；"
            f"装上 {checkpoint.program} 再核对"
        )
        return Check("program", passed=False, says=says)
    if any(it.commit is None for it in checkpoint.sources):
        says = "网站不是从 git 仓库生成的，没有提交可以对照；正式公布的网站请用 pingshi build --rev main 生成"
        return Check("source", passed=False, says=says)
    if not all(it.clean for it in checkpoint.sources):
        says = (
            "生成网站时，文件夹里的文件与提交的不一样（有改动还没有提交），没法重新生成来比较；"
            "正式公布的网站请用 pingshi build --rev main 生成"
        )
        return Check("source", passed=False, says=says)
    if len(checkpoint.sources) != len(folders):
        says = (
            f"网站是由 {len(checkpoint.sources)} 个仓库生成的，这里给了 {len(folders)} 个；用 --repo 按原来的顺序都写上"
        )
        return Check("source", passed=False, says=says)
    return None


def _commit(folder: Path, commit: str) -> Check:
    if follows(folder, main_of(folder), commit):
        return Check("commit", passed=True, says=f"提交 {commit} 在主线（main）的历史里")
    says = (
        f"提交 {commit} 不在主线（main）的历史里：公布以后历史被改写过，或者这里的仓库不是原来的、不是最新的；"
        "更新仓库再核对，还是这样就查明是谁改写的，从备份里恢复"
    )
    return Check("commit", passed=False, says=says)


def _receipts(folder: Path, receipt: str | None) -> Check:
    if receipt is None:
        return Check("receipts", passed=None, says="生成网站时没有服务器回执，没有回执可以核对")
    now = receipts_of(folder)
    if follows(folder, now, receipt):
        return Check("receipts", passed=True, says=f"回执 {receipt} 在回执链里")
    if now is None:
        says = f"这里没有回执，生成网站时有（{receipt}）；先取回执：git fetch origin 'refs/pingshi/*:refs/pingshi/*'"
    else:
        says = f"回执 {receipt} 不在回执链里：公布以后回执被删改过，或者这里的回执不是最新的；更新以后再核对"
    return Check("receipts", passed=False, says=says)


def _made_again(
    site: Path, folders: list[Path], checkpoint: Checkpoint, progress: Callable[[int, int], None] | None
) -> Iterator[Difference]:
    origin = Origin(tuple(folders), "history", checkpoint.sources)
    with tempfile.TemporaryDirectory(prefix="pingshi-") as scratch, roots_of(origin) as roots:
        fresh = Path(scratch) / "site"
        build_site(
            *(_snapshot(origin), roots, fresh, checkpoint.on, None, progress, origin),
            audience=checkpoint.audience,
            audit=_audit(checkpoint, folders),
        )
        pages, files = digest(fresh)
        told = replace(checkpoint, pages=pages, files=files)  # what else it says has been asked about
        (fresh / NAME).write_bytes(told.as_bytes())
        yield from _differences(site, fresh)


def _audit(checkpoint: Checkpoint, folders: list[Path]) -> Audit | None:
    """Audit the history again up to the commit and the receipt of the checkpoint, where the site tells of it."""
    if checkpoint.read_from != "history" or len(folders) > 1:
        return None
    source = checkpoint.sources[0]
    return audit(folders[0], rev=source.commit, receipts=source.receipts or "")


def _snapshot(origin: Origin) -> Snapshot:
    """Return what stands at each repository's commit, read together as `build --rev` reads it."""
    blobs = [
        replace(blob, root=index)
        for index, (folder, source) in enumerate(zip(origin.folders, origin.sources, strict=True))
        for blob in read_commit([folder], source.commit or "")
    ]
    return take(in_order(blobs), several=len(origin.folders) > 1)


def _differences(site: Path, fresh: Path) -> Iterator[Difference]:
    """Yield where two sites differ, by path; a mark may have been left behind when the site was copied."""
    stands, expected = (dict(files_of(it)) for it in (site, fresh))
    for name in (NAME, MARK):
        if (site / name).exists() or (site / name).is_symlink():
            stands[name], expected[name] = site / name, fresh / name
    for path in sorted({*stands, *expected}):
        if path not in expected:
            yield Difference(path, "added")
        elif path not in stands:
            yield Difference(path, "missing")
        elif stands[path].is_symlink():
            yield Difference(path, "changed", 0)
        elif (one := stands[path].read_bytes()) != (other := expected[path].read_bytes()):
            yield _difference(path, one, other)


def _difference(path: str, one: bytes, other: bytes) -> Difference:
    offset = next((at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), None)
    if offset is None:
        offset = min(len(one), len(other))
    try:
        before = other[:offset].decode("utf-8", "ignore")
        texts = [_shown(it.decode(), len(before)) for it in (one, other)]
    except UnicodeDecodeError:
        return Difference(path, "changed", offset)
    return Difference(path, "changed", offset, before.count("\n") + 1, *texts)


def _shown(text: str, at: int) -> str:
    """Return what stands around a place on one line, with what a terminal could take for an order made harmless."""
    around = text[max(at - _AROUND, 0) : at + _AROUND].replace("\n", "⏎")
    return "".join(it if it.isprintable() else "�" for it in around)


def _rebuilt(checkpoint: Checkpoint, differences: tuple[Difference, ...]) -> Check:
    if not differences:
        says = f"按检查点重新生成，{checkpoint.files} 个文件逐字节相同"
        return Check("rebuilt", passed=True, says=says)
    here = tools()
    differing = [it for it, was in checkpoint.tools.items() if here.get(it) != was]
    others = "、".join(f"{it} {checkpoint.tools[it]}（这里是 {here.get(it, '没有装')}）" for it in differing)
    why = f"；生成时用的是 {others}，版本不同也会这样，装上同样的版本再核对" if others else ""
    return Check("rebuilt", passed=False, says=f"按检查点重新生成，有 {len(differences)} 个文件不同{why}")
