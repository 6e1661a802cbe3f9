"""YAML that no record may use, and YAML that is none: what is said, where, and what to do about it."""

from __future__ import annotations

import textwrap

import pytest

from pingshi.diagnostics import Place, Problem, problem
from pingshi.source import Marks, Seq, Text, parse

PATH = "records/u/2026-Q1/summaries/wang-fang.yml"
ALIAS_HINT = "把内容直接写出来，不要引用；如果 & 或 * 是文字的一部分，给整个值加上英文双引号"


def at(line: int, column: int, code: str, message: str, hint: str) -> Problem:
    """Make the problem that is expected."""
    return problem(Place(PATH, line, column), code, message, hint)


def tag(line: int, column: int, written: str) -> Problem:
    """Say that there is a tag."""
    hint = "删掉感叹号和它后面的标签；如果感叹号是文字的一部分，给整个值加上英文双引号"
    return at(line, column, "tag", f"这里有 YAML 类型标签 {written}", hint)


def alias(line: int, column: int, written: str) -> Problem:
    """Say that there is an anchor or an alias."""
    return at(line, column, "alias", f"这里有 YAML 锚点或引用 {written}", ALIAS_HINT)


def twice(key: str, first: int, line: int, column: int) -> Problem:
    """Say that a key stands twice."""
    hint = "保留正确的一个，删掉另一个（程序不会替你挑选）"
    return at(line, column, "duplicate-key", f"“{key}”写了两次：第 {first} 行和第 {line} 行", hint)


def read(text: str) -> tuple[object, list[Problem]]:
    """Read a text that is indented as in the test."""
    return parse(PATH, textwrap.dedent(text).lstrip("\n").encode())


# --- values ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: {b: c, d:}\n", {"a": {"b": "c", "d": None}}),
        ("- {left:, joined: 2026-01-01}\n- [x:]\n", [{"left": None, "joined": "2026-01-01"}, [{"x": None}]]),
        ("a: {b: '}:}', c:}\n", {"a": {"b": "}:}", "c": None}}),
    ],
)
def test_a_key_without_a_value_may_end_a_bracket(text: str, value: object) -> None:
    """The C parser stumbles over it, but the formats show it (`refused_on:}`), and YAML allows it."""
    assert read(text) == (value, [])


def test_a_bracket_with_endless_keys_and_no_values_is_refused() -> None:
    made, problems = read("a: {" + ",".join(f"k{i}:" for i in range(200)) + "}\n")
    assert made is None
    assert [it.code for it in problems] == ["yaml-syntax"]
    assert problems[0].message == "花括号里没有值的键太多"


def test_every_value_is_text_as_it_was_written_and_knows_its_place() -> None:
    value, problems = read("""
        name: 王芳
        yes: [no, 0123, 12:30:00, 2026-03-31, 1e3, 0x10, .5, true]
        said: |
          一
          二
    """)
    assert problems == []
    assert value == {
        "name": "王芳",
        "yes": ["no", "0123", "12:30:00", "2026-03-31", "1e3", "0x10", ".5", "true"],
        "said": "一\n二\n",
    }
    assert isinstance(value, dict)
    marks = value["yes"].marks
    assert isinstance(marks, Marks)
    assert (marks.place, marks.at(1), marks.at(1, "deeper")) == (Place(PATH, 2, 6), Place(PATH, 2, 11), marks.at(1))
    places = [(it.line, it.column, it.plain) for it in (value["name"], value["yes"][7], value["said"])]
    assert places == [(1, 7, True), (2, 54, True), (3, 7, False)]


def test_a_blank_value_a_tilde_and_null_say_nothing_but_quoted_they_are_text() -> None:
    value, problems = read("""
        left:
        until: ~
        grade: null
        all: [~, null, '', "~", 'null']
        shout: NULL
    """)
    assert problems == []
    assert value == {
        "left": None,
        "until": None,
        "grade": None,
        "all": [None, None, "", "~", "null"],
        "shout": "NULL",
    }


