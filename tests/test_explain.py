"""Explanations: whole texts for three sample people, places that exist, and other ways that are true.

`PINGSHI_BLESS=1 pytest tests/test_explain.py` rewrites tests/golden/explain-*.txt: read the difference.
"""

from __future__ import annotations

import difflib
import os
import re
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from office import ROOT, Office
from telling import rate

from pingshi.grading import Explanation, PeriodResult, PersonResult, explain, grade_period
from pingshi.periods import Period
from pingshi.records import Blob, Snapshot, read_working_tree, take

if TYPE_CHECKING:
    from collections.abc import Mapping

GOLDEN = Path(__file__).parent / "golden"
QUARTER = Period.parse("2026-Q3")
UNITS = ("approval", "audit", "ecology", "reform", "statistics")


@cache
def samples() -> Snapshot:
    """Read the repository's own records once."""
    return take(read_working_tree([ROOT]))


@cache
def graded_sample(unit: str) -> PeriodResult:
    """Grade a sample unit once."""
    return grade_period(samples().units[unit], QUARTER)


def explained(unit: str, person: str) -> Explanation:
    """Explain a sample person's quarter."""
    return explain(samples().units[unit], graded_sample(unit), person)


def otherwise(office: Office, person: str) -> tuple[str, ...]:
    """Return the other ways that a person's 2026-Q1 could have gone."""
    return explain(office.snapshot().units["u"], office.grade(), person).otherwise


# --- whole texts --------------------------------------------------------------------------


@pytest.mark.clause("Q6", "Q7", "Q16", "Z8", "Z10")
@pytest.mark.parametrize(
    ("unit", "person"),
    [
        ("approval", "he-junfeng"),  # good by score, but no place left
        ("statistics", "hao-lianzhong"),  # held to account
        ("approval", "zheng-yutong"),  # on probation: only a comment
    ],
)
def test_an_explanation_can_be_read_out(unit: str, person: str) -> None:
    text = explained(unit, person).as_text()
    golden = GOLDEN / f"explain-{person}.txt"
    if os.environ.get("PINGSHI_BLESS") == "1":
        golden.write_text(text, encoding="utf-8")
    expected = golden.read_text(encoding="utf-8")
    shown = "\n".join(difflib.unified_diff(expected.splitlines(), text.splitlines(), "expected", "is", lineterm=""))
    assert text == expected, f"{shown}\nIf that is right: PINGSHI_BLESS=1 pytest tests/test_explain.py"


def test_the_same_as_data() -> None:
    explanation = explained("approval", "zheng-yutong")
    assert explanation.as_json() == {
        "person": "zheng-yutong",
        "name": "郑雨桐",
        "participation": "comment_only",
        "score": None,
        "suggested": None,
        "determined": None,
        "steps": [it.as_json() for it in explanation.result.steps],
        "sentences": list(explanation.sentences),
        "otherwise": [],
    }
    assert [it["clause"] for it in explanation.as_json()["steps"]] == ["Q16"]


def test_nobody_off_the_roll_is_explained() -> None:
    office = Office("qufu-approval", "a")
    with pytest.raises(KeyError):
        explain(office.snapshot().units["u"], office.grade(), "b")


# --- places -------------------------------------------------------------------------------


@pytest.mark.parametrize("unit", UNITS)
def test_every_step_of_everybody_has_a_clause_of_the_scheme(unit: str) -> None:
    book = graded_sample(unit).book
    assert book is not None
    assert book.clauses is not None
    steps = [(it.person, step) for it in graded_sample(unit).people.values() for step in it.steps]
    assert [(person, step.rule) for person, step in steps if step.clause not in book.clauses.clauses] == []
    assert len(steps) > 20


@pytest.mark.parametrize("unit", UNITS)
def test_every_step_of_everybody_has_a_line_that_exists(unit: str) -> None:
    steps = [(it.person, step) for it in graded_sample(unit).people.values() for step in it.steps]
    assert [(person, step.rule) for person, step in steps if step.at is None or not samples().line(step.at)] == []


# --- the other ways: facts ----------------------------------------------------------------

_WITHOUT = re.compile(r"如果没有“.+”这条记录（(?P<path>[^:]+):(?P<line>\d+)），就(?P<other>.+)。")
_WORDS = {"comment_only": "参加考核但不定等次", "elsewhere": "由所在单位考核", "excluded": "不参加考核"}


