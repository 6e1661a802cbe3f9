"""The readings of design §5, worked out once more: naively, from the plain values, with fractions.

Only what scores: qufu-approval, zhangdian-stats, city-drc. Nothing here asks the program; each
function says which reading it follows. What readings do not cover is left alone (`Unclear`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from properties.happenings import Days, after_months, works
from properties.papers import holders, on

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from properties.units import Case

SCORING = ("qufu-approval", "zhangdian-stats", "city-drc")
WEIGHTS = {
    "qufu-approval": {"principal_leader": 40, "supervising_leader": 30, "ballots": 30},
    "zhangdian-stats": {"supervising_leader": 60, "ballots": 40},
    "city-drc": {"supervising_leader": 60, "months": 40},
}
BANDS = {
    "qufu-approval": (("好", 85), ("较好", 75), ("一般", 60)),
    "zhangdian-stats": (("好", 90), ("较好", 75), ("一般", 60)),
    "city-drc": (("好", 90), ("较好", 75), ("一般", 60)),
}
GRAVE = ("记过", "记大过", "降级", "撤职", "降低岗位等级")
GRAVE_IN_THE_PARTY = ("党内严重警告", "撤销党内职务", "留党察看")


class Unclear(Exception):  # noqa: N818 -- it says what the matter is
    """The readings don't say what holds: two stints away on one day."""


@dataclass
class Reckoned:
    """What is expected of one person."""

    part: str
    score: Fraction | None = None
    suggested: str | None = None
    by_rule: bool = False

    @property
    def written(self) -> str | None:
        """The score with two decimals."""
        return None if self.score is None else f"{Decimal(int(half_up(self.score) * 100)) / 100:.2f}"


def half_up(exact: Fraction) -> Fraction:
    """Reading 6: rounded once, half up, to two decimals (below zero: away from it, as 四舍五入 does)."""
    hundredths = abs(exact) * 100
    whole = hundredths.numerator // hundredths.denominator
    if hundredths - whole >= Fraction(1, 2):
        whole += 1
    return Fraction(whole if exact >= 0 else -whole, 100)


def reckon(case: Case) -> dict[str, Reckoned]:
    """Work out what is to be expected of everybody on the roll."""
    last = Days.of(case.period).last
    people = {path[7:-4]: it for path, it in case.files.items() if path.startswith("people/")}
    found = {}
    for it, person in people.items():
        joined, left = date.fromisoformat(str(person["joined"])), person.get("left")
        if joined > last or (left is not None and left < last):
            continue  # reading 15
        found[it] = Reckoned(part_of(case, it, person))
        if found[it].part == "graded":
            found[it].score = score_of(case, it)
            found[it].suggested, found[it].by_rule = before_the_quota(case, it, found[it].score)
    return found


# --- who takes part (readings 2, 10, 15, 16) ----------------------------------------------


def part_of(case: Case, person: str, own: Mapping[str, Any]) -> str:
    """Reading 16, the first match."""
    days = Days.of(case.period)
    category = on(own["category"], days.last)
    measures = {it["measure"] for it in _facts(case, person, "discipline") if it["from"] <= days.last <= it["to"]}
    if on(own["leader"], days.last) is True or category == "worker":
        return "excluded"
    match case.scheme:
        case "zhangdian-stats":
            if category != "civil_servant":
                return "excluded"
            if _away(case, person, days) in ("secondment", "loan", "training") and _over_six_months(case, person, days):
                return "elsewhere"
            return "comment_only" if measures & {*GRAVE} else "graded"
        case "city-drc":
            return "elsewhere" if _away(case, person, days) in ("aid", "secondment", "loan") else "graded"
        case _:
            probation = own.get("probation_until")
            if category == "civil_servant" and probation is not None and days.last <= probation:
                return "comment_only"
            if _leave_share(case, person, days) > Fraction(1, 2):
                return "comment_only"
            return "comment_only" if measures & {*GRAVE, *GRAVE_IN_THE_PARTY} else "graded"


def _facts(case: Case, person: str, *kinds: str) -> list[dict[str, Any]]:
    return [it for it in case.files.get(f"facts/{person}.yml", ()) if it["kind"] in kinds]


