"""What a file may be before anybody tries to understand it: size, encoding, characters."""

from __future__ import annotations

import re

from pingshi.diagnostics import Place, Problem, problem
from pingshi.files import LARGEST_FILE

#: Faults of form in one file that are reported one by one; the rest would say the same.
MOST_REPORTED = 20

#: Controls (but tab, line feed, carriage return), line separators, and characters that
#: are invisible or turn the reading direction: they could make a record say one thing
#: to a reviewer and another to the program. U+00AD and the variation selectors are
#: harmless but invisible, and have no business in a record either. A carriage return
#: alone is a line break to the YAML parser but not to an editor, so it could hide a key.
FORBIDDEN = re.compile(
    "\r(?!\n)|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
)


def can_be_written(text: str) -> bool:
    """Tell whether a record may hold a text: none of its characters is forbidden."""
    return FORBIDDEN.search(text) is None


def read_text(path: str, data: bytes) -> tuple[str, list[Problem]]:
    """Decode a file within the limits; the text is empty where there are problems."""
    if len(data) > LARGEST_FILE:
        size = -(-len(data) // 1024)
        return "", [
            problem(
                Place(path),
                "too-large",
                f"文件有 {size} KiB，超过 {LARGEST_FILE // 1024} KiB 的上限",
                "记录只写文字；附件、图片请另行存放，或把内容精简、分到各自的文件里",
            )
        ]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return "", [
            problem(
                Place(path, line),
                "not-utf8",
                f"第 {line} 行有不是 UTF-8 编码的字节 (0x{data[error.start]:02X})",
                "请用编辑器把文件另存为 UTF-8 编码（不带 BOM）后再提交；记事本里选“另存为 → 编码 UTF-8”",
            )
        ]
    return text, forbidden_characters(path, text)


def forbidden_characters(path: str, text: str) -> list[Problem]:
    """Report the first forbidden character of each line (of the first lines that have one), and what to do."""
    found: list[Problem] = []
    line, counted, last = 1, 0, 0
    for match in FORBIDDEN.finditer(text):
        line += text.count("\n", counted, match.start())
        counted = match.start()
        if line == last:
            continue
        if len(found) == MOST_REPORTED:
            break
        last = line
        column = match.start() - (text.rfind("\n", 0, match.start()) + 1) + 1
        code = f"U+{ord(match.group()):04X}"
        if match.group() == "\ufeff" and match.start() == 0:
            message = f"文件开头有看不见的 BOM 标记 ({code})"
            hint = "请另存为“UTF-8（无 BOM）”；记事本里选编码“UTF-8”，不要选“带有 BOM 的 UTF-8”"
        else:
            message = f"第 {line} 行第 {column} 个字符是不允许的控制字符或不可见字符 {code}"
            hint = "这类字符多半是从网页或 Word 粘贴带来的：删掉它前后的文字，用键盘重新输入"
        found.append(problem(Place(path, line, column), "yaml-syntax", message, hint))
    return found
