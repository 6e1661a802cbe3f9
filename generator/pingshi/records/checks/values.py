"""Whether values name what exists: schemes, departments, posts, grades, items, tasks."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any

from pingshi.diagnostics import Place, Problem, problem
from pingshi.layout import SCHEMES, Location
from pingshi.records import facts, monthly, people, quarterly
from pingshi.records.checks.scores import indicator_clause, ratings
from pingshi.schemes import names_for
from pingshi.source import held
from pingshi.wording import number

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from pingshi.periods import Period
    from pingshi.records.snapshot import UnitRecords
    from pingshi.schemes import Book


def unknown_scheme(records: UnitRecords) -> Iterator[Problem]:
    """单位启用的方案要在 schemes/ 里有。"""
    for entry in records.unit.schemes:
        if entry.scheme not in records.books:
            close = difflib.get_close_matches(entry.scheme, records.books, n=1)
            hint = f"是不是 {close[0]}？" if close else ""
            yield problem(
                entry.at("scheme"),
                "unknown-scheme",
                f"没有方案“{entry.scheme}”，或它的 scheme.yml 有错误，不能用来考核",
                f"{hint}方案放在 {SCHEMES}/{entry.scheme}/scheme.yml；已经有的，先改正其中的错误",
            )


def bad_value(records: UnitRecords) -> Iterator[Problem]:
    """科室、岗位、等次、事项、任务都要是已有的，同一份评分的总分和各项之和要一致。"""
    yield from _department_values(records)
    yield from _post_values(records)
    yield from _grade_values(records)
    yield from _item_values(records)
    yield from _leave_values(records)
    yield from _task_values(records)
    for given in ratings(records):
        total, scores = given.rating.total, given.rating.scores
        if total is not None and scores and sum(scores.values()) != total:
            name, whole = records.name_of(given.person), number(sum(scores.values()))
            message = f"{name}的总分 {number(total)} 与各项之和 {whole} 不一致"
            yield problem(given.rating.at("total"), "bad-value", message, "核对后改正其中一个，或只留各项分数")


def _department_values(records: UnitRecords) -> Iterator[Problem]:
    known = [department.id for department in records.unit.departments]
    for index, department in enumerate(records.unit.departments):
        if department.id in known[:index]:
            yield problem(
                department.at("id"), "bad-value", f"科室代号“{department.id}”写了两次", "每个科室用不同的代号"
            )
    for person in records.people.values():
        for term in person.department:
            if term.value not in known:
                place = term.at("is")
                yield problem(
                    place,
                    "bad-value",
                    f"没有“{term.value}”这个科室",
                    f"科室有：{', '.join(known)}；新科室先写进 unit.yml",
                )


def _post_values(records: UnitRecords) -> Iterator[Problem]:
    for person in records.people.values():
        if all(term.value for term in person.leader) or _only_worker(person):
            continue  # they are not assessed, so no sheet is needed for them
        for term in person.post:
            for book in _in_force(records, max(term.since or person.joined, person.joined), term.until or person.left):
                if term.value not in book.scheme.posts:
                    posts = "、".join(f"{post}（{name}）" for post, name in book.scheme.posts.items())
                    yield problem(
                        term.at("is"),
                        "bad-value",
                        f"方案 {book.name} 没有“{term.value}”这个岗位",
                        f"岗位可以写：{posts}",
                        clause=indicator_clause(book),
                    )


def _in_force(records: UnitRecords, first: date, last: date | None) -> list[Book]:
    """Return the schemes in force at any time from first to last (or ever after)."""
    entries = sorted(records.unit.schemes, key=lambda it: it.since)
    found = []
    for entry, following in zip(entries, [*entries[1:], None], strict=False):
        begins = last is None or entry.since.first <= last
        ends = following is not None and following.since.first <= first
        if begins and not ends and entry.scheme in records.books:
            found.append(records.books[entry.scheme])
    return found


def _only_worker(person: people.Person) -> bool:
    return all(term.value == "worker" for term in person.category)


def _grade_values(records: UnitRecords) -> Iterator[Problem]:
    for location, value in records.records.items():
        book = records.book(location.period) if location.period else None
        if book is None or location.period is None:
            continue
        for place, person, grade in _grades_within(location, value):
            if location.period.kind == "year":
                whose, names, clause = _annual_grades(records, book, person, location.period)
            else:
                whose, names, clause = "方案", book.scheme.grades.names, book.scheme.grades.cite
            if grade not in names:
                hint = f"等次可以写：{'、'.join(names)}" if names else "先在方案的 annual 里写上年度考核的等次"
                yield problem(place, "bad-value", f"{whose}没有“{grade}”这个等次", hint, clause=clause)


def _annual_grades(
    records: UnitRecords, book: Book, person: str, year: Period
) -> tuple[str, tuple[str, ...], str | None]:
    """Return what a person's annual assessment is called, its grades, and the clause that names them."""
    known = records.people.get(person)
    annual = book.scheme.annual
    if annual is None:
        return "方案的年度考核", (), None
    names = names_for(annual, held(known.category, year.last) if known else None)
    if tuple(names) != tuple(names.values()):
        return "事业单位人员的年度考核", tuple(names.values()), None  # laid down for all institutions, by no scheme
    return "年度考核", annual.grades, annual.cite


