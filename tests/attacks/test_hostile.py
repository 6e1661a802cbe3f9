"""What a pushed branch brings along to harm the server or whoever reads its answers."""

from __future__ import annotations

import resource
from typing import TYPE_CHECKING

import pytest
from command import pingshi
from receiver import fit
from simulator import OTHERS, SUMMARY, History, same_at_each_level, summary

if TYPE_CHECKING:
    from pathlib import Path

ESCAPES = "\x1b[2J\x1b]0;x\x07\u202e通过\u2066\u200b\x9b31m\r好"


def test_a_blob_of_100_mb(history: History) -> None:
    """Zeros: it packs to nothing. It is refused by its size, and nobody holds it in memory to find that out."""
    blob = history.store.file(bytes(100 << 20))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    said = history.refused(lambda: history.submits("wang-fang", SUMMARY, blob))
    assert "102400 KB" in said
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 40 << 10
    with history.unchecked():
        history.approves("liu-yang", history.submits("wang-fang", SUMMARY, blob))
    assert history.codes() == []
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 40 << 10


@same_at_each_level
def test_a_roster_of_100_mb(history: History) -> None:
    """The audit reads rosters: one that is too large is as good as broken, and nobody is found by it."""
    blob = history.store.file(bytes(100 << 20))
    path = "people/wang-fang.yml"
    history.refused(lambda: history.submits("qian-wei", path, blob))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with history.unchecked():
        history.approves("liu-yang", history.submits("qian-wei", path, blob))
        history.approves("liu-yang", history.submits("wang-fang", SUMMARY, summary()))
    assert history.found() == [f"wrong-approver {SUMMARY}", f"wrong-author {SUMMARY}"]
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 40 << 10


@same_at_each_level
@pytest.mark.parametrize("where", ["message", "name", "path", "branch"])
def test_terminal_escapes(where: str, history: History) -> None:
    """Neither the hook's answer nor the audit carries them to a terminal; `refused` and `audit` look at every text."""
    if where == "name":
        history.names = {"wang-fang": f"王芳{ESCAPES}"}
    path = OTHERS.replace("zhao-lei", f"zhao{ESCAPES}".replace("\r", "")) if where == "path" else OTHERS
    message = f"小结{ESCAPES}\n\n{ESCAPES}" if where == "message" else "小结"
    made = history.commit("wang-fang", {SUMMARY: summary(), path: summary()}, message=message)
    branch = "submit/wang-fang/\u202e1" if where == "branch" else "submit/wang-fang/1"
    assert history.refused(lambda: history.offers("wang-fang", made, branch))
    with history.unchecked():
        history.offers("wang-fang", made, branch)
        merge = history.merge("wang-fang", made, message=message)
        history.push("wang-fang", {"main": merge})
    found = history.audit()
    assert {"self-approved", "wrong-author"} <= {it.code for it in found.findings}
    told = pingshi("audit", repo=history.server)
    assert told.status == 1
    assert fit(told.out)
    if where == "path":
        assert fit(pingshi("audit", "--json", repo=history.server).out)


@same_at_each_level
@pytest.mark.parametrize("odd", ["wang-fang", "<> 0", "a <b> c <wang-fang@u.example> 1e9", "x <y\x1b> -5", ""])
def test_an_identity_that_cannot_be_read(odd: str, history: History) -> None:
    """No address, no date, and brackets where none belong: nobody has written that."""
    good = history.commit("wang-fang", {SUMMARY: summary()})
    stamp = f"author wang-fang <wang-fang@u.example> {history.now}"
    bad = history.rewritten(good, lambda text: text.replace(stamp, f"author {odd}", 1))
    assert bad != good
    history.refused(lambda: history.offers("wang-fang", bad, "submit/wang-fang/1"))
    with history.unchecked():
        history.approves("liu-yang", history.offers("wang-fang", bad, "submit/wang-fang/1"))
    assert f"wrong-author {SUMMARY}" in history.found()


@same_at_each_level
@pytest.mark.parametrize("when", ["1969-12-31 00:00", "9999-12-31 00:00"])
def test_a_date_at_the_end_of_time(when: str, history: History) -> None:
    """A commit may claim any date at all; nothing breaks over it."""
    made = history.commit("wang-fang", {SUMMARY: summary()}, dated=when)
    with history.unchecked():
        history.approves("liu-yang", history.offers("wang-fang", made, "submit/wang-fang/1"), dated=when)
    assert "backdated" in history.codes()


@same_at_each_level
def test_the_checker_changed_by_the_pushed_branch(trust: str, tmp_path: Path) -> None:
    """The hook judges by what is installed on the server, whatever program the branch brings; here by the real hooks.

    A level of trust has no part in it.
    """
    history = History(tmp_path, trust).at("2026-03-30 09:00")
    harmless = "raise SystemExit(0)\n"
    paths = (
        "pingshi.py",
        "pingshi/__init__.py",
        "generator/pingshi/__init__.py",
        "sitecustomize.py",
        "usercustomize.py",
    )
    programs = {f"/{it}": harmless for it in (*paths, "hooks/pre-receive", "yaml.py", "conftest.py")}
    with history.over_git():
        made = history.commit("wang-fang", {OTHERS: summary("造的")} | programs)
        said = history.refused(lambda: history.offers("wang-fang", made, "submit/wang-fang/1"))
        assert "zhao-lei" in said
        assert "pingshi.py" in said
        own = history.commit("wang-fang", {SUMMARY: summary()} | programs)
        assert "pingshi.py" in history.refused(lambda: history.offers("wang-fang", own, "submit/wang-fang/1"))


@same_at_each_level
def test_a_unit_that_was_not_there_before(trust: str, tmp_path: Path) -> None:
    """A branch brings a unit of its own, with its own leaders, who then approve it: nobody has let that unit in.

    A level of trust has no part in it.
    """
    history = History(tmp_path, trust).at("2026-03-30 09:00")
    own = {f"/records/mine/{it}": text.replace("zhou-min", "wang-fang") for it, text in history.office.texts.items()}
    made = history.commit("wang-fang", own)
    history.refused(lambda: history.offers("wang-fang", made, "submit/wang-fang/1"))
    with history.unchecked():
        history.approves("wang-fang", history.offers("wang-fang", made, "submit/wang-fang/1"))
    assert set(history.codes()) == {"self-approved", "wrong-author"}
