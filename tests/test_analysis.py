"""The analysis of results: how grades are spread, what stands out, and what is left out (C16, C22, C23, Z20).

The samples' own analyses stand in tests/golden/analysis/; `PINGSHI_BLESS=1 pytest tests/test_analysis.py`
rewrites them: read the difference.
"""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import blessed
import pytest
from office import ROOT, UNIT, Office
from sites import save

from pingshi.cli import main
from pingshi.grading.analysis import Analysis, Table, analyse
from pingshi.grading.analysis.clauses import clause_on
from pingshi.periods import Period
from pingshi.records import read_working_tree, take

if TYPE_CHECKING:
    from collections.abc import Mapping

GOLDEN = Path(__file__).parent / "golden" / "analysis"
TEN = "a b c d e f g h i j"
LONG = "坚持每天到窗口值守，办结的事项逐件回访，全季没有一件超过承诺的时限"


def two_departments(scheme: str = "chaoyang-ecology", staff: str = TEN, hall: int = 5) -> Office:
    """An office with `hall` people in the hall, and all others in the archive."""
    office = Office(scheme, staff)
    own = office.texts["unit.yml"]
    line = "  - {id: archive, name: 档案科, kind: business, head: he-jun, led_by: [liu-yang]}\n"
    office.write("unit.yml", own.replace("organs:", f"{line}organs:"))
    for index, person in enumerate(staff.split()):
        office.person(person, department="hall" if index < hall else "archive", level="一级科员")
    return office


def decide(office: Office, period: str, grades: str, **more: str) -> Office:
    """Decide grades in the order of the staff, a word each: `+` 好, `o` 较好, `-` 一般, `x` 较差, `.` none."""
    names = {"+": "好", "o": "较好", "-": "一般", "x": "较差"}
    staff = [it.removeprefix("people/").removesuffix(".yml") for it in office.texts if it.startswith("people/")]
    staff = [it for it in staff if "leader: true" not in office.texts[f"people/{it}.yml"]]
    made = {person: names[it] for person, it in zip(staff, grades, strict=False) if it in names}
    on = Period.parse(period).last + timedelta(days=7)
    return office.decide({**made, **more}, period=period, on=str(on))


def found(office: Office, period: str = "2026-Q1", *, full: bool = True) -> Analysis:
    """Analyse the office's period."""
    return analyse(office.snapshot().units[UNIT], Period.parse(period), full=full)


def hints(office: Office, kind: str, period: str = "2026-Q1") -> list[tuple[str | None, str]]:
    """Return what one hint says, with its clause."""
    return [(it.clause, it.says + it.look) for it in found(office, period).notable if it.kind == kind]


def counts(table: Table) -> dict[str, tuple[int | None, ...]]:
    """Return a table's rows: how many there are, then how many have each grade."""
    lines = [*table.rows, *([table.total] if table.total else [])]
    return {it.title: (it.size, *it.counts) for it in lines}


def table(analysis: Analysis, by: str) -> Table:
    """Return the table of departments, levels or categories."""
    return next(it for it in analysis.tables if it.by == by)


# --- how grades are spread ------------------------------------------------------------------


@pytest.mark.clause("C16")
def test_determined_grades_are_counted_by_department_level_and_category() -> None:
    office = decide(two_departments(), "2026-Q1", "++oo-+oooo")
    office.person("j", department="archive", category="worker")  # takes no part, whatever stands in the determination
    office.person("i", department="archive")
    analysis = found(office)
    assert [it.by for it in analysis.tables] == ["department", "level", "category"]
    assert table(analysis, "department").grades == ("好", "较好", "一般", "较差")
    assert counts(table(analysis, "department")) == {
        "窗口服务科": (5, 2, 2, 1, 0),
        "档案科": (4, 1, 3, 0, 0),
        "全单位": (9, 3, 5, 1, 0),
    }
    assert counts(table(analysis, "level")) == {
        "一级科员": (8, 3, 4, 1, 0),
        "未登记": (1, 0, 1, 0, 0),
        "全单位": (9, 3, 5, 1, 0),
    }
    assert table(analysis, "category").why == "只有“公务员”一组，不分组列出"
    assert analysis.clauses == ("C16", "C22")


