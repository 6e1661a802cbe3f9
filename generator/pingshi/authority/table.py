"""The one table of who writes a kind of record and who approves it (design §4), before anybody is named.

From it come the permissions (`access`), the headings of forms and the reference of formats, so that nobody is told
to write what somebody else may write.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

#: The person whom the file is named after, writing about themselves (`person`) or others (`named`); or the office.
Writer = Literal["person", "named", "office"]
#: Who approves: see `approvers`, which has one function for each.
Approver = Literal["direct", "decider", "leader", "principal_leader", "receipt"]


@dataclass(frozen=True, slots=True)
class Row:
    """A kind's row. `who` is the writer's title where it is a general one; `how` and `more` are for readers only.

    `how` tells what the writer goes by, `each` that every entry is a matter of its own, `more` who else writes in it.
    """

    kind: str
    writer: Writer
    approver: Approver
    title: str = ""
    how: str = ""
    each: str = ""
    more: str = ""

    @property
    def who(self) -> str:
        """The writer, as every unit understands it."""
        return self.title or {"person": "本人", "office": "人事部门"}[self.writer]

    @property
    def order(self) -> str:
        """Say in a form's heading who fills it in."""
        return f"由{self.who}{self.how}填写" + (f"，{self.each}" if self.each else "")

    @property
    def told(self) -> str:
        """Say in a reference who writes it."""
        how = f"，{self.how}填写" if self.how else ""
        return f"{self.who}{how}" + (f"；{self.more}" if self.more else "")


_ROWS = (
    Row("unit", "office", "principal_leader"),
    Row("people", "office", "leader"),
    Row("facts", "office", "leader", each="每件事一项"),
    Row("goals", "person", "direct"),
    Row("plans", "person", "direct"),
    Row("logs", "person", "direct"),
    Row("reports", "person", "direct", more="opinion 由直接领导填写"),
    Row("evaluations", "office", "leader"),
    Row("attendance", "office", "leader"),
    Row("summaries", "person", "direct"),
    Row("reviews", "named", "decider", title="评鉴人本人"),
    Row("ballots", "office", "leader"),
    Row("outside", "office", "leader", how="根据外单位的函件"),
    Row("determination", "office", "principal_leader", how="根据审定意见"),
    Row("publicity", "office", "principal_leader"),
    Row("feedback", "named", "decider", title="谈话的领导", each="每次一项"),
    Row("objections", "person", "receipt"),
    Row("replies", "office", "principal_leader"),
    Row("spot_checks", "office", "leader", each="每次一项"),
    Row("filings", "office", "principal_leader", each="每报一份一项"),
)
#: A row for every kind of record, in the layout's order.
TABLE: Mapping[str, Row] = {row.kind: row for row in _ROWS}
#: The files of schemes, which are no records of any unit.
SCHEME_FILES = Row("schemes", "office", "principal_leader")
#: Whatever is neither a record nor a scheme: the README, the site's pages, CODEOWNERS, the workflows of a forge.
OTHER_FILES = Row("other", "office", "principal_leader")
