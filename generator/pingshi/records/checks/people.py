"""Whether everybody who is named anywhere is known."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any

from pingshi.diagnostics import Place, Problem, problem
from pingshi.layout import Location
from pingshi.records import monthly, people, quarterly

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pingshi.records.snapshot import UnitRecords


def unknown_person(records: UnitRecords) -> Iterator[Problem]:
    """记录里写的人都要在 people/ 里有。"""
    known = {*records.people, *(it.person for it in records.broken if it.kind == "people" and it.person)}
    for place, person in _people_named(records):
        if person not in known:
            close = difflib.get_close_matches(person, known, n=1)
            hint = f"是不是 {close[0]}（{records.name_of(close[0])}）？" if close else ""
            path = Location(records.id, "people", None, person).path
            yield problem(place, "unknown-person", f"没有“{person}”这个人", f"{hint}新来的人先建 {path}")


def _people_named(records: UnitRecords) -> Iterator[tuple[Place, str]]:
    """Yield every place that names a person, file names included."""
    yield from _in_office(records.unit)
    for location, value in records.records.items():
        if location.person is not None and location.kind != "people":
            yield Place(location.path), location.person
        yield from _people_within(value)
    for location in records.broken:
        if location.person is not None and location.kind != "people":
            yield Place(location.path), location.person


def _in_office(unit: people.Unit) -> Iterator[tuple[Place, str]]:
    for department in unit.departments:
        for head in department.head:
            yield head.at("is"), head.value
        for leaders in department.led_by:
            yield from ((leaders.at("is"), leader) for leader in leaders.value)
    for organ in people.Organs.model_fields:
        for term in getattr(unit.organs, organ):
            yield from ((term.at("is"), person) for person in term.value)
    for body in unit.bodies:
        yield body.at("head"), body.head
        for role in ("deputies", "members", "representatives"):
            yield from ((body.at(role), person) for person in getattr(body, role))


def _people_within(value: Any) -> Iterator[tuple[Place, str]]:
    match value:
        case quarterly.Review() | monthly.Attendance():
            yield from ((value.at("people", person), person) for person in value.people)
        case quarterly.Ballots():
            yield from ((value.at("counted_by"), person) for person in value.counted_by)
            yield from ((value.at("totals", person), person) for person in value.totals)
        case quarterly.Determination():
            yield from ((value.at("grades", person), person) for person in value.grades)
            consulted = value.consulted.discipline_inspection if value.consulted else None
            if consulted is not None:
                yield from ((consulted.at("except", person), person) for person in consulted.exceptions)
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
