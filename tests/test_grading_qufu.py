"""曲阜: 40% + 30% + 30%, two categories with their own places, one-vote affirmation and veto."""

from __future__ import annotations

from fractions import Fraction

import pytest
from office import Office
from telling import MONTHS, file_summaries, publish, rate, suggested, table, talk, told

AFFIRMED = "kind: outstanding, on: 2026-03-02, item: 一票肯定, what: 获市级表彰, basis: 示例〔2026〕3号"
VETOED = "kind: misconduct, on: 2026-03-09, item: 一票否决, what: 被通报批评, basis: 示例〔2026〕4号"
COMMON = {"politics": 9, "ethics": 9, "style": 9, "integrity": 9, "attendance": 9}


def a_whole_quarter() -> Office:
    """Five civil servants and three of the institution, everything filed, decided, published and told."""
    office = Office("qufu-approval", "chen dong fang gao hu")
    for person in ("ma", "ning", "ouyang"):
        office.person(person, category="institution")
    office.person("hu", probation_until="2026-06-30")
    office.review("zhou-min", "principal_leader", {"chen": 90, "dong": 86, "fang": 88, "gao": 70})
    office.review("liu-yang", "supervising_leader", {"chen": 92, "dong": 85, "fang": 90, "gao": 60})
    office.ballots({"chen": [90, 94], "dong": [85, 86], "fang": [80, 90, 91], "gao": [55, 62]})
    add = {"ma": 80, "ning": 85, "ouyang": 85}
    for path in ("reviews/zhou-min", "reviews/liu-yang"):
        text = office.texts[f"2026-Q1/{path}.yml"]
        office.write(
            f"2026-Q1/{path}.yml", text + "".join(f"  {it}: {{total: {total}}}\n" for it, total in add.items())
        )
    ballots = office.texts["2026-Q1/ballots.yml"]
    office.write("2026-Q1/ballots.yml", ballots + "".join(f"  {it}: [{total}]\n" for it, total in add.items()))
    office.facts("ma", AFFIRMED).facts("gao", VETOED)
    everybody = ("chen", "dong", "fang", "gao", "hu", "ma", "ning", "ouyang")
    grades = {"chen": "好", "dong": "较好", "fang": "好", "gao": "较差", "ma": "好", "ning": "较好", "ouyang": "较好"}
    office.decide(grades)
    file_summaries(office, *everybody)
    for month in MONTHS:
        office.write(f"{month}/attendance.yml", "people: {chen: {late: 0, absent: 0, leave: 1}}\n")
        for person in everybody:
            office.write(f"{month}/reports/{person}.yml", "done: [受理办件]\nundone: []\nopinion: 属实\n")
    publish(office)
    return talk(office, *((it, "feedback") for it in everybody), ("gao", "criticism"))


@pytest.mark.clause("Q1", "Q3", "Q5", "Q6", "Q7", "Q8", "Q11", "Q12", "Q16")
def test_a_whole_quarter_from_the_sheets_to_the_decision() -> None:
    office = a_whole_quarter()
    assert {it: row for it, row in table(office).items() if row[0] != "excluded"} == {
        "chen": ("graded", "91.20", "好", "好"),  # 36 + 27.6 + 30% of 92 = 27.6
        "dong": ("graded", "85.55", "较好", "较好"),  # 34.4 + 25.5 + 25.65: good enough, but 2 places for 5
        "fang": ("graded", "88.30", "好", "好"),  # 35.2 + 27 + 30% of 87 = 26.1
        "gao": ("graded", "63.55", "较差", "较差"),  # 28 + 18 + 17.55: fair by score, vetoed
        "hu": ("comment_only", None, None, None),  # on probation, but one of the five
        "ma": ("graded", "80.00", "好", "好"),  # affirmed: takes the one place of the three
        "ning": ("graded", "85.00", "较好", "较好"),
        "ouyang": ("graded", "85.00", "较好", "较好"),
    }
    assert [(it.pool, it.base, it.limit, it.used, it.cut) for it in office.grade().pools] == [
        ("civil_servant", 5, 2, 2, Fraction("88.3")),
        ("institution", 3, 1, 1, None),
    ]
    assert told(office) == ""


