"""The public site as the public reads it: notices, rosters and the wording of each stage."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from canaries import SCHEMES, private_office, takes_part
from office import Office
from sites import build
from telling import SUMMARY, file_summaries, publish, rate
from variants import book_of

if TYPE_CHECKING:
    from pathlib import Path

TITLES = {
    "baishan-audit": "白山市审计局公务员平时考核工作方案",
    "zhangdian-stats": "张店区统计局公务员平时考核实施方案",
    "chaoyang-ecology": "朝阳市生态环境局公务员平时考核实施方案",
    "qufu-approval": "曲阜市行政审批服务局机关事业单位工作人员平时考核工作方案",
    "city-drc": "市发展改革委日常考核工作方案（试行）",
}
BACK, DATES = "2026年第一季度", "2026年4月13日至2026年4月17日"
BEFORE, FIRST, LAST, AFTER = "2026-04-12", "2026-04-13", "2026-04-17", "2026-04-18"
INTENDED = "拟确定赵一鸣同志2026年第一季度{}为“好”等次，现予公示。"
ORDER = "名单按科室排列，同一科室的不分先后。"
ASK = "公示期间如有异议，请向综合科王科长反映，联系电话：0000-8899。"
ASK_OPEN = "如有疑问，请与综合科王科长联系，电话：0000-8899。"
LIST = ["序号 ¦ 姓名 ¦ 科室", "1 ¦ 赵一鸣 ¦ 窗口服务科"]
SIGNED = ["示例局", "2026年4月13日"]


def notice(scheme: str, tmp_path: Path, on: str = FIRST) -> list[str]:
    """Return the lines of a scheme's notice of 2026-Q1, whose publicity lasts from 13 to 17 April."""
    return build(private_office(scheme)[0], tmp_path / "site", on).page("u/2026-Q1/notice.html").lines


@pytest.mark.clause("Q8")
def test_the_notice_of_qufu_says_that_a_decision_is_intended_and_asks_for_objections(tmp_path: Path) -> None:
    assert notice("qufu-approval", tmp_path) == [
        "示例局关于2026年第一季度平时考核“好”等次人员的公示",
        BACK,
        f"根据《{TITLES['qufu-approval']}》，经领导班子研究，{INTENDED.format('平时考核')}",
        *LIST,
        ORDER,
        f"公示时间：{DATES}。",
        ASK,
        *SIGNED,
    ]


@pytest.mark.clause("D10")
def test_the_notice_of_drc_speaks_of_its_daily_assessment_and_of_who_decides_there(tmp_path: Path) -> None:
    assert notice("city-drc", tmp_path) == [
        "示例局关于2026年第一季度日常考核“好”等次人员的公示",
        BACK,
        f"根据《{TITLES['city-drc']}》，经主要负责同志研究，{INTENDED.format('日常考核')}",
        *LIST,
        ORDER,
        f"公示时间：{DATES}。",
        ASK,
        *SIGNED,
    ]


@pytest.mark.clause("B8", "C10")
@pytest.mark.parametrize(
    ("scheme", "decided_by"),
    [("baishan-audit", "领导班子"), ("chaoyang-ecology", "领导班子、分管领导按权限")],
    ids=["baishan", "chaoyang"],
)
def test_baishan_and_chaoyang_make_the_good_grades_open_as_decided(
    scheme: str, decided_by: str, tmp_path: Path
) -> None:
    """In Chaoyang the supervising leader decides for whoever is no section head (C8)."""
    lines = notice(scheme, tmp_path)
    assert lines == [
        "示例局关于2026年第一季度平时考核“好”等次人员名单的通报",
        BACK,
        f"根据《{TITLES[scheme]}》，经{decided_by}审定，确定赵一鸣同志2026年第一季度平时考核为“好”等次，现予公布。",
        *LIST,
        ORDER,
        f"公开时间：{DATES}。",
        ASK_OPEN,
        *SIGNED,
    ]
    assert "公示" not in "".join(lines)


@pytest.mark.clause("Z12")
def test_zhangdian_makes_everybodys_grade_known(tmp_path: Path) -> None:
    assert notice("zhangdian-stats", tmp_path) == [
        "示例局关于2026年第一季度平时考核结果的公示",
        BACK,
        f"根据《{TITLES['zhangdian-stats']}》，经领导班子审核，现将2026年第一季度平时考核结果予以公示，接受监督。",
        "序号 ¦ 姓名 ¦ 科室 ¦ 等次",
        "1 ¦ 赵一鸣 ¦ 窗口服务科 ¦ 好",
        "2 ¦ 钱二虎 ¦ 窗口服务科 ¦ 较好",
        "3 ¦ 孙三省 ¦ 窗口服务科 ¦ 一般",
        "4 ¦ 李四维 ¦ 窗口服务科 ¦ 较差",
        "名单按等次和科室排列，同一等次的不分先后。",
        f"公示时间：{DATES}。",
        ASK,
        *SIGNED,
    ]