def test_a_suggested_grade_is_never_counted() -> None:
    office = two_departments().review("he-jun", "section_head", dict.fromkeys(TEN.split(), "好"))
    analysis = found(office)
    assert (analysis.periods, analysis.tables, analysis.time) == ((), (), None)
    decide(office, "2026-Q1", "o" * 9 + ".")
    assert counts(table(found(office), "department"))["全单位"] == (9, 0, 9, 0, 0)


def test_a_grade_that_another_unit_gave_is_not_the_departments() -> None:
    office = decide(two_departments(), "2026-Q1", "ooooo" + "oooo.")
    office.facts("j", "kind: away, type: aid, from: 2025-06-01, host: 外县")
    office.write("2026-Q1/outside/j.yml", "unit: 外县\ngrade: 好\nbasis: 函\n")
    assert counts(table(found(office), "department"))["全单位"] == (9, 0, 9, 0, 0)


def test_periods_stand_beside_each_other_oldest_first_and_at_most_eight() -> None:
    office = two_departments()
    for year in (2023, 2024, 2025):
        for quarter in (1, 2, 3, 4):
            decide(office, f"{year}-Q{quarter}", "+" * quarter + "o" * (10 - quarter))
    decide(office, "2026-Q2", "oooooooooo")
    time = found(office, "2025-Q3").time
    assert time is not None
    assert [it.title for it in time.rows] == [
        "2023年第四季度",
        *(f"2024年第{it}季度" for it in "一二三四"),
        *(f"2025年第{it}季度" for it in "一二三"),
    ]
    assert counts(time)["2025年第三季度"] == (10, 3, 7, 0, 0)


def test_a_year_adds_its_periods_up() -> None:
    office = decide(decide(two_departments(), "2026-Q1", "++oooooooo"), "2026-Q3", "+ooooooo-x")
    analysis = found(office, "2026")
    assert [str(it) for it in analysis.periods] == ["2026-Q1", "2026-Q3"]
    assert counts(table(analysis, "department"))["全单位"] == (20, 3, 15, 1, 1)


# --- what is left out -----------------------------------------------------------------------


@pytest.mark.clause("C16")
def test_small_groups_go_together_and_small_numbers_are_left_out_with_others() -> None:
    staff = " ".join(f"p{it:02}" for it in range(16))
    office = two_departments(staff=staff, hall=11)
    for person in ("p14", "p15"):
        office.person(person, department="hall", level="二级科员")
    decide(office, "2026-Q1", "+++oooooooo" + "+-o" + "+o")
    few = table(found(office, full=False), "department")
    assert (few.rows, few.why) == ((), "各组人数太少，合到 5 人以上只剩一组，不分组列出")
    for person in ("p09", "p10", "p11", "p12", "p13"):
        office.person(person, department="archive", level="一级科员")
    analysis = found(office, full=False)
    assert counts(table(analysis, "department")) == {
        "窗口服务科": (11, 4, 7, 0, 0),
        "档案科": (5, 1, None, None, 0),
        "全单位": (16, 5, None, None, 0),
    }
    assert analysis.time is not None
    assert counts(analysis.time) == {"2026年第一季度": (16, 5, None, None, 0)}


def test_small_groups_that_are_few_even_together_take_the_smallest_of_the_others_along() -> None:
    staff = [f"p{it:02}" for it in range(20)]
    office = two_departments(staff=" ".join(staff), hall=8)
    for index, person in enumerate(staff):
        level = "甲" if index < 8 else "乙" if index < 16 else "丙" if index < 19 else "丁"
        office.person(person, department="hall" if index < 8 else "archive", level=level)
    decide(office, "2026-Q1", "o" * 20)
    levels = table(found(office, full=False), "level")
    assert [(it.title, it.size) for it in levels.rows] == [("甲", 8), ("其他", 12)]
    assert levels.together == ("乙", "丙", "丁")
    office.person("p00", department="hall", level="乙")
    levels = table(found(office, full=False), "level")
    assert ([(it.title, it.size) for it in levels.rows], levels.together) == (
        [("乙", 9), ("其他", 11)],
        ("甲", "丙", "丁"),
    )


def test_where_all_grades_are_made_known_none_is_left_out() -> None:
    office = decide(two_departments("zhangdian-stats"), "2026-Q1", "+ooo-" + "ooox-")
    assert counts(table(found(office, full=False), "department")) == {
        "窗口服务科": (5, 1, 3, 1, 0),
        "档案科": (5, 0, 3, 1, 1),
        "全单位": (10, 1, 6, 2, 1),
    }


