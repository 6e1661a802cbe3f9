"""Every form: each key in order, explained, in its place, and wrong in nothing but what is blank."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from office import Office
from starting import begin

from pingshi.layout import BY_NAME, locate
from pingshi.records import json_schemas
from pingshi.source import Map, parse
from pingshi.source.limits import FORBIDDEN
from pingshi.starting import kind_named
from pingshi.starting.form import scalar

if TYPE_CHECKING:
    from pathlib import Path

SCHEMES = ("baishan-audit", "chaoyang-ecology", "city-drc", "qufu-approval", "zhangdian-stats")
SCHEMAS = json_schemas()
PLAN = "tasks: [{id: t1, ledger: plan, content: 办件, due: 2026-01-20, standard: 办结}]\n"
#: What is said on the command line for each kind.
WORDS: dict[str, tuple[dict[str, str], tuple[str, ...]]] = {
    "people": ({"person": "sun-li"}, ()),
    "facts": ({"person": "wang-fang", "what": "leave"}, ()),
    "goals": ({"period": "2026", "person": "wang-fang"}, ()),
    "plans": ({"period": "2026-01", "person": "zhao-lei"}, ()),
    "logs": ({"period": "2026-01", "person": "wang-fang"}, ()),
    "reports": ({"period": "2026-01", "person": "wang-fang"}, ()),
    "evaluations": ({"period": "2026-01", "person": "wang-fang"}, ()),
    "attendance": ({"period": "2026-01"}, ()),
    "summaries": ({"period": "2026-Q1", "person": "wang-fang"}, ()),
    "reviews": ({"period": "2026-Q1", "person": "liu-yang"}, ()),
    "ballots": ({"period": "2026-Q1"}, ()),
    "outside": ({"period": "2026-Q1", "person": "wang-fang"}, ()),
    "determination": ({"period": "2026-Q1"}, ()),
    "publicity": ({"period": "2026-Q1"}, ()),
    "feedback": ({"period": "2026-Q1", "person": "liu-yang"}, ("wang-fang",)),
    "objections": ({"period": "2026-Q1", "person": "wang-fang"}, ()),
    "replies": ({"period": "2026-Q1", "person": "wang-fang"}, ()),
    "spot_checks": ({"period": "2026-Q1"}, ("wang-fang",)),
    "filings": ({"period": "2026-Q1"}, ()),
}


def office(scheme: str) -> Office:
    """An office with a plan to evaluate."""
    return Office(scheme).write("2026-01/plans/wang-fang.yml", PLAN)


def test_there_is_a_form_for_every_kind_but_the_units_own_file() -> None:
    assert set(WORDS) == set(BY_NAME) - {"unit"}
    assert {name for name in BY_NAME if kind_named(name)} == set(WORDS)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("kind", WORDS)
def test_a_form_is_wrong_in_nothing_but_what_is_left_blank(kind: str, scheme: str, tmp_path: Path) -> None:
    words, people = WORDS[kind]
    form = begin(office(scheme), tmp_path, kind, *people, **words)
    assert locate(form.path).kind == kind
    assert form.faults <= {"missing-key"}
    value, problems = parse(form.path, form.text.encode())
    assert problems == []
    if isinstance(value, Map):
        assert list(value) == list(SCHEMAS[kind]["properties"])


@pytest.mark.parametrize("kind", WORDS)
def test_every_key_is_explained_by_its_title(kind: str, tmp_path: Path) -> None:
    words, people = WORDS[kind]
    form = begin(office("qufu-approval"), tmp_path, kind, *people, **words)
    comments = [line.strip("# ") for line in form.text.splitlines() if line.lstrip().startswith("#")]
    schema: dict[str, Any] = SCHEMAS[kind]
    if "properties" in schema:
        for key in schema["properties"].values():
            assert [it for it in comments if it.startswith(key["title"])], key["title"]
    else:
        models = [schema["$defs"]["Leave"]] if kind == "facts" else list(schema["$defs"].values())
        for name, key in models[0]["properties"].items():
            assert [it for it in comments if it.startswith(f"{name} {key['title']}")], name


def test_what_may_be_left_out_is_said_and_what_must_be_written_is_not(tmp_path: Path) -> None:
    lines = begin(office("qufu-approval"), tmp_path, "determination", period="2026-Q1").text.splitlines()
    assert "# 审定日期" in lines
    assert "# 会议（可以不写）：如 2026年第6次局党组会议；由一个人审定的不写。" in lines


def test_the_editors_line_stands_first_where_the_repository_has_schemas(tmp_path: Path) -> None:
    (tmp_path / ".schema").mkdir()
    (tmp_path / ".schema" / "summaries.json").write_text("{}", encoding="utf-8")
    form = begin(office("qufu-approval"), tmp_path, "summaries", period="2026-Q1", person="wang-fang")
    first = form.text.splitlines()[0]
    assert first == "# yaml-language-server: $schema=../../../../.schema/summaries.json"
    target = (tmp_path / form.path).parent / first.partition("$schema=")[2]
    assert target.resolve() == tmp_path / ".schema" / "summaries.json"


def test_without_schemas_the_form_has_no_such_line(tmp_path: Path) -> None:
    form = begin(office("qufu-approval"), tmp_path, "summaries", period="2026-Q1", person="wang-fang")
    assert form.text.splitlines()[0] == "# wang-fang2026年第一季度个人小结（由本人填写）"


@given(
    st.text(
        st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp", "Co", "Cn")), max_size=20
    ).filter(lambda it: not FORBIDDEN.search(it))
)
def test_any_text_stands_behind_a_colon_and_is_read_back_the_same(text: str) -> None:
    written = f"a: {scalar(text)}  # 说明\nb: 1\n"
    value, problems = parse("x.yml", written.encode())
    assert problems == []
    assert value == {"a": text or None, "b": "1"}
    if text.isalpha() and text.lower() not in ("true", "false"):
        assert yaml.safe_load(written)["a"] == text  # what an editor makes of it


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("王芳", "王芳"),
        ("wang-fang", "wang-fang"),
        ("2026年第6次局党组会议", "2026年第6次局党组会议"),
        ("示例市（本级）", "示例市（本级）"),
        ("a: b", '"a: b"'),
        ("#1", '"#1"'),
        ("[]", '"[]"'),
        ("- x", '"- x"'),
        ("他说“好”", "他说“好”"),
        ('"', '"\\""'),
        ("x ", '"x "'),
        ("a\nb", '"a\\nb"'),
        ("No", '"No"'),
    ],
)
def test_only_what_needs_quotes_gets_them(text: str, written: str) -> None:
    assert scalar(text) == written
