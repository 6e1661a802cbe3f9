"""How a year's outcome came about, sentence by sentence: the periods counted, and what each rule made of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pingshi.diagnostics import Place
from pingshi.grading.period import determined
from pingshi.grading.result import Step
from pingshi.grading.standing import participation
from pingshi.layout import Location
from pingshi.records import Absent, Admonition, Determination, Fraud, Outside
from pingshi.schemes import left_by
from pingshi.wording import day as day_words
from pingshi.wording import decimal, listed, percent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from fractions import Fraction

    from pingshi.grading.standing import Standing
    from pingshi.periods import Period
    from pingshi.records import AnyFact, Person, UnitRecords
    from pingshi.schemes import Annual, AnnualRule, Book, Outcome, Participation, Scheme

#: Decimals of a share that has no end.
_PLACES = 4


@dataclass(frozen=True, slots=True)
class Counted:
    """What a period comes to: its step, the grade recorded, whether it counts, whether that is certain.

    `pending`: the period's title, where it has not been decided yet.
    """

    step: Step
    grade: str | None = None
    counts: bool = False
    certain: bool = True
    pending: str = ""


@dataclass(frozen=True, slots=True)
class YearFacts:
    """The facts that annual rules ask for: of the year (`on`), or of one of its periods (reading 15).

    A refusal belongs to the year of what was refused to be mended, not to that of the refusal.
    """

    admonitions: tuple[Admonition, ...]
    absences: tuple[Absent, ...]
    refusals: tuple[Absent | Fraud, ...]

    @classmethod
    def of(cls, facts: Iterable[AnyFact], year: Period) -> YearFacts:
        """Pick the year's own."""
        found = tuple(facts)
        absences = tuple(it for it in found if isinstance(it, Absent) and year.contains(it.period))
        frauds = tuple(it for it in found if isinstance(it, Fraud) and year.holds(it.on))
        unmended: tuple[Absent | Fraud, ...] = (*absences, *frauds)
        return cls(
            admonitions=tuple(it for it in found if isinstance(it, Admonition) and year.holds(it.on)),
            absences=absences,
            refusals=tuple(it for it in unmended if it.refused_on is not None),
        )


def period_counted(standing: Standing, of_year: Book) -> tuple[Counted, str, Participation | None]:
    """Return what a period comes to for somebody, and the part that they took in it under which rule.

    `of_year`: the scheme of the year, which may be another one than the period's, with grades of other names.
    """
    records, period, person = standing.records, standing.period, standing.person
    book = records.book(period)
    assert book is not None  # noqa: S101 -- only periods for which a scheme is in force are asked for
    scheme, title, name = book.scheme, period.title, standing.record.name
    kind, rule, _ = participation(scheme, standing)
    clause = rule.cite if rule else scheme.cycle.cite
    if standing.record.joined > period.last:
        says = f"{name}在{title}最后一天还没有到岗，这一期没有等次，不计入。"
        return Counted(Step("not_counted", scheme.cycle.cite, says, None, standing.record.at("joined"))), kind, rule
    name_of_file = "outside" if kind == "elsewhere" else "determination"
    location = Location(records.id, name_of_file, period, person if kind == "elsewhere" else None)
    if location in records.broken:
        says = f"{title}的结果（{location.path}）有错误读不了，改正之前不计入。"
        return Counted(Step("not_counted", clause, says, None, Place(location.path)), certain=False), kind, rule
    grade = determined(standing, kind)
    if grade is None:
        step = Step("not_counted", clause, _ungraded(standing, kind), None, _place(standing, kind))
        decided = records.get(Determination, "determination", period) is not None
        return Counted(step, pending="" if decided or kind == "excluded" else title), kind, rule
    place = _place(standing, kind)
    if grade not in scheme.grades.names:
        says = f"{title}记录的“{grade}”不是方案的等次，改正之前不计入。"
        return Counted(Step("not_counted", scheme.grades.cite, says, grade, place), grade, certain=False), kind, rule
    if grade not in of_year.scheme.grades.names:
        says = f"{title}的结果是{grade}；年底执行的方案没有这个等次，没有写明怎样折算，没有计入。"
        return Counted(Step("not_counted", scheme.grades.cite, says, grade, place), grade, certain=False), kind, rule
    if kind == "elsewhere":
        outside = records.get(Outside, "outside", period, person)
        says = f"{title}由{outside.unit if outside else ''}考核，结果是{grade}，计入全年。"
        return Counted(Step("outside", clause, says, grade, place), grade, counts=True), kind, rule
    says = f"{title}审定为{grade}，计入全年。"
    return Counted(Step("grade", scheme.grades.cite, says, grade, place), grade, counts=True), kind, rule


