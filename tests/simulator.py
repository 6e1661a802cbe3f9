"""Histories told in a few lines: a real bare repository, a small office, a clock that is set.

    history = History(tmp_path, "receipts")                     # the office of office.py: the root brings its roster
    history.at("2026-03-30 09:00")                              # Beijing time
    branch = history.submits("wang-fang", SUMMARY, summary())   # a commit on submit/wang-fang/1, pushed by its author
    history.approves("liu-yang", branch)                        # a merge onto main, signed if the level asks for it
    assert history.codes() == []                                # what the audit finds

    said = history.refused(lambda: history.approves("zhao-lei", branch))     # what the pusher reads
    with history.unchecked():            # the server looks at nothing, but writes its receipts
    with history.bypass():               # the administrator, past both hooks: no receipt either
    with history.over_git():             # git itself pushes, from another repository, through the installed hooks

At the level `forge` nobody writes receipts. The clock goes on by a minute with every commit and push. Objects are
written by `objects`, not by git; the server's own files by the program.
"""

from __future__ import annotations

import hashlib
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from objects import Key, Node, Stamp, key_of
from office import LEADERS, Office
from receiver import Receiver, fit, kept, seconds
from telling import SUMMARY as _SUMMARY

from pingshi.audit import Audit, audit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

Content = str | bytes | Node | None

LEVELS = ("forge", "receipts", "signatures")
#: For what has nothing to do with the level of trust: told at one of them.
same_at_each_level = pytest.mark.parametrize("trust", ["receipts"], indirect=True)
RECEIVING = ("receipts", "signatures")
QUARTER = "2026-Q1"
#: The summaries of the two on the staff.
SUMMARY, OTHERS = (f"{QUARTER}/summaries/{it}.yml" for it in ("wang-fang", "zhao-lei"))


def summary(achievements: str = "提速") -> str:
    """Return a summary's text."""
    return _SUMMARY.replace("提速", achievements)


