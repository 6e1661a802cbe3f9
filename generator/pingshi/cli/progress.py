"""How far long work has come, on a terminal; nothing at all in a pipe."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: Work of fewer steps is over before anybody could read how far it is.
_WORTH_SHOWING = 20


@contextmanager
def shown(label: str) -> Iterator[Callable[[int, int], None] | None]:
    """Give a function that is told (done, all) and draws a bar on standard error; None where nobody would see it."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    bar = _Bar(label)
    try:
        yield bar.tell
    finally:
        bar.close()


class _Bar:
    """A progress bar that appears with the first news worth showing, and leaves no trace."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._last = -1

    def tell(self, done: int, whole: int) -> None:
        """Draw the bar anew where the percentage has changed."""
        percent = 100 * done // whole
        if whole < _WORTH_SHOWING or percent == self._last:
            return
        self._last = percent
        sys.stderr.write(f"\r{self._label} [{'#' * (percent // 4):<25}] {percent:3}%")
        sys.stderr.flush()

    def close(self) -> None:
        """Wipe the line."""
        if self._last >= 0:
            sys.stderr.write("\r" + " " * (len(self._label) * 2 + 34) + "\r")
            sys.stderr.flush()
