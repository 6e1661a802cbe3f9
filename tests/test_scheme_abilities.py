"""What the scheme language can say beyond the five: a bureau nobody has met, told with a few lines (design §5)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from office import Office
from variants import changed

from pingshi.schemes import Outcome, Year, outcome

SCHEME = """\
title: 试点局考核办法
terms: {assessment: 平时考核, review: 季度考核, people: 公务员, office: 人事科, supervising_leader: 分管领导}
cycle: {cite: A1, period: quarter}
posts: {staff: 工作人员}
participants:
  - {cite: A1, says: 领导成员另行考核, exclude: leader}
indicators:
  common: {cite: A1, weight: 100, items: {work: {name: 工作, points: 100}}}
score:
  cite: A1
  total: 100
  parts:
    - {cite: A1, says: 分管领导评分, weight: 60, from: rating, by: supervising_leader}
    - {cite: A1, says: 测评分, weight: 40, from: ballots}
  round: {places: 2, mode: half_up}
grades:
  cite: A1
  names: [好, 较好, 一般, 较差]
  bands: {好: 90, 较好: 75, 一般: 60, 较差: 0}
procedure:
  - {cite: A1, says: 领导班子审定, decide: leadership}
quota: {cite: A1, grade: 好, at_most: 40%, strength: firm}
publicity: {cite: A1, wording: 公示, grades: [好]}
"""
QUOTA = "quota: {cite: A1, grade: 好, at_most: 40%, strength: firm}\n"
CLAUSES = """\
source: {title: 试点局考核办法}
clauses:
  A1: {at: 全文, topic: 全部, says: 全部规定。, covered: [computed]}
"""
HALL = "hall frontline he-jun liu-yang"


def bureau(*change: str, staff: str, departments: tuple[str, ...] = (HALL,)) -> Office:
    """Set up a bureau with the scheme above, changed (old, new, old, new …); departments: `id kind head leader`."""
    text = SCHEME
    for old, new in zip(change[::2], change[1::2], strict=True):
        text = changed(text, old, new)
    office = Office("qufu-approval", staff=staff)
    office.files = {path: data for path, data in office.files.items() if not path.startswith("schemes/")}
    office.write("/schemes/trial/scheme.yml", text).write("/schemes/trial/clauses.yml", CLAUSES)
    listed = [it.split() for it in departments]
    office.write(
        "unit.yml",
        "name: 试点局\nschemes: [{from: 2020-Q1, scheme: trial}]\ndepartments:\n"
        + "".join(f"  - {{id: {a}, name: {a}科, kind: {b}, head: {c}, led_by: [{d}]}}\n" for a, b, c, d in listed)
        + "organs: {principal_leader: zhou-min, leadership: [zhou-min, liu-yang], personnel_office: qian-wei,"
        " discipline_inspection: wu-gang}\n",
    )
    assert office.snapshot().problems == ()
    return office


def scored(office: Office, scores: dict[str, int | str], period: str = "2026-Q1") -> Office:
    """Give each person the same number on the leader's sheet and on the one ballot, so that it is the score."""
    sheet = {it: Decimal(given) for it, given in scores.items()}
    return office.review("liu-yang", "supervising_leader", sheet, period).ballots(scores, period)


def suggested(office: Office, period: str = "2026-Q1") -> dict[str, str | None]:
    """Return the suggestion for everyone who takes part."""
    return {it: person.suggested for it, person in office.grade(period).people.items() if person.takes_part}


def places(office: Office, period: str = "2026-Q1") -> dict[str | None, tuple[int, int, int]]:
    """Return base, limit and used of every pool."""
    return {it.pool: (it.base, it.limit, it.used) for it in office.grade(period).pools}


# --- how many -----------------------------------------------------------------------------


def test_a_third_of_seven_people_is_two_places() -> None:
    staff = "a b c d e f g"
    office = scored(
        bureau("at_most: 40%", "at_most: 1/3", staff=staff), {it: 99 - i for i, it in enumerate(staff.split())}
    )
    assert places(office) == {None: (7, 2, 2)}
    assert [it for it, grade in suggested(office).items() if grade == "好"] == ["a", "b"]


def test_a_share_that_binary_numbers_would_get_wrong_is_exact() -> None:
    """0.58 × 50 is 28.999999999999996 to a float."""
    office = bureau("at_most: 40%", "at_most: 58%", staff=" ".join(f"p{it}" for it in range(50)))
    assert places(office) == {None: (50, 29, 0)}


