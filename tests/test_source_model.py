"""From values to models: every error of a file at once, in the reader's words, each in its place."""

from __future__ import annotations

import textwrap
from typing import Annotated, Literal, TypeVar

import pytest
from pydantic import BaseModel, Field

from pingshi.diagnostics import Place, Problem, arranged, problem
from pingshi.source import (
    Day,
    Exact,
    Identifier,
    Line,
    Located,
    Prose,
    Symbol,
    Terms,
    load,
    load_list,
    shorthand,
    single_or_many,
)

PATH = "records/u/unit.yml"
MAPPING = "下一行起缩进两个空格，逐行写“键: 值”"
LISTED = "每项写一行，以“- ”开头；没有就写 []"
SYMBOL = "代号只用小写英文字母、数字、下划线和减号，如 section_head"
PERSON = "代号只用小写英文字母、数字和减号，如 wang-fang"
COLON = "冒号用英文半角，后面加一个空格"

M = TypeVar("M", bound=BaseModel)


class Department(Located):
    """A department, whose head may change."""

    id: Symbol
    name: Line
    head: Terms[Identifier] = ()
    led_by: Annotated[tuple[Identifier, ...], single_or_many] = ()


class Result(Located):
    """The result of a task; the result alone may stand for it."""

    result: Literal["done", "late", "undone"]
    credit: Exact | None = None


class Unit(Located):
    """A unit with something of everything."""

    name: Line
    opened: Day | None = None
    level: Literal["forge", "receipts"] = "forge"
    departments: tuple[Department, ...] = ()
    office: Department | None = None
    tasks: dict[Symbol, Annotated[Result, shorthand("result")]] = Field(default={})
    grades: dict[Identifier, Literal["好", "较好"]] = Field(default={})


class Leave(Located):
    """A fact of one kind."""

    kind: Literal["leave"]
    since: Day = Field(alias="from")


class Merit(Located):
    """A fact of another."""

    kind: Literal["merit"]
    on: Day
    what: Prose


Fact = Annotated[Leave | Merit, Field(discriminator="kind")]


def at(line: int, column: int, code: str, message: str, hint: str) -> Problem:
    """Make the problem that is expected."""
    return problem(Place(PATH, line, column), code, message, hint)


def faults(text: str, model: type[M]) -> tuple[Problem, ...]:
    """Return the problems of a text, in order; it is loaded all the same where only unknown keys are in the way."""
    made, problems = load(PATH, textwrap.dedent(text).lstrip("\n").encode(), model)
    assert (made is not None) == all(it.code == "unknown-key" for it in problems)
    return arranged(problems)


def list_faults(text: str, item: object) -> tuple[Problem, ...]:
    """Return the problems of a list, in order; it is loaded all the same where only unknown keys are in the way."""
    made, problems = load_list(PATH, textwrap.dedent(text).lstrip("\n").encode(), item)
    assert (made is not None) == all(it.code == "unknown-key" for it in problems)
    return arranged(problems)


def good(text: str, model: type[M]) -> M:
    """Return the model of a text without problems."""
    made, problems = load(PATH, textwrap.dedent(text).lstrip("\n").encode(), model)
    assert problems == []
    assert made is not None
    return made


# --- places ----------------------------------------------------------------------------


def test_a_model_knows_where_each_of_its_keys_was_written() -> None:
    unit = good(
        """
        name: 示例局
        departments:
          - id: hall
            name: 窗口服务科
            head:
              - {is: he-jun, from: 2026-01-01, to: 2026-02-01}
              - {is: sun-li, from: 2026-02-02}
          - {id: office, name: 综合科, led_by: [liu-yang]}
        tasks: {t1: done, t2: {result: late, credit: 0.5}}
        """,
        Unit,
    )
    hall, office = unit.departments
    assert (unit.place, hall.place, office.place) == (Place(PATH, 1, 1), Place(PATH, 3, 5), Place(PATH, 8, 5))
    assert unit.at("name") == Place(PATH, 1, 1)
    assert unit.at("departments", 0, "head", 1, "from") == hall.at("head", 1, "from") == Place(PATH, 7, 22)
    assert hall.head[1].at("from") == Place(PATH, 7, 22)
    assert office.at("led_by", 0) == Place(PATH, 8, 38)
    assert unit.tasks["t1"].place == unit.tasks["t1"].at("result") == Place(PATH, 9, 13)
    assert unit.tasks["t2"].at("credit") == Place(PATH, 9, 38)


