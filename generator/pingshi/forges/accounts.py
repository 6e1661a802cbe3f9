"""By which accounts servers know people.

What stands in a record may be anything; into the files of a forge goes only what can do no harm there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pingshi.records import UnitRecords

#: What Gitea, Forgejo, GitLab and gitolite all take for an account, and no shell, JSON or pattern for anything else.
_USABLE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*", re.ASCII)
_LONGEST = 100


def accounts_of(records: UnitRecords, person: str) -> tuple[str, ...]:
    """Return a person's accounts that can be written, in the roster's order; without any there, the id is one."""
    known = records.people.get(person)
    named = known.git.accounts if known is not None and known.git is not None else ()
    return tuple(dict.fromkeys(it for it in named or (person,) if _usable(it)))


def _usable(account: str) -> bool:
    return len(account) <= _LONGEST and _USABLE.fullmatch(account) is not None


def owners(units: Iterable[UnitRecords], people: Iterable[str]) -> tuple[str, ...]:
    """Return the first account of each of the people, sorted; who has none that can be written is left out."""
    those = list(units)
    found = (accounts_of(it, person)[:1] for person in people for it in those if person in it.people)
    return tuple(sorted({account for accounts in found for account in accounts}))


def without_account(units: Mapping[str, UnitRecords]) -> list[tuple[UnitRecords, str]]:
    """Return the people none of whose accounts can be written, by unit and id."""
    return [
        (records, person)
        for _, records in sorted(units.items())
        for person in sorted(records.people)
        if not accounts_of(records, person)
    ]
