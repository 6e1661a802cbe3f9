"""What all files of one repository rest on: who approves what, and everybody's accounts, on one day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pingshi.forges.accounts import accounts_of
from pingshi.forges.ownership import Ownership
from pingshi.records import on_roll

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from pingshi.records import UnitRecords


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody on the roll: their accounts that can be written, and whether anything at all is theirs to approve.

    `unit` is the unit's name, empty where the repository has no other.
    """

    id: str
    name: str
    unit: str
    accounts: tuple[str, ...]
    approves: bool


class Basis:
    """One repository on one day. `approvers` are the accounts that approve anything; `signed`: leaders sign merges."""

    def __init__(self, units: Mapping[str, UnitRecords], day: date) -> None:
        self.units = dict(sorted(units.items()))
        self.ownership = Ownership(units, day)
        self.approvers = self.ownership.approvers()
        trusts = [it.unit.trust for it in self.units.values()]
        self.signed = any(it is not None and it.level == "signatures" for it in trusts)
        self._day = day

    def colleagues(self) -> Iterator[Colleague]:
        """Yield everybody on the roll, by unit and id."""
        known = set(self.approvers)
        for records in self.units.values():
            unit = plain_name(records.unit.name) if len(self.units) > 1 else ""
            for person in on_roll(records, self._day):
                accounts = accounts_of(records, person)
                name = plain_name(records.name_of(person))
                yield Colleague(person, name, unit, accounts, bool(known & set(accounts)))

    def accounts_by_person(self) -> dict[str, list[str]]:
        """Return the accounts of all on the roll who have one; an id that several units have gets those of all."""
        found: dict[str, set[str]] = {}
        for it in self.colleagues():
            if it.accounts:
                found.setdefault(it.id, set()).update(it.accounts)
        return {person: sorted(accounts) for person, accounts in sorted(found.items())}

    def every_account(self, accounts: Iterable[str]) -> list[str]:
        """Return all accounts of the people who have one of these."""
        wanted = set(accounts)
        known = [accounts_of(records, it) for records in self.units.values() for it in records.people]
        return sorted({account for those in known if wanted & set(those) for account in those})

    def headings(self) -> Iterator[tuple[str, str]]:
        """Yield each unit with a comment that names it."""
        for unit, records in self.units.items():
            yield unit, f"# {plain_name(records.unit.name)}（{unit}）"


def plain_name(name: str) -> str:
    """Return a name without anything that could be more than a name where it is printed; some lose all of it."""
    return re.sub(r"\s+", " ", re.sub(r"[^\w·（）《》、\s-]", "", name)).strip()
