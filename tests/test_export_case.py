"""`pingshi export case`: what is in it and what not, what it tells, and what it refuses to do."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from cases import TEXT, exported, quarter
from command import Done, environment, pingshi
from telling import FEEDBACK, SUMMARY

from pingshi.appeal.bearing import bearing, names
from pingshi.periods import Period

if TYPE_CHECKING:
    from pathlib import Path

    from small_history import SmallHistory


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[SmallHistory, Path]:
    """The quarter at the highest level, and the case exported from it."""
    folder = tmp_path_factory.mktemp("case")
    history = quarter(folder)
    return history, exported(history, folder / "out")


# --- what is in it ------------------------------------------------------------------------


def test_what_bears_on_the_person_is_in_it_and_nobody_elses_files(kept: tuple[SmallHistory, Path]) -> None:
    history, case = kept
    first = history.git(
        "log", "--first-parent", "--reverse", "--format=%H", "main", "--", "records/u/2026-Q1/summaries"
    )
    (earlier,) = [it.name for it in (case / "earlier").iterdir()]
    assert earlier == f"01-{first[:10]}"
    found = {it.relative_to(case).as_posix() for it in case.rglob("*") if it.is_file()}
    assert {it for it in found if not it.startswith("git/")} == {
        *TEXT,
        "records/u/unit.yml",
        "records/u/people/wang-fang.yml",
        "records/u/2026-01/plans/wang-fang.yml",
        "records/u/2026-Q1/determination.yml",
        "records/u/2026-Q1/reviews/liu-yang.yml",
        "records/u/2026-Q1/summaries/wang-fang.yml",
        f"earlier/{earlier}/records/u/2026-Q1/summaries/wang-fang.yml",
        "schemes/qufu-approval/scheme.yml",
        "schemes/qufu-approval/clauses.yml",
    }
    assert "提速三成" in (case / "records/u/2026-Q1/summaries/wang-fang.yml").read_text(encoding="utf-8")
    before = case / f"earlier/{earlier}/records/u/2026-Q1/summaries/wang-fang.yml"
    assert before.read_text(encoding="utf-8") == SUMMARY


def test_the_pack_holds_no_more_than_the_records_and_what_leads_to_them(
    kept: tuple[SmallHistory, Path], tmp_path: Path
) -> None:
    history, case = kept
    subprocess.run(["git", "init", "-q", "--bare", str(tmp_path / "x")], check=True, env=environment())

    def git(*arguments: str, data: bytes = b"") -> str:
        done = subprocess.run(
            ["git", "--git-dir", str(tmp_path / "x"), *arguments], input=data, check=True, capture_output=True
        )
        return done.stdout.decode()

    git("unpack-objects", "-q", data=(case / "git/objects.pack").read_bytes())
    told = git("cat-file", "--batch-all-objects", "--batch-check=%(objectname) %(objecttype)")
    there: dict[str, set[str]] = {"commit": set(), "tree": set(), "blob": set()}
    for line in told.splitlines():
        there[line.split()[1]].add(line.split()[0])
    blobs = {git("cat-file", "blob", it) for it in there["blob"]}
    copies = [it for top in ("records", "schemes", "earlier") for it in (case / top).rglob("*.yml")]
    assert blobs == {it.read_text(encoding="utf-8") for it in copies}
    listed = {line.split()[2] for it in there["tree"] for line in git("cat-file", "-p", it).splitlines()}
    roots = {git("log", "-1", "--no-walk", "--format=%T", it).strip() for it in there["commit"]}
    assert there["tree"] <= roots | listed  # none that leads nowhere
    assert there["blob"] <= listed
    others = set(history.git("log", "--format=%H", "--author=zhao-lei").split())
    assert len(others) == 1
    assert not others & there["commit"]


def test_the_explanation_is_what_explain_prints(kept: tuple[SmallHistory, Path]) -> None:
    history, case = kept
    told = pingshi("explain", "2026-Q1", "wang-fang", "--rev", "main", repo=history.root).out
    assert (case / "结果说明.txt").read_text(encoding="utf-8") == told


def test_the_clauses_that_the_explanation_cites_are_there(kept: tuple[SmallHistory, Path]) -> None:
    text = (kept[1] / "依据条款.md").read_text(encoding="utf-8")
    explanation = (kept[1] / "结果说明.txt").read_text(encoding="utf-8")
    for clause in ("Q1", "Q6", "Q7"):
        assert f"（{clause}）" in explanation
        assert f"（{clause}）\n" in text
    assert "### 三、（二）4　等次与比例（Q7）\n" in text
    assert "文字以印发的方案原文为准" in text


def test_the_list_of_commits_tells_who_when_and_by_what_proof(kept: tuple[SmallHistory, Path]) -> None:
    history, case = kept
    text = (case / "提交清单.txt").read_text(encoding="utf-8")
    wrote = history.git("log", "--format=%h", "--abbrev=10", "--author=wang-fang", "--reverse").split()
    merges = history.git(
        *("log", "--format=%h", "--abbrev=10", "--author=liu-yang", "--first-parent", "--reverse"),
        *("main", "--", "records/u/2026-Q1/summaries/wang-fang.yml"),
    ).split()
    copy = f"earlier/01-{merges[0]}/records/u/2026-Q1/summaries/wang-fang.yml"
    clock = "（服务器收到的时间）"
    expected = f"""\
