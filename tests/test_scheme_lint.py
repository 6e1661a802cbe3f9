"""The linter of schemes: clauses, posts, weights, bands, grades. Each case breaks one thing of a real scheme."""

from __future__ import annotations

import pytest
from variants import book_of, faults, faults_in, read, usable

from pingshi.schemes import LINT_CHECKS
from pingshi.schemes.lint import CLAUSE_CHECKS, RULE_CHECKS, lint

GRADES = "等次有：好, 较好, 一般, 较差"


# --- clauses ------------------------------------------------------------------------------


def test_a_rule_must_cite_a_clause_that_is_listed() -> None:
    assert faults("qufu-approval", "{cite: Q1, says: 考核对象为非领导成员", "{cite: Q99, says: 领导") == [
        (
            "scheme.yml:18 bad-value participants 的规则引用的条款 Q99 不在 clauses.yml 里"
            " → 改正条款编号，或把这一条补进 clauses.yml"
        )
    ]


def test_a_rule_inside_another_section_must_cite_a_clause_that_is_listed() -> None:
    assert faults("chaoyang-ecology", "prefer: {cite: C10,", "prefer: {cite: C77,") == [
        (
            "scheme.yml:76 bad-value quota 的规则引用的条款 C77 不在 clauses.yml 里"
            " → 改正条款编号，或把这一条补进 clauses.yml"
        )
    ]


def test_an_assumption_must_be_about_a_clause_that_is_listed() -> None:
    assert faults("city-drc", "{about: [D7, D9], says", "{about: [D7, D99], says") == [
        "scheme.yml:128 bad-value 说明所指的条款 D99 不在 clauses.yml 里 → 改正条款编号"
    ]


def test_a_clause_may_not_go_uncovered() -> None:
    old, new = (
        "人员，但担任领导成员的除外；领导成员公务员的考核另有规定的，按其规定办理。\n    covered: [computed]",
        "人员。\n    covered: []",
    )
    assert faults("qufu-approval", old, new, file="clauses.yml") == [
        "clauses.yml:10 bad-value 条款 Q1 没有着落 → 在 covered 里写明怎样落实，或写 people 并说明由谁去做"
    ]


def test_a_clause_left_to_people_must_say_who_does_what() -> None:
    assert faults(
        "qufu-approval", "    people: 由各科室确定岗位职责", "    # people: 由各科室确定岗位职责", file="clauses.yml"
    ) == ["clauses.yml:25 bad-value 条款 Q4 由人去做，但没有写是谁、做什么 → 补上 people: …"]


@pytest.mark.parametrize(("claim", "word"), [("computed", "计算"), ("checked", "检查")])
def test_a_clause_that_claims_to_be_automatic_must_have_a_rule(claim: str, word: str) -> None:
    old, new = (
        "    covered: [recorded, published, people]\n",
        f"    covered: [{claim}, people]\n",
    )
    assert faults("qufu-approval", old, new, file="clauses.yml") == [
        (
            f"clauses.yml:87 bad-value 条款 Q15 写着由程序{word}，但 scheme.yml 里没有规则引用它"
            " → 在相应的规则上写 cite: Q15，或改写 covered"
        )
    ]


@pytest.mark.clause("Z7")
def test_the_clause_that_orders_summaries_published_counts_as_cited() -> None:
    without = (
        "  - {cite: Z7, says: 每季度对履行岗位职责、完成任务等主要情况进行小结, record: summaries, each: period}\n"
    )
    assert faults("zhangdian-stats", without, "", "cycle: {cite: Z7,", "cycle: {cite: Z3,") == []
    gone = faults("zhangdian-stats", without, "", "cycle: {cite: Z7,", "cycle: {cite: Z3,", ", summaries: Z7}", "}")
    assert gone == [
        (
            "clauses.yml:45 bad-value 条款 Z7 写着由程序检查，但 scheme.yml 里没有规则引用它"
            " → 在相应的规则上写 cite: Z7，或改写 covered"
        )
    ]


