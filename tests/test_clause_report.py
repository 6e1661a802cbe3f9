"""Every clause is covered by a rule or by people, proved by a test where it computes or checks, shown by a sample."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from clausemap import CHECKS_OF, ROOT, Row, as_markdown, book, later, obligations, table
from samplemap import named_samples, samples_by_clause

from pingshi.diagnostics import CODES
from pingshi.schemes import Scheme

if TYPE_CHECKING:
    from pathlib import Path

SCHEMES = ("baishan-audit", "zhangdian-stats", "chaoyang-ecology", "qufu-approval", "city-drc")


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Collect the whole suite apart (this run may be a part of it) and return its report."""
    path: Path = tmp_path_factory.mktemp("clauses") / "clauses.md"
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", "tests"]
    command += ["--continue-on-collection-errors", f"--clause-report={path}", "--ignore=tests/browser"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert path.exists(), done.stdout + done.stderr
    return path.read_text(encoding="utf-8")


def proved(report: str) -> set[str]:
    """Return the clauses that some test names."""
    return {
        clause
        for clause, tests in re.findall(r"^\| (\w+) \|.*\| ([^|]*) \| [^|]* \|$", report, re.MULTILINE)
        if "::" in tests
    }


def test_every_clause_that_must_be_computed_or_checked_has_a_test(report: str) -> None:
    due = {row.clause for row in table({}) if row.ordered} - set(later())
    assert sorted(due - proved(report)) == []


def test_every_clause_of_the_five_sources_is_in_the_report(report: str) -> None:
    listed = re.findall(r"^\| ([A-Z]\d+) \|", report, re.MULTILINE)
    assert listed == [clause for clauses in obligations().values() for clause in clauses]
    assert len(listed) == 92


def test_tests_name_only_clauses_that_exist() -> None:
    known = {clause for clauses in obligations().values() for clause in clauses}
    named = set()
    for path in sorted((ROOT / "tests").glob("test_*.py")):
        for arguments in re.findall(r"mark\.clause\(((?:\s*\"[A-Z]+\d+\",?)+\s*)\)", path.read_text(encoding="utf-8")):
            named |= set(re.findall(r"[A-Z]+\d+", arguments))
    assert named - known == set()
    assert len(named) > 40


def test_what_is_left_for_later_is_ordered_and_has_a_reason() -> None:
    ordered = {row.clause for row in table({}) if row.ordered}
    assert sorted(set(later()) - ordered) == []
    assert [clause for clause, reason in later().items() if len(reason) < 15] == []


def test_every_clause_is_covered_by_a_rule_or_left_to_people_with_a_reason() -> None:
    uncovered = []
    for scheme, clauses in obligations().items():
        made = book(scheme)
        assert made.clauses is not None
        cited = {rule.cite for _, rule in made.rules()} | {made.scheme.publicity.summaries}
        for clause in clauses:
            entry = made.clauses.clauses[clause]
            by_records = "recorded" in entry.covered and not {"computed", "checked", "reminded"} & set(entry.covered)
            by_people = "people" in entry.covered and entry.people is not None and len(entry.people) > len("由人办理。")
            if clause not in cited and not by_records and not by_people:
                uncovered.append(clause)
    assert uncovered == []


#: What a clause orders the software to do, and how `clauses.yml` says that it does.
DONE = {
    "computes": "computed",
    "checks": "checked",
    "records": "recorded",
    "publishes": "published",
    "reminds": "reminded",
    "exports": "exported",
}


def test_what_a_clause_orders_is_done_but_for_the_documents_to_come() -> None:
    """Documents (`exports`) come with a later version; until then people draw them up, which the clause must say."""
    open_ones = []
    for scheme, clauses in obligations().items():
        listed = book(scheme).clauses
        assert listed is not None
        for clause, does in clauses.items():
            entry = listed.clauses[clause]
            left = [DONE[it] for it in does if DONE[it] not in entry.covered]
            if left == ["exported"] and "people" in entry.covered:
                continue
            open_ones += [f"{clause}: {it}" for it in left]
    assert open_ones == []


def test_every_clause_is_shown_by_a_sample() -> None:
    shown = samples_by_clause()
    assert sorted({row.clause for row in table({})} - set(shown)) == []
    assert [path for path in shown.values() if not path.startswith("todo: ") and not (ROOT / path).is_file()] == []


def test_a_sample_that_is_named_for_a_clause_says_so() -> None:
    for clause, named in named_samples().items():
        assert named["words"] in (ROOT / named["path"]).read_text(encoding="utf-8"), clause


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_rule_cites_a_clause_of_its_source(scheme: str) -> None:
    assert {rule.cite for _, rule in book(scheme).rules()} - set(obligations()[scheme]) == set()


def test_every_check_of_the_report_is_a_code_and_every_section_one_of_a_scheme() -> None:
    assert {code for codes in CHECKS_OF.values() for code in codes} - set(CODES) == set()
    assert set(CHECKS_OF) - set(Scheme.model_fields) == set()


def test_a_row_tells_the_rules_the_checks_and_the_tests() -> None:
    rows = {row.clause: row for row in table({"Q8": {"test_a.py::test_publicity"}})}
    line = next(rule.place.line for section, rule in book("qufu-approval").rules() if section == "publicity")
    assert rows["Q8"] == Row(
        "Q8", "qufu-approval", ("publishes", "checks"), [("publicity", line)], {"test_a.py::test_publicity"}
    )
    assert (
        f"| Q8 | publishes, checks | publicity (qufu-approval/scheme.yml:{line}) "
        "| missing-record, publicity-too-short | test_a.py::test_publicity |  |\n"
    ) in as_markdown(rows.values())
