"""What all rules of the scheme language share: the clause that they cite, and how their values are written."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from pingshi.schemes.fields import Clause
from pingshi.schemes.vocabulary import REVIEWER_ROLES, ROLES
from pingshi.source import Line, Located

#: How conditions, limits and roles are written, for whoever writes a scheme.
CONDITION = "条件写成比较式，如 leave_share > 1/2；可以用的词见网站“方案的写法”里“条件里的词”一节。"
YEAR_CONDITION = "条件写成比较式，如 count('较差') >= 3；可以用的词见网站“方案的写法”里“条件里的词”一节。"
LIMIT = "写成 3 days（日）或者 5 workdays（工作日）。"
ROLES_TOLD = "可以写：" + "；".join(f"{role} {title}" for role, title in ROLES.items())
REVIEWERS_TOLD = "可以写：" + "；".join(f"{role} {ROLES[role]}" for role in REVIEWER_ROLES)
Says = Annotated[Line, Field(title="规定", description="用一句话写方案的规定，会原样出现在说明和网页里。")]
#: Rules of one section that are tried out on everybody: the real schemes have up to ten, more would never end.
MOST_RULES = 50


class Rule(Located):
    """Anything that cites a clause. The clause travels with it to every message."""

    cite: Clause = Field(title="依据的条款", description="条款编号，如 Q7；编号见 clauses.yml。")
