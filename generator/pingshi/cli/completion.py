"""Completion for the shell: what to put where, and what may stand at the cursor."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pingshi.cli.usage import FINE
from pingshi.layout import RECORDS, SCHEMES, Location
from pingshi.periods import Period

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_WHERE = {
    "bash": "把这一段加到 ~/.bashrc 的最后（pingshi completion bash >> ~/.bashrc），重新打开终端就能用 Tab 键补全",
    "zsh": "把这一段加到 ~/.zshrc 的最后（pingshi completion zsh >> ~/.zshrc），重新打开终端就能用 Tab 键补全",
    "fish": "存成 ~/.config/fish/completions/pingshi.fish，重新打开终端就能用 Tab 键补全",
}


def completion(given: argparse.Namespace) -> int:
    """Print the shell's part, headed by where it belongs."""
    from argcomplete.shell_integration import shellcode  # noqa: PLC0415 -- for this command only

    zsh = "autoload -U compinit && compinit\n" if given.shell == "zsh" else ""
    sys.stdout.write(f"# {_WHERE[given.shell]}\n{zsh}{shellcode(['pingshi'], shell=given.shell)}\n")
    return FINE


def complete(top: argparse.ArgumentParser) -> None:
    """Answer the shell's question and leave. Names are read off the folders: no file is opened for a Tab."""
    from argcomplete import autocomplete  # noqa: PLC0415 -- only when the shell asks

    names: dict[str, Callable[..., Any]] = {
        "unit": lambda **_: _names(f"{RECORDS}/*"),
        "schemes": lambda **_: _names(f"{SCHEMES}/*"),
        "scheme": _bundled,
        "person": lambda **_: _names(Location("*", "people", None, "*").path),
        "people": lambda **_: _names(Location("*", "people", None, "*").path),
        "period": lambda **_: (it for it in _names(f"{RECORDS}/*/*") if _is_period(it)),
    }
    for action in (it for parser in _parsers(top) for it in parser._actions):  # noqa: SLF001
        if action.dest in names and action.choices is None:
            action.completer = names[action.dest]  # type: ignore[attr-defined]  # where argcomplete looks
    hidden = {it for parser in _parsers(top) for it in getattr(parser, "hidden", ())}
    autocomplete(top, always_complete_options=False, exclude=sorted({"-h", *hidden}))


def _parsers(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    yield parser
    for action in parser._actions:  # noqa: SLF001 -- argparse has no other way to list them
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            for inner in dict.fromkeys(action.choices.values()):
                yield from _parsers(inner)


def _names(pattern: str) -> list[str]:
    return sorted({it.name.removesuffix(".yml") for it in Path().glob(pattern)})


def _bundled(**_: Any) -> list[str]:
    from pingshi.publishing.bundle import bundle  # noqa: PLC0415 -- for `init` only

    return sorted(it.name for it in (bundle() / SCHEMES).iterdir() if it.is_dir())


def _is_period(word: str) -> bool:
    try:
        Period.parse(word)
    except ValueError:
        return False
    return True
