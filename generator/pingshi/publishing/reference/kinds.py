"""Every kind of record: where it stands, who writes it, who may see it, its keys, an example."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pingshi.authority import TABLE
from pingshi.layout import KINDS, Kind, Location
from pingshi.periods import Period
from pingshi.publishing.reference.keys import Table, tables
from pingshi.records import json_schemas

if TYPE_CHECKING:
    from collections.abc import Mapping

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
            TABLE[kind.name].told,
            kind.confidential,
            tables(schemas[kind.name], kind.name),
            examples[kind.name],
        )
        for kind in KINDS
    )


def _path(kind: Kind, scope: str) -> str:
    return Location("<单位>", kind.name, _FOLDERS[scope], _PERSONS.get(kind.person or "")).path
