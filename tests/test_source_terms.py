"""Values that change over time: a value, or a list of `{is, from, to}`, and what holds on which day."""

from __future__ import annotations

from datetime import date

import pytest

from pingshi.diagnostics import Place, Problem, arranged, problem
from pingshi.source import Identifier, Line, Located, Symbol, Terms, held, load, terms_faults

PATH = "records/u/unit.yml"
PERSON = "代号只用小写英文字母、数字和减号，如 wang-fang"
COLON = "冒号用英文半角，后面加一个空格"


class Department(Located):
    """A department, whose head may change."""

    id: Symbol
    name: Line
    head: Terms[Identifier] = ()


def at(line: int, column: int, code: str, message: str, hint: str) -> Problem:
    """Make the problem that is expected."""
    return problem(Place(PATH, line, column), code, message, hint)


def faults(text: str) -> tuple[Problem, ...]:
    """Return the problems of a department that can't be loaded, in order."""
    made, problems = load(PATH, text.encode(), Department)
    assert made is None
    return arranged(problems)


def heads(head: str) -> Department:
    """Return a department with this head."""
    made, problems = load(PATH, f"id: hall\nname: 窗口\nhead: {head}\n".encode(), Department)
    assert problems == []
    assert made is not None
    return made


def test_a_value_alone_holds_always() -> None:
    department = heads("he-jun")
    assert [held(department.head, day) for day in (date(1, 1, 1), date(2026, 3, 31), date(9999, 12, 31))] == [
        "he-jun"
    ] * 3
    assert department.head[0].place == department.head[0].at("is") == Place(PATH, 3, 7)


@pytest.mark.parametrize(
    ("day", "head"),
    [
        (date(1, 1, 1), "he-jun"),
        (date(2026, 1, 31), "he-jun"),
        (date(2026, 2, 1), "sun-li"),
        (date(2026, 3, 31), "sun-li"),
        (date(2026, 4, 1), None),
        (date(2026, 4, 30), None),
        (date(2026, 5, 1), "ma-xiao"),
        (date(9999, 12, 31), "ma-xiao"),
    ],
)
def test_a_term_holds_on_its_first_and_on_its_last_day(day: date, head: str | None) -> None:
    terms = heads(
        "[{is: he-jun, to: 2026-01-31}, {is: sun-li, from: 2026-02-01, to: 2026-03-31},"
        " {is: ma-xiao, from: 2026-05-01}]"
    ).head
    assert (held(terms, day), terms_faults(terms)) == (head, [])


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("he-jun", []),
        ("[{is: a, from: 2026-01-01, to: 2026-01-01}, {is: b, from: 2026-01-02}]", []),
        ("[{is: b, from: 2026-02-01}, {is: a, to: 2026-01-31}]", []),
        ("[{is: a, from: 2026-02-01, to: 2026-01-31}]", ["任期从 2026-02-01 到 2026-01-31，结束早于开始"]),
        (
            "[{is: a, to: 2026-02-01}, {is: b, from: 2026-02-01}]",
            ["两段任期重叠：一段到 2026-02-01，另一段从 2026-02-01 开始"],
        ),
        ("[{is: a}, {is: b}]", ["两段任期重叠：一段到 现在，另一段从 最初 开始"]),
        (
            "[{is: a, from: 2026-01-01}, {is: b, from: 2026-03-01}]",
            ["两段任期重叠：一段到 现在，另一段从 2026-03-01 开始"],
        ),
        (
            "[{is: a, to: 2026-12-31}, {is: b, from: 2026-02-01, to: 2026-02-05}, {is: c, from: 2026-03-01}]",
            [
                "两段任期重叠：一段到 2026-12-31，另一段从 2026-02-01 开始",
                "两段任期重叠：一段到 2026-12-31，另一段从 2026-03-01 开始",
            ],
        ),
    ],
)
def test_terms_that_overlap_or_end_before_they_begin_are_faulty(head: str, said: list[str]) -> None:
    assert terms_faults(heads(head).head) == said


def test_within_a_term_every_key_is_checked() -> None:
    text = "id: hall\nname: 窗口\nhead: [{is: A, since: 2026-01-01}, {from: 2026-13-01}, {is: a, to: }]\n"
    keys = "多余就删掉；这种文件里可以写：id、name、head、is、from、to"
    assert faults(text) == (
        at(3, 13, "bad-value", "“is”：“A”不能作代号", PERSON),
        at(3, 16, "unknown-key", "没有“since”这个键", keys),
        at(3, 36, "missing-key", "缺少“is”", f"补上“is: …”；{COLON}"),
        at(3, 43, "bad-date", "“from”：没有 2026-13-01 这一天", "检查月份和日期"),
    )


@pytest.mark.parametrize(
    ("head", "message", "hint"),
    [
        ("He-Jun", "“head”：“He-Jun”不能作代号", PERSON),
        ("[he-jun, sun-li]", "“head”：这里应是代号，如 wang-fang，写成了列表", "改写成代号，如 wang-fang"),
        ("{is: he-jun}", "“head”：这里应是代号，如 wang-fang，写成了映射（键: 值）", "改写成代号，如 wang-fang"),
    ],
)
def test_a_value_without_terms_is_called_by_the_key_that_was_written(head: str, message: str, hint: str) -> None:
    (found,) = faults(f"id: hall\nname: 窗口\nhead: {head}\n")
    assert (found.place.path, found.place.line) == (PATH, 3)
    assert (found.code, found.message, found.hint) == ("bad-value", message, hint)
