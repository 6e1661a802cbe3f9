"""A repository that shows another history than the one that was received."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
from command import environment, pingshi
from simulator import SUMMARY, History, same_at_each_level, summary

from pingshi.audit import audit
from pingshi.history import MAIN, ShallowError
from pingshi.server import Pusher, post_receive

if TYPE_CHECKING:
    from pathlib import Path


def self_approved(history: History) -> tuple[str, str]:
    """Let wang-fang approve what is theirs; return that merge and one by liu-yang that could hide it."""
    branch = history.submits("wang-fang", SUMMARY, summary("自己审核的"))
    clean = history.merge("liu-yang", history.refs[branch])
    with history.unchecked():
        return history.approves("wang-fang", branch), clean


def test_replace_refs(history: History) -> None:
    """`git replace` lets every git command see another commit. The audit reads what is really there, and tells."""
    bad, clean = self_approved(history)
    history.git("replace", bad, clean)
    assert history.git("log", "-1", "--format=%an", bad) == "liu-yang"
    assert history.found() == ["rewritten-history -", f"self-approved {SUMMARY}"]


@same_at_each_level
def test_replace_refs_are_not_let_in(history: History) -> None:
    bad, clean = self_approved(history)
    assert "refs/replace" in history.refused(lambda: history.push("wang-fang", {f"refs/replace/{bad}": clean}))


def test_grafts(history: History) -> None:
    """`info/grafts` gives commits other parents: here, main would begin with the merge."""
    bad, _ = self_approved(history)
    (history.server / "info/grafts").write_text(f"{bad}\n", encoding="ascii")
    assert history.git("rev-list", "--count", "main") == "1"
    assert history.found() == ["rewritten-history -", f"self-approved {SUMMARY}"]


def test_a_shallow_clone(history: History, tmp_path: Path) -> None:
    """Half of a history proves nothing; it is said so, rather than judged."""
    history.enters("wang-fang", "liu-yang", SUMMARY, summary())
    clone = tmp_path / "clone"
    command = ["git", "clone", "-q", "--depth", "1", f"file://{history.server}", str(clone)]
    subprocess.run(command, check=True, env=environment(), capture_output=True)
    with pytest.raises(ShallowError):
        audit(clone)
    done = pingshi("audit", repo=clone)
    assert done.status == 3
    assert done.out == ""
    assert "git fetch --unshallow" in done.err


def test_a_whole_clone_is_as_good_as_the_server(history: History, tmp_path: Path) -> None:
    """With the receipts fetched, anybody can audit: they find what the server's own audit finds."""
    self_approved(history)
    clone = tmp_path / "clone"
    receipts = ["-c", "remote.origin.fetch=+refs/pingshi/*:refs/pingshi/*"]
    command = ["git", "clone", "-q", *receipts, str(history.server), str(clone)]
    subprocess.run(command, check=True, env=environment())
    mine, theirs = audit(clone, remember=False), history.audit()
    assert mine == theirs


@same_at_each_level
def test_what_is_remembered_of_an_audit_does_not_hide_what_came_since(history: History) -> None:
    """An audit that carries on from the last one finds the same as one that begins anew, however main was moved."""
    history.enters("wang-fang", "liu-yang", SUMMARY, summary())
    before = history.main
    assert audit(history.server) == history.audit()
    bad, _ = self_approved(history)
    assert audit(history.server) == history.audit()
    with history.bypass():
        history.push("liu-yang", {"main": before})
    assert audit(history.server) == history.audit()
    assert bad not in history.git("rev-list", "main")


@pytest.mark.parametrize("trust", ["forge"], indirect=True)
def test_what_is_remembered_of_another_repository_in_the_same_place(history: History, tmp_path: Path) -> None:
    """One is moved away and another put there, or what was rewritten has been cleared away: nothing of it is left."""
    place = tmp_path / "place.git"
    history.server.rename(place)
    audit(place)
    place.rename(history.server)
    other = History(tmp_path / "other", history.trust, staff="wang-fang").at("2026-03-30 09:00")
    other.enters("wang-fang", "liu-yang", SUMMARY, summary())
    other.server.rename(place)
    assert audit(place) == audit(place, remember=False)


def test_what_is_remembered_holds_no_step_that_was_judged_before_its_receipt_came(tmp_path: Path) -> None:
    """An audit that runs between a push and its receipt doesn't know the pusher; the next one does."""
    history = History(tmp_path, "receipts").at("2026-03-30 09:00")
    branch = history.submits("wang-fang", SUMMARY, summary())
    before = history.main
    with history.bypass():
        merge = history.approves("liu-yang", branch)
    assert [it.code for it in audit(history.server).findings] == ["missing-receipt"]
    post_receive(history.server, [f"{before} {merge} {MAIN}"], Pusher("wang-fang", "REMOTE_USER"), history.now)
    assert [it.code for it in audit(history.server).findings] == ["wrong-approver"]
    assert audit(history.server) == history.audit()


@same_at_each_level
def test_another_repository_in_the_environment_is_not_audited(
    history: History, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIT_DIR, left over in some shell, names another one; the audit is of the folder that was asked for."""
    self_approved(history)
    other = History(tmp_path / "other", history.trust)
    monkeypatch.setenv("GIT_DIR", str(other.server))
    found = audit(history.server, remember=False)
    assert [it.code for it in found.findings] == ["self-approved"]


@same_at_each_level
def test_a_commit_that_is_gone(history: History) -> None:
    """A damaged disk, or somebody's hand: it is the environment's fault, not one found in the records."""
    history.enters("wang-fang", "liu-yang", SUMMARY, summary())
    (history.server / "objects" / history.root[:2] / history.root[2:]).unlink()
    done = pingshi("audit", repo=history.server)
    assert done.status == 3
    assert "git fsck" in done.err
    assert "hint:" not in done.err
