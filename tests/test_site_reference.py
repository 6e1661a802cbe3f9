"""The reference on the site is the code's own: every kind, every code and every key is there, and nothing stale.

`PINGSHI_BLESS=1 pytest tests/test_site_reference.py` writes the messages that the page of checks shows anew from
the cases of the checks: read the difference.
"""

from __future__ import annotations

import os
import re
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from checks.case import NAMES, all_cases
from command import ROOT, pingshi, tree
from office import LEADERS, Office
from pydantic import BaseModel
from sites import save

from pingshi.authority import TABLE
from pingshi.diagnostics import CODES
from pingshi.grading import CHECKS as PERIOD_CHECKS
from pingshi.grading import YEAR_CHECKS
from pingshi.layout import KINDS
from pingshi.publishing.reference import code_entries, kind_entries, language_tables, tables
from pingshi.publishing.reference.language import clauses_tables
from pingshi.records import CHECKS as RECORD_CHECKS
from pingshi.records import json_schemas
from pingshi.records.loading import LISTS, MAPPINGS
from pingshi.schemes import LINT_CHECKS, PERSON, YEAR, Clauses, Scheme
from pingshi.source import load, load_list
from pingshi.source.terms import Term

if TYPE_CHECKING:
    from pathlib import Path

#: The cases' office, told as the handbook's bureau: on the site the examples are of one place, and of nobody else's.
TOLD_AS = {
    "records/u/": "records/demo/",
    "liu-yang": "ren-xiaolan",
    "刘扬": "任晓岚",
    "wu-gang": "kang-li",
    "吴刚": "康立",
    "wang-fang": "shi-lei",
    "wang-fan": "shi-le",
    "王芳": "石磊",
    "zhao-lei": "tang-yawen",
    "赵磊": "唐雅文",
}
EXAMPLES = ROOT / "site" / "examples"
PROBLEMS = EXAMPLES / "problems.yml"
RECORDS, CHECKS, LANGUAGE = (f"reference/{it}.md" for it in ("records", "checks", "scheme-language"))


@cache
def examples() -> dict[str, str]:
    """Return the example of every kind."""
    return {kind.name: (EXAMPLES / f"{kind.name}.yml").read_text(encoding="utf-8") for kind in KINDS}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The Markdown of a small office's site."""
    return markdown(Office(), tmp_path_factory.mktemp("reference"))


def markdown(office: Office, folder: Path) -> dict[str, str]:
    """Build an office's site and return its Markdown."""
    root = save(office, folder / "repository")
    out = ("--out", str(folder / "site"), "--pages", str(folder / "pages"), "--on", "2026-11-20")
    assert pingshi("build", *out, repo=root).status == 0
    found = tree(folder / "pages").items()
    return {path: data.decode() for path, data in found if path.endswith(".md") and data is not None}


def models(kind: Any) -> set[type[BaseModel]]:
    """Return every model within a type."""
    found: set[type[BaseModel]] = set()

    def visit(it: Any) -> None:
        if isinstance(it, type) and issubclass(it, BaseModel):
            if it not in found:
                found.add(it)
                for field in it.model_fields.values():
                    visit(field.annotation)
            return
        for inner in getattr(it, "__args__", ()):
            visit(inner)

    visit(kind)
    return found


def keys(kind: Any) -> set[str]:
    """Return every key of every model within a type, but those of terms, which one sentence explains."""
    return {
        field.alias or name
        for model in models(kind)
        if not issubclass(model, Term)
        for name, field in model.model_fields.items()
    }


def test_every_kind_of_record_has_its_section_in_the_layouts_order(pages: dict[str, str]) -> None:
    anchors = re.findall(r"^## .*\{ #(\w+) \}$", pages[RECORDS], re.MULTILINE)
    assert anchors == ["common", *(kind.name for kind in KINDS)]
    assert list(TABLE) == [kind.name for kind in KINDS]


