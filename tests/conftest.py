"""Which tests are measured; the clause report, written to build/clauses.md by every whole run; hypothesis' examples.

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

#: Tests of what lies above the packages that the coverage gate asks about. Measuring them would take minutes.
ABOVE = (
    *("attacks/", "test_access_command", "test_audit", "test_case_checking", "test_checkpoint", "test_cli"),
    *("test_commands_in_documents", "test_demo", "test_export_case", "test_forge", "test_history", "test_office_site"),
    *("test_progress", "test_public", "test_server", "test_serving", "test_site", "test_starting_commands"),
    *("test_verify", "test_wheel"),
)


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
    """Say which tests are not measured; write the report before anything is deselected by -m or -k."""
    for it in items:
        if it.path.relative_to(Path(__file__).parent).as_posix().startswith(ABOVE):
            it.add_marker("no_cover")
    asked = config.getoption("--clause-report")
    whole = config.args_source is not pytest.Config.ArgsSource.ARGS
    if asked is None and not whole:
        return
    path = Path(asked) if asked else ROOT / "build" / "clauses.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(as_markdown(table(tests_by_clause(items), samples_by_clause())), encoding="utf-8")
