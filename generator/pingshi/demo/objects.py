"""Git objects, written by ourselves: a demonstration makes thousands of them, and a git command for each takes minutes.

A test has git check every one of them (`git fsck --strict`).
"""

from __future__ import annotations

import hashlib
import zlib
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from pingshi.demo.plan import Person

_FILE, _FOLDER = "100644", "40000"
_ZONE = "+0800"
#: The least that still makes files small: they are packed at the end.
_LEVEL = 1


class Stamp(NamedTuple):
    """Who made a commit and when, in seconds since 1970."""

    person: Person
    at: int

    def __str__(self) -> str:
        return f"{self.person.name} <{self.person.email}> {self.at} {_ZONE}"


class Store:
    """The loose objects of a repository. Ids are hexadecimal; a tree's entries are remembered by its id."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "objects"
        self._trees: dict[str, dict[str, tuple[str, str]]] = {}
        self.empty = self._tree({})

    def blob(self, data: bytes) -> str:
        """Write a file's content."""
        return self._write("blob", data)

    def with_files(self, tree: str, files: Iterable[tuple[str, str]]) -> str:
        """Return a tree like another one but for these files (path, blob), which it is given."""
        entries = dict(self._trees[tree])
        below: dict[str, list[tuple[str, str]]] = {}
        for path, blob in files:
            name, _, rest = path.partition("/")
            if rest:
                below.setdefault(name, []).append((rest, blob))
            else:
                entries[name] = (_FILE, blob)
        for name, inner in below.items():
            old = entries.get(name, (_FOLDER, self.empty))[1]
            entries[name] = (_FOLDER, self.with_files(old, inner))
        return self._tree(entries)

    def commit(
        self,
        tree: str,
        parents: Sequence[str],
        author: Stamp,
        committer: Stamp,
        says: str,
        sign: Callable[[bytes], str] | None = None,
    ) -> str:
        """Write a commit, signed by whatever makes a signature's text of its bytes."""
        head = [f"tree {tree}", *(f"parent {it}" for it in parents), f"author {author}", f"committer {committer}"]
        message = f"\n{says}\n"
        if sign is not None:
            signature = sign("\n".join([*head, message]).encode())
            head.append("gpgsig " + signature.rstrip("\n").replace("\n", "\n "))
        return self._write("commit", "\n".join([*head, message]).encode())

    def _tree(self, entries: dict[str, tuple[str, str]]) -> str:
        order = sorted(entries, key=lambda it: it + "/" if entries[it][0] == _FOLDER else it)
        data = b"".join(f"{entries[it][0]} {it}\0".encode() + bytes.fromhex(entries[it][1]) for it in order)
        name = self._write("tree", data)
        self._trees[name] = entries
        return name

    def _write(self, kind: str, data: bytes) -> str:
        whole = f"{kind} {len(data)}\0".encode() + data
        name = hashlib.sha1(whole, usedforsecurity=False).hexdigest()
        place = self._folder / name[:2] / name[2:]
        if not place.exists():
            place.parent.mkdir(exist_ok=True)
            place.write_bytes(zlib.compress(whole, _LEVEL))
            place.chmod(0o444)
        return name
