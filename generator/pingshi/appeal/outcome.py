"""What the case is about, in words: the explanation of the result, and the clauses that it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pingshi.diagnostics import has_errors
from pingshi.grading import (
    annual,
    check_unit,
    explain,
    explain_year,
    objection_clause,
    problems_of,
    reply_clause,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pingshi.periods import Period
    from pingshi.records import Snapshot, UnitRecords
    from pingshi.schemes import Book

_FAULTY = "\n注意：本期记录有错误（用 pingshi check 查看），改正以后结果可能不同。\n"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A person's result as it is explained to them, and the clauses that it cites, each with its scheme."""

    text: str
    cited: tuple[tuple[Book, str], ...]


def outcome(snapshot: Snapshot, records: UnitRecords, period: Period, person: str) -> Outcome:
    """Return what `explain` says of somebody's period or year; whoever is not on its roll is told so."""
    if period.kind == "year":
        return _of_year(records, period, person)
    checked = check_unit(records, period)
    result = checked.results[period]
    if person not in result.people:
        return _not_on_roll(records, period, person)
    faulty = _FAULTY if has_errors(problems_of(snapshot, records, checked, period)) else ""
    text = explain(records, result, person).as_text() + faulty
    book = result.book
    if book is None:
        return Outcome(text, ())
    clauses = [it.clause for it in result.people[person].steps]
    clauses += [it.rule.cite for it in result.pools if person in it.members]
    clauses += [objection_clause(book.scheme), reply_clause(book.scheme)]
    return Outcome(text, _once((book, it) for it in clauses if it))


def _of_year(records: UnitRecords, year: Period, person: str) -> Outcome:
    result = annual(records, year)
    if person not in result.people:
        return _not_on_roll(records, year, person)
    steps = result.people[person].steps
    books = [records.book(it) for it, _ in zip(result.periods, steps, strict=False)]
    books += [result.book] * (len(steps) - len(books))
    cited = ((book, it.clause) for book, it in zip(books, steps, strict=True) if book is not None and it.clause)
    return Outcome(explain_year(records, result, person).as_text(), _once(cited))


def _not_on_roll(records: UnitRecords, period: Period, person: str) -> Outcome:
    return Outcome(f"{records.name_of(person)}在 {period.last} 不在册，没有{period.title}的结果。\n", ())


def _once(cited: Iterable[tuple[Book, str]]) -> tuple[tuple[Book, str], ...]:
    """Return each clause once, where it is first cited."""
    found = {(book.name, clause): (book, clause) for book, clause in reversed(list(cited))}
    return tuple(reversed(found.values()))


def clauses(found: Outcome) -> str:
    """Return the cited clauses as the scheme's list of clauses gives them, for reading."""
    lines = [
        "# 依据条款",
        "",
        "下面是考核结果引用的条款。内容是方案条款清单（clauses.yml）里的概述，文字以印发的方案原文为准。",
    ]
    last = None
    for book, clause in found.cited:
        if book.name != last:
            lines += ["", f"## {book.scheme.title}"]
            source = book.clauses.source if book.clauses is not None else None
            if source is not None:
                of = "，".join(str(it) for it in (f"《{source.title}》", source.number, source.issued) if it)
                lines += ["", f"原文：{of}"]
            last = book.name
        entry = book.clauses.clauses.get(clause) if book.clauses is not None else None
        if entry is None:
            lines += ["", f"### {clause}", "", "条款清单里没有这一条。"]
        else:
            lines += ["", f"### {entry.where}　{entry.topic}（{clause}）", "", entry.says.strip()]
    if not found.cited:
        lines += ["", "（没有引用条款）"]
    return "\n".join(lines) + "\n"