2026年第一季度个人小结　records/u/2026-Q1/summaries/wang-fang.yml
  第 1 版　{copy}
    提交：wang-fang，2026-03-26 09:00{clock}，提交 {wrote[0]}，没有签名，第 2 号回执（账号 wang-fang）
    审核：liu-yang，2026-03-26 15:00{clock}，提交 {merges[0]}，签名是本人的，第 3 号回执（账号 liu-yang）
    说明：同意
  第 2 版（现在的）　records/u/2026-Q1/summaries/wang-fang.yml
    提交：wang-fang，2026-03-30 09:00{clock}，提交 {wrote[1]}，没有签名，第 6 号回执（账号 wang-fang）
    审核：liu-yang，2026-03-30 10:00{clock}，提交 {merges[1]}，签名是本人的，第 7 号回执（账号 liu-yang）
    说明：同意
"""
    assert expected in text
    assert "    审核：启用时的第一次提交，不经审核\n" in text
    said = json.loads((case / "commits.json").read_text(encoding="utf-8"))
    assert (said["unit"], said["person"], said["period"], said["trust"]) == ("u", "wang-fang", "2026-Q1", "signatures")
    (summary,) = (it for it in said["records"] if it["path"].endswith("summaries/wang-fang.yml"))
    assert [(it["stands"], it["submitted"]["by"], it["approved"]["by"]) for it in summary["versions"]] == [
        (False, "wang-fang", "liu-yang"),
        (True, "wang-fang", "liu-yang"),
    ]
    assert summary["versions"][0]["approved"]["at"] == "2026-03-26T15:00:00+08:00"


def test_findings_about_other_peoples_records_are_only_counted(kept: tuple[SmallHistory, Path]) -> None:
    """Nobody may approve zhou-min's sheet but a superior; it doesn't name wang-fang."""
    history, case = kept
    audit = pingshi("audit", "--json", repo=history.root).json
    assert [(it["code"], it["path"]) for it in audit["findings"]] == [
        ("wrong-approver", "records/u/2026-Q1/reviews/zhou-min.yml")
    ]
    assert (
        (case / "提交清单.txt")
        .read_text(encoding="utf-8")
        .endswith(
            "核对历史发现的问题\n- 与本案有关的记录，没有发现问题\n（另有 1 个问题与本案的记录无关，不列在这里）\n"
        )
    )
    assert json.loads((case / "commits.json").read_text(encoding="utf-8"))["findings"] == []


def test_the_reader_is_told_who_may_read_it_and_how_to_check_it(kept: tuple[SmallHistory, Path]) -> None:
    history, case = kept
    text = (case / "说明.md").read_text(encoding="utf-8")
    assert text.startswith("# wang-fang　示例局　2026年第一季度考核材料\n")
    for said in (
        "只供受理申诉、复核的机关查阅",
        "sh 核对.sh",
        history.git("rev-parse", "main"),
        "能看到同一文件夹下别的文件的名字",
    ):
        assert said in text
    for path in ("records/u/2026-Q1/determination.yml", "schemes/qufu-approval/scheme.yml"):
        assert f"：{path}\n" in text


def test_the_same_history_gives_the_same_bytes(kept: tuple[SmallHistory, Path], tmp_path: Path) -> None:
    """However the repository keeps its objects, and wherever it lies."""
    history, case = kept
    other = tmp_path / "other.git"
    history.git("clone", "--quiet", "--mirror", str(history.root), str(other))
    subprocess.run(["git", "gc", "-q", "--aggressive"], cwd=other, check=True, env=environment())
    out = tmp_path / "again.zip"
    done = pingshi(
        "export", "case", "wang-fang", "2026-Q1", "--out", str(out), repo=other, TZ="Asia/Tokyo", PYTHONHASHSEED="5"
    )
    assert done == Done(0, f"{out}\n", "")
    assert out.read_bytes() == (case.parent / "u-wang-fang-2026-Q1.zip").read_bytes()


# --- what is not done ---------------------------------------------------------------------


def test_only_whoever_exports_a_case_can_read_it(kept: tuple[SmallHistory, Path]) -> None:
    _, case = kept
    assert case.with_suffix(".zip").stat().st_mode & 0o777 == 0o600


def test_somebodys_file_is_never_written_over(kept: tuple[SmallHistory, Path], tmp_path: Path) -> None:
    out = tmp_path / "u-wang-fang-2026-Q1.zip"
    out.write_text("别人的文件", encoding="utf-8")
    for more in ((), ("--out", str(out))):
        done = pingshi("export", "case", "wang-fang", "2026-Q1", *more, repo=kept[0].root, cwd=tmp_path)
        shown = out if more else out.name
        assert done == Done(2, "", f"已经有 {shown} 了，不覆盖；换一个名字（--out），或者先把它移走\n")
    assert out.read_text(encoding="utf-8") == "别人的文件"
    (tmp_path / "link.zip").symlink_to(tmp_path / "nowhere")
    more = ("--out", str(tmp_path / "link.zip"))
    assert pingshi("export", "case", "wang-fang", "2026-Q1", *more, repo=kept[0].root).status == 2
    assert sorted(it.name for it in tmp_path.iterdir()) == ["link.zip", "u-wang-fang-2026-Q1.zip"]


def test_it_is_not_put_among_the_records(kept: tuple[SmallHistory, Path]) -> None:
    out = kept[0].root / "records" / "u" / "case.zip"
    done = pingshi("export", "case", "wang-fang", "2026-Q1", "--out", str(out), repo=kept[0].root)
    assert done == Done(2, "", f"{out} 在放记录和方案的文件夹里；用 --out 换一个地方\n")
    inside = kept[0].root / "records" / "u"
    done = pingshi("export", "case", "wang-fang", "2026-Q1", "--repo", "../..", cwd=inside)
    assert done == Done(2, "", "u-wang-fang-2026-Q1.zip 在放记录和方案的文件夹里；用 --out 换一个地方\n")


@pytest.mark.parametrize(
    ("given", "status", "says"),
    [
        ("", 2, "用法有误：缺少种类\n用 pingshi export --help 查看说明\n"),
        ("case 2026-Q1 wang-fang", 2, "先写人员代号，再写周期：pingshi export case wang-fang 2026-Q1\n"),
        ("case wang-fang 2026q1", 2, "“2026q1”不是考核的周期；是不是 2026-Q1？\n"),
        (
            "case wang-fang 2026-01",
            2,
            "“2026-01”不是考核的周期；写成 2026-Q3（季度）、2026-H1（半年）或 2026（年度）\n",
        ),
        ("case wang-fang 2026-H1", 2, "方案 qufu-approval 每季度考核一次，没有 2026-H1；周期写成 2026-Q3 这样\n"),
        ("case wang-fan 2026-Q1", 2, "没有“wang-fan”这个人员；是不是 wang-fang？\n"),
        ("case wang-fang 2026-Q1 --unit v", 2, "没有“v”这个单位；有：u\n"),
        ("case wang-fang 2026-Q1 --rev nope", 2, "没有“nope”这个提交\n"),
    ],
)
def test_wrong_usage_is_told(
    given: str, status: int, says: str, kept: tuple[SmallHistory, Path], tmp_path: Path
) -> None:
    repo = kept[0].root if given else None
    assert pingshi("export", *given.split(), repo=repo, cwd=tmp_path) == Done(status, "", says)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_outside_of_git_or_with_part_of_the_history_gives_no_case(
    kept: tuple[SmallHistory, Path], tmp_path: Path
) -> None:
    plain = shutil.copytree(kept[0].root, tmp_path / "plain", ignore=shutil.ignore_patterns(".git"))
    done = pingshi("export", "case", "wang-fang", "2026-Q1", repo=plain, GIT_CEILING_DIRECTORIES=str(tmp_path))
    assert (done.status, done.out) == (3, "")
    shallow = tmp_path / "shallow"
    kept[0].git("clone", "--quiet", "--depth", "1", kept[0].root.as_uri(), str(shallow))
    done = pingshi("export", "case", "wang-fang", "2026-Q1", repo=shallow)
    assert (done.status, done.out) == (3, "")
    assert "git fetch --unshallow" in done.err


def test_somebody_who_is_not_on_the_roll_has_a_case_without_a_result(tmp_path: Path) -> None:
    history = quarter(tmp_path)
    person = history.office.texts["people/wang-fang.yml"]
    one = history.submits("qian-wei", {"people/wang-fang.yml": f"{person}left: 2026-02-01\n"}, "2026-04-07 09:00")
    history.approves("zhou-min", one, "2026-04-07 10:00")
    case = exported(history, tmp_path / "out")
    assert (case / "结果说明.txt").read_text(
        encoding="utf-8"
    ) == "wang-fang在 2026-03-31 不在册，没有2026年第一季度的结果。\n"
    assert "（没有引用条款）" in (case / "依据条款.md").read_text(encoding="utf-8")


# --- what bears on a case -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("records/u/unit.yml", "always"),
        ("records/u/people/wang-fang.yml", "always"),
        ("records/u/people/zhao-lei.yml", None),
        ("records/u/facts/wang-fang.yml", "always"),
        ("records/u/2026-Q1/ballots.yml", "always"),
        ("records/u/2026-Q1/publicity.yml", "always"),
        ("records/u/2026-Q1/outside/wang-fang.yml", "always"),
        ("records/u/2026-Q1/objections/zhao-lei.yml", None),
        ("records/u/2026-Q1/replies/wang-fang.yml", "always"),
        ("records/u/2026-Q1/reviews/liu-yang.yml", "where named"),
        ("records/u/2026-Q1/feedback/liu-yang.yml", "where named"),
        ("records/u/2026-Q1/spot_checks.yml", "where named"),
        ("records/u/2026-Q1/filings.yml", None),
        ("records/u/2026-02/attendance.yml", "always"),
        ("records/u/2026-02/logs/wang-fang.yml", "always"),
        ("records/u/2026-02/evaluations/zhao-lei.yml", None),
        ("records/u/2026-04/logs/wang-fang.yml", None),
        ("records/u/2026-Q2/summaries/wang-fang.yml", None),
        ("records/u/2026/goals/wang-fang.yml", "always"),
        ("records/u/2026/summaries/wang-fang.yml", None),
        ("records/v/2026-Q1/summaries/wang-fang.yml", None),
        ("records/u/2026-Q1/stray.txt", None),
        ("schemes/mine/scheme.yml", "always"),
        ("schemes/mine/clauses.yml", "always"),
        ("schemes/other/scheme.yml", None),
    ],
)
def test_what_bears_on_a_quarter(path: str, expected: str | None) -> None:
    assert bearing(path, "u", "wang-fang", Period.parse("2026-Q1"), {"mine"}) == expected


def test_a_file_names_somebody_by_the_whole_id() -> None:
    assert names(FEEDBACK.format("wang-fang", "feedback").encode(), "wang-fang")
    assert not names(b"people: {wang-fang-2: {total: 9}, xwang-fang: {}}", "wang-fang")
    assert names(b"broken: [wang-fang", "wang-fang")