def test_places_may_be_issued_as_a_whole_number() -> None:
    staff = "a b c d e"
    office = bureau("at_most: 40%", "number: 3", staff=staff)
    assert places(scored(office, {it: 99 - i for i, it in enumerate(staff.split())})) == {None: (5, 3, 3)}
    assert suggested(office) == {"a": "好", "b": "好", "c": "好", "d": "较好", "e": "较好"}


@pytest.mark.parametrize(("number", "limit"), [(1, 1), (2, 2), (3, 2)])
def test_of_a_share_and_an_issued_number_the_smaller_counts(number: int, limit: int) -> None:
    office = bureau("at_most: 40%", f"at_most: 40%, number: {number}", staff="a b c d e")
    assert places(office) == {None: (5, limit, 0)}


TWO = ("hall frontline he-jun liu-yang", "office general wu-gang zhou-min")


def test_each_department_may_have_places_of_its_own() -> None:
    office = bureau("strength: firm}", "strength: firm, pools: department}", staff="a b c", departments=TWO)
    for person in ("x", "y", "z", "q", "r"):
        office.person(person, department="office")
    office.review("liu-yang", "supervising_leader", {"a": 91, "b": 92, "c": 93})
    office.review("zhou-min", "supervising_leader", {"x": 99, "y": 98, "z": 97, "q": 96, "r": 95})
    office.ballots({"a": 91, "b": 92, "c": 93, "x": 99, "y": 98, "z": 97, "q": 96, "r": 95})
    assert places(office) == {"hall": (3, 1, 1), "office": (5, 2, 2)}
    assert [it for it, grade in suggested(office).items() if grade == "好"] == ["c", "x", "y"]


def test_those_whom_one_leader_is_in_charge_of_may_share_places() -> None:
    three = (*TWO, "audit business qian-wei liu-yang")
    office = bureau("strength: firm}", "strength: firm, pools: supervising_leader}", staff="a b", departments=three)
    for person, department in (("c", "audit"), ("d", "audit"), ("e", "audit"), ("x", "office"), ("y", "office")):
        office.person(person, department=department)
    office.review("liu-yang", "supervising_leader", {"a": 94, "b": 92, "c": 93, "d": 91, "e": 90})
    office.review("zhou-min", "supervising_leader", {"x": 99, "y": 98})
    office.ballots({"a": 94, "b": 92, "c": 93, "d": 91, "e": 90, "x": 99, "y": 98})
    assert places(office) == {"liu-yang": (5, 2, 2), "zhou-min": (2, 0, 0)}
    assert [it for it, grade in suggested(office).items() if grade == "好"] == ["a", "c"]


def test_a_small_pool_may_be_given_at_least_one_place() -> None:
    quota = "strength: firm, pools: department, least: 1}"
    office = bureau("strength: firm}", quota, staff="a b", departments=TWO)
    scored(office, {"a": 95, "b": 96})
    assert places(office) == {"hall": (2, 1, 1)}
    assert suggested(office) == {"a": "较好", "b": "好"}


def test_nobody_gets_more_places_than_there_are_people() -> None:
    office = bureau("strength: firm}", "strength: firm, least: 3}", staff="a b")
    assert places(scored(office, {"a": 95, "b": 96})) == {None: (2, 2, 2)}


def test_each_category_is_counted_apart_at_another_share() -> None:
    office = bureau("at_most: 40%, strength: firm}", "at_most: 1/2, strength: firm, pools: category}", staff="a b c")
    for person in ("x", "y"):
        office.person(person, category="institution")
    scored(office, {"a": 95, "b": 96, "c": 97, "x": 91, "y": 90})
    assert places(office) == {"civil_servant": (3, 1, 1), "institution": (2, 1, 1)}
    assert suggested(office) == {"a": "较好", "b": "较好", "c": "好", "x": "好", "y": "较好"}


def test_two_grades_may_each_have_their_places_and_those_left_over_move_down_twice() -> None:
    two = (
        "quota:\n  - {cite: A1, grade: 好, number: 1, strength: firm}\n"
        "  - {cite: A1, grade: 较好, number: 1, strength: firm}\n"
    )
    office = scored(bureau(QUOTA, two, staff="a b c d"), {"a": 97, "b": 95, "c": 93, "d": 80})
    assert suggested(office) == {"a": "好", "b": "较好", "c": "一般", "d": "一般"}
    assert [(it.rule.grade, it.base, it.limit, it.used) for it in office.grade().pools] == [
        ("好", 4, 1, 1),
        ("较好", 4, 1, 1),
    ]


