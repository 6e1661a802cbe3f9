"""Text comes out on the site as the characters that were typed, whatever they would mean elsewhere."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from office import Office
from sites import Site, build, read
from telling import SUMMARY, publish, rate

from pingshi.publishing.pages import escape

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "](javascript:alert(1))",
    "[点这里](javascript:alert(1))",
    "<javascript:alert(1)>",
    "{{ 7*7 }}",
    "{% raw %}",
    "{: onclick=alert(1) }",
    "| table | pipes",
    "# heading",
    "## heading {#u}",
    "&lt;b&gt; &amp; &#60;",
    "!!! note",
    "- item",
    "+ item",
    "* item",
    "1. first",
    "2) second",
    "12. twelfth",
    "> quote",
    "```sh",
    "~~~",
    "**bold** _under_ `code`",
    "***",
    "---",
    "===",
    "[^1]: note",
    "*[HTML]: abbreviation",
    "[ref]: http://example.org",
    ": definition",
    "http://example.org/a_b_c",
    "<http://example.org>",
    "a@b.example",
    "<!-- hidden -->",
    "<![CDATA[x]]>",
    "<?php x ?>",
    r"back\slash \* \[",
    ":material-home: :smile:",
    "\"quoted\" 'quoted'",
    "../../../etc/passwd",
    "$x^2$ \\(y\\)",
    "++inserted++ ==marked== ~sub~",
]


#: In names, which a theme prints as they are in titles and navigation, these become their full-width twins.
TWINS = str.maketrans("<>&\"'`", "＜＞＆＂＇｀")


def name(text: str) -> str:
    """Return a name as the site shows it."""
    return text.translate(TWINS)


def quoted(text: str) -> str:
    """Write a text as YAML, whatever it holds."""
    return json.dumps(text, ensure_ascii=False)


def published(texts: list[str], places: str = "无害") -> Office:
    """Return an office of Zhangdian whose people have these names and summaries; `places` names everything else."""
    office = Office("zhangdian-stats", staff="")
    unit = office.texts["unit.yml"].replace("窗口服务科", quoted(places)).replace("示例局", quoted(places))
    body = f"bodies: [{{name: {quoted(places)}, head: zhou-min}}]\n"
    office.write("unit.yml", unit + body)
    office.person("zhou-min", leader="true", name=quoted(places))
    people = {f"p-{number:02}": text for number, text in enumerate(texts)}
    for person, text in people.items():
        office.person(person, name=quoted(text))
        summary = SUMMARY
        for words in ("坚持理论学习", "窗口受理", "按时办结", "遵守纪律", "提速", "宣传不足", "加强宣传"):
            summary = summary.replace(words, quoted(text), 1)
        office.write(f"2026-Q1/summaries/{person}.yml", summary)
    rate(office, dict.fromkeys(people, 95)).decide(dict.fromkeys(people, "好"))
    publish(office)
    return office.write(
        "2026-Q1/publicity.yml", office.texts["2026-Q1/publicity.yml"].replace("办公室", quoted(places))
    )


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site of an office where everybody has a hostile name and writes the same into the summary."""
    office = published(HOSTILE)
    assert [it for it in office.problems() if it.severity == "error"] == []
    return build(office, tmp_path_factory.mktemp("hostile") / "site")


