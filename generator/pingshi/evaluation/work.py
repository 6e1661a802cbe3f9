"""The work itself: reading the parts' files, and checking what is not remembered."""

from __future__ import annotations

import hashlib
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Any

from pingshi.evaluation.cache import digest_of, problems_kept, program
from pingshi.files import read_each
from pingshi.layout import RECORDS, SCHEMES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from pingshi.diagnostics import Problem
    from pingshi.evaluation.cache import Cache
    from pingshi.evaluation.parts import Group
    from pingshi.files import Blob
    from pingshi.records import Loaded, UnitRecords
    from pingshi.schemes import Book


class Work:
    """What every part needs: the schemes, each loaded when it is first asked for, and the memory."""

    def __init__(self, schemes: Iterable[Blob], memory: Cache, *, several: bool) -> None:
        self._several = several
        self._schemes = tuple(schemes)
        self._memory = memory

    def done(
        self, jobs: Iterable[tuple[Group, str]], progress: Callable[[int, int], None] | None = None
    ) -> list[Problem]:
        """Return what is wrong in these parts of groups; parts of one group follow each other."""
        jobs = list(jobs)
        found: list[Problem] = []
        count = 0
        for _, members in groupby(jobs, key=lambda it: (it[0].top, it[0].name)):
            parts = list(members)
            for problems in self._group(parts[0][0], [part for _, part in parts]):
                found += problems
                count += 1
                if progress is not None:
                    progress(count, len(jobs))
        return found

    def by_themselves(self, group: Group, parts: Iterable[str]) -> list[Problem]:
        """Return what is wrong in these parts, but for what only a period's results could show."""
        own = read_each(it for part in parts for it in group.parts.get(part, ()))
        named = b"\n".join(it.path.encode(errors="surrogateescape") + b"\n" + (it.data or b"") for it in own)
        found = self._by_themselves(group, own, lambda person: person.encode(errors="surrogateescape") in named)
        if any(it.code == "unknown-person" for it in found):
            found = self._by_themselves(group, own, lambda _: True)  # somebody else may have been meant
        return found

    def _by_themselves(self, group: Group, own: list[Blob], reads: Callable[[str], bool]) -> list[Problem]:
        """Do so with only those colleagues read whom `reads` chooses; of the others it is known that they are there."""
        from pingshi.layout import Location  # noqa: PLC0415 -- as below
        from pingshi.records import CHECKS, Shelf, units_of  # noqa: PLC0415 -- as below

        people = f"{group.top}/{group.name}/people/"
        ids = {it.path: it.path.removeprefix(people).removesuffix(".yml") for it in group.general if people in it.path}
        general = read_each(it for it in group.general if it.path not in ids or reads(ids[it.path]))
        whole = self._loaded(general).joined(self._loaded(own))
        whole.broken.update(
            Location(group.name, "people", None, person) for path, person in ids.items() if not reads(person)
        )
        units, faults = units_of(whole, Shelf(self._rules_alone))
        return [*whole.problems, *faults, *(it for unit in units.values() for check in CHECKS for it in check(unit))]

    def _units(self, whole: Loaded) -> tuple[dict[str, UnitRecords], list[Problem]]:
        from pingshi.records import units_of  # noqa: PLC0415 -- as below

        return units_of(whole, self._shelf)

    def _group(self, group: Group, parts: Iterable[str]) -> Iterator[list[Problem]]:
        """Yield what is wrong in each part; the group's general files are read and understood once."""
        blobs = read_each(group.general)
        key = self._common.copy()
        key.update(f"{group.top}/{group.name}".encode(errors="surrogateescape") + digest_of(blobs))
        general: Loaded | None = None
        for part in parts:
            files = read_each(group.files(part))
            own = key.copy()
            own.update(part.encode() + digest_of(files))
            found = problems_kept(self._memory.get(own.hexdigest()))
            if found is None:
                general = general or self._loaded(blobs)
                found = self._checked(group, part, general, self._loaded(files))
                self._memory.put(own.hexdigest(), [it.as_json() for it in found])
            yield found

    def _checked(self, group: Group, part: str, general: Loaded, own: Loaded) -> list[Problem]:
        """Check what was loaded. Of a year's context only the year is judged: the rest of its periods isn't there."""
        from pingshi.grading import unit_problems  # noqa: PLC0415 -- as below
        from pingshi.records import Shelf  # noqa: PLC0415 -- as below

        if group.top == SCHEMES:
            return [*general.problems, *Shelf(general.schemes).problems()]
        found = [*general.problems, *own.problems]
        if group.top == RECORDS:
            units, faults = self._units(general.joined(own))
            found += faults
            whole = part not in group.context
            found += [it for records in units.values() for it in unit_problems(records, of_periods=whole)]
        return found

    def _loaded(self, blobs: Iterable[Blob]) -> Loaded:
        from pingshi.records import loaded  # noqa: PLC0415 -- all the models, which nothing unchanged needs

        return loaded(blobs, several=self._several)

    @cached_property
    def _shelf(self) -> Mapping[str, Book]:
        from pingshi.records import Shelf  # noqa: PLC0415 -- as above

        return Shelf(self._loaded(self._schemes).schemes)

    @cached_property
    def _rules_alone(self) -> Mapping[str, Mapping[str, bytes | None]]:
        """The schemes without their clauses: what they are read for here cites a clause, and never tells it."""
        found = self._loaded(self._schemes).schemes
        return {
            name: {"scheme.yml": files["scheme.yml"]} if "scheme.yml" in files and None not in files.values() else files
            for name, files in found.items()
        }

    @cached_property
    def _common(self) -> Any:
        return hashlib.sha256(program() + bytes([self._several]) + digest_of(self._schemes))
