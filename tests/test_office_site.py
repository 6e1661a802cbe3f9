"""The office's own site: who submitted and approved each record, what is missing, what departs from the rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from audits import Story, commit
from canaries import private_office
from command import Done, pingshi, tree
from office import UNIT, Office
from simulator import History
from sites import Site, build, save
from telling import SUMMARY
from test_audit_report import git

from pingshi.audit import CODES
from pingshi.publishing import SiteError, build_site

if TYPE_CHECKING:
    from pathlib import Path

    from pingshi.audit import Audit

INTERNAL = "内部资料，不得公开"
LEVEL = (
    "可信程度：服务器回执。记录每更新一次，服务器都出具一份带时间、带签名、首尾相连的回执；是否逾期以回执的时间为准。"
)
RECEIVED = "服务器回执的时间"
SIGNS = "签名是审核人的；有回执的，时间是服务器的，没有回执的，时间是本人电脑上的。"
HEADS = "谁的 ¦ 提交 ¦ 审核 ¦ 签名 ¦ 回执"


def small() -> Office:
    """Two people and their leaders, with names; one has filed a summary and a report."""
    office = Office("qufu-approval", staff="")
    names = {"zhou-min": "周敏", "liu-yang": "刘扬", "he-jun": "何军", "wu-gang": "吴刚", "qian-wei": "钱伟"}
    for person, name in names.items():
        office.person(person, name=name, leader="true")
    for person, name in {"wang-fang": "王芳", "zhao-lei": "赵磊"}.items():
        office.person(person, name=name)
    office.write("2026-Q1/summaries/wang-fang.yml", SUMMARY)
    return office.write("2026-02/reports/wang-fang.yml", "done: [窗口受理]\nundone: []\n")


def story(office: Office) -> Story:
    """How these came to be, and what was found."""
    told = Story(office).begun("unit.yml", *(f"people/{it}.yml" for it in Story(office).names))
    told.record("2026-Q1/summaries/wang-fang.yml", "wang-fang", "he-jun", "04-01 09:00", signature="good")
    told.record("2026-02/reports/wang-fang.yml", "wang-fang", "he-jun", "03-02 09:00", received=False)
    return told


def office_site(office: Office, audit: Audit | None, out: Path, on: str = "2026-04-15") -> Site:
    """Build the office's site."""
    root = out.parent / "repository"
    root.mkdir(parents=True, exist_ok=True)
    build_site(office.snapshot(), [root], out, date.fromisoformat(on), audience="office", audit=audit)
    return Site(out)


def after(lines: list[str], heading: str, until: str | None = None) -> list[str]:
    """Return the lines after a heading, up to another one."""
    found = lines[lines.index(heading) + 1 :]
    return found[: found.index(until)] if until else found


# --- what stands on the pages ----------------------------------------------------------------


def test_a_periods_page_tells_who_submitted_and_approved_each_record_its_months_too(tmp_path: Path) -> None:
    office = small()
    page = office_site(office, story(office).audit(), tmp_path / "site").page("u/2026-Q1/index.html")
    assert page.title == "示例局2026年第一季度考核记录 - 考核记录核对（内部）"
    assert page.lines[:5] == ["示例局2026年第一季度考核记录", INTERNAL, "示例局", "不符合规定的地方", "没有发现。"]
    assert after(page.lines, "全部记录") == [
        SIGNS,
        *("月小结", HEADS, "王芳 2月 ¦ 王芳", "2026-03-02 09:00 ¦ 何军", "2026-03-02 10:00 ¦ 没有 ¦ 没有"),
        *("个人小结", HEADS, "王芳 ¦ 王芳", "2026-04-01 09:00 ¦ 何军", "2026-04-01 10:00 ¦ 有效 ¦ 有"),
    ]


