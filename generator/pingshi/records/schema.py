"""The record kinds as JSON Schema, straight from the models."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from pingshi.layout import BY_NAME
from pingshi.records.snapshot import LISTS, MAPPINGS


def json_schemas() -> dict[str, dict[str, Any]]:
    """Return the JSON Schema of every record kind, titled in Chinese."""
    found: dict[str, dict[str, Any]] = {}
    for name, model in MAPPINGS.items():
        found[name] = model.model_json_schema()
    for name, item in LISTS.items():
        kind: Any = item
        found[name] = TypeAdapter(tuple[kind, ...]).json_schema()
    for name, schema in found.items():
        schema["title"] = BY_NAME[name].title
    return dict(sorted(found.items()))
