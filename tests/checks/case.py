"""A case of the checks: a small office in YAML, and everything that `pingshi check` must say about it.

    about: 一句话说清这个案例。
    clauses: [B11]                     # ? clauses of the specification that the case proves
    scheme: baishan-audit              # one of the five; qufu-approval where nothing is said
    also: [city-drc]                   # ? other schemes of the five that lie in schemes/ too
    staff: wang-fang zhao-lei          # wang-fang where nothing is said
    people: {zhao-lei: {left: 2026-02-28}}             # ? keys of people/<person>.yml
    replace: {"strength: firm": "strength: in_principle"}   # ? text put in place of another in scheme.yml
    complete: 2026-Q1                  # ? everything that any of the schemes wants to see for the period
    without: [2026-Q1/publicity.yml]   # ? what of it is not there after all
    files: {path: text}                # ? under records/u/, or with a leading slash anywhere
    bytes_base64: {path: base64}       # ? what no YAML text can hold
    repeat: {path: [[text, times]]}    # ? what would be too long to write down
    symlinks: [path]                   # ?
    denied: [path]                     # ? files that stand there and may not be read
    expect: []                         # the complete list, in the contract's form; always the last key

`complete` writes no sheet, ballot or determination: these are what a case is about.
"""

from __future__ import annotations

import base64
import difflib
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from office import LEADERS, UNIT, Office

from pingshi.grading import check_repository
from pingshi.periods import Period
from pingshi.records import Blob, take

if TYPE_CHECKING:
    from collections.abc import Sequence

HERE = Path(__file__).parent
BLESS = "PINGSHI_BLESS=1 pytest tests/test_checks.py"

#: Everybody in the cases, so that the messages read as they do in an office.
NAMES = {
    "zhou-min": "周敏", "liu-yang": "刘扬", "he-jun": "何军", "wu-gang": "吴刚", "qian-wei": "钱伟",
    "wang-fang": "王芳", "zhao-lei": "赵磊", "sun-qi": "孙琪", "li-na": "李娜", "ma-tao": "马涛", "lin-xi": "林溪",
}  # fmt: skip

SUMMARY = """\
political: 按时参加理论学习
work:
  - {task: 窗口受理, result: 办结 120 件, classified: false}
discipline: 遵守工作纪律
achievements: 没有差错
shortcomings: 调研不多
improvements: 每月到基层一次
classified: false
"""


