"""Pydantic's errors, told in Chinese with the place of what was written and what to do."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel

from pingshi.diagnostics import CODES, Place, Problem, problem
from pingshi.source.choices import Choices
from pingshi.source.fields import BLANK_FLAG, OR_DELETE
from pingshi.source.values import Map, Seq, Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic.fields import FieldInfo
    from pydantic_core import ErrorDetails

#: A hint that lists more keys than this is no help.
_MOST_WORDS = 12
_MAPPING = frozenset({"model_type", "dict_type", "model_attributes_type", "mapping_type"})
_LIST = frozenset({"tuple_type", "list_type"})
_CHOICE = frozenset({"literal_error", "enum", "union_tag_invalid"})


@dataclass(frozen=True, slots=True)
class _Written:
    """What stands where an error points: the value, its place and its key's, and how to call it."""

    value: Any
    place: Place
    key_place: Place
    name: str
    item: int | None

    @property
    def called(self) -> str:
        """The key in quotes, or which item of the list it is."""
        if self.item is None:
            return f"“{self.name}”"
        return (f"“{self.name}”的" if self.name else "") + f"第 {self.item + 1} 项"


def translated(path: str, root: Map | Seq, kind: Any, error: ErrorDetails) -> Problem:
    """Return the problem for one of pydantic's errors about `root`, read as `kind`."""
    loc, what = error["loc"], error["type"]
    if what in ("union_tag_invalid", "union_tag_not_found"):
        loc = (*loc, "kind")
    found = _find(path, root, loc)
    if what == "extra_forbidden":
        key = str(loc[-1])
        return problem(found.key_place, "unknown-key", f"没有“{key}”这个键", suggestion(key, known_keys(kind)))
    if what == "missing" or (what == "union_tag_not_found" and found.name != "kind"):
        key = str(loc[-1])
        place = _find(path, root, loc[:-1]).place
        title = known_keys(kind).get(key)
        called = f"“{key}”（{title}）" if title else f"“{key}”"
        return problem(place, "missing-key", f"缺少{called}", f"补上“{key}: …”；冒号用英文半角，后面加一个空格")
    if what in CODES:
        ctx = error.get("ctx", {})
        if found.value is None and (found.name or found.item is not None):
            return _blank(kind, found, loc, str(ctx["hint"]))
        hint = str(ctx["hint"])
        field = _field_at(kind, loc, found.name)
        if found.item is not None or field is None or field.is_required():
            hint = hint.removesuffix(OR_DELETE)
        label = f"“{found.name}”：" if found.name else ""
        return problem(found.place, what, f"{label}{ctx['message']}", hint)
    if what in _CHOICE or what == "union_tag_not_found":
        return _choice(kind, found, loc, error)
    if found.value is None:
        return _blank(kind, found, loc, "写上内容")
    if what in _MAPPING:
        hint = "下一行起缩进两个空格，逐行写“键: 值”"
        return problem(found.place, "bad-value", f"{found.called}应由“键: 值”组成", hint)
    if what in _LIST:
        return problem(found.place, "bad-value", f"{found.called}应是列表", "每项写一行，以“- ”开头；没有就写 []")
    if what == "too_long":
        most = error.get("ctx", {})["max_length"]
        return problem(found.place, "bad-value", f"{found.called}超过 {most} 项", "删去多余的项，或合并")
    return problem(found.place, "bad-value", f"{found.called}的值不合要求（{what}）", "对照格式说明改正")


def _blank(kind: Any, found: _Written, loc: tuple[str | int, ...], hint: str) -> Problem:
    """Say that nothing stands behind a key that must have something: one that may be left out may be left blank."""
    field = _field_at(kind, loc, found.name) if found.item is None else None
    title = f"（{field.title}）" if field and field.title else ""
    if found.item is not None:
        hint += "，或删掉这一项"
    if field and field.description and hint == BLANK_FLAG:
        hint = f"{hint}：{field.description.rstrip('。')}"
    return problem(found.place, "missing-key", f"{found.called}{title}没有填写", hint)


def take_out(value: Any, loc: tuple[str | int, ...]) -> None:
    """Remove the key that an `extra_forbidden` error is about from what was read."""
    for part in loc[:-1]:
        if isinstance(value, Map):
            value = value.get(str(part), value)  # a union's tag is no key
        elif isinstance(value, Seq) and isinstance(part, int):
            value = value[part]
    if isinstance(value, Map):
        value.pop(str(loc[-1]), None)


