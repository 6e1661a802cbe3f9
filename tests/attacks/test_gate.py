"""What the server takes in and what it refuses, besides what the audit finds; and what it says then."""

from __future__ import annotations

import argparse
import io

import pytest
from simulator import OTHERS, SUMMARY, History, same_at_each_level, summary

from pingshi.cli.hook import hook
from pingshi.server import Pusher, pre_receive

OTHER_REFS = (
    "refs/heads/other",
    "refs/heads/Main",
    "refs/heads/submit",
    "refs/heads/submit/1",
    "refs/heads/submit/wang-fang",
    "refs/heads/SUBMIT/wang-fang/1",
    "refs/heads/submit/Wang-Fang/1",
    "refs/heads/submit/w\u0430ng-fang/1",
    "refs/heads/submit/zhao-lei/1",
    "refs/heads/refs/heads/main",
    "refs/tags/v1",
    "refs/notes/commits",
    "refs/replace/" + "1" * 40,
    "refs/pingshi/receipts",
    "refs/pull/1/head",
    "refs/main",
    "HEAD",
)


@same_at_each_level
def test_only_main_and_ones_own_submissions_are_pushed(history: History) -> None:
    """A branch is its person's, by its name; nothing else is for pushing. The same at every level of trust."""
    made = history.commit("wang-fang", {SUMMARY: summary()})
    nothing = "0" * 40
    for ref in OTHER_REFS:
        assert pre_receive(
            history.server, [f"{nothing} {made} {ref}"], Pusher("wang-fang", "REMOTE_USER"), history.now
        ), ref
    assert history.offers("wang-fang", made, "submit/wang-fang/1")