def test_what_was_not_written_has_the_place_of_the_nearest_thing_above_it() -> None:
    unit = good("name: 示例局\noffice:\n  id: office\n  name: 综合科\n", Unit)
    assert unit.office is not None
    assert unit.at("opened") == Place(PATH, 1, 1)
    assert unit.at("office", "head", 0) == Place(PATH, 2, 1)
    assert unit.office.at("head") == unit.office.place == Place(PATH, 3, 3)
    assert unit.at("name", "deeper") == Place(PATH, 1, 1)


def test_a_model_cannot_be_changed() -> None:
    unit = good("name: 示例局\n", Unit)
    with pytest.raises(ValueError, match="frozen"):
        unit.name = "别的局"  # type: ignore[misc]  # that it is frozen is what is tested


# --- keys ------------------------------------------------------------------------------


def test_an_unknown_key_is_reported_where_the_key_stands_with_the_one_that_was_likely_meant() -> None:
    text = "name: 示例局\nopend: 2026-01-01\ngrdes:\n  wang-fang: 好\n"
    assert faults(text, Unit) == (
        at(2, 1, "unknown-key", "没有“opend”这个键", "是不是“opened”？写错了就改正，多余就删掉"),
        at(3, 1, "unknown-key", "没有“grdes”这个键", "是不是“grades”？写错了就改正，多余就删掉"),
    )


@pytest.mark.parametrize("key", ["unit", "period", "person"])
def test_what_the_path_says_is_not_written_in_the_file(key: str) -> None:
    hint = "单位、周期、人员由文件的路径决定，文件里不写；删掉这个键"
    assert faults(f"name: 示例局\n{key}: approval\n", Unit) == (at(2, 1, "unknown-key", f"没有“{key}”这个键", hint),)


def test_without_its_unknown_keys_the_rest_of_a_file_is_read() -> None:
    text = "name: 示例局\nopend: 2026-01-01\ndepartments:\n  - {id: hall, name: 窗口科, nme: 窗口}\n"
    made, problems = load(PATH, text.encode(), Unit)
    assert made is not None
    assert (made.name, [it.name for it in made.departments]) == ("示例局", ["窗口科"])
    assert [(it.place.line, it.code) for it in arranged(problems)] == [(2, "unknown-key"), (4, "unknown-key")]
    facts, problems = load_list(PATH, "- {kind: leave, from: 2026-01-01, 备注: 无}\n".encode(), Fact)
    assert facts is not None
    assert [it.kind for it in facts] == ["leave"]
    assert [it.code for it in problems] == ["unknown-key"]


def test_where_no_key_is_near_some_that_can_be_written_are_listed() -> None:
    text = "- {kind: leave, from: 2026-01-01, 备注: 无}\n"
    hint = "多余就删掉；这种文件里可以写：kind、from、on、what"
    assert list_faults(text, Fact) == (at(1, 35, "unknown-key", "没有“备注”这个键", hint),)


def test_a_long_list_of_keys_is_cut() -> None:
    keys = "name、opened、level、departments、id、head、is、from、to、led_by、office、tasks 等"
    hint = f"多余就删掉；这种文件里可以写：{keys}"
    assert faults("name: 示例局\n'@@': x\n", Unit) == (at(2, 1, "unknown-key", "没有“@@”这个键", hint),)


def test_a_merge_key_is_only_an_unknown_key() -> None:
    hint = "多余就删掉；这种文件里可以写：kind、from、on、what"
    text = "- {kind: leave, from: 2026-01-01, <<: {from: 2026-02-01}}\n"
    assert list_faults(text, Fact) == (at(1, 35, "unknown-key", "没有“<<”这个键", hint),)


def test_a_missing_key_is_reported_where_its_mapping_begins() -> None:
    assert faults("departments:\n  - id: hall\n  - {name: 综合科}\n", Unit) == (
        at(1, 1, "missing-key", "缺少“name”", f"补上“name: …”；{COLON}"),
        at(2, 5, "missing-key", "缺少“name”", f"补上“name: …”；{COLON}"),
        at(3, 5, "missing-key", "缺少“id”", f"补上“id: …”；{COLON}"),
    )


def test_a_key_of_a_mapping_must_be_good_too() -> None:
    assert faults("name: a\ngrades:\n  Wang: 好\ntasks:\n  T1: done\n", Unit) == (
        at(3, 9, "bad-value", "“Wang”：“Wang”不能作代号", PERSON),
        at(5, 7, "bad-value", "“T1”：“T1”不能作代号", SYMBOL),
    )


