"""The options of `export`, with help in Chinese."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pingshi.cli.usage import Parser

if TYPE_CHECKING:
    import argparse


def add_export(commands: argparse._SubParsersAction[Parser]) -> None:
    """Add `export` with the kinds of what can be exported."""
    says = "导出材料，交给别的机关"
    it = commands.add_parser(
        "export",
        help=says,
        description=f"{says}。写成一个新文件；已经有的文件决不覆盖。",
        epilog="例：pingshi export case wang-fang 2026-Q3    导出一个人一期考核的全部材料，供申诉、复核用\n"
        "每一种的用法：pingshi export 种类 --help",
    )
    kinds = it.add_subparsers(dest="material", title="种类", metavar="种类", parser_class=Parser)
    says = "导出一个人一期（或一年）考核的材料，供申诉、复核用"
    case = kinds.add_parser(
        "case",
        help=says,
        description=f"{says}：有关的记录、结果说明、依据条款、提交和审核的经过、签名和回执。"
        "受理机关只用 git 和 OpenSSH 就能核对。里面有别人的内容，只供受理机关查阅。",
        epilog="例：pingshi export case wang-fang 2026-Q3 --unit approval --out 王芳申诉材料.zip",
    )
    case.add_argument("person", metavar="人员代号", help="如 wang-fang")
    case.add_argument("period", metavar="周期", help="如 2026-Q3，或年度 2026")
    case.add_argument("--unit", metavar="单位", help="哪个单位（只有一个单位时可以不写）")
    case.add_argument("--out", metavar="文件", help="写到哪个文件（默认当前文件夹的 单位-人员代号-周期.zip）")
    case.add_argument(
        "--repo", action="append", metavar="文件夹", help="仓库所在的文件夹（默认当前文件夹），裸仓库也可以"
    )
    case.add_argument("--rev", metavar="提交", help="看到哪个提交为止（默认 main 的最后一次提交）")
