"""Who approves a record, before anybody is left out for having written it: one function for each word of the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pingshi.authority.incumbents import Incumbents
from pingshi.authority.result import Choice, Considered
from pingshi.authority.words import record_title, roles_title
from pingshi.grading import Standing, participation, procedure_for
from pingshi.records import department_of, holders, on_roll
from pingshi.schemes import REVIEWER_ROLES
from pingshi.source import all_held

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from pingshi.authority.table import Row
    from pingshi.layout import Location
    from pingshi.periods import Period
    from pingshi.records import UnitRecords
    from pingshi.schemes import Book, Procedure, Scheme
    from pingshi.source import Located

#: Who approves what somebody files about themselves, where the scheme names nobody.
_EITHER = ("section_head", "supervising_leader")


class Approving:
    """The question of one record on one day, with the rules looked at so far."""

    def __init__(self, records: UnitRecords, book: Book | None, location: Location, day: date) -> None:
        self.records = records
        self.location = location
        self.day = day
        self.incumbents = Incumbents(records, day)
        self.scheme: Scheme | None = book.scheme if book else None
        self.considered: list[Considered] = []
        self._title = record_title(location.kind)

    def by(self, row: Row) -> Choice:
        """Return who approves by the table's row."""
        match row.approver:
            case "direct":
                return self._direct()
            case "decider":
                return self._decider()
            case "leader":
                return self._leader()
            case "receipt":
                return self._receipt(f"{self._title}由{{}}签收，只确认收到，不表示同意", None)
            case "principal_leader":
                clause = self._deciding_clause() if row.kind == "determination" else None
                return self._named(("principal_leader",), clause, f"{self._title}由{{}}审核")

    # --- the table's words ------------------------------------------------------------------

    def _direct(self) -> Choice:
        """The scheme's own rule for the kind, else whoever proposes the person's grade, else either of the two."""
        scheme = self.scheme
        for rule in scheme.approvals if scheme else ():
            if rule.record == self.location.kind:
                self._note(rule.says, rule.cite, rule=rule)
                return Choice(self._roles(rule.by), self._holders(rule.by), rule.cite)
        procedure = self._procedure(self.location.person or "", tell=True)
        if procedure is not None and procedure.propose is not None:
            return self._named((procedure.propose,), procedure.cite, f"{self._title}由提出等次的{{}}审核")
        return self._named(_EITHER, None, f"方案没有写{self._title}由谁审核，{{}}都可以审核")

    def _decider(self) -> Choice:
        """Whoever decides on the people of the sheet; where the one who wrote it decides alone, the office receives it.

        A member of a leadership that decides together does not decide alone, and another member approves; the
        principal leader, who decides with it or for it, does.
        """
        reviewer = self.location.person or ""
        deciders: dict[str, Procedure] = {}
        roles: list[str] = []
        for person in self._reviewed(reviewer):
            procedure = self._procedure(person)
            if procedure is None:
                continue
            those = self.incumbents.holding(procedure.decide, person)
            alone = procedure.decide != "leadership" or self._is_principal(reviewer)
            if reviewer in those and alone:
                self._note(procedure.says, procedure.cite, rule=procedure)
                told = f"{self.records.name_of(reviewer)}自己就是审定的人，{self._title}由{{}}签收"
                return self._receipt(told, procedure.cite)
            deciders |= {it: procedure for it in those if it not in deciders}
            roles.append(procedure.decide)
        if not roles:
            return self._named(("principal_leader",), None, f"方案没有写由谁审定，{self._title}由{{}}审核")
        for rule in {(it.says, it.cite): it for it in deciders.values()}.values():
            self._note(rule.says, rule.cite, rule=rule)
        clause = next((it.cite for it in deciders.values()), None)
        return Choice(self._roles(dict.fromkeys(roles)), tuple(deciders), clause)

    def _leader(self) -> Choice:
        """Whoever leads the person's department, or any where it is about nobody known; and the principal leader."""
        roles = ("supervising_leader", "principal_leader")
        if self.location.person is not None and self._department() is not None:
            return self._named(roles, None, f"{self._title}由{{}}审核")
        leaders = (all_held(it.led_by, self.day) for it in self.records.unit.departments)
        led = self.incumbents.there(it for those in leaders for it in those)
        people = (*led, *self._holders(("principal_leader",)))
        self._note(f"{self._title}由{self._roles(roles)}审核")
        return Choice(self._roles(roles), tuple(dict.fromkeys(people)), None)

    def _receipt(self, says: str, clause: str | None) -> Choice:
        choice = self._named(("personnel_office",), clause, says)
        return Choice(choice.role, choice.people, clause, "receipt")

    # --- what they rest on ------------------------------------------------------------------

    def _named(self, roles: Sequence[str], clause: str | None, says: str) -> Choice:
        """Choose whoever holds one of these roles; `says` has a gap for what they are called."""
        self._note(says.format(self._roles(roles)), clause)
        return Choice(self._roles(roles), self._holders(roles), clause)

    def _roles(self, roles: Iterable[str]) -> str:
        return roles_title(self.scheme, roles)

    def _holders(self, roles: Iterable[str]) -> tuple[str, ...]:
        person = self.location.person or ""
        return tuple(dict.fromkeys(it for role in roles for it in self._hold(role, person)))

    def _hold(self, role: str, person: str) -> tuple[str, ...]:
        """Return who holds a role towards the person; the direct leader is the head, or who leads where there is none.

        A head's own direct leader is whoever leads the department.
        """
        if role != "direct_leader":
            return self.incumbents.holding(role, person)
        heads = tuple(it for it in self.incumbents.holding("section_head", person) if it != person)
        return heads or self.incumbents.holding("supervising_leader", person)

    def _procedure(self, person: str, *, tell: bool = False) -> Procedure | None:
        """Return the procedure by which the person's grade comes about in the record's period."""
        period = self.location.period
        if self.scheme is None or period is None or person not in self.records.people:
            return None
        standing = Standing(self.records, person, period)
        found = procedure_for(self.scheme, standing)
        if tell:
            for rule in self.scheme.procedure:
                self._note(rule.says, rule.cite, rule=rule, applies=rule is found and rule.propose is not None)
                if rule is found:
                    break
        return found

    def _reviewed(self, reviewer: str) -> list[str]:
        """Return whom a sheet is about: those towards whom its writer holds a reviewer's role, or else everybody."""
        period = self.location.period
        if self.scheme is None or period is None:
            return []
        roll = [it for it in on_roll(self.records, period.last) if it != reviewer and self._takes_part(it, period)]
        theirs = [
            it for it in roll if any(reviewer in holders(self.records, role, it, self.day) for role in REVIEWER_ROLES)
        ]
        return theirs or roll

    def _takes_part(self, person: str, period: Period) -> bool:
        assert self.scheme is not None  # noqa: S101 -- asked by `_reviewed` only, which has seen it
        kind, _, _ = participation(self.scheme, Standing(self.records, person, period))
        return kind != "excluded"

    def _is_principal(self, person: str) -> bool:
        return person in all_held(self.records.unit.organs.principal_leader, self.day)

    def _department(self) -> object:
        return department_of(self.records, self.location.person or "", self.day)

    def _deciding_clause(self) -> str | None:
        """Return the clause of the first procedure by which the leadership decides, as the determination notes."""
        for rule in self.scheme.procedure if self.scheme else ():
            if rule.decide in ("leadership", "principal_leader"):
                self._note(rule.says, rule.cite, rule=rule)
                return rule.cite
        return None

    def _note(self, says: str, clause: str | None = None, *, rule: Located | None = None, applies: bool = True) -> None:
        self.considered.append(Considered(f"{says.removesuffix('。')}。", clause, applies, rule))
