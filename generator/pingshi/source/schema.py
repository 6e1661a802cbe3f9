"""JSON Schema of the models, for editors: Chinese titles, every choice explained.

Titles and descriptions stand in the models. Docstrings are for engineers and never get
into a schema.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from pingshi.source.model import Term

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import GetJsonSchemaHandler
    from pydantic_core import core_schema


_TERM = {
    "is": ("内容", "这段时间里是什么、是谁。"),
    "from": ("第一天", "从最初起的不写。"),
    "to": ("最后一天", "到现在还是的不写。"),
}


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


class _InChinese(GenerateJsonSchema):
    def model_schema(self, schema: core_schema.ModelSchema) -> dict[str, Any]:
        made = super().model_schema(schema)
        made.pop("description", None)
        if issubclass(schema["cls"], Term):
            made["title"] = "一段时间"
            for key, (title, says) in _TERM.items():
                made["properties"][key] |= {"title": title, "description": says}
        return made


def json_schema(kind: Any, title: str) -> dict[str, Any]:
    """Return the JSON Schema of a model, or of a list of items, under a Chinese title."""
    made = TypeAdapter(kind).json_schema(schema_generator=_InChinese)
    _explain(made, made.get("$defs", {}))
    return {**made, "title": title}


def _explain(node: Any, models: dict[str, Any]) -> None:
    """Tell beside every key what its choices mean, wherever in its value they stand."""
    if isinstance(node, list):
        for item in node:
            _explain(item, models)
    if not isinstance(node, dict):
        return
    for name, key in node.get("properties", {}).items():
        if "$ref" in key:  # pydantic leaves a title out that is the model's own
            key.setdefault("title", models[key["$ref"].rpartition("/")[2]]["title"])
        told = dict(_choices(key))
        if "const" in key and name == "kind":
            told = {key["const"]: node["title"]}
        if told:
            words = "；".join(f"{word} {says}" if word != says else str(word) for word, says in told.items())
            key["description"] = f"{key['description']}可以写：{words}" if "description" in key else words
    for value in node.values():
        _explain(value, models)


def _choices(key: dict[str, Any]) -> Any:
    if "enumDescriptions" in key:
        yield from zip(key.get("enum", [key.get("const")]), key["enumDescriptions"], strict=True)
    for inner in (*key.get("anyOf", ()), *([key["items"]] if "items" in key else ())):
        yield from _choices(inner)
