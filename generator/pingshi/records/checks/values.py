"""Whether values name what exists: schemes, departments, posts, grades, items, tasks."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any

from pingshi.diagnostics import Place, Problem, problem
from pingshi.layout import SCHEMES, Location
from pingshi.periods import Period
from pingshi.records import facts, monthly, people, quarterly
from pingshi.records.checks.scores import indicator_clause, ratings
from pingshi.wording import number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pingshi.records.snapshot import UnitRecords

#: Annual grades of institution staff, beside the scheme's own for civil servants.
INSTITUTION_GRADES = ("优秀", "合格", "基本合格", "不合格")


def unknown_scheme(records: UnitRecords) -> Iterator[Problem]:
    """单位启用的方案要在 schemes/ 里有。"""
    for entry in records.unit.schemes:
        if entry.scheme not in records.books:
            close = difflib.get_close_matches(entry.scheme, records.books, n=1)
            hint = f"是不是 {close[0]}？" if close else ""
            yield problem(
                entry.at("scheme"),
                "unknown-scheme",
                f"没有方案“{entry.scheme}”，或它的 scheme.yml 有错误读不了",
                f"{hint}方案放在 {SCHEMES}/{entry.scheme}/scheme.yml",
            )


def bad_value(records: UnitRecords) -> Iterator[Problem]:
    """科室、岗位、等次、事项、任务都要是已有的，同一份评分的总分和各项之和要一致。"""
    yield from _department_values(records)
    yield from _post_values(records)
    yield from _grade_values(records)
    yield from _item_values(records)
    yield from _task_values(records)
    for given in ratings(records):
        total, scores = given.rating.total, given.rating.scores
        if total is not None and scores is not None and sum(scores.values()) != total:
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
        if all(term.value for term in person.leader):
            continue  # leaders are not assessed, so no sheet is needed for theirs
        for term in person.post:
            for entry in records.unit.schemes:
                book = records.books.get(entry.scheme)
                if book is not None and term.value not in book.scheme.posts and not _only_worker(person):
                    yield problem(
                        person.at("post"),
                        "bad-value",
                        f"方案 {book.name} 没有“{term.value}”这个岗位",
                        f"岗位可以写：{', '.join(f'{post} ({name})' for post, name in book.scheme.posts.items())}",
                        clause=indicator_clause(book),
                    )


def _only_worker(person: people.Person) -> bool:
    return all(term.value == "worker" for term in person.category)


def _grade_values(records: UnitRecords) -> Iterator[Problem]:
    for location, value in records.records.items():
        book = records.book(location.period) if location.period else None
        if book is None or location.period is None:
            continue
        names: tuple[str, ...] = book.scheme.grades.names
        clause: str | None = book.scheme.grades.cite
        if location.period.kind == "year":
            names = tuple(
                dict.fromkeys((*(book.scheme.annual.grades if book.scheme.annual else ()), *INSTITUTION_GRADES))
            )
            clause = book.scheme.annual.cite if book.scheme.annual else None
        for place, grade in _grades_within(value):
            if grade not in names:
                yield problem(
                    place, "bad-value", f"方案没有“{grade}”这个等次", f"等次可以写：{', '.join(names)}", clause=clause
                )


def _grades_within(value: Any) -> Iterator[tuple[Place, str]]:
    match value:
        case quarterly.Determination():
            yield from ((value.at("grades", person), decided.grade) for person, decided in value.grades.items())
        case quarterly.Review():
            yield from (
                (rating.at("grade"), rating.grade) for rating in value.people.values() if rating.grade is not None
            )
        case quarterly.Outside() | quarterly.Reply() if value.grade is not None:
            yield value.at("grade"), value.grade
        case _:
            return


def _item_values(records: UnitRecords) -> Iterator[Problem]:
    for items in records.facts.values():
        for fact in items:
            if not isinstance(fact, facts.Outstanding | facts.Misconduct) or fact.item is None:
                continue
            book = records.book(Period("quarter", fact.on.year, (fact.on.month + 2) // 3))
            known = book.scheme.items(fact.kind) if book else ()
            if book is not None and fact.item not in known:
                hint = f"可以写：{', '.join(known)}" if known else "这个方案不分情形，删掉 item 这一行"
                yield problem(fact.at("item"), "bad-value", f"方案没有“{fact.item}”这种情形", hint)


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
