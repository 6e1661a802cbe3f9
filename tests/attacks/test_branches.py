"""What is moved, taken back, made again or changed after somebody had seen it."""

from __future__ import annotations

import pytest
from simulator import OTHERS, RECEIVING, SUMMARY, History, same_at_each_level, summary

DETERMINATION = "2026-Q1/determination.yml"


def test_force_push(history: History) -> None:
    """The administrator takes an approval back as if it had never been, and puts another in its place.

    At `forge` nothing in the repository could tell; a published site's checkpoint, or anybody's clone, can.
    """
    before = history.main
    history.enters("wang-fang", "liu-yang", SUMMARY, summary())
    branch = history.submits("wang-fang", SUMMARY, summary("第二稿"))
    first = history.refs[branch]
    other = history.commit("wang-fang", {SUMMARY: summary("另一稿")}, parents=(before,))
    history.offers("wang-fang", other, history.new_branch("wang-fang"))
    merge = history.merge("liu-yang", other, onto=before)
    history.refused(lambda: history.push("liu-yang", {"main": merge}))
    with history.unchecked():
        history.push("liu-yang", {"main": merge})
    assert first not in history.git("rev-list", "main")
    assert ("rewritten-history" in history.codes()) is (history.trust != "forge")
    assert history.trust != "forge" or history.codes() == []


def test_force_push_past_the_hooks(history: History) -> None:
    """Without a receipt for the new main there is one more thing that doesn't fit."""
    before = history.main
    history.enters("wang-fang", "liu-yang", SUMMARY, summary())
    other = history.commit("wang-fang", {SUMMARY: summary("另一稿")}, parents=(before,))
    history.offers("wang-fang", other, history.new_branch("wang-fang"))
    with history.bypass():
        history.push("liu-yang", {"main": history.merge("liu-yang", other, onto=before)})
    expected = [] if history.trust == "forge" else ["missing-receipt", "rewritten-history"]
    assert sorted(set(history.codes())) == expected


def test_main_is_set_back(history: History) -> None:
    """What was approved last is gone, and nothing is put in its place."""
    before = history.main
    history.enters("wang-fang", "liu-yang", SUMMARY, summary())
    history.refused(lambda: history.push("liu-yang", {"main": before}))
    with history.bypass():
        history.push("liu-yang", {"main": before})
    assert history.codes() == ([] if history.trust == "forge" else ["rewritten-history"])


@same_at_each_level
def test_main_is_set_back_with_a_receipt(history: History) -> None:
    before = history.main
    history.enters("wang-fang", "liu-yang", SUMMARY, summary())
    with history.unchecked():
        history.push("liu-yang", {"main": before})
    assert sorted(set(history.codes())) == ([] if history.trust == "forge" else ["rewritten-history"])


def test_history_rewritten_commit_by_commit(history: History) -> None:
    """An amended message far back: the same files, so the same site; every commit since has another id."""
    history.enters("wang-fang", "liu-yang", SUMMARY, summary())
    first, history.refs["main"] = history.main, history.root
    merge = history.merge("liu-yang", history.refs["submit/wang-fang/1"], message="审核同意")
    assert merge != first
    history.refs["main"] = first
    with history.bypass():
        history.push("liu-yang", {"main": merge})
    assert history.git("rev-parse", f"{first}^{{tree}}") == history.git("rev-parse", f"{merge}^{{tree}}")
    expected = [] if history.trust == "forge" else ["missing-receipt", "rewritten-history"]
    assert sorted(set(history.codes())) == expected


def test_another_root(history: History) -> None:
    """History is begun anew from the files as they stand: everything in it is bootstrap, and nothing approved.

    At `forge` the bootstrap is told as what it is, and nobody can say that there was more before it.
    """
    history.enters("wang-fang", "liu-yang", SUMMARY, summary())
    anew = history.commit("qian-wei", {f"/{it}": node for it, node in history.files(history.main).items()}, parents=())
    said = history.refused(lambda: history.push("qian-wei", {"main": anew}))
    assert said
    with history.bypass():
        history.push("qian-wei", {"main": anew})
    assert history.audit().bootstrap == anew
    assert sorted(set(history.codes())) == ([] if history.trust == "forge" else ["rewritten-history"])


def test_deletion(history: History) -> None:
    """Main is deleted, and pushed again as it was: no commit is lost, but the receipts tell of it."""
    history.enters("wang-fang", "liu-yang", SUMMARY, summary())
    main = history.main
    history.refused(lambda: history.push("liu-yang", {"main": None}))
    with history.unchecked():
        history.push("liu-yang", {"main": None})
        history.push("liu-yang", {"main": main})
    assert "rewritten-history" in history.codes() or history.trust == "forge"
    assert history.trust != "forge" or history.codes() == []


