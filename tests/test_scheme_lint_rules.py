"""The linter of schemes: roles, rules that can never fire, rules that contradict each other, the annual rules."""

from __future__ import annotations

import pytest
from variants import faults

RATERS = "可以写：section_head, supervising_leader, principal_leader"
ROLES = f"{RATERS}, leadership, personnel_office, discipline_inspection"
NEVER = "这条规则永远用不上：条件不可能成立，或已被前面的规则挡住 → 改正条件，调整先后，或删掉这条规则"


# --- roles --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scheme", "old", "new", "fault"),
    [
        (
            "qufu-approval",
            "from: rating, by: principal_leader",
            "from: rating, by: leadership",
            f"scheme.yml:66 bad-value 没有人能担任“leadership”来做这件事 → {RATERS}",
        ),
        (
            "baishan-audit",
            "propose: supervising_leader",
            "propose: discipline_inspection",
            f"scheme.yml:70 bad-value 没有人能担任“discipline_inspection”来做这件事 → {RATERS}",
        ),
        (
            "qufu-approval",
            "decide: leadership",
            "decide: county_leader",
            f"scheme.yml:79 bad-value 没有人能担任“county_leader”来做这件事 → {ROLES}",
        ),
        (
            "baishan-audit",
            "whom: discipline_inspection",
            "whom: police",
            f"scheme.yml:82 bad-value 没有人能担任“police”来做这件事 → {ROLES}",
        ),
    ],
)
def test_a_role_that_nobody_can_hold_is_reported(scheme: str, old: str, new: str, fault: str) -> None:
    assert faults(scheme, old, new) == [fault]


def test_a_rating_says_who_rates() -> None:
    assert faults("qufu-approval", "from: rating, by: principal_leader", "from: rating") == [
        f"scheme.yml:66 bad-value 没有写由谁评分 → 补上 by: …，{RATERS}"
    ]


def test_ballots_say_nobody_who_rates() -> None:
    assert faults("qufu-approval", "from: ballots}", "from: ballots, by: section_head}") == [
        "scheme.yml:68 bad-value 这一部分不是评分表，不需要写 by → 删掉 by"
    ]


def test_without_a_score_somebody_must_propose() -> None:
    assert faults("baishan-audit", "propose: supervising_leader, ", "") == [
        "scheme.yml:70 bad-value 既没有得分，也没有人提出等次 → 写上 score，或在 procedure 里写 propose"
    ]


@pytest.mark.clause("C8")
def test_a_section_head_does_not_propose_a_grade_for_himself() -> None:
    own = "bad-value 这样写，科室正职就要给自己提等次 → 写 for: not is_head，另为正职写一条程序"
    assert faults("chaoyang-ecology", "for: not is_head, ", "") == [f"scheme.yml:61 {own}"]
    whoever = "for: category == 'civil_servant' or not is_head, "
    assert faults("chaoyang-ecology", "for: not is_head, ", whoever) == [f"scheme.yml:61 {own}"]


@pytest.mark.clause("C8")
def test_whoever_proposes_does_not_decide() -> None:
    assert faults("chaoyang-ecology", "decide: supervising_leader", "decide: section_head") == [
        "scheme.yml:61 bad-value 提出等次的人和审定的人是同一个角色 → 改由上一级审定"
    ]


@pytest.mark.clause("C8")
def test_everybody_falls_under_some_procedure() -> None:
    assert faults("chaoyang-ecology", "for: not is_head, ", "for: not is_head and not on_probation, ") == [
        "scheme.yml:60 bad-value 有的人没有任何程序适用 → 最后一条程序不写 for，表示其余的人"
    ]


def test_a_scheme_says_who_decides() -> None:
    decided = (
        "procedure:\n  - {cite: Q7, says: 局领导班子根据测评得分，按照人员身份类别，"
        "分别在规定的比例范围内研究审定, decide: leadership}\n"
    )
    assert faults("qufu-approval", decided, "procedure: []\n") == [
        "scheme.yml:78 bad-value 没有写审定程序 procedure → 至少写一条：由谁审定"
    ]


# --- rules that can never fire ------------------------------------------------------------


