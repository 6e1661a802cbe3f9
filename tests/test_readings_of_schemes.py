"""Readings 9 to 13, 15 and 16 of the design: deadlines, how each scheme is read, the last day, taking part."""

from __future__ import annotations

import pytest
from office import Office
from telling import amend, parts, rate, suggested, told

FEEDBACK = "- {{person: wang-fang, on: {on}, form: talk, kind: feedback, praised: 好, shortcomings: 少, improve: 多}}\n"


# --- 9: deadlines ---------------------------------------------------------------------------


@pytest.mark.clause("B11")
@pytest.mark.parametrize(
    ("period", "decided", "late"),
    [
        ("2026-Q1", "2026-04-03", False),  # the third day after 31 March, a Friday
        ("2026-Q1", "2026-04-04", True),
        ("2026-Q2", "2026-07-03", False),
        ("2026-Q3", "2026-10-08", False),  # 3 October is a holiday; the 8th is the first workday
        ("2026-Q3", "2026-10-09", True),
        ("2025-Q4", "2026-01-04", False),  # 3 January 2026 is a holiday, Sunday the 4th a make-up workday
        ("2025-Q4", "2026-01-05", True),
    ],
)
def test_reading_09_three_days_count_from_the_next_day_and_end_on_a_workday(
    period: str, decided: str, *, late: bool
) -> None:
    office = Office("baishan-audit", "wang-fang").review(
        "liu-yang", "supervising_leader", {"wang-fang": "较好"}, period
    )
    office.decide({"wang-fang": "较好"}, period, on=decided)
    assert bool(office.problems("late")) is late


@pytest.mark.clause("B11")
def test_reading_09_a_late_determination_is_told_with_its_last_day() -> None:
    office = Office("baishan-audit", "wang-fang").decide({"wang-fang": "较好"}, "2026-Q3", on="2026-10-09")
    assert told(office, "late") == (
        "records/u/2026-Q3/determination.yml:1:1: 提醒 [late] "
        "2026年第三季度的结果应在2026年10月8日以前（2026年9月30日的次日起3日），"
        "实际是2026年10月9日（依据 B11）\n"
        "    → 核对日期；确实超期的，向有关方面说明原因\n"
    )


@pytest.mark.clause("C18")
@pytest.mark.parametrize(("raised", "late"), [("2026-04-09", False), ("2026-04-10", True)])
def test_reading_09_an_objection_has_five_workdays_from_the_first_feedback(raised: str, *, late: bool) -> None:
    # told on 1 April, then: 2, 3, (6 April is a holiday) 7, 8, 9 April. A second talk later moves nothing.
    office = Office("chaoyang-ecology", "wang-fang").review("he-jun", "section_head", {"wang-fang": "较好"})
    office.write("2026-Q1/feedback/liu-yang.yml", FEEDBACK.format(on="2026-04-08") + FEEDBACK.format(on="2026-04-01"))
    office.write("2026-Q1/objections/wang-fang.yml", f"raised_on: {raised}\nsays: 工作量没有算全\n")
    assert [(it.clause, str(it.place)) for it in office.problems("late")] == (
        [("C18", "records/u/2026-Q1/objections/wang-fang.yml:1")] if late else []
    )


@pytest.mark.clause("D13")
@pytest.mark.parametrize(("replied", "late"), [("2026-04-15", False), ("2026-04-16", True)])
def test_reading_09_a_reply_has_five_workdays_from_the_objection(replied: str, *, late: bool) -> None:
    office = Office("city-drc", "wang-fang").write(
        "2026-Q1/objections/wang-fang.yml", "raised_on: 2026-04-08\nsays: 加分没有计入\n"
    )
    office.write("2026-Q1/replies/wang-fang.yml", f"replied_on: {replied}\noutcome: upheld\nsays: 已核对\n")
    assert [it.clause for it in office.problems("late")] == (["D13"] if late else [])


