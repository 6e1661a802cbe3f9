"""From a tree of values to a pydantic model, with every error of a file at once, in Chinese."""

from __future__ import annotations

import difflib
from datetime import date
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Any, Generic, TypeVar, get_args

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    PrivateAttr,
    TypeAdapter,
    ValidationError,
    model_validator,
)

from pingshi.diagnostics import CODES, Place, Problem, problem
from pingshi.source.fields import Day
from pingshi.source.nodes import parse
from pingshi.source.values import Map, Marks, Seq, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Self

    from pydantic_core import ErrorDetails

_NOWHERE = Marks("", 1, 1)
#: A hint that lists more keys than this is no help.
_MOST_WORDS = 12


class Located(BaseModel):
    """A frozen model that refuses unknown keys and remembers where it was written."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    _marks: Marks = PrivateAttr(default=_NOWHERE)

    @model_validator(mode="wrap")
    @classmethod
    def _remember_the_place(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        if not isinstance(data, Map):
            return handler(data)
        optional = _optional_keys(cls)
        blank = [key for key, value in data.items() if value is None and key in optional]
        made = handler({key: value for key, value in data.items() if key not in blank} if blank else data)
        made._marks = data.marks  # noqa: SLF001 -- of this very class
        return made

    def at(self, *loc: str | int) -> Place:
        """Return the place of a key under this value, or of the nearest thing above it."""
        return self._marks.at(*loc)

    @property
    def place(self) -> Place:
        """Where this value begins."""
        return self._marks.place


@cache
def _optional_keys(model: type[BaseModel]) -> frozenset[str]:
    """Keys that may be left blank, which is the same as leaving them out."""
    return frozenset(field.alias or name for name, field in model.model_fields.items() if not field.is_required())


T = TypeVar("T")
M = TypeVar("M", bound=BaseModel)


class Term(Located, Generic[T]):
    """A value with the days on which it holds; an open end is unbounded."""

    value: T = Field(alias="is")
    since: Day | None = Field(default=None, alias="from")
    until: Day | None = Field(default=None, alias="to")

    def holds(self, day: date) -> bool:
        """Tell whether the value holds on the day; both ends are included."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


def _as_terms(value: Any) -> Any:
    if isinstance(value, Seq | list) and value and all(isinstance(item, Map | dict) for item in value):
        return value
    if value is None:
        return value
    made = Map({"is": value})
    made.marks = getattr(value, "marks", _NOWHERE)
    return [made]


if TYPE_CHECKING:
    #: A value, or a list of `{is, from, to}` where it changed over time.
    Terms = Annotated[tuple[Term[T], ...], BeforeValidator(_as_terms)]
else:

    class Terms:
        """The same at run time: `Term[T]` of a free `T` is `Term` itself, so an alias could not be filled in."""

        def __class_getitem__(cls, item: Any) -> Any:
            return Annotated[tuple[Term[item], ...], BeforeValidator(_as_terms)]


def held(terms: Sequence[Term[T]], day: date) -> T | None:
    """Return the value in force on the day, or None where no term covers it."""
    for term in terms:
        if term.holds(day):
            return term.value
    return None


def terms_faults(terms: Sequence[Term[Any]]) -> list[str]:
    """Say in Chinese what is wrong with a list of terms: ends before it begins, or overlaps."""
    faults = [
        f"任期从 {term.since} 到 {term.until}，结束早于开始"
        for term in terms
        if term.since is not None and term.until is not None and term.until < term.since
    ]
    ordered = sorted(terms, key=lambda term: term.since or date.min)
    faults += [
        f"两段任期重叠：一段到 {before.until or '现在'}，另一段从 {after.since or '最初'} 开始"
        for before, after in pairwise(ordered)
        if before.until is None or after.since is None or after.since <= before.until
    ]
    return faults


# --- loading ---------------------------------------------------------------------------


def load(path: str, data: bytes, model: type[M]) -> tuple[M | None, list[Problem]]:
    """Read a file that holds one mapping. The model is None where anything is wrong with it."""
    value, problems = parse(path, data)
    if value is None:
        return None, problems
    if not isinstance(value, Map):
        what = "列表" if isinstance(value, Seq) else "一段文字"
        hint = "文件应由“键: 值”组成：键在行首，后面是英文冒号和一个空格"
        return None, [*problems, problem(_start(path, value), "bad-value", f"文件内容是{what}，不是“键: 值”", hint)]
    made, found = _validate(path, value, model)
    return (made if not problems else None), [*problems, *found]


def load_list(path: str, data: bytes, item: Any) -> tuple[tuple[Any, ...] | None, list[Problem]]:
    """Read a file that holds a list of `item` (a model, or a union told apart by a key)."""
    value, problems = parse(path, data)
    if value is None:
        return None, problems
    if not isinstance(value, Seq):
        hint = "文件应是一个列表：每一项以“- ”开头"
        return None, [*problems, problem(_start(path, value), "bad-value", "文件内容不是列表", hint)]
    made, found = _validate(path, value, tuple[item, ...])
    return (made if not problems else None), [*problems, *found]


