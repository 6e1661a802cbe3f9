"""Nothing that somebody wrote is lost in silence: text taken for a comment is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pingshi.source import Line, Located, load

if TYPE_CHECKING:
    from pingshi.diagnostics import Problem

HINT = "空格加 # 后面的字，程序当作说明：是内容就给整段文字加上英文双引号；确是说明，在 # 后面加一个空格"


class Note(Located):
    """A note for these cases."""

    says: Line
    more: tuple[Line, ...] = ()
    blank: Line | None = None


def told(text: str) -> tuple[Note | None, list[Problem]]:
    return load("n.yml", text.encode(), Note)


@pytest.mark.parametrize(
    ("text", "lost", "line", "column"),
    [
        ("says: 完成项目 #3 号地块审批\n", "#3 号地块审批", 1, 12),
        ("says: x\nmore:\n  - 一\n  - 二 #2\n", "#2", 4, 7),
        ("says: x\nblank: #1 不足\n", "#1 不足", 2, 8),
        ("says: x\nmore: [一, 二 #2\n  ]\n", "#2", 2, 13),
    ],
)
def test_text_behind_a_space_and_a_hash_is_told_as_lost(text: str, lost: str, line: int, column: int) -> None:
    made, problems = told(text)
    assert made is not None
    assert [(it.code, it.severity, it.message, it.hint, it.place.line, it.place.column) for it in problems] == [
        ("not-counted", "warning", f"“{lost}”被当作说明，没有读进来", HINT, line, column)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "says: x # 说明\n",
        "# 说明\nsays: x\n#说明\n",
        "says: x #\n",
        "says: x ## 标题\n",
        'says: "完成项目 #3 号地块"\n',
        "says: '完成项目 #3 号地块'\n",
        "says: >-\n  完成项目 #3 号地块\n",
        "says: C#语言\n",
        "more: #这一行的说明在列表前面\n  - 一\nsays: x\n",
    ],
)
def test_comments_and_text_that_is_read_are_not(text: str) -> None:
    made, problems = told(text)
    assert made is not None
    assert problems == []


def test_a_required_value_that_was_swallowed_whole_is_told_as_missing_and_why() -> None:
    made, problems = told("says: #1 不足\n")
    assert made is None
    assert [it.code for it in problems] == ["not-counted", "missing-key"]
