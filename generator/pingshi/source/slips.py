"""Slips of the keyboard that the YAML parser stumbles over, and how to tell them from the line.

The parser says where it gave up; a person wants to know what was typed wrong. Each slip is
recognised by the line itself and by what the parser complained about, so that prose, which
is full of Chinese punctuation, is never blamed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pingshi.diagnostics import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

_KEY = r"\s*(?:- +)*[-\w]+"
_FULL_WIDTH_COLON = re.compile(_KEY + "：")
_NO_SPACE = re.compile(_KEY + r":(?=[^\s:])")
_DASH = re.compile(r"\s*-(?=[^\s-])")
_WORD_QUOTE = re.compile(_KEY + r": *([“”‘’＂＇])")
_STRAY = "mapping values are not allowed"
_NO_ITEM = "did not find expected '-'"
_NONE = "could not find expected ':'"
_FLOW = "did not find expected ',' or"
_NO_SPACE_AFTER_THE_DASH = (
    "第 {} 行的横线后面少了一个空格",
    "列表的每一项以“- ”开头：英文半角横线，后面加一个空格",
)


#: Full-width signs at the beginning of a line, where only spaces and hyphens can stand.
_WIDE = (
    ("\u3000", "第 {} 行开头有全角空格", "缩进只用英文半角空格，每层两个"),
    ("－", "第 {} 行的横线是中文全角“－”", "列表的每一项以“- ”开头：英文半角横线，后面加一个空格"),
    ("—", "第 {} 行的横线是中文破折号“—”", "列表的每一项以“- ”开头：英文半角横线，后面加一个空格"),
)


def slip(path: str, text: str, place: Place, said: str) -> tuple[Place, str, str] | None:
    """Return where a known slip is, what it is and what to do, for the parser's complaint `said` about `place`."""
    lines = ["", *text.split("\n")]
    for number, pattern, message, hint in _slips(lines, place, said):
        found = pattern.match(lines[number])
        if found is not None:
            return Place(path, number, found.end()), message.format(number), hint
    for number in (place.line, place.line - 1):
        for sign, message, hint in _WIDE:
            if lines[number].lstrip(" \t-").startswith(sign):
                return Place(path, number, lines[number].index(sign) + 1), message.format(number), hint
    if _FLOW in said and "，" in lines[place.line]:
        at = Place(path, place.line, lines[place.line].index("，") + 1)
        return (
            at,
            f"第 {place.line} 行各项之间的逗号是中文全角“，”",
            "方括号、花括号里的逗号用英文半角 “,”，后面加一个空格",
        )
    return None


def _slips(lines: list[str], place: Place, said: str) -> Iterator[tuple[int, re.Pattern[str], str, str]]:
    """Yield which line to look at for what."""
    # A colon where none may be is its own line's first where the line before lacks one.
    own = _STRAY in said and ": " not in lines[place.line][: place.column]
    above = place.line - 1 if own else place.line
    if own or _NONE in said:
        if ": " not in lines[above]:
            hint = "键后面的冒号用英文半角 “:”，后面加一个空格；正文里的冒号不用改"
            yield above, _FULL_WIDTH_COLON, "第 {} 行的冒号是中文全角“：”", hint
        yield above, _NO_SPACE, "第 {} 行的冒号后面少了一个空格", "写成“键: 值”：英文半角冒号，后面加一个空格"
        yield above, _DASH, *_NO_SPACE_AFTER_THE_DASH
    if _NO_ITEM in said:
        yield place.line, _DASH, *_NO_SPACE_AFTER_THE_DASH
    if _STRAY in said and not own:
        hint = '删掉这对中文引号，改用英文双引号 " 把整个值括起来'
        yield place.line, _WORD_QUOTE, "第 {} 行的引号是中文引号（Word 会自动换成这样），括不住里面的冒号", hint
