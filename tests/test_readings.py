"""Readings 1 to 8 of the design: numbers and limits, leave, quotas, overrides, scores, ties."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from office import Office
from telling import amend, rate, suggested, told

#: Two who leave a place free for a third: of three people, floor(40% × 3) = 1 may get 好.
WITH_TWO = {"a": 60, "b": 60}


@pytest.mark.clause("Q7")
@pytest.mark.parametrize(
    ("total", "written", "grade"),
    [
        (100, "100.00", "好"),
        (85, "85.00", "好"),
        (84.99, "84.99", "较好"),
        (75, "75.00", "较好"),
        (74.99, "74.99", "一般"),
        (60, "60.00", "一般"),
        (59.99, "59.99", "较差"),
        (0, "0.00", "较差"),
    ],
)
def test_reading_01_a_band_includes_the_number_that_it_begins_at(total: float, written: str, grade: str) -> None:
    office = rate(Office("qufu-approval", "wang-fang a b"), {**WITH_TWO, "wang-fang": total})
    result = office.result("wang-fang")
    assert (result.score.written if result.score else None, result.suggested) == (written, grade)


# 2026-Q3 has 66 working days: 23 in July, 21 in August, 22 in September (with Sunday the 20th, without Friday the
# 25th). July and 3 to 14 August are 23 + 10 = 33, exactly half.
@pytest.mark.clause("Q16", "B1", "C19")
@pytest.mark.parametrize("scheme", ["qufu-approval", "baishan-audit", "chaoyang-ecology"])
@pytest.mark.parametrize(
    ("leave", "part"),
    [
        (["kind: leave, type: sick, from: 2026-07-01, to: 2026-08-14"], "graded"),
        (["kind: leave, type: sick, from: 2026-07-01, to: 2026-08-16"], "graded"),  # Saturday and Sunday add nothing
        (["kind: leave, type: sick, from: 2026-07-01, to: 2026-08-17"], "comment_only"),  # 34 of 66
        (["kind: leave, type: personal, from: 2026-07-01, to: 2026-08-17"], "comment_only"),
        (["kind: leave, type: maternity, from: 2026-07-01, to: 2026-09-30"], "graded"),
        (["kind: leave, type: other, from: 2026-07-01, to: 2026-09-30"], "graded"),
        # overlapping leave counts once: still 33 days, then 34
        (
            [
                "kind: leave, type: sick, from: 2026-07-01, to: 2026-08-14",
                "kind: leave, type: personal, from: 2026-08-03, to: 2026-08-14",
            ],
            "graded",
        ),
        (
            [
                "kind: leave, type: sick, from: 2026-07-01, to: 2026-08-14",
                "kind: leave, type: personal, from: 2026-08-10, to: 2026-08-17",
            ],
            "comment_only",
        ),
        # only what lies in the period counts: all of Q2, and 2 days of this one
        (["kind: leave, type: sick, from: 2026-04-01, to: 2026-07-02"], "graded"),
        (["kind: leave, type: sick, from: 2026-05-01, to: 2026-08-17"], "comment_only"),
        # 34 working days on the calendar, but only 33 of them taken
        (["kind: leave, type: sick, from: 2026-07-01, to: 2026-08-17, days: 33"], "graded"),
        (["kind: leave, type: sick, from: 2026-07-01, to: 2026-08-17, days: 33.5"], "comment_only"),
        # half a day each of two leaves, 34 days long: 17 + 17 = 34
        (
            [
                "kind: leave, type: sick, from: 2026-07-01, to: 2026-08-17, days: 17",
                "kind: leave, type: personal, from: 2026-07-01, to: 2026-08-17, days: 17",
            ],
            "comment_only",
        ),
        (["kind: leave, type: sick, from: 2026-08-01, to: 2026-08-02, days: 1"], "graded"),  # a weekend
    ],
)
def test_reading_02_leave_over_half_of_the_working_days_leaves_only_a_comment(
    scheme: str, leave: list[str], part: str
) -> None:
    assert Office(scheme, "wang-fang").facts("wang-fang", *leave).result("wang-fang", "2026-Q3").participation == part


@pytest.mark.clause("Z1", "D1")
@pytest.mark.parametrize("scheme", ["zhangdian-stats", "city-drc"])
def test_reading_02_two_schemes_say_nothing_of_leave(scheme: str) -> None:
    office = Office(scheme, "wang-fang").facts("wang-fang", "kind: leave, type: sick, from: 2026-01-01, to: 2026-03-31")
    assert office.result("wang-fang").participation == "graded"


@pytest.mark.clause("Q16")
def test_reading_02_the_share_of_leave_is_told_with_its_days() -> None:
    office = Office("qufu-approval", "wang-fang")
    office.facts("wang-fang", "kind: leave, type: sick, from: 2026-07-01, to: 2026-08-17")
    step = office.result("wang-fang", "2026-Q3").steps[0]
    assert step.as_json() == {
        "rule": "participation",
        "clause": "Q16",
        "says": "病事假累计超过考核天数一半的，只写评语。"
        "wang-fang：病事假共 34 个工作日，2026年第三季度有 66 个工作日，占比约 51.5%。"
        "2026年第三季度参加考核，不确定等次。",
        "value": "comment_only",
        "at": "records/u/facts/wang-fang.yml:1",
    }


@pytest.mark.clause("Q16")
def test_reading_02_in_a_year_without_a_calendar_nothing_is_guessed() -> None:
    office = Office("qufu-approval", "wang-fang").review("zhou-min", "principal_leader", {"wang-fang": 80}, "2045-Q1")
    office.facts("wang-fang", "kind: leave, type: sick, from: 2045-01-01, to: 2045-03-31")
    assert office.result("wang-fang", "2045-Q1").participation == "graded"
    assert told(office, "unknown-calendar") == (
        "records/u/people/wang-fang.yml:1:1: 错误 [unknown-calendar] 没有 2045 年的工作日历，"
        "无法计算wang-fang的病事假占比，暂按没有超过处理\n"
        "    → 2045年的放假安排公布后升级软件，或先在 unit.yml 的 calendar 里写上 holidays 和 workdays\n"
    )


@pytest.mark.clause("Q7", "D10", "B8", "C10")
@pytest.mark.parametrize("scheme", ["qufu-approval", "city-drc", "baishan-audit", "chaoyang-ecology"])
@pytest.mark.parametrize(
    ("base", "limit"), [(1, 0), (2, 0), (3, 1), (4, 1), (5, 2), (6, 2), (7, 2), (8, 3), (9, 3), (10, 4), (21, 8)]
)
def test_reading_03_places_are_the_share_of_the_participants_without_the_fraction(
    scheme: str, base: int, limit: int
) -> None:
    pools = Office(scheme, " ".join(f"p{i}" for i in range(base))).grade().pools
    assert [(pool.base, pool.limit) for pool in pools] == [(base, limit)]


@pytest.mark.clause("Q7")
def test_reading_03_the_limit_is_exact_where_binary_floats_are_not() -> None:
    # 0.29 * 100 is 28.999999999999996 in binary
    office = amend(Office("qufu-approval", " ".join(f"p{i}" for i in range(100))), "at_most: 40%", "at_most: 29%")
    assert [pool.limit for pool in office.grade().pools] == [29]


@pytest.mark.clause("B1", "B8", "D1", "D10")
@pytest.mark.parametrize("scheme", ["baishan-audit", "city-drc"])
def test_reading_03_whoever_is_elsewhere_or_excluded_is_not_in_the_base(scheme: str) -> None:
    office = Office(scheme, "a b c d e").person("gong-ren", category="worker")
    assert [(pool.base, pool.limit) for pool in office.grade().pools] == [(5, 2)]
    office.facts("a", "kind: away, type: secondment, from: 2026-01-01, to: 2026-12-31, host: 示例市政府办")
    assert [(pool.base, pool.limit) for pool in office.grade().pools] == [(4, 1)]


@pytest.mark.clause("Q7", "Q16")
def test_reading_03_whoever_only_gets_a_comment_is_in_the_base() -> None:
    office = Office("qufu-approval", "a b c d e")
    office.facts("e", "kind: discipline, measure: 记过, from: 2026-01-01, to: 2026-12-31, basis: 文号")
    assert [(pool.base, pool.limit, pool.members) for pool in office.grade().pools] == [(5, 2, tuple("abcde"))]


@pytest.mark.clause("Z8")
def test_reading_03_zhangdian_has_no_quota() -> None:
    office = rate(Office("zhangdian-stats", "a b c"), {"a": 95, "b": 95, "c": 90})
    assert suggested(office) == {"a": "好", "b": "好", "c": "好"}
    assert office.grade().pools == ()


@pytest.mark.clause("Q7")
def test_reading_03_a_place_that_one_category_leaves_unused_does_not_move_to_the_other() -> None:
    office = Office("qufu-approval", "a b c d e")
    for person in "xyz":
        office.person(person, category="institution")
    # 5 civil servants: 2 places, nobody reaches 85; 3 institution staff: 1 place, all reach it
    rate(office, {**dict.fromkeys("abcde", 80), "x": 95, "y": 94, "z": 93})
    assert suggested(office) == {**dict.fromkeys("abcde", "较好"), "x": "好", "y": "较好", "z": "较好"}
    assert [(it.pool, it.base, it.limit, it.used) for it in office.grade().pools] == [
        ("civil_servant", 5, 2, 0),
        ("institution", 3, 1, 1),
    ]


AFFIRMED = "kind: outstanding, on: 2026-03-02, item: 一票肯定, what: 获市级表彰, basis: 文号"
VETOED = "kind: misconduct, on: 2026-03-09, item: 一票否决, what: 被通报批评, basis: 文号"


@pytest.mark.clause("Q11", "Q7")
def test_reading_04_good_by_affirmation_takes_its_place_first() -> None:
    office = rate(Office("qufu-approval", "a b c d e"), {"a": 95, "b": 90, "c": 70, "d": 65, "e": 60})
    assert suggested(office) == {"a": "好", "b": "好", "c": "一般", "d": "一般", "e": "一般"}
    office.facts("e", AFFIRMED)  # 2 places: one for e, one left for a
    assert suggested(office) == {"a": "好", "b": "较好", "c": "一般", "d": "一般", "e": "好"}
    assert [(it.used, it.set_aside, it.cut) for it in office.grade().pools] == [(2, ("e",), Fraction(95))]
    assert office.problems("quota-exceeded") == []


@pytest.mark.clause("Q11", "Q7")
def test_reading_04_affirmations_alone_over_the_limit_all_stay_and_are_reported() -> None:
    office = rate(Office("qufu-approval", "a b c"), {"a": 95, "b": 70, "c": 70})  # 1 place
    office.facts("b", AFFIRMED).facts("c", AFFIRMED)
    assert suggested(office) == {"a": "较好", "b": "好", "c": "好"}
    assert told(office, "quota-exceeded") == (
        "records/u/facts/b.yml:1:3: 提醒 [quota-exceeded] 公务员参加考核 3 人，好等次限额 1 人，目前建议为好的有 2 "
        "人（b、c）"
        "（依据 Q7）\n"
        "    → 审定前研究减少人数\n"
    )


@pytest.mark.clause("Q11", "Q12")
def test_reading_05_a_veto_beats_an_affirmation_in_either_order() -> None:
    for facts in ([AFFIRMED, VETOED], [VETOED, AFFIRMED]):
        office = rate(Office("qufu-approval", "a b c"), {"a": 95, "b": 70, "c": 70}).facts("a", *facts)
        assert office.result("a").suggested == "较差"
        assert office.grade().pools[0].set_aside == ()


CAPPED = "  - {cite: Q12, says: 被追究责任的，等次不得高于一般, fact: accountability, at_most: 一般}\n"
ACCOUNTABLE = "kind: accountability, on: 2026-02-03, type: 组织谈话, basis: 文号"


@pytest.mark.clause("Q11", "Q12")
def test_reading_05_a_cap_beats_an_affirmation() -> None:
    office = rate(Office("qufu-approval", "a b c"), {"a": 95, "b": 70, "c": 70}).facts("a", AFFIRMED, ACCOUNTABLE)
    amend(office, "overrides:\n", "overrides:\n" + CAPPED)
    result = office.result("a")
    assert (result.suggested, result.bounds.sets) == ("一般", None)


@pytest.mark.clause("Q12")
def test_reading_05_a_cap_does_not_lift_a_veto() -> None:
    office = rate(Office("qufu-approval", "a b c"), {"a": 95, "b": 70, "c": 70}).facts("a", VETOED, ACCOUNTABLE)
    amend(office, "overrides:\n", "overrides:\n" + CAPPED)
    assert office.result("a").suggested == "较差"


@pytest.mark.clause("D11")
def test_reading_05_a_cap_closes_what_an_outstanding_deed_opens() -> None:
    office = rate(Office("city-drc", "a b c"), {"a": 80})
    office.facts("a", "kind: outstanding, on: 2026-03-02, what: 抗洪抢险, basis: 文号", ACCOUNTABLE)
    _with_plans(office, "a")
    assert set(office.result("a").bounds.allows) == {"好"}
    amend(office, "overrides:\n", "overrides:\n" + CAPPED.replace("Q12", "D11"))
    office.decide({"a": "好"})
    assert office.result("a").bounds.allows == {}
    assert told(office, "grade-not-allowed", "reason-missing") == (
        "records/u/2026-Q1/determination.yml:4:3: 错误 [grade-not-allowed] a审定为好，"
        "但方案规定“被追究责任的，等次不得高于一般”，等次不得高于一般"
        "（依据 D11）\n"
        "    → 按规定改正等次；这一条写了理由也不能例外\n"
    )


def _with_plans(office: Office, person: str) -> None:
    office.write(
        f"2026-01/plans/{person}.yml",
        "tasks:\n  - {id: t1, ledger: plan, content: 编制年度计划, due: 2026-01-20, standard: 按时完成}\n",
    )
    office.write(f"2026-01/evaluations/{person}.yml", "tasks: {t1: done}\n")


@pytest.mark.clause("Q11", "Q12", "Q16")
@pytest.mark.parametrize("fact", [AFFIRMED, VETOED])
def test_reading_05_no_override_touches_whoever_only_gets_a_comment(fact: str) -> None:
    office = rate(Office("qufu-approval", "a b c"), {"a": 95, "b": 95, "c": 70})
    office.person("a", probation_until="2026-03-31").facts("a", fact)
    result = office.result("a")
    assert (result.participation, result.score, result.suggested, dict(result.bounds.allows)) == (
        "comment_only",
        None,
        None,
        {},
    )
    assert [step.rule for step in result.steps] == ["participation"]
    assert [(it.used, it.set_aside) for it in office.grade().pools] == [(1, ())]


# --- scores ---------------------------------------------------------------------------------


@pytest.mark.clause("Q6", "Q7")
@pytest.mark.parametrize(
    ("principal", "exact", "written", "grade"),
    [
        ("84.9875", "84.995", "85.00", "好"),  # 33.995 + 25.5 + 25.5; the half goes up
        ("84.98749", "84.994996", "84.99", "较好"),  # 33.994996 + 51
    ],
)
def test_reading_06_a_score_is_exact_and_rounded_once_half_up(
    principal: str, exact: str, written: str, grade: str
) -> None:
    office = rate(Office("qufu-approval", "wang-fang a b"), {**WITH_TWO, "wang-fang": 85})
    office.review("zhou-min", "principal_leader", {**WITH_TWO, "wang-fang": Decimal(principal)})
    result = office.result("wang-fang")
    assert result.score is not None
    assert (result.score.exact, result.score.written) == (Fraction(exact), written)
    assert result.suggested == grade


@pytest.mark.clause("Z8")
def test_reading_06_thirds_stay_thirds_until_the_end() -> None:
    # 60% of 90 is 54; 40% of (80 + 80 + 81) / 3 is 964/30 = 32.1333…; together 86.1333…
    office = Office("zhangdian-stats", "a").review("liu-yang", "supervising_leader", {"a": 90})
    score = office.ballots({"a": [80, 80, 81]}).result("a").score
    assert score is not None
    assert (score.exact, score.rounded, score.written) == (Fraction(54) + Fraction(964, 30), Fraction("86.13"), "86.13")


@pytest.mark.clause("D8", "D9")
def test_reading_06_a_total_above_the_scale_is_not_clipped() -> None:
    office = Office("city-drc", "a").review("liu-yang", "supervising_leader", {"a": 100})
    _with_plans(office, "a")
    office.facts("a", "kind: bonus, on: 2026-03-15, item: 表彰奖励, points: 8, basis: 文号")
    score = office.result("a").score
    assert score is not None
    assert score.written == "108.00"  # 60 + 40 + 8


THREE_LEADERS = ("led_by: [liu-yang]", "led_by: [liu-yang, sun-li, he-jun]")


def _led_by_three(office: Office) -> Office:
    office.person("sun-li", leader="true")
    return office.write("unit.yml", office.texts["unit.yml"].replace(*THREE_LEADERS))


@pytest.mark.clause("Q6")
def test_reading_07_several_leaders_of_one_department_are_averaged() -> None:
    office = _led_by_three(rate(Office("qufu-approval", "a"), {"a": 80}))
    office.review("sun-li", "supervising_leader", {"a": 81}).review("he-jun", "supervising_leader", {"a": 79.5})
    result = office.result("a")
    assert result.score is not None
    # 40% of 80 + 30% of (80 + 81 + 79.5) / 3 + 30% of 80 = 32 + 24.05 + 24
    assert result.score.written == "80.05"
    assert result.steps[2].says == (
        "主管领导评价分：liu-yang 80 分，sun-li 81 分，he-jun 79.5 分，平均约 80.17 分，按 30% 计 24.05 分。"
    )


@pytest.mark.clause("Q6")
def test_reading_07_where_one_of_three_leaders_has_not_rated_there_is_no_score() -> None:
    office = _led_by_three(rate(Office("qufu-approval", "a"), {"a": 80}))
    office.review("sun-li", "supervising_leader", {"a": 81})
    result = office.result("a")
    assert (result.score, result.base, result.suggested) == (None, None, None)
    assert told(office, "missing-rating") == (
        "records/u/2026-Q1/reviews/he-jun.yml:1:1: 提醒 [missing-rating] 主管领导he-jun还没有给a评分（依据 Q6）\n"
        "    → 在 records/u/2026-Q1/reviews/he-jun.yml 的 people 下补上 a 的 scores 或 total\n"
    )


@pytest.mark.clause("Q6", "Z8")
@pytest.mark.parametrize(("scheme", "cite"), [("qufu-approval", "Q6"), ("zhangdian-stats", "Z8")])
def test_reading_07_without_ballots_there_is_no_score_and_no_reweighting(scheme: str, cite: str) -> None:
    office = rate(Office(scheme, "a b"), {"a": 90, "b": 90}).ballots({"b": 90})
    result = office.result("a")
    assert (result.score, result.suggested) == (None, None)
    assert [step.says for step in result.steps if step.rule == "score"] == ["a2026年第一季度没有得分：没有a的测评票。"]
    assert told(office, "missing-rating") == (
        f"records/u/2026-Q1/ballots.yml:3:1: 提醒 [missing-rating] 没有a的测评票（依据 {cite}）\n"
        "    → 在 records/u/2026-Q1/ballots.yml 的 totals 下补上 a 的各张票\n"
    )


@pytest.mark.clause("Q7")
def test_reading_08_the_places_go_by_score_and_the_rest_get_the_next_grade() -> None:
    office = rate(Office("qufu-approval", "a b c d e"), {"a": 85, "b": 97, "c": 86, "d": 90, "e": 84})
    assert suggested(office) == {"a": "较好", "b": "好", "c": "较好", "d": "好", "e": "较好"}
    assert [(it.limit, it.cut, it.tied) for it in office.grade().pools] == [(2, Fraction(90), ())]
    assert office.problems("tie-at-quota") == []


@pytest.mark.clause("Q7")
@pytest.mark.parametrize(
    ("scores", "good", "tied"),
    [
        ({"a": 95, "b": 95, "c": 90, "d": 88, "e": 80}, "ab", ""),  # a tie inside the limit
        ({"a": 95, "b": 94, "c": 90, "d": 90, "e": 80}, "ab", ""),  # below it
        ({"a": 95, "b": 90, "c": 90, "d": 88, "e": 80}, "a", "bc"),  # across it; nobody below moves up
        ({"a": 95, "b": 95, "c": 95, "d": 88, "e": 80}, "", "abc"),  # from the very top
        ({"a": 90.004, "b": 95, "c": 90.001, "d": 88, "e": 80}, "b", "ac"),  # by the rounded score
        ({"a": 90.006, "b": 95, "c": 90.001, "d": 88, "e": 80}, "ab", ""),  # 90.01 and 90.00
    ],
)
def test_reading_08_a_tie_across_the_limit_stays_out_whole(scores: dict[str, float], good: str, tied: str) -> None:
    office = rate(Office("qufu-approval", "a b c d e"), scores)
    assert "".join(it for it, grade in suggested(office).items() if grade == "好") == good
    assert ["".join(pool.tied) for pool in office.grade().pools] == [tied]
    assert len(office.problems("tie-at-quota")) == (1 if tied else 0)


@pytest.mark.clause("Q7")
def test_reading_08_a_tie_is_reported_where_the_deciders_look() -> None:
    office = rate(Office("qufu-approval", "a b c d e"), {"a": 95, "b": 90, "c": 90, "d": 88, "e": 80})
    office.decide({"a": "好", "b": "{grade: 好, reason: 窗口办件量第一}", "c": "较好", "d": "较好", "e": "较好"})
    assert told(office, "tie-at-quota") == (
        "records/u/2026-Q1/determination.yml:5:3: 提醒 [tie-at-quota] b、c同为 90.00 分，恰在好等次名额边缘，"
        "建议都不进入（依据 Q7）\n"
        "    → 审定时请留意：从中确定了人选的，要写明理由\n"
    )
    assert office.problems("reason-missing", "grade-not-allowed", "quota-exceeded") == []


PREFERENCE = "pools: category, prefer: {cite: Q7, says: 向基层一线倾斜, when: \"department_kind == 'frontline'\"}}"


@pytest.mark.clause("Q7")
def test_reading_08_a_preference_of_the_scheme_separates_a_tie() -> None:
    office = rate(Office("qufu-approval", "a b c d e"), {"a": 95, "b": 90, "c": 90, "d": 88, "e": 80})
    office.write(
        "unit.yml",
        office.texts["unit.yml"].replace(
            "organs:",
            "  - {id: office, name: 综合科, kind: general, head: he-jun, led_by: [liu-yang]}\norgans:",
        ),
    )
    for person in "abde":
        office.person(person, department="office")
    assert suggested(office)["b"] == suggested(office)["c"] == "较好"
    amend(office, "pools: category}", PREFERENCE)
    assert suggested(office) == {"a": "好", "b": "较好", "c": "好", "d": "较好", "e": "较好"}
    assert office.problems("tie-at-quota") == []
    office.person("b")  # back to the frontline: now both are preferred, and tied again
    assert suggested(office) == {"a": "好", "b": "较好", "c": "较好", "d": "较好", "e": "较好"}
    assert [pool.tied for pool in office.grade().pools] == [("b", "c")]
