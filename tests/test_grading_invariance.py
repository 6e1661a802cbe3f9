"""What must not matter: the order of people and files, names, ids; and what a broken file may touch."""

from __future__ import annotations

import random

import pytest
from office import UNIT, Office
from telling import rate, told

from pingshi.grading import PeriodResult, check_repository, grade_period
from pingshi.periods import Period
from pingshi.records import Blob, take

TOTALS = {"a": 95, "b": 90, "c": 90, "d": 88, "e": 80, "f": 60}
PERIOD = Period.parse("2026-Q1")


def an_office() -> Office:
    """Six people, 2 places, a tie across the limit, and an affirmation."""
    office = rate(Office("qufu-approval", "a b c d e f"), TOTALS)
    return office.facts("f", "kind: outstanding, on: 2026-03-02, item: 一票肯定, what: 获市级表彰, basis: 文号")


def outcome(result: PeriodResult) -> dict[str, tuple[str, str | None, str | None]]:
    """Return everything about a result that a decision rests on."""
    return {
        it.person: (it.participation, it.score.written if it.score else None, it.suggested)
        for it in result.people.values()
    }


def whole(result: PeriodResult) -> object:
    """Return everything that is told of a result."""
    people = [(it.person, it.determined, [step.as_json() for step in it.steps]) for it in result.people.values()]
    pools = [(it.pool, it.base, it.limit, it.used, it.members, it.set_aside, it.cut, it.tied) for it in result.pools]
    return outcome(result), people, pools, result.problems


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_the_files_changes_nothing(seed: int) -> None:
    office = an_office()
    blobs = [Blob(path, data) for path, data in sorted(office.files.items())]
    random.Random(seed).shuffle(blobs)  # noqa: S311 -- a shuffle that is the same each time
    snapshot = take(blobs)
    assert whole(grade_period(snapshot.units[UNIT], PERIOD)) == whole(office.grade())
    assert check_repository(snapshot) == tuple(office.problems())


def test_the_order_of_the_people_within_a_sheet_changes_nothing() -> None:
    office, turned = an_office(), an_office()
    rate(turned, dict(reversed(TOTALS.items())))
    assert outcome(turned.grade()) == outcome(office.grade())
    assert [pool.tied for pool in turned.grade().pools] == [pool.tied for pool in office.grade().pools] == [()]


def test_the_order_of_a_persons_facts_changes_nothing() -> None:
    facts = [
        "kind: outstanding, on: 2026-03-02, item: 一票肯定, what: 获市级表彰, basis: 文号",
        "kind: misconduct, on: 2026-03-09, item: 一票否决, what: 被通报批评, basis: 文号",
        "kind: leave, type: sick, from: 2026-01-05, to: 2026-01-09",
    ]
    forward, backward = an_office().facts("a", *facts), an_office().facts("a", *reversed(facts))
    assert outcome(forward.grade()) == outcome(backward.grade())
    assert forward.result("a").suggested == "较差"


@pytest.mark.parametrize("turned", [False, True])
def test_of_two_stints_that_begin_on_one_day_the_order_in_the_file_picks_none(*, turned: bool) -> None:
    both = "kind: away, type: {}, from: 2025-11-01, to: 2026-04-30, host: 甲单位"
    stints = [both.format("secondment"), both.format("loan")]
    stints = stints[::-1] if turned else stints
    assert Office("baishan-audit", "a").facts("a", *stints).result("a").participation == "elsewhere"
    longer = [*stints, "kind: away, type: training, from: 2025-11-01, to: 2026-05-31, host: 乙单位"]
    longer = longer[::-1] if turned else longer
    assert Office("baishan-audit", "a").facts("a", *longer).result("a").participation == "graded"


@pytest.mark.parametrize("ids", ["zz yy xx ww vv uu", "c e a f b d"])
def test_an_id_decides_nothing_not_even_between_equals(ids: str) -> None:
    names = dict(zip("abcdef", ids.split(), strict=True))
    office = rate(Office("qufu-approval", ids), {names[it]: total for it, total in TOTALS.items()})
    office.facts(names["f"], "kind: outstanding, on: 2026-03-02, item: 一票肯定, what: 获市级表彰, basis: 文号")
    original = outcome(an_office().grade())
    renamed = outcome(office.grade())
    assert {it: renamed[new] for it, new in names.items()} == {it: original[it] for it in names}