@pytest.mark.clause("Q6", "Q7")
def test_each_step_says_what_counted_by_which_clause_and_from_which_line() -> None:
    steps = [it.as_json() for it in a_whole_quarter().result("dong").steps]
    assert [(it["rule"], it["clause"], it["value"], it["at"]) for it in steps] == [
        ("participation", "Q1", "graded", "records/u/people/dong.yml:1"),
        ("rating:principal_leader", "Q6", "34.4", "records/u/2026-Q1/reviews/zhou-min.yml:4"),
        ("rating:supervising_leader", "Q6", "25.5", "records/u/2026-Q1/reviews/liu-yang.yml:4"),
        ("ballots", "Q6", "25.65", "records/u/2026-Q1/ballots.yml:5"),
        ("score", "Q6", "85.55", "records/u/2026-Q1/reviews/zhou-min.yml:4"),
        ("band", "Q7", "好", "records/u/2026-Q1/reviews/zhou-min.yml:4"),
        ("quota", "Q7", "较好", "schemes/qufu-approval/scheme.yml:88"),
        ("suggestion", "Q7", "较好", "schemes/qufu-approval/scheme.yml:88"),
        ("decision", "Q7", "较好", "records/u/2026-Q1/determination.yml:5"),
    ]
    assert steps[6]["says"] == (
        "公务员参加考核 5 人，好等次名额 2 个（40%，小数舍去）；取得名额的最低得分是 88.30 分。"
        "dong没有得到名额，建议为较好。"
    )
    assert steps[8]["says"] == "2026年4月2日，2026年第6次局党组会议，审定为较好。"


# --- sheets -------------------------------------------------------------------------------


@pytest.mark.clause("Q2")
@pytest.mark.parametrize(
    ("post", "own"),
    [
        ("staff", {"duty": 14, "quality": 13.5, "efficiency": 9, "service": 8.5}),
        ("section_head", {"duty": 14, "planning": 9, "innovation": 9, "coordination": 9, "learning": 4}),
        ("window", {"business": 14, "response": 9, "attitude": 9, "commitment": 9, "order": 4}),
    ],
)
def test_a_sheet_is_fifty_common_points_and_fifty_by_post(post: str, own: dict[str, float]) -> None:
    office = rate(Office("qufu-approval", ""), {"a": 90}).person("a", post=post)
    office.review("zhou-min", "principal_leader", {"a": COMMON | own})  # 45 + 45
    score = office.result("a").score
    assert (score.written if score else None, office.codes()) == ("90.00", set())


@pytest.mark.clause("Q2", "Q6")
def test_a_sheet_that_leaves_lines_out_gives_no_score() -> None:
    office = rate(Office("qufu-approval", "a"), {"a": 90})
    office.review("zhou-min", "principal_leader", {"a": COMMON | {"duty": 14, "quality": 14}})
    assert (office.result("a").score, office.result("a").suggested) == (None, None)
    assert told(office) == (
        "records/u/2026-Q1/reviews/zhou-min.yml:3:7: 提醒 [missing-rating] zhou-min给a的评分缺少："
        "工作效率、协作与服务（依据 Q6）\n"
        "    → 补上这几项；程序不会按已有的几项推算\n"
    )


@pytest.mark.clause("Q2", "Q6")
@pytest.mark.parametrize(
    ("rating", "written", "codes"),
    [
        ("{scores: {%s, duty: 14, quality: 14, efficiency: 9, service: 8}, total: 90}", "90.00", set()),
        ("{scores: {%s, duty: 14, quality: 14, efficiency: 9, service: 8}, total: 89}", None, {"bad-value"}),
        ("{scores: {%s, duty: 16, quality: 14, efficiency: 9, service: 8}}", None, {"score-out-of-range"}),
        ("{scores: {%s, duty: 14, quality: 14, efficiency: 9, order: 8}}", None, {"unknown-indicator"}),
        ("{total: 100.5}", None, {"score-out-of-range"}),
        ("{total: -1}", None, {"score-out-of-range"}),
        ("{comment: 表现良好}", None, {"missing-rating"}),
    ],
)
def test_a_sheet_with_a_fault_gives_no_score(rating: str, written: str | None, codes: set[str]) -> None:
    common = ", ".join(f"{key}: {value}" for key, value in COMMON.items())
    office = rate(Office("qufu-approval", "a"), {"a": 90})
    sheet = rating % common if "%s" in rating else rating
    office.write("2026-Q1/reviews/zhou-min.yml", f"role: principal_leader\npeople:\n  a: {sheet}\n")
    score = office.result("a").score
    assert (score.written if score else None, office.codes()) == (written, codes)


