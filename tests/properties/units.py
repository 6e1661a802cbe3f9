"""Whole units as hypothesis draws them: who works there, what happened, what was written and decided.

A `Case` holds plain values by path, so that a property can change one of them and write the
files anew; they are always read from their YAML. Ids are `ld-a` … of leaders, `st-a` … of
staff, and stand for nothing else anywhere, so that they can be told from all other text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from hypothesis import note
from hypothesis import strategies as st
from office import UNIT
from properties import papers
from properties.happenings import PERIODS, Days, facts, variants
from properties.written import yaml_of
from variants import SCHEMES, book_of, read

from pingshi.grading import PeriodResult, grade_period
from pingshi.periods import Period
from pingshi.records import Blob, Snapshot, UnitRecords, take

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from fractions import Fraction

    from hypothesis.strategies import DrawFn, SearchStrategy

    from pingshi.schemes import Scheme

LEADERS = ("ld-a", "ld-b", "ld-c")
STAFF = tuple(f"st-{it}" for it in "abcdefghi")
ID = re.compile(r"(?<![a-z0-9-])(?:ld|st)-[a-z](?![a-z0-9-])")
#: A scheme's clause of its overrides, under which the cases may add one of their own.
ADDED = "\n  - {{cite: {cite}, says: 被问责的不得高于一般, fact: accountability, at_most: 一般}}"


@dataclass(frozen=True)
class Case:
    """One unit under one scheme. `files`: what stands under records/<unit>/, as plain values."""

    scheme: str
    period: str
    staff: tuple[str, ...]
    files: dict[str, Any]
    scheme_text: bytes | None = None
    written: dict[int, tuple[Any, str]] = field(default_factory=dict, compare=False, repr=False)

    def path(self, name: str) -> str:
        """Return the path of one of the period's own files, without the unit's folder."""
        return f"{self.period}/{name}.yml"

    def having(self, path: str, value: Any) -> Case:
        """Return the case with another value in a file; None for no such file. All others are the same."""
        others = {it: kept for it, kept in self.files.items() if it != path}
        return replace(self, files=others if value is None else {**others, path: value})

    def texts(self) -> dict[str, str]:
        """Return every file of the unit by its whole path."""
        return {f"records/{UNIT}/{path}": self._text(value) for path, value in self.files.items()}

    def _text(self, value: Any) -> str:
        """Write a file; one that this case shares with another is written once."""
        kept = self.written.get(id(value))
        if kept is None:
            kept = self.written[id(value)] = value, yaml_of(value)  # the value too, so that its id stays its own
        return kept[1]

    def blobs(self) -> list[Blob]:
        """Return every file, the scheme's too."""
        records = [Blob(path, text.encode()) for path, text in self.texts().items()]
        scheme, clauses = scheme_files(self.scheme)
        path = f"schemes/{self.scheme}/"
        return [
            Blob(f"{path}scheme.yml", self.scheme_text or scheme),
            Blob(f"{path}clauses.yml", clauses),
            *records,
        ]

    def snapshot(self) -> Snapshot:
        """Read everything."""
        return take(self.blobs())

    def records(self) -> UnitRecords:
        """Read everything and return the unit."""
        return self.snapshot().units[UNIT]

    def grade(self) -> PeriodResult:
        """Read everything and grade the period; there is always a scheme, so that no property holds of nobody."""
        result = grade_period(self.records(), Period.parse(self.period))
        assert result.book is not None, self.snapshot().problems
        return result

    def sheet(self, person: str) -> dict[str, Fraction]:
        """Return the indicators of a person's post on the period's last day, each with its points."""
        post = papers.on(self.files[f"people/{person}.yml"]["post"], Days.of(self.period).last)
        lines = scheme_of(self.scheme).indicators.sheet(post or "") or {}
        return {name: line.points for name, line in lines.items()}

    def show(self) -> None:
        """Print the files where the example fails."""
        show(self.texts(), self.scheme)

    def show_one(self, path: str) -> None:
        """Print a file that another case has otherwise."""
        note(f"--- changed: {path}\n{self._text(self.files[path])}")

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:  # noqa: FBT001 -- hypothesis calls it
        del cycle
        printer.text(repr(self))

    def __repr__(self) -> str:
        return f"<{self.scheme}, {self.period}: {len(self.staff)} of the staff; the files are below>"


def show(texts: Mapping[str, str | bytes | None], scheme: str) -> None:
    """Print files where an example fails, those that say something first."""
    note(f"scheme: {scheme}")
    for path, text in texts.items():
        note(f"--- {path}\n{text if isinstance(text, str) else repr(text)}")


@cache
def scheme_files(name: str) -> tuple[bytes, bytes]:
    """Return the bytes of a scheme's two files, the same objects each time, so that the reader remembers them."""
    return read(name).encode(), read(name, "clauses.yml").encode()


@cache
def scheme_of(name: str) -> Scheme:
    """Return a scheme as loaded; the cases ask it for posts, items and sheets."""
    return book_of(name).scheme


@cache
def with_a_cap(name: str) -> bytes:
    """Return the scheme with one more override: whoever is held accountable gets at most 一般, unless it has that."""
    text, _ = scheme_files(name)
    if any(it.fact == "accountability" for it in scheme_of(name).overrides):
        return text
    cite = scheme_of(name).overrides[0].cite
    found = text.decode().replace("\noverrides:", "\noverrides:" + ADDED.format(cite=cite), 1)
    assert found != text.decode()
    return found.encode()


@cache
def items_of(name: str) -> tuple[str, ...]:
    """Return the scheme's items, each with the kind of fact before it."""
    scheme = scheme_of(name)
    return tuple(f"{kind}:{item}" for kind in ("outstanding", "misconduct") for item in scheme.items(kind))