def outcome(person: PersonResult) -> str:
    """Say what came out, as the sentences do."""
    if person.participation != "graded":
        return _WORDS[person.participation]
    return f"建议为{person.suggested}" if person.suggested else "没有建议等次"


def without(unit: str, path: str, line: int) -> PeriodResult:
    """Grade a sample unit without the fact that begins on a line."""
    data = samples().texts[path].decode().splitlines(keepends=True)
    assert data[line - 1].startswith("- ")
    end = next((it for it in range(line, len(data)) if data[it].startswith("- ")), len(data))
    changed = "".join((*data[: line - 1], *data[end:])) or "[]\n"
    texts = {**samples().texts, path: changed.encode()}
    book = graded_sample(unit).book
    own = (f"records/{unit}/", f"schemes/{book.name if book else ''}/")
    return grade_period(take(Blob(it, text) for it, text in texts.items() if it.startswith(own)).units[unit], QUARTER)


@pytest.mark.parametrize("unit", UNITS)
def test_without_the_fact_that_is_named_the_result_is_the_one_that_is_told(unit: str) -> None:
    bearing, told = set(), set()
    for now in graded_sample(unit).people.values():
        if any(step.at and "/facts/" in step.at.path and step.rule != "adjust" for step in now.steps):
            bearing.add(now.person)
        for match in filter(None, map(_WITHOUT.fullmatch, explained(unit, now.person).otherwise)):
            told.add(now.person)
            then = without(unit, match["path"], int(match["line"])).people[now.person]
            if match["other"].startswith("不能直接确定为"):
                closed = [it for it in now.bounds.allows if it not in then.bounds.allows]
                assert match["other"] == f"不能直接确定为{'、'.join(closed)}"
            else:
                assert match["other"] == f"{outcome(then)}，而不是{outcome(now)}"
                assert outcome(then) != outcome(now)
    assert told >= bearing
    assert len(bearing) >= 2


# --- the other ways: scores ---------------------------------------------------------------

_HIGHER = re.compile(r"得分再高 ([\d.]+) 分，.+")
_TO_THE_CUT = re.compile(r".+取到 [\d.]+ 分为止，还差 ([\d.]+) 分，要超过这个分数才能得到名额。")
_INSIDE = re.compile(r".+取到 ([\d.]+) 分为止，低于这个分数就没有名额。")
VETOED = "kind: misconduct, on: 2026-03-09, item: 一票否决, what: 被通报批评, basis: 文号"
AFFIRMED = "kind: outstanding, on: 2026-03-02, item: 一票肯定, what: 获市级表彰, basis: 文号"
HELD = "kind: accountability, on: 2026-02-03, type: 组织谈话, basis: 文号"

#: Five people, two places: what a gets, and what the others get.
FREE = {"a": 80, "b": 95, "c": 70, "d": 70, "e": 70}
FULL = {"a": 80, "b": 95, "c": 94, "d": 70, "e": 70}
OUT = {"a": 88, "b": 95, "c": 94, "d": 70, "e": 70}
IN = {"a": 90, "b": 95, "c": 86, "d": 70, "e": 70}
IN_WITHOUT_RIVAL = {"a": 90, "b": 95, "c": 80, "d": 70, "e": 70}
TIED = {"a": 90, "b": 95, "c": 90, "d": 70, "e": 70}
#: Three people, one place.
BELOW_A_TIE = {"a": 88, "b": 90, "c": 90}


def graded(scheme: str, totals: Mapping[str, object], *facts: str) -> Office:
    """Give everybody a total; the facts are a's."""
    office = rate(Office(scheme, " ".join(totals)), totals)
    return office.facts("a", *facts) if facts else office


@pytest.mark.clause("Q7", "Z8")
@pytest.mark.parametrize(
    ("scheme", "totals", "expected"),
    [
        ("qufu-approval", FREE, "得分再高 5 分，就达到“好”的分数线 85 分。"),
        ("qufu-approval", OUT, "好等次的名额取到 94 分为止，还差 6 分，要超过这个分数才能得到名额。"),
        ("zhangdian-stats", FREE | {"a": 59.5}, "得分再高 0.5 分，就达到“一般”的分数线 60 分。"),
    ],
)
def test_how_far_the_next_grade_is(scheme: str, totals: dict[str, object], expected: str) -> None:
    assert otherwise(graded(scheme, totals), "a") == (expected,)


