"""The words that conditions may use, with their types, meaning, and samples for the linter.

Two vocabularies: what is known of a person at a period's end, and what is known of a
person's year. Grading supplies the values; the linter tries the samples, to find rules
that can never fire.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal

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
LEAVE_TYPES: Mapping[str, str] = {"sick": "病假", "personal": "事假", "maternity": "产假", "other": "其他假"}
GOAL_KINDS: Mapping[str, str] = {"key": "重点目标", "routine": "常规目标", "dynamic": "动态目标（年内新增）"}
LEDGERS: Mapping[str, str] = {"plan": "月度计划", "upward": "对上争取", "assigned": "上级交办"}
TASK_RESULTS: Mapping[str, str] = {
    "done": "按要求完成",
    "late": "逾期完成",
    "below": "完成但没有达到标准",
    "undone": "没有完成",
    "waived": "免予评价",
}
SEXES: Mapping[str, str] = {"男": "男", "女": "女"}
CONSULTED: Mapping[str, str] = {"no_objection": "无不同意见", "objection": "有不同意见"}
FEEDBACK_FORMS: Mapping[str, str] = {
    "meeting": "会议反馈",
    "talk": "当面谈话",
    "written": "书面反馈",
    "network": "网络反馈",
}
FEEDBACK_KINDS: Mapping[str, str] = {
    "feedback": "结果反馈",
    "praise": "表扬",
    "reminder": "谈话提醒",
    "criticism": "批评教育",
    "warning_talk": "警示谈话",
    "formal_warning": "诫勉",
    "self_examination": "责令作出检查",
    "reassignment": "调整岗位",
    "retraining": "离岗培训",
}
REPLIES: Mapping[str, str] = {"upheld": "维持原结果", "changed": "改变原结果"}
TRUST_LEVELS: Mapping[str, str] = {
    "forge": "以代码平台的合并记录为准",
    "receipts": "另有服务器签名的回执",
    "signatures": "另有领导本人的签名",
}
#: The forms that go to higher authorities.
FORMS: Mapping[str, str] = {
    "scheme": "平时考核工作方案",
    "quarterly_roster": "平时考核备案名册",
    "reward_roster": "平时考核奖励备案名册",
    "annual_summary": "平时考核工作总结",
    "annual_roster": "平时考核结果名册",
    "result_letter": "平时考核结果通报",
}
#: The facts that an override may rest on.
FACTS: Mapping[str, str] = {
    "outstanding": "突出贡献",
    "misconduct": "负面情形",
    "accountability": "责任追究",
    "admonition": "告诫",
    "absent": "不参加考核",
    "fraud": "弄虚作假",
}
CYCLES: Mapping[str, str] = {"quarter": "季度", "half": "半年"}
EACH: Mapping[str, str] = {"period": "每个考核周期", "month": "每月", "week": "每周", "year": "每年"}
#: What results are looked through for.
MATTERS: Mapping[str, str] = {
    "distribution": "结果的分布和变化",
    "inspection": "考核过程中值得注意的情况",
    "conduct": "考核纪律",
    "preference": "一贯优秀的人员",
}
SCORE_SOURCES: Mapping[str, str] = {
    "rating": "评鉴表上的评分",
    "ballots": "测评票",
    "monthly_tasks": "月度任务完成情况",
}
ROUNDING: Mapping[str, str] = {"half_up": "四舍五入", "down": "舍去尾数"}
STRENGTHS: Mapping[str, str] = {"firm": "不得例外", "in_principle": "原则上，写明理由可以例外"}
POOLS: Mapping[str, str] = {"category": "按人员类别", "department": "按科室", "supervising_leader": "按主管领导"}
PUBLICITY: Mapping[str, str] = {"公示": "在公示期内听取意见", "公开": "审定以后告知"}
DEADLINES: Mapping[str, str] = {"determination": "审定", "objection": "提出异议", "reply": "答复异议"}
COVERAGE: Mapping[str, str] = {
    "computed": "由程序计算",
    "checked": "由程序检查",
    "recorded": "有记录可填",
    "published": "在网站公布",
    "exported": "由以后的版本生成表册",
    "reminded": "由程序提醒",
    "people": "由人办理",
}
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
#: Roles that may approve what somebody files about themselves.
APPROVER_ROLES: Mapping[str, str] = {
    "direct_leader": "直接领导",
    **{role: ROLES[role] for role in REVIEWER_ROLES},
}


WordKind = Literal["flag", "text", "number", "months", "measures", "count"]


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a vocabulary: what it says and, for the linter, what it can be.

    `arguments` accepts one argument of a function and is None for plain words. A `text`
    takes one of `samples`, or any other where it is `open`; a `number` lies in `range`
    and is tried at `samples` and around the conditions' own constants (`whole`: only
    whole numbers).
    """

    says: str
    kind: WordKind
    samples: tuple[Any, ...] = ()
    open: bool = False
    range: tuple[int, int] = (0, 1)
    whole: bool = False
    arguments: Callable[[Any], bool] | None = None


Vocabulary = dict[str, Word]

#: Months that a stint can be asked about: up to ten years.
_LONGEST_STINT = 120


def _is_months(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value <= _LONGEST_STINT


#: What is known of a person on the last day of a period.
PERSON: Vocabulary = {
    "leader": Word("是不是领导成员", "flag"),
    "category": Word(
        "人员类别：'civil_servant' 公务员，'institution' 事业单位人员，'worker' 工勤人员", "text", tuple(CATEGORIES)
    ),
    "post": Word("岗位，如 'staff'", "text", ("staff",), open=True),
    "is_head": Word("是不是所在科室的正职", "flag"),
    "department_kind": Word(
        "所在科室的类型：'general' 综合，'business' 业务，'frontline' 基层一线，'hardship' 艰苦岗位",
        "text",
        tuple(DEPARTMENT_KINDS),
    ),
    "on_probation": Word("是不是在试用期内", "flag"),
    "hosted": Word("是不是外单位派来的", "flag"),
    "leave_share": Word("病假、事假占当期工作日的份额，0 到 1", "number", (0, Fraction(1, 2), 1)),
    "away": Word(
        "期末离岗的原因：'aid' 援派，'secondment' 挂职，'loan' 借调，'training' 学习培训，'taskforce' 抽调；在岗为 ''",
        "text",
        ("", *AWAY_TYPES),
    ),
    "away_longer_than": Word(
        "期末所在的这一段离岗是否超过这么多个月，如 away_longer_than(6)", "months", arguments=_is_months
    ),
    "disciplined": Word(
        "期末是否在所列处分之一的影响期内，如 disciplined('记过', '记大过')；可写：" + "、".join(MEASURES),
        "measures",
        arguments=lambda measure: measure in MEASURES,
    ),
}

#: What is known of a person's year. Grade names are the scheme's own, so any text may be counted here;
#: the linter compares them with the scheme's.
YEAR: Vocabulary = {
    "count": Word(
        "当年被评为所列等次的次数，如 count('一般', '较差')", "count", arguments=lambda grade: isinstance(grade, str)
    ),
    "periods": Word("当年有等次的周期数", "number", (0, 1, 2, 4), range=(0, 12), whole=True),
    "admonitions": Word("当年被告诫的次数", "number", (0, 1, 2), range=(0, 12), whole=True),
    "absent": Word("当年是否无正当理由不参加考核", "flag"),
    "refused": Word("当年是否经教育后拒不改正", "flag"),
}
