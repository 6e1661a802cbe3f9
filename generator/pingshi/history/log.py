"""History in one pass: every commit with what it changes against its first parent, oldest first."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pingshi.history.plumbing import Git

#: The modes of files in git's trees.
LINK, SUBMODULE = "120000", "160000"
#: The end of the year 9999, less a day for whatever time zone.
_LATEST = 253_402_214_400
_CHUNK = 1 << 16


class Identity(NamedTuple):
    """A name and an address, as somebody wrote them into a commit: nobody has checked them."""

    name: str
    email: str


class Entry(NamedTuple):
    """A file that a commit changes against its first parent: blob ids, None where it wasn't or isn't there."""

    path: str
    before: str | None
    after: str | None
    mode: str


class Commit(NamedTuple):
    """A commit. Times are seconds since 1970, by its writer's own word.

    `signed`: it carries a signature, which nobody has verified yet.
    """

    id: str
    parents: tuple[str, ...]
    author: Identity
    authored: int
    committer: Identity
    committed: int
    signed: bool
    message: str
    changes: tuple[Entry, ...]

    @property
    def subject(self) -> str:
        """The first line of its message."""
        return self.message.split("\n", 1)[0]


def read_log(git: Git, heads: Sequence[str], *, without: Iterable[str] = (), prefix: str = "") -> Iterator[Commit]:
    """Yield the commits reachable from `heads` and not from `without`, parents before children.

    Paths are told from `prefix` on; files elsewhere are left out.
    """
    revisions = "".join([*(f"{it}\n" for it in heads), *(f"^{it}\n" for it in without)])
    with git.stream(
        *("log", "-z", "--raw", "--format=raw", "--topo-order", "--reverse", "--root", "--no-abbrev", "--no-renames"),
        *("--diff-merges=first-parent", "--no-mailmap", "--no-notes", "--no-decorate", "--no-color"),
        *("--no-show-signature", "--no-ext-diff", "--no-textconv", "--encoding=UTF-8", "--ignore-submodules=none"),
        *("--stdin", "--"),
        data=revisions.encode(),
    ) as told:
        yield from _commits(_fields(told), prefix)


def _fields(told: IO[bytes]) -> Iterator[bytes]:
    """Split what git writes at its NULs, however it comes in."""
    rest = b""
    while chunk := told.read(_CHUNK):
        parts = (rest + chunk).split(b"\0")
        rest = parts.pop()
        yield from parts
    if rest:
        yield rest


def _commits(fields: Iterator[bytes], prefix: str) -> Iterator[Commit]:
    """Put fields together: a header, and for each file a raw line and, in the next field, its path.

    The first raw line stands as the last line of the header's own field. Nothing in a commit can pass for one: lines of
    a message are indented, and a path is always taken with its line.
    """
    top = prefix.encode()
    header = raw = b""
    changes: list[Entry] = []
    for field in fields:
        if raw:
            if field.startswith(top):
                changes.append(_entry(raw, field[len(top) :]))
            raw = b""
        elif field.startswith(b":"):
            raw = field
        elif field:
            if header:
                yield _commit(header, changes)
            header, changes = field, []
            start, _, last = field.rpartition(b"\n")
            if last.startswith(b":"):
                header, raw = start, last
    if header:
        yield _commit(header, changes)


def _entry(raw: bytes, path: bytes) -> Entry:
    _, mode, before, after, _ = raw.split(b" ")
    return Entry(path.decode("utf-8", "surrogateescape"), _blob(before), _blob(after), mode.decode())


def _blob(told: bytes) -> str | None:
    return None if not told.strip(b"0") else told.decode()


def _commit(told: bytes, changes: list[Entry]) -> Commit:
    head, _, message = told.partition(b"\n\n")
    lines = head.split(b"\n")
    parents = []
    author = committer = b""
    signed = False
    for line in lines[1:]:
        word, _, rest = line.partition(b" ")
        if word == b"parent" and not author:  # git takes none that stands elsewhere
            parents.append(rest.decode())
        elif word == b"author" and not author:
            author = rest
        elif word == b"committer" and not committer:
            committer = rest
        elif word.startswith(b"gpgsig"):
            signed = True
    wrote, authored = _identity(author)
    put, committed = (wrote, authored) if committer == author else _identity(committer)
    text = message.decode("utf-8", "replace")
    said = text.replace("\n    ", "\n").removeprefix("    ").strip("\n")
    return Commit(
        lines[0].split(b" ")[1].decode(),
        tuple(parents),
        wrote,
        authored,
        put,
        committed,
        signed,
        said,
        tuple(changes),
    )


def _identity(told: bytes) -> tuple[Identity, int]:
    """Read `name <address> seconds zone`; what can't be read is empty, and belongs to nobody."""
    name, _, rest = told.partition(b" <")
    email, _, when = rest.rpartition(b"> ")
    try:
        seconds = within_calendar(int(when.split(b" ")[0]))
    except (ValueError, IndexError):
        seconds = 0
    return Identity(name.decode("utf-8", "replace"), email.decode("utf-8", "replace")), seconds


def within_calendar(seconds: int) -> int:
    """Return a time that every calendar holds: git and whoever forges a receipt may write any number."""
    return min(max(seconds, 0), _LATEST)