@pytest.mark.parametrize("text", ["", "\n\n", "# 以后再写\n", "---\n", "--- # 无\n...\n", "~\n", "null\n"])
def test_an_empty_file_is_called_empty(text: str) -> None:
    expected = at(1, 1, "yaml-syntax", "文件是空的", "写上内容；不需要这个文件就删掉它")
    assert parse(PATH, text.encode()) == (None, [expected])


def test_the_mark_of_a_document_may_stand_at_its_start_and_end() -> None:
    assert read("---\nname: 王芳\n...\n") == ({"name": "王芳"}, [])


# --- what no record may use ------------------------------------------------------------


def test_a_key_written_twice_is_reported_and_the_rest_is_read() -> None:
    value, problems = read("""
        name: 王芳
        scores:
          a: 9
          'a': 8
          "a": 7
        name: 王方
        also: {x: 1, x: 2}
    """)
    assert value == {"name": "王芳", "scores": {"a": "9"}, "also": {"x": "1"}}
    assert problems == [twice("a", 3, 4, 3), twice("a", 3, 5, 3), twice("name", 1, 6, 1), twice("x", 7, 7, 14)]


def test_of_very_many_faults_the_first_twenty_are_reported() -> None:
    keys = "a: 1\n" * 30
    value, problems = read(keys)
    assert (value, problems) == ({"a": "1"}, [twice("a", 1, line, 1) for line in range(2, 22)])
    tags = "- !x y\n" * 30
    assert read(tags) == (None, [tag(line, 3, "!x") for line in range(1, 21)])


def test_every_tag_is_refused_whatever_it_asks_for() -> None:
    assert read("""
        a: ! x
        b: !!str x
        c: !foo x
        d: !!python/object/apply:os.system [ls]
        e: !<tag:x> y
        !!str f: g
        h: !
        i: !!set {x}
    """) == (
        None,
        [
            tag(1, 4, "!"),
            tag(2, 4, "tag:yaml.org,2002:str"),
            tag(3, 4, "!foo"),
            tag(4, 4, "tag:yaml.org,2002:python/object/apply:os.system"),
            tag(5, 4, "tag:x"),
            tag(6, 1, "tag:yaml.org,2002:str"),
            tag(7, 4, "!"),
            tag(8, 4, "tag:yaml.org,2002:set"),
        ],
    )
    assert read("!!map {a: b}") == (None, [tag(1, 1, "tag:yaml.org,2002:map")])


@pytest.mark.parametrize(("text", "column"), [("says: !e!x y", 7), ("says: !很好", 8)])
def test_an_exclamation_mark_that_begins_no_tag_either_is_told_as_one(text: str, column: int) -> None:
    hint = "删掉感叹号；如果感叹号是文字的一部分，给整个值加上英文双引号"
    assert read(text) == (None, [at(1, column, "tag", "这里有 YAML 类型标签 (!)", hint)])


def test_anchors_aliases_and_merged_keys_are_refused_each_in_its_place() -> None:
    assert read("""
        a: &x 1
        b: *x
        c: &d {y: 1}
        e:
          <<: *d
        &k f: g
        *k : h
    """) == (
        None,
        [
            alias(1, 4, "&x"),
            alias(2, 4, "*x"),
            alias(3, 4, "&d"),
            alias(5, 7, "*d"),
            alias(6, 1, "&k"),
            alias(7, 1, "*k"),
        ],
    )


def test_a_merge_without_an_alias_merges_nothing() -> None:
    assert read("a: 1\n<<: {b: 2}\n") == ({"a": "1", "<<": {"b": "2"}}, [])


def test_an_alias_to_nothing_is_refused_before_anybody_resolves_it() -> None:
    assert read("a: *nobody") == (None, [alias(1, 4, "*nobody")])


