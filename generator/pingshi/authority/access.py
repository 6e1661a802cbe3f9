"""From a path and a day to who may write it and who must approve it (design §4).

Two things are asked of different days: which of the scheme's procedures fits a person is a matter of the record's
period (reading 15), who holds a role is a matter of the day given. Nobody loses the right to write about themselves
by leaving: what is owed for a period that one was there for may be handed in later, and is approved all the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pingshi.authority.approvers import Approving
from pingshi.authority.result import Access, Choice, Considered
from pingshi.authority.table import SCHEME_FILES, TABLE
from pingshi.authority.words import role_title
from pingshi.layout import BY_NAME, SCHEMES, locate, scheme_of
from pingshi.source import all_held
from pingshi.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from pingshi.layout import Location
    from pingshi.records import UnitRecords
    from pingshi.schemes import Book, Scheme


def access(units: Mapping[str, UnitRecords], path: str, day: date, author: str | None = None) -> Access:
    """Return who may write a path and who must approve it; the file need not be there. Misplaced where it can't be.

    `author` is who has written it, where that is known: they never approve it. Where a single person may write it,
    that is the author.
    """
    if path.startswith(f"{SCHEMES}/"):
        return _of_scheme(units, path, day, author)
    location = locate(path)
    records = units.get(location.unit)
    if records is None:
        says = f"单位 {location.unit} 还没有 unit.yml，或者它有错误读不了，不知道谁担任什么职务。"
        return Access(path, day, "", (), "", (), "agreement", None, (Considered(says),))
    book = records.book_on(day) if location.period is None else records.book(location.period)
    scheme = book.scheme if book else None
    row = TABLE[location.kind]
    office = row.writer == "office"
    writer = role_title(scheme, "personnel_office") if office else row.who
    writers = all_held(records.unit.organs.personnel_office, day) if office else _person(records, location)
    wrote = author or (writers[0] if len(writers) == 1 else None)
    order = _ordered(book, location)
    first = Considered(f"{BY_NAME[location.kind].title}由{writer}填写。", order)
    asked = Approving(records, book, location, day)
    choice = asked.by(row)
    apart = {it for it in (wrote, location.person) if it is not None}
    if not choice.people and location.person is not None and not _person(records, location):
        says = f"没有“{location.person}”这个人，没有人可以审核；先核对文件名，或者先补上人员资料。"
        approved, left_out = choice, [Considered(says)]
    else:
        approved, left_out = _without(records, scheme, choice, apart, day)
    return Access(
        path=path,
        day=day,
        writer=writer,
        writers=writers,
        approver=approved.role,
        approvers=approved.people,
        manner=approved.manner,
        clause=approved.clause or order,
        considered=(first, *asked.considered, *left_out),
    )


def _person(records: UnitRecords, location: Location) -> tuple[str, ...]:
    """Return the person whom the file is named after, if there is such a person."""
    person = location.person
    return (person,) if person is not None and records.stands("people", None, person) else ()


def _ordered(book: Book | None, location: Location) -> str | None:
    """Return the clause under which the scheme demands such a record."""
    each = (
        {"month": ("month", "week"), "year": ("year",)}.get(location.period.kind, ("period",))
        if location.period
        else ()
    )
    materials = book.scheme.materials if book else ()
    return next((it.cite for it in materials if it.record == location.kind and it.each in each), None)


def _without(
    records: UnitRecords, scheme: Scheme | None, choice: Choice, apart: set[str], day: date
) -> tuple[Choice, list[Considered]]:
    """Leave out those who may not approve: the one who wrote it, and the one whom it is about.

    Where that leaves nobody, the principal leader approves; for the principal leader, another member of the leadership.
    """
    if not choice.people:
        return choice, [Considered(f"{day} 那天没有人担任{choice.role}，没有人可以审核；先在 unit.yml 里写明。")]
    gone = [it for it in choice.people if it in apart]
    if not gone:
        return choice, []
    names = listed(records.name_of(it) for it in gone)
    notes = [Considered(f"{names}不能审核自己写的或者关于自己的材料。")]
    organs = records.unit.organs
    offices = (
        (choice.role, choice.people),
        (role_title(scheme, "principal_leader"), all_held(organs.principal_leader, day)),
        (f"{role_title(scheme, 'leadership')}其他成员", all_held(organs.leadership, day)),
    )
    left = ((role, tuple(it for it in holding if it not in apart)) for role, holding in offices)
    role, people = next(((role, people) for role, people in left if people), (offices[-1][0], ()))
    if role != choice.role:
        notes.append(Considered(f"没有别的{choice.role}，由{role}审核。"))
    return Choice(role, people, choice.clause, choice.manner), notes


def _of_scheme(units: Mapping[str, UnitRecords], path: str, day: date, author: str | None) -> Access:
    """A scheme belongs to the units that name it; one that nobody names yet, to all of the repository."""
    name = scheme_of(path)
    using = [it for it in units.values() if any(entry.scheme == name for entry in it.unit.schemes)]
    owners = using or list(units.values())
    book = next((it.books.get(name) for it in owners), None)
    scheme = book.scheme if book else None
    writer = role_title(scheme, "personnel_office")
    approver = role_title(scheme, SCHEME_FILES.approver)
    writers = _any(all_held(it.unit.organs.personnel_office, day) for it in owners)
    wrote = author or (writers[0] if len(writers) == 1 else None)
    leaders = _any(all_held(it.unit.organs.principal_leader, day) for it in owners)
    considered = [Considered(f"考核方案由{writer}起草。"), Considered(f"考核方案由{approver}审核。")]
    choice = Choice(approver, leaders, None)
    if owners:
        records = next((it for it in owners if wrote in it.people), owners[0])
        choice, notes = _without(records, scheme, choice, {wrote} if wrote else set(), day)
        considered += notes
    return Access(
        path, day, writer, writers, choice.role, choice.people, choice.manner, choice.clause, tuple(considered)
    )


def _any(groups: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(it for group in groups for it in group))
