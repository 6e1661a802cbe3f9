"""`init --forge`: writes over nothing but its own files, the same bytes each time, and tells when they are stale."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from command import Done, pingshi, tree
from office import Office
from sites import save

from pingshi.cli.starting_commands import FORGES as TOLD
from pingshi.forges import FORGES

if TYPE_CHECKING:
    from pathlib import Path

GITEA = ["CODEOWNERS", ".gitea/workflows/pingshi.yml", "forge/protect.sh", "forge/server-hook.sh", "forge/README.md"]
DAY = ("--on", "2026-04-02")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A bureau's repository with the records of one small office."""
    return save(Office("baishan-audit"), tmp_path / "repository")


def forge(root: Path, *words: str, name: str = "gitea") -> Done:
    """Write the files for a forge, on a day."""
    return pingshi("init", "--forge", name, *words, *(() if "--on" in words else DAY), repo=root)


def test_the_command_line_knows_the_forges_that_there_are() -> None:
    assert FORGES == TOLD


def test_the_files_are_written_and_are_fresh_then(root: Path) -> None:
    done = forge(root)
    assert (done.status, done.out.splitlines()) == (0, GITEA)
    assert done.err == "Gitea 或者 Forgejo：已经写好；接下来照 forge/README.md 做\n"
    assert forge(root, "--check") == Done(0, "由程序生成的文件都是最新的\n", "")
    before = tree(root)
    again = forge(root)
    assert (again.status, again.out) == (0, "")
    assert again.err == "Gitea 或者 Forgejo：都是最新的，没有改动\n"
    assert tree(root) == before


@pytest.mark.parametrize("name", FORGES)
def test_every_forge_can_be_asked_for_and_gets_the_same_bytes_each_time(name: str, tmp_path: Path) -> None:
    made = []
    for number in range(2):
        root = save(Office("baishan-audit"), tmp_path / str(number) / "repository")
        assert forge(root, name=name).status == 0
        made.append(tree(root))
    assert made[0] == made[1]


def test_records_and_checks_are_not_disturbed(root: Path) -> None:
    before = pingshi("check", "--json", repo=root).json
    assert forge(root).status == 0
    assert pingshi("check", "--json", repo=root).json == before


def test_a_change_of_the_roster_makes_files_stale_until_they_are_written_anew(root: Path) -> None:
    forge(root)
    unit = root / "records" / "u" / "unit.yml"
    unit.write_text(unit.read_text(encoding="utf-8").replace("led_by: [liu-yang]", "led_by: [wu-gang]"), "utf-8")
    stale = forge(root, "--check")
    assert (stale.status, stale.err) == (1, "")
    assert stale.out == (
        "以下文件已经过期（人员、职务、方案变了，或者任期到了），请人事部门在自己的分支上重新生成，提交审核：\n"
        "  CODEOWNERS\n  forge/protect.sh\n  forge/README.md\n"
        f"重新生成：pingshi init --forge gitea --repo {root}\n"
    )
    assert forge(root).out.splitlines() == ["CODEOWNERS", "forge/protect.sh", "forge/README.md"]
    assert forge(root, "--check").status == 0


def test_a_term_of_office_that_ends_makes_files_stale_on_that_day(root: Path) -> None:
    unit = root / "records" / "u" / "unit.yml"
    terms = "led_by: [{is: liu-yang, to: 2026-04-30}, {is: wu-gang, from: 2026-05-01}]"
    unit.write_text(unit.read_text(encoding="utf-8").replace("led_by: [liu-yang]", terms), encoding="utf-8")
    forge(root)
    assert forge(root, "--check", "--on", "2026-04-30").status == 0
    late = forge(root, "--check", "--on", "2026-05-01")
    assert (late.status, "  CODEOWNERS\n" in late.out) == (1, True)


def test_a_record_more_does_not_make_files_stale(root: Path) -> None:
    """Not even the first one of a new year."""
    forge(root)
    folder = root / "records" / "u" / "2027-Q1" / "summaries"
    folder.mkdir(parents=True)
    (folder / "wang-fang.yml").write_text("political: 好\n", encoding="utf-8")
    assert forge(root, "--check").status == 0


@pytest.mark.parametrize("damage", ["changed", "missing", "link"])
def test_a_file_that_was_tampered_with_is_stale(root: Path, damage: str) -> None:
    forge(root)
    file = root / "CODEOWNERS"
    text = file.read_text(encoding="utf-8")
    if damage == "changed":
        file.write_text(text + ".* @somebody\n", encoding="utf-8")
    else:
        file.unlink()
    if damage == "link":
        (root / "elsewhere").write_text(text, encoding="utf-8")
        file.symlink_to("elsewhere")
    done = forge(root, "--check")
    assert (done.status, done.out.splitlines()[1:-1]) == (1, ["  CODEOWNERS"])


def test_somebodys_own_file_is_left_alone_and_then_nothing_is_written(root: Path) -> None:
    (root / "CODEOWNERS").write_text(".* @it\n", encoding="utf-8")
    before = tree(root)
    done = forge(root)
    assert (done.status, done.out) == (2, "")
    assert done.err == (
        "CODEOWNERS 已经有了，不是 pingshi init --forge 生成的，没有动它；先把它移走，需要的内容以后再加回去\n"
    )
    assert tree(root) == before


