"""The built site in a real browser: every page, at the width of a desktop and of a phone.

Each width is walked once: the home page, every HTML file of the site and every link found on the
way. The tests look at what the walk saw.
"""

import os
import re
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, unquote, urldefrag, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response

pytestmark = pytest.mark.browser

WIDTHS = {"desktop": (1280, 800), "phone": (360, 740)}
MAX_TABS = 5
LOCAL_SCHEMES = ("data", "blob", "about")
SCREENSHOTS = Path(__file__).resolve().parents[2] / "build" / "screenshots"

FACTS_JS = """() => {
  return {
    title: document.title.trim(),
    lang: document.documentElement.lang,
    headings: [...document.querySelectorAll("h1")].map(e => e.textContent.trim()),
    scrollWidth: document.documentElement.scrollWidth,
    wide: [...document.querySelectorAll("body *")]
      .filter(e => e.getBoundingClientRect().right > window.screen.width + 1)
      .slice(0, 5).map(e => `${e.tagName.toLowerCase()}.${e.className}`),
    links: [...document.querySelectorAll("a[href]")].map(e => e.href),
  };
}"""

# How wide each table is and how wide what holds it.
TABLES_JS = """() => [...document.querySelectorAll("article table")]
  .map(e => e.closest(".md-typeset__scrollwrap") || e.parentElement)
  .map(e => [e.scrollWidth, e.clientWidth])"""

# Where the keyboard is: on a link that leads to, or stands in, the main content?
AT_MAIN_JS = """() => {
  const at = document.activeElement;
  const main = document.querySelector("main, [role=main]");
  if (!at || !main || at.tagName !== "A") return false;
  if (main.contains(at)) return true;
  const address = new URL(at.href);
  if (address.pathname !== location.pathname || address.hash.length < 2) return false;
  const target = document.getElementById(decodeURIComponent(address.hash.slice(1)));
  return target !== null && (main.contains(target) || target.contains(main));
}"""

# The navigation still visible. A nav inside the article belongs to the text, and the path of a page
# (Material's navigation.path) may be printed: on paper it says where the page stands.
VISIBLE_NAVIGATION_JS = """() => [
    ...document.querySelectorAll("nav, [role=navigation], .md-header, .md-sidebar, .md-tabs, .md-skip")
  ].filter(e => !e.closest("article, .md-path") && e.checkVisibility({visibilityProperty: true, opacityProperty: true}))
   .filter(e => e.getBoundingClientRect().width > 0 && e.getBoundingClientRect().height > 0)
   .map(e => `${e.tagName.toLowerCase()}.${e.className}`)"""


@dataclass
class Visit:
    """What one page showed."""

    path: str
    status: int
    title: str
    lang: str
    headings: list[str]
    scroll_width: int
    wide: list[str]
    tabs_to_main: int | None
    navigation_in_print: list[str]
    heading_in_print: bool


@dataclass
class Walk:
    """Everything seen while walking the site at one width."""

    width: int
    visits: list[Visit] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    files: dict[str, int] = field(default_factory=dict)

    def offences(self, offends: Callable[[Visit], object]) -> list[str]:
        """Say which pages offend, and how."""
        return [f"{visit.path}: {found}" for visit in self.visits if (found := offends(visit))]


