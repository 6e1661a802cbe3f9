"""The unit and its people: `unit.yml`, `people/<person>.yml` (design §4)."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import Field, PlainValidator, WithJsonSchema

from pingshi.periods import Period
from pingshi.source import Day, Flag, Identifier, Line, Located, Symbol, Terms, reject, single_or_many

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+", re.ASCII)


def _period(value: object) -> Period:
    if isinstance(value, Period):
        return value
    try:
        return Period.parse(value if isinstance(value, str) else "")
    except ValueError as error:
        raise reject(
            "wrong-period", str(error), "写成 2026-Q1（季度）、2026-H1（半年）、2026-01（月）或 2026（年）"
        ) from None


def _email(value: object) -> str:
    if isinstance(value, str) and _EMAIL.fullmatch(value):
        return str(value)
    raise reject("bad-value", f"“{value}”不是邮箱地址", "写成 wang-fang@approval.example 这样")


PeriodName = Annotated[Period, PlainValidator(_period), WithJsonSchema({"type": "string"})]
Email = Annotated[str, PlainValidator(_email), WithJsonSchema({"type": "string"})]
PersonId = Identifier
People = Annotated[tuple[PersonId, ...], single_or_many]

Category = Literal["civil_servant", "institution", "worker"]
DepartmentKind = Literal["general", "business", "frontline", "hardship"]


class SchemeInForce(Located):
    """The scheme that holds from this period on, until the next entry's."""

    since: PeriodName = Field(alias="from")
    scheme: Identifier


class Department(Located):
    """A department, its head and the leaders in charge of it, by term of office; either may be vacant."""

    id: Symbol
    name: Line
    kind: DepartmentKind
    head: Terms[PersonId] = ()
    led_by: Terms[People] = ()


class Organs(Located):
    """Who holds the unit's offices, by term of office."""

    principal_leader: Terms[People]
    leadership: Terms[People]
    personnel_office: Terms[People]
    discipline_inspection: Terms[People]


class Body(Located):
    """A leading group, committee or office that runs the assessment (领导小组, 考核委员会, 办公室)."""

    name: Line
    head: PersonId
    deputies: People = ()
    members: People = ()
    representatives: People = ()


class Trust(Located):
    """How far the history is to be trusted, and the forges' own committer addresses (design §8)."""

    level: Literal["forge", "receipts", "signatures"]
    committers: tuple[Email, ...] = ()


class OwnCalendar(Located):
    """Additions to the official calendar, for years that it does not know yet."""

    holidays: tuple[Day, ...] = ()
    workdays: tuple[Day, ...] = ()


class Unit(Located):
    """`unit.yml`: the unit's name, schemes, departments and offices."""

    name: Line
    schemes: tuple[SchemeInForce, ...]
    departments: tuple[Department, ...]
    organs: Organs
    bodies: tuple[Body, ...] = ()
    trust: Trust | None = None
    calendar: OwnCalendar | None = None


class Git(Located):
    """The addresses and signing keys by which history knows a person."""

    emails: tuple[Email, ...] = ()
    keys: tuple[Line, ...] = ()


class Person(Located):
    """`people/<person>.yml`: one person; department, post, category and leader by term of office."""

    name: Line
    department: Terms[Symbol]
    post: Terms[Symbol]
    category: Terms[Category]
    leader: Terms[Flag]
    joined: Day
    left: Day | None = None
    probation_until: Day | None = None
    home_unit: Line | None = None
    sex: Literal["男", "女"] | None = None
    born: Line | None = None
    political_status: Line | None = None
    title: Line | None = None
    level: Line | None = None
    in_post_since: Line | None = None
    work_since: Line | None = None
    git: Git | None = None


__all__ = [
    "Body",
    "Department",
    "Git",
    "Organs",
    "OwnCalendar",
    "People",
    "PeriodName",
    "Person",
    "PersonId",
    "SchemeInForce",
    "Trust",
    "Unit",
]
