"""核对.sh of a case, run for real with git and ssh-keygen: it passes, and then something is tampered with."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from typing import TYPE_CHECKING

import pytest
from cases import Forger, checked, exported, faults, quarter, reseal
from command import Done, environment, pingshi
from small_history import SmallHistory, new_key
from telling import SUMMARY

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[SmallHistory, Path]:
    """The quarter at the highest level, and the case exported from it."""
    folder = tmp_path_factory.mktemp("case")
    history = quarter(folder)
    return history, exported(history, folder / "out")


@pytest.fixture
def case(kept: tuple[SmallHistory, Path], tmp_path: Path) -> Path:
    """A copy of the unpacked case, to be tampered with."""
    return shutil.copytree(kept[1], tmp_path / "case")


# --- 核对.sh ------------------------------------------------------------------------------


def test_a_fresh_case_passes(kept: tuple[SmallHistory, Path]) -> None:
    history, case = kept
    before = {it: it.read_bytes() for it in case.rglob("*") if it.is_file()}
    status, told = checked(case)
    assert (status, faults(told)) == (0, [])
    head = history.git("rev-parse", "main")
    assert f"        审核 {head[:10]}（zhou-min@u.example）是 zhou-min 签的，2026-04-02 11:00\n" in told
    assert f"        审核 {head[:10]}：服务器 2026-04-02 11:00 收到，账号 zhou-min\n" in told
    assert f"正式历史（main）到 {head} 为止" in told
    assert told.splitlines()[-1].startswith("核对通过：")
    assert {it: it.read_bytes() for it in case.rglob("*") if it.is_file()} == before


def test_whatever_is_set_on_the_readers_machine_has_no_say(kept: tuple[SmallHistory, Path], tmp_path: Path) -> None:
    config = tmp_path / "config"
    config.write_text(
        '[gpg]\n\tformat = openpgp\n[gpg "ssh"]\n\tprogram = /bin/false\n[core]\n\tautocrlf = true\n', encoding="utf-8"
    )
    status, _ = checked(
        kept[1],
        GIT_CONFIG_GLOBAL=str(config),
        GIT_DIR="/nowhere",
        TZ="America/Los_Angeles",
        LC_ALL="C.UTF-8",
        HOME="/nowhere",
    )
    assert status == 0


def test_one_changed_byte_of_any_file_is_found(kept: tuple[SmallHistory, Path], tmp_path: Path) -> None:
    """Of every file in turn; the script itself aside, which is what runs."""
    files = [it.relative_to(kept[1]).as_posix() for it in kept[1].rglob("*") if it.is_file()]
    assert len(files) > 20
    for path in files:
        if path in ("核对.sh", "git/manifest.txt"):
            continue
        case = shutil.copytree(kept[1], tmp_path / "case")
        data = bytearray((case / path).read_bytes())
        data[len(data) // 2] ^= 1
        (case / path).write_bytes(data)
        done = subprocess.run(
            ["sh", str(case / "核对.sh")], check=False, capture_output=True, encoding="utf-8", errors="replace"
        )
        assert done.returncode == 1, path
        assert f"不通过  {path} 与清单记的摘要不一样，被改动过\n" in done.stdout
        assert done.stdout.splitlines()[-1].startswith("核对没有通过：")
        shutil.rmtree(case)


def test_a_record_changed_together_with_the_list_of_files_is_found(case: Path, kept: tuple[SmallHistory, Path]) -> None:
    record = case / "records/u/2026-Q1/determination.yml"
    record.write_text(record.read_text(encoding="utf-8").replace("wang-fang: 好", "wang-fang: 差"), encoding="utf-8")
    reseal(case)
    status, told = checked(case)
    head = kept[0].git("rev-parse", "main")
    path = "records/u/2026-Q1/determination.yml"
    assert status == 1
    assert f"{path} 与提交 {head} 里的 {path} 不一样" in faults(told)


def test_a_file_that_comes_from_no_commit_is_found(case: Path) -> None:
    (case / "records/u/2026-Q1/publicity.yml").write_text("from: 2026-04-03\n", encoding="utf-8")
    status, told = checked(case)
    assert status == 1
    assert faults(told) == [
        "多出来的文件 records/u/2026-Q1/publicity.yml",
        "不出自任何提交的文件 records/u/2026-Q1/publicity.yml",
    ]
    reseal(case)
    assert faults(checked(case)[1]) == ["不出自任何提交的文件 records/u/2026-Q1/publicity.yml"]


def test_a_missing_file_and_a_link_are_found(case: Path, tmp_path: Path) -> None:
    (case / "说明.md").unlink()
    (case / "依据条款.md").rename(tmp_path / "moved.md")
    (case / "依据条款.md").symlink_to(tmp_path / "moved.md")
    status, told = checked(case)
    hint = "（解压时文件名可能变了，换一个支持中文文件名的解压程序）"
    assert (status, faults(told)) == (1, [f"缺少文件 说明.md{hint}", f"缺少文件 依据条款.md{hint}"])


def test_one_changed_byte_of_an_approval_is_found(case: Path, kept: tuple[SmallHistory, Path], tmp_path: Path) -> None:
    """The lists are made to fit; the signature can't be, and the server's receipt names another commit."""
    head = kept[0].git("rev-parse", "main")
    other = Forger(case, tmp_path).replace(head, lambda data: data.replace("同意".encode(), "不同".encode()))
    status, told = checked(case)
    assert status == 1
    assert f"审核 {other} 的签名与内容不符" in faults(told)
    assert any("没有登记" in it for it in faults(told))


def test_one_changed_byte_of_a_receipt_is_found(case: Path, kept: tuple[SmallHistory, Path], tmp_path: Path) -> None:
    receipt = kept[0].git("rev-parse", "refs/pingshi/receipts")
    pushers = b'"pusher": "zhou-min"', b'"pusher": "liu-yang"'
    other = Forger(case, tmp_path).replace(receipt, lambda data: data.replace(*pushers))
    status, told = checked(case)
    assert (status, faults(told)) == (1, [f"回执 {other} 的签名与内容不符"])


def test_a_signature_taken_out_is_found(case: Path, kept: tuple[SmallHistory, Path], tmp_path: Path) -> None:
    head = kept[0].git("rev-parse", "main")

    def unsigned(data: bytes) -> bytes:
        header, _, rest = data.partition(b"\n\n")
        lines = header.split(b"\n")
        first = next(index for index, it in enumerate(lines) if it.startswith(b"gpgsig"))
        last = next(index for index, it in enumerate(lines) if b"END SSH SIGNATURE" in it)
        return b"\n".join(lines[:first] + lines[last + 1 :]) + b"\n\n" + rest

    other = Forger(case, tmp_path).replace(head, unsigned)
    status, told = checked(case)
    assert status == 1
    assert f"审核 {other} 没有签名" in faults(told)


def test_a_changed_byte_of_a_signature_is_found(case: Path, kept: tuple[SmallHistory, Path], tmp_path: Path) -> None:
    head = kept[0].git("rev-parse", "main")

    def spoilt(data: bytes) -> bytes:
        at = data.index(b"-----END SSH SIGNATURE") - 20
        return data[:at] + (b"A" if data[at : at + 1] != b"A" else b"B") + data[at + 1 :]

    other = Forger(case, tmp_path).replace(head, spoilt)
    status, told = checked(case)
    assert status == 1
    assert any(it.startswith(f"审核 {other} 的签名") for it in faults(told))


def test_keys_that_the_roster_does_not_list_count_for_nothing(case: Path) -> None:
    signers = case / "git/allowed_signers"
    lines = signers.read_text(encoding="utf-8").splitlines(keepends=True)
    signers.write_text("".join(it for it in lines if not it.startswith("zhou-min ")), encoding="utf-8")
    reseal(case)
    status, told = checked(case)
    assert status == 1
    assert any("的签名不是 zhou-min 当时有效的密钥签的" in it for it in faults(told))


def test_a_commit_left_out_of_the_list_is_found(case: Path, kept: tuple[SmallHistory, Path]) -> None:
    """Else its signature would not be looked at."""
    head = kept[0].git("rev-parse", "main")
    table = case / "git/commits.txt"
    lines = table.read_text(encoding="utf-8").splitlines(keepends=True)
    table.write_text("".join(it for it in lines if not it.startswith(head)), encoding="utf-8")
    reseal(case)
    assert f"git/commits.txt 没有列出提交 {head}" in faults(checked(case)[1])


def test_a_truncated_pack_is_told_and_does_not_pass(case: Path) -> None:
    pack = case / "git/objects.pack"
    pack.write_bytes(pack.read_bytes()[:-500])
    reseal(case)
    status, told = checked(case)
    assert status == 1
    assert "git/objects.pack 损坏或者被改动过，不能完整解开" in faults(told)


def test_without_ssh_keygen_nothing_is_said_to_have_passed(kept: tuple[SmallHistory, Path], tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    for name in ("git", "cut", "find", "grep", "mktemp", "sed", "sort", "tail", "tr", "dirname"):
        (tmp_path / "bin" / name).symlink_to(str(shutil.which(name)))
    assert checked(kept[1], PATH=str(tmp_path / "bin")) == (3, "缺少 ssh-keygen 命令，核对不了\n")


# --- other histories ----------------------------------------------------------------------


def test_without_required_signatures_it_is_said_that_only_the_server_vouches(tmp_path: Path) -> None:
    case = exported(quarter(tmp_path, "receipts"), tmp_path / "out")
    status, told = checked(case)
    assert (status, faults(told)) == (0, [])
    assert "没有签名；本单位没有要求签名，由谁审核只有服务器或者平台的话" in told
    assert "本单位的可信程度是“服务器回执”" in (case / "说明.md").read_text(encoding="utf-8")


def test_without_receipts_it_is_said_that_times_are_the_committers_word(tmp_path: Path) -> None:
    case = exported(quarter(tmp_path, "forge", receipts=False), tmp_path / "out")
    status, told = checked(case)
    assert (status, faults(told)) == (0, [])
    assert "代码平台担保" in (case / "说明.md").read_text(encoding="utf-8")
    text = (case / "提交清单.txt").read_text(encoding="utf-8")
    assert "（本人电脑上的时间）" in text
    assert "没有回执" in text


def test_an_approval_with_another_ones_key_does_not_pass(tmp_path: Path) -> None:
    history = quarter(tmp_path)
    files = {"2026-Q1/objections/wang-fang.yml": "raised_on: 2026-04-10\nsays: 不服\n"}
    one = history.submits("wang-fang", files, "2026-04-10 09:00")
    merge = history.approves("qian-wei", one, "2026-04-10 10:00", sign="zhao-lei")
    case = exported(history, tmp_path / "out")
    status, told = checked(case)
    assert (status, faults(told)) == (1, [f"审核 {merge} 的签名不是 qian-wei 当时有效的密钥签的"])
    assert "签名是zhao-lei的密钥签的" in (case / "说明.md").read_text(encoding="utf-8")


def test_a_key_counts_from_when_to_when_the_roster_listed_it(tmp_path: Path) -> None:
    """liu-yang's key is changed; what the old one signs afterwards doesn't pass, under whatever date."""
    history = quarter(tmp_path)
    person = history.office.texts["people/liu-yang.yml"]
    old, new = person.partition('keys: ["')[2].partition('"')[0], new_key(history.keys / "liu-yang-2")
    one = history.submits("qian-wei", {"people/liu-yang.yml": person.replace(old, new)}, "2026-04-07 09:00")
    history.approves("zhou-min", one, "2026-04-07 10:00")
    files = {"2026-Q1/objections/wang-fang.yml": "raised_on: 2026-04-10\nsays: 不服\n"}
    one = history.submits("wang-fang", files, "2026-04-10 09:00")
    late = history.approves("liu-yang", one, "2026-04-10 10:00")
    case = exported(history, tmp_path / "out")
    listed = [it for it in (case / "git/allowed_signers").read_text(encoding="utf-8").splitlines() if "liu-yang" in it]
    assert listed == [
        f'liu-yang namespaces="git",valid-before="20260407020000" {old}',
        f'liu-yang namespaces="git",valid-after="20260407020000" {new}',
    ]
    status, told = checked(case)
    assert (status, faults(told)) == (1, [f"审核 {late} 的签名不是 liu-yang 当时有效的密钥签的"])


def test_a_retired_key_under_a_backdated_commit_is_found_by_the_receipt(tmp_path: Path) -> None:
    """Git calls the signature good; the server's time says otherwise."""
    history = quarter(tmp_path)
    one = history.submits(
        "wang-fang", {"2026-Q1/objections/wang-fang.yml": "raised_on: 2026-04-10\nsays: 不服\n"}, "2026-04-03 09:00"
    )
    before = history.git("rev-parse", "main")
    history.receipts = False
    merge = history.approves("liu-yang", one, "2026-04-03 10:00")
    history.receipts = True
    history.receipt("liu-yang", "refs/heads/main", before, merge, "2026-04-20 10:00")
    status, told = checked(exported(history, tmp_path / "out"))
    assert status == 1
    assert faults(told) == [f"审核 {merge} 写的时间 2026-04-03 10:00 与服务器的时间 2026-04-20 10:00 相差一天以上"]


