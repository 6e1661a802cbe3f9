"""The options of `init`, `new` and `completion`, with help in Chinese."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pingshi.cli.usage import Parser, day

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

#: The kinds of facts. Written out: help must not wait for the models to be loaded (a test compares the two).
FACTS: Mapping[str, str] = {
    "leave": "请假",
    "away": "离岗",
    "discipline": "处分",
    "accountability": "责任追究",
    "admonition": "告诫",
    "outstanding": "突出贡献",
    "misconduct": "负面情形",
    "bonus": "加分",
    "penalty": "减分",
    "absent": "不参加考核",
    "fraud": "弄虚作假",
    "merit": "实绩",
    "reward": "奖励",
}
#: The same of what may follow a result, of the forms that are filed, and of the shells.
FEEDBACK: Mapping[str, str] = {
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
FILED: Mapping[str, str] = {
    "scheme": "平时考核工作方案",
    "quarterly_roster": "平时考核备案名册",
    "reward_roster": "平时考核奖励备案名册",
    "annual_summary": "平时考核工作总结",
    "annual_roster": "平时考核结果名册",
    "result_letter": "平时考核结果通报",
}
CATEGORIES: Mapping[str, str] = {"civil_servant": "公务员", "institution": "事业单位人员", "worker": "工勤人员"}
ROLES: Mapping[str, str] = {
    "section_head": "科室负责人",
    "supervising_leader": "主管领导",
    "principal_leader": "主要领导",
}
SHELLS = ("bash", "zsh", "fish")
#: What `init --forge` knows (a test compares).
FORGES: Mapping[str, str] = {
    "gitea": "Gitea 或者 Forgejo",
    "gitlab": "GitLab",
    "gitolite": "gitolite",
    "plain": "普通的裸仓库",
}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record that `new` begins: its words on the command line, and what it needs."""

    word: str
    name: str
    title: str
    example: str
    period: str = ""
    person: str = ""


#: In the order in which a bureau meets them.
KINDS = (
    Kind("person", "people", "人员资料", "wang-fang --name 王芳 --department office", person="人员代号"),
    Kind("fact", "facts", "事实记录：请假、离岗、处分、表彰等", "wang-fang leave", person="人员代号"),
    Kind("goal", "goals", "年度工作目标", "2026 wang-fang", "2026", "人员代号"),
    Kind("plan", "plans", "月工作计划台账", "2026-10 wang-fang", "2026-10", "人员代号"),
    Kind("log", "logs", "工作记实", "2026-10 wang-fang", "2026-10", "人员代号"),
    Kind("report", "reports", "月小结", "2026-10 wang-fang", "2026-10", "人员代号"),
    Kind("evaluation", "evaluations", "月评价", "2026-10 wang-fang", "2026-10", "人员代号"),
    Kind("attendance", "attendance", "考勤", "2026-10", "2026-10"),
    Kind("summary", "summaries", "个人小结", "2026-Q4 wang-fang", "2026-Q4", "人员代号"),
    Kind("review", "reviews", "评鉴表", "2026-Q4 liu-yang", "2026-Q4", "评鉴人代号"),
    Kind("ballots", "ballots", "测评票", "2026-Q4", "2026-Q4"),
    Kind("outside", "outside", "外单位考核结果", "2026-Q4 wang-fang", "2026-Q4", "人员代号"),
    Kind("determination", "determination", "审定结果", "2026-Q4", "2026-Q4"),
    Kind("publicity", "publicity", "公示或者公开", "2026-Q4", "2026-Q4"),
    Kind("feedback", "feedback", "反馈和谈话记录", "2026-Q4 liu-yang wang-fang", "2026-Q4", "领导代号"),
    Kind("objection", "objections", "异议", "2026-Q4 wang-fang", "2026-Q4", "人员代号"),
    Kind("reply", "replies", "对异议的答复", "2026-Q4 wang-fang", "2026-Q4", "人员代号"),
    Kind("spot_check", "spot_checks", "抽查", "2026-Q4 wang-fang", "2026-Q4"),
    Kind("filing", "filings", "备案", "2026-Q4", "2026-Q4"),
)


