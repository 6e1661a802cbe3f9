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
from pingshi.layout import SCHEMES
from pingshi.records import json_schemas
from pingshi.schemes import language_schemas

if TYPE_CHECKING:
    import argparse

    from pingshi.audit import Audit
    from pingshi.publishing import Faults


#: Where each audience's site is put under `build/`: never the same place.
_FOLDERS = {"public": "site", "office": "office"}


def build(given: argparse.Namespace) -> int:
    """Build the site of one audience; fine whenever it was written. Of a commit, its history is audited as well."""
    from pingshi.publishing import SiteError, build_site, faults  # noqa: PLC0415 -- MkDocs, for this command only

    found = roots(given)
    snapshot = read(given)
    out = Path(given.out) if given.out else found[0] / "build" / _FOLDERS[given.audience]
    pages = Path(given.pages) if given.pages else None
    day = given.on or date.today()  # noqa: DTZ011 -- the office's own day
    audit = _audit(given)
    try:
        with shown("生成网页") as progress:
            build_site(snapshot, found, out, day, pages, progress, audience=given.audience, audit=audit)
    except SiteError as error:
        fail(str(error), ENVIRONMENT)
    troubles = faults(snapshot, day)
    if given.audience == "public":
        sys.stderr.write(_not_published(troubles))
    elif troubles.any:
        sys.stderr.write("有的记录有错误，改正以前网站上“还缺什么”可能不全；用 pingshi check 查看\n")
    if sys.stderr.isatty():
        sys.stderr.write(f"网站已生成：{out / 'index.html'}\n")
    return FINE


def _audit(given: argparse.Namespace) -> Audit | None:
    """Audit the history that a commit is the end of; there is none of files, nor one of several repositories."""
    if given.rev is None or len(given.repo or ()) > 1:
        return None
    from pingshi.cli.audit import run  # noqa: PLC0415 -- the audit, for this only

    return run(given.repo, given.rev)


def _not_published(found: Faults) -> str:
    """Say what errors hold back, by unit and period, with the place of the first; nothing where there are none."""
    if not found.any:
        return ""
    if not found.withheld:
        return "有的记录有错误，但不影响要公布的内容；用 pingshi check 查看\n"
    lines = [
        f"  {it.unit}{'、'.join(it.periods) or '的全部内容'}：{it.first.place.path} 第 {it.first.place.line} 行\n"
        for it in found.withheld
    ]
    head, foot = (
        "记录有错误，以下内容没有公布（后面是第一处错误）：\n",
        "用 pingshi check 看全部错误，改正以后重新生成\n",
    )
    return "".join([head, *lines, foot])


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
