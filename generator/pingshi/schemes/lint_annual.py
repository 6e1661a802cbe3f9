"""The linter's look at the annual rules: every combination of a year's grades is tried (reading 14)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pingshi.diagnostics import Place, Problem, problem
from pingshi.schemes.annual import outcome, possible_years
from pingshi.schemes.vocabulary import YEAR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pingshi.schemes.annual import Year
    from pingshi.schemes.annual_rules import Annual
    from pingshi.schemes.book import Book
    from pingshi.schemes.model import Scheme

PERIODS_OF_A_YEAR = {"quarter": 4, "half": 2}


def annual_grades_are_known(annual: Annual, names: tuple[str, ...]) -> Iterator[Problem]:
    """Yield what the annual rules name that is no grade of the scheme's, or no annual one."""
    for rule in annual.rules:
        counted = [it for name, given in rule.when.calls if name == "count" for it in given]
        for grade in dict.fromkeys(counted):
            if grade not in names:
                yield fault(rule.place, f"方案没有“{grade}”这个等次", f"等次有：{', '.join(names)}")
        named = [*(rule.only or ()), *(rule.bars or ()), *(it for it in (rule.prefers, rule.permits) if it)]
        for annual_grade in named:
            if annual_grade not in annual.grades:
                yield _no_annual_grade(rule.place, annual_grade, annual)
    publicity = annual.publicity
    for annual_grade in publicity.grades if publicity else ():
        if publicity and annual_grade not in annual.grades:
            yield _no_annual_grade(publicity.at("grades"), annual_grade, annual)


def years_of(scheme: Scheme) -> Iterator[Year]:
    """Yield every year that the scheme's annual rules can tell apart."""
    rules = scheme.annual.rules if scheme.annual else ()
    asked = {name for rule in rules for name in rule.when.names}
    beyond = [int(it) + 1 for rule in rules if "admonitions" in rule.when.names for it in rule.when.numbers]
    admonitions = min(max([2, *beyond]), YEAR["admonitions"].range[1]) if "admonitions" in asked else 0
    yield from possible_years(
        scheme.grades.names,
        PERIODS_OF_A_YEAR[scheme.cycle.period],
        admonitions,
        absent="absent" in asked,
        refused="refused" in asked,
    )


def annual_leaves_a_grade(book: Book) -> Iterator[Problem]:
    """全年任何一种等次组合都要留有可以确定的年度等次，也不能自相矛盾（优先和可以直接确定的等次必须是允许的）。"""
    scheme = book.scheme
    if scheme.annual is None:
        return
    empty = contradiction = False
    for year in years_of(scheme):
        result = outcome(scheme.annual, year)
        shown = "、".join(year.grades) or "没有等次"
        more = [f"告诫 {year.admonitions} 次"] * bool(year.admonitions) + ["不参加"] * year.absent
        more += ["拒不改正"] * year.refused
        shown += f"（{'，'.join(more)}）" if more else ""
        rules = "、".join(dict.fromkeys(rule.cite for rule in result.applied))
        if result.takes_part and not result.allowed and not empty:
            empty = True
            yield fault(
                scheme.annual.place, f"全年为 {shown} 时，按 {rules} 没有任何年度等次可以确定", "改正相互冲突的年度规则"
            )
        known = [it for it in result.permitted if it in scheme.annual.grades]  # else it has been reported
        opened = {"优先": result.preferred, "可以直接确定": known}
        words = [word for word, grades in opened.items() if not set(grades) <= set(result.allowed)]
        if result.takes_part and not contradiction and words:
            contradiction = True
            yield fault(
                scheme.annual.place,
                f"全年为 {shown} 时，按 {rules} 既{words[0]}又不许同一个年度等次",
                "改正相互矛盾的年度规则",
            )


def _no_annual_grade(place: Place, grade: str, annual: Annual) -> Problem:
    return fault(place, f"年度考核没有“{grade}”这个等次", f"年度等次有：{', '.join(annual.grades)}")


def fault(place: Place, message: str, hint: str) -> Problem:
    """Return a fault of a scheme at this place."""
    return problem(place, "bad-value", message, hint)
