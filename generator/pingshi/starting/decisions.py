"""What is decided, told and reported after rating: the determination, the feedback, the filings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pingshi.grading import leaders, owed, owed_in_year, pool_title
from pingshi.records import holders
from pingshi.schemes import FORMS, Filing
from pingshi.starting.contents import result_of
from pingshi.starting.decisions_of_year import year_determination
from pingshi.starting.form import Filled
from pingshi.starting.wanted import CannotStartError, nearest
from pingshi.wording import day as day_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pingshi.grading import PeriodResult, PersonResult
    from pingshi.records import FeedbackNote
    from pingshi.schemes import FollowUp
    from pingshi.starting.form import Value
    from pingshi.starting.wanted import Wanted


def determination(wanted: Wanted) -> Mapping[str, Value]:
    """Return everybody to be graded, with the suggestion as a remark; the grades are for people to decide."""
    if wanted.period is not None and wanted.period.kind == "year":
        return year_determination(wanted, wanted.period)
    result, scheme = result_of(wanted), wanted.book.scheme
    graded = {it: person for it, person in result.people.items() if person.participation == "graded"}
    told = {it: f"{person.name}：{_suggested(person)}" for it, person in graded.items()}
    above = [f"可以写：{'、'.join(scheme.grades.names)}", *_places(wanted, result)]
    made: dict[str, Value] = {
        "grades": Filled({it: Filled("", note=note) for it, note in told.items()}, above=tuple(above))
    }
    rule = scheme.consultation
    if rule is None:
        made["consulted"] = Filled("", above=("本方案不要求事先征求纪检监察机关的意见",))
    else:
        whom = scheme.role_title(rule.whom)
        says = f"本方案要求：拟定为{'、'.join(rule.grades)}的，事先征求{whom}的意见（依据 {rule.cite}）"
        made["consulted"] = Filled({rule.whom: {"on": "", "outcome": "", "except": {}}}, above=(says,))
    return made


def _suggested(person: PersonResult) -> str:
    score = f"得分 {person.score.written}，" if person.score else ""
    decided = [step.says.rstrip("。") for step in person.steps if step.rule == "decider"]
    if person.suggested is None:
        why = person.problems[0].message if person.problems else "先用 pingshi check 看问题"
        return f"{score}还没有建议（{why}）"
    return f"{score}建议 {person.suggested}" + "".join(f"；{it}" for it in decided)


def _places(wanted: Wanted, result: PeriodResult) -> list[str]:
    told = []
    for pool in result.pools:
        where = pool_title(wanted.records, pool.rule, pool.pool)
        loose = "（原则上）" if pool.rule.strength == "in_principle" else ""
        told.append(
            f"{where}参加考核 {pool.base} 人，{pool.rule.grade}等次限额{loose} {pool.limit} 人，"
            f"按建议有 {pool.used} 人（依据 {pool.rule.cite}）"
        )
    return told


def feedback(wanted: Wanted, people: Sequence[str], kind: str | None) -> list[Mapping[str, Value]]:
    """Return a note for each person and what the scheme orders for the grade; for those named, or all that are due."""
    result, scheme = result_of(wanted), wanted.book.scheme
    leader = wanted.person or ""
    for it in people:
        if it not in result.people:
            raise CannotStartError(f"{day_words(result.period.last)}在册的人里没有“{it}”；{nearest(it, result.people)}")
    if not people:
        _must_be_readable(wanted)
    noted: Mapping[str, Sequence[FeedbackNote]] = wanted.records.index.get(("feedback", result.period), {})
    written = {(note.person, note.kind) for notes in noted.values() for note in notes}
    made: list[Mapping[str, Value]] = []
    for it in people or _led_by(wanted, result, leader):
        grade = result.people[it].determined or result.people[it].suggested
        rules = [rule for rule in scheme.follow_up if _applies(wanted, rule, it, grade)]
        if not people:
            rules = [rule for rule in rules if _falls_to(wanted, rule, it, leader)]
        due = (
            [kind]
            if kind
            else [rule.kinds[0] for rule in rules if people or not {(it, k) for k in rule.kinds} & written]
        )
        if people and not due:
            due = [""]
        made += [{"person": Filled(it, note=_about(result.people[it])), "kind": one} for one in dict.fromkeys(due)]
    if not made:
        name = wanted.records.name_of(leader)
        raise CannotStartError(f"没有{name}要补记的反馈；另外记一次的，在后面写上人员代号")
    return made


def _applies(wanted: Wanted, rule: FollowUp, person: str, grade: str | None) -> bool:
    """Tell whether a rule is about somebody; measures of improvement stand in the note that another rule orders."""
    if rule.plan:
        return False
    if rule.fact is not None:
        return any(it.kind == rule.fact for it in wanted.records.facts.get(person, ()))
    return rule.grades is None or grade in rule.grades


def _falls_to(wanted: Wanted, rule: FollowUp, person: str, leader: str) -> bool:
    """Tell whether a rule that names whose task it is names this leader; one that names nobody is anybody's."""
    assert wanted.period is not None  # noqa: S101 -- feedback has one
    return rule.by is None or leader in leaders(wanted.records, rule, person, wanted.period)


def _must_be_readable(wanted: Wanted) -> None:
    """Refuse to say what is still due where what has been done can't be read: a form not filled in yet, mostly."""
    if wanted.location in wanted.records.broken:
        raise CannotStartError(
            f"{wanted.location.path} 还没有填好（或者有错误读不了），看不出还差什么；先填好，用 pingshi check 检查"
        )


def _about(person: PersonResult) -> str:
    return person.name + (f"，{person.determined}" if person.determined else "")


def _led_by(wanted: Wanted, result: PeriodResult, leader: str) -> list[str]:
    """Return whom a leader talks with: those led, else those headed, else everybody, for the unit's offices."""
    day = result.period.last
    taking_part = [it for it, person in result.people.items() if person.takes_part and it != leader]
    for role in ("supervising_leader", "section_head", "principal_leader", "personnel_office"):
        own = [it for it in taking_part if leader in holders(wanted.records, role, it, day)]
        if own:
            return own
    name = wanted.records.name_of(leader)
    raise CannotStartError(f"{name}不分管科室，也不是科室正职；在后面写上反馈对象的人员代号")


def filings(wanted: Wanted, form: str | None) -> list[Mapping[str, Value]]:
    """Return an entry for each form that the scheme sends up and has not been filed, or for the one named."""
    assert wanted.period is not None  # noqa: S101 -- filings have one
    if form is None:
        _must_be_readable(wanted)
    records, year = wanted.records, wanted.period.kind == "year"
    due = owed_in_year(records, wanted.period, ()) if year else owed(records, result_of(wanted))
    found: list[Mapping[str, Value]] = [
        {"form": Filled(it.rule.form, note=FORMS[it.rule.form]), "to": it.to or it.rule.to}
        for it in due
        if isinstance(it.rule, Filing) and form in (None, it.rule.form) and (form is not None or not it.there)
    ]
    return found or [{"form": Filled(form, note=FORMS[form]) if form else ""}]
