"""What a file may be at all: its size, encoding, characters, depth. Hostile ones must not end the process."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from pingshi.diagnostics import Place, Problem, problem
from pingshi.files import LARGEST_FILE
from pingshi.source import DEEPEST_NESTING, Text, parse

PATH = "records/u/2026-Q1/summaries/wang-fang.yml"
RETYPE = "这类字符多半是从网页或 Word 粘贴带来的：删掉它前后的文字，用键盘重新输入"
#: One at least of every kind: C0, C1, soft hyphen, marks of direction, joiners, separators, fillers, selectors, tags.
FORBIDDEN = (
    "00 01 08 0B 0C 0E 1B 1F 7F 80 85 9F AD 061C 115F 1160 17B4 180E 200B 200D 200E 200F 2028 2029 202A 202B 202D "
    "202E 2060 2064 2066 2067 2069 206F 3164 FE00 FE0F FEFF FFA0 FFF9 FFFB FFFE FFFF E0001 E0041 E0100"
)
ESCAPES = "\\0 \\a \\e \\x00 \\x1b \\x7f \\N \\L \\P \\u200b \\u202e \\u2066 \\ufeff \\ufffe \\U000e0041"
ESCAPED = (
    "yaml-syntax",
    "双引号里的转义写出了控制字符或不可见字符",
    "去掉反斜杠开头的转义（如 \\x00、\\u202e），直接写文字",
)


def forbidden(line: int, column: int, code: str) -> Problem:
    """Say that a character may not stand there."""
    message = f"第 {line} 行第 {column} 个字符是不允许的控制字符或不可见字符 {code}"
    return problem(Place(PATH, line, column), "yaml-syntax", message, RETYPE)


def too_deep(line: int, column: int) -> Problem:
    """Say that the nesting is too deep from there on."""
    hint = "记录不需要这么多层；检查缩进，以及是否多写了 [ { 或 -"
    return problem(Place(PATH, line, column), "yaml-syntax", "内容嵌套超过 20 层", hint)


def not_utf8(line: int, byte: str) -> Problem:
    """Say that a byte of the line is not UTF-8."""
    hint = "请用编辑器把文件另存为 UTF-8 编码（不带 BOM）后再提交；记事本里选“另存为 → 编码 UTF-8”"
    return problem(Place(PATH, line), "not-utf8", f"第 {line} 行有不是 UTF-8 编码的字节 ({byte})", hint)


# --- size and encoding -----------------------------------------------------------------


def test_a_file_of_exactly_256_kib_is_read() -> None:
    data = b"says: " + b"a" * (LARGEST_FILE - 6)
    value, problems = parse(PATH, data)
    assert (LARGEST_FILE, len(data), problems) == (262144, 262144, [])
    assert value == {"says": "a" * (LARGEST_FILE - 6)}


@pytest.mark.parametrize(
    ("size", "kib"), [(LARGEST_FILE + 1, 257), (LARGEST_FILE + 1024, 257), (5 * 1024 * 1024, 5120)]
)
def test_a_larger_file_is_refused_unread(size: int, kib: int) -> None:
    message = f"文件有 {kib} KiB，超过 256 KiB 的上限"
    hint = "记录只写文字；附件、图片请另行存放，或把内容精简、分到各自的文件里"
    assert parse(PATH, b"\xff" * size) == (None, [problem(Place(PATH), "too-large", message, hint)])


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param("says: 王芳".encode("gbk"), not_utf8(1, "0xCD"), id="GBK, as old Windows programs write"),
        pytest.param(b"a: b\n# c\nsays: \xff\n", not_utf8(3, "0xFF"), id="a stray byte in the third line"),
        pytest.param("says: a".encode("utf-16"), not_utf8(1, "0xFF"), id="UTF-16, as Notepad's Unicode"),
        pytest.param("says: 王".encode()[:-1], not_utf8(1, "0xE7"), id="cut off within a character"),
        pytest.param(b"says: \xc0\xaf\n", not_utf8(1, "0xC0"), id="an overlong form"),
        pytest.param(b"says: \xed\xa0\x80\n", not_utf8(1, "0xED"), id="a surrogate"),
    ],
)
def test_a_file_that_is_not_utf8_is_refused_with_its_line(data: bytes, expected: Problem) -> None:
    assert parse(PATH, data) == (None, [expected])


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_lines_may_end_as_on_linux_or_windows(ending: str) -> None:
    value, problems = parse(PATH, f"role: a{ending}says: 王芳{ending}".encode())
    assert (value, problems) == ({"role": "a", "says": "王芳"}, [])


# --- characters ------------------------------------------------------------------------


@pytest.mark.parametrize("code", FORBIDDEN.split())
def test_control_direction_and_invisible_characters_are_refused_wherever_they_stand(code: str) -> None:
    name, char = f"U+{code:0>4}", chr(int(code, 16))
    assert parse(PATH, f"role: a\nsays: 王{char}芳\n".encode()) == (None, [forbidden(2, 8, name)])
    assert parse(PATH, f"role: a\nsa{char}ys: 王芳\n".encode()) == (None, [forbidden(2, 3, name)])
    assert parse(PATH, f"role: a # 王{char}\n".encode()) == (None, [forbidden(1, 12, name)])


def test_every_line_with_a_forbidden_character_is_reported_once() -> None:
    text = "role: a\u200b\u200b\nsays: 王芳\nmore:\n  - \u202e\u2066x\u2069\n"
    assert parse(PATH, text.encode()) == (None, [forbidden(1, 8, "U+200B"), forbidden(4, 5, "U+202E")])


def test_of_very_many_bad_lines_the_first_twenty_are_reported() -> None:
    text = "role: a\n" + "- 王\u200b芳\n" * 30
    assert parse(PATH, text.encode()) == (None, [forbidden(line, 4, "U+200B") for line in range(2, 22)])


@pytest.mark.parametrize("char", ["\t", "\u00a0", "\u3000", "·", "“", "…", "①", "㎡", "𠮷", "😀", "é", "\ue000"])
def test_characters_that_one_can_see_or_that_only_space_out_are_kept(char: str) -> None:
    value, problems = parse(PATH, f"says: a{char}b\n".encode())
    assert (value, problems) == ({"says": f"a{char}b"}, [])


@pytest.mark.parametrize("escape", ESCAPES.split())
def test_an_escape_cannot_bring_in_what_may_not_be_typed(escape: str) -> None:
    code, message, hint = ESCAPED
    in_a_value = parse(PATH, f'role: a\nsays: "王{escape}芳"\n'.encode())[1]
    in_a_key = parse(PATH, f'role: a\n"sa{escape}ys": 王芳\n'.encode())[1]
    in_a_list = parse(PATH, f'role:\n  - a\n  - ["王{escape}"]\n'.encode())[1]
    assert in_a_value == [problem(Place(PATH, 2, 7), code, message, hint)]
    assert in_a_key == [problem(Place(PATH, 2, 1), code, message, hint)]
    assert in_a_list == [problem(Place(PATH, 3, 6), code, message, hint)]


def test_escapes_for_what_may_be_typed_are_read() -> None:
    value, problems = parse(PATH, b'says: "a\\tb\\n\\u738b\\u82b3 \\"x\\" \\\\"\n')
    assert (value, problems) == ({"says": 'a\tb\n王芳 "x" \\'}, [])


def test_a_backslash_outside_double_quotes_escapes_nothing() -> None:
    value, problems = parse(PATH, b"says: \\u202e\nmore: '\\x00'\n")
    assert (value, problems) == ({"says": "\\u202e", "more": "\\x00"}, [])


def test_a_byte_order_mark_at_the_start_is_named_as_what_it_is() -> None:
    hint = "请另存为“UTF-8（无 BOM）”；记事本里选编码“UTF-8”，不要选“带有 BOM 的 UTF-8”"
    expected = problem(Place(PATH), "yaml-syntax", "文件开头有看不见的 BOM 标记 (U+FEFF)", hint)
    assert parse(PATH, "says: a\n".encode("utf-8-sig")) == (None, [expected])


def test_a_lone_carriage_return_cannot_hide_a_key_behind_a_comment() -> None:
    # A forge shows one line, a comment; YAML reads two, and the second is a key.
    assert parse(PATH, "name: 王芳\n# 不是领导\rleader: true\n".encode()) == (None, [forbidden(2, 7, "U+000D")])


# --- depth -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "deepest"),
    [
        ("[" * 20 + "]" * 20, []),
        ("- " * 20 + "x", "x"),
        ("\n".join(" " * i + "a:" for i in range(20)) + " x", "x"),
        ("{a: " * 20 + "x" + "}" * 20, "x"),
    ],
)
def test_twenty_levels_are_read(text: str, deepest: object) -> None:
    value, problems = parse(PATH, text.encode())
    assert (DEEPEST_NESTING, problems) == (20, [])
    inner: object = value
    for _ in range(19 if deepest == [] else 20):
        assert isinstance(inner, dict | list)
        inner = inner["a"] if isinstance(inner, dict) else inner[0]
    assert inner == deepest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[" * 21 + "]" * 21, too_deep(1, 21)),
        ("- " * 21 + "x", too_deep(1, 41)),
        ("\n".join(" " * i + "a:" for i in range(21)) + " x", too_deep(21, 21)),
        ("\n".join(" " * i + "-" for i in range(21)) + " x", too_deep(21, 21)),
        ("{a: " * 21 + "x" + "}" * 21, too_deep(1, 81)),
        ("says: " + "[" * 1000 + "]" * 1000, too_deep(1, 26)),
    ],
)
def test_a_twenty_first_level_is_refused_where_it_begins(text: str, expected: Problem) -> None:
    assert parse(PATH, text.encode()) == (None, [expected])


def test_ever_so_many_lists_side_by_side_are_not_deep() -> None:
    value, problems = parse(PATH, b"".join(b"- [a, {b: c}]\n" for _ in range(1000)))
    assert (value, problems) == ([["a", {"b": "c"}]] * 1000, [])
    assert isinstance(value, list)
    assert isinstance(value[999][0], Text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param('"[" * 262144', too_deep(1, 21), id="brackets"),
        pytest.param('"{" * 262144', too_deep(1, 21), id="braces"),
        pytest.param('"- " * 131072', too_deep(1, 41), id="dashes"),
        pytest.param('"? " * 131072', too_deep(1, 41), id="question marks"),
        pytest.param('"{a: " * 65536', too_deep(1, 81), id="mappings in a line"),
        pytest.param('"\\n".join(" " * i + "a:" for i in range(700))', too_deep(21, 21), id="mappings in lines"),
        pytest.param('"# a\\r" + "- " * 131000', forbidden(1, 4, "U+000D"), id="dashes behind a lone carriage return"),
    ],
)
def test_256_kib_of_nothing_but_nesting_end_in_a_message_and_not_in_a_crash(text: str, expected: Problem) -> None:
    # In a process of its own, because the C parser can take the whole process down with it.
    program = f"from pingshi.source import parse; print(parse({PATH!r}, ({text}).encode())[1])"
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONIOENCODING": "utf-8"}
    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=False, encoding="utf-8", env=environment
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, f"{[expected]}\n", "")
