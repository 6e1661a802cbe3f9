"""The mistakes that people make when they type a record: each is told in plain Chinese, with what to do.

The whole of what `pingshi check` prints for each stands in `golden/mistakes.txt`;
`PINGSHI_BLESS=1 pytest tests/test_mistakes.py` rewrites it: read the difference aloud.
"""

from __future__ import annotations

import blessed
import pytest
from office import ROOT, Office

from pingshi.diagnostics import as_text
from pingshi.grading import check_repository
from pingshi.records import take

GOLDEN = ROOT / "tests" / "golden" / "mistakes.txt"
PERSON, FACTS = "people/wang-fang.yml", "facts/wang-fang.yml"
SUMMARY, REVIEW = "2026-Q1/summaries/wang-fang.yml", "2026-Q1/reviews/liu-yang.yml"
DETERMINATION = "2026-Q1/determination.yml"
RIGHT = {
    PERSON: """\
name: 王芳
department: hall
post: staff
category: civil_servant
leader: false
joined: 2019-07-01
""",
    FACTS: """\
- {kind: leave, type: sick, from: 2026-01-05, to: 2026-01-07}
""",
    SUMMARY: """\
political: 学习
work:
  - task: 窗口受理
    result: 办结 120 件
    classified: false
discipline: 遵守
achievements: 无差错
shortcomings: 不足
improvements: 改进
classified: false
""",
    REVIEW: """\
role: supervising_leader
people:
  wang-fang:
    scores: {politics: 9, ethics: 9.5, style: 9, integrity: 9, attendance: 9, duty: 13, quality: 13}
    comment: 踏实
""",
    DETERMINATION: """\
decided_on: 2026-04-02
meeting: 第6次会议
consulted: {discipline_inspection: {on: 2026-04-01, outcome: no_objection}}
grades:
  wang-fang: {grade: 较好, reason: 会议议定}
""",
}

