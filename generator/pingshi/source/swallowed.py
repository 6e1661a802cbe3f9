"""Text that YAML takes for a comment though its writer meant it: `办完 #3 地块` is read as `办完`.

A comment begins with a space and `#`, and people put a space after it. Where `#` is followed at once
by something else, behind a value on the same line, it was probably meant as text, and is said to be lost.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

from pingshi.diagnostics import Place, Problem, problem

if TYPE_CHECKING:
    from collections.abc import Iterator

_MEANT = re.compile(r"[ \t]+(#[^\s#].*)")


def seems_swallowed(text: str) -> bool:
    """Tell whether a closer look is needed; nearly always not."""
    return "#" in text and _MEANT.search(text) is not None


def swallowed(path: str, text: str, node: yaml.Node) -> list[Problem]:
    """Return a warning for every value (or blank) behind which something was taken for a comment that seems none."""
    if not seems_swallowed(text):
        return []
    lines = text.split("\n")
    found = []
    for scalar in _plain(node):
        line, column = scalar.end_mark.line, scalar.end_mark.column
        lost = _MEANT.match(lines[line], column) if line < len(lines) else None
        if lost is not None:
            message = f"“{lost[1].rstrip()[:40]}”被当作说明，没有读进来"
            hint = "空格加 # 后面的字，程序当作说明：是内容就给整段文字加上英文双引号；确是说明，在 # 后面加一个空格"
            place = Place(path, line + 1, lost.start(1) + 1)
            found.append(problem(place, "not-counted", message, hint))
    return found


def _plain(node: yaml.Node) -> Iterator[yaml.Node]:
    """Yield the plain scalars that are values, where a comment can follow on the line."""
    if isinstance(node, yaml.ScalarNode):
        if not node.style:
            yield node
    elif isinstance(node, yaml.SequenceNode):
        for child in node.value:
            yield from _plain(child)
    else:
        for _, child in node.value:
            yield from _plain(child)
