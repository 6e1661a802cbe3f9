"""What `new` fills in: people, posts' indicators, suggestions, places, days; and what it leaves to people."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from office import UNIT, Office
from sites import save
from starting import TODAY, begin
from telling import rate

from pingshi.starting import CannotStartError, Words, new

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

#: Who takes no part in any office of these cases, and why.
LEFT_OUT = (
    "he-jun、liu-yang、qian-wei、wu-gang、zhou-min："
    "考核对象为非领导成员的工作人员，领导成员公务员的考核另有规定的，从其规定"
)
DAY = date.fromisoformat(TODAY)


def refusal(office: Office, folder: Path, kind: str, *people: str, **words: str) -> str:
    """Return why a record can't be begun."""
    with pytest.raises(CannotStartError) as raised:
        begin(office, folder, kind, *people, **words)
    return str(raised.value)


# --- people ------------------------------------------------------------------------------


def test_a_persons_form_lists_departments_and_posts_and_leaves_the_rest_blank(tmp_path: Path) -> None:
    form = begin(Office(), tmp_path, "people", person="sun-li")
    assert form.path == "records/u/people/sun-li.yml"
    assert form.lines[:6] == [
        "name:",
        "department:  # 可以写：hall 窗口服务科",
        "post:  # 可以写：staff 一般工作人员；section_head 科室负责人；window 窗口工作人员",
        "category:",
        "leader:",
        "joined:",
    ]


def test_what_is_said_of_a_person_is_filled_in(tmp_path: Path) -> None:
    office = Office()
    fields = {"name": "孙: 丽", "department": "hall", "post": "window", "category": "civil_servant", "leader": "false"}
    root = save(office, tmp_path)
    done = new(root, office.snapshot().units[UNIT], Words("people", person="sun-li", fields=fields), DAY)
    lines = [it for it in (root / done.path).read_text(encoding="utf-8").splitlines() if not it.startswith("#")]
    assert lines[1:7] == [
        'name: "孙: 丽"',
        "department: hall",
        "post: window",
        "category: civil_servant",
        "leader: false",
        "joined:",
    ]


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"department": "hal"}, "没有“hal”这个科室；是不是 hall？"),
        ({"post": "windows"}, "没有“windows”这个岗位；是不是 window？"),
    ],
)
def test_a_department_or_post_that_is_not_there_is_told_with_the_nearest(
    fields: dict[str, str], says: str, tmp_path: Path
) -> None:
    office = Office()
    with pytest.raises(CannotStartError) as raised:
        new(
            save(office, tmp_path),
            office.snapshot().units[UNIT],
            Words("people", person="x", fields=fields),
            DAY,
        )
    assert str(raised.value) == says
    assert not (tmp_path / "records" / "u" / "people" / "x.yml").exists()


@pytest.mark.parametrize("person", ["Sun-Li", "孙丽", "../x", "a b", ""])
def test_an_id_that_can_be_no_file_name_is_refused(person: str, tmp_path: Path) -> None:
    says = f"“{person}”不能作人员代号；只用小写英文字母、数字和减号，如 wang-fang"
    assert refusal(Office(), tmp_path, "people", person=person) == says


