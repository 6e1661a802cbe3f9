"""What goes wrong with files: slips of the keyboard, of the mouse, and of people who try what happens."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from properties.units import Case, units
from properties.written import Raw, yaml_of

from pingshi.records import Blob

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hypothesis.strategies import DrawFn

#: What may stand where something else was meant.
VALUES: tuple[Any, ...] = (
    None,
    "",
    " ",
    [],
    {},
    [[]],
    [None],
    {"is": None},
    [{"is": "ld-a"}],
    [{"is": ["ld-a"], "from": "2026-03-31", "to": "2026-01-01"}],
    [{"from": "2026-01-01"}],
    True,
    0,
    -1,
    Raw("1e400"),
    Raw("0123"),
    Raw(".nan"),
    Raw("٣"),
    10**19,
    10**21,
    Raw("9" * 5000),
    Fraction(1, 10**18),
    Raw("-0.0"),
    Raw("9999-12-31"),
    Raw("0001-01-01"),
    Raw("1900-01-01"),
    Raw("2026-02-30"),
    Raw("2026-3-1"),
    Raw("２０２６-03-01"),
    Raw("9998-Q4"),
    Raw("2026-W99"),
    Raw("9998-W52"),
    Raw("2026-H1"),
    "2026-Q2",
    "好",
    "优秀",
    "nobody",
    "st-a",
    "ld-a",
    "staff",
    "qufu-approval",
    "第一行\n第二行",
    "{{ 7 * 7 }}",
    "<script>",
    "a" * 3000,
    "\u202e反",
    "\U0001f600",
    Raw("*everyone"),
    Raw("&me 好"),
    Raw("!!python/object:os.system x"),
    Raw("|\n  文字"),
    Raw("'没有写完"),
    Raw("[" * 30 + "]" * 30),
    Raw("{a: " * 25 + "1" + "}" * 25),
)
KEYS = (
    "grade",
    "total",
    "scores",
    "kind",
    "from",
    "to",
    "is",
    "people",
    "name",
    "nobody",
    "st-a",
    "ld-a",
    "",
    "等次",
    "~",
    "1",
    "null",
    "days",
)
#: Text that may come in between.
TOKENS = (
    b"\t",
    b"\xef\xbb\xbf",
    b"\r\n",
    b"\r",
    b"\x00",
    b"\xff\xfe",
    b"\xe5",
    b"- ",
    b"? ",
    b": ",
    b"{",
    b"}",
    b"[",
    b"]",
    b",",
    b"#",
    b"'",
    b'"',
    b"&a ",
    b"*a",
    b"!t ",
    b"|\n",
    b">-\n",
    b"%YAML 1.1\n",
    b"---\n",
    b"...\n",
    b"<<<<<<< HEAD\n",
    b"=======\n>>>>>>> x\n",
    b"<<: ",
    b"\xef\xbc\x9a",
    b"\xe2\x80\x9c",
    b"\\x00",
    b'"\\ud800"',
    b"[" * 60,
    b"- " * 60,
    b"? " * 40,
    b" " * 300,
    b"x" * 2000,
    b"\n",
    b"\xe2\x80\xa8",
    b"null",
    b"=",
    b"@",
    b"`",
)
#: Where a file may have got to.
PLACES = (
    "records/u/unit.yml",
    "records/u/people/st-a.yml",
    "records/u/people/new.yml",
    "records/u/facts/st-b.yml",
    "records/u/2026-Q1/reviews/st-a.yml",
    "records/u/2026-Q1/determination.yml",
    "records/u/2026/determination.yml",
    "records/u/2026/summaries/st-a.yml",
    "records/u/2026-H1/determination.yml",
    "records/u/2026-Q1/ballots.yml",
    "records/u/2026-Q1/feedback/ld-b.yml",
    "records/u/2026-Q1/filings.yml",
    "records/u/2026-01/plans/st-a.yml",
    "records/u/2026-01/evaluations/st-a.yml",
    "records/u/2026-01/logs/st-a.yml",
    "records/u/2026-01/reports/st-a.yml",
    "records/u/2026/goals/st-a.yml",
    "records/v/unit.yml",
    "records/v/people/st-a.yml",
    "records/U/unit.yml",
    "records/u/2026-Q5/ballots.yml",
    "records/u/people/王芳.yml",
    "records/u/people/st-a.yaml",
    "records/u/people/a/b.yml",
    "records/u/unit",
    "records/notes.txt",
    "records/u//unit.yml",
    "records/u/people.yml",
    "records/u/people/.yml",
    "records/u/9998-Q4/determination.yml",
    "records/u/1900-Q1/determination.yml",
    "records/u/2031-Q4/determination.yml",
    "schemes/other/scheme.yml",
    "schemes/other/clauses.yml",
    "schemes/x.yml",
    "README.md",
)


@dataclass(frozen=True)
class Spoiled:
    """Files as somebody left them, and the period that is asked for."""

    scheme: str
    period: str
    blobs: tuple[Blob, ...]
    several: bool
    what: tuple[str, ...]

    def __repr__(self) -> str:
        return f"<{self.scheme}, {self.period}: {self.what}; the files are below>"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:  # noqa: FBT001 -- hypothesis calls it
        del cycle
        printer.text(repr(self))


@st.composite
def spoiled(draw: DrawFn, scheme: str) -> Spoiled:
    """Draw a unit with up to three things wrong with its files; sometimes with none."""
    case = draw(units(scheme))
    what: list[str] = []
    for _ in range(draw(st.sampled_from((1, 1, 1, 2, 3, 0)))):
        case = _spoil_values(draw, case, what)
    blobs = {it.path: it for it in case.blobs()}
    for _ in range(draw(st.sampled_from((0, 0, 1, 2)))):
        _spoil_file(draw, blobs, what)
    several = draw(st.sampled_from((False, False, False, True)))
    found = tuple(
        Blob(it.path, it.data, int(several and "/people/" not in it.path), it.denied) for it in blobs.values()
    )
    return Spoiled(case.scheme, case.period, found, several, tuple(what))


def _spoil_values(draw: DrawFn, case: Case, what: list[str]) -> Case:
    """Change, leave out, add or double one key or value somewhere in a record."""
    path = draw(st.sampled_from(sorted(case.files)))
    value = case.files[path]
    if isinstance(value, Raw):
        return case
    spots = list(_spots(value))
    if not spots:
        return case
    spot = draw(st.sampled_from(spots))
    how = draw(st.sampled_from(("value", "value", "value", "drop", "rename", "add", "double", "another")))
    what.append(f"{how} at {path} {spot}")
    match how:
        case "value":
            return case.having(path, _changed(value, spot, draw(st.sampled_from(VALUES))))
        case "another":
            other = case.files[draw(st.sampled_from(sorted(case.files)))]
            return case.having(path, _changed(value, spot, other))
        case "drop":
            return case.having(path, _changed(value, spot, _GONE))
        case "rename" | "add":
            key = draw(st.sampled_from(KEYS))
            return case.having(path, _renamed(value, spot, key, keep=how == "add"))
        case _:
            text = yaml_of(value)
            lines = text.splitlines(keepends=True)
            index = draw(st.integers(0, len(lines) - 1))
            return case.having(path, Raw("".join((*lines[: index + 1], *lines[index:]))))


class _Gone:
    """Stands for a key that is no longer there."""


_GONE = _Gone()
_Spot = tuple[Any, ...]


def _spots(value: Any, above: _Spot = ()) -> Iterator[_Spot]:
    """Yield the way to everything within a value, and to the value itself."""
    yield above
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _spots(item, (*above, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _spots(item, (*above, index))


def _changed(value: Any, spot: _Spot, new: Any) -> Any:
    if not spot:
        return "" if new is _GONE else new
    first, *rest = spot
    if isinstance(value, dict):
        items = {key: _changed(item, tuple(rest), new) if key == first else item for key, item in value.items()}
        return {
            key: item for key, item in items.items() if item is not _GONE and not (key == first and _is_gone(new, rest))
        }
    items_ = [_changed(item, tuple(rest), new) if index == first else item for index, item in enumerate(value)]
    return [item for index, item in enumerate(items_) if not (index == first and _is_gone(new, rest))]


def _is_gone(new: Any, rest: list[Any]) -> bool:
    return new is _GONE and not rest


def _renamed(value: Any, spot: _Spot, name: str, *, keep: bool) -> Any:
    """Give one key another name, or write the same value under another key as well."""
    if not spot:
        return {name: value} if not keep else [value, value]
    first, *rest = spot
    if isinstance(value, list):
        return [_renamed(item, tuple(rest), name, keep=keep) if at == first else item for at, item in enumerate(value)]
    if rest:
        return {
            key: _renamed(item, tuple(rest), name, keep=keep) if key == first else item for key, item in value.items()
        }
    renamed = {name if key == first else key: item for key, item in value.items()}
    return value | renamed if keep else renamed


def _spoil_file(draw: DrawFn, blobs: dict[str, Blob], what: list[str]) -> None:
    """Cut, move, empty, mix up or forbid a whole file: of the unit, now and then of the scheme."""
    top = draw(st.sampled_from(("records/",) * 11 + ("schemes/",)))
    paths = [it for it in blobs if it.startswith(top) and blobs[it].data is not None]
    if not paths:
        return
    path = draw(st.sampled_from(paths))
    data = blobs[path].data or b""
    how = draw(
        st.sampled_from(
            (
                "insert",
                "insert",
                "insert",
                "cut",
                "cut out",
                "move",
                "swap",
                "empty",
                "link",
                "denied",
                "gone",
                "bytes",
                "two",
            )
        )
    )
    what.append(f"{how}: {path}")
    match how:
        case "insert":
            at = draw(st.integers(0, len(data)))
            blobs[path] = Blob(path, data[:at] + draw(st.sampled_from(TOKENS)) + data[at:])
        case "cut":
            blobs[path] = Blob(path, data[: draw(st.integers(0, len(data)))])
        case "cut out":
            start = draw(st.integers(0, len(data)))
            blobs[path] = Blob(path, data[:start] + data[start + draw(st.integers(1, 40)) :])
        case "move" | "two":
            other = draw(st.sampled_from(PLACES))
            blobs[other] = Blob(other, data)
            if how == "move" and other != path:
                del blobs[path]
        case "swap":
            other = draw(st.sampled_from(paths))
            blobs[path], blobs[other] = Blob(path, blobs[other].data), Blob(other, data)
        case "empty":
            blobs[path] = Blob(path, b"")
        case "link":
            blobs[path] = Blob(path, None)
        case "denied":
            blobs[path] = Blob(path, None, denied=True)
        case "gone":
            del blobs[path]
        case _:
            blobs[path] = Blob(path, draw(st.binary(max_size=60)) or draw(st.text(max_size=60)).encode())
