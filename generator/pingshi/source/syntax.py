"""What the C parser complains about, told in Chinese with what to do."""

from __future__ import annotations

import re

import yaml

from pingshi.diagnostics import Place, Problem, problem
from pingshi.source.slips import slip

_CONFLICT = re.compile(r"^(<<<<<<< |>>>>>>> )", re.MULTILINE)
_DIRECTIVE = re.compile(r"^%", re.MULTILINE)
_ALIAS_WORDS = (
    "found undefined alias",
    "found duplicate anchor",
    "while scanning an anchor",
    "while scanning an alias",
)

_BEGUN_BEFORE = ("unexpected end of stream", "could not find expected ':'", "did not find expected ',' or")
_BACKSLASH = ("双引号里的反斜杠写法不对", "把反斜杠写成两个 \\\\，或改用英文单引号")
# (what the parser says, message, hint); first match wins.
_KNOWN = (
    (
        "tab character",
        "这一行用了制表符 (Tab) 缩进",
        "把 Tab 换成空格，每层缩进两个空格",
    ),
    (
        "found another document",
        "一个文件里写了多份内容（中间有 --- 分隔）",
        "一个文件只放一份记录：删掉 --- 和它后面的内容，或放到另一个文件里",
    ),
    (
        "mapping values are not allowed",
        "这一行的冒号用得不对：可能是上一行少了冒号，或文字里有英文冒号加空格",
        "文字里如有“: ”，请给整个值加上英文双引号；否则检查缩进",
    ),
    (
        "unexpected end of stream",
        "引号没有写完：从这里开始的引号一直到文件末尾都没有配对",
        "补上缺少的引号",
    ),
    (
        "did not find expected ',' or",
        "方括号或花括号没有配对，或各项之间少了英文逗号",
        "检查这一行的 [ ] { } 和逗号，都要用英文半角",
    ),
    (
        "did not find expected key",
        "这一行的缩进或引号不对，看不出属于哪一项",
        "与同级的键左对齐；文字里有引号时，用另一种引号把整个值括起来",
    ),
    (
        "did not find expected '-'",
        "这一行接在列表后面，却看不出属于哪一项",
        "另起一项，就以“- ”开头，和上面的横线左对齐；接着写上一项，就和它的第一个键左对齐",
    ),
    (
        "could not find expected ':'",
        "这一行少了英文冒号",
        "写成“键: 值”，冒号用英文半角，后面加一个空格",
    ),
    (
        "cannot start any token",
        "这一行开头的字符不能这样用",
        "以 @ ` % 或 Tab 开头的文字，请加上英文双引号；缩进只能用空格",
    ),
    (
        "unknown escape character",
        *_BACKSLASH,
    ),
    (
        "did not find expected hexdecimal",
        *_BACKSLASH,
    ),
    (
        "invalid Unicode character escape",
        *_BACKSLASH,
    ),
)


def explain(path: str, text: str, error: Exception) -> Problem:
    """Return the problem for what the parser raised: yaml-syntax, or alias."""
    place = _place(path, error)
    said = str(error)
    if any(words in said for words in _ALIAS_WORDS):
        return problem(
            place,
            "alias",
            "这里有 YAML 锚点或引用（& 或 *）",
            "把内容直接写出来，不要引用；如果 & 或 * 是文字的一部分，给整个值加上英文双引号",
        )
    if "undefined tag handle" in said or "while scanning a tag" in said or "while parsing a tag" in said:
        return problem(
            place,
            "tag",
            "这里有 YAML 类型标签 (!)",
            "删掉感叹号；如果感叹号是文字的一部分，给整个值加上英文双引号",
        )
    if _DIRECTIVE.search(text):
        return directive(path, text)
    end = _end(path, text)
    if place.line > end.line:
        hint = "从这里补上缺少的内容；方括号、花括号、引号都要成对"
        return problem(end, "yaml-syntax", "文件到这里就断了，没有写完", hint)
    if _has_tab_indent(text, place.line):
        _, message, hint = _KNOWN[0]
        return problem(place, "yaml-syntax", message, hint)
    known = slip(path, text, place, said)
    if known is not None:
        at, message, hint = known
        return problem(at, "yaml-syntax", message, hint)
    for words, message, hint in _KNOWN:
        if words in said:
            return problem(place, "yaml-syntax", message, hint)
    return problem(
        place,
        "yaml-syntax",
        "从这里开始看不懂（不是合格的 YAML）",
        "检查这一行和上一行的缩进、冒号和引号；标点用英文半角",
    )


def directive(path: str, text: str) -> Problem:
    """Return the problem of a line that begins with %."""
    found = _DIRECTIVE.search(text)
    line = text.count("\n", 0, found.start()) + 1 if found else 1
    return problem(Place(path, line), "tag", "文件里有 YAML 指令（以 % 开头的行）", "删掉以 % 开头的行")


def conflict(path: str, text: str) -> Problem | None:
    """Return the problem of a merge conflict's marks, which may stand inside a text that is good YAML."""
    if "<<<<<<< " not in text and ">>>>>>> " not in text:
        return None  # nearly always, and several times faster than the expression
    found = _CONFLICT.search(text)
    if found is None:
        return None
    return problem(
        Place(path, text.count("\n", 0, found.start()) + 1),
        "yaml-syntax",
        "文件里留有合并冲突的标记（<<<<<<<、=======、>>>>>>>）",
        "在两段内容中留下正确的一段，把三行标记都删掉",
    )


def _has_tab_indent(text: str, line: int) -> bool:
    lines = text.split("\n")
    return any(
        candidate[: len(candidate) - len(candidate.lstrip())].count("\t")
        for candidate in lines[max(0, line - 2) : line]
    )


def _end(path: str, text: str) -> Place:
    """Return where the last line that says something ends: the parser points to a line that nobody wrote."""
    written = text.rstrip()
    return Place(path, written.count("\n") + 1, len(written) - (written.rfind("\n") + 1) + 1)


def _place(path: str, error: Exception) -> Place:
    if isinstance(error, yaml.MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        if any(words in str(error) for words in _BEGUN_BEFORE) and error.context_mark:
            mark = error.context_mark  # where it began, not where the parser noticed
        if mark:
            return Place(path, mark.line + 1, mark.column + 1)
    return Place(path)