@dataclass
class Case:
    """One case file, as read."""

    path: Path
    about: str
    expect: list[dict[str, Any]]
    clauses: list[str] = field(default_factory=list)
    scheme: str = "qufu-approval"
    also: list[str] = field(default_factory=list)
    staff: str = "wang-fang"
    people: dict[str, dict[str, str]] = field(default_factory=dict)
    replace: dict[str, str] = field(default_factory=dict)
    complete: str | None = None
    without: list[str] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    bytes_base64: dict[str, str] = field(default_factory=dict)
    repeat: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    symlinks: list[str] = field(default_factory=list)
    denied: list[str] = field(default_factory=list)

    @classmethod
    def read(cls, path: Path) -> Case:
        """Read a case file; TypeError for a key that cases do not have."""
        with path.open(encoding="utf-8") as file:
            told = yaml.load(file, Loader=yaml.CBaseLoader)  # noqa: S506 -- the base loader makes nothing but texts
        return cls(path, **told)._typed()

    def _typed(self) -> Case:
        """Give the few values that are not texts their types back."""
        for it in self.expect:
            it["line"], it["column"] = int(it["line"]), int(it["column"])
            it["clause"] = None if it["clause"] == "null" else it["clause"]
        self.repeat = {path: [(text, int(times)) for text, times in pieces] for path, pieces in self.repeat.items()}
        return self

    @property
    def name(self) -> str:
        """The case's name in the listing of tests: `late/bad-holiday`."""
        return f"{self.code}/{self.path.stem}"

    @property
    def code(self) -> str:
        """The code that the case is about, which names its folder."""
        return self.path.parent.name

    @property
    def is_bad(self) -> bool:
        """Tell whether the case shows the fault, rather than its correct neighbour."""
        return self.path.stem.startswith("bad")

    @property
    def office(self) -> Office:
        """The office that the case tells of."""
        office = Office(self.scheme, self.staff)
        staff = self.staff.split()
        for person in (*LEADERS, *staff):
            leader = "false" if person in staff else "true"
            office.person(person, **{"name": NAMES[person], "leader": leader} | self.people.get(person, {}))
        for scheme in self.also:
            other = Office(scheme, "").files
            office.files |= {path: data for path, data in other.items() if path.startswith("schemes/")}
        for old, new in self.replace.items():
            path = f"schemes/{self.scheme}/scheme.yml"
            text = (office.files[path] or b"").decode()
            assert text.count(old) == 1, f"{self.name}: “{old}” must stand once in {path}"
            office.files[path] = text.replace(old, new).encode()
        if self.complete is not None:
            _complete(office, Period.parse(self.complete), staff)
        for path in self.without:
            del office.files[_full(path)]
        office.files |= {_full(path): text.encode() for path, text in self.files.items()}
        office.files |= {_full(path): base64.b64decode(data) for path, data in self.bytes_base64.items()}
        for path, pieces in self.repeat.items():
            office.files[_full(path)] = "".join(text * times for text, times in pieces).encode()
        return _with_links(office, self.symlinks)

    @property
    def blobs(self) -> list[Blob]:
        """The office's files as they are found on disk."""
        denied = {_full(path) for path in self.denied}
        files = sorted(self.office.files.items())
        return [Blob(path, None if path in denied else data, denied=path in denied) for path, data in files]

    def problems(self) -> list[dict[str, Any]]:
        """Check the office; the whole list in the contract's form."""
        return [it.as_json() for it in check_repository(take(self.blobs))]

    def bless(self, problems: Sequence[dict[str, Any]]) -> None:
        """Rewrite what is expected, which stands at the file's end."""
        text = self.path.read_text(encoding="utf-8")
        before, _, _ = text.partition("\nexpect:")
        self.path.write_text(f"{before.rstrip()}\n{shown(problems)}", encoding="utf-8")

    def difference(self, problems: Sequence[dict[str, Any]]) -> str:
        """Show where the problems depart from what is expected, and how to accept them."""
        lines = difflib.unified_diff(
            shown(self.expect).splitlines(), shown(problems).splitlines(), "expected", "found", lineterm="", n=8
        )
        return "\n".join([f"{self.name}: {self.about}", *lines, f"accept what was found: {BLESS}"])


def shown(problems: Sequence[dict[str, Any]]) -> str:
    """Write problems down as a case file holds them."""
    return yaml.safe_dump({"expect": list(problems)}, allow_unicode=True, sort_keys=False, width=10_000)


def all_cases() -> list[Case]:
    """Read every case, by code and name."""
    return [Case.read(path) for path in sorted(HERE.glob("*/*.yml"))]


def _full(path: str) -> str:
    return path[1:] if path.startswith("/") else f"records/{UNIT}/{path}"


def _with_links(office: Office, links: Sequence[str]) -> Office:
    for path in links:
        office.link(_full(path))
    return office


def _complete(office: Office, period: Period, staff: Sequence[str]) -> None:
    """File everything that one of the five schemes wants for a period, by everybody named."""
    told, known = period.last + timedelta(days=9), period.last + timedelta(days=8)
    for it in staff:
        office.write(f"{period}/summaries/{it}.yml", SUMMARY)
        for month in period.months:
            week = month.first.replace(day=15).isocalendar()
            due = month.last
            office.write(
                f"{month}/plans/{it}.yml",
                f"tasks: [{{id: t1, ledger: plan, content: 窗口受理, due: {due}, standard: 按时办结}}]",
            )
            office.write(f"{month}/evaluations/{it}.yml", "tasks: {t1: done}")
            office.write(f"{month}/logs/{it}.yml", f"weeks: [{{week: {week.year}-W{week.week:02}, entries: []}}]")
            office.write(f"{month}/reports/{it}.yml", "done: [窗口受理]\nundone: []")
    for month in period.months:
        people = ", ".join(f"{it}: {{late: 0, absent: 0, leave: 0}}" for it in staff)
        office.write(f"{month}/attendance.yml", f"people: {{{people}}}")
    notes = [f"- {{person: {it}, on: {told}, form: talk, kind: feedback}}\n" for it in staff]
    office.write(f"{period}/feedback/liu-yang.yml", "".join(notes))
    office.write(
        f"{period}/publicity.yml",
        f"from: {known}\nto: {known + timedelta(days=8)}\ncontact: 人事科\ntelephone: 0000-0000000",
    )
    filed = [f"- {{form: {form}, to: 市委组织部, on: {known}}}\n" for form in ("quarterly_roster", "reward_roster")]
    office.write(f"{period}/filings.yml", "".join(filed))
