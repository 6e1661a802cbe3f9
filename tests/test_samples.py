"""The sample bureaus under records/: complete, faultless, every special case shown, nobody real."""

from __future__ import annotations

import hashlib
import json
import re
from functools import cache

import pytest
from office import ROOT

from pingshi.cli import main
from pingshi.diagnostics import as_text
from pingshi.grading import PeriodResult, check_repository, grade_period
from pingshi.periods import Period
from pingshi.records import Absent, Determination, Goals, Plan, Reply, Snapshot, read_working_tree, take

QUARTER = Period.parse("2026-Q3")
SCHEMES = {
    "approval": "qufu-approval",
    "audit": "baishan-audit",
    "ecology": "chaoyang-ecology",
    "reform": "city-drc",
    "statistics": "zhangdian-stats",
}

#: SHA-256 of the persons' names that stand in the five source documents: no file may hold one of them.
REAL_NAMES = {
    "0c0e157747e76c8c0bf18a1a141ad2b6970f618a4bbcec56a21729b993b37d9c",
    "1b84c10ecc800caf4238e7c914c1d29d2d5cf60323efb03ebe4a673ba9c88404",
    "1bc954f6ad5591d7a67dfce613d543168a4356ac92f7ccbedc556e91dc4542d0",
    "22150bb50e99bd714abb0d05e25331a336bc87be889b3e264272ca7082efc313",
    "4289d73a466473c2dd17188e4a10ba6d7f67337e6017602c514154780de53105",
    "446dfcb80a803f71fa1de58644c1ee26453be554e97acbd56fc933c7a45ba00c",
    "5a021e20e5463030b9b6fb29c8d26b9b8523d15151cfea6a25acd7976005237d",
    "6c72c56173cfe63db12d757ac9a666e1fad4e7f6abae536c05b4724b65253277",
    "6dc1e1d0f6ac6bb69cca0db8fe5ed0ce936bc3451b5fa93a64fac7e65dd70787",
    "774fa8f4ec67daf1df4b6e04b32a6451e699b27fe558e2a25042d006a0baa1d6",
    "85238d1ab4cd0c2e92807cc1ebb5bc591954edf6cc5bcd5526cffbcc66c5bba6",
    "8fae193fd211303ee85507f2ca196e2c6e2c06ba0e87e0343a70a58af415d1e7",
    "98bae23c9dfdb55dceac532f955ea75c3eae106f007432ac438617f841dd4723",
    "9ca423c33201dcc1bbd412b61d4323c55ec0b3abfb04968447a7d014744ca399",
    "a49d19b6ba5c2a5e7e3b6a19c98739b16be6f027dd48501bdd3a5a6ed4bb0a75",
    "ad8af4ab65f17156bd6decefec2f2a9abb7e84e0a0bc82d0c06405c83a7be63f",
    "b1ee0903d458d82bf9c106c091ef16d4c305b9a77b96ce4a6764aae3150f78e9",
    "c3ef7ba4aef6ab1b19887e54ab8fe442bd7e525963cb729713c3d65e04cc6768",
    "c53f452e76421d8b0e94056c13d8c0d91a53e19fb8b1befaac69367f0732734e",
    "d392145823d74681219b5d2d4b6e04ed76c51c9be85abc8034a8e8a7f8627835",
    "d8fb716910e80e26aa657d4dbe4e6b62789ecc5a10bfe0b21c074efd66f31060",
    "ea28ba85a911195eda616f54f122fd1ab0da3e73a7cacd0d7ad82bc81bd73a7c",
    "fec5bfa950078b2e8784d8fb91a6f35e5d7b605743f986ff12609c5aadd1d309",
    "ffab4012a76c20d70853789b42b26693ad9282811c7d8eabe8b2c0cbfdb2a777",
}


@cache
def samples() -> Snapshot:
    """Read the repository's own records once."""
    return take(read_working_tree([ROOT]))


@cache
def results() -> dict[str, PeriodResult]:
    """Grade every sample unit."""
    return {unit: grade_period(records, QUARTER) for unit, records in samples().units.items()}


