"""`serve`: the site on this machine alone, made anew after every change."""

from __future__ import annotations

import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pingshi.cli.parser import ENVIRONMENT, FINE, USAGE, fail
from pingshi.cli.repository import roots, several, sources
from pingshi.diagnostics import as_text
from pingshi.evaluation import check_parts
from pingshi.files import read_each
from pingshi.publishing import Preview, SiteError
from pingshi.records import take
from pingshi.wording import in_words

if TYPE_CHECKING:
    import argparse

    from pingshi.diagnostics import Problem

_HOST = "127.0.0.1"
_PORTS = range(1, 65536)
_WATCHED = ("records", "schemes", "site", "mkdocs.yml")


def serve(given: argparse.Namespace) -> int:
    """Build, serve, and on every change rebuild and reload, until Ctrl+C."""
    from mkdocs.livereload import LiveReloadServer  # noqa: PLC0415 -- for this command only

    if given.port not in _PORTS:
        fail(f"没有 {given.port} 这个端口；写 1 到 65535 之间的数", USAGE)
    found = roots(given)
    _bind(given.port)
    with tempfile.TemporaryDirectory(prefix="pingshi-") as scratch:
        preview = Preview(found, Path(scratch))
        address = f"http://{_HOST}:{given.port}/"
        told: set[Problem] = set()

        def rebuild() -> None:
            _rebuild(given, preview, told)
            sys.stdout.write(f"网站在 {address} ，只有本机能看；改了记录会自动刷新，按 Ctrl+C 结束\n")
            sys.stdout.flush()

        rebuild()
        server = LiveReloadServer(rebuild, _HOST, given.port, str(preview.site), shutdown_delay=0.25)
        for root in found:
            for it in _WATCHED:
                if (root / it).exists():
                    server.watch(str(root / it))
        try:
            server.serve()  # type: ignore[no-untyped-call]  # MkDocs leaves it so
        except KeyboardInterrupt:
            sys.stdout.write("已结束\n")
        finally:
            server.shutdown()
    return FINE


def _bind(port: int) -> None:
    """Leave with status 3 where the port can't be had, before any work is done."""
    import socket  # noqa: PLC0415 -- for this command only

    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server does
        try:
            probe.bind((_HOST, port))
        except OSError as error:
            fail(f"打不开 {port} 端口（{in_words(error)}）；用 --port 换一个", ENVIRONMENT)


def _rebuild(given: argparse.Namespace, preview: Preview, told: set[Problem]) -> None:
    """Bring the site up to date and tell what is newly wrong; whatever goes wrong, the last site stays.

    `told` are the problems that the reader has seen already.
    """
    begun = time.perf_counter()
    verdict = None
    try:
        files = sources(given)
        verdict = check_parts(files, several=several(given), alone=True)
        today = given.on or date.today()  # noqa: DTZ011 -- the office's own day
        pages = preview.update(take(read_each(files), several=several(given)), today)
    except (SiteError, OSError) as error:
        sys.stdout.write(f"没有重新生成网站：{error}\n")
    else:
        took = time.perf_counter() - begun
        sys.stdout.write(f"{time.strftime('%H:%M:%S')} 生成了 {pages} 个页面（{took:.1f} 秒）")
        sys.stdout.write(f"，发现 {len(verdict.problems)} 个问题\n" if verdict.problems else "，没有发现问题\n")
    if verdict is None:
        return
    fresh = [it for it in verdict.problems if it not in told]
    told.clear()
    told.update(verdict.problems)
    if fresh:
        sys.stdout.write(as_text(fresh, verdict.line))
