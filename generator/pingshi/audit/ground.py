"""The repository that is audited, looked at before any of its history is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pingshi.history import MAIN, RECEIPTS, ShallowError, UnknownRevisionError, opened_git

if TYPE_CHECKING:
    from pathlib import Path

    from pingshi.history import Git


@dataclass(frozen=True, slots=True)
class Ground:
    """A repository as the audit finds it: which commit, which receipts, and whatever would bend its history."""

    git: Git
    prefix: str
    head: str
    receipts: str | None
    main: str | None
    bent: tuple[str, ...]


def survey(root: Path, rev: str | None, receipts: str | None) -> Ground:
    """Look at what there is before any history is read."""
    git = opened_git(root, "没有历史可以核对")
    shallow, common, *rest = git.text(
        *("rev-parse", "--is-shallow-repository", "--git-common-dir", "--show-prefix")
    ).split("\n")
    if shallow == "true":
        raise ShallowError(
            "这里只有最近的一部分历史（浅克隆），看不出每份记录由谁提交、由谁审核；先取全：git fetch --unshallow"
        )
    told = git.lines("for-each-ref", "--format=%(objectname) %(refname)", MAIN, RECEIPTS, "refs/replace")
    refs = {name: commit for commit, _, name in (it.partition(" ") for it in told)}
    head = git.commit(rev) if rev is not None else refs.get(MAIN) or git.commit("HEAD")
    if head is None:
        raise UnknownRevisionError(f"没有“{rev}”这个提交" if rev is not None else "仓库里还没有提交")
    chain = refs.get(RECEIPTS) if receipts is None else git.commit(receipts) if receipts else None
    bent = tuple(f"替换引用 {name}" for name in refs if name.startswith("refs/replace/"))
    grafts = root / common / "info" / "grafts"
    if grafts.is_file() and grafts.read_bytes().strip():
        bent += ("嫁接文件 info/grafts",)
    return Ground(git, rest[0] if rest else "", head, chain, refs.get(MAIN), bent)
