"""Whole outputs held against golden files; `PINGSHI_BLESS=1` writes what was found, to be read as a difference."""

from __future__ import annotations

import difflib
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def same(golden: Path, text: str, test: str) -> None:
    """Hold a text against a golden file; `test` is the file of tests that may write it."""
    if os.environ.get("PINGSHI_BLESS") == "1":
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(text, encoding="utf-8")
    expected = golden.read_text(encoding="utf-8")
    shown = "\n".join(difflib.unified_diff(expected.splitlines(), text.splitlines(), "expected", "is", lineterm=""))
    assert text == expected, f"{shown}\nIf that is right: PINGSHI_BLESS=1 pytest {test}"
