"""Whether scores are of known indicators and within their range."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pingshi.diagnostics import Place, Problem, problem
from pingshi.records import facts, monthly, quarterly
from pingshi.source import held
from pingshi.wording import number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from fractions import Fraction

    from pingshi.records.snapshot import UnitRecords
    from pingshi.schemes import Book, Indicator


@dataclass(frozen=True, slots=True)
class Given:
    """A rating that was given to somebody, with the sheet of their post on the period's last day."""

    person: str
    rating: quarterly.Rating
    book: Book
    sheet: Mapping[str, Indicator]


def ratings(records: UnitRecords) -> Iterator[Given]:
    """Yield every rating in every period that has a scheme."""
    for location, value in records.records.items():
        book = records.book(location.period) if location.period else None
        if not isinstance(value, quarterly.Review) or book is None or location.period is None:
            continue
        for person, rating in value.people.items():
            known = records.people.get(person)
            post = held(known.post, location.period.last) if known else None
            yield Given(person, rating, book, (book.scheme.indicators.sheet(post) if post else None) or {})


def unknown_indicator(records: UnitRecords) -> Iterator[Problem]:
    """评分的指标要是被评人岗位评分表里的指标。"""
    for given in ratings(records):
        if not given.sheet:
            continue  # an unknown post, which bad-value reports
        for indicator in given.rating.scores or {}:
            if indicator not in given.sheet:
                close = difflib.get_close_matches(indicator, given.sheet, n=1)
                hint = f"是不是 {close[0]}？" if close else ""
                yield problem(
                    given.rating.at("scores", indicator),
                    "unknown-indicator",
                    f"{records.name_of(given.person)}的评分表里没有“{indicator}”这个指标",
                    f"{hint}这个岗位的指标有：{', '.join(given.sheet)}",
                    clause=indicator_clause(given.book),
                )


def score_out_of_range(records: UnitRecords) -> Iterator[Problem]:
    """分数要在 0 到满分之间，完成度在 0 到 1 之间，加减分要大于 0。"""
    for given in ratings(records):
        rating, full = given.rating, scale(given.book)
        for indicator, score in (rating.scores or {}).items():
            line = given.sheet.get(indicator)
            if line is not None and not 0 <= score <= line.points:
                what = f"{records.name_of(given.person)}的“{line.name}”"
                place = rating.at("scores", indicator)
                yield _out_of_range(place, what, score, line.points, indicator_clause(given.book))
        if rating.total is not None and not 0 <= rating.total <= full:
            what = f"{records.name_of(given.person)}的总分"
            yield _out_of_range(rating.at("total"), what, rating.total, full, indicator_clause(given.book))
    yield from _ballots_out_of_range(records)
    yield from _credits_out_of_range(records)
    for items in records.facts.values():
        for fact in items:
            if isinstance(fact, facts.Bonus | facts.Penalty) and fact.points <= 0:
                hint = "加分写 kind: bonus，减分写 kind: penalty，分数都写正数"
                message = f"分数 {number(fact.points)} 不是正数"
                yield problem(fact.at("points"), "score-out-of-range", message, hint)


def _ballots_out_of_range(records: UnitRecords) -> Iterator[Problem]:
    for location, value in records.records.items():
        book = records.book(location.period) if location.period else None
        if not isinstance(value, quarterly.Ballots) or book is None:
            continue
        full = scale(book)
        for person, totals in value.totals.items():
            for index, total in enumerate(totals):
                if not 0 <= total <= full:
                    what = f"{records.name_of(person)}的第 {index + 1} 张测评票"
                    yield _out_of_range(value.at("totals", person, index), what, total, full, _ballot_clause(book))


def _credits_out_of_range(records: UnitRecords) -> Iterator[Problem]:
    for value in records.records.values():
        if not isinstance(value, monthly.Evaluation):
            continue
        for task, result in value.tasks.items():
            if result.credit is not None and not 0 <= result.credit <= 1:
                message = f"任务 {task} 的完成度 {number(result.credit)} 不在 0 到 1 之间"
                yield problem(result.at("credit"), "score-out-of-range", message, "全部完成是 1，完成一半是 0.5")


def scale(book: Book) -> Fraction | int:
    """Return what totals are out of: the score's total, or the sheet's points where no score decides."""
    if book.scheme.score is not None:
        return book.scheme.score.total
    indicators = book.scheme.indicators
    parts = (indicators.common, indicators.individual)
    return sum(part.weight for part in parts if part is not None)


def indicator_clause(book: Book) -> str:
    """Return the clause that lays down the indicators."""
    indicators = book.scheme.indicators
    rule = indicators.individual or indicators.common
    return rule.cite if rule else book.scheme.grades.cite


def _ballot_clause(book: Book) -> str:
    parts = book.scheme.score.parts if book.scheme.score else ()
    return next((part.cite for part in parts if part.source == "ballots"), indicator_clause(book))


def _out_of_range(place: Place, what: str, score: Fraction, points: Fraction | int, clause: str) -> Problem:
    message = f"{what} {number(score)} 分，不在 0 到 {number(points)} 分之间"
    return problem(place, "score-out-of-range", message, "对照原表核实后改正", clause=clause)
