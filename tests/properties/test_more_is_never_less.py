"""A higher score never gives the same person a lower suggestion, and a cap never a higher one."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import strategies as st
from properties.happenings import Days
from properties.papers import GRADES
from properties.proving import prove
from properties.units import Case, scheme_of, units, with_a_cap
from variants import SCHEMES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hypothesis.strategies import DrawFn

#: By how much a score rises: a hair, the least that shows, a little, much.
pytestmark = pytest.mark.property
RISES = (Fraction(1, 1000), Fraction(1, 100), Fraction(1, 2), Fraction(3), Fraction(40))


@st.composite
def raised(draw: DrawFn, scheme: str) -> tuple[Case, Case, str]:
    """Draw a unit, the same with one person's rating, ballot, credit or points better, and that person."""
    case = draw(units(scheme, determined=False))
    rise = draw(st.sampled_from(RISES))
    ways = [(it, *way) for it in case.staff for way in _ways(case, it, rise)]
    if not ways:
        return case, case, case.staff[0]
    person, path, value = draw(st.sampled_from(ways))
    return case, case.having(path, value), person


def _ways(case: Case, person: str, rise: Fraction) -> Iterator[tuple[str, Any]]:
    """Yield every file that could be better for a person, with what it would then hold."""
    for path, value in case.files.items():
        if "/reviews/" in path and person in value["people"]:
            better = _better_rating(case, value["people"][person], rise)
            if better is not None:
                yield path, {**value, "people": {**value["people"], person: better}}
        elif path.endswith("/ballots.yml") and person in value["totals"]:
            first, *rest = value["totals"][person]
            if first + rise <= 100:
                yield path, {**value, "totals": {**value["totals"], person: [first + rise, *rest]}}
        elif path.endswith(f"/evaluations/{person}.yml"):
            for task, result in value["tasks"].items():
                for better in _better_results(result, rise):
                    yield path, {"tasks": {**value["tasks"], task: better}}
        elif path == f"facts/{person}.yml":
            for index, fact in enumerate(value):
                more = {"bonus": rise, "penalty": -rise}.get(fact["kind"], 0)
                if more and fact["points"] > max(0, -more):
                    yield path, [*value[:index], {**fact, "points": fact["points"] + more}, *value[index + 1 :]]


def _better_results(result: Any, rise: Fraction) -> Iterator[Any]:
    """Yield better results of a task than this one; none where it was done, or does not count."""
    if result == "undone":
        yield {"result": "late", "credit": Fraction(1, 2)}
        yield "done"
    elif isinstance(result, dict):
        yield {**result, "credit": min(Fraction(1), result["credit"] + rise / 100)}


def _better_rating(case: Case, rating: dict[str, Any], rise: Fraction) -> dict[str, Any] | None:
    """Return a rating with a higher score (or grade), still within its scale; None where it is at the top."""
    better = dict(rating)
    if "grade" in rating and rating["grade"] in GRADES[1:]:
        better["grade"] = GRADES[GRADES.index(rating["grade"]) - 1]
    if scores := rating.get("scores"):
        name = next(iter(scores))
        sheets = [scheme_of(case.scheme).indicators.sheet(post) or {} for post in scheme_of(case.scheme).posts]
        full = next((sheet[name].points for sheet in sheets if name in sheet and set(scores) <= set(sheet)), 0)
        if scores[name] + rise > full:
            return None
        better["scores"] = {**scores, name: scores[name] + rise}
    if "total" in rating:
        if rating["total"] + rise > 100:
            return None
        better["total"] = rating["total"] + rise
    return better if better != rating else None


def rank(suggested: str | None) -> int | None:
    """0 for the best grade; a larger number is worse."""
    return None if suggested is None else GRADES.index(suggested)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_better_rating_never_lowers_the_suggestion(scheme: str) -> None:
    def holds(drawn: tuple[Case, Case, str]) -> None:
        case, better, person = drawn
        case.show()
        changed = [path for path in case.files if better.files.get(path) is not case.files[path]]
        for path in changed:
            better.show_one(path)
        one, other = case.grade().people.get(person), better.grade().people.get(person)
        if one is None or other is None:
            assert one is other
            return
        assert one.participation == other.participation
        before, after = rank(one.suggested), rank(other.suggested)
        if case.scheme in ("qufu-approval", "zhangdian-stats", "city-drc"):
            assert (before is None) == (after is None)
        if before is not None and after is not None:
            assert after <= before

    prove(f"better rating, {scheme}", holds, raised(scheme), share=len(SCHEMES))


@st.composite
def capped(draw: DrawFn, scheme: str) -> tuple[Case, Case, str]:
    """Draw a unit whose scheme has a cap, the same where the cap touches one person, and that person."""
    case = draw(units(scheme, determined=False))
    case = Case(case.scheme, case.period, case.staff, case.files, scheme_text=with_a_cap(scheme))
    person = draw(st.sampled_from(case.staff))
    days = Days.of(case.period)
    caps: tuple[dict[str, Any], ...] = (
        {"kind": "accountability", "on": days.last, "type": "组织谈话", "basis": "文号"},
        {"kind": "accountability", "on": days.first, "type": "问责", "basis": "文号"},
    )
    if scheme == "zhangdian-stats":
        caps += (
            {"kind": "discipline", "measure": "警告", "from": days.first, "to": days.last, "basis": "文号"},
            {"kind": "admonition", "on": days.last, "reason": "未按时填写"},
        )
    path = f"facts/{person}.yml"
    return case, case.having(path, [*case.files.get(path, ()), draw(st.sampled_from(caps))]), person


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_cap_never_raises_the_suggestion_nor_does_its_end_lower_it(scheme: str) -> None:
    def holds(drawn: tuple[Case, Case, str]) -> None:
        free, bound, person = drawn
        bound.show()
        one, other = free.grade().people.get(person), bound.grade().people.get(person)
        if one is None or other is None:
            assert one is other
            return
        assert one.participation == other.participation
        assert one.score == other.score
        before, after = rank(one.suggested), rank(other.suggested)
        if after is None:
            assert one.base is None  # what was set is barred now, and there is neither score nor proposal
        elif before is not None:
            assert after >= before
        if after is not None and other.participation == "graded":
            assert after >= GRADES.index("一般")

    prove(f"cap, {scheme}", holds, capped(scheme), share=len(SCHEMES))