@pytest.mark.clause("Z7")
def test_zhangdian_makes_summaries_known_but_for_what_is_classified(tmp_path: Path) -> None:
    """钱二虎's whole summary is classified; each of the others holds one classified piece of work."""
    site = build(private_office("zhangdian-stats")[0], tmp_path / "site")
    shown = {path: page for path, page in site.pages().items() if "/summaries/" in path}
    assert [page.lines[0] for page in shown.values()] == [
        f"{name}2026年第一季度个人小结" for name in ("周五常", "孙三省", "李四维", "赵一鸣")
    ]
    assert [page.lines[2:] for page in shown.values()] == 4 * [
        [
            "示例局窗口服务科",
            *("政治思想", "公布的summary political"),
            *("工作表现", "公布的summary task：公布的summary result"),
            *("遵规守纪", "公布的summary discipline"),
            *("主要成绩", "公布的summary achievements"),
            *("存在不足", "公布的summary shortcomings"),
            *("改进措施", "公布的summary improvements"),
        ]
    ]


@pytest.mark.parametrize("scheme", [it for it in SCHEMES if it != "zhangdian-stats"])
def test_where_the_scheme_does_not_order_it_no_summary_is_published(scheme: str, tmp_path: Path) -> None:
    site = build(private_office(scheme)[0], tmp_path / "site")
    assert [path for path in site.files if "summaries" in path] == []
    assert "个人小结" not in "".join(site.page("u/2026-Q1/index.html").lines)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_roster_tells_nobody_apart(scheme: str, tmp_path: Path) -> None:
    """Everybody who takes part, graded or not, by name and department alone, in no order of merit."""
    people = sorted(takes_part(scheme), key=["周五常", "孙三省", "李四维", "赵一鸣", "钱二虎"].index)
    assessment = "日常考核" if scheme == "city-drc" else "平时考核"
    assert build(private_office(scheme)[0], tmp_path / "site").page("u/2026-Q1/roster.html").lines == [
        f"示例局2026年第一季度{assessment}参加人员名册",
        BACK,
        f"共{len(people)}人，按科室排列，排名不分先后。",
        "序号 ¦ 姓名 ¦ 科室",
        *(f"{number} ¦ {name} ¦ 窗口服务科" for number, name in enumerate(people, 1)),
    ]


@pytest.mark.parametrize(
    ("scheme", "on", "says", "told"),
    [
        ("qufu-approval", BEFORE, "结果即将公示", "结果将按方案公示，届时可在这里查看。"),
        ("qufu-approval", FIRST, "结果正在公示（至2026年4月17日）", f"公示“好”等次人员名单：{DATES}（正在公示）"),
        ("qufu-approval", LAST, "结果正在公示（至2026年4月17日）", f"公示“好”等次人员名单：{DATES}（正在公示）"),
        ("qufu-approval", AFTER, "结果已公示", f"公示“好”等次人员名单：{DATES}（公示已结束）"),
        ("baishan-audit", BEFORE, "结果即将公开", "结果将按方案公开，届时可在这里查看。"),
        ("baishan-audit", LAST, "结果正在公开（至2026年4月17日）", f"公开“好”等次人员名单：{DATES}"),
        ("baishan-audit", AFTER, "结果已公开", f"公开“好”等次人员名单：{DATES}"),
        ("chaoyang-ecology", BEFORE, "结果即将公开", "结果将按方案公开，届时可在这里查看。"),
        ("zhangdian-stats", LAST, "结果正在公示（至2026年4月17日）", f"公示结果：{DATES}（正在公示）"),
    ],
    ids=[
        *("qufu before", "qufu first day", "qufu last day", "qufu after"),
        *("baishan before", "baishan last day", "baishan after", "chaoyang before", "zhangdian last day"),
    ],
)
def test_every_page_tells_the_stage_in_the_schemes_own_word(
    scheme: str, on: str, says: str, told: str, tmp_path: Path
) -> None:
    site = build(private_office(scheme)[0], tmp_path / "site", on)
    stages = {
        "home": [it for it in site.page("index.html").lines if it.startswith("最近一期")],
        "archive": site.page("archive.html").lines[2:],
        "unit": [it for it in site.page("u/index.html").lines if it.startswith("2026")],
        "period": site.page("u/2026-Q1/index.html").lines[2:3],
    }
    assert stages == {
        "home": [f"最近一期：2026年第一季度，{says}。"],
        "archive": [f"示例局2026年第一季度：{says}"],
        "unit": [f"2026年第一季度：{says}"],
        "period": [told],
    }


def test_the_home_page_lists_every_running_publicity(tmp_path: Path) -> None:
    """The second quarter has begun, and the list of the first is still to be seen."""
    office = private_office("qufu-approval")[0].write("2026-Q2/summaries/id-sanyi.yml", SUMMARY)
    for day, shown in {
        BEFORE: [],
        LAST: [f"正在公示：2026年第一季度，{DATES}。"],
        AFTER: [],
    }.items():
        home = build(office, tmp_path / day / "site", day).page("index.html")
        at = home.lines.index("最近一期：2026年第二季度，考核进行中，结果尚未公示。")
        assert home.lines[at + 1 :] == shown


