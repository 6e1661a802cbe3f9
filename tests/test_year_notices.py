"""A year's notice: who is on it where the scheme orders one, when, and that nothing else of the year gets out."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from canaries import GRADED, NAMES, PRIVATE_DAYS, SCHEMES, SCORES, Canaries, private_office
from office import LEADERS, ROOT, UNIT, Office
from sites import Site, build
from variants import book_of
from variants import faults as faults_of

from pingshi.publishing import faults, public_site
from pingshi.publishing.clauses import clause_pages
from pingshi.wording import day

if TYPE_CHECKING:
    from pathlib import Path

    from pingshi.publishing.years import PublicYear

ORDERED = ("baishan-audit", "chaoyang-ecology")
OTHERS = tuple(it for it in SCHEMES if it not in ORDERED)
PUBLICITY = "from: 2027-01-18\nto: 2027-01-22\ncontact: 人教科\ntelephone: 0000-1122\n"
QUARTERS = ("2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4")
CONSULTED = "consulted: {discipline_inspection: {on: 2026-04-01, outcome: no_objection}}"


def office_of(scheme: str = "baishan-audit") -> Office:
    """Make an office of eight whose year is decided and made known: two are 优秀."""
    people = {
        "zhao": "好 好 - 好",
        "qian": "较好 好 好 较好",
        "sun": "好 较好 较好 较好",
        "li": "较好 较好 较好 较差",
    } | {f"other{index}": "较好 较好 较好 较好" for index in range(4)}
    office = Office(scheme, " ".join(people))
    office.person("zhao", name="赵一").person("qian", name="钱二").person("sun", name="孙三").person("li", name="李四")
    for index, quarter in enumerate(QUARTERS):
        grades = {it: words.split()[index] for it, words in people.items() if words.split()[index] != "-"}
        office.decide(grades, period=quarter, on="2027-01-04", more=CONSULTED)
    annual = {"zhao": "优秀", "qian": "{grade: 优秀, reason: 研究}", "sun": "称职", "li": "基本称职"}
    return office.decide(annual, period="2026", on="2027-01-15").write("2026/publicity.yml", PUBLICITY)


def years(office: Office, on: str = "2027-01-20") -> tuple[PublicYear, ...]:
    """Return what the public may see of the office's years."""
    return public_site(office.snapshot(), date.fromisoformat(on)).units[0].years


@pytest.mark.clause("B14", "C15")
@pytest.mark.parametrize("scheme", ORDERED)
def test_the_notice_lists_the_best_with_their_own_grades_of_the_year(scheme: str, tmp_path: Path) -> None:
    office = office_of(scheme)
    assert [it for it in office.problems() if it.severity == "error"] == []
    site = build(office, tmp_path / "site", "2027-01-20")
    page = site.page("u/2026/index.html")
    title = public_site(office.snapshot(), date(2027, 1, 20)).units[0].scheme
    assert title is not None
    assert page.lines == [
        "示例局关于2026年度考核“优秀”等次人员的公示",
        "示例局",
        (
            f"根据《{title.title}》，经研究，拟确定赵一等2名同志2026年度考核为“优秀”等次，现予公示，"
            f"一并公示本人当年{title.assessment}的等次。"
        ),
        f"序号 ¦ 姓名 ¦ 科室 ¦ 当年{title.assessment}等次",
        "1 ¦ 赵一 ¦ 窗口服务科 ¦ 第一季度好、第二季度好、第四季度好",
        "2 ¦ 钱二 ¦ 窗口服务科 ¦ 第一季度较好、第二季度好、第三季度好、第四季度较好",
        "名单按科室排列，同一科室的不分先后。",
        "公示时间：2027年1月18日至2027年1月22日。",
        "公示期间如有异议，请向人教科反映，联系电话：0000-1122。",
        "示例局",
        "2027年1月18日",
    ]
    told = "2026年度考核：结果正在公示（至2027年1月22日）"
    assert told in site.page("u/index.html").lines
    assert f"示例局{told}" in site.page("archive.html").lines
    assert "正在公示：2026年度考核结果，2027年1月18日至2027年1月22日。" in site.page("index.html").lines


@pytest.mark.parametrize("scheme", OTHERS)
def test_where_no_notice_is_ordered_the_years_publicity_changes_no_byte(scheme: str, tmp_path: Path) -> None:
    office = Office(scheme, "a").decide({"a": "优秀"}, period="2026", on="2027-01-15")
    before = build(office, tmp_path / "before", "2027-01-20").files
    office.write("2026/publicity.yml", PUBLICITY)
    assert years(office) == ()
    assert build(office, tmp_path / "after", "2027-01-20").files == before