def test_a_scheme_without_its_list_of_clauses_is_reported_once() -> None:
    assert faults_in(read("qufu-approval"), None) == [
        (
            "scheme.yml:1 missing-key 没有条款清单 clauses.yml，或它有错误读不了"
            " → 在同一文件夹放 clauses.yml，逐条列出方案原文的条款"
        )
    ]


def test_a_list_of_clauses_that_cannot_be_read_is_reported_where_it_is_wrong() -> None:
    assert faults("qufu-approval", "  Q1:\n", "  第1条:\n", file="clauses.yml") == [
        "clauses.yml:6 bad-value “第1条”：“第1条”不是条款编号 → 写条款编号，如 Q7；编号见同一文件夹的 clauses.yml",
        (
            "scheme.yml:1 missing-key 没有条款清单 clauses.yml，或它有错误读不了"
            " → 在同一文件夹放 clauses.yml，逐条列出方案原文的条款"
        ),
    ]


def test_a_folder_with_clauses_but_no_scheme_is_reported() -> None:
    assert faults_in(None, read("qufu-approval", "clauses.yml"), "half-done") == [
        "clauses.yml:1 missing-key 方案 half-done 没有 scheme.yml → 补上 scheme.yml，或删掉这个文件夹"
    ]


# --- posts and sheets ---------------------------------------------------------------------


@pytest.mark.clause("Q2")
def test_every_post_has_its_sheet_and_every_sheet_its_post() -> None:
    assert faults("qufu-approval", "      window:\n", "      driver:\n") == [
        "scheme.yml:12 bad-value 岗位 window 没有个性指标 → 在 indicators.individual.by_post 里补上",
        "scheme.yml:53 bad-value 岗位 driver 不在 posts 里 → 在 posts 里补上，或删掉",
    ]


def test_every_scheme_has_the_post_of_ordinary_staff() -> None:
    assert faults("zhangdian-stats", "posts: {staff: 科级以下公务员}", "posts: {officer: 科级以下公务员}") == [
        "scheme.yml:12 bad-value 没有 staff（一般工作人员）这个岗位 → 补上 staff: 一般工作人员"
    ]


# --- weights and points -------------------------------------------------------------------


@pytest.mark.clause("Q6")
def test_the_weights_of_the_score_add_up_to_one_hundred() -> None:
    assert faults("qufu-approval", "weight: 40, from: rating", "weight: 45, from: rating") == [
        "scheme.yml:65 bad-value 各部分权重之和是 105，不是 100 → 改正 weight"
    ]


def test_sums_are_told_as_decimals_as_the_clerk_wrote_them() -> None:
    assert faults("qufu-approval", "weight: 40, from: rating", "weight: 39.5, from: rating") == [
        "scheme.yml:65 bad-value 各部分权重之和是 99.5，不是 100 → 改正 weight"
    ]


@pytest.mark.clause("B4", "Q2")
def test_the_points_of_the_common_indicators_add_up_to_their_weight() -> None:
    assert faults("baishan-audit", "{name: 政治素质, points: 10}", "{name: 政治素质, points: 12}") == [
        "scheme.yml:29 bad-value 共性指标分值之和是 52，不是 50 → 改正 points 或 weight"
    ]


@pytest.mark.clause("C3", "Q2")
def test_the_points_of_each_posts_own_indicators_add_up_to_their_weight() -> None:
    assert faults("qufu-approval", "{name: 岗位职责履行, points: 15}", "{name: 岗位职责履行, points: 16}") == [
        "scheme.yml:42 bad-value 岗位 staff 的个性指标分值之和是 51，不是 50 → 改正 points 或 weight"
    ]


@pytest.mark.clause("Z2", "Q2")
def test_the_sheets_make_up_the_full_score() -> None:
    assert faults("zhangdian-stats", "  total: 100\n", "  total: 120\n") == [
        "scheme.yml:30 bad-value 指标满分是 100，评分满分是 120 → 两者应当相等"
    ]


# --- bands --------------------------------------------------------------------------------

BANDS = "bands: {好: 85, 较好: 75, 一般: 60, 较差: 0}"


