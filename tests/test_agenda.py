"""Who must do what by when: every duty of the five schemes, on which day it is open, and how urgent it is."""

from __future__ import annotations

from datetime import date

import pytest
from office import UNIT, Office
from telling import SUMMARY, file_summaries, publish, rate, talk

from pingshi.agenda import Duty, as_ical, by_when, by_whom, duties, read_duty, tasks, urgency, whom
from pingshi.periods import Period


def duties_of(office: Office, period: str = "2026-Q1") -> list[Duty]:
    """Return every duty of a period of the office."""
    return list(duties(office.snapshot().units[UNIT], Period.parse(period)))


def open_on(office: Office, day: str, *periods: str, person: str | None = None) -> list[str]:
    """Tell what is open: urgency, last day, task, whom it is about, who does it, clause."""
    on = date.fromisoformat(day)
    found = [it for period in periods or ("2026-Q1",) for it in duties_of(office, period)]
    return [
        " ".join(
            [
                it.urgency,
                str(it.first.due or "-"),
                it.first.task,
                whom(it) or "-",
                by_whom(it),
                it.first.clause or "-",
            ]
        )
        for it in tasks(found, on, person=person)
    ]


# --- what is filed ------------------------------------------------------------------------


@pytest.mark.clause("Q5", "Q6")
def test_before_the_quarter_ends_staff_owe_their_reports_and_summaries() -> None:
    office = Office("qufu-approval", staff="wang-fang zhao-lei")
    assert open_on(office, "2026-03-25") == [
        "soon 2026-03-31 写个人小结 还差 2 人：wang-fang、zhao-lei 本人 Q6",
        "open - 写月小结 还差 2 人：wang-fang、zhao-lei 本人 Q5",
        "open - 登记考勤 - 督查指导科（qian-wei） Q5",
        "open - 写月小结 还差 2 人：wang-fang、zhao-lei 本人 Q5",
        "open - 登记考勤 - 督查指导科（qian-wei） Q5",
        "open - 写月小结 还差 2 人：wang-fang、zhao-lei 本人 Q5",
        "later - 登记考勤 - 督查指导科（qian-wei） Q5",
        "later - 组织测评并登记测评票 - 督查指导科（qian-wei） Q6",
        "later - 填评鉴表（主管领导） - 主管领导（liu-yang） Q6",
        "later - 填评鉴表（主要领导） - 主要领导（zhou-min） Q6",
        "later - 审定等次并登记 - 领导班子、督查指导科（zhou-min、liu-yang、qian-wei） Q7",
        "later - 公示结果 - 督查指导科（qian-wei） Q8",
        "later - 反馈考核结果 - 主管领导（liu-yang） Q9",
    ]


@pytest.mark.clause("B2", "B6")
def test_what_is_filed_is_no_longer_owed_and_what_is_late_comes_first() -> None:
    office = file_summaries(Office("baishan-audit"), "wang-fang")
    assert open_on(office, "2026-04-07")[:2] == [
        "overdue 2026-03-31 写个人小结 zhao-lei 本人 B6",
        "overdue 2026-04-03 审定等次并登记 - 领导班子、人教科（zhou-min、liu-yang、qian-wei） B11",
    ]
    assert by_when(tasks(duties_of(office), date(2026, 4, 7))[0], date(2026, 4, 7)) == "2026-03-31（超期 7 天）"


def test_a_file_that_cannot_be_read_is_still_owed_and_says_so() -> None:
    office = Office("baishan-audit", staff="wang-fang").write("2026-Q1/summaries/wang-fang.yml", "political: [")
    own = next(it for it in duties_of(office) if it.kind == "summaries")
    assert (own.done, own.note) == (False, "文件有错误读不了，先用 pingshi check 看问题并改正")


def test_whoever_was_away_the_whole_month_owes_nothing_for_it() -> None:
    office = Office("qufu-approval", staff="wang-fang")
    office.facts("wang-fang", "kind: leave, type: maternity, from: 2026-01-01, to: 2026-02-28")
    reports = [str(it.period) for it in duties_of(office) if it.kind == "reports"]
    assert reports == ["2026-03"]


