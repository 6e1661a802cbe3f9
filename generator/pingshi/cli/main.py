"""The entry point: from arguments to an exit status, and nothing thrown at the reader."""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

from pingshi import __version__
from pingshi.cli.parser import ENVIRONMENT, FINE, USAGE, parser
from pingshi.wording import in_words

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit status (0 fine, 1 faulty data, 2 wrong usage, 3 environment)."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        try:
            return _main(arguments)
        finally:
            if sys.stdout is not None:
                sys.stdout.flush()  # here, where a closed pipe or a full disk can still be told
    except BrokenPipeError:
        _drop_output()  # the reader had enough
        return FINE
    except OSError as error:
        _drop_output()
        where = f"（{error.filename}）" if error.filename else ""
        sys.stderr.write(f"环境问题：{in_words(error)}{where}\n")
        return ENVIRONMENT
    except SystemExit:
        raise
    except _git_error() as error:  # looked up only once something has gone wrong
        _drop_output()
        sys.stderr.write(f"环境问题：git 没有做成：{error}\n仓库可能不完整，请信息技术人员用 git fsck 检查\n")
        return ENVIRONMENT


def _git_error() -> type[Exception]:
    from pingshi.history import GitError  # noqa: PLC0415 -- for this rare case only

    return GitError


def _drop_output() -> None:
    """Send what is left in the buffer nowhere, so that Python's own farewell stays silent."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _main(arguments: Sequence[str] | None) -> int:
    words = sys.argv[1:] if arguments is None else arguments
    top = parser(words[0] if words and "_ARGCOMPLETE" not in os.environ else None)
    if "_ARGCOMPLETE" in os.environ:
        from pingshi.cli.completion import complete  # noqa: PLC0415 -- the shell asks what may stand at the cursor

        complete(top)
    given = top.parse_args(arguments)
    if given.version:
        sys.stdout.write(f"pingshi {__version__}\n")
        return FINE
    if given.command is None:
        top.print_help()
        return USAGE
    return _run(given)


#: In which module each command is; the function has its name. Each imports only what it needs.
_WHERE = {
    "init": "starting",
    "new": "starting",
    "check": "checking",
    "lint": "checking",
    "grade": "grading",
    "explain": "grading",
    "annual": "annual",
    "todo": "todo",
    "analysis": "analysis",
    "audit": "audit",
    "preview": "preview",
    "access": "access",
    "build": "commands",
    "verify": "verifying",
    "export": "exporting",
    "serve": "serving",
    "schema": "commands",
    "demo": "demo",
    "completion": "completion",
    "hook": "hook",
}


_LONG_LIVED = frozenset({"build", "verify", "serve"})


def _run(given: argparse.Namespace) -> int:
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "true")  # looking for some takes longer than reading a file
    if given.command not in _LONG_LIVED:
        gc.disable()  # over soon: looking for garbage takes longer than it saves
    module = import_module(f"pingshi.cli.{_WHERE[given.command]}")
    status: int = getattr(module, given.command)(given)
    return status