# --- grades and bands ---------------------------------------------------------------------


def test_a_bureau_may_have_three_grades_with_other_names_and_bands() -> None:
    names = "  names: [好, 较好, 一般, 较差]\n  bands: {好: 90, 较好: 75, 一般: 60, 较差: 0}\n"
    office = bureau(
        names,
        "  names: [A, B, C]\n  bands: {A: 88.5, B: 70, C: 0}\n",
        QUOTA,
        "quota: {cite: A1, grade: A, at_most: 50%, strength: firm}\n",
        "grades: [好]}",
        "grades: [A]}",
        staff="a b c d",
    )
    scored(office, {"a": "88.5", "b": "88.49", "c": 70, "d": "69.99"})
    assert suggested(office) == {"a": "A", "b": "B", "c": "B", "d": "C"}
    assert places(office) == {None: (4, 2, 1)}


def test_the_bands_may_look_at_the_score_without_its_decimals() -> None:
    bands = "  bands: {好: 90, 较好: 75, 一般: 60, 较差: 0}\n"
    office = bureau(bands, f"{bands}  bands_on: {{places: 0, mode: down}}\n", QUOTA, "", staff="a b c")
    scored(office, {"a": "89.99", "b": "90.01", "c": "59.99"})
    assert suggested(office) == {"a": "较好", "b": "好", "c": "较差"}
    assert written(office, "a") == "89.99"


def test_the_bands_may_look_at_the_score_rounded_to_a_whole_number() -> None:
    bands = "  bands: {好: 90, 较好: 75, 一般: 60, 较差: 0}\n"
    office = bureau(bands, f"{bands}  bands_on: {{places: 0, mode: half_up}}\n", QUOTA, "", staff="a b")
    scored(office, {"a": "89.5", "b": "89.49"})
    assert suggested(office) == {"a": "好", "b": "较好"}


# --- the score ----------------------------------------------------------------------------


def written(office: Office, person: str, period: str = "2026-Q1") -> str | None:
    """Return a person's score as it is written."""
    score = office.result(person, period).score
    return score.written if score else None


@pytest.mark.parametrize(
    ("total", "points", "bands", "given", "score"),
    [
        (120, 120, "{好: 108, 较好: 90, 一般: 72, 较差: 0}", (110, 105), "108.00"),
        (10, 10, "{好: 9, 较好: 7.5, 一般: 6, 较差: 0}", ("9.5", "8.25"), "9.00"),
    ],
)
def test_the_full_score_need_not_be_one_hundred(
    total: int, points: int, bands: str, given: tuple[int | str, int | str], score: str
) -> None:
    office = bureau(
        "  total: 100\n",
        f"  total: {total}\n",
        "weight: 100, items: {work: {name: 工作, points: 100}}",
        f"weight: {points}, items: {{work: {{name: 工作, points: {points}}}}}",
        "{好: 90, 较好: 75, 一般: 60, 较差: 0}",
        bands,
        QUOTA,
        "",
        staff="a",
    )
    office.review("liu-yang", "supervising_leader", {"a": Decimal(given[0])}).ballots({"a": given[1]})
    assert (written(office, "a"), suggested(office)) == (score, {"a": "好"})
    over = office.review("liu-yang", "supervising_leader", {"a": total + 1})
    assert [it.line for it in (found.place for found in over.problems("score-out-of-range"))] == [3]


def test_monthly_tasks_are_measured_by_the_full_score_too() -> None:
    """Everything done and the best rating make ten of ten, not forty-six."""
    office = bureau(
        "  total: 100\n",
        "  total: 10\n",
        "weight: 100, items: {work: {name: 工作, points: 100}}",
        "weight: 10, items: {work: {name: 工作, points: 10}}",
        "{好: 90, 较好: 75, 一般: 60, 较差: 0}",
        "{好: 9, 较好: 7.5, 一般: 6, 较差: 0}",
        "says: 测评分, weight: 40, from: ballots",
        "says: 月评价, weight: 40, from: monthly_tasks",
        QUOTA,
        "",
        staff="a",
    )
    office.review("liu-yang", "supervising_leader", {"a": 10})
    office.write("2026-01/plans/a.yml", "tasks: [{id: t1, ledger: plan, content: 甲, due: 2026-01-20, standard: 乙}]\n")
    office.write("2026-01/evaluations/a.yml", "tasks: {t1: done}\n")
    assert written(office, "a") == "10.00"


