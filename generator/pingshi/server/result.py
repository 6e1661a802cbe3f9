"""Who pushes, what a push moves, and why it is refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: The variables in which servers tell whom they have let in, in this order: gitolite, a web server, Gitea, GitLab.
ACCOUNTS = ("GL_USER", "REMOTE_USER", "GITEA_PUSHER_NAME", "GL_USERNAME")


@dataclass(frozen=True, slots=True)
class Pusher:
    """The account that the server has let in and the variable that told it; both None where it asks for none.

    `gitolite`: gitolite will look at the push, too, once the gate has let it through.
    """

    account: str | None
    via: str | None
    gitolite: bool = False

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> Pusher:
        """Return whom the environment of a hook names."""
        via = next((it for it in ACCOUNTS if environment.get(it)), None)
        return cls(environment[via], via, "GL_REPO" in environment) if via else cls(None, None)


@dataclass(frozen=True, slots=True)
class Move:
    """A branch that a push moves: from which commit to which, None where it is made or deleted."""

    ref: str
    old: str | None
    new: str | None


def moves(lines: Iterable[str]) -> list[Move]:
    """Read what git tells a hook: `old new ref`, a line for each branch."""
    found = []
    for line in lines:
        old, new, ref = line.rstrip("\n").split(" ", 2)
        found.append(Move(ref, None if not old.strip("0") else old, None if not new.strip("0") else new))
    return found


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a push is refused, and what to do.

    `of_commit`: a commit itself is at fault; one more after it, which mends the files, would be refused with it.
    """

    message: str
    hint: str
    of_commit: bool = False

    def __str__(self) -> str:
        return f"{self.message}\n  → {self.hint}"