@pytest.mark.parametrize("kind", [it.name for it in KINDS])
def test_every_key_of_every_kind_is_told_and_no_other(kind: str) -> None:
    model = MAPPINGS.get(kind) or LISTS[kind]
    entry = next(it for it in kind_entries(examples()) if it.name == kind)
    assert {key.name for table in entry.tables for key in table.keys} == keys(model)


def test_every_key_of_the_scheme_language_is_told_and_no_other() -> None:
    assert {key.name for table in language_tables() for key in table.keys} == keys(Scheme)
    assert {key.name for table in clauses_tables() for key in table.keys} == keys(Clauses)
    assert [key.name for key in language_tables()[0].keys] == [
        field.alias or name for name, field in Scheme.model_fields.items()
    ]


def test_every_word_of_conditions_is_on_the_page(pages: dict[str, str]) -> None:
    told = re.findall(r"^<code>(\S+)</code>（", pages[LANGUAGE], re.MULTILINE)
    assert [it.replace("&#95;", "_") for it in told][-len(PERSON) - len(YEAR) :] == [*PERSON, *YEAR]


def test_every_section_of_the_language_shows_an_example_from_a_real_scheme(pages: dict[str, str]) -> None:
    shown = re.findall(r"^```yaml\n(\w+):", pages[LANGUAGE], re.MULTILINE)
    assert set(shown) == {table.path[0] for table in language_tables() if len(table.path) == 1}


def test_what_must_be_there_is_marked_so() -> None:
    told = {
        (kind.name, table.path, key.name): key.required
        for kind in kind_entries(examples())
        for table in kind.tables
        for key in table.keys
    }
    assert [key for (kind, _, key), required in told.items() if kind == "people" and required] == [
        *("name", "department", "post", "category", "leader", "joined"),
    ]
    assert told["plans", ("tasks",), "adjusted"] is False
    assert told["plans", ("tasks", "adjusted"), "due"] is True


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("name", "文字"),
        ("department", "代号；中途有变化的，按时间分段写"),
        ("category", "所列的词；中途有变化的，按时间分段写"),
        ("leader", "true 或 false；中途有变化的，按时间分段写"),
        ("joined", "日期，如 2026-03-31"),
        ("sex", "所列的词"),
        ("git", "几行“键: 值”"),
    ],
)
def test_the_form_of_a_value_is_told_in_words(key: str, value: str) -> None:
    (person, *_) = tables(json_schemas()["people"], "people")
    assert next(it.value for it in person.keys if it.name == key) == value


def test_forms_within_forms_are_told_too() -> None:
    found = {
        f"{name}.{key.name}": key.value
        for name, schema in json_schemas().items()
        for table in tables(schema, name)
        for key in table.keys
    }
    assert {name: found[name] for name in ("reports.done", "ballots.totals", "reviews.scores", "reviews.people")} == {
        "reports.done": "列表，每项是文字",
        "ballots.totals": "一行一项，右边是列表，每项是数字",
        "reviews.scores": "一行一项，右边是数字",
        "reviews.people": "一行一项，右边是几行“键: 值”",
    }


def test_every_word_to_choose_from_is_told_with_its_meaning() -> None:
    chosen = {
        (kind.name, key.name): key.says
        for kind in kind_entries(examples())
        for table in kind.tables
        for key in table.keys
        if key.value.startswith("所列的词")
    }
    assert len(chosen) >= 15
    assert {it: says for it, says in chosen.items() if "；" not in says} == {}
    assert chosen["people", "category"] == "civil_servant 公务员；institution 事业单位人员；worker 工勤人员。"
    assert chosen["reviews", "role"].startswith("以什么身份评鉴。可以写：principal_leader 主要领导；")


@pytest.mark.parametrize("kind", [it.name for it in KINDS])
def test_the_example_of_every_kind_is_valid(kind: str) -> None:
    data = examples()[kind].encode()
    _, problems = load(kind, data, MAPPINGS[kind]) if kind in MAPPINGS else load_list(kind, data, LISTS[kind])
    assert problems == []


