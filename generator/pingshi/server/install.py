"""A bare repository that checks and gives receipts: hooks, settings, the server's key (`pingshi init --server`)."""

from __future__ import annotations

import os
import pwd
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

from pingshi.history import MAIN, Git, GitError, NoRepositoryError

_MARK = "# 由 pingshi init --server 写出"
_FOLDER = "pingshi"
_KEY = f"{_FOLDER}/receipts_ed25519"
#: What a pusher reads where the program was taken away from under its hooks.
_GONE = {
    "pre-receive": "服务器上的 pingshi 不在了，没有收下",
    "post-receive": "推送已经收下，内容没有丢；但是服务器上的 pingshi 不在了，没有登记回执",
}
_HOOKS = tuple(_GONE)
#: Nothing that was accepted is ever cleared away, and no object that is damaged or dangerous is let in. The hooks are
#: those here, whatever folder the machine's own settings name.
_SETTINGS = {
    "core.hooksPath": "hooks",
    "core.logAllRefUpdates": "always",
    "gc.pruneExpire": "never",
    "gc.reflogExpire": "never",
    "gc.reflogExpireUnreachable": "never",
    "pingshi.receiptKey": _KEY,
    "receive.fsckObjects": "true",
    "receive.maxInputSize": "64m",
}


class InstallError(Exception):
    """Something stands in the way; `args[0]` says what, and what to do."""


def install(folder: Path) -> str:
    """Make a bare repository, or equip one that is there, and return the server's public key.

    Running it again changes nothing but brings hooks and settings up to date.
    """
    git = _repository(folder)
    for name in _HOOKS:
        _may_write(folder / "hooks" / name)
    key = folder / _KEY
    if not (key.exists() and key.with_name(f"{key.name}.pub").exists()):
        _make_key(key)
    for name, value in _SETTINGS.items():
        git.run("config", name, value)
    git.run("symbolic-ref", "HEAD", MAIN)
    for name in _HOOKS:
        _write_hook(folder / "hooks" / name, name)
    return (folder / f"{_KEY}.pub").read_text(encoding="utf-8").strip()


def _repository(folder: Path) -> Git:
    if folder.exists() and not folder.is_dir():
        raise InstallError(f"{folder} 不是文件夹；换一个名字")
    if folder.is_dir():
        _owned(folder)
    git = Git(folder)
    if folder.is_dir() and any(folder.iterdir()):
        try:
            bare = git.text("rev-parse", "--is-bare-repository")
            inside = Path(git.text("rev-parse", "--absolute-git-dir")).resolve() == folder.resolve()
        except GitError:
            bare, inside = "false", False
        if bare != "true" or not inside:
            raise InstallError(f"{folder} 里已经有别的内容，不是裸仓库；换一个空文件夹，或者用 git clone --bare 做一个")
        return git
    folder.mkdir(parents=True, exist_ok=True)
    git.run("init", "--quiet", "--bare", "--initial-branch=main", ".")
    return git


def _owned(folder: Path) -> None:
    """Refuse somebody else's folder: git would not open it, and whoever takes pushes there could not read our key."""
    owner = folder.stat().st_uid
    if owner == os.geteuid():
        return
    try:
        name = pwd.getpwuid(owner).pw_name
    except KeyError:
        name = f"#{owner}"
    command = shlex.join(["sudo", "-u", name, "pingshi", "init", "--server", str(folder)])
    raise InstallError(f"{folder} 属于账号 {name}，签回执的密钥也要由它读；用这个账号运行：{command}")


def _may_write(hook: Path) -> None:
    if hook.is_symlink() or (hook.exists() and _MARK not in hook.read_text(encoding="utf-8", errors="replace")):
        raise InstallError(f"{hook} 已经有了，不是 pingshi 写的，不敢覆盖；先把它移走，或者把两边的内容合在一起")


def _write_hook(hook: Path, name: str) -> None:
    hook.parent.mkdir(exist_ok=True)
    python = shlex.quote(sys.executable)
    gone = f"{_GONE[name]}；请告诉信息技术人员：装好以后再运行一次 pingshi init --server"
    # -I: nothing in the repository or the environment is run in its stead; -X utf8: whatever the server's locale is
    text = (
        f"#!/bin/sh\n{_MARK}\n[ -x {python} ] || {{ echo '{gone}' >&2; exit 3; }}\n"
        f"exec {python} -I -X utf8 -m pingshi hook {name}\n"
    )
    # Half a hook, or one that may not be run, would let everything in: it takes its place when it is complete.
    fresh = hook.with_name(f".{hook.name}.{os.getpid()}")
    try:
        with fresh.open("w", encoding="utf-8", newline="\n") as opened:
            opened.write(text)
            opened.flush()
            os.fsync(opened.fileno())
        fresh.chmod(0o755)
        fresh.replace(hook)
    finally:
        fresh.unlink(missing_ok=True)


def _ssh_keygen(*arguments: str) -> bytes:
    command = ("ssh-keygen", *arguments)
    return subprocess.run(command, check=True, capture_output=True).stdout  # noqa: S603 -- OpenSSH's own, our arguments


def _make_key(key: Path) -> None:
    """Make the pair in a folder beside its place; of a key that is there, write only its public half, which is lost."""
    key.parent.mkdir(mode=0o700, exist_ok=True)
    public = key.with_name(f"{key.name}.pub")
    try:
        with tempfile.TemporaryDirectory(dir=key.parent) as scratch:
            if not key.exists():
                made = Path(scratch) / key.name
                _ssh_keygen("-q", "-t", "ed25519", "-N", "", "-C", "pingshi receipts", "-f", str(made))
                made.with_name(public.name).replace(public)
                made.replace(key)
            else:
                told = Path(scratch) / public.name
                told.write_bytes(_ssh_keygen("-y", "-f", str(key)))
                told.replace(public)
    except FileNotFoundError as error:
        raise NoRepositoryError("找不到 ssh-keygen 命令；请先安装 OpenSSH 客户端") from error
    except subprocess.CalledProcessError as error:
        raise InstallError(f"ssh-keygen 没有做成密钥：{error.stderr.decode(errors='replace').strip()}") from error
