"""Approval by terms of office, and changes of the roster that would serve those who make them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from simulator import SUMMARY, History, same_at_each_level, summary

if TYPE_CHECKING:
    from pathlib import Path

LED = "led_by: [liu-yang]"
TERMS = "led_by: [{is: liu-yang, to: 2026-03-31}, {is: sun-li, from: 2026-04-01}]"


@pytest.fixture
def changing(trust: str, tmp_path: Path) -> History:
    """Return the history of an office where sun-li takes over from liu-yang on 1 April."""
    return History(tmp_path, trust, staff="wang-fang zhao-lei sun-li", unit={LED: TERMS})


def test_approval_in_term(changing: History) -> None:
    changing.at("2026-03-30 09:00")
    early = changing.submits("wang-fang", SUMMARY, summary())
    other = changing.submits("zhao-lei", "2026-Q1/summaries/zhao-lei.yml", summary())
    changing.at("2026-03-31 23:00").approves("liu-yang", early)
    changing.at("2026-04-01 00:00").approves("sun-li", other)
    assert changing.codes() == []


def test_approval_before_appointment(changing: History) -> None:
    branch = changing.at("2026-03-30 09:00").submits("wang-fang", SUMMARY, summary())
    changing.refused(lambda: changing.approves("sun-li", branch))
    with changing.unchecked():
        changing.approves("sun-li", branch)
    assert changing.found() == [f"out-of-term {SUMMARY}"]


def test_approval_after_transfer(changing: History) -> None:
    branch = changing.at("2026-03-30 09:00").submits("wang-fang", SUMMARY, summary())
    changing.at("2026-04-02 09:00")
    changing.refused(lambda: changing.approves("liu-yang", branch))
    with changing.unchecked():
        changing.approves("liu-yang", branch)
    assert changing.found() == [f"out-of-term {SUMMARY}"]


def test_approval_after_transfer_dated_back_into_the_term(changing: History) -> None:
    """A receipt's day counts. At `forge` there is only the commit's own word, and it can't be seen to lie.

    It could if it were put back behind the submission: the next test.
    """
    branch = changing.at("2026-03-30 09:00").submits("wang-fang", SUMMARY, summary())
    changing.at("2026-04-02 09:00")
    dated = "2026-03-31 17:00"
    changing.refused(lambda: changing.approves("liu-yang", branch, dated=dated))
    with changing.unchecked():
        changing.approves("liu-yang", branch, dated=dated)
    assert changing.codes() == ([] if changing.trust == "forge" else ["backdated", "out-of-term"])


def test_a_merge_that_claims_to_be_older_than_what_it_merges(history: History) -> None:
    branch = history.submits("wang-fang", SUMMARY, summary())
    history.refused(lambda: history.approves("liu-yang", branch, dated="2026-03-29 20:00"))
    with history.unchecked():
        history.approves("liu-yang", branch, dated="2026-03-29 20:00")
    assert history.codes() == ["backdated"]


@same_at_each_level
def test_a_clock_that_is_a_little_slow_is_no_backdating(history: History) -> None:
    branch = history.submits("wang-fang", SUMMARY, summary())
    history.approves("liu-yang", branch, dated="2026-03-30 08:30")
    assert history.codes() == []


def test_an_office_worker_who_has_become_the_principal_leader_in_the_same_change(history: History) -> None:
    """A change is judged by the roster just before it: it can't give its author the right that it needs."""
    text = history.office.texts["unit.yml"].replace("principal_leader: zhou-min", "principal_leader: qian-wei")
    branch = history.submits("qian-wei", "unit.yml", text)
    history.refused(lambda: history.approves("qian-wei", branch))
    with history.unchecked():
        history.approves("qian-wei", branch)
    assert history.found() == ["self-approved unit.yml"]


def test_somebody_on_the_staff_who_makes_themself_both_the_office_and_its_leader(history: History) -> None:
    text = history.office.texts["unit.yml"]
    text = text.replace("personnel_office: [qian-wei]", "personnel_office: [wang-fang]")
    text = text.replace("principal_leader: zhou-min", "principal_leader: wang-fang")

    def grab() -> str:
        return history.submits("wang-fang", "unit.yml", text)

    history.refused(grab)
    with history.unchecked():
        history.approves("wang-fang", grab())
    assert history.found() == ["self-approved unit.yml", "wrong-author unit.yml"]


def test_two_who_help_each_other_into_office(history: History) -> None:
    """qian-wei may write unit.yml; that zhao-lei approves it as the leader whom it appoints is the fraud."""
    text = history.office.texts["unit.yml"].replace("principal_leader: zhou-min", "principal_leader: zhao-lei")
    branch = history.submits("qian-wei", "unit.yml", text)
    history.refused(lambda: history.approves("zhao-lei", branch))
    with history.unchecked():
        history.approves("zhao-lei", branch)
    assert history.found() == ["wrong-approver unit.yml"]


@same_at_each_level
def test_the_right_once_gained_holds_from_the_next_change_on(history: History) -> None:
    """A proper change of leaders, approved by the one in office, lets the next one approve what comes after."""
    text = history.office.texts["unit.yml"].replace("led_by: [liu-yang]", "led_by: [wu-gang]")
    history.enters("qian-wei", "zhou-min", "unit.yml", text)
    branch = history.submits("wang-fang", SUMMARY, summary())
    history.refused(lambda: history.approves("liu-yang", branch))
    history.approves("wu-gang", branch)
    assert history.codes() == []


@same_at_each_level
def test_an_address_that_is_added_by_whoever_wants_to_act_under_it(history: History) -> None:
    """zhao-lei would pass for wang-fang; the office's list of people is not theirs to write."""
    text = history.office.texts["people/wang-fang.yml"].replace(
        "wang-fang@u.example", "wang-fang@u.example, zhao-lei@u.example"
    )

    def grab() -> str:
        return history.submits("zhao-lei", "people/wang-fang.yml", text)

    history.refused(grab)
    with history.unchecked():
        history.approves("liu-yang", grab())
    assert "wrong-author people/wang-fang.yml" in history.found()


def test_a_key_that_comes_with_the_very_merge_that_it_signs(history: History) -> None:
    """Below `signatures` the key is nobody's and nothing is asked of it: only the writing itself is found."""
    text = history.person("liu-yang", keys=("liu-yang", "grabbed"))
    branch = history.submits("qian-wei", "people/liu-yang.yml", text)
    if history.trust == "signatures":
        history.refused(lambda: history.approves("zhou-min", branch, key="grabbed"))
    with history.unchecked():
        history.approves("zhou-min", branch, key="grabbed")
    assert history.found() == (["bad-signature people/liu-yang.yml"] if history.trust == "signatures" else [])


def test_a_level_of_trust_that_is_lowered_for_the_change_that_lowers_it(history: History) -> None:
    """The policy just before holds for it: an unsigned merge can't abolish the signature that it lacks."""
    text = history.office.texts["unit.yml"].replace(f"level: {history.trust}", "level: forge")
    branch = history.submits("qian-wei", "unit.yml", text + "# 换一个平台\n")
    if history.trust == "signatures":
        history.refused(lambda: history.approves("zhou-min", branch, key=None))
    with history.unchecked():
        history.approves("zhou-min", branch, key=None)
    assert history.found() == (["unsigned unit.yml"] if history.trust == "signatures" else [])
