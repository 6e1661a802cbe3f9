"""The single values of the scheme language: clause ids, shares, limits, periods, conditions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated

from pydantic import PlainValidator, WithJsonSchema

from pingshi.layout import BY_NAME
from pingshi.periods import Period
from pingshi.schemes.expressions import CONDITION_SCHEMA, Condition, condition_over
from pingshi.schemes.vocabulary import PERSON, YEAR
from pingshi.source import exact, reject

_CLAUSE = re.compile(r"[A-Z]+[0-9]+", re.ASCII)
_SHARE = re.compile(r"(\d{1,3}(?:\.\d+)?)%|(\d{1,4})/([1-9]\d{0,3})", re.ASCII)
_SPAN = re.compile(r"([1-9]\d{0,2}) (days|workdays)", re.ASCII)


def _clause(value: object) -> str:
    if isinstance(value, str) and _CLAUSE.fullmatch(value):
        return str(value)
    raise reject("bad-value", f"“{value}”不是条款编号", "写条款编号，如 Q7；编号见同一文件夹的 clauses.yml")


def _share(value: object) -> Fraction:
    if isinstance(value, Fraction):
        return value
    match = _SHARE.fullmatch(value) if isinstance(value, str) else None
    if match:
        share = Fraction(match[1]) / 100 if match[1] else Fraction(int(match[2]), int(match[3]))
        if 0 <= share <= 1:
            return share
    raise reject("bad-value", f"“{value}”不是合格的比例", "写成 40% 或 1/3，在 0 到 100% 之间")


def _span(value: object) -> Span:
    if isinstance(value, Span):
        return value
    match = _SPAN.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise reject("bad-value", f"“{value}”不是合格的期限", "写成 3 days（日）或 5 workdays（工作日）")
    return Span(int(match[1]), match[2] == "workdays")


def _period(value: object) -> Period:
    if isinstance(value, Period):
        return value
    try:
        return Period.parse(str(value))
    except ValueError as error:
        raise reject("wrong-period", str(error), "写成 2026-Q1（季度）、2026-H1（半年）或 2026（年）") from None


def _record(value: object) -> str:
    if isinstance(value, str) and value in BY_NAME:
        return str(value)
    raise reject("bad-value", f"没有“{value}”这种记录", f"可以写：{', '.join(BY_NAME)}")


@dataclass(frozen=True, slots=True)
class Span:
    """A limit in days (日) or working days (工作日)."""

    count: int
    workdays: bool

    def __str__(self) -> str:
        return f"{self.count}个工作日" if self.workdays else f"{self.count}日"


def _positive(value: object) -> Fraction:
    made = exact(value)
    if made <= 0:
        raise reject("bad-value", f"“{value}”不是正数", "分值、权重和满分都要大于 0")
    return made


def _like(pattern: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "pattern": pattern})


Positive = Annotated[Fraction, PlainValidator(_positive), WithJsonSchema({"type": ["number", "string"]})]
Clause = Annotated[str, PlainValidator(_clause), _like("^[A-Z]+[0-9]+$")]
Share = Annotated[Fraction, PlainValidator(_share), _like(r"^([0-9]{1,3}(\.[0-9]+)?%|[0-9]{1,4}/[1-9][0-9]{0,3})$")]
Limit = Annotated[Span, PlainValidator(_span), _like("^[1-9][0-9]{0,2} (days|workdays)$")]
PeriodName = Annotated[Period, PlainValidator(_period), _like("^[0-9]{4}(-(Q[1-4]|H[12]|0[1-9]|1[0-2]))?$")]
RecordKind = Annotated[
    str,
    PlainValidator(_record),
    WithJsonSchema({"enum": list(BY_NAME), "enumDescriptions": [kind.title for kind in BY_NAME.values()]}),
]
PersonCondition = Annotated[Condition, condition_over(PERSON), CONDITION_SCHEMA]
YearCondition = Annotated[Condition, condition_over(YEAR), CONDITION_SCHEMA]
