"""`grade` and `explain`: one unit's period, of which no more is read than bears on it."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any, NoReturn

from pingshi.cli.parser import FAULTY, FINE, USAGE, fail
from pingshi.cli.repository import choose_unit, no_such, several, sources
from pingshi.cli.tables import aligned
from pingshi.diagnostics import as_text, has_errors
from pingshi.evaluation import period_of
from pingshi.files import read_each
from pingshi.grading import PeriodResult, UnitCheck, check_unit, pool_title, problems_of
from pingshi.grading import explain as explain_result
from pingshi.layout import RECORDS, SCHEMES, Location, meant_period
from pingshi.periods import Period
from pingshi.records import Unit, take
from pingshi.source import load
from pingshi.wording import listed

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

    from pingshi.diagnostics import Problem
    from pingshi.evaluation import Source
    from pingshi.records import Snapshot, UnitRecords

_PARTICIPATION = {"graded": "定等次", "comment_only": "不定等次", "elsewhere": "外单位考核", "excluded": "不参加"}


def grade(given: argparse.Namespace) -> int:
    """Grade a unit's period."""
    period, snapshot, records = _asked_for(given)
    if records is None:
        problems = tuple(
            it for it in snapshot.problems if it.place.path.startswith((f"{RECORDS}/{given.unit}/", SCHEMES))
        )
        return _print_grades(given, snapshot, PeriodResult(given.unit, period, None, {}, (), ()), problems)
    checked = check_unit(records, period)
    problems = problems_of(snapshot, records, checked, period)
    return _print_grades(given, snapshot, checked.results[period], problems, records)


def _print_grades(
    given: argparse.Namespace,
    snapshot: Snapshot,
    result: PeriodResult,
    problems: tuple[Problem, ...],
    records: UnitRecords | None = None,
) -> int:
    if given.json:
        _print_json(grades_as_json(result, problems))
    else:
        title = records.unit.name if records else result.unit
        sys.stdout.write(f"{title} {result.period.title}\n\n")
        rows = [["姓名", "参加情况", "得分", "建议", "审定"]]
        for person in result.people.values():
            score = person.score.written if person.score else ""
            rows.append(
                [
                    person.name,
                    _PARTICIPATION[person.participation],
                    score,
                    person.suggested or "",
                    person.determined or "",
                ]
            )
        if result.book is None:
            sys.stdout.write("方案或单位文件有错误读不了，无法计算等次：\n")
        else:
            sys.stdout.write(aligned(rows) + "\n")
        for pool in result.pools:
            where = pool_title(records, pool.rule, pool.pool) if records else ""
            line = f"{where}{pool.rule.grade}等次：参加 {pool.base} 人，限额 {pool.limit} 人，已用 {pool.used} 人"
            sys.stdout.write(f"{line}（依据 {pool.rule.cite}）\n")
        if problems:
            sys.stdout.write("\n" + as_text(problems, snapshot.line))
    return FAULTY if has_errors(problems) else FINE


def grades_as_json(result: PeriodResult, problems: tuple[Problem, ...]) -> dict[str, Any]:
    """Return the contract's form of a period's results (design §6)."""
    return {
        "unit": result.unit,
        "period": str(result.period),
        "scheme": result.book.name if result.book else None,
        "people": {
            name: {
                "participation": person.participation,
                "score": person.score.written if person.score else None,
                "suggested": person.suggested,
                "determined": person.determined,
                "steps": [step.as_json() for step in person.steps],
            }
            for name, person in result.people.items()
        },
        "quotas": [
            {"grade": it.rule.grade, "pool": it.pool, "base": it.base, "limit": it.limit, "used": it.used}
            for it in result.pools
        ],
        "problems": [it.as_json() for it in problems],
    }


