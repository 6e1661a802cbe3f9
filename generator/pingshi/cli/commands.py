"""`build` and `schema`."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pingshi.cli.parser import ENVIRONMENT, FINE, fail
from pingshi.cli.progress import shown
from pingshi.cli.repository import read, roots
from pingshi.cli.tables import aligned
from pingshi.diagnostics import has_errors
from pingshi.grading import check_repository
from pingshi.layout import SCHEMES
from pingshi.records import json_schemas
from pingshi.schemes import language_schemas

if TYPE_CHECKING:
    import argparse


def build(given: argparse.Namespace) -> int:
    """Build the site; fine whenever it was written."""
    from pingshi.publishing import SiteError, build_site  # noqa: PLC0415 -- MkDocs, for this command only

    found = roots(given)
    snapshot = read(given)
    out = Path(given.out) if given.out else found[0] / "build" / "site"
    pages = Path(given.pages) if given.pages else None
    day = given.on or date.today()  # noqa: DTZ011 -- the office's own day
    try:
        with shown("生成网页") as progress:
            build_site(snapshot, found, out, day, pages, progress)
    except SiteError as error:
        fail(str(error), ENVIRONMENT)
    problems = check_repository(snapshot)
    if has_errors(problems):
        sys.stderr.write("有的记录有错误，相应的内容没有公布；用 pingshi check 查看\n")
    if sys.stderr.isatty():
        sys.stderr.write(f"网站已生成：{out / 'index.html'}\n")
    return FINE


def schema(given: argparse.Namespace) -> int:
    """List record formats and the schemes' indicators, or write the formats for editors."""
    if given.out:
        from pingshi.cli.starting import schemas  # noqa: PLC0415 -- needs no repository

        return schemas(given)
    snapshot = read(given, lambda path: path.startswith(SCHEMES))
    schemes = {
        name: {
            post: {
                indicator: {"name": line.name, "points": _plain(line.points)}
                for indicator, line in (book.scheme.indicators.sheet(post) or {}).items()
            }
            for post in book.scheme.posts
        }
        for name, book in sorted(snapshot.books.items())
    }
    if given.json:
        _print_json(
            {
                "schemes": {name: {"indicators": posts} for name, posts in schemes.items()},
                "records": json_schemas(),
                "language": language_schemas(),
            }
        )
        return FINE
    for name, posts in schemes.items():
        sys.stdout.write(f"{name}  {snapshot.books[name].scheme.title}\n")
        for post, lines in posts.items():
            sys.stdout.write(f"  岗位 {post} ({snapshot.books[name].scheme.posts[post]})\n")
            rows = [
                [f"    {indicator}", str(line["name"]), f"{line['points']} 分"] for indicator, line in lines.items()
            ]
            sys.stdout.write(aligned(rows))
        sys.stdout.write("\n")
    return FINE


def _plain(points: Any) -> int | str:
    return int(points) if points.denominator == 1 else str(float(points))


def _print_json(document: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")
