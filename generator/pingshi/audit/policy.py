"""Who was who at a commit: the rosters and schemes that stood there, and whom an address, an account, a key belongs to.

Each change is judged by the policy in force just before it, so that nothing can grant the right that it needs itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from pingshi.files import LARGEST_FILE, Blob
from pingshi.history import fingerprint
from pingshi.layout import RECORDS, SCHEMES
from pingshi.records import Loaded, loaded, units_of
from pingshi.schemes import Book, load_book

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pingshi.audit.result import TrustLevel
    from pingshi.history import Objects
    from pingshi.records import GitIdentity, UnitRecords

#: The files of a unit by which others are judged: who is who, and what bears on which procedure fits them.
_FILES, _FOLDERS = frozenset({"unit.yml"}), frozenset({"people", "facts"})


def group_of(path: str) -> str | None:
    """Return the unit whose policy a file belongs to, `schemes` (with a slash) for schemes; None for all others."""
    top, name, *rest = [*path.split("/", 3), ""][:4]
    if top == SCHEMES:
        return f"{SCHEMES}/"
    if top != RECORDS or not rest:
        return None
    return name if rest[0] in _FILES or rest[0] in _FOLDERS else None


@dataclass(frozen=True, slots=True)
class Policy:
    """The rosters at a moment. `units` holds those that can be read.

    For a unit that is not among them, the whole repository is asked, as for what belongs to no unit: the others act
    for it (`authority.shared`), and at no lower level of trust than their own.
    """

    units: Mapping[str, UnitRecords]
    _emails: Mapping[str, frozenset[tuple[str, str]]] = field(repr=False)
    _accounts: Mapping[str, frozenset[tuple[str, str]]] = field(repr=False)
    _keys: Mapping[str, frozenset[tuple[str, str]]] = field(repr=False)

    def by_email(self, email: str, unit: str | None) -> str | None:
        """Return whose address it is among a unit's people (anybody's for None); None where nobody's or shared."""
        return _one(self._emails.get(email.lower(), frozenset()), self._known(unit))

    def by_account(self, account: str, unit: str | None) -> str | None:
        """Return whose account it is: by `git.accounts`, or where nobody lists it the person's address, or id.

        An id that people of several units have tells nobody, nor does the id of somebody who lists other accounts.
        """
        unit = self._known(unit)
        known = self._accounts.get(account)
        if known is not None:
            return _one(known, unit)
        found = _one(self._emails.get(account.lower(), frozenset()), unit)
        if found is not None:
            return found
        there = [name for name, it in self.units.items() if account in it.people]
        if len(there) != 1 or unit not in (None, *there):
            return None
        listed = self.units[there[0]].people[account].git
        return account if listed is None or not listed.accounts else None

    def is_ambiguous(self, email: str, person: str) -> bool:
        """Tell whether another unit has somebody else of this id: offices of several units are told by ids alone."""
        owners = {name for name, it in self._emails.get(email.lower(), frozenset()) if it == person}
        return any(person in it.people and name not in owners for name, it in self.units.items())

    def keys_of(self, person: str, unit: str | None) -> frozenset[str]:
        """Return the fingerprints of a person's keys."""
        unit = self._known(unit)
        return frozenset(
            key for key, owners in self._keys.items() if any(it[1] == person and unit in (None, it[0]) for it in owners)
        )

    def by_key(self, key: str) -> str | None:
        """Return the name of somebody who has a key of this fingerprint."""
        for unit, person in sorted(self._keys.get(key, frozenset())):
            return self.units[unit].name_of(person)
        return None

    def name_of(self, person: str, unit: str | None) -> str:
        """Return a person's name, or the id where nobody has it."""
        unit = self._known(unit)
        for name, records in self.units.items():
            if unit in (None, name) and person in records.people:
                return records.name_of(person)
        return person

    def level(self, unit: str | None) -> TrustLevel:
        """Return the level of trust that a unit has chosen; for what belongs to no known one, the highest of all."""
        unit = self._known(unit)
        order: tuple[TrustLevel, ...] = ("forge", "receipts", "signatures")
        trusts = [it.unit.trust for name, it in self.units.items() if unit in (None, name)]
        return max((it.level for it in trusts if it is not None), key=order.index, default="forge")

    def committers(self, unit: str | None) -> frozenset[str]:
        """Return the addresses of the forges' own committers."""
        unit = self._known(unit)
        trusts = [it.unit.trust for name, it in self.units.items() if unit in (None, name)]
        return frozenset(address.lower() for it in trusts if it is not None for address in it.committers)

    def _known(self, unit: str | None) -> str | None:
        return unit if unit in self.units else None

    def server_keys(self) -> frozenset[str]:
        """Return the fingerprints of the keys that sign receipts."""
        trusts = [it.unit.trust for it in self.units.values() if it.unit.trust is not None]
        found = (fingerprint(key) for it in trusts for key in it.server_keys)
        return frozenset(it for it in found if it is not None)