@pytest.mark.parametrize("text", ["says: **重点工作**", "says: & b", "says: * b"])
def test_a_star_or_ampersand_that_begins_a_text_is_told_as_an_alias(text: str) -> None:
    assert read(text) == (None, [at(1, 8, "alias", "这里有 YAML 锚点或引用（& 或 *）", ALIAS_HINT)])


def test_marks_within_a_text_or_in_quotes_are_only_text() -> None:
    value, problems = read("""
        a: 好! 2*3 & 4 50%
        b: "! x"
        c: '&x *y %z @ `'
        d: |
          %YAML 1.1
          *重点*
    """)
    assert problems == []
    assert value == {"a": "好! 2*3 & 4 50%", "b": "! x", "c": "&x *y %z @ `", "d": "%YAML 1.1\n*重点*\n"}


@pytest.mark.parametrize("directive", ["%YAML 1.1", "%YAML 1.2", "%TAG ! tag:x,2000:", "%YAML 2.0", "%FOO bar"])
def test_a_directive_is_refused(directive: str) -> None:
    expected = at(1, 1, "tag", "文件里有 YAML 指令（以 % 开头的行）", "删掉以 % 开头的行")
    assert read(f"{directive}\n---\nname: 王芳\n") == (None, [expected])


@pytest.mark.parametrize(("text", "line"), [("a: b\n---\nc: d\n", 2), ("---\na: b\n---\nc: d\n---\ne: f\n", 3)])
def test_a_second_document_is_refused_where_it_begins(text: str, line: int) -> None:
    message = "一个文件里写了多份内容（中间有 --- 分隔）"
    hint = "一个文件只放一份记录：删掉 --- 和它后面的内容，或放到另一个文件里"
    assert read(text) == (None, [at(line, 1, "yaml-syntax", message, hint)])


@pytest.mark.parametrize("key", ["[a, b]", "{a: b}", "[]"])
def test_a_key_must_be_a_word_and_the_rest_is_read(key: str) -> None:
    hint = "检查这一行的括号和冒号"
    expected = at(1, 3, "yaml-syntax", "键必须是一个词，不能是列表或映射", hint)
    assert read(f"? {key}\n: c\nd: e\n") == ({"d": "e"}, [expected])


# --- conflicts left behind -------------------------------------------------------------

CONFLICT = (
    "yaml-syntax",
    "文件里留有合并冲突的标记（<<<<<<<、=======、>>>>>>>）",
    "在两段内容中留下正确的一段，把三行标记都删掉",
)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: b\n<<<<<<< HEAD\nc: d\n=======\nc: e\n>>>>>>> x\n", 2),
        ("<<<<<<< HEAD\na: b\n=======\na: c\n>>>>>>> x\n", 1),
        ("- a\n- b\n<<<<<<< HEAD\n- c\n=======\n- d\n>>>>>>> x\n", 3),
        ("a: b\n<<<<<<< HEAD\nc: d\n||||||| base\nc: x\n=======\nc: e\n>>>>>>> x\n", 2),
        ("a: |\n  一\n<<<<<<< HEAD\n  二\n=======\n  三\n>>>>>>> x\n", 3),
        # Within double quotes YAML would take the marks for text.
        ('a: "一\n<<<<<<< HEAD\n  二\n=======\n  三\n>>>>>>> x\n  四"\n', 2),
    ],
)
def test_the_marks_of_a_merge_conflict_are_told_as_such(text: str, line: int) -> None:
    assert parse(PATH, text.encode()) == (None, [at(line, 1, *CONFLICT)])


def test_a_ruler_within_a_text_is_no_conflict() -> None:
    assert read("says: |\n  一\n  =======\n  二\n") == ({"says": "一\n=======\n二\n"}, [])


# --- not YAML --------------------------------------------------------------------------

