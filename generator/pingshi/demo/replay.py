"""From the samples to a plan: who handed in what when, who approved it, and the few deeds that were not in order."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from pingshi.demo.handing_in import HandIn, hand_ins
from pingshi.demo.hours import at
from pingshi.demo.plan import Approval, Merge, Person, Plan, Repair, Submission
from pingshi.demo.stories import stories
from pingshi.demo.versions import beginning, versions
from pingshi.demo.year import years_of
from pingshi.layout import BY_NAME, SCHEMES, titled
from pingshi.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pingshi.demo.stories import Wrong
    from pingshi.demo.versions import Version
    from pingshi.records import Snapshot, UnitRecords

#: The unit's own files, which are there from the beginning.
_OWN = frozenset({"unit", "people", "facts"})
#: Between two merges of one look, in seconds.
_APART = 30
#: So many files are named in a submission's message, or only counted.
_FEW = 3


def replay(snapshot: Snapshot, more: Mapping[str, bytes]) -> Plan:
    """Return the plan of a demonstration; `more` are further files for the first commit, by path.

    StoryError where the samples and their stories do not fit, NobodyError where nobody may write or approve something.
    """
    units = snapshot.units
    years = years_of(units.values())
    root = {path: text for path, text in snapshot.texts.items() if path.startswith(f"{SCHEMES}/")} | dict(more)
    handed: list[HandIn] = []
    for name, records in units.items():
        found: list[Version] = []
        for location in records.records:
            text = snapshot.texts[location.path]
            if location.kind in _OWN:
                begun = beginning(years[name], location, text)
                if begun is not None:
                    root[location.path] = begun
            found += versions(years[name], location, text)
        handed += hand_ins(units, years[name], found)
    first = next(iter(years.values())).first
    events = sorted(_events(units, handed), key=lambda it: (it.at, not isinstance(it, Submission), repr(it)))
    keys = {key for it in units.values() if it.unit.trust for key in it.unit.trust.server_keys}
    return Plan(at(first, 9, 0), tuple(sorted(root.items())), tuple(events), min(keys, default=""), _told(snapshot))


def _told(snapshot: Snapshot) -> tuple[str, ...]:
    """Return what is told of the stories that these samples have, in order of time."""
    every = stories()
    found = [(it.on, it.told) for it in every.later if it.path in snapshot.texts]
    found += [(it.on, it.told) for it in every.wrongs if it.path in snapshot.texts]
    found += [(it.on, it.told) for it in every.changes if all(path in snapshot.texts for path in it.files)]
    return tuple(told for _, told in sorted((on, told) for on, told in found if told is not None))


def _events(units: Mapping[str, UnitRecords], handed: Iterable[HandIn]) -> Iterator[Submission | Approval | Repair]:
    used: set[str] = set()
    waiting: list[tuple[HandIn, str, Wrong | None]] = []
    for it in sorted(handed, key=lambda it: (it.at, it.unit, it.author, it.batch)):
        branch = _branch(it, used)
        files = tuple(sorted((version.location.path, version.text) for version in it.versions))
        by = _person(units[it.unit], it.author)
        yield Submission(it.at, it.unit, by, branch, files, _says(it))
        wrong = _wrong(it)
        waiting.append((replace(it, approved=at(wrong.on, 18, 20)) if wrong else it, branch, wrong))
    waiting.sort(key=lambda it: (it[0].unit, it[0].approved, it[0].approver, it[2] is not None, it[0].at, it[1]))
    for (unit, approved, approver, wrong), together in groupby(
        waiting, key=lambda it: (it[0].unit, it[0].approved, it[0].approver, it[2])
    ):
        merges = [it[:2] for it in together]
        yield from _approvals(units[unit], approved, approver, merges, wrong)


def _approvals(
    records: UnitRecords, approved: int, approver: str, merges: list[tuple[HandIn, str]], wrong: Wrong | None
) -> Iterator[Approval | Repair]:
    start = approved - _APART * len(merges)
    told = tuple(
        Merge(start + _APART * number, branch, f"审核：{_says(it)}") for number, (it, branch) in enumerate(merges, 1)
    )
    trust = records.unit.trust
    forge = trust.committers[0] if trust and trust.level == "forge" and trust.committers else None
    committer = Person("", "代码平台", forge) if forge else None
    signer = wrong.key if wrong else approver
    yield Approval(
        at=approved,
        unit=records.id,
        by=_person(records, wrong.by if wrong else approver),
        merges=told,
        committer=committer,
        key=None if forge else _key(records, signer),
        past_hooks=wrong is not None,
    )
    if wrong is not None and wrong.repaired is not None:
        day, reason = wrong.repaired
        yield Repair(at(day, 10, 30), reason)


def _wrong(handed: HandIn) -> Wrong | None:
    paths = {it.location.path for it in handed.versions}
    return next((it for it in stories().wrongs if it.path in paths), None)


def _person(records: UnitRecords, person: str) -> Person:
    known = records.people.get(person)
    emails = known.git.emails if known and known.git else ()
    return Person(person, records.name_of(person), emails[0] if emails else f"{person}@{records.id}.invalid")


def _key(records: UnitRecords, person: str) -> tuple[str, str] | None:
    known = records.people.get(person)
    keys = known.git.keys if known and known.git else ()
    return (f"{records.id}/{person}", keys[0]) if keys else None


def _branch(handed: HandIn, used: set[str]) -> str:
    """Return a name that no submission has had: `submit/sun-lijuan/2026-q1-summaries`."""
    version = handed.versions[0]
    period = str(version.location.period).lower() if version.location.period else "general"
    base = f"submit/{handed.author}/{period}-{version.location.kind.replace('_', '-')}"
    name, number = base, 1
    while name in used:
        number += 1
        name = f"{base}-{number}"
    used.add(name)
    return name


def _says(handed: HandIn) -> str:
    """Return what a submission's message says: a story's own words, or what it holds."""
    told = dict.fromkeys(it.says for it in handed.versions if it.says)
    if told:
        return "；".join(told)
    kinds: dict[str, int] = {}
    for it in handed.versions:
        period = it.location.period
        name = titled("", period.title if period else "", BY_NAME[it.location.kind].title)
        kinds[name] = kinds.get(name, 0) + 1
    if len(kinds) > _FEW:
        return f"{next(iter(kinds))}等 {len(handed.versions)} 份"
    return listed(f"{name}（{count} 份）" if count > 1 else name for name, count in kinds.items())