def test_there_is_no_example_of_something_else() -> None:
    assert {it.name for it in EXAMPLES.iterdir()} == {f"{kind.name}.yml" for kind in KINDS} | {PROBLEMS.name}


def test_every_code_has_its_section_with_its_rules(pages: dict[str, str]) -> None:
    anchors = re.findall(r"^## .*\{ #([\w-]+) \}$", pages[CHECKS], re.MULTILINE)
    assert anchors == [*CODES, "lint"]
    assert re.findall(r'<span id="([\w-]+)">', pages[CHECKS]) == [
        check.__name__.replace("_", "-") for check in LINT_CHECKS
    ]
    assert re.findall(r"^[^#\n].*\{ #.*$", pages[CHECKS], re.MULTILINE) == []  # it would be shown as it stands
    rules = [check.__doc__ for check in (*RECORD_CHECKS, *LINT_CHECKS)]
    rules += [check.__doc__ for _, check in (*PERIOD_CHECKS, *YEAR_CHECKS)]
    told = {rule for it in code_entries(problems()) for rule in it.rules}
    assert told | {check.__doc__ for check in LINT_CHECKS} == set(rules)
    listed = re.findall(r"^- (.*?)(?:\{ #.*)?$", pages[CHECKS], re.MULTILINE)
    assert len(listed) == len(rules)


def problems() -> dict[str, dict[str, Any]]:
    """Return the messages that the page shows."""
    found: dict[str, dict[str, Any]] = yaml.safe_load(PROBLEMS.read_text(encoding="utf-8"))
    return found


def _retold(text: str) -> str:
    for here, there in TOLD_AS.items():
        text = text.replace(here, there)
    return text


def test_the_messages_shown_are_those_of_the_cases() -> None:
    cases = {case.name: case for case in all_cases()}
    found = {}
    for code, (severity, _) in CODES.items():
        bad = (it for name in sorted(cases) if name.startswith(f"{code}/bad") for it in cases[name].expect)
        case = next(it for it in bad if (it["code"], it["severity"]) == (code, severity))
        found[code] = {key: _retold(case[key]) for key in ("severity", "clause", "message", "hint") if case[key]}
    if os.environ.get("PINGSHI_BLESS") == "1":
        head = "# What people meet: one message of each code, from tests/checks/<code>/bad.yml. Written by the tests.\n"
        body = yaml.safe_dump(found, allow_unicode=True, sort_keys=False, width=10_000)
        PROBLEMS.write_text(head + body, encoding="utf-8")
    assert problems() == found


def test_the_examples_tell_of_the_handbooks_people_alone() -> None:
    """Not of the samples', whose site would tell what is private of them, and not of the cases' office."""
    known = {it.stem for it in (ROOT / "tests" / "handbook" / "records" / "demo" / "people").iterdir()}
    others = {it.stem for it in (ROOT / "records").glob("*/people/*.yml")} | {*LEADERS, *NAMES, *NAMES.values()}
    texts = {it.name: it.read_text(encoding="utf-8") for it in EXAMPLES.iterdir()}
    texts |= {it.name: it.read_text(encoding="utf-8") for it in (ROOT / "site" / "pages" / "handbook").iterdir()}
    assert others.isdisjoint(known)
    assert {(name, it) for name, text in texts.items() for it in others if re.search(rf"\b{it}\b", text)} == set()


def test_the_reference_and_the_handbook_know_nothing_of_anybodys_records(pages: dict[str, str], tmp_path: Path) -> None:
    """So whatever stands there is no leak."""
    office = Office("zhangdian-stats", staff="li-na").facts("li-na", "kind: admonition, on: 2026-02-20, reason: 密")
    other = markdown(office, tmp_path)
    documents = {path for path in pages if path.startswith(("reference/", "handbook/"))}
    assert documents >= {RECORDS, CHECKS, LANGUAGE}
    assert {path: other[path] for path in documents} == {path: pages[path] for path in documents}
