"""朝阳: section heads propose and supervising leaders decide; for section heads one level up; places in principle."""

from __future__ import annotations

import pytest
from office import Office
from telling import MONTHS, file_summaries, publish, table, talk, told

OUTSTANDING = "kind: outstanding, on: 2026-03-02, what: 应急处置突发环境事件, basis: 示例〔2026〕3号"
SHIRKED = "kind: misconduct, on: 2026-03-09, what: 推诿敷衍, basis: 示例〔2026〕4号"
GOALS = "goals:\n  - {id: g1, kind: key, content: 执法检查, standard: 全覆盖, due: 2026-12-20}\n"
WEEKS = {
    "2026-01": ("2026-W03", "2026-01-12"),
    "2026-02": ("2026-W06", "2026-02-02"),
    "2026-03": ("2026-W10", "2026-03-02"),
}


def an_office(staff: str = "an bai cui dai") -> Office:
    """he-jun heads the department and is assessed himself; liu-yang leads it."""
    office = Office("chaoyang-ecology", staff)
    return office.person("he-jun", post="section_head")


def a_whole_quarter() -> Office:
    """The head, four of his people, and one on aid."""
    office = an_office("an bai cui dai fan")
    office.facts("fan", "kind: away, type: aid, from: 2026-02-01, to: 2027-01-31, host: 示例县生态环境局")
    office.write("2026-Q1/outside/fan.yml", "unit: 示例县生态环境局\ngrade: 较好\nbasis: 示例函〔2026〕7号\n")
    office.review("he-jun", "section_head", {"an": "好", "bai": "较好", "cui": "一般", "dai": "一般"})
    office.review(
        "liu-yang", "supervising_leader", {"he-jun": "好", "an": "较好", "bai": "好", "cui": "较差", "dai": "一般"}
    )
    office.facts("bai", OUTSTANDING).facts("cui", SHIRKED)
    office.decide(
        {"he-jun": "好", "an": "{grade: 较好, reason: 分管领导改定}", "bai": "好", "cui": "较差", "dai": "一般"}
    )
    everybody = ("he-jun", "an", "bai", "cui", "dai")
    for person in everybody:
        office.write(f"2026/goals/{person}.yml", GOALS)
        for month in MONTHS:
            week, day = WEEKS[month]
            office.write(
                f"{month}/logs/{person}.yml", f"weeks: [{{week: {week}, entries: [{{on: {day}, did: 巡查}}]}}]\n"
            )
    file_summaries(office, *everybody)
    return talk(publish(office), *((it, "feedback") for it in everybody), ("cui", "criticism"), ("dai", "reminder"))


@pytest.mark.clause("C2", "C4", "C7", "C8", "C10", "C11", "C13", "C19", "C20")
def test_a_whole_quarter_from_the_proposals_to_the_decision() -> None:
    office = a_whole_quarter()
    assert {it: row for it, row in table(office).items() if row[0] != "excluded"} == {
        "he-jun": ("graded", None, "好", "好"),  # the supervising leader proposes, the leadership decides
        "an": ("graded", None, "好", "较好"),  # the supervising leader decides otherwise, with a reason
        "bai": ("graded", None, "较好", "好"),  # open by C11
        "cui": ("graded", None, "一般", "较差"),
        "dai": ("graded", None, "一般", "一般"),
        "fan": ("elsewhere", None, None, "较好"),
    }
    assert [(it.base, it.limit, it.used) for it in office.grade().pools] == [(5, 2, 2)]
    assert told(office) == ""


@pytest.mark.clause("C8")
def test_who_proposes_and_who_decides_is_told_with_the_sheet() -> None:
    people = a_whole_quarter().grade().people
    assert [(it.rule, it.clause, it.says, str(it.at)) for it in people["he-jun"].steps[1:2]] == [
        (
            "proposal",
            "C8",
            "科室正职由分管领导提出等次建议，报局机关负责人或领导班子审定。liu-yang提出好。",
            "records/u/2026-Q1/reviews/liu-yang.yml:3",
        )
    ]
    assert [(it.rule, it.clause, it.says, str(it.at)) for it in people["an"].steps[1:2]] == [
        (
            "proposal",
            "C8",
            "其他人员由科室正职提出等次建议，报分管领导审定。he-jun提出好。",
            "records/u/2026-Q1/reviews/he-jun.yml:3",
        )
    ]


