"""The order in which files are found, and in which an office has written things down, changes nothing."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import strategies as st
from properties.proving import prove, told
from properties.units import Case, units
from variants import SCHEMES

from pingshi.grading import check_repository
from pingshi.records import take

if TYPE_CHECKING:
    from pingshi.grading import PeriodResult

pytestmark = pytest.mark.property
_SHUFFLES = st.integers(1, 10_000)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_order_of_the_files_changes_nothing(scheme: str) -> None:
    def holds(case: Case, shuffle: int) -> None:
        case.show()
        blobs = case.blobs()
        first = take(blobs)
        random.Random(shuffle).shuffle(blobs)  # noqa: S311 -- a shuffle that is the same each time
        second = take(blobs)
        if shuffle % 4 == 0:  # what `grade` tells holds nearly all of it
            assert check_repository(first) == check_repository(second)
        assert told(first, case.period) == told(second, case.period)

    prove(f"order of files, {scheme}", holds, units(scheme), _SHUFFLES, share=len(SCHEMES))


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_order_within_facts_and_sheets_changes_no_result(scheme: str) -> None:
    def holds(case: Case, shuffle: int) -> None:
        case.show()
        turned = case
        chance = random.Random(shuffle)  # noqa: S311 -- as above
        for path, value in case.files.items():
            if path.startswith("facts/"):
                turned = turned.having(path, chance.sample(value, len(value)))
            elif "/reviews/" in path:
                people = chance.sample(list(value["people"].items()), len(value["people"]))
                turned = turned.having(path, {**value, "people": dict(people)})
        assert _results(turned.grade()) == _results(case.grade())

    prove(f"order within, {scheme}", holds, units(scheme), _SHUFFLES, share=2 * len(SCHEMES))


def _results(result: PeriodResult) -> object:
    people = [
        (it.person, it.participation, it.score and it.score.exact, it.suggested, it.determined)
        for it in result.people.values()
    ]
    return people, [(it.pool, it.base, it.limit, it.used, it.cut, it.tied) for it in result.pools]