def _one(found: frozenset[tuple[str, str]], unit: str | None) -> str | None:
    people = {person for name, person in found if unit in (None, name)}
    return people.pop() if len(people) == 1 else None


class _Schemes(Mapping[str, Book]):
    """The schemes that stood there, each loaded when first asked for; whether they are sound is for `check` to say."""

    def __init__(self, files: Mapping[str, Mapping[str, bytes | None]]) -> None:
        self._files = files

    def __getitem__(self, name: str) -> Book:
        files = self._files[name]
        book = _book(name, files.get("scheme.yml"))
        if book is None:
            raise KeyError(name)
        return book

    def __iter__(self) -> Iterator[str]:
        return (name for name in self._files if name in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


@lru_cache(maxsize=64)
def _book(name: str, scheme: bytes | None) -> Book | None:
    """Read a scheme without its clauses: a rule cites them by id, and nothing else of them is asked for here."""
    return load_book(name, scheme, None)[0]


class Policies:
    """The policy at each moment of a history, from the blobs that stand there; nothing is read or parsed twice."""

    def __init__(self, objects: Objects) -> None:
        self._objects = objects
        self._files: dict[str, dict[str, str]] = {}
        self._read: dict[tuple[str, str], Loaded] = {}
        self._units: dict[str, UnitRecords | None] = {}
        self._policy: Policy | None = None

    def change(self, path: str, blob: str | None) -> None:
        """Note what stands at a path from now on; None: nothing."""
        group = group_of(path)
        if group is None:
            return
        files = self._files.setdefault(group, {})
        if blob is None:
            files.pop(path, None)
        else:
            files[path] = blob
        self._policy = None
        if group.endswith("/"):
            self._units.clear()
        else:
            self._units.pop(group, None)

    def now(self) -> Policy:
        """Return the policy as things stand."""
        if self._policy is None:
            self._policy = self._made()
        return self._policy

    def _made(self) -> Policy:
        shelf: _Schemes | None = None
        for name in self._files:
            if name.endswith("/") or name in self._units:
                continue
            if shelf is None:
                shelf = _Schemes(self._together(f"{SCHEMES}/").schemes)
            units, _ = units_of(self._together(name), shelf)
            self._units[name] = units.get(name)
        units = {name: it for name, it in sorted(self._units.items()) if it is not None}
        emails: dict[str, set[tuple[str, str]]] = {}
        accounts: dict[str, set[tuple[str, str]]] = {}
        keys: dict[str, set[tuple[str, str]]] = {}
        for unit, person, git in _identities(units):
            for address in git.emails:
                emails.setdefault(address.lower(), set()).add((unit, person))
            for account in git.accounts:
                accounts.setdefault(account, set()).add((unit, person))
            for key in git.keys:
                known = fingerprint(key)
                if known is not None:
                    keys.setdefault(known, set()).add((unit, person))
        return Policy(units, _frozen(emails), _frozen(accounts), _frozen(keys))

    def _together(self, group: str) -> Loaded:
        whole = Loaded()
        for path, blob in sorted(self._files.get(group, {}).items()):
            known = self._read.get((path, blob))
            if known is None:
                known = self._read[path, blob] = _parsed(path, self._objects.read(blob, LARGEST_FILE))
            whole.records |= known.records
            whole.broken |= known.broken
            for name, files in known.schemes.items():
                whole.schemes.setdefault(name, {}).update(files)
        return whole


@lru_cache(maxsize=2048)
def _parsed(path: str, data: bytes | None) -> Loaded:
    return loaded([Blob(path, data)])


def _identities(units: Mapping[str, UnitRecords]) -> Iterator[tuple[str, str, GitIdentity]]:
    for unit, records in units.items():
        for person, known in records.people.items():
            if known.git is not None:
                yield unit, person, known.git


def _frozen(found: dict[str, set[tuple[str, str]]]) -> dict[str, frozenset[tuple[str, str]]]:
    return {name: frozenset(it) for name, it in found.items()}
