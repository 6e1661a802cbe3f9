"""How a property is proven: so many drawn examples, counted; and what a snapshot tells, as bytes."""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING, Any

from hypothesis import given, seed, settings
from hypothesis import strategies as st

from pingshi.cli.grading import grades_as_json
from pingshi.grading import check_unit, problems_of
from pingshi.periods import Period

if TYPE_CHECKING:
    from collections.abc import Callable

    from hypothesis.strategies import SearchStrategy

    from pingshi.records import Snapshot


def prove(name: str, holds: Callable[..., None], *drawn: SearchStrategy[Any], share: int = 1) -> None:
    """Try a property on as many examples as the profile says, divided by `share`, and count that they were tried.

    `name` makes the examples of one property others than those of the next, and the same in every run.
    """
    wanted = -(-settings().max_examples // share)
    tried = 0

    @settings(max_examples=wanted)
    @given(st.tuples(*drawn))
    def of_each(values: tuple[Any, ...]) -> None:
        nonlocal tried
        holds(*values)
        tried += 1

    if settings().derandomize:
        of_each = seed(zlib.crc32(name.encode()))(of_each)
    of_each()
    assert tried >= wanted, f"{name}: only {tried} examples instead of {wanted}"


def told(snapshot: Snapshot, period: str) -> bytes:
    """Return everything that `grade --json` says of every unit, as bytes."""
    found: dict[str, Any] = {"files": snapshot.files}
    for name, records in snapshot.units.items():
        parsed = Period.parse(period)
        checked = check_unit(records, parsed)
        problems = problems_of(snapshot, records, checked, parsed)
        found[name] = grades_as_json(checked.results[parsed], problems)
    return json.dumps(found, ensure_ascii=False).encode()