def test_a_record_that_was_taken_away_is_in_it_with_the_proof_that_it_was(tmp_path: Path) -> None:
    history = quarter(tmp_path)
    one = history.submits("qian-wei", {"2026-Q1/summaries/wang-fang.yml": None}, "2026-04-07 09:00")
    merge = history.approves("zhou-min", one, "2026-04-07 10:00")
    case = exported(history, tmp_path / "out")
    status, told = checked(case)
    assert (status, faults(told)) == (0, [])
    assert not (case / "records/u/2026-Q1/summaries").exists()
    assert len(list((case / "earlier").rglob("wang-fang.yml"))) == 2
    text = (case / "提交清单.txt").read_text(encoding="utf-8")
    assert "  第 3 版（删除）　文件被删除\n    提交：qian-wei，" in text
    assert f"{merge} - - records/u/2026-Q1/summaries/wang-fang.yml\n" in (case / "git/files.txt").read_text(
        encoding="utf-8"
    )


def test_several_merges_in_one_push_are_all_covered_by_its_receipt(tmp_path: Path) -> None:
    history = SmallHistory(tmp_path / "repository")
    before = history.git("rev-parse", "main")
    history.receipts = False
    for person in ("wang-fang", "zhao-lei"):
        one = history.submits(person, {f"2026-Q1/summaries/{person}.yml": SUMMARY}, "2026-03-30 09:00")
        history.approves("liu-yang", one, "2026-03-30 10:00")
    history.receipts = True
    history.receipt("liu-yang", "refs/heads/main", before, history.git("rev-parse", "main"), "2026-03-30 10:05")
    case = exported(history, tmp_path / "out")
    status, told = checked(case)
    assert (status, faults(told)) == (0, [])
    assert f"审核 {history.git('rev-parse', 'main~1')[:10]}：服务器 2026-03-30 10:05 收到，账号 liu-yang" in told
    assert "zhao-lei" not in (case / "git/commits.txt").read_text(encoding="utf-8")


