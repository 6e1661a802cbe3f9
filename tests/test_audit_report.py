"""An audit told to people: what was audited, what departs from the rules and what to do, how far the rest is proved.

`PINGSHI_BLESS=1 pytest tests/test_audit_report.py` rewrites the golden reports: read the difference.
"""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import blessed
import pytest
from audits import Story, at, commit
from command import environment, pingshi
from office import UNIT, Office
from sites import save

from pingshi.audit import CODES, Audit, Receipts, grouped, narrowed, report
from pingshi.audit import audit as audited
from pingshi.periods import Period

if TYPE_CHECKING:
    from pingshi.audit import TrustLevel

GOLDEN = Path(__file__).parent / "golden" / "audit"
SUMMARY, LOG, PLAN = "2026-Q1/summaries/wang-fang.yml", "2026-01/logs/wang-fang.yml", "2026-04/plans/zhao-lei.yml"
ESCAPES = "\x1b[31m\x07\x9b2J\r\u202e\u2066\u200b\u2028\udc80"


def office() -> Office:
    """Two people and their leaders, with names."""
    made = Office("qufu-approval", staff="")
    for person, name in {"wang-fang": "王芳", "zhao-lei": "赵磊"}.items():
        made.person(person, name=name)
    for person, name in {"he-jun": "何军", "zhou-min": "周敏", "qian-wei": "钱伟"}.items():
        made.person(person, name=name, leader="true")
    return made


def story() -> Story:
    """A quarter in which one thing of each sort went wrong."""
    told = Story(office()).begun("unit.yml", "people/wang-fang.yml", "people/zhao-lei.yml")
    told.record(SUMMARY, "wang-fang", "he-jun", "04-08 15:00", signature="good")
    told.record("2026-Q1/summaries/zhao-lei.yml", "zhao-lei", "zhao-lei", "04-01 09:00")
    told.record(LOG, "wang-fang", None, "02-01 09:00", received=False)
    told.record("2026-Q1/determination.yml", "qian-wei", "zhou-min", "04-09 09:00", signature="good", says="审定")
    told.record(
        "2026-Q1/determination.yml", "qian-wei", "Zhou Min <zm@home.example>", "04-20 09:00", says="更正：赵磊应为一般"
    )
    told.finding(
        "late", SUMMARY, "王芳的个人小结应当在 2026-04-05 以前交，2026-04-08 才交", "如实说明原因", "04-08 15:00"
    )
    told.finding("self-approved", "2026-Q1/summaries/zhao-lei.yml", "赵磊的个人小结由赵磊自己审核", "由别人重新审核")
    for path in (LOG, "2026-01/logs/zhao-lei.yml", "2026-02/logs/zhao-lei.yml"):
        told.finding("direct-push", path, "赵磊的提交没有经过审核合并", "由有权审核的人补审", "02-01 09:00", of="push")
    told.finding("direct-push", LOG, "赵磊的提交没有经过审核合并", "由有权审核的人补审", "02-03 09:00", of="again")
    told.finding("wrong-author", PLAN, "赵磊的工作计划由王芳提交", "由赵磊重新提交")
    told.finding("wrong-approver", "unit.yml", "单位资料由何军审核，应当由周敏审核", "由周敏重新审核")
    told.finding("wrong-approver", "/schemes/qufu-approval/scheme.yml", "考核方案由何军审核", "由周敏重新审核")
    told.finding("missing-receipt", None, "main 的一步没有回执", "请信息技术人员补登", None, of="step")
    return told


def text(audit: Audit, *, everything: bool = False) -> str:
    """Return the report as it is printed."""
    return "".join(f"{line}\n" for line in report(audit, everything=everything))


@pytest.mark.parametrize(
    ("name", "everything"), [("found", False), ("everything", True)], ids=["what was found", "all records"]
)
def test_a_report_reads_like_this(name: str, everything: bool) -> None:  # noqa: FBT001 -- a case's value
    made = story().audit("signatures", notes=("有的回执用的是演示时钟，不是真正的时间。",))
    blessed.same(GOLDEN / f"{name}.txt", text(made, everything=everything), "tests/test_audit_report.py")


