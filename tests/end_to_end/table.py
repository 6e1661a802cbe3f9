"""Who may push what, whatever the server: as the table of design §4 says, and as the pusher reads it.

A test class for each kind of server inherits these. What is refused leaves no trace on the server.
"""

from __future__ import annotations

import shlex
from contextlib import contextmanager
from typing import TYPE_CHECKING, ClassVar

import pytest
from command import pingshi
from end_to_end.hosting import SECONDS, SUMMARIES, account_of, blocks
from telling import SUMMARY

from pingshi.audit import audit
from pingshi.history import RECEIPTS, Git, read_receipts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from end_to_end.colleagues import Desks
    from end_to_end.hosting import Host

    from pingshi.audit import Act

ELSE = (
    "  → 请上面写的人用自己的账号和人员资料里的邮箱（git config user.email）合并；"
    "职务或者账号（git.accounts）登记有误的，先请人事部门改正"
)
DUE = f"应当由主管领导（liu-yang）审核\n{ELSE}"


@contextmanager
def untouched(host: Host) -> Iterator[None]:
    """Make sure that not one branch of the server moves."""
    before = host.refs
    yield
    assert host.refs == before


def done(act: Act | None) -> tuple[str | None, int, str, bool]:
    """Return who did it, when, how signed, and whether the time is the server's."""
    assert act is not None
    return act.by, act.at, act.signature, act.received


class Beginning:
    """What holds even where the server asks nobody for a name."""

    kind: ClassVar[str]

    def test_a_summary_is_submitted_approved_received_and_audited(self, host: Host, desks: Desks) -> None:
        submitted = desks("wang-fang").submits("2026-q1", {SUMMARIES["wang-fang"]: SUMMARY})
        approved = desks("liu-yang").approves("submit/wang-fang/2026-q1")
        for told in (submitted, approved):
            assert told.accepted, told.all
            assert told.says.startswith("已登记第 ")
            assert told.says.endswith(" 号回执，时间 2026-03-30 09:00")
        found = audit(host.server, remember=False)
        assert found.findings == ()
        record = next(it for it in found.records if it.path == f"records/u/{SUMMARIES['wang-fang']}")
        signed = "good" if host.trust == "signatures" else "none"
        assert done(record.latest.submitted) == ("wang-fang", SECONDS, "none", True)
        assert done(record.latest.approved) == ("liu-yang", SECONDS, signed, True)

    def test_receipts_name_the_account_that_the_server_let_in(self, host: Host, desks: Desks) -> None:
        desks("zhao-lei").submits("2026-q1", {SUMMARIES["zhao-lei"]: SUMMARY})
        git = Git(host.server)
        *_, last = read_receipts(git, git.text("rev-parse", RECEIPTS))
        assert last.receipt is not None
        assert [it.ref for it in last.receipt.updates] == ["refs/heads/submit/zhao-lei/2026-q1"]
        assert (last.receipt.pusher, last.receipt.via) == ("zhaolei" if host.via else None, host.via)

    def test_receipts_can_be_fetched_and_checked_by_whoever_may_read(self, host: Host, desks: Desks) -> None:
        """By the very command that `init --server` told the IT colleague."""
        told = pingshi("init", "--server", str(host.server)).out
        command = next(it.strip() for it in told.splitlines() if it.strip().startswith("git fetch "))
        auditor = desks("wu-gang")
        auditor.git(*shlex.split(command)[1:])
        auditor.git("pull", "-q", "--ff-only")
        here, there = audit(auditor.clone, remember=False), audit(host.server, remember=False)
        assert here == there
        assert here.receipts is not None
        assert here.receipts.anchored
        assert here.findings == ()

    def test_nobody_writes_receipts(self, host: Host, desks: Desks) -> None:
        says = "refs/pingshi/receipts 由服务器登记回执，任何人都不能推送"
        for person, what in (("wang-fang", ":refs/pingshi/receipts"), ("zhou-min", "+HEAD:refs/pingshi/receipts")):
            with untouched(host):
                refused = desks(person).pushes(what).refused
            assert refused == f"1. {says}\n  → 去掉这一项再推送；只推送自己的分支：git push origin 分支名"

    def test_main_takes_merges_only(self, host: Host, desks: Desks, waiting: str) -> None:
        """Neither what somebody writes there, nor a submission that is just moved along."""
        direct = desks("wang-fang").updated().begins("x").writes({SUMMARIES["wang-fang"]: f"{SUMMARY}\n"})
        forward = desks("liu-yang").merges(waiting, "--ff-only")
        for who, person in ((direct, "wang-fang"), (forward, "sun-qi")):
            with untouched(host):
                assert who.pushes("HEAD:main").refused == (
                    f"1. {person} <{person}@u.example>的提交 {who.head} 没有经过审核合并，是直接放到主线（main）上的，"
                    f"改动了{person}2026年第一季度个人小结\n"
                    "  → 不要直接改 main：先推送到自己的分支（git push origin HEAD:submit/自己的代号/事由），"
                    "再请有权审核的人用 git merge --no-ff 合并"
                )

    def test_main_is_neither_rewritten_nor_deleted(self, host: Host, desks: Desks) -> None:
        leader = desks("zhou-min")
        leader.git("switch", "-q", "--discard-changes", "-C", "main", "origin/main")
        leader.git("commit", "-q", "--amend", "-m", "另一段历史")
        with untouched(host):
            assert leader.pushes("--force", "main").refused == (
                "1. 不能强行改写 main：已有的历史不能改、不能丢\n"
                "  → 先用 git branch 备份 留下自己的改动，再 git fetch、git reset --hard origin/main，"
                "重新合并以后推送；要更正的，另写新的记录"
            )
            assert leader.pushes("--delete", "main").refused == (
                "1. 不能删除 main：它是全部考核记录的历史\n  → 什么也不用做；main 会留着"
            )


