"""The checks across a unit's files that need no grading: one function, one code, one sentence each.

A check's docstring is its rule, as the published list shows it. What a single file can
say by itself (missing keys, wrong types) its model has reported already.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pingshi.records.checks.people import unknown_person
from pingshi.records.checks.periods import bad_date, wrong_period
from pingshi.records.checks.scores import score_out_of_range, unknown_indicator
from pingshi.records.checks.values import bad_value, unknown_scheme

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pingshi.diagnostics import Problem
    from pingshi.records.snapshot import UnitRecords

#: Every check of this package, in the order of the contract's table.
CHECKS: tuple[Callable[[UnitRecords], Iterator[Problem]], ...] = (
    bad_value,
    bad_date,
    wrong_period,
    unknown_person,
    unknown_scheme,
    unknown_indicator,
    score_out_of_range,
)
