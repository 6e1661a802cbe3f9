"""`clauses.yml`: every clause of the source document, in our own words, and how it is covered."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from pingshi.schemes.fields import Clause
from pingshi.source import Day, Line, Located, Prose


class ClauseEntry(Located):
    """One clause of the source document, in our own words, and how it is covered."""

    where: Line = Field(alias="at")
    topic: Line
    says: Prose
    covered: tuple[Literal["computed", "checked", "recorded", "published", "exported", "reminded", "people"], ...]
    people: Prose | None = None


class SourceDocument(Located):
    """The document that a scheme was read from."""

    title: Line
    number: Line | None = None
    issued: Day | None = None


class Clauses(Located):
    """Every clause of the source document, by id."""

    source: SourceDocument
    clauses: dict[Clause, ClauseEntry]
