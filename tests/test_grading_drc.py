"""发改: 60% the leader's four aspects, 40% the months' tasks, bonuses within ten points, places in principle."""

from __future__ import annotations

from fractions import Fraction

import pytest
from office import Office
from telling import MONTHS, file_summaries, publish, suggested, table, talk, told

Months = dict[str, dict[str, str]]
BONUS = "kind: bonus, on: {}, item: 表彰奖励, points: {}, basis: 示例〔2026〕3号"
PENALTY = "kind: penalty, on: {}, item: 通报批评, points: {}, basis: 示例〔2026〕4号"


def ledger(office: Office, person: str, months: Months) -> Office:
    """Write plans and evaluations: {month: {task: result}}; an empty result leaves the task unevaluated."""
    for month, tasks in months.items():
        ledgers = ("plan", "upward", "assigned")
        lines = [
            f"  - {{id: {task}, ledger: {ledgers[index % 3]}, content: 项目调度, due: {month}-20, standard: 按时}}\n"
            for index, task in enumerate(tasks)
        ]
        office.write(f"{month}/plans/{person}.yml", "tasks:\n" + "".join(lines) if lines else "tasks: []\n")
        results = ", ".join(f"{task}: {result}" for task, result in tasks.items() if result)
        if tasks:
            office.write(f"{month}/evaluations/{person}.yml", f"tasks: {{{results}}}\n")
    return office


DONE: Months = {month: {"t1": "done", "t2": "done"} for month in MONTHS}


def scored(total: float, months: Months = DONE, *facts: str) -> Office:
    """One person with the leader's total, the months' tasks, and facts."""
    office = Office("city-drc", "a").review("liu-yang", "supervising_leader", {"a": total})
    if facts:
        office.facts("a", *facts)
    return ledger(office, "a", months)


def score_of(office: Office) -> str | None:
    """Return the written score of the one person."""
    score = office.result("a").score
    return score.written if score else None


def a_whole_quarter() -> Office:
    """Five here, one of the institution, one on loan, one worker."""
    office = (
        Office("city-drc", "an bai cui dai fan").person("geng", category="institution").person("lao", category="worker")
    )
    office.facts("fan", "kind: away, type: loan, from: 2026-02-01, to: 2026-04-30, host: 示例市政府办")
    office.write("2026-Q1/outside/fan.yml", "unit: 示例市政府办\ngrade: 较好\nbasis: 示例函〔2026〕7号\n")
    office.review("liu-yang", "supervising_leader", {"an": 90, "bai": 92, "cui": 60, "dai": 85, "geng": 88})
    half: Months = {month: {"t1": "done", "t2": "{result: late, credit: 0.5}"} for month in MONTHS}
    for person, months in (("an", DONE), ("bai", half), ("cui", half), ("dai", DONE), ("geng", DONE)):
        ledger(office, person, months)
    office.facts("bai", BONUS.format("2026-03-15", 6))
    office.facts("cui", PENALTY.format("2026-02-10", 2))
    office.facts("dai", "kind: outstanding, on: 2026-03-02, what: 争取专项债券, basis: 示例〔2026〕5号")
    office.decide(
        {"an": "好", "bai": "较好", "cui": "一般", "dai": "好", "geng": "{grade: 较好, reason: 名额给了突出贡献者}"}
    )
    everybody = ("an", "bai", "cui", "dai", "geng")
    file_summaries(office, *everybody)
    return talk(publish(office), *((it, "feedback") for it in everybody), ("cui", "reminder"))


@pytest.mark.clause("D1", "D2", "D3", "D5", "D7", "D8", "D9", "D10", "D11", "D15")
def test_a_whole_quarter_from_the_ledgers_to_the_decision() -> None:
    office = a_whole_quarter()
    assert {it: row for it, row in table(office).items() if row[0] != "excluded"} == {
        "an": ("graded", "94.00", "好", "好"),  # 54 + 40
        "bai": ("graded", "91.20", "较好", "较好"),  # 55.2 + 40% of 75 = 30, + 6; two places are taken above
        "cui": ("graded", "64.00", "一般", "一般"),  # 36 + 30 - 2
        "dai": ("graded", "91.00", "较好", "好"),  # 51 + 40; no place by score, but D11 opens it
        "fan": ("elsewhere", None, None, "较好"),  # on loan: not 在岗
        "geng": ("graded", "92.80", "好", "较好"),  # 52.8 + 40
    }
    assert office.grade().people["lao"].participation == "excluded"
    assert [(it.pool, it.base, it.limit, it.used, it.cut) for it in office.grade().pools] == [
        (None, 5, 2, 2, Fraction("92.8"))
    ]
    assert told(office) == ""


