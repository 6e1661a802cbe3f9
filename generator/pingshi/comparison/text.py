"""Escaping for comments on a forge, whose Markdown knows more than Markdown does.

Forges look for `@somebody`, `#12`, `!12`, `~label` and addresses in the finished text, where an entity is a plain
character again, and write to people or link to what was never meant. So these characters come out in their full-width
forms; what Markdown and HTML could take for markup becomes entities, and what can't be printed its number. A line that
begins with a slash is an order to some of them.
"""

from __future__ import annotations

import re

_REFERENCES = str.maketrans("@#!~$", "＠＃！～＄")
_MARKUP = re.compile(r"[\"&'*<>\[\\\]^`|]|(?<![0-9A-Za-z])_|_(?![0-9A-Za-z])")
_AT_START = re.compile(r"^(\d+)([.)])|^[-+=:/]")
_LINES = re.compile(r"\s*[\r\n]+\s*")


def escaped(text: str) -> str:
    """Return a text as Markdown that shows it in one line and does nothing else."""
    line = _LINES.sub(" ", text.strip()).replace("://", "：//").translate(_REFERENCES)
    line = "".join(c if c.isprintable() else f"⟨U+{ord(c):04X}⟩" for c in line)
    line = _MARKUP.sub(_entity, line)
    return _AT_START.sub(_start, line)


def _entity(match: re.Match[str]) -> str:
    return f"&#{ord(match.group())};"


def _start(match: re.Match[str]) -> str:
    return f"{match[1]}&#{ord(match[2])};" if match[1] else _entity(match)


def code(path: str) -> str:
    """Return a path as code, or escaped where it holds what would end or spoil that."""
    return f"`{path}`" if path.isprintable() and "`" not in path and "|" not in path else escaped(path)
