"""Whether the annual grades that were decided are among those that the year allows (reading 14)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pingshi.diagnostics import Place, Problem, problem
from pingshi.grading.annual import PersonYear, annual
from pingshi.records import Determination
from pingshi.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pingshi.grading.annual import AnnualResult
    from pingshi.records import Decided, UnitRecords
    from pingshi.schemes import AnnualRule


def annual_grade_not_allowed(records: UnitRecords) -> Iterator[Problem]:
    """年度等次不得违反方案与年度考核挂钩的规定：看全年各期的等次，以及告诫、不参加考核、拒不改正等情形。"""
    for year in records.years():
        determination = records.get(Determination, "determination", year)
        if determination is None:
            continue
        result = annual(records, year)
        if result.book is None or result.book.scheme.annual is None:
            continue  # no grade is known then, which `bad-value` has said
        for it, decided in determination.grades.items():
            place = determination.at("grades", it)
            person = result.people.get(it)
            if person is not None:
                yield from _of(result, person, decided, place)
            elif it in records.people:
                message = f"{records.name_of(it)}在 {year.last} 不在册，不参加{year.title}考核，不能定等次"
                hint = "核对 people 里的 joined 和 left；不该定的就删掉这一项"
                yield problem(place, "grade-not-allowed", message, hint)


def _of(result: AnnualResult, person: PersonYear, decided: Decided, place: Place) -> Iterator[Problem]:
    own = {name: grade for grade, name in person.names.items()}
    if decided.grade not in own or not person.certain:
        return  # `bad-value` has said so; or a record that counts has to be mended first, which has been reported
    title = result.year.title
    if person.excluded is not None:
        message = f"{person.name}{title}考核不适用本方案（{person.excluded.says}），不能定为{decided.grade}"
        yield problem(place, "grade-not-allowed", message, "删掉这一项", clause=person.excluded.cite)
        return
    outcome = person.outcome
    if outcome is None or decided.grade in person.allowed:
        return
    if not outcome.takes_part:
        rule = next(it for it in outcome.applied if it.ends_taking_part)
        message = f"{person.name}不参加{title}考核，不能定为{decided.grade}：方案规定“{rule.says}”"
        hint = "删掉这一项；事实有误的，改正 facts 里的记录"
        yield problem(place, "grade-not-allowed", message, hint, clause=rule.cite)
        return
    forbidding = [it for it in outcome.applied if _forbids(it, own[decided.grade])]
    firm = [it for it in forbidding if it.strength == "firm"]
    rules = firm or forbidding
    told = listed(f"“{it.says}”" for it in rules)
    message = f"{person.name}{title}考核定为{decided.grade}，但方案规定{told}"
    allowed = f"可以写：{listed(person.allowed)}"
    if not firm and decided.reason is not None:
        hint = "方案用的是“原则上”，理由已写明，请确认"
        yield problem(place, "grade-not-allowed", message, hint, clause=rules[0].cite, severity="warning")
        return
    hint = f"{allowed}；这一条写了理由也不能例外" if firm else f"{allowed}；或写明 reason（方案用的是“原则上”）"
    yield problem(place, "grade-not-allowed", message, hint, clause=rules[0].cite)


def _forbids(rule: AnnualRule, grade: str) -> bool:
    return (rule.only is not None and grade not in rule.only) or grade in (rule.bars or ())