# --- who and when ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "words", "says"),
    [
        (
            "summaries",
            {"period": "2026-Q1", "person": "wang-fan"},
            "没有“wang-fan”这个人；是不是 wang-fang？新来的人先用 pingshi new person wang-fan 建人员资料",
        ),
        (
            "summaries",
            {"period": "2026-01", "person": "wang-fang"},
            "个人小结不按 2026-01 这样的周期填写；写成 2026-Q3（季度）或 2026-H1（半年）或 2026（年）",
        ),
        (
            "plans",
            {"period": "2026-Q1", "person": "wang-fang"},
            "月工作计划台账不按 2026-Q1 这样的周期填写；写成 2026-09（月）",
        ),
        (
            "plans",
            {"period": "2026-13", "person": "wang-fang"},
            "“2026-13”不是合格的周期；月工作计划台账的周期写成 2026-09（月）",
        ),
        ("ballots", {"period": "2026-H1"}, "方案 qufu-approval 每季度考核一次，写成 2026-Q3 这样"),
        (
            "ballots",
            {"period": "2019-Q4"},
            "2019年第四季度没有方案在执行：unit.yml 里的方案从 2020-Q1 起执行；核对周期，或者改 unit.yml",
        ),
        (
            "summaries",
            {"period": "2026-Q1", "person": "left"},
            "left（left）2026年第一季度不在册；核对周期和人员资料里的日期",
        ),
        ("evaluations", {"period": "2026-01", "person": "wang-fang"}, None),
    ],
)
def test_a_wrong_person_or_period_is_told_and_nothing_is_written(
    kind: str, words: dict[str, str], says: str | None, tmp_path: Path
) -> None:
    office = Office().person("left", left="2025-12-31")
    says = says or (
        "没有 records/u/2026-01/plans/wang-fang.yml（或者它有错误读不了），没有任务可以评价；先写月工作计划台账"
    )
    assert refusal(office, tmp_path, kind, **words) == says
    assert sorted(it.name for it in (tmp_path / "records" / "u").iterdir()) == ["people", "unit.yml"]


def test_a_person_whose_file_is_broken_is_not_called_unknown(tmp_path: Path) -> None:
    office = Office().write("people/wang-fang.yml", "name:\n")
    says = refusal(office, tmp_path, "summaries", period="2026-Q1", person="wang-fang")
    assert says == "wang-fang 的人员资料有错误读不了；先用 pingshi check 看问题"


def test_an_existing_record_is_never_touched(tmp_path: Path) -> None:
    for kind, words in (
        ("summaries", {"period": "2026-Q1", "person": "wang-fang"}),
        ("people", {"person": "wang-fang"}),
        ("reviews", {"period": "2026-Q1", "person": "wang-fang"}),
    ):
        path = "people/wang-fang.yml" if kind == "people" else f"2026-Q1/{kind}/wang-fang.yml"
        office = Office().write(path, "# mine\n") if kind != "people" else Office()
        before = office.files[f"records/u/{path}"]
        assert refusal(office, tmp_path / kind, kind, **words) == (
            f"records/u/{path} 已经有了，没有动它；要改就直接改，要重来先把它移走"
        )
        assert (tmp_path / kind / "records" / "u" / path).read_bytes() == before


# --- review sheets -----------------------------------------------------------------------


def test_a_sheet_lists_everybody_the_leader_reviews_with_the_indicators_of_the_post(tmp_path: Path) -> None:
    office = Office(staff="wang-fang").person("zhao-lei", post="window", probation_until="2026-12-31")
    form = begin(office, tmp_path, "reviews", period="2026-Q1", person="liu-yang")
    assert form.text == (
        "# liu-yang2026年第一季度评鉴表（由评鉴人本人填写）\n"
        "# 每行是“键: 值”：冒号用英文半角，后面空一格。以 # 开头的是说明，不影响内容，填好后可以删去。\n"
        "# 文字要分段的，在冒号后面写 |，从下一行起每行多缩进两个空格。\n"
        "\n"
        "# 评鉴人身份：以什么身份评鉴。可以写：principal_leader 主要领导；supervising_leader 主管领导；"
        "section_head 科室负责人\n"
        "role: supervising_leader  # 主管领导\n"
        "# 被评鉴的人：左边是人员代号。\n"
        "#   scores 各项指标得分（可以不写）：左边是指标代号，右边是得分，0 到该项满分。\n"
        "#   total 总分（可以不写）：写了各项得分的可以不写；都写的要一致。\n"
        "#   grade 等次（可以不写）：建议（或者由本人审定）的等次，照方案写，如 好。\n"
        "#   comment 评语（可以不写）\n"
        "#   evidence 评鉴依据（可以不写）：日常了解、群众评价、服务对象意见等。\n"
        "# 等次 grade：本方案由得分确定，评鉴人不写\n"
        "people:\n"
        "  # wang-fang（窗口服务科，一般工作人员）\n"
        "  wang-fang:\n"
        "    scores:\n"
        "      politics:  # 政治素质，满分 10\n"
        "      ethics:  # 职业道德，满分 10\n"
        "      style:  # 工作作风，满分 10\n"
        "      integrity:  # 廉洁自律，满分 10\n"
        "      attendance:  # 出勤情况，满分 10\n"
        "      duty:  # 岗位职责履行，满分 15\n"
        "      quality:  # 工作质量，满分 15\n"
        "      efficiency:  # 工作效率，满分 10\n"
        "      service:  # 协作与服务，满分 10\n"
        "    comment:\n"
        "    evidence:\n"
        "  # zhao-lei（窗口服务科，窗口工作人员），不定等次，只写评语\n"
        "  zhao-lei:\n"
        "    comment:\n"
        "    evidence:\n"
    )