@pytest.mark.parametrize("name", ["\u202e季度", "a\u2028b", "a\x85b", "\u200b"])
@same_at_each_level
def test_a_branch_whose_name_cannot_be_seen(
    name: str, history: History, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Or turns text around, or ends a line where only some programs see an end."""
    made = history.commit("wang-fang", {SUMMARY: summary()})
    branch = f"submit/wang-fang/{name}"
    assert "看不见的" in history.refused(lambda: history.offers("wang-fang", made, branch))
    monkeypatch.chdir(history.server)
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{'0' * 40} {made} refs/heads/{branch}\n"))
    assert hook(argparse.Namespace(name="pre-receive", repair=False)) == 1
    assert "看不见的" in capsys.readouterr().err


@same_at_each_level
def test_a_good_branch_does_not_get_in_with_a_bad_one(history: History) -> None:
    """Git updates all branches of a push or none, as the hook says."""
    made = history.commit("wang-fang", {SUMMARY: summary()})
    history.refused(lambda: history.push("wang-fang", {"submit/wang-fang/1": made, "refs/tags/v1": made}))
    history.refused(lambda: history.push("wang-fang", {"submit/wang-fang/1": made, "main": made}))


def test_a_push_without_an_account(history: History) -> None:
    """A server that asks nobody who they are takes in what is in order; the audit says how little that proves.

    At `forge` nobody asks.
    """
    made = history.commit("wang-fang", {SUMMARY: summary()})
    history.push(None, {"submit/wang-fang/1": made})
    history.push(None, {"main": history.merge("liu-yang", made)})
    found = history.audit()
    assert found.findings == ()
    assert any("没有记下推送的账号" in it for it in found.notes) is (history.trust != "forge")


def test_a_secretary_who_pushes_what_the_leader_has_merged(history: History) -> None:
    """The hook wants the approver's own account, whatever the level; at `forge` only the hook knows."""
    branch = history.submits("wang-fang", SUMMARY, summary())
    history.refused(lambda: history.approves("liu-yang", branch, pusher="qian-wei"))
    with history.unchecked():
        history.approves("liu-yang", branch, pusher="qian-wei")
    assert history.found() == ([] if history.trust == "forge" else [f"wrong-approver {SUMMARY}"])


@same_at_each_level
def test_a_record_with_an_error(history: History) -> None:
    """Said as `check` says it: where, what and what to do. The same at every level of trust."""
    said = history.refused(
        lambda: history.submits("wang-fang", SUMMARY, summary().replace("discipline:", "disciplin:"))
    )
    assert SUMMARY in said
    assert "disciplin" in said
    assert "行" in said
    tricky = summary().replace("遵守纪律", '"\\e[2J\\x9b31m\\u202e"').replace("discipline:", '"\\e[31m":')
    assert history.refused(lambda: history.submits("wang-fang", SUMMARY, tricky))


@same_at_each_level
def test_anothers_error_on_main_keeps_nobody_from_handing_in(history: History) -> None:
    with history.unchecked():
        history.enters("zhao-lei", "liu-yang", OTHERS, "political: [\n")
    history.enters("wang-fang", "liu-yang", SUMMARY, summary())
    assert history.codes() == []


@same_at_each_level
def test_a_branch_that_brings_nothing_yet(history: History) -> None:
    history.push("wang-fang", {"submit/wang-fang/1": history.main})
    history.submits("wang-fang", SUMMARY, summary(), onto="submit/wang-fang/1")
    history.approves("liu-yang", "submit/wang-fang/1")
    assert history.codes() == []


@same_at_each_level
def test_several_approvals_in_one_push(history: History) -> None:
    """A leader merges what waits and pushes once."""
    first = history.submits("wang-fang", SUMMARY, summary())
    second = history.submits("zhao-lei", OTHERS, summary())
    one = history.merge("liu-yang", history.refs[first])
    both = history.merge("liu-yang", history.refs[second], onto=one)
    history.push("liu-yang", {"main": both})
    assert history.codes() == []


def test_a_bad_approval_among_several_in_one_push(history: History) -> None:
    """Each step of main is judged, not only the last."""
    first = history.submits("wang-fang", SUMMARY, summary())
    second = history.submits("zhao-lei", OTHERS, summary())
    one = history.merge("wang-fang", history.refs[first])
    both = history.merge("liu-yang", history.refs[second], onto=one)
    history.refused(lambda: history.push("liu-yang", {"main": both}))
    with history.unchecked():
        history.push("liu-yang", {"main": both})
    assert f"self-approved {SUMMARY}" in history.found()


@same_at_each_level
def test_a_grant_and_its_use_in_one_push(history: History) -> None:
    """The policy is followed from step to step within a push: what the first grants holds for the second."""
    text = history.office.texts["unit.yml"].replace("led_by: [liu-yang]", "led_by: [wu-gang]")
    grant = history.refs[history.submits("qian-wei", "unit.yml", text)]
    use = history.refs[history.submits("wang-fang", SUMMARY, summary())]
    granted = history.merge("zhou-min", grant)
    used = history.merge("wu-gang", use, onto=granted)
    history.push("zhou-min", {"main": granted})
    history.refused(lambda: history.push("liu-yang", {"main": history.merge("liu-yang", use, onto=granted)}))
    history.push("wu-gang", {"main": used})
    assert history.codes() == []


@same_at_each_level
def test_a_new_colleague(history: History) -> None:
    """The office enters somebody, who hands in from then on, and not before."""
    text = history.person("new-one")
    early = history.commit("new-one", {"2026-Q1/summaries/new-one.yml": summary()})
    history.refused(lambda: history.offers("new-one", early, "submit/new-one/1"))
    history.enters("qian-wei", "liu-yang", "people/new-one.yml", text)
    history.enters("new-one", "liu-yang", "2026-Q1/summaries/new-one.yml", summary())
    assert history.codes() == []


def test_a_withdrawn_draft_brought_back_by_somebody_else(history: History) -> None:
    """zhao-lei's first draft was never approved, the second was. wang-fang merges the first into a branch of theirs.

    Nobody submits for others, even what these have written themselves.
    """
    draft = history.submits("zhao-lei", OTHERS, summary("初稿"))
    history.enters("zhao-lei", "liu-yang", OTHERS, summary("定稿"))
    back = history.merge("wang-fang", history.refs[draft], key=None, also={OTHERS: summary("初稿")})
    history.refused(lambda: history.offers("wang-fang", back, history.new_branch("wang-fang")))
    with history.unchecked():
        history.approves("liu-yang", history.offers("wang-fang", back, history.new_branch("wang-fang")))
    assert history.found() == [f"wrong-author {OTHERS}"]
