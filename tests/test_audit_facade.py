"""What the audit's facade loads later is what it says, in whatever order it is asked for."""

from __future__ import annotations

import subprocess
import sys
from inspect import ismodule

import pytest
from command import environment

import pingshi.audit


@pytest.mark.parametrize("first", ["Context", "judge", "Policies", "deadline", "audit"])
def test_no_name_is_a_module_whatever_was_asked_for_before(first: str) -> None:
    program = (
        f"import pingshi.audit as it; it.{first}\n"
        "print([name for name in it.__all__ if type(getattr(it, name)).__name__ == 'module'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=environment(),
        check=True,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
    assert done.stdout == "[]\n"


def test_every_name_is_there() -> None:
    assert not [it for it in pingshi.audit.__all__ if ismodule(getattr(pingshi.audit, it))]
