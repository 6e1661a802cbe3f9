"""`check` and `lint`. Imports little: what has not changed needs no more."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pingshi.cli.parser import FAULTY, FINE, USAGE, fail
from pingshi.cli.progress import shown
from pingshi.cli.repository import no_such, roots, several, sources, units
from pingshi.diagnostics import as_github, as_gitlab, as_text, has_errors
from pingshi.evaluation import Verdict, check_files, check_parts
from pingshi.layout import RECORDS, SCHEMES

if TYPE_CHECKING:
    import argparse


def check(given: argparse.Namespace) -> int:
    """Check everything, what concerns one unit, or single files."""
    if given.files and (paths := _paths(given)):
        return _told(given, check_files(roots(given), paths))
    found = sources(given)
    if given.unit is not None and given.unit not in units(found):
        no_such("单位", given.unit, units(found))
    with shown("检查") as progress:
        verdict = check_parts(
            found,
            several=several(given),
            only=lambda it: it.top == SCHEMES or given.unit in (None, it.name),
            progress=progress,
        )
    return _told(given, verdict)


def lint(given: argparse.Namespace) -> int:
    """Check the schemes themselves."""
    found = sources(given, lambda path: path.startswith(SCHEMES))
    names = {it.path.split("/")[1] for it in found if "/" in it.path}
    for name in given.schemes:
        if name not in names:
            no_such("方案", name, names)
    if given.schemes:
        found = [it for it in found if it.path.split("/")[1:2] and it.path.split("/")[1] in given.schemes]
    return _told(given, check_parts(found, several=several(given)))


def _told(given: argparse.Namespace, verdict: Verdict) -> int:
    """Print what was found in the form asked for; returns the exit status."""
    problems = verdict.problems
    form = getattr(given, "format", "text")
    if given.json:
        document = {"problems": [it.as_json() for it in problems], "files": verdict.files}
        sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")
    elif form == "github":
        sys.stdout.write(as_github(problems))
    elif form == "gitlab":
        sys.stdout.write(as_gitlab(problems))
    else:
        if problems:
            sys.stdout.write(as_text(problems, verdict.line) + "\n")
        errors = sum(it.severity == "error" for it in problems)
        found = f"{errors} 个错误，{len(problems) - errors} 个提醒" if problems else "没有发现问题"
        sys.stdout.write(f"检查了 {verdict.files} 个文件：{found}\n")
    return FAULTY if has_errors(problems) else FINE


def _paths(given: argparse.Namespace) -> list[str]:
    """Return the paths in the repository of the files and folders named; none where its root is among them."""
    if given.rev is not None or given.unit is not None:
        fail("指明文件时，不能再用 --rev 或 --unit", USAGE)
    paths = [_path(roots(given), name) for name in given.files]
    return [] if "" in paths else paths


def _within(whole: str, top: str) -> str:
    """Return a path from the root; where links lead to one of them, from where the root really is."""
    within = os.path.relpath(whole, top).replace(os.sep, "/")
    if within.startswith("../"):
        real = Path(whole).parent.resolve() / Path(whole).name  # the file itself may be a link, which `check` tells
        within = os.path.relpath(real, Path(top).resolve()).replace(os.sep, "/")
    return within


def _path(folders: list[Path], name: str) -> str:
    """Return a file's path from the repository's root; it may be given from here or from that root.

    The root's own path is empty.
    """
    for root in folders:
        top = os.path.abspath(root)  # noqa: PTH100 -- Path.resolve would follow links, which are not followed here
        for start in (os.curdir, top):
            whole = os.path.abspath(Path(start) / name)  # noqa: PTH100 -- as above
            within = _within(whole, top)
            if within == ".":
                return ""
            if within.split("/")[0] in (RECORDS, SCHEMES) and os.path.lexists(whole):
                return within
    if os.path.lexists(name):
        fail(f"“{name}”不在仓库的 {RECORDS} 或 {SCHEMES} 文件夹里", USAGE)
    beside = Path(name).parent
    near: list[str] = []
    with contextlib.suppress(OSError):  # no such folder, or a closed one: nothing to suggest
        near = [str(it) for it in beside.iterdir()]
    return no_such("文件", name, near)
