"""`preview`: what a branch would change, told in whole comments on real repositories."""

from __future__ import annotations

import subprocess
from datetime import date
from typing import TYPE_CHECKING

import pytest
from command import Done, environment, pingshi
from office import Office
from sites import save
from telling import amend, file_summaries, rate
from test_history import commit, git

from pingshi.agenda import Duty, Someone
from pingshi.comparison import Side, as_json, as_markdown, compare
from pingshi.history import Change, Changes, NoRepositoryError, UnknownRevisionError, changes_between
from pingshi.periods import Period

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pingshi.records import UnitRecords

NAMES = {"zhou-min": "周敏", "liu-yang": "董一白", "he-jun": "何军", "wu-gang": "吴刚", "qian-wei": "钱伟"}
STAFF = {"wang-fang": "王芳", "zhao-lei": "赵磊", "hu-bing": "胡兵", "lin-jie": "林洁", "xu-na": "徐娜"}
Q1 = Period("quarter", 2026, 1)


def named(scheme: str = "qufu-approval", staff: str = " ".join(STAFF)) -> Office:
    """An office whose people have names."""
    office = Office(scheme, staff)
    for person, name in NAMES.items():
        office.person(person, name=name, leader="true")
    for person in staff.split():
        office.person(person, name=STAFF[person])
    return office


class Branch:
    """A repository with a branch `work`, which is what the test writes on top of `main`."""

    def __init__(self, office: Office, folder: Path) -> None:
        self.office = office
        self.root = save(office, folder / "repository")
        git(self.root, "init", "--quiet", "--initial-branch", "main")
        self.base = commit(self.root, "起点")
        git(self.root, "switch", "--quiet", "--create", "work")

    def commit(self) -> str:
        """Save what the office holds now; files that it no longer holds go."""
        for path in git(self.root, "ls-files", "-z").split("\0"):
            if path and path not in self.office.files:
                (self.root / path).unlink()
        save(self.office, self.root)
        return commit(self.root, "修改")

    def preview(self, *more: str) -> Done:
        """Compare the branch with main, on 2026-04-03."""
        return pingshi("preview", "main", "work", "--on", "2026-04-03", *more, repo=self.root)

    def told(self, status: int = 0) -> str:
        """Return the comment without the line that names the commits."""
        done = self.preview()
        assert (done.status, done.err) == (status, "")
        head = git(self.root, "rev-parse", "work")
        first, second, rest = done.out.split("\n\n", 2)
        assert (first, second) == ("## 考核记录变化", f"`{self.base[:10]}` 至 `{head[:10]}`")
        return rest


SCORES = {"wang-fang": 92, "zhao-lei": 88, "hu-bing": 86, "lin-jie": 80, "xu-na": 78}


def test_a_summary_by_somebody_changes_no_grade(tmp_path: Path) -> None:
    branch = Branch(named(), tmp_path)
    file_summaries(branch.office, "wang-fang")
    branch.commit()
    assert branch.told() == (
        "### 记录\n\n新增 1 份。\n\n"
        "- 新增 王芳2026年第一季度个人小结（本人填写）：`records/u/2026-Q1/summaries/wang-fang.yml`\n\n"
        "等次和名额没有变化。\n\n"
        "### 办结的事项\n\n- 王芳：2026年第一季度写个人小结（依据 Q6）\n\n"
        "### 由谁审核（按2026年4月3日的任职情况）\n\n"
        "- **主管领导（董一白）**审核（依据 Q6）：王芳2026年第一季度个人小结\n"
    )


def test_what_nobody_can_approve_is_told_as_that(tmp_path: Path) -> None:
    """The unit still names a leader who has left."""
    office = named()
    office.person("liu-yang", name="董一白", leader="true", left="2026-04-02")
    branch = Branch(office, tmp_path)
    file_summaries(branch.office, "wang-fang")
    branch.commit()
    assert branch.told().partition("### 由谁审核")[2] == (
        "（按2026年4月3日的任职情况）\n\n"
        "- 王芳2026年第一季度个人小结：2026-04-03 那天没有人担任主管领导，没有人可以审核；先在 unit.yml 里写明。\n"
    )


