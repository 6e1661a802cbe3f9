"""`pingshi new`: from a kind and a few words to a form in its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pingshi.layout import BY_NAME, Location, Misplaced, locate
from pingshi.source import can_be_written
from pingshi.starting import decisions, sheets
from pingshi.starting.contents import SIMPLE
from pingshi.starting.draft import Written, add, begin
from pingshi.starting.form import Filled
from pingshi.starting.notices import notices
from pingshi.starting.wanted import CannotStartError, Wanted, known_person, nearest, wanted
from pingshi.wording import listed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from pingshi.records import UnitRecords
    from pingshi.starting.form import Value

#: What a kind is called on the command line, where that is not its name in the layout.
SINGULAR: Mapping[str, str] = {
    "person": "people",
    "fact": "facts",
    "goal": "goals",
    "plan": "plans",
    "log": "logs",
    "report": "reports",
    "evaluation": "evaluations",
    "summary": "summaries",
    "review": "reviews",
    "objection": "objections",
    "reply": "replies",
    "spot_check": "spot_checks",
    "filing": "filings",
}


@dataclass(frozen=True, slots=True)
class Words:
    """What was said on the command line; which of it counts depends on the kind."""

    kind: str
    period: str | None = None
    person: str | None = None
    role: str | None = None
    what: str | None = None
    people: Sequence[str] = ()
    fields: Mapping[str, str] | None = None


def new(root: Path, records: UnitRecords, words: Words, today: date, first: Path | None = None) -> Written:
    """Write the form that was asked for; CannotStartError where it can't be, with nothing changed.

    `first` is the root that holds the people, where the form goes to another one.
    """
    it = wanted(words.kind, records, words.period, words.person)
    if it.kind.name not in ("people", "facts") and it.kind.person is not None:
        at_least = it.period if it.kind.person == "person" else None
        known_person(records, words.person or "", at_least)
    told = notices(it, words.people, first or root)
    match it.kind.name:
        case "people":
            return begin(root, it, _person(it, words.fields or {}))
        case "facts":
            known_person(records, words.person or "")
            return add(root, it, [_fact(it, words.what or "", today)])
        case "reviews":
            _refuse_existing(root, it)
            return begin(root, it, sheets.review(it, words.role), told)
        case "determination":
            _refuse_existing(root, it)
            return begin(root, it, decisions.determination(it), told)
        case "feedback":
            return add(root, it, decisions.feedback(it, words.people, words.what), told)
        case "spot_checks":
            known_person(records, words.people[0], it.period)
            return add(root, it, [{"person": Filled(words.people[0], note=records.name_of(words.people[0]))}])
        case "filings":
            return add(root, it, decisions.filings(it, words.what))
        case simple:
            _refuse_existing(root, it)
            return begin(root, it, SIMPLE[simple](it, today), told)


def _refuse_existing(root: Path, it: Wanted) -> None:
    """Say so before anything else, rather than ask for a role or a plan first."""
    if (root / it.location.path).exists():
        raise CannotStartError(f"{it.location.path} 已经有了，没有动它；要改就直接改，要重来先把它移走")


def _person(it: Wanted, fields: Mapping[str, str]) -> Mapping[str, Value]:
    """Return what is known of a new person, checked against the departments and the schemes' posts."""
    records = it.records
    if not _is_id(it.location):
        raise CannotStartError(f"“{it.person}”不能作人员代号；只用小写英文字母、数字和减号，如 wang-fang")
    name = fields.get("name")
    if name is not None and (not name.strip() or not name.isprintable() or not can_be_written(name)):
        raise CannotStartError("姓名是空的，或者有换行等看不见的字符；写成一行")
    departments = {each.id: each.name for each in records.unit.departments}
    posts = {post: title for book in _books(it) for post, title in book.items()}
    _known("科室", fields.get("department"), departments)
    _known("岗位", fields.get("post"), posts)
    remarks = {"department": _listed(departments), "post": _listed(posts)}
    return {
        key: Filled(fields.get(key, ""), note="" if fields.get(key) else f"可以写：{remarks[key]}")
        if key in remarks
        else fields[key]
        for key in ("name", "department", "post", "category", "leader", "joined")
        if key in remarks or key in fields
    }


def _fact(it: Wanted, kind: str, today: date) -> Mapping[str, Value]:
    """Return what is known of a fact: its kind, and the items that the scheme of today lists for it."""
    book = it.records.book_on(today)
    if kind not in ("outstanding", "misconduct") or book is None:
        return {"kind": kind}
    items = book.scheme.items(kind)
    note = f"本方案列举的情形：{listed(items)}" if items else "本方案没有列举情形，这一项不写"
    return {"kind": kind, "item": Filled("", note=note)}


def _books(it: Wanted) -> list[Mapping[str, str]]:
    names = [entry.scheme for entry in it.records.unit.schemes]
    return [it.records.books[name].scheme.posts for name in names if name in it.records.books]


def _known(what: str, word: str | None, known: Mapping[str, str]) -> None:
    if word is not None and word not in known:
        raise CannotStartError(f"没有“{word}”这个{what}；{nearest(word, known)}")


def _listed(known: Mapping[str, str]) -> str:
    return "；".join(f"{word} {title}" for word, title in known.items()) or "（unit.yml 或方案里还没有）"


def _is_id(location: Location) -> bool:

    try:
        return locate(location.path) == location
    except Misplaced:
        return False


def kind_named(word: str) -> str | None:
    """Return the layout's name of a kind that is called so on the command line, or None."""
    name = SINGULAR.get(word, word)
    return name if name in BY_NAME and name != "unit" else None
