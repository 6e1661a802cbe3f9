"""`preview`: what a pull request would change, as a comment to be posted there."""

from __future__ import annotations

import json
import sys
from datetime import date
from typing import TYPE_CHECKING

from pingshi.agenda import duties
from pingshi.cli.parser import ENVIRONMENT, FAULTY, FINE, USAGE, fail
from pingshi.cli.repository import no_such, roots, several, units
from pingshi.comparison import Side, as_json, as_markdown, compare
from pingshi.diagnostics import has_errors
from pingshi.evaluation import check_parts
from pingshi.history import Changes, NoRepositoryError, UnknownRevisionError, changes_between, read_commit
from pingshi.layout import RECORDS, SCHEMES
from pingshi.records import take

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from pathlib import Path

    from pingshi.files import Blob


def preview(given: argparse.Namespace) -> int:
    """Compare two commits and say what the second one changes; faulty where it brings new errors."""
    if several(given):
        fail("两个仓库各有各的提交，一次只能比较一个；--repo 只写一次，分别比较", USAGE)
    given.rev = given.head
    root = roots(given)[0]
    try:
        changes = changes_between(root, given.base, given.head)
        wanted = _bearing(changes, given.unit)
        before, after = (read_commit([root], it, wanted) for it in (changes.base, changes.head))
        if given.unit is not None:
            changes = _of_unit(changes, given.unit, root)
    except NoRepositoryError as error:
        fail(str(error), ENVIRONMENT)
    except UnknownRevisionError as error:
        fail(str(error), USAGE)
    day = given.on or date.today()  # noqa: DTZ011 -- the office's own day
    found = compare(changes, _side(before), _side(after), day, duties)
    if given.json:
        sys.stdout.write(json.dumps(as_json(found), ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.write(as_markdown(found))
    return FAULTY if has_errors(found.new) else FINE


def _bearing(changes: Changes, unit: str | None) -> Callable[[str], bool]:
    """Return what tells whether a file can bear on the comparison: a scheme's change bears on every unit."""
    tops = [_top(it.path) for it in changes.files]
    named = {unit} if unit is not None else {name for top, name in tops if top == RECORDS}
    everything = unit is None and any(top == SCHEMES for top, _ in tops)

    def wanted(path: str) -> bool:
        top, name = _top(path)
        return everything or top == SCHEMES or name in named

    return wanted


def _top(path: str) -> tuple[str, str]:
    """Return the top folder, and the unit or scheme; a link may stand where a folder should be."""
    top, name = [*path.split("/"), ""][:2]
    return top, name


def _of_unit(changes: Changes, unit: str, root: Path) -> Changes:
    """Return the changes of one unit and of the schemes; leaves with status 2 where there is no such unit."""
    known: set[str] = set()
    for it in (changes.base, changes.head):
        known |= units(read_commit([root], it, lambda path: path.endswith("/unit.yml")))
    if unit not in known:
        no_such("单位", unit, known)
    files = tuple(it for it in changes.files if _top(it.path) == (RECORDS, unit) or _top(it.path)[0] == SCHEMES)
    return Changes(changes.base, changes.head, files)


def _side(blobs: list[Blob]) -> Side:
    return Side(take(blobs), check_parts(blobs).problems)