def add_init(commands: argparse._SubParsersAction[Parser]) -> None:
    """Add `init`."""
    says = "新建一个单位的考核文件夹"
    it = commands.add_parser(
        "init",
        help=says,
        description=f"{says}：单位资料、方案、网站设置、给各类人员的说明。建好就能检查、能生成网站。",
        epilog="例：pingshi init shenpiju --scheme qufu-approval --name 示例市行政审批服务局\n"
        "    pingshi init --forge gitea    在已经建好的仓库里，写好代码平台要的文件\n"
        "不写 --scheme，就列出有哪些方案\n"
        "信息技术人员在服务器上：pingshi init --server records.git",
    )
    it.add_argument(
        "folder",
        nargs="?",
        metavar="文件夹",
        help="建在哪里；要么还没有，要么是空的（可以有 README.md、LICENSE 和 .git）",
    )
    it.add_argument("--scheme", metavar="方案", help="执行哪个方案，写方案代号")
    it.add_argument("--unit", metavar="单位代号", help="小写英文字母、数字和减号，如 approval（默认用文件夹名）")
    it.add_argument("--name", metavar="单位名称", help="如 示例市行政审批服务局（也可以以后在 unit.yml 里填）")
    it.add_argument("--from", dest="since", metavar="周期", help="从哪一期起执行，如 2026-Q4（默认今天所在的一期）")
    it.add_argument(
        "--forge",
        choices=tuple(FORGES),
        metavar="平台",
        help=f"不新建，在已经建好的仓库里写好代码平台或者服务器要的文件：{_told(FORGES)}",
    )
    it.add_argument("--check", action="store_true", help="与 --forge 一起写：只看这些文件有没有过期，不写")
    it.add_argument("--on", type=day, metavar="日期", help="与 --forge 一起写：按哪一天的任职情况（默认今天）")
    it.add_argument(
        "--repo",
        action="append",
        metavar="文件夹",
        help="与 --forge 一起写：仓库在哪里（默认当前文件夹）；不公开的记录另放一处时写两次，写到前一个里",
    )
    it.set_defaults(rev=None)
    it.add_argument(
        "--server", action="store_true", help="建服务器上的裸仓库，或者给已有的裸仓库装上检查和回执；不与别的选项同用"
    )


def add_new(commands: argparse._SubParsersAction[Parser]) -> None:
    """Add `new` with its kinds of records."""
    says = "新建一份记录的表样"
    it = commands.add_parser(
        "new",
        help=says,
        description=f"{says}：放在规定的位置，写明每一项是什么意思，能知道的先填上；已经有的文件决不覆盖。",
        epilog="例：pingshi new person wang-fang --name 王芳    建人员资料\n"
        "    pingshi new review 2026-Q4 liu-yang    建一张评鉴表，列出要评的人和指标\n"
        "每一种的用法：pingshi new 种类 --help",
    )
    kinds = it.add_subparsers(dest="kind", title="种类", metavar="种类", parser_class=Parser)
    for kind in KINDS:
        _kind(kinds, kind)
        it.hidden |= {kind.name} - {kind.word}


def _kind(kinds: argparse._SubParsersAction[Parser], kind: Kind) -> None:
    it = kinds.add_parser(
        kind.word,
        aliases=[kind.name] if kind.name != kind.word else [],
        help=kind.title,
        description=f"新建一份{kind.title.partition('：')[0]}的表样。",
        epilog=f"例：pingshi new {kind.word} {kind.example}",
    )
    it.set_defaults(kind=kind.name, rev=None)
    if kind.period:
        it.add_argument("period", metavar="周期", help=f"如 {kind.period}")
    if kind.person:
        it.add_argument("person", metavar=kind.person, help="如 wang-fang")
    match kind.name:
        case "people":
            it.add_argument("--name", metavar="姓名", help="如 王芳")
            it.add_argument("--department", metavar="科室", help="科室代号，见 unit.yml")
            it.add_argument("--post", metavar="岗位", help="岗位代号，见方案的 posts")
            it.add_argument(
                "--category", choices=tuple(CATEGORIES), metavar="类别", help=f"人员类别：{_told(CATEGORIES)}"
            )
            it.add_argument(
                "--leader", choices=("true", "false"), metavar="true/false", help="是否领导成员：true 是；false 不是"
            )
            it.add_argument("--joined", type=day, metavar="日期", help="到岗日期，如 2019-07-01")
        case "facts":
            it.add_argument("what", metavar="事实", choices=tuple(FACTS), help=f"哪一种事实：{_told(FACTS)}")
        case "reviews":
            it.add_argument(
                "--role",
                choices=tuple(ROLES),
                metavar="身份",
                help=f"以什么身份评鉴（身份不止一种时才写）：{_told(ROLES)}",
            )
        case "feedback":
            it.add_argument("people", nargs="*", metavar="反馈对象", help="人员代号；不写就列出还没有反馈的人")
            it.add_argument(
                "--kind", dest="what", choices=tuple(FEEDBACK), metavar="种类", help=f"哪一种：{_told(FEEDBACK)}"
            )
        case "spot_checks":
            it.add_argument("people", nargs=1, metavar="被抽查人", help="人员代号，如 wang-fang")
        case "filings":
            it.add_argument(
                "--form", dest="what", choices=tuple(FILED), metavar="材料", help=f"报的什么材料：{_told(FILED)}"
            )
    it.add_argument("--unit", metavar="单位", help="哪个单位（只有一个单位时可以不写）")
    it.add_argument(
        "--repo",
        action="append",
        metavar="文件夹",
        help="仓库所在的文件夹（默认当前文件夹）；不公开的记录另放一处时写两次",
    )


def _told(words: Mapping[str, str]) -> str:
    return "；".join(f"{word} {says}" for word, says in words.items())


def add_completion(commands: argparse._SubParsersAction[Parser]) -> None:
    """Add `completion`."""
    says = "让终端能用 Tab 键补全命令"
    it = commands.add_parser(
        "completion",
        help=says,
        description=f"{says}：输出一段设置，开头写着放到哪里。",
        epilog="例：pingshi completion bash >> ~/.bashrc",
    )
    it.add_argument("shell", choices=SHELLS, metavar="终端", help="用的是哪一种终端程序：bash、zsh 或 fish")