# --- shapes ----------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "what", "column"), [("- a\n- b\n", "列表", 1), ("name：示例局\n", "一段文字", 1)])
def test_a_file_that_should_be_a_mapping_and_is_not_is_told_what_it_is(text: str, what: str, column: int) -> None:
    hint = "文件应由“键: 值”组成：键在行首，后面是英文冒号和一个空格"
    assert faults(text, Unit) == (at(1, column, "bad-value", f"文件内容是{what}，不是“键: 值”", hint),)


@pytest.mark.parametrize("text", ["kind: leave\nfrom: 2026-01-01\n", "无\n"])
def test_a_file_that_should_be_a_list_and_is_not_is_told_so(text: str) -> None:
    expected = at(1, 1, "bad-value", "文件内容不是列表", "文件应是一个列表：每一项以“- ”开头")
    assert list_faults(text, Fact) == (expected,)


def test_a_list_may_be_empty_but_not_its_file() -> None:
    assert load_list(PATH, b"[]\n", Fact) == ((), [])
    empty = at(1, 1, "yaml-syntax", "文件是空的", "写上内容；不需要这个文件就删掉它")
    assert load_list(PATH, b"", Fact) == load(PATH, b"", Unit) == (None, [empty])
    assert load_list(PATH, b"---\n", Fact) == load(PATH, b"~\n", Unit) == (None, [empty])


def test_a_value_where_a_list_or_a_mapping_should_be_is_told_how_to_write_one() -> None:
    text = """
        name: 示例局
        departments: 综合科
        office: 综合科
        tasks: [done]
        grades: 好
    """
    assert faults(text, Unit) == (
        at(2, 14, "bad-value", "“departments”应是列表", LISTED),
        at(3, 9, "bad-value", "“office”应由“键: 值”组成", MAPPING),
        at(4, 1, "bad-value", "“tasks”应由“键: 值”组成", MAPPING),
        at(5, 9, "bad-value", "“grades”应由“键: 值”组成", MAPPING),
    )


def test_a_mapping_where_a_list_should_be_is_refused() -> None:
    text = "name: a\ndepartments:\n  id: hall\n  name: 窗口\n"
    assert faults(text, Unit) == (at(2, 1, "bad-value", "“departments”应是列表", LISTED),)


def test_an_item_that_should_be_a_mapping_is_called_by_its_number() -> None:
    assert faults("name: a\ndepartments:\n  - {id: hall, name: 窗口}\n  - 综合科\n", Unit) == (
        at(4, 5, "bad-value", "“departments”的第 2 项应由“键: 值”组成", MAPPING),
    )
    assert list_faults("- {id: hall, name: 窗口}\n- 综合科\n- [a]\n", Department) == (
        at(2, 3, "bad-value", "第 2 项应由“键: 值”组成", MAPPING),
        at(3, 3, "bad-value", "第 3 项应由“键: 值”组成", MAPPING),
    )


def test_blanks_stand_for_leaving_out() -> None:
    unit = good("name: a\nopened:\nlevel: ~\ndepartments:\noffice: null\ntasks:\ngrades:\n", Unit)
    assert unit.model_dump() == good("name: a\n", Unit).model_dump()


def test_a_required_list_or_mapping_may_not_be_left_blank() -> None:
    class Meeting(Located):
        room: Department
        votes: dict[Identifier, Line]
        present: tuple[Line, ...]
        chair: Terms[Identifier]

    hint = "写上内容，或删掉这个键（如果它可以不写）"
    assert faults("room:\nvotes: ~\npresent:\nchair:\n", Meeting) == (
        at(1, 1, "missing-key", "“room”没有填写", hint),
        at(2, 1, "missing-key", "“votes”没有填写", hint),
        at(3, 1, "missing-key", "“present”没有填写", hint),
        at(4, 1, "missing-key", "“chair”没有填写", hint),
    )


def test_a_blank_within_a_list_or_a_mapping_is_no_value() -> None:
    assert faults("name: a\noffice: {id: hall, name: 窗口, led_by: [~]}\ngrades: {wang-fang: }\n", Unit) == (
        at(2, 39, "missing-key", "“led_by”：这里没有填写", "写上代号，如 wang-fang，或删掉这个键（如果它可以不写）"),
        at(3, 10, "missing-key", "“wang-fang”没有填写", "可以写：好、较好"),
    )


# --- words -----------------------------------------------------------------------------


def test_a_word_outside_the_choice_is_refused_with_the_choice() -> None:
    assert faults("name: a\nlevel: forg\ngrades: {wang-fang: 优秀, zhao-lei: 较好好}\n", Unit) == (
        at(2, 8, "bad-value", "“level”：“forg”不在可选范围内", "可以写：forge、receipts；是不是 forge？"),
        at(3, 21, "bad-value", "“wang-fang”：“优秀”不在可选范围内", "可以写：好、较好"),
        at(3, 35, "bad-value", "“zhao-lei”：“较好好”不在可选范围内", "可以写：好、较好；是不是 较好？"),
    )
    assert faults("name: a\nlevel: [forge]\n", Unit) == (
        at(2, 1, "bad-value", "“level”应是一个词", "可以写：forge、receipts"),
    )


