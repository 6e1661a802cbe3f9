"""Explanations: whole texts for three sample people, places that exist, and other ways that are true.

`PINGSHI_BLESS=1 pytest tests/test_explain.py` rewrites tests/golden/explain-*.txt: read the difference.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import blessed
import pytest
from office import ROOT, Office

from pingshi.grading import Explanation, PeriodResult, PersonResult, explain, grade_period
from pingshi.periods import Period
from pingshi.records import Blob, Snapshot, read_working_tree, take

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
    golden = GOLDEN / f"explain-{person}.txt"
    blessed.same(golden, explained(unit, person).as_text(), "tests/test_explain.py")


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
_WORDS = {"comment_only": "参加考核但不确定等次", "elsewhere": "不在本单位考核", "excluded": "不参加考核"}


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
            elif now.participation != "graded" and then.participation == "graded" and then.suggested is None:
                assert match["other"] == "要照常定等次（现有记录还得不出建议）"
            else:
                assert match["other"] == f"{outcome(then)}，而不是{outcome(now)}"
                assert outcome(then) != outcome(now)
    assert told >= bearing
    assert len(bearing) >= 2
