"""Nobody approves what they wrote, or what is about them (design §4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pingshi.authority.result import Choice, Considered
from pingshi.authority.words import role_title
from pingshi.wording import listed

if TYPE_CHECKING:
    from pingshi.authority.incumbents import Incumbents
    from pingshi.schemes import Scheme


def set_apart(
    incumbents: Incumbents, scheme: Scheme | None, choice: Choice, apart: set[str]
) -> tuple[Choice, list[Considered]]:
    """Leave out those who may not approve: the one who wrote it, and the one whom it is about.

    Where that leaves nobody, the principal leader approves; for the principal leader, another member of the leadership.
    """
    day, records = incumbents.day, incumbents.records
    if not choice.people:
        return choice, [Considered(f"{day} 那天没有人担任{choice.role}，没有人可以审核；先在 unit.yml 里写明。")]
    gone = [it for it in choice.people if it in apart]
    if not gone:
        return choice, []
    names = listed(records.name_of(it) for it in gone)
    notes = [Considered(f"{names}不能审核自己写的或者关于自己的材料。")]
    offices = (
        (choice.role, choice.people),
        (role_title(scheme, "principal_leader"), incumbents.holding("principal_leader")),
        (f"{role_title(scheme, 'leadership')}其他成员", incumbents.holding("leadership")),
    )
    left = ((role, tuple(it for it in holding if it not in apart)) for role, holding in offices)
    role, people = next(((role, people) for role, people in left if people), (offices[-1][0], ()))
    if role != choice.role:
        notes.append(Considered(f"没有别的{choice.role}，由{role}审核。"))
    return Choice(role, people, choice.clause, choice.manner), notes
