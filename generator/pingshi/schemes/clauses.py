"""`clauses.yml`: every clause of the source document, in our own words, and how it is covered."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from pingshi.schemes.fields import Clause
from pingshi.schemes.vocabulary import COVERAGE
from pingshi.source import Choices, Day, Line, Located, Prose

Coverage = Annotated[
    Literal["computed", "checked", "recorded", "published", "exported", "reminded", "people"], Choices(COVERAGE)
]  # fmt: skip


class ClauseEntry(Located, title="条款"):
    """One clause of the source document, in our own words, and how it is covered."""

    where: Line = Field(alias="at", title="位置", description="在原文的什么位置，如 二、（一）。")
    topic: Line = Field(title="主题", description="几个字说明这一条讲什么。")
    says: Prose = Field(title="内容", description="用自己的话写这一条的内容。")
    covered: tuple[Coverage, ...] = Field(title="怎样落实", description="这一条怎样落实，可以不止一种。")
    people: Prose | None = Field(default=None, title="由人办理的部分", description="程序不管、要由人办理的是什么。")


class SourceDocument(Located, title="原文"):
    """The document that a scheme was read from."""

    title: Line = Field(title="文件名称")
    number: Line | None = Field(default=None, title="文号")
    issued: Day | None = Field(default=None, title="印发日期")


class Clauses(Located, title="条款清单"):
    """Every clause of the source document, by id."""

    source: SourceDocument = Field(title="原文")
    clauses: dict[Clause, ClauseEntry] = Field(title="各条", description="左边是条款编号，如 Q7。")
