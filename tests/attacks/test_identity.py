"""Somebody acts in another's name, with another's key, or with a key that doesn't hold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from simulator import OTHERS, SUMMARY, History, same_at_each_level, summary

if TYPE_CHECKING:
    from pathlib import Path


def test_forged_author(history: History) -> None:
    """At `forge` it is not found: who pushed stands nowhere in history, and a commit's author is what one writes.

    The hook knows the pusher at every level, and refuses.
    """

    def forge() -> str:
        return history.submits("wang-fang", SUMMARY, summary(), pusher="zhao-lei")

    assert "wang-fang" in history.refused(forge)
    with history.unchecked():
        history.approves("liu-yang", forge())
    assert history.found() == ([] if history.trust == "forge" else [f"wrong-author {SUMMARY}"])


def test_forged_author_by_a_forger_who_stays_the_committer(history: History) -> None:
    forged = history.commit("wang-fang", {SUMMARY: summary()}, committer="zhao-lei")
    history.refused(lambda: history.offers("wang-fang", forged, "submit/wang-fang/1"))
    with history.unchecked():
        history.approves("liu-yang", history.offers("wang-fang", forged, "submit/wang-fang/1"))
    assert history.found() == [f"wrong-author {SUMMARY}"]


@same_at_each_level
def test_an_author_whom_the_roster_does_not_know(history: History) -> None:
    def stranger() -> str:
        return history.submits("somebody", SUMMARY, summary(), pusher="wang-fang")

    history.refused(stranger)
    with history.unchecked():
        history.approves("liu-yang", stranger())
    assert history.found() == [f"wrong-author {SUMMARY}"]


def test_forged_approver_unsigned(history: History) -> None:
    """At `forge` it is not found: the merge says that liu-yang made it, and nothing else does."""
    branch = history.submits("wang-fang", SUMMARY, summary())

    def forge() -> str:
        return history.approves("liu-yang", branch, pusher="wang-fang", key=None)

    history.refused(forge)
    with history.unchecked():
        forge()
    expected = {
        "forge": [],
        "receipts": [f"wrong-approver {SUMMARY}"],
        "signatures": [f"unsigned {SUMMARY}", f"wrong-approver {SUMMARY}"],
    }
    assert history.found() == expected[history.trust]


def test_forged_approver_unsigned_from_the_leaders_own_account(history: History) -> None:
    """Whoever has the leader's password is the leader, where nothing is signed: found at `signatures` alone."""
    branch = history.submits("wang-fang", SUMMARY, summary())
    if history.trust == "signatures":
        history.refused(lambda: history.approves("liu-yang", branch, key=None))
    with history.unchecked():
        history.approves("liu-yang", branch, key=None)
    assert history.found() == ([f"unsigned {SUMMARY}"] if history.trust == "signatures" else [])


def test_the_leaders_name_with_anothers_key(history: History) -> None:
    """Git calls the signature good. It is somebody else's, and that is worse than none, whatever the level."""
    branch = history.submits("wang-fang", SUMMARY, summary())
    history.refused(lambda: history.approves("liu-yang", branch, key="zhao-lei"))
    with history.unchecked():
        history.approves("liu-yang", branch, key="zhao-lei")
    assert history.found() == [f"bad-signature {SUMMARY}"]


def test_the_leaders_name_with_a_strangers_key(history: History) -> None:
    """Below `signatures` a key that the roster doesn't list says nothing: nobody there is asked to sign."""
    branch = history.submits("wang-fang", SUMMARY, summary())
    if history.trust == "signatures":
        history.refused(lambda: history.approves("liu-yang", branch, key="stranger"))
    with history.unchecked():
        history.approves("liu-yang", branch, key="stranger")
    assert history.found() == ([f"bad-signature {SUMMARY}"] if history.trust == "signatures" else [])


def test_a_broken_signature(history: History) -> None:
    """The merge was changed after it had been signed: here, its message."""
    branch = history.submits("wang-fang", SUMMARY, summary())
    signed = history.merge("liu-yang", history.refs[branch], key="liu-yang")
    forged = history.rewritten(signed, lambda text: text.replace("审核通过", "审核同意"))
    history.refused(lambda: history.push("liu-yang", {"main": forged}))
    with history.unchecked():
        history.push("liu-yang", {"main": forged})
    assert history.found() == [f"bad-signature {SUMMARY}"]


