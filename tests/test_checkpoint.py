"""The checkpoint of a site; building from a commit alone; and builds refused where history was rewritten."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from command import Done, pingshi, tree
from office import Office
from sites import Site, save
from small_history import SmallHistory
from telling import SUMMARY

from pingshi import __version__
from pingshi.history import OddTreeError, Standing, lay_out, standing_at, standing_of_files
from pingshi.publishing import (
    Checkpoint,
    CheckpointError,
    Origin,
    RewrittenError,
    build_site,
    origin_of,
    published,
)
from pingshi.publishing.checkpoint import digest, parse, tools
from pingshi.publishing.origin import refuse_rewritten
from pingshi.records import take

if TYPE_CHECKING:
    from pathlib import Path

DAY = ("--on", "2026-04-15")
TOPS = ("records", "schemes", "site", "mkdocs.yml")


@pytest.fixture
def history(tmp_path: Path) -> SmallHistory:
    """An office at the level of receipts, of whose staff one has submitted, and a leader approved."""
    found = SmallHistory(tmp_path / "repository", "receipts")
    summary = found.submits("wang-fang", {"2026-Q1/summaries/wang-fang.yml": SUMMARY}, "2026-03-30 09:00")
    found.approves("liu-yang", summary, "2026-03-31 10:00")
    return found


def written(site: Path) -> dict[str, Any]:
    """Return the checkpoint as it stands in the site."""
    said: dict[str, Any] = json.loads((site / "checkpoint.json").read_text(encoding="utf-8"))
    return said


def mark(site: Path, *sources: Standing) -> Path:
    """Make a site of nothing but its checkpoint."""
    site.mkdir()
    (site / ".pingshi").touch()
    made = Checkpoint("public", date(2026, 4, 15), __version__, {}, "history", sources, "", 0)
    (site / "checkpoint.json").write_bytes(made.as_bytes())
    return site


# --- what it says ------------------------------------------------------------------------


def test_a_site_of_a_commit_says_which_and_up_to_which_receipt(history: SmallHistory, tmp_path: Path) -> None:
    out = tmp_path / "site"
    assert pingshi("build", "--rev", "main", "--out", str(out), *DAY, repo=history.root) == Done(0, "", "")
    pages, files = digest(out)
    assert written(out) == {
        "format": 1,
        "audience": "public",
        "on": "2026-04-15",
        "program": __version__,
        "tools": tools(),
        "from": "history",
        "commit": history.git("rev-parse", "main"),
        "clean": True,
        "receipts": history.git("rev-parse", "refs/pingshi/receipts"),
        "pages": pages,
        "files": files,
    }
    assert files == len(Site(out).files) - len(("checkpoint.json", ".pingshi"))


def test_the_digest_can_be_made_with_sha256sum_alone(tmp_path: Path) -> None:
    site = tmp_path / "site"
    for path in ("index.html", "u/2026-Q1/名单.html", "u/a.html", "u.html", "U/z.html"):
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(path, encoding="utf-8")
    (site / "checkpoint.json").write_text("{}", encoding="utf-8")
    (site / ".pingshi").touch()
    command = (
        "find . -type f ! -path ./checkpoint.json ! -path ./.pingshi | sed 's,^./,,' | LC_ALL=C sort "
        '| while read -r file; do sha256sum "$file"; done | sha256sum | cut -d " " -f 1'
    )
    done = subprocess.run(["sh", "-c", command], cwd=site, check=True, capture_output=True, text=True)
    assert digest(site) == (done.stdout.strip(), 5)


def test_a_site_outside_of_git_has_no_commit(tmp_path: Path) -> None:
    root = save(Office(), tmp_path / "repository")
    out = tmp_path / "site"
    assert pingshi("build", "--out", str(out), *DAY, repo=root, GIT_CEILING_DIRECTORIES=str(tmp_path)).status == 0
    said = written(out)
    assert (said["from"], said["commit"], said["clean"], said["receipts"]) == ("files", None, None, None)


def test_a_folder_that_only_lies_in_a_repository_of_something_else_has_no_commit(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    who = ("-c", "user.name=a", "-c", "user.email=a@a.example")
    subprocess.run(["git", "-C", str(tmp_path), *who, "commit", "-q", "--allow-empty", "-m", "x"], check=True)
    root = save(Office(), tmp_path / "inner")
    assert standing_of_files(root, TOPS) == Standing()


def test_a_site_of_the_files_is_that_of_their_commit_where_they_are_clean(
    history: SmallHistory, tmp_path: Path
) -> None:
    (history.root / "site" / "pages").mkdir(parents=True)
    (history.root / "site" / "pages" / "about.md").write_text("# 本局说明\n\n请找王科长。\n", encoding="utf-8")
    (history.root / "site" / "home.md").write_text("本局网站。\n", encoding="utf-8")
    (history.root / "mkdocs.yml").write_text("site_name: 本局平时考核\n", encoding="utf-8")
    history.commit("qian-wei", "网站", "2026-04-01 09:00")
    for name, rev in (("files", ()), ("commit", ("--rev", "HEAD"))):
        done = pingshi("build", *rev, "--out", str(tmp_path / name), *DAY, repo=history.root)
        assert done == Done(0, "", "")
    files, commit = Site(tmp_path / "files").files, Site(tmp_path / "commit").files
    assert {path for path in {*files, *commit} if files.get(path) != commit.get(path)} == {"checkpoint.json"}
    assert {**written(tmp_path / "commit"), "from": "files"} == written(tmp_path / "files")


# --- whether the files are those of the commit -------------------------------------------


def change(root: Path) -> None:
    (root / "records/u/unit.yml").write_text("name: 别的局\n", encoding="utf-8")


def hide_a_change(root: Path) -> None:
    subprocess.run(["git", "-C", str(root), "update-index", "--assume-unchanged", "records/u/unit.yml"], check=True)
    change(root)


def add(root: Path) -> None:
    (root / "records/u/facts").mkdir()
    (root / "records/u/facts/wang-fang.yml").write_text("[]\n", encoding="utf-8")


def add_what_git_ignores(root: Path) -> None:
    (root / ".git/info/exclude").write_text("facts/\n", encoding="utf-8")
    add(root)


def add_a_template(root: Path) -> None:
    (root / "site/templates").mkdir(parents=True)
    (root / "site/templates/archive.md.j2").write_text("# 本局档案\n", encoding="utf-8")


def delete(root: Path) -> None:
    (root / "records/u/people/zhao-lei.yml").unlink()


def link(root: Path) -> None:
    person = root / "records/u/people/zhao-lei.yml"
    person.rename(root / "elsewhere.yml")
    person.symlink_to(root / "elsewhere.yml")


@pytest.mark.parametrize(
    "happens",
    [change, hide_a_change, add, add_what_git_ignores, add_a_template, delete, link],
    ids=lambda it: it.__name__,
)
def test_files_that_differ_from_the_commit_are_told(happens: Any, history: SmallHistory) -> None:
    before = standing_of_files(history.root, TOPS)
    assert (before.commit, before.clean) == (history.git("rev-parse", "HEAD"), True)
    happens(history.root)
    assert standing_of_files(history.root, TOPS) == Standing(before.commit, clean=False, receipts=before.receipts)


def test_what_bears_on_nothing_leaves_them_clean(history: SmallHistory) -> None:
    (history.root / "README.md").write_text("说明\n", encoding="utf-8")
    (history.root / "build/site").mkdir(parents=True)
    (history.root / "records/u/2026-Q2/summaries").mkdir(parents=True)
    (history.root / "records/u/unit.yml").chmod(0o755)
    assert standing_of_files(history.root, TOPS).clean is True


# --- building from a commit alone ---------------------------------------------------------


def test_nothing_on_the_disk_gets_into_a_site_of_a_commit(history: SmallHistory, tmp_path: Path) -> None:
    assert pingshi("build", "--rev", "main", "--out", str(tmp_path / "a"), *DAY, repo=history.root).status == 0
    add_a_template(history.root)
    (history.root / "site/pages").mkdir()
    (history.root / "site/pages/secret.md").write_text("# 草稿\n", encoding="utf-8")
    (history.root / "site/home.md").write_text("草稿\n", encoding="utf-8")
    (history.root / "mkdocs.yml").write_text("site_name: 草稿\n", encoding="utf-8")
    shutil.rmtree(history.root / "records")
    assert pingshi("build", "--rev", "main", "--out", str(tmp_path / "b"), *DAY, repo=history.root).status == 0
    assert tree(tmp_path / "a") == tree(tmp_path / "b")


def test_a_site_can_be_built_from_a_bare_repository(history: SmallHistory, tmp_path: Path) -> None:
    server = tmp_path / "server.git"
    history.git("clone", "--quiet", "--mirror", str(history.root), str(server))
    for repo, name in ((history.root, "a"), (server, "b")):
        assert pingshi("build", "--rev", "main", "--out", str(tmp_path / name), *DAY, repo=repo) == Done(0, "", "")
    assert tree(tmp_path / "a") == tree(tmp_path / "b")
    before = tree(server)
    done = pingshi("build", "--rev", "main", *DAY, repo=server)
    assert done == Done(2, "", f"{server} 是服务器上的裸仓库，网站不放在里面；用 --out 指明放在哪里\n")
    assert tree(server) == before


def test_an_unknown_commit_is_wrong_usage(history: SmallHistory, tmp_path: Path) -> None:
    done = pingshi("build", "--rev", "nope", "--out", str(tmp_path / "site"), repo=history.root)
    assert done == Done(2, "", "没有“nope”这个提交\n")
    assert not (tmp_path / "site").exists()


def test_a_link_among_the_sites_files_is_not_followed(history: SmallHistory, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("# 密\n", encoding="utf-8")
    (history.root / "site/pages").mkdir(parents=True)
    (history.root / "site/pages/page.md").symlink_to(tmp_path / "secret.md")
    history.commit("qian-wei", "链接", "2026-04-01 09:00")
    done = pingshi("build", "--rev", "main", "--out", str(tmp_path / "site"), repo=history.root)
    says = "site/pages/page.md 是符号链接，生成网站时不跟随；换成真正的文件再提交\n"
    assert done == Done(1, "", says)
    assert not (tmp_path / "site").exists()


def odd_tree(history: SmallHistory, mode: str, name: str) -> str:
    """Make a commit by hand whose `site` holds one odd entry."""
    data = b"# evil\n"
    command = ["git", "-C", str(history.root)]

    def made(*arguments: str, data: bytes) -> str:
        done = subprocess.run([*command, *arguments], input=data, check=True, capture_output=True)
        return done.stdout.decode().strip()

    kind = {"160000": "commit", "120000": "blob"}.get(mode, "blob")
    held = history.git("rev-parse", "HEAD") if kind == "commit" else made("hash-object", "-w", "--stdin", data=data)
    inner = made("mktree", data=f"{mode} {kind} {held}\t{name}\n".encode())
    whole = made("mktree", data=f"040000 tree {inner}\tsite\n".encode())
    return history.git("commit-tree", "-m", "怪", whole)


@pytest.mark.parametrize(
    ("mode", "name", "says"),
    [
        ("160000", "vendor", "site/vendor 是另一个仓库（子模块），不能放进网站；换成真正的文件再提交"),
        ("120000", "link.md", "site/link.md 是符号链接，生成网站时不跟随；换成真正的文件再提交"),
        ("100644", "..", "site/.. 不是正常的文件；改正以后再提交"),
        ("100644", ".git", "site/.git 不是正常的文件；改正以后再提交"),
        ("100644", ".GIT", "site/.GIT 不是正常的文件；改正以后再提交"),
    ],
)
def test_what_is_no_plain_file_is_not_laid_out(
    mode: str, name: str, says: str, history: SmallHistory, tmp_path: Path
) -> None:
    target = tmp_path / "target"
    target.mkdir()
    with pytest.raises(OddTreeError) as refused:
        lay_out(history.root, odd_tree(history, mode, name), ("site",), target)
    assert str(refused.value) == says
    assert [it for it in target.rglob("*") if not it.is_dir()] == []


def test_a_replace_ref_shows_no_other_files_than_those_received(history: SmallHistory, tmp_path: Path) -> None:
    assert pingshi("build", "--rev", "main", "--out", str(tmp_path / "a"), *DAY, repo=history.root).status == 0
    main = history.git("rev-parse", "main")
    history.git("checkout", "--quiet", "--detach")
    (history.root / "records/u/unit.yml").write_text(history.office.texts["unit.yml"].replace("示例局", "冒牌局"))
    other = history.commit("zhao-lei", "偷换", "2026-04-01 09:00")
    history.git("checkout", "--quiet", "main")
    history.git("replace", main, other)
    assert pingshi("build", "--rev", "main", "--out", str(tmp_path / "b"), *DAY, repo=history.root).status == 0
    assert tree(tmp_path / "a") == tree(tmp_path / "b")


def test_an_empty_folder_of_the_disk_changes_nothing(history: SmallHistory, tmp_path: Path) -> None:
    """Git keeps none: a site of the files would not be that of their commit."""
    for folder in ("overrides", "templates", "pages"):
        (history.root / "site" / folder).mkdir(parents=True)
    for name, rev in (("files", ()), ("commit", ("--rev", "HEAD"))):
        assert pingshi("build", *rev, "--out", str(tmp_path / name), *DAY, repo=history.root).status == 0
    assert written(tmp_path / "files")["pages"] == written(tmp_path / "commit")["pages"]


# --- the next build -----------------------------------------------------------------------


def test_the_next_build_goes_on_where_history_went_on(history: SmallHistory, tmp_path: Path) -> None:
    out = tmp_path / "site"
    for number in ("第一次", "第二次"):
        assert pingshi("build", "--rev", "main", "--out", str(out), *DAY, repo=history.root).status == 0
        other = history.submits("zhao-lei", {f"2026-Q1/summaries/{number}.txt": ""}, "2026-04-02 09:00")
        history.approves("liu-yang", other, "2026-04-03 09:00")
    assert written(out)["commit"] == history.git("rev-parse", "main^")


def test_rewritten_history_is_not_published_over_the_last_site(history: SmallHistory, tmp_path: Path) -> None:
    """The leader's approval is amended; nothing else changes."""
    out = tmp_path / "site"
    assert pingshi("build", "--rev", "main", "--out", str(out), *DAY, repo=history.root).status == 0
    was, receipt, before = history.git("rev-parse", "main"), written(out)["receipts"], tree(out)
    history.git("commit", "--quiet", "--amend", "--message", "不同意")
    now = history.git("rev-parse", "main")
    expected = (
        "没有生成网站：上次公布的提交已经不在历史里：公布以后历史被改写了，或者用错了仓库、分支。\n"
        f"  已公布（{out}，按 2026-04-15 生成）：提交 {was}，回执 {receipt}\n"
        f"  现在：提交 {now}，回执 {receipt}\n"
        "怎么办：从服务器备份或者同事的克隆里找回原来的历史，恢复以后再生成。原来的网站没有动过。\n"
        f"查明原因以后，确实要按现在的历史公布，就把 {out} 移到别处存档（不要删除），再生成\n"
    )
    for rev in (("--rev", "main"), ()):
        assert pingshi("build", *rev, "--out", str(out), *DAY, repo=history.root) == Done(1, "", expected)
    assert tree(out) == before
    out.rename(tmp_path / "archived")
    assert pingshi("build", "--rev", "main", "--out", str(out), *DAY, repo=history.root).status == 0