def test_an_approval_without_a_receipt_does_not_pass_where_the_server_gives_receipts(tmp_path: Path) -> None:
    history = quarter(tmp_path)
    history.receipts = False
    files = {"2026-Q1/objections/wang-fang.yml": "raised_on: 2026-04-10\nsays: 不服\n"}
    one = history.submits("wang-fang", files, "2026-04-10 09:00")
    merge = history.approves("qian-wei", one, "2026-04-10 10:00")
    status, told = checked(exported(history, tmp_path / "out"))
    assert (status, faults(told)) == (1, [f"{merge} 进正式历史时没有服务器回执"])
    assert f"注意    提交 {one[:10]} 没有服务器回执，时间是提交人自己写的\n" in told


def test_a_demonstrations_clock_is_told(tmp_path: Path) -> None:
    history = quarter(tmp_path)
    history.simulated = True
    files = {"2026-Q1/objections/wang-fang.yml": "raised_on: 2026-04-10\nsays: 不服\n"}
    history.approves("qian-wei", history.submits("wang-fang", files, "2026-04-10 09:00"), "2026-04-10 10:00")
    case = exported(history, tmp_path / "out")
    status, told = checked(case)
    assert (status, faults(told)) == (0, [])
    assert "注意    有 2 处回执用的是演示时钟，不是真正的时间\n" in told
    assert "- 有的回执用的是演示时钟，不是真正的时间。\n" in (case / "说明.md").read_text(encoding="utf-8")


