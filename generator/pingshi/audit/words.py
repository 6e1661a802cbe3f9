"""How an audit speaks: times and names, and for each finding what to do now."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pingshi.wording import BEIJING, moment

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from pingshi.history import Identity

_SHORT = 10
_LONGEST = 200

#: What to do about each kind of finding, once it is in the history: nothing is ever taken out of it.
HINTS: Mapping[str, str] = {
    "unapproved": "请有权审核的人看过以后，由提交人重新走一次提交和审核（内容可以不变，写明补审）",
    "self-approved": "由别的有权审核的人重新审核一次，并查明原因",
    "wrong-author": "由应当填写的人核对内容，重新提交一次；查明为什么由别人写",
    "wrong-approver": "由有权审核的人重新审核一次；如果是职务没有登记，先改正 unit.yml 或者人员资料",
    "unsigned": "由审核人配置好签名密钥，重新审核一次",
    "bad-signature": "先问审核人本人是不是他合并的；公钥换过的，在人员资料里登记新公钥以后重新审核",
    "late": "如实说明原因；方案对逾期另有规定的，按规定处理",
    "edited-after-determination": "核对改动是否影响审定的等次；影响的，按程序重新审定并写明理由",
    "direct-push": "查明是谁、为什么绕过了审核；内容由有权审核的人补审，并请信息技术人员检查服务器的设置",
    "bad-merge": "把合并的结果与提交的内容逐行比较；不一致的地方由填写人重新提交，再审核",
    "missing-receipt": "请信息技术人员查明原因，在服务器仓库的文件夹里补登："
    "pingshi hook post-receive --repair --reason 原因",
    "bad-receipt": "回执只能由服务器登记；请信息技术人员核对服务器公钥和备份，查明谁动过回执",
    "rewritten-history": "不要继续使用这个仓库；从备份或者别人的克隆里找回原来的历史，查明是谁改写的",
    "backdated": "以服务器收到的时间为准；问清提交人电脑的时间为什么不对",
    "out-of-term": "由当时在任的人重新审核一次；任免时间登记错了的，先改正 unit.yml 或者人员资料",
}


def stamp(time: int) -> str:
    """Return a time in ISO form, as it is in China: 2026-04-02T10:00:00+08:00."""
    return datetime.fromtimestamp(time, UTC).astimezone(BEIJING).isoformat()


def on_day(day: date) -> str:
    """Return a day as messages write it."""
    return day.isoformat()


def short(commit: str) -> str:
    """Return the beginning of a commit's id, long enough to find it by."""
    return commit[:_SHORT]


def who(identity: Identity) -> str:
    """Return whom a commit names, as it was written: nobody has checked it."""
    return plain(f"{identity.name} <{identity.email}>")


def plain(text: str) -> str:
    """Return a text of unknown origin so that it can be shown: no control characters, none that turn lines around."""
    shown = "".join(_visible(it) for it in text)
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…"


def _visible(char: str) -> str:
    return f"\\u{ord(char):04x}" if unicodedata.category(char) in ("Cc", "Cf", "Co", "Cs", "Zl", "Zp") else char


__all__ = ["HINTS", "moment", "on_day", "plain", "short", "stamp", "who"]