def people_where(rule: str, effect: str) -> set[tuple[str, str]]:
    """Return (person, grade) of everybody on whom an override with this effect bears."""
    found = set()
    for result in results().values():
        for person in result.people.values():
            bounds = person.bounds
            bearing = {
                "sets": [bounds.sets] if bounds.sets else [],
                "at_most": list(bounds.caps),
                "allows": list(bounds.allows.values()),
            }[effect]
            found |= {(person.person, it.grade) for it in bearing if rule in ("any", it.fact or "when")}
    return found


def test_nothing_is_wrong_with_them_not_even_a_warning() -> None:
    assert as_text(check_repository(samples()), samples().line) == ""


def test_each_bureau_shows_one_scheme() -> None:
    assert {unit: result.book.name if result.book else None for unit, result in results().items()} == SCHEMES


@pytest.mark.clause("C10")
def test_of_the_twenty_one_of_ecology_exactly_eight_are_good() -> None:
    ecology = results()["ecology"]
    taking_part = [it for it in ecology.people.values() if it.takes_part]
    good = [it for it in taking_part if it.determined == "好"]
    assert (len(taking_part), len(good)) == (21, 8)
    assert [(pool.base, pool.limit, pool.used) for pool in ecology.pools] == [(21, 8, 8)]


@pytest.mark.parametrize("unit", sorted(set(SCHEMES) - {"ecology"}))
def test_the_others_are_small_enough_to_read(unit: str) -> None:
    assert len([it for it in results()[unit].people.values() if it.takes_part]) in (6, 7, 8)


@pytest.mark.parametrize("unit", sorted(SCHEMES))
def test_everybody_graded_is_decided_and_nobody_else(unit: str) -> None:
    for person in results()[unit].people.values():
        assert (person.determined is not None) == (person.participation in ("graded", "elsewhere")), person.person
    assert all(pool.used <= pool.limit for pool in results()[unit].pools)


@pytest.mark.parametrize(
    ("effect", "grade"),
    [("sets", "好"), ("sets", "较差"), ("at_most", "一般"), ("allows", "好"), ("allows", "较差")],
)
def test_between_them_they_show_each_kind_of_override(effect: str, grade: str) -> None:
    assert {it for it in people_where("any", effect) if it[1] == grade}


def test_a_cap_by_a_fact_and_a_cap_by_a_measure_in_force_are_shown() -> None:
    assert {grade for _, grade in people_where("accountability", "at_most")} == {"一般"}
    assert {grade for _, grade in people_where("when", "at_most")} == {"一般"}


@pytest.mark.parametrize("part", ["comment_only", "elsewhere", "excluded", "graded"])
def test_between_them_they_show_each_way_of_taking_part(part: str) -> None:
    assert any(it.participation == part for result in results().values() for it in result.people.values())


def test_the_three_reasons_for_a_comment_without_a_grade_are_shown() -> None:
    says = " ".join(
        it.steps[0].says
        for result in results().values()
        for it in result.people.values()
        if it.participation == "comment_only"
    )
    assert [word in says for word in ("试用期", "病事假", "处分")] == [True, True, True]


def test_an_absent_fact_is_shown() -> None:
    absent = [
        fact
        for records in samples().units.values()
        for facts in records.facts.values()
        for fact in facts
        if isinstance(fact, Absent)
    ]
    assert [str(fact.period) for fact in absent] == ["2026-Q2", "2026-Q3"]


def test_a_tie_is_shown_in_qufu_and_in_drc() -> None:
    for unit in ("approval", "reform"):
        scores = [it.score.rounded for it in results()[unit].people.values() if it.score and it.suggested == "好"]
        assert len(scores) > len(set(scores)), unit


@pytest.mark.clause("D8")
def test_a_bonus_above_the_cap_is_shown() -> None:
    steps = [step for it in results()["reform"].people.values() for step in it.steps if step.rule == "adjust"]
    assert any("最多 10 分，计 10 分" in step.says for step in steps)


def test_a_good_score_without_a_place_and_a_decision_with_a_reason_are_shown() -> None:
    everybody = [it for result in results().values() for it in result.people.values()]
    assert [it.person for it in everybody if it.score and it.base == "好" and it.suggested == "较好"]
    assert [
        it.person for it in everybody if any(step.rule == "decision" and "理由：" in step.says for step in it.steps)
    ]


