"""A small office to tell cases with: records as YAML in the test, the real schemes of the repository.

    office = Office("qufu-approval", staff="wang-fang zhao-lei")
    office.review("zhou-min", "principal_leader", {"wang-fang": 88})
    result = office.grade("2026-Q1")

Every office has the same leaders: zhou-min (principal), liu-yang (leads the one department
`hall`, whose head is he-jun, not on the staff unless named), wu-gang (discipline
inspection), qian-wei (personnel office). All of these are leaders, so that only the named
staff take part.
"""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

from pingshi.grading import PeriodResult, PersonResult, check_repository, grade_period
from pingshi.periods import Period
from pingshi.records import Blob, Snapshot, take

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pingshi.diagnostics import Problem

ROOT = Path(__file__).parent.parent
UNIT = "u"
LEADERS = ("zhou-min", "liu-yang", "he-jun", "wu-gang", "qian-wei")


class Office:
    """The files of a repository with one unit, `u`, under a scheme of this project."""

    def __init__(
        self, scheme: str = "qufu-approval", staff: str = "wang-fang zhao-lei", since: str = "2020-Q1"
    ) -> None:
        self.scheme = scheme
        self.files: dict[str, bytes | None] = {}
        self.texts: dict[str, str] = {}
        for name in (scheme,):
            for file in ("scheme.yml", "clauses.yml"):
                self.files[f"schemes/{name}/{file}"] = (ROOT / "schemes" / name / file).read_bytes()
        self.write(
            "unit.yml",
            f"""
            name: 示例局
            schemes: [{{from: {since}, scheme: {scheme}}}]
            departments:
              - {{id: hall, name: 窗口服务科, kind: frontline, head: he-jun, led_by: [liu-yang]}}
            organs:
              principal_leader: zhou-min
              leadership: [zhou-min, liu-yang]
              personnel_office: [qian-wei]
              discipline_inspection: [wu-gang]
            """,
        )
        for leader in LEADERS:
            self.person(leader, leader="true")
        for person in staff.split():
            self.person(person)

    def write(self, path: str, text: str) -> Office:
        """Write a file under records/u/ (or, with a leading slash, anywhere in the repository)."""
        full = path[1:] if path.startswith("/") else f"records/{UNIT}/{path}"
        body = textwrap.dedent(text).lstrip("\n")
        self.texts[path] = body
        self.files[full] = body.encode()
        return self

    def person(self, person: str, **given: str) -> Office:
        """Add somebody; keys as in people/<person>.yml, values as YAML."""
        keys = {"name": person, "department": "hall", "post": "staff", "category": "civil_servant", "leader": "false"}
        keys |= {"joined": "2019-07-01"} | given
        return self.write(f"people/{person}.yml", "".join(f"{key}: {value}\n" for key, value in keys.items()))

    def facts(self, person: str, *facts: str) -> Office:
        """Record facts, each the inside of a flow mapping: `kind: admonition, on: 2026-02-20, reason: …`."""
        return self.write(f"facts/{person}.yml", "".join(f"- {{{fact}}}\n" for fact in facts))

    def review(self, reviewer: str, role: str, people: Mapping[str, object], period: str = "2026-Q1") -> Office:
        """Fill in a sheet: a number is a total, a text a grade, a mapping is written as it is."""
        lines = [f"role: {role}", "people:"]
        for person, given in people.items():
            if isinstance(given, str):
                lines.append(f"  {person}: {{grade: {given}}}")
            elif isinstance(given, dict):
                inside = ", ".join(f"{key}: {value}" for key, value in given.items())
                lines.append(f"  {person}: {{scores: {{{inside}}}}}")
            else:
                lines.append(f"  {person}: {{total: {given}}}")
        return self.write(f"{period}/reviews/{reviewer}.yml", "\n".join(lines) + "\n")

    def ballots(self, totals: Mapping[str, object], period: str = "2026-Q1") -> Office:
        """Enter ballots: a list of totals, or one total."""
        lines = ["counted_on: 2026-04-01", "counted_by: [qian-wei, wu-gang]", "totals:"]
        lines += [f"  {person}: {given if isinstance(given, list) else [given]}" for person, given in totals.items()]
        return self.write(f"{period}/ballots.yml", "\n".join(lines) + "\n")

    def decide(
        self, grades: Mapping[str, str], period: str = "2026-Q1", on: str = "2026-04-02", more: str = ""
    ) -> Office:
        """Determine grades: `{person: 好}` or `{person: "{grade: 好, reason: …}"}`; `more` is put on top."""
        lines = [f"decided_on: {on}", "meeting: 2026年第6次局党组会议", *([more] if more else []), "grades:"]
        lines += [f"  {person}: {grade}" for person, grade in grades.items()]
        return self.write(f"{period}/determination.yml", "\n".join(lines) + "\n")

    def link(self, path: str) -> Office:
        """Put a symbolic link in the place of a file."""
        self.files[path] = None
        return self

    @property
    def blobs(self) -> list[Blob]:
        """The office's files as they are found on disk."""
        return [Blob(path, data) for path, data in sorted(self.files.items())]

    def snapshot(self) -> Snapshot:
        """Everything, read."""
        return take(self.blobs)

    def grade(self, period: str = "2026-Q1") -> PeriodResult:
        """Grade the unit."""
        return grade_period(self.snapshot().units[UNIT], Period.parse(period))

    def result(self, person: str, period: str = "2026-Q1") -> PersonResult:
        """Grade the unit and return one person's result."""
        return self.grade(period).people[person]

    def problems(self, *codes: str) -> list[Problem]:
        """Check the whole repository; with codes, only those."""
        return [it for it in check_repository(self.snapshot()) if not codes or it.code in codes]

    def codes(self) -> set[str]:
        """Return the codes of all problems."""
        return {it.code for it in self.problems()}
