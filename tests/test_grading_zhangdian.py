"""张店: 60% leader and 40% ballots, no quota, the lower bands fixed by the score, admonitions and disciplines."""

from __future__ import annotations

import pytest
from office import Office
from telling import MONTHS, SUMMARY, publish, rate, table, talk, told

TASKS = "tasks:\n  - {id: t1, ledger: plan, content: 编制月报, due: 2026-01-20, standard: 准确}\n"
GOALS = "goals:\n  - {id: g1, kind: key, content: 完成普查, standard: 零差错, due: 2026-12-20}\n"
#: A week of each month, and a workday in it.
WEEKS = {
    "2026-01": ("2026-W03", "2026-01-12"),
    "2026-02": ("2026-W06", "2026-02-02"),
    "2026-03": ("2026-W10", "2026-03-02"),
}
AT_SCHOOL = "kind: away, type: training, from: 2026-02-01, to: 2026-04-30, host: 示例区委党校"
ON_LOAN = "kind: away, type: loan, from: 2026-01-01, to: 2026-09-30, host: 示例区政府办"
WARNED = "kind: discipline, measure: 警告, from: {}, to: {}, basis: 示例〔2025〕9号"


def file_everything(office: Office, *people: str) -> Office:
    """Let people file goals, plans, weekly logs, monthly reports and the summary of 2026-Q1."""
    for person in people:
        office.write(f"2026/goals/{person}.yml", GOALS).write(f"2026-Q1/summaries/{person}.yml", SUMMARY)
        for month in MONTHS:
            week, day = WEEKS[month]
            office.write(f"{month}/plans/{person}.yml", TASKS)
            office.write(
                f"{month}/logs/{person}.yml", f"weeks: [{{week: {week}, entries: [{{on: {day}, did: 审核}}]}}]\n"
            )
            office.write(f"{month}/reports/{person}.yml", "done: [月报]\nundone: [{task: 调研, reason: 改期}]\n")
    return office


def a_whole_quarter() -> Office:
    """Seven people in every situation that the scheme knows."""
    office = Office("zhangdian-stats", "an bai cui dai fan geng hao").person("lao", category="worker")
    office.review("liu-yang", "supervising_leader", {"an": 92, "bai": 80, "cui": 90, "dai": 85, "fan": 90, "hao": 70})
    office.ballots({"an": [90, 94], "bai": [85], "cui": [95], "dai": [70, 75], "fan": [80], "hao": [66, 67, 67]})
    office.facts("bai", AT_SCHOOL).facts("geng", ON_LOAN)
    office.facts("cui", "kind: accountability, on: 2026-02-03, type: 组织谈话, basis: 示例〔2026〕2号")
    office.facts("dai", WARNED.format("2025-10-01", "2026-03-31"))
    office.facts("fan", "kind: admonition, on: 2026-02-20, reason: 未按时填写工作记实")
    office.person("jin").facts("jin", "kind: discipline, measure: 记过, from: 2026-01-10, to: 2027-01-09, basis: 文号")
    for person, grade in (("geng", "grade: 较好\n"), ("bai", "")):
        office.write(
            f"2026-Q1/outside/{person}.yml", f"unit: 示例单位\nopinion: 表现良好\n{grade}basis: 示例函〔2026〕7号\n"
        )
    office.decide({"an": "好", "bai": "较好", "cui": "一般", "dai": "一般", "fan": "较差", "hao": "一般"})
    everybody = ("an", "bai", "cui", "dai", "fan", "hao", "jin")
    file_everything(office, *everybody)
    return talk(publish(office), *((it, "feedback") for it in everybody), ("fan", "criticism"))


@pytest.mark.clause("Z1", "Z3", "Z7", "Z8", "Z9", "Z10", "Z11", "Z13")
def test_a_whole_quarter_from_the_sheets_to_the_decision() -> None:
    office = a_whole_quarter()
    assert {it: row for it, row in table(office).items() if row[0] != "excluded"} == {
        "an": ("graded", "92.00", "好", "好"),  # 55.2 + 36.8
        "bai": ("graded", "82.00", "较好", "较好"),  # 48 + 34; three months at school: assessed at home
        "cui": ("graded", "92.00", "一般", "一般"),  # 54 + 38; held to account
        "dai": ("graded", "80.00", "一般", "一般"),  # 51 + 29; the warning's last day is the quarter's
        "fan": ("graded", "86.00", "较差", "较差"),  # 54 + 32; admonished
        "geng": ("elsewhere", None, None, "较好"),  # on loan for nine months: the host's grade
        "hao": ("graded", "68.67", "一般", "一般"),  # 42 + 40% of 66.666… = 26.666…
        "jin": ("comment_only", None, None, None),
    }
    assert office.grade().people["lao"].participation == "excluded"
    assert told(office) == ""