@pytest.mark.parametrize(
    ("on", "state", "people"),
    [
        ("2027-01-17", "waiting", 0),
        ("2027-01-18", "showing", 2),
        ("2027-01-22", "showing", 2),
        ("2027-01-23", "ended", 2),
    ],
)
def test_it_is_shown_from_the_first_day_of_publicity(on: str, state: str, people: int) -> None:
    (year,) = years(office_of(), on)
    assert (year.state, len(year.notice.people) if year.notice else 0) == (state, people)


@pytest.mark.parametrize("missing", ["determination", "publicity"])
def test_without_both_files_the_year_has_no_page(missing: str) -> None:
    office = office_of()
    del office.files[f"records/{UNIT}/2026/{missing}.yml"]
    assert years(office) == ()


@pytest.mark.parametrize(
    "broken",
    {
        "2026/determination.yml": "x: [",
        "2026/publicity.yml": "from: 2027-01-22\nto: 2027-01-18\ncontact: 人教科\ntelephone: 0000-1122\n",
        "2026-Q2/determination.yml": "x: [",
        "2026-02/attendance.yml": "x: [",
        "people/sun.yml": "x: [",
        "facts/other0.yml": "x: [",
        "2026-Q3/outside/zhao.yml": "x: [",
    }.items(),
    ids=lambda it: it[0],
)
def test_any_error_in_the_year_holds_it_back_and_the_builder_is_told(broken: tuple[str, str]) -> None:
    office = office_of().write(*broken)
    (year,) = years(office)
    assert (year.state, year.notice) == ("faulty", None)
    held = [it for it in faults(office.snapshot(), date(2027, 1, 20)).withheld if "2026年度考核" in it.periods]
    assert [it.first.place.path for it in held] == [f"records/{UNIT}/{broken[0]}"]


def test_a_year_that_is_held_back_says_so(tmp_path: Path) -> None:
    office = office_of().write("2026-02/attendance.yml", "x: [")
    site = build(office, tmp_path / "site", "2027-01-20")
    assert site.page("u/2026/index.html").lines == [
        "示例局2026年度考核",
        "示例局",
        "年度结果暂不公布",
        "本年度的考核记录有错误，改正以前不公布年度结果。请经办部门检查后重新生成网站。",
    ]


def test_whoever_may_not_be_best_holds_the_notice_back() -> None:
    office = office_of()
    office.decide({"zhao": "优秀", "li": "优秀"}, period="2026", on="2027-01-15")
    assert [it.state for it in years(office)] == ["faulty"]


def test_an_error_in_another_year_does_not_hold_it_back() -> None:
    assert [it.state for it in years(office_of().write("2025-Q4/determination.yml", "x: ["))] == ["showing"]


def test_where_nobody_is_best_the_notice_says_so(tmp_path: Path) -> None:
    office = office_of().decide({"zhao": "称职"}, period="2026", on="2027-01-15")
    lines = build(office, tmp_path / "site", "2027-01-20").page("u/2026/index.html").lines
    assert lines[2].endswith("经研究，2026年度考核没有“优秀”等次人员。")
    assert not any("¦" in it for it in lines)


def test_a_scheme_that_names_several_grades_gets_a_column_and_one_without_quarters_none(tmp_path: Path) -> None:
    office = office_of()
    path = "schemes/baishan-audit/scheme.yml"
    text = (office.files[path] or b"").decode()
    rule = "publicity: {cite: B14, grades: [优秀], with_periods: true}"
    assert rule in text
    office.files[path] = text.replace(rule, "publicity: {cite: B14, grades: [优秀, 称职]}").encode()
    lines = build(office, tmp_path / "site", "2027-01-20").page("u/2026/index.html").lines
    assert lines[2].endswith("拟确定赵一等3名同志2026年度考核为下列等次，现予公示。")
    assert lines[3:8] == [
        "序号 ¦ 姓名 ¦ 科室 ¦ 年度等次",
        "1 ¦ 赵一 ¦ 窗口服务科 ¦ 优秀",
        "2 ¦ 钱二 ¦ 窗口服务科 ¦ 优秀",
        "3 ¦ 孙三 ¦ 窗口服务科 ¦ 称职",
        "名单按等次和科室排列，同一等次的不分先后。",
    ]


def test_the_notice_cites_the_scheme_of_its_year(tmp_path: Path) -> None:
    """Also when another scheme is in force by now."""
    office = office_of()
    entry = "{from: 2020-Q1, scheme: baishan-audit}"
    office.write(
        "unit.yml", office.texts["unit.yml"].replace(entry, f"{entry}, {{from: 2027-Q1, scheme: qufu-approval}}")
    )
    for file in ("scheme.yml", "clauses.yml"):
        office.files[f"schemes/qufu-approval/{file}"] = (ROOT / "schemes/qufu-approval" / file).read_bytes()
    lines = build(office, tmp_path / "site", "2027-01-20").page("u/2026/index.html").lines
    assert lines[2].startswith("根据《白山市审计局公务员平时考核工作方案》，")


