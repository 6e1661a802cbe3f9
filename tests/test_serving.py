"""`pingshi serve`: what changed is made anew, the browser is told, and mistakes stop nothing."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import time
from datetime import date
from typing import TYPE_CHECKING
from urllib.request import urlopen

import pytest
from canaries import private_office
from command import environment, pingshi
from sites import save

from pingshi.publishing import Preview, SiteError, build_site
from pingshi.records import read_working_tree, take

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

ON = date(2026, 4, 15)
PUBLICITY = "records/u/2026-Q1/publicity.yml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with one published quarter."""
    return save(private_office("qufu-approval")[0], tmp_path / "repository")


def update(preview: Preview, root: Path) -> int:
    return preview.update(take(read_working_tree([root])), ON)


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def locations(site: Path) -> list[str]:
    index = json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))
    return sorted(it["location"] for it in index["docs"])


def test_only_the_pages_that_changed_are_made_anew(root: Path, tmp_path: Path) -> None:
    (tmp_path / "preview").mkdir()
    preview = Preview([root], tmp_path / "preview")
    assert update(preview, root) > 5
    assert update(preview, root) == 0
    before = {it: it.stat().st_mtime_ns for it in preview.site.rglob("*.html")}
    searched = locations(preview.site)
    change(root / PUBLICITY, "contact: 综合科王科长", "contact: 督查科")
    assert update(preview, root) == 1
    after = {it: it.stat().st_mtime_ns for it in preview.site.rglob("*.html")}
    touched = {it.relative_to(preview.site).as_posix() for it in after if before.get(it) != after[it]}
    assert "u/2026-Q1/notice.html" in touched
    assert "u/2026-Q1/roster.html" not in touched
    assert "督查科" in (preview.site / "u/2026-Q1/notice.html").read_text(encoding="utf-8")
    assert locations(preview.site) == searched


def test_it_comes_to_the_same_site_as_a_build(root: Path, tmp_path: Path) -> None:
    (tmp_path / "preview").mkdir()
    preview = Preview([root], tmp_path / "preview")
    update(preview, root)
    change(root / PUBLICITY, "contact: 综合科王科长", "contact: 督查科")
    update(preview, root)
    build_site(take(read_working_tree([root])), [root], tmp_path / "site", ON)
    pages = {it.relative_to(preview.site): it.read_text(encoding="utf-8") for it in preview.site.rglob("u/**/*.html")}
    built = tmp_path / "site"
    assert pages == {it.relative_to(built): it.read_text(encoding="utf-8") for it in built.rglob("u/**/*.html")}
    assert locations(preview.site) == locations(built)


def test_a_new_page_or_another_theme_makes_everything_anew(root: Path, tmp_path: Path) -> None:
    (tmp_path / "preview").mkdir()
    preview = Preview([root], tmp_path / "preview")
    first = update(preview, root)
    (root / PUBLICITY).unlink()
    assert update(preview, root) == first - 1
    assert not (preview.site / "u/2026-Q1/notice.html").exists()
    (root / "mkdocs.yml").write_text("site_name: 示例局平时考核\n", encoding="utf-8")
    assert update(preview, root) == first - 1
    assert "示例局平时考核" in (preview.site / "index.html").read_text(encoding="utf-8")


def test_after_a_failure_everything_is_made_anew(root: Path, tmp_path: Path) -> None:
    (tmp_path / "preview").mkdir()
    preview = Preview([root], tmp_path / "preview")
    first = update(preview, root)
    (root / "mkdocs.yml").write_text("site_name: [\n", encoding="utf-8")
    with pytest.raises(SiteError):
        update(preview, root)
    (root / "mkdocs.yml").unlink()
    assert update(preview, root) == first


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[[Path], tuple[str, Path]]]:
    """Start `pingshi serve`; returns the address and the file that its output goes to."""
    running: list[subprocess.Popen[bytes]] = []

    def start(root: Path) -> tuple[str, Path]:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        said = tmp_path / "said.txt"
        command = [sys.executable, "-m", "pingshi", "serve", "--port", str(port), "--on", str(ON), "--repo", str(root)]
        with said.open("wb") as out:
            running.append(subprocess.Popen(command, stdout=out, stderr=out, env=environment()))
        waiting(lambda: "Ctrl+C" in said.read_text(encoding="utf-8"))
        return f"http://127.0.0.1:{port}/", said

    yield start
    for it in running:
        it.terminate()
        it.wait(timeout=20)


def waiting(come: Callable[[], bool], seconds: float = 60) -> None:
    """Wait until something has come."""
    end = time.monotonic() + seconds
    while not come():
        assert time.monotonic() < end, "nothing came"
        time.sleep(0.1)


def page(address: str) -> str:
    with urlopen(address) as answer:  # noqa: S310 -- this machine's own
        text: str = answer.read().decode()
        return text


def test_a_change_is_seen_at_once_and_the_browser_is_told_to_reload(
    root: Path, serve: Callable[[Path], tuple[str, Path]]
) -> None:
    address, said = serve(root)
    notice = page(f"{address}u/2026-Q1/notice.html")
    assert "综合科王科长" in notice
    listening = re.search(r"livereload\((\d+), (\d+)\)", notice)
    assert listening is not None
    change(root / PUBLICITY, "contact: 综合科王科长", "contact: 督查科")
    waiting(lambda: "督查科" in page(f"{address}u/2026-Q1/notice.html"))
    assert int(page(f"{address}livereload/{listening[1]}/{listening[2]}")) > int(listening[1])
    change(root / PUBLICITY, "contact", "contakt")
    waiting(lambda: "contakt" in said.read_text(encoding="utf-8"))
    assert "是不是“contact”" in said.read_text(encoding="utf-8")
    assert "有错误" in page(f"{address}u/2026-Q1/index.html")


def test_a_port_that_is_taken_or_none_at_all_is_told(root: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = pingshi("serve", "--port", str(port), repo=root)
    assert (done.status, done.err) == (3, f"打不开 {port} 端口（地址已被占用）；用 --port 换一个\n")
    assert pingshi("serve", "--port", "70000", repo=root).err == "没有 70000 这个端口；写 1 到 65535 之间的数\n"