@pytest.mark.clause("Z4")
def test_a_monthly_plan_is_due_seven_days_before_the_month() -> None:
    office = Office("zhangdian-stats", staff="wang-fang")
    plans = [(str(it.period), str(it.since), str(it.due)) for it in duties_of(office) if it.kind == "plans"]
    assert plans == [
        ("2026-01", "2025-12-11", "2025-12-25"),
        ("2026-02", "2026-01-11", "2026-01-25"),
        ("2026-03", "2026-02-08", "2026-02-22"),
    ]


@pytest.mark.clause("D3")
def test_the_ledgers_of_october_are_due_after_the_national_holiday() -> None:
    """2026-10-01 to 07 are off and Saturday the 10th makes up: the first five working days are the 8th to the 13th."""
    office = Office("city-drc", staff="wang-fang")
    october = next(it for it in duties_of(office, "2026-Q4") if it.kind == "plans" and str(it.period) == "2026-10")
    assert str(october.due) == "2026-10-13"


@pytest.mark.clause("Z4", "C6")
@pytest.mark.parametrize(("scheme", "due"), [("zhangdian-stats", "2026-01-31"), ("chaoyang-ecology", None)])
def test_annual_goals_are_owed_from_new_years_day(scheme: str, due: str | None) -> None:
    office = Office(scheme, staff="wang-fang")
    goals = [it for it in duties_of(office, "2026") if it.kind == "goals"]
    assert [(it.task, it.role, str(it.since), it.due and str(it.due)) for it in goals] == [
        ("定年度工作目标", "本人", "2026-01-01", due)
    ]


LOG = """
weeks:
  - {week: 2026-W02, entries: [{on: 2026-01-05, did: 整理报表}]}
  - {week: 2026-W03, entries: []}
"""


@pytest.mark.clause("Z5")
def test_a_log_is_owed_week_by_week_without_weeks_of_holidays() -> None:
    """The week of 2026-02-16 is Spring Festival, with nobody at work; weeks that straddle a quarter are nobody's."""
    office = Office("zhangdian-stats", staff="wang-fang").write("2026-01/logs/wang-fang.yml", LOG)
    office.write("2026-02/logs/wang-fang.yml", LOG.replace("W02", "W06").replace("2026-01-05", "2026-02-02"))
    weeks = [(it.task, str(it.due), it.done) for it in duties_of(office) if it.kind == "logs"]
    assert weeks == [
        ("写工作记实（第2周）", "2026-01-11", True),
        ("写工作记实（第3周）", "2026-01-18", False),
        ("写工作记实（第4周）", "2026-01-25", False),
        ("写工作记实（第5周）", "2026-02-01", False),
        ("写工作记实（第6周）", "2026-02-08", True),
        ("写工作记实（第7周）", "2026-02-15", False),
        ("写工作记实（第9周）", "2026-03-01", False),
        ("写工作记实（第10周）", "2026-03-08", False),
        ("写工作记实（第11周）", "2026-03-15", False),
        ("写工作记实（第12周）", "2026-03-22", False),
        ("写工作记实（第13周）", "2026-03-29", False),
    ]


@pytest.mark.clause("Z5")
def test_spot_checks_are_reminded_of_and_never_a_problem() -> None:
    office = Office("zhangdian-stats", staff="wang-fang").decide({"wang-fang": "较好"})
    assert [it.task for it in duties_of(office) if it.kind == "spot_checks"] == ["抽查工作记实"]
    assert "spot_checks" not in " ".join(it.place.path for it in office.problems("missing-record"))


@pytest.mark.clause("B5", "C5")
@pytest.mark.parametrize(("scheme", "clause"), [("baishan-audit", "B5"), ("chaoyang-ecology", "C5")])
def test_the_scheme_itself_is_filed_when_the_year_begins(scheme: str, clause: str) -> None:
    office = Office(scheme, staff="wang-fang")
    filing = next(it for it in duties_of(office, "2026") if it.kind == "filings")
    assert (filing.task, filing.clause, str(filing.since), str(filing.due), filing.done) == (
        "向市委组织部报送平时考核工作方案",
        clause,
        "2026-01-01",
        "2026-03-31",
        False,
    )
    office.write("2026/filings.yml", "- {form: scheme, to: 市委组织部, on: 2026-02-10}\n")
    assert next(it for it in duties_of(office, "2026") if it.kind == "filings").done


