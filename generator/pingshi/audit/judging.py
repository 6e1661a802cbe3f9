"""One step of main, judged by the rosters and schemes that held just before it (design §8).

The same judge serves the audit and the server's hook. It knows no git: it is given the step, the policy before it, what
stood on main, and what the server wrote down about when and from whom it came.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from pingshi.audit.deadlines import deadline
from pingshi.audit.judgement import Brought, Claim, Context, Judgement
from pingshi.audit.result import Finding
from pingshi.audit.words import HINTS, moment, on_day, plain, short, who
from pingshi.authority import access, terms_of_approval
from pingshi.layout import BY_NAME, RECORDS, Location, Misplaced, locate, titled
from pingshi.periods import Period
from pingshi.wording import BEIJING, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pingshi.audit.policy import Policy
    from pingshi.audit.walk import Step, Touched
    from pingshi.history import Commit

#: The material of a period, which the determination rests on: to change it afterwards is a finding.
MATERIAL = frozenset(
    {"plans", "logs", "reports", "evaluations", "attendance", "summaries", "reviews", "ballots", "outside"}
)
#: How far clocks may be apart before a date counts as put back, in seconds: between two commits, and against a receipt.
_BETWEEN, _AGAINST_RECEIPT = 3600, 24 * 3600
#: How files are called whose kind is named after what they are about.
_SHEETS = {"unit": "单位资料", "people": "人员资料"}


def judge(step: Step, context: Context) -> Judgement:
    """Judge a step; the root is everybody's beginning and is found in order, whatever it holds."""
    found = Judgement(step)
    if step.is_root:
        found.versions = [_unapproved(it, step, context) for it in _records(step)]
        return found
    policy = context.policy
    levels = {it: policy.level(it) for it in {unit_of(it.entry.path) for it in step.touched} or {None}}
    found.levels = [(it.entry.path, unit, levels[unit]) for it in step.touched for unit in (unit_of(it.entry.path),)]
    found.needs_receipt = any(it != "forge" for it in levels.values())
    found.findings += _dates(step, context)
    if not (step.is_merge or step.is_octopus):
        found.findings += _direct(step, context)
        found.versions = [_unapproved(it, step, context) for it in _records(step)]
        found.unapproved = [_nobody(it, step, context) for it in _records(step) if it.entry.after is not None]
        return found
    found.findings += _merged(step, context)
    found.approver = _approval(step, context, None)
    found.approvals = {unit: _approval(step, context, unit) for unit in levels}
    for it in step.touched:
        unit = unit_of(it.entry.path)
        submission = _submission(it, context)
        approval = found.approvals[unit]
        found.findings += _File(step, context, it, submission, approval).findings()
        if it.entry.path.startswith(f"{RECORDS}/"):
            found.versions.append(Brought(it.entry.path, submission, approval, it.entry.after is None))
    if not step.touched:
        found.findings += _idle(step, context, found.approver)
    return found


def unit_of(path: str) -> str | None:
    """Return the unit whose record a path is, or None."""
    parts = path.split("/")
    return parts[1] if parts[0] == RECORDS and len(parts) > 2 else None  # noqa: PLR2004 -- records/<unit>/…


def is_determination(path: str) -> bool:
    """Tell whether a path is a period's determination."""
    return path.endswith("/determination.yml")


def day_of(time: int) -> date:
    """Return the day in China on which a time falls."""
    return datetime.fromtimestamp(time, UTC).astimezone(BEIJING).date()


def _records(step: Step) -> Iterator[Touched]:
    return (it for it in step.touched if it.entry.path.startswith(f"{RECORDS}/"))


# --- who claims what ---------------------------------------------------------------------


def _claim(commit: Commit, unit: str | None, at: int, context: Context, *, received: bool) -> Claim:
    policy = context.policy
    by = policy.by_email(commit.author.email, unit)
    name = policy.name_of(by, unit) if by else who(commit.author)
    keys = policy.keys_of(by, unit) if by else frozenset()
    return Claim(by, name, at, commit, received, keys, policy)


def _approval(step: Step, context: Context, unit: str | None) -> Claim:
    at, received = _time(step, context)
    return _claim(step.commit, unit, at, context, received=received)