def test_a_table_that_would_give_away_what_another_one_leaves_out_is_left_out() -> None:
    """The hall's single 一般 is what the unit's seven leave over, less those of one level and those of one category."""
    staff = [f"p{it:02}" for it in range(18)]
    office = two_departments("city-drc", " ".join(staff), hall=6)
    for index, person in enumerate(staff):
        office.person(
            person,
            department="hall" if index < 6 else "archive",
            level="一级科员" if index < 12 else "二级科员",
            category="institution" if 6 <= index < 12 else "civil_servant",
        )
    decide(office, "2026-Q1", "ooooo-" + "ooo---" + "ooo---")
    analysis = found(office, full=False)
    assert counts(table(analysis, "department")) == {
        "窗口服务科": (6, 0, None, None, 0),
        "档案科": (12, 0, None, None, 0),
        "全单位": (18, 0, 11, 7, 0),
    }
    assert counts(table(analysis, "level")) == {
        "一级科员": (12, 0, 8, 4, 0),
        "二级科员": (6, 0, 3, 3, 0),
        "全单位": (18, 0, 11, 7, 0),
    }
    assert table(analysis, "category").rows == ()
    assert table(analysis, "category").why == "与上面的表对照，能推算出没有列出的数字，不列"
    assert [row.title for row in table(found(office), "category").rows] == ["公务员", "事业单位人员"]


def test_a_unit_of_fewer_than_five_has_no_numbers_at_all() -> None:
    office = decide(Office("chaoyang-ecology", "a b c d"), "2026-Q1", "+oo-")
    analysis = found(office, full=False)
    assert {it.why for it in analysis.tables} == {"有等次的不到 5 人，人数太少，不列"}
    assert analysis.time is not None
    assert counts(analysis.time) == {"2026年第一季度": (None, None, None, None, None)}


def test_a_year_shows_no_sums_that_its_periods_could_be_reckoned_from() -> None:
    office = decide(decide(two_departments(), "2026-Q1", "++oooooooo"), "2026-Q2", "+ooooooo-o")
    analysis = found(office, "2026", full=False)
    assert analysis.tables == ()
    assert analysis.time is not None
    assert counts(analysis.time) == {
        "2026年第一季度": (10, 2, 8, 0, 0),
        "2026年第二季度": (10, 1, None, None, 0),
    }


def test_what_is_about_people_is_told_with_full_only() -> None:
    office = decide(decide(two_departments(), "2026-Q1", "oooooooo-o"), "2026-Q2", "oooooooo-+")
    decide(office, "2026-Q2", "+ooooooo-o")
    summary(summary(office, "2026-Q2", "a"), "2026-Q2", "f")
    assert [it.kind for it in found(office, "2026-Q2").notable] == ["low_again"]
    shown = found(office, "2026-Q2", full=False)
    assert (shown.notable, shown.kept_back, shown.preferred) == ((), 1, None)


# --- what stands out ------------------------------------------------------------------------


@pytest.mark.clause("C16", "C22")
def test_a_departments_share_far_from_the_units_is_told_with_both() -> None:
    staff = " ".join(f"p{it:02}" for it in range(20))
    office = decide(two_departments(staff=staff, hall=8), "2026-Q1", "++++++oo" + "+ooooooooooo")
    tail = "请对照工作实绩，看看各科室掌握的尺度是否一致；确有突出实绩或者名额倾斜的，属于正常。"
    whole = "全单位 20 人，好等次 7 人（35%）。如果名额随机分到各人，一个科室"
    assert hints(office, "department_share") == [
        ("C10", f"窗口服务科有等次的 8 人，好等次 6 人（75%）；{whole}这么多的可能性约 0.4%。{tail}"),
        ("C10", f"档案科有等次的 12 人，好等次 1 人（约 8.3%）；{whole}这么少的可能性约 0.4%。{tail}"),
    ]
    open_to_all = found(office, full=False)
    assert [it.kind for it in open_to_all.notable] == ["department_share", "department_share", "no_summaries"]
    office = decide(two_departments(staff=staff, hall=8), "2026-Q1", "+++++ooo" + "++oooooooooo")
    assert hints(office, "department_share") == []


