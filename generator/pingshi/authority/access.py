"""From a path and a day to who may write it and who must approve it (design §4).

Two things are asked of different days: which of the scheme's procedures fits a person is a matter of the record's
period (reading 15), who holds a role is a matter of the day given. Nobody loses the right to write about themselves
by leaving: what is owed for a period that one was there for may be handed in later, and is approved all the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pingshi.authority.apart import set_apart
from pingshi.authority.approvers import Approving
from pingshi.authority.result import Access, Choice, Considered
from pingshi.authority.shared import of_new_unit, of_repository, of_scheme
from pingshi.authority.table import TABLE
from pingshi.authority.words import record_title, role_title
from pingshi.layout import area_of, locate

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from pingshi.layout import Location
    from pingshi.records import UnitRecords
    from pingshi.schemes import Book, Material


def access(units: Mapping[str, UnitRecords], path: str, day: date, author: str | None = None) -> Access:
    """Return who may write a path and who must approve it; the file need not be there. Misplaced where it can't be.

    `author` is who has written it, where that is known: they never approve it. Where a single person may write it,
    that is the author.
    """
    match area_of(path):
        case "schemes":
            return of_scheme(units, path, day, author)
        case "other":
            return of_repository(units, path, day, author)
        case "records":
            location = locate(path)
    records = units.get(location.unit)
    if records is None:
        return of_new_unit(units, location, day, author)
    asked = _Asked(records, location, day, author)
    return asked.of_nobody() if asked.is_nobodys() else asked.of_record()


class _Asked:
    """The question of one record of a known unit."""

    def __init__(self, records: UnitRecords, location: Location, day: date, author: str | None) -> None:
        self.records = records
        self.location = location
        self.author = author
        period = location.period
        self.book = records.book_on(day) if period is None else records.book(period)
        self.approving = Approving(records, self.book, location, day)
        self.office = role_title(self.approving.scheme, "personnel_office")
        self.clerks = self.approving.incumbents.holding("personnel_office")

    def is_nobodys(self) -> bool:
        """Tell whether the file is named after somebody whom the roster does not know; a new colleague's own is not."""
        person = self.location.person
        return person is not None and self.location.kind != "people" and not self.records.stands("people", None, person)

    def of_record(self) -> Access:
        """The table's row, with the holders of the day."""
        row = TABLE[self.location.kind]
        office = row.writer == "office"
        writer = self.office if office else row.who
        writers = self.clerks if office else tuple(it for it in (self.location.person,) if it is not None)
        order = _ordered(self.book, self.location)
        clause = order.cite if order is not None else None
        first = Considered(f"{record_title(self.location.kind)}由{writer}填写。", clause, rule=order)
        return self._answer(writer, writers, self.approving.by(row), clause, first)

    def of_nobody(self) -> Access:
        """Who may take away a file that is named after nobody."""
        says = (
            f"没有“{self.location.person}”这个人，这份文件只能由{self.office}删去；"
            "是新来的人，就先补上人员资料；文件名写错了，就改正文件名。"
        )
        leader = role_title(self.approving.scheme, "principal_leader")
        choice = Choice(leader, self.approving.incumbents.holding("principal_leader"), None)
        second = Considered(f"删去这份文件由{leader}审核。")
        return self._answer(self.office, self.clerks, choice, None, Considered(says), second)

    def _answer(
        self, writer: str, writers: tuple[str, ...], choice: Choice, order: str | None, *first: Considered
    ) -> Access:
        wrote = self.author or (writers[0] if len(writers) == 1 else None)
        apart = {it for it in (wrote, self.location.person) if it is not None}
        incumbents = self.approving.incumbents
        approved, notes = set_apart(incumbents, self.approving.scheme, choice, apart)
        return Access(
            path=self.location.path,
            day=self.approving.day,
            writer=writer,
            writers=writers,
            approver=approved.role,
            approvers=approved.people,
            manner=approved.manner,
            clause=approved.clause or order,
            considered=(*first, *self.approving.considered, *incumbents.left_out, *notes),
            only_removal=self.is_nobodys(),
        )


def _ordered(book: Book | None, location: Location) -> Material | None:
    """Return the rule by which the scheme demands such a record."""
    each = (
        {"month": ("month", "week"), "year": ("year",)}.get(location.period.kind, ("period",))
        if location.period
        else ()
    )
    materials = book.scheme.materials if book else ()
    return next((it for it in materials if it.record == location.kind and it.each in each), None)
