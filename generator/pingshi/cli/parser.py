"""The commands and their options, with help in Chinese."""

from __future__ import annotations

import argparse
import difflib
import re
import sys
from datetime import date
from typing import NoReturn

#: Exit statuses (design §6, contract).
FINE, FAULTY, USAGE, ENVIRONMENT = 0, 1, 2, 3

_ERRORS = (
    (r"the following arguments are required: (.*)", r"缺少：\1"),
    (r"argument (.*): invalid choice: '?(.*?)'? \(choose from (.*)\)", r"\1不能写“\2”，可以写：\3"),
    (r"unrecognized arguments: (.*)", r"不认识：\1"),
    (r"argument (.*): expected one argument", r"\1 后面要写一个值"),
    (r"argument (.*): expected at least one argument", r"\1 后面要写值"),
    (r"argument (.*): not allowed with argument (.*)", r"\1 和 \2 不能同时写"),
    (r"argument (.*): (.*)", r"\1: \2"),
)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class Parser(argparse.ArgumentParser):
    """An argument parser that speaks Chinese."""

    def __init__(self, prog: str | None = None, description: str | None = None, epilog: str | None = None) -> None:
        super().__init__(
            prog, None, description, epilog, formatter_class=_Formatter, add_help=False, allow_abbrev=False
        )
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示这份说明")

    def error(self, message: str) -> NoReturn:
        """Report wrong usage in Chinese and leave with status 2."""
        typed = re.fullmatch(r"argument .*: invalid choice: '?(.*?)'? \(choose from (.*)\)", message)
        close = difflib.get_close_matches(typed[1], re.findall(r"[\w-]+", typed[2]), n=1) if typed else []
        for pattern, words in _ERRORS:
            if re.fullmatch(pattern, message):
                message = re.sub(pattern, words, message).replace("'", "")
                break
        message += f"；是不是 {close[0]}？" if close else ""
        self.exit(USAGE, f"用法有误：{message}\n用 {self.prog} --help 查看说明\n")


class _Formatter(argparse.RawDescriptionHelpFormatter):
    def add_usage(self, usage: str | None, actions: object, groups: object, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)  # type: ignore[arg-type]  # passed through


def day(text: str) -> date:
    """Read a day of the command line."""
    if _DAY.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    raise argparse.ArgumentTypeError(f"“{text}”不是日期，写成 2026-10-15 这样")


def parser() -> Parser:
    """Return the whole command line."""
    top = Parser(
        prog="pingshi",
        description="公务员平时考核：检查记录，计算和说明等次，生成网站。",
        epilog="例：pingshi check            检查当前文件夹里的全部记录\n"
        "    pingshi grade 2026-Q3    计算一个季度的建议等次\n"
        "退出状态：0 正常，1 数据有错误，2 用法有误，3 环境问题（没有 git、磁盘已满等）",
    )
    top.add_argument("--version", action="store_true", help="显示版本")
    commands = top.add_subparsers(dest="command", title="命令", metavar="命令", parser_class=Parser)

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
        "--format", choices=("text", "github", "gitlab"), default="text", help="输出格式：文字，或代码平台的批注"
    )

    it = _command(commands, "lint", "检查考核方案本身", "pingshi lint qufu-approval")
    it.add_argument("schemes", nargs="*", metavar="方案", help="只检查这些方案")
    _revision(it)
    _json(it)

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

    it = _command(commands, "build", "生成网站", "pingshi build --out build/site")
    it.add_argument("--audience", choices=("public",), default="public", help="给谁看：public 公开（目前只有这一种）")
    it.add_argument("--out", metavar="文件夹", help="放在哪里（默认 build/site）")
    it.add_argument("--on", type=day, metavar="日期", help="按哪一天生成（默认今天）")
    it.add_argument("--pages", metavar="文件夹", help="同时留下生成的 Markdown")
    _revision(it)

    it = _command(commands, "schema", "列出各种记录的格式和各方案的指标", "pingshi schema --json")
    _revision(it)
    _json(it)
    return top


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
    it.add_argument("--unit", metavar="单位", help="哪个单位（只有一个单位时可以不写）")


def _revision(it: Parser) -> None:
    it.add_argument("--rev", metavar="提交", help="不看文件夹里的文件，看 git 的这个提交")


def _json(it: Parser) -> None:
    it.add_argument("--json", action="store_true", help="输出 JSON")


def fail(message: str, status: int) -> NoReturn:
    """Leave with a message on standard error."""
    sys.stderr.write(message + "\n")
    raise SystemExit(status)
