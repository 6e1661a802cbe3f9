"""白山: the supervising leader proposes, the leadership decides; firm places, and a consultation."""

from __future__ import annotations

import pytest
from office import Office
from telling import file_summaries, publish, table, talk, told

CONSULTED = "consulted: {discipline_inspection: {on: 2026-04-02, outcome: no_objection, except: {}}}"
RESCUE = "kind: outstanding, on: 2026-03-02, what: 抢险救灾中表现突出, basis: 示例〔2026〕3号"
SHIRKED = "kind: misconduct, on: 2026-03-09, what: 拒不接受紧急任务, basis: 示例〔2026〕4号"
AID = "kind: away, type: aid, from: 2026-01-01, to: 2027-12-31, host: 示例县审计局"
FILINGS = """
- {form: quarterly_roster, to: 市委组织部, on: 2026-04-03}
- {form: reward_roster, to: 市委组织部, on: 2026-04-03}
"""


def a_whole_quarter() -> Office:
    """Five at home, one on aid, one on long leave."""
    office = Office("baishan-audit", "an bai cui dai fan geng hao")
    office.review(
        "liu-yang",
        "supervising_leader",
        {"an": "好", "bai": "较好", "cui": "一般", "dai": "一般", "fan": "好", "hao": "较好"},
    )
    office.facts("bai", RESCUE).facts("cui", SHIRKED).facts("geng", AID)
    office.facts("hao", "kind: leave, type: sick, from: 2026-01-05, to: 2026-03-20")
    office.write("2026-Q1/outside/geng.yml", "unit: 示例县审计局\ngrade: 好\nbasis: 示例函〔2026〕7号\n")
    office.decide(
        {"an": "好", "bai": "好", "cui": "较差", "dai": "一般", "fan": "{grade: 较好, reason: 名额有限，下季优先}"},
        more=CONSULTED,
        on="2026-04-03",
    )
    everybody = ("an", "bai", "cui", "dai", "fan", "hao")
    file_summaries(office, *everybody).write("2026-Q1/filings.yml", FILINGS)
    notes = (*((it, "feedback") for it in everybody), ("cui", "criticism"), ("dai", "reminder"))
    return talk(publish(office), *notes)


@pytest.mark.clause("B1", "B2", "B6", "B7", "B8", "B9", "B11", "B13")
def test_a_whole_quarter_from_the_proposals_to_the_decision() -> None:
    office = a_whole_quarter()
    assert {it: row for it, row in table(office).items() if row[0] != "excluded"} == {
        "an": ("graded", None, "好", "好"),
        "bai": ("graded", None, "较好", "好"),  # open to the deciders by B9, so no reason is needed
        "cui": ("graded", None, "一般", "较差"),  # the same downwards
        "dai": ("graded", None, "一般", "一般"),
        "fan": ("graded", None, "好", "较好"),  # with a reason
        "geng": ("elsewhere", None, None, "好"),  # the host's grade takes no place here
        "hao": ("comment_only", None, None, None),
    }
    # seven less the one on aid: floor(40% × 6) = 2
    assert [(it.base, it.limit, it.used) for it in office.grade().pools] == [(6, 2, 2)]
    assert told(office) == ""


@pytest.mark.clause("B9")
def test_a_decision_that_the_scheme_opens_says_so_and_needs_no_reason() -> None:
    steps = a_whole_quarter().result("bai").steps
    assert [(it.rule, it.clause, it.value) for it in steps] == [
        ("participation", "B1", "graded"),
        ("proposal", "B7", "较好"),
        ("override", "B9", "好"),
        ("suggestion", "B7", "较好"),
        ("decision", "B7", "好"),
    ]
    assert steps[2].says == (
        "在承担急难险重任务、处理复杂问题、应对重大考验时表现突出、有显著成绩和贡献的，可以直接确定为好等次。"
        "bai：2026年3月2日，抢险救灾中表现突出（依据：示例〔2026〕3号），可以直接确定为好，由审定的人决定。"
    )
    assert steps[4].says == "2026年4月3日，2026年第6次局党组会议，审定为好。按 B9 可以直接这样确定，不需要另写理由。"