def test_each_step_of_the_score_may_be_rounded() -> None:
    """87.5 → 88 and 82.4 → 82, then 52.8 → 53 and 32.8 → 33: 86 where the exact score is 85.46."""
    rounding = "  round: {places: 2, mode: half_up}\n"
    office = bureau(rounding, f"{rounding}  round_each: {{places: 0, mode: half_up}}\n", staff="a")
    office.review("liu-yang", "supervising_leader", {"a": Decimal("87.5")}).ballots({"a": "82.4"})
    assert written(office, "a") == "86.00"
    plain = bureau(staff="a").review("liu-yang", "supervising_leader", {"a": Decimal("87.5")}).ballots({"a": "82.4"})
    assert written(plain, "a") == "85.46"


@pytest.mark.parametrize(
    ("rounding", "score", "grade"),
    [
        ("{places: 2, mode: half_up}", "90.00", "好"),
        ("{places: 2, mode: down}", "89.99", "较好"),
        ("{places: 3, mode: half_up}", "89.996", "较好"),
        ("{places: 0, mode: half_up}", "90", "好"),
        ("{places: 0, mode: down}", "89", "较好"),
    ],
)
def test_the_score_may_be_rounded_or_cut_at_any_place(rounding: str, score: str, grade: str) -> None:
    office = bureau("{places: 2, mode: half_up}", rounding, QUOTA, "", staff="a")
    scored(office, {"a": "89.996"})
    assert (written(office, "a"), suggested(office)) == (score, {"a": grade})


# --- periods ------------------------------------------------------------------------------


def test_a_bureau_may_assess_by_the_half_year() -> None:
    office = bureau("period: quarter", "period: half", staff="a b c d e")
    scored(office, {"a": 95, "b": 94, "c": 93, "d": 80, "e": 70}, "2026-H1")
    assert suggested(office, "2026-H1") == {"a": "好", "b": "好", "c": "较好", "d": "较好", "e": "一般"}
    assert places(office, "2026-H1") == {None: (5, 2, 2)}
    assert [it.code for it in office.problems()] == []


def test_the_monthly_scores_of_a_half_year_are_those_of_six_months() -> None:
    months = "says: 月评价, weight: 40, from: monthly_tasks"
    change = ("period: quarter", "period: half", "says: 测评分, weight: 40, from: ballots", months)
    office = bureau(*change, staff="a").review("liu-yang", "supervising_leader", {"a": 80}, "2026-H2")
    for month, result in (("07", "done"), ("09", "undone"), ("12", "done")):
        task = f"tasks: [{{id: t1, ledger: plan, content: 甲, due: 2026-{month}-20, standard: 乙}}]\n"
        office.write(f"2026-{month}/plans/a.yml", task).write(
            f"2026-{month}/evaluations/a.yml", f"tasks: {{t1: {result}}}\n"
        )
    assert written(office, "a", "2026-H2") == "74.67"  # 48 + 40 % of 66.67


def test_two_half_years_make_a_year() -> None:
    rules = (
        "annual:\n  cite: A1\n  grades: [优秀, 称职, 不称职]\n  rules:\n"
        "    - {cite: A1, says: 两次较差, when: count('较差') == periods and periods >= 2, only: [不称职]}\n"
        "    - {cite: A1, says: 有较差, when: count('较差') >= 1, bars: [优秀]}\n"
    )
    office = bureau("period: quarter", "period: half", "publicity:", f"{rules}publicity:", staff="a")
    annual = office.snapshot().books["trial"].scheme.annual
    assert annual is not None

    def allowed(*grades: str) -> Outcome:
        return outcome(annual, Year(grades))

    assert allowed("好", "好").allowed == ("优秀", "称职", "不称职")
    assert allowed("好", "较差").allowed == ("称职", "不称职")
    assert allowed("较差", "较差").allowed == ("不称职",)


# --- strength -----------------------------------------------------------------------------


def test_an_override_in_principle_may_be_written() -> None:
    rule = "overrides:\n  - {cite: A1, says: 原则上, fact: misconduct, at_most: 一般, strength: in_principle}\nquota:"
    office = scored(bureau("quota:", rule, staff="a b c"), {"a": 95, "b": 94, "c": 93})
    office.facts("a", "kind: misconduct, on: 2026-02-01, what: 失职, basis: 文号")
    assert suggested(office) == {"a": "一般", "b": "好", "c": "较好"}
