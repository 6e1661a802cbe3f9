"""The list of commits: who submitted and approved each version of each record, when, by what proof; text and JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pingshi.audit import moment, plain, short, stamp
from pingshi.layout import BY_NAME, SCHEMES, locate, titled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pingshi.appeal.evidence import Done, Evidence, Stood
    from pingshi.audit import Audit, Finding, SignatureState
    from pingshi.history import Receipt

_SIGNATURES: Mapping[SignatureState, str] = {
    "good": "签名是本人的",
    "bad": "签名不对",
    "none": "没有签名",
    "unknown": "有签名，没有核对出是谁的",
}
_LEVELS = {
    "forge": "平台记载（没有要求服务器回执，时间是提交人自己电脑上的）",
    "receipts": "服务器回执",
    "signatures": "回执加本人签名",
}
#: What is wrong with the history as a whole bears on every case.
_OF_ALL = frozenset({"bad-receipt", "rewritten-history"})


def findings(audit: Audit, found: Evidence) -> list[Finding]:
    """Return what the audit found about the records and commits of the case, or about the history as a whole."""
    return [
        it
        for it in audit.findings
        if it.path in found.bearing or (it.path is None and (it.code in _OF_ALL or it.commit in found.commits))
    ]


def as_text(audit: Audit, found: Evidence, unit: str) -> str:
    """Return the list for reading."""
    lines = [
        "提交清单",
        "",
        f"导出时主线（main）的最后一次提交：{found.head}",
        f"可信程度：{_LEVELS[audit.trust.get(unit, 'forge')]}",
        *audit.notes,
        "时间都是北京时间。“提交”是写这份记录的人，“审核”是把它合并进主线的人。",
    ]
    for path, versions in found.bearing.items():
        lines += ["", f"{title(path)}　{path}"]
        for number, version in enumerate(versions, 1):
            lines += _version(number, version, audit.bootstrap)
    told = findings(audit, found)
    lines += ["", "核对历史发现的问题"]
    lines += [f"- {it.message}。{it.hint}" for it in told] or ["- 与本案有关的记录，没有发现问题"]
    others = len(audit.findings) - len(told)
    if others:
        lines.append(f"（另有 {others} 个问题与本案的记录无关，不列在这里）")
    return "\n".join(lines) + "\n"


def as_json(audit: Audit, found: Evidence, unit: str) -> dict[str, Any]:
    """Return the same as data."""
    return {
        "head": found.head,
        "trust": audit.trust.get(unit, "forge"),
        "receipts": audit.receipts.head if audit.receipts else None,
        "records": [
            {"path": path, "versions": [_as_json(it) for it in versions]} for path, versions in found.bearing.items()
        ],
        "findings": [
            {"code": it.code, "path": it.path, "commit": it.commit, "message": it.message, "hint": it.hint}
            for it in findings(audit, found)
        ],
        "notes": list(audit.notes),
    }


def title(path: str) -> str:
    """Return what kind of record stands at a path."""
    if path.startswith(f"{SCHEMES}/"):
        return "方案" if path.endswith("/scheme.yml") else "方案条款清单"
    at = locate(path)
    return titled("", at.period.title if at.period is not None else "", BY_NAME[at.kind].title)


def _version(number: int, version: Stood, bootstrap: str) -> list[str]:
    state = "（现在的）" if version.stands else "（删除）" if version.blob is None else ""
    lines = [f"  第 {number} 版{state}　{version.copy or '文件被删除'}"]
    lines.append(f"    提交：{_done(version.submitted) if version.submitted else '说不清是谁写的'}")
    unapproved = "启用时的第一次提交，不经审核" if version.commit == bootstrap else "没有经过审核合并"
    lines.append(f"    审核：{_done(version.approved) if version.approved else unapproved}")
    return [*lines, f"    说明：{version.says}"]


def _done(done: Done) -> str:
    act = done.act
    who = act.name if act.by is None or act.by == act.name else f"{act.name}（{act.by}）"
    clock = "服务器收到的时间" if act.received else "本人电脑上的时间"
    receipt = _receipt(done.proof.receipt) if done.proof else "没有回执"
    return f"{who}，{moment(act.at)}（{clock}），提交 {short(act.commit)}，{_SIGNATURES[act.signature]}，{receipt}"


def _receipt(receipt: Receipt) -> str:
    account = f"账号 {plain(receipt.pusher)}" if receipt.pusher is not None else "没有认证账号"
    later = "，事后补登" if receipt.kind == "gap" else ""
    return f"第 {receipt.number} 号回执（{account}{later}）"


def _as_json(version: Stood) -> dict[str, Any]:
    return {
        "commit": version.commit,
        "blob": version.blob,
        "copy": version.copy,
        "stands": version.stands,
        "submitted": _act_as_json(version.submitted),
        "approved": _act_as_json(version.approved),
        "says": version.says,
    }


def _act_as_json(done: Done | None) -> dict[str, Any] | None:
    if done is None:
        return None
    return {
        "by": done.act.by,
        "name": done.act.name,
        "at": stamp(done.act.at),
        "received": done.act.received,
        "commit": done.act.commit,
        "signature": done.act.signature,
        "receipt": done.proof.receipt.commit if done.proof else None,
    }