def _time(step: Step, context: Context) -> tuple[int, bool]:
    """Return when a step came: by the server's clock where it is known."""
    return (step.commit.committed, False) if context.main is None else (context.main.time, True)


def _submission(touched: Touched, context: Context) -> Claim | None:
    if touched.writer is None:
        return None
    received = context.submissions.get(touched.writer.id)
    at = received.time if received else touched.writer.authored
    return _claim(touched.writer, unit_of(touched.entry.path), at, context, received=received is not None)


def _unapproved(touched: Touched, step: Step, context: Context) -> Brought:
    at, received = _time(step, context)
    claim = _claim(step.commit, unit_of(touched.entry.path), at, context, received=received)
    return Brought(touched.entry.path, claim, None, touched.entry.after is None)


# --- the step as a whole -----------------------------------------------------------------


def _finding(
    step: Step, context: Context, code: str, message: str, path: str | None = None, commit: str | None = None
) -> Finding:
    at, _ = _time(step, context)
    return Finding(code, path, commit or step.commit.id, message, HINTS[code], unit_of(path) if path else None, at)


def _direct(step: Step, context: Context) -> Iterator[Finding]:
    """Main moves by merges only: whatever else comes to it, nobody has approved."""
    name = who(step.commit.author)
    says = f"{name}的提交 {short(step.commit.id)} 没有经过审核合并，是直接放到主线（main）上的"
    for it in step.touched:
        yield _finding(
            step, context, "direct-push", f"{says}，改动了{told_path(it.entry.path, context.policy)}", it.entry.path
        )
    if not step.touched:
        yield _finding(step, context, "direct-push", says)


def _nobody(touched: Touched, step: Step, context: Context) -> Finding:
    path = touched.entry.path
    return _finding(step, context, "unapproved", f"{told_path(path, context.policy)}现在的内容没有人审核过", path)


def _merged(step: Step, context: Context) -> Iterator[Finding]:
    """A merge brings one submission, whole, and nothing else."""
    commit = step.commit
    if step.is_octopus:
        says = f"合并 {short(commit.id)} 一次并了 {len(commit.parents) - 1} 个分支，说不清审核的是哪一份"
        yield _finding(step, context, "bad-merge", says)
        return
    if step.stranger:
        says = f"合并 {short(commit.id)} 并入的分支与主线（main）没有共同的历史"
        yield _finding(step, context, "bad-merge", says)
    for path in sorted(step.astray):
        says = f"合并 {short(commit.id)} 的结果与提交的内容不一样：{told_path(path, context.policy)}"
        yield _finding(step, context, "bad-merge", says, path)


def _idle(step: Step, context: Context, claim: Claim) -> Iterator[Finding]:
    """A merge that changes nothing needs nobody's right, but is in nobody else's name either."""
    policy, merge = context.policy, f"合并 {short(step.commit.id)}"
    if claim.by is None:
        yield _finding(step, context, "wrong-approver", f"{merge} 的{claim.name}在人员资料里没有登记")
        return
    committer, main = step.commit.committer.email.lower(), context.main
    if policy.by_email(committer, None) != claim.by and committer not in policy.committers(None):
        says = f"{merge} 写的是{claim.name}，实际合并的却是{who(step.commit.committer)}"
        yield _finding(step, context, "wrong-approver", says)
        return
    known = context.authenticated or policy.level(None) != "forge"
    if known and main is not None and main.pusher is not None and policy.by_account(main.pusher, None) != claim.by:
        says = f"{merge} 写的是{claim.name}，推送的账号却是 {plain(main.pusher)}"
        yield _finding(step, context, "wrong-approver", says)


def _before(commit: Commit, other: int) -> str:
    return f"{short(commit.id)} 写的时间是 {moment(commit.committed)}，比它前面的提交（{moment(other)}）还早"


