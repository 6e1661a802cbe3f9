"""`pingshi demo`: a year as real history, on small samples of one unit, and (at the end) on the samples themselves."""

from __future__ import annotations

import os
import subprocess
from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
import yaml
from command import ROOT, environment, pingshi, tree
from demonstration import demonstration
from office import UNIT, Office
from telling import SUMMARY

from pingshi.audit import Audit, audit
from pingshi.demo import FaultySamplesError, Made, OccupiedError, RefusedError, StoryError, make, replay
from pingshi.demo.hours import moment
from pingshi.demo.keys import private_key
from pingshi.demo.stories import stories
from pingshi.files import read_working_tree
from pingshi.layout import locate

if TYPE_CHECKING:
    from pathlib import Path

BEIJING = timezone(timedelta(hours=8))
#: The public keys that belong to the names, made once with another program (see `keys.seed_of`).
KEYS = {
    "zhou-min": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAUTo928Yqsc8RPVnKzzEonft1TBLegRoMRBho77bEEV",
    "liu-yang": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGON2g41sERXPIp/gT0mROwS9avMZn1D/CP2m5OJJf0e",
    "qian-wei": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAICPUb8wOdNV7cICrEwH5Xcv7jb52FvmiPXiJlDg3Ajia",
}
SERVER = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAII3VgGcXKM8JAvjzlASb7+XSlczouiGzKyBIAcqNL4br"
STAFF = ("wang-fang", "zhao-lei")


def small(level: str = "signatures") -> Office:
    """A quarter of a small office: summaries, a sheet, facts, the decision, talks, an objection and its reply."""
    office = Office("baishan-audit", staff=" ".join(STAFF))
    office.write("unit.yml", f'{office.texts["unit.yml"]}trust: {{level: {level}, server_keys: ["{SERVER}"]}}\n')
    for person in ("zhou-min", "liu-yang", "he-jun", "wu-gang", "qian-wei"):
        keys = f', keys: ["{KEYS[person]}"]' if person in KEYS else ""
        office.person(person, leader="true", git=f"{{emails: [{person}@u.example]{keys}}}")
    for person in STAFF:
        office.person(person, git=f"{{emails: [{person}@u.example]}}")
        office.write(f"2026-Q1/summaries/{person}.yml", SUMMARY)
    office.person("tian-hui", joined="2026-02-02", left="2026-03-20", git="{emails: [tian-hui@u.example]}")
    office.facts(
        "wang-fang",
        "kind: merit, on: 2026-02-11, what: 牵头编写手册, basis: 示办〔2026〕1号",
        "kind: leave, type: sick, from: 2026-04-20, to: 2026-04-21",
    )
    office.review("liu-yang", "supervising_leader", {"wang-fang": "较好", "zhao-lei": "较好"})
    office.decide({"wang-fang": "较好", "zhao-lei": "较好"})
    office.write(
        "2026-Q1/feedback/liu-yang.yml",
        """
        - person: wang-fang
          on: 2026-04-09
          form: talk
          kind: feedback
          praised: 扎实
        - person: zhao-lei
          on: 2026-04-10
          form: talk
          kind: feedback
          plan: 每周看一次
          due: 2026-04-30
          # 到期看过
          reviewed_on: 2026-05-06
        """,
    )
    office.write("2026-Q1/objections/zhao-lei.yml", "raised_on: 2026-04-13\nsays: 请复核\n")
    office.write("2026-Q1/replies/zhao-lei.yml", "replied_on: 2026-04-16\noutcome: upheld\nsays: 复核无误\n")
    return office


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The small office's demonstration."""
    return make(tmp_path_factory.mktemp("small") / "演示 一", small().blobs, {"site/home.md": "示例。\n".encode()})


def git(folder: Path, *words: str, **more: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(folder), *words], env=environment(**more), check=True, capture_output=True, encoding="utf-8"
    )
    return done.stdout


def files_of(server: Path, commit: str = "main") -> dict[str, bytes]:
    """Return what stands at a commit."""
    found = {}
    for line in git(server, "ls-tree", "-r", "-z", commit).split("\0")[:-1]:
        about, path = line.split("\t")
        command = ["git", "-C", str(server), "cat-file", "blob", about.split()[2]]
        found[path] = subprocess.run(command, check=True, capture_output=True).stdout
    return found


