"""What whoever begins a record must know of it beforehand: who is not in it, and whether it counts at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pingshi.source import Map, parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pingshi.layout import Location
    from pingshi.starting.wanted import Wanted

#: The forms that list people, with what else is wrong in them where somebody is left out.
_LISTING = {
    "attendance": "",
    "reviews": "",
    "ballots": "",
    "determination": "参加考核的人数和名额也没有算上",
    "feedback": "",
}


def notices(wanted: Wanted, named: Sequence[str], root: Path) -> tuple[str, ...]:
    """Return what must be said on the screen and in the form's heading; `named`: who was asked for by name."""
    return (*_left_out(wanted, named, root), *_not_counted(wanted))


def _left_out(wanted: Wanted, named: Sequence[str], root: Path) -> Iterator[str]:
    """Name everybody whose own file has an error: nobody knows whether they belong into the form."""
    if wanted.kind.name not in _LISTING or named:
        return
    more = _LISTING[wanted.kind.name]
    for it in sorted(wanted.records.broken, key=lambda it: it.path):
        if it.kind == "people" and it.person:
            who = _name(root, it) or it.person
            called = who if who == it.person else f"{who}（{it.person}）"
            yield f"{called}的资料有错误，没有列入{'，' + more if more else ''}，改正后重新建表"


def _name(root: Path, location: Location) -> str | None:
    """Return the name in a file that is no record, where it can be read."""
    file = root / location.path
    if not file.is_file() or file.is_symlink():
        return None
    value, _ = parse(location.path, file.read_bytes())
    name = value.get("name") if isinstance(value, Map) else None
    return str(name).strip() if isinstance(name, str) and name.isprintable() else None


def _not_counted(wanted: Wanted) -> Iterator[str]:
    if wanted.kind.name == "ballots":
        score = wanted.book.scheme.score
        if score is None or all(part.source != "ballots" for part in score.parts):
            yield "本方案不用测评票，这份表不影响等次"