def test_links_are_not_followed(root: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (root / "forge").symlink_to(outside)
    folder = forge(root)
    assert (folder.status, folder.err) == (2, "forge 是符号链接，不能往里写；换成真正的文件夹\n")
    (root / "forge").unlink()
    (outside / "README.md").write_text("<!-- 由 pingshi init --forge gitea 生成 -->\n", encoding="utf-8")
    (root / "forge").mkdir()
    (root / "forge" / "README.md").symlink_to(outside / "README.md")
    assert forge(root).status == 2
    assert (outside / "README.md").read_text(encoding="utf-8").count("\n") == 1


def test_moving_to_another_forge_replaces_what_both_have_and_tells_what_is_left(root: Path) -> None:
    forge(root)
    done = forge(root, name="gitlab")
    assert done.status == 0
    assert done.err.splitlines() == [
        "注意：以前为别的平台生成的 .gitea/workflows/pingshi.yml 还在；不用了就删掉",
        "GitLab：已经写好；接下来照 forge/README.md 做",
    ]
    assert forge(root, "--check").status == 1
    assert forge(root, "--check", name="gitlab").status == 0


def test_somebody_without_an_account_that_can_be_written_is_told_of(root: Path) -> None:
    person = root / "records" / "u" / "people" / "wang-fang.yml"
    person.write_text(person.read_text(encoding="utf-8") + 'git: {accounts: ["王 芳"]}\n', encoding="utf-8")
    assert forge(root).err.splitlines()[0] == (
        "注意：wang-fang（wang-fang）没有能用的账号，没有写进去；"
        "账号只用英文字母、数字、点、下划线和减号，改正人员资料里的 git.accounts 以后重新生成"
    )


@pytest.mark.parametrize("path", ["unit.yml", "people/liu-yang.yml"])
def test_nothing_is_written_while_the_roster_has_errors(root: Path, path: str) -> None:
    (root / "records" / "u" / path).write_text("name: 局\nnam: 1\n", encoding="utf-8")
    before = tree(root)
    for words in ((), ("--check",)):
        done = forge(root, *words)
        assert (done.status, done.out) == (1, "")
        assert done.err.startswith(f"人员、单位或者方案有错误，说不准由谁审核：records/u/{path} 第 ")
        assert done.err.endswith("；先用 pingshi check 看，改正以后再生成\n")
    assert tree(root) == before


def test_an_error_in_some_record_does_not_matter(root: Path) -> None:
    folder = root / "records" / "u" / "2026-Q1" / "summaries"
    folder.mkdir(parents=True)
    (folder / "wang-fang.yml").write_text("political: [\n", encoding="utf-8")
    (folder / "notes.txt").write_text("x", encoding="utf-8")
    assert forge(root).status == 0


def test_where_there_is_no_unit_yet_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "records").mkdir()
    done = forge(tmp_path)
    assert (done.status, done.out, done.err) == (1, "", "还没有单位；先用 pingshi init 建好，填好 unit.yml\n")


def test_with_a_second_repository_the_files_go_into_the_first_one(root: Path, tmp_path: Path) -> None:
    second = tmp_path / "confidential"
    (second / "records").mkdir(parents=True)
    done = pingshi("init", "--forge", "gitea", *DAY, "--repo", str(second), "--repo", str(root))
    assert (done.status, done.out.splitlines()) == (0, GITEA)
    assert not (root / "CODEOWNERS").exists()
    assert "@liu-yang" in (second / "CODEOWNERS").read_text(encoding="utf-8")


def test_a_new_bureau_gets_its_files_before_it_has_people(tmp_path: Path) -> None:
    root = tmp_path / "bureau"
    assert pingshi("init", "bureau", "--scheme", "baishan-audit", "--name", "示例局", cwd=tmp_path).status == 0
    for name in FORGES:
        assert forge(root, name=name).status == 0, name


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("init", "用法有误：缺少文件夹\n用 pingshi init --help 查看说明\n"),
        ("init x --check", "用法有误：--check 要与 --forge 一起写\n用 pingshi init --help 查看说明\n"),
        ("init x --repo y", "用法有误：--repo 要与 --forge 一起写\n用 pingshi init --help 查看说明\n"),
        (
            "init x --forge gitea",
            "用法有误：--forge 不和 文件夹 一起写，写在已经建好的仓库里；仓库用 --repo 指明\n",
        ),
        (
            "init --forge gitea --scheme city-drc",
            "用法有误：--forge 不和 --scheme 一起写，写在已经建好的仓库里；仓库用 --repo 指明\n",
        ),
        ("init --forge x", "用法有误：--forge 不能写“x”，可以写：gitea, gitlab, gitolite, plain\n"),
    ],
)
def test_wrong_usage_is_told(words: str, told: str, tmp_path: Path) -> None:
    done = pingshi(*words.split(), cwd=tmp_path)
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith(told)
    assert tree(tmp_path) == {}