# --- nothing else gets out -----------------------------------------------------------------


def private_year(scheme: str) -> tuple[Office, Canaries]:
    """Return the office in which everything private is marked, with its year decided and made known."""
    office, canaries = private_office(scheme)
    text = office.texts["2026/determination.yml"]
    best = text.replace("id-yihao: {grade: 称职", "id-yihao: {grade: 优秀")
    assert best != text
    return office.write("2026/determination.yml", best).write("2026/publicity.yml", PUBLICITY), canaries


@pytest.fixture(scope="module", params=ORDERED)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Office, Canaries, Site]:
    """The marked office in the middle of its year's publicity, and its site."""
    office, canaries = private_year(request.param)
    return office, canaries, build(office, tmp_path_factory.mktemp("year") / "site", "2027-01-20")


def test_the_year_of_the_marked_office_is_published(built: tuple[Office, Canaries, Site]) -> None:
    """Otherwise the cases below would prove nothing."""
    office, _, site = built
    assert [it for it in office.problems() if it.severity == "error"] == []
    assert "1 ¦ 赵一鸣 ¦ 窗口服务科 ¦ 第一季度好" in site.page("u/2026/index.html").lines


def test_nothing_private_is_in_any_byte_or_in_the_data(built: tuple[Office, Canaries, Site]) -> None:
    office, canaries, site = built
    assert {canaries[text]: paths for text, paths in site.holding(*canaries).items()} == {}
    days = [*PRIVATE_DAYS, "2027-01-15"]
    words = [*GRADED, *LEADERS, *days, *(day(date.fromisoformat(it)) for it in days)]
    assert site.holding(*words) == {}
    data = repr(public_site(office.snapshot(), date(2027, 1, 20)).units[0].years)
    private = [*canaries, *words, *SCORES.values(), "称职", "较好", "一般", "较差"]
    private += [name for it, name in NAMES.items() if it != "id-yihao"]
    assert [it for it in private if it in data] == []


def test_the_page_names_nobody_else_and_no_lesser_grade(built: tuple[Office, Canaries, Site]) -> None:
    text = "\n".join(built[2].page("u/2026/index.html").lines)
    others = [name for it, name in NAMES.items() if it != "id-yihao"]
    assert [it for it in (*others, "称职", "较好", "一般", "较差") if it in text] == []


@pytest.mark.parametrize("scheme", ORDERED)
def test_what_the_others_get_for_their_year_changes_no_byte(scheme: str, tmp_path: Path) -> None:
    office, canaries = private_year(scheme)
    first = build(office, tmp_path / "first", "2027-01-20").files
    text = office.texts["2026/determination.yml"]
    lines = text.replace("id-sicha: {grade: 称职", "id-sicha: {grade: 不称职").splitlines()
    office.write("2026/determination.yml", "\n".join(it for it in lines if "id-erjiao" not in it) + "\n")
    assert [it for it in office.problems() if it.severity == "error"] == []
    assert len(canaries) > 100
    assert build(office, tmp_path / "second", "2027-01-20").files == first


def test_names_and_contacts_of_a_years_notice_are_what_was_typed(tmp_path: Path) -> None:
    office = office_of().person("zhao", name="'<b>赵</b>|一'")
    office.write("2026/publicity.yml", PUBLICITY.replace("人教科", "'<script>alert(1)</script>'"))
    page = build(office, tmp_path / "site", "2027-01-20").page("u/2026/index.html")
    assert "1 ¦ 钱二 ¦ 窗口服务科 ¦ 第一季度较好、第二季度好、第三季度好、第四季度较好" in page.lines
    assert "2 ¦ ＜b＞赵＜/b＞|一 ¦ 窗口服务科 ¦ 第一季度好、第二季度好、第四季度好" in page.lines
    assert "公示期间如有异议，请向<script>alert(1)</script>反映，联系电话：0000-1122。" in page.lines
    assert "script" not in page.tags


# --- the scheme ----------------------------------------------------------------------------


@pytest.mark.clause("B14", "C15")
@pytest.mark.parametrize(("scheme", "clause"), [("baishan-audit", "B14"), ("chaoyang-ecology", "C15")])
def test_the_schemes_page_tells_of_the_notice_under_its_clause(scheme: str, clause: str) -> None:
    page = next(it for it in clause_pages(book_of(scheme)) if it.id == clause)
    assert "公示年度考核优秀等次人员，一并公示其当年每季度的等次。" in page.rules
    assert "网站公布" in page.covered


def test_a_notice_of_a_grade_that_no_year_has_is_a_fault_of_the_scheme() -> None:
    (fault,) = faults_of("baishan-audit", "grades: [优秀], with_periods", "grades: [优], with_periods")
    assert fault.partition(" ")[2] == "bad-value 年度考核没有“优”这个等次 → 年度等次有：优秀, 称职, 基本称职, 不称职"