def test_a_sheet_that_changes_grades_and_places(tmp_path: Path) -> None:
    """Hu Bing's score falls below the band, so that the place goes to nobody else: the rest have no 85."""
    branch = Branch(rate(named(), SCORES), tmp_path)
    branch.office.review("zhou-min", "principal_leader", SCORES | {"zhao-lei": 60})
    branch.commit()
    assert branch.told() == (
        "### 记录\n\n修改 1 份。\n\n"
        "- 修改 周敏2026年第一季度评鉴表（评鉴人本人填写）：`records/u/2026-Q1/reviews/zhou-min.yml`\n\n"
        "### 等次\n\n示例局2026年第一季度\n\n"
        "| 姓名 | 项目 | 原来 | 现在 | 依据 |\n|---|---|---|---|---|\n"
        "| 胡兵 | 建议 | 较好 | 好 | Q7 |\n"
        "| 赵磊 | 建议 | 好 | 较好 | Q7 |\n\n"
        "名额没有变化。\n\n"
        "### 由谁审核（按2026年4月3日的任职情况）\n\n"
        "- **督查指导科（钱伟）**签收，只确认收到，不表示同意（依据 Q7）：周敏2026年第一季度评鉴表\n"
    )


def test_a_determination_with_an_error_is_status_1(tmp_path: Path) -> None:
    """Errors are all told, of the many reminders that a first determination brings only some."""
    branch = Branch(rate(named(), SCORES), tmp_path)
    branch.office.decide(dict.fromkeys(STAFF, "好"))
    branch.commit()
    assert branch.told(status=1) == DETERMINED


DETERMINED = """\
### 记录

新增 1 份。

- 新增 示例局2026年第一季度审定结果（督查指导科填写）：`records/u/2026-Q1/determination.yml`

### 等次

示例局2026年第一季度

| 姓名 | 项目 | 原来 | 现在 | 依据 |
|---|---|---|---|---|
| 胡兵 | 审定 | 没有审定 | 好 | Q7 |
| 林洁 | 审定 | 没有审定 | 好 | Q7 |
| 王芳 | 审定 | 没有审定 | 好 | Q7 |
| 徐娜 | 审定 | 没有审定 | 好 | Q7 |
| 赵磊 | 审定 | 没有审定 | 好 | Q7 |

### 名额

- 示例局2026年第一季度公务员好等次：参加考核 5 人，限额 2 人，已用 2 → 5 人，超出 3 人（依据 Q7）

### 办结的事项

- 周敏、董一白、钱伟：2026年第一季度审定等次并登记（依据 Q7）

### 由谁审核（按2026年4月3日的任职情况）

- **主要领导（周敏）**审核（依据 Q7）：示例局2026年第一季度审定结果

### 问题

新出现 4 个错误、29 个提醒，改正错误以后再合并：

- **错误** `records/u/2026-Q1/determination.yml` 第 3 行：公务员参加考核 5 人，好等次限额 2 人，审定了 5 人（依据 Q7）。减少人数；这个限额不能超过。
- **错误** `records/u/2026-Q1/determination.yml` 第 6 行：胡兵建议为较好，审定为好，没有写理由（依据 Q7）。写成 hu-bing: {grade: 好, reason: …}。
- **错误** `records/u/2026-Q1/determination.yml` 第 7 行：林洁建议为较好，审定为好，没有写理由（依据 Q7）。写成 lin-jie: {grade: 好, reason: …}。
- **错误** `records/u/2026-Q1/determination.yml` 第 8 行：徐娜建议为较好，审定为好，没有写理由（依据 Q7）。写成 xu-na: {grade: 好, reason: …}。
- 提醒 `records/u/2026-01/attendance.yml` 第 1 行：没有2026年1月的考勤：严格落实考勤制度，考勤情况作为平时考核的重要依据（依据 Q5）。由经办部门补上 records/u/2026-01/attendance.yml。
- 提醒 `records/u/2026-01/reports/hu-bing.yml` 第 1 行：没有胡兵2026年1月的月小结：每月进行条目式总结，填写月工作小结，向主管领导汇报（依据 Q5）。由胡兵本人补上 records/u/2026-01/reports/hu-bing.yml。
- 提醒 `records/u/2026-01/reports/lin-jie.yml` 第 1 行：没有林洁2026年1月的月小结：每月进行条目式总结，填写月工作小结，向主管领导汇报（依据 Q5）。由林洁本人补上 records/u/2026-01/reports/lin-jie.yml。
- 提醒 `records/u/2026-01/reports/wang-fang.yml` 第 1 行：没有王芳2026年1月的月小结：每月进行条目式总结，填写月工作小结，向主管领导汇报（依据 Q5）。由王芳本人补上 records/u/2026-01/reports/wang-fang.yml。
- 提醒 `records/u/2026-01/reports/xu-na.yml` 第 1 行：没有徐娜2026年1月的月小结：每月进行条目式总结，填写月工作小结，向主管领导汇报（依据 Q5）。由徐娜本人补上 records/u/2026-01/reports/xu-na.yml。
- 另有 24 项没有列出
"""  # noqa: E501 -- lines as they are posted


