"""Reading a scheme: what each section may not say, told at the exact place, and nothing guessed."""

from __future__ import annotations

from fractions import Fraction

import pytest
from variants import book_of, faults, faults_in, read

from pingshi.layout import BY_NAME
from pingshi.periods import Period
from pingshi.schemes import PERSON, Quota, Rounding, Span
from pingshi.schemes.deciding import Preference
from pingshi.schemes.duties import Deadline
from pingshi.schemes.expressions import condition
from pingshi.schemes.model import Cycle

COLON = "冒号用英文半角，后面加一个空格"
ONE_EFFECT = "直接确定写 sets，不得高于写 at_most，可以确定写 allows"
ONE_ANNUAL_EFFECT = (
    "only、bars、prefers、permits、ends_taking_part 必须且只能写一个"
    " → only 只能定为，bars 不得定为，prefers 优先，permits 可以，ends_taking_part: true 不参加年度考核"
)
ONE_CAUSE = "有事实记录的写 fact，看期末状态的写 when"


def test_a_rule_without_its_clause_is_not_read() -> None:
    assert faults("qufu-approval", "{cite: Q1, says: 考核对象为非领导成员", "{says: 领导") == [
        f"scheme.yml:18 missing-key 缺少“cite”（依据的条款） → 补上“cite: …”；{COLON}"
    ]


def test_a_clause_has_an_id_and_not_a_phrase() -> None:
    assert faults("qufu-approval", "{cite: Q1, says: 考核对象为非领导成员", "{cite: 第二条, says: 领导") == [
        "scheme.yml:18 bad-value “cite”：“第二条”不是条款编号 → 写条款编号，如 Q7；编号见同一文件夹的 clauses.yml"
    ]


def test_a_clause_without_cover_at_all_is_not_read() -> None:
    old = "按其规定办理。\n    covered: [computed]\n"
    assert faults("qufu-approval", old, "按其规定办理。\n", file="clauses.yml")[0] == (
        f"clauses.yml:6 missing-key 缺少“covered”（怎样落实） → 补上“covered: …”；{COLON}"
    )


def test_a_slip_in_how_a_clause_is_covered_names_the_word_that_was_meant() -> None:
    old, new = (
        "    covered: [checked, recorded, people]\n    people: 由各科室",
        "    covered: [checked, recordd, people]\n    people: 由各科室",
    )
    assert faults("qufu-approval", old, new, file="clauses.yml")[0] == (
        "clauses.yml:25 bad-value “covered”的第 2 项：“recordd”不在可选范围内"
        " → 可以写：computed（由程序计算）、checked（由程序检查）、recorded（有记录可填）、published（在网站公布）、"
        "exported（由以后的版本生成表册）、reminded（由程序提醒）、people（由人办理）；是不是 recorded？"
    )


@pytest.mark.parametrize("share", ["40", "140%", "0.4", "-5%", "百分之四十", "２/５", "3/2", "1/0", "40 %"])
def test_a_share_is_a_percentage_or_a_fraction_up_to_the_whole(share: str) -> None:
    assert faults("qufu-approval", "at_most: 40%", f"at_most: {share}") == [
        f"scheme.yml:88 bad-value “at_most”：“{share}”不是合格的比例 → 写成 40% 或 1/3，在 0 到 100% 之间"
    ]


@pytest.mark.parametrize("share", ["0%", "100%", "33.5%", "1/3", "2/5"])
def test_any_share_from_nought_to_the_whole_may_be_written(share: str) -> None:
    assert faults("qufu-approval", "at_most: 40%", f"at_most: {share}") == []


@pytest.mark.parametrize("span", ["3", "0 workdays", "3 weeks", "3workdays", "三个工作日", "1000 days"])
def test_a_limit_says_days_or_workdays(span: str) -> None:
    assert faults("qufu-approval", "at_least: 3 workdays", f"at_least: {span}") == [
        f"scheme.yml:91 bad-value “at_least”：“{span}”不是合格的期限 → 写成 3 days（日）或 5 workdays（工作日）"
    ]


def test_a_limit_is_told_in_chinese() -> None:
    assert str(Span(3, workdays=False)) == "3日"
    assert str(Span(5, workdays=True)) == "5个工作日"


@pytest.mark.clause("C4")
def test_the_first_period_of_a_scheme_is_written_like_a_folder() -> None:
    assert faults("chaoyang-ecology", "from: 2020-Q2", "from: 2020第二季度") == [
        (
            "scheme.yml:9 wrong-period “from”：“2020第二季度”不是合格的周期"
            " → 写成 2026-Q1（季度）、2026-H1（半年）或 2026（年）"
        )
    ]


def test_a_material_is_one_of_the_record_kinds() -> None:
    assert faults("chaoyang-ecology", "record: goals", "record: goal") == [
        f"scheme.yml:87 bad-value “record”：没有“goal”这种记录 → 可以写：{', '.join(BY_NAME)}"
    ]


@pytest.mark.parametrize(
    ("scheme", "old", "new", "fault"),
    [
        (
            "qufu-approval",
            "period: quarter",
            "period: weekly",
            "9 bad-value “period”：“weekly”不在可选范围内 → 可以写：quarter（季度）、half（半年）",
        ),
        (
            "qufu-approval",
            "strength: firm, pools",
            "strength: loose, pools",
            (
                "88 bad-value “strength”：“loose”不在可选范围内"
                " → 可以写：firm（不得例外）、in_principle（原则上，写明理由可以例外）"
            ),
        ),
        (
            "qufu-approval",
            "firm, pools: category}",
            "firm, pools: level}",
            (
                "88 bad-value “pools”：“level”不在可选范围内"
                " → 可以写：category（按人员类别）、department（按科室）、supervising_leader（按主管领导）"
            ),
        ),
        (
            "qufu-approval",
            "wording: 公示",
            "wording: 公布",
            "91 bad-value “wording”：“公布”不在可选范围内 → 可以写：公示（在公示期内听取意见）、公开（审定以后告知）",
        ),
    ],
    ids=["cycle", "strength", "pools", "wording"],
)
def test_a_choice_is_one_of_those_offered(scheme: str, old: str, new: str, fault: str) -> None:
    assert faults(scheme, old, new) == [f"scheme.yml:{fault}"]


