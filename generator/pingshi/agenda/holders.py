"""Who holds the role that a duty falls to, by term of office: a duty that is left undone passes to the successor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pingshi.agenda.duty import Someone
from pingshi.records import department_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from pingshi.records import UnitRecords

_DEPARTMENT_ROLES = {"section_head": "head", "supervising_leader": "led_by"}


def named(records: UnitRecords, people: Iterable[str]) -> tuple[Someone, ...]:
    """Return people with their names: those who owe something whatever office they hold."""
    return tuple(Someone(it, records.name_of(it)) for it in people)


def in_office(records: UnitRecords, role: str, since: date, person: str = "", on: date | None = None) -> list[Someone]:
    """Return everybody who holds a role on a day or later, with the term; never the person concerned.

    A department's roles are those of the department where `person` is on the day `on` (or `since`).
    """
    found = []
    for value, first, last in _terms(records, role, person, on or since):
        if last is None or last >= since:
            found += [Someone(it, records.name_of(it), first, last) for it in value if it != person]
    return list(dict.fromkeys(found))


def _terms(
    records: UnitRecords, role: str, person: str, on: date
) -> Iterator[tuple[tuple[str, ...], date | None, date | None]]:
    if role in _DEPARTMENT_ROLES:
        department = department_of(records, person, on)
        terms = getattr(department, _DEPARTMENT_ROLES[role]) if department else ()
    else:
        terms = getattr(records.unit.organs, role)
    for term in terms:
        value = (term.value,) if isinstance(term.value, str) else term.value
        yield value, term.since, term.until