@pytest.mark.clause("D5", "D8", "D9")
def test_each_step_says_what_counted_and_from_which_line() -> None:
    assert [
        (it.rule, it.clause, it.says, it.value, str(it.at)) for it in a_whole_quarter().result("bai").steps[1:5]
    ] == [
        (
            "rating:supervising_leader",
            "D7",
            "分管领导打分：liu-yang 92 分，按 60% 计 55.2 分。",
            "55.2",
            "records/u/2026-Q1/reviews/liu-yang.yml:4",
        ),
        (
            "monthly_tasks",
            "D5",
            "个人月评价：2026年1月 75 分，2026年2月 75 分，2026年3月 75 分，平均 75 分，按 40% 计 30 分。",
            "30",
            "records/u/2026-01/evaluations/bai.yml:1",
        ),
        ("adjust", "D8", "加减分：表彰奖励加 6 分，相抵 6 分。", "6", "records/u/facts/bai.yml:1"),
        ("score", "D9", "各部分相加，再加减分，得分 91.20 分。", "91.20", "records/u/2026-Q1/reviews/liu-yang.yml:4"),
    ]


@pytest.mark.clause("D9")
@pytest.mark.parametrize(
    ("total", "written", "grade"),
    [
        (100, "100.00", "较好"),  # 好 by score, but a place for one of one is floor(0.4) = 0
        ("83.325", "90.00", "较好"),  # 49.995 + 40 = 89.995, the half goes up
        (58.33, "75.00", "较好"),  # 34.998 + 40 = 74.998 → 75.00
        (58.32, "74.99", "一般"),
        (33.34, "60.00", "一般"),  # 20.004 + 40
        (33.32, "59.99", "较差"),
    ],
)
def test_the_bands_begin_at_90_75_and_60(total: float, written: str, grade: str) -> None:
    office = scored(float(total))
    result = office.result("a")
    assert (score_of(office), result.suggested) == (written, grade)


@pytest.mark.clause("D2", "D5")
@pytest.mark.parametrize(
    ("months", "written"),
    [
        # 54 for the leader's 90, and 40% of the mean of the months
        ({"2026-01": {"t1": "done", "t2": "undone"}}, "74.00"),  # 50: the other months had no tasks
        ({"2026-01": {"t1": "done"}, "2026-02": {"t1": "undone"}, "2026-03": {}}, "74.00"),
        ({"2026-01": {"t1": "done", "t2": "done", "t3": "undone"}}, "80.67"),  # 54 + 40 * 2/3 = 80.666…
        ({"2026-01": {"t1": "done", "t2": "waived"}}, "94.00"),  # waived is left out
        ({"2026-01": {"t1": "waived"}, "2026-02": {"t1": "undone", "t2": "done"}}, "74.00"),  # a month of nothing else
        ({"2026-01": {"t1": "{result: late, credit: 0.5}", "t2": "{result: below, credit: 0.7}"}}, "78.00"),  # 60
        ({"2026-01": {"t1": "{result: late, credit: 0}", "t2": "{result: below, credit: 1}"}}, "74.00"),
        # months weigh the same, however many tasks they had: (100 + 50 + 0) / 3
        ({"2026-01": {"t1": "done"}, "2026-02": {"t1": "done", "t2": "undone"}, "2026-03": {"t1": "undone"}}, "74.00"),
        ({"2026-01": {"t1": "done"}, "2026-02": {"t1": "undone", "t2": "undone", "t3": "undone"}}, "74.00"),
    ],
)
def test_a_month_is_the_mean_of_its_tasks_and_the_quarter_of_its_months(months: Months, written: str) -> None:
    assert score_of(scored(90, months)) == written


@pytest.mark.clause("D2", "D5")
def test_tasks_without_an_evaluation_leave_no_score() -> None:
    office = scored(90, {"2026-01": {"t1": "done", "t2": ""}, "2026-02": {"t1": "done"}})
    del office.files["records/u/2026-02/evaluations/a.yml"]
    assert score_of(office) is None
    assert told(office, "missing-rating") == (
        "records/u/2026-01/evaluations/a.yml:1:1: 提醒 [missing-rating] a2026年1月的任务 t2 还没有评价（依据 D5）\n"
        "    → 在 tasks 下补上 t2\n"
        "records/u/2026-02/evaluations/a.yml:1:1: 提醒 [missing-rating] a2026年2月的工作还没有评价（依据 D5）\n"
        "    → 补上 records/u/2026-02/evaluations/a.yml，逐项写明完成情况\n"
    )


@pytest.mark.clause("D3", "D5")
def test_a_quarter_without_any_task_leaves_no_score() -> None:
    office = scored(90, {})
    assert score_of(office) is None
    assert [(it.code, it.clause, it.message) for it in office.problems()] == [
        ("missing-rating", "D5", "a本期没有可以评价的月工作")
    ]