@pytest.mark.clause("Q6")
def test_a_ballot_above_a_hundred_spoils_the_score_and_not_only_its_share() -> None:
    office = rate(Office("qufu-approval", "a"), {"a": 90}).ballots({"a": [90, 101]})
    assert office.result("a").score is None
    assert [(it.code, str(it.place)) for it in office.problems()] == [
        ("score-out-of-range", "records/u/2026-Q1/ballots.yml:4")
    ]


@pytest.mark.clause("Q6")
def test_the_principal_leader_who_also_leads_the_department_fills_in_one_sheet() -> None:
    office = Office("qufu-approval", "a").ballots({"a": 80}).review("zhou-min", "principal_leader", {"a": 90})
    office.write("unit.yml", office.texts["unit.yml"].replace("led_by: [liu-yang]", "led_by: [zhou-min]"))
    score = office.result("a").score
    assert (score.written if score else None, office.codes()) == ("87.00", set())  # 36 + 27 + 24


@pytest.mark.clause("Q6")
def test_a_unit_without_a_principal_leader_on_the_day_gives_no_score() -> None:
    office = rate(Office("qufu-approval", "a"), {"a": 90})
    gone = "principal_leader: [{is: zhou-min, from: 2020-01-01, to: 2026-03-30}]"
    office.write("unit.yml", office.texts["unit.yml"].replace("principal_leader: zhou-min", gone))
    assert office.result("a").score is None
    assert told(office, "missing-rating") == (
        "records/u/unit.yml:1:1: 提醒 [missing-rating] a没有可以评分的主要领导（依据 Q6）\n"
        "    → 在 unit.yml 里写明 2026-03-31 那天的主要领导\n"
    )


@pytest.mark.clause("Q6")
def test_a_sheet_in_a_role_that_its_writer_does_not_hold_counts_for_no_role() -> None:
    office = rate(Office("qufu-approval", "a"), {"a": 90}).review("zhou-min", "supervising_leader", {"a": 90})
    assert office.result("a").score is None
    assert told(office) == (
        "records/u/2026-Q1/reviews/zhou-min.yml:3:3: 提醒 [missing-rating] 主要领导zhou-min还没有给a评分（依据 Q6）\n"
        "    → 在 records/u/2026-Q1/reviews/zhou-min.yml 的 people 下补上 a 的 scores 或 total\n"
        "records/u/2026-Q1/reviews/zhou-min.yml:3:3: 提醒 [not-counted] zhou-min在 2026-03-31 不是a的主管领导，"
        "这一项不计入（依据 Q6）\n"
        "    → 核对 role、科室负责人（head）和分管领导（led_by）；确实无权评价的，把意见转给有权的人作为依据\n"
    )


@pytest.mark.clause("Q3")
def test_nobody_rates_themselves_and_whoever_knows_not_the_person_does_not_count() -> None:
    office = rate(Office("qufu-approval", "a b"), {"a": 80, "b": 80})
    office.review("a", "supervising_leader", {"a": 100}).review("wu-gang", "supervising_leader", {"b": 100})
    assert {it: row[1] for it, row in table(office).items() if it in "ab"} == {"a": "80.00", "b": "80.00"}
    assert [(it.code, it.message) for it in office.problems()] == [
        ("not-counted", "a给自己的评价不计入"),
        ("not-counted", "wu-gang在 2026-03-31 不是b的主管领导，这一项不计入"),
    ]


