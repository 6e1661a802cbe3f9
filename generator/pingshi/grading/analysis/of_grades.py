"""What stands out in the decided grades: shares, turns, falls, repeated low grades, departures from the suggestions."""

from __future__ import annotations

from fractions import Fraction
from math import comb
from typing import TYPE_CHECKING

from pingshi.grading.analysis.clauses import clause_on, of_quota
from pingshi.grading.analysis.distribution import open_grades
from pingshi.grading.analysis.gathered import one_before
from pingshi.grading.analysis.notable import Case, Notable
from pingshi.grading.analysis.withheld import FEWEST
from pingshi.records import Determination, Objection
from pingshi.wording import listed, percent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pingshi.grading.result import PersonResult
    from pingshi.periods import Period
    from pingshi.schemes import Book

#: A share is told where chance alone would give one so far off, on that side, less often than this.
RARELY = Fraction(1, 40)
#: So many periods on end make a turn.
A_TURN = 4
#: The grades worse than the second one (一般 and 较差 in all schemes of this kind).
_FIRST_LOW = 2


def department_share(case: Case) -> Iterator[Notable]:
    """一个科室最高等次的比例与全单位相差很大，名额随机分到各人时四十次里遇不到一次；科室和其余各科室都有五人以上才看。"""
    best, everybody = case.now.book.scheme.grades.best, case.now.graded
    size, places = len(everybody), sum(it.grade == best for it in everybody)
    for department, members in case.now.departments().items():
        own = sum(it.grade == best for it in members)
        if min(len(members), size - len(members)) < FEWEST:
            continue
        more, fewer = chances(size, places, len(members), own)
        chance = min(more, fewer)
        if chance >= RARELY:
            continue
        says = (
            f"{department}有等次的 {len(members)} 人，{best}等次 {own} 人（{percent(Fraction(own, len(members)))}）；"
            f"全单位 {size} 人，{best}等次 {places} 人（{percent(Fraction(places, size))}）。"
            f"如果名额随机分到各人，一个科室{'这么多' if more < fewer else '这么少'}的可能性{_chance(chance)}。"
        )
        look = "请对照工作实绩，看看各科室掌握的尺度是否一致；确有突出实绩或者名额倾斜的，属于正常。"
        personal = best not in open_grades(case.now.book)
        yield Notable("department_share", case.now.period, says, look, of_quota(case.now.book), personal)


def chances(size: int, places: int, drawn: int, found: int) -> tuple[Fraction, Fraction]:
    """Return how likely it is to find so many, or more, and so many, or fewer, of `places` among `drawn` of `size`.

    The tails of the hypergeometric distribution, exactly: the unit's places, dealt out to its people blindly.
    """
    ways = [comb(places, it) * comb(size - places, drawn - it) for it in range(drawn + 1)]
    total = comb(size, drawn)
    return Fraction(sum(ways[found:]), total), Fraction(sum(ways[: found + 1]), total)


def _chance(chance: Fraction) -> str:
    return "不到 0.1%" if chance < Fraction(1, 1000) else percent(chance)


def taken_in_turn(case: Case) -> Iterator[Notable]:
    """一个科室连续四期以上每期恰有一人为最高等次，而且每期都换人，没有重复。"""
    best = case.now.book.scheme.grades.best
    for department in case.now.departments():
        turns: list[str] = []
        periods: list[Period] = []
        for gathered in reversed((*case.before, case.now)):
            holders = [it for it in gathered.departments().get(department, ()) if it.grade == best]
            if len(holders) != 1 or holders[0].person in turns:
                break
            if periods and one_before(periods[-1]) != gathered.period:
                break
            turns.append(holders[0].person)
            periods.append(gathered.period)
        if len(turns) < A_TURN:
            continue
        told = listed(
            f"{period.title}{case.records.name_of(it)}" for it, period in zip(turns[::-1], periods[::-1], strict=True)
        )
        says = f"{department}连续 {len(turns)} 期每期恰有一人为{best}等次，每期都换人：{told}。"
        look = "请看看每期的等次是否都以当期实绩为准，有没有轮流安排的情形；人少的科室也可能只是巧合。"
        clause = clause_on(case.now.book, "conduct") or of_quota(case.now.book)
        yield Notable("taken_in_turn", case.now.period, says, look, clause)


