"""The exported JSON Schemas accept what the loader accepts, and refuse the usual slips."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from checks.case import all_cases
from command import ROOT
from jsonschema import Draft202012Validator

from pingshi.layout import RECORDS, SCHEMES, Misplaced, locate
from pingshi.records import json_schemas
from pingshi.records.loading import LISTS, MAPPINGS
from pingshi.schemes import language_schemas
from pingshi.source import load, load_list, parse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pingshi.diagnostics import Problem
    from pingshi.files import Blob

SCHEMAS = {**json_schemas(), **language_schemas()}
VALIDATORS = {
    name: Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    for name, schema in SCHEMAS.items()
}


def files() -> Iterator[tuple[str, Path]]:
    """Yield every record and every scheme's file of the repository, with what it is."""
    for path in sorted((ROOT / RECORDS).rglob("*.yml")):
        yield locate(path.relative_to(ROOT).as_posix()).kind, path
    for path in sorted((ROOT / SCHEMES).rglob("*.yml")):
        yield path.stem, path


def read_by_yaml(value: Any) -> Any:
    """Return what PyYAML read as an editor would have it: days as text, keys as text (`on` is no truth value there)."""
    if isinstance(value, dict):
        return {"on" if key is True else str(key): read_by_yaml(it) for key, it in value.items()}
    if isinstance(value, list):
        return [read_by_yaml(it) for it in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def faults(kind: str, value: Any) -> list[str]:
    """Return what a schema has against a value, shortest path first."""
    return sorted(f"{error.json_path}: {error.message}" for error in VALIDATORS[kind].iter_errors(value))


def refused(kind: str, text: str) -> bool:
    """Tell whether both ways of reading a text are refused."""
    by_us, problems = parse("x.yml", text.encode())
    assert problems == []
    found = [bool(faults(kind, by_us)), bool(faults(kind, read_by_yaml(yaml.safe_load(text))))]
    assert len(set(found)) == 1, found
    return found[0]


@pytest.mark.parametrize("name", SCHEMAS)
def test_each_is_a_sound_schema_of_the_newest_dialect(name: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[name])
    assert SCHEMAS[name]["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_every_file_here_is_accepted_as_the_loader_and_as_an_editor_read_it() -> None:
    seen = set()
    for kind, path in files():
        text = path.read_bytes()
        by_us, problems = parse(path.name, text)
        assert problems == [], path
        assert faults(kind, by_us) == [], path
        assert faults(kind, read_by_yaml(yaml.safe_load(text))) == [], path
        seen.add(kind)
    assert {"people", "unit", "facts", "reviews", "determination", "evaluations", "scheme", "clauses"} <= seen


REVIEW = "role: supervising_leader\npeople:\n  wang-fang: {total: 88}\n"
DECISION = "decided_on: 2026-04-02\ngrades: {wang-fang: 好}\n"
PERSON = "name: 王芳\ndepartment: hall\npost: staff\ncategory: civil_servant\nleader: false\njoined: 2019-07-01\n"


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("determination", DECISION),
        ("determination", "decided_on: '2026-04-02'\ngrades: {wang-fang: {grade: 好, reason: 研究}}\n"),
        ("determination", f"{DECISION}meeting:\nconsulted:\nquota_reason:\n"),
        ("reviews", REVIEW),
        ("reviews", REVIEW.replace("88", "'88.5'")),
        ("reviews", REVIEW.replace("{total: 88}", "{scores: {politics: 9.5}, grade: , comment: }")),
        ("people", PERSON),
        ("people", PERSON + "left:\nborn: 1985\nsex:\ngit:\n"),
        ("people", PERSON.replace("false", "'false'").replace("hall", "[{is: hall, to: 2026-06-30}, {is: office}]")),
        ("people", PERSON.replace("leader: false", "leader: [{is: false, from: 2026-01-01, to: }]")),
        ("evaluations", "tasks: {t1: done, 2: {result: late, credit: 0.5}}\n"),
        ("plans", "tasks: [{id: 1, ledger: plan, content: 办件, due: 2026-01-20, standard: 100}]\n"),
        ("ballots", "counted_on: 2026-04-01\ncounted_by: qian-wei\ntotals: {wang-fang: [92, '88']}\n"),
        ("publicity", "from: 2026-04-03\nto: 2026-04-08\ncontact: 人事科\ntelephone: 5550100\n"),
        ("facts", "- {kind: leave, type: sick, from: 2026-01-05, to: 2026-02-27, days: }\n"),
        ("facts", "[]"),
    ],
)
def test_short_forms_blanks_and_bare_or_quoted_values_are_accepted(kind: str, text: str) -> None:
    assert not refused(kind, text)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("determination", DECISION.replace("grades", "grade")),
        ("determination", "grades: {wang-fang: 好}\n"),
        ("determination", "decided_on: 2026年4月2日\ngrades: {wang-fang: 好}\n"),
        ("determination", "decided_on: 2026-04-02\ngrades: {Wang Fang: 好}\n"),
        ("determination", "decided_on: 2026-04-02\ngrades: {wang-fang: {grad: 好}}\n"),
        ("reviews", REVIEW.replace("supervising_leader", "supervisor")),
        ("reviews", REVIEW.replace("total", "totl")),
        ("reviews", REVIEW.replace("88", "8８")),
        ("reviews", "role:\npeople: {}\n"),
        ("people", PERSON.replace("civil_servant", "公务员")),
        ("people", PERSON.replace("name: 王芳", "name: ''")),
        ("people", PERSON.replace("false", "否")),
        ("people", PERSON.replace("hall", "[{is: hall, until: 2026-06-30}]")),
        ("evaluations", "tasks: {t1: finished}\n"),
        ("facts", "- {kind: leave, type: holiday, from: 2026-01-05, to: 2026-02-27}\n"),
        ("facts", "- {kind: leaf, type: sick, from: 2026-01-05, to: 2026-02-27}\n"),
        ("facts", "- {kind: merit, on: 2026-01-05, what: 抢险}\n"),
        ("logs", "weeks: [{week: 2026-2, entries: []}]\n"),
        ("publicity", "- from: 2026-04-03\n"),
    ],
)
def test_a_misspelt_key_a_wrong_choice_a_missing_key_are_refused(kind: str, text: str) -> None:
    assert refused(kind, text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("period: quarter", "period: month"),
        ("cycle: {cite: Q3", "cycle: {cite: 第三条"),
        ("at_most: 40%", "at_most: 四成"),
        ("at_least: 3 workdays", "at_least: 3天"),
        ("weight: 40", "weigth: 40"),
        ("title: 曲阜", "titel: 曲阜"),
        ("places: 2", "places: 7"),
        ("record: summaries", "record: summary"),
    ],
)
def test_slips_in_a_scheme_are_refused(old: str, new: str) -> None:
    text = (ROOT / SCHEMES / "qufu-approval" / "scheme.yml").read_text(encoding="utf-8")
    assert old in text
    assert not refused("scheme", text)
    assert refused("scheme", text.replace(old, new, 1))


#: What no schema of this kind can tell: how many weeks a year has.
BEYOND = {("wrong-period/bad-no-such-week", "2025 年没有第 53 周")}


def test_the_schema_refuses_what_the_loader_refuses_in_every_case_of_the_checks() -> None:
    compared = 0
    for case in all_cases():
        for blob in case.blobs:
            kind = kind_of(blob.path)
            value, problems = parse(blob.path, blob.data or b"")
            if kind is None or value is None or problems:
                continue  # misplaced, or no YAML: neither has a say
            found = loaded(kind, blob)
            if any((case.name, it.message.partition("：")[2]) in BEYOND for it in found):
                continue
            assert bool(faults(kind, value)) == bool(found), (case.name, blob.path, found)
            compared += 1
    assert compared > 1000


def kind_of(path: str) -> str | None:
    """Return the kind of record at a path, or None where no record may stand."""
    try:
        return locate(path).kind
    except Misplaced:
        return None


def loaded(kind: str, blob: Blob) -> list[Problem]:
    """Return what the loader has against a file."""
    if kind in LISTS:
        return load_list(blob.path, blob.data or b"", LISTS[kind])[1]
    return load(blob.path, blob.data or b"", MAPPINGS[kind])[1]