@pytest.mark.clause("Q10")
def test_each_category_is_filed_with_its_own_authority() -> None:
    office = Office("qufu-approval", staff="wang-fang")
    assert [it.says for it in duties_of(office, "2026") if it.kind == "filings"] == [
        "年底形成工作总结，公务员的报市委组织部备案"
    ]
    office.person("zhao-lei", category="institution")
    assert len([it for it in duties_of(office, "2026") if it.kind == "filings"]) == 2


@pytest.mark.clause("Z9")
def test_the_results_of_guests_go_to_their_home_units_one_letter_each() -> None:
    office = Office("zhangdian-stats", staff="wang-fang")
    office.person("zhao-lei", home_unit="示例区财政局").person("sun-qi", home_unit="示例区财政局")
    office.person("li-na", home_unit="示例区人社局")
    office.write("2026-Q1/filings.yml", "- {form: result_letter, to: 示例区人社局, on: 2026-04-20}\n")
    letters = [it for it in duties_of(office) if it.kind == "filings"]
    assert [(it.task, it.clause, it.done) for it in letters] == [
        ("向示例区人社局报送平时考核结果通报", "Z9", True),
        ("向示例区财政局报送平时考核结果通报", "Z9", False),
    ]
    assert office.problems("missing-record") == []


# --- rating and deciding ------------------------------------------------------------------


@pytest.mark.clause("Q6")
def test_a_reviewer_is_told_who_is_still_missing_on_the_sheet() -> None:
    office = Office("qufu-approval").review("liu-yang", "supervising_leader", {"wang-fang": 88})
    sheets = {it.who[0].id: (it.done, it.note) for it in duties_of(office) if it.kind == "reviews"}
    assert sheets == {"liu-yang": (False, "还差zhao-lei"), "zhou-min": (False, "还差wang-fang、zhao-lei")}
    ballots = next(it for it in duties_of(rate(office, {"wang-fang": 88})) if it.kind == "ballots")
    assert (ballots.done, ballots.note) == (False, "还差zhao-lei")


@pytest.mark.clause("C8")
def test_in_chaoyang_the_head_proposes_and_the_supervising_leader_decides_on_a_sheet() -> None:
    office = Office("chaoyang-ecology", staff="wang-fang").review("he-jun", "section_head", {"wang-fang": "好"})
    sheets = {it.who[0].id: (it.role, it.done) for it in duties_of(office) if it.kind == "reviews"}
    assert sheets == {"he-jun": ("科室负责人", True), "liu-yang": ("分管领导", False)}


@pytest.mark.clause("B8")
def test_the_discipline_inspection_is_to_be_consulted_until_it_is() -> None:
    office = Office("baishan-audit", staff="wang-fang")
    consult = "就拟定的好等次人员征求纪检监察机关意见"
    assert [it.done for it in duties_of(office) if it.task == consult] == [False]
    said = "consulted: {discipline_inspection: {on: 2026-04-01, outcome: no_objection}}"
    office.decide({"wang-fang": "好"}, more=said)
    assert [it.done for it in duties_of(office) if it.task == consult] == [True]
    office.decide({"wang-fang": "较好"})
    assert [it for it in duties_of(office) if it.task == consult] == []


@pytest.mark.clause("B11")
@pytest.mark.parametrize(
    ("period", "due"),
    [
        ("2025-Q4", "2026-01-04"),  # 1 to 3 January are off; Sunday the 4th makes up for it
        ("2026-Q1", "2026-04-03"),
        ("2026-Q2", "2026-07-03"),
        ("2026-Q3", "2026-10-08"),  # the third day is in the National Day holiday
        ("2022-Q2", "2022-07-04"),  # the third day is a Sunday
        ("2024-Q1", "2024-04-03"),  # the quarter ends on a Sunday
        ("2023-Q3", "2023-10-07"),  # it ends on a Saturday in the holiday; Saturday the 7th of October makes up for it
    ],
)
def test_three_days_after_the_quarter_move_off_holidays(period: str, due: str) -> None:
    office = Office("baishan-audit", staff="wang-fang")
    decision = next(it for it in duties_of(office, period) if it.task == "审定等次并登记")
    assert str(decision.due) == due


@pytest.mark.clause("Q6")
def test_a_quarter_that_ends_on_a_sunday_ends_on_that_day_for_summaries_too() -> None:
    """期末以前 is no limit in days, so that it does not move to the next working day."""
    office = Office("qufu-approval", staff="wang-fang")
    summary = next(it for it in duties_of(office, "2024-Q2") if it.kind == "summaries")
    assert (str(summary.due), summary.due and summary.due.weekday()) == ("2024-06-30", 6)


