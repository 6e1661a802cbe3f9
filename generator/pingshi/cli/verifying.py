"""`verify`: whether a published site is still what its history makes."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pingshi.cli.parser import ENVIRONMENT, FAULTY, FINE, USAGE, fail
from pingshi.cli.progress import shown
from pingshi.history import NoRepositoryError, opened_git
from pingshi.publishing import CheckpointError, Verification
from pingshi.publishing import verify as verify_site

if TYPE_CHECKING:
    import argparse

#: More differences than these are counted only.
_SHOWN = 20
_SIGN = {True: "通过", False: "不通过", None: "没有核对"}


def verify(given: argparse.Namespace) -> int:
    """Make a site again from its checkpoint and compare; faulty unless everything is the same."""
    site = Path(given.site)
    if not site.is_dir():
        fail(f"没有“{site}”这个文件夹；写网站所在的文件夹，如 build/site", USAGE)
    folders = [Path(it) for it in given.repo or ["."]]
    for folder in folders:
        if not folder.is_dir():
            fail(f"没有“{folder}”这个文件夹；用 --repo 指明仓库在哪里", USAGE)
    try:
        for folder in folders:
            opened_git(folder, "没有历史可以核对；用 --repo 指明仓库在哪里")
        with shown("重新生成") as progress:
            found = verify_site(site, folders, progress)
    except NoRepositoryError as error:
        fail(str(error), ENVIRONMENT)
    except CheckpointError as error:
        fail(f"“{site}”的{error}；从公布时另存的检查点或者备份里找回来再核对", FAULTY)
    if found is None:
        fail(f"“{site}”里没有 checkpoint.json：不是这个程序生成的网站，或者检查点被删掉了", FAULTY)
    if given.json:
        sys.stdout.write(json.dumps(_as_json(found), ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.write(_as_text(found))
    return FINE if found.passed else FAULTY


def _as_json(found: Verification) -> dict[str, object]:
    return {
        "passed": found.passed,
        "checkpoint": json.loads(found.checkpoint.as_bytes()),
        "checks": [it.as_json() for it in found.checks],
        "differences": [it.as_json() for it in found.differences],
    }


def _as_text(found: Verification) -> str:
    lines = [f"[{_SIGN[it.passed]}] {it.says}" for it in found.checks]
    lines += [f"  {it.as_text()}" for it in found.differences[:_SHOWN]]
    if len(found.differences) > _SHOWN:
        lines.append(f"  另有 {len(found.differences) - _SHOWN} 个文件不同，用 --json 看全部")
    failed = "核对没有通过：先按“不通过”的各行查明原因，再使用这个网站"
    verdict = "核对通过：网站与历史一致" if found.passed else failed
    return "".join(f"{it}\n" for it in (*lines, verdict))
