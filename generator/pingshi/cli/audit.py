"""`audit`: what history says about who submitted and approved each record, as text or JSON."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pingshi.audit import as_json, narrowed, report
from pingshi.audit import audit as audited
from pingshi.cli.parser import ENVIRONMENT, FAULTY, FINE, USAGE, fail
from pingshi.cli.progress import shown
from pingshi.cli.repository import no_such
from pingshi.history import NoRepositoryError, UnknownRevisionError
from pingshi.layout import meant_period
from pingshi.periods import Period

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from pingshi.audit import Audit

_SEVERAL = "一次只能核对一个仓库的历史；分两处存放的，请分别运行"


def audit(given: argparse.Namespace) -> int:
    """Audit the history of main; a finding is a fault of the data."""
    period = None if given.period is None else _period(given.period)
    whole = run(given.repo, given.rev)
    if given.unit is not None and given.unit not in whole.units:
        no_such("单位", given.unit, whole.units)
    found = narrowed(whole, given.unit, period)
    if given.json:
        sys.stdout.write("".join(_rows(as_json(found))))
    else:
        sys.stdout.write("".join(f"{line}\n" for line in report(found, everything=given.all)))
    return FAULTY if found.findings else FINE


def run(repo: list[str] | None, rev: str | None) -> Audit:
    """Audit the repository that was named; leaves with status 2 or 3 where that can't be done."""
    folders = [Path(it) for it in repo or ["."]]
    if len(folders) > 1:
        fail(_SEVERAL, USAGE)
    if not folders[0].is_dir():
        fail(f"没有“{folders[0]}”这个文件夹", USAGE)
    try:
        with shown("核对历史") as progress:
            return audited(folders[0], rev=rev, progress=progress)
    except NoRepositoryError as error:
        fail(str(error), ENVIRONMENT)
    except UnknownRevisionError as error:
        fail(str(error), USAGE)


def _period(text: str) -> Period:
    try:
        return Period.parse(text)
    except ValueError as error:
        meant = meant_period(text)
        told = f"是不是 {meant}？" if meant else "写成 2026-Q3（季度）、2026-H1（半年）、2026-01（月）或 2026（年）"
        fail(f"{error}；{told}", USAGE)


def _rows(document: dict[str, Any]) -> Iterator[str]:
    """Yield the document with one entry of each list to a line, which is read and written quickly."""
    for number, (key, value) in enumerate(document.items()):
        yield f"{',' if number else '{'}\n{json.dumps(key)}: "
        if isinstance(value, list):
            yield "[" + ",".join(f"\n{_one(it)}" for it in value) + ("\n]" if value else "]")
        else:
            yield _one(value)
    yield "\n}\n"


def _one(value: Any) -> str:
    """Write a value in one line; what can't be seen, or turns text around, is written as its number."""
    text = json.dumps(value, ensure_ascii=False)
    if text.isprintable():
        return text
    return "".join(it if it.isprintable() else json.dumps(it)[1:-1] for it in text)
