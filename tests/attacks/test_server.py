"""The server itself: two at once, a hook that is killed, a disk that is full. Nothing accepted is lost, and gaps show.

By git's own pushes and the installed hooks. A level of trust has no part in most of it, beyond asking for receipts.
"""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Timer
from typing import TYPE_CHECKING

import pytest
from command import Done, pingshi
from receiver import BEIJING
from simulator import LEVELS, OTHERS, RECEIVING, SUMMARY, History, summary

from pingshi.server import repair

if TYPE_CHECKING:
    from pathlib import Path

MAIN = "refs/heads/main"
#: No file may have any size: whatever the hook would write, to the objects or the receipts, fails as on a full disk.
FULL_DISK = "#!/bin/sh\nulimit -f 0\nexec {program}\n"
KILLED = "#!/bin/sh\nkill -9 $$\n"


@pytest.fixture
def busy(tmp_path: Path) -> History:
    """Return a history of which the test tells what is pushed by git."""
    return History(tmp_path, "receipts").at("2026-03-30 09:00")


@pytest.fixture
def waiting(busy: History) -> History:
    """Return one in which wang-fang's summary waits to be approved."""
    busy.submits("wang-fang", SUMMARY, summary())
    return busy


def numbers(history: History) -> list[int]:
    """Return the numbers of the receipts, the first one first."""
    messages = (history.git("log", "-1", "--format=%B", it) for it in history.receipts)
    return [json.loads(it.splitlines()[-1])["number"] for it in messages]


@pytest.mark.parametrize("trust", LEVELS)
def test_a_submission_and_its_approval_over_git(trust: str, tmp_path: Path) -> None:
    history = History(tmp_path, trust).at("2026-03-30 09:00")
    with history.over_git():
        made = history.commit("wang-fang", {SUMMARY: summary()})
        said = history.push("wang-fang", {"submit/wang-fang/1": made})
        assert "回执，时间 2026-03-30 09:02" in said
        said = history.refused(lambda: history.approves("wang-fang", made))
        assert "没有收下" in said
        assert "自己" in said
        assert "pre-receive hook declined" in said
        history.approves("liu-yang", made)
    assert history.codes() == []


def test_two_pushes_of_main_at_once(waiting: History) -> None:
    """One wins; the other merges again upon what has won."""
    other = waiting.submits("zhao-lei", OTHERS, summary())
    branches = ["submit/wang-fang/1", other]
    with waiting.over_git(), ThreadPoolExecutor() as pool:
        merges = [waiting.merge("liu-yang", waiting.refs[it]) for it in branches]
        done = list(pool.map(lambda it: waiting.pushing("liu-yang", {MAIN: it}), merges))
        won = [merge for merge, it in zip(merges, done, strict=True) if it.returncode == 0]
        assert len(won) == 1
        assert waiting.git("rev-parse", "main") == won[0]
        assert numbers(waiting) == [1, 2, 3, 4]
        assert waiting.codes() == []
        waiting.refs["main"] = won[0]
        waiting.approves("liu-yang", branches[1 - merges.index(won[0])])
    assert numbers(waiting) == [1, 2, 3, 4, 5]
    assert waiting.codes() == []


def test_three_submissions_at_once(tmp_path: Path) -> None:
    """Each gets its receipt, and the chain stays one."""
    staff = ("wang-fang", "zhao-lei", "li-na")
    busy = History(tmp_path, "receipts", staff=" ".join(staff)).at("2026-03-30 09:00")
    with busy.over_git(), ThreadPoolExecutor() as pool:
        made = {it: busy.commit(it, {f"2026-Q1/summaries/{it}.yml": summary()}) for it in staff}
        busy.now += 60
        done = list(pool.map(lambda it: busy.pushing(it, {f"refs/heads/submit/{it}/1": made[it]}), staff))
    assert [it.returncode for it in done] == [0] * 3, [it.stderr for it in done]
    assert all("已登记第" in it.stderr for it in done)
    assert numbers(busy) == [1, 2, 3, 4]
    for it in staff:
        busy.refs[f"submit/{it}/1"] = made[it]
        busy.approves("liu-yang", made[it])
    assert busy.codes() == []


def spoil(history: History, script: str) -> str:
    """Put another script in the place of post-receive; return the right one."""
    hook = history.server / "hooks/post-receive"
    right = hook.read_text(encoding="utf-8")
    program = next(it for it in right.splitlines() if it.startswith("exec ")).removeprefix("exec ")
    hook.write_text(script.format(program=program), encoding="utf-8")
    return right


def repaired(history: History, reason: str) -> Done:
    """Do what the hint says."""
    when = datetime.fromtimestamp(history.now, BEIJING).isoformat()
    return pingshi("hook", "post-receive", "--repair", "--reason", reason, cwd=history.server, PINGSHI_CLOCK=when)