@pytest.mark.clause("Q7")
@pytest.mark.parametrize(
    ("bands", "fault"),
    [
        ("{好: 85, 一般: 60, 较差: 0}", "这些等次没有分档，中间有空档：较好 → 每个等次写一个起点分数"),
        (
            "{好: 75, 较好: 85, 一般: 60, 较差: 0}",
            "分数线没有从高到低排列，有的等次永远达不到 → 让较高等次的分数线高于较低等次",
        ),
        (
            "{好: 85, 较好: 85, 一般: 60, 较差: 0}",
            "分数线没有从高到低排列，有的等次永远达不到 → 让较高等次的分数线高于较低等次",
        ),
        ("{好: 85, 较好: 75, 一般: 60, 较差: 10.5}", "低于 10.5 分没有对应的等次 → 最低一档从 0 开始"),
        ("{好: 101, 较好: 75, 一般: 60, 较差: 0}", "最高一档的分数线超过满分 → 改正分数线"),
        ("{优: 95, 好: 85, 较好: 75, 一般: 60, 较差: 0}", f"分档里的“优”不是方案的等次 → {GRADES}"),
    ],
    ids=["one-missing", "out-of-order", "two-alike", "not-from-nought", "above-the-full-score", "one-too-many"],
)
def test_the_bands_cover_every_score_from_nought_to_full_in_order(bands: str, fault: str) -> None:
    assert faults("qufu-approval", BANDS, f"bands: {bands}") == [f"scheme.yml:75 bad-value {fault}"]


def test_where_there_is_a_score_there_are_bands() -> None:
    assert faults("qufu-approval", f"  {BANDS}\n", "") == [
        "scheme.yml:73 bad-value 有 score 却没有写分档 → 写上 bands: 每个等次从多少分开始"
    ]


def test_where_there_is_no_score_there_are_no_bands() -> None:
    names = "names: [好, 较好, 一般, 较差]"
    assert faults("baishan-audit", names, f"{names}\n  {BANDS}") == [
        "scheme.yml:67 bad-value 没有 score 却写了分档 → 删掉 bands，或写上 score"
    ]


def test_the_best_band_may_begin_at_the_full_score() -> None:
    assert faults("qufu-approval", "{好: 85,", "{好: 100,") == []


# --- grades -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scheme", "old", "new", "line"),
    [
        ("qufu-approval", "sets: 较差", "sets: 很差", 84),
        ("zhangdian-stats", "fact: accountability, at_most: 一般", "fact: accountability, at_most: 很差", 65),
        ("baishan-audit", "allows: 较差", "allows: 很差", 76),
        ("zhangdian-stats", "binding: [一般, 较差]", "binding: [一般, 很差]", 55),
        ("qufu-approval", "quota: {cite: Q7, grade: 好", "quota: {cite: Q7, grade: 很差", 88),
        ("qufu-approval", "wording: 公示, grades: [好]", "wording: 公示, grades: [很差]", 91),
        (
            "baishan-audit",
            "whom: discipline_inspection, grades: [好]",
            "whom: discipline_inspection, grades: [很差]",
            82,
        ),
        ("zhangdian-stats", "objections: {cite: Z12, grades: [较差]}", "objections: {cite: Z12, grades: [很差]}", 72),
        ("qufu-approval", "kinds: [criticism], grades: [较差]", "kinds: [criticism], grades: [很差]", 109),
    ],
)
def test_every_grade_that_a_rule_names_is_one_of_the_schemes(scheme: str, old: str, new: str, line: int) -> None:
    assert faults(scheme, old, new) == [f"scheme.yml:{line} bad-value 方案没有“很差”这个等次 → {GRADES}"]


def test_a_grade_that_is_only_counted_is_one_of_the_schemes_too() -> None:
    """A slip inside count('…') would make the rule silent, or speak for everybody."""
    assert faults("qufu-approval", "when: count('较差') >= 1,", "when: \"count('较差', '较茶') >= 1\",") == [
        f"scheme.yml:126 bad-value 方案没有“较茶”这个等次 → {GRADES}"
    ]


