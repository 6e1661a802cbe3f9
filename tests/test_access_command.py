"""`access`: who writes and who approves a path, with every rule, as the command line tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from command import ROOT, pingshi
from office import Office
from sites import save
from test_history import commit, git

if TYPE_CHECKING:
    from pathlib import Path

    from command import Done

SUMMARY = "records/u/2026-Q1/summaries/wang-fang.yml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An office under qufu's scheme, whose people have names; no record of any period."""
    office = Office("qufu-approval")
    names = {"zhou-min": "周敏", "liu-yang": "董一白", "qian-wei": "钱伟", "wu-gang": "吴刚"}
    for person, name in names.items():
        office.person(person, name=name, leader="true")
    office.person("wang-fang", name="王芳")
    return save(office, tmp_path / "repository")


def ask(root: Path, *words: str, on: str = "2026-04-02", cwd: Path | None = None) -> Done:
    """Ask about a path on a day."""
    return pingshi("access", *words, "--on", on, repo=root, cwd=cwd)


def rule(path: str, text: str) -> str:
    """Return where a rule stands that says this: the line on which its mapping begins."""
    lines = (ROOT / path).read_text(encoding="utf-8").splitlines()
    (line,) = (number for number, it in enumerate(lines, 1) if text in it)
    return f"{path}:{line}"


def test_every_rule_is_told_in_order_with_its_clause_and_where_it_stands(root: Path) -> None:
    done = ask(root, "records/u/2026-02/plans/wang-fang.yml")
    where = rule("schemes/qufu-approval/scheme.yml", "周期性工作计划经主管领导审定后")
    assert (done.status, done.err) == (0, "")
    assert done.out == (
        "records/u/2026-02/plans/wang-fang.yml\n"
        "按 2026-04-02 的任职情况：\n"
        "  填写：本人，王芳（wang-fang）\n"
        "  审核：主管领导，董一白（liu-yang）（依据 Q4）\n"
        "依次看过的规则：\n"
        "  1. 月工作计划台账由本人填写。\n"
        f"  2. 周期性工作计划经主管领导审定后，列入个性指标。（依据 Q4）  {where}\n"
    )


def test_a_rule_that_does_not_fit_is_told_as_that(tmp_path: Path) -> None:
    root = save(Office("chaoyang-ecology"), tmp_path / "repository")
    lines = ask(root, SUMMARY).out.splitlines()
    first = rule("schemes/chaoyang-ecology/scheme.yml", "says: 科室正职由分管领导提出等次建议")
    assert (
        f"  2. 科室正职由分管领导提出等次建议，报局机关负责人或领导班子审定。（依据 C8）（这里不适用）  {first}"
        in lines
    )


def test_a_receipt_is_no_agreement_and_of_several_one_is_enough(root: Path) -> None:
    objection = ask(root, "records/u/2026-Q1/objections/wang-fang.yml").out.splitlines()
    assert objection[3] == "  签收（只确认收到，不表示同意）：督查指导科，钱伟（qian-wei）"
    ballots = ask(root, "records/u/2026-Q1/ballots.yml").out.splitlines()
    assert ballots[3] == "  审核：主管领导或主要领导，董一白（liu-yang）、周敏（zhou-min），其中一人就可以"


def test_whoever_wrote_it_does_not_approve_it(root: Path) -> None:
    done = ask(root, "records/u/2026-Q1/ballots.yml", "--author", "liu-yang")
    assert done.out.splitlines()[3] == "  审核：主管领导或主要领导，周敏（zhou-min）"
    assert done.out.splitlines()[-1] == "  3. 董一白不能审核自己写的或者关于自己的材料。"


def test_as_json_with_names_ids_and_places(root: Path) -> None:
    where = rule("schemes/qufu-approval/scheme.yml", "周期性工作计划经主管领导审定后")
    assert ask(root, "records/u/2026-02/plans/wang-fang.yml", "--json").json == {
        "path": "records/u/2026-02/plans/wang-fang.yml",
        "day": "2026-04-02",
        "writer": {"role": "本人", "people": [{"id": "wang-fang", "name": "王芳"}]},
        "only_removal": False,
        "approver": {"role": "主管领导", "people": [{"id": "liu-yang", "name": "董一白"}]},
        "manner": "agreement",
        "clause": "Q4",
        "considered": [
            {"says": "月工作计划台账由本人填写。", "clause": None, "applies": True, "at": None},
            {"says": "周期性工作计划经主管领导审定后，列入个性指标。", "clause": "Q4", "applies": True, "at": where},
        ],
    }


