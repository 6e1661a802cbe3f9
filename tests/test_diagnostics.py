"""What is done with problems once they are found: order, text, JSON, and what forges show beside a pull request."""

from __future__ import annotations

import json

import pytest

from pingshi.diagnostics import (
    CODES,
    Place,
    Problem,
    arranged,
    as_github,
    as_gitlab,
    as_text,
    has_errors,
    problem,
)

PATH = "records/u/2026-Q1/summaries/wang-fang.yml"
UNKNOWN = problem(Place(PATH, 3, 1), "unknown-key", "没有“wrok”这个键", "是不是“work”？")
LATE = problem(Place(PATH, 1, 1), "late", "晚了 2 天", "尽快补上", clause="B11")

#: Design §6, contract; `quota-exceeded` and `grade-not-allowed` may be lowered case by case.
ERRORS = (
    "yaml-syntax duplicate-key alias tag not-utf8 too-large symlink misplaced-file unknown-key missing-key bad-value "
    "bad-date wrong-period unknown-person unknown-scheme unknown-indicator score-out-of-range quota-exceeded "
    "grade-not-allowed reason-missing not-consulted publicity-too-short"
)
WARNINGS = "missing-rating missing-record missing-follow-up late tie-at-quota"


def shown(line: str | None, column: int) -> list[str]:
    """Return the lines of text for a problem in this column of this line, but its first and last."""
    text = as_text([problem(Place("f.yml", 1, column), "bad-value", "不对", "改正")], lambda _: line)
    head, *middle, hint = text.removesuffix("\n").split("\n")
    assert (head, hint) == (f"f.yml:1:{column}: 错误 [bad-value] 不对", "    → 改正")
    return middle


# --- what a problem is -----------------------------------------------------------------


def test_every_code_of_the_contract_has_its_severity() -> None:
    usual = {code: severity for code, (severity, _) in CODES.items()}
    assert {code for code in usual if usual[code] == "error"} == set(ERRORS.split())
    assert {code for code in usual if usual[code] == "warning"} >= set(WARNINGS.split())
    assert all(says for _, says in CODES.values())


def test_a_code_that_is_not_listed_cannot_be_used() -> None:
    with pytest.raises(KeyError):
        problem(Place(PATH), "no-such-code", "…", "…")


def test_a_problem_has_the_severity_of_its_code_unless_another_is_given() -> None:
    place = Place(PATH)
    assert problem(place, "quota-exceeded", "…", "…").severity == "error"
    assert problem(place, "quota-exceeded", "…", "…", severity="warning").severity == "warning"
    assert problem(place, "late", "…", "…").severity == "warning"


def test_only_errors_are_errors() -> None:
    assert has_errors([LATE, UNKNOWN])
    assert not has_errors([LATE])
    assert not has_errors([])


def test_a_place_is_cited_by_path_and_line() -> None:
    assert str(Place(PATH, 12, 3)) == f"{PATH}:12"


def test_problems_are_told_once_and_in_the_order_of_their_places() -> None:
    def at(path: str, line: int, column: int, code: str = "bad-value", message: str = "a") -> Problem:
        return problem(Place(path, line, column), code, message, "…")

    expected = (
        at("a.yml", 2, 1),
        at("a.yml", 2, 3),
        at("a.yml", 2, 10, "bad-date", "z"),
        at("a.yml", 2, 10, "bad-value", "a"),
        at("a.yml", 2, 10, "bad-value", "b"),
        at("a.yml", 10, 1),
        at("b.yml", 1, 1),
    )
    assert arranged([*reversed(expected), *expected]) == expected


def test_two_problems_that_differ_only_in_clause_or_hint_are_both_told_in_order() -> None:
    place = Place(PATH)
    expected = (
        problem(place, "late", "晚了", "甲"),
        problem(place, "late", "晚了", "乙", clause="B11"),
        problem(place, "late", "晚了", "丙", clause="B6"),
        problem(place, "late", "晚了", "乙", clause="B6"),
    )
    assert arranged(reversed(expected)) == (expected[0], expected[1], *sorted(expected[2:], key=lambda it: it.hint))


# --- text ------------------------------------------------------------------------------


def test_the_text_shows_the_line_and_what_to_do() -> None:
    lines = {1: "political: 好", 3: "wrok: []"}
    assert as_text([LATE, UNKNOWN], lambda place: lines[place.line]) == (
        f"{PATH}:1:1: 提醒 [late] 晚了 2 天（依据 B11）\n"
        "    political: 好\n"
        "    ^\n"
        "    → 尽快补上\n"
        "\n"
        f"{PATH}:3:1: 错误 [unknown-key] 没有“wrok”这个键\n"
        "    wrok: []\n"
        "    ^\n"
        "    → 是不是“work”？\n"
    )


def test_without_problems_there_is_no_text() -> None:
    assert as_text([], lambda _: "a") == ""


@pytest.mark.parametrize("line", [None, "", "   ", "\n"])
def test_where_there_is_nothing_to_show_nothing_is_shown(line: str | None) -> None:
    assert shown(line, 1) == []


def test_the_caret_stands_under_its_character_where_those_before_it_are_wide() -> None:
    assert shown("王芳: 88分\n", 5) == ["    王芳: 88分", "    \u3000\u3000  ^"]
    assert shown("a: “好”", 5) == ["    a: “好”", "        ^"]  # quotation marks are narrow on a terminal
    assert shown("a: “好”", 6) == ["    a: “好”", "        \u3000^"]
    assert shown("ａ：好", 4) == ["    ａ：好", "    \u3000\u3000\u3000^"]
    assert shown("  - {grade: 好}", 6) == ["      - {grade: 好}", "         ^"]


