"""`analysis`: how a period's or a year's grades are spread, what stands out, and who is good throughout.

Besides the period's own files it needs the grades of earlier periods, and of the one right before the summaries and
objections; nothing else is read.
"""

from __future__ import annotations

import json
import sys
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from pingshi.cli.checked import checked
from pingshi.cli.grading import bearing
from pingshi.cli.parser import FAULTY, FINE, USAGE, fail
from pingshi.cli.repository import choose_unit, several, sources
from pingshi.cli.tables import aligned
from pingshi.evaluation import counts_for_its_year, period_of
from pingshi.files import read_each
from pingshi.grading import concerning
from pingshi.grading.analysis import FEWEST, HINTS, SMALL, Analysis, Table, analyse, one_before
from pingshi.layout import RECORDS, meant_period
from pingshi.periods import Period
from pingshi.records import take
from pingshi.wording import listed, percent

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from pingshi.grading.analysis import Notable, Row
    from pingshi.records import UnitRecords

#: What a number that is left out is printed as.
_LEFT_OUT = "—"
#: Earlier periods are looked for in so many years: eight half-years.
_YEARS_BACK = 4
_HEADINGS = {hint.__name__: heading for heading, hint in HINTS}


def analysis(given: argparse.Namespace) -> int:
    """Analyse a period or a year."""
    period = _period(given.period)
    files = sources(given)
    choose_unit(given, files)
    wanted = bearing(files, given.unit, period)
    verdict = checked(given, files, wanted)
    earlier = _earlier(given.unit, period)
    snapshot = take(
        read_each(it for it in files if wanted(it.path) or earlier(it.path)),
        several=several(given),
    )
    records = snapshot.units.get(given.unit)
    if records is None:
        problems = verdict.problems
        found = Analysis(given.unit, period, given.full, None)
    else:
        _must_be_assessed(records, period)
        problems = tuple(concerning(verdict.problems, records, period))
        found = analyse(records, period, full=given.full)
    errors = sum(it.severity == "error" for it in problems)
    if given.json:
        sys.stdout.write(json.dumps(analysis_as_json(found, errors), ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.write(_as_text(found, records.unit.name if records else given.unit))
        if errors:
            sys.stdout.write(
                f"\n注意：记录里有 {errors} 处错误，分析可能不准；"
                f"用 pingshi check --unit {given.unit} 查看，改正后再分析。\n"
            )
    return FAULTY if errors else FINE


def _period(written: str) -> Period:
    try:
        return Period.parse(written)
    except ValueError as error:
        meant = meant_period(written)
        told = f"是不是 {meant}？" if meant else "写成 2026-Q3（季度）、2026-H1（半年）或 2026（年度）"
        fail(f"{error}；{told}", USAGE)


def _must_be_assessed(records: UnitRecords, period: Period) -> None:
    """Leave with status 2 where the unit's scheme has no such period."""
    if records.unit.schemes and min(it.since for it in records.unit.schemes).first > period.last:
        fail(f"{period.title}还没有方案在执行", USAGE)
    book = records.book(period)
    if book is None or period.kind in ("year", book.scheme.cycle.period):
        return
    often, example = ("季度", "2026-Q3") if book.scheme.cycle.period == "quarter" else ("半年", "2026-H1")
    fail(f"方案 {book.name} 每{often}考核一次，没有 {period}；周期写成 {example} 或者 {period.year} 这样", USAGE)


def _earlier(unit: str, period: Period) -> Callable[[str], bool]:
    """Return what tells whether a file of an earlier period bears on the analysis."""

    def wanted(path: str) -> bool:
        top, name, folder, kind = [*path.split("/"), "", "", ""][:4]
        within = period_of(folder)
        if top != RECORDS or name != unit or within is None or within.last >= period.first:
            return False
        if within.kind not in ("quarter", "half") or within.year < period.year - _YEARS_BACK:
            return False
        first = period if period.kind != "year" else Period(within.kind, period.year, 1)
        return counts_for_its_year(path) or (within == one_before(first) and kind in ("summaries", "objections"))

    return wanted


def analysis_as_json(found: Analysis, errors: int) -> dict[str, Any]:
    """Return the analysis as one document; a number that is left out is null.

    What is wrong with the records is only counted: the messages name people and their grades.
    """
    return {
        "unit": found.unit,
        "period": str(found.period),
        "scheme": found.book.name if found.book else None,
        "full": found.full,
        "clauses": list(found.clauses),
        "periods": [str(it) for it in found.periods],
        "tables": [_table_as_json(it) for it in found.tables],
        "over_time": _table_as_json(found.time) if found.time else None,
        "notable": [
            {
                "kind": it.kind,
                "period": str(it.period),
                "clause": it.clause,
                "says": it.says,
                "look": it.look,
            }
            for it in found.notable
        ],
        "kept_back": found.kept_back,
        "preferred": None
        if found.preferred is None
        else [
            {"person": it.person, "name": it.name, "department": it.department, "times": it.times}
            for it in found.preferred
        ],
        "errors": errors,
    }


def _table_as_json(table: Table) -> dict[str, Any]:
    def row(it: Row) -> dict[str, Any]:
        return {"group": it.title, "size": it.size, "grades": dict(zip(table.grades, it.counts, strict=True))}

    return {
        "by": table.by,
        "rows": [row(it) for it in table.rows],
        "total": row(table.total) if table.total else None,
        "together": list(table.together),
        "why": table.why,
    }


def _as_text(found: Analysis, name: str) -> str:
    if found.book is None:
        return f"{name} {found.period.title}\n\n方案或单位文件有错误读不了，无法分析\n"
    cited = f"（依据 {listed(found.clauses)}）" if found.clauses else ""
    terms = found.book.scheme.terms
    parts = [f"{name} {found.period.title}{terms.assessment}结果分析{cited}\n"]
    if found.full:
        parts[0] = "内部资料，不得公开\n" + parts[0]
    if not found.periods:
        parts.append("还没有审定结果，没有等次可以分析。\n")
    elif not found.full:
        parts.append(_how_left_out(found))
    times = "有等次的人次" if found.period.kind == "year" else "有等次的人数"
    best = found.book.scheme.grades.best
    parts += [_table(it, times, best) for it in found.tables]
    if found.time is not None:
        parts.append(_table(found.time, "有等次的人数", best))
        parts.append(f"{best}等次占比按有等次的人数计算；名额按参加考核的人数计算，不定等次的也在内，两者不同。\n")
    parts.append(_notable(found))
    if found.preferred is not None:
        parts.append(_preferred(found))
    return "\n".join(parts)


def _how_left_out(found: Analysis) -> str:
    if found.period.kind == "year":
        return (
            "全年的数字减去其中几期的，能推算出没有列出的数字，所以这里只列各期的；"
            f"分科室、职级、类别的全年数字用 --full 查看。\n{_DASH}"
        )
    return f"有等次的不到 {FEWEST} 人的科室、职级、类别，合并为“其他”。\n{_DASH}"


_DASH = f"{_LEFT_OUT} 是没有列出的数字：{SMALL} 人以下的，以及能据以推算出它们的。方案规定公布的等次照列。\n"


def _table(table: Table, size: str, best: str) -> str:
    title = "各期情况" if table.by == "period" else f"按{table.title}"
    if table.why is not None:
        return f"{title}：{table.why}。\n"
    lines = [*table.rows, *([table.total] if table.total else [])]
    rows = [[table.title, size, *table.grades, f"{best}等次占比"]]
    for it in lines:
        counts = [_LEFT_OUT if count is None else str(count) for count in it.counts]
        rows.append([it.title, _LEFT_OUT if it.size is None else str(it.size), *counts, _share(table, it, best)])
    text = f"{title}\n{aligned(rows)}"
    return text + (f"其他：{listed(table.together)}\n" if table.together else "")


def _share(table: Table, row: Row, best: str) -> str:
    count = row.counts[table.grades.index(best)] if best in table.grades else None
    return _LEFT_OUT if count is None or not row.size else percent(Fraction(count, row.size))


def _notable(found: Analysis) -> str:
    kept = f"另有 {found.kept_back} 处涉及个人，不在这里列出；用 --full 查看。\n" if found.kept_back else ""
    if not found.notable:
        none = "" if kept else "没有。\n"
        return f"值得注意的情况\n{none}{kept.removeprefix('另')}"
    several_periods = found.period.kind == "year"
    lines = [_line(index, it, dated=several_periods) for index, it in enumerate(found.notable, 1)]
    return f"值得注意的情况（只是提示，是否有问题要看事实）\n{''.join(lines)}{kept}"


def _line(index: int, it: Notable, *, dated: bool) -> str:
    when = f"{it.period.title}，" if dated else ""
    cited = f"（{it.clause}）" if it.clause else ""
    return f"{index}. {_HEADINGS[it.kind]}{cited}：{when}{it.says}{it.look}\n"


def _preferred(found: Analysis) -> str:
    assert found.book is not None  # noqa: S101 -- nothing is analysed without a scheme
    best = found.book.scheme.grades.best
    cited = f"（依据 {found.preference}）" if found.preference else ""
    so_far = "全年" if found.period.kind == "year" else f"{found.period.year}年到这一期为止"
    head = f"可优先考虑{cited}：{so_far}有等次的各期都是{best}，至少两期\n"
    rows = [[it.department, it.name, f"{it.times} 次{best}"] for it in found.preferred or ()]
    return head + (aligned(rows) if rows else "没有。\n")
