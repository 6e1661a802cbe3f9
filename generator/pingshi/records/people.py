"""The unit and its people: `unit.yml`, `people/<person>.yml` (design §4)."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import Field, PlainValidator, WithJsonSchema

from pingshi.periods import Period
from pingshi.schemes import vocabulary
from pingshi.source import Choices, Day, Flag, Identifier, Line, Located, Symbol, Terms, reject, single_or_many

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


PeriodName = Annotated[
    Period,
    PlainValidator(_period),
    WithJsonSchema({"type": "string", "pattern": "^[0-9]{4}(-(Q[1-4]|H[12]|0[1-9]|1[0-2]))?$"}),
]
Email = Annotated[
    str, PlainValidator(_email), WithJsonSchema({"type": "string", "pattern": r"^[^@\s]+@[^@\s]+$"})
]  # fmt: skip
PersonId = Identifier
People = Annotated[tuple[PersonId, ...], single_or_many]

Category = Annotated[Literal["civil_servant", "institution", "worker"], Choices(vocabulary.CATEGORIES)]
DepartmentKind = Annotated[
    Literal["general", "business", "frontline", "hardship"], Choices(vocabulary.DEPARTMENT_KINDS)
]  # fmt: skip
Sex = Annotated[Literal["男", "女"], Choices(vocabulary.SEXES)]
TrustLevel = Annotated[Literal["forge", "receipts", "signatures"], Choices(vocabulary.TRUST_LEVELS)]


class SchemeInForce(Located, title="执行的方案"):
    """The scheme that holds from this period on, until the next entry's."""

    since: PeriodName = Field(alias="from", title="从哪一期起", description="从哪个考核周期起执行，如 2026-Q1。")
    scheme: Identifier = Field(title="方案", description="方案的代号，就是 schemes 里的文件夹名。")


class Department(Located, title="科室"):
    """A department, its head and the leaders in charge of it, by term of office; either may be vacant."""

    id: Symbol = Field(title="科室代号", description="小写英文字母、数字、下划线和减号，如 office；定了就不要改。")
    name: Line = Field(title="科室名称")
    kind: DepartmentKind = Field(title="科室类型")
    head: Terms[PersonId] = Field(default=(), title="科室正职", description="人员代号；空缺的不写。")
    led_by: Terms[People] = Field(default=(), title="分管领导", description="人员代号，可以不止一人；空缺的不写。")


class Organs(Located, title="职务和机构"):
    """Who holds the unit's offices, by term of office."""

    principal_leader: Terms[People] = Field(title="主要领导", description="人员代号。")
    leadership: Terms[People] = Field(title="领导班子成员", description="人员代号，可以不止一人。")
    personnel_office: Terms[People] = Field(title="人事部门经办人", description="人员代号，可以不止一人。")
    discipline_inspection: Terms[People] = Field(title="纪检监察联系人", description="人员代号，可以不止一人。")


class Body(Located, title="议事机构"):
    """A leading group, committee or office that runs the assessment (领导小组, 考核委员会, 办公室)."""

    name: Line = Field(title="名称", description="如 平时考核工作领导小组。")
    head: PersonId = Field(title="组长或主任", description="人员代号。")
    deputies: People = Field(default=(), title="副组长或副主任", description="人员代号，可以不止一人。")
    members: People = Field(default=(), title="成员", description="人员代号，可以不止一人。")
    representatives: People = Field(default=(), title="群众代表", description="人员代号，可以不止一人。")


class Trust(Located, title="历史记录的可信程度"):
    """How far the history is to be trusted, the forges' own committer addresses, the server's keys (design §8)."""

    level: TrustLevel = Field(title="可信程度")
    committers: tuple[Email, ...] = Field(default=(), title="平台邮箱", description="代码平台自己提交时用的邮箱。")
    server_keys: tuple[Line, ...] = Field(
        default=(), title="服务器公钥", description="给回执签名的服务器公钥；由信息技术人员填写。"
    )


class OwnCalendar(Located, title="节假日补充"):
    """Additions to the official calendar, for years that it does not know yet."""

    holidays: tuple[Day, ...] = Field(default=(), title="放假日期", description="程序还不知道的法定放假日期。")
    workdays: tuple[Day, ...] = Field(default=(), title="上班日期", description="程序还不知道的调休上班日期。")


class Unit(Located, title="单位"):
    """`unit.yml`: the unit's name, schemes, departments and offices."""

    name: Line = Field(title="单位名称")
    schemes: tuple[SchemeInForce, ...] = Field(title="执行的方案", description="哪一期起执行哪个方案；换方案时加一项。")
    departments: tuple[Department, ...] = Field(title="科室")
    organs: Organs = Field(title="职务和机构", description="各项职务由谁担任；换人时按起止日期写。")
    bodies: tuple[Body, ...] = Field(default=(), title="议事机构", description="领导小组、考核委员会、办公室等。")
    trust: Trust | None = Field(default=None, title="历史记录的可信程度", description="由信息技术人员填写。")
    calendar: OwnCalendar | None = Field(default=None, title="节假日补充", description="程序的日历还没有的年份才写。")


class Git(Located, title="提交身份"):
    """The addresses and signing keys by which history knows a person, and the accounts by which a server does."""

    emails: tuple[Email, ...] = Field(default=(), title="邮箱", description="本人提交时用的邮箱。")
    keys: tuple[Line, ...] = Field(default=(), title="签名公钥", description="本人签名用的 SSH 公钥。")
    accounts: tuple[Line, ...] = Field(
        default=(), title="账号", description="在代码平台或者服务器上的登录账号；与人员代号相同的不用写。"
    )


class Person(Located, title="人员"):
    """`people/<person>.yml`: one person; department, post, category and leader by term of office."""

    name: Line = Field(title="姓名")
    department: Terms[Symbol] = Field(title="科室", description="科室的代号，见 unit.yml。")
    post: Terms[Symbol] = Field(title="岗位", description="岗位的代号，见方案的 posts；决定用哪一张评分表。")
    category: Terms[Category] = Field(title="人员类别")
    leader: Terms[Flag] = Field(title="领导成员", description="是领导班子成员写 true（不在这里考核），不是写 false。")
    joined: Day = Field(title="到岗日期", description="到本单位的第一天。")
    left: Day | None = Field(default=None, title="离开日期", description="在本单位的最后一天；还在的不写。")
    probation_until: Day | None = Field(
        default=None, title="试用期截止", description="试用期的最后一天；没有试用期的不写。"
    )
    home_unit: Line | None = Field(default=None, title="原单位", description="外单位派来的人员写；本单位人员不写。")
    sex: Sex | None = Field(default=None, title="性别", description="用于表册。")
    born: Line | None = Field(default=None, title="出生年月", description="用于表册，如 1985-06。")
    political_status: Line | None = Field(default=None, title="政治面貌", description="用于表册，如 中共党员。")
    title: Line | None = Field(default=None, title="职务", description="用于表册，如 综合科科长。")
    level: Line | None = Field(default=None, title="职级", description="用于表册，如 四级主任科员。")
    in_post_since: Line | None = Field(default=None, title="任现职时间", description="用于表册，如 2020-03。")
    work_since: Line | None = Field(default=None, title="参加工作时间", description="用于表册，如 2008-07。")
    git: Git | None = Field(default=None, title="提交身份", description="从不自己提交的人不写。")


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
