"""What a year's grades mean, to be looked up: every year that can be, and what else bears on it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pingshi.schemes import PERIODS_OF_A_YEAR, YEAR, Year, outcome, possible_grades
from pingshi.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pingshi.schemes import Annual, AnnualRule, Scheme

    #: What is looked up, what it means for the year, under which clauses.
    Row = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class AnnualTable:
    """The tables of a scheme's page: full years, years with one grade fewer, and other circumstances."""

    full: tuple[Row, ...]
    fewer: tuple[Row, ...]
    circumstances: tuple[Row, ...]


def annual_table(scheme: Scheme) -> AnnualTable | None:
    """Return the tables, or None where the scheme says nothing of the year."""
    if scheme.annual is None:
        return None
    names, periods = scheme.grades.names, PERIODS_OF_A_YEAR[scheme.cycle.period]
    return AnnualTable(
        tuple(_years(scheme.annual, names, periods)),
        tuple(_years(scheme.annual, names, periods - 1)),
        tuple(_circumstances(scheme.annual, names, periods)),
    )


def _years(annual: Annual, names: tuple[str, ...], periods: int) -> Iterator[Row]:
    """Yield every combination of so many grades, with what may be decided."""
    for grades in possible_grades(names, periods):
        result = outcome(annual, Year(grades))
        told = "，".join(f"{name}{grades.count(name)}次" for name in names if name in grades)
        if not result.takes_part:
            yield told, "不参加年度考核", _clauses(result.applied)
            continue
        narrowing = [rule for rule in result.applied if rule.only is not None or rule.bars is not None]
        soft = any(rule.strength == "in_principle" for rule in narrowing)
        allowed = "方案没有限制" if result.allowed == annual.grades else _either(result.allowed)
        allowed = f"原则上{allowed}" if soft else allowed
        allowed += f"；可以优先确定为{listed(result.preferred)}" if result.preferred else ""
        allowed += f"；可以直接确定为{listed(result.permitted)}" if result.permitted else ""
        yield told, allowed, _clauses(result.applied)


def _circumstances(annual: Annual, names: tuple[str, ...], periods: int) -> Iterator[Row]:
    """Yield what admonitions, absence and refusal to mend change, wherever a rule asks for them."""
    plain = [Year(grades) for count in range(periods + 1) for grades in possible_grades(names, count)]
    most = YEAR["admonitions"].range[1]
    changes = [_change(annual, plain, [replace(it, admonitions=times) for it in plain]) for times in range(most + 1)]
    times = 1
    while times <= most:
        last = next((it - 1 for it in range(times, most + 1) if changes[it] != changes[times]), most)
        if any(changes[times]):
            often = f"{times}次以上" if last == most else f"{times}次" if last == times else f"{times}至{last}次"
            yield _told(f"全年被告诫{often}", changes[times])
        times = last + 1
    for told, change in (
        ("记录了无故不参加或者不按规定参加考核", _change(annual, plain, [replace(it, absent=True) for it in plain])),
        ("经批评教育后拒不改正", _change(annual, plain, [replace(it, refused=True) for it in plain])),
    ):
        if any(change):
            yield _told(told, change)


#: The rules that come to apply and those that no longer do.
_Change = tuple[tuple["AnnualRule", ...], tuple["AnnualRule", ...]]


def _change(annual: Annual, plain: list[Year], changed: list[Year]) -> _Change:
    """Return which rules a circumstance brings in or puts out in any year."""
    come: set[int] = set()
    gone: set[int] = set()
    for before, after in zip(plain, changed, strict=True):
        was, now = before.values(), after.values()
        for index, rule in enumerate(annual.rules):
            held, holds = rule.when.holds(was), rule.when.holds(now)
            come |= {index} if holds and not held else set()
            gone |= {index} if held and not holds else set()
    return tuple(annual.rules[it] for it in sorted(come)), tuple(annual.rules[it] for it in sorted(gone))


def _told(what: str, change: _Change) -> Row:
    come, gone = change
    effects = [*(_effect(rule) for rule in come), *(f"不再{_effect(rule)}" for rule in gone)]
    return what, "；".join(dict.fromkeys(effects)), _clauses((*come, *gone))


def _effect(rule: AnnualRule) -> str:
    soft = "原则上" if rule.strength == "in_principle" else ""
    if rule.only is not None:
        return f"{soft}确定为{_either(rule.only)}"
    if rule.bars is not None:
        return f"{soft}不得确定为{_either(rule.bars)}"
    if rule.prefers is not None:
        return f"优先确定为{rule.prefers}"
    if rule.permits is not None:
        return f"可以直接确定为{rule.permits}"
    return "不参加年度考核"


def _either(grades: tuple[str, ...]) -> str:
    """Join grades to choose from: 称职、基本称职或者不称职."""
    *others, last = grades
    return f"{listed(others)}或者{last}" if others else last


def _clauses(rules: Iterable[AnnualRule]) -> str:
    return listed(dict.fromkeys(rule.cite for rule in rules)) or "—"
