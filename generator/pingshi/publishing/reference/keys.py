"""A JSON Schema as people read it: one table for each mapping, with its keys in order.

What is told is what the schema says and nothing else, so that the pages cannot know more,
less or something older than the program.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Schema = dict[str, Any]

_TERM_KEYS = {"is", "from", "to"}
_PLAIN: Mapping[str, str] = {"number": "数字", "integer": "整数", "boolean": "true 或 false", "string": "文字"}
_LIST = "列表，每项是"
_LINES = "一行一项，右边是"


@dataclass(frozen=True, slots=True)
class Key:
    """One key: what it is called, whether it must be there, what may be written.

    `value` describes the form of what is written, `says` its meaning, with the words to choose
    from; `table` is the anchor of the table that tells about the keys beneath, or empty.
    """

    name: str
    title: str
    required: bool
    value: str
    says: str
    table: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """The keys of one mapping. `path` leads to it from the top of the file; empty for the file itself.

    Where a file is a list of items of several kinds, the first step names the kind.
    """

    anchor: str
    path: tuple[str, ...]
    title: str
    says: str
    keys: tuple[Key, ...]


def tables(schema: Schema, anchor: str) -> tuple[Table, ...]:
    """Return the tables of a schema, each mapping once, in the order in which a reader meets them."""
    return tuple(_Reader(schema, anchor).tables())


class _Reader:
    """Walks one schema; remembers where each definition was told, so that it is told once."""

    def __init__(self, schema: Schema, anchor: str) -> None:
        self._schema = schema
        self._anchor = anchor
        self._definitions: Mapping[str, Schema] = schema.get("$defs", {})
        self._told: dict[int, str] = {}
        self._waiting: list[tuple[tuple[str, ...], str, Schema]] = []

    def tables(self) -> Iterator[Table]:
        """Yield the file's own table (of a list: one for each kind of item), then all beneath."""
        items = self._schema.get("items")
        if items is None:
            yield self._table((), self._anchor, self._schema)
        else:
            for member in self._members(items):
                kind = member["properties"].get("kind", {}).get("const")
                yield self._table((f"kind: {kind}",) if kind else (), f"{self._anchor}-{kind or 'items'}", member)
        while self._waiting:
            after, self._waiting = self._waiting[1:], self._waiting[:1]
            yield self._table(*self._waiting.pop())
            self._waiting += after  # what stands in a mapping comes right after it

    def _table(self, path: tuple[str, ...], anchor: str, node: Schema) -> Table:
        required = node.get("required", ())
        keys = tuple(self._key(path, name, it, name in required) for name, it in node["properties"].items())
        return Table(anchor, path, node.get("title", ""), node.get("description", ""), keys)

    def _key(self, path: tuple[str, ...], name: str, node: Schema, required: bool) -> Key:  # noqa: FBT001 -- one of a row
        says = node.get("description", "")
        says += "。" if says and not says.endswith("。") else ""
        return Key(name, node.get("title", ""), required, self._value(node), says, self._beneath(path, name, node))

    def _members(self, node: Schema) -> list[Schema]:
        """Return what a node may be, references followed and `null` left out."""
        node = self._resolved(node)
        either = node.get("anyOf") or node.get("oneOf")
        if either is None:
            return [] if node.get("type") == "null" else [node]
        return [it for member in either for it in self._members(member)]

    def _resolved(self, node: Schema) -> Schema:
        return self._definitions[node["$ref"].rsplit("/", 1)[-1]] if "$ref" in node else node

    def _term(self, node: Schema) -> Schema | None:
        """Return the value that a list of terms is about, where the node may be one."""
        for member in self._members(node):
            items = self._resolved(member.get("items") or {})
            if set(items.get("properties", ())) == _TERM_KEYS:
                value: Schema = items["properties"]["is"]
                return value
        return None

    def _value(self, node: Schema) -> str:
        term = self._term(node)
        if term is not None:
            return f"{self._value(term)}；中途有变化的，按时间分段写"
        forms = list(dict.fromkeys(self._form(it) for it in self._members(node)))
        one = next((it for it in forms if _LIST + it in forms), None)
        if one is not None:
            return f"{one}；有几项的写成列表"
        return "，或".join(forms)

    def _form(self, node: Schema) -> str:
        if "enum" in node:
            return "所列的词"
        if "const" in node:
            return f"固定写 {node['const']}"
        kind = _kind(node)
        if kind == "array":
            return _LIST + self._value(node.get("items", {}))
        if kind == "object":
            inner = self._inner(node)
            return "几行“键: 值”" if inner is None else self._lines(self._value(inner))
        if node.get("format") == "date":
            return "日期，如 2026-03-31"
        return "代号" if "a-z0-9" in node.get("pattern", "") else _PLAIN[kind]

    def _lines(self, value: str) -> str:
        """Tell of a mapping with free keys; of one within another, both at once."""
        innermost = value.removeprefix(_LINES)
        return _LINES + value if innermost == value else f"分两层，每层都是一行一项，最里面是{innermost}"

    def _inner(self, node: Schema) -> Schema | None:
        """Return what stands under the free keys of a mapping, or None where its keys are laid down."""
        free = [*node.get("patternProperties", {}).values(), node.get("additionalProperties")]
        return next((it for it in free if isinstance(it, dict)), None)

    def _beneath(self, path: tuple[str, ...], name: str, node: Schema) -> str:
        """Return the anchor of the table of the keys beneath, and put it on the list unless it is there."""
        if self._term(node) is not None:
            return ""
        for found, inner in self._mappings((*path, name), node):
            definition = id(inner)
            if definition not in self._told:
                self._told[definition] = f"{self._anchor}-{'-'.join(found)}"
                self._waiting.append((found, self._told[definition], inner))
            return self._told[definition]
        return ""

    def _mappings(self, path: tuple[str, ...], node: Schema) -> Iterator[tuple[tuple[str, ...], Schema]]:
        for member in self._members(node):
            if "properties" in member:
                yield path, member
            elif _kind(member) == "array":
                yield from self._mappings(path, member.get("items", {}))
            else:
                inner = self._inner(member)
                if inner is not None:
                    yield from self._mappings(path, inner)


def _kind(node: Schema) -> str:
    """Return what a value is above all: the first type, the others being ways in which editors may read it."""
    types = node.get("type", "string")
    return str(types if isinstance(types, str) else types[0])
