"""What is written in a period: sheets, ballots, ledgers, determinations, and the talks and notices around them."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from properties.happenings import Days
from variants import book_of

from pingshi.periods import Period

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hypothesis.strategies import DrawFn, SearchStrategy

GRADES = ("好", "较好", "一般", "较差")
#: Who may fill in sheets, in the roles that the scheme asks for; a leader without such a role writes none.
SHEETS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "qufu-approval": (("ld-a", "principal_leader"), ("ld-b", "supervising_leader"), ("ld-c", "supervising_leader")),
    "chaoyang-ecology": (
        *((it, "section_head") for it in ("ld-b", "ld-c", "st-a", "st-b")),
        *((it, "supervising_leader") for it in ("ld-b", "ld-c", "ld-a")),
    ),
}
_SUPERVISING = tuple((it, "supervising_leader") for it in ("ld-b", "ld-c", "ld-a"))
#: Scores to choose from: everybody the same, the two sides of a band's edge, a broad field.
PALETTES: tuple[tuple[str, ...], ...] = (
    ("90",),
    ("90",),
    ("85", "84.99", "85.01"),
    ("90", "89.99", "90.01"),
    ("95", "90", "85"),
    ("96", "95", "94", "93", "92"),
    ("90.5", "90.25", "91"),
    ("75", "74.99", "60", "59.99"),
    ("100", "0"),
    ("88.885", "88.884", "88.895"),
    ("89.995", "89.994"),
    ("95", "92", "90", "86", "85", "80", "75", "70", "60", "50"),
)
#: How a sheet gives its scores; the last three are slips.
FORMS = (*("total",) * 12, *("scores",) * 6, *("both",) * 6, "unequal", "partial", "beyond")
PROPOSING = ("baishan-audit", "chaoyang-ecology")


def _choice(values: tuple[Any, ...]) -> SearchStrategy[Any]:
    return st.sampled_from(values)


_NUMBERS = st.lists(st.integers(50_000, 100_000) | st.integers(84_000, 96_000), min_size=1, max_size=4)


def palette(draw: DrawFn) -> tuple[Fraction, ...]:
    """Draw the scores that this unit's reviewers give."""
    chosen = draw(_choice((*PALETTES, None, None, None, None)))
    if chosen is None:
        return tuple(Fraction(it, 1000) for it in draw(_NUMBERS))
    return tuple(Fraction(it) for it in chosen)


def ratings(draw: DrawFn, scheme: str, period: str, staff: Sequence[str], files: Mapping[str, Any]) -> dict[str, Any]:
    """Draw sheets and ballots. Nothing at all, where rating has not begun."""
    colours = palette(draw)
    complete = draw(_choice((True, True, True, True, False)))
    score = _choice(colours if complete else (*colours, *colours, None))
    grades = _choice(draw(_choice((GRADES, ("好",), ("好", "好", "较好"), ("好", "较好", "优秀")))))
    found: dict[str, Any] = {}
    stray = draw(_choice((False, False, False, False, False, True)))
    for reviewer, role in SHEETS.get(scheme, _SUPERVISING):
        path = f"{period}/reviews/{reviewer}.yml"
        form, people = draw(_choice(FORMS)), {}
        for it in staff:
            if not stray and reviewer not in holders(files, role, it, Days.of(period).last):
                continue
            given = draw(score)
            if given is not None:
                sheet = _sheet(scheme, files[f"people/{it}.yml"], period)
                people[it] = _rating(given, form, sheet) if scheme not in PROPOSING or form != "total" else {}
                if scheme in PROPOSING:
                    people[it]["grade"] = draw(grades)
        if people and path not in found:
            found[path] = {"role": role, "people": people}
    if scheme not in PROPOSING and scheme != "city-drc":
        spread = draw(_choice((("0",), ("0",), ("0", "0.01"), ("0", "-1", "-0.5"), ("0", "0", "-0.01"))))
        totals = {it: given for it in staff if (given := draw(score)) is not None}
        found[f"{period}/ballots.yml"] = {
            "counted_on": Days.of(period).last + timedelta(days=1),
            "counted_by": ["ld-c"],
            "totals": {it: [_within(given + Fraction(more)) for more in spread] for it, given in totals.items()},
        }
    return found


def _within(value: Fraction) -> Fraction:
    return max(Fraction(0), min(Fraction(100), value))


@cache
def _points(scheme: str, post: str) -> tuple[tuple[str, Fraction], ...]:
    sheet = book_of(scheme).scheme.indicators.sheet(post) or {}
    return tuple((name, line.points) for name, line in sheet.items())