def test_a_fact_that_takes_a_grade_away_names_the_clause_that_does(tmp_path: Path) -> None:
    branch = Branch(rate(named(), SCORES), tmp_path)
    branch.office.facts("wang-fang", "kind: misconduct, on: 2026-03-09, item: 一票否决, what: 被通报批评, basis: 文号")
    branch.commit()
    told = branch.told()
    assert told.split("### 等次\n\n")[1].split("\n\n### ")[0] == GRADES_OF_FACT


GRADES_OF_FACT = """\
示例局2026年第一季度

| 姓名 | 项目 | 原来 | 现在 | 依据 |
|---|---|---|---|---|
| 胡兵 | 建议 | 较好 | 好 | Q7 |
| 王芳 | 建议 | 好 | 较差 | Q12 |

名额没有变化。"""


def test_what_a_determination_means_for_the_year(tmp_path: Path) -> None:
    """Of somebody whose year allows what it allowed before, nothing is said."""
    office = named("baishan-audit", "wang-fang zhao-lei")
    office.review("liu-yang", "supervising_leader", {"wang-fang": "较好", "zhao-lei": "一般"})
    branch = Branch(office, tmp_path)
    branch.office.decide({"wang-fang": "较好", "zhao-lei": "一般"}, on="2026-04-02")
    branch.commit()
    assert branch.preview("--json").json["annual"] == [
        {
            "unit": "u",
            "year": "2026",
            "person": "zhao-lei",
            "name": "赵磊",
            "before": ["称职", "基本称职", "不称职"],
            "after": ["基本称职", "不称职"],
            "clauses": ["B14"],
        }
    ]
    assert branch.told().split("### ")[3] == (
        "年度考核可以确定的等次\n\n示例局2026年度\n\n"
        "| 姓名 | 原来 | 现在 | 依据 |\n|---|---|---|---|\n"
        "| 赵磊 | 称职、基本称职、不称职 | 基本称职、不称职 | B14 |\n\n"
    )


def test_a_file_that_is_deleted_and_problems_that_are_gone(tmp_path: Path) -> None:
    """A problem whose line has moved is no new one; the file of nobody is the office's to take away."""
    office = named(staff="wang-fang zhao-lei")
    office.write("2026-Q1/summaries/nobody.yml", "political: [\n").write("facts/wang-fang.yml", "- {kind: x}\n")
    branch = Branch(office, tmp_path)
    del branch.office.files["records/u/2026-Q1/summaries/nobody.yml"]
    branch.office.write("facts/wang-fang.yml", "# 说明\n\n- {kind: x}\n")
    branch.commit()
    assert branch.told() == (
        "### 记录\n\n修改 1 份，删除 1 份。\n\n"
        "- 删除 nobody2026年第一季度个人小结（督查指导科填写）：`records/u/2026-Q1/summaries/nobody.yml`\n"
        "- 修改 王芳的事实记录（督查指导科填写）：`records/u/facts/wang-fang.yml`\n\n"
        "等次和名额没有变化。\n\n"
        "### 由谁审核（按2026年4月3日的任职情况）\n\n"
        "- **主要领导（周敏）**审核：nobody2026年第一季度个人小结\n"
        "- **主管领导或主要领导（董一白、周敏）**审核：王芳的事实记录\n\n"
        "列出几个人的，其中一人审核就可以；谁写的，谁不能审核。\n\n"
        "### 问题\n\n已经解决 2 个：\n\n"
        "- `records/u/2026-Q1/summaries/nobody.yml`：没有“nobody”这个人\n"
        "- `records/u/2026-Q1/summaries/nobody.yml`：文件到这里就断了，没有写完\n"
    )


