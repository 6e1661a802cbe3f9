"""What is asked of a server far away besides: leaders sign, many push at once, and nobody names themselves."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from end_to_end.hosting import STAFF, SUMMARIES, account_of
from end_to_end.table import Table, untouched
from telling import SUMMARY

from pingshi.audit import audit
from pingshi.history import RECEIPTS
from pingshi.server.result import ACCOUNTS as VARIABLES

if TYPE_CHECKING:
    from end_to_end.colleagues import Desks
    from end_to_end.hosting import Host


class Remote(Table):
    """A server on another machine than those who push, at the highest level of trust."""

    def test_leaders_sign(self, host: Host, desks: Desks, waiting: str) -> None:
        """With a key that the roster lists as theirs."""
        liu = desks("liu-yang").merges(waiting, "--no-ff")
        with untouched(host):
            assert liu.pushes("main").refused == (
                f"1. liu-yang的审核（合并 {liu.head}）没有签名\n"
                "  → 合并时签名：git merge --no-ff -S；先配置 gpg.format=ssh 和 user.signingKey"
            )
        liu.git("-c", f"user.signingKey={host.keys['sun-qi']}", "commit", "-q", "--amend", "--no-edit", "-S")
        with untouched(host):
            assert liu.pushes("main").refused == (
                f"1. liu-yang的审核（合并 {liu.head}）的签名是sun-qi的密钥签的\n"
                "  → 用登记在人员资料里的密钥签名；换了密钥的，先请人事部门登记新公钥"
            )

    def test_three_at_once_get_a_receipt_each(self, host: Host, desks: Desks) -> None:
        report = "done: [窗口受理]\nundone: []\n"
        people = [desks(it).begins("2026-03").writes({f"2026-03/reports/{it}.yml": report}) for it in STAFF]
        with ThreadPoolExecutor(len(people)) as pool:
            told = list(pool.map(lambda it: it.pushes("HEAD"), people))
        assert all(it.accepted for it in told), told
        assert len({it.says for it in told}) == len(told)
        found = audit(host.server, remember=False)
        assert found.findings == ()
        assert found.receipts is not None
        assert found.receipts.count == int(host.git("rev-list", "--count", RECEIPTS))

    def test_a_client_cant_tell_the_server_who_it_is(self, host: Host, desks: Desks) -> None:
        """The variables that name the account are the server's; set at somebody's desk they mean nothing."""
        impostor = desks("wang-fang", account_of("zhao-lei"))
        impostor.begins("y").writes({SUMMARIES["wang-fang"]: f"{SUMMARY}\n"})
        impostor.pretends = dict.fromkeys(VARIABLES, "wang-fang")
        with untouched(host):
            refused = impostor.pushes("HEAD:submit/wang-fang/y").refused
        impostor.pretends = {}
        assert refused.startswith(f"1. 提交 {impostor.head}（提交）的作者是 wang-fang，登录的账号却是 zhaolei\n")
