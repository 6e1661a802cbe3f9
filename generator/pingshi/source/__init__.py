"""YAML text → typed values that know their place.

`parse` turns bytes into a tree of `Map`, `Seq` and `Text` (or problems); `load` goes on
to a pydantic model. Nothing here knows what a record or a scheme is.
"""

from pingshi.source.choices import Choices
from pingshi.source.fields import (
    Amount,
    Count,
    Day,
    Exact,
    Flag,
    Identifier,
    Line,
    Prose,
    Symbol,
    exact,
    lone_or_many,
    reject,
    shorthand,
    single_or_many,
)
from pingshi.source.limits import can_be_written
from pingshi.source.located import Located
from pingshi.source.model import load, load_list
from pingshi.source.nodes import DEEPEST_NESTING, parse
from pingshi.source.schema import json_schema
from pingshi.source.terms import Term, Terms, all_held, held, terms_faults
from pingshi.source.values import Map, Marks, Seq, Text

__all__ = [
    "DEEPEST_NESTING",
    "Amount",
    "Choices",
    "Count",
    "Day",
    "Exact",
    "Flag",
    "Identifier",
    "Line",
    "Located",
    "Map",
    "Marks",
    "Prose",
    "Seq",
    "Symbol",
    "Term",
    "Terms",
    "Text",
    "all_held",
    "can_be_written",
    "exact",
    "held",
    "json_schema",
    "load",
    "load_list",
    "lone_or_many",
    "parse",
    "reject",
    "shorthand",
    "single_or_many",
    "terms_faults",
]