def real_names_in(text: str) -> tuple[set[str], int]:
    """Return the pieces of a text that are names of the source documents, and how many pieces there are."""
    pieces = set()
    for run in re.findall(r"[\u4e00-\u9fff]+", re.sub(r"(?<=[\u4e00-\u9fff])[ \u3000]+(?=[\u4e00-\u9fff])", "", text)):
        pieces |= {run[start : start + length] for length in (2, 3) for start in range(len(run) - length + 1)}
    return {it for it in pieces if hashlib.sha256(it.encode()).hexdigest() in REAL_NAMES}, len(pieces)


def test_no_person_of_the_source_documents_is_named_in_a_record_or_scheme() -> None:
    named, pieces = real_names_in("\n".join(data.decode() for data in samples().texts.values()))
    assert named == set()
    assert pieces > 10_000
    assert len(REAL_NAMES) == 24


@pytest.mark.parametrize(
    ("within", "least"),
    [("tests/**/*", 5_000), ("site/**/*", 5_000), ("docs/**/*", 100), ("generator/**/*", 5_000), ("*.md", 1_000)],
)
def test_nor_in_a_test_a_document_or_the_program(within: str, least: int) -> None:
    files = [it for it in sorted(ROOT.glob(within)) if it.is_file() and it.suffix not in {".png", ".pyc"}]
    named = {it.relative_to(ROOT).as_posix(): real_names_in(it.read_text(errors="ignore")) for it in files}
    assert {path for path, (found, _) in named.items() if found} == set()
    assert sum(pieces for _, pieces in named.values()) > least


# --- the year so far ----------------------------------------------------------------------


@cache
def quarter(number: int) -> dict[str, PeriodResult]:
    """Grade every sample unit's quarter."""
    return {unit: grade_period(records, Period.parse(f"2026-Q{number}")) for unit, records in samples().units.items()}


@pytest.mark.parametrize("unit", sorted(SCHEMES))
@pytest.mark.parametrize("number", [1, 2, 3])
def test_three_quarters_are_complete(unit: str, number: int) -> None:
    """Everybody who is graded is decided, has a suggestion, and the places are kept."""
    result = quarter(number)[unit]
    assert all(pool.used <= pool.limit for pool in result.pools)
    for person in result.people.values():
        assert (person.determined is not None) == (person.participation in ("graded", "elsewhere")), person.person
        assert person.participation != "graded" or person.suggested is not None, person.person


@pytest.mark.parametrize("unit", sorted(SCHEMES))
def test_the_fourth_quarter_is_under_way(unit: str) -> None:
    """Some summaries are in; nobody has rated, decided or published anything."""
    records = samples().units[unit]
    there = {it.kind for it in records.records if it.period == Period.parse("2026-Q4")}
    assert "summaries" in there
    assert there.isdisjoint({"reviews", "ballots", "determination", "publicity", "feedback", "objections", "replies"})
    assert not quarter(4)[unit].started


@pytest.mark.parametrize("unit", sorted(SCHEMES))
def test_grades_go_up_and_down_over_the_year(unit: str) -> None:
    results_by_quarter = [quarter(number)[unit].people for number in (1, 2, 3)]
    over = {
        person: [it[person].determined for it in results_by_quarter if person in it]
        for person in samples().units[unit].people
    }
    assert sum(len({it for it in grades if it}) > 1 for grades in over.values()) >= 3
    assert {"好", "较好", "一般"} <= {it for grades in over.values() for it in grades}


def test_objections_are_answered_and_one_reply_changes_a_grade() -> None:
    outcomes = set()
    for unit, records in samples().units.items():
        objections = [it for it in records.records if it.kind == "objections"]
        assert objections, unit
        for it in objections:
            reply = records.get(Reply, "replies", it.period, it.person)
            assert reply is not None, it.path
            outcomes.add(reply.outcome)
            if reply.outcome == "changed":
                determination = records.get(Determination, "determination", it.period)
                assert determination is not None
                assert determination.grades[it.person or ""].grade == reply.grade
    assert outcomes == {"upheld", "changed"}


