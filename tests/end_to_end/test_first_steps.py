"""A bureau's first steps on a server of its own, as `pingshi init --server` tells them, by the machine's own clock."""

from __future__ import annotations

import shlex
import subprocess
import time
from typing import TYPE_CHECKING

import pytest
from command import environment, pingshi

from pingshi.audit import audit
from pingshi.history import RECEIPTS, Git, read_receipts

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.server
PAST = "2020-01-01T00:00:00+08:00"


def run(folder: Path, command: str) -> str:
    """Run a command line in a folder, with a clock that somebody would like to set; return what is said."""
    named = {f"GIT_{it}_{what}": "it" for it in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    done = subprocess.run(
        shlex.split(command),
        cwd=folder,
        env=environment(PINGSHI_CLOCK=PAST, **named),
        check=False,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
    assert done.returncode == 0, f"{command}\n{done.stderr}"
    return done.stdout + done.stderr


def test_a_bureau_begins_as_the_colleague_is_told(tmp_path: Path) -> None:
    server, bureau = tmp_path / "records.git", tmp_path / "shenpiju"
    told = pingshi("init", "--server", "records.git", cwd=tmp_path).out
    lines = [it.strip().replace("服务器地址", f"file://{server}") for it in told.splitlines()]
    made = pingshi(
        "init", "shenpiju", "--scheme", "qufu-approval", "--name", "示例市某局", "--from", "2026-Q3", cwd=tmp_path
    )
    assert made.status == 0, made.err
    unit = bureau / "records/shenpiju/unit.yml"
    trust = next(it for it in lines if it.startswith("trust: "))
    unit.write_text(f"{unit.read_text(encoding='utf-8')}{trust}\n", encoding="utf-8")
    for command in ("git init -q -b main", "git add -A", "git commit -q -m 启用"):
        run(bureau, command)
    before = int(time.time())
    said = "".join(run(bureau, it) for it in lines if it.startswith("git "))
    after = int(time.time())
    assert "remote: 已登记第 1 号回执，时间 " in said
    git = Git(bureau)
    (first,) = read_receipts(git, git.text("rev-parse", RECEIPTS))
    assert first.receipt is not None
    assert before <= first.receipt.time <= after
    assert not first.receipt.simulated
    found = audit(bureau, remember=False)
    assert found.findings == ()
    assert found.receipts is not None
    assert found.receipts.anchored
    enter, _, repair = lines[-1].partition(" && ")
    assert shlex.split(enter) == ["cd", str(server)]
    assert pingshi(*shlex.split(repair)[1:], cwd=server).out == "main 的每一次更新都有回执，不用补登\n"