OTHER = "=======\ndiscipline: 守纪\n>>>>>>> main\n"
#: What was done wrong, in which file, and what was typed in the place of what.
MISTAKES: tuple[tuple[str, str, str, str], ...] = (
    ("日期用点分开", DETERMINATION, "2026-04-02", "2026.4.2"),
    ("日期写成年月日", DETERMINATION, "2026-04-02", "2026年4月2日"),
    ("没有这一天", DETERMINATION, "2026-04-02", "2026-04-31"),
    ("键后面是全角冒号", SUMMARY, "discipline:", "discipline："),
    ("冒号后面没有空格", SUMMARY, "discipline: 遵守", "discipline:遵守"),
    ("数字是全角的", REVIEW, "ethics: 9.5", "ethics: ９.５"),
    ("分数带了单位", REVIEW, "politics: 9,", "politics: 9分,"),
    ("分数超过满分", REVIEW, "politics: 9,", "politics: 19,"),
    ("逗号是全角的", REVIEW, "politics: 9, ethics", "politics: 9， ethics"),
    ("用 Tab 缩进", SUMMARY, "  - task", "\t- task"),
    ("横线后面没有空格", SUMMARY, "  - task", "  -task"),
    ("缩进没有对齐", SUMMARY, "    result:", "   result:"),
    ("少了一个引号", SUMMARY, "political: 学习", 'political: "学习'),
    ("Word 的引号括住词", SUMMARY, "classified: false\ndiscipline", "classified: “false”\ndiscipline"),
    ("Word 的引号括住句子", SUMMARY, "political: 学习", "political: “学习: 三次”"),
    ("文字里有英文冒号加空格", SUMMARY, "achievements: 无差错", "achievements: 一季度: 无差错"),
    ("是否写成汉字", SUMMARY, "classified: false\ndiscipline", "classified: 否\ndiscipline"),
    ("没有填写", SUMMARY, "discipline: 遵守", "discipline:"),
    ("键拼错了", SUMMARY, "shortcomings", "shortcoming"),
    ("同一个键写了两次", SUMMARY, "discipline: 遵守", "discipline: 遵守\ndiscipline: 守纪"),
    ("合并冲突的标记没有清掉", SUMMARY, "discipline: 遵守\n", f"<<<<<<< HEAD\ndiscipline: 遵守\n{OTHER}"),
    ("另存时带了 BOM", SUMMARY, "political", "\ufeffpolitical"),
    ("等次写成英文", DETERMINATION, "较好", "good"),
    ("等次写错了字", DETERMINATION, "较好", "良好"),
    ("人写错了", REVIEW, "wang-fang", "wang-fan"),
    ("指标写错了", REVIEW, "quality", "qualty"),
    ("类别写成汉字", PERSON, "civil_servant", "公务员"),
    ("科室写错了", PERSON, "hall", "hal"),
    ("岗位写错了", PERSON, "staff", "clerk"),
    ("请假的起止颠倒", FACTS, "2026-01-07", "2026-01-01"),
    ("事实的种类大写了", FACTS, "leave", "Leave"),
    ("列表漏了横线", FACTS, "- {", "{"),
)
#: Faultless files in the wrong place: where the file went.
MISPLACED: tuple[tuple[str, str, str], ...] = (
    ("文件夹的名字少了复数", SUMMARY, "2026-Q1/summary/wang-fang.yml"),
    ("周期的文件夹写错了", SUMMARY, "2026Q1/summaries/wang-fang.yml"),
    ("周期写成汉字", SUMMARY, "2026年第一季度/summaries/wang-fang.yml"),
    ("月份少了一位", FACTS, "2026-1/reports/wang-fang.yml"),
    ("放错了文件夹", SUMMARY, "2026-Q1/reports/wang-fang.yml"),
    ("扩展名写错了", SUMMARY, "2026-Q1/summaries/wang-fang.yaml"),
    ("文件名用了大写", SUMMARY, "2026-Q1/summaries/Wang-Fang.yml"),
    ("文件名里的人写错了", SUMMARY, "2026-Q1/summaries/wang-fnag.yml"),
)


def office(path: str, data: bytes) -> Office:
    """An office in which everything is right but one file."""
    made = Office(staff="wang-fang")
    made.person("wang-fang", name="王芳")
    made.files[f"records/u/{path}"] = data
    return made


def told(path: str, data: bytes) -> str:
    """Return what is printed about one file."""
    snapshot = take(office(path, data).blobs)
    found = [it for it in check_repository(snapshot) if it.place.path == f"records/u/{path}" and it.severity == "error"]
    return as_text(found, snapshot.line)


def everything() -> dict[str, str]:
    """Return what is printed about each mistake."""
    said = {}
    for what, path, right, wrong in MISTAKES:
        assert right in RIGHT[path], what
        said[what] = told(path, RIGHT[path].replace(right, wrong).encode())
    for what, path, to in MISPLACED:
        said[what] = told(to, RIGHT[path].encode())
    said["另存成 GBK 编码"] = told(SUMMARY, RIGHT[SUMMARY].encode("gbk"))
    return said


def test_every_mistake_is_told_as_it_was_read_and_approved() -> None:
    said = "".join(f"== {what}\n{text}\n" for what, text in everything().items())
    blessed.same(GOLDEN, said, "tests/test_mistakes.py")


def test_there_are_more_than_forty_and_each_has_a_message_and_a_hint() -> None:
    said = everything()
    assert len(said) > 40
    for what, text in said.items():
        assert "错误 [" in text, what
        assert "    → " in text, what


@pytest.mark.parametrize("path", sorted(RIGHT))
def test_what_is_right_is_right(path: str) -> None:
    assert told(path, RIGHT[path].encode()) == ""


@pytest.mark.parametrize("path", sorted(RIGHT))
def test_the_line_ends_of_windows_are_no_mistake(path: str) -> None:
    assert told(path, RIGHT[path].replace("\n", "\r\n").encode()) == ""