@pytest.mark.clause("Q8", "D10")
@pytest.mark.parametrize("scheme", ["qufu-approval", "city-drc"])
@pytest.mark.parametrize(
    ("since", "until", "short"),
    [
        ("2026-04-01", "2026-04-03", False),  # three workdays, the first and the last included
        ("2026-04-02", "2026-04-06", True),  # the 4th to the 6th are holidays
        ("2026-04-02", "2026-04-07", False),
        ("2026-02-13", "2026-02-23", True),  # Friday and the make-up Saturday, then nine days of Spring Festival
        ("2026-02-13", "2026-02-24", False),
    ],
)
def test_reading_09_publicity_counts_its_first_and_its_last_day(
    scheme: str, since: str, until: str, *, short: bool
) -> None:
    office = Office(scheme, "wang-fang")
    office.write("2026-Q1/publicity.yml", f"from: {since}\nto: {until}\ncontact: 办公室\ntelephone: 0000-1\n")
    assert bool(office.problems("publicity-too-short")) is short


# --- 10: zhangdian-stats ----------------------------------------------------------------------


@pytest.mark.clause("Z8")
def test_reading_10_the_score_is_six_tenths_leader_and_four_tenths_ballots() -> None:
    office = Office("zhangdian-stats", "a").review("liu-yang", "supervising_leader", {"a": 91.5})
    score = office.ballots({"a": [88, 90, 93.5]}).result("a").score
    assert score is not None
    assert score.written == "91.10"  # 54.9 + 40% of 271.5 / 3 = 36.2


@pytest.mark.clause("Z8")
@pytest.mark.parametrize(
    ("total", "decided", "codes"),
    [
        (80, "{grade: 好, reason: 牵头完成普查}", []),  # 可确定为: the score only opens it
        (80, "好", ["reason-missing"]),
        (74.99, "{grade: 较好, reason: 牵头完成普查}", ["grade-not-allowed"]),  # 定为: no reason cures it
        (74.99, "{grade: 较差, reason: 多次误报}", []),  # lower than the score is open, with a reason
        (59.99, "{grade: 一般, reason: 态度有转变}", ["grade-not-allowed"]),
        (59.99, "较差", []),
    ],
)
def test_reading_10_below_75_the_score_fixes_the_grade(total: float, decided: str, codes: list[str]) -> None:
    office = rate(Office("zhangdian-stats", "a"), {"a": total}).decide({"a": decided})
    assert [it.code for it in office.problems("reason-missing", "grade-not-allowed")] == codes


@pytest.mark.clause("Z10")
@pytest.mark.parametrize(("total", "grade"), [(95, "一般"), (70, "一般"), (50, "较差")])
def test_reading_10_whoever_was_held_to_account_gets_fair_at_most(total: float, grade: str) -> None:
    office = rate(Office("zhangdian-stats", "a"), {"a": total})
    office.facts("a", "kind: accountability, on: 2026-02-03, type: 组织谈话, basis: 文号")
    assert office.result("a").suggested == grade


@pytest.mark.clause("Z13")
@pytest.mark.parametrize("total", [95, 50])
def test_reading_10_an_admonition_sets_poor(total: float) -> None:
    office = rate(Office("zhangdian-stats", "a"), {"a": total})
    office.facts("a", "kind: admonition, on: 2026-02-20, reason: 未按时填写工作记实")
    assert office.result("a").suggested == "较差"


@pytest.mark.clause("Z9")
@pytest.mark.parametrize("reason", ["secondment", "loan", "training"])
@pytest.mark.parametrize(
    ("stints", "part"),
    [
        (["from: 2026-01-01, to: 2026-06-30"], "graded"),  # six months exactly: to the day before the same date
        (["from: 2026-01-01, to: 2026-07-01"], "elsewhere"),
        (["from: 2025-10-01, to: 2026-03-31"], "graded"),
        (["from: 2025-09-30, to: 2026-03-31"], "elsewhere"),
        (["from: 2026-03-31"], "elsewhere"),  # an open end is longer than six months
        (["from: 2026-04-01"], "graded"),  # it begins the day after the period
        (["from: 2025-01-01, to: 2026-03-30"], "graded"),  # back on the last day
        (["from: 2025-12-01, to: 2026-02-28", "from: 2026-03-01, to: 2026-05-31"], "graded"),  # adjoining: six months
        (["from: 2025-12-01, to: 2026-02-28", "from: 2026-03-01, to: 2026-06-01"], "elsewhere"),
        (["from: 2026-03-01, to: 2026-06-01", "from: 2025-12-01, to: 2026-02-28"], "elsewhere"),  # in any order
        (["from: 2025-12-01, to: 2026-02-27", "from: 2026-03-01, to: 2026-06-01"], "graded"),  # a day between them
        (["from: 2025-10-01, to: 2026-03-31", "from: 2026-04-01, to: 2026-04-30"], "elsewhere"),  # goes on afterwards
        (["from: 2025-10-01, to: 2026-03-31", "from: 2026-04-01"], "elsewhere"),
    ],
)
def test_reading_10_half_a_year_is_counted_over_the_stint_itself(reason: str, stints: list[str], part: str) -> None:
    office = Office("zhangdian-stats", "a")
    office.facts("a", *(f"kind: away, type: {reason}, {stint}, host: 示例市政府办" for stint in stints))
    assert office.result("a").participation == part