@pytest.mark.clause("D5")
@pytest.mark.parametrize(
    ("result", "codes"),
    [
        ("late", {"missing-key"}),
        ("{result: late, credit: 1.5}", {"score-out-of-range"}),
        ("{result: done, credit: 0.5}", {"bad-value"}),
        ("{result: waived, credit: 1}", {"bad-value"}),
    ],
)
def test_an_evaluation_with_a_fault_leaves_no_score(result: str, codes: set[str]) -> None:
    office = scored(90, {"2026-01": {"t1": "done", "t2": result}})
    assert (score_of(office), office.codes()) == (None, codes)


@pytest.mark.clause("D2", "D7")
def test_an_evaluation_or_a_plan_that_cannot_be_read_leaves_no_score() -> None:
    for path in ("2026-02/plans/a.yml", "2026-02/evaluations/a.yml", "2026-Q1/reviews/liu-yang.yml", "facts/a.yml"):
        office = scored(90, DONE, BONUS.format("2026-03-15", 3)).write(path, "}")
        result = office.result("a")
        assert (result.score, result.suggested) == (None, None)
        assert {it.place.path for it in office.problems()} == {f"records/u/{path}"}


# --- bonuses ------------------------------------------------------------------------------


@pytest.mark.clause("D8")
@pytest.mark.parametrize(
    ("facts", "written"),
    [
        ([BONUS.format("2026-03-15", 3)], "83.00"),
        ([BONUS.format("2026-03-15", 9.5)], "89.50"),
        ([BONUS.format("2026-03-15", 10)], "90.00"),
        ([BONUS.format("2026-03-15", 10.5)], "90.00"),
        ([BONUS.format("2026-03-15", 8), BONUS.format("2026-03-16", 7)], "90.00"),
        ([BONUS.format("2026-03-15", 15), PENALTY.format("2026-03-16", 3)], "90.00"),  # the net, 12, is kept within 10
        ([BONUS.format("2026-03-15", 12), PENALTY.format("2026-03-16", 3)], "89.00"),  # 9: the parts are not capped
        ([PENALTY.format("2026-03-16", 2.5)], "77.50"),
        ([PENALTY.format("2026-03-16", 11)], "70.00"),
        ([PENALTY.format("2026-03-16", 30), BONUS.format("2026-03-15", 25)], "75.00"),
        ([BONUS.format("2025-12-31", 3)], "80.00"),  # of another quarter
        ([BONUS.format("2026-01-01", 3)], "83.00"),
        ([BONUS.format("2026-03-31", 3)], "83.00"),
        ([BONUS.format("2026-04-01", 3)], "80.00"),
    ],
)
def test_the_net_of_bonuses_and_penalties_is_kept_within_ten(facts: list[str], written: str) -> None:
    # 60% of 80 is 48; four of five done in the one month is 80, of which 40% is 32; together 80
    tasks = {"t1": "done", "t2": "done", "t3": "done", "t4": "done", "t5": "undone"}
    assert score_of(scored(80, {"2026-01": tasks}, *facts)) == written


@pytest.mark.clause("D8")
def test_the_cap_is_told() -> None:
    office = scored(
        100, DONE, BONUS.format("2026-03-15", 8), BONUS.format("2026-03-16", 5), PENALTY.format("2026-03-17", 1)
    )
    step = next(it for it in office.result("a").steps if it.rule == "adjust")
    assert (step.says, step.value) == (
        "加减分：表彰奖励加 8 分，表彰奖励加 5 分，通报批评减 1 分，相抵 12 分，最多 10 分，计 10 分。",
        "10",
    )
    assert score_of(office) == "110.00"  # not clipped


@pytest.mark.clause("D8")
@pytest.mark.parametrize("points", [0, -3])
def test_points_are_positive_and_anything_else_leaves_no_score(points: int) -> None:
    office = scored(80, DONE, BONUS.format("2026-03-15", points))
    assert (score_of(office), office.codes()) == (None, {"score-out-of-range"})


# --- sheets, decisions, papers ------------------------------------------------------------


@pytest.mark.clause("D7")
@pytest.mark.parametrize(
    ("scores", "written", "codes"),
    [
        ({"completion": 23, "competence": 22.5, "cooperation": 24, "attitude": 20.5}, "94.00", set()),  # 90 in all
        ({"completion": 23, "competence": 22.5, "cooperation": 24}, None, {"missing-rating"}),
        (
            {"completion": 25.5, "competence": 22.5, "cooperation": 24, "attitude": 20},
            None,
            {"score-out-of-range"},
        ),
    ],
)
def test_four_aspects_of_twenty_five_points(scores: dict[str, float], written: str | None, codes: set[str]) -> None:
    office = scored(0).review("liu-yang", "supervising_leader", {"a": scores})
    assert (score_of(office), office.codes()) == (written, codes)


