"""The server's repository as a folder that people write to, with and without something that asks for their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from end_to_end.hosting import SUMMARIES
from end_to_end.table import Beginning, Table
from telling import SUMMARY

from pingshi.audit import audit

if TYPE_CHECKING:
    from end_to_end.colleagues import Desks
    from end_to_end.hosting import Host

pytestmark = pytest.mark.server


class TestWithoutAccounts(Beginning):
    """Nobody is asked for a name."""

    kind = "files"

    def test_a_name_is_anybodys_word(self, host: Host, desks: Desks, waiting: str) -> None:
        """What names the right people is let in, whoever it is from, and the receipts name nobody."""
        assert host.via is None
        told = desks("liu-yang", "sun-qi").approves(waiting)
        assert told.accepted, told.all
        assert audit(host.server, remember=False).findings == ()


class TestWithAccounts(Table):
    """Something in front has asked for a name and tells it in `REMOTE_USER`."""

    kind = "accounts"

    def test_a_branch_may_have_a_chinese_name(self, host: Host, desks: Desks) -> None:
        told = desks("wang-fang").submits("第一季度", {SUMMARIES["wang-fang"]: f"{SUMMARY}\n"})
        assert told.accepted, told.all
        assert "refs/heads/submit/wang-fang/第一季度 " in host.refs