def _place(standing: Standing, kind: str) -> Place:
    """Return where a period's grade is recorded, or else the person's own record."""
    records, period, person = standing.records, standing.period, standing.person
    if kind == "elsewhere":
        outside = records.get(Outside, "outside", period, person)
        return outside.at("grade") if outside else standing.record.place
    determination = records.get(Determination, "determination", period)
    if determination is not None and (person in determination.grades or kind == "graded"):
        return determination.at("grades", person)
    return standing.record.place


def _ungraded(standing: Standing, kind: str) -> str:
    title = standing.period.title
    if kind == "graded":
        decided = standing.records.get(Determination, "determination", standing.period) is not None
        return f"{title}的审定结果里没有{standing.record.name}，不计入。" if decided else f"{title}还没有审定，不计入。"
    why = {
        "comment_only": "参加考核，不确定等次",
        "elsewhere": "由外单位考核，还没有等次",
        "excluded": "不参加考核",
    }[kind]
    return f"{title}{why}，不计入。"


def unusable_steps(records: UnitRecords, periods: Sequence[Period]) -> list[Step]:
    """Say which quarters are not counted because nobody can use the scheme that was in force."""
    if not periods:
        return []
    titles = listed(it.title for it in periods)
    says = f"{titles}执行的方案有错误用不了，改正之前，这段时间的结果没有计入。"
    return [Step("not_counted", None, says, None, records.unit.at("schemes"))]


def excluded_step(standing: Standing, rule: Participation, year: Period) -> Step:
    """Say why the scheme has nothing to say about somebody's year."""
    told = standing.told(rule.when)
    says = f"{rule.says}。{standing.record.name}：{f'{told}，' if told else ''}{year.title}考核不适用本方案。"
    return Step("participation", rule.cite, says, "excluded", standing.at(rule.when))


def weight_step(scheme: Scheme) -> list[Step]:
    """Say what share the regular assessments have in a quantified annual score, where the scheme gives one."""
    weight = scheme.annual.weight if scheme.annual else None
    if weight is None:
        return []
    says = f"量化年度考核时，{scheme.terms.assessment}占{percent(weight.share)}。"
    return [Step("weight", weight.cite, says, share(weight.share), weight.place)]


def share(value: Fraction) -> str:
    """Write a share as a decimal number of at least two decimals: 0.60."""
    places = next((it for it in range(2, _PLACES) if (value * 10**it).denominator == 1), _PLACES)
    return decimal(round(value, places), places)


def rule_steps(
    scheme: Scheme,
    person: Person,
    names: Mapping[str, str],
    counted: Sequence[Counted],
    facts: YearFacts,
    outcome: Outcome,
    year: Period,
) -> Iterator[Step]:
    """Say of each rule that fires what it was judged by and what it leaves; only how it ends where taking part does."""
    annual = scheme.annual
    assert annual is not None  # noqa: S101 -- there is no outcome without
    for index, rule in enumerate(outcome.applied):
        if not outcome.takes_part and not rule.ends_taking_part:
            continue
        before, now = left_by(annual, outcome.applied[:index]), left_by(annual, outcome.applied[: index + 1])
        effect, value = _effect(rule, names, before, now, year)
        told = listed(_told(rule, scheme, counted, facts))
        at = _source(rule, facts) or _last(counted) or rule.place
        says = f"{rule.says}。{person.name}：{told}，{effect}。"
        yield Step(_kind(rule), rule.cite, says, value, at)


def _kind(rule: AnnualRule) -> str:
    """Return a rule's kind, which is its key in the scheme."""
    kinds = ("only", "bars", "prefers", "permits")
    return next((it for it in kinds if getattr(rule, it) is not None), "ends_taking_part")


def _effect(
    rule: AnnualRule, names: Mapping[str, str], before: tuple[str, ...], now: tuple[str, ...], year: Period
) -> tuple[str, str | None]:
    """Return what a rule does, in words, and the grades that it leaves or names."""
    left = listed(names[it] for it in now)
    soft = "原则上" if rule.strength == "in_principle" else ""
    if rule.only is not None:
        words = f"{soft}确定为{'或者'.join(names[it] for it in rule.only)}"
        if not set(rule.only) & set(before):
            words += f"；与前面的规定不一致，从重确定为{left}"
        return words, left
    if rule.bars is not None:
        return f"{soft}不得确定为{'、'.join(names[it] for it in rule.bars)}", left
    if rule.prefers is not None:
        return f"可以优先确定为{names[rule.prefers]}", names[rule.prefers]
    if rule.permits is not None:
        return f"可以直接确定为{names[rule.permits]}", names[rule.permits]
    return f"不参加{year.title}考核", None