def _dates(step: Step, context: Context) -> Iterator[Finding]:
    """A commit's date is its writer's own word; one that can't be true is told."""
    commit = step.commit
    times = {it.id: it.committed for it in step.brought}
    behind = [times[parent] for parent in commit.parents if parent in times]
    latest = max(behind if context.previous is None else [*behind, context.previous], default=None)
    if latest is not None and commit.committed < latest - _BETWEEN:
        yield _finding(step, context, "backdated", _before(commit, latest))
    elif context.main is not None and abs(commit.committed - context.main.time) > _AGAINST_RECEIPT:
        says = f"{short(commit.id)} 写的时间是 {moment(commit.committed)}，服务器收到是 {moment(context.main.time)}"
        yield _finding(step, context, "backdated", says)
    for it in step.brought:
        before = max((times[parent] for parent in it.parents if parent in times), default=None)
        if before is not None and it.committed < before - _BETWEEN:
            says = _before(it, before)
            yield _finding(step, context, "backdated", says, commit=it.id)
        arrived = context.submissions.get(it.id)
        if arrived is not None and it.committed > arrived.time + _BETWEEN:
            says = f"{short(it.id)} 写的时间是 {moment(it.committed)}，比服务器收到的时间（{moment(arrived.time)}）还晚"
            yield _finding(step, context, "backdated", says, commit=it.id)


# --- one file of a merge -----------------------------------------------------------------