def _sheet(scheme: str, person: Mapping[str, Any], period: str) -> tuple[tuple[str, Fraction], ...]:
    """Return the indicators of the person's post on the last day, each with its points."""
    post = on(person["post"], Days.of(period).last)
    return _points(scheme, post or "")


def on(terms: Any, day: date) -> Any:
    """Return what holds on a day, of a value or a list of terms."""
    if not isinstance(terms, list) or not all(isinstance(it, dict) for it in terms):
        return terms
    fitting = (it["is"] for it in terms if it.get("from", date.min) <= day <= it.get("to", date.max))
    return next(fitting, None)


def holders(files: Mapping[str, Any], role: str, person: str, day: date) -> tuple[str, ...]:
    """Return who holds a role towards a person on a day, from the plain values of the files."""
    unit = files["unit.yml"]
    if role == "principal_leader":
        return _all_on(unit["organs"][role], day)
    theirs = on(files[f"people/{person}.yml"]["department"], day)
    department: dict[str, Any] = next((it for it in unit["departments"] if it["id"] == theirs), {})
    if role == "supervising_leader":
        return _all_on(department.get("led_by", []), day)
    head = on(department["head"], day) if "head" in department else None
    return (head,) if head else ()


def _all_on(terms: Any, day: date) -> tuple[str, ...]:
    """Return everybody who holds an office on a day: one name, several, or those whose terms hold the day."""
    if isinstance(terms, str):
        return (terms,)
    if all(isinstance(it, str) for it in terms):
        return tuple(terms)
    fitting = (it["is"] for it in terms if it.get("from", date.min) <= day <= it.get("to", date.max))
    return tuple(dict.fromkeys(who for given in fitting for who in ([given] if isinstance(given, str) else given)))


def _rating(given: Fraction, form: str, sheet: tuple[tuple[str, Fraction], ...]) -> dict[str, Any]:
    """Return a rating of a total: as such, by indicator, both, or with a slip."""
    if form == "beyond":
        return {"total": given + 20}
    if form == "total" or not sheet:
        return {"total": given}
    scores = {name: points * given / 100 for name, points in sheet}
    if form == "both":
        return {"total": given, "scores": scores}
    if form == "unequal":
        return {"total": given - Fraction(1, 2), "scores": scores}
    if form == "partial":
        return {"scores": dict(list(scores.items())[1:])}
    return {"scores": scores}


# --- ledgers ------------------------------------------------------------------------------

_RESULTS: tuple[tuple[Any, ...], ...] = (
    ("done",),
    ("done", "undone"),
    ("done", "done", "undone"),
    ({"result": "late", "credit": Fraction(1, 2)}, "done"),
    ({"result": "below", "credit": Fraction(333, 1000)},),
    ("waived",),
    ("waived", "undone"),
    ("done", None),
    (),
)


def monthly(draw: DrawFn, scheme: str, period: str, staff: Sequence[str]) -> dict[str, Any]:
    """Draw the ledgers of the months and their evaluations, where the scheme scores them (elsewhere a few)."""
    found: dict[str, Any] = {}
    if scheme != "city-drc":
        return found
    results = _choice((*_RESULTS, None, "unevaluated") if draw(_choice((False, True))) else _RESULTS[:5])
    if draw(_choice((True, False))):
        results = _choice((draw(results),))  # everybody's work came out alike: ties
    months = Period.parse(period).months[: draw(_choice((1, 1, 2, 3)))]
    for it in staff:
        for month in months:
            chosen = draw(results)
            if chosen is None:
                continue
            given = ("done",) if chosen == "unevaluated" else chosen
            tasks = [
                {"id": f"t{index}", "ledger": "plan", "content": "工作", "due": month.last, "standard": "按时"}
                for index, _ in enumerate(given)
            ]
            found[f"{month}/plans/{it}.yml"] = {"tasks": tasks}
            if chosen != "unevaluated":
                told = {f"t{index}": result for index, result in enumerate(given) if result is not None}
                found[f"{month}/evaluations/{it}.yml"] = {"tasks": told}
    return found


# --- what stands around -------------------------------------------------------------------

SUMMARY = {
    "political": "坚持学习",
    "work": [{"task": "受理", "result": "按时办结", "classified": False}],
    "discipline": "遵守纪律",
    "achievements": "提速",
    "shortcomings": "宣传不足",
    "improvements": "加强宣传",
    "classified": False,
}


