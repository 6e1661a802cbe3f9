"""JSON Schema of the models, for editors: Chinese titles, every choice explained, every accepted form.

Titles and descriptions stand in the models. Docstrings are for engineers and never get
into a schema. `forms` goes on to what may be written in a file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from pingshi.diagnostics import Place
from pingshi.source.forms import SAME_AS, written
from pingshi.source.terms import Term
from pingshi.source.values import Map, Text

if TYPE_CHECKING:
    from pydantic_core import core_schema

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TERM = {
    "is": ("内容", "这段时间里是什么、是谁。"),
    "from": ("第一天", "从最初起的不写。"),
    "to": ("最后一天", "到现在还是的不写。"),
}


class _InChinese(GenerateJsonSchema):
    def model_schema(self, schema: core_schema.ModelSchema) -> dict[str, Any]:
        made = super().model_schema(schema)
        made.pop("description", None)
        if issubclass(schema["cls"], Term):
            made["title"] = "一段时间"
            for key, (title, says) in _TERM.items():
                made["properties"][key] |= {"title": title, "description": says}
        return made

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> dict[str, Any]:
        """Add the short forms, as the function itself makes the long form of them.

        It is asked what it makes of one text and of one mapping, so that this can't drift from the loader.
        """
        inner: dict[str, Any] = self.generate_inner(schema["schema"])
        expand: Any = schema["function"]["function"]
        text = Text.at("x", Place(""), plain=True)
        forms = [{SAME_AS: key, "in": inner} for key in (_key(expand(text)), _key(expand(Map()))) if key is not None]
        return {"anyOf": [inner, *forms]} if forms else inner


def _key(made: Any) -> str | None:
    """Return where the lone value stands in the long form that was made of it, or None where nothing was made.

    `*` stands for the items of a list: `*` one item of it, `*/is` a key of its one item.
    """
    if isinstance(made, list):
        return "/".join(("*", *made[0])) if isinstance(made[0], dict) else "*"
    return next(iter(made)) if isinstance(made, dict) and made else None


def json_schema(kind: Any, title: str) -> dict[str, Any]:
    """Return the JSON Schema of a model, or of a list of items, under a Chinese title."""
    made = TypeAdapter(kind).json_schema(schema_generator=_InChinese)
    made = written(made)
    _explain(made, made.get("$defs", {}))
    return {"$schema": DIALECT, **made, "title": title}


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
        told = {str(word): says for word, says in _choices(key) if isinstance(word, str)}
        if "const" in key and name == "kind":
            told = {key["const"]: node["title"]}
        if told:
            words = "；".join(says if says.startswith(word) else f"{word} {says}" for word, says in told.items())
            key["description"] = f"{key['description']}可以写：{words}" if "description" in key else words
    for value in node.values():
        _explain(value, models)


def _choices(key: dict[str, Any]) -> Any:
    if "enumDescriptions" in key:
        yield from zip(key.get("enum", [key.get("const")]), key["enumDescriptions"], strict=True)
    for inner in (*key.get("anyOf", ()), *([key["items"]] if "items" in key else ())):
        yield from _choices(inner)