def _grades_within(location: Location, value: Any) -> Iterator[tuple[Place, str, str]]:
    match value:
        case quarterly.Determination():
            yield from ((value.at("grades", it), it, decided.grade) for it, decided in value.grades.items())
        case quarterly.Review():
            for it, rating in value.people.items():
                if rating.grade is not None:
                    yield rating.at("grade"), it, rating.grade
        case quarterly.Outside() | quarterly.Reply() if value.grade is not None:
            yield value.at("grade"), location.person or "", value.grade
        case _:
            return


def _leave_values(records: UnitRecords) -> Iterator[Problem]:
    for items in records.facts.values():
        for fact in items:
            if isinstance(fact, facts.Leave) and fact.days is not None:
                most = (fact.until - fact.since).days + 1
                if not 0 < fact.days <= most:
                    message = f"请假天数 {number(fact.days)} 与起止日期不符（这段时间共 {most} 天）"
                    yield problem(fact.at("days"), "bad-value", message, "核对 from、to 和 days；整天请假的不用写 days")


def _item_values(records: UnitRecords) -> Iterator[Problem]:
    for items in records.facts.values():
        for fact in items:
            if not isinstance(fact, facts.Outstanding | facts.Misconduct) or fact.item is None:
                continue
            book = records.book_on(fact.on)
            known = book.scheme.items(fact.kind) if book else ()
            if book is not None and fact.item not in known:
                hint = f"可以写：{'、'.join(known)}" if known else "这个方案不分情形，不写 item"
                clause = next((rule.cite for rule in book.scheme.overrides if rule.fact == fact.kind), None)
                message = f"方案没有“{fact.item}”这种情形"
                yield problem(fact.at("item"), "bad-value", message, hint, clause=clause)


def _task_values(records: UnitRecords) -> Iterator[Problem]:
    for location, value in records.records.items():
        if isinstance(value, monthly.Plan):
            seen: set[str] = set()
            for task in value.tasks:
                if task.id in seen:
                    yield problem(task.at("id"), "bad-value", f"任务代号“{task.id}”写了两次", "每项任务用不同的代号")
                seen.add(task.id)
        if isinstance(value, monthly.Evaluation):
            yield from _result_values(records, location, value)


def _result_values(records: UnitRecords, location: Location, value: monthly.Evaluation) -> Iterator[Problem]:
    plan = records.get(monthly.Plan, "plans", location.period, location.person)
    known = [task.id for task in plan.tasks] if plan else []
    plan_is_broken = Location(records.id, "plans", location.period, location.person) in records.broken
    for task, result in value.tasks.items():
        if task not in known and not plan_is_broken:
            hint = f"台账里有：{', '.join(known)}" if known else "先补上这个月的台账"
            yield problem(value.at("tasks", task), "bad-value", f"台账里没有任务“{task}”", hint)
        needs_credit = result.result in ("late", "below")
        if needs_credit and result.credit is None:
            hint = "补上 credit，如 0.5；程序不会替你估计"
            yield problem(value.at("tasks", task), "missing-key", f"任务 {task} 没有写完成度 credit", hint)
        if not needs_credit and result.credit is not None:
            hint = "删掉 credit，或把 result 改成 late（逾期）、below（未达要求）"
            yield problem(
                result.at("credit"), "bad-value", f"任务 {task} 的结果是 {result.result}，不能再写完成度", hint
            )
