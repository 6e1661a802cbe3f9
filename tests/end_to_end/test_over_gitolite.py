"""gitolite3 behind OpenSSH. Its own rules let the whole office in: what may be pushed is for our hooks to say."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
from end_to_end.colleagues import Colleague, listed
from end_to_end.gitolite import READER, STRANGER, run
from end_to_end.hosting import SUMMARIES
from end_to_end.remote import Remote
from end_to_end.table import untouched
from telling import SUMMARY

if TYPE_CHECKING:
    from pathlib import Path

    from end_to_end.colleagues import Desks
    from end_to_end.hosting import Host

pytestmark = pytest.mark.server


class TestOverGitolite(Remote):
    """Accounts are gitolite's, told in `GL_USER`; whoever has the key is let in."""

    kind = "gitolite"

    def test_those_read_who_may_and_no_others(self, host: Host) -> None:
        assert "refs/pingshi/receipts" in listed(host.url(READER), host.login(READER)).stdout
        done = listed(host.url(STRANGER), host.login(STRANGER))
        assert (done.returncode, done.stdout) == (128, "")
        assert "DENIED" in done.stderr

    def test_those_who_may_read_do_not_write(self, host: Host, tmp_path: Path) -> None:
        reader = Colleague("wang-fang", tmp_path, host, READER).desk()
        with untouched(host):
            told = reader.submits("x", {SUMMARIES["wang-fang"]: f"{SUMMARY}\n"})
        assert not told.accepted
        assert "DENIED" in told.all

    def test_nobody_gets_in_without_a_key(self, host: Host, tmp_path: Path) -> None:
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / "key")], check=True)
        known = host.login("liu-yang")["GIT_SSH_COMMAND"]
        command = known.replace(str(host.keys["liu-yang"]), str(tmp_path / "key"))
        assert command != known
        done = listed(host.url("liu-yang"), {"GIT_SSH_COMMAND": command})
        assert (done.returncode, done.stdout) == (128, "")
        assert "Permission denied (publickey)" in done.stderr

    def test_our_hooks_stay_when_gitolite_is_set_up_again(self, host: Host, desks: Desks) -> None:
        """As after an upgrade, or when its own hooks are repaired."""
        hooks = {it: (host.server / "hooks" / it).read_bytes() for it in ("pre-receive", "post-receive")}
        run(host.server.parent.parent, "setup")
        assert {it: (host.server / "hooks" / it).read_bytes() for it in hooks} == hooks
        assert (host.server / "hooks" / "update").is_symlink()  # gitolite's own
        assert "不能推送 x" in desks("wang-fang").begins("x").pushes("HEAD:refs/heads/x").refused

    def test_gitolite_takes_no_chinese_names_of_branches(self, host: Host, desks: Desks) -> None:
        """Its own refusal would be in English, and say nothing of what to do."""
        with untouched(host):
            told = desks("wang-fang").submits("第一季度", {SUMMARIES["wang-fang"]: f"{SUMMARY}\n"})
        assert told.refused == (
            "1. 分支名 submit/wang-fang/第一季度 里有 gitolite 不认的字符\n"
            "  → 事由只用英文字母、数字、减号和点，如 submit/wang-fang/2026-q1"
        )
