"""The types of single values: how a text becomes a date, a number, a name.

Each refuses with one of the project's own codes (`bad-value`, `bad-date`), a message and
a hint; nothing is guessed. A full-width digit, `1e3`, `0123` as a number or `是` for true
are all refused with what to write instead.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from pingshi.source.values import Map, Seq, Text

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?", re.ASCII)
_WHOLE = re.compile(r"0|[1-9]\d{0,8}", re.ASCII)
_IDENTIFIER = re.compile(r"[a-z0-9-]+", re.ASCII)
_SYMBOL = re.compile(r"[a-z0-9_-]+", re.ASCII)
_EARLIEST_YEAR = 1900
_QUOTES = "“”‘’\"'＂＇"
_MEANT = {"是": "true", "yes": "true", "on": "true", "否": "false", "no": "false", "off": "false"}
#: Digits before and after the point. Scores need five; more is a slip or an attack.
_LONGEST_NUMBER = 20


def reject(code: str, message: str, hint: str) -> PydanticCustomError:
    """Return the error that a validator raises, carrying a diagnostic's code, message and hint."""
    return PydanticCustomError(code, "{message}", {"message": message, "hint": hint})


def _scalar(value: object, what: str) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        raise reject("missing-key", "这里没有填写", f"写上{_after_chinese(what)}，或删掉这个键（如果它可以不写）")
    kind = "列表" if isinstance(value, Seq | list) else "映射（键: 值）"
    raise reject("bad-value", f"这里应是{_after_chinese(what)}，写成了{kind}", f"改写成{_after_chinese(what)}")


def _after_chinese(what: str) -> str:
    """Set off what begins with a Latin letter."""
    return f" {what}" if what[0].isascii() else what


def _narrow(text: str) -> str:
    """Return the half-width form, only to suggest it."""
    return unicodedata.normalize("NFKC", text).strip()


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).year >= _EARLIEST_YEAR
    except ValueError:
        return False


def _day(value: object) -> date:
    if type(value) is date:
        return value
    text = _scalar(value, "日期，如 2026-03-31")
    if _DAY.fullmatch(text):
        if int(text[:4]) < _EARLIEST_YEAR:
            raise reject("bad-date", f"{text} 的年份太早", f"核对年份；最早写 {_EARLIEST_YEAR} 年")
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise reject("bad-date", f"没有 {text} 这一天", "检查月份和日期") from None
    hint = "日期写成 年-月-日，如 2026-03-31（数字用半角，月和日各两位）"
    numbers = re.findall(r"\d+", _narrow(text))
    if len(numbers) == 3 and len(numbers[0]) == 4:  # noqa: PLR2004 -- year, month, day
        meant = f"{numbers[0]}-{numbers[1]:0>2}-{numbers[2]:0>2}"
        hint += f"；是不是 {meant}？" if _is_day(meant) else ""
    raise reject("bad-date", f"“{text[:30]}”不是合格的日期", hint)


@lru_cache(maxsize=4096)
def _fraction(text: str) -> Fraction:
    return Fraction(text)  # the same few scores come again and again


def exact(value: object) -> Fraction:
    """Read a decimal number exactly; raises the diagnostic error for anything else."""
    if isinstance(value, Fraction):
        return value
    if type(value) is int:
        return Fraction(value)
    text = _scalar(value, "数字，如 88 或 9.5")
    if len(text) <= _LONGEST_NUMBER and _NUMBER.fullmatch(text):
        return _fraction(str(text))
    hint = "写成普通的数字，如 88 或 9.5（半角，不带单位、逗号和多余的零）"
    narrow = _narrow(text).replace(",", "").rstrip("分").rstrip()
    if narrow != text and len(narrow) <= _LONGEST_NUMBER and _NUMBER.fullmatch(narrow):
        hint += f"；是不是 {narrow}？"
    raise reject("bad-value", f"“{text[:30]}”不是合格的数字", hint)


def _count(value: object) -> int:
    if type(value) is int:
        return value
    text = _scalar(value, "整数，如 2")
    if _WHOLE.fullmatch(text):
        return int(text)
    raise reject("bad-value", f"“{text[:30]}”不是合格的整数", "写成 0、1、2 这样的整数（半角）")


