"""The checkpoint of a site: of which commit and receipt it was made, by which program, and a digest of its pages.

It stands in the site itself as `checkpoint.json`. Whoever keeps a copy of it can tell later whether the history that
the site was made of is still there, and whether the pages are still those.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pingshi import __version__
from pingshi.history import Standing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

NAME = "checkpoint.json"
#: Left in a folder that the program wrote, so that it dares to replace it the next time; no part of the site.
MARK = ".pingshi"
_FORMAT = 1
#: The packages on whose versions the bytes of a page depend.
_TOOLS = ("mkdocs", "mkdocs-material", "markdown", "pymdown-extensions", "jinja2", "pygments")

Audience = Literal["public", "office"]
ReadFrom = Literal["history", "files"]
_AUDIENCES: tuple[Audience, ...] = ("public", "office")
_READ_FROM: tuple[ReadFrom, ...] = ("history", "files")


class CheckpointError(Exception):
    """There is a checkpoint that can't be read; `args[0]` says why, for the office."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a published site was made of.

    Attributes:
        audience: whom it is for.
        on: the day for which it was built.
        program: the version of this program.
        tools: the versions of the packages that made pages of it.
        read_from: a commit's files alone, or those on the disk.
        sources: where each repository stood, in the order in which they were named; mostly there is one. Of folders
            outside of git only the first is written down: nothing can be compared with them.
        pages: the digest of all files but this one.
        files: how many these are.

    """

    audience: Audience
    on: date
    program: str
    tools: Mapping[str, str]
    read_from: ReadFrom
    sources: tuple[Standing, ...]
    pages: str
    files: int

    def as_bytes(self) -> bytes:
        """Return it as it stands in the site."""
        first, *others = self.sources
        document = {
            "format": _FORMAT,
            "audience": self.audience,
            "on": self.on.isoformat(),
            "program": self.program,
            "tools": dict(self.tools),
            "from": self.read_from,
            **_as_json(first),
            **({"others": [_as_json(it) for it in others]} if any(it.commit for it in others) else {}),
            "pages": self.pages,
            "files": self.files,
        }
        return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def checkpoint_of(
    built: Path, audience: Audience, on: date, read_from: ReadFrom, sources: tuple[Standing, ...]
) -> Checkpoint:
    """Return the checkpoint of a site that has just been built."""
    pages, files = digest(built)
    return Checkpoint(audience, on, __version__, tools(), read_from, sources, pages, files)


def published(site: Path) -> Checkpoint | None:
    """Return the checkpoint of a site, or None where it has none; CheckpointError where it can't be read."""
    try:
        data = (site / NAME).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return parse(data)


def parse(data: bytes) -> Checkpoint:
    """Read a checkpoint; CheckpointError where it is none, or of a later format."""
    try:
        said = json.loads(data)
        if said["format"] != _FORMAT:
            raise CheckpointError(f"{NAME} 是别的版本的程序写的（格式 {said['format']}），这个程序读不了；升级程序")
        if said["audience"] not in _AUDIENCES or said["from"] not in _READ_FROM:
            raise ValueError  # noqa: TRY301 -- told below like everything else that is wrong with it
        return Checkpoint(
            audience=said["audience"],
            on=date.fromisoformat(said["on"]),
            program=str(said["program"]),
            tools={str(name): str(it) for name, it in said["tools"].items()},
            read_from=said["from"],
            sources=tuple(_standing(it) for it in (said, *said.get("others", ()))),
            pages=str(said["pages"]),
            files=int(said["files"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise CheckpointError(f"{NAME} 不完整或者被改动过，读不了") from error


def digest(site: Path) -> tuple[str, int]:
    """Return the digest of a site's files, their names and what they hold, and how many they are.

    Each file adds a line `<sha256 of the file>  <path>` in the order of paths, so that `sha256sum` can do the same. A
    link adds no digest of what it leads to.
    """
    whole = hashlib.sha256()
    count = 0
    for path, file in files_of(site):
        of_file = "-" * 64 if file.is_symlink() else hashlib.sha256(file.read_bytes()).hexdigest()
        whole.update(f"{of_file}  {path}\n".encode("utf-8", "surrogateescape"))
        count += 1
    return whole.hexdigest(), count


def files_of(site: Path) -> Iterator[tuple[str, Path]]:
    """Yield the published files by path, in order, without the checkpoint and the program's mark; links as they are."""
    found = []
    for above, folders, files in os.walk(site):
        links = [it for it in folders if (Path(above) / it).is_symlink()]
        found += [(Path(above) / it).relative_to(site).as_posix() for it in (*files, *links)]
    yield from ((it, site / it) for it in sorted(found) if it not in (NAME, MARK))


def tools() -> dict[str, str]:
    """Return the versions, here, of the packages that pages are made with."""
    return {name: known for name in _TOOLS if (known := _version(name)) is not None}


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _as_json(source: Standing) -> dict[str, Any]:
    return {"commit": source.commit, "clean": source.clean, "receipts": source.receipts}


def _standing(said: Any) -> Standing:
    commit, clean, receipts = (said[it] for it in ("commit", "clean", "receipts"))
    if not isinstance(clean, bool | None) or not all(it is None or _is_id(it) for it in (commit, receipts)):
        raise ValueError
    return Standing(commit, clean, receipts)


def _is_id(value: object) -> bool:
    """Tell whether a value is an object's full id: it goes to git as an argument."""
    return isinstance(value, str) and len(value) in (40, 64) and not value.strip("0123456789abcdef")