def test_a_sound_history_is_told_as_one() -> None:
    told = Story(office()).begun("unit.yml").record(SUMMARY, "wang-fang", "he-jun", "04-01 09:00")
    assert text(told.audit()) == (
        f"核对了主线（main）到提交 {commit('head')[:10]} 为止的历史：主线更新 8 次，共 15 个提交；"
        "现有记录最近一次审核在 2026-04-01 10:00\n"
        "示例局的可信程度：服务器回执。记录每更新一次，服务器都出具一份带时间、带签名、首尾相连的回执；"
        "是否逾期以回执的时间为准。\n"
        "时间：以服务器的回执为准。\n"
        f"回执：共 7 份，到 {commit('receipts')[:10]} 为止；签名的密钥：SHA256:abc\n"
        "\n"
        "没有发现不符合规定的地方。\n"
        "\n"
        f"起始提交 {commit('root')[:10]} 带来单位资料、人员资料、方案和设置，没有人审核；"
        "起始提交允许这样，里面的内容请单位自己核对。\n"
    )


@pytest.mark.parametrize(
    ("level", "says"),
    [
        ("forge", "示例局的可信程度：平台记载。谁审核、什么时候审核，只凭代码平台或者服务器上的记载"),
        ("receipts", "示例局的可信程度：服务器回执。记录每更新一次，服务器都出具一份带时间、带签名、首尾相连的回执"),
        ("signatures", "示例局的可信程度：回执加本人签名。除了服务器的回执，领导审核时还要用本人登记的密钥签名"),
    ],
)
def test_the_level_of_trust_is_told_in_words(level: TrustLevel, says: str) -> None:
    assert says in text(Story(office()).audit(level))


def test_without_receipts_the_report_says_whose_word_the_times_are() -> None:
    lines = text(story().audit("forge", receipts=False)).splitlines()
    assert lines[2:4] == ["时间：都是提交人自己电脑上的。", ""]


def test_the_same_message_for_many_paths_is_said_once_with_the_paths_and_each_commit() -> None:
    january = [it for it in grouped(story().findings) if it.scope.period == Period.parse("2026-01")]
    (group,) = january
    (said,) = group.told
    assert (group.code, said.message) == ("direct-push", "赵磊的提交没有经过审核合并")
    assert [(it.commit, it.at, it.paths) for it in said.occasions] == [
        (commit("push"), at("02-01 09:00"), (f"records/{UNIT}/{LOG}", f"records/{UNIT}/2026-01/logs/zhao-lei.yml")),
        (commit("again"), at("02-03 09:00"), (f"records/{UNIT}/{LOG}",)),
    ]


def test_every_finding_is_told_whatever_it_is_about() -> None:
    """None is lost in grouping, not even one of a path that is no record's."""
    told = story().finding("bad-merge", "/.gitattributes", "合并动了别的内容", "重新提交")
    told.finding("bad-merge", "/schemes/../x", "合并动了别处", "重新提交")
    told.finding("bad-merge", "nowhere/a/b/c.yml", "合并动了别的文件", "重新提交")
    for code in CODES:
        told.finding(code, None, f"{code} 的一例", "查明原因", of=code)
    shown = text(told.audit())
    assert [it.message for it in told.findings if it.message not in shown] == []
    assert sum(len(one.occasions) for it in grouped(told.findings) for one in it.told) <= len(told.findings)
    assert f"发现 {len(told.findings)} 处不符合规定的地方：" in shown


def test_findings_are_in_the_order_of_unit_then_its_files_then_its_periods() -> None:
    scopes = [str(it.scope.period or it.scope.scheme or it.scope.unit) for it in grouped(story().findings)]
    assert scopes == ["None", "qufu-approval", "u", "2026-01", "2026-02", "2026-Q1", "2026-Q1", "2026-04"]


@pytest.mark.parametrize(
    ("unit", "period", "left"),
    [
        (None, None, 10),
        (UNIT, None, 10),
        ("another", None, 2),
        (UNIT, "2026-Q1", 7),
        (UNIT, "2026-01", 4),
        (None, "2026-04", 2),
        (None, "2026", 8),
    ],
)
def test_one_unit_or_period_can_be_asked_for_and_what_concerns_everything_stays(
    unit: str | None, period: str | None, left: int
) -> None:
    whole = story().audit()
    found = narrowed(whole, unit, Period.parse(period) if period else None)
    assert len(found.findings) == left
    assert any(it.code == "missing-receipt" for it in found.findings)
    assert {it.path for it in found.records} <= {it.path for it in whole.records}
    if period == "2026-01":
        assert [it.path for it in found.records] == [f"records/{UNIT}/{LOG}"]


