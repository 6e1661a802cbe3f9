"""Files that are no single unit's records: schemes, a unit without a roster, and whatever else is in the repository.

Any personnel office writes them and any principal leader approves them, of the units whose business they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pingshi.authority.apart import set_apart
from pingshi.authority.incumbents import Incumbents
from pingshi.authority.result import Access, Choice, Considered
from pingshi.authority.table import OTHER_FILES, SCHEME_FILES
from pingshi.authority.words import role_title
from pingshi.layout import Location, scheme_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from pingshi.authority.table import Row
    from pingshi.records import UnitRecords
    from pingshi.schemes import Scheme

_NOBODY = "仓库里还没有哪个单位有可以读的 unit.yml，不知道谁担任什么职务，没有人可以填写和审核。"


def of_scheme(units: Mapping[str, UnitRecords], path: str, day: date, author: str | None) -> Access:
    """A scheme belongs to the units that name it; one that nobody names yet, to all of the repository."""
    name = scheme_of(path)
    using = [it for it in units.values() if any(entry.scheme == name for entry in it.unit.schemes)]
    owners = using or list(units.values())
    book = next((it.books.get(name) for it in owners), None)
    return _Owned(owners, book.scheme if book else None, day).access(path, SCHEME_FILES, "考核方案", author)


def of_repository(units: Mapping[str, UnitRecords], path: str, day: date, author: str | None) -> Access:
    """What is neither a record nor a scheme belongs to all units of the repository."""
    owned = _Owned(list(units.values()), _common_scheme(units.values(), day), day)
    return owned.access(path, OTHER_FILES, "记录和方案以外的文件", author)


def of_new_unit(units: Mapping[str, UnitRecords], location: Location, day: date, author: str | None) -> Access:
    """A unit without a readable roster has no offices of its own; those of the other units act for it."""
    owned = _Owned(list(units.values()), _common_scheme(units.values(), day), day)
    unit = Location(location.unit, "unit").path
    why = Considered(f"还没有 {unit}，或者它有错误读不了，由仓库里别的单位的人事部门和主要领导代办。")
    return owned.access(location.path, OTHER_FILES, f"{location.unit} 的文件", author, why)


def _common_scheme(units: Iterable[UnitRecords], day: date) -> Scheme | None:
    """Return the one scheme that all units follow on the day, for its words; None where they differ."""
    books = {book.name: book for it in units if (book := it.book_on(day)) is not None}
    return next(iter(books.values())).scheme if len(books) == 1 else None


class _Owned:
    """Files owned by several units together, on one day."""

    def __init__(self, owners: Sequence[UnitRecords], scheme: Scheme | None, day: date) -> None:
        self.scheme = scheme
        self.day = day
        self.incumbents = [Incumbents(it, day) for it in owners]

    def access(self, path: str, row: Row, what: str, author: str | None, *first: Considered) -> Access:
        """Return who may write and who must approve by the table's row; `first` is told before everything else."""
        writer = role_title(self.scheme, "personnel_office")
        approver = role_title(self.scheme, row.approver)
        writers = self._holding("personnel_office")
        wrote = author or (writers[0] if len(writers) == 1 else None)
        considered = [*first, Considered(f"{what}由{writer}填写。"), Considered(f"{what}由{approver}审核。")]
        choice = Choice(approver, self._holding(row.approver), None)
        notes = [Considered(_NOBODY)]
        if self.incumbents:
            theirs = next((it for it in self.incumbents if wrote in it.records.people), self.incumbents[0])
            choice, notes = set_apart(theirs, self.scheme, choice, {wrote} if wrote else set())
        for it in self.incumbents:
            considered += it.left_out
        return Access(
            path=path,
            day=self.day,
            writer=writer,
            writers=writers,
            approver=choice.role,
            approvers=choice.people,
            manner=choice.manner,
            clause=choice.clause,
            considered=(*considered, *notes),
        )

    def _holding(self, role: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(person for it in self.incumbents for person in it.holding(role)))