@pytest.mark.parametrize(
    ("scheme", "totals", "facts"),
    [
        ("qufu-approval", FREE, []),
        ("qufu-approval", FULL, []),
        ("qufu-approval", FREE | {"a": 70}, []),
        ("qufu-approval", FREE, [VETOED]),
        ("qufu-approval", FREE, [AFFIRMED]),
        ("zhangdian-stats", FREE, []),
        ("zhangdian-stats", FREE, [HELD]),
        ("zhangdian-stats", FREE | {"a": 50}, [HELD]),
    ],
)
def test_as_many_points_more_as_told_change_the_result(
    scheme: str, totals: dict[str, object], facts: list[str]
) -> None:
    office = graded(scheme, totals, *facts)
    for sentence in otherwise(office, "a"):
        match = _HIGHER.fullmatch(sentence)
        if match is None:
            continue
        higher = graded(scheme, totals | {"a": Decimal(str(totals["a"])) + Decimal(match[1])}, *facts)
        assert higher.result("a").suggested != office.result("a").suggested, sentence


@pytest.mark.parametrize(
    "totals",
    [
        OUT,
        # three places for eight: one taken, two left for a tie of three, and a below it
        {"a": 88, "b": 95, "c": 90, "d": 90, "e": 90, "f": 70, "g": 70, "h": 70},
    ],
)
def test_whoever_is_out_gets_a_place_above_the_score_that_is_told_and_not_before(totals: dict[str, object]) -> None:
    matches = [match for it in otherwise(graded("qufu-approval", totals), "a") if (match := _TO_THE_CUT.fullmatch(it))]
    for match in matches:
        gap = Decimal(match[1])
        for more, grade in ((gap + Decimal("0.01"), "好"), (gap, "较好"), (gap - Decimal("0.01"), "较好")):
            then = graded("qufu-approval", totals | {"a": Decimal(str(totals["a"])) + more})
            assert then.result("a").suggested == grade, f"{match[0]} ({more})"


@pytest.mark.parametrize("totals", [IN, IN_WITHOUT_RIVAL])
def test_whoever_is_in_loses_the_place_just_below_the_score_that_is_told(totals: dict[str, object]) -> None:
    for sentence in otherwise(graded("qufu-approval", totals), "a"):
        match = _INSIDE.fullmatch(sentence)
        if match is None:
            continue
        then = graded("qufu-approval", totals | {"a": Decimal(match[1]) - Decimal("0.01")})
        assert then.result("a").suggested == "较好", sentence


def test_a_tie_is_told_and_a_little_more_separates_it() -> None:
    assert otherwise(graded("qufu-approval", TIED), "a") == ("名额边缘同分的有 2 人，得分比他们再高一点就能得到名额。",)
    assert graded("qufu-approval", TIED | {"a": 90.01}).result("a").suggested == "好"


def test_where_the_places_are_gone_to_others_no_score_is_promised() -> None:
    office = graded("qufu-approval", {"a": 90, "b": 70, "c": 70})
    office.facts("b", AFFIRMED)
    assert otherwise(office, "a") == ("本组的 1 个好等次名额没有一个由得分竞争取得，得分再高也没有剩余名额。",)
    assert graded("qufu-approval", {"a": 100, "b": 70, "c": 70}).facts("b", AFFIRMED).result("a").suggested == "较好"


def test_below_a_tie_for_the_only_place_it_is_not_said_that_no_score_would_do() -> None:
    assert graded("qufu-approval", BELOW_A_TIE | {"a": 91}).result("a").suggested == "好"
    assert not any("得分再高也没有剩余名额" in it for it in otherwise(graded("qufu-approval", BELOW_A_TIE), "a"))


# --- the other ways: proposals ------------------------------------------------------------


@pytest.mark.clause("B7", "B8")
def test_a_proposal_is_told_with_the_places_there_are() -> None:
    office = Office("baishan-audit", "a b c").review(
        "liu-yang", "supervising_leader", {"a": "好", "b": "较好", "c": "较好"}
    )
    assert otherwise(office, "a") == (
        "建议等次来自所提出的等次“好”；提出的等次不同，建议也会不同。",
        "参加考核 3 人，好等次限额 1 人，目前用了 1 个；审定时要在限额以内取舍。",
    )
    office.review("liu-yang", "supervising_leader", {"a": "一般", "b": "较好", "c": "较好"})
    assert office.result("a").suggested == "一般"


def test_where_nobody_proposed_nothing_is_promised() -> None:
    assert otherwise(Office("baishan-audit", "a"), "a") == ()