def _told(rule: AnnualRule, scheme: Scheme, counted: Sequence[Counted], facts: YearFacts) -> Iterator[str]:
    """Say what a rule's condition was judged by."""
    asked = rule.when.names
    if {"count", "periods"} & set(asked):
        grades = Counter(it.grade for it in counted if it.counts)
        if grades:
            each = listed(f"{name} {grades[name]} 次" for name in scheme.grades.names if grades[name])
            yield f"全年计入 {sum(grades.values())} 期，{each}"
        else:
            yield "全年没有计入的等次"
    if "admonitions" in asked:
        days = "、".join(day_words(it.on) for it in facts.admonitions)
        yield f"全年被告诫 {len(facts.admonitions)} 次" + (f"（{days}）" if days else "")
    if "absent" in asked and facts.absences:
        yield listed(f"{it.period.title}没有按规定参加考核（{it.reason.rstrip('。')}）" for it in facts.absences)
    if "refused" in asked and facts.refusals:
        yield listed(f"{_refused_on(it)}认定经教育后拒不改正" for it in facts.refusals)


def _refused_on(fact: Absent | Fraud) -> str:
    on: date | None = fact.refused_on
    return day_words(on) if on else ""


def _source(rule: AnnualRule, facts: YearFacts) -> Place | None:
    """Return the first fact that a rule asks for and that there is."""
    asked = rule.when.names
    found = [*(facts.admonitions if "admonitions" in asked else ()), *(facts.absences if "absent" in asked else ())]
    found += facts.refusals if "refused" in asked else ()
    return found[0].place if found else None


def _last(counted: Sequence[Counted]) -> Place | None:
    """Return where the last grade that counts is recorded."""
    return next((it.step.at for it in reversed(counted) if it.counts), None)


def outcome_step(
    annual: Annual,
    person: Person,
    names: Mapping[str, str],
    counted: Sequence[Counted],
    outcome: Outcome,
    year: Period,
) -> Step:
    """Say what is left after all rules."""
    at = _last(counted) or person.place
    if not outcome.takes_part:
        return Step("allowed", annual.cite, f"{person.name}不参加{year.title}考核，不确定等次。", None, at)
    allowed = listed(names[it] for it in outcome.allowed)
    narrowing = [it for it in outcome.applied if it.only is not None or it.bars is not None]
    soft = any(it.strength == "in_principle" for it in narrowing)
    if not outcome.applied:
        says = f"方案对{person.name}{year.title}考核的等次没有限制，可以确定为{allowed}"
    elif len(outcome.allowed) == 1:
        says = f"{person.name}{year.title}考核只能确定为{allowed}"
    else:
        says = f"{person.name}{year.title}考核{'原则上' if soft else '可以'}确定为{allowed}"
    preferred = [names[it] for it in dict.fromkeys(outcome.preferred) if it in outcome.allowed]
    says += f"，其中优先考虑{listed(preferred)}" if preferred else ""
    pending = [it.pending for it in counted if it.pending]
    if pending:
        says += f"；{listed(pending)}还没有审定，审定以后再看"
    elif not any(it.counts for it in counted):
        says += "；但全年没有等次，试用期、处分期等不确定等次的人员，上级另有规定的从其规定"
    return Step("allowed", annual.cite, f"{says}。", allowed, at)


def decision_step(records: UnitRecords, book: Book, person: str, year: Period) -> list[Step]:
    """Say what was decided for the year, if anything was."""
    determination = records.get(Determination, "determination", year)
    decided = determination.grades.get(person) if determination else None
    if determination is None or decided is None:
        return []
    meeting = f"，{determination.meeting}" if determination.meeting else ""
    says = f"{day_words(determination.decided_on)}{meeting}，{year.title}考核审定为{decided.grade}。"
    says += f"理由：{decided.reason.rstrip('。')}。" if decided.reason else ""
    clause = book.scheme.annual.cite if book.scheme.annual else book.scheme.cycle.cite
    return [Step("decision", clause, says, decided.grade, determination.at("grades", person))]