def _within(case: Case, person: str, *kinds: str) -> list[dict[str, Any]]:
    days = Days.of(case.period)
    return [it for it in _facts(case, person, *kinds) if days.first <= it["on"] <= days.last]


def _stint(case: Case, person: str, days: Days) -> dict[str, Any] | None:
    current = [it for it in _facts(case, person, "away") if it["from"] <= days.last <= it.get("to", date.max)]
    if len({(it["type"], it["host"]) for it in current}) > 1:
        raise Unclear
    return current[0] if current else None


def _away(case: Case, person: str, days: Days) -> str:
    stint = _stint(case, person, days)
    return stint["type"] if stint else ""


def _over_six_months(case: Case, person: str, days: Days) -> bool:
    """Reading 10: adjoining stints at one host added; ending the day before the same date is six months."""
    stint = _stint(case, person, days)
    if stint is None:
        return False
    covered = {(stint["from"], stint.get("to", date.max))}
    same = [(it["from"], it.get("to", date.max)) for it in _facts(case, person, "away") if it["host"] == stint["host"]]
    for _ in same:
        covered |= {
            (since, until)
            for since, until in same
            for first, last in set(covered)
            if since <= _next(last) and first <= _next(until)
        }
    begun: date = min(it for it, _ in covered)
    ended: date = max(it for _, it in covered)
    return ended >= after_months(begun, 6)


def _next(day: date) -> date:
    return day if day == date.max else day + timedelta(days=1)


def _leave_share(case: Case, person: str, days: Days) -> Fraction:
    """Reading 2: working days on sick or personal leave, overlapping ones once."""
    leaves = [it for it in _facts(case, person, "leave") if it["type"] in ("sick", "personal")]
    if not leaves:
        return Fraction(0)
    every = list(_working(days.first, days.last))
    taken = Fraction(0)
    for day in every:
        shares = (_share_of_a_day(it) for it in leaves if it["from"] <= day <= it["to"])
        taken += min(Fraction(1), sum(shares, Fraction(0)))
    return taken / len(every)


def _share_of_a_day(leave: Mapping[str, Any]) -> Fraction:
    if "days" not in leave:
        return Fraction(1)
    working = len(list(_working(leave["from"], leave["to"])))
    return min(Fraction(1), Fraction(leave["days"]) / working) if working else Fraction(0)


def _working(first: date, last: date) -> Iterator[date]:
    for index in range((last - first).days + 1):
        day = first + timedelta(days=index)
        if works(day):
            yield day


# --- the score (readings 6, 7, 10, 11, 13) ------------------------------------------------


def score_of(case: Case, person: str) -> Fraction | None:
    """Return the exact score, None where anything that must count is missing or wrong."""
    parts = []
    for source, weight in WEIGHTS[case.scheme].items():
        match source:
            case "ballots":
                value = _ballots(case, person)
            case "months":
                value = _months(case, person)
            case role:
                value = _ratings(case, person, role)
        if value is None:
            return None
        parts.append(Fraction(weight, 100) * value)
    if case.scheme != "city-drc":
        return sum(parts, Fraction(0))
    facts = _within(case, person, "bonus", "penalty")
    if any(it["points"] <= 0 for it in facts):
        return None
    net = sum((Fraction(it["points"]) * (1 if it["kind"] == "bonus" else -1) for it in facts), Fraction(0))
    return sum(parts, Fraction(0)) + sorted((Fraction(-10), net, Fraction(10)))[1]


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def _ratings(case: Case, person: str, role: str) -> Fraction | None:
    """Reading 7: all who hold the role rate; one sheet serves every role that its writer holds."""
    last = Days.of(case.period).last
    due = [it for it in holders(case.files, role, person, last) if it != person]
    values = []
    for reviewer in due:
        sheet = case.files.get(f"{case.period}/reviews/{reviewer}.yml", {"role": role, "people": {}})
        entitled = sheet["role"] == role or reviewer in holders(case.files, sheet["role"], person, last)
        values.append(_total(case, person, sheet["people"].get(person, {}) if entitled else {}))
    if not due or None in values:
        return None
    return _mean([it for it in values if it is not None])


