"""`init --server`: equip a bare repository, and say what is left to do for the IT colleague."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pingshi.cli.parser import ENVIRONMENT, FINE, USAGE, fail
from pingshi.history import MAIN, RECEIPTS, Git, NoRepositoryError
from pingshi.server import InstallError, install

if TYPE_CHECKING:
    import argparse

_NEW = """\
  2. 在写好单位、人员和方案的文件夹里提交一次，第一次推送 main：
     git remote add origin 服务器地址
     git push origin HEAD:main
     以后 main 只接受合并，谁也不能直接改
"""
_OLD = """\
  2. main 已经有历史，还没有回执。先补登一次：
     cd {inside} && pingshi hook post-receive --repair --reason 启用服务器检查以前的历史
     以后 main 只接受合并，谁也不能直接改
"""
_FOR_BUREAUS = ("scheme", "unit", "name", "since")


def init_server(given: argparse.Namespace) -> int:
    """Equip a bare repository, made if there is none."""
    if any(getattr(given, it) is not None for it in _FOR_BUREAUS):
        fail("--server 只在服务器上建裸仓库，不与 --scheme、--unit、--name、--from 同用", USAGE)
    folder = Path(given.folder)
    try:
        _runs_by_itself()
        key = install(folder)
    except InstallError as error:
        fail(str(error), USAGE)
    except NoRepositoryError as error:
        fail(str(error), ENVIRONMENT)
    sys.stdout.write(_told(folder, key))
    return FINE


def _runs_by_itself() -> None:
    """Make sure that the hooks, which get nothing from any environment, will find the program."""
    command = (sys.executable, "-I", "-m", "pingshi", "--version")
    done = subprocess.run(command, check=False, capture_output=True)  # noqa: S603 -- ourselves, as the hooks will
    if done.returncode:
        says = f"{sys.executable} 里没有安装 pingshi，服务器收到推送时运行不了"
        raise InstallError(f"{says}；先安装到它里面，再运行一次本命令")


def _told(folder: Path, key: str) -> str:
    where = folder.resolve()
    inside = shlex.quote(str(where))
    git = Git(folder)
    begin = _OLD if git.commit(MAIN) is not None and git.commit(RECEIPTS) is None else _NEW
    return f"""\
服务器仓库已备好：{where}
  hooks/pre-receive、hooks/post-receive：每次推送先检查，不合规定的不收；收下的登记回执
  pingshi/receipts_ed25519：签回执的私钥；pingshi/receipts_ed25519.pub：它的公钥
接下来：
  1. 公钥写进各单位的 unit.yml（要求领导合并时签名的，level 写 signatures）：
     trust: {{level: receipts, server_keys: ["{key}"]}}
{begin.format(inside=inside)}\
  3. 工作人员只能经过服务器读写，用 ssh（如 gitolite）或者 http（网页服务器加登录），各用各的账号；
     账号就用人员代号或者资料里的邮箱，不同的写进人员资料的 git.accounts。
     这个文件夹只让收推送的那一个系统账号进，别人直接改文件就绕过了检查
  4. 核对历史的人把回执也取来：
     git fetch origin '+refs/pingshi/*:refs/pingshi/*'
  5. 整个文件夹每天备份。私钥谁也不给看，备份也要锁好：拿到它就能伪造回执。
     丢了私钥的，再运行一次本命令会换一把新的；新公钥马上添进 server_keys，旧的留着。
     新公钥还没有添上时登记的回执，核对历史时会列为“回执不对”
  6. 收下了却没有登记回执的（磁盘已满、断电），查明原因以后补登：
     cd {inside} && pingshi hook post-receive --repair --reason 写明原因
"""
