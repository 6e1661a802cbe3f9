"""What each command does with a snapshot: call, print, return the exit status."""

from __future__ import annotations

import contextlib
import difflib
import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pingshi.cli.parser import ENVIRONMENT, FAULTY, FINE, USAGE, fail
from pingshi.cli.repository import roots
from pingshi.cli.tables import aligned
from pingshi.diagnostics import Problem, as_github, as_gitlab, as_text, has_errors
from pingshi.grading import (
    PeriodResult,
    UnitCheck,
    check_repository,
    check_unit,
    pool_title,
    problems_of,
)
from pingshi.grading import explain as explain_result
from pingshi.layout import RECORDS, SCHEMES, Misplaced, locate
from pingshi.periods import Period
from pingshi.records import Snapshot, UnitRecords, json_schemas

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

_PARTICIPATION = {"graded": "定等次", "comment_only": "不定等次", "elsewhere": "外单位考核", "excluded": "不参加"}


def check(given: argparse.Namespace, snapshot: Snapshot) -> int:
    """Check everything, or what concerns one unit."""
    problems = check_repository(snapshot)
    if given.unit is not None:
        if given.unit not in _folders(snapshot):
            _no_such("单位", given.unit, _folders(snapshot))
        keep = (f"{RECORDS}/{given.unit}/", f"{SCHEMES}/")
        problems = tuple(it for it in problems if it.place.path.startswith(keep))
    _print_problems(given, snapshot, problems)
    return FAULTY if has_errors(problems) else FINE


def lint(given: argparse.Namespace, snapshot: Snapshot) -> int:
    """Check the schemes themselves."""
    names = {path.split("/")[1] for path in snapshot.texts if path.startswith(f"{SCHEMES}/")}
    for name in given.schemes:
        if name not in names:
            _no_such("方案", name, names)
    keep = tuple(f"{SCHEMES}/{name}/" for name in given.schemes) or (f"{SCHEMES}/",)
    problems = tuple(it for it in snapshot.problems if it.place.path.startswith(keep))
    _print_problems(given, snapshot, problems)
    return FAULTY if has_errors(problems) else FINE


def _print_problems(given: argparse.Namespace, snapshot: Snapshot, problems: Sequence[Problem]) -> None:
    if given.json:
        _print_json({"problems": [it.as_json() for it in problems], "files": snapshot.files})
        return
    form = getattr(given, "format", "text")
    if form == "github":
        sys.stdout.write(as_github(problems))
        return
    if form == "gitlab":
        sys.stdout.write(as_gitlab(problems))
        return
    if problems:
        sys.stdout.write(as_text(problems, snapshot.line) + "\n")
    errors = sum(it.severity == "error" for it in problems)
    found = f"{errors} 个错误，{len(problems) - errors} 个提醒" if problems else "没有发现问题"
    sys.stdout.write(f"检查了 {snapshot.files} 个文件：{found}\n")


def grade(given: argparse.Namespace, snapshot: Snapshot) -> int:
    """Grade a unit's period."""
    period, records = _asked_for(given, snapshot)
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


def explain(given: argparse.Namespace, snapshot: Snapshot) -> int:
    """Explain one person's result."""
    period, records = _asked_for(given, snapshot)
    if records is None:
        fail(f"单位 {given.unit} 的 unit.yml 有错误读不了；先用 pingshi check 看问题", FAULTY)
    checked: UnitCheck = check_unit(records, period)
    result = checked.results[period]
    if given.person not in result.people:
        if given.person in records.people:
            fail(f"{records.name_of(given.person)}在 {period.last} 不在册，没有{period.title}的结果", USAGE)
        _no_such("人员", given.person, set(result.people))
    told = explain_result(records, result, given.person)
    problems = problems_of(snapshot, records, checked, period)
    if given.json:
        _print_json({"unit": records.id, "period": str(period), **told.as_json()})
    else:
        sys.stdout.write(told.as_text())
        if has_errors(problems):
            sys.stdout.write("\n注意：本期记录有错误（用 pingshi check 查看），改正以后结果可能不同。\n")
    return FAULTY if has_errors(problems) else FINE


def build(given: argparse.Namespace, snapshot: Snapshot) -> int:
    """Build the site; fine whenever it was written."""
    from pingshi.publishing import SiteError, build_site  # noqa: PLC0415 -- MkDocs, for this command only

    found = roots(given)
    out = Path(given.out) if given.out else found[0] / "build" / "site"
    pages = Path(given.pages) if given.pages else None
    try:
        build_site(snapshot, found, out, given.on or date.today(), pages)  # noqa: DTZ011 -- the office's own day
    except SiteError as error:
        fail(str(error), ENVIRONMENT)
    problems = check_repository(snapshot)
    if has_errors(problems):
        sys.stderr.write("有的记录有错误，相应的内容没有公布；用 pingshi check 查看\n")
    if sys.stderr.isatty():
        sys.stderr.write(f"网站已生成：{out / 'index.html'}\n")
    return FINE


def schema(given: argparse.Namespace, snapshot: Snapshot) -> int:
    """List record formats and the schemes' indicators."""
    schemes = {
        name: {
            post: {
                indicator: {"name": line.name, "points": _plain(line.points)}
                for indicator, line in (book.scheme.indicators.sheet(post) or {}).items()
            }
            for post in book.scheme.posts
        }
        for name, book in sorted(snapshot.books.items())
    }
    if given.json:
        _print_json(
            {"schemes": {name: {"indicators": posts} for name, posts in schemes.items()}, "records": json_schemas()}
        )
        return FINE
    for name, posts in schemes.items():
        sys.stdout.write(f"{name}  {snapshot.books[name].scheme.title}\n")
        for post, lines in posts.items():
            sys.stdout.write(f"  岗位 {post} ({snapshot.books[name].scheme.posts[post]})\n")
            rows = [
                [f"    {indicator}", str(line["name"]), f"{line['points']} 分"] for indicator, line in lines.items()
            ]
            sys.stdout.write(aligned(rows))
        sys.stdout.write("\n")
    return FINE


def _plain(points: Any) -> int | str:
    return int(points) if points.denominator == 1 else str(float(points))


def _asked_for(given: argparse.Namespace, snapshot: Snapshot) -> tuple[Period, UnitRecords | None]:
    """Return the period and the unit's records (None where its unit.yml can't be read); sets `given.unit`."""
    try:
        period = Period.parse(given.period)
    except ValueError as error:
        fail(f"{error}；写成 2026-Q3（季度）或 2026-H1（半年）", USAGE)
    folders = _folders(snapshot)
    if given.unit is None:
        if len(folders) != 1:
            fail(f"有 {len(folders)} 个单位，用 --unit 指明一个：{', '.join(sorted(folders))}", USAGE)
        given.unit = next(iter(folders))
    if given.unit not in folders:
        _no_such("单位", given.unit, folders)
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
    return period, records


def _folders(snapshot: Snapshot) -> set[str]:
    """Return the ids of all units that have a file in its place, readable or not."""
    found = set(snapshot.units)
    for path in snapshot.texts:
        with contextlib.suppress(Misplaced):
            found.add(locate(path).unit)
    return found


def _no_such(what: str, name: str, known: set[str]) -> None:
    close = difflib.get_close_matches(name, known, n=1)
    near = f"；是不是 {close[0]}？" if close else f"；有：{', '.join(sorted(known)) or '（没有）'}"
    fail(f"没有“{name}”这个{what}{near}", USAGE)


def _print_json(document: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")
