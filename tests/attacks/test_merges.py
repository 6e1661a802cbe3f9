"""Main moves by merges of two parents whose result is what both say. Whatever else is done is found, at every level."""

from __future__ import annotations

import pytest
from objects import LINK, Node
from simulator import OTHERS, SUMMARY, History, same_at_each_level, summary

LOGS = "2026-03/reports/wang-fang.yml"


def test_a_merge_that_also_touches_anothers_file(history: History) -> None:
    """It isn't in the branch: whoever merged has put it in."""
    branch = history.submits("wang-fang", SUMMARY, summary())
    merge = history.merge("liu-yang", history.refs[branch], also={OTHERS: summary("造的")})
    said = history.refused(lambda: history.push("liu-yang", {"main": merge}))
    assert "zhao-lei" in said
    with history.unchecked():
        history.push("liu-yang", {"main": merge})
    assert f"bad-merge {OTHERS}" in history.found()
    assert not [it for it in history.found() if it.endswith(SUMMARY)]


def test_a_submission_that_also_touches_anothers_file(history: History) -> None:
    def submit() -> str:
        both = history.commit("wang-fang", {SUMMARY: summary(), OTHERS: summary()})
        return history.offers("wang-fang", both, history.new_branch("wang-fang"))

    assert "zhao-lei" in history.refused(submit)
    with history.unchecked():
        history.approves("liu-yang", submit())
    assert history.found() == [f"wrong-author {OTHERS}"]


@same_at_each_level
def test_a_submission_that_touches_anothers_file_and_takes_it_back(history: History) -> None:
    """What comes of it is clean, and is judged by that."""
    made = history.commit("wang-fang", {SUMMARY: summary(), OTHERS: summary()})
    made = history.commit("wang-fang", {OTHERS: None}, parents=(made,))
    with history.unchecked():
        history.approves("liu-yang", history.offers("wang-fang", made, history.new_branch("wang-fang")))
    assert history.codes() == []


def test_an_evil_merge(history: History) -> None:
    """The result at the submitted file is neither what main had nor what was submitted."""
    history.enters("wang-fang", "liu-yang", SUMMARY, summary())
    branch = history.submits("wang-fang", SUMMARY, summary("第二稿"))
    merge = history.merge("liu-yang", history.refs[branch], also={SUMMARY: summary("领导改的")})
    history.refused(lambda: history.push("liu-yang", {"main": merge}))
    with history.unchecked():
        history.push("liu-yang", {"main": merge})
    assert history.found() == [f"bad-merge {SUMMARY}"]


@same_at_each_level
def test_an_evil_merge_that_makes_a_link_of_a_record(history: History) -> None:
    """The content is what was submitted, byte for byte; its kind isn't."""
    branch = history.submits("wang-fang", SUMMARY, summary())
    link = Node(LINK, history.files(history.refs[branch])[full(SUMMARY)].id)
    merge = history.merge("liu-yang", history.refs[branch], also={SUMMARY: link})
    assert "链接" in history.refused(lambda: history.push("liu-yang", {"main": merge}))
    with history.unchecked():
        history.push("liu-yang", {"main": merge})
    assert history.found() == [f"bad-merge {SUMMARY}"]


@same_at_each_level
def test_a_record_that_has_become_executable(history: History) -> None:
    """Some computers set such a mode by themselves: it says nothing about what stands in the record."""
    history.enters("wang-fang", "liu-yang", SUMMARY, summary())
    node = Node("100755", history.files(history.main)[full(SUMMARY)].id)
    history.approves("liu-yang", history.submits("wang-fang", SUMMARY, node))
    assert history.codes() == []


@same_at_each_level
def test_a_merge_that_drops_what_was_submitted(history: History) -> None:
    """Half of the submission is kept, so that it looks as if the rest had never been handed in."""
    both = history.commit("wang-fang", {SUMMARY: summary(), LOGS: "done: []\n"})
    with history.unchecked():
        branch = history.offers("wang-fang", both, history.new_branch("wang-fang"))
        merge = history.merge("liu-yang", both, also={LOGS: None})
        history.push("liu-yang", {"main": merge})
    assert branch
    assert f"bad-merge {LOGS}" in history.found()


def test_a_merge_that_keeps_nothing_of_what_was_submitted(history: History) -> None:
    """`git merge -s ours`: the branch counts as merged, and the file is as it was."""
    history.enters("wang-fang", "liu-yang", SUMMARY, summary())
    branch = history.submits("wang-fang", SUMMARY, summary("第二稿"))
    with history.unchecked():
        history.approves("liu-yang", history.refs[branch], also={SUMMARY: history.files(history.main)[full(SUMMARY)]})
    assert history.found() == [f"bad-merge {SUMMARY}"]


def test_a_merge_that_takes_main_back(history: History) -> None:
    """`git merge -s theirs` of a branch that stands on an old main: what came to main meanwhile is gone."""
    old = history.submits("wang-fang", SUMMARY, summary())
    history.enters("zhao-lei", "liu-yang", OTHERS, summary())
    merge = history.merge("liu-yang", history.refs[old], also={OTHERS: None})
    history.refused(lambda: history.push("liu-yang", {"main": merge}))
    with history.unchecked():
        history.push("liu-yang", {"main": merge})
    assert history.found() == [f"bad-merge {OTHERS}"]