def test_a_name_and_a_signing_key_decide_nothing() -> None:
    office = an_office().person("b", name="一一", sex="女").person("c", name="龘龘", level="四级主任科员")
    assert outcome(office.grade()) == outcome(an_office().grade())


@pytest.mark.parametrize(
    ("path", "nobody"),
    [
        ("facts/a.yml", {"a"}),
        ("2026-Q1/ballots.yml", {"a", "b", "c", "d", "e"}),
        ("2026-Q1/reviews/liu-yang.yml", {"a", "b", "c", "d", "e"}),
    ],
)
def test_a_broken_file_leaves_no_suggestion_where_it_might_have_counted(path: str, nobody: set[str]) -> None:
    office = an_office().write(path, "role: [\n")
    people = office.grade().people
    assert {it for it in TOTALS if people[it].suggested is None} == nobody
    assert people["f"].suggested == "好"  # affirmed, whatever the sheets say
    assert {it.place.path for it in office.problems() if it.severity == "error"} == {f"records/u/{path}"}
    assert office.problems("missing-rating", "missing-record") == []  # it stands there


def test_what_cannot_be_read_is_said_in_the_explanation() -> None:
    step = next(it for it in an_office().write("facts/a.yml", "[").result("a").steps if it.rule == "override")
    assert step.as_json() == {
        "rule": "override",
        "clause": None,
        "says": "a的事实记录（records/u/facts/a.yml）有错误读不了，改正之前不给出建议。",
        "value": None,
        "at": "records/u/facts/a.yml:1",
    }


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("2026-Q1/reviews/liu-yang.yml", "a2026年第一季度没有得分：liu-yang的评鉴表读不了。"),
        ("2026-Q1/ballots.yml", "a2026年第一季度没有得分：测评票文件读不了。"),
    ],
)
def test_a_score_that_cannot_be_worked_out_says_why(path: str, says: str) -> None:
    steps = an_office().write(path, "{").result("a").steps
    assert [it.says for it in steps if it.rule == "score"] == [says]


def test_a_broken_sheet_leaves_no_proposal() -> None:
    office = Office("baishan-audit", "a").write("2026-Q1/reviews/liu-yang.yml", "{")
    assert office.result("a").suggested is None
    assert {it.code for it in office.problems()} == {"yaml-syntax"}


def test_a_proposal_is_not_used_while_the_sheet_of_another_leader_cannot_be_read() -> None:
    office = Office("baishan-audit", "a").person("sun-li", leader="true")
    office.write("unit.yml", office.texts["unit.yml"].replace("led_by: [liu-yang]", "led_by: [liu-yang, sun-li]"))
    office.review("liu-yang", "supervising_leader", {"a": "好"})
    assert office.result("a").suggested == "好"  # sun-li has no sheet: the one proposal there is counts
    office.write("2026-Q1/reviews/sun-li.yml", "{")
    result = office.result("a")
    assert (result.base, result.suggested) == (None, None)
    assert {it.place.path for it in office.problems()} == {"records/u/2026-Q1/reviews/sun-li.yml"}
    office.review("sun-li", "supervising_leader", {"a": "好"})
    assert office.result("a").suggested == "好"


def test_without_a_leader_nobody_can_propose() -> None:
    office = Office("baishan-audit", "a").decide({"a": "较好"})
    led = "led_by: [{is: [liu-yang], from: 2020-01-01, to: 2026-03-30}]"
    office.write("unit.yml", office.texts["unit.yml"].replace("led_by: [liu-yang]", led))
    assert told(office, "missing-rating") == (
        "records/u/unit.yml:1:1: 提醒 [missing-rating] a没有可以提出等次的主管领导（依据 B7）\n"
        "    → 在 unit.yml 里写明 2026-03-31 那天的主管领导\n"
    )


def test_a_proposal_of_an_unknown_grade_is_an_error_and_no_proposal() -> None:
    office = Office("baishan-audit", "a").review("liu-yang", "supervising_leader", {"a": "优秀"})
    assert office.result("a").suggested is None
    assert office.codes() == {"bad-value"}


def test_a_unit_without_a_scheme_that_can_be_read_has_no_results_and_says_so() -> None:
    office = rate(Office("qufu-approval", "a"), {"a": 90}).decide({"a": "好"})
    office.write("/schemes/qufu-approval/scheme.yml", "{")
    result = office.grade()
    assert (result.book, result.people, result.pools) == (None, {}, ())
    assert office.codes() == {"yaml-syntax", "unknown-scheme"}