@pytest.mark.clause("B9")
@pytest.mark.parametrize(
    ("facts", "decided", "codes"),
    [
        ([RESCUE], "好", []),
        ([RESCUE], "一般", ["reason-missing"]),  # only what the rule names is open
        ([SHIRKED], "较差", []),
        ([SHIRKED], "好", ["reason-missing"]),
        ([RESCUE, SHIRKED], "好", []),  # both are open; the leadership decides
        ([RESCUE, SHIRKED], "较差", []),
        ([RESCUE.replace("2026-03-02", "2025-12-31")], "好", ["reason-missing"]),  # of another quarter
        ([], "较差", ["reason-missing"]),
    ],
)
def test_an_open_grade_needs_the_fact_and_only_that_grade(facts: list[str], decided: str, codes: list[str]) -> None:
    office = Office("baishan-audit", "a b c").review("liu-yang", "supervising_leader", {"a": "较好"})
    if facts:
        office.facts("a", *facts)
    office.decide({"a": decided}, more=CONSULTED)
    assert [it.code for it in office.problems("reason-missing", "grade-not-allowed")] == codes
    assert office.result("a").suggested == "较好"  # never automatic


@pytest.mark.clause("B4")
@pytest.mark.parametrize(
    ("post", "scores", "codes"),
    [
        ("staff", {"politics": 10, "quantity": 10, "learning": 7, "information": 6, "assignments": 7}, set()),
        ("business", {"rectification": 8, "information": 6}, set()),
        ("legal", {"dispatch": 8}, set()),
        ("staff", {"rectification": 8}, {"unknown-indicator"}),
        ("business", {"quantity": 8.5}, {"score-out-of-range"}),
        ("legal", {"politics": 10.5}, {"score-out-of-range"}),
    ],
)
def test_scores_are_shown_to_the_deciders_and_checked_by_post(
    post: str, scores: dict[str, float], codes: set[str]
) -> None:
    office = Office("baishan-audit", "").person("a", post=post)
    inside = ", ".join(f"{key}: {value}" for key, value in scores.items())
    sheet = f"role: supervising_leader\npeople:\n  a: {{scores: {{{inside}}}, grade: 较好}}\n"
    office.write("2026-Q1/reviews/liu-yang.yml", sheet)
    assert (office.result("a").score, office.result("a").suggested, office.codes()) == (None, "较好", codes)


@pytest.mark.clause("B2")
def test_the_cycle_is_a_quarter() -> None:
    office = Office("baishan-audit", "a").facts("a", "kind: absent, period: 2026-H1, reason: 无正当理由")
    assert told(office) == (
        "records/u/facts/a.yml:1:18: 错误 [wrong-period] 方案的考核周期不是 2026-H1 这样的（依据 B2）\n"
        "    → 方案每季度考核一次，周期写成 2026-Q1 这样\n"
    )


@pytest.mark.clause("B8")
@pytest.mark.parametrize("more", ["", "quota_reason: 任务特别繁重"])
def test_proposals_above_the_places_warn_and_a_determination_errs(more: str) -> None:
    office = Office("baishan-audit", "a b c").review(
        "liu-yang", "supervising_leader", {"a": "好", "b": "好", "c": "较好"}
    )
    assert told(office, "quota-exceeded") == (
        "records/u/2026-Q1/reviews/liu-yang.yml:3:7: 提醒 [quota-exceeded] 参加考核 3 人，好等次限额 1 人，"
        "目前建议为好的有 2 人（a、b）"
        "（依据 B8）\n    → 审定前研究减少人数\n"
    )
    office.decide({"a": "好", "b": "好", "c": "较好"}, more=more)
    line = 4 if more else 3
    assert told(office, "quota-exceeded") == (
        f"records/u/2026-Q1/determination.yml:{line}:1: 错误 [quota-exceeded] 参加考核 3 人，好等次限额 1 人，审定了 "
        "2 人（依据 B8）\n"
        "    → 减少人数；这个限额不能超过\n"
    )


@pytest.mark.clause("B8")
def test_good_grades_want_discipline_inspection_consulted_before_they_are_made_known() -> None:
    office = Office("baishan-audit", "a b c").review(
        "liu-yang", "supervising_leader", {"a": "好", "b": "较好", "c": "较好"}
    )
    office.decide({"a": "较好", "b": "较好", "c": "较好"})
    assert office.problems("not-consulted") == []  # no 好, nobody to ask about
    office.decide({"a": "好", "b": "较好", "c": "较好"})
    assert told(office, "not-consulted") == (
        "records/u/2026-Q1/determination.yml:1:1: 错误 [not-consulted] 审定了好等次，"
        "但没有写征求纪检监察机关意见的情况（依据 B8）\n"
        "    → 先征求纪检监察机关意见，再按实际答复在 consulted 下写明日期和结果\n"
    )
    office.decide({"a": "好", "b": "较好", "c": "较好"}, more=CONSULTED)
    assert publish(office, "2026-04-02").problems("not-consulted") == []
    assert told(publish(office, "2026-04-01"), "not-consulted") == (
        "records/u/2026-Q1/determination.yml:3:37: 错误 [not-consulted] 2026-04-01 已经公布，2026-04-02 "
        "才征求纪检监察机关意见（依据 B8）\n"
        "    → 先征求意见，后公布：核对日期\n"
    )