def test_what_the_scheme_orders_and_does_not_stand_is_told_with_who_and_by_when(tmp_path: Path) -> None:
    office = small()
    page = office_site(office, None, tmp_path / "site").page("u/2026-Q1/index.html")
    lines = after(page.lines, "还缺什么", "全部记录")
    assert lines[:4] == [
        "截至2026年4月15日，方案要求办、现在可以办而还没有办的：",
        "办什么 ¦ 关于谁 ¦ 谁办 ¦ 什么时候以前",
        "2026年第一季度写个人小结（Q6） ¦ 赵磊 ¦ 本人 ¦ 2026-03-31（超期 15 天）",
        "2026年1月写月小结（Q5） ¦ 王芳、赵磊 ¦ 本人 ¦ 方案没有写明日期，2026-01-17起可以办理",
    ]
    audit = "2026年第一季度审定等次并登记（Q7） ¦ — ¦ 领导班子、督查指导科（周敏、刘扬、钱伟） ¦ "
    assert f"{audit}方案没有写明日期，2026-04-01起可以办理" in lines


def test_before_its_time_nothing_is_missing(tmp_path: Path) -> None:
    office = small()
    site = office_site(office, None, tmp_path / "site", "2026-01-02")
    lines = after(site.page("u/2026-Q1/index.html").lines, "还缺什么", "全部记录")
    assert [it for it in lines if "个人小结" in it or "审定" in it] == []


def test_what_departed_from_the_rules_stands_on_the_page_of_its_period_with_what_to_do(tmp_path: Path) -> None:
    office = small()
    told = story(office)
    told.finding("late", "2026-Q1/summaries/wang-fang.yml", "王芳的个人小结晚了两天", "如实说明原因", "04-01 09:00")
    told.finding("self-approved", "2026-02/reports/wang-fang.yml", "月小结由本人审核", "由别人重新审核", None)
    site = office_site(office, told.audit(), tmp_path / "site")
    assert after(site.page("u/2026-Q1/index.html").lines, "不符合规定的地方", "还缺什么") == [
        "自己审核自己",
        "月小结由本人审核",
        f"提交 {commit('2026-02/reports/wang-fang.yml')[:10]}：",
        "王芳2026年2月小结，records/u/2026-02/reports/wang-fang.yml",
        "办法：由别人重新审核",
        "超过期限",
        "王芳的个人小结晚了两天",
        f"2026-04-01 09:00，提交 {commit('2026-Q1/summaries/wang-fang.yml')[:10]}：",
        "王芳2026年第一季度个人小结，records/u/2026-Q1/summaries/wang-fang.yml",
        "办法：如实说明原因",
    ]
    assert after(site.page("index.html").lines, "示例局") == [
        "可信程度：服务器回执",
        "自己审核自己：1处",
        "超过期限：1处",
        "在哪里 ¦ 不符合规定 ¦ 还缺",
        "2026年度 ¦ — ¦ —",
        "2026年第二季度 ¦ — ¦ —",
        "2026年第一季度 ¦ 2 ¦ 15",
        "单位、人员和方案 ¦ — ¦ —",
    ]
    unit = site.page("u/index.html").lines
    assert "超过期限 ¦ 1 ¦ 2026年第一季度" in unit
    assert LEVEL in unit


def test_a_corrected_record_shows_the_old_and_the_new_with_what_the_commit_says(tmp_path: Path) -> None:
    office = small()
    told = story(office)
    path = "2026-Q1/summaries/wang-fang.yml"
    told.record(path, "wang-fang", "zhou-min", "04-10 09:00", signature="bad", says="更正")
    page = office_site(office, told.audit(), tmp_path / "site").page("u/2026-Q1/index.html")
    first = f"审核：何军，2026-04-01 10:00（{RECEIVED}，签名有效）"
    second = f"审核：周敏，2026-04-10 10:00（{RECEIVED}，签名不对）"
    assert after(page.lines, "改过的记录") == [
        "后来的更正另记一笔，原来的内容还在历史里。看某一次的内容：git show 提交号:文件。",
        "个人小结：王芳",
        f"文件 records/u/{path}",
        f"“合并”。提交：王芳，2026-04-01 09:00（{RECEIVED}，没有签名）；{first}；提交号 {commit(f'{path} 0')[:10]}",
        f"“更正”。提交：王芳，2026-04-10 09:00（{RECEIVED}，没有签名）；{second}；提交号 {commit(f'{path} 1')[:10]}",
    ]
    assert "2026-04-10 09:00 ¦ 周敏" in page.lines


