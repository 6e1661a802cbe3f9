"""The one place that knows paths ↔ (unit, period, kind, person) (design §4, contract).

A record's identity is its path and stands nowhere inside it. Everything that reads or
writes a record asks here; no other module joins or splits paths under `records/`.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from pingshi.periods import Period

RECORDS = "records"
SCHEMES = "schemes"

Scope = Literal["unit", "year", "cycle", "month"]
#: The parts of a repository: records, schemes, and whatever else is in it (a README, the site's pages, settings).
Area = Literal["records", "schemes", "other"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record: where it stands, for whom, and whether it is confidential.

    `person` says whose id names the file: the person it is about, or the one who writes
    it (`reviewer`, `leader`); None for one file a folder.
    """

    name: str
    title: str
    scopes: tuple[Scope, ...]
    person: Literal["person", "reviewer", "leader"] | None = None
    confidential: bool = False


KINDS: tuple[Kind, ...] = (
    Kind("unit", "单位", ("unit",)),
    Kind("people", "人员", ("unit",), "person"),
    Kind("facts", "事实记录", ("unit",), "person", confidential=True),
    Kind("goals", "年度工作目标", ("year",), "person"),
    Kind("plans", "月工作计划台账", ("month",), "person"),
    Kind("logs", "工作记实", ("month",), "person"),
    Kind("reports", "月小结", ("month",), "person"),
    Kind("evaluations", "月评价", ("month",), "person", confidential=True),
    Kind("attendance", "考勤", ("month",), confidential=True),
    Kind("summaries", "个人小结", ("cycle", "year"), "person"),
    Kind("reviews", "评鉴表", ("cycle",), "reviewer", confidential=True),
    Kind("ballots", "测评票", ("cycle",), confidential=True),
    Kind("outside", "外单位考核结果", ("cycle",), "person", confidential=True),
    Kind("determination", "审定结果", ("cycle", "year"), confidential=True),
    Kind("publicity", "公示", ("cycle", "year")),
    Kind("feedback", "反馈记录", ("cycle",), "leader", confidential=True),
    Kind("objections", "异议", ("cycle",), "person", confidential=True),
    Kind("replies", "答复", ("cycle",), "person", confidential=True),
    Kind("spot_checks", "抽查", ("cycle",), confidential=True),
    Kind("filings", "备案", ("cycle", "year")),
)
BY_NAME = {kind.name: kind for kind in KINDS}

_NAME = re.compile(r"[a-z0-9-]+")
_DATED = re.compile(r"\d{4}(-.*)?")
_MEANT_AS_DATED = re.compile(r"\d{4}(?![0-9a-z])|\d{4}[Qq年]")
_QUARTER = re.compile(r"(\d{4})\D*?[Qq第](?:([1-4])|([一二三四]))季?度?")
_MONTH = re.compile(r"(\d{4})[^\dA-Za-z]?(\d{1,2})月?")
_SCHEME_FILES = ("scheme.yml", "clauses.yml")


#: How the folders of each scope are called, for telling where a record belongs.
_EXAMPLES: dict[Scope, str] = {"unit": "", "year": "2026/", "cycle": "2026-Q1/", "month": "2026-01/"}


class Misplaced(ValueError):  # noqa: N818 -- it says what is the matter with the path, as the code does
    """A path that is none of the layout's. `code` is misplaced-file or wrong-period."""

    def __init__(self, message: str, hint: str, code: str = "misplaced-file") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.code = code


@dataclass(frozen=True, slots=True)
class Location:
    """A record's identity. `period` is None for the unit's own files, `person` where one file serves all."""

    unit: str
    kind: str
    period: Period | None = None
    person: str | None = None

    @property
    def path(self) -> str:
        """The path from the repository's root, with forward slashes."""
        parts = [RECORDS, self.unit]
        if self.period is not None:
            parts.append(str(self.period))
        if self.person is None:
            parts.append(f"{self.kind}.yml")
        else:
            parts += [self.kind, f"{self.person}.yml"]
        return "/".join(parts)


@lru_cache(maxsize=8192)
def locate(path: str) -> Location:
    """Return the identity of a path under `records/`, or raise `Misplaced`."""
    top, *parts = path.split("/")
    if top != RECORDS or not parts or "" in parts:
        raise _misplaced("文件不在规定的位置")
    if not parts[-1].endswith(".yml"):
        near = "；扩展名要写 .yml" if parts[-1].endswith((".yaml", ".YML", ".txt")) else ""
        raise _misplaced(f"“{parts[-1]}”不是记录文件{near}")
    if len(parts) == 1:
        raise _misplaced("文件要放在单位的文件夹里")
    unit, rest = parts[0], parts[1:]
    if not _NAME.fullmatch(unit):
        raise _misplaced(f"单位文件夹“{unit}”的名字不合规定")
    period: Period | None = None
    scope: Scope = "unit"
    if len(rest) > 1 and _MEANT_AS_DATED.match(rest[0]):
        period, scope = _period(rest[0])
        rest = rest[1:]
    if len(rest) > len(("kind", "person.yml")):
        raise _misplaced("文件夹的层数太多")
    kind = _kind(unit, rest, scope)
    if kind.person is None:
        return Location(unit, kind.name, period)
    person = rest[1].removesuffix(".yml")
    if not _NAME.fullmatch(person):
        raise _misplaced(f"文件名“{rest[1]}”不合规定")
    return Location(unit, kind.name, period, person)