def refusal(site: Path, origin: Origin) -> str | None:
    """Return the reason of a refusal, None where the build may go on."""
    try:
        refuse_rewritten(site, origin)
    except RewrittenError as error:
        return str(error).partition("\n")[0]
    return None


def test_a_dropped_receipt_is_noticed(history: SmallHistory, tmp_path: Path) -> None:
    site = mark(tmp_path / "site", standing_at(history.root, "main"))
    assert refusal(site, origin_of([history.root], "main")) is None
    history.git("update-ref", "refs/pingshi/receipts", "refs/pingshi/receipts~1")
    says = "没有生成网站：上次公布时的最后一份回执已经不在回执链里：回执被删改过，或者这里的回执不是最新的。"
    assert refusal(site, origin_of([history.root], "main")) == says
    history.git("update-ref", "-d", "refs/pingshi/receipts")
    says = (
        "没有生成网站：上次公布时有服务器回执，现在一份也没有：回执被删掉了，或者这里没有取回执；"
        "先取回执：git fetch origin 'refs/pingshi/*:refs/pingshi/*'。"
    )
    assert refusal(site, origin_of([history.root], "main")) == says


def test_an_older_commit_is_not_published_over_a_newer_one(history: SmallHistory, tmp_path: Path) -> None:
    site = mark(tmp_path / "site", standing_at(history.root, "main"))
    says = "没有生成网站：这次要生成的提交比已经公布的旧；先把仓库更新到最新（git pull），或者 --rev 写较新的提交。"
    assert refusal(site, origin_of([history.root], "main~1")) == says