def explain(given: argparse.Namespace) -> int:
    """Explain one person's result."""
    within = period_of(given.period)
    if within is not None and within.kind == "year":
        from pingshi.cli.annual import explain_year  # noqa: PLC0415 -- it takes from here what both need

        return explain_year(given)
    period, snapshot, records = _asked_for(given)
    if records is None:
        fail(f"单位 {given.unit} 的 unit.yml 有错误读不了；先用 pingshi check 看问题", FAULTY)
    checked: UnitCheck = check_unit(records, period)
    result = checked.results[period]
    if given.person not in result.people:
        if given.person in records.people:
            fail(not_on_roll(records, given.person, period), USAGE)
        _not_listed(records, given.person, result)
    told = explain_result(records, result, given.person)
    problems = problems_of(snapshot, records, checked, period)
    if given.json:
        _print_json({"unit": records.id, "period": str(period), **told.as_json()})
    else:
        sys.stdout.write(told.as_text())
        if has_errors(problems):
            sys.stdout.write("\n注意：本期记录有错误（用 pingshi check 查看），改正以后结果可能不同。\n")
    return FAULTY if has_errors(problems) else FINE


def not_on_roll(records: UnitRecords, person: str, period: Period) -> str:
    """Say why there is no result of somebody who is known."""
    known = records.people[person]
    why = f"不在册（{known.joined} 到岗）" if known.joined > period.last else f"已不在册（{known.left} 离开）"
    return f"{known.name}在 {period.last} {why}，没有{period.title}的结果"


def _not_listed(records: UnitRecords, person: str, result: PeriodResult) -> NoReturn:
    """Leave, saying why there is no result of a person: the file is broken, the name stands for the id, or a slip."""
    file = Location(records.id, "people", None, person)
    if file in records.broken:
        fail(
            f"{person} 的人员资料（{file.path}）有错误读不了，没有算结果；先用 pingshi check 看问题，改正后再看", FAULTY
        )
    same = [it for it, known in records.people.items() if known.name == person]
    if same:
        fail(f"这里写代号：{person}的代号是 {listed(same)}", USAGE)
    no_such("人员", person, set(result.people))


def _asked_for(given: argparse.Namespace) -> tuple[Period, Snapshot, UnitRecords | None]:
    """Return the period, what bears on it, and the unit's records (None where its unit.yml can't be read).

    Sets `given.unit` where there is only one.
    """
    try:
        period = Period.parse(given.period)
    except ValueError as error:
        meant = meant_period(given.period)
        told = f"是不是 {meant}？" if meant else "写成 2026-Q3（季度）或 2026-H1（半年）"
        fail(f"{error}；{told}", USAGE)
    files = sources(given)
    choose_unit(given, files)
    wanted = bearing(files, given.unit, period)
    snapshot = take(read_each(it for it in files if wanted(it.path)), several=several(given))
    records = snapshot.units.get(given.unit)
    if records is not None:
        book = records.book(period)
        if book is not None and period.kind != book.scheme.cycle.period:
            often, example = ("季度", "2026-Q3") if book.scheme.cycle.period == "quarter" else ("半年", "2026-H1")
            fail(f"方案 {book.name} 每{often}考核一次，没有 {period}；周期写成 {example} 这样", USAGE)
        since = book.scheme.cycle.since if book is not None else None
        if since is not None and period.last < since.first:
            fail(f"方案从 {since} 开始考核，没有 {period}", USAGE)
        if records.unit.schemes and min(it.since for it in records.unit.schemes).first > period.last:
            fail(f"{period.title}还没有方案在执行", USAGE)
    return period, snapshot, records


def bearing(files: Sequence[Source], unit: str, period: Period) -> Callable[[str], bool]:
    """Return what tells whether a file can bear on a unit's period: the rest need not be read."""
    path = Location(unit, "unit").path
    own = next((it.read().data for it in files if it.path == path), None)
    read, _ = load(path, own, Unit) if own is not None else (None, [])
    named = {it.scheme for it in read.schemes} if read is not None else set()
    there = {it.path.split("/")[1] for it in files if it.path.startswith(f"{SCHEMES}/")}
    schemes = named if named and named <= there else there  # one that is missing is looked for among all

    def wanted(path: str) -> bool:
        top, name, folder = [*path.split("/"), "", ""][:3]
        if top == SCHEMES:
            return not name or name in schemes
        within = period_of(folder)
        return not name or (name == unit and (within is None or period.contains(within)))

    return wanted


def _print_json(document: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")
