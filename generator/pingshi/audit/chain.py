"""The chain of receipts, held against main: what each covers, what is wrong with it, what is left without one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pingshi.audit.received import Received
from pingshi.audit.result import Finding
from pingshi.audit.words import HINTS, moment, short
from pingshi.history import MAIN, SUBMISSIONS

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

    from pingshi.history import Entered, Receipt


@dataclass(slots=True)
class Chain:
    """What the receipts tell. It can be carried on from where an earlier reading stopped.

    Attributes:
        head: the last commit of the chain read so far.
        count: how many there are.
        last: number and time of the last readable one.
        steps: what the server wrote down about each step of main, by its number there; gap receipts give no time.
        covered: the numbers of main's steps that any receipt covers.
        reached: the number of the step after the last of these.
        pending: submissions that were received and are not known to be on main, by the tip that was pushed.
        gaps: receipts entered later, as (time, reason, how many steps).
        signed: commits of the chain whose signature is still to be looked at, each with the number of a step: the key
            that counts is the one that the roster listed just before it.
        keys: the key of each signature seen so far, in order, without repetition.
        simulated: whether any time is a demonstration's.
        findings: what is wrong with the chain itself.

    """

    head: str | None = None
    count: int = 0
    last: tuple[int, int] = (0, 0)
    steps: dict[int, Received] = field(default_factory=dict)
    covered: set[int] = field(default_factory=set)
    reached: int = 0
    pending: dict[str, Received] = field(default_factory=dict)
    gaps: list[tuple[int, str, int]] = field(default_factory=list)
    signed: list[tuple[str, int]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    simulated: bool = False
    findings: list[Finding] = field(default_factory=list)

    def take(self, chain: Iterable[Entered], places: Mapping[str, int], later: Container[str]) -> None:
        """Read on. `places` tells the number of each of main's commits, `later` those beyond what is looked at."""
        for it in chain:
            if it.receipt is not None and any(one.ref == MAIN and one.new in later for one in it.receipt.updates):
                return  # from here on it tells of what came afterwards
            self._linked(it)
            self.head = it.commit
            self.count += 1
            if it.receipt is None:
                self._wrong(it.commit, "bad-receipt", f"回执 {short(it.commit)} 的内容读不出来，不是服务器登记的")
                continue
            self._numbered(it.receipt)
            first = self._updates(it.receipt, places)
            if it.signed:
                self.signed.append((it.commit, first))
            else:
                self._wrong(it.commit, "bad-receipt", f"{_named(it.receipt)}没有服务器的签名", it.receipt.time)

    def _linked(self, it: Entered) -> None:
        expected = () if self.head is None else (self.head,)
        if it.parents != expected or not it.bare:
            says = f"回执 {short(it.commit)} 没有接在前一份回执后面，或者夹带了别的内容"
            self._wrong(it.commit, "bad-receipt", says)

    def _numbered(self, receipt: Receipt) -> None:
        number, time = self.last
        if receipt.number != number + 1:
            says = f"{_named(receipt)}的编号不对，前一份是第 {number} 号：中间少了、重了或者换了次序"
            self._wrong(receipt.commit, "bad-receipt", says, receipt.time)
        if receipt.time < time:
            says = f"{_named(receipt)}的时间比前一份（{moment(time)}）还早"
            self._wrong(receipt.commit, "bad-receipt", says, receipt.time)
        self.last = (receipt.number, max(time, receipt.time))
        self.simulated |= receipt.simulated

    def _updates(self, receipt: Receipt, places: Mapping[str, int]) -> int:
        """Note what a receipt covers; return the first step of main, or the one to come where it covers none."""
        first = self.reached
        for it in receipt.updates:
            if it.ref.startswith(SUBMISSIONS) and it.new is not None:
                self.pending.setdefault(it.new, Received(receipt.time, receipt.pusher))
            if it.ref != MAIN:
                continue
            lost = [name for name in (it.old, it.new) if name is not None and name not in places]
            if lost or it.new is None:
                what = f"{short(lost[0])} 已经不在主线（main）的历史里" if lost else "主线（main）被删除"
                self._wrong(
                    it.new or receipt.commit, "rewritten-history", f"{_named(receipt)}登记过的{what}", receipt.time
                )
                continue
            start = places[it.old] + 1 if it.old is not None else 0
            steps = range(start, places[it.new] + 1)
            if not steps:
                says = f"{_named(receipt)}登记主线（main）从 {short(it.old or '')} 退回到 {short(it.new)}"
                self._wrong(receipt.commit, "rewritten-history", says, receipt.time)
            first = min(first, start)
            self._covers(receipt, steps)
        return first

    def _covers(self, receipt: Receipt, steps: Sequence[int]) -> None:
        twice = [it for it in steps if it in self.covered]
        if twice:
            says = f"{_named(receipt)}与前面的回执登记了同一次更新"
            self._wrong(receipt.commit, "bad-receipt", says, receipt.time)
        fresh = [it for it in steps if it not in self.covered]
        self.covered.update(fresh)
        self.reached = max(self.reached, *(it + 1 for it in steps), 0)
        if receipt.kind == "gap":
            self.gaps.append((receipt.time, receipt.reason or "", len(fresh)))
            return
        for it in fresh:
            self.steps[it] = Received(receipt.time, receipt.pusher)

    def _wrong(self, commit: str, code: str, says: str, at: int | None = None) -> None:
        self.findings.append(Finding(code, None, commit, says, HINTS[code], None, at))


def _named(receipt: Receipt) -> str:
    return f"第 {receipt.number} 号回执（{moment(receipt.time)}）"
