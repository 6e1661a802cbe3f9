"""Fixtures for the browser tests: the built site, served on this machine, and a Chromium.

The Chromium is the system's own: ``$PINGSHI_CHROMIUM``, or else ``chromium``, ``chromium-browser`` or
``google-chrome`` on PATH. Without one the tests are skipped, but under ``CI=true`` they fail.
"""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
TODAY = "2026-11-20"
CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # no name outside is ever looked up
]


class _SiteHandler(SimpleHTTPRequestHandler):
    """Serves files only: no list of a directory's files, and no line of log for each request."""

    def list_directory(self, path: str | os.PathLike[str]) -> None:
        """A directory without index.html is no page."""
        del path
        self.send_error(404)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the name is the base class's
        """Say nothing."""


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The executable of the Chromium to drive."""
    in_ci = os.environ.get("CI") == "true"
    if os.environ.get("PINGSHI_NO_BROWSER") == "1" and not in_ci:
        pytest.skip("PINGSHI_NO_BROWSER=1")
    wanted = os.environ.get("PINGSHI_CHROMIUM")
    for name in [wanted] if wanted else ["chromium", "chromium-browser", "google-chrome"]:
        if found := shutil.which(name):
            return found
    message = f"no Chromium: {wanted or 'chromium, chromium-browser, google-chrome'} not found"
    if in_ci:
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="session")
def site_dir(chromium_path: str, tmp_path_factory: pytest.TempPathFactory) -> Path:  # noqa: ARG001 -- skip before building
    """The site of this repository, built once as of a fixed day."""
    out = tmp_path_factory.mktemp("browser") / "site"
    command = [str(Path(sys.executable).with_name("pingshi")), "build", "--repo", ".", "--out", str(out), "--on", TODAY]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, encoding="utf-8")
    if done.returncode != 0:
        pytest.fail(f"pingshi build ended with {done.returncode}\n{done.stdout}\n{done.stderr}")
    assert (out / "index.html").is_file()
    return out


@pytest.fixture(scope="session")
def site_url(site_dir: Path) -> Iterator[str]:
    """The address of the built site on this machine, ending in a slash."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_SiteHandler, directory=str(site_dir)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="session")
def browser(chromium_path: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A running Chromium with a home of its own, so that the user's profile is never touched."""
    home = str(tmp_path_factory.mktemp("home"))
    env: dict[str, str | float | bool] = {**os.environ, "HOME": home, "XDG_CONFIG_HOME": home, "XDG_CACHE_HOME": home}
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium_path, args=CHROMIUM_ARGS, env=env)
        yield launched
        launched.close()