@pytest.mark.clause("D9")
def test_the_principal_leader_may_depart_with_a_reason() -> None:
    office = scored(80).decide({"a": "一般"})
    assert [(it.clause, it.message) for it in office.problems("reason-missing")] == [
        ("D9", "a建议为较好，审定为一般，没有写理由")
    ]
    office.decide({"a": "{grade: 一般, reason: 群众有反映}"})
    assert office.problems("reason-missing") == []


@pytest.mark.clause("D11")
@pytest.mark.parametrize(
    ("fact", "decided", "codes"),
    [
        ("kind: misconduct, on: 2026-03-09, what: 推诿敷衍, basis: 文号", "较差", []),
        ("kind: misconduct, on: 2026-03-09, what: 推诿敷衍, basis: 文号", "较好", []),  # as the score suggests
        ("kind: misconduct, on: 2026-03-09, what: 推诿敷衍, basis: 文号", "一般", ["reason-missing"]),
        ("kind: outstanding, on: 2026-03-09, what: 抗洪, basis: 文号", "好", []),
    ],
)
def test_what_may_be_set_directly_is_the_deciders_choice(fact: str, decided: str, codes: list[str]) -> None:
    office = scored(80, DONE, fact).decide({"a": decided})
    assert suggested(office) == {"a": "较好"}
    assert [it.code for it in office.problems("reason-missing", "grade-not-allowed")] == codes


@pytest.mark.clause("D10")
def test_a_quota_in_principle_may_be_exceeded_with_a_reason() -> None:
    office = scored(100)  # one of one: no place
    assert suggested(office) == {"a": "较好"}
    decided = {"a": "{grade: 好, reason: 全市第一}"}
    assert [it.severity for it in office.decide(decided).problems("quota-exceeded")] == ["error"]
    office.decide(decided, more="quota_reason: 只有一人")
    assert [(it.severity, it.clause) for it in office.problems("quota-exceeded")] == [("warning", "D10")]


@pytest.mark.clause("D3", "D2", "D7", "D10", "D1")
@pytest.mark.parametrize(
    ("path", "clause", "message"),
    [
        (
            "2026-Q1/summaries/an.yml",
            "D7",
            "没有an2026年第一季度的个人小结：每季度末以书面形式向分管领导汇报本季度个人工作",
        ),
        ("2026-Q1/publicity.yml", "D10", "没有2026年第一季度结果的公示记录"),
        ("2026-Q1/outside/fan.yml", "D1", "没有fan所在单位的意见或结果：援派、挂职、借调在外的，由所在单位考核"),
    ],
)
def test_a_decided_quarter_wants_its_papers(path: str, clause: str, message: str) -> None:
    office = a_whole_quarter()
    del office.files[f"records/u/{path}"]
    assert [(it.code, it.place.path, it.clause, it.message) for it in office.problems()] == [
        ("missing-record", f"records/u/{path}", clause, message)
    ]


@pytest.mark.clause("D3")
def test_a_month_without_ledgers_is_missed_but_its_evaluation_is_not() -> None:
    office = a_whole_quarter()
    for kind in ("plans", "evaluations"):
        del office.files[f"records/u/2026-02/{kind}/an.yml"]
    assert [(it.code, it.place.path, it.clause, it.message) for it in office.problems()] == [
        (
            "missing-record",
            "records/u/2026-02/plans/an.yml",
            "D3",
            "没有an2026年2月的月工作计划台账：每月初制定个人月工作计划，形成工作台账",
        )
    ]


@pytest.mark.clause("D2")
def test_a_ledger_without_its_evaluation_is_missed() -> None:
    office = a_whole_quarter()
    del office.files["records/u/2026-02/evaluations/dai.yml"]
    assert [(it.code, it.clause, it.message) for it in office.problems("missing-record")] == [
        ("missing-record", "D2", "没有dai2026年2月的月评价：人事科、评估督导科每月评价打分一次")
    ]


@pytest.mark.clause("D15")
def test_a_fair_grade_wants_a_reminder() -> None:
    office = a_whole_quarter()
    talk(office, *((it, "feedback") for it in ("an", "bai", "cui", "dai", "geng")))
    assert [(it.code, it.clause, it.message) for it in office.problems()] == [
        ("missing-follow-up", "D15", "cui定为一般，还没有谈话提醒的记录；方案规定“对一般等次的工作人员，及时谈话提醒”")
    ]


@pytest.mark.clause("D1", "D3")
def test_whoever_joined_in_the_middle_of_the_quarter_is_scored_by_the_months_that_there_were() -> None:
    office = scored(90, {"2026-03": {"t1": "done", "t2": "undone"}}).person("a", joined="2026-03-02")
    assert score_of(office) == "74.00"  # 54 + 40% of 50
    office.decide({"a": "一般"})
    assert [it.place.path for it in office.problems("missing-record") if "plans" in it.place.path] == []
