"""What an audit comes to, from all that is known at the head."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pingshi.audit.result import Audit, Finding, Receipts, Recorded
from pingshi.audit.words import HINTS, moment, plain, short
from pingshi.layout import RECORDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pingshi.audit.chain import Chain
    from pingshi.audit.ground import Ground
    from pingshi.audit.state import State


def told(ground: Ground, state: State) -> Audit:
    """Return what a state comes to as an audit."""
    chain = state.chain
    missing = [_missing(*it) for number, it in sorted(state.uncovered.items()) if number not in chain.covered]
    steps = [*state.findings, *state.unapproved.values()]
    findings = [it for _, it in sorted(steps, key=lambda it: it[0])]
    bent = [_bent(it, ground.head) for it in ground.bent]
    records = tuple(
        Recorded(path, tuple(versions))
        for path, versions in sorted(state.versions.items())
        if path.startswith(f"{RECORDS}/") and path in state.entries
    )
    receipts = None
    if chain.head is not None:
        anchored = bool(state.server and state.server[-1][1])
        receipts = Receipts(chain.head, chain.count, tuple(chain.keys), anchored, tuple(chain.gaps), chain.simulated)
    return Audit(
        head=ground.head,
        bootstrap=state.main[0],
        steps=len(state.main),
        commits=state.commits,
        trust=state.trust,
        units=state.units,
        receipts=receipts,
        records=records,
        findings=(*findings, *chain.findings, *missing, *bent),
        notes=tuple(_notes(state, receipts, _nameless(chain))),
    )


def _missing(commit: str, at: int, unit: str | None) -> Finding:
    says = f"主线（main）的提交 {short(commit)} 没有服务器的回执，{moment(at)} 是提交人自己电脑上的时间"
    return Finding("missing-receipt", None, commit, says, HINTS["missing-receipt"], unit, at)


def _bent(what: str, head: str) -> Finding:
    says = f"仓库里有{what}，会让 git 显示另一段历史；核对时没有理会它，看的是真正的历史"
    return Finding("rewritten-history", None, head, says, "请信息技术人员查明由来后删掉，再核对一次")


def _nameless(chain: Chain) -> int:
    """Return how many of main's steps came from nobody knows which account; the root is the administrator's."""
    return sum(it.pusher is None for number, it in chain.steps.items() if number)


def _notes(state: State, receipts: Receipts | None, nameless: int) -> Iterable[str]:
    if receipts is None:
        yield "没有服务器的回执，时间都是提交人自己电脑上的，不能作为是否按时的证明。"
        if any(it != "forge" for it in state.trust.values()):
            yield "回执不随克隆自动取来；先运行 git fetch origin '+refs/pingshi/*:refs/pingshi/*'，再核对一次。"
        return
    if not receipts.anchored:
        yield "unit.yml 的 trust 里没有写服务器公钥（server_keys），只能认第一份回执用的密钥；请信息技术人员补上。"
    if receipts.simulated:
        yield "有的回执用的是演示时钟，不是真正的时间。"
    if nameless:
        yield f"有 {nameless} 次更新的回执没有记下推送的账号（服务器没有核对登录），只能证明时间，不能证明是谁推送的。"
    for time, reason, steps in receipts.gaps:
        proof = "这几次更新是谁、什么时候推送的，没有证明，只有提交人所写"
        yield f"{moment(time)} 补登了 {steps} 次更新的回执，原因：{plain(reason)}；{proof}。"