def test_where_a_grade_is_proposed_the_indicators_may_be_left_out(tmp_path: Path) -> None:
    office = Office("chaoyang-ecology", staff="wang-fang he-jun")
    form = begin(office, tmp_path, "reviews", period="2026-Q1", person="he-jun")
    assert form.lines == [
        "role: section_head  # 科室负责人",
        "people:",
        "  wang-fang:",
        "    grade:  # 由本人提出，写 好、较好、一般、较差",
        "    comment:",
        "    evidence:",
    ]
    assert (
        "    # 各项得分可以不写；要写的，去掉下面各行开头的 #\n    # scores:\n    #   politics:  # 政治素质，满分 6\n"
        in form.text
    )


def test_a_leader_proposes_for_the_head_and_decides_for_the_others(tmp_path: Path) -> None:
    office = Office("chaoyang-ecology", staff="wang-fang he-jun")
    form = begin(office, tmp_path, "reviews", period="2026-Q1", person="liu-yang")
    assert [it for it in form.lines if "grade" in it or it.count(" ") == 2] == [
        "  he-jun:",
        "    grade:  # 由本人提出，写 好、较好、一般、较差",
        "  wang-fang:",
        "    grade:  # 由本人审定，写 好、较好、一般、较差",
    ]


def test_whoever_reviews_nobody_is_told_where_that_comes_from(tmp_path: Path) -> None:
    says = refusal(Office(), tmp_path, "reviews", period="2026-Q1", person="wang-fang")
    assert says == (
        "wang-fang在 2026-03-31 那天不用给任何人评分、提出或者审定等次；"
        "核对 unit.yml 里科室的 head、led_by 和 organs，以及人员的科室"
    )


TWO = """
    name: 示例局
    schemes: [{from: 2020-Q1, scheme: chaoyang-ecology}]
    departments:
      - {id: hall, name: 窗口服务科, kind: frontline, head: he-jun, led_by: [liu-yang]}
      - {id: office, name: 办公室, kind: general, head: liu-yang, led_by: [zhou-min]}
    organs: {principal_leader: zhou-min, leadership: [zhou-min], personnel_office: [], discipline_inspection: []}
"""


def test_whoever_reviews_in_two_roles_must_choose_one(tmp_path: Path) -> None:
    office = Office("chaoyang-ecology", staff="wang-fang").person("sun-li", department="office").write("unit.yml", TWO)
    says = refusal(office, tmp_path, "reviews", period="2026-Q1", person="liu-yang")
    assert says == (
        "liu-yang以几种身份评鉴不同的人：section_head（科室负责人，1 人）、supervising_leader（分管领导，1 人）；"
        "用 --role 指明这张评鉴表用哪一种"
    )
    chosen = begin(office, tmp_path, "reviews", period="2026-Q1", person="liu-yang", role="section_head")
    assert [it for it in chosen.lines if it.endswith("-li:") or "fang" in it] == ["  sun-li:"]
    wrong = refusal(office, tmp_path / "b", "reviews", period="2026-Q1", person="liu-yang", role="principal_leader")
    assert wrong == (
        "liu-yang没有要以 principal_leader 的身份评鉴的人；可以写 --role："
        "section_head（科室负责人，1 人）、supervising_leader（分管领导，1 人）"
    )