def test_a_slip_that_a_rule_repeats_is_told_once() -> None:
    old, new = "when: count('好') >= 1 and count('好') == periods", "when: count('号') >= 0 and count('号') < periods"
    assert faults("qufu-approval", old, new)[0] == f"scheme.yml:127 bad-value 方案没有“号”这个等次 → {GRADES}"
    assert sum("“号”" in it for it in faults("qufu-approval", old, new)) == 1


@pytest.mark.parametrize(
    ("scheme", "old", "new", "line"),
    [
        ("qufu-approval", "only: [不称职]", "only: [不合格]", 124),
        ("qufu-approval", "when: count('较差') >= 1, bars: [优秀]", "when: count('较差') >= 1, bars: [不合格]", 126),
        ("chaoyang-ecology", "permits: 不称职", "permits: 不合格", 132),
    ],
)
def test_every_annual_grade_that_a_rule_names_is_an_annual_grade(scheme: str, old: str, new: str, line: int) -> None:
    assert faults(scheme, old, new) == [
        f"scheme.yml:{line} bad-value 年度考核没有“不合格”这个等次 → 年度等次有：优秀, 称职, 基本称职, 不称职"
    ]


def test_a_grade_is_named_once() -> None:
    assert faults("baishan-audit", "names: [好, 较好, 一般, 较差]", "names: [好, 较好, 较好, 一般, 较差]") == [
        "scheme.yml:66 bad-value 同一个等次写了两次 → 每个等次只写一次，从好到差"
    ]


def test_a_scheme_without_any_grade_is_reported_and_not_stumbled_over() -> None:
    found = faults("qufu-approval", "names: [好, 较好, 一般, 较差]", "names: []", BANDS, "bands: {}")
    assert found == ["scheme.yml:74 bad-value 没有写等次 → 从好到差写上各个等次，如 [好, 较好, 一般, 较差]"]


# --- what may still be graded by ----------------------------------------------------------


def test_every_check_is_about_the_clauses_or_about_the_rules() -> None:
    assert [it.__name__ for it in CLAUSE_CHECKS] == ["clauses_listed", "rule_has_clause", "clause_has_cover"]
    assert [it.__name__ for it in RULE_CHECKS] == [
        "posts_have_sheets",
        "weights_add_up",
        "bands_are_whole",
        "grades_are_known",
        "roles_can_be_held",
        "rule_can_fire",
        "items_are_told_apart",
        "annual_leaves_a_grade",
    ]
    assert (*CLAUSE_CHECKS, *RULE_CHECKS) == LINT_CHECKS


def test_a_scheme_without_fault_can_be_graded_by() -> None:
    assert lint(book_of("qufu-approval")) == ([], True)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("scheme.yml", "{cite: Q1, says: 考核对象为非领导成员", "{cite: Q99, says: 考核对象为非领导成员"),
        ("scheme.yml", "{about: Q2, says: 原文没有规定共性", "{about: Q99, says: 原文没有规定共性"),
        ("clauses.yml", "    people: 由各科室确定岗位职责", "    # people: 由各科室确定岗位职责"),
        ("clauses.yml", "  Q1:\n", "  第1条:\n"),
    ],
    ids=["unknown-clause", "assumption-about-nothing", "nobody-named", "clauses-unreadable"],
)
def test_a_scheme_whose_clauses_are_incomplete_still_grades(file: str, old: str, new: str) -> None:
    assert faults("qufu-approval", old, new, file=file) != []
    assert usable("qufu-approval", old, new, file=file)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("      window:\n", "      driver:\n"),
        ("weight: 40, from: rating", "weight: 45, from: rating"),
        (BANDS, "bands: {好: 85, 较好: 75, 一般: 60, 较差: 10}"),
        ("sets: 较差", "sets: 很差"),
        ("decide: leadership", "decide: county_leader"),
        ("exclude: category == 'worker'", "exclude: leader and not leader"),
        ("fact: outstanding, item: 一票肯定, sets: 好", "fact: misconduct, item: 一票否决, sets: 好"),
        ("count('好') == periods and not absent", "count('好') == periods"),
    ],
    ids=[it.__name__ for it in RULE_CHECKS],
)
def test_a_scheme_whose_rules_contradict_themselves_does_not_grade(old: str, new: str) -> None:
    assert not usable("qufu-approval", old, new)