@pytest.mark.clause("B11")
def test_a_limit_into_a_year_without_a_calendar_is_told_and_never_guessed() -> None:
    office = Office("baishan-audit", staff="wang-fang")
    decision = next(it for it in duties_of(office, "2026-Q4") if it.task == "审定等次并登记")
    assert (decision.due, decision.note) == (
        None,
        "没有 2027 年的工作日历，算不出最后一天（方案规定3日）；请技术人员把那一年的放假安排写进 unit.yml 的 calendar",
    )


# --- what follows -------------------------------------------------------------------------


@pytest.mark.clause("B10", "B13")
def test_after_the_decision_leaders_tell_remind_and_help_to_improve() -> None:
    office = Office("baishan-audit").decide({"wang-fang": "一般", "zhao-lei": "较好"})
    talk(office, ("wang-fang", "feedback"))
    assert [it for it in open_on(office, "2026-04-10") if "B10" in it or "B13" in it] == [
        "open - 反馈考核结果 zhao-lei 主管领导（liu-yang） B10",
        "open - 帮助制定整改措施 wang-fang 主管领导（liu-yang） B13",
        "open - 谈话提醒 wang-fang 主管领导（liu-yang） B13",
    ]
    office.write(
        "2026-Q1/feedback/liu-yang.yml",
        "- {person: wang-fang, on: 2026-04-09, form: talk, kind: reminder, plan: 每周自查, due: 2026-06-30}\n",
    )
    assert [it for it in open_on(office, "2026-07-02") if "B13" in it] == [
        "overdue 2026-06-30 检查整改情况 wang-fang 谈话的领导（liu-yang） B13"
    ]


@pytest.mark.clause("C12", "D14", "Z18")
@pytest.mark.parametrize(
    ("scheme", "who", "clause"),
    [
        ("chaoyang-ecology", "分管领导（liu-yang）", "C12"),
        ("city-drc", "人事科、评估督导科（qian-wei）", "D14"),
        ("zhangdian-stats", "分管领导（liu-yang）", "Z18"),
    ],
)
def test_who_did_well_is_to_be_praised(scheme: str, who: str, clause: str) -> None:
    office = Office(scheme).decide({"wang-fang": "好", "zhao-lei": "较好"})
    praise = [it for it in open_on(office, "2026-04-10") if " 表扬 " in it]
    assert praise == [f"open - 表扬 wang-fang {who.replace('人事科、评估督导科', '人事部门')} {clause}"]
    assert [it for it in office.problems("missing-follow-up") if it.clause == clause and "表扬" in it.message] == []


@pytest.mark.clause("C17", "Q17")
@pytest.mark.parametrize(("scheme", "clause"), [("chaoyang-ecology", "C17"), ("qufu-approval", "Q17")])
def test_who_would_not_take_part_is_to_be_spoken_to(scheme: str, clause: str) -> None:
    office = Office(scheme, staff="wang-fang").facts("wang-fang", "kind: absent, period: 2026-Q1, reason: 无正当理由")
    owed = [(it.done, str(it.since)) for it in duties_of(office) if it.clause == clause and it.kind == "feedback"]
    assert owed == [(False, "2026-03-31")]
    office.facts("wang-fang", "kind: absent, period: 2026-Q1, reason: 无正当理由, educated_on: 2026-04-10")
    assert [it.done for it in duties_of(office) if it.clause == clause and it.kind == "feedback"] == [True]


@pytest.mark.clause("C17")
def test_who_cheated_is_to_be_spoken_to() -> None:
    office = Office("chaoyang-ecology", staff="wang-fang").facts(
        "wang-fang", "kind: fraud, on: 2026-03-21, basis: 文号"
    )
    owed = [it for it in duties_of(office) if it.clause == "C17"]
    assert [(it.task, str(it.since), it.done) for it in owed] == [("批评教育或者责令作出检查", "2026-03-21", False)]


@pytest.mark.clause("B8", "Q8", "Z12")
def test_what_is_decided_is_to_be_made_known() -> None:
    office = Office("qufu-approval", staff="wang-fang").decide({"wang-fang": "好"})
    assert [it for it in open_on(office, "2026-04-03") if "Q8" in it] == ["open - 公示结果 - 督查指导科（qian-wei） Q8"]
    assert [it for it in open_on(publish(office), "2026-04-03") if "Q8" in it] == []