@pytest.mark.clause("C8")
def test_what_the_supervising_leader_decided_is_a_step_of_its_own_where_that_one_decides() -> None:
    office = a_whole_quarter()
    assert [it.as_json() for it in office.result("an").steps[2:4]] == [
        {
            "rule": "suggestion",
            "clause": "C8",
            "says": "按方案，an2026年第一季度的建议等次是好。",
            "value": "好",
            "at": "records/u/2026-Q1/reviews/he-jun.yml:3",
        },
        {
            "rule": "decider",
            "clause": "C8",
            "says": "分管领导liu-yang审定为较好。",
            "value": "较好",
            "at": "records/u/2026-Q1/reviews/liu-yang.yml:4",
        },
    ]
    # the leadership decides on section heads: what liu-yang gives is a proposal; fan is not graded here
    for person in ("he-jun", "fan"):
        assert [it for it in office.result(person).steps if it.rule == "decider"] == []
    # a sheet with a score and no grade decides nothing yet
    office.review("liu-yang", "supervising_leader", {"an": {"politics": 6}})
    assert [it for it in office.result("an").steps if it.rule == "decider"] == []


@pytest.mark.clause("C8")
def test_a_section_head_does_not_propose_for_himself() -> None:
    office = an_office().review("he-jun", "section_head", {"he-jun": "好", "an": "较好"})
    assert (office.result("he-jun").suggested, office.result("an").suggested) == (None, "较好")
    assert [(it.code, it.message) for it in office.problems("not-counted")] == [
        ("not-counted", "he-jun给自己的评价不计入")
    ]


@pytest.mark.clause("C8")
def test_whoever_heads_the_section_on_the_last_day_is_proposed_for_by_the_supervising_leader() -> None:
    office = an_office().review("liu-yang", "supervising_leader", {"an": "较好", "he-jun": "好"})
    office.review("an", "section_head", {"he-jun": "一般"})
    head = "head: [{is: he-jun, from: 2020-01-01, to: 2026-03-30}, {is: an, from: 2026-03-31}]"
    office.write("unit.yml", office.texts["unit.yml"].replace("head: he-jun", head))
    assert (office.result("an").suggested, office.result("he-jun").suggested) == ("较好", "一般")


@pytest.mark.clause("C8")
def test_a_summary_alone_makes_no_grade() -> None:
    office = file_summaries(an_office("an"), "an").decide({"an": "好", "he-jun": "较好"})
    assert office.result("an").suggested is None
    assert [it.clause for it in office.problems("missing-rating")] == ["C8", "C8"]


@pytest.mark.clause("C11", "C8")
@pytest.mark.parametrize(
    ("decided_by_leader", "determined", "codes"),
    [
        ("好", "好", []),  # open by C11, and as the supervising leader decided
        ("较好", "好", ["grade-not-allowed"]),  # open, but not what the decider decided
        ("一般", "一般", ["reason-missing"]),
        ("一般", "{grade: 一般, reason: 后期松懈}", []),
    ],
)
def test_what_is_open_is_still_the_deciders_to_decide(
    decided_by_leader: str, determined: str, codes: list[str]
) -> None:
    office = an_office("an").facts("an", OUTSTANDING).review("he-jun", "section_head", {"an": "较好"})
    office.review("liu-yang", "supervising_leader", {"an": decided_by_leader}).decide({"an": determined})
    assert [it.code for it in office.problems("reason-missing", "grade-not-allowed")] == codes


@pytest.mark.clause("C10")
def test_of_twenty_one_eight_may_get_good() -> None:
    people = [f"p{i:02}" for i in range(21)]
    office = Office("chaoyang-ecology", " ".join(people))
    office.review("he-jun", "section_head", dict.fromkeys(people[:8], "好"))
    assert [(it.base, it.limit, it.used) for it in office.grade().pools] == [(21, 8, 8)]
    assert office.problems("quota-exceeded") == []
    office.review("he-jun", "section_head", dict.fromkeys(people[:9], "好"))
    assert told(office, "quota-exceeded") == (
        "records/u/2026-Q1/reviews/he-jun.yml:3:9: 提醒 [quota-exceeded] 参加考核 21 人，好等次限额 8 人，"
        "目前建议为好的有 9 人"
        "（p00、p01、p02、p03、p04、p05、p06、p07、p08）（依据 C10）\n"
        "    → 审定前研究减少人数；好等次名额应当向基层一线和艰苦岗位的公务员倾斜，其中符合的有："
        "p00、p01、p02、p03、p04、p05、p06、p07、p08\n"
    )


@pytest.mark.clause("C10")
def test_a_quota_in_principle_may_be_exceeded_with_a_reason() -> None:
    office = Office("chaoyang-ecology", "a b c").review("he-jun", "section_head", {"a": "好", "b": "好", "c": "较好"})
    grades = {"a": "好", "b": "好", "c": "较好"}
    assert told(office.decide(grades), "quota-exceeded") == (
        "records/u/2026-Q1/determination.yml:3:1: 错误 [quota-exceeded] 参加考核 3 人，好等次限额 1 人，审定了 2 "
        "人（依据 C10）\n"
        "    → 减少人数，或在审定结果里写明 quota_reason\n"
    )
    assert told(office.decide(grades, more="quota_reason: 承担中央环保督察保障"), "quota-exceeded") == (
        "records/u/2026-Q1/determination.yml:4:1: 提醒 [quota-exceeded] 参加考核 3 人，好等次限额 1 人，审定了 2 人"
        "（理由：承担中央环保督察保障）（依据 C10）\n"
        "    → 方案对限额用的是“原则上”，理由已写明，请确认\n"
    )