def test_the_units_own_files_and_its_scheme_have_a_page_with_what_was_found_in_them(tmp_path: Path) -> None:
    office = small()
    told = story(office)
    told.finding("wrong-approver", "people/wang-fang.yml", "王芳的资料由何军审核", "由周敏审核")
    told.finding("direct-push", "/schemes/qufu-approval/scheme.yml", "方案没有经过审核", "由周敏补审")
    told.finding("late", "2024-Q1/summaries/wang-fang.yml", "没有哪一页放得下的一期", "说明原因")
    page = office_site(office, told.audit(), tmp_path / "site").page("u/files.html")
    found = after(page.lines, "不符合规定的地方", "全部记录")
    assert [it for it in found if it in CODES.values()] == ["不该由他审核", "超过期限", "没有经过审核合并"]
    assert "王芳的人员资料，records/u/people/wang-fang.yml" in found
    assert "考核方案 qufu-approval 的正文，schemes/qufu-approval/scheme.yml" in found
    lines = after(page.lines, "全部记录")
    assert lines[:4] == [SIGNS, "单位", HEADS, "单位资料 ¦ 随起始提交带来 ¦ — ¦ — ¦ —"]
    assert "王芳 ¦ 随起始提交带来 ¦ — ¦ — ¦ —" in lines
    assert lines[-2:] == ["考核方案", "qufu-approval 的规则、qufu-approval 的条款。"]


def test_what_belongs_to_no_page_is_told_of_the_history_and_on_the_home_page(tmp_path: Path) -> None:
    office = small()
    told = story(office)
    told.finding("missing-receipt", None, "main 的一步没有回执", "请信息技术人员补登", of="step")
    told.finding("bad-merge", "/schemes/nobodys/scheme.yml", "合并动了没有单位执行的方案", "重新提交")
    told.finding("late", "/records/ghost/2026-Q1/summaries/x.yml", "没有的单位", "说明原因")
    site = office_site(office, told.audit(notes=("有的回执用的是演示时钟。",)), tmp_path / "site")
    lines = site.page("history.html").lines
    assert lines[2:13] == [
        "首页",
        "核对到哪里 ¦",
        f"主线（main）最后的提交 ¦ {commit('head')}",
        f"起始提交 ¦ {commit('root')}",
        "主线 ¦ 更新8次，共15个提交",
        f"最后一份回执 ¦ {commit('receipts')}",
        "回执 ¦ 7份",
        "签回执的密钥 ¦ SHA256:abc（单位资料里登记了）",
        "时间：以服务器的回执为准；有 2 次提交或者审核没有回执，仍是提交人自己电脑上的。",
        "起始提交带来单位资料、人员资料、方案和设置，没有人审核；起始提交允许这样，里面的内容请单位自己核对。",
        "注意：有的回执用的是演示时钟。",
    ]
    found = after(lines, "不符合规定的地方", "各单位选定的可信程度")
    headings = ("整个历史：没有回执", "考核方案 nobodys：合并动了别的内容", "ghost2026年第一季度：超过期限")
    assert [it for it in found if it in headings] == list(headings)
    assert "整个历史有3处不符合规定" in site.page("index.html").lines


