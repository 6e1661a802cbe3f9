"""The short way of reading gives what the long way gives, or gives up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from checks.case import all_cases
from office import ROOT

from pingshi.files import read_working_tree
from pingshi.layout import RECORDS, Misplaced, locate
from pingshi.records.loading import LISTS, MAPPINGS
from pingshi.schemes import Clauses, Scheme
from pingshi.source import Located, direct, model, parse

if TYPE_CHECKING:
    from pingshi.diagnostics import Place

KINDS: dict[str, Any] = {
    **MAPPINGS,
    **{name: tuple[item, ...] for name, item in LISTS.items()},  # type: ignore[valid-type]
    "scheme.yml": Scheme,
    "clauses.yml": Clauses,
}


def long(path: str, data: bytes, kind: Any) -> Any:
    """Read the long way; None where there is any problem."""
    value, problems = parse(path, data)
    if problems or value is None:
        return None
    made, problems = model._validate(path, value, kind)  # type: ignore[arg-type]
    return None if problems else made


def places(value: Any, at: tuple[str, ...] = ()) -> dict[tuple[str, ...], Place]:
    """Return the place of every key of every model in a value."""
    found: dict[tuple[str, ...], Place] = {}
    if isinstance(value, Located):
        found[at] = value.place.settled()
        for name, field in type(value).model_fields.items():
            key = field.alias or name
            found[(*at, key)] = value.at(key).settled()
            inner = getattr(value, name)
            if isinstance(inner, dict):
                found |= {(*at, key, it): value.at(key, it).settled() for it in inner}
            found |= places(inner, (*at, key))
    elif isinstance(value, dict):
        for key, inner in value.items():
            found |= places(inner, (*at, str(key)))
    elif isinstance(value, tuple):
        for index, inner in enumerate(value):
            found |= places(inner, (*at, str(index)))
    return found


def kind_of(path: str) -> Any:
    """Return what stands at a path, or None where nothing should."""
    if not path.startswith(f"{RECORDS}/"):
        return KINDS.get(path.rpartition("/")[2])
    try:
        return KINDS[locate(path).kind]
    except Misplaced:
        return None


@pytest.mark.parametrize("name", sorted(KINDS))
def test_every_kind_is_read_the_short_way(name: str) -> None:
    assert direct._root(KINDS[name]) is not None


def test_every_file_of_the_samples_comes_out_the_same_with_every_place() -> None:
    for blob in read_working_tree([ROOT]):
        kind = kind_of(blob.path)
        assert blob.data is not None
        short = direct.read(blob.path, blob.data, kind)
        other = long(blob.path, blob.data, kind)
        assert short is not None, blob.path
        assert short == other, blob.path
        assert places(short) == places(other), blob.path


def test_every_file_of_the_cases_comes_out_the_same_or_is_left_to_the_long_way() -> None:
    doubted = 0
    for case in all_cases():
        for blob in case.blobs:
            kind = kind_of(blob.path)
            if kind is None or blob.data is None or blob.path.startswith("schemes/"):
                continue
            short = direct.read(blob.path, blob.data, kind)
            other = long(blob.path, blob.data, kind)
            doubted += short is None
            assert short == other or short is None, blob.path
            assert short is None or places(short) == places(other), blob.path
    assert doubted > 30


PERSON = """\
name: 王芳
department: hall
post: window
category: civil_servant
leader: false
joined: 2019-07-01
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("name: 王芳", "name: [王芳]"),
        ("name: 王芳", "name: {a: 王芳}"),
        ("name: 王芳", "name:"),
        ("name: 王芳", "name: ~"),
        ("name: 王芳", "name: 王芳\nname: 王芳"),
        ("name: 王芳", "names: 王芳"),
        ("name: 王芳\n", ""),
        ("name: 王芳", "name: 王芳\nleft:\nleft: 2026-01-01"),
        ("name: 王芳", 'name: "\\u738b"'),
        ("name: 王芳", "name: 王芳\nsex: 无"),
        ("name: 王芳", "? [name]\n: 王芳"),
        ("category: civil_servant", "category: servant"),
        ("category: civil_servant", "category: [{is: civil_servant, form: 2026-01-01}]"),
        ("category: civil_servant", "category: [civil_servant]"),
        ("leader: false", "leader: no"),
        ("joined: 2019-07-01", "joined: 2019-7-1"),
        ("joined: 2019-07-01", "joined: 2019-02-30"),
    ],
)
def test_whatever_is_wrong_is_left_to_the_long_way(old: str, new: str) -> None:
    data = PERSON.replace(old, new).encode()
    assert direct.read("p.yml", PERSON.encode(), KINDS["people"]) is not None
    assert direct.read("p.yml", data, KINDS["people"]) is None


@pytest.mark.parametrize(
    "data", [b"", b"- 1\n", b"x\n", b"\xff", b"a: &x 1\n", b"<<<<<<< a\n", b"[" * 50, b"a: b: c\n"]
)
def test_what_is_no_record_at_all_is_left_to_the_long_way(data: bytes) -> None:
    for kind in KINDS.values():
        assert direct.read("p.yml", data, kind) is None