@pytest.mark.clause("Z9")
def test_the_hosts_grade_is_a_step_of_its_own() -> None:
    assert [it.as_json() for it in a_whole_quarter().result("geng").steps] == [
        {
            "rule": "participation",
            "clause": "Z9",
            "says": "因挂职、借调、学习培训离开原单位半年以上的，由现工作单位进行考核。"
            "geng：借调到示例区政府办，2026年1月1日到2026年9月30日。"
            "2026年第一季度不在本单位定等次。",
            "value": "elsewhere",
            "at": "records/u/facts/geng.yml:1",
        },
        {
            "rule": "outside",
            "clause": "Z9",
            "says": "示例单位考核的结果是较好（依据：示例函〔2026〕7号）。",
            "value": "较好",
            "at": "records/u/2026-Q1/outside/geng.yml:3",
        },
    ]


@pytest.mark.clause("Z9")
def test_whoever_is_assessed_elsewhere_may_not_be_graded_here() -> None:
    office = Office("zhangdian-stats", "a").facts("a", ON_LOAN).decide({"a": "好"})
    assert told(office, "grade-not-allowed") == (
        "records/u/2026-Q1/determination.yml:4:3: 错误 [grade-not-allowed] a不在本单位考核，本单位不定等次，"
        "不能审定为好（依据 Z9）\n"
        "    → 删掉这一项；考核单位给的结果写在 outside/ 里\n"
    )
    assert office.result("a").determined is None  # for those elsewhere it is the host's


@pytest.mark.clause("Z4", "Z5", "Z6", "Z7", "Z9", "Z12")
@pytest.mark.parametrize(
    ("path", "clause", "message"),
    [
        ("2026-02/plans/an.yml", "Z4", "没有an2026年2月的月工作计划台账：月度工作计划应提前一周制定"),
        ("2026-02/logs/an.yml", "Z5", "没有an2026年2月的工作记实：每周完成工作的情况，在个人工作周志记载"),
        ("2026-02/reports/an.yml", "Z6", "没有an2026年2月的月小结：每月汇总和分析当月工作，对未完成的工作说明原因"),
        (
            "2026-Q1/summaries/an.yml",
            "Z7",
            "没有an2026年第一季度的个人小结：每季度对履行岗位职责、完成任务等主要情况进行小结",
        ),
        (
            "2026-Q1/outside/bai.yml",
            "Z9",
            "没有bai所在单位的意见或结果：因挂职、借调、学习培训离开原单位的，由现工作单位提出评价意见或者通报考核结果",
        ),
        ("2026-Q1/publicity.yml", "Z12", "没有2026年第一季度结果的公示记录"),
    ],
)
def test_a_decided_quarter_wants_its_papers(path: str, clause: str, message: str) -> None:
    office = a_whole_quarter()
    del office.files[f"records/u/{path}"]
    assert [(it.code, it.place.path, it.clause, it.message) for it in office.problems()] == [
        ("missing-record", f"records/u/{path}", clause, message)
    ]


@pytest.mark.clause("Z4", "Z5", "Z6")
def test_whoever_was_away_for_a_whole_month_owes_nothing_for_it() -> None:
    office = a_whole_quarter()
    for kind in ("plans", "logs", "reports"):
        for month in ("2026-02", "2026-03"):
            del office.files[f"records/u/{month}/{kind}/bai.yml"]  # at school since 1 February
    assert told(office) == ""
    del office.files["records/u/2026-01/logs/bai.yml"]
    assert [it.place.path for it in office.problems()] == ["records/u/2026-01/logs/bai.yml"]


@pytest.mark.clause("Z4", "Z5", "Z6")
def test_whoever_joined_in_march_owes_nothing_for_january_and_february() -> None:
    office = a_whole_quarter().person("an", joined="2026-03-02")
    for kind in ("plans", "logs", "reports"):
        for month in ("2026-01", "2026-02"):
            del office.files[f"records/u/{month}/{kind}/an.yml"]
    assert told(office) == ""


