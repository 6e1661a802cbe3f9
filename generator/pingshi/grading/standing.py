"""Where somebody stands on a period's last day, and what part they take (readings 2, 10, 15, 16)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from pingshi.diagnostics import Place, Problem, Severity, problem
from pingshi.grading.result import Step
from pingshi.periods import Period, UnknownYearError, months_after
from pingshi.records import Away, Discipline, Leave, UnitRecords, department_of, holders, is_head
from pingshi.schemes import AWAY_TYPES, CATEGORIES, Condition, Participation, Scheme
from pingshi.source import held
from pingshi.wording import day as day_words
from pingshi.wording import listed, number, percent

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_LEAVE_TYPES = {"sick": "病假", "personal": "事假"}


@dataclass(frozen=True, slots=True)
class Found:
    """A value of the vocabulary, how it is told, and the record that it comes from."""

    value: Any
    told: str
    at: Place | None


class Standing:
    """A person on a period's last day, as the vocabulary of conditions sees them.

    Values are worked out when a condition asks for them; `problems` gathers what could
    not be (a year without a calendar), in which case the condition counts as not met.
    """

    def __init__(self, records: UnitRecords, person: str, period: Period) -> None:
        self.records = records
        self.person = person
        self.period = period
        self.record = records.people[person]
        self.facts = records.facts.get(person, ())
        self.problems: list[Problem] = []
        self._found: dict[str, Found] = {}

    def __getitem__(self, name: str) -> Found:
        if name not in self._found:
            finder: Callable[[], Found] = getattr(self, f"_{name}")
            self._found[name] = finder()
        return self._found[name]

    def holds(self, condition: Condition) -> bool:
        """Tell whether a condition is met; a value that nobody can know does not meet it."""
        try:
            values: Mapping[str, Any] = {name: self[name].value for name in condition.names}
        except UnknownYearError as error:
            message = f"无法计算{self.record.name}的病事假占比，暂按没有超过处理"
            self.problems.append(unknown_calendar(self.record.place, message, error, "error"))
            return False
        return condition.holds(values)

    def told(self, condition: Condition) -> str:
        """Say in Chinese what the condition was judged by."""
        return listed(words for name in condition.names if (words := self[name].told))

    def at(self, condition: Condition) -> Place:
        """Return the record that decided the condition, or the person's own."""
        return next((place for name in condition.names if (place := self[name].at)), self.record.place)

    @property
    def department_id(self) -> str:
        """The id of the person's department on the last day, empty where there is none."""
        department = department_of(self.records, self.person, self.period.last)
        return department.id if department else ""

    @property
    def supervising_leaders(self) -> tuple[str, ...]:
        """Who leads the person's department on the last day."""
        return holders(self.records, "supervising_leader", self.person, self.period.last)

    # --- the vocabulary, one method a word ------------------------------------------------

    def _leader(self) -> Found:
        value = held(self.record.leader, self.period.last) is True
        return Found(value, "是领导成员" if value else "", self.record.at("leader"))

    def _category(self) -> Found:
        value = held(self.record.category, self.period.last) or ""
        return Found(value, f"人员类别是{CATEGORIES.get(value, '未填')}", self.record.at("category"))

    def _post(self) -> Found:
        value = held(self.record.post, self.period.last) or ""
        return Found(value, "", self.record.at("post"))

    def _is_head(self) -> Found:
        value = is_head(self.records, self.person, self.period.last)
        return Found(value, "担任科室正职" if value else "", None)

    def _department_kind(self) -> Found:
        department = department_of(self.records, self.person, self.period.last)
        told = f"所在科室是{department.name}" if department else ""
        return Found(department.kind if department else "", told, department.at("kind") if department else None)

    def _on_probation(self) -> Found:
        until = self.record.probation_until
        value = until is not None and self.period.last <= until
        return Found(value, f"试用期到{day_words(until)}" if until and value else "", self.record.at("probation_until"))

    def _hosted(self) -> Found:
        return Found(self.record.home_unit is not None, f"由{self.record.home_unit}派来", self.record.at("home_unit"))

    def _leave_share(self) -> Found:
        leaves = [
            fact
            for fact in self.facts
            if isinstance(fact, Leave)
            and fact.type in _LEAVE_TYPES
            and fact.since <= self.period.last
            and self.period.first <= fact.until
        ]
        if not leaves:
            return Found(Fraction(0), "没有病假、事假", None)
        calendar = self.records.calendar
        whole = calendar.workdays(self.period.first, self.period.last)
        taken: dict[date, Fraction] = {}
        for leave in leaves:
            span = calendar.workdays(max(leave.since, self.period.first), min(leave.until, self.period.last))
            share = Fraction(1)
            if leave.days is not None:
                own = len(calendar.workdays(leave.since, leave.until))
                share = min(leave.days / own, Fraction(1)) if own else Fraction(0)
            for it in span:
                taken[it] = min(taken.get(it, Fraction(0)) + share, Fraction(1))
        days = sum(taken.values(), Fraction(0))
        value = days / len(whole) if whole else Fraction(0)
        told = f"病事假共 {number(days)} 个工作日，{self.period.title}有 {len(whole)} 个工作日，占比{percent(value)}"
        return Found(value, told, leaves[0].place)

    def _stints(self) -> tuple[Away | None, date | None, date | None]:
        """Return the stint of the last day, and the first and last day of the chain that it belongs to.

        Adjoining stints at one host are added (reading 10); the last day is None while the end is open.
        Of several that hold on the day the latest begun counts, then the one that lasts longest, then the
        gravest type: never the one that happens to stand last in the file.
        """
        stints = sorted((fact for fact in self.facts if isinstance(fact, Away)), key=lambda it: it.since)
        current = [
            it for it in stints if it.since <= self.period.last and (it.until is None or self.period.last <= it.until)
        ]
        if not current:
            return None, None, None
        gravity = list(AWAY_TYPES)
        stint = max(current, key=lambda it: (it.since, it.until or date.max, -gravity.index(it.type), it.host))
        first, last = stint.since, stint.until
        same = [it for it in stints if it.host == stint.host]
        for it in reversed(same):
            if it.since < first and (it.until is None or it.until >= first - timedelta(days=1)):
                first = it.since
        for it in same:
            if (
                last is not None
                and first <= it.since
                and it.since - timedelta(days=1) <= last
                and (it.until is None or it.until > last)
            ):
                last = it.until
        return stint, first, last

    def _away(self) -> Found:
        stint, first, last = self._stints()
        if stint is None or first is None:
            return Found("", "", None)
        until = f"到{day_words(last)}" if last else "起，结束日期未定"
        told = f"{AWAY_TYPES[stint.type]}到{stint.host}，{day_words(first)}{until}"
        return Found(stint.type, told, stint.place)

    def _away_longer_than(self) -> Found:
        stint, first, last = self._stints()

        def longer(months: int) -> bool:
            if stint is None or first is None:
                return False
            return last is None or last >= months_after(first, months)

        return Found(longer, "", stint.place if stint else None)

    def _disciplined(self) -> Found:
        in_force = [
            fact for fact in self.facts if isinstance(fact, Discipline) and fact.since <= self.period.last <= fact.until
        ]

        def disciplined(*measures: str) -> bool:
            return any(fact.measure in measures for fact in in_force)

        told = listed(f"受{fact.measure}处分，自{day_words(fact.since)}至{day_words(fact.until)}" for fact in in_force)
        return Found(disciplined, told, in_force[0].place if in_force else None)


