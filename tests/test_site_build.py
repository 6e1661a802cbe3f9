"""Building the site: the same bytes every time, nothing outside of its folder, and what broken data do to it."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from canaries import private_office
from command import ROOT, Done, pingshi, tree
from office import Office
from sites import Site, build, save
from telling import SUMMARY

if TYPE_CHECKING:
    from pathlib import Path

FAULTY = [
    "本期暂不公布",
    "本期的考核记录有错误，改正以前不公布任何内容。请经办部门检查后重新生成网站。",
]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with only records/ and schemes/, whose publicity is going on."""
    return save(private_office("zhangdian-stats")[0], tmp_path / "repository")


def test_the_same_tree_on_the_same_day_gives_the_same_bytes(repository: Path, tmp_path: Path) -> None:
    """Whatever the time zone, the language, the hash seed, the folder, and the time on the files."""
    day = ("--on", "2026-04-15")
    first = pingshi("build", "--out", str(tmp_path / "first"), *day, repo=repository)
    copy = save(private_office("zhangdian-stats")[0], tmp_path / "elsewhere" / "a copy")
    second = pingshi(
        *("build", "--repo", ".", "--out", "../second", *day),
        cwd=copy,
        TZ="America/Los_Angeles",
        LANG="zh_CN.GB18030",
        LC_ALL="C",
        PYTHONHASHSEED="7",
        SOURCE_DATE_EPOCH="1",
        HOME=str(tmp_path),
    )
    assert (first, second) == (Done(0, "", ""), Done(0, "", ""))
    one, two = Site(tmp_path / "first"), Site(tmp_path / "elsewhere" / "second")
    assert one.files.keys() == two.files.keys()
    assert [path for path in one.files if one.files[path] != two.files[path]] == []


def test_building_twice_in_one_process_gives_the_same_bytes(tmp_path: Path) -> None:
    office, _ = private_office("qufu-approval")
    assert build(office, tmp_path / "a").files == build(office, tmp_path / "b").files


def test_the_site_of_the_samples_is_the_same_from_another_process(tmp_path: Path) -> None:
    for name, seed in (("a", "1"), ("b", "2")):
        out = str(tmp_path / name)
        assert pingshi("build", "--out", out, "--on", "2026-11-20", repo=ROOT, PYTHONHASHSEED=seed).status == 0
    assert Site(tmp_path / "a").files == Site(tmp_path / "b").files


def test_only_the_day_on_the_home_page_and_the_stages_depend_on_the_day(repository: Path, tmp_path: Path) -> None:
    for day in ("2026-04-15", "2026-04-16"):
        assert pingshi("build", "--out", str(tmp_path / day), "--on", day, repo=repository).status == 0
    one, two = Site(tmp_path / "2026-04-15"), Site(tmp_path / "2026-04-16")
    assert {path for path in one.files if one.files[path] != two.files.get(path)} == {
        "checkpoint.json",
        "index.html",
        "search/search_index.json",
        "sitemap.xml.gz",
    }


def test_no_byte_tells_where_or_when_the_site_was_made(repository: Path, tmp_path: Path) -> None:
    out = tmp_path / "site"
    assert pingshi("build", "--out", str(out), "--on", "2026-04-15", repo=repository).status == 0
    site = Site(out)
    assert site.holding(str(tmp_path), str(ROOT), "/pingshi-") == {}
    assert gzip.decompress(site.files["sitemap.xml.gz"]) == site.files["sitemap.xml"]
    seconds = int.from_bytes(site.files["sitemap.xml.gz"][4:8], "little")
    assert datetime.fromtimestamp(seconds, UTC) == datetime(2026, 4, 15, tzinfo=UTC)


def test_no_page_asks_another_host_for_anything(tmp_path: Path) -> None:
    site = build(private_office("zhangdian-stats")[0], tmp_path / "site")
    outside = {link for page in site.pages().values() for link in page.links if "//" in link or link.startswith("on")}
    assert outside == set()


