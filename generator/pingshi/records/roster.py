"""Who is what on a given day: the roll, departments, offices, by term of office (design §4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pingshi.source import all_held, held

if TYPE_CHECKING:
    from datetime import date

    from pingshi.records.people import Department
    from pingshi.records.snapshot import UnitRecords


def on_roll(records: UnitRecords, day: date) -> list[str]:
    """Return the ids of all who are on the roll on the day: joined by then, and not left before it."""
    return sorted(
        name
        for name, person in records.people.items()
        if person.joined <= day and (person.left is None or day <= person.left)
    )


def department_of(records: UnitRecords, person: str, day: date) -> Department | None:
    """Return a person's department on the day, or None where none is recorded or known."""
    known = records.people.get(person)
    name = held(known.department, day) if known else None
    return next((it for it in records.unit.departments if it.id == name), None)


def is_head(records: UnitRecords, person: str, day: date) -> bool:
    """Tell whether the person heads their own department on the day."""
    department = department_of(records, person, day)
    return department is not None and held(department.head, day) == person


def holders(records: UnitRecords, role: str, person: str, day: date) -> tuple[str, ...]:
    """Return who holds a role towards a person on the day.

    `section_head` is the head of the person's department, `supervising_leader` those who
    lead it; the other roles are the unit's organs. Empty where nobody does.
    """
    if role in ("section_head", "supervising_leader"):
        department = department_of(records, person, day)
        if department is None:
            return ()
        if role == "supervising_leader":
            return all_held(department.led_by, day)
        head = held(department.head, day)
        return (head,) if head else ()
    return all_held(getattr(records.unit.organs, role), day)
