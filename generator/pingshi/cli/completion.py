"""Completion for the shell: what to put where, and what may stand at the cursor."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pingshi.cli.usage import FINE
from pingshi.layout import BY_NAME, RECORDS, SCHEMES, Location
from pingshi.periods import Period

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_WHERE = {
    "bash": "把这一段加到 ~/.bashrc 的最后（pingshi completion bash >> ~/.bashrc），重新打开终端就能用 Tab 键补全",
    "zsh": "把这一段加到 ~/.zshrc 的最后（pingshi completion zsh >> ~/.zshrc），重新打开终端就能用 Tab 键补全",
    "fish": "存成 ~/.config/fish/completions/pingshi.fish，重新打开终端就能用 Tab 键补全",
}
#: What is for the writer to say: no name of a file is meant.
_OWN_WORDS = ("name", "department", "post", "joined", "since", "on", "port", "rev")
_LENGTHS = {"unit": (), "year": ("year",), "cycle": ("quarter", "half"), "month": ("month",)}


def completion(given: argparse.Namespace) -> int:
    """Print the shell's part, headed by where it belongs."""
    from argcomplete.shell_integration import shellcode  # noqa: PLC0415 -- for this command only

    zsh = "autoload -U compinit && compinit\n" if given.shell == "zsh" else ""
    sys.stdout.write(f"# {_WHERE[given.shell]}\n{zsh}{shellcode(['pingshi'], use_defaults=False, shell=given.shell)}\n")
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
        "author": lambda **_: _names(Location("*", "people", None, "*").path),
        **dict.fromkeys(_OWN_WORDS, lambda **_: ()),
    }
    for parser in _parsers(top):
        for action in parser._actions:  # noqa: SLF001 -- argparse tells its options no other way
            found = _periods_for(parser) if action.dest == "period" else names.get(action.dest)
            if found is not None and action.choices is None:
                action.completer = found  # type: ignore[attr-defined]  # where argcomplete looks
    hidden = {it for parser in _parsers(top) for it in getattr(parser, "hidden", ())}
    autocomplete(top, always_complete_options=False, exclude=sorted({"-h", *hidden}))


def _parsers(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    yield parser
    for action in parser._actions:  # noqa: SLF001 -- argparse has no other way to list them
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 -- as above
            for inner in dict.fromkeys(action.choices.values()):
                yield from _parsers(inner)


def _names(pattern: str) -> list[str]:
    return sorted({it.name.removesuffix(".yml") for it in Path().glob(pattern)})


def _bundled(**_: Any) -> list[str]:
    from pingshi.publishing.bundle import bundle  # noqa: PLC0415 -- for `init` only

    return sorted(it.name for it in (bundle() / SCHEMES).iterdir() if it.is_dir())


def _periods_for(parser: argparse.ArgumentParser) -> Callable[..., Any]:
    """Return what offers the periods there are that a record of the kind, or a grading, can have."""
    kind = parser.get_default("kind")
    scopes = BY_NAME[kind].scopes if kind in BY_NAME else ("cycle",)
    kinds = [it for scope in scopes for it in _LENGTHS[scope]]
    return lambda **_: [it for it in _names(f"{RECORDS}/*/*") if _length(it) in kinds]


def _length(word: str) -> str | None:
    try:
        return Period.parse(word).kind
    except ValueError:
        return None