def test_a_branch_is_compared_from_where_it_left(tmp_path: Path) -> None:
    """What main did meanwhile is none of the branch's changes."""
    branch = Branch(named(), tmp_path)
    file_summaries(branch.office, "wang-fang")
    branch.commit()
    git(branch.root, "switch", "--quiet", "main")
    (branch.root / "records/u/people/xu-na.yml").unlink()
    commit(branch.root, "别的修改")
    assert [it["path"] for it in branch.preview("--json").json["files"]] == [
        "records/u/2026-Q1/summaries/wang-fang.yml"
    ]
    assert changes_between(branch.root, "main", "work").base == branch.base


def test_nothing_changed(tmp_path: Path) -> None:
    branch = Branch(named(), tmp_path)
    (branch.root / "README.md").write_text("说明\n", encoding="utf-8")
    commit(branch.root, "改了别的")
    assert branch.preview() == Done(0, "## 考核记录变化\n\n考核记录和方案没有变化。\n", "")


def test_a_change_can_not_give_the_right_that_it_needs(tmp_path: Path) -> None:
    """Who approves is told by the roster before the change; of a new colleague's file, by the one proposed."""
    branch = Branch(named("baishan-audit"), tmp_path)
    branch.office.write("unit.yml", branch.office.texts["unit.yml"].replace("led_by: [liu-yang]", "led_by: [wu-gang]"))
    branch.office.person("new-face", name="新人")
    file_summaries(branch.office, "wang-fang", "new-face")
    branch.commit()
    assert [(it["people"], it["paths"]) for it in branch.preview("--json").json["approvals"]] == [
        (["wu-gang"], ["records/u/2026-Q1/summaries/new-face.yml"]),
        (["liu-yang"], ["records/u/2026-Q1/summaries/wang-fang.yml"]),
        (["liu-yang", "zhou-min"], ["records/u/people/new-face.yml"]),
        (["zhou-min"], ["records/u/unit.yml"]),
    ]


def test_a_month_bears_on_its_quarter_and_a_scheme_on_all_periods(tmp_path: Path) -> None:
    office = rate(named(), SCORES)
    rate(office, SCORES, "2025-Q4")
    branch = Branch(office, tmp_path)
    amend(branch.office, "好: 85, 较好: 75", "好: 90, 较好: 75")
    branch.commit()
    told = branch.preview("--json").json
    assert [(it["period"], it["name"], it["before"], it["after"]) for it in told["grades"]] == [
        ("2025-Q4", "赵磊", "好", "较好"),
        ("2026-Q1", "赵磊", "好", "较好"),
    ]
    assert [(it["title"], it["writer"], it["own"]) for it in told["files"]] == [
        ("方案 qufu-approval 的规则", "督查指导科", False)
    ]


def test_a_unit_can_be_chosen(tmp_path: Path) -> None:
    office = named()
    for path, data in list(office.files.items()):
        office.files[path.replace("records/u/", "records/v/")] = data
    branch = Branch(office, tmp_path)
    for unit in "uv":
        branch.office.write(f"/records/{unit}/2026-Q1/publicity.yml", PUBLICITY)
    branch.commit()
    assert [it["path"] for it in branch.preview("--json", "--unit", "v").json["files"]] == [
        "records/v/2026-Q1/publicity.yml"
    ]
    assert len(branch.preview("--json").json["files"]) == 2
    assert branch.preview("--unit", "w") == Done(2, "", "没有“w”这个单位；有：u, v\n")


PUBLICITY = "from: 2026-04-03\nto: 2026-04-08\ncontact: 办公室\ntelephone: 0000-1\n"


# --- duties ----------------------------------------------------------------------------------


def test_duties_that_a_file_fulfils_are_told() -> None:
    """Only those: what was done before, and what another file would do, is left out."""
    office = file_summaries(named(), "zhao-lei")
    before = Side(office.snapshot(), ())
    file_summaries(office, "wang-fang")
    path = "records/u/2026-Q1/summaries/wang-fang.yml"
    changes = Changes("a" * 40, "b" * 40, (Change(path, "added"),))
    found = compare(changes, before, Side(office.snapshot(), ()), date(2026, 4, 3), summaries_due)
    assert [it.path for it in found.fulfilled] == [path]
    assert "### 办结的事项\n\n- 王芳：2026年第一季度写个人小结（依据 Q6）\n" in as_markdown(found)
    assert as_json(found)["fulfilled"] == [
        {
            "unit": "u",
            "period": "2026-Q1",
            "kind": "summaries",
            "task": "写个人小结",
            "role": "本人",
            "who": ["wang-fang"],
            "about": "wang-fang",
            "path": path,
            "clause": "Q6",
        }
    ]