@pytest.mark.clause("Z9")
def test_reading_10_adjoining_stints_at_different_hosts_are_not_added() -> None:
    office = Office("zhangdian-stats", "a").facts(
        "a",
        "kind: away, type: loan, from: 2025-12-01, to: 2026-02-28, host: 示例市政府办",
        "kind: away, type: loan, from: 2026-03-01, to: 2026-06-30, host: 示例市统计局",
    )
    assert office.result("a").participation == "graded"


@pytest.mark.clause("Z9")
@pytest.mark.parametrize(
    ("since", "six_months", "longer"),
    [
        ("2025-08-28", "2026-02-27", "2026-02-28"),
        # there is no 29, 30 or 31 February: the month's last day is the day before it would have been
        ("2025-08-29", "2026-02-28", "2026-03-01"),
        ("2025-08-30", "2026-02-28", "2026-03-01"),
        ("2025-08-31", "2026-02-28", "2026-03-01"),
        ("2025-09-01", "2026-02-28", "2026-03-01"),
        # of a leap year
        ("2023-08-29", "2024-02-28", "2024-02-29"),
        ("2023-08-30", "2024-02-29", "2024-03-01"),
        ("2023-08-31", "2024-02-29", "2024-03-01"),
        # nor a 31 April, and from February on the same date is simply there
        ("2025-10-31", "2026-04-30", "2026-05-01"),
        ("2025-02-28", "2025-08-27", "2025-08-28"),
    ],
)
def test_reading_10_six_months_end_the_day_before_the_same_date(since: str, six_months: str, longer: str) -> None:
    office = Office("zhangdian-stats", "a")
    period = f"{since[:4]}-Q4" if since[5:7] != "02" else "2025-Q2"
    for until, part in ((six_months, "graded"), (longer, "elsewhere")):
        office.facts("a", f"kind: away, type: loan, from: {since}, to: {until}, host: 示例市政府办")
        assert office.result("a", period).participation == part


@pytest.mark.clause("Z12")
@pytest.mark.parametrize(("grade", "counted"), [("较差", True), ("一般", False)])
def test_reading_10_only_poor_may_be_objected_to(grade: str, *, counted: bool) -> None:
    office = rate(Office("zhangdian-stats", "wang-fang"), {"wang-fang": 55 if grade == "较差" else 65})
    office.decide({"wang-fang": grade})
    office.write("2026-Q1/objections/wang-fang.yml", "raised_on: 2026-04-10\nsays: 不服\n")
    assert told(office, "not-counted") == (
        ""
        if counted
        else "records/u/2026-Q1/objections/wang-fang.yml:1:1: 提醒 [not-counted] wang-fang的等次是一般，"
        "方案只受理对较差等次的复核（依据 Z12）\n"
        "    → 向本人说明；意见可以在反馈时听取\n"
    )


# --- 12: proposals ------------------------------------------------------------------------


@pytest.mark.clause("B7")
def test_reading_12_the_suggestion_is_what_the_supervising_leader_proposes() -> None:
    office = Office("baishan-audit", "a b").review("liu-yang", "supervising_leader", {"a": "好", "b": "一般"})
    assert suggested(office) == {"a": "好", "b": "一般"}