def test_nothing_written_into_a_commit_reaches_the_terminal_as_a_control_or_turns_text_around() -> None:
    told = story()
    told.names["wang-fang"] = f"王{ESCAPES}芳"
    told.record(f"2026-Q1/objections/{ESCAPES}.yml", "wang-fang", f"x{ESCAPES}", says=f"合并{ESCAPES}")
    told.record(f"2026-Q1/objections/{ESCAPES}.yml", "wang-fang", f"x{ESCAPES}", says=f"再合并{ESCAPES}")
    told.finding("late", f"2026-Q1/{ESCAPES}.yml", f"晚了{ESCAPES}", f"说明{ESCAPES}")
    chain = Receipts(commit("receipts"), 1, (f"SHA256:{ESCAPES}",), anchored=False, gaps=(), simulated=False)
    made = replace(told.audit(notes=(f"注意{ESCAPES}",)), receipts=chain, units={UNIT: f"示例{ESCAPES}局"})
    lines = list(report(made, everything=True))
    assert [line for line in lines if not line.isprintable()] == []
    assert "⟨U+202E⟩" in "".join(lines)


def test_somebody_whom_the_roster_did_not_know_is_told_as_one() -> None:
    shown = text(story().audit(), everything=True)
    assert "Zhou Min <zm@home.example>（当时的人员资料里没有登记），2026-04-20 10:00" in shown


# --- the command ----------------------------------------------------------------------------


