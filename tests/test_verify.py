"""`pingshi verify`: a fresh site passes; a changed byte, an amended commit, a dropped receipt are found and placed."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest
from command import Done, pingshi
from small_history import SmallHistory
from telling import SUMMARY

from pingshi import __version__
from pingshi.publishing import Verification
from pingshi.publishing import verify as verify_site
from pingshi.publishing.checkpoint import digest

if TYPE_CHECKING:
    from pathlib import Path

DAY = ("--on", "2026-04-15")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A repository with receipts, and a site that was built from it."""
    folder = tmp_path_factory.mktemp("verify")
    history = SmallHistory(folder / "repository", "receipts")
    for person, day in (("wang-fang", "30"), ("zhao-lei", "31")):
        one = history.submits(person, {f"2026-Q1/summaries/{person}.yml": SUMMARY}, f"2026-03-{day} 09:00")
        history.approves("liu-yang", one, f"2026-03-{day} 10:00")
    site = folder / "site"
    assert pingshi("build", "--rev", "main", "--out", str(site), *DAY, repo=history.root) == Done(0, "", "")
    return history.root, site


@pytest.fixture
def site(kept: tuple[Path, Path], tmp_path: Path) -> Path:
    """A copy of the site, to be tampered with."""
    return shutil.copytree(kept[1], tmp_path / "site")


@pytest.fixture
def root(kept: tuple[Path, Path], tmp_path: Path) -> Path:
    """A copy of the repository, to be tampered with."""
    return shutil.copytree(kept[0], tmp_path / "repository")


def found(site: Path, root: Path) -> Verification:
    """Verify a site that has a checkpoint."""
    made = verify_site(site, [root])
    assert made is not None
    return made


def wrong(made: Verification) -> list[str]:
    """Return the checks that were not passed."""
    return [it.name for it in made.checks if it.passed is False]


def differences(made: Verification) -> list[str]:
    """Return the differences as they are told."""
    return [it.as_text() for it in made.differences]


