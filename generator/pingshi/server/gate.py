"""The gate: what the server lets in (`pre-receive`). The same judge as the audit's, before anything is accepted.

It runs from what is installed on the server, never from what is pushed. Whatever it can't understand it refuses.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pingshi.audit import Policies, group_of, plain
from pingshi.history import MAIN, RECEIPTS, SUBMISSIONS, Git, Objects
from pingshi.layout import RECORDS
from pingshi.server.mainline import Mainline
from pingshi.server.result import Move, Pusher, Refusal, moves
from pingshi.server.submission import Submission
from pingshi.server.tree import Tree, tree_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from pingshi.audit import Policy

_BRANCH = re.compile(r"refs/heads/submit/(?P<person>[a-z0-9-]+)/[^\x00-\x20\x7f]+")
_OWN = f"{RECEIPTS.rsplit('/', 1)[0]}/"
#: What gitolite lets a branch be called; of anything else it says so in English, after we have judged the push.
_FOR_GITOLITE = re.compile(r"[-0-9a-zA-Z._@/+:,]+")
_HOW = "新建分支 submit/自己的代号/事由，推送以后请有权审核的人合并到 main"


def pre_receive(
    folder: Path, lines: Iterable[str], pusher: Pusher, now: int, remind: Callable[[str], None] | None = None
) -> list[Refusal]:
    """Judge a push into the bare repository `folder`; nothing is refused where the list is empty.

    `now` is the server's time in seconds since 1970. `remind` is told what ought to be known but does not stop a push.
    """
    git = Git(folder)
    main = git.commit(MAIN)
    with Objects(git) as objects:
        gate = Gate(git, objects, main, pusher, now, remind or (lambda _: None))
        return list(dict.fromkeys(it for move in moves(lines) for it in gate.judged(move)))


class Gate:
    """One push: the repository before it, who pushes, and the clock."""

    def __init__(
        self, git: Git, objects: Objects, main: str | None, pusher: Pusher, now: int, remind: Callable[[str], None]
    ) -> None:
        self.git = git
        self.objects = objects
        self.main = main
        self.pusher = pusher
        self.now = now
        self.remind = remind
        self._tree: Tree | None = None

    @property
    def tree(self) -> Tree:
        """What stands on main before the push."""
        if self._tree is None:
            self._tree = tree_of(self.git, self.main)
        return self._tree

    def judged(self, move: Move) -> Iterator[Refusal]:
        """Yield why a branch may not be moved so."""
        shown = plain(move.ref.removeprefix("refs/heads/"))
        branch = _BRANCH.fullmatch(move.ref)
        if move.ref.startswith(_OWN):
            yield Refusal(f"{shown} 由服务器登记回执，任何人都不能推送", "去掉这一项再推送；普通推送用 git push 分支名")
        elif move.ref == MAIN:
            yield from self._main(move)
        elif any(plain(it) != it for it in move.ref):
            yield Refusal(f"分支名 {shown} 里有看不见的或者改变文字方向的字符", _HOW)
        elif branch is not None and self.pusher.gitolite and not _FOR_GITOLITE.fullmatch(move.ref):
            says = "事由只用英文字母、数字、减号和点，如 submit/" + branch["person"] + "/2026-q1"
            yield Refusal(f"分支名 {shown} 里有 gitolite 不认的字符", says)
        elif branch is not None:
            yield from self._submission(move, branch["person"])
        elif move.ref.startswith(SUBMISSIONS):
            yield Refusal(f"分支名 {shown} 不合规定", _HOW)
        else:
            yield Refusal(f"不能推送 {shown}：这里只有 main 和提交用的分支", _HOW)

    def policies(self, units: Iterable[str | None]) -> tuple[Policies, Policy]:
        """Return the policy on main: of these units, or of all where one is None."""
        wanted = {*units, *self._homes()}
        made = Policies(self.objects)
        for path in self.tree.files:
            group = group_of(path)
            if group is not None and (None in wanted or group.endswith("/") or group in wanted):
                made.change(path, self.tree.plain_blob(path))
        return made, made.now()

    def _homes(self) -> list[str]:
        """Return the units in which somebody's id is the account: of several, none may take it for granted."""
        name = f"/people/{self.pusher.account}.yml"
        return [it.split("/")[1] for it in self.tree.files if it.startswith(f"{RECORDS}/") and it.endswith(name)]

    def is_ancestor(self, older: str, newer: str) -> bool:
        """Tell whether a commit is part of another one's history."""
        return self.git.succeeds("merge-base", "--is-ancestor", older, newer)

    def _main(self, move: Move) -> Iterator[Refusal]:
        if move.new is None:
            yield Refusal("不能删除 main：它是全部考核记录的历史", "什么也不用做；main 会留着")
        elif move.old is not None and not self.is_ancestor(move.old, move.new):
            says = "不能强行改写 main：已有的历史不能改、不能丢"
            yield Refusal(
                says, "先 git fetch，再 git reset --hard origin/main，重新合并以后推送；要更正的，另写新的记录"
            )
        else:
            yield from Mainline(self, move.old, move.new).refusals()

    def _submission(self, move: Move, person: str) -> Iterator[Refusal]:
        shown = plain(move.ref.removeprefix("refs/heads/"))
        if self.main is None:
            yield Refusal("服务器上还没有 main，不能提交", "请信息技术人员先推送 main（单位、人员和方案）")
        elif move.new is None:
            if move.old is not None and not self.is_ancestor(move.old, self.main):
                says = f"{shown} 还没有合并，不能删除：交过的材料要留着"
                yield Refusal(says, "不用的分支放着不管即可；内容要改的，在原来的提交后面接着提交")
        elif move.old is not None and not self.is_ancestor(move.old, move.new):
            says = f"不能改写已经推送的 {shown}：领导可能已经看过"
            yield Refusal(says, "先 git fetch 取回原来的提交，在它后面接着提交；或者换一个分支名")
        else:
            yield from Submission(self, person, move.new, [it for it in (self.main, move.old) if it]).refusals()

    def known_units(self) -> set[str]:
        """Return the units that have a folder on main."""
        return {it.split("/")[1] for it in self.tree.files if it.startswith(f"{RECORDS}/") and it.count("/") > 1}
