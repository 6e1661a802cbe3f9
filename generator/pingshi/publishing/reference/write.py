"""The reference's pages: Markdown through the templates of `site/templates/reference/`."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING, Any

from pingshi.layout import KINDS
from pingshi.publishing.pages import REFERENCE, environment
from pingshi.publishing.reference.checks import code_entries, lint_entries
from pingshi.publishing.reference.kinds import kind_entries
from pingshi.publishing.reference.language import (
    clauses_tables,
    language_tables,
    person_words,
    section_examples,
    year_words,
)
from pingshi.source import Map, parse

if TYPE_CHECKING:
    from pathlib import Path

#: One message of each code, as people meet it.
PROBLEMS = "problems.yml"


def write_reference(templates: list[Path], examples: list[Path], schemes: list[str], target: Path) -> None:
    """Write the reference's pages into a Markdown tree.

    `examples` are folders with one valid file of each kind (`<kind>.yml`) and a message of
    each code (`problems.yml`), the first that has one wins; `schemes` the texts of schemes
    to quote from. Nothing of it comes from anybody's records.
    """
    texts = {kind.name: _text(examples, f"{kind.name}.yml") for kind in KINDS}
    problems, _ = parse(PROBLEMS, _text(examples, PROBLEMS).encode())
    if not isinstance(problems, Map):
        raise OSError(errno.EIO, os.strerror(errno.EIO), PROBLEMS)
    env = environment(templates)

    def write(path: str, template: str, **values: Any) -> None:
        file = target / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(env.get_template(f"reference/{template}").render(**values), encoding="utf-8", newline="\n")

    records, checks, language = REFERENCE.values()
    write(records, "records.md.j2", kinds=kind_entries(texts))
    write(checks, "checks.md.j2", codes=code_entries(problems), lint=lint_entries())
    write(
        language,
        "scheme-language.md.j2",
        scheme=language_tables(),
        clauses=clauses_tables(),
        examples=section_examples(schemes),
        person=person_words(),
        year=year_words(),
    )


def _text(folders: list[Path], name: str) -> str:
    for file in (folder / name for folder in folders):
        if file.is_file():
            return file.read_text(encoding="utf-8")
    raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), name)
