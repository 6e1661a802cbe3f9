"""Chosen objects of a repository in one pack, for somebody who is not to have the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from pingshi.history.objects import Objects

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import TracebackType

    from pingshi.history.plumbing import Git


class Collection:
    """Chooses objects: commits, and with a path in one the trees on the way to it and what stands there.

    A context manager. `kinds` tells what has been chosen: the kind of each object, by id.
    """

    def __init__(self, git: Git, prefix: str) -> None:
        self._git = git
        self._prefix = prefix
        self._objects = Objects(git)
        self._there: dict[tuple[str, str], str | None] = {}
        self.kinds: dict[str, str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._objects.close()

    def commit(self, commit: str) -> None:
        """Choose a commit, without anything that it holds."""
        self.kinds[commit] = "commit"

    def path(self, commit: str, path: str) -> str | None:
        """Choose what stands at a path of a commit, and what shows that it does; None where nothing stands there.

        Then too the trees are chosen, as far as they go: they show that it is not there.
        """
        self.commit(commit)
        parts = f"{self._prefix}{path}".split("/")
        for end in range(len(parts) + 1):
            found = self._at(commit, "/".join(parts[:end]))
            if found is None:
                return None
            self.kinds[found] = "blob" if end == len(parts) else "tree"
        return found

    def read(self, blob: str) -> bytes:
        """Return what a blob holds."""
        return self._objects.read(blob) or b""

    def pack(self) -> bytes:
        """Return all that was chosen, as a pack: the same bytes for the same objects."""
        return pack(self._git, self.kinds)

    def _at(self, commit: str, path: str) -> str | None:
        if (commit, path) not in self._there:
            self._there[commit, path] = self._objects.id_at(commit, path)
        return self._there[commit, path]


def pack(git: Git, objects: Iterable[str]) -> bytes:
    """Return a pack of exactly these objects; nothing in it depends on how the repository keeps them."""
    return git.run(
        *("-c", "pack.threads=1", "-c", "pack.compression=9", "-c", "pack.writeReverseIndex=false"),
        *("pack-objects", "-q", "--stdout", "--window=0", "--depth=0", "--no-reuse-object", "--no-reuse-delta"),
        data="".join(f"{it}\n" for it in sorted(objects)).encode(),
    )
