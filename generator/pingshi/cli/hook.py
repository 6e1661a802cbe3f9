"""`hook`: what git calls on the server when somebody pushes. Whatever goes wrong before acceptance refuses the push."""

from __future__ import annotations

import os
import sys
import time
from datetime import datetime
from pathlib import Path
from traceback import format_exc
from typing import TYPE_CHECKING

from pingshi.cli.parser import ENVIRONMENT, FAULTY, FINE, USAGE, fail
from pingshi.history import Git, GitError, NoRepositoryError
from pingshi.server import Pusher, RegistryError, is_simulated, post_receive, repair
from pingshi.wording import in_words

if TYPE_CHECKING:
    import argparse

_CLOCK = "PINGSHI_CLOCK"
#: Whoever changed the line ends of every file needs not read of each.
_MOST_TOLD = 20
_AMEND = (
    "要改提交本身的：最后一个提交用 git commit --amend 改，更早的从最新的 main 新建分支重新提交；"
    "只在后面再补一个提交，服务器还是不收\n"
)


def hook(given: argparse.Namespace) -> int:
    """Run as a hook, in the bare repository that git has made the current folder."""
    if given.repair and given.name != "post-receive":
        fail("--repair 只用于 post-receive", USAGE)
    if given.repair and not (given.reason or "").strip():
        fail("补登回执要写明原因：--reason 原因", USAGE)
    folder = Path.cwd()
    if given.repair:
        return _repair(folder, given.reason.strip())
    try:
        now = _now(folder)
        lines = [it for it in sys.stdin.read().split("\n") if it]  # not at what else ends lines in Unicode
        run = _receipt if given.name == "post-receive" else _gate
        return run(folder, lines, Pusher.of(os.environ), now)
    except (GitError, NoRepositoryError, RegistryError) as error:
        return _failed(given.name, str(error))
    except OSError as error:
        where = f"（{error.filename}）" if error.filename else ""
        return _failed(given.name, f"{in_words(error)}{where}")
    except Exception:  # noqa: BLE001 -- a fault of ours: the pusher reads what became of the push, the rest is for us
        return _failed(given.name, f"程序有错误\n{format_exc()}".rstrip())


def _failed(name: str, reason: str) -> int:
    """Tell what became of a push that we could not deal with."""
    if name == "post-receive":
        says = f"推送已经收下，内容没有丢；但是没有登记回执：{reason}"
        todo = "请告诉信息技术人员：在服务器上查明原因以后，运行 pingshi hook post-receive --repair --reason 原因"
    else:
        says, todo = f"服务器检查时出错，没有收下：{reason}", "请把这几行告诉信息技术人员"
    sys.stderr.write(f"{says}\n{todo}\n")
    return ENVIRONMENT


def _repair(folder: Path, reason: str) -> int:
    try:
        done = repair(folder, reason, _now(folder))
    except (GitError, NoRepositoryError, RegistryError) as error:
        fail(f"没有补登：{error}\n要在服务器仓库的文件夹里、用这个文件夹所属的账号运行", ENVIRONMENT)
    sys.stdout.write(f"{done}\n")
    return FINE


def _gate(folder: Path, lines: list[str], pusher: Pusher, now: int) -> int:
    from pingshi.server import pre_receive  # noqa: PLC0415 -- all the models, which a receipt needs not

    reminders: list[str] = []
    refusals = pre_receive(folder, lines, pusher, now, reminders.append)
    if refusals:
        sys.stderr.write("没有收下，请按下面的提示修改后重新推送：\n")
        for number, it in enumerate(refusals[:_MOST_TOLD], 1):
            sys.stderr.write(f"{number}. {it}\n")
        if len(refusals) > _MOST_TOLD:
            sys.stderr.write(f"还有 {len(refusals) - _MOST_TOLD} 条没有列出；先改正上面这些\n")
        if any(it.of_commit for it in refusals):
            sys.stderr.write(_AMEND)
        return FAULTY
    for told in dict.fromkeys(reminders):
        sys.stderr.write(f"提醒：{told}\n")
    return FINE


def _receipt(folder: Path, lines: list[str], pusher: Pusher, now: int) -> int:
    told = post_receive(folder, lines, pusher, now)
    sys.stderr.write(f"{told}\n" if told else "")
    return FINE


def _now(folder: Path) -> int:
    """Return the server's time; in a demonstration's repository, and only there, one that was set."""
    said = os.environ.get(_CLOCK)
    if said and is_simulated(Git(folder)):
        return int(datetime.fromisoformat(said).timestamp())
    return int(time.time())