def changed_keys(trust: str, folder: Path) -> History:
    """Tell of an office where liu-yang has signed with an old key until a new one took its place, on 20 March."""
    history = History(folder, trust, keys={"liu-yang": ("liu-yang-old",)})
    history.at("2026-03-05 09:00").enters("zhao-lei", "liu-yang", OTHERS, summary())
    history.at("2026-03-20 09:00")
    history.enters("qian-wei", "zhou-min", "people/liu-yang.yml", history.person("liu-yang", keys=("liu-yang-new",)))
    return history.at("2026-03-30 09:00")


def test_a_changed_key(trust: str, tmp_path: Path) -> None:
    """What was signed with the old key in its time stays good."""
    history = changed_keys(trust, tmp_path)
    key = "liu-yang-new" if trust == "signatures" else None
    history.approves("liu-yang", history.submits("wang-fang", SUMMARY, summary()), key=key)
    assert history.codes() == []
    if trust == "signatures":
        approvals = {it.path: it.latest.approved for it in history.audit().records}
        signatures = [it.signature for it in approvals.values() if it is not None]
        assert signatures == ["good"] * 3


def test_a_retired_key_under_a_backdated_commit(trust: str, tmp_path: Path) -> None:
    """Git calls the signature good, as of the day that the commit claims. The roster that it stands on says otherwise.

    Below `signatures` the key is nobody's, and only the date is found.
    """
    history = changed_keys(trust, tmp_path)
    branch = history.submits("wang-fang", SUMMARY, summary())

    def backdate() -> str:
        return history.approves("liu-yang", branch, key="liu-yang-old", dated="2026-03-10 09:00")

    history.refused(backdate)
    with history.unchecked():
        backdate()
    assert history.codes() == (["backdated", "bad-signature"] if trust == "signatures" else ["backdated"])


def test_a_key_that_is_not_valid_yet(trust: str, tmp_path: Path) -> None:
    """The roster lists it later: that doesn't make good what was signed before. Below `signatures` nobody asks."""
    history = History(tmp_path, trust, keys={"liu-yang": ("liu-yang-old",)}).at("2026-03-19 09:00")
    branch = history.submits("wang-fang", SUMMARY, summary())
    if trust == "signatures":
        history.refused(lambda: history.approves("liu-yang", branch, key="liu-yang-new"))
    with history.unchecked():
        history.approves("liu-yang", branch, key="liu-yang-new")
    history.at("2026-03-20 09:00")
    history.enters("qian-wei", "zhou-min", "people/liu-yang.yml", history.person("liu-yang", keys=("liu-yang-new",)))
    assert history.found() == ([f"bad-signature {SUMMARY}"] if trust == "signatures" else [])


def test_self_approval(history: History) -> None:
    """Signed with one's own key and pushed from one's own account, it is self-approval all the same."""
    branch = history.submits("wang-fang", SUMMARY, summary())
    said = history.refused(lambda: history.approves("wang-fang", branch))
    assert "自己" in said
    with history.unchecked():
        history.approves("wang-fang", branch)
    assert history.found() == [f"self-approved {SUMMARY}"]


@same_at_each_level
def test_self_approval_by_somebody_who_approves_the_others(history: History) -> None:
    """liu-yang is the one who approves reports and summaries: but not the sheet that liu-yang wrote."""
    history.office.review("liu-yang", "supervising_leader", {"wang-fang": 80, "zhao-lei": 80})
    sheet = "2026-Q1/reviews/liu-yang.yml"
    branch = history.submits("liu-yang", sheet, history.office.texts[sheet])
    history.refused(lambda: history.approves("liu-yang", branch))
    with history.unchecked():
        history.approves("liu-yang", branch)
    assert history.found() == [f"self-approved {sheet}"]


@same_at_each_level
def test_self_approval_under_another_name_but_the_own_address(history: History) -> None:
    """People are known by their addresses; what somebody calls themself proves nothing."""
    branch = history.submits("wang-fang", SUMMARY, summary())
    history.names = {"wang-fang": "liu-yang"}
    with history.unchecked():
        history.approves("wang-fang", branch)
    assert history.found() == [f"self-approved {SUMMARY}"]


NAMESAKES = {"liu-yang": "刘阳辰", "liu-yang-2": "刘阳辰", "wang-fang": "王芳", "wang-fang-2": "王芳"}


