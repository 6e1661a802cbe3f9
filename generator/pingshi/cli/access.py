"""`access`: who may write a path and who must approve it, with every rule that was looked at."""

from __future__ import annotations

import json
import os
import sys
from datetime import date
from typing import TYPE_CHECKING, Any

from pingshi.authority import access as asked
from pingshi.cli.parser import FINE, USAGE, fail
from pingshi.cli.repository import no_such, read, roots
from pingshi.layout import RECORDS, Misplaced, area_of, locate
from pingshi.periods import Period
from pingshi.wording import listed

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Mapping

    from pingshi.authority import Access, Considered
    from pingshi.records import UnitRecords


def access(given: argparse.Namespace) -> int:
    """Say of one path who writes and who approves it, and why; wrong usage for what is no file's place."""
    path = _path(given)
    try:
        if area_of(path) == "records":
            locate(path)
    except Misplaced as error:
        fail(f"{error.message}；{error.hint}", USAGE)
    units = read(given, _bearing(path)).units
    concerned = _concerned(units, path)
    if given.author is not None and not any(given.author in it.people for it in concerned):
        no_such("人", given.author, {person for it in concerned for person in it.people})
    day = given.on or date.today()  # noqa: DTZ011 -- the office's own day
    try:
        found = asked(units, path, day, given.author)
    except Misplaced as error:
        fail(f"{error.message}；{error.hint}", USAGE)
    if given.json:
        sys.stdout.write(json.dumps(_as_json(found, concerned), ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.write(_as_text(found, concerned))
    return FINE


def _path(given: argparse.Namespace) -> str:
    """Return the path from the repository's root; that of a file may also be given from here."""
    name: str = given.path
    if os.path.lexists(name):
        whole = os.path.abspath(name)  # noqa: PTH100 -- Path.resolve would follow links, which are not followed here
        for root in roots(given):
            within = os.path.relpath(whole, os.path.abspath(root)).replace(os.sep, "/")  # noqa: PTH100 -- as above
            if within != "." and not within.startswith("../"):
                return within
    return name.removeprefix("./")


def _bearing(path: str) -> Callable[[str], bool]:
    """Return what tells whether a file bears on the question: what has no period, and what is of the path's own."""
    own = next(iter(path.split("/")[2:3]), "")

    def wanted(file: str) -> bool:
        top, *rest = file.split("/")
        folder = next(iter(rest[1:2]), "")
        return top != RECORDS or folder == own or not _is_period(folder)

    return wanted


def _is_period(folder: str) -> bool:
    try:
        Period.parse(folder)
    except ValueError:
        return False
    return True


def _concerned(units: Mapping[str, UnitRecords], path: str) -> list[UnitRecords]:
    """Return the unit that a record is in, or all of them."""
    own = units.get(path.split("/")[1]) if path.startswith(f"{RECORDS}/") else None
    return [own] if own is not None else list(units.values())


def _name(person: str, units: Iterable[UnitRecords]) -> str | None:
    return next((it.people[person].name for it in units if person in it.people), None)


# --- as text ------------------------------------------------------------------------------


def _as_text(it: Access, units: list[UnitRecords]) -> str:
    writing = "只能删去" if it.only_removal else "填写"
    approving = "签收（只确认收到，不表示同意）" if it.manner == "receipt" else "审核"
    lines = [
        it.path,
        f"按 {it.day} 的任职情况：",
        f"  {writing}：{_told(it.writer, it.writers, units)}",
        f"  {approving}：{_told(it.approver, it.approvers, units)}{_cited(it.clause)}",
        "依次看过的规则：",
        *(f"  {number}. {_rule(rule)}" for number, rule in enumerate(it.considered, 1)),
    ]
    return "".join(f"{line}\n" for line in lines)


def _told(role: str, people: tuple[str, ...], units: list[UnitRecords]) -> str:
    if not people:
        return f"{role}，没有人"
    named = [f"{name}（{it}）" if (name := _name(it, units)) else it for it in people]
    return f"{role}，{listed(named)}" + ("，其中一人就可以" if len(people) > 1 else "")


def _rule(rule: Considered) -> str:
    where = f"  {place.path}:{place.line}" if (place := rule.place) is not None else ""
    return f"{rule.says}{_cited(rule.clause)}{'' if rule.applies else '（这里不适用）'}{where}"


def _cited(clause: str | None) -> str:
    return f"（依据 {clause}）" if clause is not None else ""


# --- as JSON ------------------------------------------------------------------------------


def _as_json(it: Access, units: list[UnitRecords]) -> dict[str, Any]:
    def people(ids: tuple[str, ...]) -> list[dict[str, str | None]]:
        return [{"id": person, "name": _name(person, units)} for person in ids]

    return {
        "path": it.path,
        "day": it.day.isoformat(),
        "writer": {"role": it.writer, "people": people(it.writers)},
        "only_removal": it.only_removal,
        "approver": {"role": it.approver, "people": people(it.approvers)},
        "manner": it.manner,
        "clause": it.clause,
        "considered": [
            {"says": rule.says, "clause": rule.clause, "applies": rule.applies, "at": _at(rule)}
            for rule in it.considered
        ],
    }


def _at(rule: Considered) -> str | None:
    place = rule.place
    return None if place is None else f"{place.path}:{place.line}"
