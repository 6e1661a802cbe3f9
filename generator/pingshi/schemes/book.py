"""A scheme with its clauses, as loaded from `schemes/<scheme>/`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pingshi.diagnostics import Place, Problem, problem
from pingshi.layout import scheme_path
from pingshi.schemes.clauses import Clauses
from pingshi.schemes.model import Scheme
from pingshi.schemes.rule import Rule
from pingshi.source import Located, load

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Book:
    """A scheme that can be worked with: its rules and (unless missing) its clauses."""

    name: str
    scheme: Scheme
    clauses: Clauses | None

    def rules(self) -> Iterator[tuple[str, Rule]]:
        """Yield every rule with the section it stands in, in the document's order."""
        return rules_under(self.scheme)


def rules_under(scheme: Scheme) -> Iterator[tuple[str, Rule]]:
    """Yield every rule of a scheme, nested ones too, with the name of its section."""

    def within(section: str, value: object) -> Iterator[tuple[str, Rule]]:
        if isinstance(value, Rule):
            yield section, value
        if isinstance(value, Located):
            for name in type(value).model_fields:
                yield from within(section, getattr(value, name))
        elif isinstance(value, tuple):
            for item in value:
                yield from within(section, item)

    for section in Scheme.model_fields:
        yield from within(section, getattr(scheme, section))


def load_book(name: str, scheme: bytes | None, clauses: bytes | None) -> tuple[Book | None, list[Problem]]:
    """Read a scheme's two files (None where one is missing). The book is None where no rule could be trusted."""
    problems: list[Problem] = []
    made: Scheme | None = None
    if scheme is None:
        place = Place(scheme_path(name, "clauses.yml"))
        problems.append(
            problem(place, "missing-key", f"方案 {name} 没有 scheme.yml", "补上 scheme.yml，或删掉这个文件夹")
        )
    else:
        made, found = load(scheme_path(name), scheme, Scheme)
        problems += found
    listed: Clauses | None = None
    if clauses is not None:
        listed, found = load(scheme_path(name, "clauses.yml"), clauses, Clauses)
        problems += found
    return (Book(name, made, listed) if made is not None else None), problems
