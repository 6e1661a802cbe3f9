"""What an audit knows when it has come to a commit: enough to go on from there, and to be put on the disk as JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from pingshi.audit.chain import Chain
from pingshi.audit.received import Received
from pingshi.audit.result import Act, Finding, TrustLevel, Version

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(slots=True)
class State:
    """All that is known up to a commit of main.

    Attributes:
        main: main's own commits, the root first.
        commits: how many commits there are in all.
        previous: when the last of main's was committed, by its own word.
        entries: what stands on main, blob ids by path.
        links: the paths among them that are links or submodules.
        versions: every version of every record, by path, also of those taken away again.
        findings: what was found at each step, with the step's number.
        unapproved: for each record whose standing version nobody approved, the finding.
        uncovered: steps that need a receipt and have none yet, by number: commit, time, unit.
        server: from which step on which keys sign receipts.
        chain: the receipts.
        trust: the level that each unit has chosen, by the head's rosters.
        units: their names.

    """

    main: list[str] = field(default_factory=list)
    commits: int = 0
    previous: int | None = None
    entries: dict[str, str] = field(default_factory=dict)
    links: set[str] = field(default_factory=set)
    versions: dict[str, list[Version]] = field(default_factory=dict)
    findings: list[tuple[int, Finding]] = field(default_factory=list)
    unapproved: dict[str, tuple[int, Finding]] = field(default_factory=dict)
    uncovered: dict[int, tuple[str, int, str | None]] = field(default_factory=dict)
    server: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    chain: Chain = field(default_factory=Chain)
    trust: dict[str, TrustLevel] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return it as plain JSON; acts and findings as lists, of which there may be many thousands."""
        chain = asdict(self.chain)
        chain["covered"] = sorted(self.chain.covered)
        chain["steps"] = [[step, it.time, it.pusher] for step, it in self.chain.steps.items()]
        chain["pending"] = [[tip, it.time, it.pusher] for tip, it in self.chain.pending.items()]
        chain["findings"] = [_finding(it) for it in self.chain.findings]
        return {
            "main": self.main,
            "commits": self.commits,
            "previous": self.previous,
            "entries": self.entries,
            "links": sorted(self.links),
            "versions": {path: [_version(it) for it in those] for path, those in self.versions.items()},
            "findings": [[step, _finding(it)] for step, it in self.findings],
            "unapproved": [[step, _finding(it)] for step, it in self.unapproved.values()],
            "uncovered": [[step, *it] for step, it in self.uncovered.items()],
            "server": self.server,
            "chain": chain,
            "trust": self.trust,
            "units": self.units,
        }

    @classmethod
    def of_json(cls, kept: Mapping[str, Any]) -> State:
        """Read it back; ValueError, KeyError or TypeError where it is none."""
        said = kept["chain"]
        chain = Chain(
            head=said["head"],
            count=said["count"],
            last=(said["last"][0], said["last"][1]),
            steps={step: Received(time, pusher) for step, time, pusher in said["steps"]},
            covered=set(said["covered"]),
            reached=said["reached"],
            pending={tip: Received(time, pusher) for tip, time, pusher in said["pending"]},
            gaps=[(time, reason, steps) for time, reason, steps in said["gaps"]],
            signed=[(commit, step) for commit, step in said["signed"]],
            keys=said["keys"],
            simulated=said["simulated"],
            findings=[Finding(*it) for it in said["findings"]],
        )
        unapproved = [(step, Finding(*it)) for step, it in kept["unapproved"]]
        return cls(
            main=kept["main"],
            commits=kept["commits"],
            previous=kept["previous"],
            entries=kept["entries"],
            links=set(kept["links"]),
            versions={path: [_read(it) for it in those] for path, those in kept["versions"].items()},
            findings=[(step, Finding(*it)) for step, it in kept["findings"]],
            unapproved={str(it.path): (step, it) for step, it in unapproved},
            uncovered={step: (commit, at, unit) for step, commit, at, unit in kept["uncovered"]},
            server=[(step, tuple(keys)) for step, keys in kept["server"]],
            chain=chain,
            trust=kept["trust"],
            units=kept["units"],
        )


def _finding(it: Finding) -> list[Any]:
    return [it.code, it.path, it.commit, it.message, it.hint, it.unit, it.at]


def _act(it: Act | None) -> list[Any] | None:
    return None if it is None else [it.by, it.name, it.at, it.commit, it.signature, it.received]


def _version(it: Version) -> list[Any]:
    return [it.commit, _act(it.submitted), _act(it.approved), it.says, it.deleted]


def _read(it: list[Any]) -> Version:
    commit, submitted, approved, says, deleted = it
    return Version(commit, Act(*submitted) if submitted else None, Act(*approved) if approved else None, says, deleted)
