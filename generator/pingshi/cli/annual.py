"""`annual`, and `explain` of a year: what the year's grades mean for the annual assessment.

What is wrong comes from where `check` gets it, and so from memory where nothing has changed; the year itself needs
little more than the decided grades, and nothing else of the year is understood for it.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from pingshi.cli.grading import bearing
from pingshi.cli.parser import FAULTY, FINE, USAGE, fail
from pingshi.cli.progress import shown
from pingshi.cli.repository import choose_unit, no_such, several, sources
from pingshi.cli.tables import aligned
from pingshi.diagnostics import as_text, has_errors
from pingshi.evaluation import Verdict, check_parts, counts_for_its_year, period_of
from pingshi.files import read_each
from pingshi.grading import AnnualResult, concerning, share
from pingshi.grading import annual as annual_result
from pingshi.grading import explain_year as explain_result
from pingshi.layout import SCHEMES
from pingshi.periods import Period
from pingshi.records import take
from pingshi.wording import percent

if TYPE_CHECKING:
    import argparse

    from pingshi.diagnostics import Problem
    from pingshi.evaluation import Source
    from pingshi.grading import PersonYear
    from pingshi.records import UnitRecords


def annual(given: argparse.Namespace) -> int:
    """Show what the year's grades mean for everybody."""
    verdict, problems, records, result = _asked_for(given, given.year)
    if given.json:
        _print_json(annual_as_json(result, problems))
    else:
        sys.stdout.write(f"{records.unit.name if records else result.unit} {result.year.title}\n\n")
        sys.stdout.write(_as_text(result))
        if problems:
            sys.stdout.write("\n" + as_text(problems, verdict.line))
    return FAULTY if has_errors(problems) else FINE


def explain_year(given: argparse.Namespace) -> int:
    """Explain one person's year."""
    _, problems, records, result = _asked_for(given, given.period)
    if records is None:
        fail(f"单位 {given.unit} 的 unit.yml 有错误读不了；先用 pingshi check 看问题", FAULTY)
    if given.person not in result.people:
        if given.person in records.people:
            fail(f"{records.name_of(given.person)}在 {result.year.last} 不在册，没有{result.year.title}的结果", USAGE)
        no_such("人员", given.person, set(result.people))
    told = explain_result(records, result, given.person)
    if given.json:
        person = _person_as_json(result, result.people[given.person])
        _print_json({"unit": records.id, "year": str(result.year), **told.as_json(), **person})
    else:
        sys.stdout.write(told.as_text())
        if has_errors(problems):
            sys.stdout.write("\n注意：本年度记录有错误（用 pingshi annual 查看），改正以后结果可能不同。\n")
    return FAULTY if has_errors(problems) else FINE


def annual_as_json(result: AnnualResult, problems: tuple[Problem, ...]) -> dict[str, Any]:
    """Return the contract's form of a year (design §6)."""
    return {
        "unit": result.unit,
        "year": str(result.year),
        "problems": [it.as_json() for it in problems],
        "people": {name: _person_as_json(result, person) for name, person in result.people.items()},
    }


def _person_as_json(result: AnnualResult, person: PersonYear) -> dict[str, Any]:
    return {
        "grades": {str(period): grade for period, grade in person.grades.items()},
        "allowed": list(person.allowed),
        "preferred": bool(person.preferred),
        "takes_part": person.takes_part,
        "score_weight": None if result.weight is None else share(result.weight),
        "rank": result.ranks.get(person.person),
        "best": person.best,
        "steps": [step.as_json() for step in person.steps],
    }


def _as_text(result: AnnualResult) -> str:
    """Return the year as a table, and what holds for everybody under it."""
    if result.book is None:
        return "方案或单位文件有错误读不了，无法计算年度结果：\n"
    titles = [period.title.removeprefix(f"{result.year.year}年") for period in result.periods]
    best = result.book.scheme.grades.best
    rows = [["排序", "姓名", *titles, f"{best}的次数", "可以确定的年度等次", "优先", "参加年度考核"]]
    for name, rank in result.ranks.items():
        person = result.people[name]
        grades = [person.grades.get(period, "—") for period in result.periods]
        allowed = "、".join(person.allowed) + ("（原则上）" if person.in_principle else "")
        takes_part = "参加" if person.takes_part else "不参加" if person.excluded is None else "不适用本方案"
        order, times = ("—", "—") if rank is None else (str(rank), str(person.best))
        rows.append([order, person.name, *grades, times, allowed or "—", "、".join(person.preferred), takes_part])
    text = aligned(rows) + "\n"
    scheme = result.book.scheme
    if scheme.annual is None:
        return f"{text}方案 {result.book.name} 没有写与年度考核挂钩的规定，算不出可以确定的年度等次\n"
    if scheme.annual.weight is not None:
        weight = scheme.annual.weight
        text += f"量化年度考核时，{scheme.terms.assessment}占{percent(weight.share)}（依据 {weight.cite}）\n"
    first = next(iter(scheme.annual.grades), "最高等次")
    text += f"排序供研究{first}人选参考：先看能不能确定为{first}、是否优先，再看{best}的次数、占比；都相同的并列\n"
    return f"{text}每个人的依据，用 pingshi explain {result.year} 人员代号 查看\n"


def _asked_for(
    given: argparse.Namespace, written: str
) -> tuple[Verdict, tuple[Problem, ...], UnitRecords | None, AnnualResult]:
    """Return what is wrong in the unit's year, its records (None where its unit.yml can't be read), and the year."""
    year = _year(written)
    files = sources(given)
    choose_unit(given, files)
    wanted = bearing(files, given.unit, year)
    schemes = {it.path.split("/")[1] for it in files if it.path.startswith(SCHEMES) and wanted(it.path)}
    near = [it for it in files if it.path.startswith(SCHEMES) or wanted(it.path)]
    with shown("检查") as progress:
        verdict = check_parts(
            near,
            several=several(given),
            only=lambda it: it.name in schemes if it.top == SCHEMES else it.name == given.unit,
            progress=progress,
        )
    snapshot = take(read_each(it for it in near if wanted(it.path) and _counts(it)), several=several(given))
    records = snapshot.units.get(given.unit)
    if records is None:
        return verdict, verdict.problems, None, AnnualResult(given.unit, year, None, (), {})
    if records.unit.schemes and min(it.since for it in records.unit.schemes).first > year.last:
        fail(f"{year.title}还没有方案在执行", USAGE)
    return verdict, tuple(concerning(verdict.problems, records, year)), records, annual_result(records, year)


def _counts(source: Source) -> bool:
    """Tell whether a file must be understood for the year: the general ones, and the grades."""
    return period_of([*source.path.split("/"), "", ""][2]) is None or counts_for_its_year(source.path)


def _year(written: str) -> Period:
    try:
        year = Period.parse(written)
    except ValueError as error:
        fail(f"{error}；年度写成 2026", USAGE)
    if year.kind != "year":
        fail(f"“{written}”不是年度；年度写成 {year.year}", USAGE)
    return year


def _print_json(document: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")