def area_of(path: str) -> Area:
    """Return the part of the repository that a file belongs to, or raise `Misplaced` for what is no file's path.

    Under `records/` and `schemes/` it may still be misplaced. A name that some computers would take for one of these
    two (`Records/`, or with invisible characters in it) belongs nowhere: it must not get round what holds for them.
    """
    parts = path.split("/")
    if any(it in ("", ".", "..") or _plain(it) == ".git" for it in parts):
        raise Misplaced(f"“{path}”不是仓库里文件的路径", f"从仓库的根写起，如 {Location('approval', 'unit').path}")
    top = parts[0]
    if top in (RECORDS, SCHEMES):
        return "records" if top == RECORDS else "schemes"
    meant = _plain(top)
    if meant in (RECORDS, SCHEMES):
        raise Misplaced(f"“{top}”容易与 {meant} 混淆", f"放到 {meant} 里；名字全用小写的半角英文字母")
    return "other"


def _plain(name: str) -> str:
    """Return a name as file systems that know neither case nor invisible characters take it."""
    if name.isascii():
        return name.lower()
    return "".join(it for it in unicodedata.normalize("NFKC", name).casefold() if unicodedata.category(it) != "Cf")


@lru_cache(maxsize=1024)
def _period(folder: str) -> tuple[Period, Scope]:
    try:
        period = Period.parse(folder)
    except ValueError as error:
        hint = "周期文件夹写成 2026（年）、2026-Q1（季度）、2026-H1（半年）或 2026-01（月）"
        meant = meant_period(folder)
        hint += f"；是不是 {meant}？" if meant else ""
        raise Misplaced(str(error), hint, "wrong-period" if _DATED.fullmatch(folder) else "misplaced-file") from None
    scopes: dict[str, Scope] = {"year": "year", "half": "cycle", "quarter": "cycle", "month": "month"}
    return period, scopes[period.kind]


def meant_period(folder: str) -> str | None:
    """Return the period that a folder's name, or a word of the command line, was probably meant to be."""
    folder = unicodedata.normalize("NFKC", folder)
    quarter, month = _QUARTER.fullmatch(folder), _MONTH.fullmatch(folder)
    meant = folder
    if quarter is not None:
        meant = f"{quarter[1]}-Q{quarter[2] or '一二三四'.index(quarter[3]) + 1}"
    elif month is not None:
        meant = f"{month[1]}-{int(month[2]):02}"
    try:
        return str(Period.parse(meant))
    except ValueError:
        return None


def _kind(unit: str, rest: list[str], scope: Scope) -> Kind:
    name = rest[0] if len(rest) > 1 else rest[0].removesuffix(".yml")
    kind = BY_NAME.get(name)
    if kind is None:
        close = difflib.get_close_matches(name, [it.name for it in KINDS if scope in it.scopes], n=1, cutoff=0.7)
        raise _misplaced(
            f"没有“{name}”这种记录" + (f"；是不是 {close[0]}（{BY_NAME[close[0]].title}）？" if close else "")
        )
    if scope not in kind.scopes:
        where = " 或 ".join(f"{RECORDS}/{unit}/{_EXAMPLES[it]}{_name(kind)}" for it in kind.scopes)
        raise Misplaced(f"{kind.title}（{name}）不能放在这里", f"移到 {where} 这样的位置")
    if kind.person is None and len(rest) > 1:
        raise _misplaced(f"{kind.title}只有一个文件 {name}.yml，不是文件夹")
    if kind.person is not None and len(rest) == 1:
        raise _misplaced(f"{kind.title}按人分文件，放在文件夹 {name}/ 里")
    return kind


def _name(kind: Kind) -> str:
    return f"{kind.name}.yml" if kind.person is None else f"{kind.name}/人员代号.yml"


def _misplaced(message: str) -> Misplaced:
    return Misplaced(
        message,
        "对照网站“格式参考”里“记录的格式”一页，移到正确的位置；文件名只用小写字母、数字和减号；不是记录的文件请放到别处",
    )


def titled(whose: str, when: str, kind: str) -> str:
    """Join whose a record is, when it is of and what it is, without saying 年度 or 月 twice."""
    if not when:
        return f"{whose}的{kind}" if whose else kind
    for unit in ("年度", "月"):
        if when.endswith(unit):
            kind = kind.removeprefix(unit)
    return f"{whose}{when}{kind}"


def glob_of(kind: Kind) -> str:
    """Return a pattern that fits the paths of all records of a kind, for editors."""
    period = [] if kind.scopes == ("unit",) else ["*"]
    file = [f"{kind.name}.yml"] if kind.person is None else [kind.name, "*.yml"]
    return "/".join((RECORDS, "*", *period, *file))


def scheme_path(scheme: str, file: Literal["scheme.yml", "clauses.yml"] = "scheme.yml") -> str:
    """Return the path of a scheme's file."""
    return f"{SCHEMES}/{scheme}/{file}"


def scheme_of(path: str) -> str:
    """Return the scheme that a path under `schemes/` belongs to, or raise `Misplaced`."""
    parts = path.split("/")
    if (
        len(parts) != len(("schemes", "scheme", "file"))
        or parts[0] != SCHEMES
        or parts[2] not in _SCHEME_FILES
        or not _NAME.fullmatch(parts[1])
    ):
        message = f"“{parts[-1]}”不是方案文件"
        raise Misplaced(message, "每个方案一个文件夹，里面只有 scheme.yml 和 clauses.yml")
    return parts[1]
