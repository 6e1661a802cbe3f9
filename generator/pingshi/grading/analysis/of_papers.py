"""What stands out in the papers behind the grades: reviews without differences, summaries alike, or none at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pingshi.grading.analysis.clauses import clause_on, of_material
from pingshi.grading.analysis.gathered import one_before
from pingshi.grading.analysis.notable import Case, Notable
from pingshi.grading.analysis.withheld import FEWEST
from pingshi.grading.due import owed
from pingshi.records import Review, Summary
from pingshi.wording import listed, number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pingshi.records import Rating
    from pingshi.schemes import Book

#: A part of a summary that is shorter says what everybody says (遵守各项规章制度), and may well be alike.
_LONG = 20


def same_for_all(case: Case) -> Iterator[Notable]:
    """一个评鉴人评了五人以上，给所有人的分数都一样；没有打分的，等次都一样。"""
    for reviewer, review in case.records.by_person(Review, "reviews", case.now.period).items():
        rated = [it for person, it in review.people.items() if person in case.result.people]
        same = _what_is_same(rated) if len(rated) >= FEWEST else None
        if same is not None:
            role = case.now.book.scheme.role_title(review.role)
            says = f"{role}{case.records.name_of(reviewer)}评鉴的 {len(rated)} 人，{same}。"
            look = "请了解是否逐人评鉴；没有拉开差距的评鉴，对确定等次没有帮助。"
            yield Notable("same_for_all", case.now.period, says, look, _of_role(case.now.book, review.role))


def _what_is_same(rated: list[Rating]) -> str | None:
    scores = {it.total if it.total is not None else sum(it.scores.values()) if it.scores else None for it in rated}
    if scores != {None}:
        only = next(iter(scores))
        return f"都是 {number(only)} 分" if len(scores) == 1 and only is not None else None
    grades = {it.grade for it in rated}
    return f"等次都是{next(iter(grades))}" if len(grades) == 1 and None not in grades else None


def _of_role(book: Book, role: str) -> str | None:
    """Return the clause by which somebody reviews in a role."""
    scheme = book.scheme
    parts = scheme.score.parts if scheme.score else ()
    cites = [it.cite for it in parts if it.by == role]
    cites += [it.cite for it in scheme.procedure if role in (it.propose, it.decide)]
    return next(iter(cites), None)


def alike_summaries(case: Case) -> Iterator[Notable]:
    """同一期的个人小结，有两人以上整段一字不差；少于二十字的段落不看。"""
    found: dict[tuple[str, str], list[str]] = {}
    for person, summary in _summaries(case).items():
        for part, text in _parts(summary).items():
            found.setdefault((part, text), []).append(person)
    alike: dict[tuple[str, ...], list[str]] = {}
    for (part, _), people in found.items():
        if len(people) > 1:
            alike.setdefault(tuple(people), []).append(part)
    for authors, same in alike.items():
        names = listed(case.records.name_of(it) for it in authors)
        says = f"{names} {len(authors)} 人的个人小结，{listed(same)}一字不差。"
        look = "请向本人了解；一起做的工作可以写得相近，个人的成绩和不足应当各写各的。"
        yield Notable("alike_summaries", case.now.period, says, look, _of_honesty(case.now.book))


def copied_from_last(case: Case) -> Iterator[Notable]:
    """本人这一期的个人小结，有整段与上一期一字不差；少于二十字的段落不看。"""
    last = one_before(case.now.period)
    for person, summary in _summaries(case).items():
        before = case.records.get(Summary, "summaries", last, person)
        if before is None:
            continue
        old = _parts(before)
        same = [part for part, text in _parts(summary).items() if old.get(part) == text]
        if same:
            says = f"{case.records.name_of(person)}的个人小结，{listed(same)}与{last.title}的一字不差。"
            look = "请提醒本人按当期情况重写。"
            yield Notable("copied_from_last", case.now.period, says, look, of_material(case.now.book, "summaries"))


def _summaries(case: Case) -> Mapping[str, Summary]:
    return case.records.by_person(Summary, "summaries", case.now.period)


def _parts(summary: Summary) -> dict[str, str]:
    """Return the parts that are long enough to be somebody's own, without spaces."""
    work = "".join(f"{it.task}：{it.result}。" for it in summary.work)
    parts = {
        "政治思想": summary.political,
        "工作表现": work,
        "遵规守纪": summary.discipline,
        "主要成绩": summary.achievements,
        "存在不足": summary.shortcomings,
        "改进措施": summary.improvements,
    }
    written = {part: "".join(text.split()) for part, text in parts.items()}
    return {part: text for part, text in written.items() if len(text) >= _LONG}


def _of_honesty(book: Book) -> str | None:
    return clause_on(book, "conduct") or of_material(book, "summaries")


def no_summaries(case: Case) -> Iterator[Notable]:
    """已经审定了等次，一个科室应当写个人小结的人却一份都没有交。"""
    if not case.now.decided:
        return
    missing = {it.person for it in owed(case.records, case.result) if it.location.kind == "summaries" and not it.there}
    owing: dict[str, list[str]] = {}
    for it in case.now.members:
        if it.part in ("graded", "comment_only"):
            owing.setdefault(it.department, []).append(it.person)
    without = {department: them for department, them in owing.items() if len(them) > 1 and missing.issuperset(them)}
    if len(without) == len(owing) > 1:
        without = {"各科室": [it for them in without.values() for it in them]}
    for department, people in without.items():
        says = f"{department}参加考核的 {len(people)} 人，个人小结一份都没有。"
        look = "请督促补交，并了解等次是凭什么确定的。"
        clause = of_material(case.now.book, "summaries")
        yield Notable("no_summaries", case.now.period, says, look, clause, personal=False)