class _File:
    """The question of one file that a merge brings: who wrote it, who approved it, may they, and was it in time."""

    def __init__(
        self, step: Step, context: Context, touched: Touched, submission: Claim | None, approval: Claim
    ) -> None:
        self.step = step
        self.context = context
        self.policy = context.policy
        self.touched = touched
        self.path = touched.entry.path
        self.unit = unit_of(self.path)
        self.known = context.authenticated or self.policy.level(self.unit) != "forge"
        self.submission = submission
        self.approval = approval

    @property
    def what(self) -> str:
        """The file as people call it."""
        return told_path(self.path, self.policy)

    def findings(self) -> Iterator[Finding]:
        author = self.submission.by if self.submission else None
        day = day_of(self.approval.at)
        try:
            allowed = access(self.policy.units, self.path, day, author)
        except Misplaced as error:
            yield self._finding("wrong-author", f"{plain(self.path)} 不是放记录的位置：{plain(error.message)}")
            return
        if allowed.only_removal and self.touched.entry.after is not None:
            yield self._finding("wrong-author", f"{plain(self.path)}：{allowed.considered[0].says}")
            return
        yield from self._author(allowed.writers, allowed.writer)
        yield from self._approver(allowed.approvers, allowed.approver, author, day)
        if self.unit is not None:
            location = locate(self.path)
            yield from self._late(location)
            yield from self._edited(location)

    def _author(self, writers: tuple[str, ...], writer: str) -> Iterator[Finding]:
        claim = self.submission
        if claim is None:
            return  # a merge slipped it in: that has been told, and nobody submitted it
        wrote = claim.commit
        unknown = self._unknown(claim)
        if unknown or (claim.by not in writers and not self._wrote_then(claim)):
            why = f"（{unknown}）" if unknown else ""
            says = f"{self.what}由{claim.name}提交{why}；应当由{writer}（{self._named(writers)}）填写"
            yield self._finding("wrong-author", says, wrote.id)
            return
        other = self.policy.by_email(wrote.committer.email, self.unit)
        if other is not None and other != claim.by:
            says = f"{self.what}写的作者是{claim.name}，实际由{self.policy.name_of(other, self.unit)}提交"
            yield self._finding("wrong-author", says, wrote.id)
            return
        arrived = self.context.submissions.get(wrote.id) or self.context.main
        if self.known and arrived is not None and arrived.pusher is not None:
            pusher = self.policy.by_account(arrived.pusher, self.unit)
            if pusher != claim.by:
                says = f"{self.what}写的作者是{claim.name}，推送的账号却是 {plain(arrived.pusher)}"
                yield self._finding("wrong-author", says, wrote.id)

    def _wrote_then(self, claim: Claim) -> bool:
        """Tell whether they were the ones to write it on the day on which they did."""
        day = day_of(claim.at)
        return claim.by in access(self.policy.units, self.path, day, claim.by).writers

    def _approver(self, approvers: tuple[str, ...], approver: str, author: str | None, day: date) -> Iterator[Finding]:
        claim, commit = self.approval, self.step.commit
        unknown = self._unknown(claim)
        due = "" if claim.by in approvers and not unknown else f"应当由{approver}（{self._named(approvers)}）审核"
        if claim.by is None or unknown:
            says = f"{self.what}由{claim.name}审核，{unknown}；{due}"
            yield self._finding("wrong-approver", says)
            return
        if claim.by == author:
            yield self._finding("self-approved", f"{self.what}由{claim.name}自己提交，又自己审核")
            return
        if claim.by not in approvers:
            if terms_of_approval(self.policy.units, self.path, claim.by, author):
                says = f"{self.what}由{claim.name}审核，但 {on_day(day)} 那天不在任；{due}"
                yield self._finding("out-of-term", says)
            else:
                yield self._finding("wrong-approver", f"{self.what}由{claim.name}审核；{due}")
            return
        address = commit.committer.email.lower()
        own = self.policy.by_email(address, self.unit) == claim.by
        if not own and address not in self.policy.committers(self.unit):
            says = f"{self.what}写的审核人是{claim.name}，实际合并的却是{who(commit.committer)}"
            yield self._finding("wrong-approver", says)
            return
        main = self.context.main
        if self.known and main is not None and main.pusher is not None:
            pusher = self.policy.by_account(main.pusher, self.unit)
            if pusher != claim.by:
                says = f"{self.what}写的审核人是{claim.name}，推送的账号却是 {plain(main.pusher)}"
                yield self._finding("wrong-approver", says)

    def _unknown(self, claim: Claim) -> str:
        """Say why nobody can tell who it is; empty where it is known."""
        if claim.by is None:
            return "人员资料里没有登记这个邮箱"
        if self.unit not in self.policy.units and self.policy.is_ambiguous(claim.commit.author.email, claim.by):
            return f"几个单位都有代号是 {claim.by} 的人，看不出是哪一位"
        return ""

    def _named(self, people: tuple[str, ...]) -> str:
        return listed(self.policy.name_of(it, self.unit) for it in people) or "没有人"

    def _late(self, location: Location) -> Iterator[Finding]:
        records = self.policy.units.get(self.unit or "")
        claim = self.submission
        entry = self.touched.entry
        if records is None or claim is None or entry.before is not None or entry.after is None:
            return  # only what is handed in for the first time can be late
        limit = deadline(records, location)
        at, received = claim.at, claim.received
        main = self.context.main
        if not received and main is not None and main.pusher is None:
            at, received = main.time, True  # of whoever else brings it past its author's branch, the account tells
        if limit is None or day_of(at) <= limit.day:
            return
        came = f"服务器 {moment(at)} 才收到" if received else f"{moment(at)} 才提交"
        says = f"{self.what}应当在 {on_day(limit.day)} 以前交（依据 {limit.clause}），{came}"
        yield self._finding("late", says, claim.commit.id)

    def _edited(self, location: Location) -> Iterator[Finding]:
        if location.kind not in MATERIAL or location.period is None:
            return
        for period in assessed(location.period):
            decided = Location(location.unit, "determination", period).path
            if decided in self.context.decided:
                verb = {(True, False): "补交", (False, True): "删去"}.get(
                    (self.touched.entry.before is None, self.touched.entry.after is None), "改动"
                )
                says = f"{self.what}在{period.title}审定以后又{verb}"
                yield self._finding("edited-after-determination", says)
                return

    def _finding(self, code: str, message: str, commit: str | None = None) -> Finding:
        return _finding(self.step, self.context, code, message, self.path, commit)


def assessed(period: Period) -> tuple[Period, ...]:
    """Return the periods whose determination rests on what is filed for a period."""
    if period.kind != "month":
        return (period,)
    month = period.index
    return (Period("quarter", period.year, (month + 2) // 3), Period("half", period.year, (month + 5) // 6))


def told_path(path: str, policy: Policy) -> str:
    """Name a record as people do: 王芳2026年第一季度的个人小结; another file by its path."""
    try:
        location = locate(path)
    except Misplaced:
        return plain(path)
    records = policy.units.get(location.unit)
    person = (records.name_of(location.person) if records else location.person) if location.person else ""
    kind = _SHEETS.get(location.kind, BY_NAME[location.kind].title)
    name = titled(person, location.period.title if location.period else "", kind)
    return name if location.person or records is None else f"{records.unit.name}的{name}"
