"""The layout of `--help`, where a Chinese character is two columns wide."""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING

from pingshi.cli.tables import width

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Help begins at most here; longer options get a line of their own.
_MARGIN = 26
#: What is not broken: a run of Latin letters and digits, or one other character with the punctuation behind it.
_UNITS = re.compile(r"[!-~]+|\s+|[^!-~\s][，。；：、）”？]*")


class Formatter(argparse.RawDescriptionHelpFormatter):
    """Aligns by columns on the screen, breaks Chinese anywhere, and keeps other names of commands to itself."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=_MARGIN)

    def add_usage(self, usage: str | None, actions: object, groups: object, prefix: str | None = None) -> None:
        """Begin with 用法."""
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)  # type: ignore[arg-type]  # passed through

    def add_argument(self, action: argparse.Action) -> None:
        """Note how wide the action's name is."""
        before = self._action_max_length
        super().add_argument(action)
        if action.help is not argparse.SUPPRESS:
            inner = [action, *self._iter_indented_subactions(action)]
            names = [width(self._format_action_invocation(it)) + self._current_indent for it in inner]
            self._action_max_length = max(before, *names)

    def _format_action_invocation(self, action: argparse.Action) -> str:
        said = super()._format_action_invocation(action)
        # The name of a command in the list of commands: others that it answers to stand in brackets.
        return said.partition(" (")[0] if not action.option_strings and action.nargs is None else said

    def _format_action(self, action: argparse.Action) -> str:
        start = min(self._action_max_length + 4, self._max_help_position)
        name = " " * self._current_indent + self._format_action_invocation(action)
        told = self._expand_help(action) if action.help else ""
        lines = _wrapped(told, max(self._width - start, 20))
        room = start - width(name)
        if not lines:
            made = [name]
        elif room >= 2:  # noqa: PLR2004 -- two spaces between
            made = [name + " " * room + lines.pop(0)]
        else:
            made = [name]
        made += [" " * start + line for line in lines]
        inner = [self._format_action(it) for it in self._iter_indented_subactions(action)]
        listed = action.nargs == argparse.PARSER  # the list of commands needs no line of its own
        return "".join([] if listed else [f"{line}\n" for line in made]) + "".join(inner)


def _wrapped(text: str, columns: int) -> list[str]:
    lines = [""]
    for unit in _units(text):
        if width(lines[-1]) + width(unit.rstrip()) > columns and lines[-1]:
            lines.append("")
        lines[-1] += unit if lines[-1] else unit.lstrip()
    return [line.rstrip() for line in lines if line]


def _units(text: str) -> Iterable[str]:
    return (it[0] for it in _UNITS.finditer(text))
