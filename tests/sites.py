"""Build the public site of an office, and read it as people and as attackers do.

site = build(office, tmp_path / "site", "2026-04-15")
site.page("u/2026-Q1/notice.html").lines
"""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pingshi.publishing import build_site

if TYPE_CHECKING:
    from office import Office

ROOT = Path(__file__).parent.parent
_BLOCKS = {"p", "li", "tr", "h1", "h2", "h3", "dt", "dd", "div", "br", "table"}


class _Reader(HTMLParser):
    """Collects what stands in the main content, and everything that could be dangerous there."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.title = ""
        self.text = self.navigation = ""
        self.tags: list[str] = []
        self.links: list[str] = []
        self.scripts = 0
        self._in_title = self._in_article = False
        self._navs = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_title |= tag == "title"
        self._in_article |= tag == "article"
        self._navs += tag == "nav"
        self.scripts += tag == "script"
        given = dict(attrs)
        self.links += [value for key in ("href", "src") if not (value := given.get(key) or "#").startswith("#")]
        self.links += [f"{key}={value}" for key, value in given.items() if key.startswith("on")]
        if self._in_article:
            self.tags.append(tag)
            if tag in _BLOCKS:
                self.text += "\n"
            elif tag in ("td", "th"):
                self.text += " ¦ "

    def handle_endtag(self, tag: str) -> None:
        self._in_title &= tag != "title"
        self._in_article &= tag != "article"
        self._navs -= tag == "nav"
        if self._in_article and tag in _BLOCKS:
            self.text += "\n"

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data
        elif self._in_article:
            self.text += re.sub(r"\s+", " ", data)
        elif self._navs:
            self.navigation += data


@dataclass(frozen=True)
class Page:
    """A page as it is read: its title, the lines of its main content (cells between ¦), and what could be dangerous.

    `tags` are those of the main content, `links` all addresses and handlers of the whole page but those within it.
    """

    title: str
    lines: list[str]
    tags: list[str]
    links: list[str]
    scripts: int
    navigation: str


def read(text: str) -> Page:
    """Read a page."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    lines = [re.sub(r" +", " ", line).strip().removeprefix("¦ ") for line in reader.text.split("\n")]
    return Page(
        reader.title.strip(), [it for it in lines if it], reader.tags, reader.links, reader.scripts, reader.navigation
    )


class Site:
    """A built site: what is in its files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files = {it.relative_to(folder).as_posix(): it.read_bytes() for it in folder.rglob("*") if it.is_file()}

    def page(self, path: str) -> Page:
        """Read one page."""
        return read(self.files[path].decode())

    def pages(self) -> dict[str, Page]:
        """Read all pages."""
        return {path: self.page(path) for path in sorted(self.files) if path.endswith(".html")}

    def bytes(self) -> dict[str, bytes]:
        """Return every file, compressed ones also as what is in them, and every name of a file."""
        unpacked = {f"{path} unpacked": gzip.decompress(it) for path, it in self.files.items() if path.endswith(".gz")}
        names = {f"the name of {path}": path.encode() for path in self.files}
        return {**self.files, **unpacked, **names}

    def holding(self, *texts: str) -> dict[str, list[str]]:
        """Return where any of the texts stands: the text, and the files."""
        everything = {path: it.decode("utf-8", "replace") for path, it in self.bytes().items()}
        everything |= {f"{path} as read": " ".join([it.title, *it.lines]) for path, it in self.pages().items()}
        index = json.loads(self.files["search/search_index.json"])
        everything["the search index as read"] = json.dumps(index, ensure_ascii=False)
        found = {text: [path for path, it in everything.items() if text in it] for text in texts}
        return {text: paths for text, paths in found.items() if paths}

    def index(self) -> list[dict[str, Any]]:
        """Return the documents of the search index."""
        documents: list[dict[str, Any]] = json.loads(self.files["search/search_index.json"])["docs"]
        return documents


def build(office: Office, out: Path, on: str = "2026-04-15") -> Site:
    """Build an office's public site as of a day; the site's own files are the program's."""
    root = out.parent / "repository"
    root.mkdir(parents=True, exist_ok=True)
    build_site(office.snapshot(), [root], out, date.fromisoformat(on))
    return Site(out)


def save(office: Office, root: Path) -> Path:
    """Write an office's files into a folder."""
    for path, data in office.files.items():
        assert data is not None
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    return root