def test_a_word_outside_the_choice_is_called_by_its_item_and_cut_at_forty_characters() -> None:
    class Pages(Located):
        shown: tuple[Literal["好", "较好"], ...]

    hint = "可以写：好、较好"
    assert faults(f"shown: [好, 差, {'长' * 41}]\n", Pages) == (
        at(1, 12, "bad-value", "“shown”的第 2 项：“差”不在可选范围内", hint),
        at(1, 15, "bad-value", f"“shown”的第 3 项：“{'长' * 40}”不在可选范围内", hint),
    )


def test_one_value_may_stand_for_a_mapping_or_for_a_list_of_one() -> None:
    unit = good("name: a\ntasks: {t1: done}\noffice: {id: x, name: y, led_by: liu-yang}\n", Unit)
    assert (unit.tasks["t1"].result, unit.tasks["t1"].credit) == ("done", None)
    assert unit.office is not None
    assert unit.office.led_by == ("liu-yang",)
    assert faults("name: a\ntasks: {t1: dne, t2: [done]}\noffice: {id: x, name: y, led_by: Liu}\n", Unit) == (
        at(2, 13, "bad-value", "“t1”：“dne”不在可选范围内", "可以写：done、late、undone；是不是 done？"),
        at(2, 18, "bad-value", "“t2”应由“键: 值”组成", MAPPING),
        at(3, 34, "bad-value", "“led_by”：“Liu”不能作代号", PERSON),
    )


def test_a_kind_that_is_wrong_or_missing_is_reported_at_the_kind() -> None:
    text = """
        - from: 2026-01-01
          kind: leav
        - from: 2026-01-01
        - from: 2026-01-01
          kind:
        - from: 2026-01-01
          kind: [leave]
        - {on: 2026-02-30, kind: merit}
    """
    assert list_faults(text, Fact) == (
        at(2, 9, "bad-value", "“kind”：“leav”不在可选范围内", "可以写：leave、merit；是不是 leave？"),
        at(3, 3, "missing-key", "缺少“kind”", f"补上“kind: …”；{COLON}"),
        at(5, 3, "missing-key", "“kind”没有填写", "可以写：leave、merit"),
        at(7, 3, "bad-value", "“kind”应是一个词", "可以写：leave、merit"),
        at(8, 3, "missing-key", "缺少“what”", f"补上“what: …”；{COLON}"),
        at(8, 8, "bad-date", "“on”：没有 2026-02-30 这一天", "检查月份和日期"),
    )


def test_all_errors_of_a_file_are_told_at_once() -> None:
    text = """
        name: 示例局
        name: 示范局
        opened: 2026年3月31日
        ? [x]
        : y
        grades: {wang-fang: 差}
        zzz: "\\u202e"
    """
    keys = "name、opened、level、departments、id、head、is、from、to、led_by、office、tasks 等"
    assert faults(text, Unit) == (
        at(2, 1, "duplicate-key", "“name”写了两次：第 1 行和第 2 行", "保留正确的一个，删掉另一个（程序不会替你挑选）"),
        at(
            3,
            9,
            "bad-date",
            "“opened”：“2026年3月31日”不是合格的日期",
            "日期写成 年-月-日，如 2026-03-31（数字用半角，月和日各两位）；是不是 2026-03-31？",
        ),
        at(4, 3, "yaml-syntax", "键必须是一个词，不能是列表或映射", "检查这一行的括号和冒号"),
        at(6, 21, "bad-value", "“wang-fang”：“差”不在可选范围内", "可以写：好、较好"),
        at(7, 1, "unknown-key", "没有“zzz”这个键", f"多余就删掉；这种文件里可以写：{keys}"),
        at(
            7,
            6,
            "yaml-syntax",
            "双引号里的转义写出了控制字符或不可见字符",
            "去掉反斜杠开头的转义（如 \\x00、\\u202e），直接写文字",
        ),
    )


def test_what_pydantic_alone_can_say_is_still_told_with_its_place() -> None:
    class Body(Located):
        members: tuple[Line, ...] = Field(min_length=1)

    message = "“members”的值不合要求（too_short）"
    assert faults("members: []\n", Body) == (at(1, 1, "bad-value", message, "对照格式说明改正"),)
