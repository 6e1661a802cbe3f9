"""Git's objects, written as bytes: trees and commits as no git command would make them, and in no time.

    store = Store(bare / "objects")
    tree = store.tree({"records/u/unit.yml": store.file("name: 示例局"), "..": store.file("outside")})
    store.commit(tree, parents, wang_fang, wang_fang, "个人小结", key_of("wang-fang"))

Nothing is checked here: paths, modes, dates and names go into the objects as they were given.
"""

from __future__ import annotations

import hashlib
import subprocess
import tempfile
import zlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FILE, LINK, SUBMODULE, FOLDER = "100644", "120000", "160000", "40000"


class Node(NamedTuple):
    """What stands at a path: a mode and the id of an object."""

    mode: str
    id: str


class Stamp(NamedTuple):
    """Who, and when by their own word (seconds since 1970)."""

    name: str
    email: str
    at: int

    def __str__(self) -> str:
        return f"{self.name} <{self.email}> {self.at} +0800"


@dataclass(frozen=True)
class Key:
    """A pair of SSH keys: the file of the private one, and the public one as a roster lists it."""

    file: Path
    public: str


@cache
def _ring() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="pingshi-keys-")


@cache
def key_of(owner: str) -> Key:
    """Return somebody's key, made when it is first asked for and kept until the tests end."""
    file = Path(_ring().name) / owner
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(file)], check=True)
    return Key(file, file.with_suffix(".pub").read_text(encoding="ascii").strip())


class Store:
    """The folder `objects` of a repository."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, kind: str, data: bytes) -> str:
        """Write an object and return its id."""
        whole = b"%s %d\0%s" % (kind.encode(), len(data), data)
        name = hashlib.sha1(whole, usedforsecurity=False).hexdigest()
        path = self.folder / name[:2] / name[2:]
        if not path.exists():
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(zlib.compress(whole, 1))
        return name

    def file(self, content: str | bytes) -> Node:
        """Write a file's content."""
        data = content if isinstance(content, bytes) else content.encode()
        return Node(FILE, self.write("blob", data))

    def link(self, target: str) -> Node:
        """Write a symbolic link."""
        return Node(LINK, self.write("blob", target.encode()))

    def tree(self, files: Mapping[str, Node]) -> str:
        """Write the tree of these files; a path's parts become names of folders, whatever they are."""
        here: dict[str, Node] = {}
        below: dict[str, dict[str, Node]] = {}
        for path, node in files.items():
            first, slash, rest = path.partition("/")
            if slash:
                below.setdefault(first, {})[rest] = node
            else:
                here[first] = node
        here |= {name: Node(FOLDER, self.tree(inside)) for name, inside in below.items()}
        names = sorted(here, key=lambda it: _bytes(f"{it}/" if here[it].mode == FOLDER else it))
        return self.write("tree", b"".join(_entry(it, here[it]) for it in names))

    def commit(
        self, tree: str, parents: Iterable[str], author: Stamp, committer: Stamp, message: str, key: Key | None = None
    ) -> str:
        """Write a commit, signed where there is a key."""
        head = "".join(
            f"{line}\n"
            for line in (
                f"tree {tree}",
                *(f"parent {it}" for it in parents),
                f"author {author}",
                f"committer {committer}",
            )
        )
        seal = "" if key is None else _header(_sign(f"{head}\n{message}\n".encode(), key))
        return self.write("commit", f"{head}{seal}\n{message}\n".encode())


def _entry(name: str, node: Node) -> bytes:
    return _bytes(f"{node.mode} {name}\0") + bytes.fromhex(node.id)


def _bytes(name: str) -> bytes:
    """Return a name as git keeps it: any bytes at all, which Python writes as lone surrogates."""
    return name.encode("utf-8", "surrogateescape")


def _header(seal: str) -> str:
    return "gpgsig " + "\n ".join(seal.splitlines()) + "\n"


def _sign(payload: bytes, key: Key) -> str:
    command = ["ssh-keygen", "-q", "-Y", "sign", "-n", "git", "-f", str(key.file)]
    return subprocess.run(command, input=payload, check=True, capture_output=True).stdout.decode()