@pytest.mark.clause("D13")
@pytest.mark.parametrize(
    ("raised", "due"),
    [
        ("2026-04-10", "2026-04-17"),
        ("2026-02-10", "2026-02-24"),  # Spring Festival is 15 to 23 February; Saturday the 14th makes up for it
        ("2025-12-29", "2026-01-06"),  # New Year is 1 to 3 January; Sunday the 4th makes up for it
        ("2026-09-28", "2026-10-10"),  # National Day is 1 to 7 October; Saturday the 10th makes up for it
    ],
)
def test_a_reply_is_due_five_working_days_after_the_objection(raised: str, due: str) -> None:
    office = Office("city-drc", staff="wang-fang")
    office.write("2026-Q1/objections/wang-fang.yml", f"raised_on: {raised}\nsays: 任务经同意调整过\n")
    reply = next(it for it in duties_of(office) if it.task == "答复异议")
    assert (str(reply.due), reply.clause, reply.about and reply.about.id) == (due, "D13", "wang-fang")


@pytest.mark.clause("D13")
def test_a_changed_grade_is_to_be_corrected_until_it_is() -> None:
    office = Office("city-drc", staff="wang-fang").decide({"wang-fang": "一般"})
    office.write("2026-Q1/objections/wang-fang.yml", "raised_on: 2026-04-10\nsays: 任务经同意调整过\n")
    office.write("2026-Q1/replies/wang-fang.yml", "replied_on: 2026-04-16\noutcome: changed\ngrade: 较好\nsays: 属实\n")
    correct = "按复核结果更正审定结果"
    assert [it.done for it in duties_of(office) if it.task in ("答复异议", correct)] == [True, False]
    office.decide({"wang-fang": "较好"})
    assert [it.done for it in duties_of(office) if it.task == correct] == [True]


@pytest.mark.clause("Z12")
def test_an_objection_that_the_scheme_does_not_take_need_not_be_answered() -> None:
    office = Office("zhangdian-stats", staff="wang-fang").decide({"wang-fang": "较好"})
    office.write("2026-Q1/objections/wang-fang.yml", "raised_on: 2026-04-10\nsays: 应当为好\n")
    assert [it for it in duties_of(office) if it.task == "答复异议"] == []
    office.decide({"wang-fang": "较差"})
    assert [it.clause for it in duties_of(office) if it.task == "答复异议"] == ["Z12"]


# --- by person, by day --------------------------------------------------------------------


def test_one_persons_duties_are_those_that_fall_to_that_person() -> None:
    office = Office("baishan-audit").decide({"wang-fang": "一般", "zhao-lei": "较好"})
    mine = open_on(office, "2026-04-10", person="wang-fang")
    assert mine == ["overdue 2026-03-31 写个人小结 wang-fang 本人 B6"]
    leaders = open_on(office, "2026-04-10", person="liu-yang")
    tasks_of = [it.split()[2] for it in leaders]
    assert tasks_of == ["填评鉴表（主管领导）", "反馈考核结果", "帮助制定整改措施", "谈话提醒"]


def test_a_duty_is_near_for_seven_days_before_its_last_day() -> None:
    duty = next(it for it in duties_of(Office("baishan-audit", staff="wang-fang")) if it.kind == "summaries")
    days = ["2026-03-16", "2026-03-17", "2026-03-23", "2026-03-24", "2026-03-31", "2026-04-01"]
    assert [urgency(duty, date.fromisoformat(day)) for day in days] == [
        "later",
        "open",
        "open",
        "soon",
        "soon",
        "overdue",
    ]


def test_a_duty_is_the_same_when_it_has_been_kept() -> None:
    office = Office("baishan-audit").decide({"wang-fang": "一般"}).write("2026-Q1/summaries/wang-fang.yml", SUMMARY)
    found = duties_of(office) + duties_of(office, "2026")
    assert [read_duty(it.as_json()) for it in found] == found