def test_a_share_among_few_people_is_never_told() -> None:
    staff = " ".join(f"p{it:02}" for it in range(20))
    office = decide(two_departments(staff=staff, hall=4), "2026-Q1", "++++" + "o" * 16)
    assert hints(office, "department_share") == []
    office = decide(two_departments(staff=staff, hall=16), "2026-Q1", "+" * 16 + "oooo")
    assert hints(office, "department_share") == []


@pytest.mark.clause("C23", "Z20")
@pytest.mark.parametrize(("scheme", "clause"), [("chaoyang-ecology", "C23"), ("zhangdian-stats", "Z20")])
def test_one_best_grade_going_round_a_department_is_told(scheme: str, clause: str) -> None:
    office = two_departments(scheme)
    for period, grades in {
        "2025-Q2": "+oooo+oooo",
        "2025-Q3": "+oooo+oooo",
        "2025-Q4": "o+oooo+ooo",
        "2026-Q1": "oo+ooo+ooo",
    }.items():
        decide(office, period, grades)
    assert hints(office, "taken_in_turn") == []
    decide(office, "2026-Q2", "ooo+oooo+o")
    told = "2025年第三季度a、2025年第四季度b、2026年第一季度c、2026年第二季度d"
    says = f"窗口服务科连续 4 期每期恰有一人为好等次，每期都换人：{told}。"
    look = "请看看每期的等次是否都以当期实绩为准，有没有轮流安排的情形；人少的科室也可能只是巧合。"
    assert hints(office, "taken_in_turn", "2026-Q2") == [(clause, says + look)]
    assert hints(decide(office, "2026-Q2", "ooo++ooo+o"), "taken_in_turn", "2026-Q2") == []


@pytest.mark.clause("C23", "Z20")
def test_a_grade_that_fell_after_an_objection_is_to_be_looked_into() -> None:
    office = decide(two_departments(), "2026-Q1", "ooooooooo-")
    for person in ("a", "b", "j"):
        office.write(f"2026-Q1/objections/{person}.yml", "raised_on: 2026-04-10\nsays: 请复核\n")
    decide(office, "2026-Q2", "-+ooo-oooo")
    says = "a对2026年第一季度的结果（较好）提出过异议，这一期由较好降为一般。"
    look = "请核实这一期的等次与提出异议无关，有当期的事实和评鉴作依据。"
    assert hints(office, "fell_after_objection", "2026-Q2") == [("C23", says + look)]
    assert hints(office, "fell_after_objection", "2026-Q1") == []


def test_low_grades_in_two_periods_running_are_told() -> None:
    office = decide(two_departments("baishan-audit"), "2025-Q3", "oooooooo-o")
    decide(decide(office, "2025-Q4", "oooooooo-o"), "2026-Q1", "-ooooooox-")
    says = "i（档案科）从2025年第三季度起连续 3 期：一般、一般、较差。"
    look = "请了解整改措施是否落实，岗位和任务是否合适，需要哪些帮助。"
    assert hints(office, "low_again") == [("B13", says + look)]
    assert hints(office, "low_again", "2025-Q3") == []


def test_a_reviewer_who_gave_everybody_the_same_is_told_with_the_score_or_grade() -> None:
    office = two_departments("qufu-approval").review("zhou-min", "principal_leader", dict.fromkeys(TEN.split(), 88))
    office.review("liu-yang", "supervising_leader", dict.fromkeys("abcdefghi", 90) | {"j": 91})
    look = "请了解是否逐人评鉴；没有拉开差距的评鉴，对确定等次没有帮助。"
    assert hints(office, "same_for_all") == [("Q6", f"主要领导zhou-min评鉴的 10 人，都是 88 分。{look}")]
    office = two_departments().review("he-jun", "section_head", dict.fromkeys(TEN.split(), "较好"))
    office.review("liu-yang", "supervising_leader", dict.fromkeys("abcd", "好"))
    assert hints(office, "same_for_all") == [("C8", f"科室负责人he-jun评鉴的 10 人，等次都是较好。{look}")]