@pytest.mark.parametrize(
    ("scheme", "old", "new", "line"),
    [
        ("zhangdian-stats", "when: disciplined('警告')", "when: disciplined('警告') and not disciplined('警告')", 66),
        (
            "chaoyang-ecology",
            "when: \"department_kind in ['frontline', 'hardship']\"",
            "when: department_kind == 'remote'",
            76,
        ),
        ("zhangdian-stats", "for: \"away in ['secondment', 'loan', 'training']\"", "for: away == 'holiday'", 91),
        ("qufu-approval", "exclude: category == 'worker'", "exclude: leader and not leader", 19),
        ("qufu-approval", "when: count('较差') >= 3", "when: count('较差') >= 5", 124),
        ("qufu-approval", "when: absent, bars", "when: absent and not absent, bars", 128),
    ],
)
def test_a_condition_that_contradicts_itself_is_reported(scheme: str, old: str, new: str, line: int) -> None:
    assert faults(scheme, old, new) == [f"scheme.yml:{line} bad-value {NEVER}"]


def test_a_procedure_for_nobody_is_reported() -> None:
    assert faults("chaoyang-ecology", "for: not is_head, ", "for: is_head and not is_head, ") == [
        "scheme.yml:60 bad-value 有的人没有任何程序适用 → 最后一条程序不写 for，表示其余的人",
        f"scheme.yml:61 bad-value {NEVER}",
    ]


def test_a_rule_behind_one_that_takes_all_its_people_is_reported() -> None:
    new = "comment_only: on_probation and category == 'civil_servant' and leave_share > 1/2"
    assert faults("qufu-approval", "comment_only: leave_share > 1/2", new) == [f"scheme.yml:21 bad-value {NEVER}"]


def test_a_rule_behind_one_that_takes_only_some_of_its_people_is_not() -> None:
    new = "comment_only: leave_share > 1/3 or on_probation"
    assert faults("qufu-approval", "comment_only: leave_share > 1/2", new) == []


@pytest.mark.parametrize(
    "condition",
    [
        "post == 'driver'",  # posts are the scheme's own
        "leave_share > 3/5 and leave_share < 13/20",  # any share, not only the usual ones
        "away == 'taskforce' and away_longer_than(3) and not away_longer_than(6)",
    ],
)
def test_an_unusual_rule_that_can_fire_is_not_said_to_be_idle(condition: str) -> None:
    """Unknown bureaus are the real test: a false alarm would refuse a scheme that is right."""
    old, new = "posts: {staff: 科级及以下工作人员}", "posts: {staff: 科级及以下工作人员, driver: 驾驶员}"
    sheet = "      staff:\n        completion"
    own = "      driver:\n        driving: {name: 行车安全, points: 100}\n      staff:\n        completion"
    rule = "exclude: category == 'worker'"
    assert faults("city-drc", old, new, sheet, own, rule, f"exclude: {condition}") == []


@pytest.mark.parametrize("condition", ["admonitions >= 3", "admonitions > 2", "admonitions > 5", "admonitions >= 12"])
def test_three_and_more_admonitions_in_a_year_are_possible(condition: str) -> None:
    assert faults("zhangdian-stats", "when: admonitions >= 2", f"when: {condition}") == []


def test_more_admonitions_than_a_year_can_have_are_not_tried_one_by_one() -> None:
    assert faults("zhangdian-stats", "when: admonitions >= 2", "when: admonitions >= 9999") == [
        f"scheme.yml:119 bad-value {NEVER}"
    ]


def test_somebody_may_be_under_two_measures_at_once() -> None:
    both = "when: disciplined('警告') and disciplined('党内警告')"
    assert faults("zhangdian-stats", "when: disciplined('警告')", both) == []


def test_a_rule_with_too_many_cases_to_try_is_not_said_to_be_idle() -> None:
    """Behind rules with many words, the last ones of a list would never be tried."""
    old = "comment_only: leave_share > 1/2}\n"
    more = (
        "  - {cite: Q16, says: 甲, comment_only: hosted and post == 'window' and away_longer_than(6)}\n"
        "  - {cite: Q16, says: 乙, comment_only: department_kind == 'hardship' and is_head}\n"
        "  - {cite: Q16, says: 丙, comment_only: away == 'training'}\n"
    )
    assert faults("qufu-approval", old, old + more) == []


def test_in_a_half_yearly_cycle_no_grade_can_be_given_three_times_a_year() -> None:
    found = faults("qufu-approval", "period: quarter", "period: half")
    assert found == [f"scheme.yml:124 bad-value {NEVER}"]


# --- overrides ----------------------------------------------------------------------------


def test_two_rules_for_the_same_fact_are_reported() -> None:
    new = "fact: misconduct, item: 一票否决, sets: 好"
    assert faults("qufu-approval", "fact: outstanding, item: 一票肯定, sets: 好", new) == [
        "scheme.yml:85 bad-value 与第 84 行的规则重复，不知道按哪一条 → 合并成一条，或写不同的 item"
    ]