@pytest.mark.clause("Q3")
def test_the_cycle_is_a_quarter() -> None:
    office = Office("qufu-approval", "a").review("zhou-min", "principal_leader", {"a": 80}, "2026-H1")
    assert told(office, "wrong-period") == (
        "records/u/2026-H1/reviews/zhou-min.yml:1:1: 错误 [wrong-period] 方案的考核周期不是 2026-H1 这样的（依据 Q3）\n"
        "    → 方案每季度考核一次，周期写成 2026-Q1 这样\n"
    )


# --- decisions ----------------------------------------------------------------------------


@pytest.mark.clause("Q11", "Q12")
@pytest.mark.parametrize(
    ("fact", "says"),
    [
        (AFFIRMED, "a审定为较好，但方案规定“出现规定情形之一的，当季度实行一票肯定”，应确定为好"),
        (VETOED, "a审定为较好，但方案规定“出现规定情形之一的，当季度实行一票否决”，应确定为较差"),
    ],
)
def test_what_is_set_may_not_be_decided_otherwise_and_no_reason_cures_it(fact: str, says: str) -> None:
    office = rate(Office("qufu-approval", "a b c"), {"a": 80, "b": 70, "c": 70}).facts("a", fact)
    office.decide({"a": "{grade: 较好, reason: 综合考虑}", "b": "一般", "c": "一般"})
    assert [(it.code, it.severity, it.message) for it in office.problems("grade-not-allowed", "reason-missing")] == [
        ("grade-not-allowed", "error", says)
    ]


@pytest.mark.clause("Q7")
@pytest.mark.parametrize("more", ["", "quota_reason: 上半年任务特别繁重"])
def test_the_quota_is_firm_whatever_the_reason(more: str) -> None:
    office = rate(Office("qufu-approval", "a b c"), {"a": 90, "b": 88, "c": 70})
    office.decide({"a": "好", "b": "{grade: 好, reason: 贡献突出}", "c": "一般"}, more=more)
    line = 4 if more else 3
    assert told(office, "quota-exceeded", "reason-missing") == (
        f"records/u/2026-Q1/determination.yml:{line}:1: 错误 [quota-exceeded] 公务员参加考核 3 人，好等次限额 1 人，"
        "审定了 2 人"
        "（依据 Q7）\n    → 减少人数；这个限额不能超过\n"
    )


@pytest.mark.clause("Q7")
def test_a_decision_that_departs_from_the_suggestion_needs_a_reason() -> None:
    office = rate(Office("qufu-approval", "a b c"), {"a": 90, "b": 80, "c": 70}).decide(
        {"a": "较好", "b": "一般", "c": "{grade: 较差, reason: 长期失职}"}
    )
    assert told(office, "reason-missing") == (
        "records/u/2026-Q1/determination.yml:4:3: 错误 [reason-missing] a建议为好，审定为较好，没有写理由（依据 Q7）\n"
        "    → 写成 a: {grade: 较好, reason: …}\n"
        "records/u/2026-Q1/determination.yml:5:3: 错误 [reason-missing] b建议为较好，审定为一般，没有写理由（依据 "
        "Q7）\n"
        "    → 写成 b: {grade: 一般, reason: …}\n"
    )
    assert office.result("c").steps[-1].says == "2026年4月2日，2026年第6次局党组会议，审定为较差。理由：长期失职。"


@pytest.mark.clause("Q16")
def test_whoever_only_gets_a_comment_may_not_be_given_a_grade() -> None:
    office = (
        Office("qufu-approval", "").person("a", probation_until="2026-05-31").decide({"a": "{grade: 好, reason: 优}"})
    )
    assert told(office, "grade-not-allowed", "quota-exceeded") == (
        "records/u/2026-Q1/determination.yml:3:1: 错误 [quota-exceeded] 公务员参加考核 1 人，好等次限额 0 人，审定了 "
        "1 人（依据 Q7）\n"
        "    → 减少人数；这个限额不能超过\n"
        "records/u/2026-Q1/determination.yml:4:3: 错误 [grade-not-allowed] a参加考核但不确定等次，不能审定为好（依据 "
        "Q16）\n"
        "    → 删掉这一项；评语写在评鉴表里\n"
    )
    assert office.result("a").determined == "好"  # what is recorded, even where that is an error


