"""What `grade` says, against a naive reckoning with fractions from the readings alone."""

from __future__ import annotations

import pytest
from hypothesis import reject
from properties.happenings import KNOWN_PERIODS
from properties.proving import prove
from properties.reckoning import SCORING, Unclear, half_up, hand_out_places, reckon
from properties.units import Case, units

pytestmark = pytest.mark.property


@pytest.mark.parametrize("scheme", SCORING)
@pytest.mark.clause("Q6", "Q7", "Z8", "D9", "D10")
def test_participation_scores_suggestions_and_places_agree_with_a_naive_reckoning(scheme: str) -> None:
    def holds(case: Case) -> None:
        case.show()
        try:
            expected = reckon(case)
        except Unclear:
            reject()
        places = hand_out_places(case, expected)
        result = case.grade()
        told = {
            it.person: (it.participation, it.score and it.score.exact, it.score and it.score.written, it.suggested)
            for it in result.people.values()
        }
        assert told == {it: (own.part, own.score, own.written, own.suggested) for it, own in expected.items()}
        rounded = {it.person: it.score.rounded for it in result.people.values() if it.score}
        assert rounded == {it: half_up(own.score) for it, own in expected.items() if own.score is not None}
        pools = {it.pool: (it.base, it.limit) for it in result.pools}
        assert pools == {pool: (it.base, it.limit) for pool, it in places.items()}

    prove(f"exact, {scheme}", holds, units(scheme, periods=KNOWN_PERIODS), share=len(SCORING))
