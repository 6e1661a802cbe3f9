"""OpenSSH with one account for all, which tells the hooks by the key who it is, and `git-shell`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from end_to_end.hosting import SUMMARIES
from end_to_end.table import Known
from telling import SUMMARY

if TYPE_CHECKING:
    from end_to_end.colleagues import Desks
    from end_to_end.hosting import Host

pytestmark = pytest.mark.server


class TestOverGitShell(Known):
    """Accounts are those of the lines in authorized_keys, told in `GL_USER`."""

    kind = "shell"

    def test_a_branch_may_have_a_chinese_name(self, host: Host, desks: Desks) -> None:
        """Other than under gitolite, which tells the account in the same variable."""
        told = desks("wang-fang").submits("第一季度", {SUMMARIES["wang-fang"]: f"{SUMMARY}\n"})
        assert told.accepted, told.all
        assert "refs/heads/submit/wang-fang/第一季度 " in host.refs