def _start(path: str, value: Map | Seq | Text) -> Place:
    if isinstance(value, Text):
        return Place(path, value.line, value.column)
    return value.marks.place


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _validate(path: str, value: Map | Seq, kind: Any) -> tuple[Any, list[Problem]]:
    adapter = _adapter(kind)
    try:
        return adapter.validate_python(value), []
    except ValidationError as error:
        return None, [_translated(path, value, kind, it) for it in error.errors(include_url=False)]


def _translated(path: str, value: Map | Seq, kind: Any, error: ErrorDetails) -> Problem:
    loc = error["loc"]
    name = next((part for part in reversed(loc) if isinstance(part, str) and part != "[key]"), "")
    place, written = _locate(path, value, loc)
    match error["type"]:
        case "extra_forbidden":
            key = str(loc[-1])
            return problem(place, "unknown-key", f"没有“{key}”这个键", suggestion(key, known_keys(kind)))
        case "missing" | "union_tag_not_found":
            key = name if error["type"] == "missing" else "kind"
            return problem(place, "missing-key", f"缺少“{key}”", f"补上“{key}: …”；冒号用英文半角，后面加一个空格")
        case "literal_error" | "enum" | "union_tag_invalid":
            ctx = error.get("ctx", {})
            allowed = str(ctx.get("expected") or ctx.get("expected_tags", "")).replace(" or ", ", ").replace("'", "")
            if written is None and error["type"] != "union_tag_invalid":
                return problem(place, "missing-key", f"“{name}”没有填写", f"可以写：{allowed}")
            shown = ctx.get("tag") or error["input"]
            if not isinstance(shown, str):
                return problem(place, "bad-value", f"“{name}”应是一个词", f"可以写：{allowed}")
            hint = f"可以写：{allowed}"
            close = difflib.get_close_matches(shown, allowed.split(", "), n=1)
            return problem(
                place, "bad-value", f"“{shown[:40]}”不在可选范围内", hint + (f"；是不是 {close[0]}？" if close else "")
            )
        case code if code in CODES:
            ctx = error.get("ctx", {})
            label = f"“{name}”：" if name else ""
            return problem(place, code, f"{label}{ctx['message']}", str(ctx["hint"]))
        case "model_type" | "dict_type" | "model_attributes_type" | "mapping_type":
            if written is None:
                return problem(
                    place, "missing-key", f"“{name}”没有填写", "写上“键: 值”各项，或删掉这个键（如果它可以不写）"
                )
            return problem(place, "bad-value", f"“{name}”应由“键: 值”组成", "下一行起缩进两个空格，逐行写“键: 值”")
        case "tuple_type" | "list_type":
            if written is None:
                return problem(place, "missing-key", f"“{name}”没有填写", "写上列表，或写 [] 表示没有")
            return problem(place, "bad-value", f"“{name}”应是列表", "每项写一行，以“- ”开头；没有就写 []")
        case _:
            return problem(place, "bad-value", f"“{name}”的值不合要求 ({error['type']})", "对照格式说明改正")


def _locate(path: str, value: Any, loc: Iterable[str | int]) -> tuple[Place, Any]:
    """Return the place for an error's loc, and what was written there; union tags in it are passed over."""
    place = _start(path, value)
    for part in loc:
        if isinstance(value, Map) and part in value:
            place = Place(path, *value.marks.keys[part])
            value = value[str(part)]
        elif isinstance(value, Seq) and isinstance(part, int) and part < len(value):
            place = Place(path, *value.marks.keys[part])
            value = value[part]
        else:
            continue
        if isinstance(value, Text):
            place = Place(path, value.line, value.column)
    return place, value


@cache
def known_keys(kind: Any) -> tuple[str, ...]:
    """Return all keys that a kind of record knows at any depth, for suggestions."""
    found: dict[str, None] = {}
    seen: set[Any] = set()

    def visit(it: Any) -> None:
        if isinstance(it, type) and issubclass(it, BaseModel):
            if it in seen:
                return
            seen.add(it)
            for name, field in it.model_fields.items():
                found[field.alias or name] = None
                visit(field.annotation)
        for arg in get_args(it):
            visit(arg)

    visit(kind)
    return tuple(found)


def suggestion(word: str, known: Iterable[str]) -> str:
    """Return a hint that names the closest known word, or all of them."""
    words = list(known)
    close = difflib.get_close_matches(word, words, n=1, cutoff=0.5)
    if close:
        return f"是不是“{close[0]}”？写错了就改正，多余就删掉"
    shown = ", ".join(words[:_MOST_WORDS]) + (" 等" if len(words) > _MOST_WORDS else "")
    return f"多余就删掉；这种文件里可以写：{shown}"
