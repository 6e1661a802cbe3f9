"""Every check at work: for each code an office that shows the fault, and its nearest correct neighbour.

The cases are the files under `checks/<code>/`; `checks/case.py` tells how they are written.
`PINGSHI_BLESS=1 pytest tests/test_checks.py` rewrites what they expect: read the difference.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from checks.case import HERE, Case, all_cases
from office import Office

from pingshi.diagnostics import CODES
from pingshi.grading import CHECKS as GRADING_CHECKS
from pingshi.grading import check_repository, check_unit, problems_of
from pingshi.periods import Period
from pingshi.records import CHECKS as RECORD_CHECKS
from pingshi.records import read_working_tree, take

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

CASES = all_cases()
BY_NAME = {case.name: case for case in CASES}

#: The contract's table (design §6). The last two warnings are the project's own.
ERRORS = """
    yaml-syntax duplicate-key alias tag not-utf8 too-large symlink
    misplaced-file unknown-key missing-key bad-value bad-date wrong-period
    unknown-person unknown-scheme unknown-indicator score-out-of-range
    quota-exceeded grade-not-allowed reason-missing not-consulted publicity-too-short
"""
WARNINGS = "missing-rating missing-record missing-follow-up late tie-at-quota not-counted unknown-calendar"
#: Cases in which a code has the other severity, as the table says: all others have the usual one.
MILDER = {
    "quota-exceeded/bad-proposed",
    "quota-exceeded/bad-proposed-set",
    "quota-exceeded/bad-preferred",
    "quota-exceeded/bad-preferred-none",
    "quota-exceeded/bad-with-reason",
    "grade-not-allowed/bad-annual-in-principle-with-reason",
    "grade-not-allowed/bad-in-principle-with-reason",
}
#: A share of leave that nobody can compute, on which somebody's part in the assessment rests.
GRAVER = {"unknown-calendar/bad"}


def _params(cases: Iterable[Case]) -> list[object]:
    return [
        pytest.param(case, id=case.name, marks=[pytest.mark.clause(clause) for clause in case.clauses])
        for case in cases
    ]


@pytest.mark.parametrize("case", _params(CASES))
def test_an_office_gets_exactly_the_problems_that_its_case_expects(case: Case) -> None:
    """Compare the whole list: no message, hint, clause or place may differ."""
    found = case.problems()
    if os.environ.get("PINGSHI_BLESS") == "1":
        case.bless(found)
        return
    if found != case.expect:
        pytest.fail(case.difference(found), pytrace=False)


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_a_case_that_shows_it_and_a_neighbour_that_does_not(code: str) -> None:
    """A check without a bad case proves nothing; one without a good case may fire always."""
    assert {"bad.yml", "good.yml"} <= {path.name for path in (HERE / code).iterdir()}


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in CASES])
def test_a_bad_case_expects_its_code_and_a_good_case_does_not(case: Case) -> None:
    """The folder names the code; the sentence about the case is Chinese and whole."""
    assert case.code in CODES
    assert (case.code in {it["code"] for it in case.expect}) == case.is_bad
    assert case.about.endswith("。")
    assert case.about.count("。") == 1


@pytest.mark.parametrize("name", sorted(name for name in BY_NAME if name.endswith("/good")))
def test_a_good_case_is_the_neighbour_of_the_bad_one(name: str) -> None:
    """The two tell of the same office under the same scheme."""
    good, bad = BY_NAME[name], BY_NAME[name.replace("/good", "/bad")]
    assert (good.scheme, good.staff, good.complete) == (bad.scheme, bad.staff, bad.complete)


def test_codes_and_usual_severities_are_those_of_the_contract() -> None:
    """The table in design §6, and nothing beside it but what the project has added."""
    contract = dict.fromkeys(ERRORS.split(), "error") | dict.fromkeys(WARNINGS.split(), "warning")
    assert {code: severity for code, (severity, _) in CODES.items()} == contract


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in CASES])
def test_severities_are_the_usual_ones_but_where_the_contract_says_otherwise(case: Case) -> None:
    """What is in principle with a reason, while it is proposed, or was consulted about only warns."""
    other = {"error": "warning", "warning": "error"}
    swapped = case.name in MILDER | GRAVER
    for it in case.expect:
        usual, _ = CODES[it["code"]]
        assert it["severity"] == (other[usual] if swapped and it["code"] == case.code else usual), it["message"]


@pytest.mark.parametrize(
    "check", [*RECORD_CHECKS, *(check for _, check in GRADING_CHECKS)], ids=lambda check: check.__name__
)
def test_a_check_says_its_rule_in_one_sentence(check: Callable[..., object]) -> None:
    """The published list of checks is made of these docstrings."""
    rule = check.__doc__ or ""
    assert rule.endswith("。")
    assert rule.count("。") == 1
    assert "\n" not in rule


def test_every_code_of_a_grading_check_is_known() -> None:
    """A check cannot report under a code that the table does not have."""
    assert {code for code, _ in GRADING_CHECKS} <= set(CODES)


def test_every_problem_says_what_to_do_next_and_rests_on_a_known_clause_or_on_none() -> None:
    """Messages and hints are never empty, and no line break would break the one-line forms."""
    for case in CASES:
        for it in case.expect:
            assert it["message"].strip()
            assert it["hint"].strip()
            assert "\n" not in it["message"] + it["hint"]


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=case.name) for case in CASES if not case.symlinks and not case.repeat]
)
def test_the_order_in_which_files_are_read_does_not_change_the_problems(case: Case) -> None:
    """A folder's order is the file system's business."""
    assert check_repository(take(reversed(case.blobs))) == check_repository(take(case.blobs))


def test_files_that_cannot_be_read_never_stop_the_rest() -> None:
    """One of each unreadable kind: each is reported, and so is a fault in a file that has nothing to do with them."""
    unreadable = {
        "yaml-syntax": b"says: [",
        "duplicate-key": b"raised_on: 2026-04-10\nraised_on: 2026-04-11\nsays: x\n",
        "alias": b"raised_on: 2026-04-10\nsays: *x\n",
        "tag": b"raised_on: 2026-04-10\nsays: !x y\n",
        "not-utf8": b"raised_on: 2026-04-10\nsays: \xff\n",
        "too-large": b"x" * (256 * 1024 + 1),
        "symlink": None,
        "unknown-key": b"raised_on: 2026-04-10\nsays: x\nextra: y\n",
        "missing-key": b"raised_on: 2026-04-10\n",
        "bad-value": b"- a list\n",
        "bad-date": b"raised_on: 2026-02-30\nsays: x\n",
    }
    office = Office(staff=" ".join(unreadable))
    for code, data in unreadable.items():
        office.files[f"records/u/2026-Q1/objections/{code}.yml"] = data
    office.files["records/u/notes.txt"] = b"x"
    office.write("2026-Q1/spot_checks.yml", "- {on: 2026-02-10, by: qian-wei, person: nobody, found: x}")
    found = {(it.place.path.removeprefix("records/u/"), it.code) for it in office.problems()}
    assert found == {
        *((f"2026-Q1/objections/{code}.yml", code) for code in unreadable),
        ("notes.txt", "misplaced-file"),
        ("2026-Q1/spot_checks.yml", "unknown-person"),
    }
    assert office.snapshot().files == len(office.files)


def test_a_file_without_leave_to_read_is_told_and_the_rest_is_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever runs the software may not read everything: that is said, and never taken for a missing file."""
    office = Office(staff="wang-fang")
    office.write("2026-Q1/objections/wang-fang.yml", "raised_on: 2026-04-10\nsays: x\n")
    for path, data in office.files.items():
        assert data is not None
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)

    def refused(file: str, mode: str, buffering: int) -> object:
        if file.endswith("objections/wang-fang.yml"):
            raise PermissionError(13, "Permission denied", file)
        return open(file, mode, buffering)  # noqa: PTH123 -- in the place of the function itself

    monkeypatch.setattr("pingshi.files.open", refused, raising=False)
    snapshot = take(read_working_tree([tmp_path]))
    assert [it.as_json() for it in check_repository(snapshot)] == [
        {
            "path": "records/u/2026-Q1/objections/wang-fang.yml",
            "line": 1,
            "column": 1,
            "code": "yaml-syntax",
            "severity": "error",
            "clause": None,
            "message": "没有权限读取",
            "hint": "请管理员把这个文件（夹）的读取权限给运行程序的账号",
        }
    ]
    assert snapshot.files == len(office.files)