@pytest.mark.clause("C22")
def test_decisions_that_depart_are_counted_and_reasons_alike_are_shown() -> None:
    office = two_departments().review("he-jun", "section_head", dict.fromkeys(TEN.split(), "较好"))
    same = "{grade: 好, reason: 表现 突出。}"
    decide(office, "2026-Q1", "oooooooo..", a=same, b="{grade: 好, reason: 表现突出}", c="{grade: 一般, reason: 迟延}")
    look = "请看看理由是否具体；不同的很多，可能是评鉴的尺度或者方案的规定需要改进。"
    assert hints(office, "departures") == [
        (
            "C8",
            "有建议等次并且已经审定的 8 人，审定与建议不同的 3 人：提高 2 人，降低 1 人。" + look,
        )
    ]
    assert hints(office, "same_reasons") == [
        ("C8", "a、b 2 人审定与建议不同，理由一字不差：“表现突出”。请各写各的理由，写到本人当期的事实。")
    ]
    assert hints(decide(office, "2026-Q1", "oooooooooo"), "departures") == []


def summary(office: Office, period: str, person: str, **parts: str) -> Office:
    """File a summary: short parts that anybody might write, but for those given."""
    keys = dict.fromkeys(("political", "discipline", "achievements", "shortcomings", "improvements"), "按要求完成")
    body = "".join(f"{key}: {value}\n" for key, value in (keys | parts).items())
    work = "work: [{task: 受理, result: 办结, classified: false}]\nclassified: false\n"
    return office.write(f"{period}/summaries/{person}.yml", body + work)


@pytest.mark.clause("C23")
def test_summaries_alike_word_for_word_are_told_with_the_parts() -> None:
    office = two_departments()
    summary(office, "2026-Q1", "a", achievements=LONG, shortcomings=f"{LONG}，没有")
    summary(office, "2026-Q1", "b", achievements=f"{LONG[:9]} {LONG[9:]}", shortcomings=f"{LONG}，没有")
    summary(office, "2026-Q1", "c", achievements=f"{LONG}。")
    look = "请向本人了解；一起做的工作可以写得相近，个人的成绩和不足应当各写各的。"
    assert hints(office, "alike_summaries") == [("C23", f"a、b 2 人的个人小结，主要成绩、存在不足一字不差。{look}")]


def test_a_summary_copied_from_the_period_before_is_told() -> None:
    office = summary(two_departments(), "2025-Q4", "a", achievements=LONG)
    summary(office, "2026-Q1", "a", achievements=LONG)
    summary(summary(office, "2025-Q4", "b"), "2026-Q1", "b", achievements=f"{LONG}吗")
    assert hints(office, "copied_from_last") == [
        ("C7", "a的个人小结，主要成绩与2025年第四季度的一字不差。请提醒本人按当期情况重写。")
    ]


@pytest.mark.clause("C22")
def test_a_department_without_a_single_summary_is_told_once_grades_are_decided() -> None:
    office = summary(two_departments(), "2026-Q1", "a")
    assert hints(office, "no_summaries") == []
    decide(office, "2026-Q1", "oooooooooo")
    says = "档案科参加考核的 5 人，个人小结一份都没有。请督促补交，并了解等次是凭什么确定的。"
    assert hints(office, "no_summaries") == [("C7", says)]


# --- who is good throughout -----------------------------------------------------------------


@pytest.mark.clause("B12", "C12", "D14")
@pytest.mark.parametrize(
    ("scheme", "clause"), [("baishan-audit", "B12"), ("chaoyang-ecology", "C12"), ("city-drc", "D14")]
)
def test_those_good_throughout_come_most_often_first_then_by_department_and_name(scheme: str, clause: str) -> None:
    office = two_departments(scheme, "a b c d e f g", hall=3)
    decide(office, "2026-Q1", "++o+++.")
    decide(office, "2026-Q2", "++++o+.")
    decide(office, "2026-Q3", ".+++++.")
    analysis = found(office, "2026")
    assert analysis.preference == clause
    assert [(it.name, it.department, it.times) for it in analysis.preferred or ()] == [
        ("b", "窗口服务科", 3),
        ("d", "档案科", 3),
        ("f", "档案科", 3),
        ("a", "窗口服务科", 2),
    ]
    assert [it.name for it in found(office, "2026-Q1").preferred or ()] == []
    assert [it.name for it in found(office, "2026-Q2").preferred or ()] == ["a", "b", "d", "f"]


def test_the_clauses_on_supervision_are_those_that_the_scheme_cites() -> None:
    books = take(it for it in read_working_tree([ROOT]) if it.path.startswith("schemes/")).books
    assert {name: clause_on(book, "conduct") for name, book in books.items()} == {
        "baishan-audit": None,
        "chaoyang-ecology": "C23",
        "city-drc": None,
        "qufu-approval": None,
        "zhangdian-stats": "Z20",
    }
    assert [clause_on(books["zhangdian-stats"], it) for it in ("distribution", "inspection")] == [None, "Z20"]


