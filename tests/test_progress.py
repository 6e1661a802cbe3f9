"""Long work shows on a terminal how far it is, leaves no trace, and is quiet in a pipe."""

from __future__ import annotations

import contextlib
import io
import os
import pty
import re
import subprocess
import sys
from typing import TYPE_CHECKING

from command import ROOT, environment, pingshi

from pingshi.cli.progress import shown

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


class Terminal(io.StringIO):
    """A standard error that somebody looks at."""

    def isatty(self) -> bool:
        """Tell that it is one."""
        return True


def test_a_bar_grows_and_is_wiped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    with shown("检查") as progress:
        assert progress is not None
        for done in range(1, 41):
            progress(done, 40)
    told = terminal.getvalue().split("\r")
    assert told[1] == "检查 [                         ]   2%"
    assert told[-3] == "检查 [#########################] 100%"
    assert (told[-2].strip(), told[-1]) == ("", "")


def test_what_is_over_at_once_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    with shown("检查") as progress:
        assert progress is not None
        progress(3, 3)
    assert terminal.getvalue() == ""


def test_in_a_pipe_there_is_nothing_to_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with shown("检查") as progress:
        assert progress is None


def _everything(terminal: int) -> str:
    """Return what is written to a terminal until the other side closes it."""
    said = b""
    with contextlib.suppress(OSError):
        while more := os.read(terminal, 65536):
            said += more
    os.close(terminal)
    return said.decode()


def test_a_build_counts_its_pages_on_a_terminal_only(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "pingshi", "build", "--out", str(tmp_path / "site"), "--repo", str(ROOT)]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs, env=environment())
    os.close(theirs)
    said = _everything(ours)
    out, _ = running.communicate()
    percents = [int(it) for it in re.findall(r"生成网页 \[#* *\] +(\d+)%", said)]
    assert percents == sorted(percents)
    assert percents[-1] == 100
    assert said.endswith(f"网站已生成：{tmp_path}/site/index.html\r\n")
    assert (running.returncode, out) == (0, b"")
    assert pingshi("build", "--out", str(tmp_path / "site"), repo=ROOT).err == ""