def test_no_finding_is_lost_whatever_it_is_about(tmp_path: Path) -> None:
    """On some page of the site each message stands."""
    office = small()
    told = story(office)
    paths = (None, "unit.yml", "2026-Q1/ballots.yml", "2026/goals/x.yml", "2026-07/plans/x.yml", "2019-Q1/ballots.yml")
    for number, path in enumerate((*paths, "2026-H1/ballots.yml", "x/y", "/.gitattributes", "/schemes/x/scheme.yml")):
        told.finding("late", path, f"消息{number}号", "办法", of=str(number))
    site = office_site(office, told.audit(), tmp_path / "site")
    read = "\n".join("\n".join(page.lines) for page in site.pages().values())
    assert [it.message for it in told.findings if it.message not in read] == []
    counted = "超过期限 ¦ 7 ¦ 单位、人员和方案、2026年度、2026年第一季度"
    assert counted in site.page("u/index.html").lines


def test_without_history_the_site_says_so_and_still_tells_what_is_there_and_what_is_missing(tmp_path: Path) -> None:
    site = office_site(small(), None, tmp_path / "site")
    for path in ("index.html", "history.html", "u/index.html", "u/files.html", "u/2026-Q1/index.html"):
        lines = site.page(path).lines
        at = lines.index("没有核对历史")
        assert lines[at + 1] == (
            "这次按文件夹里的文件生成，没有按历史，所以这里没有谁提交、谁审核、什么时候，"
            "也不知道有没有不符合规定的改动。要核对历史，运行 pingshi build --audience office --rev main。"
        )
        assert "不符合规定的地方" not in lines
    page = site.page("u/2026-Q1/index.html").lines
    assert after(page, "全部记录") == ["月小结", "王芳 2月。", "个人小结", "王芳。"]
    assert "还缺什么" in page


def test_records_of_several_repositories_are_shown_without_their_history(tmp_path: Path) -> None:
    roots = [tmp_path / "open", tmp_path / "closed"]
    for root in roots:
        root.mkdir()
    build_site(small().snapshot(), roots, tmp_path / "site", date(2026, 4, 15), audience="office")
    assert any(it.startswith("记录分放在几个仓库里") for it in Site(tmp_path / "site").page("index.html").lines)


def test_a_broken_record_and_a_broken_unit_are_told_as_such(tmp_path: Path) -> None:
    office = small().write("2026-Q1/summaries/zhao-lei.yml", "political: [\n")
    told = story(office).record("2026-Q1/summaries/zhao-lei.yml", "zhao-lei", "he-jun")
    page = office_site(office, told.audit(), tmp_path / "a" / "site").page("u/2026-Q1/index.html").lines
    assert "记录有1个错误" in page
    assert "赵磊（文件有错误，读不了） ¦ 赵磊" in page
    office.write("unit.yml", "name: [\n")
    told.finding("late", "2026-Q1/summaries/wang-fang.yml", "晚了两天", "如实说明原因")
    site = office_site(office, told.audit(), tmp_path / "b" / "site")
    assert any("unit.yml 有错误，读不了" in it for it in site.page("u/index.html").lines)
    lines = site.page("u/files.html").lines
    assert "晚了两天" in lines
    assert any(it.startswith("2026-Q1/summaries/wang-fang.yml ¦ 王芳") for it in lines)


def test_a_scheme_that_cannot_be_used_leaves_it_open_what_is_missing(tmp_path: Path) -> None:
    office = small().write("/schemes/qufu-approval/scheme.yml", "title: 半份\n")
    site = office_site(office, story(office).audit(), tmp_path / "site")
    assert "执行的方案有错误用不了，算不出还缺什么。" in site.page("u/2026-Q1/index.html").lines
    assert any(it.startswith("2026年第一季度 ¦ — ¦ 算不出") for it in site.page("index.html").lines)


# --- internal ---------------------------------------------------------------------------------


def test_every_page_says_at_its_top_and_its_foot_that_it_is_internal(tmp_path: Path) -> None:
    office = small()
    site = office_site(office, story(office).audit(), tmp_path / "site")
    pages = {path: page for path, page in site.pages().items() if path != "404.html"}
    assert set(pages) >= {"index.html", "history.html", "u/index.html", "u/files.html", "u/2026-Q1/index.html"}
    assert {path: page.lines[1] for path, page in pages.items()} == dict.fromkeys(pages, INTERNAL)
    for path in site.pages():
        text = site.files[path].decode()
        assert f'<div class="md-copyright__highlight">\n      {INTERNAL}' in text, path
        assert "考核记录核对（内部）</title>" in text
    assert [it for it in site.index() if INTERNAL in it["text"]] == []


