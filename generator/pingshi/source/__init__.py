"""YAML text → typed values that know their place.

`parse` turns bytes into a tree of `Map`, `Seq` and `Text` (or problems); `load` goes on
to a pydantic model. Nothing here knows what a record or a scheme is.
"""

from pingshi.source.fields import (
    Count,
    Day,
    Exact,
    Flag,
    Identifier,
    Line,
    Prose,
    Symbol,
    exact,
    reject,
    shorthand,
    single_or_many,
)
from pingshi.source.limits import LARGEST_FILE
from pingshi.source.model import Located, Terms, all_held, held, load, load_list, terms_faults
from pingshi.source.nodes import DEEPEST_NESTING, parse
from pingshi.source.schema import Choices, json_schema
from pingshi.source.values import Map, Marks, Seq, Text

__all__ = [
    "DEEPEST_NESTING",
    "LARGEST_FILE",
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
    "Terms",
    "Text",
    "all_held",
    "exact",
    "held",
    "json_schema",
    "load",
    "load_list",
    "parse",
    "reject",
    "shorthand",
    "single_or_many",
    "terms_faults",
]