def test_nothing_is_written_outside_of_the_folder_for_the_site(repository: Path, tmp_path: Path) -> None:
    """Not into the repository, the home, the folder for temporary files (when done), or the caches."""
    before = tree(repository)
    for name in ("home", "scratch", "cache", "cwd"):
        (tmp_path / name).mkdir()
    out = tmp_path / "here" / "site"
    done = pingshi(
        *("build", "--out", str(out), "--on", "2026-04-15"),
        repo=repository,
        cwd=tmp_path / "cwd",
        HOME=str(tmp_path / "home"),
        TMPDIR=str(tmp_path / "scratch"),
        XDG_CACHE_HOME=str(tmp_path / "cache"),
    )
    assert (done.status, done.out, done.err) == (0, "", "")
    assert tree(repository) == before
    assert [tree(tmp_path / name) for name in ("home", "scratch", "cache", "cwd")] == [{}, {}, {}, {}]
    assert [it.name for it in (tmp_path / "here").iterdir()] == ["site"]


def test_without_out_the_site_is_in_build_site_of_the_repository(repository: Path) -> None:
    before = tree(repository)
    assert pingshi("build", "--on", "2026-04-15", cwd=repository).status == 0
    after = tree(repository)
    assert {path: it for path, it in after.items() if not path.startswith("build")} == before
    assert {path for path in after if path.startswith("build") and path.count("/") < 2} == {"build", "build/site"}
    assert (repository / "build" / "site" / "index.html").is_file()


def test_a_folder_that_holds_something_else_is_not_overwritten(repository: Path, tmp_path: Path) -> None:
    out = tmp_path / "documents"
    out.mkdir()
    (out / "重要.docx").write_text("不能丢", encoding="utf-8")
    done = pingshi("build", "--out", str(out), repo=repository)
    assert (done.status, done.out) == (3, "")
    assert done.err == f"{out} 不是空文件夹，也不是上次生成的内容，不敢覆盖；换一个文件夹，或先把它移走\n"
    assert tree(out) == {"重要.docx": "不能丢".encode()}


@pytest.mark.parametrize("inside", ["", "records", "schemes"])
def test_the_records_themselves_are_never_overwritten(inside: str, repository: Path) -> None:
    before = tree(repository)
    done = pingshi("build", "--out", str(repository / inside), repo=repository)
    assert done.status == 3
    assert tree(repository) == before


def test_somebody_elses_website_is_not_overwritten(repository: Path, tmp_path: Path) -> None:
    """A folder with an index.html and a 404.html may be any website."""
    out = tmp_path / "www"
    out.mkdir()
    for name in ("index.html", "404.html", "photos.html"):
        (out / name).write_text("<p>别处的网站</p>", encoding="utf-8")
    before = tree(out)
    assert pingshi("build", "--out", str(out), repo=repository).status == 3
    assert tree(out) == before


def test_a_file_in_the_place_of_the_folder_is_not_overwritten(repository: Path, tmp_path: Path) -> None:
    out = tmp_path / "site"
    out.write_text("文件", encoding="utf-8")
    done = pingshi("build", "--out", str(out), repo=repository)
    assert (done.status, out.read_text(encoding="utf-8")) == (3, "文件")


def test_the_last_site_is_replaced_whole(repository: Path, tmp_path: Path) -> None:
    """A page that is no longer published goes away."""
    out = tmp_path / "site"
    assert pingshi("build", "--out", str(out), "--on", "2026-04-15", repo=repository).status == 0
    assert (out / "u" / "2026-Q1" / "notice.html").is_file()
    (repository / "records" / "u" / "2026-Q1" / "publicity.yml").unlink()
    assert pingshi("build", "--out", str(out), "--on", "2026-04-15", repo=repository).status == 0
    assert sorted(it.name for it in (out / "u" / "2026-Q1").iterdir()) == ["index.html", "roster.html"]


