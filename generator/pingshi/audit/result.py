"""What an audit finds: who submitted and approved each record, when, by what proof, and what departs from the rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

SignatureState = Literal["good", "bad", "none", "unknown"]
TrustLevel = Literal["forge", "receipts", "signatures"]

#: Every finding code (design §6, contract) with what it says, for lists and headings.
CODES: Mapping[str, str] = {
    "unapproved": "没有人审核",
    "self-approved": "自己审核自己",
    "wrong-author": "不该由他填写",
    "wrong-approver": "不该由他审核",
    "unsigned": "审核没有签名",
    "bad-signature": "签名不对",
    "late": "超过期限",
    "edited-after-determination": "审定以后又改了",
    "direct-push": "没有经过审核合并",
    "bad-merge": "合并动了别的内容",
    "missing-receipt": "没有回执",
    "bad-receipt": "回执不对",
    "rewritten-history": "历史被改写",
    "backdated": "日期倒填",
    "out-of-term": "不在任期内",
}


@dataclass(frozen=True, slots=True)
class Act:
    """Somebody's submitting or approving.

    Attributes:
        by: the person's id, or None where the roster of that day knows nobody of that address.
        name: the person's name then; of somebody unknown, what they wrote into the commit.
        at: seconds since 1970: the receipt's time where `received`, otherwise the commit's own word.
        commit: the commit by which it was done.
        signature: `good`: by that very person's key, which the roster of that time lists.
        received: whether the time is the server's.

    """

    by: str | None
    name: str
    at: int
    commit: str
    signature: SignatureState
    received: bool


@dataclass(frozen=True, slots=True)
class Version:
    """One state of a record on main: who wrote it, who approved it. None where nobody did (bootstrap, direct push).

    `commit` is the commit of main that brought it; `says` the first line of what its writer said of it, or where nobody
    submitted it of what that commit says; `deleted`: it took the record away.
    """

    commit: str
    submitted: Act | None
    approved: Act | None
    says: str
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Recorded:
    """A record on main with its versions, the latest last; never empty."""

    path: str
    versions: tuple[Version, ...]

    @property
    def latest(self) -> Version:
        """The version that stands."""
        return self.versions[-1]


@dataclass(frozen=True, slots=True)
class Finding:
    """A departure from the rules. `path` is None where it is about a commit or a receipt as a whole.

    `message` says what happened, with names, `hint` what to do now, `at` when (seconds since 1970, None where no time
    is known), `unit` whose it is, where it is one unit's.
    """

    code: str
    path: str | None
    commit: str
    message: str
    hint: str
    unit: str | None = None
    at: int | None = None


@dataclass(frozen=True, slots=True)
class Receipts:
    """The chain of receipts as the audit found it.

    `head`: its last commit; `count`: how many are in it; `keys`: fingerprints of the keys that signed them;
    `anchored`: whether the roster lists these keys (otherwise the first receipt's key was taken on trust);
    `gaps`: those entered later by hand, as (time of entry, reason, how many commits of main they cover);
    `simulated`: some times are a demonstration's.
    """

    head: str
    count: int
    keys: tuple[str, ...]
    anchored: bool
    gaps: tuple[tuple[int, str, int], ...]
    simulated: bool


@dataclass(frozen=True, slots=True)
class Audit:
    """An audit of main up to `head`.

    Attributes:
        head: the commit of main that was audited.
        bootstrap: the root commit, which brought the roster and was approved by nobody.
        steps: how many commits main has, along its first parents.
        commits: how many commits there are in all.
        trust: the level that each unit has chosen, as of `head`.
        units: their names.
        receipts: None where there are none.
        records: the records that stand on main, by path.
        findings: in the order of history.
        notes: what a reader must know to judge the rest, in whole sentences.

    """

    head: str
    bootstrap: str
    steps: int
    commits: int
    trust: Mapping[str, TrustLevel]
    units: Mapping[str, str]
    receipts: Receipts | None
    records: tuple[Recorded, ...]
    findings: tuple[Finding, ...]
    notes: tuple[str, ...]
