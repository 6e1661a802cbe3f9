"""The duties of a year: annual goals and filings, and the annual grades once the year is over."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from pingshi.agenda.material import Order, material_duty, office_duty
from pingshi.grading import owed_in_year, participants
from pingshi.layout import Location
from pingshi.records import Determination, Publicity
from pingshi.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pingshi.agenda.duty import Duty
    from pingshi.periods import Period
    from pingshi.records import UnitRecords


def year_duties(records: UnitRecords, year: Period) -> Iterator[Duty]:
    """Yield every duty of a year that is no period's, done or not, whatever day it is."""
    book = records.book(year)
    if book is None:
        return
    people = participants(records, year)
    for it in owed_in_year(records, year, people):
        yield material_duty(records, book.scheme, year, it)
    annual = book.scheme.annual
    if annual is None or not people:
        return
    determination = records.get(Determination, "determination", year)
    yield office_duty(
        records,
        book.scheme,
        year,
        Location(records.id, "determination", year),
        Order(
            "登记年度考核等次",
            year.last + timedelta(days=1),
            annual.cite,
            "年度考核等次要与全年各期的等次相符（用 pingshi annual 查看可以确定的等次）",
        ),
        done=determination is not None,
    )
    rule = annual.publicity
    decided = {it.grade for it in determination.grades.values()} if determination else set()
    if rule is None or determination is None or not decided & set(rule.grades):
        return
    location = Location(records.id, "publicity", year)
    grades = listed(rule.grades)
    order = Order(f"公示年度考核{grades}等次人员", determination.decided_on, rule.cite, f"公示年度考核{grades}等次人员")
    done = records.get(Publicity, "publicity", year) is not None
    yield office_duty(records, book.scheme, year, location, order, done=done)
