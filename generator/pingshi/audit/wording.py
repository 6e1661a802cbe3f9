"""How a finished audit is told in Chinese: people, signatures, levels of trust, what a path is a record of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pingshi.diagnostics import visible
from pingshi.layout import BY_NAME, SCHEMES, Misplaced, locate, scheme_of, titled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pingshi.audit.result import Act, Audit, SignatureState, TrustLevel
    from pingshi.layout import Location

SIGNATURES: Mapping[SignatureState, str] = {"good": "有效", "bad": "不对", "none": "没有", "unknown": "无法核对"}
#: The same in a sentence.
SIGNED: Mapping[SignatureState, str] = {
    "good": "签名有效",
    "bad": "签名不对",
    "none": "没有签名",
    "unknown": "签名无法核对",
}
#: What is told of files that are named after whom or what they are about.
_GENERAL: Mapping[str, str] = {"unit": "单位资料", "people": "人员资料"}
#: What each level of trust is called, and what it proves and what not.
LEVELS: Mapping[TrustLevel, tuple[str, str]] = {
    "forge": (
        "平台记载",
        "谁审核、什么时候审核，只凭代码平台或者服务器上的记载；时间由提交的人自己的电脑写下，不能作证。",
    ),
    "receipts": (
        "服务器回执",
        "记录每更新一次，服务器都出具一份带时间、带签名、首尾相连的回执；是否逾期以回执的时间为准。",
    ),
    "signatures": (
        "回执加本人签名",
        "除了服务器的回执，领导审核时还要用本人登记的密钥签名；只有任职期间、本人密钥的签名才算有效。",
    ),
}


def person(act: Act) -> str:
    """Say who did something; of somebody whom the roster did not know, that it did not."""
    return visible(act.name) if act.by is not None else f"{visible(act.name)}（当时的人员资料里没有登记）"


def names_in(audit: Audit) -> dict[str, str]:
    """Return the names of people by id, as far as the acts of an audit tell them."""
    acts = (act for it in audit.records for version in it.versions for act in (version.submitted, version.approved))
    return {act.by: act.name for act in acts if act is not None and act.by is not None}


def place_of(path: str) -> Location | None:
    """Return the identity of a record, or None where the path is none of a record."""
    try:
        return locate(path)
    except Misplaced:
        return None


def titled_path(path: str, names: Mapping[str, str]) -> str | None:
    """Say what a path holds: 王芳2026年第一季度个人小结; None where it is no place for anything."""
    if path.startswith(f"{SCHEMES}/"):
        try:
            return f"考核方案 {scheme_of(path)} 的{'条款' if path.endswith('/clauses.yml') else '正文'}"
        except Misplaced:
            return None
    location = place_of(path)
    if location is None:
        return None
    whose = names.get(location.person, location.person) if location.person else ""
    kind = _GENERAL.get(location.kind) or BY_NAME[location.kind].title
    return visible(titled(whose, location.period.title if location.period else "", kind))
