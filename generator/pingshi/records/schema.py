"""The record kinds as JSON Schema, straight from the models."""

from __future__ import annotations

from typing import Any

from pingshi.layout import BY_NAME
from pingshi.records.loading import LISTS, MAPPINGS
from pingshi.source import json_schema


def json_schemas() -> dict[str, dict[str, Any]]:
    """Return the JSON Schema of every record kind, titled in Chinese."""
    return {name: schema_of(name) for name in sorted((*MAPPINGS, *LISTS))}


def schema_of(name: str) -> dict[str, Any]:
    """Return the JSON Schema of one record kind."""
    if name in MAPPINGS:
        return json_schema(MAPPINGS[name], BY_NAME[name].title)
    item: Any = LISTS[name]
    return json_schema(tuple[item, ...], BY_NAME[name].title)