class Known(Beginning):
    """What holds besides where everybody has an account."""

    def test_whoever_logs_in_writes_in_no_other_name(self, host: Host, desks: Desks) -> None:
        """A name written into a commit is anybody's word; the account is the server's."""
        impostor = desks("wang-fang", account_of("zhao-lei"))
        impostor.begins("x").writes({SUMMARIES["wang-fang"]: f"{SUMMARY}\n"})
        with untouched(host):
            assert impostor.pushes("HEAD:submit/wang-fang/x").refused == (
                f"1. 提交 {impostor.head}（提交）的作者是 wang-fang，登录的账号却是 zhaolei\n"
                "  → 用本人的账号推送；账号对不上人的，请人事部门在人员资料的 git.accounts 里登记"
            )

    def test_whoever_logs_in_approves_in_no_other_name(self, host: Host, desks: Desks, waiting: str) -> None:
        with untouched(host):
            assert desks("liu-yang", account_of("sun-qi")).approves(waiting).refused == (
                f"1. sun-qi2026年第一季度个人小结写的审核人是liu-yang，推送的账号却是 sun-qi\n{ELSE}"
            )

    def test_the_commands_of_the_page_for_the_server_work(self, host: Host, desks: Desks) -> None:
        """Handing in, approving, fetching receipts and auditing, word for word as the IT colleague passes them on."""
        assert host.guide is not None
        hand_in, approve = blocks(host.guide, "work")
        (receipts,) = blocks(host.guide, "receipts")
        wang, leader, auditor = desks("wang-fang"), desks("he-jun"), desks("wu-gang")
        report = wang.clone / "records/u/2026-02/reports/wang-fang.yml"
        for command in hand_in:
            if command == "git add -A":
                wang.git("clean", "-q", "-d", "--force")
                report.parent.mkdir(parents=True, exist_ok=True)
                report.write_text("done: [窗口受理]\nundone: []\n", encoding="utf-8")
            wang.git(*shlex.split(command)[1:])
        for command in approve:
            leader.git(*shlex.split(command)[1:])
        *fetch, look = receipts
        for command in (*fetch, "git pull -q --ff-only"):
            auditor.git(*shlex.split(command)[1:])
        done = pingshi(*shlex.split(look)[1:], cwd=auditor.clone)
        assert (done.status, done.err) == (0, ""), done
        here = audit(auditor.clone, remember=False)
        assert here == audit(host.server, remember=False)
        assert f"records/u/2026-02/reports/{wang.person}.yml" in {it.path for it in here.records}


