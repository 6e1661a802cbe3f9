"""Single values: what becomes of a text in each kind of field. Nothing is guessed, nothing changes its type."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from pydantic import Field

from pingshi.diagnostics import Place, Problem, problem
from pingshi.source import Amount, Count, Day, Exact, Flag, Identifier, Line, Located, Prose, Symbol, load

PATH = "records/u/2026-Q1/ballots.yml"
FIELDS = ("line", "prose", "day", "number", "count", "flag", "person", "post")

DATE_HINT = "日期写成 年-月-日，如 2026-03-31（数字用半角，月和日各两位）"
NUMBER_HINT = "写成普通的数字，如 88 或 9.5（半角，不带单位、逗号和多余的零）"
COUNT_HINT = "写成 0、1、2 这样的整数（半角）"
FLAG_HINT = "“是”写 true，“否”写 false"
PERSON_HINT = "代号只用小写英文字母、数字和减号，如 wang-fang"
POST_HINT = "代号只用小写英文字母、数字、下划线和减号，如 section_head"
NAME_HINT = "这里写代号，不写姓名、名称（人员的代号是 people 里的文件名）；"
BLANK_HINT = "写上内容，或删掉这个键（如果它可以不写）"


class Sheet(Located):
    """One field of each kind; all may be left out."""

    line: Line | None = None
    prose: Prose | None = None
    day: Day | None = None
    number: Exact | None = None
    count: Count | None = None
    flag: Flag | None = None
    person: Identifier | None = None
    post: Symbol | None = None


class Required(Located):
    """The same, none of which may be left out."""

    line: Line
    prose: Prose
    day: Day
    number: Exact
    count: Count
    flag: Flag
    person: Identifier
    post: Symbol


def taken(field: str, written: str) -> object:
    """Return what a field makes of a text, or the problem."""
    sheet, problems = load(PATH, f"{field}: {written}\n".encode(), Sheet)
    if sheet is None:
        assert len(problems) == 1
        return problems[0]
    assert problems == []
    return getattr(sheet, field)


def refused(field: str, message: str, hint: str, code: str = "bad-value", column: int | None = None) -> Problem:
    """Make the problem of a field's value."""
    place = Place(PATH, 1, len(field) + 3 if column is None else column)
    return problem(place, code, f"“{field}”：{message}", hint)


# --- no text changes its type ----------------------------------------------------------

STRANGE = ("no", "yes", "on", "0123", "12:30:00", "2026-03-31", "1e3", "0x10", ".5", "1_000", "Null", "+1", "-.inf")


@pytest.mark.parametrize("written", STRANGE)
def test_what_yaml_would_turn_into_something_else_stays_the_text_that_it_is(written: str) -> None:
    assert taken("line", written) == taken("prose", written) == written


@pytest.mark.parametrize("written", STRANGE)
def test_a_number_is_only_what_looks_like_one(written: str) -> None:
    assert taken("number", written) == refused("number", f"“{written}”不是合格的数字", NUMBER_HINT)
    assert taken("count", written) == refused("count", f"“{written}”不是合格的整数", COUNT_HINT)


@pytest.mark.parametrize("written", [it for it in STRANGE if it != "2026-03-31"])
def test_a_day_is_only_what_looks_like_one(written: str) -> None:
    assert taken("day", written) == refused("day", f"“{written}”不是合格的日期", DATE_HINT, "bad-date")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        *[(it, "") for it in STRANGE if it not in ("no", "yes", "on")],
        *[("no", "false"), ("NO", "false"), ("off", "false"), ("否", "false")],
        *[("yes", "true"), ("Yes", "true"), ("on", "true"), ("是", "true")],
        *[("True", "true"), ("FALSE", "false"), ("1", ""), ("对", "")],
    ],
)
def test_a_flag_is_true_or_false_and_nothing_else(written: str, meant: str) -> None:
    hint = FLAG_HINT + (f"；这里是不是 {meant}？" if meant else "")
    assert taken("flag", written) == refused("flag", f"“{written}”既不是 true 也不是 false", hint)