def test_one_sheet_serves_a_principal_leader_who_also_leads_the_department(tmp_path: Path) -> None:
    office = Office(staff="wang-fang")
    office.write("unit.yml", office.texts["unit.yml"].replace("led_by: [liu-yang]", "led_by: [zhou-min]"))
    form = begin(office, tmp_path, "reviews", period="2026-Q1", person="zhou-min")
    assert form.lines[0] == "role: principal_leader  # 主要领导"


# --- determination -----------------------------------------------------------------------


def test_a_determination_tells_suggestions_and_places_and_decides_nothing(tmp_path: Path) -> None:
    office = rate(Office(staff="wang-fang zhao-lei sun-li"), {"wang-fang": 95, "zhao-lei": 70, "sun-li": 90.5})
    form = begin(office, tmp_path, "determination", period="2026-Q1")
    assert form.body.splitlines()[-6:] == [
        "# 可以写：好、较好、一般、较差",
        "# 公务员参加考核 3 人，好等次限额 1 人，按建议有 1 人（依据 Q7）",
        "grades:",
        "  sun-li:  # sun-li：得分 90.50，建议 较好",
        "  wang-fang:  # wang-fang：得分 95.00，建议 好",
        "  zhao-lei:  # zhao-lei：得分 70.00，建议 一般",
    ]
    assert form.faults == {"missing-key"}


def test_without_ratings_it_says_what_is_missing_for_a_suggestion(tmp_path: Path) -> None:
    form = begin(Office(staff="wang-fang"), tmp_path, "determination", period="2026-Q1")
    assert form.lines[-1] == "  wang-fang:  # wang-fang：还没有建议（主要领导zhou-min还没有给wang-fang评分）"


def test_whoever_must_be_consulted_has_a_place_in_it(tmp_path: Path) -> None:
    form = begin(Office("baishan-audit", staff="wang-fang"), tmp_path, "determination", period="2026-Q1")
    assert form.lines[2:8] == [
        "consulted:",
        "  discipline_inspection:",
        "    on:",
        "    outcome:",
        "    except: {}",
        "quota_reason:",
    ]
    assert "# 本方案要求：拟定为好的，事先征求纪检监察机关的意见（依据 B" in form.text
    other = begin(Office(staff="wang-fang"), tmp_path / "b", "determination", period="2026-Q1")
    assert "# 本方案不要求事先征求纪检监察机关的意见\nconsulted:\n" in other.text


def test_what_the_supervising_leader_has_decided_stands_beside_the_suggestion(tmp_path: Path) -> None:
    office = Office("chaoyang-ecology", staff="wang-fang he-jun")
    office.review("he-jun", "section_head", {"wang-fang": "好"})
    office.review("liu-yang", "supervising_leader", {"he-jun": "好", "wang-fang": "较好"})
    form = begin(office, tmp_path, "determination", period="2026-Q1")
    assert form.lines[-2:] == [
        "  he-jun:  # he-jun：建议 好",
        "  wang-fang:  # wang-fang：建议 好；分管领导liu-yang审定为较好",
    ]


def test_a_year_is_determined_in_annual_grades(tmp_path: Path) -> None:
    form = begin(Office(staff="wang-fang"), tmp_path, "determination", period="2026")
    assert form.path == "records/u/2026/determination.yml"
    assert form.body.splitlines()[-5:] == [
        "# 可以写：优秀、称职、基本称职、不称职",
        f"# 没有列入{LEFT_OUT}（依据 Q1）",
        (
            "# 2026年第一季度、2026年第二季度、2026年第三季度、2026年第四季度还没有审定结果，没有计入；"
            "审定以后用 pingshi annual 再看一次"
        ),
        "grades:",
        (
            "  wang-fang:  # wang-fang：全年没有等次，上级对试用期、处分期人员另有规定的从其规定；"
            "可以写 优秀、称职、基本称职、不称职"
        ),
    ]


