"""Values straight from YAML: text, mappings and sequences, each with its place.

Nothing has a type yet but text: whether `0123` is a telephone or a number is for the
model to say, so no value can change its type behind the writer's back.
"""

from __future__ import annotations

from typing import Any

from pingshi.diagnostics import Place


class Text(str):
    """A scalar as it was written. `plain` is false where it was quoted or a block."""

    __slots__ = ("column", "line", "path", "plain")
    path: str
    line: int
    column: int
    plain: bool

    @classmethod
    def at(cls, value: str, place: Place, *, plain: bool) -> Text:
        """Make a text that stands at a place."""
        made = cls(value)
        made.path, made.line, made.column, made.plain = place.path, place.line, place.column, plain
        return made

    @property
    def marks(self) -> Marks:
        """Marks for a mapping or a list that this text stands for."""
        return Marks(self.path, self.line, self.column)


class Marks:
    """The places of one mapping or sequence and of everything under it.

    Kept by models after the text is gone: `at("people", "wang-fang")` is the place of
    that key, or of the nearest thing above it that was written down.
    """

    __slots__ = ("children", "column", "keys", "line", "path")

    def __init__(self, path: str, line: int, column: int) -> None:
        self.path = path
        self.line = line
        self.column = column
        self.keys: dict[str | int, tuple[int, int]] = {}
        self.children: dict[str | int, Marks] = {}

    @property
    def place(self) -> Place:
        """Where the mapping or sequence itself begins."""
        return Place(self.path, self.line, self.column)

    def at(self, *loc: str | int) -> Place:
        """Return the place of the key path `loc`, as far down as it was written."""
        marks, place = self, self.place
        for part in loc:
            if part in marks.keys:
                place = Place(self.path, *marks.keys[part])
            if part not in marks.children:
                break
            marks = marks.children[part]
        return place


class Map(dict[str, Any]):
    """A mapping with its marks."""

    __slots__ = ("marks",)
    marks: Marks

    @classmethod
    def shorthand(cls, key: str, value: Text) -> Map:
        """Return the mapping {key: value} that a lone value stands for, at the value's place."""
        made = cls({key: value})
        made.marks = value.marks
        made.marks.keys[key] = (value.line, value.column)
        return made


class Seq(list[Any]):
    """A sequence with its marks."""

    __slots__ = ("marks",)
    marks: Marks
