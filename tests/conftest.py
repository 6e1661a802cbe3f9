"""The clause report, written to build/clauses.md by every whole run; and how hypothesis draws its examples.

Properties are tried on the same examples in every run; `PINGSHI_EXPLORE=1` draws others each
time, and ten times as many.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from clausemap import ROOT, as_markdown, table, tests_by_clause
from hypothesis import Phase, settings
from samplemap import samples_by_clause

settings.register_profile(
    "ci",
    derandomize=True,
    deadline=None,  # a machine that is busy with something else proves nothing
    database=None,
    max_examples=2_000,
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
)
settings.register_profile("explore", settings.get_profile("ci"), derandomize=False, max_examples=20_000)
settings.load_profile("explore" if os.environ.get("PINGSHI_EXPLORE") else "ci")

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True, scope="session")
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the tests away from the cache of whoever runs them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a run say where its report goes (a partial run writes none unless told)."""
    parser.addoption("--clause-report", metavar="PATH", default=None, help="write the table of clauses and tests here")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Write the report before anything is deselected by -m or -k."""
    asked = config.getoption("--clause-report")
    whole = config.args_source is not pytest.Config.ArgsSource.ARGS
    if asked is None and not whole:
        return
    path = Path(asked) if asked else ROOT / "build" / "clauses.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(as_markdown(table(tests_by_clause(items), samples_by_clause())), encoding="utf-8")