TAB = ("这一行用了制表符 (Tab) 缩进", "把 Tab 换成空格，每层缩进两个空格")
QUOTE = ("引号没有写完：从这里开始的引号一直到文件末尾都没有配对", "补上缺少的引号")
COLON = ("这一行少了英文冒号", "写成“键: 值”，冒号用英文半角，后面加一个空格")
SPACE = ("第 2 行的冒号后面少了一个空格", "写成“键: 值”：英文半角冒号，后面加一个空格")
DASH = ("第 3 行的横线后面少了一个空格", "列表的每一项以“- ”开头：英文半角横线，后面加一个空格")
ITEM = (
    "这一行接在列表后面，却看不出属于哪一项",
    "另起一项，就以“- ”开头，和上面的横线左对齐；接着写上一项，就和它的第一个键左对齐",
)
HINT_OF_COLONS = "键后面的冒号用英文半角 “:”，后面加一个空格；正文里的冒号不用改"
WIDE = {line: (f"第 {line} 行的冒号是中文全角“：”", HINT_OF_COLONS) for line in (1, 2)}
COLONS = (
    "这一行的冒号用得不对：可能是上一行少了冒号，或文字里有英文冒号加空格",
    "文字里如有“: ”，请给整个值加上英文双引号；否则检查缩进",
)
BRACKETS = ("方括号或花括号没有配对，或各项之间少了英文逗号", "检查这一行的 [ ] { } 和逗号，都要用英文半角")
INDENT = (
    "这一行的缩进或引号不对，看不出属于哪一项",
    "与同级的键左对齐；文字里有引号时，用另一种引号把整个值括起来",
)
START = ("这一行开头的字符不能这样用", "以 @ ` % 或 Tab 开头的文字，请加上英文双引号；缩进只能用空格")
BACKSLASH = ("双引号里的反斜杠写法不对", "把反斜杠写成两个 \\\\，或改用英文单引号")
UNKNOWN = (
    "从这里开始看不懂（不是合格的 YAML）",
    "检查这一行和上一行的缩进、冒号和引号；标点用英文半角",
)