@pytest.mark.parametrize(
    ("path", "text", "first"),
    [
        ("2026-Q1/ballots.yml", "totals: [", "records/u/2026-Q1/ballots.yml 第 1 行"),
        (
            "2026-Q1/determination.yml",
            "decided_on: 2026-04-02\ngrades: {nobody: 好}\n",
            "records/u/2026-Q1/determination.yml 第 2 行",
        ),
        ("2026-02/plans/id-sanyi.yml", "tasks: 3\n", "records/u/2026-02/plans/id-sanyi.yml 第 1 行"),
        ("people/id-sanyi.yml", "name: 密\nunknown: 1\n", "records/u/people/id-sanyi.yml 第 1 行"),
        ("facts/id-sanyi.yml", "- {kind: rumour}\n", "records/u/facts/id-sanyi.yml 第 1 行"),
        ("/schemes/zhangdian-stats/scheme.yml", "title: 半份\n", "records/u/unit.yml 第 2 行"),
        ("/schemes/zhangdian-stats/clauses.yml", "Z1: {\n", "schemes/zhangdian-stats/clauses.yml 第 1 行"),
    ],
)
def test_a_period_with_an_error_is_not_published_and_its_page_says_so(
    path: str, text: str, first: str, tmp_path: Path
) -> None:
    office = private_office("zhangdian-stats")[0].write(path, text)
    save(office, tmp_path / "repository")
    done = pingshi("build", "--out", str(tmp_path / "site"), "--on", "2026-04-15", repo=tmp_path / "repository")
    assert (done.status, done.out) == (0, "")
    assert done.err == (
        "记录有错误，以下内容没有公布（后面是第一处错误）：\n"
        f"  示例局2026年第一季度：{first}\n"
        "用 pingshi check 看全部错误，改正以后重新生成\n"
    )
    site = Site(tmp_path / "site")
    assert [it for it in site.files if it.startswith("u/2026-Q1/")] == ["u/2026-Q1/index.html"]
    assert site.page("u/2026-Q1/index.html").lines[-2:] == FAULTY
    assert site.holding("赵一鸣", "钱二虎", "0000-8899", "公布的summary", "CANARY") == {}
    assert "最近一期：2026年第一季度，资料有误，改正以前暂不公布。" in site.page("index.html").lines


def test_periods_held_back_by_one_error_are_told_together_and_a_unit_that_cannot_be_read_as_a_whole(
    tmp_path: Path,
) -> None:
    office = private_office("zhangdian-stats")[0]
    for path in [it for it in office.files if it.startswith("records/u/")]:
        office.files[path.replace("records/u/", "records/v/")] = office.files[path]
    office.write("unit.yml", "name: [\n")
    office.write("/records/v/2026-Q2/summaries/id-sanyi.yml", SUMMARY).write("/records/v/facts/id-sanyi.yml", "- 3\n")
    root = save(office, tmp_path / "repository")
    done = pingshi("build", "--out", str(tmp_path / "site"), "--on", "2026-04-15", repo=root)
    assert (done.status, done.out) == (0, "")
    assert done.err == (
        "记录有错误，以下内容没有公布（后面是第一处错误）：\n"
        "  u的全部内容：records/u/unit.yml 第 1 行\n"
        "  示例局2026年第一季度、2026年第二季度：records/v/facts/id-sanyi.yml 第 1 行\n"
        "用 pingshi check 看全部错误，改正以后重新生成\n"
    )


def test_an_error_that_holds_nothing_back_is_told_as_one(repository: Path, tmp_path: Path) -> None:
    (repository / "records" / "stray.yml").write_text("a: 1\n", encoding="utf-8")
    done = pingshi("build", "--out", str(tmp_path / "site"), "--on", "2026-04-15", repo=repository)
    assert done == Done(0, "", "有的记录有错误，但不影响要公布的内容；用 pingshi check 查看\n")
    assert (tmp_path / "site" / "u" / "2026-Q1" / "notice.html").is_file()


def test_only_the_samples_home_page_says_that_they_are_invented(repository: Path, tmp_path: Path) -> None:
    """The words are the repository's own: another one's home page has none, or its own."""
    said = "以下单位、人员均为虚构，方案是真实的。"
    assert (ROOT / "site" / "home.md").read_text(encoding="utf-8") == f"{said}\n"
    day = ("--on", "2026-04-15")
    assert pingshi("build", "--out", str(tmp_path / "a"), *day, repo=repository).status == 0
    assert Site(tmp_path / "a").holding(said) == {}
    (repository / "site").mkdir()
    (repository / "site" / "home.md").write_text("本局**内部**网站。\n", encoding="utf-8")
    assert pingshi("build", "--out", str(tmp_path / "b"), *day, repo=repository).status == 0
    assert Site(tmp_path / "b").page("index.html").lines[:2] == ["平时考核", "本局内部网站。"]
    assert pingshi("build", "--out", str(tmp_path / "c"), *day, repo=ROOT).status == 0
    assert Site(tmp_path / "c").page("index.html").lines[:2] == ["平时考核", said]


