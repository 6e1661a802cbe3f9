"""Text → `Map`, `Seq`, `Text` through PyYAML's C parser and its node graph.

The C composer is the fastest reader to be had that still knows lines and columns. It has
two dangers, both met before it runs: it recurses on the C stack, so text nested deeply
enough would end the process, and it resolves aliases into shared nodes. Whatever text
could hold either (or a tag, or a directive) first goes through the event stream, which
does not recurse.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]  # the stubs leave it out

from pingshi.diagnostics import Place, Problem, problem
from pingshi.source.limits import FORBIDDEN, MOST_REPORTED, read_text
from pingshi.source.swallowed import swallowed
from pingshi.source.syntax import conflict, directive, explain
from pingshi.source.values import Map, Marks, Seq, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Levels of mappings and sequences. The deepest record needs six, a scheme eight.
DEEPEST_NESTING = 20

# A block level takes at least one column of indentation, "- " or "? "; a flow level one bracket.
_SUSPICIOUS_INDENT = re.compile(r"^[ \-?:]{20,}", re.MULTILINE)
_SUSPICIOUS = re.compile(r"[&*!]|^%", re.MULTILINE)

_VALUELESS = re.compile(r":[}\],]")
#: Keys without a value inside brackets that are read as if a space followed, in one file.
MOST_MENDED = 100
NULLS = frozenset({"", "~", "null"})


class _Loader(CParser):
    """The bare C parser and composer, with no resolution of types at all."""

    def __init__(self, text: str) -> None:
        CParser.__init__(self, text)

    def resolve(self, _kind: type[yaml.Node], _value: str | None, _implicit: object) -> str:
        """Give every node the same tag: types are for the models to say."""
        return ""

    def descend_resolver(self, _parent: object, _index: object) -> None:
        """Do nothing: there are no paths to resolve."""

    def ascend_resolver(self) -> None:
        """Do nothing: there are no paths to resolve."""


def composed(path: str, data: bytes) -> tuple[yaml.Node | None, str, list[Problem]]:
    """Return a file's node graph and its text; no node where it is empty or there are problems."""
    text, problems = read_text(path, data)
    if problems:
        return None, "", problems
    marked = conflict(path, text)
    if marked is not None:
        return None, text, [marked]
    for _ in range(MOST_MENDED):
        try:
            if _needs_a_closer_look(text):
                problems = list(islice(_forbidden_events(path, text), MOST_REPORTED))
                if problems:
                    return None, text, problems
            return _Loader(text).get_single_node(), text, []
        except (yaml.YAMLError, ValueError) as error:
            mended = _with_a_space(text, error)
            if mended is None:
                return None, text, [explain(path, text, error)]
            text = mended
    return None, text, [problem(Place(path), "yaml-syntax", "花括号里没有值的键太多", "没有值的键不用写，删掉它们")]


def parse(path: str, data: bytes) -> tuple[Map | Seq | Text | None, list[Problem]]:
    """Read one file. The value is None where the file can't be read as YAML or is empty.

    Problems: too-large, not-utf8, yaml-syntax, alias, tag, duplicate-key. Where only
    keys stand twice, the value is there all the same (with the first of them), so that
    the rest of the file is checked too.
    """
    node, text, problems = composed(path, data)
    if problems:
        return None, problems
    found: list[Problem] = []
    value = None
    if node is not None:
        value, _ = _value(path, node, found, escapes="\\" in text)
        found += swallowed(path, text, node)
    if value is None and not found:
        found.append(problem(Place(path), "yaml-syntax", "文件是空的", "写上内容；不需要这个文件就删掉它"))
    return value, found[:MOST_REPORTED]


def _with_a_space(text: str, error: Exception) -> str | None:
    """Write `{left:}` as `{left: }`, where the parser stumbled over just that; None for any other error.

    YAML allows a key without a value before a closing bracket or a comma, and PyYAML's own
    parser reads it, but the C parser wants a space there. Nothing else is changed.
    """
    mark = error.problem_mark if isinstance(error, yaml.scanner.ScannerError) else None
    if mark is None or "found unexpected ':'" not in str(error):
        return None
    lines = text.split("\n")
    line, column = mark.line, mark.column
    if not _VALUELESS.match(lines[line], column):
        return None
    lines[line] = f"{lines[line][: column + 1]} {lines[line][column + 1 :]}"
    return "\n".join(lines)