def test_a_bureaus_own_settings_and_templates_cannot_take_the_mark_away(tmp_path: Path) -> None:
    root = save(small(), tmp_path / "repository")
    own = "site_name: 本局\ncopyright: 本局公开\ntheme: {name: material}\n"
    (root / "mkdocs.yml").write_text(own, encoding="utf-8")
    (root / "site" / "templates" / "office").mkdir(parents=True)
    (root / "site" / "templates" / "office" / "home.md.j2").write_text("# 本局首页\n", encoding="utf-8")
    (root / "site" / "templates" / "office" / "unit.md.j2").write_text("没有标题。\n", encoding="utf-8")
    out = tmp_path / "out"
    assert pingshi("build", "--audience", "office", "--out", str(out), repo=root).status == 0
    site = Site(out)
    assert site.page("index.html").lines == ["本局首页", INTERNAL]
    assert site.page("u/index.html").lines == ["示例局", INTERNAL, "没有标题。"]
    assert all(INTERNAL in site.files[path].decode() for path in site.pages())
    assert site.holding("本局公开") == {}


def test_the_public_pages_are_not_on_the_offices_site(tmp_path: Path) -> None:
    """It holds no handbook and no notice: whoever is sent there by a search finds office matters alone."""
    office = private_office("qufu-approval")[0]
    site = office_site(office, None, tmp_path / "site")
    assert [it for it in site.files if it.startswith(("handbook", "reference", "about", "archive"))] == []
    assert [it for it in site.files if it.endswith(("notice.html", "roster.html"))] == []


def test_what_commits_say_comes_out_as_the_characters_that_were_typed(tmp_path: Path) -> None:
    office = small()
    told = story(office)
    nasty = "<script>alert(1)</script> [x](http://evil.example) **b** | c\u202e\x1b[31m"
    told.names["wang-fang"] = nasty
    path = "2026-Q1/summaries/wang-fang.yml"
    told.record(path, "wang-fang", nasty, "04-10 09:00", says=nasty)
    told.finding("late", path, nasty, nasty)
    told.finding("late", f"x/{nasty}.yml", nasty, nasty)
    plain = office_site(office, story(office).audit(), tmp_path / "a" / "site")
    site = office_site(office, told.audit(notes=(nasty,)), tmp_path / "b" / "site")
    shown = "<script>alert(1)</script> [x](http://evil.example) **b** | c⟨U+202E⟩⟨U+001B⟩[31m"
    page = site.page("u/2026-Q1/index.html")
    assert f"办法：{shown}" in page.lines
    assert f"注意：{shown}" in site.page("history.html").lines
    assert [it for it in site.holding("\u202e", "\x1b[").values() if it != ["assets/images/favicon.png"]] == []
    for path, read in site.pages().items():
        before = plain.pages().get(path)
        assert before is None or read.scripts == before.scripts
        assert "script" not in read.tags
        assert [it for it in read.links if "evil" in it] == []


# --- the folder -------------------------------------------------------------------------------