@pytest.mark.parametrize(
    ("text", "line", "column", "said"),
    [
        pytest.param("a:\n\tb: c\n", 2, 1, TAB, id="a tab indents"),
        pytest.param("a:\n  b: c\n\td: e\n", 3, 1, TAB, id="a tab after spaces"),
        pytest.param("\ta: b\n", 1, 1, TAB, id="a tab first of all"),
        pytest.param("a:\n-\tx\n- y: z\n", 2, 2, START, id="a tab after a dash"),
        pytest.param('a: b\nc: "d\ne: f\n', 2, 4, QUOTE, id="a double quote is left open"),
        pytest.param("a: b\nc: 'd\ne: f\n", 2, 4, QUOTE, id="a single quote is left open"),
        pytest.param('a: "他说"好""\n', 1, 8, INDENT, id="quotes within quotes"),
        pytest.param("a: b\n   c: d\n", 2, 5, COLONS, id="indented too far"),
        pytest.param("a: b: c\n", 1, 5, COLONS, id="a colon within a text"),
        pytest.param("a:\n   c: d\n  e: f\n", 3, 3, INDENT, id="out of line"),
        pytest.param("a:\n  - x\n - y\n", 3, 2, INDENT, id="a dash out of line"),
        pytest.param("- a\nb: c\n", 2, 1, ITEM, id="a key after a list"),
        pytest.param("a:\n  - b: c\n   d: e\n", 3, 4, ITEM, id="a key out of line with those of its item"),
        pytest.param("a:\n  - b: c\n  -d: e\n", 3, 3, DASH, id="no space after the dash of a later item"),
        pytest.param("a: [b\nc: d\n", 1, 4, BRACKETS, id="a bracket is left open"),
        pytest.param("a: {b: c\n", 1, 4, BRACKETS, id="a brace is left open"),
        pytest.param("a: @x\n", 1, 4, START, id="an at sign"),
        pytest.param("a: `x`\n", 1, 4, START, id="a backquote"),
        pytest.param("a: 40\nb: %x\n", 2, 4, START, id="a per cent sign"),
        pytest.param('a: "\\q"\n', 1, 5, BACKSLASH, id="a backslash before any letter"),
        pytest.param('a: "C:\\Users\\wang"\n', 1, 9, BACKSLASH, id="a path of Windows"),
        pytest.param('a: "\\ud800"\n', 1, 7, BACKSLASH, id="half a character"),
        pytest.param("a: b\nc: ]\n", 2, 4, UNKNOWN, id="a bracket that closes nothing"),
        pytest.param("a: |x\n b\n", 1, 5, UNKNOWN, id="a block with a mistake in its head"),
        pytest.param("a: {b: c\n  d: e}\n", 1, 4, BRACKETS, id="a comma is left out"),
        pytest.param("name：王芳\njob: b\n", 1, 5, WIDE[1], id="a full-width colon in the first line"),
        pytest.param("name: a\njob：b\nsex: c\n", 2, 4, WIDE[2], id="a full-width colon between good lines"),
        pytest.param("name: a\njob：b\n", 2, 4, WIDE[2], id="a full-width colon in the last line"),
        pytest.param("a：b\nc：d\ne: f\n", 2, 2, WIDE[2], id="full-width colons in two lines, of which one is told"),
        pytest.param("a:\n  b：c\n  d: e\n", 2, 4, WIDE[2], id="a full-width colon in an indented line"),
        pytest.param("- kind：leave\n  to: a\n", 1, 7, WIDE[1], id="a full-width colon in an item of a list"),
        pytest.param("a: b\n说明：好\n@x: y\n", 2, 3, WIDE[2], id="a full-width colon before another fault"),
        pytest.param(
            'a: |\n  说明：好\nb: "c\n', 3, 4, QUOTE, id="a full-width colon in prose before a quote left open"
        ),
        pytest.param(
            "a: |\n  说明：好\nb: c: d\n", 3, 5, COLONS, id="a full-width colon in prose before a stray colon"
        ),
        pytest.param("a: |\n  说明：好\nb: [c\n", 3, 4, BRACKETS, id="a full-width colon in prose before a bracket"),
        pytest.param("a: |\n  说明：好\nb: @c\n", 3, 4, START, id="a full-width colon in prose before an at sign"),
        pytest.param("a: b\n   c: d：e\n", 2, 5, COLONS, id="a full-width colon in a value that is indented too far"),
        pytest.param("a：b: c\n  d: e\n", 2, 4, COLONS, id="a full-width colon within a key"),
        pytest.param("a: !x%ED%A0%80 y\n", 1, 1, UNKNOWN, id="a tag that is no text at all"),
        pytest.param("name: a\njob:b\nsex: c\n", 2, 4, SPACE, id="no space after the colon"),
        pytest.param("name: a\njob\nsex: c\n", 2, 1, COLON, id="no colon at all"),
    ],
)
def test_broken_yaml_is_told_in_the_words_of_its_writer(
    text: str, line: int, column: int, said: tuple[str, str]
) -> None:
    assert parse(PATH, text.encode()) == (None, [at(line, column, "yaml-syntax", *said)])


def test_columns_count_characters_and_not_bytes() -> None:
    value, problems = read("- {𠮷: 王芳, 职务: 科长}")
    assert problems == []
    assert isinstance(value, Seq)
    assert (value.marks.at(0, "职务"), value[0]["职务"].column) == (Place(PATH, 1, 11), 15)
    assert isinstance(value[0]["职务"], Text)


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [("- {kind:", 1, 9), ("a:\n  - {b: c,\n\n\n", 2, 11), ("name: [\n", 1, 8), ("--- {", 1, 6)],
)
def test_a_file_that_breaks_off_is_told_at_its_last_word_and_never_on_a_line_that_nobody_wrote(
    text: str, line: int, column: int
) -> None:
    said = ("文件到这里就断了，没有写完", "从这里补上缺少的内容；方括号、花括号、引号都要成对")
    assert parse(PATH, text.encode()) == (None, [at(line, column, "yaml-syntax", *said)])
