"""A form as a file: its heading, its body, and how it gets onto the disk without harming anything."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pingshi.authority import TABLE
from pingshi.layout import titled
from pingshi.records import schema_of
from pingshi.source import Seq, parse
from pingshi.starting.disk import append, place, refuse_links
from pingshi.starting.form import entries, legend, one_record
from pingshi.starting.wanted import CannotStartError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pingshi.starting.form import Value
    from pingshi.starting.wanted import Wanted

#: Where a repository keeps the JSON Schemas for editors.
SCHEMA_FOLDER = ".schema"
_HOW = (
    "每行是“键: 值”：冒号用英文半角，后面空一格。以 # 开头的是说明，不影响内容，填好后可以删去。",
    "文字要分段的，在冒号后面写 |，从下一行起每行多缩进两个空格。",
)
_DAYS = "日期写成 2026-03-31 这样：月和日各两位，中间用英文半角的减号。"


@dataclass(frozen=True, slots=True)
class Written:
    """What was done: the path, whether an entry was added to a file that stood there, what else must be known."""

    path: str
    added: bool = False
    notices: tuple[str, ...] = ()


def begin(root: Path, wanted: Wanted, given: Mapping[str, Value], notices: tuple[str, ...] = ()) -> Written:
    """Write a new record of one mapping; CannotStartError where something stands there."""
    schema = schema_of(wanted.kind.name)
    return _create(root, wanted, one_record(schema, given), notices)


def add(root: Path, wanted: Wanted, items: Sequence[Mapping[str, Value]], notices: tuple[str, ...] = ()) -> Written:
    """Write entries of a list record: a new file, or at the end of the one that stands there."""
    schema = schema_of(wanted.kind.name)
    file = root / wanted.location.path
    refuse_links(root, wanted.location.path)
    if not file.exists() and not file.is_symlink():
        return _create(root, wanted, legend(schema, items[0]) + entries(schema, items), notices)
    return replace(_append(file, wanted, schema, items), notices=notices)


def _create(root: Path, wanted: Wanted, body: str, notices: tuple[str, ...]) -> Written:
    path = wanted.location.path
    file = root / path
    text = "".join(f"{line}\n" for line in _heading(root, wanted, notices)) + body
    _, problems = parse(path, text.encode())
    assert problems == [], problems  # noqa: S101 -- our own writing, and nothing is written otherwise
    refuse_links(root, path)
    try:
        place(file, text.encode())
    except FileExistsError:
        raise CannotStartError(f"{path} 已经有了，没有动它；要改就直接改，要重来先把它移走") from None
    return Written(path, notices=notices)


def _heading(root: Path, wanted: Wanted, notices: tuple[str, ...]) -> list[str]:
    schema = Path(SCHEMA_FOLDER) / f"{wanted.kind.name}.json"
    lines = []
    if (root / schema).is_file():
        up = "../" * wanted.location.path.count("/")
        lines.append(f"# yaml-language-server: $schema={up}{schema.as_posix()}")
    whose = wanted.records.name_of(wanted.person) if wanted.person and wanted.person in wanted.records.people else ""
    title = titled(whose, wanted.period.title if wanted.period else "", wanted.kind.title)
    how = (*_HOW, _DAYS) if '"format": "date"' in json.dumps(schema_of(wanted.kind.name)) else _HOW
    said = (*how, *(f"注意：{it}" for it in notices))
    return [*lines, f"# {title}（{TABLE[wanted.kind.name].order}）", *(f"# {line}" for line in said), ""]


# --- adding to a list --------------------------------------------------------------------


def _append(file: Path, wanted: Wanted, schema: dict[str, Any], items: Sequence[Mapping[str, Value]]) -> Written:
    """Add entries behind the last one; whatever stood there stays as it was, byte by byte."""
    path = wanted.location.path
    if file.is_symlink() or not file.is_file():
        raise CannotStartError(f"{path} 不是普通文件，不敢写；先看看那里是什么")
    old = file.read_bytes()
    before, problems = parse(path, old)
    indent = re.search(rb"^( *)- ", old, re.MULTILINE)
    pad = indent[1].decode() if indent else ""
    text = entries(schema, items, pad)
    if isinstance(before, Seq) and not before:
        raise CannotStartError(f"{path} 里是空的列表，没有动它；把里面的 [] 换成下面几行：\n\n{text}")
    if problems or not isinstance(before, Seq):
        raise CannotStartError(
            f"{path} 有错误读不了，没有动它；先用 pingshi check 看问题，改正以后把下面几行加在最后：\n\n{text}"
        )
    told = {it.get("kind") for it in before if isinstance(it, dict)}
    if "oneOf" in schema["items"] and items[0]["kind"] not in told:  # a kind whose keys nothing explains yet
        text = "".join(f"{pad}{line}\n" for line in legend(schema, items[0]).splitlines()) + text
    tail = text.replace("\n", "\r\n" if b"\r\n" in old else "\n").encode()
    new = old + (b"" if old.endswith(b"\n") or not old else tail[-2:] if b"\r\n" in old else b"\n") + tail
    after, problems = parse(path, new)
    alone, _ = parse(path, text.encode())
    assert isinstance(alone, Seq)  # noqa: S101 -- our own writing
    if problems or not isinstance(after, Seq) or list(after) != [*before, *alone]:
        raise CannotStartError(
            f"{path} 的写法比较特别，不能保证只加不改，没有动它；请把下面几行加在合适的地方：\n\n{text}"
        )
    append(file, new[len(old) :])
    return Written(path, added=True)