def test_a_caret_beyond_the_line_stands_at_its_end() -> None:
    assert shown("a: 好\r\n", 99) == ["    a: 好", "       \u3000^"]


@pytest.mark.parametrize(
    ("column", "first", "caret"),
    [
        (1, 1, 0),
        (50, 1, 49),
        (51, 1, 50),
        (52, 2, 50),
        (120, 70, 50),
        (250, 200, 49 + 1),
        (251, 201, 50),
        (300, 201, 99),
        (301, 201, 100),
    ],
)
def test_of_a_long_line_a_hundred_characters_around_the_place_are_shown(column: int, first: int, caret: int) -> None:
    line = "".join(chr(ord("a") + i % 26) for i in range(300))
    assert shown(line, column) == ["    " + line[first - 1 : first + 99], "    " + " " * caret + "^"]


def test_a_line_of_a_hundred_characters_is_shown_in_full() -> None:
    assert shown("a" * 100, 100) == ["    " + "a" * 100, "    " + " " * 99 + "^"]


def test_characters_that_cannot_be_seen_are_made_visible() -> None:
    assert shown("na\u202eme: a\u200b\x00\tb\r\n", 1) == ["    na⟨U+202E⟩me: a⟨U+200B⟩⟨U+0000⟩⟨U+0009⟩b", "    ^"]


def test_the_caret_follows_what_was_made_visible_before_it() -> None:
    assert shown("opened:\t2026-02-30", 9) == ["    opened:⟨U+0009⟩2026-02-30", "    " + " " * 15 + "^"]
    assert shown("na\u202eme: a", 3) == ["    na⟨U+202E⟩me: a", "      ^"]


def test_neither_a_path_nor_a_message_can_forge_a_line_of_the_report() -> None:
    forged = problem(Place("records/u/x\n好.yml"), "misplaced-file", "文件名“x\n好\u202e.yml”不合规定", "改名\x1b[2J")
    assert as_text([forged], lambda _: None) == (
        "records/u/x⟨U+000A⟩好.yml:1:1: 错误 [misplaced-file] 文件名“x⟨U+000A⟩好⟨U+202E⟩.yml”不合规定\n"
        "    → 改名⟨U+001B⟩[2J\n"
    )


# --- for programs ----------------------------------------------------------------------


def test_the_json_form_is_that_of_the_contract() -> None:
    expected = {
        "path": PATH,
        "line": 3,
        "column": 1,
        "code": "unknown-key",
        "severity": "error",
        "clause": None,
        "message": "没有“wrok”这个键",
        "hint": "是不是“work”？",
    }
    assert UNKNOWN.as_json() == expected
    assert list(UNKNOWN.as_json()) == list(expected)
    assert (LATE.as_json()["clause"], LATE.as_json()["severity"]) == ("B11", "warning")


def test_github_is_told_in_workflow_commands() -> None:
    assert as_github([LATE, UNKNOWN]) == (
        f"::warning file={PATH},line=1,col=1,title=late B11::晚了 2 天 尽快补上\n"
        f"::error file={PATH},line=3,col=1,title=unknown-key::没有“wrok”这个键 是不是“work”？\n"
    )
    assert as_github([]) == ""


def test_nothing_in_a_problem_can_give_github_a_command_of_its_own() -> None:
    forged = problem(Place("a,b:c%0A\n::x.yml", 2, 3), "bad-value", "50%\r\n::error::x, y: z", "改\n正")
    assert as_github([forged]) == (
        "::error file=a%2Cb%3Ac%250A%0A%3A%3Ax.yml,line=2,col=3,title=bad-value::50%25%0D%0A::error::x, y: z 改%0A正\n"
    )


def test_gitlab_gets_a_code_quality_report() -> None:
    report = json.loads(as_gitlab([LATE, UNKNOWN]))
    prints = [entry.pop("fingerprint") for entry in report]
    assert report == [
        {
            "description": "晚了 2 天 尽快补上",
            "check_name": "late",
            "severity": "minor",
            "location": {"path": PATH, "lines": {"begin": 1}},
        },
        {
            "description": "没有“wrok”这个键 是不是“work”？",
            "check_name": "unknown-key",
            "severity": "major",
            "location": {"path": PATH, "lines": {"begin": 3}},
        },
    ]
    assert all(len(it) == 64 and set(it) <= set("0123456789abcdef") for it in prints)
    assert "晚了" in as_gitlab([LATE])
    assert as_gitlab([]) == "[]\n"


def test_gitlab_knows_a_problem_again_after_lines_were_added_above_it() -> None:
    moved = problem(Place(PATH, 30, 1), UNKNOWN.code, UNKNOWN.message, UNKNOWN.hint)
    prints = [json.loads(as_gitlab([it]))[0]["fingerprint"] for it in (UNKNOWN, moved, LATE)]
    assert prints[0] == prints[1] != prints[2]


def test_gitlab_can_tell_two_equal_problems_of_a_file_apart() -> None:
    again = problem(Place(PATH, 30, 1), UNKNOWN.code, UNKNOWN.message, UNKNOWN.hint)
    report = json.loads(as_gitlab([UNKNOWN, again]))
    assert report[0]["fingerprint"] != report[1]["fingerprint"]