def test_a_direct_push_is_told_as_approved_by_nobody(tmp_path: Path) -> None:
    history = quarter(tmp_path)
    before = history.git("rev-parse", "main")
    (history.root / "records/u/2026-Q1/ballots.yml").write_text("totals: {wang-fang: [60]}\n", encoding="utf-8")
    now = history.commit("qian-wei", "直接推送", "2026-04-08 09:00")
    history.receipt("qian-wei", "refs/heads/main", before, now, "2026-04-08 09:00")
    case = exported(history, tmp_path / "out")
    status, told = checked(case)
    assert (status, faults(told)) == (0, [])
    assert f"注意    {now[:10]}（qian-wei@u.example）没有经过审核合并，直接进了正式历史\n" in told
    text = (case / "提交清单.txt").read_text(encoding="utf-8")
    assert "    审核：没有经过审核合并\n" in text
    assert f"的提交 {now[:10]} 没有经过审核合并" in text.partition("审计发现的问题\n")[2]


def test_a_year_holds_its_quarters(tmp_path: Path) -> None:
    history = quarter(tmp_path)
    (tmp_path / "out").mkdir()
    done = pingshi("export", "case", "wang-fang", "2026", repo=history.root, cwd=tmp_path / "out")
    assert done == Done(0, "u-wang-fang-2026.zip\n", "")
    with zipfile.ZipFile(tmp_path / "out" / "u-wang-fang-2026.zip") as archive:
        found = {it.partition("/")[2] for it in archive.namelist()}
        told = archive.read("u-wang-fang-2026/结果说明.txt").decode()
    assert {"records/u/2026-Q1/determination.yml", "records/u/2026-01/plans/wang-fang.yml"} <= found
    assert told == pingshi("explain", "2026", "wang-fang", "--rev", "main", repo=history.root).out