def test_a_folder_without_history_is_not_published_over_a_site_with_one(history: SmallHistory, tmp_path: Path) -> None:
    site = mark(tmp_path / "site", standing_at(history.root, "main"))
    plain = save(Office(), tmp_path / "plain")
    says = "没有生成网站：上次公布的网站是从 git 历史生成的，这次的文件夹不在 git 仓库里（或者没有装 git），无法核对。"
    assert refusal(site, origin_of([plain], None)) == says
    assert refusal(site, Origin((), "files", ())) == says


def test_a_shallow_clone_cannot_tell_and_says_so(history: SmallHistory, tmp_path: Path) -> None:
    site = mark(tmp_path / "site", Standing(history.bootstrap, clean=True))
    shallow = tmp_path / "shallow"
    history.git("clone", "--quiet", "--depth", "1", history.root.as_uri(), str(shallow))
    says = (
        "没有生成网站：这个仓库只取了最近几次提交，无法核对上次公布的提交在不在历史里；先取全：git fetch --unshallow。"
    )
    assert refusal(site, origin_of([shallow], "main")) == says


def test_a_site_made_outside_of_git_or_without_a_checkpoint_gives_nothing_to_compare(
    history: SmallHistory, tmp_path: Path
) -> None:
    origin = origin_of([history.root], "main")
    assert refusal(mark(tmp_path / "a", Standing()), origin) is None
    assert refusal(tmp_path / "none", origin) is None
    (tmp_path / "old").mkdir()
    assert refusal(tmp_path / "old", origin) is None