@pytest.fixture(scope="module")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The same office with harmless texts."""
    return build(published(["无害"] * len(HOSTILE)), tmp_path_factory.mktemp("harmless") / "site")


def test_names_in_tables_are_what_was_typed(hostile: Site) -> None:
    roster = hostile.page("u/2026-Q1/roster.html").lines[4:]
    assert {it.split(" ¦ ", 1)[1] for it in roster} == {f"{name(text)} ¦ 无害" for text in HOSTILE}
    notice = [it for it in hostile.page("u/2026-Q1/notice.html").lines if it.endswith("¦ 好")]
    assert {it.split(" ¦ ", 1)[1] for it in notice} == {f"{name(text)} ¦ 无害 ¦ 好" for text in HOSTILE}
    period = hostile.page("u/2026-Q1/index.html").lines
    assert {it for it in period if it.endswith("（无害）")} == {f"{name(text)}（无害）" for text in HOSTILE}


def test_a_summary_is_what_was_typed(hostile: Site) -> None:
    shown = {path: page.lines for path, page in hostile.pages().items() if "/summaries/" in path}
    expected = [
        [
            f"{name(text)}2026年第一季度个人小结",
            "2026年第一季度",
            "无害无害",
            *("政治思想", text),
            *("工作表现", f"{text}：{text}"),
            *("遵规守纪", text),
            *("主要成绩", text),
            *("存在不足", text),
            *("改进措施", text),
        ]
        for text in HOSTILE
    ]
    assert sorted(shown.values()) == sorted(expected)


def test_the_title_of_a_page_is_what_was_typed(hostile: Site) -> None:
    """It stands in the window, in the header and in the list of bookmarks."""
    titles = {page.title for path, page in hostile.pages().items() if "/summaries/" in path}
    assert titles == {f"{name(text)}2026年第一季度个人小结 - 平时考核" for text in HOSTILE}


def test_the_search_finds_what_was_typed(hostile: Site) -> None:
    """Material puts titles and texts of the index into the page as HTML: they must be escaped there."""
    documents = [it for it in hostile.index() if "/summaries/" in it["location"] and "#" not in it["location"]]
    titles = {read(f"<article>{it['title']}</article>").lines[0] for it in documents}
    assert titles == {f"{name(text)}2026年第一季度个人小结" for text in HOSTILE}
    assert [it for it in hostile.index() if "<script" in it["title"] + it["text"] or "<img" in it["text"]] == []


def test_no_text_becomes_a_tag_a_link_or_a_script(hostile: Site, harmless: Site) -> None:
    """All pages have the same scripts and addresses, and the main content the same tags, as with harmless texts."""
    assert hostile.files.keys() == harmless.files.keys()
    pages, others = hostile.pages(), harmless.pages()
    assert [path for path in pages if pages[path].scripts != others[path].scripts] == []
    assert [path for path in pages if pages[path].links != others[path].links] == []
    assert [path for path in pages if pages[path].tags != others[path].tags] == []


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "](javascript:alert(1))", "&lt;b&gt; &amp;", "| a | b"])
def test_the_names_of_units_departments_bodies_and_contacts_are_what_was_typed(text: str, tmp_path: Path) -> None:
    """A unit's name also stands in the navigation of every page."""
    site, other = (
        build(published(["王芳"], text), tmp_path / "hostile"),
        build(published(["王芳"]), tmp_path / "harmless"),
    )
    unit, shown = site.page("u/index.html"), name(text)
    assert (unit.title, unit.lines[0]) == (f"{shown} - 平时考核", shown)
    assert unit.lines[-4:] == ["科室", f"{shown}。", shown, f"组长：{shown}"]
    assert shown in site.page("index.html").lines
    assert site.page("u/2026-Q1/roster.html").lines[-1] == f"1 ¦ 王芳 ¦ {shown}"
    assert f"公示期间如有异议，请向{text}反映，联系电话：0000-1。" in site.page("u/2026-Q1/notice.html").lines
    assert f"{shown}2026年第一季度：结果已公示" in site.page("archive.html").lines
    pages, others = site.pages(), other.pages()
    assert [path for path in pages if pages[path].scripts != others[path].scripts] == []
    assert [path for path in pages if pages[path].links != others[path].links] == []
    assert {path: page.navigation.count(shown) for path, page in pages.items()} == {
        path: page.navigation.count("无害") for path, page in others.items()
    }


def test_lines_of_a_summary_stay_lines_and_nothing_more(tmp_path: Path) -> None:
    office = published(["王芳"])
    text = "第一行\n\n    缩进四格\n- 不是列表\n# 不是标题\n最后一行\n"
    office.write("2026-Q1/summaries/p-00.yml", SUMMARY.replace("坚持理论学习", quoted(text)))
    page = build(office, tmp_path / "site").page("u/2026-Q1/summaries/01.html")
    assert page.lines[3:9] == ["政治思想", "第一行", "缩进四格", "- 不是列表", "# 不是标题", "最后一行"]
    assert page.tags.count("h1") == 1
    assert "code" not in page.tags
    assert page.tags.count("ul") == 1  # the work items


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("王芳", "王芳"),
        ("a<b", "a&#60;b"),
        ("- x", "&#45; x"),
        ("3. 抓好", "3&#46; 抓好"),
        ("共 3.5 分", "共 3.5 分"),
        ("一行\n  二行", "一行<br>二行"),
        ("  两边  ", "两边"),
        (3, "3"),
        ("", ""),
    ],
)
def test_escaping(typed: object, written: str) -> None:
    assert escape(typed) == written


@pytest.mark.parametrize("folder", ["王芳", "<script>x<", "Wang Fang", "..hidden", "folder.unit"])
def test_a_folder_that_can_be_no_unit_is_none_on_the_site(folder: str, tmp_path: Path) -> None:
    """`check` says that it is misplaced; its name may be anybody's."""
    office = Office().write(f"/records/{folder}/unit.yml", "name: 密\n")
    site = build(office, tmp_path / "site")
    assert site.holding(folder) == {}
    assert [it for it in site.page("index.html").lines if "资料有误" in it] == []


NAMES_OF_FOLDERS = ("search", "assets", "index", "sitemap", "2026", "handbook", "reference")


def test_a_unit_may_be_called_like_a_folder_of_the_site(tmp_path: Path) -> None:
    """`search` and `assets` are names that a unit may have; the theme's files and the handbook stay as they are."""
    office = Office()
    for path in [it for it in office.files if it.startswith("records/u/")]:
        for unit in NAMES_OF_FOLDERS:
            office.files[path.replace("records/u/", f"records/{unit}/")] = office.files[path]
    site, plain = build(office, tmp_path / "site"), build(Office(), tmp_path / "plain")
    theme = {path for path in plain.files if path.startswith("assets/")}
    assert {path for path in theme if site.files.get(path) != plain.files[path]} == set()
    for unit in (*NAMES_OF_FOLDERS, "u"):
        assert site.page(f"{unit}/index.html").lines[0] == "示例局"
    assert site.index()
    documents = {path for path in plain.files if path.startswith(("handbook/", "reference/")) and "index" not in path}
    assert documents <= site.files.keys()
    assert site.page("handbook/first-page.html").lines == plain.page("handbook/index.html").lines