@pytest.mark.clause("B7", "C8")
@pytest.mark.parametrize(
    ("scheme", "who", "cite", "sheet"),
    [
        ("baishan-audit", "主管领导liu-yang", "B7", "liu-yang"),
        ("chaoyang-ecology", "科室负责人he-jun", "C8", "he-jun"),
    ],
)
def test_reading_12_where_nobody_proposed_there_is_no_suggestion(scheme: str, who: str, cite: str, sheet: str) -> None:
    office = Office(scheme, "a").decide({"a": "较好"})
    assert suggested(office) == {"a": None}
    assert told(office, "missing-rating") == (
        f"records/u/2026-Q1/reviews/{sheet}.yml:1:1: 提醒 [missing-rating] {who}还没有给a提出等次（依据 {cite}）\n"
        f"    → 在 records/u/2026-Q1/reviews/{sheet}.yml 的 people 下补上 a 的 grade\n"
    )
    assert office.problems("reason-missing") == []  # there is no suggestion to depart from


@pytest.mark.clause("B7")
def test_reading_12_leaders_who_propose_different_grades_make_no_suggestion() -> None:
    office = Office("baishan-audit", "a").person("sun-li", leader="true")
    office.write("unit.yml", office.texts["unit.yml"].replace("led_by: [liu-yang]", "led_by: [liu-yang, sun-li]"))
    office.review("liu-yang", "supervising_leader", {"a": "好"}).review("sun-li", "supervising_leader", {"a": "较好"})
    assert suggested(office) == {"a": None}
    assert told(office, "missing-rating") == (
        "records/u/2026-Q1/reviews/liu-yang.yml:3:7: 提醒 [missing-rating] a的主管领导提出的等次不一致："
        "liu-yang提出好、sun-li提出较好"
        "（依据 B7）\n"
        "    → 商量一致后改正评鉴表，或由审定的人直接决定\n"
    )
    office.review("sun-li", "supervising_leader", {"a": "好"})
    assert suggested(office) == {"a": "好"}


@pytest.mark.clause("C8")
def test_reading_12_the_determination_repeats_what_the_supervising_leader_decided() -> None:
    office = Office("chaoyang-ecology", "a b").review("he-jun", "section_head", {"a": "较好", "b": "较好"})
    office.review("liu-yang", "supervising_leader", {"a": "一般", "b": "较好"})
    office.decide({"a": "{grade: 一般, reason: 分管领导审定}", "b": "较好"})
    assert office.problems("grade-not-allowed", "reason-missing") == []
    office.decide({"a": "较好", "b": "{grade: 好, reason: 班子研究}"})
    assert told(office, "grade-not-allowed") == (
        "records/u/2026-Q1/determination.yml:4:3: 错误 [grade-not-allowed] a已由分管领导liu-yang审定为一般，"
        "审定结果里却是较好（依据 C8）\n"
        "    → 审定结果应与有权审定的人一致：改正其中一处\n"
        "records/u/2026-Q1/determination.yml:5:3: 错误 [grade-not-allowed] b已由分管领导liu-yang审定为较好，"
        "审定结果里却是好（依据 C8）\n"
        "    → 审定结果应与有权审定的人一致：改正其中一处\n"
    )


# --- 13: qufu-approval --------------------------------------------------------------------


SEVERE = ["记过", "记大过", "降级", "撤职", "降低岗位等级", "党内严重警告", "撤销党内职务", "留党察看"]


@pytest.mark.clause("Q16")
@pytest.mark.parametrize(
    ("measure", "part"), [*((it, "comment_only") for it in SEVERE), ("警告", "graded"), ("党内警告", "graded")]
)
def test_reading_13_severe_measures_leave_only_a_comment(measure: str, part: str) -> None:
    office = Office("qufu-approval", "a")
    office.facts("a", f"kind: discipline, measure: {measure}, from: 2026-02-01, to: 2027-01-31, basis: 文号")
    assert office.result("a").participation == part


# --- 15: the last day ---------------------------------------------------------------------


@pytest.mark.clause("Q16", "Z11")
@pytest.mark.parametrize("scheme", ["qufu-approval", "zhangdian-stats"])
@pytest.mark.parametrize(
    ("since", "until", "part"),
    [
        ("2025-04-01", "2026-03-30", "graded"),  # ended the day before
        ("2025-04-01", "2026-03-31", "comment_only"),
        ("2026-03-31", "2027-03-30", "comment_only"),  # in force on the last day only
        ("2026-04-01", "2027-03-31", "graded"),
    ],
)
def test_reading_15_a_measure_counts_if_it_is_in_force_on_the_last_day(
    scheme: str, since: str, until: str, part: str
) -> None:
    office = Office(scheme, "a")
    office.facts("a", f"kind: discipline, measure: 记过, from: {since}, to: {until}, basis: 文号")
    assert office.result("a").participation == part


