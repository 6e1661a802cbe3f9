"""From a tree of values to a pydantic model, with every error of a file at once, in Chinese."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Generic, TypeVar

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

from pingshi.diagnostics import Place, Problem, problem
from pingshi.source.errors import take_out, translated
from pingshi.source.fields import Day
from pingshi.source.nodes import parse
from pingshi.source.values import Map, Marks, Seq

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Self

_NOWHERE = Marks("", 1, 1)


class Located(BaseModel):
    """A frozen model that refuses unknown keys and remembers where it was written."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    _marks: Marks = PrivateAttr(default_factory=lambda: _NOWHERE)  # a plain default would be copied for every model

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
    if value is None:
        return value
    if isinstance(value, Seq | list) and all(isinstance(item, Map | dict) for item in value):
        return value  # an empty list too: nobody, or nothing, at any time
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


def all_held(terms: Sequence[Term[tuple[T, ...]]], day: date) -> tuple[T, ...]:
    """Return everything that any term gives for the day, in order: of an office that several hold, each by a term."""
    return tuple(dict.fromkeys(it for term in terms if term.holds(day) for it in term.value))


def terms_faults(terms: Sequence[Term[Any]], *, shared: bool = False) -> list[str]:
    """Say in Chinese what is wrong with a list of terms: one ends before it begins, or two overlap.

    `shared`: the terms of an office that several people may hold at once, so that overlaps are fine.
    """
    faults = [
        f"任期从 {term.since} 到 {term.until}，结束早于开始"
        for term in terms
        if term.since is not None and term.until is not None and term.until < term.since
    ]
    if shared:
        return faults
    latest: Term[Any] | None = None
    for term in sorted(terms, key=lambda it: it.since or date.min):
        if latest is not None and (latest.until is None or term.since is None or term.since <= latest.until):
            until, since = latest.until or "现在", term.since or "最初"
            faults.append(f"两段任期重叠：一段到 {until}，另一段从 {since} 开始")
        if latest is None or (latest.until is not None and (term.until is None or term.until > latest.until)):
            latest = term
    return faults


# --- loading ---------------------------------------------------------------------------


def load(path: str, data: bytes, model: type[M]) -> tuple[M | None, list[Problem]]:
    """Read a file that holds one mapping.

    The model is None where anything is wrong with it, but for keys that nobody knows:
    without those the rest is read all the same, and they are reported.
    """
    value, problems = parse(path, data)
    if value is None:
        return None, problems
    if not isinstance(value, Map):
        what = "列表" if isinstance(value, Seq) else "一段文字"
        hint = "文件应由“键: 值”组成：键在行首，后面是英文冒号和一个空格"
        return None, [*problems, problem(value.marks.place, "bad-value", f"文件内容是{what}，不是“键: 值”", hint)]
    made, found = _validate(path, value, model)
    return (made if not problems else None), [*problems, *found]


def load_list(path: str, data: bytes, item: Any) -> tuple[tuple[Any, ...] | None, list[Problem]]:
    """Read a file that holds a list of `item` (a model, or a union told apart by a key)."""
    value, problems = parse(path, data)
    if value is None:
        return None, problems
    if not isinstance(value, Seq):
        hint = "文件应是一个列表：每一项以“- ”开头"
        return None, [*problems, problem(value.marks.place, "bad-value", "文件内容不是列表", hint)]
    made, found = _validate(path, value, tuple[item, ...])
    return (made if not problems else None), [*problems, *found]


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _validate(path: str, value: Map | Seq, kind: Any) -> tuple[Any, list[Problem]]:
    adapter = _adapter(kind)
    try:
        return adapter.validate_python(value), []
    except ValidationError as error:
        errors = error.errors(include_url=False)
    found = [translated(path, value, kind, it) for it in errors]
    if any(it["type"] != "extra_forbidden" for it in errors):
        return None, found
    for it in errors:
        take_out(value, it["loc"])
    try:
        return adapter.validate_python(value), found
    except ValidationError as error:
        return None, found + [translated(path, value, kind, it) for it in error.errors(include_url=False)]