def summaries_due(records: UnitRecords, period: Period, /) -> Iterator[Duty]:
    """Everybody owes a summary."""
    for person in STAFF:
        someone = Someone(person, records.name_of(person))
        yield Duty(
            unit=records.id,
            period=period,
            kind="summaries",
            task="写个人小结",
            role="本人",
            who=(someone,),
            about=someone,
            path=f"records/u/{period}/summaries/{person}.yml",
            since=period.last,
            due=None,
            note=None,
            clause="Q6",
            says="每季度末总结本季度工作",
            done=records.stands("summaries", period, person),
        )


# --- what texts may do -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("@all", "＠all"),
        ("王#12 !3 ~bug $4", "王＃12 ！3 ～bug ＄4"),
        ("<b>王</b>&amp;", "&#60;b&#62;王&#60;/b&#62;&#38;amp;"),
        ("a|b*c_d`_e_", "a&#124;b&#42;c_d&#96;&#95;e&#95;"),
        ("[x](https://example.org)", "&#91;x&#93;(https：//example.org)"),
        ("1. 王", "1&#46; 王"),
        ("/close", "&#47;close"),
    ],
)
def test_a_name_is_shown_as_it_is_and_does_nothing(name: str, shown: str) -> None:
    office = rate(named(), SCORES)
    before = Side(office.snapshot(), ())
    office.person("wang-fang", name=f'"{name}"').review("zhou-min", "principal_leader", SCORES | {"wang-fang": 50})
    office.write("unit.yml", office.texts["unit.yml"].replace("示例局", f'"{name}"'))
    files = (Change("records/u/2026-Q1/reviews/zhou-min.yml", "changed"), Change("records/u/unit.yml", "changed"))
    after = Side(office.snapshot(), ())
    told = as_markdown(compare(Changes("a" * 40, "b" * 40, files), before, after, date(2026, 4, 3)))
    assert f"\n| {shown} | 建议 | 好 | 较好 | Q7 |\n" in told
    assert f"\n{shown}2026年第一季度\n" in told
    assert name not in told.replace(shown, "")


def test_a_path_that_is_no_records_is_told_as_such(tmp_path: Path) -> None:
    branch = Branch(named(), tmp_path)
    branch.office.files["records/u/2026-Q1/`@all`.txt"] = b"x"
    branch.commit()
    done = branch.preview()
    assert done.status == 1
    assert "- 新增 records/u/2026-Q1/&#96;＠all&#96;.txt：不是考核记录的位置\n" in done.out
    assert "@all" not in done.out


def test_a_link_in_the_place_of_a_folder_is_no_stumbling_block(tmp_path: Path) -> None:
    branch = Branch(named(), tmp_path)
    git(branch.root, "rm", "-r", "--quiet", "records")
    (branch.root / "records").symlink_to("elsewhere")
    commit(branch.root, "换成链接")
    done = branch.preview()
    assert (done.status, done.err) == (1, "")
    assert "- 新增 `records`：不是考核记录的位置\n" in done.out


def test_long_lists_are_cut(tmp_path: Path) -> None:
    branch = Branch(named(), tmp_path)
    for number in range(60):
        branch.office.person(f"new-{number:02}", name=f"新人{number:02}")
    branch.commit()
    told = branch.told()
    assert told.count("- 新增 ") == 50
    assert "- 另有 10 项没有列出\n" in told
    assert "新人49资料等 60 份\n" in told.replace("的资料", "资料")


# --- the two commits -------------------------------------------------------------------------


def test_what_is_no_commit_is_wrong_usage(tmp_path: Path) -> None:
    root = Branch(named(), tmp_path).root
    assert pingshi("preview", "main", "nope", repo=root) == Done(2, "", "没有“nope”这个提交\n")
    assert pingshi("preview", "0" * 40, "main", repo=root) == Done(2, "", f"没有“{'0' * 40}”这个提交\n")
    with pytest.raises(UnknownRevisionError, match="没有“--all”这个提交"):
        changes_between(root, "main", "--all")


