"""A reply that changes a grade: from the objection over the determination to the result, the places and the list."""

from __future__ import annotations

from datetime import date

import pytest
from office import UNIT, Office
from telling import publish, rate

from pingshi.grading import explain
from pingshi.publishing import public_site


def objected(decided: str) -> Office:
    """An office in which wang-fang objected, was given 好 by the reply, and stands in the determination so or so."""
    office = rate(Office("qufu-approval", staff="wang-fang b c"), {"wang-fang": 84, "b": 80, "c": 78})
    office.person("wang-fang", name="王芳")
    office.write("2026-Q1/objections/wang-fang.yml", "raised_on: 2026-04-10\nsays: 少计了一项工作。\n")
    office.write(
        "2026-Q1/replies/wang-fang.yml", "replied_on: 2026-04-16\noutcome: changed\ngrade: 好\nsays: 经核实属实。\n"
    )
    return publish(office.decide({"wang-fang": decided, "b": "较好", "c": "较好"}), "2026-04-20", "2026-04-23")


@pytest.mark.clause("D13", "C18")
def test_until_the_determination_agrees_it_is_an_error() -> None:
    errors = [it for it in objected("较好").problems() if it.severity == "error"]
    assert [(it.code, it.message, it.hint) for it in errors] == [
        (
            "grade-not-allowed",
            "2026年4月16日的答复把王芳的等次改为好，审定结果里还是较好",
            "把 grades 下的 wang-fang 改成 好；答复有误的，改正答复",
        )
    ]


@pytest.mark.clause("D13", "C18", "Q7", "Q8")
def test_then_it_flows_into_the_result_the_places_and_the_list_with_its_trace() -> None:
    office = objected("好")
    assert [it for it in office.problems() if it.severity == "error"] == []
    result = office.grade()
    assert result.people["wang-fang"].determined == "好"
    assert [(it.base, it.limit, it.used) for it in result.pools] == [(3, 1, 1)]
    told = explain(office.snapshot().units[UNIT], result, "wang-fang").result.steps[-3:]
    assert [(it.rule, it.says) for it in told] == [
        (
            "decision",
            "2026年4月2日，2026年第6次局党组会议作出审定；后来按2026年4月16日的复核答复更正，现在的审定结果是好。",
        ),
        ("objection", "2026年4月10日，本人提出异议：少计了一项工作。"),
        ("reply", "2026年4月16日答复，改变原结果，等次改为好：经核实属实。"),
    ]
    notice = public_site(office.snapshot(), date(2026, 4, 21)).units[0].periods[0].notice
    assert notice is not None
    assert [it.name for it in notice.people] == ["王芳"]


def test_a_reply_to_no_objection_is_no_reason() -> None:
    office = objected("好")
    del office.files["records/u/2026-Q1/objections/wang-fang.yml"]
    assert [it.code for it in office.problems() if it.severity == "error"] == ["reason-missing"]