# --- the command ----------------------------------------------------------------------------


def same(name: str, text: str) -> None:
    """Hold a text against the golden file of that name."""
    blessed.same(GOLDEN / name, text, "tests/test_analysis.py")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("ecology.txt", "2026-Q3 --unit ecology"),
        ("ecology-full.txt", "2026-Q3 --unit ecology --full"),
        ("statistics-year-full.txt", "2026 --unit statistics --full"),
        ("audit-year.txt", "2026 --unit audit"),
    ],
)
def test_the_samples_analyses_read_well(name: str, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["analysis", *words.split(), "--repo", str(ROOT)]) == 0
    same(name, capsys.readouterr().out)


def run(root: Path, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    """Run the command on a repository."""
    status = main(["analysis", *words, "--repo", str(root)])
    return status, capsys.readouterr().out


@pytest.mark.clause("C16")
def test_without_full_no_name_and_no_small_number_is_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    office = decide(two_departments(), "2026-Q1", "++oooo+ooo")
    for index, person in enumerate(TEN.split()):
        office.person(person, name=f"某人{index}", department="hall" if index < 5 else "archive")
    decide(office, "2026-Q2", "++ooo-+ooo")
    decide(office, "2026-Q3", "++ooo-+ooo")
    summary(office, "2026-Q3", "a")
    root = save(office, tmp_path / "repository")
    for words in (["2026-Q3"], ["2026"], ["2026-Q3", "--json"], ["2026", "--json"]):
        status, out = run(root, capsys, *words)
        assert (status, "某人" in out, "内部资料" in out) == (0, False, False), out
    status, out = run(root, capsys, "2026-Q3", "--full")
    assert out.startswith("内部资料，不得公开\n")
    assert "某人5（档案科）从2026年第二季度起连续 2 期：一般、一般。" in out
    printed: Mapping[str, Any] = json.loads(run(root, capsys, "2026-Q3", "--json")[1])
    departments = printed["tables"][0]
    assert departments["total"] == {
        "group": "全单位",
        "size": 10,
        "grades": dict(zip(("好", "较好", "一般", "较差"), (3, None, None, 0), strict=True)),
    }
    assert printed["kept_back"] == 1


def test_the_document_says_all_in_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    office = decide(decide(two_departments(), "2026-Q1", "++oooooooo"), "2026-Q2", "+ooooooooo")
    status, out = run(save(office, tmp_path / "repository"), capsys, "2026-Q2", "--full", "--json")
    made = json.loads(out)
    assert status == 0
    assert list(made) == [
        *("unit", "period", "scheme", "full", "clauses", "periods", "tables", "over_time", "notable"),
        *("kept_back", "preferred", "errors"),
    ]
    assert made["preferred"] == [{"person": "a", "name": "a", "department": "窗口服务科", "times": 2}]
    assert [it["by"] for it in made["tables"]] == ["department", "level", "category"]
    assert made["over_time"]["rows"][0] == {
        "group": "2026年第一季度",
        "size": 10,
        "grades": {"好": 2, "较好": 8, "一般": 0, "较差": 0},
    }
    assert made["notable"] == [
        {
            "kind": "no_summaries",
            "period": "2026-Q2",
            "clause": "C7",
            "says": "各科室参加考核的 10 人，个人小结一份都没有。",
            "look": "请督促补交，并了解等次是凭什么确定的。",
        }
    ]


def test_errors_in_the_records_are_said_and_are_status_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    office = decide(two_departments(), "2026-Q1", "oooooooooo").write("2026-Q1/summaries/a.yml", "work: [\n")
    root = save(office, tmp_path / "repository")
    status, out = run(root, capsys, "2026-Q1")
    note = "\n注意：记录里有 1 处错误，分析可能不准；用 pingshi check --unit u 查看，改正后再分析。\n"
    assert (status, out.endswith(note)) == (1, True)
    (root / "records/u/unit.yml").write_text("name: [", encoding="utf-8")
    status, out = run(root, capsys, "2026-Q1")
    assert status == 1
    assert out.startswith("u 2026年第一季度\n\n方案或单位文件有错误读不了，无法分析\n")
