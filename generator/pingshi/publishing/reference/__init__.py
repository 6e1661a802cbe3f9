"""The reference: every kind of record, every code and every key of the scheme language, as pages made from the code."""

from pingshi.publishing.reference.checks import CodeEntry, LintEntry, code_entries, lint_entries
from pingshi.publishing.reference.keys import Key, Table, tables
from pingshi.publishing.reference.kinds import KindEntry, kind_entries
from pingshi.publishing.reference.language import language_tables, section_examples
from pingshi.publishing.reference.write import write_reference

__all__ = [
    "CodeEntry",
    "Key",
    "KindEntry",
    "LintEntry",
    "Table",
    "code_entries",
    "kind_entries",
    "language_tables",
    "lint_entries",
    "section_examples",
    "tables",
    "write_reference",
]
