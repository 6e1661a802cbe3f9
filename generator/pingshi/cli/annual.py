"""`annual`, and `explain` of a year: what the year's grades mean for the annual assessment.

What is wrong comes from where `check` gets it, and so from memory where nothing has changed; the year itself needs
little more than the decided grades, nothing else of the year is understood for it, and it is remembered in its turn.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any, Literal

from pingshi.cli.checked import checked
from pingshi.cli.grading import bearing, not_on_roll
from pingshi.cli.parser import FAULTY, FINE, USAGE, fail
from pingshi.cli.repository import choose_unit, no_such, several, sources
from pingshi.cli.tables import aligned
from pingshi.diagnostics import as_text, has_errors
from pingshi.evaluation import counts_for_its_year, period_of, remembered
from pingshi.files import read_each
from pingshi.grading import AnnualResult, bears_on, concerning, judged_by, share
from pingshi.grading import annual as annual_result
from pingshi.grading import explain_year as explain_result
from pingshi.layout import SCHEMES
from pingshi.periods import Period
from pingshi.records import take
from pingshi.wording import percent

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Mapping, Sequence

    from pingshi.diagnostics import Problem
    from pingshi.evaluation import Source, Verdict
    from pingshi.files import Blob
    from pingshi.grading import PersonYear
    from pingshi.records import UnitRecords


def annual(given: argparse.Namespace) -> int:
    """Show what the year's grades mean for everybody."""
    year, verdict, blobs = _asked_for(given, given.year)
    form: Literal["json", "text"] = "json" if given.json else "text"
    told = remembered(
        f"annual {given.unit} {year} {form}",
        blobs,
        lambda: _found(blobs, given.unit, year, form, more=several(given)),
        several=several(given),
    )
    if told["refused"]:
        fail(told["refused"], USAGE)
    problems = verdict.problems
    if told["schemes"] is not None:
        problems = tuple(it for it in problems if bears_on(it.place.path, given.unit, year, told["schemes"]))
    if given.json:
        _print_json(document(given.unit, year, problems, told["told"]))
    else:
        sys.stdout.write(told["told"])
        if problems:
            sys.stdout.write("\n" + as_text(problems, verdict.line))
    return FAULTY if has_errors(problems) else FINE


def _found(
    blobs: Sequence[Blob], unit: str, year: Period, form: Literal["json", "text"], *, more: bool
) -> dict[str, Any]:
    """Return what is to be told of the year, as plain JSON; `schemes`: by which it is judged, None where unknown."""
    records = take(blobs, several=more).units.get(unit)
    if records is None:
        result = AnnualResult(unit, year, None, (), {})
    else:
        refused = _not_begun(records, year)
        if refused:
            return {"refused": refused, "schemes": None, "told": None}
        result = annual_result(records, year)
    title = f"{records.unit.name if records else unit} {year.title}\n\n"
    return {
        "refused": "",
        "schemes": sorted(judged_by(records, year)) if records else None,
        "told": people_as_json(result) if form == "json" else title + _as_text(result),
    }


def explain_year(given: argparse.Namespace) -> int:
    """Explain one person's year."""
    year, verdict, blobs = _asked_for(given, given.period)
    records = take(blobs, several=several(given)).units.get(given.unit)
    if records is None:
        fail(f"单位 {given.unit} 的 unit.yml 有错误读不了；先用 pingshi check 看问题", FAULTY)
    refused = _not_begun(records, year)
    if refused:
        fail(refused, USAGE)
    problems = concerning(verdict.problems, records, year)
    result = annual_result(records, year)
    if given.person not in result.people:
        if given.person in records.people:
            fail(not_on_roll(records, given.person, result.year), USAGE)
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


def document(unit: str, year: Period, problems: Iterable[Problem], people: Mapping[str, Any]) -> dict[str, Any]:
    """Return the contract's form of a year (design §6)."""
    return {"unit": unit, "year": str(year), "problems": [it.as_json() for it in problems], "people": people}


def people_as_json(result: AnnualResult) -> dict[str, Any]:
    """Return everybody in the contract's form, in the order in which they come into question."""
    return {name: _person_as_json(result, result.people[name]) for name in result.ranks or result.people}


def _person_as_json(result: AnnualResult, person: PersonYear) -> dict[str, Any]:
    return {
        "grades": {str(period): grade for period, grade in person.grades.items()},
        "allowed": list(person.allowed),
        "preferred": bool(person.preferred),
        "takes_part": person.takes_part,
        "score_weight": None if result.weight is None else share(result.weight),
        "steps": [step.as_json() for step in person.steps],
    }


def _as_text(result: AnnualResult) -> str:
    """Return the year as a table, and what holds for everybody under it."""
    if result.book is None:
        return "方案或单位文件有错误读不了，无法计算年度结果：\n"
    titles = [period.title.removeprefix(f"{result.year.year}年") for period in result.periods]
    best = result.book.scheme.grades.best
    rows = [["排序", "姓名", *titles, f"{best}的次数", "可以确定的年度等次", "可以优先", "参加年度考核"]]
    for name, rank in result.ranks.items():
        person = result.people[name]
        grades = [person.grades.get(period, "—") for period in result.periods]
        allowed = "、".join(person.allowed) + ("（原则上）" if person.in_principle else "")
        joins = "参加" if person.counted else "参加（没有等次）"
        takes_part = joins if person.takes_part else "不参加" if person.excluded is None else "不适用本方案"
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
    text += f"排序供研究{first}人选参考：先看能不能确定为{first}、是否优先，再看{best}的次数和占有等次各期的比例；"
    text += "都相同的并列，没有等次的不排\n"
    if any(it.takes_part and not it.counted for it in result.people.values()):
        text += "没有等次的人员，上级对试用期、处分期等另有规定的，从其规定\n"
    return f"{text}每个人的依据，用 pingshi explain {result.year} 人员代号 查看\n"


def _asked_for(given: argparse.Namespace, written: str) -> tuple[Period, Verdict, list[Blob]]:
    """Return the year, what is wrong in what bears on it, and the files that it rests on."""
    year = _year(written)
    files = sources(given)
    choose_unit(given, files)
    wanted = bearing(files, given.unit, year)
    near = (it for it in files if it.path.startswith(SCHEMES) or wanted(it.path))
    return year, checked(given, files, wanted), read_each(it for it in near if wanted(it.path) and _counts(it))


def _not_begun(records: UnitRecords, year: Period) -> str:
    """Say so where no scheme is in force in the year yet."""
    begun = not records.unit.schemes or min(it.since for it in records.unit.schemes).first <= year.last
    return "" if begun else f"{year.title}还没有方案在执行"


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
