"""`demo`: the samples' year as real history, on a server of its own."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pingshi.cli.parser import ENVIRONMENT, FAULTY, FINE, USAGE, fail
from pingshi.cli.progress import shown
from pingshi.cli.repository import roots, several
from pingshi.demo import FaultySamplesError, NobodyError, NoSamplesError, OccupiedError, RefusedError, StoryError, make
from pingshi.files import read_working_tree
from pingshi.history import GitError, NoRepositoryError
from pingshi.layout import RECORDS
from pingshi.server import RegistryError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

#: What the samples have of the site's own texts: a repository's `site/` wins over what comes with the program.
_TEXTS = ("site/home.md",)
_NO_SAMPLES = "“{}”里没有 records 文件夹，没有示例可以演示；安装的程序不带示例，用 --repo 指明有示例的文件夹"


def demo(given: argparse.Namespace) -> int:
    """Make the demonstration, or say that it is there already."""
    if several(given):
        fail("演示只能用一个仓库的示例；--repo 只写一次", USAGE)
    root = Path(given.repo[0]) if given.repo else Path()
    if root.is_dir() and not (root / RECORDS).is_dir():
        fail(_NO_SAMPLES.format(root), USAGE)
    given.rev = None
    roots(given)  # leaves where there is no such folder
    folder = Path(given.folder)
    try:
        with shown("重演一年的考核") as progress:
            made = make(folder, read_working_tree([root]), _texts(root), progress)
    except NoSamplesError:
        fail(_NO_SAMPLES.format(root), USAGE)
    except OccupiedError as error:
        fail(str(error), USAGE)
    except (FaultySamplesError, StoryError, NobodyError, RefusedError) as error:
        fail(f"演示没有做成，什么也没有留下：{error}", FAULTY)
    except (NoRepositoryError, GitError, RegistryError) as error:
        fail(f"演示没有做成，什么也没有留下：{error}", ENVIRONMENT)
    sys.stdout.write(f"演示已经有了，示例和程序都没有变：{folder}\n" if made.kept else f"演示做好了：{folder}\n")
    server = shlex.quote(str(made.server))
    sys.stdout.write(
        f"服务器上的仓库：{made.server}（main 到 {made.main[:10]}，回执到 {made.receipts[:10]}）\n"
        f"克隆：{made.clone}\n"
        f"核对历史：pingshi audit --repo {server}\n"
        f"故意安排了哪些问题、密钥为什么不能当真，见 {folder / '说明.md'}\n"
    )
    return FINE


def _texts(root: Path) -> Mapping[str, bytes]:
    return {name: (root / name).read_bytes() for name in _TEXTS if (root / name).is_file()}