@pytest.mark.clause("Z13", "Q12")
@pytest.mark.parametrize(
    ("on", "poor"), [("2025-12-31", False), ("2026-01-01", True), ("2026-03-31", True), ("2026-04-01", False)]
)
@pytest.mark.parametrize(
    ("scheme", "fact"),
    [
        ("zhangdian-stats", "kind: admonition, on: {on}, reason: 未按时填写工作记实"),
        ("qufu-approval", "kind: misconduct, on: {on}, item: 一票否决, what: 被通报批评, basis: 文号"),
    ],
)
def test_reading_15_a_fact_counts_in_the_period_that_holds_its_day(
    scheme: str, fact: str, on: str, *, poor: bool
) -> None:
    office = rate(Office(scheme, "a"), {"a": 80}).facts("a", fact.format(on=on))
    assert office.result("a").suggested == ("较差" if poor else "较好")


@pytest.mark.parametrize(
    ("given", "on_roll"),
    [
        ({"joined": "2026-03-31"}, True),
        ({"joined": "2026-04-01"}, False),
        ({"left": "2026-03-31"}, True),  # `left` is the last day
        ({"left": "2026-03-30"}, False),
        ({"left": "2026-04-01"}, True),
        ({"joined": "2026-02-10"}, True),  # in the middle of the quarter
    ],
)
def test_reading_15_whoever_is_on_the_roll_on_the_last_day_takes_part(given: dict[str, str], *, on_roll: bool) -> None:
    office = Office("qufu-approval", "").person("a", **given)
    assert ("a" in office.grade().people) is on_roll


TWO_DEPARTMENTS = "  - {id: office, name: 综合科, kind: general, head: he-jun, led_by: [sun-li]}\norgans:"


@pytest.mark.clause("Q3")
@pytest.mark.parametrize(("moved", "leader"), [("2026-03-31", "sun-li"), ("2026-04-01", "liu-yang")])
def test_reading_15_the_department_of_the_last_day_decides_who_rates(moved: str, leader: str) -> None:
    terms = f"[{{is: hall, from: 2020-01-01, to: {_before(moved)}}}, {{is: office, from: {moved}}}]"
    office = Office("qufu-approval", "").person("a", department=terms).person("sun-li", leader="true")
    office.write("unit.yml", office.texts["unit.yml"].replace("organs:", TWO_DEPARTMENTS))
    office.review("zhou-min", "principal_leader", {"a": 80}).ballots({"a": 80})
    office.review("liu-yang", "supervising_leader", {"a": 90}).review("sun-li", "supervising_leader", {"a": 70})
    score = office.result("a").score
    assert score is not None
    assert score.written == {"sun-li": "77.00", "liu-yang": "83.00"}[leader]  # 32 + 24 + 30% of 70 or of 90
    other = {"sun-li": "liu-yang", "liu-yang": "sun-li"}[leader]
    assert told(office, "not-counted") == (
        f"records/u/2026-Q1/reviews/{other}.yml:3:3: 提醒 [not-counted] {other}在 2026-03-31 不是a的主管领导，"
        "这一项不计入（依据 Q6）\n"
        "    → 核对 role、科室负责人（head）和分管领导（led_by）；确实无权评价的，把意见转给有权的人作为依据\n"
    )


def _before(day: str) -> str:
    return {"2026-03-31": "2026-03-30", "2026-04-01": "2026-03-31"}[day]


@pytest.mark.clause("Q3")
def test_reading_15_a_leader_who_took_over_within_the_quarter_rates_alone() -> None:
    office = rate(Office("qufu-approval", "a"), {"a": 80}).person("sun-li", leader="true")
    led = "led_by: [{is: [liu-yang], from: 2020-01-01, to: 2026-03-15}, {is: [sun-li], from: 2026-03-16}]"
    office.write("unit.yml", office.texts["unit.yml"].replace("led_by: [liu-yang]", led))
    office.review("sun-li", "supervising_leader", {"a": 90})
    score = office.result("a").score
    assert score is not None
    assert score.written == "83.00"  # 32 + 27 + 24


