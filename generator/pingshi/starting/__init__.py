"""A bureau's first hour: its own repository, forms for its records, schemas for its editors."""

from pingshi.starting.bureau import Bureau, asked_for, init, scheme_titles
from pingshi.starting.disk import place
from pingshi.starting.draft import Written
from pingshi.starting.generated import UnsoundError, forge_files, forge_notes, stale_generated, write_generated
from pingshi.starting.record import SINGULAR, Words, kind_named, new
from pingshi.starting.schemas import write_schemas
from pingshi.starting.wanted import CannotStartError, nearest

__all__ = [
    "SINGULAR",
    "Bureau",
    "CannotStartError",
    "UnsoundError",
    "Words",
    "Written",
    "asked_for",
    "forge_files",
    "forge_notes",
    "init",
    "kind_named",
    "nearest",
    "new",
    "place",
    "scheme_titles",
    "stale_generated",
    "write_generated",
    "write_schemas",
]