def test_deletion_of_a_submission(history: History) -> None:
    """A branch that is merged may be tidied away: main keeps what it brought. One that waits may not vanish."""
    branch = history.submits("wang-fang", SUMMARY, summary())
    history.refused(lambda: history.push("wang-fang", {branch: None}))
    history.approves("liu-yang", branch)
    assert history.codes() == []


def test_a_branch_that_was_made_again(history: History) -> None:
    """Under the name of what had been handed in stands something else: what was received first isn't forgotten."""
    branch = history.submits("wang-fang", SUMMARY, summary())
    first = history.refs[branch]
    again = history.commit("wang-fang", {SUMMARY: summary("第二稿")})
    history.refused(lambda: history.push("wang-fang", {branch: again}))
    with history.unchecked():
        history.push("wang-fang", {branch: None})
        history.push("wang-fang", {branch: again})
    history.approves("liu-yang", branch)
    assert history.codes() == []
    if history.trust != "forge":
        chain = "".join(history.git("log", "-1", "--format=%B", it) for it in history.receipts)
        assert first in chain
        assert again in chain


def test_a_submission_that_was_force_pushed_after_it_was_seen(history: History) -> None:
    """An approval is bound to the commit that it merges, not to a branch's name.

    liu-yang merges what was seen, whatever the branch holds by then.
    """
    branch = history.submits("wang-fang", SUMMARY, summary("看过的"))
    seen = history.refs[branch]
    other = history.commit("wang-fang", {SUMMARY: summary("换过的")})
    history.refused(lambda: history.push("wang-fang", {branch: other}))
    with history.unchecked():
        history.push("wang-fang", {branch: other})
        history.approves("liu-yang", seen)
    assert history.codes() == []
    assert "看过的" in history.git("show", f"main:records/u/{SUMMARY}")


def test_a_submission_that_moved_on_after_it_was_seen(history: History) -> None:
    branch = history.submits("wang-fang", SUMMARY, summary("看过的"))
    seen = history.refs[branch]
    history.submits("wang-fang", SUMMARY, summary("后来的"), onto=branch)
    history.approves("liu-yang", seen)
    assert "看过的" in history.git("show", f"main:records/u/{SUMMARY}")
    record = next(it for it in history.audit().records if it.path.endswith(SUMMARY))
    assert record.latest.submitted is not None
    assert record.latest.submitted.commit == seen
    history.approves("liu-yang", branch)
    assert "后来的" in history.git("show", f"main:records/u/{SUMMARY}")
    assert history.codes() == []


def test_a_forged_submission_that_its_alleged_author_later_builds_upon(history: History) -> None:
    """wang-fang's next branch stands on main, and so holds the forged commit too: that it came from wang-fang then

    says nothing of how it came to main.
    """
    forged = history.commit("wang-fang", {SUMMARY: summary("造的")})
    with history.unchecked():
        history.approves("liu-yang", forged)
    history.push("wang-fang", {"submit/wang-fang/7": forged})
    history.submits("wang-fang", "2026-03/reports/wang-fang.yml", "done: [受理]\nundone: []\n")
    assert history.found() == ([] if history.trust == "forge" else [f"wrong-author {SUMMARY}"])


def test_an_earlier_commit_of_what_was_pushed_at_once(history: History) -> None:
    """wang-fang pushes two commits together; liu-yang approves the first, and later the second. Both were received."""
    seen = history.commit("wang-fang", {SUMMARY: summary("看过的")})
    more = history.commit("wang-fang", {SUMMARY: summary("后来的")}, parents=(seen,))
    history.offers("wang-fang", more, "submit/wang-fang/1")
    history.approves("liu-yang", seen)
    assert history.codes() == []
    history.approves("liu-yang", more)
    assert history.codes() == []


def test_a_submission_that_nobody_pushed_before_it_was_merged(history: History) -> None:
    """liu-yang makes both wang-fang's commit and the merge: the account that pushed it tells.

    At `forge` nobody knows the account.
    """
    forged = history.commit("wang-fang", {SUMMARY: summary()})
    history.refused(lambda: history.approves("liu-yang", forged))
    with history.unchecked():
        history.approves("liu-yang", forged)
    assert history.found() == ([] if history.trust == "forge" else [f"wrong-author {SUMMARY}"])