def test_an_octopus_merge(history: History) -> None:
    branches = [history.submits("wang-fang", SUMMARY, summary()), history.submits("zhao-lei", OTHERS, summary())]
    merge = history.merge("liu-yang", *(history.refs[it] for it in branches))
    history.refused(lambda: history.push("liu-yang", {"main": merge}))
    with history.unchecked():
        history.push("liu-yang", {"main": merge})
    assert set(history.codes()) >= {"bad-merge"}
    assert set(history.codes()) <= {"bad-merge", "unapproved"}


def test_a_merge_the_wrong_way_round(history: History) -> None:
    """The submitter merges main into the branch and pushes that as main, whose line would go through the branch."""
    branch = history.submits("wang-fang", SUMMARY, summary())
    history.enters("zhao-lei", "liu-yang", OTHERS, summary())
    merge = history.merge("wang-fang", history.main, onto=history.refs[branch])
    history.refused(lambda: history.push("wang-fang", {"main": merge}))
    with history.unchecked():
        history.push("wang-fang", {"main": merge})
    assert {"direct-push", "unapproved"} <= set(history.codes())


@pytest.mark.parametrize("how", ["squash", "rebase", "fast-forward", "direct push"])
def test_main_moved_without_a_merge(how: str, history: History) -> None:
    """Nothing in such a commit shows who has approved; that the leader pushed it doesn't help."""
    branch = history.submits("wang-fang", SUMMARY, summary())
    if how in ("squash", "rebase"):
        history.enters("zhao-lei", "liu-yang", OTHERS, summary())
    moved = {
        "squash": lambda: history.commit("liu-yang", {SUMMARY: summary()}, message="个人小结 (#1)"),
        "rebase": lambda: history.commit("wang-fang", {SUMMARY: summary()}, committer="liu-yang"),
        "fast-forward": lambda: history.refs[branch],
        "direct push": lambda: history.commit("liu-yang", {SUMMARY: summary()}),
    }[how]()
    said = history.refused(lambda: history.push("liu-yang", {"main": moved}))
    assert "合并" in said
    with history.unchecked():
        history.push("liu-yang", {"main": moved})
    assert history.found() == [f"direct-push {SUMMARY}", f"unapproved {SUMMARY}"]


@same_at_each_level
def test_a_rebase_of_several_commits(history: History) -> None:
    """Each step of main is told, the record once."""
    first = history.commit("wang-fang", {SUMMARY: summary()}, committer="liu-yang")
    second = history.commit("wang-fang", {SUMMARY: summary("第二稿")}, parents=(first,), committer="liu-yang")
    with history.unchecked():
        history.push("liu-yang", {"main": second})
    assert history.found() == [f"direct-push {SUMMARY}", f"direct-push {SUMMARY}", f"unapproved {SUMMARY}"]


@same_at_each_level
def test_an_empty_direct_push(history: History) -> None:
    empty = history.commit("qian-wei", {})
    history.refused(lambda: history.push("qian-wei", {"main": empty}))
    with history.unchecked():
        history.push("qian-wei", {"main": empty})
    assert history.found() == ["direct-push -"]


@same_at_each_level
def test_what_was_pushed_directly_and_approved_afterwards(history: History) -> None:
    """The version that stands has been approved; that another one had got in stays found."""
    direct = history.commit("wang-fang", {SUMMARY: summary()})
    with history.unchecked():
        history.push("wang-fang", {"main": direct})
    history.enters("wang-fang", "liu-yang", SUMMARY, summary("第二稿"))
    assert history.found() == [f"direct-push {SUMMARY}"]


def full(path: str) -> str:
    """Return a record's path from the top of the repository."""
    return f"records/u/{path}"


def test_a_direct_push_with_a_parent_that_git_does_not_know(history: History) -> None:
    """A line `parent` behind the committer is no parent, to git and to its check of objects; nor is it to the audit."""
    branch = history.submits("wang-fang", SUMMARY, summary())
    more = f"\nparent {history.refs[branch]}\n\n"
    direct = history.rewritten(
        history.commit("liu-yang", {SUMMARY: summary()}), lambda text: text.replace("\n\n", more, 1)
    )
    history.refused(lambda: history.push("liu-yang", {"main": direct}))
    with history.unchecked():
        history.push("liu-yang", {"main": direct})
    assert set(history.codes()) == {"direct-push", "unapproved"}


def test_a_merge_of_nothing_in_the_leaders_name(history: History) -> None:
    """It approves nothing, but stands in the history of main under the name of somebody who has not made it."""
    nothing = history.commit("zhao-lei", {})
    merge = history.merge("liu-yang", nothing, key=None, committer="zhao-lei")
    history.refused(lambda: history.push("zhao-lei", {"main": merge}))
    wholly = history.merge("liu-yang", nothing, key=None)
    history.refused(lambda: history.push("zhao-lei", {"main": wholly}))
    with history.unchecked():
        history.push("zhao-lei", {"main": wholly})
    assert history.codes() == ([] if history.trust == "forge" else ["wrong-approver"])


def test_a_merge_of_nothing_that_is_ahead_of_its_time(history: History) -> None:
    """Whatever honest people merge until then would seem to be put back."""
    nothing = history.commit("zhao-lei", {})
    merge = history.merge("zhao-lei", nothing, dated="2026-03-30 20:00")
    assert "还没有到" in history.refused(lambda: history.push("zhao-lei", {"main": merge}))