@pytest.mark.clause("C4")
@pytest.mark.parametrize(("period", "expected"), [("2020-Q1", ["wrong-period"]), ("2020-Q2", [])])
def test_the_first_quarter_is_the_second_of_2020(period: str, expected: list[str]) -> None:
    office = an_office("an").review("he-jun", "section_head", {"an": "较好"}, period)
    office.review("liu-yang", "supervising_leader", {"he-jun": "较好"}, period)
    assert [it.code for it in office.problems("wrong-period")] == expected * 2  # once for each file


@pytest.mark.clause("C4")
def test_a_quarter_before_the_first_is_told_plainly() -> None:
    office = an_office("an").review("he-jun", "section_head", {"an": "较好"}, "2020-Q1")
    assert told(office, "wrong-period") == (
        "records/u/2020-Q1/reviews/he-jun.yml:1:1: 错误 [wrong-period] 方案从 2020-Q2 开始考核，没有 2020-Q1（依据 "
        "C4）\n"
        "    → 改正周期\n"
    )


@pytest.mark.clause("C3")
@pytest.mark.parametrize(
    ("person", "role", "reviewer"), [("an", "section_head", "he-jun"), ("he-jun", "supervising_leader", "liu-yang")]
)
@pytest.mark.parametrize(
    ("scores", "codes"),
    [
        ({"politics": 6, "ability": 14}, set()),
        ({"politics": 6.5}, {"score-out-of-range"}),
        ({"effect": 14.5}, {"score-out-of-range"}),
        ({"learning": 5}, {"unknown-indicator"}),
    ],
)
def test_thirty_common_points_and_seventy_of_ones_own(
    person: str, role: str, reviewer: str, scores: dict[str, float], codes: set[str]
) -> None:
    inside = ", ".join(f"{key}: {value}" for key, value in scores.items())
    office = an_office("an").write(
        f"2026-Q1/reviews/{reviewer}.yml",
        f"role: {role}\npeople:\n  {person}: {{scores: {{{inside}}}, grade: 较好}}\n",
    )
    assert office.codes() - {"missing-rating"} == codes
    assert office.result(person).suggested == "较好"


@pytest.mark.clause("C7", "C10", "C19")
@pytest.mark.parametrize(
    ("path", "clause", "message"),
    [
        (
            "2026-Q1/summaries/an.yml",
            "C7",
            "没有an2026年第一季度的个人小结：每季度对照考核指标写出个人小结，以书面形式报主管领导",
        ),
        ("2026-03/logs/an.yml", "C7", "没有an2026年3月的工作记实：日常工作如实全面记入平时考核记实手册"),
        ("2026-Q1/publicity.yml", "C10", "没有2026年第一季度结果的公开记录"),
        ("2026-Q1/outside/fan.yml", "C19", "没有fan所在单位的意见或结果：援派或者挂职的，由接收单位进行平时考核"),
    ],
)
def test_a_decided_quarter_wants_its_papers(path: str, clause: str, message: str) -> None:
    office = a_whole_quarter()
    del office.files[f"records/u/{path}"]
    assert [(it.code, it.place.path, it.clause, it.message) for it in office.problems()] == [
        ("missing-record", f"records/u/{path}", clause, message)
    ]


@pytest.mark.clause("C13")
@pytest.mark.parametrize("kind", ["reminder", "criticism"])
def test_fair_and_poor_grades_want_a_talk(kind: str) -> None:
    office = a_whole_quarter()
    notes = office.texts["2026-Q1/feedback/liu-yang.yml"].splitlines(keepends=True)
    office.write("2026-Q1/feedback/liu-yang.yml", "".join(it for it in notes if f"kind: {kind}," not in it))
    who = {
        "reminder": "dai定为一般，还没有谈话提醒的记录；方案规定“对一般等次的公务员，及时谈话提醒”",
        "criticism": "cui定为较差，还没有批评教育的记录；方案规定“对较差等次的公务员，及时批评教育”",
    }
    assert [(it.code, it.clause, it.message) for it in office.problems()] == [("missing-follow-up", "C13", who[kind])]


@pytest.mark.clause("C17", "C7")
def test_whoever_would_not_take_part_is_still_graded_and_asked_for_nothing_more() -> None:
    office = a_whole_quarter().facts(
        "dai", "kind: absent, period: 2026-Q1, reason: 无正当理由, educated_on: 2026-04-10"
    )
    del office.files["records/u/2026-Q1/summaries/dai.yml"]
    assert table(office)["dai"] == ("graded", None, "一般", "一般")
    assert told(office) == ""