class Table(Known):
    """All that the table says of files, branches and merges."""

    def test_somebody_elses_files_are_left_alone(self, host: Host, desks: Desks) -> None:
        files = {SUMMARIES["zhao-lei"]: SUMMARY, "unit.yml": "name: 别的局\n", "people/wang-fang.yml": "name: 王芳\n"}
        with untouched(host):
            refused = desks("wang-fang").submits("x", files).refused
        assert (
            refused
            == """\
1. 您不能改动zhao-lei2026年第一季度个人小结（records/u/2026-Q1/summaries/zhao-lei.yml）；由本人（zhao-lei）填写
  → 从这次提交里去掉这个文件，请应当填写的人来改
2. 您不能改动wang-fang的人员资料（records/u/people/wang-fang.yml）；由督查指导科（qian-wei）填写
  → 从这次提交里去掉这个文件，请应当填写的人来改
3. 您不能改动示例局的单位资料（records/u/unit.yml）；由督查指导科（qian-wei）填写
  → 从这次提交里去掉这个文件，请应当填写的人来改"""
        )

    def test_a_record_with_an_error_is_not_taken_in(self, host: Host, desks: Desks) -> None:
        with untouched(host):
            refused = desks("wang-fang").submits("x", {SUMMARIES["wang-fang"]: f"{SUMMARY}grade: 好\n"}).refused
        says = "1. records/u/2026-Q1/summaries/wang-fang.yml 第 9 行：没有“grade”这个键\n  → 多余就删掉；"
        assert refused.startswith(says)

    def test_branches_that_the_server_has_no_place_for(self, host: Host, desks: Desks) -> None:
        names = ("HEAD:refs/heads/q1", "HEAD:refs/heads/submit/WF/q1", "HEAD:refs/tags/v1")
        with untouched(host):
            refused = desks("wang-fang").begins("x").pushes(*names).refused
        how = "  → 新建分支 submit/自己的代号/事由，推送以后请有权审核的人合并到 main"
        assert refused.splitlines() == [
            "1. 不能推送 q1：这里只有 main 和提交用的分支",
            how,
            "2. 分支名 submit/WF/q1 不合规定",
            how,
            "3. 不能推送 refs/tags/v1：这里只有 main 和提交用的分支",
            how,
        ]

    def test_a_branch_of_somebody_elses(self, host: Host, desks: Desks) -> None:
        wang = desks("wang-fang").begins("x").writes({SUMMARIES["wang-fang"]: f"{SUMMARY}\n"})
        with untouched(host):
            assert wang.pushes("HEAD:refs/heads/submit/zhao-lei/x").refused == (
                f"1. 提交 {wang.head}（提交）的作者是 wang-fang <wang-fang@u.example>，不是 zhao-lei\n"
                "  → 分支名里写的是 zhao-lei；自己的内容推送到 submit/wang-fang/事由"
            )

    def test_what_was_handed_in_is_neither_rewritten_nor_taken_back(
        self, host: Host, desks: Desks, waiting: str
    ) -> None:
        sun = desks("sun-qi")
        sun.git("switch", "-q", "--discard-changes", "-C", waiting, f"origin/{waiting}")
        sun.git("commit", "-q", "--amend", "-m", "改过的")
        with untouched(host):
            assert sun.pushes("--force", waiting).refused == (
                f"1. 不能改写已经推送的 {waiting}：领导可能已经看过\n"
                "  → 先 git fetch 取回原来的提交，在它后面接着提交；或者换一个分支名"
            )
            assert sun.pushes("--delete", waiting).refused == (
                f"1. {waiting} 还没有合并，不能删除：交过的材料要留着\n"
                "  → 不用的分支放着不管即可；内容要改的，在原来的提交后面接着提交"
            )

    @pytest.mark.parametrize(
        ("person", "says"),
        [
            ("sun-qi", "由sun-qi自己提交，又自己审核\n  → 请别的有权审核的人来合并"),
            ("zhao-lei", f"由zhao-lei审核；{DUE}"),
            ("zhou-min", f"由zhou-min审核；{DUE}"),
        ],
        ids=("themselves", "a colleague", "another leader"),
    )
    def test_who_does_not_approve(self, person: str, says: str, host: Host, desks: Desks, waiting: str) -> None:
        """Neither oneself, nor a colleague, nor a leader of other people."""
        with untouched(host):
            assert desks(person).approves(waiting).refused == f"1. sun-qi2026年第一季度个人小结{says}"

    def test_a_merge_that_changes_what_was_submitted(self, host: Host, desks: Desks, waiting: str) -> None:
        liu = desks("liu-yang").merges(waiting)
        (liu.clone / "records/u" / SUMMARIES["sun-qi"]).write_text(f"{SUMMARY}\n# 改过\n", encoding="utf-8")
        liu.git("commit", "-q", "--amend", "--no-edit", "--all", *liu.signing)
        with untouched(host):
            assert liu.pushes("main").refused == (
                f"1. 合并 {liu.head} 的结果与提交的内容不一样：sun-qi2026年第一季度个人小结\n"
                "  → 先 git reset --hard origin/main，再 git merge --no-ff 一个提交分支，合并时不改动任何内容；"
                "有冲突的，请填写人先更新分支"
            )