def test_commits_without_a_common_history_are_wrong_usage(tmp_path: Path) -> None:
    root = Branch(named(), tmp_path).root
    git(root, "switch", "--quiet", "--orphan", "other")
    commit(root, "另起")
    says = "“main”和“other”没有共同的历史，无法比较；如果只取了最近几次提交，先取全：git fetch --unshallow\n"
    assert pingshi("preview", "main", "other", repo=root) == Done(2, "", says)


def test_a_folder_without_git_is_the_environments_fault(tmp_path: Path) -> None:
    root = save(named(), tmp_path / "repository")
    assert pingshi("preview", "main", "work", repo=root) == Done(3, "", f"{root} 不是 git 仓库，没有提交可以比较\n")
    with pytest.raises(NoRepositoryError):
        changes_between(root, "main", "work")


def test_two_repositories_are_compared_one_by_one(tmp_path: Path) -> None:
    root = Branch(named(), tmp_path).root
    says = "两个仓库各有各的提交，一次只能比较一个；--repo 只写一次，分别比较\n"
    assert pingshi("preview", "main", "work", "--repo", str(root), repo=root) == Done(2, "", says)


def test_a_bare_repository_and_a_folder_within_one_can_be_compared(tmp_path: Path) -> None:
    branch = Branch(named(), tmp_path)
    file_summaries(branch.office, "wang-fang")
    branch.commit()
    bare = tmp_path / "bare.git"
    command = ["git", "clone", "--quiet", "--bare", str(branch.root), str(bare)]
    subprocess.run(command, check=True, env=environment())
    assert changes_between(bare, "main", "work") == changes_between(branch.root, "main", "work")
    whole = tmp_path / "whole"
    save(branch.office, whole / "inner")
    git(whole, "init", "--quiet", "--initial-branch", "main")
    commit(whole, "起点")
    (whole / "inner/records/u/people/xu-na.yml").unlink()
    commit(whole, "删了一个")
    assert changes_between(whole / "inner", "main~1", "main").files == (
        Change("records/u/people/xu-na.yml", "deleted"),
    )


def test_json_holds_the_same(tmp_path: Path) -> None:
    branch = Branch(rate(named(), SCORES), tmp_path)
    branch.office.review("zhou-min", "principal_leader", SCORES | {"zhao-lei": 60})
    head = branch.commit()
    assert branch.preview("--json").json == {
        "base": branch.base,
        "head": head,
        "on": "2026-04-03",
        "files": [
            {
                "path": "records/u/2026-Q1/reviews/zhou-min.yml",
                "change": "changed",
                "title": "周敏2026年第一季度评鉴表",
                "writer": "评鉴人本人",
                "own": True,
            }
        ],
        "grades": [
            {
                "unit": "u",
                "period": "2026-Q1",
                "person": person,
                "name": STAFF[person],
                "which": "suggested",
                "before": before,
                "after": after,
                "clause": "Q7",
            }
            for person, before, after in (("hu-bing", "较好", "好"), ("zhao-lei", "好", "较好"))
        ],
        "annual": [],
        "quotas": [],
        "fulfilled": [],
        "approvals": [
            {
                "role": "督查指导科",
                "people": ["qian-wei"],
                "manner": "receipt",
                "clause": "Q7",
                "paths": ["records/u/2026-Q1/reviews/zhou-min.yml"],
                "why": None,
            }
        ],
        "unknown": [],
        "problems": {"new": [], "gone": []},
    }


def test_where_the_scheme_can_no_longer_be_used_nothing_is_said_of_grades(tmp_path: Path) -> None:
    office = rate(named(), SCORES).decide({"wang-fang": "好"})
    branch = Branch(office, tmp_path)
    scheme = (branch.office.files["schemes/qufu-approval/scheme.yml"] or b"").decode()
    branch.office.files["schemes/qufu-approval/scheme.yml"] = scheme.replace("bands: {", "bnds: {").encode()
    branch.commit()
    told = branch.told(status=1)
    assert (
        "方案或者单位资料有错误用不了，以下的等次和名额算不出来，没有比较，以前的问题也看不出解决了没有："
        "示例局2026年第一季度"
    ) in told
    assert "没有审定" not in told
    assert "已经解决" not in told