@pytest.mark.parametrize("written", ["no", "0123", "1e3", "0x10", "2026-03-31", "true", "a", "-a-", "wang-fang2"])
def test_an_identifier_may_look_like_anything_that_yaml_knows(written: str) -> None:
    assert taken("person", written) == taken("post", written) == written


@pytest.mark.parametrize("written", ["12:30:00", ".5", "Wang-Fang", "wang fang", "wang.fang", "ｗang", "a/b", "é"])
def test_an_identifier_has_only_small_letters_digits_and_hyphens(written: str) -> None:
    assert taken("person", written) == refused("person", f"“{written}”不能作代号", PERSON_HINT)
    assert taken("post", written) == refused("post", f"“{written}”不能作代号", POST_HINT)


def test_whoever_writes_the_name_is_told_that_the_id_is_meant() -> None:
    assert taken("person", "王芳") == refused("person", "“王芳”不能作代号", NAME_HINT + PERSON_HINT)
    assert taken("post", "综合科") == refused("post", "“综合科”不能作代号", NAME_HINT + POST_HINT)


@pytest.mark.parametrize("written", ["wang-fang、zhao-lei", "wang-fang，zhao-lei", "【wang-fang】", "王芳、赵磊"])
def test_several_ids_in_one_are_told_how_a_list_is_written(written: str) -> None:
    hint = "几个代号写成 [wang-fang, …]，方括号和逗号用英文半角，不用“、”“【】”；"
    assert taken("person", written) == refused("person", f"“{written}”不能作代号", hint + PERSON_HINT)


def test_small_amounts_have_small_examples() -> None:
    class Times(Located):
        late: Amount

    _, blank = load(PATH, b"late:\n", Times)
    assert [(it.message, it.hint) for it in blank] == [("“late”没有填写", "写上数字，如 0 或 0.5")]
    _, wrong = load(PATH, "late: 两次\n".encode(), Times)
    hint = "写成普通的数字，如 0 或 0.5（半角，不带单位、逗号和多余的零）"
    assert [(it.message, it.hint) for it in wrong] == [("“late”：“两次”不是合格的数字", hint)]


def test_a_blank_flag_is_told_what_either_answer_means() -> None:
    class Sheet(Located):
        leader: Flag = Field(title="领导成员", description="领导写 true，其他人写 false。")

    _, problems = load(PATH, b"leader:\n", Sheet)
    says = ("“leader”（领导成员）没有填写", "写上 true 或 false：领导写 true，其他人写 false")
    assert [(it.message, it.hint) for it in problems] == [says]


def test_of_namesakes_the_one_that_is_blank_is_meant() -> None:
    class Inner(Located):
        secret: Flag = Field(title="这一项不公布")

    class Outer(Located):
        items: tuple[Inner, ...] = Field(title="各项")
        secret: Flag = Field(title="全部不公布")
        note: Line | None = Field(default=None, title="备注")

    _, problems = load(PATH, b"items:\n  - secret:\nsecret:\nnote: ''\n", Outer)
    assert [(it.message, it.hint) for it in problems] == [
        ("“secret”（这一项不公布）没有填写", "写上 true 或 false"),
        ("“secret”（全部不公布）没有填写", "写上 true 或 false"),
        ("“note”：这里是空的", "写上内容，或删掉这个键（如果它可以不写）"),
    ]


def test_an_underscore_may_stand_in_names_inside_files_but_not_in_those_of_files() -> None:
    assert taken("post", "section_head") == "section_head"
    assert taken("person", "wang_fang") == refused("person", "“wang_fang”不能作代号", PERSON_HINT)


