"""Checking all parts of a repository: from memory what is unchanged, the rest by two processes."""

from __future__ import annotations

import gc
import hashlib
import os
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pingshi.diagnostics import Place, Problem, arranged
from pingshi.evaluation.cache import Cache, digest_of, folder, program
from pingshi.evaluation.parts import Group, grouped
from pingshi.layout import SCHEMES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pingshi.records.files import Blob

#: Fewer files than this are not worth a second process.
SHARED_FROM = 1_500
#: What reading a file costs beside its length, in bytes.
_COST_OF_A_FILE = 700
_SCHEME = re.compile(rb"scheme:\s*([a-z0-9-]+)")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Everything that is wrong in a repository, in order, and how many files were looked at."""

    problems: tuple[Problem, ...]
    files: int
    texts: Mapping[str, bytes] = field(repr=False)

    def line(self, place: Place) -> str | None:
        """Return the text of a place's line, for showing it beside a problem."""
        lines = self.texts.get(place.path, b"").decode("utf-8", "replace").splitlines()
        return lines[place.line - 1] if 0 < place.line <= len(lines) else None


@dataclass(frozen=True, slots=True)
class Part:
    """One part to check: its group, its name within the group, and the key of what is found in it."""

    group: Group
    name: str
    key: str

    @property
    def weight(self) -> int:
        """How long it will take, in bytes to read."""
        blobs = self.group.parts.get(self.name, self.group.general)
        return sum(_COST_OF_A_FILE + len(blob.data or b"") for blob in blobs)


def check(
    blobs: Sequence[Blob],
    *,
    several: bool = False,
    only: Callable[[Group], bool] | None = None,
    cache: Cache | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Verdict:
    """Return what is wrong in these files; `several` where two or more roots were given.

    `only` chooses among the groups (units, schemes). `progress` is told how much of how
    much is done.
    """
    texts = {blob.path: blob.data or b"" for blob in reversed(blobs) if not blob.is_placeholder}
    groups = grouped(blobs)
    memory = Cache(folder()) if cache is None else cache
    parts = _parts(groups, several=several)
    if only is not None:
        parts = [it for it in parts if only(it.group)]
    known = {it.key: found for it in parts if (found := memory.get(it.key)) is not None}
    unknown = [it for it in parts if it.key not in known]
    if unknown:
        for key, found in _evaluated(unknown, groups, several=several, progress=progress).items():
            memory.put(key, found)
            known[key] = found
        memory.sweep()
    return Verdict(arranged(it for found in known.values() for it in found), len(texts), texts)


def _parts(groups: Mapping[tuple[str, str], Group], *, several: bool) -> list[Part]:
    """Return every part with its key."""
    schemes = {name: group for (top, name), group in groups.items() if top == SCHEMES}
    common = hashlib.sha256(program() + bytes([several]))
    for group in schemes.values():
        common.update(digest_of(group.general))
    found = []
    for (top, name), group in groups.items():
        general = common.copy()
        general.update(f"{top}/{name}".encode(errors="surrogateescape") + digest_of(group.general))
        for part in group.names():
            own = general.copy()
            own.update(part.encode() + digest_of(group.parts.get(part, ())))
            found.append(Part(group, part, own.hexdigest()))
    return found


def _evaluated(
    parts: Sequence[Part],
    groups: Mapping[tuple[str, str], Group],
    *,
    several: bool,
    progress: Callable[[int, int], None] | None,
) -> dict[str, list[Problem]]:
    from pingshi.evaluation.work import Work  # noqa: PLC0415 -- models and grading, which nothing unchanged needs

    work = Work(
        [blob for (top, _), group in groups.items() if top == SCHEMES for blob in group.general], several=several
    )
    files = sum(len(it.group.parts.get(it.name, it.group.general)) for it in parts)
    ordered = sorted(parts, key=lambda it: (_scheme(it.group), it.group.top, it.group.name, it.name))
    collecting = gc.isenabled()
    gc.disable()  # nearly everything lives until the end, and is looked at in vain
    try:
        if files < SHARED_FROM or not hasattr(os, "fork") or (os.cpu_count() or 1) == 1:
            return work.done(ordered, progress)
        return work.shared(*_halves(ordered), progress)
    finally:
        if collecting:
            gc.enable()


def _scheme(group: Group) -> str:
    """Guess the scheme of a group, so that neighbours share its loading; nothing else depends on it."""
    if group.top == SCHEMES:
        return group.name
    unit = next((it.data for it in group.general if it.path.endswith("/unit.yml") and it.data), b"")
    named = _SCHEME.search(unit)
    return named[1].decode() if named else ""


def _halves(parts: Sequence[Part]) -> tuple[list[Part], list[Part]]:
    """Cut the list where half of the work is done."""
    half, done = sum(it.weight for it in parts) / 2, 0
    for index, it in enumerate(parts):
        done += it.weight
        if done >= half:
            return list(parts[: index + 1]), list(parts[index + 1 :])
    return list(parts), []
