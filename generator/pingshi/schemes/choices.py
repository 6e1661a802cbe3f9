"""The words that a scheme may choose from, with their meaning in Chinese.

The `Literal` says what is allowed, the table of the vocabulary what it means.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pingshi.layout import BY_NAME
from pingshi.schemes import vocabulary
from pingshi.source import Choices

Strength = Annotated[Literal["firm", "in_principle"], Choices(vocabulary.STRENGTHS)]
Pools = Annotated[Literal["category", "department", "supervising_leader"], Choices(vocabulary.POOLS)]
CyclePeriod = Annotated[Literal["quarter", "half"], Choices(vocabulary.CYCLES)]
RoundingMode = Annotated[Literal["half_up", "down"], Choices(vocabulary.ROUNDING)]
ScoreSource = Annotated[Literal["rating", "ballots", "monthly_tasks"], Choices(vocabulary.SCORE_SOURCES)]
FactKind = Annotated[
    Literal["outstanding", "misconduct", "accountability", "admonition", "absent", "fraud"],
    Choices(vocabulary.FACTS),
]  # fmt: skip
Wording = Annotated[Literal["公示", "公开"], Choices(vocabulary.PUBLICITY)]
Due = Annotated[Literal["determination", "objection", "reply"], Choices(vocabulary.DEADLINES)]
Each = Annotated[Literal["period", "month", "week", "year"], Choices(vocabulary.EACH)]
FeedbackKind = Annotated[
    Literal[
        "feedback", "praise", "reminder", "criticism", "warning_talk", "formal_warning", "self_examination",
        "reassignment", "retraining",
    ],
    Choices(vocabulary.FEEDBACK_KINDS),
]  # fmt: skip
FilingForm = Annotated[
    Literal["scheme", "quarterly_roster", "reward_roster", "annual_summary", "annual_roster", "result_letter"],
    Choices(vocabulary.FORMS),
]  # fmt: skip
FilingEach = Annotated[Literal["period", "year"], Choices(vocabulary.EACH)]
Places = Annotated[
    Literal["0", "1", "2", "3", "4", "5", "6"], Choices({str(count): f"{count} 位" for count in range(7)})
]  # fmt: skip
Matter = Annotated[Literal["distribution", "inspection", "conduct", "preference"], Choices(vocabulary.MATTERS)]
Yes = Annotated[Literal["true"], Choices({"true": "是"})]
OwnRecord = Annotated[
    Literal["goals", "plans", "logs", "reports", "summaries"],
    Choices({name: BY_NAME[name].title for name in ("goals", "plans", "logs", "reports", "summaries")}),
]  # fmt: skip
ApproverRole = Annotated[
    Literal["direct_leader", "section_head", "supervising_leader", "principal_leader"],
    Choices(vocabulary.APPROVER_ROLES),
]  # fmt: skip
