"""Documents that can be run: what stands in their blocks, tried out in a copy of a repository.

That is the samples; for the handbook the bureau of `tests/handbook/`, which is nobody's: the pages are on every
public site, the samples' own too, and what is private there may not stand on them.

    ```console                       commands with what they print; `…` stands for whatever was left out,
    $ pingshi check                  within a line or for whole lines
    检查了 … 个文件：没有发现问题
    ```

    ```diff                          a change to a file of it: lines taken out, lines put in, lines to find
    --- records/u/2026-Q3/x.yml      the place by; it holds until the next heading
    -grade: 好
    +grade: 优秀
    ```

    ```yaml                          (a first line `# path`) what a file of it says, shortened where `…`
    # records/u/2026-Q3/x.yml        stands; or, where there is none, a new file that holds until the next heading
    grade: 好
    ```

    ```yaml                          (`, filled in` or `，填好以后` after the path) what is put into a form that an
    # records/x.yml，填好以后         earlier command made
    grade: 好
    ```

What commands leave behind is there until the next heading of the second level.

`text` blocks are for what is neither. There are no other kinds, and no indented blocks.
"""

from __future__ import annotations

import re
import shutil
import stat
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from command import ROOT, environment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KINDS = ("console", "diff", "yaml", "text")
LEFT_OUT = "…"
_FENCE = re.compile(r"^( *)```(\w*)\n(.*?)^ *```$|^#{1,6} [^\n]*$", re.MULTILINE | re.DOTALL)
_FILLED_IN = re.compile("，填好以后$|, filled in$")
_INDENTED = re.compile(r"\n\n {4}\S")


@dataclass(frozen=True)
class Block:
    """A fenced block (or a heading, whose kind is `heading`) and the line on which it begins."""

    kind: str
    text: str
    line: int


@dataclass(frozen=True)
class Command:
    """A command with the lines that the document shows below it."""

    words: str
    shown: tuple[str, ...]
    line: int


def blocks(text: str) -> Iterator[Block]:
    """Yield the headings and fenced blocks of a document, in order."""
    for found in _FENCE.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        if found[2] is None:
            yield Block("heading", found[0], line)
        else:
            inside = [it.removeprefix(found[1]) for it in found[3].splitlines()]
            yield Block(found[2], "\n".join(inside) + "\n", line)


def indented(text: str) -> list[int]:
    """Return the lines on which an indented block may begin, outside of fences and lists."""
    bare = _FENCE.sub(lambda found: re.sub(r"[^\n]", "", found[0]), text)
    lists = re.sub(
        r"^(?:- |\d+\. |:   ).*(?:\n(?: {2,}.*)?)*", lambda it: "\n" * it[0].count("\n"), bare, flags=re.MULTILINE
    )
    return [lists.count("\n", 0, it.start()) + 3 for it in _INDENTED.finditer("\n\n" + lists)]


def commands(block: Block) -> Iterator[Command]:
    """Yield the commands of a console block."""
    pieces = re.split(r"^\$ ", block.text, flags=re.MULTILINE)
    assert pieces[0] == "", f"line {block.line}: a console block begins with a command"
    for number, piece in enumerate(pieces[1:]):
        words, *shown = piece.rstrip("\n").split("\n")
        line = block.line + 1 + sum(it.count("\n") for it in pieces[1 : number + 1])
        yield Command(words, tuple(shown), line)


def fits(shown: tuple[str, ...], printed: list[str]) -> bool:
    """Tell whether a document's lines are what was printed, but for what was left out."""
    pattern = "".join(
        r"(?:[^\n]*\n)*" if line.strip() == LEFT_OUT else ".*".join(map(re.escape, line.split(LEFT_OUT))) + "\n"
        for line in shown
    )
    return re.fullmatch(pattern, "".join(f"{line.rstrip()}\n" for line in printed)) is not None


