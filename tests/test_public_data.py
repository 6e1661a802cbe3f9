"""What is private cannot leak: looked for in every byte of the built site, and in the data that it is built from."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from canaries import (
    COMMENTED,
    ELSEWHERE,
    GRADED,
    LATER,
    LEFT,
    PRIVATE_DAYS,
    SCHEMES,
    SCORES,
    WORKER,
    Canaries,
    private_office,
)
from office import LEADERS, Office
from sites import ROOT, Site, build

from pingshi.publishing import public_site
from pingshi.wording import day

if TYPE_CHECKING:
    from pathlib import Path

IDS = (*GRADED, COMMENTED, ELSEWHERE, WORKER, LEFT, LATER, *LEADERS)
LESSER = ("较好", "一般", "较差")
OTHERS = [it for it in SCHEMES if it != "zhangdian-stats"]
FACT_WORDS = ("告诫", "警告", "记过", "病假", "事假", "借调", "援派", "挂职", "谈话", "处分", "异议", "答复", "得分")


@pytest.fixture(scope="module", params=SCHEMES)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Office, Canaries, Site]:
    """The office of one scheme in the middle of its publicity, everything private marked, and its site."""
    office, canaries = private_office(request.param)
    return office, canaries, build(office, tmp_path_factory.mktemp("public") / "site")


def test_the_office_has_everything_that_could_leak_and_its_period_is_published(
    built: tuple[Office, Canaries, Site],
) -> None:
    """Otherwise the cases below would prove nothing."""
    office, canaries, site = built
    assert [it for it in office.problems() if it.severity == "error"] == []
    assert "u/2026-Q1/notice.html" in site.files
    assert site.holding("赵一鸣")["赵一鸣"]
    kinds = {path.split("/")[-2] for path in office.texts if path.count("/") == 2}
    kinds |= {path.rsplit("/", 1)[-1].removesuffix(".yml") for path in office.texts if not path.endswith("/")}
    assert kinds >= {
        *("goals", "plans", "logs", "reports", "evaluations", "attendance", "summaries", "reviews", "ballots"),
        *("determination", "feedback", "objections", "replies", "spot_checks", "filings", "publicity", "unit"),
    }
    assert len(canaries) > 400


def test_no_byte_of_the_site_holds_anything_private(built: tuple[Office, Canaries, Site]) -> None:
    """Every file, compressed ones unpacked, every file's name, every page's text, the search index."""
    _, canaries, site = built
    assert {canaries[text]: paths for text, paths in site.holding(*canaries).items()} == {}


def test_no_byte_of_the_site_holds_the_id_of_a_person(built: tuple[Office, Canaries, Site]) -> None:
    assert built[2].holding(*IDS) == {}


def test_no_byte_of_the_site_holds_a_private_day(built: tuple[Office, Canaries, Site]) -> None:
    days = [date.fromisoformat(it) for it in PRIVATE_DAYS]
    assert built[2].holding(*PRIVATE_DAYS, *(day(it) for it in days)) == {}


def test_no_page_tells_a_score_or_a_persons_particulars(built: tuple[Office, Canaries, Site]) -> None:
    """Numbers and short words may stand in the styles and icons of the theme; nobody may read them on a page.

    The reference of formats is left out: it names what may be written, and is the same whatever the records say
    (test_site_reference.py).
    """
    office, _, site = built
    scores = {score[:4] for score in SCORES.values()}
    scores |= {it.score.written for it in office.grade().people.values() if it.score}
    read = {path: " ".join([page.title, *page.lines]) for path, page in site.pages().items()}
    read = {path: text for path, text in read.items() if not path.startswith("reference/")}
    indexed = [it for it in site.index() if not it["location"].startswith("reference/")]
    read["the search index"] = " ".join(str(it["title"]) + str(it["text"]) for it in indexed)
    words = [*scores, "女", "ssh-ed25519", "1.2345", "0.8127", "70.12"]
    assert {path: [it for it in words if it in text] for path, text in read.items()} == {path: [] for path in read}


def test_the_data_that_pages_are_made_from_holds_nothing_private(built: tuple[Office, Canaries, Site]) -> None:
    """Not even what no template prints: the public site is built from data that never held the rest."""
    office, canaries, _ = built
    data = repr(public_site(office.snapshot(), date(2026, 4, 15)))
    days = [date.fromisoformat(it) for it in PRIVATE_DAYS]
    words = [*canaries, *IDS, *SCORES.values(), *PRIVATE_DAYS, *(day(it) for it in days), *(repr(it) for it in days)]
    assert [canaries.get(it, it) for it in words if it in data] == []


#: What these pages say, the scheme says, and no record.
RULES = ("u/scheme.html", "u/agenda.html")


@pytest.mark.parametrize("scheme", OTHERS)
def test_no_lesser_grade_and_no_fact_is_named_outside_of_the_schemes_own_text(scheme: str, tmp_path: Path) -> None:
    """Pages about the unit and its people speak of 好 alone; not even a count of the others is there."""
    site = build(private_office(scheme)[0], tmp_path / "site")
    about = {path: page for path, page in site.pages().items() if path.startswith("u/") and path not in RULES}
    assert set(about) == {"u/index.html", "u/2026-Q1/index.html", "u/2026-Q1/notice.html", "u/2026-Q1/roster.html"}
    asked = (
        "公示期间如有异议，请向综合科王科长反映，联系电话：0000-8899。"  # the notice's own words, not an objection's
    )
    texts = {path: "\n".join(page.lines).replace(asked, "") for path, page in about.items()}
    texts |= {
        f"search: {it['location']}": f"{it['title']} {it['text']}".replace(asked, "")
        for it in site.index()
        if it["location"].startswith("u/") and it["location"].split("#")[0] not in RULES
    }
    assert {path: [it for it in (*LESSER, *FACT_WORDS) if it in text] for path, text in texts.items()} == {
        path: [] for path in texts
    }


@pytest.mark.parametrize("scheme", SCHEMES)
def test_changing_what_is_private_changes_no_byte_of_the_site(scheme: str, tmp_path: Path) -> None:
    """The sharpest form of it: two offices that differ in private records alone have the same site."""
    office, _ = private_office(scheme)
    first = build(office, tmp_path / "first")
    kinds = ("goals", "logs", "reports", "reviews", "feedback", "objections", "replies", "spot_checks", "filings")
    for path, text in list(office.texts.items()):
        if any(kind in path for kind in kinds) or path == "2026/determination.yml":
            office.write(path, text.replace("CANARY", "OTHER"))
    names = ("id-sanyi", "id-sicha")
    if scheme != "zhangdian-stats":  # the lesser grades of two people, changed about
        for path in ("2026-Q1/determination.yml", "2026-Q1/reviews/liu-yang.yml", "2026-Q1/reviews/he-jun.yml"):
            office.write(path, _swapped(office.texts[path], *names))
        for path in [it for it in office.texts if it.startswith("2026-0") and names[0] in it and "evaluations" in it]:
            other = path.replace(*names)
            one, two = office.texts[path], office.texts[other]
            office.write(path, two).write(other, one)
        for path in ("2026-Q1/ballots.yml", "2026-Q1/reviews/zhou-min.yml"):
            office.write(path, _swapped(office.texts[path], *names))
    assert [it for it in office.problems() if it.severity == "error"] == []
    assert build(office, tmp_path / "second").files == first.files


def _swapped(text: str, one: str, two: str) -> str:
    return text.replace(one, "?").replace(two, one).replace("?", two)


def test_in_the_sample_offices_nobody_elsewhere_or_excluded_is_named(tmp_path: Path) -> None:
    """The real samples, whole: whoever takes part in nothing and holds no office is nowhere on their site."""
    from pingshi.grading import grade_period  # noqa: PLC0415 -- for this case only
    from pingshi.periods import Period  # noqa: PLC0415
    from pingshi.publishing import build_site  # noqa: PLC0415
    from pingshi.records import read_working_tree, take  # noqa: PLC0415

    snapshot = take(read_working_tree([ROOT]))
    build_site(snapshot, [ROOT], tmp_path / "site", date(2026, 11, 20))
    site = Site(tmp_path / "site")
    ids, hidden, shown = set[str](), set[str](), set[str]()
    for records in snapshot.units.values():
        ids |= set(records.people)
        quarters = [Period.parse(f"2026-Q{quarter}") for quarter in (1, 2, 3, 4)]
        part = {
            it for quarter in quarters for it, one in grade_period(records, quarter).people.items() if one.takes_part
        }
        members = {it for body in records.unit.bodies for it in (body.head, *body.deputies, *body.members)}
        members |= {it for body in records.unit.bodies for it in body.representatives}
        for person, known in records.people.items():
            (shown if person in part or person in members else hidden).add(known.name)
    told = "".join(
        (it.data or b"").decode()
        for it in read_working_tree([ROOT])
        if "statistics" in it.path and "/summaries/" in it.path
    )  # published as written: colleagues may be named in them
    shown |= {name for name in hidden if name in told}
    assert len(hidden - shown) >= 5
    assert site.holding(*(hidden - shown)) == {}
    assert site.holding(*ids) == {}
