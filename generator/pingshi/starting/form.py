"""A form: a record's keys in order, what each means as a comment, and what is known already filled in.

The comments are the titles and descriptions of the record's JSON Schema, so that the form
and the editor say the same.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What needs no quotes in block YAML: no indicator, no colon, nothing that a comment could begin with.
_PLAIN = re.compile(r"[\w〔（“《][\w〔〕（）“”《》·、，。；/.@ -]*[\w〕）”》。.]|\w")
#: Plain words that YAML (some version of it) reads as nothing, or as a truth value that nobody meant.
_RESERVED = frozenset({"null", "yes", "no", "on", "off", "y", "n"})


@dataclass(frozen=True, slots=True)
class Filled:
    """A value with what is said about it: behind it (`note`) or above it; `off`: commented out."""

    value: Value = ""
    note: str = ""
    above: tuple[str, ...] = ()
    off: bool = False


#: Text ("" where it is left to be filled in), a mapping, a list, or one of these with a remark.
Value = str | Filled | Mapping[str, Any] | Sequence[Any]


def scalar(text: str) -> str:
    """Return a text as it may stand behind a colon, in quotes where it must be."""
    if not text or (_PLAIN.fullmatch(text) and text.lower() not in _RESERVED):
        return text
    return json.dumps(text, ensure_ascii=False)


def one_record(schema: dict[str, Any], given: Mapping[str, Value]) -> str:
    """Return the body of a record that is one mapping: every key of its schema, explained."""
    models = schema.get("$defs", {})
    lines: list[str] = []
    for key, its in schema["properties"].items():
        optional = key not in schema.get("required", ())
        lines += [*_explained("", _headline(its, optional=optional)), *_legend(its, models, "#   ")]
        lines += _block(key, given[key] if key in given else _blank(its, models, optional=optional), "")
    return "".join(f"{line}\n" for line in lines)


def entries(schema: dict[str, Any], given: Sequence[Mapping[str, Value]], indent: str = "") -> str:
    """Return the items of a record that is a list, as they stand in its file."""
    models = schema.get("$defs", {})
    lines: list[str] = []
    for item in given:
        its = _branch(schema["items"], item, models)
        lines += _item(_entry(its, item, models), indent)
    return "".join(f"{line}\n" for line in lines)


def legend(schema: dict[str, Any], sample: Mapping[str, Value]) -> str:
    """Return, as comments, what the keys of a list's items mean; `sample` tells which kind of item."""
    models = schema.get("$defs", {})
    its = _branch(schema["items"], sample, models)
    return "".join(f"{line}\n" for line in _keys(its, models, "# "))


def _branch(schema: dict[str, Any], item: Mapping[str, Value], models: dict[str, Any]) -> dict[str, Any]:
    """Return the model of an item; where there are several, the one of its `kind`."""
    among = [_model(ref, models) for ref in schema.get("oneOf", (schema,))]
    return next((it for it in among if it["properties"].get("kind", {}).get("const") == item.get("kind")), among[0])


def _entry(its: dict[str, Any], item: Mapping[str, Value], models: dict[str, Any]) -> dict[str, Value]:
    return {
        key: item[key] if key in item else _blank(key_schema, models, optional=False)
        for key, key_schema in its["properties"].items()
        if key in item or key in its.get("required", ()) or not _nested(key_schema, models)
    }


# --- what is said about a key -----------------------------------------------------------


def _headline(its: dict[str, Any], *, optional: bool) -> str:
    says = str(its["title"]) + ("（可以不写）" if optional else "")
    return says + (f"：{its['description']}" if "description" in its else "")


def _explained(pad: str, says: str) -> list[str]:
    return [f"{pad}# {says}"]


def _legend(its: dict[str, Any], models: dict[str, Any], pad: str) -> list[str]:
    """Say what stands in each item of a list or each entry of a mapping."""
    inner = _nested(its, models)
    return _keys(inner, models, pad) if inner else []


def _keys(its: dict[str, Any], models: dict[str, Any], pad: str) -> list[str]:
    lines = []
    for key, key_schema in its["properties"].items():
        says = _headline(key_schema, optional=key not in its.get("required", ()))
        lines.append(f"{pad}{key} {says}")
        lines += _legend(key_schema, models, f"{pad}  ")
    return lines


def _nested(its: dict[str, Any], models: dict[str, Any]) -> dict[str, Any] | None:
    """Return the mapping that a key holds, holds a list of, or holds by names; None for plain values."""
    if "anyOf" in its:
        found = [_nested(it, models) for it in its["anyOf"] if it.get("type") != "null"]
        plain = any(it is None for it in found)
        return None if plain and "items" in its["anyOf"][-1] else next((it for it in found if it), None)
    if "$ref" in its:
        return _model(its, models)
    if "items" in its:
        return _nested(its["items"], models)
    for inner in its.get("patternProperties", {}).values():
        return _nested(inner, models)
    return None


def _model(its: dict[str, Any], models: dict[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = models[its["$ref"].rpartition("/")[2]] if "$ref" in its else its
    return made


def _blank(its: dict[str, Any], models: dict[str, Any], *, optional: bool) -> Value:
    """Return what is left to be filled in: nothing, or one empty item to copy."""
    if optional:
        return ""
    inner = _nested(its, models)
    if its.get("type") == "array":
        return [_entry(inner, {}, models) if inner else ""]
    return _entry(inner, {}, models) if inner and "$ref" in its else ""


# --- writing -----------------------------------------------------------------------------


def _block(key: str, value: Value, pad: str) -> Iterator[str]:
    remark = value if isinstance(value, Filled) else Filled(value)
    yield from (f"{pad}# {says}" for says in remark.above)
    note = f"  # {remark.note}" if remark.note else ""
    yield from _off(remark.off, pad, _plain_block(key, remark.value, note, pad))


def _plain_block(key: str, value: Any, note: str, pad: str) -> Iterator[str]:
    if isinstance(value, str):
        yield f"{pad}{key}:{' ' if value else ''}{scalar(value)}{note}"
    elif not value:
        yield f"{pad}{key}: {'{}' if isinstance(value, Mapping) else '[]'}{note}"
    elif isinstance(value, Mapping):
        yield f"{pad}{key}:{note}"
        for name, inner in value.items():
            yield from _block(name, inner, f"{pad}  ")
    else:
        yield f"{pad}{key}:{note}"
        for item in value:
            yield from _item(item, f"{pad}  ")


def _item(item: Value, pad: str) -> Iterator[str]:
    remark = item if isinstance(item, Filled) else Filled(item)
    yield from (f"{pad}# {says}" for says in remark.above)
    note = f"  # {remark.note}" if remark.note else ""
    value: Any = remark.value
    if isinstance(value, str):
        lines = [f"{pad}-{' ' if value else ''}{scalar(value)}{note}"]
    else:
        lines = [line for name, inner in value.items() for line in _block(name, inner, f"{pad}  ")]
        lines[0] = f"{pad}- {lines[0].removeprefix(f'{pad}  ')}{note}"
    yield from _off(remark.off, pad, lines)


def _off(off: bool, pad: str, lines: Iterator[str] | list[str]) -> Iterator[str]:  # noqa: FBT001 -- a field handed on
    for line in lines:
        yield f"{pad}# {line.removeprefix(pad)}" if off else line
