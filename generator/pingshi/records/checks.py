"""The checks across a unit's files that need no grading: one function, one code, one sentence each.

A check's docstring is its rule, as the published list shows it. What a single file can
say by itself (missing keys, wrong types) its model has reported already.
"""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any

from pingshi.diagnostics import Place, Problem, problem
from pingshi.layout import SCHEMES, Location
from pingshi.periods import Period
from pingshi.records import facts, monthly, people, quarterly
from pingshi.records.roster import on_roll
from pingshi.source import held, terms_faults

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from fractions import Fraction

    from pingshi.records.snapshot import UnitRecords
    from pingshi.schemes import Book

#: Annual grades of institution staff, beside the scheme's own for civil servants.
INSTITUTION_GRADES = ("优秀", "合格", "基本合格", "不合格")


def unknown_scheme(records: UnitRecords) -> Iterator[Problem]:
    """单位启用的方案要在 schemes/ 里有。"""
    for entry in records.unit.schemes:
        if entry.scheme not in records.books:
            close = difflib.get_close_matches(entry.scheme, records.books, n=1)
            hint = f"是不是 {close[0]}? " if close else ""
            yield problem(
                entry.at("scheme"),
                "unknown-scheme",
                f"没有方案“{entry.scheme}”, 或它的 scheme.yml 有错误读不了",
                f"{hint}方案放在 {SCHEMES}/{entry.scheme}/scheme.yml",
            )


def unknown_person(records: UnitRecords) -> Iterator[Problem]:
    """记录里写的人都要在 people/ 里有。"""
    known = {*records.people, *(it.person for it in records.broken if it.kind == "people")}
    for place, person in _people_named(records):
        if person not in known:
            close = difflib.get_close_matches(person, known - {None}, n=1)  # type: ignore[type-var]  # None is taken out
            hint = f"是不是 {close[0]} ({records.name_of(close[0])})? " if close else ""
            path = Location(records.id, "people", None, person).path
            yield problem(place, "unknown-person", f"没有“{person}”这个人", f"{hint}新来的人先建 {path}")


def _people_named(records: UnitRecords) -> Iterator[tuple[Place, str]]:
    """Yield every place that names a person, file names included."""
    for department in records.unit.departments:
        for head in department.head:
            yield head.at("is") if head.at("is").path else department.at("head"), head.value
        for leaders in department.led_by:
            for leader in leaders.value:
                yield department.at("led_by"), leader
    for organ in people.Organs.model_fields:
        for term in getattr(records.unit.organs, organ):
            for person in term.value:
                yield records.unit.organs.at(organ), person
    for body in records.unit.bodies:
        yield body.at("head"), body.head
        for role in ("deputies", "members", "representatives"):
            for person in getattr(body, role):
                yield body.at(role), person
    for location, value in records.records.items():
        if location.person is not None and location.kind != "people":
            yield Place(location.path), location.person
        yield from _people_within(value)
    for location in records.broken:
        if location.person is not None and location.kind != "people":
            yield Place(location.path), location.person


def _people_within(value: Any) -> Iterator[tuple[Place, str]]:  # noqa: ANN401 -- any record
    match value:
        case quarterly.Review() | monthly.Attendance():
            yield from ((value.at("people", person), person) for person in value.people)
        case quarterly.Ballots():
            yield from ((value.at("counted_by"), person) for person in value.counted_by)
            yield from ((value.at("totals", person), person) for person in value.totals)
        case quarterly.Determination():
            yield from ((value.at("grades", person), person) for person in value.grades)
            consulted = value.consulted.discipline_inspection if value.consulted else None
            yield from (
                (consulted.at("except", person), person) for person in (consulted.exceptions if consulted else ())
            )
        case monthly.Plan():
            for task in value.tasks:
                if task.adjusted:
                    yield task.adjusted.at("signed_by"), task.adjusted.signed_by
                    yield task.adjusted.at("agreed_by"), task.adjusted.agreed_by
        case tuple():
            for item in value:
                if isinstance(item, quarterly.FeedbackNote | quarterly.SpotCheck):
                    yield item.at("person"), item.person
                if isinstance(item, quarterly.SpotCheck):
                    yield item.at("by"), item.by
        case _:
            return


