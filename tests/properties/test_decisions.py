"""A determination that does what the scheme suggests is in order."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from properties.happenings import Days
from properties.proving import prove
from properties.units import Case, units
from variants import SCHEMES

from pingshi.grading import check_unit
from pingshi.periods import Period

if TYPE_CHECKING:
    from pingshi.diagnostics import Problem

pytestmark = pytest.mark.property


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_determination_that_repeats_the_suggestions_errs_only_where_the_readings_say_so(scheme: str) -> None:
    def holds(case: Case) -> None:
        period = Period.parse(case.period)
        open_ = check_unit(case.records(), period)
        suggested = {it.person: it.suggested for it in open_.results[period].people.values() if it.suggested}
        decided = case.having(case.path("determination"), _determination(case, suggested))
        decided = decided.having(case.path("publicity"), None)  # its own faults would only be told in another tone
        for path in [it for it in decided.files if "/replies/" in it]:
            decided = decided.having(path, None)  # one that changed a grade must be followed, whatever was suggested
        decided.show()
        checked = check_unit(decided.records(), period)
        errors = _errors(checked.by_period[period]) - _errors(open_.by_period[period])
        result = checked.results[period]
        assert result.book is not None
        over = any(it.used > it.limit for it in result.pools)
        allowed = {"quota-exceeded"} if over else set()  # readings 4 and 12
        if scheme == "chaoyang-ecology":
            allowed.add("grade-not-allowed")  # reading 12: the supervising leader has decided otherwise
        assert {code for code, _ in errors} <= allowed
        assert {it.person: it.determined for it in result.people.values() if it.suggested} == suggested

    prove(f"repeated, {scheme}", holds, units(scheme, determined=False), share=2 * len(SCHEMES))


def _determination(case: Case, grades: dict[str, str]) -> dict[str, Any]:
    after = Days.of(case.period).last + timedelta(days=1)
    consulted = {"discipline_inspection": {"on": after, "outcome": "no_objection"}}
    return {"decided_on": after, "meeting": "第6次会议", "consulted": consulted, "grades": grades}


def _errors(problems: tuple[Problem, ...]) -> set[tuple[str, str]]:
    return {(it.code, it.message) for it in problems if it.severity == "error"}
