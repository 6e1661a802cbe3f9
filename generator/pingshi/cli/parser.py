"""The commands and their options, with help in Chinese."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pingshi.cli.usage import ENVIRONMENT, FAULTY, FINE, USAGE, Parser, day, fail, port

if TYPE_CHECKING:
    import argparse


#: Commands that are run again and again, on which the many options of `new` need not wait.
_QUICK = frozenset({"check", "lint", "grade", "explain", "annual", "todo", "analysis", "access", "audit", "hook"})


def parser(chosen: str | None = None) -> Parser:
    """Return the whole command line; where a quick command is chosen already, of `init` and `new` only the names."""
    top = Parser(
        prog="pingshi",
        description="公务员平时考核：检查记录，计算和说明等次，生成网站。",
        epilog="例：pingshi init 我的单位 --scheme qufu-approval --unit approval    建一个单位的考核文件夹\n"
        "    pingshi new summary 2026-Q3 wang-fang    写一份个人小结的表样\n"
        "    pingshi check            检查当前文件夹里的全部记录\n"
        "    pingshi grade 2026-Q3    计算一个季度的建议等次\n"
        "每个命令的用法：pingshi 命令 --help\n"
        "退出状态：0 正常，1 数据有错误，2 用法有误，3 环境问题（没有 git、磁盘已满等）",
    )
    top.add_argument("--version", action="store_true", help="显示版本")
    commands = top.add_subparsers(dest="command", title="命令", metavar="命令", parser_class=Parser)

    _starting(commands, chosen)

    it = _command(
        commands,
        "check",
        "检查全部记录和方案，或只检查几个文件",
        "pingshi check --unit approval\n    pingshi check records/approval/2026-Q3/summaries/sun-lijuan.yml",
    )
    it.add_argument("files", nargs="*", metavar="文件", help="只检查这些文件（或文件夹里的文件）")
    it.add_argument("--unit", metavar="单位", help="只显示这个单位的问题")
    _revision(it)
    _json(it)
    it.add_argument(
        "--format",
        choices=("text", "github", "gitlab"),
        default="text",
        metavar="格式",
        help="输出格式：text 文字；github、gitlab 代码平台的批注",
    )

    it = _command(commands, "lint", "检查考核方案本身", "pingshi lint qufu-approval")
    it.add_argument("schemes", nargs="*", metavar="方案", help="只检查这些方案")
    _revision(it)
    _json(it)

    _results(commands)

    it = _command(
        commands,
        "preview",
        "比较两个提交，说明一次修改对等次、名额有什么影响，由谁审核",
        "pingshi preview main submit/wang-fang/2026-q3    分支 submit/wang-fang/2026-q3 合并到 main 会改变什么",
    )
    it.add_argument("base", metavar="原来", help="要合并到的分支或者提交，如 main")
    it.add_argument("head", metavar="修改后", help="修改所在的分支或者提交；从它与“原来”分开的地方算起")
    it.add_argument("--unit", metavar="单位", help="只看这个单位（默认看改到的各个单位）")
    it.add_argument("--on", type=day, metavar="日期", help="按哪一天的任职情况算由谁审核（默认今天）")
    _json(it)

    it = _command(
        commands,
        "access",
        "看一个文件由谁填写、由谁审核，依据哪些规则",
        "pingshi access records/approval/2026-Q3/summaries/sun-lijuan.yml --on 2026-10-12",
    )
    it.add_argument("path", metavar="文件", help="从仓库的根写起；文件可以还没有")
    it.add_argument("--on", type=day, metavar="日期", help="按哪一天的任职情况看（默认今天）")
    it.add_argument("--author", metavar="人员代号", help="由谁写的；写的人自己不能审核")
    _revision(it)
    _json(it)

    _audit(commands)

    _sites(commands)
    _export(commands, chosen)

    it = _command(
        commands, "serve", "边改边看：生成网站并打开，记录一改就重新生成、刷新网页", "pingshi serve --port 8001"
    )
    it.add_argument("--port", type=port, default=8000, metavar="端口", help="网址的端口（默认 8000）")
    it.add_argument("--on", type=day, metavar="日期", help="按哪一天生成（默认今天）")
    it.set_defaults(rev=None)

    it = _command(
        commands,
        "schema",
        "列出各种记录的格式和各方案的指标",
        "pingshi schema    列出指标\n    pingshi schema --out .schema    写出编辑器用的格式说明",
    )
    it.add_argument("--out", metavar="文件夹", help="把各种记录和方案的 JSON Schema 写到这个文件夹，供编辑器补全和检查")
    _revision(it)
    _json(it)

    _hook(commands)
    _demo(commands)
    _completion(commands, chosen)
    return top


def _sites(commands: argparse._SubParsersAction[Parser]) -> None:
    """Add what writes a site and what checks one."""
    it = _command(
        commands,
        "build",
        "生成网站",
        "pingshi build --out build/site\n"
        "    pingshi build --audience office --rev main    给人事部门看的，附历史核对的结果",
    )
    it.add_argument(
        "--audience",
        choices=("public", "office"),
        default="public",
        metavar="对象",
        help="给谁看：public 公开；office 人事部门内部，不得公开",
    )
    it.add_argument("--out", metavar="文件夹", help="放在哪里（默认 build/site，内部的 build/office）")
    it.add_argument("--on", type=day, metavar="日期", help="按哪一天生成（默认今天）")
    it.add_argument("--pages", metavar="文件夹", help="同时留下生成的 Markdown")
    _revision(it)

    it = _command(
        commands,
        "verify",
        "核对已公布的网站：按它的检查点重新生成，逐字节比较",
        "pingshi verify build/site\n    pingshi verify /srv/www/kaohe --repo /srv/git/kaohe.git",
    )
    it.add_argument("site", metavar="网站", help="网站所在的文件夹")
    _json(it)


def _hook(commands: argparse._SubParsersAction[Parser]) -> None:
    says = "服务器上的检查和回执：由 git 在收到推送时调用"
    it = commands.add_parser(
        "hook",
        help=says,
        description=f"{says}，在裸仓库的文件夹里运行。",
        epilog="例：pingshi hook post-receive --repair --reason 磁盘已满，10点的推送没有登记    补登缺少的回执",
    )
    says = "pre-receive 检查，决定收不收；post-receive 收下以后登记回执"
    it.add_argument("name", choices=("pre-receive", "post-receive"), metavar="钩子", help=says)
    it.add_argument("--repair", action="store_true", help="补登 main 缺少的回执（只用于 post-receive）")
    it.add_argument("--reason", metavar="原因", help="为什么缺少回执，写进补登的回执里")


def _results(commands: argparse._SubParsersAction[Parser]) -> None:
    """Add what is reckoned from the records: grades, the year, what is due."""
    it = _command(commands, "grade", "计算一个周期的建议等次", "pingshi grade 2026-Q3 --unit approval")
    _period(it)
    _revision(it)
    _json(it)

    it = _command(
        commands, "explain", "用可以念给本人听的话说明一个人的结果", "pingshi explain 2026-Q3 wang-fang --unit approval"
    )
    _period(it)
    it.add_argument("person", metavar="人员代号", help="如 wang-fang")
    _revision(it)
    _json(it)

    it = _command(
        commands,
        "annual",
        "看全年各期等次对年度考核意味着什么",
        "pingshi annual 2026 --unit approval\n    pingshi explain 2026 wang-fang    说明其中一个人的",
    )
    it.add_argument("year", metavar="年度", help="如 2026")
    _unit(it)
    _revision(it)
    _json(it)

    it = _command(
        commands,
        "todo",
        "看还有什么要办：谁办、办什么、什么时候以前、依据哪一条",
        "pingshi todo --unit approval\n    pingshi todo --for wang-fang    只看一个人要办的\n"
        "    pingshi todo --ics 待办.ics    写成日历文件，供办公日历订阅",
    )
    it.add_argument("--for", dest="person", metavar="人员代号", help="只看这个人要办的")
    it.add_argument("--on", type=day, metavar="日期", help="按哪一天看（默认今天）")
    it.add_argument("--all", action="store_true", help="很久以后才能开始的也列出")
    it.add_argument("--ics", metavar="文件", help="写成 iCalendar 日历文件（写 - 就输出到屏幕）")
    _unit(it)
    _revision(it)
    _json(it)

    it = _command(
        commands,
        "analysis",
        "综合分析一个周期或一年的结果，供人事部门参考",
        "pingshi analysis 2026-Q3 --unit approval\n    pingshi analysis 2026 --full    全部数字和姓名，内部使用",
    )
    it.add_argument("period", metavar="周期", help="如 2026-Q3，或年度 2026")
    _unit(it)
    it.add_argument("--full", action="store_true", help="列出全部数字和姓名；内部资料，不得公开")
    _revision(it)
    _json(it)


def _audit(commands: argparse._SubParsersAction[Parser]) -> None:
    it = _command(
        commands,
        "audit",
        "核对历史：每份记录由谁提交、由谁审核、什么时候，哪些不符合规定",
        "pingshi audit\n    pingshi audit --unit approval --period 2026-Q3    只看一个单位的一期\n"
        "    pingshi audit --all    列出每份记录的各个版本",
    )
    it.add_argument("--period", metavar="周期", help="只看这一期，如 2026-Q3，或年度 2026")
    _unit(it, "只看这个单位（默认看全部单位）")
    it.add_argument("--rev", metavar="提交", help="核对到这个提交为止（默认 main 的最后一个）")
    it.add_argument("--all", action="store_true", help="列出全部记录和各个版本，不只是不符合规定的")
    _json(it)


def _demo(commands: argparse._SubParsersAction[Parser]) -> None:
    it = _command(
        commands,
        "demo",
        "把示例的一年重做成真正的历史：提交、审核、审定、公示，有签名和回执",
        "pingshi demo build/demo\n"
        "    pingshi audit --repo build/demo/server.git    核对这段历史，里面故意安排了几个问题",
    )
    it.add_argument(
        "folder", metavar="文件夹", help="做在哪里；要么还没有，要么是空的，要么是以前做的演示（示例变了就重做）"
    )


def _starting(commands: argparse._SubParsersAction[Parser], chosen: str | None) -> None:
    if chosen in _QUICK:
        for name in ("init", "new"):
            commands.add_parser(name)
        return
    from pingshi.cli.starting_commands import add_init, add_new  # noqa: PLC0415 -- see _QUICK

    add_init(commands)
    add_new(commands)


def _export(commands: argparse._SubParsersAction[Parser], chosen: str | None) -> None:
    if chosen in _QUICK:
        commands.add_parser("export")
        return
    from pingshi.cli.export_commands import add_export  # noqa: PLC0415 -- see _QUICK

    add_export(commands)


def _completion(commands: argparse._SubParsersAction[Parser], chosen: str | None) -> None:
    if chosen in _QUICK:
        commands.add_parser("completion")
        return
    from pingshi.cli.starting_commands import add_completion  # noqa: PLC0415 -- see _QUICK

    add_completion(commands)


def _command(commands: argparse._SubParsersAction[Parser], name: str, says: str, example: str) -> Parser:
    it = commands.add_parser(name, help=says, description=f"{says}。", epilog=f"例：{example}")
    it.add_argument(
        "--repo",
        action="append",
        metavar="文件夹",
        help="仓库所在的文件夹（默认当前文件夹）；不公开的记录另放一处时写两次",
    )
    return it


def _period(it: Parser) -> None:
    it.add_argument("period", metavar="周期", help="如 2026-Q3")
    _unit(it)


def _unit(it: Parser, says: str = "哪个单位（只有一个单位时可以不写）") -> None:
    it.add_argument("--unit", metavar="单位", help=says)


def _revision(it: Parser) -> None:
    it.add_argument("--rev", metavar="提交", help="不看文件夹里的文件，看 git 的这个提交")


def _json(it: Parser) -> None:
    it.add_argument("--json", action="store_true", help="输出 JSON")


__all__ = ["ENVIRONMENT", "FAULTY", "FINE", "USAGE", "fail", "parser"]