def wrong_period(records: UnitRecords) -> Iterator[Problem]:
    """周期要是方案规定的考核周期, 并且有方案在执行。"""
    for location in sorted({*records.records, *records.broken}, key=lambda it: it.path):
        period = location.period
        if period is not None and period.kind in ("quarter", "half"):
            yield from _cycle_fault(records, Place(location.path), period)
    for location, value in records.records.items():
        if isinstance(value, monthly.Log) and location.period is not None:
            for week in value.weeks:
                if not week.week.overlaps(location.period):
                    message = f"{week.week} 这一周 ({week.week.first} 到 {week.week.last}) 不在{location.period.title}"
                    yield problem(
                        week.at("week"), "wrong-period", message, "改正周次, 或把这一周移到它所在月份的文件里"
                    )
    for items in records.facts.values():
        for fact in items:
            if isinstance(fact, facts.Absent):
                yield from _cycle_fault(records, fact.at("period"), fact.period)


def _cycle_fault(records: UnitRecords, place: Place, period: Period) -> Iterator[Problem]:
    if not records.unit.schemes:
        yield problem(place, "wrong-period", "单位没有写启用哪个方案", "在 unit.yml 的 schemes 里写上方案和起始周期")
        return
    first = min(entry.since for entry in records.unit.schemes)
    if first.first > period.last:
        message = f"{period.title}还没有方案在执行 (最早从 {first} 开始)"
        yield problem(place, "wrong-period", message, "改正周期, 或在 unit.yml 的 schemes 里补上当时的方案")
        return
    book = records.book(period)
    if book is None:
        return
    cycle = book.scheme.cycle
    if period.kind != cycle.period:
        expected = "季度, 如 2026-Q1" if cycle.period == "quarter" else "半年, 如 2026-H1"
        yield problem(
            place, "wrong-period", f"方案的考核周期不是 {period} 这样的", f"方案每{expected}考核一次", clause=cycle.cite
        )
    elif cycle.since is not None and period.last < cycle.since.first:
        yield problem(
            place, "wrong-period", f"方案从 {cycle.since} 开始考核, 没有 {period}", "改正周期", clause=cycle.cite
        )


def unknown_indicator(records: UnitRecords) -> Iterator[Problem]:
    """评分的指标要是被评人岗位评分表里的指标。"""
    for book, person, rating in _ratings(records):
        sheet = _sheet(records, book, person, rating[0])
        if sheet is None:
            continue
        for indicator in rating[1].scores or {}:
            if indicator not in sheet:
                close = difflib.get_close_matches(indicator, sheet, n=1)
                hint = f"是不是 {close[0]}? " if close else ""
                yield problem(
                    rating[1].at("scores", indicator),
                    "unknown-indicator",
                    f"{records.name_of(person)}的评分表里没有“{indicator}”这个指标",
                    f"{hint}这个岗位的指标有: {', '.join(sheet)}",
                    clause=_indicator_clause(book),
                )


def score_out_of_range(records: UnitRecords) -> Iterator[Problem]:
    """分数要在 0 到满分之间, 完成度在 0 到 1 之间, 加减分要大于 0。"""
    for book, person, (period, rating) in _ratings(records):
        sheet = _sheet(records, book, person, period) or {}
        for indicator, score in (rating.scores or {}).items():
            if indicator in sheet and not 0 <= score <= sheet[indicator].points:
                yield _out_of_range(
                    rating.at("scores", indicator), sheet[indicator].name, score, sheet[indicator].points, book
                )
        if rating.total is not None and not 0 <= rating.total <= _scale(book):
            yield _out_of_range(rating.at("total"), "总分", rating.total, _scale(book), book)
    for location, value in records.records.items():
        if isinstance(value, quarterly.Ballots) and location.period is not None:
            book = records.book(location.period)
            for person, totals in value.totals.items() if book else ():
                for index, total in enumerate(totals):
                    if book and not 0 <= total <= _scale(book):
                        yield _out_of_range(value.at("totals", person, index), "测评票", total, _scale(book), book)
        if isinstance(value, monthly.Evaluation):
            for task, result in value.tasks.items():
                if result.credit is not None and not 0 <= result.credit <= 1:
                    message = f"任务 {task} 的完成度 {_written(result.credit)} 不在 0 到 1 之间"
                    yield problem(result.at("credit"), "score-out-of-range", message, "全部完成是 1, 完成一半是 0.5")
    for items in records.facts.values():
        for fact in items:
            if isinstance(fact, facts.Bonus | facts.Penalty) and fact.points <= 0:
                hint = "加分写 kind: bonus, 减分写 kind: penalty, 分数都写正数"
                yield problem(fact.at("points"), "score-out-of-range", f"分数 {_written(fact.points)} 不是正数", hint)


