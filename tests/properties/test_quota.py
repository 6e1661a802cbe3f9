"""Who gets a place, and what is said where more have one than there are."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from properties.happenings import Days
from properties.papers import on
from properties.proving import prove
from properties.units import Case, scheme_of, units
from variants import SCHEMES

from pingshi.grading import check_unit
from pingshi.periods import Period

if TYPE_CHECKING:
    from pingshi.diagnostics import Problem
    from pingshi.grading import PeriodResult

pytestmark = pytest.mark.property
PARTS = ("graded", "comment_only", "elsewhere", "excluded")


@pytest.mark.parametrize("scheme", SCHEMES)
def test_competitors_share_what_is_left_and_every_excess_is_reported(scheme: str) -> None:
    def holds(case: Case) -> None:
        case.show()
        period = Period.parse(case.period)
        checked = check_unit(case.records(), period)
        result = checked.results[period]
        assert result.book is not None
        _everybody_has_one_part(case, result)
        _places(case, result)
        _excess_is_reported(case, result, checked.by_period[period])

    prove(f"quota, {scheme}", holds, units(scheme), share=len(SCHEMES))


def _everybody_has_one_part(case: Case, result: PeriodResult) -> None:
    last = Days.of(case.period).last
    people = {path[7:-4]: it for path, it in case.files.items() if path.startswith("people/")}
    on_roll = {
        it
        for it, person in people.items()
        if str(person["joined"]) <= str(last) and str(person.get("left", last)) >= str(last)
    }
    assert set(result.people) == on_roll
    for it in result.people.values():
        assert it.participation in PARTS
        assert (it.participation == "graded") or (it.score is None and it.suggested is None)


def _places(case: Case, result: PeriodResult) -> None:
    scheme, last = scheme_of(case.scheme), Days.of(case.period).last
    counted: list[str] = []
    decided = case.files.get(case.path("determination"), {}).get("grades")
    for pool in result.pools:
        members = {it: result.people[it] for it in pool.members}
        assert all(it.participation in ("graded", "comment_only") for it in members.values())
        if pool.pool is not None:
            assert all((on(case.files[f"people/{it}.yml"]["category"], last) or "") == pool.pool for it in members)
        counted += members
        assert pool.base == len(members)
        assert pool.limit == int(Fraction(2, 5) * pool.base)
        suggested = [it for it in members.values() if it.suggested == "好"]
        by_rule = [it for it in suggested if it.bounds.sets is not None]
        if scheme.score is not None:
            assert len(suggested) - len(by_rule) <= max(0, pool.limit - len(by_rule))
        holders = [it for it in members.values() if (it.determined if decided else it.suggested) == "好"]
        assert pool.used == len(holders)
    taking_part = [it.person for it in result.people.values() if it.participation in ("graded", "comment_only")]
    assert sorted(counted) == sorted(taking_part if scheme.quota else [])


def _excess_is_reported(case: Case, result: PeriodResult, problems: tuple[Problem, ...]) -> None:
    determination = case.files.get(case.path("determination"))
    firm = case.scheme in ("qufu-approval", "baishan-audit")
    excused = not firm and determination is not None and "quota_reason" in determination
    decided = bool(determination and determination["grades"])
    severity = "warning" if excused or not decided else "error"
    over = [pool for pool in result.pools if pool.used > pool.limit]
    reported = [it for it in problems if it.code == "quota-exceeded"]
    assert [it.severity for it in reported] == [severity] * len(over)