def _flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    text = _scalar(value, "true 或 false")
    if text in ("true", "false"):
        return text == "true"
    bare = text.strip().strip(_QUOTES).strip().lower()
    if bare in ("true", "false") and text.strip().lower() != bare:
        raise reject("bad-value", "true、false 外面不能有别的字符（引号多半是 Word 换的）", f"只写 {bare}")
    meant = _MEANT.get(bare, bare if bare in ("true", "false") else None)
    hint = "“是”写 true，“否”写 false" + (f"；这里是不是 {meant}？" if meant else "")
    raise reject("bad-value", f"“{text[:30]}”既不是 true 也不是 false", hint)


def _line(value: object) -> str:
    text = str(_scalar(value, "一行文字"))
    if not text.strip():
        raise reject("missing-key", "这里是空的", "写上内容，或删掉这个键（如果它可以不写）")
    if "\n" in text.strip():
        raise reject("bad-value", "这里只能写一行文字", "把几行并成一行")
    return text.strip()


def _prose(value: object) -> str:
    text = str(_scalar(value, "文字"))
    if not text.strip():
        raise reject("missing-key", "这里是空的", "写上内容，或删掉这个键（如果它可以不写）")
    return text.strip()


def _identifier(value: object) -> str:
    text = str(_scalar(value, "代号，如 wang-fang"))
    if _IDENTIFIER.fullmatch(text):
        return text
    raise reject("bad-value", f"“{text[:30]}”不能作代号", "代号只用小写英文字母、数字和减号，如 wang-fang")


def _symbol(value: object) -> str:
    text = str(_scalar(value, "代号，如 section_head"))
    if _SYMBOL.fullmatch(text):
        return text
    raise reject("bad-value", f"“{text[:30]}”不能作代号", "代号只用小写英文字母、数字、下划线和减号，如 section_head")


def _number_text(value: Fraction) -> str:
    return format(Decimal(value.numerator) / Decimal(value.denominator), "f")


#: A day, `YYYY-MM-DD`, quoted or bare.
Day = Annotated[date, PlainValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
#: An exact number: a decimal as written, never a binary float.
Exact = Annotated[
    Fraction,
    PlainValidator(exact),
    PlainSerializer(_number_text),
    WithJsonSchema({"type": ["number", "string"]}),
]
#: A whole number from 0.
Count = Annotated[int, PlainValidator(_count), WithJsonSchema({"type": "integer", "minimum": 0})]
#: `true` or `false`, and no other way to say it.
Flag = Annotated[bool, PlainValidator(_flag), WithJsonSchema({"type": "boolean"})]
#: One line of text, not empty.
Line = Annotated[str, PlainValidator(_line), WithJsonSchema({"type": "string", "minLength": 1})]
#: Text of any number of lines, not empty.
Prose = Annotated[str, PlainValidator(_prose), WithJsonSchema({"type": "string", "minLength": 1})]
#: A name in paths: lower-case letters, digits, hyphens.
Identifier = Annotated[str, PlainValidator(_identifier), WithJsonSchema({"type": "string", "pattern": "^[a-z0-9-]+$"})]

#: A name inside files (posts, indicators, tasks), where an underscore may stand too.
Symbol = Annotated[str, PlainValidator(_symbol), WithJsonSchema({"type": "string", "pattern": "^[a-z0-9_-]+$"})]


def shorthand(key: str) -> BeforeValidator:
    """Let a lone value stand for the mapping {key: value}, as `wang-fang: 好` does."""

    def expand(value: object) -> object:
        return Map.shorthand(key, value) if isinstance(value, Text) else value

    expand.shorthand_key = key  # type: ignore[attr-defined]  # for the short way of reading
    return BeforeValidator(expand)


def as_many(value: Any) -> Any:
    """Return one value as a list of one; a list as it is."""
    return [value] if isinstance(value, str) else value


def as_list(value: Any) -> Any:
    """Return one mapping as a list of one; a list as it is."""
    return [value] if isinstance(value, dict) else value


#: Let one mapping stand for a list of one.
lone_or_many: BeforeValidator = BeforeValidator(as_list)

#: Let one value stand for a list of one, as in `principal_leader: zhou-min`.
single_or_many: BeforeValidator = BeforeValidator(as_many)