def git(root: Path, *arguments: str) -> str:
    """Run git as whoever amends history."""
    import subprocess  # noqa: PLC0415 -- here only

    who = ("-c", "user.name=x", "-c", "user.email=x@u.example")
    done = subprocess.run(["git", *who, *arguments], cwd=root, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def reseal(site: Path, **more: object) -> None:
    """Let the checkpoint fit the site again, as a forger would, and say other things."""
    said = json.loads((site / "checkpoint.json").read_text(encoding="utf-8"))
    said["pages"], said["files"] = digest(site)
    text = json.dumps({**said, **more}, ensure_ascii=False, indent=2) + "\n"
    (site / "checkpoint.json").write_text(text, encoding="utf-8")


def test_a_fresh_site_passes(kept: tuple[Path, Path]) -> None:
    root, site = kept
    commit, receipt = git(root, "rev-parse", "main"), git(root, "rev-parse", "refs/pingshi/receipts")
    files = digest(site)[1]
    assert pingshi("verify", str(site), repo=root) == Done(
        0,
        f"[通过] 网站的 {files} 个文件与检查点里的摘要一致\n"
        f"[通过] 提交 {commit} 在主线（main）的历史里\n"
        f"[通过] 回执 {receipt} 在回执链里\n"
        f"[通过] 按检查点重新生成，{files} 个文件逐字节相同\n"
        "核对通过：网站与历史一致\n",
        "",
    )


def test_it_still_passes_when_history_has_gone_on_and_from_the_servers_own_repository(
    root: Path, site: Path, tmp_path: Path
) -> None:
    git(root, "commit", "--quiet", "--allow-empty", "--message", "以后")
    git(root, "clone", "--quiet", "--mirror", str(root), str(tmp_path / "server.git"))
    assert found(site, tmp_path / "server.git").passed


@pytest.mark.parametrize("audience", ["public", "office"])
def test_each_audiences_site_is_made_again_with_the_audit_of_its_time(audience: str, tmp_path: Path) -> None:
    """Later submissions, approvals and receipts change what an audit says today, not what it said then."""
    history = SmallHistory(tmp_path / "repository", "receipts")
    one = history.submits("wang-fang", {"2026-Q1/summaries/wang-fang.yml": SUMMARY}, "2026-03-30 09:00")
    history.approves("liu-yang", one, "2026-03-30 10:00")
    waiting = history.submits("zhao-lei", {"2026-Q1/summaries/zhao-lei.yml": SUMMARY}, "2026-03-31 09:00")
    out = tmp_path / "site"
    options = ("--rev", "main", "--audience", audience, "--out", str(out), *DAY)
    assert pingshi("build", *options, repo=history.root) == Done(0, "", "")
    history.approves("zhao-lei", waiting, "2026-03-31 10:00")
    again = history.submits("wang-fang", {"2026-Q1/summaries/wang-fang.yml": f"{SUMMARY}\n"}, "2026-04-01 09:00")
    history.approves("liu-yang", again, "2026-04-01 10:00")
    made = found(out, history.root)
    assert (made.checkpoint.audience, made.passed) == (audience, True)


def test_a_copy_without_the_programs_mark_passes(root: Path, site: Path) -> None:
    """Downloaded from the web server, which gives out no such file."""
    (site / ".pingshi").unlink()
    assert found(site, root).passed


def test_one_changed_byte_is_found_with_its_place(root: Path, site: Path) -> None:
    page = site / "u" / "2026-Q1" / "index.html"
    text = page.read_text(encoding="utf-8")
    at = text.index("窗口服务科") if "窗口服务科" in text else text.index("<h1")
    page.write_text(f"{text[:at]}X{text[at + 1 :]}", encoding="utf-8")
    line, offset = text[:at].count("\n") + 1, len(text[:at].encode())
    made = found(site, root)
    assert (wrong(made), made.passed) == (["digest", "rebuilt"], False)
    assert [it.as_json() for it in made.differences] == [
        {"path": "u/2026-Q1/index.html", "what": "changed", "offset": offset, "line": line}
    ]
    done = pingshi("verify", str(site), repo=root)
    assert done.status == 1
    assert f"\n  u/2026-Q1/index.html：第 {line} 行，第 {offset + 1} 个字节起内容不同\n    网站上：…" in done.out
    assert done.out.endswith("\n核对没有通过：先按“不通过”的各行查明原因，再使用这个网站\n")


def test_a_changed_byte_is_found_though_the_checkpoint_was_made_to_fit(root: Path, site: Path) -> None:
    page = site / "archive.html"
    page.write_bytes(page.read_bytes() + b"\n")
    reseal(site)
    made = found(site, root)
    assert wrong(made) == ["rebuilt"]
    assert [it.path for it in made.differences] == ["archive.html", "checkpoint.json"]


def test_a_change_in_a_file_that_is_no_text_is_told_by_its_byte(root: Path, site: Path) -> None:
    data = bytearray((site / "sitemap.xml.gz").read_bytes())
    data[40] ^= 1
    (site / "sitemap.xml.gz").write_bytes(data)
    assert differences(found(site, root)) == ["sitemap.xml.gz：第 41 个字节起内容不同"]


def test_a_cut_off_file_differs_where_it_ends(root: Path, site: Path) -> None:
    data = (site / "pingshi.css").read_bytes()
    (site / "pingshi.css").write_bytes(data[:-1])
    (told,) = found(site, root).differences
    assert (told.path, told.offset) == ("pingshi.css", len(data) - 1)


def test_files_more_or_less_are_told(root: Path, site: Path) -> None:
    (site / "404.html").unlink()
    (site / "u" / "extra.html").write_text("多", encoding="utf-8")
    made = found(site, root)
    assert differences(made) == ["404.html：缺少", "u/extra.html：多出来的"]
    assert made.checks[0].says == "网站的文件与检查点里的摘要不一致：生成以后有文件被改动、增加或者删掉了"
    (site / "u" / "another.html").write_text("多", encoding="utf-8")
    files = digest(site)[1]
    assert f"（现在有 {files} 个文件，检查点说有 {files - 1} 个）" in found(site, root).checks[0].says


def test_a_link_is_no_page(root: Path, site: Path, tmp_path: Path) -> None:
    (site / "404.html").rename(tmp_path / "404.html")
    (site / "404.html").symlink_to(tmp_path / "404.html")
    (site / "more").symlink_to(tmp_path)
    made = found(site, root)
    assert differences(made) == ["404.html：第 1 个字节起内容不同", "more：多出来的"]
    assert "digest" in wrong(made)


def test_a_page_cannot_send_orders_to_the_terminal(root: Path, site: Path) -> None:
    page = site / "404.html"
    page.write_bytes(b"\x1b[2J\xe2\x80\xae" + page.read_bytes())
    done = pingshi("verify", str(site), repo=root)
    assert done.status == 1
    assert "\x1b" not in done.out
    assert "\u202e" not in done.out


def test_one_amended_commit_under_an_unchanged_site_is_found(root: Path, site: Path) -> None:
    """The old commit is still there, so that the site can be made again; but it is no history any more."""
    was = git(root, "rev-parse", "main")
    git(root, "commit", "--quiet", "--amend", "--message", "不同意")
    made = found(site, root)
    assert wrong(made) == ["commit"]
    says = f"提交 {was} 不在主线（main）的历史里：公布以后历史被改写过，或者这里的仓库不是原来的、不是最新的；"
    assert made.checks[1].says.startswith(says)
    assert pingshi("verify", str(site), repo=root).status == 1


def test_a_commit_that_is_gone_altogether_is_told(root: Path, site: Path, tmp_path: Path) -> None:
    was = git(root, "rev-parse", "main")
    git(root, "commit", "--quiet", "--amend", "--message", "不同意")
    other = tmp_path / "other"
    git(root, "clone", "--quiet", "--no-local", str(root), str(other))
    made = found(site, other)
    assert wrong(made) == ["commit", "receipts", "rebuilt"]
    assert made.checks[-1].says == f"不能重新生成：没有“{was}”这个提交"


@pytest.mark.parametrize("which", ["last", "middle", "all"])
def test_one_dropped_receipt_is_found(which: str, root: Path, site: Path) -> None:
    chain = git(root, "rev-list", "refs/pingshi/receipts").split()
    if which == "last":
        git(root, "update-ref", "refs/pingshi/receipts", chain[1])
    elif which == "middle":
        tree = git(root, "rev-parse", f"{chain[0]}^{{tree}}")
        message = git(root, "log", "-1", "--format=%B", chain[0])
        git(root, "update-ref", "refs/pingshi/receipts", git(root, "commit-tree", "-p", chain[2], "-m", message, tree))
    else:
        git(root, "update-ref", "-d", "refs/pingshi/receipts")
    made = found(site, root)
    assert wrong(made) == ["receipts"]
    begins = (
        f"这里没有回执，生成网站时有（{chain[0]}）；先取回执" if which == "all" else f"回执 {chain[0]} 不在回执链里"
    )
    assert made.checks[2].says.startswith(begins)


def test_a_replace_ref_under_an_unchanged_site_shows_nothing_else(root: Path, site: Path) -> None:
    main = git(root, "rev-parse", "main")
    git(root, "replace", main, git(root, "rev-parse", "main~1"))
    assert found(site, root).passed


def test_a_site_of_clean_files_is_compared_with_one_of_the_commit(root: Path, tmp_path: Path) -> None:
    out = tmp_path / "from-files"
    assert pingshi("build", "--out", str(out), *DAY, repo=root).status == 0
    assert json.loads((out / "checkpoint.json").read_text(encoding="utf-8"))["from"] == "files"
    assert found(out, root).passed


def test_a_site_of_uncommitted_files_cannot_be_compared_and_that_is_said(root: Path, tmp_path: Path) -> None:
    (root / "records/u/2026-Q1/summaries/wang-fang.yml").write_text(SUMMARY.replace("提速", "一般"), encoding="utf-8")
    out = tmp_path / "from-files"
    assert pingshi("build", "--out", str(out), *DAY, repo=root).status == 0
    files = digest(out)[1]
    done = pingshi("verify", str(out), repo=root)
    assert done == Done(
        1,
        f"[通过] 网站的 {files} 个文件与检查点里的摘要一致\n"
        "[不通过] 生成网站时，文件夹里的文件与提交的不一样（有改动还没有提交），没法重新生成来比较；"
        "正式公布的网站请用 pingshi build --rev main 生成\n"
        "核对没有通过：先按“不通过”的各行查明原因，再使用这个网站\n",
        "",
    )


def test_a_site_outside_of_git_cannot_be_compared(root: Path, site: Path) -> None:
    reseal(site, commit=None, clean=None, receipts=None)
    made = found(site, root)
    assert wrong(made) == ["source"]
    says = "网站不是从 git 仓库生成的，没有提交可以对照；正式公布的网站请用 pingshi build --rev main 生成"
    assert made.checks[-1].says == says


def test_another_programs_site_cannot_be_compared_but_its_digest_is(root: Path, site: Path) -> None:
    reseal(site, program="9.9.9")
    (site / "404.html").unlink()
    made = found(site, root)
    assert wrong(made) == ["digest", "program"]
    assert made.checks[-1].says == (
        f"网站是 pingshi 9.9.9 生成的，这里是 {__version__}，页面本来就可能不同，没法逐字节比较；装上 9.9.9 再核对"
    )


def test_other_versions_of_the_tools_are_named_where_pages_differ(root: Path, site: Path) -> None:
    said = json.loads((site / "checkpoint.json").read_text(encoding="utf-8"))
    reseal(site, tools={**said["tools"], "mkdocs": "1.5.0", "other": "3"})
    assert found(site, root).passed
    (site / "404.html").write_text("", encoding="utf-8")
    reseal(site)
    here = said["tools"]["mkdocs"]
    assert found(site, root).checks[-1].says == (
        "按检查点重新生成，有 2 个文件不同；生成时用的是 "
        f"mkdocs 1.5.0（这里是 {here}）、other 3（这里是 没有装），版本不同也会这样，装上同样的版本再核对"
    )


def test_as_many_repositories_are_needed_as_there_were(root: Path, site: Path) -> None:
    made = verify_site(site, [root, root])
    assert made is not None
    assert made.checks[-1].says == "网站是由 1 个仓库生成的，这里给了 2 个；用 --repo 按原来的顺序都写上"


def test_a_site_of_two_repositories_is_made_again_from_both(root: Path, tmp_path: Path) -> None:
    private = tmp_path / "private"
    facts = private / "records/u/facts"
    facts.mkdir(parents=True)
    (facts / "wang-fang.yml").write_text("- {kind: admonition, on: 2026-02-20, reason: 未填}\n", encoding="utf-8")
    git(private, "init", "--quiet", "--initial-branch", "main")
    git(private, "add", "--all")
    git(private, "commit", "--quiet", "--message", "启用")
    out = tmp_path / "both"
    both = ("--repo", str(root), "--repo", str(private))
    assert pingshi("build", "--rev", "main", "--out", str(out), *DAY, *both) == Done(0, "", "")
    assert pingshi("verify", str(out), *both).status == 0
    git(private, "commit", "--quiet", "--amend", "--message", "改")
    made = verify_site(out, [root, private])
    assert made is not None
    assert [(it.name, it.passed) for it in made.checks if it.name == "commit"] == [("commit", True), ("commit", False)]


def test_as_json(root: Path, site: Path) -> None:
    (site / "404.html").unlink()
    done = pingshi("verify", str(site), "--json", repo=root)
    assert done.status == 1
    said = done.json
    assert (said["passed"], said["checkpoint"]["commit"]) == (False, git(root, "rev-parse", "main"))
    assert [(it["check"], it["passed"]) for it in said["checks"]] == [
        ("digest", False),
        ("commit", True),
        ("receipts", True),
        ("rebuilt", False),
    ]
    assert said["differences"] == [{"path": "404.html", "what": "missing", "offset": None, "line": None}]


def test_what_is_no_site_or_no_repository_is_told(root: Path, site: Path, tmp_path: Path) -> None:
    said = "没有“nowhere”这个文件夹；写网站所在的文件夹，如 build/site\n"
    assert pingshi("verify", "nowhere", repo=root) == Done(2, "", said)
    (tmp_path / "plain").mkdir()
    said = f"“{tmp_path / 'plain'}”里没有 checkpoint.json：不是这个程序生成的网站，或者检查点被删掉了\n"
    assert pingshi("verify", str(tmp_path / "plain"), repo=root) == Done(1, "", said)
    done = pingshi("verify", str(site), repo=tmp_path / "plain", GIT_CEILING_DIRECTORIES=str(tmp_path))
    said = f"{tmp_path / 'plain'} 不是 git 仓库，没有历史可以核对；用 --repo 指明仓库在哪里\n"
    assert done == Done(3, "", said)
    (site / "checkpoint.json").write_text("{", encoding="utf-8")
    said = f"“{site}”的checkpoint.json 不完整或者被改动过，读不了；从公布时另存的检查点或者备份里找回来再核对\n"
    assert pingshi("verify", str(site), repo=root) == Done(1, "", said)
