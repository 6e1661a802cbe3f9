"""What stands in a commit's tree, and what may stand in none: links, odd names, files that are too large."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pingshi.audit import plain
from pingshi.files import LARGEST_FILE, Blob, in_order
from pingshi.history import LINK, SUBMODULE
from pingshi.layout import RECORDS, SCHEMES
from pingshi.server.result import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pingshi.history import Entry, Git, Objects

#: Bytes: of a file that is no record: a picture or a document of the site.
_LARGEST_OTHER = 5 * 1024 * 1024
_OURS = (RECORDS, SCHEMES)
#: How the paths of records and schemes begin.
TOPS = tuple(f"{it}/" for it in _OURS)
#: The trees looked at last: main's is asked for by every push, and a commit's never changes.
_MOST_LISTED = 4
_listed: dict[str, Tree] = {}


@dataclass(frozen=True, slots=True)
class Tree:
    """The files of a commit: blob ids and modes by path."""

    files: dict[str, tuple[str, str]]

    @property
    def entries(self) -> dict[str, str]:
        """The blob ids alone."""
        return {path: blob for path, (_, blob) in self.files.items()}

    def plain_blob(self, path: str) -> str | None:
        """Return a path's blob; None where nothing stands there, or a link."""
        mode, blob = self.files.get(path, ("", ""))
        return blob if mode and mode not in (LINK, SUBMODULE) else None

    def listing(self, objects: Objects) -> Callable[[Callable[[str], bool]], list[Blob]]:
        """Return what reads those files that somebody wants."""

        def those(wanted: Callable[[str], bool]) -> list[Blob]:
            paths = [it for it in self.files if it.startswith(TOPS) and wanted(it)]
            return in_order([Blob(it, self._read(it, objects)) for it in paths])

        return those

    def _read(self, path: str, objects: Objects) -> bytes | None:
        blob = self.plain_blob(path)
        return objects.read(blob, LARGEST_FILE) if blob else None


def tree_of(git: Git, commit: str | None) -> Tree:
    """List a commit's files; none for no commit."""
    if commit is None:
        return Tree({})
    if commit not in _listed:
        if len(_listed) >= _MOST_LISTED:
            del _listed[next(iter(_listed))]
        _listed[commit] = _tree(git, commit)
    return _listed[commit]


def _tree(git: Git, commit: str) -> Tree:
    found = {}
    for line in git.run("ls-tree", "-r", "-z", "--full-tree", commit).split(b"\0")[:-1]:
        about, _, path = line.partition(b"\t")
        mode, _, blob = about.decode().split(" ")
        found[path.decode("utf-8", "surrogateescape")] = (mode, blob)
    return Tree(found)


def misfits(entries: Iterable[Entry], tree: Tree) -> Iterator[Refusal]:
    """Yield why files can't be taken in, whoever they are from: by their kind and their names alone."""
    known: dict[str, str] | None = None
    for it in entries:
        if it.after is None:
            continue
        shown = plain(it.path)
        *_, name = it.path.split("/")
        if it.mode in (LINK, SUBMODULE):
            what = "符号链接" if it.mode == LINK else "子模块"
            yield Refusal(f"{shown} 是{what}，不能放进考核仓库", "删掉它，把真正的文件放在这里")
        elif name == ".gitmodules":
            yield Refusal(f"{shown} 是子模块的登记文件，考核仓库不用子模块", "删掉它")
        elif name == ".gitattributes" and it.path != name:
            yield Refusal(f"{shown} 会改变 git 处理文件的办法，不能放在文件夹里", "删掉它；全仓库的设置只写在最上层")
        elif _is_lookalike(it.path):
            says = f"{shown} 的名字里有全角、大写或者看不见的字符，容易与 {' 和 '.join(_OURS)} 混淆"
            yield Refusal(says, "文件夹名写成小写半角的 records、schemes")
        else:
            if known is None:
                known = {_folded(path): path for path in tree.files}
            twin = known.get(_folded(it.path))
            if twin is not None and twin != it.path:
                says = f"{shown} 与已有的 {plain(twin)} 只差大小写或者字符的写法，有的电脑分不开"
                yield Refusal(says, "换一个名字，或者就改原来那个文件")


def too_large(git: Git, entries: Iterable[Entry]) -> Iterator[Refusal]:
    """Yield which files are too large; their sizes are looked up without reading them."""
    fresh = [it for it in entries if it.after is not None and it.mode not in (LINK, SUBMODULE)]
    asked = "".join(f"{it.after}\n" for it in fresh).encode()
    sizes = git.lines("cat-file", "--batch-check=%(objectsize)", data=asked) if fresh else []
    for it, size in zip(fresh, sizes, strict=True):
        limit = LARGEST_FILE if it.path.startswith(TOPS) else _LARGEST_OTHER
        if int(size) > limit:
            says = f"{plain(it.path)} 有 {int(size) // 1024} KB，超过上限 {limit // 1024} KB"
            yield Refusal(says, "附件不要放进考核仓库；只写要点，或者写明原件存放在哪里")


def _is_lookalike(path: str) -> bool:
    top = path.split("/", 1)[0]
    return top not in _OURS and _folded(top).strip(" .") in _OURS


def _folded(path: str) -> str:
    if path.isascii():
        return path.lower()
    shown = "".join(it for it in path if unicodedata.category(it) != "Cf")
    return unicodedata.normalize("NFKC", shown).casefold()
