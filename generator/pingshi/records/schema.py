"""The record kinds as JSON Schema, straight from the models."""

from __future__ import annotations

from typing import Any

from pingshi.layout import BY_NAME
from pingshi.records.loading import LISTS, MAPPINGS
from pingshi.source import json_schema


def json_schemas() -> dict[str, dict[str, Any]]:
    """Return the JSON Schema of every record kind, titled in Chinese."""
    found: dict[str, dict[str, Any]] = {}
    for name, model in MAPPINGS.items():
        found[name] = json_schema(model, BY_NAME[name].title)
    for name, item in LISTS.items():
        kind: Any = item
        found[name] = json_schema(tuple[kind, ...], BY_NAME[name].title)
    return dict(sorted(found.items()))