def test_records_in_a_folder_of_a_larger_repository(tmp_path: Path) -> None:
    """The trees on the way begin at the repository's root."""
    history = SmallHistory(tmp_path / "repository", "forge", receipts=False)
    large = tmp_path / "large"
    shutil.copytree(history.root, large / "考核 记录", ignore=shutil.ignore_patterns(".git"))
    who = ("-c", "user.name=qian-wei", "-c", "user.email=qian-wei@u.example")
    for command in (("init", "-q", "-b", "main"), ("add", "-A"), ("commit", "-q", "-m", "启用")):
        subprocess.run(["git", *who, *command], cwd=large, check=True, env=environment())
    out = tmp_path / "case.zip"
    assert pingshi("export", "case", "wang-fang", "2026-Q1", "--out", str(out), repo=large / "考核 记录").status == 0
    with zipfile.ZipFile(out) as archive:
        archive.extractall(tmp_path)
    assert checked(tmp_path / "u-wang-fang-2026-Q1")[0] == 0


def test_an_earlier_commit_shows_what_stood_then(kept: tuple[SmallHistory, Path], tmp_path: Path) -> None:
    case = exported(kept[0], tmp_path / "out", "--rev", "main~1")
    assert not (case / "records/u/2026-Q1/determination.yml").exists()
    assert (case / "git/head.txt").read_text(encoding="utf-8").strip() == kept[0].git("rev-parse", "main~1")
    assert checked(case)[0] == 0
