"""The clause report: which tests name which clause, written to build/clauses.md by every whole run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from clausemap import ROOT, as_markdown, table, tests_by_clause

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
    path.write_text(as_markdown(table(tests_by_clause(items))), encoding="utf-8")
