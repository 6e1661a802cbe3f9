"""The words that conditions may use, with their types, meaning, and samples for the linter.

Two vocabularies: what is known of a person at a period's end, and what is known of a
person's year. Grading supplies the values; the linter tries the samples, to find rules
that can never fire.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

CATEGORIES: Mapping[str, str] = {"civil_servant": "公务员", "institution": "事业单位人员", "worker": "工勤人员"}
AWAY_TYPES: Mapping[str, str] = {
    "aid": "援派",
    "secondment": "挂职",
    "loan": "借调",
    "training": "学习培训",
    "taskforce": "抽调",
}
DEPARTMENT_KINDS: Mapping[str, str] = {
    "general": "综合",
    "business": "业务",
    "frontline": "基层一线",
    "hardship": "艰苦岗位",
}
MEASURES: tuple[str, ...] = (
    "警告", "记过", "记大过", "降级", "撤职", "降低岗位等级", "党内警告", "党内严重警告", "撤销党内职务", "留党察看",
)  # fmt: skip
#: The roles of people in procedures, with their Chinese names. Department roles first.
ROLES: Mapping[str, str] = {
    "section_head": "科室负责人",
    "supervising_leader": "主管领导",
    "principal_leader": "主要领导",
    "leadership": "领导班子",
    "personnel_office": "人事部门",
    "discipline_inspection": "纪检监察机关",
}
#: Roles that fill in a review sheet, and may therefore rate, propose, or decide on it.
REVIEWER_ROLES: tuple[str, ...] = ("section_head", "supervising_leader", "principal_leader")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a vocabulary.

    `arguments` accepts one argument of a function and is None for plain words;
    `samples` are values that the linter tries in every combination.
    """

    says: str
    kind: str
    samples: tuple[Any, ...]
    arguments: Callable[[Any], bool] | None = None


Vocabulary = dict[str, Word]


def _never(*_: object) -> bool:
    return False


def _always(*_: object) -> bool:
    return True


_BOTH = (False, True)

#: What is known of a person on the last day of a period.
PERSON: Vocabulary = {
    "leader": Word("是不是领导成员", "真假", _BOTH),
    "category": Word(
        "人员类别：'civil_servant' 公务员，'institution' 事业单位人员，'worker' 工勤人员", "词", tuple(CATEGORIES)
    ),
    "post": Word("岗位，如 'staff'", "词", ("staff", "section_head", "window", "business", "legal", "other")),
    "is_head": Word("是不是所在科室的正职", "真假", _BOTH),
    "department_kind": Word(
        "所在科室的类型：'general' 综合，'business' 业务，'frontline' 基层一线，'hardship' 艰苦岗位",
        "词",
        tuple(DEPARTMENT_KINDS),
    ),
    "on_probation": Word("是不是在试用期内", "真假", _BOTH),
    "hosted": Word("是不是外单位派来的", "真假", _BOTH),
    "leave_share": Word(
        "病假、事假占当期工作日的份额，0 到 1",
        "数",
        (Fraction(0), Fraction(1, 4), Fraction(1, 2), Fraction(2, 3), Fraction(1)),
    ),
    "away": Word(
        "期末离岗的原因：'aid' 援派，'secondment' 挂职，'loan' 借调，'training' 学习培训，'taskforce' 抽调；在岗为 ''",
        "词",
        ("", *AWAY_TYPES),
    ),
    "away_longer_than": Word(
        "期末所在的这一段离岗是否超过这么多个月，如 away_longer_than(6)",
        "真假",
        (_never, _always),
        lambda months: isinstance(months, int) and not isinstance(months, bool) and 0 < months <= 120,  # noqa: PLR2004 -- ten years
    ),
    "disciplined": Word(
        "期末是否在所列处分之一的影响期内，如 disciplined('记过', '记大过')；可写：" + "、".join(MEASURES),
        "真假",
        (_never, _always),
        lambda measure: measure in MEASURES,
    ),
}

#: What is known of a person's year. Grade names are the scheme's own, so any text may be counted.
YEAR: Vocabulary = {
    "count": Word("当年被评为所列等次的次数，如 count('一般', '较差')", "数", (), lambda grade: isinstance(grade, str)),
    "periods": Word("当年有等次的周期数", "数", ()),
    "admonitions": Word("当年被告诫的次数", "数", (0, 1, 2)),
    "absent": Word("当年是否无正当理由不参加考核", "真假", _BOTH),
    "refused": Word("当年是否经教育后拒不改正", "真假", _BOTH),
}