def test_late(history: History) -> None:
    """Handed in after the quarter's end; the hook lets it in, with a reminder."""
    history.at("2026-04-02 09:00")
    late = history.commit("wang-fang", {SUMMARY: summary()})
    said = history.push("wang-fang", {"submit/wang-fang/1": late})
    assert "逾期" in said
    history.approves("liu-yang", late)
    assert history.found() == [f"late {SUMMARY}"]


def test_late_under_a_date_that_was_in_time(history: History) -> None:
    """A receipt's time counts, not what the commit says. At `forge` there is nothing else to go by."""
    history.at("2026-04-02 09:00")
    branch = history.submits("wang-fang", SUMMARY, summary(), dated="2026-03-31 17:00")
    history.approves("liu-yang", branch)
    assert history.found() == ([] if history.trust == "forge" else [f"late {SUMMARY}"])


@pytest.mark.parametrize("trust", RECEIVING, indirect=True)
def test_late_past_the_submissions_branch_by_nobody_knows_whom(history: History) -> None:
    """On a server that asks nobody who they are: the server's clock counts all the same, not the writer's own word."""
    made = history.commit("wang-fang", {SUMMARY: summary()}, dated="2026-03-30 09:00")
    history.at("2026-04-20 09:00").push(None, {"main": history.merge("liu-yang", made)})
    assert history.found() == [f"late {SUMMARY}"]


def test_approved_late_but_handed_in_in_time(history: History) -> None:
    """A leader who takes their time makes nobody late."""
    branch = history.at("2026-03-31 23:00").submits("wang-fang", SUMMARY, summary())
    history.at("2026-04-20 09:00").approves("liu-yang", branch)
    assert history.codes() == []


@pytest.mark.parametrize("change", ["edited", "new", "deleted"])
def test_edited_after_determination(change: str, history: History) -> None:
    """The material on which the grades rest is changed once they are determined; let in, with a reminder."""
    history.enters("wang-fang", "liu-yang", SUMMARY, summary())
    history.at("2026-04-02 09:00")
    history.enters("qian-wei", "zhou-min", DETERMINATION, determined(history))
    history.at("2026-04-03 09:00")
    path = OTHERS if change == "new" else SUMMARY
    who = "zhao-lei" if change == "new" else "wang-fang"
    with history.unchecked():  # a deletion may be refused for other reasons
        history.enters(who, "liu-yang", path, None if change == "deleted" else summary("改过的"))
    assert f"edited-after-determination {path}" in history.found()
    assert set(history.codes()) <= {"edited-after-determination", "late"}


def test_edited_while_the_determination_was_taken_away(history: History) -> None:
    """The office takes the determination away, lets the material be changed, and puts it back as it was."""
    history.enters("wang-fang", "liu-yang", SUMMARY, summary())
    history.at("2026-04-02 09:00")
    history.enters("qian-wei", "zhou-min", DETERMINATION, determined(history))
    with history.unchecked():
        history.enters("qian-wei", "zhou-min", DETERMINATION, None)
        history.enters("wang-fang", "liu-yang", SUMMARY, summary("改过的"))
        history.enters("qian-wei", "zhou-min", DETERMINATION, determined(history))
    assert history.found() == [f"edited-after-determination {SUMMARY}"]


def test_edited_after_determination_is_let_in_with_a_reminder(history: History) -> None:
    history.enters("wang-fang", "liu-yang", SUMMARY, summary())
    history.at("2026-04-02 09:00")
    history.enters("qian-wei", "zhou-min", DETERMINATION, determined(history))
    again = history.commit("wang-fang", {SUMMARY: summary("改过的")})
    said = history.push("wang-fang", {"submit/wang-fang/9": again})
    assert "审定" in said
    history.approves("liu-yang", again)


@same_at_each_level
def test_what_is_no_material_may_follow_the_determination(history: History) -> None:
    history.at("2026-04-02 09:00")
    history.enters("qian-wei", "zhou-min", DETERMINATION, determined(history))
    publicity = "from: 2026-04-03\nto: 2026-04-08\ncontact: 办公室\ntelephone: 0000-1\n"
    history.enters("qian-wei", "zhou-min", "2026-Q1/publicity.yml", publicity)
    assert history.codes() == []


def determined(history: History) -> str:
    """Return a determination of both on the staff."""
    reason = "{grade: 较好, reason: 集体研究}"
    return history.office.decide({"wang-fang": reason, "zhao-lei": reason}).texts[DETERMINATION]