@pytest.mark.clause("Q13", "Q17")
def test_a_years_form_tells_what_each_year_allows_in_each_ones_own_grades(tmp_path: Path) -> None:
    office = Office(staff="all bad staff absent").person("staff", category="institution")
    office.facts("absent", "kind: absent, period: 2026-Q2, reason: 无正当理由")
    grades = {"all": "好 好 好 好", "bad": "好 较差 较差 较好", "staff": "好 好 好 较差", "absent": "好 - 好 好"}
    determine(office, grades)
    form = begin(office, tmp_path, "determination", period="2026")
    assert form.body.splitlines()[-8:] == [
        "# 公务员可以写：优秀、称职、基本称职、不称职",
        "# 事业单位人员可以写：优秀、合格、基本合格、不合格",
        f"# 没有列入{LEFT_OUT}（依据 Q1）",
        "grades:",
        "  absent:  # absent：好 3 次；可以写 称职、基本称职、不称职",
        "  all:  # all：好 4 次；可以写 优秀、称职、基本称职、不称职，优先 优秀",
        "  bad:  # bad：好 1 次、较好 1 次、较差 2 次；可以写 基本称职",
        "  staff:  # staff：好 3 次、较差 1 次；可以写 合格、基本合格、不合格",
    ]


@pytest.mark.clause("Z13")
def test_whoever_may_not_take_part_in_the_year_is_left_out_and_it_says_why(tmp_path: Path) -> None:
    office = Office("zhangdian-stats", staff="a b c").person("c", category="worker")
    office.facts("b", "kind: absent, period: 2026-Q2, reason: 无正当理由")
    determine(office, {"a": "好 好 好 好", "b": "好 - 好 好"})
    form = begin(office, tmp_path, "determination", period="2026")
    assert [it for it in form.body.splitlines() if "没有列入" in it] == [
        "# 没有列入b：无故不参加平时考核的，不得参加当年的年度考核（依据 Z13）",
        "# 没有列入c：考核对象为科级以下公务员，事业单位人员、工勤人员不在此列（依据 Z1）",
        (
            "# 没有列入he-jun、liu-yang、qian-wei、wu-gang、zhou-min："
            "区管领导干部（班子成员）的考核，按照区委组织部有关要求进行（依据 Z1）"
        ),
    ]
    assert form.lines[-2:] == ["grades:", "  a:  # a：好 4 次；可以写 优秀、称职、基本称职、不称职"]


def test_a_year_in_principle_and_a_year_that_cannot_be_reckoned_say_so(tmp_path: Path) -> None:
    office = Office("baishan-audit", staff="low open")
    determine(office, {"low": "一般 一般 较差 好", "open": "好 好 好 好"}).write("facts/open.yml", "x: [")
    form = begin(office, tmp_path, "determination", period="2026")
    assert form.lines[-2:] == [
        "  low:  # low：好 1 次、一般 2 次、较差 1 次；原则上可以写 基本称职、不称职，写别的要有 reason",
        "  open:  # open：有记录或者方案读不了，还算不准；先用 pingshi check 看问题，改正后再定",
    ]


def determine(office: Office, grades: Mapping[str, str]) -> Office:
    """Determine everybody's quarters of 2026: four words each, `-` where there is no grade."""
    for index in range(4):
        decided = {it: words.split()[index] for it, words in grades.items() if words.split()[index] != "-"}
        office.decide(decided, period=f"2026-Q{index + 1}")
    return office


# --- the other kinds ---------------------------------------------------------------------


