"""Every history of this folder is told at each level of trust, unless the test says why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from simulator import LEVELS, History

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(params=LEVELS)
def trust(request: pytest.FixtureRequest) -> str:
    """Return a level of trust."""
    level: str = request.param
    return level


@pytest.fixture
def history(trust: str, tmp_path: Path) -> History:
    """Return a history that has just begun, in the last days of a quarter."""
    return History(tmp_path, trust).at("2026-03-30 09:00")
