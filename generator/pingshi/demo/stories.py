"""What happened in the samples' year that their last state no longer shows, and what somebody did wrong in it.

The samples are what stands at the end. Here is how some files read before somebody moved to another department, a task
was put off, an objection was upheld; and the few deeds that the audit is there to find. A story whose files are not in
the repository is left out; one whose words are no longer in its file is an error, as is one that the files contradict.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Change:
    """A day on which files came to read as they do.

    `files` is by path from the unit's folder: for each, pairs of what stands there now and what stood there before.
    `batch`: handed in together with the other records of that batch (see `windows`).
    """

    on: date
    unit: str
    batch: str
    says: str
    files: Mapping[str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A record that was handed in on another day than it would have been. `path` is from the unit's folder."""

    on: date
    unit: str
    path: str


@dataclass(frozen=True, slots=True)
class Wrong:
    """An approval that was no approval: pushed to the server's main past its hooks, by whoever has its disk.

    `by` is whom the merge names, `key` whose key signed it. `repaired`: when and why somebody had a receipt entered
    later for what had come without one.
    """

    on: date
    unit: str
    path: str
    by: str
    key: str
    repaired: tuple[date, str] | None = None


CHANGES = (
    Change(
        date(2026, 1, 29),
        "statistics",
        "moving",
        "登记岗位调整：郝连忠任产业统计科科长，卞志刚调办公室，2月1日起",
        {
            "unit.yml": (
                (
                    "      - is: bian-zhigang\n        from: 2019-03-01\n        to: 2026-01-31\n"
                    "      - is: hao-lianzhong\n        from: 2026-02-01\n",
                    "      - is: bian-zhigang\n        from: 2019-03-01\n",
                ),
            ),
            "people/bian-zhigang.yml": (
                (
                    "    from: 2019-03-01\n    to: 2026-01-31\n  - is: office\n    from: 2026-02-01\n",
                    "    from: 2019-03-01\n",
                ),
            ),
            "people/hao-lianzhong.yml": (
                (
                    "    from: 2019-04-01\n    to: 2026-01-31\n  - is: industry\n    from: 2026-02-01\n",
                    "    from: 2019-04-01\n",
                ),
            ),
        },
    ),
    Change(
        date(2026, 2, 12),
        "reform",
        "putting off",
        "经同意调整一项任务的期限",
        {
            "2026-02/plans/zhong-qiuyue.yml": (
                (
                    "    adjusted:\n"
                    "      reason: 2月11日起低温雨雪，通往北山县的山区路段结冰封闭，无法到工地\n"
                    "      requested_on: 2026-02-11\n"
                    "      signed_by: tang-manyun\n"
                    "      agreed_by: zheng-wangchuan\n"
                    "      agreed_on: 2026-02-12\n"
                    "      due: 2026-02-27\n",
                    "",
                ),
            ),
        },
    ),
    Change(
        date(2026, 3, 30),
        "audit",
        "moving",
        "登记岗位调整：龚明哲4月1日起到财政审计科",
        {
            "people/gong-mingzhe.yml": (
                (
                    "  - {is: agriculture, from: 2022-07-18, to: 2026-03-31}\n  - {is: finance, from: 2026-04-01}\n",
                    "  - {is: agriculture, from: 2022-07-18}\n",
                ),
            )
        },
    ),
    Change(
        date(2026, 4, 24),
        "reform",
        "reply 2026-Q1 tong-shaohua",
        "复核属实，更正3月评价和一季度等次",
        {
            "2026-03/evaluations/tong-shaohua.yml": (
                (
                    "  t2: {result: done, evidence: 原记未开展；4月24日复核查到3月24日专家签字稿和送审登记，改记完成}\n",
                    "  t2: {result: undone, evidence: 台账系统没有登记}\n",
                ),
            ),
            "2026-Q1/determination.yml": (
                (
                    "  tong-shaohua: {grade: 较好, reason: 原定为一般；本人提出异议，复核属实，3月一项任务的评价由未开展"
                    "改为完成，季度得分升到较好档次，复核后更正为较好}\n",
                    "  tong-shaohua: 一般\n",
                ),
            ),
        },
    ),
    Change(
        date(2026, 4, 29),
        "audit",
        "moving",
        "登记分工调整：法制科5月1日起由韩启文分管",
        {
            "unit.yml": (
                (
                    "      - {is: [liao-shuyun], from: 2023-03-01, to: 2026-04-30}\n"
                    "      - {is: [han-qiwen], from: 2026-05-01}\n",
                    "      - {is: [liao-shuyun], from: 2023-03-01}\n",
                ),
            )
        },
    ),
    Change(
        date(2026, 5, 15),
        "reform",
        "putting off",
        "经同意调整一项任务的期限",
        {
            "2026-05/plans/shen-yifan.yml": (
                (
                    "    adjusted:\n"
                    "      reason: 5月13日至15日持续暴雨，示北公路塌方封闭，北山县无法到达\n"
                    "      requested_on: 2026-05-14\n"
                    "      signed_by: meng-xiaolan\n"
                    "      agreed_by: zheng-wangchuan\n"
                    "      agreed_on: 2026-05-15\n"
                    "      due: 2026-05-26\n",
                    "",
                ),
            ),
        },
    ),
    Change(
        date(2026, 5, 28),
        "approval",
        "moving",
        "登记岗位调整：高文博6月1日起到综合科",
        {
            "people/gao-wenbo.yml": (
                (
                    "  - {is: hall, from: 2021-09-01, to: 2026-05-31}\n  - {is: office, from: 2026-06-01}\n",
                    "  - {is: hall, from: 2021-09-01}\n",
                ),
                (
                    "  - {is: window, from: 2021-09-01, to: 2026-05-31}\n  - {is: staff, from: 2026-06-01}\n",
                    "  - {is: window, from: 2021-09-01}\n",
                ),
            )
        },
    ),
    Change(
        date(2026, 5, 28),
        "ecology",
        "moving",
        "登记岗位调整：康佳楠6月1日起到行政审批科",
        {
            "people/kang-jianan.yml": (
                (
                    "    from: 2022-08-22\n    to: 2026-05-31\n  - is: approval\n    from: 2026-06-01\n",
                    "    from: 2022-08-22\n",
                ),
            )
        },
    ),
    Change(
        date(2026, 5, 28),
        "reform",
        "moving",
        "登记岗位调整：沈一帆任评估督导科科长，6月1日起",
        {
            "unit.yml": (
                (
                    "head: [{is: lu-jinghe, from: 2024-03-01, to: 2026-05-31}, {is: shen-yifan, from: 2026-06-01}]",
                    "head: [{is: lu-jinghe, from: 2024-03-01}]",
                ),
            ),
            "people/shen-yifan.yml": (
                (
                    "  - {is: planning, from: 2016-09-01, to: 2026-05-31}\n  - {is: supervision, from: 2026-06-01}\n",
                    "  - {is: planning, from: 2016-09-01}\n",
                ),
            ),
        },
    ),
    Change(
        date(2026, 7, 24),
        "approval",
        "reply 2026-Q2 feng-jianjun",
        "复核后更正二季度等次",
        {
            "2026-Q2/determination.yml": (
                (
                    "  feng-jianjun:\n"
                    "    grade: 较好\n"
                    "    reason: 得分74.68分，距较好档次0.32分，原定一般；本人提出异议，复核后更正：5月20日2件超时系审批平台中断"
                    "3小时40分钟所致，责任不在本人，一季度谈话提醒的五项已全部改正，第13次局党组会议研究确定高一个等次，定为较好\n",
                    "  feng-jianjun: 一般\n",
                ),
            ),
        },
    ),
    Change(
        date(2026, 8, 14),
        "reform",
        "putting off",
        "经同意调整一项任务的期限",
        {
            "2026-08/plans/gao-yuanzhi.yml": (
                (
                    "    adjusted:\n"
                    "      reason: 连续强降雨导致通往北山县、云溪区的两条道路中断，无法按期到现场\n"
                    "      requested_on: 2026-08-13\n"
                    "      signed_by: meng-xiaolan\n"
                    "      agreed_by: zheng-wangchuan\n"
                    "      agreed_on: 2026-08-14\n"
                    "      due: 2026-08-27\n",
                    "",
                ),
            ),
        },
    ),
    # Not in order: the sheet on which a determination rests was made to say more, eleven days after it.
    Change(
        date(2026, 10, 20),
        "statistics",
        "afterwards",
        "补充对辛蕊的评语和依据",
        {
            "2026-Q3/reviews/teng-haibo.yml": (
                (
                    "    comment: 八月连续四周不记工作周志，经催办仍未补填，已作告诫；商贸报表多次临期催报，责任心亟待加强。\n"
                    "    evidence: 九月三日抽查记录在案；企业反映咨询电话常无人接听。\n",
                    "    comment: 八月工作周志记得不及时；商贸报表多次临期催报，责任心有待加强。\n"
                    "    evidence: 企业反映咨询电话常无人接听。\n",
                ),
            ),
        },
    ),
)

LATER = (
    # The facts say so: more than twenty days after he should have; no clause sets a day for it.
    HandedIn(date(2026, 6, 26), "approval", "2026-05/reports/ma-xiaodong.yml"),
    # Not in order: a summary on the day after its last one.
    HandedIn(date(2026, 7, 1), "audit", "2026-Q2/summaries/zou-haibin.yml"),
    HandedIn(date(2026, 11, 4), "ecology", "2026-10/logs/tao-defu.yml"),
)

WRONGS = (
    # In the name of the leader who may, with the key of one who may not.
    Wrong(
        date(2026, 6, 30),
        "approval",
        "2026-Q2/summaries/ma-xiaodong.yml",
        by="liu-yongqing",
        key="he-junfeng",
        repaired=(date(2026, 7, 2), "6月30日晚服务器检修，有人绕过检查直接改了仓库；检修后核对发现，补登记"),
    ),
    # A head's own log, approved by himself.
    Wrong(date(2026, 11, 5), "ecology", "2026-10/logs/tao-defu.yml", by="tao-defu", key="tao-defu"),
)