def test_a_calendar_file_holds_every_task_once_and_is_the_same_each_time() -> None:
    office = Office("baishan-audit").decide({"wang-fang": "一般"})
    day = date(2026, 4, 10)
    found = tasks(duties_of(office), day)
    made = as_ical("示例局", found, day)
    assert made == as_ical("示例局", found, day)
    told = made.decode().replace("\r\n ", "").split("\r\n")
    assert told[:5] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//pingshi//agenda//ZH-CN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:示例局",
    ]
    assert len([it for it in told if it == "BEGIN:VEVENT"]) == len(found)
    uids = [it for it in told if it.startswith("UID:")]
    assert len(set(uids)) == len(found)
    assert "SUMMARY:【2026年第一季度】写个人小结：还差 2 人：wang-fang、zhao-lei" in told
    told_of = ["由本人办理（wang-fang、zhao-lei）", "最后一天：2026-03-31"]
    told_of.append("依据：B6 每季度对照考核指标写出个人小结，以书面形式报主管领导")
    assert "DESCRIPTION:" + "\\n".join(told_of) in told


# --- offices change hands, and what can't be told -----------------------------------------


TERMS = """
name: 示例局
schemes: [{from: 2020-Q1, scheme: baishan-audit}]
departments:
  - {id: hall, name: 窗口服务科, kind: frontline, head: he-jun, led_by: [{is: [liu-yang], to: 2026-06-30}, {is: [zhou-min], from: 2026-07-01}]}
organs:
  principal_leader: zhou-min
  leadership: [zhou-min, liu-yang]
  personnel_office: [{is: [qian-wei], to: 2026-06-30}, {is: [he-jun], from: 2026-07-01}]
  discipline_inspection: [wu-gang]
"""  # noqa: E501 -- a department in one line


def test_what_was_left_undone_passes_to_the_successor() -> None:
    office = Office("baishan-audit", staff="wang-fang").write("unit.yml", TERMS).decide({"wang-fang": "一般"})
    spring, autumn = open_on(office, "2026-04-10"), open_on(office, "2026-11-20")
    assert "open - 谈话提醒 wang-fang 主管领导（liu-yang） B13" in spring
    assert "open - 谈话提醒 wang-fang 主管领导（zhou-min） B13" in autumn
    assert "open - 向市委组织部报送平时考核备案名册 - 人教科（qian-wei） B11" in spring
    assert "open - 向市委组织部报送平时考核备案名册 - 人教科（he-jun） B11" in autumn


@pytest.mark.clause("B7")
def test_nobody_rates_themselves_and_the_office_is_told_to_name_somebody() -> None:
    office = Office("baishan-audit", staff="wang-fang")
    office.write("unit.yml", office.texts["unit.yml"].replace("led_by: [liu-yang]", "led_by: [wang-fang]"))
    owed = [it for it in duties_of(office) if it.task.startswith("明确由谁评鉴")]
    assert [(it.task, it.about and it.about.id, it.who[0].id, it.path) for it in owed] == [
        ("明确由谁评鉴（没有可以评的主管领导）", "wang-fang", "qian-wei", "records/u/unit.yml")
    ]


@pytest.mark.clause("C17")
def test_a_talk_before_the_event_was_about_something_else() -> None:
    office = Office("chaoyang-ecology", staff="wang-fang")
    office.facts("wang-fang", "kind: fraud, on: 2026-03-21, basis: 文号")
    office.write(
        "2026-Q1/feedback/liu-yang.yml", "- {person: wang-fang, on: 2026-01-10, form: talk, kind: criticism}\n"
    )
    assert [it.done for it in duties_of(office) if it.clause == "C17"] == [False]


def test_a_year_in_which_the_scheme_begins_owes_nothing_from_before() -> None:
    office = Office("zhangdian-stats", staff="wang-fang", since="2026-Q4")
    goals = next(it for it in duties_of(office, "2026") if it.kind == "goals")
    assert (str(goals.since), goals.due, goals.note) == (
        "2026-10-01",
        None,
        "方案规定的期限（1月31日以前）在 2026-10-01 以前，之后补办",
    )


@pytest.mark.clause("B14")
def test_when_the_year_is_decided_its_best_are_to_be_made_known() -> None:
    office = Office("baishan-audit", staff="wang-fang").write(
        "2026/determination.yml", "decided_on: 2027-01-15\ngrades: {wang-fang: 优秀}\n"
    )
    owed = [(it.task, it.clause, it.done) for it in duties_of(office, "2026") if it.kind == "publicity"]
    assert owed == [("公示年度考核优秀等次人员", "B14", False)]