def _total(case: Case, person: str, rating: Mapping[str, Any]) -> Fraction | None:
    if "scores" not in rating:
        total: Fraction | None = rating.get("total")
        return total if total is not None and 0 <= total <= 100 else None
    sheet = case.sheet(person)
    scores: dict[str, Fraction] = rating["scores"]
    if set(scores) != set(sheet) or any(not 0 <= scores[it] <= sheet[it] for it in sheet):
        return None
    total = sum(scores.values(), Fraction(0))
    return total if rating.get("total", total) == total else None


def _ballots(case: Case, person: str) -> Fraction | None:
    totals = case.files.get(f"{case.period}/ballots.yml", {"totals": {}})["totals"].get(person)
    return _mean(totals) if totals and all(0 <= it <= 100 for it in totals) else None


def _months(case: Case, person: str) -> Fraction | None:
    """Reading 11: 100 × mean credit a month; months without tasks left out, one without evaluation leaves no score."""
    first = Days.of(case.period).first
    values = []
    for index in range(3):
        month = after_months(first, index).strftime("%Y-%m")
        tasks = case.files.get(f"{month}/plans/{person}.yml", {"tasks": []})["tasks"]
        told = case.files.get(f"{month}/evaluations/{person}.yml", {"tasks": {}})["tasks"]
        if any(it["id"] not in told for it in tasks):
            return None
        credits_ = [_credit(told[it["id"]]) for it in tasks]
        given = [it for it in credits_ if it is not None]
        if given:
            values.append(100 * _mean(given))
    return _mean(values) if values else None


def _credit(result: Any) -> Fraction | None:
    if isinstance(result, dict):
        return Fraction(result["credit"])
    return {"done": Fraction(1), "undone": Fraction(0), "waived": None}[result]


# --- the grade and the places (readings 3, 4, 5, 8, 10) -----------------------------------


def before_the_quota(case: Case, person: str, score: Fraction | None) -> tuple[str | None, bool]:
    """Return the suggestion before the quota, and whether a rule sets it."""
    days = Days.of(case.period)
    if case.scheme == "qufu-approval":
        if any(it.get("item") == "一票否决" for it in _within(case, person, "misconduct")):
            return "较差", True
        if any(it.get("item") == "一票肯定" for it in _within(case, person, "outstanding")):
            return "好", True
    capped = False
    if case.scheme == "zhangdian-stats":
        if _within(case, person, "admonition"):
            return "较差", True
        warned = (it for it in _facts(case, person, "discipline") if it["measure"] == "警告")
        capped = bool(_within(case, person, "accountability")) or any(
            it["from"] <= days.last <= it["to"] for it in warned
        )
    if score is None:
        return None, False
    grade = next((grade for grade, line in BANDS[case.scheme] if half_up(score) >= line), "较差")
    return ("一般" if capped and grade in ("好", "较好") else grade), False


@dataclass
class Places:
    """What is expected of a pool."""

    base: int
    limit: int


def hand_out_places(case: Case, found: dict[str, Reckoned]) -> dict[str | None, Places]:
    """Readings 3, 4, 8: give the places to those set, then by score; whoever is tied across the limit stays out."""
    if case.scheme == "zhangdian-stats":
        return {}
    last = Days.of(case.period).last
    pools: dict[str | None, list[str]] = {} if case.scheme == "qufu-approval" else {None: []}
    for it, person in found.items():
        if person.part in ("graded", "comment_only"):
            category = on(case.files[f"people/{it}.yml"]["category"], last) or ""
            pools.setdefault(category if case.scheme == "qufu-approval" else None, []).append(it)
    places = {}
    for pool, members in pools.items():
        limit = (2 * len(members)) // 5
        places[pool] = Places(len(members), limit)
        holding = [found[it] for it in members if found[it].suggested == "好"]
        rivals = [it for it in holding if not it.by_rule]
        left = max(0, limit - (len(holding) - len(rivals)))
        scores = [half_up(rival.score) for rival in rivals if rival.score is not None]
        for rival, score in zip(rivals, scores, strict=True):
            rival.suggested = "好" if sum(other >= score for other in scores) <= left else "较好"
    return places
