"""The folder of a demonstration: made beside its place, put there whole, and never over what no demonstration made."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pingshi.demo.replay import replay
from pingshi.demo.run import Server
from pingshi.diagnostics import arranged
from pingshi.history import MAIN, RECEIPTS, Git
from pingshi.records import Snapshot, take

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pingshi.files import Blob

_SERVER, _CLONE, _NOTE, _MARK = "server.git", "clone", "说明.md", "demo.json"
_FORMAT = 1
#: What the program's part in a demonstration rests on. How pages look, for one, has none.
_BEARING = (
    "agenda", "audit", "authority", "demo", "diagnostics.py", "evaluation", "files.py", "grading", "history",
    "layout.py", "periods", "records", "schemes", "server", "source", "wording.py",
)  # fmt: skip


class OccupiedError(Exception):
    """There is something that no demonstration left there; `args[0]` says so, and what to do."""


class NoSamplesError(Exception):
    """There are no units among the files."""


class FaultySamplesError(Exception):
    """A file of the samples can't be read as a record; `args[0]` says which and why."""


@dataclass(frozen=True, slots=True)
class Made:
    """A demonstration: where, main's last commit, the last receipt, and whether it was there already."""

    server: Path
    clone: Path
    main: str
    receipts: str
    kept: bool


def make(
    folder: Path,
    blobs: Sequence[Blob],
    more: Mapping[str, bytes],
    progress: Callable[[int, int], None] | None = None,
) -> Made:
    """Make a demonstration of these samples, or leave alone the one that is there and is made of the same.

    `more` are further files for main's first commit. OccupiedError where the folder is something else; NoSamplesError
    or FaultySamplesError where the samples can't be used; and whatever `replay` and `Server.carry_out` raise.
    """
    known, digest = _mark(folder), _digest(blobs, more)
    if known is None and folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise OccupiedError(f"{folder} 里已经有别的内容，不是演示，不敢覆盖；换一个文件夹名")
    if known is not None and known.get("digest") == digest:
        return _made(folder, known, kept=True)
    snapshot = take(blobs)
    if not snapshot.units:
        raise NoSamplesError
    faulty = next((it for it in arranged(snapshot.problems) if it.severity == "error"), None)
    if faulty is not None:
        raise FaultySamplesError(
            f"{faulty.place.path} 第 {faulty.place.line} 行：{faulty.message}；先用 pingshi check 核对示例"
        )
    folder.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        fresh = scratch / "new"
        fresh.mkdir()
        mark = _filled(fresh, scratch / "keys", snapshot, more, digest, progress)
        if folder.exists():
            folder.rename(scratch / "old")
        fresh.rename(folder)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return _made(folder, mark, kept=False)


def _filled(
    fresh: Path,
    keys: Path,
    snapshot: Snapshot,
    more: Mapping[str, bytes],
    digest: str,
    progress: Callable[[int, int], None] | None,
) -> dict[str, str]:
    plan = replay(snapshot, more)
    keys.mkdir(mode=0o700)
    server = Server(fresh / _SERVER, keys)
    server.carry_out(plan, progress)
    _cloned(fresh)
    (fresh / _NOTE).write_text(_note(plan.told), encoding="utf-8", newline="\n")
    main, receipts = server.git.commit(MAIN) or "", server.git.commit(RECEIPTS) or ""
    mark = {"format": str(_FORMAT), "digest": digest, "main": main, "receipts": receipts}
    (fresh / _MARK).write_text(json.dumps(mark, indent=2) + "\n", encoding="utf-8", newline="\n")
    return mark


def _cloned(fresh: Path) -> None:
    """Make the clone that somebody would have who fetches receipts too; it finds the server beside itself."""
    Git(fresh).run("clone", "--quiet", "--template=", "--", _SERVER, _CLONE)
    clone = Git(fresh / _CLONE)
    clone.run("config", "remote.origin.url", f"../{_SERVER}")
    clone.run("config", "--add", "remote.origin.fetch", f"+{RECEIPTS}:{RECEIPTS}")
    clone.run("fetch", "--quiet", "origin")


def _mark(folder: Path) -> dict[str, str] | None:
    try:
        found = json.loads((folder / _MARK).read_text(encoding="utf-8"))
        whole = found["format"] == str(_FORMAT) and {"digest", "main", "receipts"} <= set(found)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return found if whole and (folder / _SERVER).is_dir() else None


def _made(folder: Path, mark: Mapping[str, str], *, kept: bool) -> Made:
    return Made(folder / _SERVER, folder / _CLONE, mark["main"], mark["receipts"], kept)


def _digest(blobs: Sequence[Blob], more: Mapping[str, bytes]) -> str:
    """Return the digest of everything that a demonstration is made of: samples and program."""
    package = Path(__file__).parent.parent
    program = [
        file for name in _BEARING for file in ([package / name] if "." in name else (package / name).rglob("*.py"))
    ]
    files = {file.relative_to(package).as_posix(): file.read_bytes() for file in program}
    digest = hashlib.sha256()
    samples = {it.path: it.data or b"" for it in blobs}
    for part in (files, samples, more):
        for name, data in sorted(part.items()):
            digest.update(f"{name}\0{len(data)}\0".encode(errors="surrogateescape") + data)
        digest.update(b"\0")
    return digest.hexdigest()


def _note(told: Sequence[str]) -> str:
    listed = "".join(f"{number}. {it}。\n" for number, it in enumerate(told, start=1))
    wrong = f"\n## 故意安排的问题\n\n下面这些是故意做的，用来看核对能不能发现：\n\n{listed}" if told else ""
    return f"""# 演示：一年的考核，从提交到审核

这里的单位、人员和事情都是虚构的。`pingshi demo` 按示例里写的日期，把一年的提交、审核、审定、公示重新做了一遍。

- `{_SERVER}`：服务器上的仓库，装了检查和回执。main 是全部记录的历史，refs/pingshi/receipts 是服务器登记的回执。
- `{_CLONE}`：一份克隆，回执也取来了。

核对历史：`pingshi audit --repo {_SERVER}`。回执上的时间是演示用的时钟，不是真正的时间，核对结果里会写明。

**演示用的密钥谁都知道。** 示例里领导的签名密钥和服务器的密钥都由名字算出来，任何人都能做出一样的，什么也证明不了。
决不能用在真正的仓库里：真正的密钥由本人在自己的电脑上生成，只把公钥登记到人员资料里。
{wrong}"""