def fell_after_objection(case: Case) -> Iterator[Notable]:
    """上一期提出过异议的人，这一期的等次比上一期低。"""
    last, ranks = case.last, case.now.book.scheme.grades.names
    for it in case.now.graded if last is not None else ():
        if last is None or case.records.get(Objection, "objections", last.period, it.person) is None:
            continue
        before = last.grade_of(it.person)
        if before not in ranks or it.grade is None or ranks.index(it.grade) <= ranks.index(before):
            continue
        says = f"{it.name}对{last.period.title}的结果（{before}）提出过异议，这一期由{before}降为{it.grade}。"
        look = "请核实这一期的等次与提出异议无关，有当期的事实和评鉴作依据。"
        yield Notable("fell_after_objection", case.now.period, says, look, clause_on(case.now.book, "conduct"))


def low_again(case: Case) -> Iterator[Notable]:
    """同一人连续两期以上为一般、较差等次。"""
    for it in case.now.graded:
        grades = [it.grade] if _is_low(case.now.book, it.grade) else []
        if not grades:
            continue
        period = case.now.period
        for gathered in reversed(case.before):
            grade = gathered.grade_of(it.person)
            if gathered.period != one_before(period) or not _is_low(gathered.book, grade):
                break
            grades.append(grade)
            period = gathered.period
        if len(grades) < 2:  # noqa: PLR2004 -- two on end
            continue
        told = listed(map(str, grades[::-1]))
        says = f"{it.name}（{it.department}）从{period.title}起连续 {len(grades)} 期：{told}。"
        look = "请了解整改措施是否落实，岗位和任务是否合适，需要哪些帮助。"
        yield Notable("low_again", case.now.period, says, look, _of_talk(case.now.book, it.grade))


def _is_low(book: Book, grade: str | None) -> bool:
    return grade in book.scheme.grades.names[_FIRST_LOW:]


def _of_talk(book: Book, grade: str | None) -> str | None:
    """Return the clause that orders a talk with those who have the grade."""
    return next((it.cite for it in book.scheme.follow_up if it.grades is not None and grade in it.grades), None)


def departures(case: Case) -> Iterator[Notable]:
    """审定的等次与建议等次不同的，有多少人，提高和降低各多少。"""
    ranks = case.now.book.scheme.grades.names
    both = [it for it in case.result.people.values() if it.suggested in ranks and it.determined in ranks]
    changed = [it for it in both if it.suggested != it.determined]
    if not changed:
        return
    raised = sum(ranks.index(str(it.determined)) < ranks.index(str(it.suggested)) for it in changed)
    says = (
        f"有建议等次并且已经审定的 {len(both)} 人，审定与建议不同的 {len(changed)} 人："
        f"提高 {raised} 人，降低 {len(changed) - raised} 人。"
    )
    look = "请看看理由是否具体；不同的很多，可能是评鉴的尺度或者方案的规定需要改进。"
    yield Notable("departures", case.now.period, says, look, _of_decision(changed))


def same_reasons(case: Case) -> Iterator[Notable]:
    """审定与建议不同，两人以上写的理由一字不差。"""
    determination = case.records.get(Determination, "determination", case.now.period)
    found: dict[str, list[PersonResult]] = {}
    for person, decided in determination.grades.items() if determination else ():
        result = case.result.people.get(person)
        if decided.reason and result is not None and result.suggested not in (None, decided.grade):
            found.setdefault("".join(decided.reason.split()).rstrip("。"), []).append(result)
    for reason, people in found.items():
        if len(people) > 1:
            names = listed(it.name for it in people)
            says = f"{names} {len(people)} 人审定与建议不同，理由一字不差：“{reason}”。"
            look = "请各写各的理由，写到本人当期的事实。"
            yield Notable("same_reasons", case.now.period, says, look, _of_decision(people))


def _of_decision(people: Sequence[PersonResult]) -> str | None:
    """Return the clause by which these people's grades are decided."""
    return next((it.procedure.cite for it in people if it.procedure is not None), None)