def bad_value(records: UnitRecords) -> Iterator[Problem]:
    """科室、岗位、等次、事项、任务都要是已有的, 同一份评分的总分和各项之和要一致。"""
    yield from _department_values(records)
    yield from _post_values(records)
    yield from _grade_values(records)
    yield from _item_values(records)
    yield from _task_values(records)
    for _, person, (_, rating) in _ratings(records):
        if rating.total is not None and rating.scores is not None and sum(rating.scores.values()) != rating.total:
            message = f"{records.name_of(person)}的总分 {_written(rating.total)} 与各项之和 {_written(sum(rating.scores.values()))} 不一致"
            yield problem(rating.at("total"), "bad-value", message, "核对后改正其中一个, 或只留各项分数")


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
                place = term.at("is") if term.at("is").path else person.at("department")
                yield problem(
                    place,
                    "bad-value",
                    f"没有“{term.value}”这个科室",
                    f"科室有: {', '.join(known)}; 新科室先写进 unit.yml",
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
                        f"岗位可以写: {', '.join(f'{post} ({name})' for post, name in book.scheme.posts.items())}",
                        clause=_indicator_clause(book),
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
                    place, "bad-value", f"方案没有“{grade}”这个等次", f"等次可以写: {', '.join(names)}", clause=clause
                )


def _grades_within(value: Any) -> Iterator[tuple[Place, str]]:  # noqa: ANN401 -- any record
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
                hint = f"可以写: {', '.join(known)}" if known else "这个方案不分情形, 删掉 item 这一行"
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
            hint = f"台账里有: {', '.join(known)}" if known else "先补上这个月的台账"
            yield problem(value.at("tasks", task), "bad-value", f"台账里没有任务“{task}”", hint)
        needs_credit = result.result in ("late", "below")
        if needs_credit and result.credit is None:
            hint = "补上 credit, 如 0.5; 程序不会替你估计"
            yield problem(value.at("tasks", task), "missing-key", f"任务 {task} 没有写完成度 credit", hint)
        if not needs_credit and result.credit is not None:
            hint = "删掉 credit, 或把 result 改成 late (逾期)、below (未达要求)"
            yield problem(
                result.at("credit"), "bad-value", f"任务 {task} 的结果是 {result.result}, 不能再写完成度", hint
            )


def bad_date(records: UnitRecords) -> Iterator[Problem]:
    """日期的先后要合理: 结束不早于开始, 任期不重叠, 记实的日期在那一周里。"""
    for name, person in records.people.items():
        if person.left is not None and person.left < person.joined:
            yield problem(person.at("left"), "bad-date", f"{person.name}的离开日期早于到岗日期", "核对 joined 和 left")
        yield from _term_faults(person, ("department", "post", "category", "leader"))
        yield from _held_when_assessed(records, name, person)
    for department in records.unit.departments:
        yield from _term_faults(department, ("head", "led_by"))
    yield from _term_faults(records.unit.organs, tuple(people.Organs.model_fields))
    for items in records.facts.values():
        for fact in items:
            until = getattr(fact, "until", None)
            if until is not None and until < getattr(fact, "since", until):
                yield problem(fact.at("to"), "bad-date", f"结束日期 {until} 早于开始日期", "核对 from 和 to")
            educated, refused = getattr(fact, "educated_on", None), getattr(fact, "refused_on", None)
            if refused is not None and (educated is None or refused < educated):
                hint = "先有批评教育 (educated_on), 后有拒不改正 (refused_on)"
                yield problem(fact.at("refused_on"), "bad-date", "拒不改正的日期之前没有批评教育的日期", hint)
    for value in records.records.values():
        match value:
            case quarterly.Publicity() if value.until < value.since:
                yield problem(
                    value.at("to"),
                    "bad-date",
                    f"公示的结束日期 {value.until} 早于开始日期 {value.since}",
                    "核对 from 和 to",
                )
            case monthly.Log():
                for week in value.weeks:
                    for entry in week.entries:
                        if not week.week.first <= entry.on <= week.week.last:
                            message = f"{entry.on} 不在 {week.week} 这一周 ({week.week.first} 到 {week.week.last})"
                            yield problem(entry.at("on"), "bad-date", message, "改正日期, 或移到它所在的那一周")
            case _:
                continue
    yield from _decided_too_early(records)