def test_approval_by_a_namesake(trust: str, tmp_path: Path) -> None:
    history = History(tmp_path, trust, staff="wang-fang liu-yang-2", names=NAMESAKES).at("2026-03-30 09:00")
    branch = history.submits("wang-fang", SUMMARY, summary())
    history.refused(lambda: history.approves("liu-yang-2", branch))
    with history.unchecked():
        history.approves("liu-yang-2", branch)
    assert history.found() == [f"wrong-approver {SUMMARY}"]


def test_submission_by_a_namesake(trust: str, tmp_path: Path) -> None:
    history = History(tmp_path, trust, staff="wang-fang wang-fang-2", names=NAMESAKES).at("2026-03-30 09:00")
    history.refused(lambda: history.submits("wang-fang-2", SUMMARY, summary()))
    with history.unchecked():
        history.approves("liu-yang", history.submits("wang-fang-2", SUMMARY, summary()))
    assert history.found() == [f"wrong-author {SUMMARY}"]


def test_a_namesake_in_another_unit(history: History) -> None:
    """Two offices keep their records together, and both have a liu-yang: each approves in their own office only."""
    others = re.compile(r"\b(wang-fang|zhao-lei|zhou-min|he-jun|wu-gang|qian-wei)\b")
    texts = {
        others.sub(r"\1-v", f"/records/v/{it}"): others.sub(r"\1-v", text.replace("@u.example", "@v.example"))
        for it, text in history.office.texts.items()
    }
    with history.unchecked():
        history.push("qian-wei", {"main": history.commit("qian-wei", texts)})
    before = history.found()
    history.emails["liu-yang"] = "liu-yang@v.example"
    branch = history.submits("wang-fang", SUMMARY, summary())
    history.refused(lambda: history.approves("liu-yang", branch, pusher="liu-yang@v.example"))
    with history.unchecked():
        history.approves("liu-yang", branch, pusher="liu-yang@v.example")
    history.emails.clear()
    found = [it for it in history.found() if it not in before]
    assert f"wrong-approver {SUMMARY}" in found
    assert all(it.endswith(SUMMARY) for it in found)


def test_a_changed_mailmap(history: History, tmp_path: Path) -> None:
    """A mailmap makes git tell other authors than the commits have. The audit reads the commits."""
    told = "liu-yang <liu-yang@u.example> <wang-fang@u.example>\n"
    (tmp_path / "mailmap").write_text(told, encoding="ascii")
    for setting, value in {
        "log.mailmap": "true",
        "mailmap.blob": history.store.file(told).id,
        "mailmap.file": str(tmp_path / "mailmap"),
    }.items():
        history.git("config", setting, value)
    branch = history.submits("wang-fang", SUMMARY, summary())
    history.refused(lambda: history.approves("wang-fang", branch))
    with history.unchecked():
        history.approves("wang-fang", branch)
    assert history.git("log", "-1", "--format=%aN", "main") == "liu-yang"
    assert history.found() == [f"self-approved {SUMMARY}"]


@same_at_each_level
def test_a_mailmap_that_comes_with_a_submission(history: History) -> None:
    """It is no record, and nobody may bring it; where it got in, it changes nothing about who did what."""
    told = "liu-yang <liu-yang@u.example> <wang-fang@u.example>\n"

    def bring() -> str:
        made = history.commit("wang-fang", {SUMMARY: summary(), "/.mailmap": told})
        return history.offers("wang-fang", made, history.new_branch("wang-fang"))

    assert ".mailmap" in history.refused(bring)
    with history.unchecked():
        history.approves("wang-fang", bring())
    assert f"self-approved {SUMMARY}" in history.found()


@same_at_each_level
def test_a_committer_who_is_no_platform(history: History) -> None:
    """Only what the unit lists as a platform's address may commit for an approver."""
    branch = history.submits("wang-fang", SUMMARY, summary())
    history.refused(lambda: history.approves("liu-yang", branch, committer="somebody"))
    with history.unchecked():
        history.approves("liu-yang", branch, committer="somebody")
    assert history.found() == [f"wrong-approver {SUMMARY}"]


def test_a_committer_who_is_the_platform(trust: str, tmp_path: Path) -> None:
    """Where a platform merges, it commits, and the leader is the author: as it should be, but nobody has signed."""
    listed = {f"level: {trust}": f"level: {trust}, committers: [platform@u.example]"}
    history = History(tmp_path, trust, unit=listed).at("2026-03-30 09:00")
    branch = history.submits("wang-fang", SUMMARY, summary())
    with history.unchecked():
        history.approves("liu-yang", branch, committer="platform", key=None)
    assert history.found() == ([f"unsigned {SUMMARY}"] if trust == "signatures" else [])