@pytest.mark.clause("B6", "B8", "B11", "B1")
@pytest.mark.parametrize(
    ("path", "clause", "messages"),
    [
        (
            "summaries/an.yml",
            "B6",
            ["没有an2026年第一季度的个人小结：每季度对照考核指标写出个人小结，以书面形式报主管领导"],
        ),
        ("publicity.yml", "B8", ["没有2026年第一季度结果的公开记录"]),
        (
            "filings.yml",
            "B11",
            [
                "没有向市委组织部报2026年第一季度平时考核备案名册的记录",
                "没有向市委组织部报2026年第一季度平时考核奖励备案名册的记录",
            ],
        ),
        ("outside/geng.yml", "B1", ["没有geng所在单位的意见或结果：援派或者挂职的，由接收单位进行平时考核"]),
    ],
)
def test_a_decided_quarter_wants_its_papers(path: str, clause: str, messages: list[str]) -> None:
    office = a_whole_quarter()
    del office.files[f"records/u/2026-Q1/{path}"]
    assert [(it.code, it.place.path, it.clause, it.message) for it in office.problems()] == [
        ("missing-record", f"records/u/2026-Q1/{path}", clause, message) for message in messages
    ]


@pytest.mark.clause("B13")
@pytest.mark.parametrize(
    ("person", "kind", "message"),
    [
        ("cui", "criticism", "cui定为较差，还没有批评教育的记录；方案规定“对较差等次的公务员，由分管领导及时批评教育”"),
        ("dai", "reminder", "dai定为一般，还没有谈话提醒的记录；方案规定“对一般等次的公务员，由分管领导及时谈话提醒”"),
    ],
)
def test_fair_and_poor_grades_want_a_talk(person: str, kind: str, message: str) -> None:
    office, told = a_whole_quarter(), f"{kind}（{'批评教育' if kind == 'criticism' else '谈话提醒'}）"
    notes = office.texts["2026-Q1/feedback/liu-yang.yml"].splitlines(keepends=True)
    kept = [it for it in notes if f"person: {person}," not in it or f"kind: {kind}," not in it]
    assert len(kept) == len(notes) - 1
    office.write("2026-Q1/feedback/liu-yang.yml", "".join(kept))
    assert [(it.code, it.clause, it.message, it.hint) for it in office.problems()] == [
        (
            "missing-follow-up",
            "B13",
            message,
            f"谈话后在 records/u/2026-Q1/feedback/liu-yang.yml 里记一条，person: {person}, kind: {told}",
        )
    ]


@pytest.mark.clause("B7")
def test_somebody_forgotten_in_the_determination_is_missed() -> None:
    office = a_whole_quarter()
    path = "2026-Q1/determination.yml"
    office.write(path, office.texts[path].replace("  dai: 一般\n", ""))
    assert told(office, "missing-record") == (
        "records/u/2026-Q1/determination.yml:4:1: 提醒 [missing-record] 审定结果里没有dai（依据 B7）\n"
        "    → 在 grades 下补上 dai\n"
    )


@pytest.mark.clause("B5")
def test_a_decided_year_wants_the_scheme_filed() -> None:
    office = Office("baishan-audit", "an").write(
        "2026/determination.yml", "decided_on: 2027-01-20\ngrades: {an: 称职}\n"
    )
    assert told(office) == (
        "records/u/2026/filings.yml:1:1: 提醒 [missing-record] 没有向市委组织部报2026年度平时考核工作方案的记录"
        "（依据 B5）\n"
        "    → 报送后在 records/u/2026/filings.yml 里记一条，form: scheme（平时考核工作方案）\n"
    )
    assert told(office.write("2026/filings.yml", "- {form: scheme, to: 市委组织部, on: 2026-01-09}\n")) == ""


@pytest.mark.clause("B8")
def test_what_discipline_inspection_said_of_a_person_stands_with_the_decision() -> None:
    office = Office("baishan-audit", "an").review("liu-yang", "supervising_leader", {"an": "较好"})
    consulted = "{on: 2026-04-01, outcome: no_objection, except: {an: 有信访件正在核实。}}"
    office.decide({"an": "较好"}, more=f"consulted: {{discipline_inspection: {consulted}}}")
    assert office.result("an").steps[-1].says == (
        "2026年4月2日，2026年第6次局党组会议，审定为较好。征求纪检监察机关意见时提出：有信访件正在核实。"
    )
