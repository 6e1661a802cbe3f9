"""A submission's branch: each of its commits is its author's own, and touches only what they may write."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pingshi.audit import MATERIAL, assessed, day_of, deadline, moment, plain, short, told_path, unit_of, who
from pingshi.authority import access
from pingshi.evaluation import check_listed
from pingshi.history import read_log
from pingshi.layout import Location, Misplaced, area_of, locate
from pingshi.server.result import Refusal
from pingshi.server.tree import misfits, too_large, tree_of
from pingshi.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pingshi.audit import Policy
    from pingshi.history import Commit, Entry
    from pingshi.server.gate import Gate

#: How far a commit's date may be ahead of the server's clock, in seconds.
AHEAD = 3600
_MOST_SHOWN = 10
_PAIR = 2


class Submission:
    """What a person pushes to a branch of theirs: the commits that the server doesn't know there yet."""

    def __init__(self, gate: Gate, person: str, new: str, known: Sequence[str]) -> None:
        self._gate = gate
        self._person = person
        self._new = new
        self._known = known

    def refusals(self) -> Iterator[Refusal]:
        """Yield why the branch can't be taken in; reminders go to the gate."""
        gate = self._gate
        commits = list(read_log(gate.git, [self._new], without=self._known))
        authored = {it.id: self._authored(it) for it in commits}
        entries = [entry for those in authored.values() for entry in those]
        units = {unit_of(it.path) for it in entries}
        _, policy = gate.policies({it if it in gate.known_units() else None for it in units} or {None})
        found = [
            *misfits(entries, gate.tree),
            *too_large(gate.git, entries),
            *(it for commit in commits for it in self._commit(commit, authored[commit.id], policy)),
        ]
        yield from (replace(it, of_commit=True) for it in found)
        paths = sorted({it.path for it in entries})
        if not found:
            yield from faults(gate, self._new, paths)
            self._remind({it.path: it for it in entries}, policy)

    def _authored(self, commit: Commit) -> tuple[Entry, ...]:
        """Return what a commit's author changed: what a merge took over from main as it is there is main's."""
        if len(commit.parents) != _PAIR:
            return commit.changes
        at = self._gate.objects.id_at
        other = commit.parents[1]
        return tuple(it for it in commit.changes if at(other, it.path) != it.after)

    def _commit(self, commit: Commit, entries: Iterable[Entry], policy: Policy) -> Iterator[Refusal]:
        gate = self._gate
        name = f"提交 {short(commit.id)}（{plain(commit.subject)}）"
        if not commit.parents:
            yield Refusal(f"{name}与 main 没有共同的历史", "从最新的 main 新建分支，把内容重新提交一次")
        others = commit.parents[1:]
        if len(others) > 1 or any(gate.main and not gate.is_ancestor(it, gate.main) for it in others):
            says = "从最新的 main 新建分支，只提交自己的内容；提交用的分支里只能并入 main"
            yield Refusal(f"{name}并入了别的分支", says)
        if commit.committed > gate.now + AHEAD:
            says = f"{name}写的时间是 {moment(commit.committed)}，服务器上才 {moment(gate.now)}"
            yield Refusal(says, "调准电脑的时间，重新提交一次")
        author = policy.by_email(commit.author.email, None)
        if author != self._person:
            said = f"作者是 {who(commit.author)}"
            known = "" if author else "（人员资料里没有登记这个邮箱）"
            own = f"分支名里写的是 {self._person}；自己的内容推送到 submit/{author}/事由"
            address = (
                "先 git config user.email 人员资料里的邮箱，再 git commit --amend --reset-author --no-edit，重新推送"
            )
            yield Refusal(f"{name}的{said}{known}，不是 {self._person}", own if author else address)
            return
        committer = policy.by_email(commit.committer.email, None)
        if committer not in (None, author):
            says = f"{name}写的作者是 {self._person}，实际由 {committer} 提交"
            yield Refusal(says, "由本人自己提交，不能替别人提交")
        account = gate.pusher.account
        if account is not None and policy.by_account(account, None) != author:
            says = f"{name}的作者是 {self._person}，登录的账号却是 {plain(account)}"
            hint = "用本人的账号推送；账号对不上人的，请人事部门在人员资料的 git.accounts 里登记"
            yield Refusal(says, hint)
        for it in entries:
            yield from self._file(it, commit, policy)

    def _file(self, entry: Entry, commit: Commit, policy: Policy) -> Iterator[Refusal]:
        try:
            allowed = access(policy.units, entry.path, day_of(self._gate.now), self._person)
        except Misplaced as error:
            yield Refusal(f"{plain(entry.path)}：{plain(error.message)}", error.hint)
            return
        unit = unit_of(entry.path)
        what = told_path(entry.path, policy)
        if allowed.only_removal and entry.after is not None:
            yield Refusal(
                f"{plain(entry.path)}：{allowed.considered[0].says}", "核对文件名里的人员代号，改正以后再提交"
            )
            return
        if unit not in policy.units and policy.is_ambiguous(commit.author.email, self._person):
            says = f"几个单位都有代号是 {self._person} 的人，看不出该不该由您改动{what}"
            yield Refusal(says, "请人事部门给其中一位换一个代号，或者请别的有权填写的人来改")
        elif self._person not in allowed.writers or policy.by_email(commit.author.email, unit) != self._person:
            names = listed(policy.name_of(it, unit) for it in allowed.writers) or "没有人"
            path = plain(entry.path)
            told = what if what == path else f"{what}（{path}）"
            says = f"您不能改动{told}；由{allowed.writer or '—'}（{names}）填写"
            yield Refusal(says, "从这次提交里去掉这个文件，请应当填写的人来改")
        elif not allowed.approvers:
            why = "".join(it.says for it in allowed.considered[-1:])
            yield Refusal(
                f"{what}（{plain(entry.path)}）现在没有人可以审核：{why}", "先请人事部门在 unit.yml 里补上任职情况"
            )

    def _remind(self, entries: dict[str, Entry], policy: Policy) -> None:
        gate = self._gate
        today = day_of(gate.now)
        for path, it in entries.items():
            unit = unit_of(path)
            if unit is None or unit not in policy.units:
                continue
            location = locate(path)
            what = told_path(path, policy)
            limit = deadline(policy.units[unit], location) if path not in gate.tree.files and it.after else None
            if limit is not None and today > limit.day:
                says = f"{what}应当在 {limit.day} 以前交（依据 {limit.clause}），已经逾期"
                gate.remind(f"{says}；照收，核对历史时会列出来")
            if location.kind in MATERIAL and location.period is not None:
                for period in assessed(location.period):
                    if Location(unit, "determination", period).path in gate.tree.files:
                        says = f"{period.title}已经审定，这时改动{what}，核对历史时会列出来"
                        gate.remind(f"{says}；请写清改动的理由")


def faults(gate: Gate, commit: str, paths: Sequence[str]) -> Iterator[Refusal]:
    """Yield the errors that `check` finds in these files of a commit."""
    ours = [it for it in paths if area_of(it) != "other"]
    if not ours:
        return
    verdict = check_listed(tree_of(gate.git, commit).listing(gate.objects), ours)
    errors = [it for it in verdict.problems if it.severity == "error"]
    for it in errors[:_MOST_SHOWN]:
        yield Refusal(f"{plain(it.place.path)} 第 {it.place.line} 行：{it.message}", it.hint)
    if len(errors) > _MOST_SHOWN:
        yield Refusal(f"还有 {len(errors) - _MOST_SHOWN} 个错误没有列出", "在自己的文件夹里运行 pingshi check 看全部")
