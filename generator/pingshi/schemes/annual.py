"""What a year's grades mean for the annual assessment: the scheme's rules, evaluated.

Pure, and over plain counts: grading supplies a person's own year, the linter and the
scheme page supply every year that can be (reading 14).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import combinations_with_replacement
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pingshi.schemes.annual_rules import Annual, AnnualRule

#: Annual grades of institution staff, beside the scheme's own for civil servants.
INSTITUTION_GRADES = ("优秀", "合格", "基本合格", "不合格")


@dataclass(frozen=True, slots=True)
class Year:
    """A person's year: the grades of its periods in any order, and what else bears on it."""

    grades: tuple[str, ...]
    admonitions: int = 0
    absent: bool = False
    refused: bool = False

    def values(self) -> dict[str, Any]:
        """Return the values of the year's vocabulary."""
        counts = Counter(self.grades)
        return {
            "count": lambda *names: sum(counts[name] for name in names),
            "periods": len(self.grades),
            "admonitions": self.admonitions,
            "absent": self.absent,
            "refused": self.refused,
        }


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a year allows: annual grades best first, those preferred or permitted, and the rules that spoke."""

    allowed: tuple[str, ...]
    preferred: tuple[str, ...]
    permitted: tuple[str, ...]
    takes_part: bool
    applied: tuple[AnnualRule, ...]


def outcome(annual: Annual, year: Year) -> Outcome:
    """Apply every rule that fires: narrow, remove, prefer (reading 14).

    Where two rules narrow to different grades and leave nothing in common, the gravest of
    those named wins.
    """
    values = year.values()
    applied = tuple(rule for rule in annual.rules if rule.when.holds(values))
    takes_part = not any(rule.ends_taking_part for rule in applied)
    return Outcome(
        allowed=left_by(annual, applied) if takes_part else (),
        preferred=tuple(rule.prefers for rule in applied if rule.prefers is not None),
        permitted=tuple(rule.permits for rule in applied if rule.permits is not None),
        takes_part=takes_part,
        applied=applied,
    )


def left_by(annual: Annual, applied: Iterable[AnnualRule]) -> tuple[str, ...]:
    """Return the annual grades that these rules leave, best first."""
    rules = tuple(applied)
    allowed = list(annual.grades)
    for rule in rules:
        if rule.only is not None:
            both = [grade for grade in allowed if grade in rule.only]
            named = [grade for grade in annual.grades if grade in rule.only or grade in allowed]
            allowed = both or named[-1:]
    barred = {grade for rule in rules for grade in rule.bars or ()}
    return tuple(grade for grade in allowed if grade not in barred)


def names_for(annual: Annual | None, category: str | None) -> dict[str, str]:
    """Return what a person's annual grades are called, by the scheme's own names, best first.

    Institution staff have names of their own, laid down for all institutions and by no scheme; each stands for the
    grade of the same rank. Where a scheme has not the usual four, nobody can say which stands for which, and its own
    names hold for everybody.
    """
    grades = annual.grades if annual else ()
    if category == "institution" and len(grades) == len(INSTITUTION_GRADES):
        return dict(zip(grades, INSTITUTION_GRADES, strict=True))
    return {grade: grade for grade in grades}


def possible_grades(names: tuple[str, ...], periods: int) -> Iterator[tuple[str, ...]]:
    """Yield every combination of grades over so many periods, best first."""
    yield from combinations_with_replacement(names, periods)


def possible_years(
    names: tuple[str, ...], periods: int, admonitions: int = 2, *, absent: bool = True, refused: bool = True
) -> Iterator[Year]:
    """Yield every year that can be: all grades, with up to so many admonitions, with and without absence, refusal.

    `absent`, `refused`: whether these matter; where no rule asks for one, years differ by it in vain.
    Years with fewer grades (leave, a new colleague, a late start) are among them.
    """
    for count in range(periods + 1):
        for grades in possible_grades(names, count):
            for times in range(admonitions + 1):
                for without in (False, True)[: 1 + absent]:
                    for refusing in (False, True)[: 1 + refused]:
                        yield Year(grades, times, without, refusing)