def test_ballots_list_whoever_is_graded(tmp_path: Path) -> None:
    office = Office(staff="wang-fang").person("new", probation_until="2026-12-31")
    form = begin(office, tmp_path, "ballots", period="2026-Q1")
    assert form.lines == [
        "counted_on:",
        "counted_by:",
        "totals:",
        "  wang-fang:  # wang-fang（窗口服务科，一般工作人员）",
    ]


def test_ballots_that_the_scheme_does_not_count_are_made_with_a_word_about_it(tmp_path: Path) -> None:
    says = "# 注意：本方案不用测评票，这份表不影响等次"
    form = begin(Office("baishan-audit", staff="wang-fang"), tmp_path, "ballots", period="2026-Q1")
    assert says in form.text.splitlines()
    assert says not in begin(Office(staff="wang-fang"), tmp_path / "b", "ballots", period="2026-Q1").text


@pytest.mark.parametrize(
    ("scheme", "kind", "line"),
    [
        ("qufu-approval", "outstanding", "  item:  # 本方案列举的情形：一票肯定"),
        ("qufu-approval", "misconduct", "  item:  # 本方案列举的情形：一票否决"),
        ("baishan-audit", "misconduct", "  item:  # 本方案没有列举情形，这一项不写"),
    ],
)
def test_a_fact_lists_the_items_of_the_scheme(scheme: str, kind: str, line: str, tmp_path: Path) -> None:
    form = begin(Office(scheme), tmp_path, "facts", person="wang-fang", what=kind)
    assert form.lines == [f"- kind: {kind}", "  on:", line, "  what:", "  basis:"]


@pytest.mark.parametrize(
    ("kind", "words", "title"),
    [
        ("goals", {"period": "2026", "person": "wang-fang"}, "wang-fang2026年度工作目标（由本人填写）"),
        ("plans", {"period": "2026-01", "person": "wang-fang"}, "wang-fang2026年1月工作计划台账（由本人填写）"),
        ("summaries", {"period": "2026", "person": "wang-fang"}, "wang-fang2026年度个人小结（由本人填写）"),
        ("facts", {"person": "wang-fang", "what": "leave"}, "wang-fang的事实记录（由人事部门填写，每件事一项）"),
    ],
)
def test_a_heading_reads_as_one_would_say_it(kind: str, words: dict[str, str], title: str, tmp_path: Path) -> None:
    lines = begin(Office(), tmp_path, kind, **words).text.splitlines()
    assert lines[0] == f"# {title}"
    dated = "# 日期写成 2026-03-31 这样：月和日各两位，中间用英文半角的减号。"
    assert (dated in lines) == (kind != "summaries")


def test_a_log_has_the_months_weeks_and_working_days_and_those_to_come_wait(tmp_path: Path) -> None:
    form = begin(Office(), tmp_path, "logs", period="2026-02", person="wang-fang")
    days = [it.split()[-1] for it in form.text.splitlines() if "on: 2026" in it]
    assert days[:6] == ["2026-02-02", "2026-02-03", "2026-02-04", "2026-02-05", "2026-02-06", "2026-02-09"]
    assert "2026-02-14" in days  # a Saturday worked for the holiday
    assert not {f"2026-02-{day}" for day in range(15, 24)} & set(days)
    assert form.lines[-9:] == [
        "  - week: 2026-W07",
        "    entries:",
        "      - on: 2026-02-09",
        "        did:",
        "      - on: 2026-02-10",
        "        did:",
        "      - on: 2026-02-11",
        "        did:",
        "    major:",
    ]
    below = form.text.partition("      # 还没有到的日子，行首加了 #；到时候去掉 # 再写\n")[2]
    assert below.startswith("      # - on: 2026-02-12\n      #   did:\n      # - on: 2026-02-13\n")
    assert "  # - week: 2026-W09\n  #   entries:\n  #     - on: 2026-02-24\n" in below


