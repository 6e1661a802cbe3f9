"""Git's own commands over one repository, with nothing around them that could bend its history.

Replace refs and grafts show another history than the one that was received; a mailmap gives commits other authors.
None of them has a say here. History is read in streams of plumbing, not object by object: GitPython's objects take
sixty times as long (decision 0019), so it stays with `tree` and `changes`.
"""

from __future__ import annotations

import os
import subprocess
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from pingshi.history.repository import NoRepositoryError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_ALWAYS = {
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "LC_ALL": "C",
}
#: What names another repository than the folder. A hook's own, which names the very folder, is left to it.
_ELSEWHERE = (
    *("GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE"),
    *("GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES"),
)
_PREFIX = (
    *("-c", "core.quotePath=false", "-c", "log.showRoot=true", "-c", "core.hooksPath=" + os.devnull),
    *("-c", "advice.graftFileDeprecated=false"),  # we name an empty one ourselves
)


class GitError(Exception):
    """A git command failed; `args[0]` is what it said."""


class Git:
    """The git commands of one repository, bare or not. `folder` is any folder in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(self, *arguments: str, data: bytes | None = None, more: dict[str, str] | None = None) -> bytes:
        """Run a command to its end and return what it wrote; GitError where it fails, NoRepositoryError without git."""
        try:
            done = subprocess.run(  # noqa: S603 -- git, with arguments of our own
                self._command(arguments),
                input=data if data is not None else b"",
                env=self._environment(more),
                capture_output=True,
                check=False,
            )
        except FileNotFoundError as error:
            raise NoRepositoryError("找不到 git 命令；请先安装 git") from error
        if done.returncode:
            raise GitError(done.stderr.decode("utf-8", "replace").strip())
        return done.stdout

    def text(self, *arguments: str, data: bytes | None = None, more: dict[str, str] | None = None) -> str:
        """Run a command and return its output as text, without the line end."""
        return self.run(*arguments, data=data, more=more).decode("utf-8", "surrogateescape").rstrip("\n")

    def lines(self, *arguments: str, data: bytes | None = None) -> list[str]:
        """Run a command and return the lines of its output."""
        told = self.text(*arguments, data=data)
        return told.split("\n") if told else []

    def succeeds(self, *arguments: str) -> bool:
        """Tell whether a command ends well: for questions that git answers by its exit status."""
        try:
            self.run(*arguments)
        except GitError:
            return False
        return True

    def commit(self, name: str) -> str | None:
        """Return the id of a commit by any of its names, or None where there is none."""
        try:
            return self.text("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
        except GitError:
            return None

    @contextmanager
    def stream(self, *arguments: str, data: bytes | None = None) -> Iterator[IO[bytes]]:
        """Run a command beside us and yield what it writes; GitError at the end where it failed."""
        with self.process(*arguments) as process:
            assert process.stdin is not None  # noqa: S101 -- all three are pipes
            assert process.stdout is not None  # noqa: S101 -- all three are pipes
            assert process.stderr is not None  # noqa: S101 -- all three are pipes
            process.stdin.write(data or b"")
            process.stdin.close()
            yield process.stdout
            process.stdout.close()
            said = process.stderr.read().decode("utf-8", "replace").strip()
        if process.returncode:
            raise GitError(said)

    def process(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start a command that is talked with through pipes."""
        try:
            return subprocess.Popen(  # noqa: S603 -- git, with arguments of our own
                self._command(arguments),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=self._environment(None),
            )
        except FileNotFoundError as error:
            raise NoRepositoryError("找不到 git 命令；请先安装 git") from error

    def _command(self, arguments: Sequence[str]) -> list[str]:
        return ["git", "-C", os.fspath(self.folder), *_PREFIX, *arguments]

    def _environment(self, more: dict[str, str] | None) -> dict[str, str]:
        env = {**os.environ, **_ALWAYS, **(more or {})}
        named = env.get("GIT_DIR")
        if named is None or os.path.realpath(self.folder / named) != os.path.realpath(self.folder):
            for name in _ELSEWHERE:
                env.pop(name, None)
        return env


def opened_git(folder: Path, purpose: str) -> Git:
    """Return the git commands of the repository that a folder lies in; NoRepositoryError where there is none."""
    git = Git(folder)
    try:
        git.run("rev-parse", "--git-dir")
    except GitError as error:
        raise NoRepositoryError(f"{folder} 不是 git 仓库，{purpose}") from error
    return git


def prefix_of(git: Git) -> str:
    """Return the folder's path from the top of its repository, with a slash at its end; empty at the top."""
    return git.text("rev-parse", "--show-prefix")


def folder_of(git: Git) -> Path:
    """Return where the repository keeps its own files."""
    return Path(git.text("rev-parse", "--absolute-git-dir"))