def test_each_audience_has_a_folder_of_its_own(tmp_path: Path) -> None:
    root = save(small(), tmp_path / "repository")
    for audience in ("public", "office"):
        done = pingshi("build", "--audience", audience, "--on", "2026-04-15", repo=root)
        assert (done.status, done.out) == (0, "")
    both = {path for path in tree(root / "build") if path.count("/") < 1}
    assert both == {"site", "office"}
    assert (root / "build" / "site" / ".pingshi").read_text(encoding="utf-8") == "public\n"
    assert (root / "build" / "office" / ".pingshi").read_text(encoding="utf-8") == "office\n"
    assert INTERNAL in (root / "build" / "office" / "index.html").read_text(encoding="utf-8")
    assert INTERNAL not in (root / "build" / "site" / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("first", "second", "says"),
    [
        ("public", "office", "里是公开的网站，不能用内部的网站覆盖；换一个文件夹，或者先把它移走\n"),
        ("office", "public", "里是内部的网站，不能用公开的网站覆盖；换一个文件夹，或者先把它移走\n"),
    ],
)
@pytest.mark.parametrize("option", ["--out", "--pages"])
def test_a_site_of_the_other_audience_is_never_overwritten(
    option: str, first: str, second: str, says: str, tmp_path: Path
) -> None:
    root = save(small(), tmp_path / "repository")
    folder = tmp_path / "here"
    more = ["--out", str(tmp_path / "site"), "--pages", str(folder)] if option == "--pages" else ["--out", str(folder)]
    assert pingshi("build", "--audience", first, *more, repo=root).status == 0
    before = tree(folder)
    others = ["--out", str(tmp_path / "other"), "--pages", str(folder)] if option == "--pages" else more
    assert pingshi("build", "--audience", second, *others, repo=root) == Done(3, "", f"{folder} {says}")
    assert tree(folder) == before


def test_a_site_made_before_there_were_audiences_is_public(tmp_path: Path) -> None:
    root = save(small(), tmp_path / "repository")
    folder = tmp_path / "site"
    assert pingshi("build", "--out", str(folder), repo=root).status == 0
    (folder / ".pingshi").write_text("", encoding="utf-8")
    assert pingshi("build", "--audience", "office", "--out", str(folder), repo=root).status == 3
    assert pingshi("build", "--out", str(folder), repo=root).status == 0


def test_a_site_is_never_put_inside_of_another_one(tmp_path: Path) -> None:
    """What lies in the folder of the public site is public."""
    root = save(small(), tmp_path / "repository")
    assert pingshi("build", "--out", str(tmp_path / "site"), repo=root).status == 0
    before = tree(tmp_path / "site")
    inside = tmp_path / "site" / "a" / "office"
    done = pingshi("build", "--audience", "office", "--out", str(inside), repo=root)
    assert done == Done(3, "", f"{inside} 在另一个生成的网站里面，会和那个网站一起给人看到；换一个文件夹\n")
    assert tree(tmp_path / "site") == before


def test_an_office_site_is_not_written_over_anybodys_files(tmp_path: Path) -> None:
    root, snapshot = save(small(), tmp_path / "repository"), small().snapshot()
    with pytest.raises(SiteError, match="里有考核记录"):
        build_site(snapshot, [root], root / "records", date(2026, 4, 15), audience="office")


def test_the_same_history_on_the_same_day_gives_the_same_bytes(tmp_path: Path) -> None:
    office = small()
    audit = story(office).finding("late", "2026-Q1/summaries/wang-fang.yml", "晚了", "说明").audit()
    one = office_site(office, audit, tmp_path / "a" / "site").files
    assert office_site(office, audit, tmp_path / "b" / "site").files == one
    assert build(office, tmp_path / "c" / "site").files != one


# --- the command ------------------------------------------------------------------------------


def test_a_build_from_history_audits_it_for_both_audiences(tmp_path: Path) -> None:
    root = save(small(), tmp_path / "repository")
    git(root, "init", "--quiet", "--initial-branch=main")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "--message=开始")
    (root / "records" / UNIT / "2026-Q1" / "summaries" / "zhao-lei.yml").write_text(SUMMARY, encoding="utf-8")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "--message=直接改")
    head = git(root, "rev-parse", "HEAD")
    for audience in ("public", "office"):
        out = ("--audience", audience, "--out", str(tmp_path / audience), "--on", "2026-04-15", "--rev", "main")
        done = pingshi("build", *out, repo=root)
        assert (done.status, done.out) == (0, "")
    office, public = Site(tmp_path / "office"), Site(tmp_path / "public")
    assert "没有经过审核合并" in office.page("u/2026-Q1/index.html").lines
    assert f"主线（main）最后的提交 ¦ {head}" in office.page("history.html").lines
    assert head in " ".join(public.page("history.html").lines)
    assert "没有经过审核" not in "".join(
        "".join(page.lines) for page in public.pages().values() if page.title[:2] == "历史"
    )
    plain = pingshi("build", "--out", str(tmp_path / "plain"), "--on", "2026-04-15", repo=root)
    assert plain.status == 0
    assert "history.html" not in Site(tmp_path / "plain").files