def _decided_too_early(records: UnitRecords) -> Iterator[Problem]:
    for location, value in records.records.items():
        if not isinstance(value, quarterly.Determination) or location.period is None:
            continue
        if value.decided_on < location.period.first:
            message = f"审定日期 {value.decided_on} 早于{location.period.title}的第一天"
            yield problem(value.at("decided_on"), "bad-date", message, "核对审定日期, 或把文件移到正确的周期")


def _term_faults(value: Any, names: Iterable[str]) -> Iterator[Problem]:  # noqa: ANN401 -- any model with terms
    for name in names:
        for fault in terms_faults(getattr(value, name)):
            yield problem(
                value.at(name),
                "bad-date",
                f"{name}: {fault}",
                "核对每一段的 from 和 to; 前一段结束的次日是后一段的开始",
            )


def _held_when_assessed(records: UnitRecords, name: str, person: people.Person) -> Iterator[Problem]:
    """A term list with a hole on the last day of a period that is being assessed."""
    for period in records.periods():
        if name not in on_roll(records, period.last):
            continue
        for key in ("department", "post", "category", "leader"):
            if held(getattr(person, key), period.last) is None:
                message = f"{person.name}在 {period.last} ({period}最后一天) 没有 {key}"
                yield problem(person.at(key), "bad-date", message, "补上那一天所在的一段")


def _ratings(records: UnitRecords) -> Iterator[tuple[Book, str, tuple[Period, quarterly.Rating]]]:
    for location, value in records.records.items():
        book = records.book(location.period) if location.period else None
        if isinstance(value, quarterly.Review) and book is not None and location.period is not None:
            for person, rating in value.people.items():
                yield book, person, (location.period, rating)


def _sheet(records: UnitRecords, book: Book, person: str, period: Period) -> dict[str, Any] | None:
    known = records.people.get(person)
    post = held(known.post, period.last) if known else None
    return book.scheme.indicators.sheet(post) if post else None


def _scale(book: Book) -> Fraction | int:
    """Return what totals are out of: the score's total, or the sheet's points where no score decides."""
    if book.scheme.score is not None:
        return book.scheme.score.total
    indicators = book.scheme.indicators
    return (indicators.common.weight if indicators.common else 0) + (
        indicators.individual.weight if indicators.individual else 0
    )


def _indicator_clause(book: Book) -> str:
    indicators = book.scheme.indicators
    rule = indicators.individual or indicators.common
    return rule.cite if rule else book.scheme.grades.cite


def _out_of_range(place: Place, what: str, score: Fraction, points: Fraction | int, book: Book) -> Problem:
    message = f"{what}的分数 {_written(score)} 不在 0 到 {_written(points)} 之间"
    return problem(place, "score-out-of-range", message, "核对后改正; 程序不会替你截掉", clause=_indicator_clause(book))


def _written(value: Fraction | int) -> str:
    """Return an exact number as people write it; those read from YAML always end."""
    text = f"{float(value):.6f}".rstrip("0").rstrip(".")
    return text or "0"


#: Every check of this module, in the order of the contract's table.
CHECKS: tuple[Callable[[UnitRecords], Iterator[Problem]], ...] = (
    bad_value,
    bad_date,
    wrong_period,
    unknown_person,
    unknown_scheme,
    unknown_indicator,
    score_out_of_range,
)