@pytest.mark.parametrize("scheme", SCHEMES)
def test_before_publicity_begins_nothing_of_the_result_is_there(scheme: str, tmp_path: Path) -> None:
    """The roster is there; no list, no share, no dates, contact or summaries, and no grade beside any name."""
    site = build(private_office(scheme)[0], tmp_path / "site", BEFORE)
    files = sorted(path for path in site.files if path.startswith("u/2026-Q1/"))
    assert files == ["u/2026-Q1/index.html", "u/2026-Q1/roster.html"]
    result = (
        "王科长",
        "0000-8899",
        "2026年4月13日",
        "2026年4月17日",
        "拟确定",
        "现予",
        *("占比20%", "占比25%"),
        "公布的summary",
    )
    assert site.holding(*result) == {}
    number = len(takes_part(scheme))
    wording = "公开" if scheme in ("baishan-audit", "chaoyang-ecology") else "公示"
    assert site.page("u/2026-Q1/index.html").lines[1:] == [
        "示例局",
        f"结果将按方案{wording}，届时可在这里查看。",
        f"参加考核人员名册：{number}人",
    ]


def test_after_publicity_the_notice_stays_and_says_so(tmp_path: Path) -> None:
    lines = notice("qufu-approval", tmp_path, AFTER)
    assert lines[2:4] == ["公示已结束", f"公示期为{DATES}，以下为当时的内容。"]
    assert lines[5:7] == LIST


def test_the_page_of_a_period_tells_the_share_of_good_grades_and_no_other_number(tmp_path: Path) -> None:
    site = build(private_office("qufu-approval")[0], tmp_path / "site")
    assert site.page("u/2026-Q1/index.html").lines == [
        "示例局2026年第一季度平时考核",
        "示例局",
        f"公示“好”等次人员名单：{DATES}（正在公示）",
        "参加考核人员名册：5人",
        "总体情况",
        "参加考核5人，“好”等次1人，占比20%。",
    ]


def test_a_period_in_which_nobody_is_good_says_so(tmp_path: Path) -> None:
    office = rate(Office(staff="wang-fang"), {"wang-fang": 70})
    said = "consulted: {discipline_inspection: {on: 2026-04-01, outcome: no_objection}}"
    publish(file_summaries(office, "wang-fang").decide({"wang-fang": "一般"}, more=said))
    site = build(office, tmp_path / "site", "2026-04-03")
    text = "\n".join(site.page("u/2026-Q1/notice.html").lines)
    assert "经领导班子审定，2026年第一季度平时考核没有“好”等次人员。" in text
    assert "同志" not in text
    assert "排列" not in text


def test_a_period_that_has_not_begun_is_not_there(tmp_path: Path) -> None:
    site = build(private_office("qufu-approval")[0], tmp_path / "site", "2025-12-31")
    assert [path for path in site.files if "2026" in path] == []
    assert site.page("u/index.html").lines[3:5] == ["历次考核", "还没有考核记录。"]


@pytest.mark.clause("B15", "C1", "Q15")
@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_leading_group_and_who_is_in_it_is_made_known(scheme: str, tmp_path: Path) -> None:
    office = private_office(scheme)[0]
    unit = office.texts["unit.yml"].replace("members: [qian-wei]", "members: [qian-wei], representatives: [id-yihao]")
    lines = build(office.write("unit.yml", unit), tmp_path / "site").page("u/index.html").lines
    assert lines[-5:] == [
        "平时考核工作领导小组",
        "组长：周敏",
        "副组长：刘扬",
        "成员：钱伟",
        "代表：赵一鸣",
    ]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_scheme_stands_there_with_every_clause_its_rules_and_its_assumptions(scheme: str, tmp_path: Path) -> None:
    """In the document's order; what the scheme's own files say is on the page, word for word."""
    page = build(Office(scheme), tmp_path / "site").page("u/scheme.html")
    book = book_of(scheme)
    assert book.clauses is not None
    assert page.lines[0] == TITLES[scheme]
    text = "\n".join(page.lines)
    headings = [it for it in page.lines if re.match(r"[A-Z][0-9]+ ", it)]
    assert headings == [f"{name} {entry.topic}" for name, entry in book.clauses.clauses.items()]
    for entry in book.clauses.clauses.values():
        assert entry.says in text
        assert entry.where in text
    assert [it.says for it in book.scheme.assumptions if it.says not in text] == []
    rules = book.scheme
    told = [it.says for it in rules.participants] + [it.says for it in rules.overrides]
    told += [it.says for it in rules.materials] + [it.says for it in rules.follow_up]
    assert [it for it in told if it not in text] == []