def first_with(server: Path, path: str) -> list[bytes]:
    """Return what stood at a path of main, each time that it changed, oldest first."""
    commits = git(server, "log", "--first-parent", "-m", "--format=%H", "--reverse", "main", "--", path).split()
    return [files_of(server, it)[path] for it in commits]


# --- the small office --------------------------------------------------------------------


def test_at_the_end_main_holds_the_samples_and_nothing_else(made: Made) -> None:
    expected = {path: data for path, data in small().files.items() if data is not None}
    assert files_of(made.server) == expected | {"site/home.md": "示例。\n".encode()}


def test_a_year_in_which_everything_was_in_order_has_no_findings_at_the_highest_level(made: Made) -> None:
    found = audit(made.server, remember=False)
    assert [(it.code, it.message) for it in found.findings] == []
    assert found.receipts is not None
    assert found.receipts.anchored
    assert found.receipts.simulated
    approvals = [it.approved for record in found.records for it in record.versions if it.approved]
    assert {(it.signature, it.received) for it in approvals} == {("good", True)}


def test_everybody_hands_in_what_they_may_write_and_leaders_merge_it(made: Made) -> None:
    told = git(made.server, "log", "--first-parent", "--reverse", "--format=%an %s", "main").splitlines()
    assert told == [
        "信息技术人员 建立考核仓库：单位、人员、方案",
        "liu-yang 审核：登记tian-hui到岗",
        "liu-yang 审核：登记tian-hui离开",
        "liu-yang 审核：2026年第一季度个人小结",
        "zhou-min 审核：2026年第一季度评鉴表",
        "liu-yang 审核：2026年第一季度个人小结",
        "liu-yang 审核：事实记录",
        "zhou-min 审核：2026年第一季度审定结果",
        "zhou-min 审核：2026年第一季度反馈记录",
        "qian-wei 审核：2026年第一季度异议",
        "zhou-min 审核：2026年第一季度答复",
        "liu-yang 审核：事实记录",
        "zhou-min 审核：登记整改检查情况",
    ]


def test_files_grow_as_things_happen(made: Made) -> None:
    talks = first_with(made.server, "records/u/2026-Q1/feedback/liu-yang.yml")
    whole = small().texts["2026-Q1/feedback/liu-yang.yml"]
    assert [it.decode() for it in talks] == [whole.replace("  # 到期看过\n  reviewed_on: 2026-05-06\n", ""), whole]
    facts = [len(it.splitlines()) for it in first_with(made.server, "records/u/facts/wang-fang.yml")]
    assert facts == [1, 2]
    tian_hui = [b"left:" in it for it in first_with(made.server, "records/u/people/tian-hui.yml")]
    assert tian_hui == [False, True]


def test_the_same_samples_make_the_same_history(made: Made, tmp_path: Path) -> None:
    again = make(tmp_path / "again", small().blobs, {"site/home.md": "示例。\n".encode()})
    assert (again.main, again.receipts) == (made.main, made.receipts)
    assert not again.kept


def test_the_clone_has_the_receipts_and_finds_the_server_wherever_the_folder_is_moved(
    made: Made, tmp_path: Path
) -> None:
    moved = make(tmp_path / "here", small("receipts").blobs, {})
    (tmp_path / "here").rename(tmp_path / "there")
    clone = tmp_path / "there" / moved.clone.name
    git(clone, "fetch", "--quiet", "origin")
    assert git(clone, "rev-parse", "refs/pingshi/receipts", "HEAD").split() == [moved.receipts, moved.main]
    assert (clone / "records" / UNIT / "unit.yml").is_file()
    assert git(made.clone, "rev-parse", "refs/pingshi/receipts").strip() == made.receipts


def test_git_finds_nothing_wrong_with_the_objects(made: Made) -> None:
    done = subprocess.run(
        ["git", "-C", str(made.server), "fsck", "--strict", "--full"], check=True, capture_output=True, encoding="utf-8"
    )
    assert (done.stdout, [it for it in done.stderr.splitlines() if not it.startswith("Checking")]) == ("", [])


def test_a_demonstration_that_is_there_is_left_alone_and_one_of_other_samples_is_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    first = make(folder, small().blobs, {})
    before = (folder / "demo.json").stat().st_mtime_ns
    assert make(folder, small().blobs, {}).kept
    assert (folder / "demo.json").stat().st_mtime_ns == before
    changed = small().write("2026-Q1/replies/zhao-lei.yml", "replied_on: 2026-04-17\noutcome: upheld\nsays: 复核无误\n")
    second = make(folder, changed.blobs, {})
    assert not second.kept
    assert second.main != first.main
    assert [it.name for it in tmp_path.iterdir()] == ["demo"]