def _needs_a_closer_look(text: str) -> bool:
    return (
        (any(sign in text for sign in "&*!%") and _SUSPICIOUS.search(text) is not None)
        or _SUSPICIOUS_INDENT.search(text) is not None
        or text.count("[") + text.count("{") > DEEPEST_NESTING // 2
    )


def _forbidden_events(path: str, text: str) -> Iterator[Problem]:
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CBaseLoader):
        mark = getattr(event, "start_mark", None)
        place = Place(path, mark.line + 1, mark.column + 1) if mark else Place(path)
        if isinstance(event, yaml.DocumentStartEvent):
            if event.version or event.tags:
                yield directive(path, text)
            continue
        if isinstance(event, yaml.AliasEvent):
            yield _alias(place, f"*{event.anchor}")
            continue
        if isinstance(event, yaml.NodeEvent) and event.anchor is not None:
            yield _alias(place, f"&{event.anchor}")
        if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) and event.tag is not None:
            yield problem(
                place,
                "tag",
                f"这里有 YAML 类型标签 {event.tag}",
                "删掉感叹号和它后面的标签；如果感叹号是文字的一部分，给整个值加上英文双引号",
            )
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST_NESTING:
                yield problem(
                    place,
                    "yaml-syntax",
                    f"内容嵌套超过 {DEEPEST_NESTING} 层",
                    "记录不需要这么多层；检查缩进，以及是否多写了 [ { 或 -",
                )
                return
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _alias(place: Place, what: str) -> Problem:
    return problem(
        place,
        "alias",
        f"这里有 YAML 锚点或引用 {what}",
        "把内容直接写出来，不要引用；如果 & 或 * 是文字的一部分，给整个值加上英文双引号",
    )


def _value(path: str, node: yaml.Node, found: list[Problem], *, escapes: bool) -> tuple[Any, Marks | None]:
    mark = node.start_mark
    line, column = mark.line + 1, mark.column + 1
    if isinstance(node, yaml.ScalarNode):
        return _scalar(path, node, line, column, found, escapes=escapes), None
    marks = Marks(path, line, column)
    if isinstance(node, yaml.SequenceNode):
        items = Seq()
        items.marks = marks
        for index, child in enumerate(node.value):
            value, below = _value(path, child, found, escapes=escapes)
            items.append(value)
            marks.keys[index] = (child.start_mark.line + 1, child.start_mark.column + 1)
            if below is not None:
                marks.children[index] = below
        return items, marks
    mapping = Map()
    mapping.marks = marks
    for key_node, child in node.value:
        at = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
        if not isinstance(key_node, yaml.ScalarNode):
            found.append(
                problem(Place(path, *at), "yaml-syntax", "键必须是一个词，不能是列表或映射", "检查这一行的括号和冒号")
            )
            continue
        key = str(key_node.value)
        if escapes and FORBIDDEN.search(key):
            found.append(_escaped(Place(path, *at)))
            continue
        value, below = _value(path, child, found, escapes=escapes)
        if key in mapping:
            first = marks.keys[key][0]
            found.append(
                problem(
                    Place(path, *at),
                    "duplicate-key",
                    f"“{key}”写了两次：第 {first} 行和第 {at[0]} 行",
                    "保留正确的一个，删掉另一个（程序不会替你挑选）",
                )
            )
            continue
        mapping[key] = value
        marks.keys[key] = at
        if below is not None:
            marks.children[key] = below
    return mapping, marks


def _scalar(
    path: str, node: yaml.ScalarNode, line: int, column: int, found: list[Problem], *, escapes: bool
) -> Text | None:
    if not node.style and node.value in NULLS:
        return None
    if escapes and FORBIDDEN.search(node.value):
        found.append(_escaped(Place(path, line, column)))
    return Text.at(node.value, Place(path, line, column), plain=not node.style)


def _escaped(place: Place) -> Problem:
    return problem(
        place,
        "yaml-syntax",
        "双引号里的转义写出了控制字符或不可见字符",
        "去掉反斜杠开头的转义（如 \\x00、\\u202e），直接写文字",
    )