def test_the_same_fact_may_have_rules_for_different_items() -> None:
    new = "fact: misconduct, item: 推诿敷衍, sets: 一般"
    assert faults("qufu-approval", "fact: outstanding, item: 一票肯定, sets: 好", new) == []


# --- annual rules -------------------------------------------------------------------------

ABSENT = "when: absent, bars: [优秀]"
ABSENT_RULE = f"{{cite: Q17, says: 不按规定进行平时考核的，年度考核取消评先树优资格, {ABSENT}}}"


@pytest.mark.clause("Q13", "Q17")
def test_two_annual_rules_that_together_bar_every_grade_are_reported() -> None:
    more = f"{ABSENT_RULE}\n    - {{cite: Q17, says: 甲, when: absent, bars: [称职, 基本称职, 不称职]}}"
    assert faults("qufu-approval", ABSENT_RULE, more) == [
        (
            "scheme.yml:121 bad-value 全年为 没有等次（不参加） 时，按 Q17 没有任何年度等次可以确定"
            " → 改正相互冲突的年度规则"
        )
    ]


@pytest.mark.clause("Q13")
def test_an_annual_rule_that_bars_what_another_one_fixes_is_reported() -> None:
    old, new = "when: count('较差') >= 1, bars: [优秀]", "when: count('较差') >= 1, bars: [优秀, 基本称职]"
    assert faults("qufu-approval", old, new) == [
        "scheme.yml:121 bad-value 全年为 较差、较差 时，按 Q13 没有任何年度等次可以确定 → 改正相互冲突的年度规则"
    ]


@pytest.mark.clause("C14")
def test_permitting_what_is_barred_is_reported() -> None:
    old, new = "only: [基本称职, 不称职]", "only: [称职, 基本称职]"
    assert faults("chaoyang-ecology", old, new) == [
        "scheme.yml:119 bad-value 全年为 较差 时，按 C14 既可以直接确定又不许同一个年度等次 → 改正相互矛盾的年度规则"
    ]


@pytest.mark.clause("Q13", "Q17")
def test_preferring_what_is_barred_is_reported() -> None:
    assert faults("qufu-approval", "count('好') == periods and not absent", "count('好') == periods") == [
        (
            "scheme.yml:121 bad-value 全年为 好（不参加） 时，按 Q13、Q17 既优先又不许同一个年度等次"
            " → 改正相互矛盾的年度规则"
        )
    ]


def test_a_year_that_ends_taking_part_needs_no_grade() -> None:
    assert faults("qufu-approval", ABSENT, "when: absent, ends_taking_part: true") == []


def test_a_scheme_may_say_nothing_of_the_year() -> None:
    tail = "annual:\n  cite: Z17\n  grades: [优秀, 称职, 基本称职, 不称职]\n  weight: {cite: Z16, share: 60%}\n"
    found = faults("zhangdian-stats", tail, "annual:\n  cite: Z17\n  grades: [优秀, 称职, 基本称职, 不称职]\n")
    assert found == [
        (
            "clauses.yml:96 bad-value 条款 Z16 写着由程序计算，但 scheme.yml 里没有规则引用它"
            " → 在相应的规则上写 cite: Z16，或改写 covered"
        )
    ]


def test_a_scheme_with_more_rules_than_anybody_would_wait_for_is_refused() -> None:
    first = "  - {cite: Q1, says: 考核对象为非领导成员"
    one = "  - {cite: Q1, says: 甲, exclude: leave_share > 1/2}\n"
    assert faults("qufu-approval", first, one * 46 + first) == [
        "scheme.yml:17 bad-value “participants”超过 50 项 → 删去多余的项，或合并"
    ]


def test_many_hard_conditions_are_not_all_tried_out() -> None:
    first = "  - {cite: Q1, says: 考核对象为非领导成员"
    hard = "leader and category == 'worker' and leave_share > {}/50 and on_probation and post == 'staff'"
    rules = "".join(f"  - {{cite: Q1, says: 甲, exclude: {hard.format(index)}}}\n" for index in range(1, 45))
    found = faults("qufu-approval", first, rules + first)
    assert 0 < len(found) < 43  # those that were tried are told, the rest get the benefit of the doubt
    assert {it.split(" ", 1)[1] for it in found} == {
        "bad-value 这条规则永远用不上：条件不可能成立，或已被前面的规则挡住 → 改正条件，调整先后，或删掉这条规则"
    }
