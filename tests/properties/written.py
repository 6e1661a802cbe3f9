"""Plain values → YAML as an office writes it: the first levels in blocks, what is small in one line.

Written here and not by a library, so that thousands of units cost little and a failure prints
files that can be read.
"""

from __future__ import annotations

import json
import re
from datetime import date
from fractions import Fraction
from typing import Any

#: What needs no quotes anywhere: words, ids, dates, Chinese without punctuation of YAML's.
_PLAIN = re.compile(r"[\w一-鿿][\w一-鿿（）。、，-]*")
#: A mapping or list that is written in a block has at least so many characters in one line.
_LONG = 60


class Raw(str):
    """Text that is put into the file as it stands, whatever YAML makes of it."""

    __slots__ = ()


def decimal(value: Fraction) -> str:
    """Write a number that has finitely many decimals."""
    sign, value = ("-", -value) if value < 0 else ("", value)
    places, scaled = 0, value
    while scaled.denominator != 1:
        places, scaled = places + 1, scaled * 10
        assert places < 30, f"{value} has no end"
    digits = f"{scaled.numerator:0{places + 1}}"
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)


def flow(value: Any) -> str:
    """Write a value in one line."""
    match value:
        case Raw():
            return str(value)
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int() | Fraction():
            return decimal(Fraction(value))
        case date():
            return value.isoformat()
        case str():
            return value if _PLAIN.fullmatch(value) and value != "null" else json.dumps(value, ensure_ascii=False)
        case dict():
            return "{" + ", ".join(f"{flow(key)}: {flow(item)}" for key, item in value.items()) + "}"
        case _:
            return "[" + ", ".join(flow(item) for item in value) + "]"


def yaml_of(value: Any) -> str:
    """Write a whole file."""
    if isinstance(value, Raw):
        return str(value)
    if isinstance(value, dict) and value:
        return "".join(_entry(key, item) for key, item in value.items())
    if isinstance(value, list | tuple) and value:
        return "".join(f"- {flow(item)}\n" for item in value)
    return flow(value) + "\n"


def _entry(key: Any, value: Any) -> str:
    line = flow(value)
    if len(line) < _LONG or not isinstance(value, dict | list | tuple):
        return f"{flow(key)}: {line}\n"
    if isinstance(value, dict):
        return f"{flow(key)}:\n" + "".join(f"  {flow(name)}: {flow(item)}\n" for name, item in value.items())
    return f"{flow(key)}:\n" + "".join(f"  - {flow(item)}\n" for item in value)
