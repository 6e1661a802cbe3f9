"""The scheme language as JSON Schema, straight from the models."""

from __future__ import annotations

from typing import Any

from pingshi.schemes.clauses import Clauses
from pingshi.schemes.model import Scheme
from pingshi.source import json_schema


def language_schemas() -> dict[str, dict[str, Any]]:
    """Return the JSON Schema of a scheme's two files, titled in Chinese."""
    return {"scheme": json_schema(Scheme, "考核方案"), "clauses": json_schema(Clauses, "条款清单")}
