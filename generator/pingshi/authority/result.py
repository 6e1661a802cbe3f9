"""What may be done with a path on a day, and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

    from pingshi.diagnostics import Place
    from pingshi.source import Located

Manner = Literal["agreement", "receipt"]


@dataclass(frozen=True, slots=True)
class Considered:
    """A rule that was looked at: what it says, its clause if it has one, and whether it decided anything here.

    `rule` is the scheme's own rule, where it is one.
    """

    says: str
    clause: str | None = None
    applies: bool = True
    rule: Located | None = field(default=None, repr=False, compare=False)

    @property
    def place(self) -> Place | None:
        """Where the rule stands in the scheme; it is looked up only now, which takes a while."""
        return self.rule.place if self.rule is not None else None


@dataclass(frozen=True, slots=True)
class Choice:
    """Who is to approve, as what, under which clause; the people may be none where an office is vacant."""

    role: str
    people: tuple[str, ...]
    clause: str | None
    manner: Manner = "agreement"


@dataclass(frozen=True, slots=True)
class Access:
    """Who may write a path and who must approve it on a day.

    Attributes:
        path: the path from the repository's root.
        day: the day on which terms of office are looked at.
        writer: as what somebody writes it, in the scheme's own words: 本人, 人教科.
        writers: who may write it: any one of them.
        approver: as what somebody approves it: 科室负责人或主管领导.
        approvers: who may approve it: any one of them, but never the one who wrote it. Empty where nobody can.
        manner: `agreement`, or `receipt`: that it has arrived, whatever it says.
        clause: the clause that this rests on, if the scheme has one for it.
        considered: the rules looked at, in order, for whoever asks why.
        only_removal: the file is named after somebody whom the roster does not know, so it may only be taken away
            (or wait until they are entered).

    """

    path: str
    day: date
    writer: str
    writers: tuple[str, ...]
    approver: str
    approvers: tuple[str, ...]
    manner: Manner
    clause: str | None
    considered: tuple[Considered, ...]
    only_removal: bool = False
