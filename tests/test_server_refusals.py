"""What a pusher reads where it isn't the judge's own finding: told so that a clerk knows what to do."""

from __future__ import annotations

import re
import subprocess
from functools import partial
from typing import TYPE_CHECKING

import pytest
from command import Done, pingshi
from simulator import SUMMARY, History, summary

from pingshi.server import Pusher, install, pre_receive

if TYPE_CHECKING:
    from pathlib import Path

NOTHING, SOMETHING = "0" * 40, "1" * 40


def judged(server: Path, branch: str, **environment: str) -> str:
    """Return why the first push of a branch is refused, by the environment that the hook finds."""
    lines = [f"{NOTHING} {SOMETHING} refs/heads/{branch}"]
    return "\n".join(str(it) for it in pre_receive(server, lines, Pusher.of(environment), 0))


def test_gitolite_is_not_asked_for_names_of_branches_that_it_does_not_take(tmp_path: Path) -> None:
    install(tmp_path / "r.git")
    branch = "submit/wang-fang/第一季度"
    assert judged(tmp_path / "r.git", branch, GL_USER="wang-fang", GL_REPO="records") == (
        f"分支名 {branch} 里有 gitolite 不认的字符\n  → 事由只用英文字母、数字、减号和点，如 submit/wang-fang/2026-q1"
    )
    other = "服务器上还没有 main，不能提交\n  → 请信息技术人员先推送 main（单位、人员和方案）"
    for env in ({}, {"GL_USER": "wang-fang"}, {"REMOTE_USER": "wang-fang"}):
        assert judged(tmp_path / "r.git", branch, **env) == other
    plain = "submit/wang-fang/2026-q1.v2"
    assert judged(tmp_path / "r.git", plain, GL_USER="wang-fang", GL_REPO="records") == other


def test_rosters_are_called_what_they_are(tmp_path: Path) -> None:
    history = History(tmp_path).at("2026-03-30 09:00")
    texts = history.office.texts
    for path, name in (("unit.yml", "示例局的单位资料"), ("people/zhao-lei.yml", "zhao-lei的人员资料")):
        told = history.refused(partial(history.submits, "wang-fang", path, f"{texts[path]}\n"))
        assert told.startswith(f"您不能改动{name}（records/u/{path}）；由督查指导科（qian-wei）填写\n")


def test_a_commit_at_fault_is_mended_itself(tmp_path: Path) -> None:
    """One more commit after it would be refused with it; what only the branch is wrong about, a commit can't mend."""
    history = History(tmp_path).at("2026-03-30 09:00")
    with history.over_git():
        theirs = history.commit("wang-fang", {"2026-Q1/summaries/zhao-lei.yml": "x: 1\n"})
        told = history.refused(lambda: history.push("wang-fang", {"submit/wang-fang/1": theirs}))
        assert told.count("git commit --amend 改") == 1
        assert "只在后面再补一个提交，服务器还是不收" in told
        told = history.refused(lambda: history.push("wang-fang", {"elsewhere": theirs}))
        assert "不能推送 elsewhere" in told
        assert "--amend" not in told


def test_main_is_told_apart_from_what_was_let_in(tmp_path: Path) -> None:
    """A refused push has changed nothing: it isn't told as if it had."""
    history = History(tmp_path).at("2026-03-30 09:00")
    made = history.commit("liu-yang", {"2026-Q1/summaries/liu-yang.yml": "x: 1\n"})
    told = history.refused(lambda: history.push("liu-yang", {"main": made}))
    assert "没有经过审核合并，是直接放到主线（main）上的" in told


def test_a_repair_elsewhere_says_where_it_belongs(tmp_path: Path) -> None:
    done = pingshi("hook", "post-receive", "--repair", "--reason", "停电", cwd=tmp_path)
    assert done == Done(
        3,
        "",
        f"没有补登：{tmp_path} 不是 git 仓库，没有历史可以核对\n要在服务器仓库的文件夹里、用这个文件夹所属的账号运行\n",
    )


def test_an_address_that_nobody_knows_is_told_with_what_mends_it(tmp_path: Path) -> None:
    history = History(tmp_path).at("2026-03-30 09:00")
    made = history.commit("wang", {SUMMARY: summary()})
    told = history.refused(lambda: history.offers("wang-fang", made, "submit/wang-fang/1"))
    assert told == (
        f"提交 {made[:10]}（提交）的作者是 wang <wang@u.example>（人员资料里没有登记这个邮箱），不是 wang-fang\n"
        "  → 先 git config user.email 人员资料里的邮箱，再 git commit --amend --reset-author --no-edit，重新推送"
    )


def test_of_very_many_refusals_the_first_are_told(tmp_path: Path) -> None:
    history = History(tmp_path).at("2026-03-30 09:00")
    made = history.commit("wang-fang", {f"2026-Q1/summaries/x{it}.yml": summary() for it in range(30)})
    with history.over_git():
        told = history.refused(lambda: history.offers("wang-fang", made, "submit/wang-fang/1"))
    numbers = [int(it) for it in re.findall(r"^remote: (\d+)\. ", told, re.MULTILINE)]
    assert numbers == list(range(1, 21))
    assert "还有 10 条没有列出；先改正上面这些" in told


@pytest.mark.parametrize(
    ("hook", "begins", "ends"),
    [
        ("pre-receive", "服务器检查时出错，没有收下：程序有错误", "请把这几行告诉信息技术人员"),
        (
            "post-receive",
            "推送已经收下，内容没有丢；但是没有登记回执：程序有错误",
            "请告诉信息技术人员：在服务器上查明原因以后，运行 pingshi hook post-receive --repair --reason 原因",
        ),
    ],
    ids=("before", "after"),
)
def test_a_fault_of_the_programs_own_is_told_to_the_pusher_first(
    hook: str, begins: str, ends: str, tmp_path: Path
) -> None:
    """With all of it, for whoever keeps the server; and it lets nothing in."""
    install(tmp_path / "r.git")
    done = subprocess.run(
        [tmp_path / "r.git" / "hooks" / hook],
        cwd=tmp_path / "r.git",
        input="nonsense\n",
        check=False,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
    first, *_, last = done.stderr.splitlines()
    assert (done.returncode, first, last) == (3, begins, ends)
    assert "Traceback" in done.stderr


def test_a_repository_without_a_key_says_what_became_of_the_push(tmp_path: Path) -> None:
    history = History(tmp_path).at("2026-03-30 09:00")
    history.git("config", "--unset", "pingshi.receiptKey")
    made = history.commit("wang-fang", {SUMMARY: summary()})
    with history.over_git():
        said = history.push("wang-fang", {"submit/wang-fang/1": made})
    assert "推送已经收下，内容没有丢；但是没有登记回执：这个仓库没有设置回执的密钥" in said
