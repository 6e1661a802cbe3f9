"""Main up to a commit: its own commits, what each brought along, and the receipts that tell when they came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pingshi.history import MAIN, SUBMISSIONS, read_log, read_receipts

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from pingshi.history import Commit, Git, Receipt, Update


@dataclass(frozen=True, slots=True)
class Proof:
    """A receipt that covers a commit.

    `chain` leads from the commit that the receipt names to the one that it covers, each the parent of the one before;
    it is one commit where they are the same.
    """

    receipt: Receipt
    update: Update
    commit: str
    chain: tuple[str, ...]


class Past:
    """A history, read once. `main` holds main's own commits, the root first; `commits` every commit by its id."""

    def __init__(self, git: Git, head: str, receipts: str | None, prefix: str) -> None:
        self.commits: Mapping[str, Commit] = {it.id: it for it in read_log(git, [head], prefix=prefix)}
        self._order = {it: number for number, it in enumerate(self.commits)}
        self.main = self._first_parents(head)
        self.places = {commit: number for number, commit in enumerate(self.main)}
        self._brought = self._all_brought()
        found = read_receipts(git, receipts) if receipts is not None else ()
        self._receipts = [it.receipt for it in found if it.receipt is not None]

    def _first_parents(self, head: str) -> tuple[str, ...]:
        chain = [head]
        while parents := self.commits[chain[-1]].parents:
            chain.append(parents[0])
        return tuple(reversed(chain))

    def _all_brought(self) -> dict[str, frozenset[str]]:
        """Return for each of main's commits those that came with it and had not been there before."""
        seen: set[str] = set(self.main)
        brought = {}
        for commit in self.main:
            fresh: set[str] = set()
            asked = list(self.commits[commit].parents[1:])
            while asked:
                at = asked.pop()
                if at not in seen:
                    seen.add(at)
                    fresh.add(at)
                    asked += self.commits[at].parents
            brought[commit] = frozenset(fresh)
        return brought

    def brought_by(self, commit: str) -> list[Commit]:
        """Return the commits that came to main with one of main's own, oldest first, without itself."""
        return [self.commits[it] for it in sorted(self._brought[commit], key=self._order.__getitem__)]

    def chain(self, start: str, target: str, within: Collection[str]) -> tuple[str, ...] | None:
        """Return how a commit descends from another by way of these, from the one to the other; None: it doesn't."""
        came: dict[str, str | None] = {start: None}
        asked = [start]
        while asked and target not in came:
            child = asked.pop()
            for parent in self.commits[child].parents:
                if parent not in came and (parent in within or parent == target):
                    came[parent] = child
                    asked.append(parent)
        if target not in came:
            return None
        back = [target]
        while (child_of := came[back[-1]]) is not None:
            back.append(child_of)
        return tuple(reversed(back))

    def arrival(self, commit: str) -> Proof | None:
        """Return the receipt of the push that brought one of main's own commits to main, or None."""
        place = self.places[commit]
        late = None
        for receipt in self._receipts:
            for update in receipt.updates:
                if update.ref != MAIN or update.new not in self.places:
                    continue
                first = self.places[update.old] + 1 if update.old in self.places else 0
                last = self.places[update.new]
                if not first <= place <= last:
                    continue
                proof = Proof(receipt, update, commit, tuple(reversed(self.main[place : last + 1])))
                if receipt.kind == "push":
                    return proof
                late = late or proof
        return late

    def submission(self, commit: str, step: str) -> Proof | None:
        """Return the receipt of the first push that brought a submitted commit to the server, or None.

        `step`: the commit of main that merged it.
        """
        within = self._brought[step]
        for receipt in self._receipts:
            for update in receipt.updates:
                if update.ref.startswith(SUBMISSIONS) and update.new in within:
                    chain = self.chain(update.new, commit, within)
                    if chain is not None:
                        return Proof(receipt, update, commit, chain)
        return None