def _is_local(address: str, site_url: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme in LOCAL_SCHEMES or parts.netloc == urlsplit(site_url).netloc


def _is_page(address: str) -> bool:
    return urlsplit(address).path.endswith(("/", ".html"))


def _plain(address: str) -> str:
    """The address without query, fragment and a closing index.html."""
    return urldefrag(address).url.partition("?")[0].removesuffix("index.html")


def _watch(context: BrowserContext, walk: Walk, site_url: str) -> None:
    """Record every request and error; a request that leaves this machine is recorded, then cut off."""

    def on_request(request: Request) -> None:
        walk.requests.append(request.url)

    def on_response(response: Response) -> None:
        if response.status >= 400:
            walk.errors.append(f"{response.status} {response.url}")

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error":
            walk.errors.append(f"console: {message.text} ({message.location})")

    def on_page(page: Page) -> None:
        page.on("pageerror", lambda error: walk.errors.append(f"script: {error} ({page.url})"))
        page.on("websocket", lambda socket: walk.requests.append(socket.url))

    context.on("request", on_request)
    context.on("response", on_response)
    context.on("console", on_console)
    context.on("page", on_page)
    context.route(lambda address: not _is_local(address, site_url), lambda route: route.abort())


def _tabs_to_main(page: Page) -> int | None:
    for count in range(1, MAX_TABS + 1):
        page.keyboard.press("Tab")
        if page.evaluate(AT_MAIN_JS):
            return count
    return None


def _screenshot(page: Page, width: int, path: str, suffix: str = "") -> None:
    if os.environ.get("PINGSHI_SCREENSHOTS") != "1":
        return
    name = re.sub(r"[^\w.-]+", "-", unquote(path)).strip("-") or "index"
    page.screenshot(path=SCREENSHOTS / str(width) / f"{name}{suffix}.png", full_page=True)


def _visit(page: Page, address: str, width: int) -> tuple[Visit, list[str]]:
    """Open a page and look at it; also return where its links lead."""
    response = page.goto(address, wait_until="load")
    assert response is not None
    page.evaluate("() => document.fonts.ready.then(() => null)")
    page.wait_for_timeout(150)  # what the scripts start right after loading
    facts = page.evaluate(FACTS_JS)
    path = urlsplit(address).path
    _screenshot(page, width, path)
    page.emulate_media(media="print")
    navigation = page.evaluate(VISIBLE_NAVIGATION_JS)
    heading = page.locator("h1").count() > 0 and page.locator("h1").first.is_visible()
    _screenshot(page, width, path, ".print")
    page.emulate_media(media="screen")
    tabs = _tabs_to_main(page)  # last: it leaves the skip link in sight
    visit = Visit(
        path=unquote(path),
        status=response.status,
        title=facts["title"],
        lang=facts["lang"],
        headings=facts["headings"],
        scroll_width=facts["scrollWidth"],
        wide=facts["wide"],
        tabs_to_main=tabs,
        navigation_in_print=navigation,
        heading_in_print=heading,
    )
    return visit, facts["links"]


def _walk_site(browser: Browser, site_url: str, site_dir: Path, size: tuple[int, int]) -> Walk:
    width, height = size
    phone = width < 600
    walk = Walk(width)
    context = browser.new_context(
        viewport={"width": width, "height": height},
        screen={"width": width, "height": height},
        is_mobile=phone,
        has_touch=phone,
        locale="zh-CN",
    )
    _watch(context, walk, site_url)
    page = context.new_page()
    pages = sorted(file.relative_to(site_dir).as_posix() for file in site_dir.rglob("*.html"))
    pages.remove("404.html")  # its links start at the root of the published site; it has a test of its own
    queue = deque(dict.fromkeys([site_url, *(_plain(site_url + quote(name)) for name in pages)]))
    seen = set(queue)
    while queue:
        visit, links = _visit(page, queue.popleft(), width)
        walk.visits.append(visit)
        for link in map(_plain, links):
            if link in seen or urlsplit(link).scheme not in ("http", "https") or not _is_local(link, site_url):
                continue
            seen.add(link)
            if _is_page(link):
                queue.append(link)
            else:
                walk.files[unquote(urlsplit(link).path)] = context.request.get(link).status
    context.close()
    return walk


@pytest.fixture(scope="module", params=list(WIDTHS.values()), ids=list(WIDTHS))
def walk(request: pytest.FixtureRequest, browser: Browser, site_url: str, site_dir: Path) -> Walk:
    """The whole site, walked once at each width."""
    return _walk_site(browser, site_url, site_dir, request.param)


def _none(offences: Iterable[str]) -> None:
    """Fail with all offences, one to a line."""
    if found := list(offences):
        pytest.fail("\n".join(found), pytrace=False)


def test_every_page_opens(walk: Walk) -> None:
    """Every page and every file that a page links to is there."""
    assert walk.visits
    _none(walk.offences(lambda visit: None if visit.status == 200 else visit.status))
    _none(f"{path}: {status}" for path, status in walk.files.items() if status != 200)


def test_every_request_stays_on_this_machine(walk: Walk, site_url: str) -> None:
    """No page asks any other host for anything: no fonts, scripts, counters or pictures from elsewhere."""
    assert walk.requests
    _none(sorted({address for address in walk.requests if not _is_local(address, site_url)}))


def test_nothing_goes_wrong_in_the_console(walk: Walk) -> None:
    """No error in the console, no failing script, no missing file."""
    _none(walk.errors)


def test_every_page_says_what_it_is(walk: Walk) -> None:
    """Each page has a title, exactly one first-level heading with text, and is marked as Chinese."""
    _none(walk.offences(lambda visit: "no title" if not visit.title else None))
    _none(walk.offences(lambda visit: repr(visit.headings) if [bool(h) for h in visit.headings] != [True] else None))
    _none(walk.offences(lambda visit: None if re.fullmatch(r"zh(-.+)?", visit.lang) else repr(visit.lang)))


def test_no_page_is_wider_than_the_screen(walk: Walk) -> None:
    """Nothing has to be scrolled sideways to be read."""
    _none(walk.offences(lambda v: (v.scroll_width, v.wide) if v.scroll_width > walk.width else None))


def test_what_a_year_comes_to_is_looked_up_without_scrolling_sideways(
    browser: Browser, site_url: str, site_dir: Path
) -> None:
    """On a phone, the tables of the schemes' pages are no wider than what holds them."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    found = {}
    for file in sorted(site_dir.glob("*/scheme.html")):
        page.goto(site_url + file.relative_to(site_dir).as_posix())
        widths: list[list[int]] = page.evaluate(TABLES_JS)
        assert widths
        found[file.parent.name] = [it for it in widths if it[0] > it[1]]
    context.close()
    assert found == {key: [] for key in ("approval", "audit", "ecology", "reform", "statistics")}


def test_the_keyboard_reaches_the_main_content(walk: Walk) -> None:
    """A few presses of Tab lead to a skip link, or straight to a link in the main content."""
    _none(walk.offences(lambda v: f"not within {MAX_TABS} presses" if v.tabs_to_main is None else None))


def test_print_leaves_the_navigation_out(walk: Walk) -> None:
    """On paper there is the text with its heading, and no navigation."""
    _none(walk.offences(lambda visit: visit.navigation_in_print))
    _none(walk.offences(lambda visit: None if visit.heading_in_print else "no heading"))


def test_the_page_for_missing_pages(browser: Browser, site_url: str, site_dir: Path) -> None:
    """The page 404.html, too, is Chinese, has a title and asks no other host."""
    assert (site_dir / "404.html").is_file()
    seen = Walk(1280)
    context = browser.new_context(locale="zh-CN")
    _watch(context, seen, site_url)
    page = context.new_page()
    page.goto(site_url + "404.html")
    page.wait_for_timeout(150)
    facts = page.evaluate(FACTS_JS)
    context.close()
    _none(address for address in seen.requests if not _is_local(address, site_url))
    assert facts["title"]
    assert facts["lang"].startswith("zh")
