"""An audit as text for people: what was audited, what departs from the rules, how far the rest is proved."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from pingshi.audit.grouped import grouped
from pingshi.audit.result import CODES
from pingshi.audit.wording import LEVELS, SIGNED, names_in, person, titled_path
from pingshi.audit.words import moment, short
from pingshi.diagnostics import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pingshi.audit.grouped import Group, Occasion, Scope
    from pingshi.audit.result import Act, Audit, Receipts, Recorded, Version


#: What is said of the first commit.
BOOTSTRAP = "带来单位资料、人员资料、方案和设置，没有人审核；起始提交允许这样，里面的内容请单位自己核对。"


def report(audit: Audit, *, everything: bool = False) -> Iterator[str]:
    """Yield the lines of the report; with `everything` also each record with all its versions.

    Nothing that anybody wrote into a commit reaches the terminal but as characters that can be seen.
    """
    names = names_in(audit)
    yield from _audited(audit)
    yield ""
    yield from _findings(audit, names)
    if everything:
        yield ""
        yield f"全部记录（{len(audit.records)} 份）"
        for it in audit.records:
            yield from _record(audit, it, names)
    yield ""
    yield f"起始提交 {short(audit.bootstrap)} {BOOTSTRAP}"
    for note in audit.notes:
        yield f"注意：{visible(note)}"


# --- what was audited -------------------------------------------------------------------


def _audited(audit: Audit) -> Iterator[str]:
    latest = max((it.latest.approved.at for it in audit.records if it.latest.approved), default=None)
    until = f"；现有记录最近一次审核在 {moment(latest)}" if latest is not None else ""
    steps = f"主线更新 {audit.steps} 次，共 {audit.commits} 个提交"
    yield f"核对了主线（main）到提交 {short(audit.head)} 为止的历史：{steps}{until}"
    for unit, level in audit.trust.items():
        title, says = LEVELS[level]
        yield f"{visible(audit.units.get(unit, unit))}的可信程度：{title}。{says}"
    yield times(audit)
    if audit.receipts is not None:
        yield _receipts(audit.receipts)


def times(audit: Audit) -> str:
    """Say whose word the times are; what that means is among the notes."""
    if audit.receipts is None:
        return "时间：都是提交人自己电脑上的。"
    brought = [it.latest for it in audit.records if it.latest.commit != audit.bootstrap]
    acts = [act for it in brought for act in (it.submitted, it.approved) if act]
    own = sum(not it.received for it in acts)
    rest = f"；有 {own} 次提交或者审核没有回执，仍是提交人自己电脑上的" if own else ""
    return f"时间：以服务器的回执为准{rest}。"


def _receipts(receipts: Receipts) -> str:
    keys = "、".join(visible(it) for it in receipts.keys)
    return f"回执：共 {receipts.count} 份，到 {short(receipts.head)} 为止；签名的密钥：{keys or '没有'}"


# --- findings ---------------------------------------------------------------------------


def _findings(audit: Audit, names: Mapping[str, str]) -> Iterator[str]:
    if not audit.findings:
        yield "没有发现不符合规定的地方。"
        return
    yield f"发现 {len(audit.findings)} 处不符合规定的地方："
    for scope, groups in groupby(grouped(audit.findings), key=lambda it: it.scope):
        yield ""
        yield heading(scope, audit)
        for it in groups:
            yield from _group(it, names)


def heading(scope: Scope, audit: Audit) -> str:
    """Return what a scope is called."""
    name = visible(audit.units.get(scope.unit, scope.unit)) if scope.unit else ""
    if scope.scheme:
        return f"{name}考核方案 {scope.scheme}"
    if not scope.unit:
        return "整个历史"
    return f"{name}{scope.period.title if scope.period else '（不分期的）'}"


def _group(group: Group, names: Mapping[str, str]) -> Iterator[str]:
    yield f"  {CODES[group.code]}（{group.code}）"
    for it in group.told:
        yield f"  - {visible(it.message)}"
        for occasion in it.occasions:
            yield from _occasion(occasion, names, it.message)
        yield f"    → {visible(it.hint)}"


def _occasion(it: Occasion, names: Mapping[str, str], message: str) -> Iterator[str]:
    when = f"{moment(it.at)}，" if it.at is not None else ""
    yield f"    {when}提交 {short(it.commit)}{'：' if it.paths else ''}"
    for path in it.paths:
        title = titled_path(path, names)
        yield f"      {visible(path)}{f'（{title}）' if title and title not in message else ''}"


# --- records ----------------------------------------------------------------------------


def _record(audit: Audit, record: Recorded, names: Mapping[str, str]) -> Iterator[str]:
    title = titled_path(record.path, names)
    yield f"{visible(record.path)}{f'（{title}）' if title else ''}"
    for number, it in enumerate(record.versions, 1):
        yield f"  {number}. {_version(audit, it)}；提交号 {short(it.commit)}"
        if len(record.versions) > 1:
            yield f"     提交说明：{visible(it.says)}"


def _version(audit: Audit, it: Version) -> str:
    what = "删除：" if it.deleted else ""
    if it.commit == audit.bootstrap:
        return f"{what}随起始提交带来，没有人审核"
    submitted = f"提交：{told_act(it.submitted)}" if it.submitted else "不知道由谁提交"
    approved = f"审核：{told_act(it.approved)}" if it.approved else "没有人审核"
    return f"{what}{submitted}；{approved}"


def told_act(it: Act) -> str:
    """Say who did something, when by whose word, and what their signature is worth."""
    clock = "服务器回执" if it.received else "本人电脑"
    return f"{person(it)}，{moment(it.at)}（{clock}的时间，{SIGNED[it.signature]}）"