# --- what is read ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "written", "value"),
    [
        ("day", "2026-03-31", date(2026, 3, 31)),
        ("day", "'2026-03-31'", date(2026, 3, 31)),
        ("day", "2028-02-29", date(2028, 2, 29)),
        ("number", "88", Fraction(88)),
        ("number", '"88"', Fraction(88)),
        ("number", "88.50", Fraction(177, 2)),
        ("number", "0.1", Fraction(1, 10)),
        ("number", "-3", Fraction(-3)),
        ("number", "0", Fraction(0)),
        ("number", "12345678901234567.89", Fraction(1234567890123456789, 100)),
        ("count", "0", 0),
        ("count", "999999999", 999999999),
        ("flag", "true", True),
        ("flag", "false", False),
        ("line", "' 王芳 '", "王芳"),
        ("line", '"王芳\\n"', "王芳"),
        ("line", "88", "88"),
        ("prose", '"一\\n\\n二\\n"', "一\n\n二"),
    ],
)
def test_a_value_as_the_format_wants_it_is_read_exactly(field: str, written: str, value: object) -> None:
    found = taken(field, written)
    assert (found, type(found)) == (value, type(value))


def test_a_score_is_never_a_binary_float() -> None:
    tenth, fifth = taken("number", "0.1"), taken("number", "0.2")
    assert isinstance(tenth, Fraction)
    assert isinstance(fifth, Fraction)
    assert tenth + fifth == taken("number", "0.3")


def test_values_that_are_already_of_their_type_are_kept() -> None:
    given = {"line": "a", "day": date(2026, 3, 31), "number": Fraction(19, 2), "count": 2, "flag": True}
    sheet = Sheet.model_validate(given)
    assert {key: getattr(sheet, key) for key in given} == given
    assert Sheet.model_validate({"number": 9}).number == Fraction(9)
    assert sheet.place == sheet.at("line") == Place("", 1, 1)


@pytest.mark.parametrize("written", ["88", "9.5", "-0.25", "0"])
def test_a_score_that_is_written_out_again_can_be_read_again(written: str) -> None:
    sheet, _ = load(PATH, f"number: {written}\n".encode(), Sheet)
    assert sheet is not None
    assert sheet.model_dump(mode="json")["number"] == written


# --- what is refused, and what is suggested --------------------------------------------


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026年3月31日", "2026-03-31"),
        ("2026 年 3 月 1 日", "2026-03-01"),
        ("２０２６-０３-３１", "2026-03-31"),
        ("２０２６年３月３１日", "2026-03-31"),
        ("2026/3/31", "2026-03-31"),
        ("2026.3.1", "2026-03-01"),
        ("2026-3-1", "2026-03-01"),
        ("20260331", "2026-03-31"),
        ("20261331", ""),
        ("２０２６１０１２", "2026-10-12"),
        ("3月31日", ""),
        ("26-03-31", ""),
        ("2026年2月30日", ""),
        ("1899年12月31日", ""),
        ("2026-03", ""),
        ("2026-03-31T00:00:00", ""),
        ("明天", ""),
    ],
)
def test_a_day_written_otherwise_is_refused_with_the_day_that_was_likely_meant(written: str, meant: str) -> None:
    hint = DATE_HINT + (f"；是不是 {meant}？" if meant else "")
    assert taken("day", written) == refused("day", f"“{written}”不是合格的日期", hint, "bad-date")


@pytest.mark.parametrize("written", ["2026-02-29", "2026-02-30", "2026-04-31", "2026-13-01", "2026-00-10"])
def test_a_day_that_does_not_exist_is_refused(written: str) -> None:
    assert taken("day", written) == refused("day", f"没有 {written} 这一天", "检查月份和日期", "bad-date")


@pytest.mark.parametrize("written", ["0000-01-01", "0202-03-31", "1026-03-31", "1899-12-31", "1899-02-30"])
def test_a_day_before_1900_is_a_slip_in_the_year(written: str) -> None:
    hint = "核对年份；最早写 1900 年"
    assert taken("day", written) == refused("day", f"{written} 的年份太早", hint, "bad-date")
    assert taken("day", "1900-01-01") == date(1900, 1, 1)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("８８", "88"),
        ("８８．５", "88.5"),
        ("88分", "88"),
        ("９分", "9"),
        ("1,000", "1000"),
        ("１，０００", "1000"),
        ("88％", ""),
        ("八十八", ""),
        ("088", ""),
        ("88.", ""),
        ("1/2", ""),
        ("123456789012345678901", ""),
    ],
)
def test_a_number_written_otherwise_is_refused_with_the_number_that_was_likely_meant(written: str, meant: str) -> None:
    hint = NUMBER_HINT + (f"；是不是 {meant}？" if meant else "")
    assert taken("number", written) == refused("number", f"“{written}”不是合格的数字", hint)


