"""What the English words of a vocabulary mean, told to whoever reads the schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import GetJsonSchemaHandler
    from pydantic_core import core_schema


class Choices:
    """What the words of a vocabulary mean in Chinese, beside the `Literal` that allows them."""

    __slots__ = ("says",)

    def __init__(self, says: Mapping[str, str]) -> None:
        self.says = says

    def __get_pydantic_json_schema__(
        self, core: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Put the meanings where an editor shows them."""
        schema = handler(core)
        words = schema["enum"] if "enum" in schema else [schema["const"]]
        return {**schema, "enumDescriptions": [self.says[word] for word in words]}