def test_a_log_of_a_month_to_come_begins_with_its_first_working_day(tmp_path: Path) -> None:
    form = begin(Office(), tmp_path, "logs", period="2026-02", person="wang-fang", today="2026-01-01")
    assert form.lines == [
        "weeks:",
        "  - week: 2026-W06",
        "    entries:",
        "      - on: 2026-02-02",
        "        did:",
        "    major:",
    ]


def test_the_log_of_a_month_that_is_over_waits_for_nothing(tmp_path: Path) -> None:
    form = begin(Office(), tmp_path, "logs", period="2026-02", person="wang-fang", today="2026-03-01")
    assert "还没有到的日子" not in form.text
    assert form.text.count("\n      - on: ") == 16


def test_no_log_without_a_calendar(tmp_path: Path) -> None:
    assert refusal(Office(), tmp_path, "logs", period="2199-01", person="wang-fang") == (
        "没有 2199 年的工作日历，排不出工作日；先在 unit.yml 的 calendar 里写上这一年的 holidays 和 workdays，"
        "或者等放假安排公布后升级程序"
    )


def test_an_evaluation_lists_the_tasks_of_the_plan(tmp_path: Path) -> None:
    task = "{{id: {}, ledger: plan, content: {}, due: 2026-01-20, standard: 办结}}"
    plan = f"tasks: [{task.format('t1', '办件')}, {task.format('t2', '走访')}]\n"
    office = Office("city-drc").write("2026-01/plans/wang-fang.yml", plan)
    form = begin(office, tmp_path, "evaluations", period="2026-01", person="wang-fang")
    assert form.lines == ["tasks:", "  t1:  # 办件（2026-01-20 前）", "  t2:  # 走访（2026-01-20 前）"]


def test_attendance_lists_everybody_but_the_leaders(tmp_path: Path) -> None:
    form = begin(Office(staff="wang-fang").person("gone", left="2026-01-30"), tmp_path, "attendance", period="2026-01")
    assert form.lines == ["people:", "  wang-fang:", "    late:", "    absent:", "    leave:"]


def test_the_host_of_somebody_seconded_is_known(tmp_path: Path) -> None:
    office = Office().facts("wang-fang", "kind: away, type: secondment, from: 2026-01-01, host: 示例市政府办")
    form = begin(office, tmp_path, "outside", period="2026-Q1", person="wang-fang")
    assert form.lines[0] == "unit: 示例市政府办"


def test_publicity_tells_how_long_the_scheme_asks_for(tmp_path: Path) -> None:
    form = begin(Office(), tmp_path, "publicity", period="2026-Q1")
    assert form.body == (
        "# 第一天\n"
        "# 方案规定公示不少于3个工作日，首日和末日都算（依据 Q8）\n"
        "from:\n"
        "# 最后一天\n"
        "to:\n"
        "# 联系部门：有意见向哪个部门反映。\n"
        "contact:  # 写本单位经办科室的名称；方案里叫督查指导科\n"
        "# 联系电话\n"
        "telephone:\n"
    )


def test_feedback_is_due_to_everybody_led_in_the_form_that_the_grade_asks_for(tmp_path: Path) -> None:
    office = rate(Office(), {"wang-fang": 95, "zhao-lei": 50}).decide({"wang-fang": "好", "zhao-lei": "较差"})
    form = begin(office, tmp_path, "feedback", period="2026-Q1", person="liu-yang")
    assert [it for it in form.lines if "person" in it or "kind" in it] == [
        "- person: wang-fang  # wang-fang，好",
        "  kind: feedback",
        "- person: zhao-lei  # zhao-lei，较差",
        "  kind: feedback",
        "- person: zhao-lei  # zhao-lei，较差",
        "  kind: criticism",
    ]


NOTE = "- {{person: {}, on: 2026-04-09, form: talk, kind: feedback}}\n"