@pytest.mark.parametrize("written", ["２", "2次", "-1", "1.0", "1000000000", "二"])
def test_a_count_is_a_small_whole_number(written: str) -> None:
    assert taken("count", written) == refused("count", f"“{written}”不是合格的整数", COUNT_HINT)


def test_a_line_is_one_line() -> None:
    assert taken("line", '"一\\n二"') == refused("line", "这里只能写一行文字", "把几行并成一行")


@pytest.mark.parametrize("written", ["''", '"  "', '"\\n"', "' '"])
def test_quoted_emptiness_is_no_text(written: str) -> None:
    assert taken("line", written) == refused("line", "这里是空的", BLANK_HINT, "missing-key")
    assert taken("prose", written) == refused("prose", "这里是空的", BLANK_HINT, "missing-key")
    _, problems = load(PATH, f"line: {written}\n".encode(), Required)
    assert problems[0].hint == "写上内容"


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("written", ["", "~", "null"])
def test_an_optional_key_may_be_left_blank(field: str, written: str) -> None:
    assert taken(field, written) is None


@pytest.mark.parametrize("written", ["", "~", "null"])
def test_a_required_key_may_not_be_left_blank(written: str) -> None:
    asked = {
        "line": "一行文字",
        "prose": "文字",
        "day": "日期，如 2026-03-31",
        "number": "数字，如 88 或 9.5",
        "count": "整数，如 2",
        "flag": " true 或 false",
        "person": "代号，如 wang-fang",
        "post": "代号，如 section_head",
    }
    made, problems = load(PATH, "".join(f"{field}: {written}\n" for field in FIELDS).encode(), Required)
    assert made is None
    assert problems == [
        problem(
            Place(PATH, line, 1),
            "missing-key",
            f"“{field}”没有填写",
            f"写上{asked[field]}",
        )
        for line, field in enumerate(FIELDS, 1)
    ]


@pytest.mark.parametrize(("written", "kind"), [("[]", "列表"), ("[a]", "列表"), ("{}", "映射（键: 值）")])
def test_a_list_or_a_mapping_is_no_value(written: str, kind: str) -> None:
    assert taken("line", written) == refused("line", f"这里应是一行文字，写成了{kind}", "改写成一行文字", column=1)
    message = f"这里应是日期，如 2026-03-31，写成了{kind}"
    assert taken("day", written) == refused("day", message, "改写成日期，如 2026-03-31", column=1)
    message = f"这里应是数字，如 88 或 9.5，写成了{kind}"
    assert taken("number", written) == refused("number", message, "改写成数字，如 88 或 9.5", column=1)


@pytest.mark.parametrize(
    ("field", "code", "message", "hint"),
    [
        ("number", "bad-value", "不是合格的数字", NUMBER_HINT),
        ("count", "bad-value", "不是合格的整数", COUNT_HINT),
        ("flag", "bad-value", "既不是 true 也不是 false", FLAG_HINT),
        ("person", "bad-value", "不能作代号", NAME_HINT + PERSON_HINT),
        ("post", "bad-value", "不能作代号", NAME_HINT + POST_HINT),
        ("day", "bad-date", "不是合格的日期", DATE_HINT),
    ],
)
def test_a_message_repeats_thirty_characters_of_a_value_and_no_more(
    field: str, code: str, message: str, hint: str
) -> None:
    assert taken(field, "好" * 50_000 + "/") == refused(field, f"“{'好' * 30}”{message}", hint, code)