def test_a_periods_problems_are_its_own_its_months_the_units_and_those_of_its_scheme() -> None:
    """What is wrong with another quarter, another unit or another scheme bears on nothing here."""
    office = Office(staff="wang-fang")
    broken = "raised_on: 2026-04-10\n"
    for path in ("2026-Q1/objections/wang-fang.yml", "2026-Q2/objections/wang-fang.yml"):
        office.write(path, broken)
    for path in ("2026-02/reports/wang-fang.yml", "2026-05/reports/wang-fang.yml", "people/zhao-lei.yml"):
        office.write(path, "x: [")
    office.write("notes.txt", "x").write("/records/v/notes.txt", "x")
    office.write("/schemes/other/scheme.yml", "x: [").write("/schemes/qufu-approval/notes.yml", "x")
    snapshot = office.snapshot()
    records, period = snapshot.units["u"], Period.parse("2026-Q1")
    found = problems_of(snapshot, records, check_unit(records, period), period)
    own = [(it.place.path, it.code) for it in found if it.code != "missing-rating"]
    assert own == [
        ("records/u/2026-02/reports/wang-fang.yml", "yaml-syntax"),
        ("records/u/2026-Q1/objections/wang-fang.yml", "missing-key"),
        ("records/u/notes.txt", "misplaced-file"),
        ("records/u/people/zhao-lei.yml", "yaml-syntax"),
        ("schemes/qufu-approval/notes.yml", "misplaced-file"),
    ]


def test_a_scheme_that_says_nothing_of_the_year_has_no_annual_grades() -> None:
    """Nothing is assumed: the grades must be in the scheme first."""
    office = Office(staff="wang-fang")
    path = "schemes/qufu-approval/scheme.yml"
    before, annual, after = (office.files[path] or b"").decode().partition("\nannual:\n")
    assert annual
    rest = after[after.index("\nassumptions:") :]
    office.files[path] = f"{before}\n{rest}".encode()
    office.write("2026/determination.yml", "decided_on: 2027-01-15\ngrades: {wang-fang: 称职}\n")
    found = [it for it in office.problems("bad-value") if it.place.path == "records/u/2026/determination.yml"]
    assert [(it.message, it.hint, it.clause) for it in found] == [
        ("方案的年度考核没有“称职”这个等次", "先在方案的 annual 里写上年度考核的等次", None)
    ]