@pytest.mark.clause("Q17", "C17")
@pytest.mark.parametrize("scheme", ["qufu-approval", "chaoyang-ecology", "zhangdian-stats"])
def test_reading_15_absent_does_not_change_taking_part(scheme: str) -> None:
    office = Office(scheme, "a").facts("a", "kind: absent, period: 2026-Q1, reason: 无正当理由")
    assert office.result("a").participation == "graded"
    assert office.codes() == set()


# --- 16: taking part ----------------------------------------------------------------------

AWAY = "kind: away, type: {}, from: 2026-01-01, to: 2026-06-30, host: 示例市政府办"
LONG = "kind: away, type: {}, from: 2026-01-01, to: 2026-12-31, host: 示例市政府办"


@pytest.mark.clause("Q1", "Z1", "B1", "C2", "C20", "D1")
@pytest.mark.parametrize(
    ("scheme", "institution"),
    [
        ("qufu-approval", "graded"),
        ("city-drc", "graded"),
        ("baishan-audit", "excluded"),
        ("chaoyang-ecology", "excluded"),
        ("zhangdian-stats", "excluded"),
    ],
)
def test_reading_16_leaders_and_workers_never_and_institution_staff_in_two_schemes(
    scheme: str, institution: str
) -> None:
    office = Office(scheme, "gong").person("shi", category="institution").person("qin", category="worker")
    office.person("ling", leader="[{is: false, from: 2020-01-01, to: 2026-03-30}, {is: true, from: 2026-03-31}]")
    people = office.grade().people
    assert {it: people[it].participation for it in ("gong", "shi", "qin", "ling")} == {
        "gong": "graded",
        "shi": institution,
        "qin": "excluded",
        "ling": "excluded",  # promoted on the last day
    }


@pytest.mark.clause("B1", "C19", "D1", "Z9")
@pytest.mark.parametrize(
    ("scheme", "short", "long"),
    [
        ("baishan-audit", {"aid", "secondment"}, {"aid", "secondment"}),
        ("chaoyang-ecology", {"aid", "secondment"}, {"aid", "secondment"}),
        ("city-drc", {"aid", "secondment", "loan"}, {"aid", "secondment", "loan"}),
        ("zhangdian-stats", set(), {"secondment", "loan", "training"}),
        ("qufu-approval", set(), set()),
    ],
)
def test_reading_16_who_is_assessed_elsewhere(scheme: str, short: set[str], long: set[str]) -> None:
    kinds = ("aid", "secondment", "loan", "training", "taskforce")
    office = Office(scheme, " ".join(kinds))
    for template, expected in ((AWAY, short), (LONG, long)):
        for kind in kinds:
            office.facts(kind, template.format(kind))
        assert {it for it, part in parts(office).items() if part == "elsewhere"} == expected


@pytest.mark.clause("Q16")
@pytest.mark.parametrize(
    ("category", "until", "part"),
    [
        ("civil_servant", "2026-03-30", "graded"),
        ("civil_servant", "2026-03-31", "comment_only"),  # the last day of the period is the last of the probation
        ("civil_servant", "2026-09-30", "comment_only"),
        ("institution", "2026-09-30", "graded"),
    ],
)
def test_reading_16_probation_leaves_only_a_comment_for_civil_servants(category: str, until: str, part: str) -> None:
    office = Office("qufu-approval", "").person("a", category=category, probation_until=until)
    assert office.result("a").participation == part


def test_reading_16_the_first_rule_that_matches_decides() -> None:
    office = Office("baishan-audit", "a").facts(
        "a", AWAY.format("aid"), "kind: leave, type: sick, from: 2026-01-01, to: 2026-03-31"
    )
    result = office.result("a")
    assert (result.participation, result.steps[0].says) == (
        "elsewhere",
        (
            "援派或者挂职期间，由接收单位进行平时考核。a：援派到示例市政府办，2026年1月1日到2026年6月30日。"
            "2026年第一季度不在本单位定等次。"
        ),
    )


def test_reading_16_an_unknown_word_in_a_rule_is_an_error_and_not_a_guess() -> None:
    office = amend(Office("baishan-audit", "a"), "leave_share > 1/2", "leave_shares > 1/2")
    assert "bad-value" in office.codes()
    assert office.grade().book is None
