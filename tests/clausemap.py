"""Which clause is implemented by which rules, guarded by which checks, proved by which tests.

`conftest.py` gathers the tests' clause marks and writes the table to build/clauses.md;
`test_clause_report.py` holds it against what the clauses order (data/obligations.yml).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from pingshi.schemes import Book, load_book

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pytest

ROOT = Path(__file__).parent.parent
DATA = Path(__file__).parent / "data"

#: The checks that hold people to a section of a scheme, by what they report.
CHECKS_OF: Mapping[str, tuple[str, ...]] = {
    "cycle": ("wrong-period",),
    "participants": ("grade-not-allowed",),
    "indicators": ("unknown-indicator", "score-out-of-range", "bad-value"),
    "score": ("missing-rating", "score-out-of-range"),
    "grades": ("bad-value", "grade-not-allowed"),
    "procedure": ("missing-rating", "reason-missing", "grade-not-allowed", "missing-record"),
    "overrides": ("grade-not-allowed",),
    "quota": ("quota-exceeded", "tie-at-quota"),
    "consultation": ("not-consulted",),
    "publicity": ("publicity-too-short", "missing-record"),
    "deadlines": ("late",),
    "adjustment": ("bad-date", "not-counted"),
    "approvals": (),
    "supervision": (),
    "objections": ("not-counted",),
    "materials": ("missing-record",),
    "outside": ("missing-record",),
    "follow_up": ("missing-follow-up",),
    "filings": ("missing-record", "late"),
    "annual": ("bad-value", "grade-not-allowed"),
}


@dataclass
class Row:
    """One clause: what it orders, the rules that cite it (section and line), and the tests that name it."""

    clause: str
    scheme: str
    does: tuple[str, ...]
    rules: list[tuple[str, int]] = field(default_factory=list)
    tests: set[str] = field(default_factory=set)
    sample: str = ""

    @property
    def checks(self) -> list[str]:
        """The checks that hold people to the rules of this clause."""
        return sorted({code for section, _ in self.rules for code in CHECKS_OF.get(section, ())})

    @property
    def ordered(self) -> bool:
        """Whether the clause orders something that a result or a problem can prove."""
        return bool({"computes", "checks"} & set(self.does))


def obligations() -> dict[str, dict[str, tuple[str, ...]]]:
    """Return what each clause orders, by scheme and id."""
    data = yaml.safe_load((DATA / "obligations.yml").read_text(encoding="utf-8"))
    return {scheme: {clause: tuple(does) for clause, does in clauses.items()} for scheme, clauses in data.items()}


def later() -> dict[str, str]:
    """Return the clauses whose checks are still to come, with the reason."""
    data = yaml.safe_load((DATA / "later.yml").read_text(encoding="utf-8"))
    return {str(clause): str(reason) for clause, reason in data.items()}


def book(scheme: str) -> Book:
    """Load a scheme of the repository."""
    folder = ROOT / "schemes" / scheme
    made, problems = load_book(scheme, (folder / "scheme.yml").read_bytes(), (folder / "clauses.yml").read_bytes())
    assert made is not None, problems
    return made


def tests_by_clause(items: Iterable[pytest.Item]) -> dict[str, set[str]]:
    """Return the tests (file and function, without parameters) by the clauses that they name."""
    found: dict[str, set[str]] = {}
    for item in items:
        for mark in item.iter_markers("clause"):
            for clause in mark.args:
                found.setdefault(clause, set()).add(item.nodeid.split("[")[0].removeprefix("tests/"))
    return found


def table(tests: Mapping[str, set[str]], samples: Mapping[str, str] | None = None) -> list[Row]:
    """Return one row for every clause, in the order of the sources; `samples`: a record that shows it."""
    rows: list[Row] = []
    for scheme, clauses in obligations().items():
        made = {
            clause: Row(clause, scheme, does, tests=set(tests.get(clause, ())), sample=(samples or {}).get(clause, ""))
            for clause, does in clauses.items()
        }
        for section, rule in book(scheme).rules():
            made[rule.cite].rules.append((section, rule.place.line))
        rows += made.values()
    return rows


def as_markdown(rows: Iterable[Row]) -> str:
    """Render the table, each scheme under its own heading."""
    reasons = later()
    lines = [
        "# Clauses",
        "",
        "Written by the test run: clause → rules of scheme.yml that cite it → checks → tests that name it → a sample.",
    ]
    scheme = ""
    for row in rows:
        if row.scheme != scheme:
            scheme = row.scheme
            lines += [
                "",
                f"## {scheme}",
                "",
                "| clause | orders | rules | checks | tests | sample |",
                "|---|---|---|---|---|---|",
            ]
        rules = "<br>".join(f"{section} ({scheme}/scheme.yml:{line})" for section, line in row.rules)
        proof = "<br>".join(sorted(row.tests)) or (f"later: {reasons[row.clause]}" if row.clause in reasons else "")
        lines.append(
            f"| {row.clause} | {', '.join(row.does)} | {rules} | {', '.join(row.checks)} | {proof} | {row.sample} |"
        )
    return "\n".join(lines) + "\n"
