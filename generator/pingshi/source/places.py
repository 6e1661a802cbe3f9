"""Places that are worked out when somebody asks: where a value of a faultless file was written.

Most records are never pointed at. So what was read the short way keeps only its file and
its path of keys; the lines and columns come from reading the file again, once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pingshi.diagnostics import Place
from pingshi.source.nodes import parse
from pingshi.source.values import Map, Marks, Seq

if TYPE_CHECKING:
    from collections.abc import Sequence


class File:
    """A file's path and bytes, and (once asked for) everything in it with its marks."""

    __slots__ = ("_tree", "data", "path")

    def __init__(self, path: str, data: bytes) -> None:
        self.path = path
        self.data = data
        self._tree: Any = None

    def marks(self, loc: Sequence[str | int]) -> Marks:
        """Return the marks of the value at the key path, or of the nearest thing above it."""
        if self._tree is None:
            self._tree, _ = parse(self.path, self.data)
        value = self._tree
        for part in loc:
            if not isinstance(value, Map | Seq):
                break
            value = value[part]  # type: ignore[index]  # a key of a mapping, or an index of a list
        found: Marks = value.marks
        return found


class Spot:
    """Where one value stands: in which file, under which keys. Takes the part of `Marks`."""

    __slots__ = ("file", "loc")

    def __init__(self, file: File, loc: tuple[str | int, ...]) -> None:
        self.file = file
        self.loc = loc

    @property
    def place(self) -> Place:
        """Where the value begins."""
        return Pointed(self, ())

    def at(self, *loc: str | int) -> Place:
        """Return the place of the key path `loc` under it, as far down as it was written."""
        return Pointed(self, loc)


class Pointed(Place):
    """A place that is looked up in the file when its line or column is asked for."""

    __slots__ = ("_loc", "_settled", "_spot")
    _loc: tuple[str | int, ...]
    _settled: Place | None
    _spot: Spot

    def __init__(self, spot: Spot, loc: tuple[str | int, ...]) -> None:
        object.__setattr__(self, "path", spot.file.path)
        object.__setattr__(self, "_spot", spot)
        object.__setattr__(self, "_loc", loc)
        object.__setattr__(self, "_settled", None)

    def settled(self) -> Place:
        """Return the plain place."""
        found = self._settled
        if found is None:
            found = self._spot.file.marks(self._spot.loc).at(*self._loc)
            object.__setattr__(self, "_settled", found)
        return found

    @property
    def line(self) -> int:
        """The line, from 1."""
        return self.settled().line

    @property
    def column(self) -> int:
        """The column, from 1."""
        return self.settled().column

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Place) and self.settled() == other.settled()

    def __hash__(self) -> int:
        return hash(self.settled())

    def __repr__(self) -> str:
        return repr(self.settled())
