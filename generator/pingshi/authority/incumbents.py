"""Who holds an office on a day and is there to act in it.

`unit.yml` may still name somebody who has left, or already somebody who is yet to come. An office is held by whoever is
on the roll that day; whoever is not is left out, and why is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pingshi.authority.result import Considered
from pingshi.records import holders

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from pingshi.records import UnitRecords


class Incumbents:
    """The holders of a unit's offices on one day. `left_out` gathers whom a question has met who is not on the roll."""

    def __init__(self, records: UnitRecords, day: date) -> None:
        self.records = records
        self.day = day
        self._left_out: dict[str, str] = {}

    def holding(self, role: str, person: str = "") -> tuple[str, ...]:
        """Return who holds a role towards the person."""
        return self.there(holders(self.records, role, person, self.day))

    def there(self, people: Iterable[str]) -> tuple[str, ...]:
        """Return those of the people who are on the roll, in the order given."""
        found = []
        for it in people:
            why = self._why_not(it)
            if why is None:
                found.append(it)
            else:
                self._left_out[it] = why
        return tuple(found)

    @property
    def left_out(self) -> tuple[Considered, ...]:
        """Say of each one left out so far why."""
        return tuple(Considered(why) for why in self._left_out.values())

    def _why_not(self, person: str) -> str | None:
        known = self.records.people.get(person)
        if known is None:
            if self.records.stands("people", None, person):
                return f"{person} 的人员资料有错误读不了，不知道在不在册，不算在内；先改正人员资料。"
            return f"没有 {person} 的人员资料，不算在内；先补上人员资料，或者改正 unit.yml。"
        if self.day < known.joined:
            return f"{known.name} {known.joined} 到岗，{self.day} 那天还不在册，不算在内。"
        if known.left is not None and known.left < self.day:
            return f"{known.name} {known.left} 离开，{self.day} 那天已经不在册，不算在内；unit.yml 里要换人。"
        return None
