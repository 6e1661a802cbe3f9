"""An argument parser that speaks Chinese, and suggests what was probably meant."""

from __future__ import annotations

import argparse
import difflib
import re
import sys
from datetime import date
from typing import TYPE_CHECKING, Any, NoReturn

from pingshi.cli.helptext import Formatter

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Exit statuses (design §6, contract).
FINE, FAULTY, USAGE, ENVIRONMENT = 0, 1, 2, 3

_ERRORS = (
    (r"the following arguments are required: (.*)", r"缺少\1"),
    (r"unrecognized arguments: (.*)", r"不认识：\1"),
    (r"argument (.*): expected one argument", r"\1 后面要写一个值"),
    (r"argument (.*): expected at least one argument", r"\1 后面要写值"),
    (r"argument (.*): not allowed with argument (.*)", r"\1 和 \2 不能同时写"),
    (r"argument (.*): ignored explicit argument (.*)", r"\1 后面不写值"),
    (r"argument (.*): (.*)", r"\1：\2"),
)
_MISSING = "the following arguments are required: "
_CHOICE = r"argument (.*): invalid choice: '?(.*?)'? \(choose from (.*)\)"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class Parser(argparse.ArgumentParser):
    """An argument parser that speaks Chinese. `hidden`: other names of commands, known but not told."""

    def __init__(self, prog: str | None = None, description: str | None = None, epilog: str | None = None) -> None:
        super().__init__(prog, None, description, epilog, formatter_class=Formatter, add_help=False, allow_abbrev=False)
        self.hidden: set[str] = set()
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示这份说明")

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> tuple[Any, list[str]]:
        """Parse; a command with words left over says so itself, knowing its own options."""
        given, left = super().parse_known_args(args, namespace)
        if left and self._subparsers is None:
            near = _near(left[0].partition("=")[0], self._option_string_actions, 0.7)
            self.error(f"不认识：{' '.join(left)}{near}")
        return given, left

    def format_help(self) -> str:
        """Return the help, with headings as they are written in Chinese."""
        return re.sub(r"^(\S+):$", r"\1：", super().format_help(), flags=re.MULTILINE)

    def error(self, message: str) -> NoReturn:
        """Report wrong usage in Chinese and leave with status 2."""
        if message.startswith(_MISSING):
            message = message.replace(", ", "、")
        unknown = re.fullmatch(r"unrecognized arguments: (\S+).*", message)
        if unknown:
            message += _near(unknown[1].partition("=")[0], self._option_string_actions, 0.7)
        wrong = re.fullmatch(_CHOICE, message)
        if wrong:
            words = [it for it in re.findall(r"[\w-]+", wrong[3]) if it not in self.hidden]
            space = " " if wrong[1].isascii() else ""
            near = "；看说明用 pingshi --help" if wrong[2] == "help" else _near(wrong[2], words)
            message = f"{wrong[1]}{space}不能写“{wrong[2]}”，可以写：{', '.join(words)}{near}"
        for pattern, told in _ERRORS:
            if re.fullmatch(pattern, message):
                message = re.sub(pattern, told, message).replace("'", "")
                break
        self.exit(USAGE, f"用法有误：{message}\n用 {self.prog} --help 查看说明\n")


def _near(word: str, known: Iterable[str], alike: float = 0.6) -> str:
    close = difflib.get_close_matches(word, list(known), n=1, cutoff=alike)
    return f"；是不是 {close[0]}？" if close else ""


def day(text: str) -> date:
    """Read a day of the command line."""
    if _DAY.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    raise argparse.ArgumentTypeError(f"“{text}”不是日期，写成 2026-10-15 这样")


def port(text: str) -> int:
    """Read a port of the command line; whether there is such a port is for `serve` to say."""
    if text.isdecimal() and text.isascii():
        return int(text)
    raise argparse.ArgumentTypeError(f"“{text}”不是端口，写 1 到 65535 之间的数，如 8001")


def fail(message: str, status: int) -> NoReturn:
    """Leave with a message on standard error."""
    sys.stderr.write(message + "\n")
    raise SystemExit(status)
