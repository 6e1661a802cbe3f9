"""Values that change over time: a value, or a list of `{is, from, to}` (design §4)."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Generic, TypeVar

from pydantic import BeforeValidator, Field, create_model

from pingshi.source.fields import Day
from pingshi.source.located import NOWHERE, Located
from pingshi.source.values import Map, Seq

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T")


class Term(Located, Generic[T]):
    """A value with the days on which it holds; an open end is unbounded."""

    value: T = Field(alias="is")
    since: Day | None = Field(default=None, alias="from")
    until: Day | None = Field(default=None, alias="to")

    def holds(self, day: date) -> bool:
        """Tell whether the value holds on the day; both ends are included."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


def as_terms(value: Any) -> Any:
    """Return a lone value as a list of one term without bounds; a list of mappings as it is."""
    if value is None:
        return value
    if isinstance(value, Seq | list) and all(isinstance(item, Map | dict) for item in value):
        return value  # an empty list too: nobody, or nothing, at any time
    made = Map({"is": value})
    made.marks = getattr(value, "marks", NOWHERE)
    return [made]


if TYPE_CHECKING:
    #: A value, or a list of `{is, from, to}` where it changed over time.
    Terms = Annotated[tuple[Term[T], ...], BeforeValidator(as_terms)]
else:

    class Terms:
        """The same at run time: `Term[T]` of a free `T` is `Term` itself, so an alias could not be filled in."""

        def __class_getitem__(cls, item: Any) -> Any:
            return Annotated[tuple[_term_of(item), ...], BeforeValidator(as_terms)]

    @cache
    def _term_of(item: Any) -> Any:
        # `Term[item]` would have pydantic build its validators here and now, which most commands never need.
        return create_model("Term", __base__=Term, __module__=__name__, value=(item, Field(alias="is")))


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