class History(Receiver):
    """A history from its root on.

    `unit` changes texts of unit.yml, each of which must stand there; `names` gives people other names than their ids,
    `keys` other keys than their own one (by the names of `key_of`).
    """

    def __init__(
        self,
        folder: Path,
        trust: str = "receipts",
        *,
        staff: str = "wang-fang zhao-lei",
        unit: Mapping[str, str] | None = None,
        names: Mapping[str, str] | None = None,
        keys: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        begun = kept(hashlib.sha256(repr((trust, staff, unit, names, keys)).encode()).hexdigest())
        super().__init__(folder, trust, begun)
        self.names = names or {}
        self.keys = keys or {}
        self.emails: dict[str, str] = {}
        self._files: dict[str, Mapping[str, Node]] = {}
        self._parents: dict[str, tuple[str, ...]] = {}
        self._submissions = 0
        self.office = self._office(staff, unit or {})
        self.root = self.at("2026-01-05 09:00").commit("qian-wei", self.office.files, parents=(), message="启用")
        if begun.exists():
            self.refs["main"] = self.root
        else:
            self.push("qian-wei", {"main": self.root})
            shutil.copytree(self.server, begun)

    def _office(self, staff: str, unit: Mapping[str, str]) -> Office:
        office = Office(staff=staff)
        text = f'{office.texts["unit.yml"]}trust: {{level: {self.trust}, server_keys: ["{self.key}"]}}\n'
        for old, new in unit.items():
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        office.write("unit.yml", text)
        for person in (*LEADERS, *staff.split()):
            self.person(person, office)
        return office

    def person(self, person: str, office: Office | None = None, keys: tuple[str, ...] | None = None) -> str:
        """Return the text of people/<person>.yml with these keys; put it into an office where one is given."""
        office = office or Office()
        listed = ", ".join(f'"{key_of(it).public}"' for it in keys or self.keys.get(person, (person,)))
        git = f"{{emails: [{self.email(person)}], keys: [{listed}]}}"
        office.person(person, leader=str(person in LEADERS).lower(), name=self.names.get(person, person), git=git)
        return office.texts[f"people/{person}.yml"]

    def email(self, person: str) -> str:
        """Return somebody's address, which the roster lists: `wang-fang@u.example`, or as set in `emails`."""
        return self.emails.get(person, f"{person}@u.example")

    # --- time -------------------------------------------------------------------------------

    def at(self, when: str) -> History:
        """Set the clock: `2026-03-30 09:00`, in Beijing."""
        self.now = seconds(when)
        return self

    # --- commits ----------------------------------------------------------------------------

    @property
    def main(self) -> str:
        """The commit that main is at."""
        return self.refs["main"]

    def files(self, commit: str) -> dict[str, Node]:
        """Return what stands in a commit."""
        return dict(self._files[commit])

    def commit(
        self,
        by: str,
        changes: Mapping[str, Content],
        *,
        parents: tuple[str, ...] | None = None,
        committer: str | None = None,
        key: str | None = None,
        dated: str | None = None,
        message: str = "提交",
    ) -> str:
        """Make a commit: its first parent's files with changes, paths as in `Office.write` or in full.

        None takes a file away. Without parents it stands on main. `key` names whose key signs it.
        """
        parents = (self.main,) if parents is None else parents
        files = self.files(parents[0]) if parents else {}
        for path, content in changes.items():
            full = _full(path)
            if content is None:
                files.pop(full, None)
            else:
                files[full] = content if isinstance(content, Node) else self.store.file(content)
        self.now += 60
        at = seconds(dated) if dated else self.now
        made = self.store.commit(
            self.store.tree(files),
            parents,
            self._stamp(by, at),
            self._stamp(committer or by, at),
            message,
            self._key(key),
        )
        self._files[made], self._parents[made] = files, parents
        return made

    def _stamp(self, person: str, at: int) -> Stamp:
        return Stamp(self.names.get(person, person), self.email(person), at)

    def _key(self, name: str | None) -> Key | None:
        return None if name is None else key_of(name)

    def merge(
        self,
        by: str,
        *others: str,
        onto: str | None = None,
        also: Mapping[str, Content] | None = None,
        key: str | None = "own",
        committer: str | None = None,
        dated: str | None = None,
        message: str = "审核通过",
    ) -> str:
        """Merge commits onto main (or another) as git would, `also` with changes that none of them made.

        `key`: `own` signs with the merger's first key where the level of trust asks for it.
        """
        parents = (onto or self.main, *others)
        changes: dict[str, Content] = {}
        for other in others:
            before, after = self._files[self._base(parents[0], other)], self._files[other]
            changes |= {f"/{it}": after.get(it) for it in {**before, **after} if before.get(it) != after.get(it)}
        if key == "own":
            key = self.keys.get(by, (by,))[0] if self.trust == "signatures" else None
        return self.commit(
            by,
            changes | {f"/{_full(path)}": it for path, it in (also or {}).items()},
            parents=parents,
            committer=committer,
            key=key,
            dated=dated,
            message=message,
        )

    def rewritten(self, commit: str, change: Callable[[str], str]) -> str:
        """Write a commit once more with its text changed, whatever was signed; return the other one."""
        text = self.git("cat-file", "commit", commit) + "\n"
        made = self.store.write("commit", change(text).encode())
        self._files[made], self._parents[made] = self._files[commit], self._parents[commit]
        return made

    def _base(self, one: str, other: str) -> str:
        ancestors = set(self._line(one))
        return next(it for it in self._line(other) if it in ancestors)

    def _line(self, commit: str) -> Iterator[str]:
        """Yield a commit and all behind it, the nearest first."""
        waiting, seen = [commit], set()
        while waiting:
            it = waiting.pop(0)
            if it not in seen:
                seen.add(it)
                waiting += self._parents[it]
                yield it

    # --- what people do ---------------------------------------------------------------------

    def submits(
        self,
        person: str,
        path: str,
        content: Content,
        *,
        onto: str | None = None,
        pusher: str | None = None,
        dated: str | None = None,
    ) -> str:
        """Let somebody write a file on a new branch, or go on upon one of theirs; return the branch."""
        base = self.refs[onto] if onto else self.main
        made = self.commit(person, {path: content}, parents=(base,), dated=dated)
        return self.offers(pusher or person, made, onto or self.new_branch(person))

    def new_branch(self, person: str) -> str:
        """Return the name of a branch that isn't there yet."""
        self._submissions += 1
        return f"submit/{person}/{self._submissions}"

    def offers(self, pusher: str, commit: str, branch: str) -> str:
        """Push a commit as a submission; return the branch."""
        self.push(pusher, {branch: commit})
        return branch

    def approves(self, leader: str, branch: str, *, pusher: str | None = None, **how: Any) -> str:
        """Let somebody merge a branch (or a commit) and push main; return the merge. `how`: as for `merge`."""
        made = self.merge(leader, self.refs.get(branch, branch), **how)
        self.push(pusher or leader, {"main": made})
        return made

    def enters(self, writer: str, approver: str, path: str, content: Content) -> str:
        """Let somebody write a file and somebody else approve it; return the merge."""
        return self.approves(approver, self.submits(writer, path, content))

    # --- what came of it --------------------------------------------------------------------

    def audit(self) -> Audit:
        """Audit main afresh."""
        found = audit(self.server, remember=False)
        for it in found.findings:
            fit(it.message + it.hint)
        return found

    def codes(self) -> list[str]:
        """Return the codes of what the audit finds, in alphabetical order."""
        return sorted(it.code for it in self.audit().findings)

    def found(self) -> list[str]:
        """Return the same with paths, as in `bad-merge 2026-Q1/summaries/wang-fang.yml`."""
        return sorted(f"{it.code} {(it.path or '-').removeprefix('records/u/')}" for it in self.audit().findings)


def _full(path: str) -> str:
    """Return a path from the top: one of the office's own is under records/u/."""
    if path.startswith("/"):
        return path[1:]
    return path if path.startswith(("records/", "schemes/")) else f"records/u/{path}"
