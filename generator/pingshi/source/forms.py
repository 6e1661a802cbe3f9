"""From what a model holds to what may be written for it in a file, as JSON Schema.

The loader types nothing before a model asks: `0.5` and `"0.5"` are one number, a bare
`2026` is a year, a telephone may look like a number. An editor has read the YAML before
it looks at the schema, so the schema accepts each value under every type that YAML
may have given it.
"""

from __future__ import annotations

import copy
import re
from typing import Any

import yaml

#: Marks a short form: the schema of this key (`*`: the items) of the long form beside it.
SAME_AS = "x-same-as"
_NUMBER = r"^-?(0|[1-9][0-9]*)(\.[0-9]+)?$"
_WHOLE = "^(0|[1-9][0-9]{0,8})$"
#: What a number, a name and a year look like: bare, YAML reads them as numbers.
_DIGITS = ("1", "2026")
_DAY = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"


def written(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of what may be written, for a schema of what is held."""
    models = schema.get("$defs", {})
    made: dict[str, Any] = _written(schema, models)
    return made


def _written(node: Any, models: dict[str, Any]) -> Any:
    if isinstance(node, list):
        return [_written(item, models) for item in node]
    if not isinstance(node, dict):
        return copy.deepcopy(node)
    if SAME_AS in node:
        return _written(_followed(node["in"], node[SAME_AS].split("/"), models), models)
    made = {key: _written(value, models) for key, value in node.items() if key not in ("default", "discriminator")}
    if "properties" in made and isinstance(made["properties"], dict) and made.get("type") == "object":
        for name, key in made["properties"].items():
            if name not in made.get("required", ()):
                made["properties"][name] = _or_nothing(key)
    if "patternProperties" in made:
        made["additionalProperties"] = False
    if isinstance(made.get("anyOf"), list):
        forms = sorted(made["anyOf"], key=lambda it: "items" in it or "$ref" in it)  # the short one first
        made["anyOf"] = [it for i, it in enumerate(forms) if it != {"type": "null"} and it not in forms[:i]]
        if len(made["anyOf"]) == 1:
            return {**made.pop("anyOf")[0], **made}  # typed already
    return made | _typed(made)


def _followed(schema: dict[str, Any], keys: list[str], models: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of what stands under these keys."""
    for key in keys:
        if "$ref" in schema:
            schema = models[schema["$ref"].rpartition("/")[2]]
        schema = schema["items"] if key == "*" else schema["properties"][key]
    return {key: value for key, value in schema.items() if key not in ("title", "description")}


def _or_nothing(key: dict[str, Any]) -> dict[str, Any]:
    """A key that may be left out may also be left blank."""
    if "enum" in key:
        made = {**key, "enum": [*key["enum"], None], "enumDescriptions": [*key["enumDescriptions"], "不填"]}
        made.pop("type", None)
        return made
    if "type" in key:
        types = key["type"] if isinstance(key["type"], list) else [key["type"]]
        return {**key, "type": [*types, "null"]}
    nothing = {"type": "null"}
    if "anyOf" in key:
        return {**key, "anyOf": [*key["anyOf"], nothing]}
    told = {name: value for name, value in key.items() if name in ("title", "description")}
    return {**told, "anyOf": [{name: value for name, value in key.items() if name not in told}, nothing]}


def _typed(node: dict[str, Any]) -> dict[str, Any]:
    """Return what changes in the schema of a single value."""
    if "enum" in node or "const" in node:
        return _chosen(node)
    match node.get("type"):
        case "boolean":
            return {"type": ["boolean", "string"], "pattern": "^(true|false)$"}
        case "integer":
            return {"type": ["integer", "string"], "pattern": _WHOLE}
        case ["number", "string"]:
            return {"pattern": _NUMBER}
        case "string" if node.get("format") == "date":
            return {"pattern": _DAY}
        case "string" if "pattern" in node:
            read_as_number = any(re.search(node["pattern"], digits) for digits in _DIGITS)
            return {"type": ["string", "integer"], "minimum": 0} if read_as_number else {}
        case "string":
            return {"type": ["string", "number"]} | ({"pattern": r"\S"} if "minLength" in node else {})
    return {}


def _chosen(node: dict[str, Any]) -> dict[str, Any]:
    """Add what YAML makes of a word that looks like a number or a truth value."""
    words = node["enum"] if "enum" in node else [node["const"]]
    read = [yaml.safe_load(word) if word.isascii() else word for word in words]
    more = [it for it, word in zip(read, words, strict=True) if it != word]
    if not more:
        return {}
    says = node.get("enumDescriptions", [])
    node.pop("const", None)
    return {
        "type": ["string", "integer", "boolean"],
        "enum": [*words, *more],
        "enumDescriptions": [*says, *(told for told, it, word in zip(says, read, words, strict=True) if it != word)],
    }