def _choice(kind: Any, found: _Written, loc: tuple[str | int, ...], error: ErrorDetails) -> Problem:
    ctx = error.get("ctx", {})
    allowed = str(ctx.get("expected") or ctx.get("expected_tags", "")).replace(" or ", ", ").replace("'", "")
    meanings = _meanings(kind, frozenset(allowed.split(", ")))
    # A meaning that begins with its word (`2`: 2 位) says no more than the word.
    told = "、".join(
        it if meanings.get(it, it).startswith(it) else f"{it}（{meanings[it]}）" for it in allowed.split(", ")
    )
    hint = f"可以写：{told}" if allowed else "写上这一条的种类"
    if found.value is None:
        return _blank(kind, found, loc, hint)
    if not isinstance(found.value, str):
        return problem(found.place, "bad-value", f"{found.called}应是一个词", hint)
    close = [word for word, says in meanings.items() if says == found.value.strip()]
    close = close or difflib.get_close_matches(found.value.lower(), allowed.split(", "), n=1)
    if close:
        hint += f"；是不是 {close[0]}？"
    message = f"{found.called}：“{found.value[:40]}”不在可选范围内"
    return problem(found.place, "bad-value", message, hint)


@cache
def _meanings(kind: Any, words: frozenset[str]) -> Mapping[str, str]:
    """Return what the words of a choice mean, as the models within `kind` tell it."""
    found: dict[str, str] = {}
    seen: set[Any] = set()

    def visit(it: Any) -> None:
        if isinstance(it, Choices) and words <= it.says.keys():
            found.update({word: it.says[word] for word in words})
        if isinstance(it, type) and issubclass(it, BaseModel) and it not in seen:
            seen.add(it)
            for name, field in it.model_fields.items():
                title = it.model_config.get("title")
                if title and name == "kind" and set(get_args(field.annotation)) <= words:
                    found.update(dict.fromkeys(get_args(field.annotation), title))
                for inner in (field.annotation, *field.metadata):
                    visit(inner)
        for arg in get_args(it):
            visit(arg)

    visit(kind)
    return found


def _find(path: str, value: Any, loc: tuple[str | int, ...]) -> _Written:
    """Follow an error's loc through what was written; union tags and term keys that nobody wrote are passed over."""
    place = key_place = value.marks.place
    name, item = "", None
    for part, after in zip(loc, (*loc[1:], None), strict=False):
        if isinstance(value, Map) and part in value:
            name, item = str(part), None
        elif isinstance(value, Seq) and isinstance(part, int) and part < len(value):
            item = part
        elif isinstance(part, int) and after == "is":
            break  # a plain value that stands for a list of terms
        else:
            continue
        place = key_place = Place(path, *value.marks.keys[part])
        value = value[part]
        if isinstance(value, Text):
            place = Place(path, value.line, value.column)
    return _Written(value, place, key_place, name, item)


@cache
def known_keys(kind: Any) -> dict[str, str]:
    """Return all keys that a kind of record knows at any depth, with their titles, for suggestions."""
    found: dict[str, str] = {}
    for key, field in _fields(kind):
        found.setdefault(key, field.title or "")
    return found


def _fields(kind: Any) -> list[tuple[str, FieldInfo]]:
    """Return every key with its field, each followed by those of what it holds."""
    found: list[tuple[str, FieldInfo]] = []
    seen: set[Any] = set()

    def visit(it: Any) -> None:
        if isinstance(it, type) and issubclass(it, BaseModel):
            if it in seen:
                return
            seen.add(it)
            for name, field in it.model_fields.items():
                found.append((field.alias or name, field))
                visit(field.annotation)
        for arg in get_args(it):
            visit(arg)

    visit(kind)
    return found


def _field_at(kind: Any, loc: tuple[str | int, ...], name: str) -> FieldInfo | None:
    """Return the field of the key called `name` on an error's way through the models; None where that is no field."""
    here, found = _models(kind), None
    for part in loc:
        fields = [it for model in here for key, it in _own_fields(model) if key == part]
        tagged = [
            it for it in here if "kind" in it.model_fields and part in get_args(it.model_fields["kind"].annotation)
        ]
        if fields:
            found = fields[0] if part == name else found
            here = [model for it in fields for model in _models(it.annotation)]
        elif tagged:
            here = tagged
    return found


def _models(kind: Any) -> list[type[BaseModel]]:
    """Return the models that a value of this kind is or holds, not those within them."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return [kind]
    return [model for arg in get_args(kind) for model in _models(arg)]


def _own_fields(model: type[BaseModel]) -> list[tuple[str, FieldInfo]]:
    return [(field.alias or name, field) for name, field in model.model_fields.items()]


def suggestion(word: str, known: Mapping[str, str]) -> str:
    """Return a hint that names the key that was meant, by its name or its title, or the first of all keys."""
    if word in ("unit", "period", "person"):
        return "单位、周期、人员由文件的路径决定，文件里不写；删掉这个键"
    meant = [key for key, title in known.items() if title == word]
    close = meant or difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    if close:
        called = f"（{word}）；键用英文" if meant else ""
        return f"是不是“{close[0]}”{called}？写错了就改正，多余就删掉"
    words = [f"{key}（{title}）" if title else key for key, title in known.items()]
    shown = "、".join(words[:_MOST_WORDS]) + (" 等" if len(words) > _MOST_WORDS else "")
    return f"多余就删掉；这种文件里可以写：{shown}"