def test_nothing_is_written_over_what_is_no_demonstration(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("重要\n", encoding="utf-8")
    with pytest.raises(OccupiedError, match="不是演示，不敢覆盖"):
        make(tmp_path / "mine", small().blobs, {})
    assert tree(tmp_path / "mine") == {"notes.txt": "重要\n".encode()}


def test_whoever_interrupts_it_leaves_nothing_half_made(tmp_path: Path) -> None:
    def interrupt(done: int, _all: int) -> None:
        if done == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make(tmp_path / "demo", small().blobs, {}, interrupt)
    assert list(tmp_path.iterdir()) == []


def test_samples_that_the_gate_would_not_take_in_are_refused_with_its_words(tmp_path: Path) -> None:
    early = small().write("2026-Q1/replies/zhao-lei.yml", "replied_on: 2026-04-10\noutcome: upheld\nsays: 已复核\n")
    early.write("2026-Q1/objections/zhao-lei.yml", "raised_on: 2026-04-09\nsays: 请复核\n")
    early.write(
        "2026-Q1/determination.yml",
        early.texts["2026-Q1/determination.yml"].replace("wang-fang: 较好", "wang-fang: 好"),
    )
    with pytest.raises(RefusedError, match=r"(?s)qian-wei推送的 .*determination.* 没有通过检查.*wang-fang"):
        make(tmp_path / "demo", early.blobs, {})
    assert list(tmp_path.iterdir()) == []


def test_samples_that_cannot_be_read_are_refused_before_anything_is_made(tmp_path: Path) -> None:
    wrong = small().write("2026-Q1/summaries/wang-fang.yml", SUMMARY.replace("political", "politcal"))
    with pytest.raises(FaultySamplesError, match=r"summaries/wang-fang\.yml 第 1 行：.*political.*pingshi check"):
        make(tmp_path / "demo", wrong.blobs, {})
    assert list(tmp_path.iterdir()) == []


def test_samples_that_contradict_their_story_are_refused() -> None:
    office = small()
    path = next(iter(stories().changes[0].files))
    unit = path.split("/")[1]
    for name, data in list(office.files.items()):
        office.files[name.replace("records/u/", f"records/{unit}/")] = data
    with pytest.raises(StoryError, match="与演示脚本对不上"):
        replay(office.snapshot(), {})


def test_times_of_day_are_alike_each_time_and_within_office_hours() -> None:
    day = date(2026, 4, 1)
    times = {moment(day, f"name {number}", "day") for number in range(200)}
    hours = {datetime.fromtimestamp(it, BEIJING) for it in times}
    assert moment(day, "name 7", "day") == moment(day, "name 7", "day")
    assert len(times) > 150
    assert {it.date() for it in hours} == {day}
    assert {it.hour for it in hours} <= {8, 9, 10, 11, 14, 15, 16, 17}


# --- through the hooks as they are installed ---------------------------------------------


@pytest.fixture
def desk(made: Made, tmp_path: Path) -> Path:
    """A copy of the small demonstration, with a clone to work in."""
    subprocess.run(["cp", "-R", str(made.server.parent), str(tmp_path / "copy")], check=True)
    return tmp_path / "copy" / made.clone.name


def push(desk: Path, person: str, ref: str, clock: str) -> subprocess.CompletedProcess[str]:
    """Push the commit at hand as somebody whom a web server let in, at a set time."""
    return subprocess.run(
        ["git", "-C", str(desk), "push", "--quiet", "origin", f"HEAD:{ref}"],
        env=environment(REMOTE_USER=person, PINGSHI_CLOCK=clock),
        check=False,
        capture_output=True,
        encoding="utf-8",
    )


def identity(person: str, clock: str) -> dict[str, str]:
    return {
        f"GIT_{role}_{what}": value
        for role in ("AUTHOR", "COMMITTER")
        for what, value in (("NAME", person), ("EMAIL", f"{person}@u.example"), ("DATE", clock))
    }


def test_what_comes_later_is_pushed_through_the_installed_hooks(desk: Path, tmp_path: Path) -> None:
    server = desk.parent / "server.git"
    before = audit(server, remember=False)
    monday, tuesday = "2026-06-29T09:00:00+08:00", "2026-06-30T16:00:00+08:00"
    summary = desk / "records" / UNIT / "2026-Q2" / "summaries" / "wang-fang.yml"
    summary.parent.mkdir(parents=True)
    summary.write_text(SUMMARY, encoding="utf-8")
    git(desk, "add", ".")
    git(desk, "commit", "--quiet", "-m", "二季度个人小结", **identity("wang-fang", monday))

    straight = push(desk, "wang-fang", "refs/heads/main", monday)
    assert straight.returncode != 0
    assert "没有收下" in straight.stderr
    taken = push(desk, "wang-fang", "refs/heads/submit/wang-fang/2026-q2", monday)
    assert (taken.returncode, "已登记第" in taken.stderr) == (0, True), taken.stderr

    key = tmp_path / "key"
    key.touch(mode=0o600)
    key.write_text(private_key("u/liu-yang", KEYS["liu-yang"]), encoding="ascii")
    git(desk, "checkout", "--quiet", "-B", "main", before.head)
    git(
        desk,
        *("-c", "gpg.format=ssh", "-c", f"user.signingKey={key}"),
        *("merge", "--quiet", "--no-ff", "-S", "-m", "审核", "origin/submit/wang-fang/2026-q2"),
        **identity("liu-yang", tuesday),
    )
    other = push(desk, "zhao-lei", "refs/heads/main", tuesday)
    assert other.returncode != 0
    merged = push(desk, "liu-yang", "refs/heads/main", tuesday)
    assert merged.returncode == 0, merged.stderr

    after = audit(server, remember=False)
    assert after.findings == ()
    assert after.receipts is not None
    assert before.receipts is not None
    assert after.receipts.count == before.receipts.count + 2
    (version,) = next(it.versions for it in after.records if it.path.endswith("2026-Q2/summaries/wang-fang.yml"))
    assert version.submitted is not None
    assert version.approved is not None
    assert (version.submitted.by, version.submitted.at) == (
        "wang-fang",
        int(datetime.fromisoformat(monday).timestamp()),
    )
    assert (version.approved.by, version.approved.signature) == ("liu-yang", "good")


# --- the command -------------------------------------------------------------------------


def test_the_command_says_what_it_made_and_where_the_samples_are_wanted(tmp_path: Path) -> None:
    repository = tmp_path / "samples"
    for path, data in small("forge").files.items():
        (repository / path).parent.mkdir(parents=True, exist_ok=True)
        (repository / path).write_bytes(data or b"")
    done = pingshi("demo", str(tmp_path / "demo"), repo=repository)
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith(f"演示做好了：{tmp_path / 'demo'}\n")
    assert f"pingshi audit --repo {tmp_path / 'demo' / 'server.git'}\n" in done.out
    assert "谁都知道" in (tmp_path / "demo" / "说明.md").read_text(encoding="utf-8")
    assert pingshi("demo", str(tmp_path / "demo"), repo=repository).out.startswith("演示已经有了")
    occupied = pingshi("demo", str(repository), repo=repository)
    assert (occupied.status, occupied.out) == (2, "")
    assert "不敢覆盖" in occupied.err
    nowhere = pingshi("demo", str(tmp_path / "other"), cwd=tmp_path)
    assert nowhere.status == 2
    assert "--repo" in nowhere.err
    assert not (tmp_path / "other").exists()


# --- the samples themselves --------------------------------------------------------------


@pytest.fixture(scope="session")
def samples() -> Path:
    """The samples' demonstration."""
    return demonstration() / "server.git"


@pytest.fixture(scope="session")
def audited(samples: Path) -> Audit:
    """Its audit."""
    return audit(samples, remember=False)


def test_the_samples_year_is_found_in_order_but_for_what_was_done_on_purpose(audited: Audit) -> None:
    assert [(it.code, it.unit, (it.path or "").removeprefix(f"records/{it.unit}/")) for it in audited.findings] == [
        ("edited-after-determination", "reform", "2026-03/evaluations/tong-shaohua.yml"),
        ("bad-signature", "approval", "2026-Q2/summaries/ma-xiaodong.yml"),
        ("late", "audit", "2026-Q2/summaries/zou-haibin.yml"),
        ("edited-after-determination", "statistics", "2026-Q3/reviews/teng-haibo.yml"),
        ("self-approved", "ecology", "2026-10/logs/tao-defu.yml"),
        ("missing-receipt", "ecology", ""),
    ]
    assert audited.receipts is not None
    assert audited.receipts.anchored
    assert [count for _, _, count in audited.receipts.gaps] == [1]


def test_whoever_looks_at_the_samples_year_is_told_what_was_done_on_purpose(samples: Path, audited: Audit) -> None:
    note = (samples.parent / "说明.md").read_text(encoding="utf-8")
    every = stories()
    told = [it.told for it in every.changes] + [it.told for it in every.later] + [it.told for it in every.wrongs]
    told = [it for it in told if it is not None]
    assert [it for it in told if it is not None and it not in note] == []
    assert len(told) == len({it.path or it.commit for it in audited.findings}) - 1  # one deed is two findings


def test_the_samples_year_ends_with_the_samples(samples: Path) -> None:
    expected = {it.path: it.data for it in read_working_tree([ROOT])}
    assert files_of(samples) == expected | {"site/home.md": (ROOT / "site" / "home.md").read_bytes()}


def test_each_unit_has_its_level_and_its_leaders_sign(audited: Audit) -> None:
    assert audited.trust == {
        "approval": "signatures",
        "audit": "receipts",
        "ecology": "receipts",
        "reform": "forge",
        "statistics": "signatures",
    }
    states: dict[str, set[str]] = {}
    for record in audited.records:
        for it in record.versions:
            if it.approved is not None:
                states.setdefault(record.path.split("/")[1], set()).add(it.approved.signature)
    assert states == {
        "approval": {"good", "bad"},
        "audit": {"good"},
        "ecology": {"good"},
        "reform": {"none"},
        "statistics": {"good"},
    }


def test_records_come_on_the_days_that_they_tell_of(audited: Audit) -> None:
    days = {"determination": "decided_on", "objections": "raised_on", "replies": "replied_on"}
    seen = 0
    for record in audited.records:
        location = locate(record.path)
        first = record.versions[0].submitted
        if location.kind not in days or first is None:
            continue
        text = yaml.safe_load((ROOT / record.path).read_text(encoding="utf-8"))
        assert datetime.fromtimestamp(first.at, BEIJING).date() == text[days[location.kind]], record.path
        seen += 1
    assert seen > 25


def test_every_story_is_one_of_the_samples() -> None:
    every = stories()
    paths = [path for it in every.changes for path in it.files]
    paths += [it.path for it in every.later] + [it.path for it in every.wrongs]
    assert [it for it in paths if not (ROOT / it).is_file()] == []


def test_the_samples_rosters_list_the_keys_that_belong_to_their_names(tmp_path: Path) -> None:
    owners = {}
    for file in sorted((ROOT / "records").glob("*/people/*.yml")):
        person = yaml.safe_load(file.read_text(encoding="utf-8"))
        for key in person["git"].get("keys", ()):
            owners[f"{file.parts[-3]}/{file.stem}"] = key
    for file in sorted((ROOT / "records").glob("*/unit.yml")):
        assert yaml.safe_load(file.read_text(encoding="utf-8"))["trust"]["server_keys"] == [SERVER]
    assert len(owners) == 32
    for owner, public in {**owners, "server": SERVER}.items():
        place = tmp_path / owner.replace("/", "-")
        place.touch(mode=0o600)
        place.write_text(private_key(owner, public), encoding="ascii")
        command = ["ssh-keygen", "-y", "-f", str(place)]
        said = subprocess.run(command, check=True, capture_output=True, encoding="ascii").stdout
        assert said.split()[:2] == public.split()
        assert _verified(place, public), owner


def _verified(key: Path, public: str) -> bool:
    """Tell whether what the private key signs is good by the public one."""
    listed, seal = key.with_suffix(".allowed"), key.with_suffix(".sig")
    listed.write_text(f"x {public}\n", encoding="ascii")
    sign = ["ssh-keygen", "-Y", "sign", "-n", "git", "-f", str(key)]
    seal.write_bytes(subprocess.run(sign, input=b"x", check=True, capture_output=True).stdout)
    verify = ["ssh-keygen", "-Y", "verify", "-n", "git", "-f", str(listed), "-I", "x", "-s", str(seal)]
    return subprocess.run(verify, input=b"x", check=False, capture_output=True).returncode == os.EX_OK


def test_a_key_of_another_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="not an Ed25519 key"):
        private_key("u/wang-fang", "ssh-rsa AAAAB3NzaC1yc2E=")