@pytest.mark.parametrize("unit", sorted(SCHEMES))
def test_people_come_go_and_move(unit: str) -> None:
    """A transfer between departments, a new colleague on probation, one hosted from elsewhere, one who left."""
    people = samples().units[unit].people.values()
    year = Period.parse("2026")
    assert any(
        term.since and year.holds(term.since) for it in people if len(it.department) > 1 for term in it.department
    )
    assert any(year.holds(it.joined) and it.probation_until and it.probation_until > year.last for it in people)
    assert any(it.home_unit for it in people)
    assert any(it.left and year.holds(it.left) for it in people)


# --- what is due on a day in November -------------------------------------------------------

TODAY = "2026-11-20"
#: Left undone on purpose, by unit: what, for which period, about whom.
LEFT = {
    "approval": [],
    "audit": [],
    "ecology": [("检查整改情况", "2026-Q3", "靳开源")],
    "reform": [],
    "statistics": [],
}
#: Praise that may still be given: it has no last day.
UNPRAISED = {"approval": [], "audit": [], "ecology": ["骆一帆"], "reform": [], "statistics": ["鲁承宇"]}


@pytest.mark.parametrize("unit", sorted(SCHEMES))
def test_what_should_long_be_done_is_done_but_for_what_is_left_on_purpose(
    unit: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["todo", "--repo", str(ROOT), "--unit", unit, "--on", TODAY, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["duties"]
    overdue = [
        (it["task"], it["period"], it["about"]["name"] if it["about"] else None)
        for it in found
        if it["urgency"] == "overdue"
    ]
    assert overdue == LEFT[unit]
    assert [it["about"]["name"] for it in found if it["task"] == "表扬"] == UNPRAISED[unit]
    periods = {it["period"] for it in found}
    assert {"2026-Q4"} <= periods <= {"2026-Q3", "2026-Q4", "2026", "2026-11", "2026-12", "2027", "2027-01"}


@pytest.mark.clause("C6")
@pytest.mark.clause("Z4")
def test_tasks_break_down_goals_and_goals_are_added_in_the_year() -> None:
    records = samples().units["statistics"]
    goals = {person: file.goals for person, file in records.by_person(Goals, "goals", Period.parse("2026")).items()}
    for number in (1, 2, 3):
        months = Period.parse(f"2026-Q{number}").months
        plans = [it for month in months for it in records.by_person(Plan, "plans", month).items()]
        breaking_down = {person for person, plan in plans if any(task.goal for task in plan.tasks)}
        assert breaking_down == {person for person, _ in plans}
    added = {
        (unit, goal.kind)
        for unit in ("statistics", "ecology")
        for file in samples().units[unit].by_person(Goals, "goals", Period.parse("2026")).values()
        for goal in file.goals
        if "新增：" in goal.content
    }
    assert added == {("statistics", "dynamic"), ("ecology", "dynamic")}
    for month in Period.parse("2026").months:
        for person, plan in records.by_person(Plan, "plans", month).items():
            due = {goal.id: goal.due for goal in goals[person]}
            assert [task.content for task in plan.tasks if task.goal and task.due > due[task.goal]] == [], person


@pytest.mark.clause("D4")
def test_tasks_are_adjusted_in_three_quarters_of_reform() -> None:
    records = samples().units["reform"]
    adjusted = [
        (str(month), person)
        for month in Period.parse("2026").months
        for person, plan in records.by_person(Plan, "plans", month).items()
        if any(task.adjusted for task in plan.tasks)
    ]
    assert adjusted == [("2026-02", "zhong-qiuyue"), ("2026-05", "shen-yifan"), ("2026-08", "gao-yuanzhi")]


@pytest.mark.parametrize(
    ("unit", "kind"),
    [(unit, kind) for unit in ("audit", "ecology", "reform") for kind in ("merit", "reward")],
)
def test_merits_and_rewards_are_entered_with_their_basis(unit: str, kind: str) -> None:
    """Every fact has a basis: without one it could not be read."""
    assert [it for facts in samples().units[unit].facts.values() for it in facts if it.kind == kind]


@pytest.mark.clause("Z5")
@pytest.mark.parametrize("number", [1, 2, 3])
def test_logs_are_looked_at_in_each_quarter(number: int) -> None:
    records = samples().units["statistics"]
    checks = records.get(tuple, "spot_checks", Period.parse(f"2026-Q{number}"))
    assert checks is not None
    assert len({it.person for it in checks}) == len(checks) == 3
