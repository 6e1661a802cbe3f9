"""From a file to a pydantic model, with every error of the file at once, in Chinese."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from pingshi.diagnostics import Problem, has_errors, problem
from pingshi.source import direct
from pingshi.source.errors import take_out, translated
from pingshi.source.nodes import parse
from pingshi.source.values import Map, Seq

M = TypeVar("M", bound=BaseModel)


def load(path: str, data: bytes, model: type[M]) -> tuple[M | None, list[Problem]]:
    """Read a file that holds one mapping.

    The model is None where anything is wrong with it, but for keys that nobody knows:
    without those the rest is read all the same, and they are reported.
    """
    read = direct.read(path, data, model)
    if read is not None:
        return read, []
    value, problems = parse(path, data)
    if value is None:
        return None, problems
    if not isinstance(value, Map):
        what = "列表" if isinstance(value, Seq) else "一段文字"
        hint = "文件应由“键: 值”组成：键在行首，后面是英文冒号和一个空格"
        return None, [*problems, problem(value.marks.place, "bad-value", f"文件内容是{what}，不是“键: 值”", hint)]
    made, found = _validate(path, value, model)
    return (None if has_errors(problems) else made), [*problems, *found]


def load_list(path: str, data: bytes, item: Any) -> tuple[tuple[Any, ...] | None, list[Problem]]:
    """Read a file that holds a list of `item` (a model, or a union told apart by a key)."""
    read = direct.read(path, data, tuple[item, ...])
    if read is not None:
        return read, []
    value, problems = parse(path, data)
    if value is None:
        return None, problems
    if not isinstance(value, Seq):
        hint = "文件应是一个列表：每一项以“- ”开头"
        return None, [*problems, problem(value.marks.place, "bad-value", "文件内容不是列表", hint)]
    made, found = _validate(path, value, tuple[item, ...])
    return (None if has_errors(problems) else made), [*problems, *found]


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