def test_a_warning_holds_nothing_back(tmp_path: Path) -> None:
    office, _ = private_office("zhangdian-stats")
    del office.files["records/u/2026-02/logs/id-sanyi.yml"]
    problems = {it.code: it.severity for it in office.problems()}
    assert problems.pop("missing-record") == "warning"
    assert set(problems.values()) <= {"warning"}
    assert "u/2026-Q1/notice.html" in build(office, tmp_path / "site").files


def test_the_faults_of_one_unit_hold_nothing_of_another_back(tmp_path: Path) -> None:
    office, _ = private_office("zhangdian-stats")
    for path in [it for it in office.files if it.startswith("records/u/")]:
        office.files[path.replace("records/u/", "records/v/")] = office.files[path]
    office.write("unit.yml", "name: [\n")
    site = build(office, tmp_path / "site")
    assert "v/2026-Q1/notice.html" in site.files
    assert [it for it in site.files if it.startswith("u/")] == ["u/index.html"]
    assert site.page("u/index.html").lines == [
        "u",
        "暂不公布",
        "这个单位的资料有误，改正以前暂不公布。请经办部门检查后重新生成网站。",
    ]
    assert site.page("index.html").lines[2:4] == ["u", "这个单位的资料有误，改正以前暂不公布。"]


def test_a_repository_with_two_empty_folders_has_a_site(tmp_path: Path) -> None:
    for name in ("records", "schemes"):
        (tmp_path / "repository" / name).mkdir(parents=True)
    done = pingshi("build", "--out", str(tmp_path / "site"), "--on", "2026-04-15", repo=tmp_path / "repository")
    assert (done.status, done.out, done.err) == (0, "", "")
    site = Site(tmp_path / "site")
    assert site.page("index.html").lines[-1] == "还没有单位的记录。"
    assert site.page("archive.html").lines == ["历次结果", "还没有考核记录。"]


def test_a_bureaus_own_pages_and_templates_win_over_the_programs(tmp_path: Path) -> None:
    root = save(Office(), tmp_path / "repository")
    (root / "site" / "pages").mkdir(parents=True)
    (root / "site" / "pages" / "about.md").write_text("# 本局说明\n\n请找王科长。\n", encoding="utf-8")
    (root / "site" / "templates").mkdir()
    (root / "site" / "templates" / "archive.md.j2").write_text("# 本局档案\n", encoding="utf-8")
    assert pingshi("build", "--out", str(tmp_path / "site"), "--on", "2026-04-15", repo=root).status == 0
    site = Site(tmp_path / "site")
    assert site.page("about.html").lines == ["本局说明", "请找王科长。"]
    assert site.page("archive.html").lines == ["本局档案"]
    assert "pingshi.css" in site.files
    assert site.page("index.html").lines[0] == "平时考核"


def test_the_markdown_can_be_kept(tmp_path: Path) -> None:
    root = save(Office(), tmp_path / "repository")
    out = ("--out", str(tmp_path / "site"))
    assert pingshi("build", *out, "--pages", str(tmp_path / "pages"), repo=root).status == 0
    assert {"index.md", "archive.md", "u/index.md", "u/scheme.md"} <= tree(tmp_path / "pages").keys()


def test_keeping_the_markdown_never_throws_a_folder_of_something_else_away(tmp_path: Path) -> None:
    root = save(Office(), tmp_path / "repository")
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "重要.txt").write_text("不能丢", encoding="utf-8")
    before = tree(root)
    refusals = {
        tmp_path / "notes": "不是空文件夹，也不是上次生成的内容，不敢覆盖；换一个文件夹，或先把它移走",
        root: "里有考核记录、方案或网站的源文件，不能用来放生成的内容；换一个文件夹",
    }
    for folder, says in refusals.items():
        done = pingshi("build", "--out", str(tmp_path / "site"), "--pages", str(folder), repo=root)
        assert done == Done(3, "", f"{folder} {says}\n")
    assert tree(tmp_path / "notes") == {"重要.txt": "不能丢".encode()}
    assert tree(root) == before