def unreceived(history: History, branch: str, script: str = KILLED) -> str:
    """Let liu-yang's approval be taken in, and its receipt fail; return what liu-yang reads."""
    right = spoil(history, script)
    with history.over_git():
        merge = history.merge("liu-yang", history.refs[branch])
        said = history.push("liu-yang", {"main": merge})
    assert history.git("rev-parse", "main") == merge
    (history.server / "hooks/post-receive").write_text(right, encoding="utf-8")
    return said


@pytest.mark.parametrize("trust", RECEIVING)
def test_a_hook_killed_between_the_update_and_the_receipt(trust: str, tmp_path: Path) -> None:
    """What was accepted stays; the audit finds the gap and says how to close it; closed, it stays visible.

    At `forge` nobody needs the receipt.
    """
    history = History(tmp_path, trust).at("2026-03-30 09:00")
    unreceived(history, history.submits("wang-fang", SUMMARY, summary()))
    found = history.audit().findings
    assert [it.code for it in found] == ["missing-receipt"]
    assert "pingshi hook post-receive --repair --reason" in found[0].hint
    assert "第 3 号回执" in repaired(history, "停电").out
    after = history.audit()
    assert after.findings == ()
    assert after.receipts is not None
    assert [(reason, steps) for _, reason, steps in after.receipts.gaps] == [("停电", 1)]
    assert any("停电" in it for it in after.notes)
    assert "不用补登" in repair(history.server, "再来一次", history.now)
    history.enters("zhao-lei", "liu-yang", OTHERS, summary())
    assert history.codes() == []


def test_a_full_disk_at_the_receipt(waiting: History) -> None:
    said = unreceived(waiting, "submit/wang-fang/1", FULL_DISK)
    assert "推送已经收下，内容没有丢" in said
    assert "--repair" in said
    assert waiting.codes() == ["missing-receipt"]
    repair(waiting.server, "磁盘写满", waiting.now)
    assert waiting.codes() == []


def test_a_gap_is_closed_after_others_have_pushed(waiting: History) -> None:
    """The gap lies in the middle; what came after it has its own receipts."""
    with waiting.bypass():
        waiting.approves("liu-yang", "submit/wang-fang/1")
    waiting.enters("zhao-lei", "liu-yang", OTHERS, summary())
    assert waiting.codes() == ["missing-receipt"]
    repair(waiting.server, "停电", waiting.now)
    assert waiting.codes() == []


def test_a_gap_does_not_hide_who_approved(waiting: History) -> None:
    """A receipt that is entered later knows no account and no time. What history itself tells is found all the same."""
    with waiting.bypass():
        waiting.approves("wang-fang", "submit/wang-fang/1")
    assert waiting.found() == ["missing-receipt -", f"self-approved {SUMMARY}"]
    repair(waiting.server, "管理员绕过", waiting.now)
    assert waiting.found() == [f"self-approved {SUMMARY}"]


def test_a_lock_left_behind(waiting: History) -> None:
    """Some process died while it held the receipts' lock: what is pushed is taken in, and somebody is told to look."""
    lock = waiting.server / "refs/pingshi/receipts.lock"
    lock.touch()
    with waiting.over_git():
        said = waiting.push("liu-yang", {"main": waiting.merge("liu-yang", waiting.refs["submit/wang-fang/1"])})
    assert "推送已经收下，内容没有丢" in said
    assert "receipts.lock" in said
    assert waiting.codes() == ["missing-receipt"]
    lock.unlink()
    repair(waiting.server, "锁没有清掉", waiting.now)
    assert waiting.codes() == []


def test_a_lock_that_somebody_holds_for_a_while(waiting: History) -> None:
    """Another push is just writing its receipt: this one waits."""
    lock = waiting.server / "refs/pingshi/receipts.lock"
    lock.touch()
    release = Timer(0.6, lock.unlink)
    release.start()
    waiting.approves("liu-yang", "submit/wang-fang/1")
    release.join()
    assert waiting.codes() == []


def test_a_server_that_has_lost_its_key(busy: History) -> None:
    (busy.server / "pingshi/receipts_ed25519").unlink()
    with busy.over_git():
        made = busy.commit("wang-fang", {SUMMARY: summary()})
        said = busy.push("wang-fang", {"submit/wang-fang/1": made})
    assert "推送已经收下，内容没有丢" in said
    assert numbers(busy) == [1]


def test_the_clock_is_set_in_demonstrations_only(busy: History) -> None:
    """Whoever pushes may say what they like about the time: a server's own clock counts. Other receipts say so."""
    found = busy.audit().receipts
    assert found is not None
    assert found.simulated
    busy.git("config", "pingshi.simulatedClock", "false")
    with busy.over_git():
        made = busy.commit("wang-fang", {SUMMARY: summary()})
        assert "2026-03-30" not in busy.push("wang-fang", {"submit/wang-fang/1": made})


def test_a_hook_that_fails_refuses(busy: History) -> None:
    """Whatever goes wrong before acceptance, nothing is taken in."""
    (busy.server / "hooks/pre-receive").write_text("#!/bin/sh\nexec /nowhere/python -m pingshi\n", encoding="utf-8")
    with busy.over_git():
        busy.refused(lambda: busy.submits("wang-fang", SUMMARY, summary()))
