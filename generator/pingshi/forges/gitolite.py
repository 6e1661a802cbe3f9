"""gitolite's configuration: who may push which branch. Which files, is for the hook to check."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pingshi.forges.basis import Basis

_IN_A_LINE = 8


def words(basis: Basis) -> Mapping[str, Any]:
    """Return what the template is filled in with.

    A submission's branch bears the person's id, but gitolite knows accounts: who has another one gets a line of
    their own.
    """
    people = basis.accounts_by_person()
    return {
        "approvers": _lines(basis.every_account(basis.approvers)),
        "people": _lines(sorted({account for accounts in people.values() for account in accounts})),
        "own": _lines([person for person, accounts in people.items() if accounts == [person]]),
        "others": [(person, " ".join(accounts)) for person, accounts in people.items() if accounts != [person]],
    }


def _lines(accounts: Sequence[str]) -> list[str]:
    """Return the accounts, some to a line."""
    return [" ".join(accounts[at : at + _IN_A_LINE]) for at in range(0, len(accounts), _IN_A_LINE)]