def participation(scheme: Scheme, standing: Standing) -> tuple[str, Participation | None, Step]:
    """Return what part a person takes, the rule that says so (None for the normal case), and the step."""
    name, title = standing.record.name, standing.period.title
    for rule in scheme.participants:
        if standing.holds(rule.when):
            told = standing.told(rule.when)
            says = f"{rule.says}。{name}：{told}。" if told else f"{rule.says}。"
            words = {
                "excluded": f"不参加{title}考核。",
                "elsewhere": f"{title}不在本单位定等次。",
                "comment_only": f"{title}参加考核，不确定等次。",
            }[rule.outcome]
            return (
                rule.outcome,
                rule,
                Step("participation", rule.cite, says + words, rule.outcome, standing.at(rule.when)),
            )
    clause = scheme.participants[0].cite if scheme.participants else scheme.cycle.cite
    says = f"{name}{day_words(standing.period.last)}在册，没有不参加或不定等次的情形，参加{title}考核并确定等次。"
    return "graded", None, Step("participation", clause, says, "graded", standing.record.place)


def unknown_calendar(place: Place, message: str, error: UnknownYearError, severity: Severity = "warning") -> Problem:
    """Return the problem of a judgement that needs a calendar nobody has: an error where a result rests on it."""
    hint = f"{error.year}年的放假安排公布后升级程序，或先在 unit.yml 的 calendar 里写上 holidays 和 workdays"
    message = f"没有 {error.year} 年的工作日历，{message}"
    return problem(place, "unknown-calendar", message, hint, severity=severity)
