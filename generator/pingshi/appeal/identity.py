"""Whose address a commit bears, by the roster in force just before it came to main."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pingshi.layout import locate
from pingshi.records import Person
from pingshi.source import load

if TYPE_CHECKING:
    from collections.abc import Callable

    from pingshi.appeal.past import Past
    from pingshi.history import Commit


class _Listed(NamedTuple):
    """Somebody as a roster lists them."""

    unit: str
    person: str
    name: str
    emails: frozenset[str]


class Identities:
    """Finds people by the addresses that the rosters listed. `asked` holds (unit, person) of each principal found."""

    def __init__(self, past: Past, read: Callable[[str], bytes]) -> None:
        self._past = past
        self._read = read
        self._rosters: list[tuple[int, str, _Listed]] | None = None
        self.asked: dict[str, tuple[str, str]] = {}

    def person(self, commit: Commit, step: str, unit: str) -> tuple[str, str] | None:
        """Return id and name of a commit's author, in this unit or else in another one; None: it is nobody's address.

        `step`: the commit of main with which it came.
        """
        found = self._found(commit, step, unit)
        return None if found is None else (found.person, found.name)

    def principal(self, commit: Commit, step: str, unit: str) -> str | None:
        """Return under which name an author's keys are listed: the id, for people of other units with the unit's."""
        found = self._found(commit, step, unit)
        if found is None:
            return None
        principal = found.person if found.unit == unit else f"{found.unit}/{found.person}"
        self.asked[principal] = found.unit, found.person
        return principal

    def _found(self, commit: Commit, step: str, unit: str) -> _Listed | None:
        email = commit.author.email.lower()
        place = max(self._past.places[step] - 1, 0)  # the root is read by the roster that it brings itself
        listed = {path: entry for number, path, entry in self._all() if number <= place}  # the latest of each stays
        owners = sorted((it for it in listed.values() if email in it.emails), key=lambda it: (it.unit != unit, it.unit))
        nearest = [it for it in owners if it.unit == owners[0].unit]
        return nearest[0] if len(nearest) == 1 else None  # an address that two share names nobody

    def _all(self) -> list[tuple[int, str, _Listed]]:
        """Return what each change of a person's file lists, with the number of the step that made it, and its path."""
        if self._rosters is None:
            self._rosters = [
                (number, change.path, self._listed(change.path, change.after))
                for number, step in enumerate(self._past.main)
                for change in self._past.commits[step].changes
                if _is_person(change.path)
            ]
        return self._rosters

    def _listed(self, path: str, blob: str | None) -> _Listed:
        at = locate(path)
        known, _ = load(path, self._read(blob), Person) if blob is not None else (None, [])
        emails = known.git.emails if known is not None and known.git is not None else ()
        name = known.name if known is not None else str(at.person)
        return _Listed(at.unit, str(at.person), name, frozenset(it.lower() for it in emails))


def _is_person(path: str) -> bool:
    try:
        return locate(path).kind == "people"
    except ValueError:
        return False