def test_a_true_history_is_told_as_it_was(tmp_path: Path) -> None:
    """Submitted, approved, determined, corrected with a reason; and a report that somebody put past everything."""
    names = {"wang-fang": "王芳", "liu-yang": "刘扬", "qian-wei": "钱伟", "zhou-min": "周敏", "zhao-lei": "赵磊"}
    history = History(tmp_path, "signatures", names=names).at("2026-03-30 09:00")
    history.enters("wang-fang", "liu-yang", "2026-Q1/summaries/wang-fang.yml", SUMMARY)
    decided = "decided_on: 2026-04-02\nmeeting: 第6次局党组会议\ngrades: {wang-fang: 较好}\n"
    path = "2026-Q1/determination.yml"
    with history.at("2026-04-02 09:00").unchecked():
        history.enters("qian-wei", "zhou-min", path, decided)
        made = history.commit("qian-wei", {path: decided.replace("较好", "一般")}, message="更正：会议纪要写错")
        history.at("2026-04-10 09:00").approves("zhou-min", history.offers("qian-wei", made, "submit/qian-wei/9"))
    with history.bypass():
        stray = history.commit("zhao-lei", {"2026-02/reports/zhao-lei.yml": "done: [受理]\nundone: []\n"})
        history.push("zhao-lei", {"main": stray})
    out = ("--audience", "office", "--out", str(tmp_path / "site"), "--on", "2026-04-15", "--rev", "main")
    assert pingshi("build", *out, repo=history.server) == Done(0, "", "")
    page = Site(tmp_path / "site").page("u/2026-Q1/index.html")
    assert after(page.lines, "个人小结", "审定结果") == [
        *(HEADS, "王芳 ¦ 王芳", "2026-03-30 09:02 ¦ 刘扬", "2026-03-30 09:04 ¦ 有效 ¦ 有"),
    ]
    assert [it for it in page.lines if it in CODES.values()] == ["没有人审核", "没有经过审核合并"]
    told = after(page.lines, "审定结果：全单位")
    assert told[1].startswith(
        f"“提交”。提交：钱伟，2026-04-02 09:02（{RECEIVED}，没有签名）；审核：周敏，2026-04-02 09:04"
    )
    assert told[2].startswith(f"“更正：会议纪要写错”。提交：钱伟，2026-04-10 09:01（{RECEIVED}，没有签名）；审核：周敏")
    assert pingshi("verify", str(tmp_path / "site"), repo=history.server).status == 0


def test_errors_in_the_records_are_told_to_whoever_builds(tmp_path: Path) -> None:
    root = save(small().write("2026-Q1/ballots.yml", "totals: [\n"), tmp_path / "repository")
    done = pingshi("build", "--audience", "office", "--out", str(tmp_path / "out"), repo=root)
    assert done == Done(0, "", "有的记录有错误，改正以前网站上“还缺什么”可能不全；用 pingshi check 查看\n")


def test_whole_ids_stand_on_the_page_of_the_history_alone(tmp_path: Path) -> None:
    office = small()
    made = story(office).finding("late", "2026-Q1/summaries/wang-fang.yml", "晚了", "说明").audit()
    site = office_site(office, replace(made), tmp_path / "site")
    found = site.holding(commit("head"), commit("2026-Q1/summaries/wang-fang.yml"))
    assert set(found) == {commit("head")}
    assert {it.removesuffix(" as read") for it in found[commit("head")]} <= {
        "history.html",
        "search/search_index.json",
        "the search index as read",
        "the search index",
    }