def test_feedback_that_was_given_is_not_asked_for_again_but_may_be_given_again(tmp_path: Path) -> None:
    notes = NOTE.format("wang-fang") + NOTE.format("zhao-lei")
    office = Office().write("2026-Q1/feedback/liu-yang.yml", notes)
    says = refusal(office, tmp_path, "feedback", period="2026-Q1", person="liu-yang")
    assert says == "没有liu-yang要补记的反馈；另外记一次的，在后面写上人员代号"
    form = begin(office, tmp_path, "feedback", "zhao-lei", period="2026-Q1", person="liu-yang", what="reminder")
    assert form.text.startswith(notes)
    assert form.lines[2:6] == ["- person: zhao-lei  # zhao-lei", "  on:", "  form:", "  kind: reminder"]


def test_feedback_to_nobody_one_leads_needs_a_name(tmp_path: Path) -> None:
    says = refusal(Office(), tmp_path, "feedback", period="2026-Q1", person="wang-fang")
    assert says == "wang-fang不分管科室，也不是科室正职；在后面写上反馈对象的人员代号"
    says = refusal(Office(), tmp_path / "b", "feedback", "zhao", period="2026-Q1", person="wang-fang")
    assert says == "2026年3月31日在册的人里没有“zhao”；是不是 zhao-lei？"


def test_filings_are_those_that_the_scheme_sends_up(tmp_path: Path) -> None:
    both = Office().person("sun-qi", category="institution")
    form = begin(both, tmp_path, "filings", period="2026")
    assert form.lines == [
        "- form: annual_summary  # 平时考核工作总结",
        "  to: 市委组织部",
        "  on:",
        "- form: annual_summary  # 平时考核工作总结",
        "  to: 市人力资源和社会保障局",
        "  on:",
    ]
    other = begin(Office(), tmp_path / "b", "filings", period="2026-Q1", what="scheme")
    assert other.lines == ["- form: scheme  # 平时考核工作方案", "  to:", "  on:"]


def test_the_letters_to_home_units_are_asked_for_one_by_one(tmp_path: Path) -> None:
    guests = (
        Office("zhangdian-stats").person("sun-qi", home_unit="示例区财政局").person("li-na", home_unit="示例区人社局")
    )
    form = begin(guests, tmp_path, "filings", period="2026-Q1")
    assert [it for it in form.lines if "to:" in it] == ["  to: 示例区人社局", "  to: 示例区财政局"]


def test_a_note_for_who_did_well_is_offered_and_none_for_a_fact_that_there_is_not(tmp_path: Path) -> None:
    office = Office("chaoyang-ecology", staff="wang-fang").decide({"wang-fang": "好"})
    form = begin(office, tmp_path, "feedback", period="2026-Q1", person="liu-yang")
    assert [it.strip().split("  #")[0] for it in form.lines if "kind:" in it] == ["kind: feedback", "kind: praise"]


def test_what_was_filed_is_not_asked_for_again(tmp_path: Path) -> None:
    filed = "- {form: annual_summary, to: 市委组织部, on: 2027-01-05}\n"
    both = Office().person("sun-qi", category="institution")
    form = begin(both.write("2026/filings.yml", filed), tmp_path, "filings", period="2026")
    assert form.text == (f"{filed}- form: annual_summary  # 平时考核工作总结\n  to: 市人力资源和社会保障局\n  on:\n")


@pytest.mark.parametrize(
    ("kind", "path", "words"),
    [
        ("feedback", "2026-Q1/feedback/liu-yang.yml", {"period": "2026-Q1", "person": "liu-yang"}),
        ("filings", "2026/filings.yml", {"period": "2026"}),
    ],
)
def test_a_list_that_is_not_filled_in_yet_is_not_made_longer(
    kind: str, path: str, words: dict[str, str], tmp_path: Path
) -> None:
    first = begin(Office(), tmp_path, kind, **words)
    office = Office().write(path, first.text)
    assert refusal(office, tmp_path, kind, **words) == (
        f"records/u/{path} 还没有填好（或者有错误读不了），看不出还差什么；先填好，用 pingshi check 检查"
    )
    assert (tmp_path / first.path).read_text(encoding="utf-8") == first.text
