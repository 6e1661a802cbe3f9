"""Every kind of record: where it stands, who writes it, who may see it, its keys, an example."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pingshi.layout import KINDS, Kind, Location
from pingshi.periods import Period
from pingshi.publishing.reference.keys import Table, tables
from pingshi.records import json_schemas

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Who writes a kind (design §4). The program does not check it yet, so the pages say whose task it is, not who may.
WRITERS: Mapping[str, str] = {
    "unit": "人事部门",
    "people": "人事部门",
    "facts": "人事部门",
    "goals": "本人",
    "plans": "本人",
    "logs": "本人",
    "reports": "本人；opinion 由直接领导填写",
    "evaluations": "人事部门",
    "attendance": "人事部门",
    "summaries": "本人",
    "reviews": "文件名所写的评价人",
    "ballots": "人事部门",
    "outside": "人事部门，按外单位的回函填写",
    "determination": "人事部门，按会议或领导的决定填写",
    "publicity": "人事部门",
    "feedback": "文件名所写的领导",
    "objections": "本人",
    "replies": "人事部门",
    "spot_checks": "人事部门",
    "filings": "人事部门",
}
#: A folder of each scope, as the examples show it.
_FOLDERS: Mapping[str, Period | None] = {
    "unit": None,
    "year": Period("year", 2026),
    "cycle": Period("quarter", 2026, 3),
    "month": Period("month", 2026, 7),
}
_PERSONS = {"person": "<人员>", "reviewer": "<评价人>", "leader": "<领导>"}


@dataclass(frozen=True, slots=True)
class KindEntry:
    """What the reference tells about a kind of record."""

    name: str
    title: str
    paths: tuple[str, ...]
    writer: str
    confidential: bool
    tables: tuple[Table, ...]
    example: str


def kind_entries(examples: Mapping[str, str]) -> tuple[KindEntry, ...]:
    """Return all kinds in the layout's order; `examples` are the texts of one valid file each."""
    schemas = json_schemas()
    return tuple(
        KindEntry(
            kind.name,
            kind.title,
            tuple(_path(kind, scope) for scope in kind.scopes),
            WRITERS[kind.name],
            kind.confidential,
            tables(schemas[kind.name], kind.name),
            examples[kind.name],
        )
        for kind in KINDS
    )


def _path(kind: Kind, scope: str) -> str:
    return Location("<单位>", kind.name, _FOLDERS[scope], _PERSONS.get(kind.person or "")).path
