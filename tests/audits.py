"""Audits made by hand: who submitted and approved what, and what departed from the rules, without any history.

    told = Story(office)
    told.record("2026-Q1/summaries/wang-fang.yml", "wang-fang", "he-jun")
    told.finding("late", "2026-Q1/summaries/wang-fang.yml", "王芳的个人小结晚了两天", "如实说明原因")
    told.audit(level="receipts")

Days are of 2026: `"04-02 10:00"`. Ids of commits are made from what is said of them, so that they can be looked for.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

from office import UNIT, Office

from pingshi.audit import Act, Audit, Finding, Receipts, Recorded, Version

if TYPE_CHECKING:
    from pingshi.audit import SignatureState, TrustLevel

_BEIJING = timezone(timedelta(hours=8))


def at(when: str) -> int:
    """Return a time of 2026 in Beijing."""
    return int(datetime.strptime(f"2026-{when}", "%Y-%m-%d %H:%M").replace(tzinfo=_BEIJING).timestamp())


def commit(name: str) -> str:
    """Return the id of the commit of that name."""
    return hashlib.sha1(name.encode(errors="surrogateescape"), usedforsecurity=False).hexdigest()


class Story:
    """An audit in the making, of the office `u`."""

    def __init__(self, office: Office) -> None:
        self.names = {it: person.name for it, person in office.snapshot().units[UNIT].people.items()}
        self.name = office.snapshot().units[UNIT].unit.name
        self.versions: dict[str, list[Version]] = {}
        self.findings: list[Finding] = []

    def act(self, by: str, when: str, name: str, *, signature: SignatureState = "none", received: bool = True) -> Act:
        """Return somebody's act; whoever is not of the office is known by what they wrote."""
        known = by if by in self.names else None
        return Act(known, self.names.get(by, by), at(when), commit(name), signature, received)

    def begun(self, *paths: str) -> Story:
        """Let the first commit bring files."""
        for path in paths:
            brought = self.act("office", "01-01 09:00", "root", received=False)
            self.versions[_full(path)] = [Version(commit("root"), brought, None, "开始")]
        return self

    def record(
        self,
        path: str,
        by: str,
        approver: str | None,
        when: str = "04-01 09:00",
        *,
        signature: SignatureState = "none",
        received: bool = True,
        says: str = "合并",
    ) -> Story:
        """Bring a version of a record: submitted on a day, approved an hour later."""
        versions = self.versions.setdefault(_full(path), [])
        name = f"{path} {len(versions)}"
        submitted = self.act(by, when, f"{name} submitted", received=received)
        approved = approver and replace(
            self.act(approver, when, name, signature=signature, received=received), at=at(when) + 3600
        )
        versions.append(Version(commit(name), submitted, approved or None, says))
        return self

    def finding(
        self, code: str, path: str | None, message: str, hint: str, when: str | None = "04-02 10:00", of: str = ""
    ) -> Story:
        """Find something; `of` names the commit where it isn't the path's."""
        full = None if path is None else _full(path)
        unit = full.split("/")[1] if full is not None and full.startswith("records/") else None
        moment = None if when is None else at(when)
        self.findings.append(Finding(code, full, commit(of or f"{path}"), message, hint, unit, moment))
        return self

    def audit(self, level: TrustLevel = "receipts", *, receipts: bool = True, notes: tuple[str, ...] = ()) -> Audit:
        """Return the whole."""
        chain = Receipts(commit("receipts"), 7, ("SHA256:abc",), anchored=True, gaps=(), simulated=False)
        return Audit(
            head=commit("head"),
            bootstrap=commit("root"),
            steps=8,
            commits=15,
            trust={UNIT: level},
            units={UNIT: self.name},
            receipts=chain if receipts else None,
            records=tuple(Recorded(path, tuple(it)) for path, it in sorted(self.versions.items())),
            findings=tuple(self.findings),
            notes=notes,
        )


def _full(path: str) -> str:
    return path[1:] if path.startswith("/") else f"records/{UNIT}/{path}"