@cache
def _papers(days: Days) -> tuple[tuple[str, Any], ...]:
    """Return what may be written about or by one person, by the folder it goes to."""
    after = days.last + timedelta(days=9)
    return (
        ("summaries", SUMMARY),
        ("summaries", SUMMARY | {"classified": True}),
        ("objections", {"raised_on": after, "says": "请复核"}),
        ("objections", {"raised_on": after + timedelta(days=20), "says": "请复核"}),
        ("replies", {"replied_on": after + timedelta(days=3), "outcome": "upheld", "says": "维持"}),
        ("replies", {"replied_on": after + timedelta(days=30), "outcome": "changed", "grade": "较好", "says": "变更"}),
        ("outside", {"unit": "甲单位", "grade": "好", "basis": "文号十"}),
        ("outside", {"unit": "甲单位", "opinion": "表现良好", "basis": "文号十"}),
        ("outside", {"unit": "甲单位", "grade": "优", "basis": "文号十"}),
    )


_FEEDBACK = ("feedback", "praise", "reminder", "criticism", "warning_talk")


def around(draw: DrawFn, period: str, staff: Sequence[str], days: Days) -> dict[str, Any]:
    """Draw summaries, talks, objections, replies, hosts' results, publicity and filings; mostly few of them."""
    found: dict[str, Any] = {}
    if draw(_choice((True, True, False))):
        return found
    notes: list[dict[str, Any]] = []
    for it in staff:
        for folder, value in draw(st.lists(_choice(_papers(days)), max_size=3)):
            found[f"{period}/{folder}/{it}.yml"] = value
        kind = draw(_choice((*_FEEDBACK, None, None)))
        if kind is not None:
            on_day = days.last + timedelta(days=8)
            notes.append({"person": it, "on": on_day, "form": "talk", "kind": kind, "praised": "扎实"})
    if notes:
        found[f"{period}/feedback/ld-b.yml"] = notes
    shown = draw(_choice((None, (3, 8), (3, 4), (8, 3), (1, 300))))
    if shown is not None:
        since, until = (days.last + timedelta(days=it) for it in shown)
        found[f"{period}/publicity.yml"] = {"from": since, "to": until, "contact": "办公室", "telephone": "0000-1"}
    if draw(_choice((True, False))):
        on_day = days.last + timedelta(days=5)
        filed = [{"form": form, "to": "市委组织部", "on": on_day} for form in ("quarterly_roster", "reward_roster")]
        found[f"{period}/filings.yml"] = filed
        found[f"{period}/spot_checks.yml"] = [{"on": days.last, "by": "ld-c", "person": staff[0], "found": "属实"}]
        found[f"{Period.parse(period).months[0]}/attendance.yml"] = {
            "people": {it: {"late": 0, "absent": 0, "leave": Fraction(1, 2)} for it in staff}
        }
    return found


# --- the decision -------------------------------------------------------------------------

_DECIDED: tuple[tuple[Any, ...], ...] = (
    ("好",),
    ("好", "较好"),
    ("好", "较好", "一般", "较差"),
    ("较好", {"grade": "好", "reason": "集体研究"}, {"grade": "较差", "reason": "集体研究"}),
    ("好", "较好", "优秀", None),
)


def determination(draw: DrawFn, period: str, staff: Sequence[str], days: Days, *, sure: bool) -> dict[str, Any]:
    """Draw a determination: following the rules or not, with reasons or without, of all or of some."""
    if not sure and draw(_choice((True, False))):
        return {}
    grades = _choice(draw(_choice(_DECIDED)))
    decided = {it: grade for it in staff if (grade := draw(grades)) is not None}
    found: dict[str, Any] = {"decided_on": days.last + timedelta(days=draw(_choice((2, 3, 9, -200))))}
    found |= draw(_choice((_NOTHING, _MEETING, _CONSULTED, _EXCEEDS))).value(days)
    return {f"{period}/determination.yml": found | {"grades": decided}}


class _More:
    """What may stand beside the grades."""

    def __init__(self, *parts: str) -> None:
        self.parts = parts

    def value(self, days: Days) -> dict[str, Any]:
        """Return the keys, with dates of the period."""
        after = days.last + timedelta(days=2)
        every: dict[str, Any] = {
            "meeting": "第6次会议",
            "quota_reason": "工作需要",
            "consulted": {
                "discipline_inspection": {"on": after, "outcome": "no_objection", "except": {"st-a": "有反映"}}
            },
        }
        return {it: every[it] for it in self.parts}


_NOTHING, _MEETING = _More(), _More("meeting")
_CONSULTED, _EXCEEDS = _More("consulted"), _More("meeting", "consulted", "quota_reason")

__all__ = ["GRADES", "around", "determination", "holders", "monthly", "on", "palette", "ratings"]
