"""A plan carried out on a bare repository: each push goes through the gate and gets its receipt, as the hooks would."""

from __future__ import annotations

import subprocess
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

from pingshi.demo.keys import private_key
from pingshi.demo.objects import Stamp, Store
from pingshi.demo.plan import Approval, Person, Repair, Submission
from pingshi.history import MAIN, Git, NoRepositoryError
from pingshi.server import Pusher, install, post_receive, pre_receive, repair

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from pingshi.demo.plan import Plan

#: Where the server's key lies in a bare repository (`pingshi init --server`).
_SERVER_KEY = "pingshi/receipts_ed25519"
_NOBODY = "0" * 40
#: A reference, and from which commit it moves to which.
_Move = tuple[str, str, str]
_HEADS = "refs/heads/"
#: Whoever brings in the first commit, and has the server's disk.
_IT = Person("it", "信息技术人员", "it@demo.invalid")
_VIA = "REMOTE_USER"
#: Commits are made a little before they are pushed, in seconds.
_BEFORE = 240
#: So many receipts may be on their way while pushes go on.
_UNDER_WAY = 8


class RefusedError(Exception):
    """The gate refused what the plan had thought in order; `args[0]` says what and why."""


class Server:
    """The bare repository of a demonstration. `keys` is a folder for private keys, which is nobody's afterwards."""

    def __init__(self, folder: Path, keys: Path) -> None:
        self.folder = folder
        self.git = Git(folder)
        self._keys = keys
        self._store: Store | None = None
        self._main = _NOBODY
        self._tree = ""
        self._branches: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {}
        self._registry = ThreadPoolExecutor(max_workers=1)
        self._receipts: deque[Future[str]] = deque()

    def carry_out(self, plan: Plan, progress: Callable[[int, int], None] | None) -> None:
        """Do everything that the plan tells, from an empty folder on.

        RefusedError where the gate does not let it in; RegistryError, GitError and OSError where the machine fails.
        """
        with self._registry:
            self._all(plan, progress)

    def _all(self, plan: Plan, progress: Callable[[int, int], None] | None) -> None:
        self._begin(plan)
        for number, event in enumerate(plan.events, start=1):
            match event:
                case Submission():
                    self._submit(event)
                case Approval():
                    self._approve(event)
                case Repair():
                    self._settle(0)
                    repair(self.folder, event.reason, event.at)
            if progress is not None:
                progress(number, len(plan.events))
        self._end()

    @property
    def store(self) -> Store:
        """The objects; only once there is a repository."""
        assert self._store is not None  # noqa: S101 -- `_begin` comes first
        return self._store

    def _begin(self, plan: Plan) -> None:
        self.folder.mkdir(parents=True)
        self.git.run("init", "--quiet", "--bare", "--initial-branch=main", "--object-format=sha1", "--template=", ".")
        if plan.server_key:
            key = self.folder / _SERVER_KEY
            key.parent.mkdir(mode=0o700)
            _private(key, private_key("server", plan.server_key))
            key.with_suffix(".pub").write_text(f"{plan.server_key}\n", encoding="utf-8")
        install(self.folder)
        self.git.run("config", "pingshi.simulatedClock", "true")
        self.git.run("config", "core.logAllRefUpdates", "false")  # as long as we write dates of our own
        self._store = Store(self.folder)
        blobs = [(path, self.store.blob(data)) for path, data in plan.files]
        self._tree = self.store.with_files(self.store.empty, blobs)
        stamp = Stamp(_IT, plan.at - _BEFORE)
        root = self.store.commit(self._tree, (), stamp, stamp, "建立考核仓库：单位、人员、方案")
        self._push([(MAIN, _NOBODY, root)], _IT, plan.at)
        self._main = root

    def _end(self) -> None:
        self._settle(0)
        self.git.run("config", "core.logAllRefUpdates", "always")
        self.git.run("-c", "pack.threads=1", "repack", "-a", "-d", "-q")
        self.git.run("pack-refs", "--all")

    def _submit(self, event: Submission) -> None:
        files = tuple((path, self.store.blob(data)) for path, data in event.files)
        stamp = Stamp(event.by, event.at - _BEFORE)
        tree = self.store.with_files(self._tree, files)
        commit = self.store.commit(tree, (self._main,), stamp, stamp, event.says)
        self._push([(f"{_HEADS}{event.branch}", _NOBODY, commit)], event.by, event.at)
        self._branches[event.branch] = (commit, files)

    def _approve(self, event: Approval) -> None:
        head, tree = self._main, self._tree
        merged = []
        for it in event.merges:
            commit, files = self._branches.pop(it.branch)
            tree = self.store.with_files(tree, files)
            author = Stamp(event.by, it.at - _BEFORE)
            committer = Stamp(event.committer or event.by, it.at - _BEFORE)
            sign = None if event.key is None else self._signer(*event.key)
            head = self.store.commit(tree, (head, commit), author, committer, it.says, sign)
            merged.append((f"{_HEADS}{it.branch}", commit, _NOBODY))
        move = [(MAIN, self._main, head)]
        if event.past_hooks:
            self._move([*move, *merged])
        else:
            self._push(move, event.by, event.at, merged)
        self._main, self._tree = head, tree

    def _push(self, moved: Sequence[_Move], by: Person, at: int, merged: Sequence[_Move] = ()) -> None:
        """Push as the hooks would see it; the server keeps no branch that is `merged`."""
        lines = [f"{old} {new} {ref}" for ref, old, new in moved]
        pusher = Pusher(by.account, _VIA)
        refusals = pre_receive(self.folder, lines, pusher, at)
        if refusals:
            told = "\n".join(str(it) for it in refusals)
            raise RefusedError(f"{by.name}推送的 {lines[0].split(' ')[2]} 没有通过检查：\n{told}")
        self._move([*moved, *merged])
        # The next push need not wait for this one's receipt, no more than on a real server; receipts come one by one.
        self._receipts.append(self._registry.submit(post_receive, self.folder, lines, pusher, at))
        self._settle(_UNDER_WAY)

    def _settle(self, left: int) -> None:
        """Wait until no more than so many receipts are still to be entered."""
        while len(self._receipts) > left:
            self._receipts.popleft().result()

    def _move(self, moved: Iterable[_Move]) -> None:
        told = "".join(f"update {ref} {new} {old}\n" for ref, old, new in moved)
        self.git.run("update-ref", "--stdin", data=told.encode())

    def _signer(self, owner: str, public: str) -> Callable[[bytes], str]:
        key = self._keys / owner.replace("/", "-")
        if not key.exists():
            _private(key, private_key(owner, public))

        def sign(data: bytes) -> str:
            return _signature(key, data)

        return sign


def _private(place: Path, text: str) -> None:
    place.touch(mode=0o600)
    place.write_text(text, encoding="ascii")


def _signature(key: Path, data: bytes) -> str:
    """Return an SSH signature as git puts it into commits; of one key over the same bytes it is always the same."""
    command = ("ssh-keygen", "-Y", "sign", "-n", "git", "-f", str(key))
    try:
        done = subprocess.run(command, input=data, capture_output=True, check=True)  # noqa: S603 -- OpenSSH's own
    except FileNotFoundError as error:
        raise NoRepositoryError("找不到 ssh-keygen 命令；请先安装 OpenSSH 客户端") from error
    return done.stdout.decode("ascii")
