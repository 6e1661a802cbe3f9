"""What the page for the IT colleague says differently for each forge."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pingshi.forges.basis import Basis


def words(forge: str, basis: Basis) -> Mapping[str, Any]:
    """Return what the page is filled in with."""
    pushing = "领导要自己签名，所以“可以合并”的人也可以推送 main，由钩子检查推送的是不是合并。"
    return {
        **_PAGES[forge],
        "people": list(basis.colleagues()),
        "approving": _approving(basis.signed, web=forge in ("gitea", "gitlab")),
        "pushing": pushing if basis.signed else "",
    }


def _approving(signed: bool, *, web: bool) -> str:  # noqa: FBT001 -- the first word of the sentence that it changes
    """Say how a leader approves: on the forge's page, or on their own computer."""
    if web and not signed:
        return (
            "再在网页上建合并请求，目标分支 main。审核人看合并请求下面的说明和改动，同意就批准、用“创建合并提交”合并。"
            "不能选变基、压缩、快进：那样看不出是谁审核的。分支落后于 main 的，由提交人自己更新，别人不要点“更新分支”。"
        )
    first = "再在网页上建合并请求，供审核人看说明和改动。" if web else ""
    how = "`--no-ff` 一定要写" + ("，`-S` 是签名" if signed else "")
    return (
        f"{first}审核人在自己的电脑上合并（{how}），不改动任何内容。"
        "其中 `reset` 一行把自己电脑上的 main 恢复成服务器上的样子，没有推送的改动会丢：\n\n"
        "    git fetch origin\n"
        "    git switch main\n"
        "    git reset --hard origin/main\n"
        "    git diff main...origin/submit/wang-fang/2026-q3\n"
        f"    git merge --no-ff{' -S' if signed else ''} -m 审核：2026年第三季度个人小结"
        " origin/submit/wang-fang/2026-q3\n"
        "    git push origin main"
    )


_TRIED = {
    "taken": "",
    "merge": "liu-yang 合并 wang-fang 的提交（`git merge --no-ff`），推送 main",
    "merged": "",
    "note": "“收下”的推送，屏幕上会显示第几号回执；“不收”的，会用中文写明为什么、怎么办。",
}
_ON_FORGE = {
    "taken": "；建合并请求以后，平台请 liu-yang 审核，自动任务写明会改变什么",
    "merge": "liu-yang 在网页上批准、合并 wang-fang 的合并请求",
    "merged": "",
    "note": "没有装钩子的，第三项要到合并请求的检查里才看得出，第六项平台会收下：只有装了钩子才挡得住。",
}
_PAGES: Mapping[str, Mapping[str, Any]] = {
    "gitea": {
        "where": "服务器和执行机上都",
        "mailbox": "、平台上的邮箱",
        "after": "，再执行一次 `forge/protect.sh`",
        "forge_needs": "设置[分支保护](#protection)",
        "receipts_needs": "再装[钩子](#hook)，登记服务器公钥",
        "tries": _ON_FORGE,
    },
    "gitlab": {
        "where": "服务器和执行机上都",
        "mailbox": "、平台上的提交邮箱",
        "after": "，再按表改各人的角色",
        "forge_needs": "设置[分支保护](#protection)；社区版还要装[钩子](#hook)",
        "receipts_needs": "装[钩子](#hook)，登记服务器公钥",
        "tries": _ON_FORGE,
    },
    "gitolite": {
        "where": "服务器上",
        "mailbox": "",
        "after": "，再把新的 `pingshi.conf` 拷到 `gitolite-admin`",
        "forge_needs": "照下面设置 gitolite，装[钩子](#hook)",
        "receipts_needs": "再登记服务器公钥（见[钩子和回执](#hook)）",
        "bare": "/var/lib/gitolite3/repositories/kaohe.git",
        "tries": _TRIED,
    },
    "plain": {
        "where": "服务器上",
        "mailbox": "",
        "after": "",
        "forge_needs": "装[钩子](#hook)，并且让它[知道是谁](#who)",
        "receipts_needs": "再登记服务器公钥（见[钩子和回执](#hook)）",
        "bare": "/srv/git/kaohe.git",
        "tries": _TRIED,
    },
}