def git(root: Path, *arguments: str, **env: str) -> str:
    """Run git as somebody known to nobody."""
    who = {f"GIT_{it}_{key}": value for it in ("AUTHOR", "COMMITTER") for key, value in NOBODY.items()}
    done = subprocess.run(
        ["git", *arguments], cwd=root, env=environment(**(who | env)), check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


NOBODY = {"NAME": "office", "EMAIL": "office@approval.example", "DATE": "2026-01-05T09:00:00+08:00"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository whose main has its beginning and nothing else."""
    folder = save(office(), tmp_path / "repository")
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message=开始")
    return folder


def push_directly(root: Path, message: str = "改一下", **env: str) -> str:
    """Commit on main itself, which nobody approves; return the commit."""
    plan = root / "records" / UNIT / "2026-01" / "plans" / "wang-fang.yml"
    plan.parent.mkdir(parents=True, exist_ok=True)
    plan.write_text(f"tasks: [{{id: t1, ledger: plan, content: {len(message)}, due: 2026-01-20}}]\n", encoding="utf-8")
    git(root, "add", ".")
    git(root, "commit", "--quiet", f"--message={message}", **env)
    return git(root, "rev-parse", "HEAD")


def test_a_history_without_findings_is_fine(root: Path) -> None:
    done = pingshi("audit", repo=root)
    assert (done.status, done.err) == (0, "")
    assert "没有发现不符合规定的地方。\n" in done.out
    assert done.out.startswith(
        f"核对了主线（main）到提交 {git(root, 'rev-parse', 'HEAD')[:10]} 为止的历史：主线更新 1 次"
    )


def test_a_finding_is_told_and_is_a_fault_of_the_data(root: Path) -> None:
    before = git(root, "rev-parse", "HEAD")
    pushed = push_directly(root)
    done = pingshi("audit", repo=root)
    assert (done.status, done.err) == (1, "")
    assert f"提交 {pushed[:10]}" in done.out
    assert "records/u/2026-01/plans/wang-fang.yml（wang-fang2026年1月工作计划台账）" in done.out
    assert pingshi("audit", "--rev", before, repo=root).status == 0
    assert pingshi("audit", "--period", "2026-Q2", repo=root).status == 0
    assert pingshi("audit", "--period", "2026-Q1", "--unit", UNIT, repo=root).status == 1
    assert "  1. 随起始提交带来，没有人审核；提交号 " in pingshi("audit", "--all", repo=root).out


def test_json_is_one_entry_to_a_line_and_what_a_terminal_would_obey_is_written_as_numbers(root: Path) -> None:
    push_directly(root, GIT_AUTHOR_NAME="x\x1b[2J\u202e\x9b", GIT_COMMITTER_NAME="x\x1b[2J\u202e\x9b")
    done = pingshi("audit", "--json", repo=root)
    assert done.status == 1
    found = done.json
    assert {"head", "bootstrap", "records", "findings"} <= set(found)
    assert [it for it in done.out.splitlines() if not it.isprintable()] == []
    lines = done.out.splitlines()
    for it in (*found["records"], *found["findings"]):
        assert json.dumps(it, ensure_ascii=False) in {line.removesuffix(",") for line in lines}
    assert {it["code"] for it in found["findings"]} == {"direct-push", "unapproved"}


def test_json_of_one_period_holds_that_periods_records_alone(root: Path) -> None:
    push_directly(root)
    found = pingshi("audit", "--json", "--period", "2026-01", repo=root).json
    assert [it["path"] for it in found["records"]] == ["records/u/2026-01/plans/wang-fang.yml"]


def test_a_time_that_no_calendar_holds_stops_nothing(root: Path) -> None:
    """Git lets a commit be of the year 3170843."""
    tree, parent = git(root, "rev-parse", "HEAD^{tree}"), git(root, "rev-parse", "HEAD")
    for seconds in ("99999999999999", "-5"):
        who = f"x <x@x.example> {seconds} +0000"
        data = f"tree {tree}\nparent {parent}\nauthor {who}\ncommitter {who}\n\n远\n"
        made = subprocess.run(
            ["git", "hash-object", "-t", "commit", "-w", "--literally", "--stdin"],
            cwd=root,
            env=environment(),
            check=True,
            capture_output=True,
            input=data.encode(),
        )
        git(root, "update-ref", "refs/heads/main", made.stdout.decode().strip())
        done = pingshi("audit", repo=root)
        assert (done.status, done.err) == (1, "")


def test_a_forged_receipt_of_an_impossible_time_stops_nothing(root: Path) -> None:
    head = git(root, "rev-parse", "HEAD")
    nothing = git(root, "hash-object", "-t", "tree", "-w", "/dev/null")
    for time in ("9999-12-31T23:59:59+00:00", "0001-01-01T00:00:00+14:00", "Infinity"):
        moved = {"ref": "refs/heads/main", "old": None, "new": head}
        said = {"format": 1, "number": 1, "time": time, "pusher": None, "via": None, "kind": "push", "updates": [moved]}
        forged = git(root, "commit-tree", nothing, "-m", json.dumps(said))
        git(root, "update-ref", "refs/pingshi/receipts", forged)
        done = pingshi("audit", repo=root)
        assert (done.status, done.err) == (1, "")
        assert "回执不对（bad-receipt）" in done.out


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (("--unit", "v"), 2, "没有“v”这个单位；有：u\n"),
        (("--period", "2026Q1"), 2, "“2026Q1”不是合格的周期；是不是 2026-Q1？\n"),
        (
            ("--period", "春"),
            2,
            "“春”不是合格的周期；写成 2026-Q3（季度）、2026-H1（半年）、2026-01（月）或 2026（年）\n",
        ),
        (("--rev", "nowhere"), 2, "没有“nowhere”这个提交\n"),
        (("--repo", "/"), 2, "一次只能核对一个仓库的历史；分两处存放的，请分别运行\n"),
    ],
)
def test_wrong_usage_is_told(arguments: tuple[str, ...], status: int, says: str, root: Path) -> None:
    done = pingshi("audit", *arguments, repo=root)
    assert (done.status, done.out, done.err) == (status, "", says)


def test_where_there_is_no_history_or_only_the_end_of_it_that_is_the_environments_fault(
    root: Path, tmp_path: Path
) -> None:
    done = pingshi("audit", repo=save(office(), tmp_path / "plain"))
    assert (done.status, done.out) == (3, "")
    assert "不是 git 仓库" in done.err
    push_directly(root)
    git(tmp_path, "clone", "--quiet", "--depth=1", root.as_uri(), "shallow")
    done = pingshi("audit", repo=tmp_path / "shallow")
    assert (done.status, done.out) == (3, "")
    assert "git fetch --unshallow" in done.err


def test_the_command_and_the_library_say_the_same(root: Path) -> None:
    push_directly(root)
    assert pingshi("audit", "--all", repo=root).out == text(audited(root, remember=False), everything=True)