@pytest.mark.clause("Q1")
def test_whoever_takes_no_part_or_is_gone_may_not_be_given_a_grade() -> None:
    office = Office("qufu-approval", "").person("a", category="worker").person("b", left="2026-03-30")
    office.decide({"a": "较好", "b": "较好", "zhou-min": "优"})
    assert [(it.code, it.message, it.clause) for it in office.problems("grade-not-allowed", "bad-value")] == [
        ("grade-not-allowed", "a不参加考核，不能审定为较好", "Q1"),
        ("grade-not-allowed", "b在 2026-03-31 不在册，不参加2026年第一季度考核，不能定等次", None),
        ("bad-value", "方案没有“优”这个等次", "Q7"),
    ]


# --- what is missing once a quarter is decided ------------------------------------------------


@pytest.mark.clause("Q5", "Q6", "Q8")
@pytest.mark.parametrize(
    ("path", "clause", "message"),
    [
        ("2026-02/attendance.yml", "Q5", "没有2026年2月的考勤：严格落实考勤制度，考勤情况作为平时考核的重要依据"),
        ("2026-02/reports/hu.yml", "Q5", "没有hu2026年2月的月小结：每月进行条目式总结，填写月工作小结，向主管领导汇报"),
        (
            "2026-Q1/summaries/chen.yml",
            "Q6",
            "没有chen2026年第一季度的个人小结：每季度末总结本季度工作，填写平时考核登记表，报主管领导审核",
        ),
        ("2026-Q1/publicity.yml", "Q8", "没有2026年第一季度结果的公示记录"),
    ],
)
def test_a_decided_quarter_wants_its_papers(path: str, clause: str, message: str) -> None:
    office = a_whole_quarter()
    del office.files[f"records/u/{path}"]
    assert [(it.code, it.place.path, it.clause, it.message) for it in office.problems()] == [
        ("missing-record", f"records/u/{path}", clause, message)
    ]


@pytest.mark.clause("Q17", "Q5")
def test_whoever_did_not_take_part_is_not_asked_for_papers_again() -> None:
    office = a_whole_quarter().facts("dong", "kind: absent, period: 2026-Q1, reason: 无正当理由")
    del office.files["records/u/2026-Q1/summaries/dong.yml"]
    assert told(office) == ""


@pytest.mark.clause("Q7")
def test_before_the_first_sheet_nothing_is_missing_yet() -> None:
    office = Office("qufu-approval", "a")
    file_summaries(office, "a")
    assert told(office) == ""
    assert suggested(office) == {"a": None}


@pytest.mark.clause("Q6")
def test_two_leaders_who_lead_a_department_by_terms_of_their_own_both_rate() -> None:
    office = Office("qufu-approval", "wang-fang")
    office.write(
        "unit.yml",
        """
        name: 示例局
        schemes: [{from: 2020-Q1, scheme: qufu-approval}]
        departments:
          - id: hall
            name: 窗口服务科
            kind: frontline
            head:
            led_by: [{is: liu-yang, from: 2020-01-01}, {is: he-jun, from: 2026-02-01}]
        organs:
          principal_leader: zhou-min
          leadership: [zhou-min, liu-yang]
          personnel_office: [qian-wei]
          discipline_inspection: [wu-gang]
        """,
    )
    office.review("zhou-min", "principal_leader", {"wang-fang": 90}).ballots({"wang-fang": 90})
    office.review("liu-yang", "supervising_leader", {"wang-fang": 80})
    assert office.result("wang-fang").score is None
    office.review("he-jun", "supervising_leader", {"wang-fang": 90})
    score = office.result("wang-fang").score
    assert score is not None
    assert score.written == "88.50"  # 36 + 30 % of (80 + 90) / 2 + 27
    assert office.problems("bad-date", "not-counted", "missing-rating") == []
