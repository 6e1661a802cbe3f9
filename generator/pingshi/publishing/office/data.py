"""What the office's site is made of, as values that are ready to be printed.

Nothing of it may reach the public site: none of these types stands in `public`. Texts out of commits have had their
control and direction characters made visible.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Deed:
    """Somebody's submitting or approving: who, when, what the signature is worth, whether the time is the server's.

    `signature` says it in a table, `signed` in a sentence.
    """

    who: str
    when: str
    signature: str
    signed: str
    received: bool


@dataclass(frozen=True, slots=True)
class OfficeVersion:
    """One state of a record. `origin`: where nobody submitted and approved it, what brought it instead.

    `commit` is the id shortened, `says` what its writer said of it, `deleted` that it took the record away.
    """

    submitted: Deed | None
    approved: Deed | None
    origin: str
    commit: str
    says: str
    deleted: bool


@dataclass(frozen=True, slots=True)
class OfficeRecord:
    """A record that stands, with its versions, the latest last: none where history does not have it.

    `whose` tells it from the others of its kind; `broken`: it can't be read.
    """

    whose: str
    path: str
    broken: bool
    versions: tuple[OfficeVersion, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """All records of a kind. `traced`: it is told who submitted and approved each."""

    title: str
    records: tuple[OfficeRecord, ...]
    traced: bool


@dataclass(frozen=True, slots=True)
class Missing:
    """What a scheme orders and does not stand yet: of whom, who sees to it, by when, under which clause.

    `number`: how many duties that are.
    """

    number: int
    what: str
    about: str
    by: str
    when: str
    clause: str


@dataclass(frozen=True, slots=True)
class Happened:
    """One commit of which something is told: when, its id shortened, and the paths with what they hold."""

    when: str
    commit: str
    paths: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What departs from the rules, told once, and what to do."""

    message: str
    hint: str
    happened: tuple[Happened, ...]


@dataclass(frozen=True, slots=True)
class Departure:
    """Everything of one code, under what the code says. `of`: whose it is, where the page is of no one's."""

    title: str
    said: tuple[Said, ...]
    of: str = ""

    @property
    def count(self) -> int:
        """How many findings these are."""
        return sum(max(len(one.paths), 1) for it in self.said for one in it.happened)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of records: a period's, a year's, or a unit's general files (with no id).

    `errors`: how many errors `check` finds there; `unusable`: no scheme can be used, so that nobody knows what is
    missing.
    """

    id: str
    title: str
    tables: tuple[Table, ...]
    missing: tuple[Missing, ...]
    departures: tuple[Departure, ...]
    errors: int
    unusable: bool = False

    @property
    def changed(self) -> tuple[tuple[str, OfficeRecord], ...]:
        """The records with several versions, each with what kind it is."""
        return tuple((table.title, it) for table in self.tables for it in table.records if len(it.versions) > 1)

    @property
    def found(self) -> int:
        """How many findings there are."""
        return sum(it.count for it in self.departures)

    @property
    def lacking(self) -> int:
        """How many things are missing, one for each person whom they are about."""
        return sum(it.number for it in self.missing)


@dataclass(frozen=True, slots=True)
class OfficeUnit:
    """A unit. Where its own file can't be read there is nothing but its folder's name and its general files."""

    id: str
    name: str
    readable: bool
    level: str
    proves: str
    own: Sheet
    periods: tuple[Sheet, ...]

    @property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """How many findings there are of each code, in the codes' order."""
        found: dict[str, int] = {}
        for sheet in (self.own, *self.periods):
            for it in sheet.departures:
                found[it.title] = found.get(it.title, 0) + it.count
        return tuple(found.items())


@dataclass(frozen=True, slots=True)
class OfficeReceipts:
    """The chain of receipts: its head, how many, the keys, and whether the roster lists them."""

    head: str
    count: int
    keys: tuple[str, ...]
    anchored: bool


@dataclass(frozen=True, slots=True)
class OfficeHistory:
    """What was audited, with whole ids; `times` says whose word the times are, `started` what the first commit is.

    `departures` are those that belong to no page of a unit.
    """

    head: str
    bootstrap: str
    steps: int
    commits: int
    times: str
    started: str
    receipts: OfficeReceipts | None
    departures: tuple[Departure, ...]
    notes: tuple[str, ...]

    @property
    def found(self) -> int:
        """How many findings there are."""
        return sum(it.count for it in self.departures)


@dataclass(frozen=True, slots=True)
class OfficeSite:
    """Everything that the office's site is made of, as of one day. `history` is None where none was audited.

    `several`: the records lie in several repositories, whose histories can't be audited together.
    """

    on: str
    units: tuple[OfficeUnit, ...]
    history: OfficeHistory | None
    levels: tuple[tuple[str, str], ...]
    several: bool
