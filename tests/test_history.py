"""`--rev`: the files of a commit, whatever stands in the folder now."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest
from command import Done, environment, pingshi, tree
from office import Office
from sites import save
from telling import rate

from pingshi.history import NoRepositoryError, UnknownRevisionError, read_commit
from pingshi.records import read_working_tree, take

if TYPE_CHECKING:
    from pathlib import Path

WHO = {
    "GIT_AUTHOR_NAME": "qian-wei",
    "GIT_AUTHOR_EMAIL": "qian-wei@office.example",
    "GIT_COMMITTER_NAME": "qian-wei",
    "GIT_COMMITTER_EMAIL": "qian-wei@office.example",
    "GIT_AUTHOR_DATE": "2026-04-01T09:00:00+08:00",
    "GIT_COMMITTER_DATE": "2026-04-01T09:00:00+08:00",
}


def git(root: Path, *arguments: str) -> str:
    """Run git in a folder."""
    done = subprocess.run(
        ["git", *arguments], cwd=root, env=environment(**WHO), check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def commit(root: Path, message: str) -> str:
    """Commit everything; return the commit."""
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--allow-empty", "--message", message)
    return git(root, "rev-parse", "HEAD")


@pytest.fixture
def office() -> Office:
    """An office of two, being rated."""
    return rate(Office(), {"wang-fang": 88, "zhao-lei": 70})


@pytest.fixture
def root(office: Office, tmp_path: Path) -> Path:
    """A repository whose first commit is sound, whose second has an error, and whose folder has another."""
    root = save(office, tmp_path / "repository")
    git(root, "init", "--quiet", "--initial-branch", "main")
    git(root, "tag", "first", commit(root, "第一次"))
    (root / "records/u/people/wang-fang.yml").write_text("name: [\n", encoding="utf-8")
    commit(root, "写坏了")
    (root / "records/u/people/zhao-lei.yml").unlink()
    (root / "records/u/2026-Q1/新文件.txt").write_text("没有提交", encoding="utf-8")
    return root


def codes(done: Done) -> set[tuple[str, str]]:
    """Return what is wrong, and where."""
    return {(it["path"].removeprefix("records/u/"), it["code"]) for it in done.json["problems"]}


def test_a_commit_is_checked_and_not_the_folder(root: Path) -> None:
    assert codes(pingshi("check", "--json", "--rev", "first", repo=root)) == set()
    assert codes(pingshi("check", "--json", "--rev", "HEAD", repo=root)) == {("people/wang-fang.yml", "yaml-syntax")}
    here = codes(pingshi("check", "--json", repo=root))
    assert ("people/wang-fang.yml", "yaml-syntax") in here
    assert ("2026-Q1/新文件.txt", "misplaced-file") in here


def test_a_commit_is_read_byte_for_byte_like_the_folder_that_was_committed(
    office: Office, root: Path, tmp_path: Path
) -> None:
    whole = save(office, tmp_path / "whole")
    assert read_commit([root], "first") == read_working_tree([whole])
    assert take(read_commit([root], "first")).files == len(office.files)


@pytest.mark.parametrize("revision", ["first", "HEAD~1", "main~1", "HEAD^", "refs/tags/first"])
def test_a_commit_may_be_named_in_gits_ways(revision: str, root: Path) -> None:
    assert codes(pingshi("check", "--json", "--rev", revision, repo=root)) == set()


def test_a_commit_may_be_named_by_its_number_and_an_annotated_tag(root: Path) -> None:
    full = git(root, "rev-parse", "first")
    git(root, "tag", "--annotate", "--message", "说明", "annotated", "first")
    for revision in (full, full[:10], "annotated"):
        assert pingshi("check", "--rev", revision, repo=root).status == 0


def test_grade_explain_and_build_read_the_commit_too(root: Path, tmp_path: Path) -> None:
    rev = ("--rev", "first")
    graded = pingshi("grade", "2026-Q1", "--json", *rev, repo=root)
    assert graded.json["people"]["wang-fang"]["score"] == "88.00"
    assert pingshi("explain", "2026-Q1", "zhao-lei", *rev, repo=root).status == 0
    assert pingshi("lint", *rev, repo=root).status == 0
    assert pingshi("schema", *rev, repo=root).status == 0
    done = pingshi("build", "--out", str(tmp_path / "site"), *rev, repo=root)
    assert done == Done(0, "", "")
    assert (tmp_path / "site" / "u" / "2026-Q1" / "roster.html").is_file()


@pytest.mark.parametrize(
    "revision",
    [
        "nope",
        "HEAD~9",
        "HEAD:records",
        "HEAD^{tree}",
        "0" * 40,
        "--output=x",
        "@{-1}",
        "HEAD@{9}",
        "main..first",
        "…",
        "",
    ],
)
def test_what_is_no_commit_is_wrong_usage(revision: str, root: Path) -> None:
    """An empty name, as from an unset variable of a script, must not mean the folder."""
    before = tree(root)
    assert pingshi("check", f"--rev={revision}", cwd=root) == Done(2, "", f"没有“{revision}”这个提交\n")
    assert tree(root) == before


def test_a_repository_without_a_commit_has_none_to_read(office: Office, tmp_path: Path) -> None:
    root = save(office, tmp_path / "repository")
    git(root, "init", "--quiet")
    assert pingshi("check", "--rev", "HEAD", repo=root) == Done(2, "", "没有“HEAD”这个提交\n")


def test_a_folder_outside_of_git_has_no_commits(office: Office, tmp_path: Path) -> None:
    root = save(office, tmp_path / "repository")
    done = pingshi("check", "--rev", "HEAD", repo=root, GIT_CEILING_DIRECTORIES=str(tmp_path))
    assert done == Done(3, "", f"{root} 不是 git 仓库，不能用 --rev\n")
    with pytest.raises(NoRepositoryError):
        read_commit([root], "HEAD")


def test_without_git_only_rev_fails(root: Path, tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    nothing = str(tmp_path / "bin")
    assert pingshi("check", "--rev", "HEAD", repo=root, PATH=nothing) == Done(3, "", "找不到 git 命令；请先安装 git\n")
    assert pingshi("lint", repo=root, PATH=nothing).status == 0
    assert pingshi("grade", "2026-Q1", repo=root, PATH=nothing).status == 1


def test_git_is_needed_for_nothing_else(office: Office, tmp_path: Path) -> None:
    root = save(office, tmp_path / "repository")
    (tmp_path / "bin").mkdir()
    for command in ("check", "lint", "grade 2026-Q1", "build", "schema"):
        assert pingshi(*command.split(), repo=root, PATH=str(tmp_path / "bin")).status == 0


def test_a_symbolic_link_in_a_commit_is_not_followed(root: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.yml"
    secret.write_text("name: 密\n", encoding="utf-8")
    git(root, "checkout", "--quiet", "--force", "first")
    (root / "records/u/people/link.yml").symlink_to(secret)
    (root / "records/u/2026-Q1/summaries").symlink_to(tmp_path)
    (root / "records/u/people/dangling.yml").symlink_to("nowhere.yml")
    commit(root, "链接")
    expected = {("people/link.yml", "symlink"), ("people/dangling.yml", "symlink"), ("2026-Q1/summaries", "symlink")}
    for rev in (("--rev", "HEAD"), ()):
        done = pingshi("check", "--json", *rev, repo=root)
        assert {it for it in codes(done) if it[1] == "symlink"} == expected
        assert "密" not in done.out


def test_another_repository_inside_the_records_is_not_read(root: Path) -> None:
    inner = root / "records/u/2026-Q2"
    inner.mkdir()
    git(inner, "init", "--quiet")
    (inner / "ballots.yml").write_text("totals: [\n", encoding="utf-8")
    commit(inner, "里面")
    git(root, "-c", "advice.addEmbeddedRepo=false", "add", "records/u/2026-Q2")
    commit(root, "外面")
    assert ("2026-Q2", "symlink") in codes(pingshi("check", "--json", "--rev", "HEAD", repo=root))


def test_a_file_that_is_too_large_is_told_and_not_read(root: Path) -> None:
    (root / "records/u/2026-Q1/ballots.yml").write_text("# " + "x" * 300_000, encoding="utf-8")
    commit(root, "太大")
    assert ("2026-Q1/ballots.yml", "too-large") in codes(pingshi("check", "--json", "--rev", "HEAD", repo=root))


def test_names_of_files_in_chinese_are_told_as_they_are(root: Path) -> None:
    commit(root, "新文件")
    assert ("2026-Q1/新文件.txt", "misplaced-file") in codes(pingshi("check", "--json", "--rev", "HEAD", repo=root))


def test_the_records_may_stand_in_a_folder_of_a_larger_repository(office: Office, tmp_path: Path) -> None:
    save(office, tmp_path / "large" / "assessment" / "records-of-2026")
    large = tmp_path / "large"
    git(large, "init", "--quiet")
    commit(large, "全部")
    inside = large / "assessment" / "records-of-2026"
    assert read_commit([inside], "HEAD") == read_working_tree([inside])
    assert pingshi("check", "--json", "--rev", "HEAD", cwd=inside).json["files"] == len(office.files)


@pytest.mark.parametrize("folder", ["", "records", "records/u"])
def test_a_folder_that_is_no_repository_of_ours_is_wrong_usage_in_a_commit_too(
    folder: str, office: Office, tmp_path: Path
) -> None:
    """`检查了 0 个文件：没有发现问题` would be a lie."""
    large = tmp_path / "large"
    save(office, large / "inside")
    git(large, "init", "--quiet")
    commit(large, "全部")
    asked = large / "inside" / folder if folder else large
    says = f"“{asked}”里没有 records 和 schemes 文件夹，不是考核仓库；用 --repo 指明仓库在哪里\n"
    assert pingshi("check", "--rev", "HEAD", repo=asked) == Done(2, "", says)


def test_a_repository_behind_a_link_and_one_without_a_folder_are_read(root: Path, tmp_path: Path) -> None:
    """Servers keep bare repositories; people link to folders."""
    (tmp_path / "link").symlink_to(root)
    git(tmp_path, "clone", "--quiet", "--bare", str(root), str(tmp_path / "bare.git"))
    for repo in (tmp_path / "link", tmp_path / "bare.git"):
        assert pingshi("check", "--rev", "first", repo=repo).status == 0
        relative = os.path.relpath(repo, tmp_path)
        assert pingshi("check", "--rev", "first", "--repo", relative, cwd=tmp_path).status == 0


def test_an_unknown_commit_is_an_error_of_its_own(root: Path) -> None:
    with pytest.raises(UnknownRevisionError, match="没有“nope”这个提交"):
        read_commit([root], "nope")


def test_two_roots_are_read_at_a_commit_each(root: Path, tmp_path: Path) -> None:
    """A branch or tag of that name has to be in both."""
    other = tmp_path / "other"
    (other / "records/u/facts").mkdir(parents=True)
    (other / "records/u/facts/wang-fang.yml").write_text("- {kind: rumour}\n", encoding="utf-8")
    git(other, "init", "--quiet", "--initial-branch", "main")
    git(other, "tag", "first", commit(other, "第一次"))
    done = pingshi("check", "--json", "--rev", "first", "--repo", str(root), "--repo", str(other))
    assert {it[0] for it in codes(done)} >= {"facts/wang-fang.yml"}
    assert ("2026-Q1/ballots.yml", "misplaced-file") in codes(done)