class Desk:
    """A repository in which a document is tried out, with `pingshi` at hand."""

    def __init__(self, folder: Path, records: Path) -> None:
        folder.mkdir(exist_ok=True)
        self.root = folder / "repository"
        self.where = self.root
        shutil.copytree(records, self.root / "records")
        shutil.copytree(ROOT / "schemes", self.root / "schemes")
        self._before: dict[Path, bytes | None] = {}
        self._bin = folder / "bin"
        self._bin.mkdir()
        script = self._bin / "pingshi"
        script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m pingshi "$@"\n', encoding="utf-8")
        script.chmod(script.stat().st_mode | stat.S_IXUSR)
        self._git("init", "--quiet", "--initial-branch=main")
        self._git("add", ".")
        self._git("commit", "--quiet", "--message=begin")

    def _git(self, *arguments: str) -> None:
        who = ["-c", "user.name=office", "-c", "user.email=office@approval.example"]
        subprocess.run(["git", *who, *arguments], cwd=self.root, env=environment(), check=True)

    def run(self, words: str) -> tuple[int, list[str]]:
        """Run a command in the shell; return its status and what it printed on either stream."""
        if words.startswith("cd "):
            self.where = (self.where / words.removeprefix("cd ")).resolve(strict=True)
            return 0, []
        env = environment(HOME=str(self.root.parent), COLUMNS="100")
        env["PATH"] = f"{self._bin}:{env['PATH']}"
        command = ["sh", "-c", f"exec 2>&1; {words}"]
        done = subprocess.run(
            command, cwd=self.where, env=env, check=False, stdout=subprocess.PIPE, encoding="utf-8", timeout=120
        )
        return done.returncode, done.stdout.splitlines()

    def change(self, block: Block) -> str | None:
        """Change a file as a diff says; return what is wrong with the diff, or None."""
        head, *lines = block.text.splitlines()
        path = self.where / head.removeprefix("--- ")
        if not head.startswith("--- ") or not path.is_file():
            return f"no such file: {head}"
        old = [line[1:] for line in lines if line[:1] in ("-", " ")]
        text = path.read_text(encoding="utf-8").splitlines()
        places = [at for at in range(len(text) - len(old) + 1) if all(map(_same, old, text[at : at + len(old)]))]
        if len(places) != 1 or not old:
            return f"{len(places)} places in {path.name} where these lines stand"
        (at,) = places
        kept = iter(text[at : at + len(old)])
        new: list[str] = []
        for line in lines:
            if line.startswith("+"):
                new.append(line[1:])
            else:
                was = next(kept)
                new += [was] if line.startswith(" ") else []
        self._write(path, "".join(f"{it}\n" for it in [*text[:at], *new, *text[at + len(old) :]]))
        return None

    def file(self, block: Block) -> str | None:
        """Compare a file with what a document shows of it, or put a new one there; return what is wrong, or None."""
        head, *lines = block.text.splitlines()
        name = _FILLED_IN.sub("", head)
        filled = name != head
        path = self.where / name.removeprefix("# ")
        if not head.startswith("# ") or path.suffix != ".yml":
            return f"the first line names no file: {head}"
        if filled:
            if not path.is_file():
                return f"no such form: {head}"
            path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
            return None
        if not path.is_file() and LEFT_OUT in block.text:
            return f"no such file: {head}"
        if not path.is_file():
            self._write(path, "".join(f"{line}\n" for line in lines))
            return None
        told = tuple(re.sub(r"\s+# .*", "", line) for line in lines)
        text = path.read_text(encoding="utf-8").splitlines()
        return None if fits((LEFT_OUT, *told, LEFT_OUT), text) else f"{path.name} does not say this"

    def _write(self, path: Path, text: str) -> None:
        self._before.setdefault(path, path.read_bytes() if path.is_file() else None)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def reset(self) -> None:
        """Begin anew, as with a fresh copy."""
        self.restore()
        self.where = self.root
        self._git("checkout", "--quiet", "--", ".")
        self._git("clean", "--quiet", "--force", "-dx")

    def restore(self) -> None:
        """Take all changes and new files back."""
        for path, before in self._before.items():
            if before is None:
                path.unlink()
            else:
                path.write_bytes(before)
        self._before.clear()


def _same(shown: str, written: str) -> bool:
    return fits((shown,), [written])