def _choice(values: tuple[Any, ...]) -> SearchStrategy[Any]:
    return st.sampled_from(values)


#: Two departments: who heads and who leads them. `?` is a member of the staff, where there is one.
STRUCTURES: tuple[tuple[Any, Any, Any, Any], ...] = (
    ("ld-c", ["ld-b"], "ld-c", ["ld-b"]),
    ("st-a", ["ld-b"], "st-b", ["ld-c"]),
    ("st-a", ["ld-b", "ld-c"], "ld-c", ["ld-b"]),
    ("st-a", ["ld-a"], "st-b", ["ld-b"]),
    ("st-a", "ld-b", None, "ld-c"),
    ("ld-b", ["ld-b"], "st-b", []),
    (
        [{"is": "st-a", "to": "LAST-1"}, {"is": "st-b", "from": "LAST"}],
        [{"is": ["ld-b"], "to": "LAST"}, {"is": ["ld-c"], "from": "LAST+1"}],
        "ld-c",
        [{"is": ["ld-b"]}, {"is": ["ld-c"], "from": "FIRST"}],
    ),
)
ORGANS = (
    {"principal_leader": "ld-a", "leadership": ["ld-a", "ld-b"], "personnel_office": "ld-c"},
    {"principal_leader": ["ld-a"], "leadership": ["ld-a", "ld-b"], "personnel_office": ["ld-c"]},
    {
        "principal_leader": [{"is": "ld-b", "to": "LAST-1"}, {"is": "ld-a", "from": "LAST"}],
        "leadership": ["ld-a"],
        "personnel_office": "ld-b",
    },
)


def _dated(value: Any, days: Days) -> Any:
    match value:
        case str() if value.startswith(("FIRST", "LAST")):
            word, _, offset = value.replace("-", "+-").partition("+")
            return (days.first if word == "FIRST" else days.last) + timedelta(days=int(offset or 0))
        case dict():
            return {key: _dated(item, days) for key, item in value.items()}
        case list():
            return [_dated(item, days) for item in value]
        case _:
            return value


_HOW_MANY = _choice((1, 2, 2, 3, 3, 3, 3, 4, 4, 5, 6, 9))
_HOW_MANY_FACTS = _choice((0, 0, 0, 0, 0, 1, 1, 1, 2, 3))
_LIVELINESS = _choice(("quiet", "quiet", "lively"))


@st.composite
def units(
    draw: DrawFn,
    scheme: str | None = None,
    *,
    periods: tuple[str, ...] = PERIODS,
    determined: bool | None = None,
) -> Case:
    """Draw a unit: of one scheme or of any; `determined`: with a determination, without one, or either."""
    scheme = scheme or draw(_choice(SCHEMES))
    period = draw(_choice(periods))
    days, posts = Days.of(period), tuple(scheme_of(scheme).posts)
    staff = STAFF[: draw(_HOW_MANY)]
    files: dict[str, Any] = {"unit.yml": _unit(draw, scheme, period, days)}
    for leader in LEADERS:
        files[f"people/{leader}.yml"] = _person(NAMES[leader], "office", posts[0]) | {"leader": True}
    lively = draw(_LIVELINESS) == "lively"
    of_person, of_facts = _choice(variants(period, posts)), _choice(facts(period, items_of(scheme)))
    for it in staff:
        department = draw(_choice(("hall", "hall", "office")))
        person = _person(NAMES[it], department, posts[0])
        files[f"people/{it}.yml"] = person | (draw(of_person) if lively else {})
        happened = [draw(of_facts) for _ in range(draw(_HOW_MANY_FACTS))]
        if happened:
            files[f"facts/{it}.yml"] = happened
    files |= papers.ratings(draw, scheme, period, staff, files)
    files |= papers.monthly(draw, scheme, period, staff)
    files |= papers.around(draw, period, staff, days)
    if determined is not False:
        files |= papers.determination(draw, period, staff, days, sure=bool(determined))
    return Case(scheme, period, staff, files)


NAMES = dict(
    zip(
        (*LEADERS, *STAFF),
        ["周甲", "吴乙", "郑丙", "赵一", "钱二", "孙三", "李四", "王五", "冯六", "陈七", "褚八", "卫九"],
        strict=True,
    )
)


def _person(name: str, department: str, post: str) -> dict[str, Any]:
    return {
        "name": name,
        "department": department,
        "post": post,
        "category": "civil_servant",
        "leader": False,
        "joined": "2019-07-01",
    }


def _unit(draw: DrawFn, scheme: str, period: str, days: Days) -> dict[str, Any]:
    head, led_by, other_head, other_led_by = draw(_choice(STRUCTURES))
    in_force = [{"from": "2020-Q1", "scheme": scheme}]
    if draw(_choice((True, False, False, False))):
        in_force = [{"from": period, "scheme": scheme}]
    return {
        "name": "示例局",
        "schemes": in_force,
        "departments": [
            {"id": "hall", "name": "窗口科", "kind": "frontline"} | _posts_held(head, led_by, days),
            {"id": "office", "name": "综合科", "kind": "general"} | _posts_held(other_head, other_led_by, days),
        ],
        "organs": _dated(draw(_choice(ORGANS)), days) | {"discipline_inspection": "ld-c"},
    }


def _posts_held(head: Any, led_by: Any, days: Days) -> dict[str, Any]:
    held = {"head": _dated(head, days), "led_by": _dated(led_by, days)}
    return {key: value for key, value in held.items() if value is not None}


def renamed(text: str, new: Callable[[str], str]) -> str:
    """Replace every id in a text."""
    return ID.sub(lambda found: new(found.group()), text)