@pytest.mark.clause("Z2")
@pytest.mark.parametrize(
    ("scores", "written", "codes"),
    [
        ({"virtue": 15, "ability": 15, "diligence": 15, "achievement": 40, "integrity": 15}, "100.00", set()),
        ({"virtue": 13, "ability": 12.5, "diligence": 14, "achievement": 33, "integrity": 14.5}, "92.20", set()),
        ({"virtue": 15, "ability": 15, "diligence": 15, "achievement": 40}, None, {"missing-rating"}),
        (
            {"virtue": 15, "ability": 15, "diligence": 15, "achievement": 40.5, "integrity": 15},
            None,
            {"score-out-of-range"},
        ),
        ({"politics": 10}, None, {"unknown-indicator"}),
    ],
)
def test_the_sheet_has_virtue_ability_diligence_achievement_and_integrity(
    scores: dict[str, float], written: str | None, codes: set[str]
) -> None:
    # the second: 13 + 12.5 + 14 + 33 + 14.5 = 87; 60% is 52.2, and 40 for the ballots
    office = Office("zhangdian-stats", "a").review("liu-yang", "supervising_leader", {"a": scores}).ballots({"a": 100})
    score = office.result("a").score
    assert (score.written if score else None, office.codes()) == (written, codes)


# --- discipline ---------------------------------------------------------------------------


@pytest.mark.clause("Z11")
@pytest.mark.parametrize(
    ("since", "until", "grade"),
    [
        ("2025-09-30", "2026-03-30", "好"),  # lifted: as usual
        ("2025-10-01", "2026-03-31", "一般"),
        ("2026-03-31", "2026-09-29", "一般"),
        ("2026-04-01", "2026-09-30", "好"),
    ],
)
def test_during_a_warning_nothing_above_fair(since: str, until: str, grade: str) -> None:
    office = rate(Office("zhangdian-stats", "a"), {"a": 95}).facts("a", WARNED.format(since, until))
    assert office.result("a").suggested == grade


@pytest.mark.clause("Z11")
@pytest.mark.parametrize("measure", ["记过", "记大过", "降级", "撤职"])
def test_during_a_demerit_only_a_comment_even_beside_a_warning(measure: str) -> None:
    office = rate(Office("zhangdian-stats", "a"), {"a": 95})
    demerit = f"kind: discipline, measure: {measure}, from: 2026-01-01, to: 2027-12-31, basis: 文号"
    office.facts("a", WARNED.format("2026-01-01", "2026-06-30"), demerit).decide({"a": "一般"})
    assert office.result("a").participation == "comment_only"
    assert [(it.clause, it.message) for it in office.problems("grade-not-allowed")] == [
        ("Z11", "a参加考核但不确定等次，不能审定为一般")
    ]


@pytest.mark.clause("Z10", "Z11")
def test_two_caps_are_told_one_by_one() -> None:
    office = rate(Office("zhangdian-stats", "a"), {"a": 95})
    office.facts(
        "a", "kind: accountability, on: 2026-02-03, type: 问责, basis: 文号", WARNED.format("2026-01-01", "2026-06-30")
    )
    office.decide({"a": "{grade: 较好, reason: 已经改正}"})
    assert told(office, "grade-not-allowed", "reason-missing") == (
        "records/u/2026-Q1/determination.yml:4:3: 错误 [grade-not-allowed] a审定为较好，"
        "但方案规定“受警告处分期间，不得确定为较好及以上等次”，等次不得高于一般（依据 Z11）\n"
        "    → 按规定改正等次；这一条写了理由也不能例外\n"
        "records/u/2026-Q1/determination.yml:4:3: 错误 [grade-not-allowed] a审定为较好，"
        "但方案规定“被责任追究或工作问责、组织谈话的，确定为一般或较差等次”，等次不得高于一般（依据 Z10）\n"
        "    → 按规定改正等次；这一条写了理由也不能例外\n"
    )


@pytest.mark.clause("Z8")
def test_a_band_fixed_by_the_score_is_told_with_the_score() -> None:
    office = rate(Office("zhangdian-stats", "a"), {"a": 74.99}).decide({"a": "{grade: 较好, reason: 牵头完成普查}"})
    assert told(office, "grade-not-allowed", "reason-missing") == (
        "records/u/2026-Q1/determination.yml:4:3: 错误 [grade-not-allowed] a审定为较好，但得分 74.99 分，"
        "由得分定为一般（依据 Z8）\n"
        "    → 按规定改正等次；这一条写了理由也不能例外\n"
    )


@pytest.mark.clause("Z3")
def test_the_leading_group_may_depart_only_with_a_reason() -> None:
    office = rate(Office("zhangdian-stats", "a"), {"a": 92}).decide({"a": "较好"})
    assert [(it.clause, it.message) for it in office.problems("reason-missing")] == [
        ("Z3", "a建议为好，审定为较好，没有写理由")
    ]


@pytest.mark.clause("Z13")
def test_an_admonition_holds_even_where_there_is_no_score() -> None:
    office = Office("zhangdian-stats", "a").facts("a", "kind: admonition, on: 2026-02-20, reason: 未按时填写工作记实")
    assert table(office)["a"] == ("graded", None, "较差", None)
