"""Histories that are in order: let in by the hooks, and nothing found, at each level."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator import OTHERS, SUMMARY, History, same_at_each_level, summary
from telling import FEEDBACK

if TYPE_CHECKING:
    from pathlib import Path

REPORT = "done: [窗口受理]\nundone: []\n"
ATTENDANCE = "people:\n  wang-fang: {late: 0, absent: 0, leave: 0}\n  zhao-lei: {late: 1, absent: 0, leave: 0}\n"
PUBLICITY = "from: 2026-04-03\nto: 2026-04-08\ncontact: 督查指导科\ntelephone: 0000-0000000\n"
STAFF = ("wang-fang", "zhao-lei")


def a_quarter(history: History) -> History:
    """Tell of the first quarter from its first report to its last talk."""
    office = history.office
    for day, month in (("2026-02-02", "2026-01"), ("2026-03-02", "2026-02"), ("2026-03-31", "2026-03")):
        history.at(f"{day} 09:00")
        for person in STAFF:
            history.enters(person, "he-jun", f"{month}/reports/{person}.yml", REPORT)
        history.enters("qian-wei", "liu-yang", f"{month}/attendance.yml", ATTENDANCE)
    history.at("2026-03-31 14:00")
    waiting = [history.submits(it, f"2026-Q1/summaries/{it}.yml", summary()) for it in STAFF]
    for branch in waiting:
        history.at("2026-04-01 09:00").approves("liu-yang", branch)
    totals = {"wang-fang": 80, "zhao-lei": 78}
    office.review("liu-yang", "supervising_leader", totals).review("zhou-min", "principal_leader", totals)
    office.ballots(totals).decide({"wang-fang": "较好", "zhao-lei": "较好"})
    history.enters("liu-yang", "zhou-min", "2026-Q1/reviews/liu-yang.yml", office.texts["2026-Q1/reviews/liu-yang.yml"])
    history.enters("zhou-min", "qian-wei", "2026-Q1/reviews/zhou-min.yml", office.texts["2026-Q1/reviews/zhou-min.yml"])
    history.enters("qian-wei", "liu-yang", "2026-Q1/ballots.yml", office.texts["2026-Q1/ballots.yml"])
    history.at("2026-04-02 16:00")
    history.enters("qian-wei", "zhou-min", "2026-Q1/determination.yml", office.texts["2026-Q1/determination.yml"])
    history.at("2026-04-03 08:30").enters("qian-wei", "zhou-min", "2026-Q1/publicity.yml", PUBLICITY)
    talks = "".join(FEEDBACK.format(it, "feedback") for it in STAFF)
    history.at("2026-04-09 17:00").enters("liu-yang", "zhou-min", "2026-Q1/feedback/liu-yang.yml", talks)
    return history


def test_a_quarter_as_it_should_be(trust: str, tmp_path: Path) -> None:
    history = History(tmp_path, trust)
    bootstrap = {it.removeprefix("records/u/") for it in history.office.files if it.startswith("records/")}
    a_quarter(history)
    found = history.audit()
    assert found.findings == ()
    assert found.bootstrap == history.root
    assert dict(found.trust) == {"u": trust}
    records = {it.path.removeprefix("records/u/"): it.latest for it in found.records}
    assert len([it for it in records.values() if it.approved is not None]) == 17
    assert {it for it, version in records.items() if version.approved is None} == bootstrap
    latest = records[SUMMARY]
    assert latest.submitted is not None
    assert latest.approved is not None
    assert (latest.submitted.by, latest.approved.by) == ("wang-fang", "liu-yang")
    signed = "good" if trust == "signatures" else "none"
    assert (latest.submitted.signature, latest.approved.signature) == ("none", signed)
    received = trust != "forge"
    assert (latest.submitted.received, latest.approved.received) == (received, received)
    assert (found.receipts is not None) is received
    if found.receipts is not None:
        assert found.receipts.count == 1 + 2 * 17
        assert found.receipts.anchored
        assert found.receipts.gaps == ()


def test_a_branch_that_took_in_main_before_it_was_approved(history: History) -> None:
    """As forges do with "update branch": the merge of main into it is the submitter's, and brings nothing of theirs."""
    branch = history.submits("wang-fang", SUMMARY, summary())
    history.enters("zhao-lei", "liu-yang", OTHERS, summary())
    updated = history.merge("wang-fang", history.main, onto=history.refs[branch], key=None, message="并入 main")
    history.offers("wang-fang", updated, branch)
    history.submits("wang-fang", SUMMARY, summary("第二稿"), onto=branch)
    history.approves("liu-yang", branch)
    assert history.found() == []
    record = next(it for it in history.audit().records if it.path.endswith(SUMMARY))
    assert record.latest.submitted is not None
    assert record.latest.submitted.by == "wang-fang"


def test_a_branch_that_took_in_main_and_changed_what_came_with_it(history: History) -> None:
    """The same merge of main, but zhao-lei's summary is not what main has: wang-fang wrote it."""
    branch = history.submits("wang-fang", SUMMARY, summary())
    history.enters("zhao-lei", "liu-yang", OTHERS, summary())
    updated = history.merge(
        "wang-fang", history.main, onto=history.refs[branch], key=None, also={OTHERS: summary("造的")}
    )
    history.refused(lambda: history.offers("wang-fang", updated, branch))
    with history.unchecked():
        history.offers("wang-fang", updated, branch)
        history.approves("liu-yang", branch)
    assert history.found() == [f"wrong-author {OTHERS}"]


@same_at_each_level
def test_two_submissions_that_stand_on_the_same_main(history: History) -> None:
    first = history.submits("wang-fang", SUMMARY, summary())
    second = history.submits("zhao-lei", OTHERS, summary())
    history.approves("liu-yang", second)
    history.approves("liu-yang", first)
    assert history.found() == []


@same_at_each_level
def test_a_summary_that_was_sent_back_and_corrected(history: History) -> None:
    branch = history.submits("wang-fang", SUMMARY, summary())
    history.submits("wang-fang", SUMMARY, summary("第二稿"), onto=branch)
    history.approves("liu-yang", branch)
    history.enters("wang-fang", "liu-yang", SUMMARY, summary("第三稿"))
    versions = next(it for it in history.audit().records if it.path.endswith(SUMMARY)).versions
    assert [it.commit for it in versions] == history.git("rev-list", "--reverse", "--min-parents=2", "main").split()
    assert history.found() == []


@same_at_each_level
def test_findings_stand_in_the_order_of_history(history: History) -> None:
    with history.unchecked():
        history.approves("wang-fang", history.submits("wang-fang", SUMMARY, summary()))
        history.push("liu-yang", {"main": history.commit("liu-yang", {OTHERS: summary()})})
        history.approves("wang-fang", history.submits("wang-fang", SUMMARY, summary("第二稿")))
    codes = [it.code for it in history.audit().findings]
    assert codes == ["self-approved", "direct-push", "unapproved", "self-approved"]