@pytest.mark.parametrize("rule", ["exclude: leader, elsewhere: hosted", "exclude: leader, comment_only: leader"])
def test_a_rule_of_participation_has_one_outcome(rule: str) -> None:
    assert faults("qufu-approval", "从其规定, exclude: leader", f"从其规定, {rule}") == [
        (
            "scheme.yml:18 bad-value “participants”：exclude、elsewhere、comment_only 必须且只能写一个"
            " → 三个里只写一个；不同的结果写成几条规则"
        )
    ]


def test_a_rule_of_participation_without_an_outcome_is_not_read() -> None:
    assert faults("qufu-approval", "从其规定, exclude: leader", "从其规定") == [
        (
            "scheme.yml:18 bad-value “participants”：exclude、elsewhere、comment_only 必须且只能写一个"
            " → 三个里只写一个；不同的结果写成几条规则"
        )
    ]


@pytest.mark.parametrize("effect", ["sets: 较差, at_most: 较差", "sets: 较差, allows: 一般", "strength: firm"])
def test_an_override_has_one_effect(effect: str) -> None:
    assert faults("qufu-approval", "item: 一票否决, sets: 较差", f"item: 一票否决, {effect}") == [
        f"scheme.yml:84 bad-value “overrides”：sets、at_most、allows 必须且只能写一个 → {ONE_EFFECT}"
    ]


@pytest.mark.parametrize("cause", ["fact: misconduct, when: leader", "item: 一票否决"])
def test_an_override_has_one_cause(cause: str) -> None:
    assert faults("qufu-approval", "fact: misconduct, item: 一票否决", cause) == [
        f"scheme.yml:84 bad-value “overrides”：fact 和 when 必须且只能写一个 → {ONE_CAUSE}"
    ]


def test_a_quota_says_how_many() -> None:
    assert faults("qufu-approval", "at_most: 40%, ", "") == [
        "scheme.yml:88 missing-key “quota”：没有写限额 → 写 at_most: 40%（比例）或 number: 8（下达的名额）"
    ]


@pytest.mark.parametrize("effect", ["", ", bars: [优秀], only: [称职]", ", prefers: 优秀, permits: 称职"])
def test_an_annual_rule_has_one_effect(effect: str) -> None:
    assert faults("qufu-approval", "when: absent, bars: [优秀]", f"when: absent{effect}") == [
        f"scheme.yml:128 bad-value “rules”：{ONE_ANNUAL_EFFECT}"
    ]


def test_an_annual_rule_that_names_no_grade_has_no_effect_either() -> None:
    """An empty list would narrow to nothing, or bar nothing; neither can have been meant."""
    for effect in ("only: []", "bars: []"):
        found = faults("qufu-approval", "when: absent, bars: [优秀]", f"when: absent, {effect}")
        assert found == [f"scheme.yml:128 bad-value “rules”：{ONE_ANNUAL_EFFECT}"]


def test_all_the_faults_of_a_scheme_are_told_at_once() -> None:
    found = faults(
        "qufu-approval",
        "at_most: 40%",
        "at_most: 140%",
        "at_least: 3 workdays",
        "at_least: 3",
        "exclude: leader",
        "exclude: leder",
    )
    assert found == [
        (
            "scheme.yml:18 bad-value “exclude”：条件里的“leder”不在词汇表里"
            f" → 是不是 leader？可以用：{', '.join(PERSON)}"
        ),
        "scheme.yml:88 bad-value “at_most”：“140%”不是合格的比例 → 写成 40% 或 1/3，在 0 到 100% 之间",
        "scheme.yml:91 bad-value “at_least”：“3”不是合格的期限 → 写成 3 days（日）或 5 workdays（工作日）",
    ]


def test_a_scheme_that_is_no_yaml_is_reported_and_its_clauses_are_still_read() -> None:
    found = faults_in("title: [未写完\n", read("qufu-approval", "clauses.yml"))
    assert found == [
        (
            "scheme.yml:1 yaml-syntax 方括号或花括号没有配对，或各项之间少了英文逗号"
            " → 检查这一行的 [ ] { } 和逗号，都要用英文半角"
        )
    ]


def test_one_quota_may_be_written_without_a_list() -> None:
    assert len(book_of("qufu-approval").scheme.quota) == 1
    assert faults("qufu-approval", "quota: {cite", "quota:\n  - {cite") == []


def test_rules_are_made_from_values_as_well_as_from_text() -> None:
    assert Quota(cite="Q7", grade="好", at_most=Fraction(2, 5), strength="firm").limit(21) == 8
    limit = Deadline(cite="C18", says="5个工作日内", what="objection", within=Span(5, workdays=True))
    assert (limit.says, limit.within.count) == ("5个工作日内", 5)
    assert Rounding(places="6", mode="down").apply(Fraction(2, 3)) == Fraction("0.666666")
    since = Period("quarter", 2020, 2)
    assert Cycle.model_validate({"cite": "C4", "period": "quarter", "from": since}).since == since
    frontline = condition(PERSON, "department_kind == 'frontline'")
    assert Preference(cite="C10", says="向一线倾斜", when=frontline).when is frontline
