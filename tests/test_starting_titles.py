"""What an editor shows of a format: a Chinese title for every key, a meaning for every choice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from pingshi.layout import BY_NAME
from pingshi.records import json_schemas
from pingshi.schemes import language_schemas

if TYPE_CHECKING:
    from collections.abc import Iterator

SCHEMAS = {**json_schemas(), **language_schemas()}
_CHINESE = re.compile("[\u4e00-\u9fff]")
#: Anything longer is no title.
_LONGEST_TITLE = 14


def nodes(schema: Any, where: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every schema inside a schema with where it stands, at any depth."""
    if isinstance(schema, list):
        for number, item in enumerate(schema):
            yield from nodes(item, f"{where}[{number}]")
    elif isinstance(schema, dict):
        yield where, schema
        for key, value in schema.items():
            if key not in ("default", "required", "mapping"):
                yield from nodes(value, f"{where}/{key}")


def keys(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every key of every mapping that the schema describes."""
    for where, node in nodes(schema):
        if not where.endswith("/properties"):
            for name, key in node.get("properties", {}).items():
                yield f"{where}/{name}", key


def test_every_record_kind_and_both_files_of_a_scheme_have_a_schema() -> None:
    assert sorted(SCHEMAS) == sorted([*BY_NAME, "scheme", "clauses"])


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_key_at_every_depth_has_a_short_chinese_title(name: str) -> None:
    found = list(keys(SCHEMAS[name]))
    assert found
    assert [
        (where, key.get("title"))
        for where, key in found
        if not _CHINESE.search(key.get("title", "")) or len(key["title"]) > _LONGEST_TITLE
    ] == []


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_mapping_has_a_chinese_title_and_no_docstring_for_engineers(name: str) -> None:
    assert [
        (where, text)
        for where, node in nodes(SCHEMAS[name])
        if node.get("type") == "object" and "properties" in node
        for text in (node.get("title", ""), node.get("description", "说明"))
        if not _CHINESE.search(text) or "`" in text
    ] == []


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_choice_is_explained_in_chinese(name: str) -> None:
    choices = [
        (where, node) for where, node in nodes(SCHEMAS[name]) if "enum" in node and isinstance(node["enum"], list)
    ]
    assert [
        where
        for where, node in choices
        if len(node["enum"]) != len(node.get("enumDescriptions", ()))
        or not all(_CHINESE.search(says) for says in node["enumDescriptions"])
    ] == []


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_key_tells_all_its_choices_with_their_meaning(name: str) -> None:
    told = [
        (where, key["description"], str(word), says)
        for where, key in keys(SCHEMAS[name])
        for choice in (key, *key.get("anyOf", ()), key.get("items", {}))
        if "enumDescriptions" in choice
        for word, says in zip(choice.get("enum", [choice.get("const")]), choice["enumDescriptions"], strict=True)
        if isinstance(word, str)  # the others are how YAML reads words that look like numbers, and null
    ]
    assert [it for it in told if it[2] not in it[1] or it[3] not in it[1]] == []
    assert all(key["description"].startswith(key["const"]) for _, key in keys(SCHEMAS[name]) if "const" in key)


def test_what_a_fact_says_of_leave_reads_like_this() -> None:
    leave = SCHEMAS["facts"]["$defs"]["Leave"]
    assert leave["title"] == "请假"
    assert {name: (key["title"], key.get("description")) for name, key in leave["properties"].items()} == {
        "kind": ("种类", "leave 请假"),
        "type": ("假别", "sick 病假；personal 事假；maternity 产假；other 其他假"),
        "from": ("第一天", None),
        "to": ("最后一天", None),
        "days": ("天数", "工作日数，如 0.5；每天都是整天的不写。"),
    }