def test_the_day_decides_who_holds_the_office(root: Path) -> None:
    unit = root / "records" / "u" / "unit.yml"
    terms = "led_by: [{is: liu-yang, to: 2026-04-30}, {is: wu-gang, from: 2026-05-01}]"
    unit.write_text(unit.read_text(encoding="utf-8").replace("led_by: [liu-yang]", terms), encoding="utf-8")
    assert "董一白（liu-yang）" in ask(root, SUMMARY, on="2026-04-30").out
    assert "吴刚（wu-gang）" in ask(root, SUMMARY, on="2026-05-01").out


def test_a_vacant_office_is_told(root: Path) -> None:
    person = root / "records" / "u" / "people" / "liu-yang.yml"
    person.write_text(f"{person.read_text(encoding='utf-8')}left: 2026-04-01\n", encoding="utf-8")
    done = ask(root, SUMMARY)
    assert (done.status, done.out.splitlines()[3]) == (0, "  审核：主管领导，没有人（依据 Q6）")
    assert done.out.splitlines()[-2:] == [
        "  3. 董一白 2026-04-01 离开，2026-04-02 那天已经不在册，不算在内；unit.yml 里要换人。",
        "  4. 2026-04-02 那天没有人担任主管领导，没有人可以审核；先在 unit.yml 里写明。",
    ]


def test_files_of_nobody_and_files_beside_the_records(root: Path) -> None:
    nobody = ask(root, "records/u/2026-Q1/summaries/no-body.yml").out.splitlines()
    assert nobody[2:4] == ["  只能删去：督查指导科，钱伟（qian-wei）", "  审核：主要领导，周敏（zhou-min）"]
    for path in ("README.md", "./.gitea/workflows/pingshi.yml", "records/new/unit.yml"):
        lines = ask(root, path).out.splitlines()
        assert lines[0] == path.removeprefix("./")
        assert lines[2:4] == ["  填写：督查指导科，钱伟（qian-wei）", "  审核：主要领导，周敏（zhou-min）"]


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("records/u/2026-Q1/notes.yml", "没有“notes”这种记录；对照网站“格式参考”里“记录的格式”一页，移到正确的位置；"),
        ("schemes/qufu-approval/notes.yml", "“notes.yml”不是方案文件；每个方案一个文件夹，"),
        ("records/u/../unit.yml", "“records/u/../unit.yml”不是仓库里文件的路径；从仓库的根写起，"),
        ("Records/u/unit.yml", "“Records”容易与 records 混淆；放到 records 里；"),
    ],
)
def test_a_path_where_no_file_belongs_is_wrong_usage(root: Path, path: str, told: str) -> None:
    done = ask(root, path)
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith(told)


def test_an_author_whom_nobody_knows_is_wrong_usage(root: Path) -> None:
    done = ask(root, SUMMARY, "--author", "wang-fan")
    assert (done.status, done.out, done.err) == (2, "", "没有“wang-fan”这个人；是不是 wang-fang？\n")


def test_a_file_that_is_there_may_be_named_from_where_one_stands(root: Path) -> None:
    folder = root / "records" / "u" / "people"
    done = pingshi("access", "wang-fang.yml", "--on", "2026-04-02", "--repo", "../../..", cwd=folder)
    assert (done.status, done.out.splitlines()[0]) == (0, "records/u/people/wang-fang.yml")
    outside = pingshi("access", "../unit.yml", "--on", "2026-04-02", repo=root / "records", cwd=folder)
    assert outside.status == 2


def test_a_commit_is_asked_instead_of_the_folder(root: Path) -> None:
    git(root, "init", "--quiet", "--initial-branch", "main")
    first = commit(root, "起点")
    (root / "records" / "u" / "people" / "liu-yang.yml").unlink()
    assert ask(root, SUMMARY).out.splitlines()[3].endswith("没有人（依据 Q6）")
    assert "董一白（liu-yang）" in ask(root, SUMMARY, "--rev", first).out
