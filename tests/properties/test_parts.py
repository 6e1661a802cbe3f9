"""However the work is divided, remembered or cut short, what is found is the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from properties.proving import prove
from properties.spoiling import Spoiled, spoiled
from properties.units import scheme_files, show
from test_source_direct import kind_of, long, places
from variants import SCHEMES

from pingshi.evaluation import Cache, check_parts
from pingshi.grading import check_repository
from pingshi.records import take
from pingshi.source import direct

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.property


@pytest.mark.parametrize("scheme", SCHEMES)
def test_parts_and_memory_say_what_the_whole_says(scheme: str, tmp_path: Path) -> None:
    """One memory for all examples: many share parts, and none may get another's answer."""

    def holds(drawn: Spoiled) -> None:
        show(
            {it.path: it.data for it in drawn.blobs if it.data not in scheme_files(drawn.scheme)}, "; ".join(drawn.what)
        )
        expected = check_repository(take(drawn.blobs, several=drawn.several))
        for _ in ("found", "remembered"):
            verdict = check_parts(drawn.blobs, several=drawn.several, cache=Cache(tmp_path))
            assert verdict.problems == expected

    prove(f"parts, {scheme}", holds, spoiled(scheme), share=len(SCHEMES))


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_short_way_of_reading_gives_what_the_long_way_gives_or_gives_up(scheme: str) -> None:
    def holds(drawn: Spoiled) -> None:
        for it in drawn.blobs:
            kind = kind_of(it.path)
            if kind is None or it.data is None or it.data in scheme_files(drawn.scheme):
                continue
            short = direct.read(it.path, it.data, kind)
            if short is not None:
                show({it.path: it.data}, "; ".join(drawn.what))
                other = long(it.path, it.data, kind)
                assert short == other
                assert places(short) == places(other)

    prove(f"short way, {scheme}", holds, spoiled(scheme), share=len(SCHEMES))