def test_each_of_two_repositories_is_compared_with_its_own_past(history: SmallHistory, tmp_path: Path) -> None:
    other = SmallHistory(tmp_path / "other", "receipts")
    site = mark(tmp_path / "site", standing_at(history.root, "main"), standing_at(other.root, "main"))
    assert len(parse((site / "checkpoint.json").read_bytes()).sources) == 2
    assert refusal(site, origin_of([history.root, other.root], "main")) is None
    says = "没有生成网站：上次公布的提交已经不在历史里：公布以后历史被改写了，或者用错了仓库、分支。"
    assert refusal(site, origin_of([other.root, history.root], "main")) == says
    says = "没有生成网站：上次公布的网站是从 git 历史生成的，这次的文件夹不在 git 仓库里（或者没有装 git），无法核对。"
    assert refusal(site, origin_of([history.root], "main")) == says


def test_a_build_that_was_broken_off_while_it_changed_the_sites_is_no_way_around(
    history: SmallHistory, tmp_path: Path
) -> None:
    """Killed between putting the old site aside and the new one in its place."""
    mark(tmp_path / "site.old", standing_at(history.root, "main"))
    history.git("commit", "--quiet", "--amend", "--message", "不同意")
    assert refusal(tmp_path / "site", origin_of([history.root], "main")) is not None


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[]", "null", "{", '{"format": 1}', "\ud800".encode("utf-8", "surrogatepass")],
)
def test_a_checkpoint_that_cannot_be_read_stops_the_next_build(
    text: str | bytes, history: SmallHistory, tmp_path: Path
) -> None:
    site = mark(tmp_path / "site", standing_at(history.root, "main"))
    (site / "checkpoint.json").write_bytes(text if isinstance(text, bytes) else text.encode())
    assert refusal(site, origin_of([history.root], "main")) == (
        f"没有生成网站：{site} 里已公布的网站无法核对：checkpoint.json 不完整或者被改动过，读不了。"
    )


@pytest.mark.parametrize("commit", ["main", "--output=x", "0" * 39, "g" * 40, 7])
def test_only_full_ids_of_commits_are_believed(commit: object, tmp_path: Path) -> None:
    site = mark(tmp_path / "site", Standing("0" * 40, clean=True))
    said = {**written(site), "commit": commit}
    with pytest.raises(CheckpointError):
        parse(json.dumps(said).encode())


def test_a_checkpoint_of_a_later_format_asks_for_a_newer_program(tmp_path: Path) -> None:
    site = mark(tmp_path / "site", Standing())
    said = {**written(site), "format": 2}
    with pytest.raises(CheckpointError, match="是别的版本的程序写的（格式 2），这个程序读不了；升级程序"):
        parse(json.dumps(said).encode())


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    out = tmp_path / "site"
    root = tmp_path / "repository"
    root.mkdir()
    build_site(take(Office().blobs), [root], out, date(2026, 4, 15))
    found = published(out)
    assert found is not None
    assert found.as_bytes() == (out / "checkpoint.json").read_bytes()
    assert (found.pages, found.files) == digest(out)
