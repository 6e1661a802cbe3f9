"""The scheme language: every key of `scheme.yml` and `clauses.yml`, and the words of conditions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pingshi.publishing.reference.keys import Table, tables
from pingshi.schemes import PERSON, YEAR, language_schemas

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pingshi.schemes.vocabulary import Vocabulary

_SECTION = re.compile(r"([a-z_]+):")
_KINDS: Mapping[str, str] = {
    "flag": "是或否",
    "text": "文字",
    "number": "数字",
    "months": "带月数，是或否",
    "measures": "带处分名称，是或否",
    "count": "带等次名称，次数",
}


@dataclass(frozen=True, slots=True)
class WordEntry:
    """A word of a vocabulary: what it yields and what it means."""

    name: str
    kind: str
    says: str


def language_tables() -> tuple[Table, ...]:
    """Return the tables of `scheme.yml`: the sections first, then what stands in each."""
    return tables(language_schemas()["scheme"], "scheme")


def clauses_tables() -> tuple[Table, ...]:
    """Return the tables of `clauses.yml`."""
    return tables(language_schemas()["clauses"], "clauses")


def person_words() -> tuple[WordEntry, ...]:
    """Return what conditions may ask of a person."""
    return _words(PERSON)


def year_words() -> tuple[WordEntry, ...]:
    """Return what annual rules may ask of a person's year."""
    return _words(YEAR)


def _words(vocabulary: Vocabulary) -> tuple[WordEntry, ...]:
    return tuple(WordEntry(name, _KINDS[word.kind], word.says) for name, word in vocabulary.items())


def section_examples(schemes: Iterable[str]) -> dict[str, str]:
    """Return each section as one of the schemes writes it: the shortest one, the first of equals."""
    found: dict[str, str] = {}
    for text in schemes:
        for name, section in _sections(text).items():
            if name not in found or len(section) < len(found[name]):
                found[name] = section
    return found


def _sections(text: str) -> dict[str, str]:
    """Split a scheme at its top-level keys; comments and blank lines between them belong to none."""
    found: dict[str, list[str]] = {}
    lines: list[str] | None = None
    for line in text.splitlines():
        begins = _SECTION.match(line)
        if begins:
            lines = found.setdefault(begins[1], [])
        elif not line.startswith((" ", "-")):
            lines = None
        if lines is not None:
            lines.append(line)
    return {name: "\n".join(it) for name, it in found.items()}
