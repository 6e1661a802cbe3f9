"""main itself: it moves by merges only, each a submission that is here already, approved by whoever may."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pingshi.audit import Context, Received, Seal, Walk, judge, moment, plain, short, unit_of
from pingshi.evaluation import Cache, check_parts
from pingshi.history import SUBMISSIONS, read_log
from pingshi.server.result import Refusal
from pingshi.server.submission import AHEAD, faults
from pingshi.server.tree import misfits, too_large, tree_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pingshi.audit import Finding, Step
    from pingshi.history import Commit
    from pingshi.server.gate import Gate

#: What the server takes in all the same: it is for people to judge, and the audit tells it.
_TAKEN_IN = frozenset({"late", "edited-after-determination"})
_MOST_SHOWN = 10
#: What to do before anything has been accepted, where that is something else than afterwards.
_HINTS = {
    "direct-push": "不要直接改 main：先推送到自己的分支（git push origin HEAD:submit/自己的代号/事由），"
    "再请有权审核的人用 git merge --no-ff 合并",
    "bad-merge": "先 git reset --hard origin/main，再 git merge --no-ff 一个提交分支，合并时不改动任何内容；"
    "有冲突的，请填写人先更新分支",
    "self-approved": "请别的有权审核的人来合并",
    "wrong-approver": "请上面写的人用自己的账号和人员资料里的邮箱（git config user.email）合并；"
    "职务或者账号（git.accounts）登记有误的，先请人事部门改正",
    "out-of-term": "请现在在任的人来合并；任免时间登记有误的，先请人事部门改正",
    "wrong-author": "请应当填写的人自己推送到 submit/本人代号/事由，再合并",
    "unsigned": "合并时签名：git merge --no-ff -S；先配置 gpg.format=ssh 和 user.signingKey",
    "bad-signature": "用登记在人员资料里的密钥签名；换了密钥的，先请人事部门登记新公钥",
    "backdated": "重新合并一次，随即推送；电脑的时间不对的，先调准",
}


class Mainline:
    """The steps that a push adds to main; where main is not there yet, the roster and schemes that begin it."""

    def __init__(self, gate: Gate, old: str | None, new: str) -> None:
        self._gate = gate
        self._old = old
        self._new = new

    def refusals(self) -> Iterator[Refusal]:
        """Yield why main can't be moved so."""
        gate = self._gate
        without = [self._old] if self._old else []
        commits = list(read_log(gate.git, [self._new], without=without))
        main = gate.git.lines("rev-list", "--first-parent", self._new, *(f"^{it}" for it in without))
        if self._old is not None and commits and not self._goes_on(main, commits):
            yield Refusal(
                "推送的 main 不是接在原来的 main 后面：合并时把方向弄反了（快进到了别的分支）",
                "git switch main，git reset --hard origin/main，再 git merge --no-ff 提交分支",
            )
            return
        entries = [it for commit in commits for it in commit.changes]
        found = [*misfits(entries, gate.tree), *too_large(gate.git, entries), *self._steps(commits, main)]
        yield from found
        if not found:
            yield from self._faults({it.path for it in entries})

    def _goes_on(self, main: list[str], commits: Iterable[Commit]) -> bool:
        first = main[-1]
        return any(it.id == first and it.parents[:1] == (self._old,) for it in commits)

    def _faults(self, paths: Iterable[str]) -> Iterator[Refusal]:
        gate = self._gate
        if self._old is not None:
            yield from faults(gate, self._new, sorted(paths))
            return
        verdict = check_parts(tree_of(gate.git, self._new).listing(gate.objects)(lambda _: True))
        errors = [it for it in verdict.problems if it.severity == "error"]
        for it in errors[:_MOST_SHOWN]:
            yield Refusal(f"{plain(it.place.path)} 第 {it.place.line} 行：{it.message}", it.hint)

    def _steps(self, commits: Iterable[Commit], main: Iterable[str]) -> Iterator[Refusal]:
        """Judge each step by the policy just before it, as the audit will."""
        gate = self._gate
        tree = gate.tree
        walk = Walk(main, tree.entries, gate.objects.id_at)
        units = {unit_of(entry.path) for commit in commits for entry in commit.changes}
        known = gate.known_units()
        policies, _ = gate.policies({it if it in known else None for it in units} or {None})
        seal = Seal(gate.git, Cache(None))
        previous: int | None = None
        for commit in commits:
            step = walk.take(commit)
            if step is None:
                continue
            context = Context(
                policy=policies.now(),
                decided=walk.entries,
                main=Received(gate.now, gate.pusher.account),
                submissions=self._submissions(step),
                previous=previous,
                authenticated=True,
            )
            if commit.committed > gate.now + AHEAD:
                says = f"合并 {short(commit.id)} 写的时间是 {moment(commit.committed)}，还没有到"
                yield Refusal(says, _HINTS["backdated"])  # every later one would seem to be put back
            if not (step.is_root and self._old is None):
                found = judge(step, context)
                seal.look([found])
                for it in (*found.findings, *seal.findings(found)):
                    yield from self._told(it)
            for entry in commit.changes:
                policies.change(entry.path, entry.after)
            walk.settle(step)
            previous = commit.committed

    def _submissions(self, step: Step) -> dict[str, Received]:
        """Return which commits have been taken in on a submission's branch before: their authors pushed them."""
        if not step.brought:
            return {}
        brought = "".join(f"{it.id}\n" for it in step.brought).encode()
        git = self._gate.git
        fresh = set(
            git.lines("rev-list", "--stdin", "--not", f"--glob={SUBMISSIONS}*", data=brought)
            if git.lines("for-each-ref", "--count=1", SUBMISSIONS)
            else [it.id for it in step.brought]
        )
        return {it.id: Received(it.committed, None) for it in step.brought if it.id not in fresh}

    def _told(self, finding: Finding) -> Iterator[Refusal]:
        if finding.code not in _TAKEN_IN:
            yield Refusal(finding.message, _HINTS.get(finding.code, finding.hint))
        elif finding.code != "late":
            self._gate.remind(f"{finding.message}；照收，核对历史时会列出来（{short(finding.commit)}）")
