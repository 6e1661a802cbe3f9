"""A bare repository that checks and gives receipts: made, equipped, and left alone where it is somebody else's."""

from __future__ import annotations

import errno
import os
import shlex
import stat
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from command import Done, environment, pingshi, tree
from office import Office

from pingshi.audit import audit
from pingshi.server import InstallError, install

if TYPE_CHECKING:
    from pathlib import Path

HOOKS = ("pre-receive", "post-receive")


def git(folder: Path, *arguments: str, **env: str) -> str:
    """Run git in a folder and return what it says."""
    command = ["git", "-C", str(folder), *arguments]
    done = subprocess.run(command, env=environment(**env), check=True, capture_output=True, encoding="utf-8")
    return done.stdout.strip()


def with_main(folder: Path) -> Path:
    """Make a folder with an office's first commit; return it."""
    folder.mkdir()
    for path, data in Office().files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data or b"")
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", ".")
    git(folder, "-c", "user.name=钱伟", "-c", "user.email=qian-wei@u.example", "commit", "-q", "-m", "启用")
    return folder


def init(folder: Path) -> Done:
    """Run the command where the folder is."""
    return pingshi("init", "--server", folder.name, cwd=folder.parent)


def test_a_new_server_repository_has_hooks_settings_and_a_key(tmp_path: Path) -> None:
    server = tmp_path / "records.git"
    key = install(server)
    assert key.startswith("ssh-ed25519 AAAA")
    settings = git(server, "config", "--list", "--local").splitlines()
    assert set(settings) >= {
        "core.bare=true",
        "core.hookspath=hooks",
        "core.logallrefupdates=always",
        "gc.pruneexpire=never",
        "gc.reflogexpire=never",
        "gc.reflogexpireunreachable=never",
        "pingshi.receiptkey=pingshi/receipts_ed25519",
        "receive.fsckobjects=true",
        "receive.maxinputsize=64m",
    }
    assert git(server, "symbolic-ref", "HEAD") == "refs/heads/main"
    for name in HOOKS:
        assert os.access(server / "hooks" / name, os.X_OK)


def test_nobody_else_may_read_the_key(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        install(tmp_path / "r.git")
    finally:
        os.umask(before)
    folder = tmp_path / "r.git" / "pingshi"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "receipts_ed25519").stat().st_mode) == 0o600


def test_a_second_time_changes_nothing(tmp_path: Path) -> None:
    server = tmp_path / "r.git"
    key = install(server)
    before = tree(server)
    assert install(server) == key
    assert tree(server) == before


def test_a_second_time_brings_hooks_and_settings_up_to_date(tmp_path: Path) -> None:
    server = tmp_path / "r.git"
    install(server)
    before = tree(server)
    hook = server / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\n# 由 pingshi init --server 写出\nexec /old/python -m pingshi hook pre-receive\n")
    hook.chmod(0o644)
    git(server, "config", "core.hooksPath", "/elsewhere")
    assert init(server).status == 0
    assert tree(server) == before
    assert os.access(hook, os.X_OK)


def test_a_hook_that_could_not_be_written_whole_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a full disk: an empty hook would be run, and let everything in."""
    server = tmp_path / "r.git"
    install(server)
    before = tree(server)

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        install(server)
    assert tree(server) == before


def test_a_public_key_that_is_lost_is_written_again(tmp_path: Path) -> None:
    """A first attempt was broken off, or somebody tidied up; the key itself stays what it was."""
    server = tmp_path / "r.git"
    key = install(server).split()[:2]
    (server / "pingshi/receipts_ed25519.pub").unlink()
    assert install(server).split()[:2] == key


def test_a_bare_repository_that_is_there_keeps_what_it_has(tmp_path: Path) -> None:
    folder = with_main(tmp_path / "office")
    server = tmp_path / "r.git"
    git(tmp_path, "clone", "-q", "--bare", "office", "r.git")
    (server / "hooks" / "update").write_text("#!/bin/sh\nexit 0\n")  # another one, such as gitolite's
    install(server)
    assert git(server, "rev-parse", "main") == git(folder, "rev-parse", "main")
    assert (server / "hooks" / "update").read_text() == "#!/bin/sh\nexit 0\n"


@pytest.mark.parametrize("hook", HOOKS)
def test_a_hook_of_somebody_elses_is_left_alone(hook: str, tmp_path: Path) -> None:
    server = tmp_path / "r.git"
    git(tmp_path, "init", "-q", "--bare", "r.git")
    theirs = server / "hooks" / hook
    theirs.write_text("#!/bin/sh\nexec mail-somebody\n")
    before = tree(server)
    with pytest.raises(InstallError) as caught:
        install(server)
    assert caught.value.args == (
        f"{theirs} 已经有了，不是 pingshi 写的，不敢覆盖；先把它移走，或者把两边的内容合在一起",
    )
    assert tree(server) == before


def test_a_link_in_a_hooks_place_is_left_alone(tmp_path: Path) -> None:
    server = tmp_path / "r.git"
    git(tmp_path, "init", "-q", "--bare", "r.git")
    (server / "hooks" / "pre-receive").symlink_to(tmp_path / "nothing")
    with pytest.raises(InstallError, match="不是 pingshi 写的"):
        install(server)
    assert not (tmp_path / "nothing").exists()


def test_only_a_bare_repository_can_be_equipped(tmp_path: Path) -> None:
    work = with_main(tmp_path / "office")
    (tmp_path / "file").write_text("x")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("x")
    before = tree(tmp_path)
    for name in ("office", "office/.git", "office/records", "full"):
        says = f"{name} 里已经有别的内容，不是裸仓库；换一个空文件夹，或者用 git clone --bare 做一个\n"
        assert pingshi("init", "--server", name, cwd=tmp_path) == Done(2, "", says)
    assert pingshi("init", "--server", "file", cwd=tmp_path) == Done(2, "", "file 不是文件夹；换一个名字\n")
    assert tree(tmp_path) == before
    assert git(work, "status", "--porcelain") == ""


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder to another account")
def test_a_folder_of_another_account_is_left_to_that_account(tmp_path: Path) -> None:
    server = tmp_path / "r.git"
    git(tmp_path, "init", "-q", "--bare", "r.git")
    os.chown(server, 60_123, 60_123)
    before = tree(server)
    assert init(server) == Done(
        2,
        "",
        "r.git 属于账号 #60123，签回执的密钥也要由它读；用这个账号运行：sudo -u '#60123' pingshi init --server r.git\n",
    )
    assert tree(server) == before


def test_without_ssh_keygen_it_is_the_environments_fault(tmp_path: Path) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    found = subprocess.run(["sh", "-c", "command -v git"], check=True, capture_output=True, text=True).stdout.strip()
    (programs / "git").symlink_to(found)
    done = pingshi("init", "--server", "r.git", cwd=tmp_path, PATH=str(programs))
    assert done == Done(3, "", "找不到 ssh-keygen 命令；请先安装 OpenSSH 客户端\n")


def test_what_the_colleague_reads(tmp_path: Path) -> None:
    server = tmp_path / "records.git"
    done = init(server)
    key = (server / "pingshi" / "receipts_ed25519.pub").read_text().strip()
    assert done == Done(
        0,
        f"""\
服务器仓库已备好：{server}
  hooks/pre-receive、hooks/post-receive：每次推送先检查，不合规定的不收；收下的登记回执
  pingshi/receipts_ed25519：签回执的私钥；pingshi/receipts_ed25519.pub：它的公钥
接下来：
  1. 公钥写进各单位的 unit.yml（要求领导合并时签名的，level 写 signatures）：
     trust: {{level: receipts, server_keys: ["{key}"]}}
  2. 在写好单位、人员和方案的文件夹里提交一次，第一次推送 main：
     git remote add origin 服务器地址
     git push origin HEAD:main
     以后 main 只接受合并，谁也不能直接改
  3. 工作人员只能经过服务器读写，用 ssh（如 gitolite）或者 http（网页服务器加登录），各用各的账号；
     账号就用人员代号或者资料里的邮箱，不同的写进人员资料的 git.accounts。
     这个文件夹只让收推送的那一个系统账号进，别人直接改文件就绕过了检查
  4. 核对历史的人把回执也取来：
     git fetch origin '+refs/pingshi/*:refs/pingshi/*'
  5. 整个文件夹每天备份。私钥谁也不给看，备份也要锁好：拿到它就能伪造回执。
     丢了私钥的，再运行一次本命令会换一把新的；新公钥添进 server_keys，旧的留着。添上以前的回执审计会列出来
  6. 收下了却没有登记回执的（磁盘已满、断电），查明原因以后补登：
     cd {server} && pingshi hook post-receive --repair --reason 写明原因
""",
        "",
    )


def test_a_history_from_before_gets_its_receipts_as_the_colleague_is_told(tmp_path: Path) -> None:
    folder = with_main(tmp_path / "office")
    server = tmp_path / "r.git"
    git(tmp_path, "clone", "-q", "--bare", "office", "r.git")
    done = init(server)
    line = next(it.strip() for it in done.out.splitlines() if "启用服务器检查以前的历史" in it)
    enter, _, command = line.partition(" && ")
    assert shlex.split(enter) == ["cd", str(server)]
    assert "git push" not in done.out
    repaired = pingshi(*shlex.split(command)[1:], cwd=server)
    assert repaired.out == "已补登第 1 号回执，补上 1 次更新；原因：启用服务器检查以前的历史\n"
    found = audit(server, remember=False)
    assert found.receipts is not None
    assert found.receipts.count == 1
    assert found.findings == ()
    assert found.head == git(folder, "rev-parse", "HEAD")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("r.git --name 示例市某局", "--server 只在服务器上建裸仓库，不与 --scheme、--unit、--name、--from 同用\n"),
        ("r.git --check", "用法有误：--check 要与 --forge 一起写\n用 pingshi init --help 查看说明\n"),
        ("--forge plain", "用法有误：--server 和 --forge 分两次运行：先在服务器上，再在仓库里\n"),
        ("", "用法有误：缺少文件夹\n用 pingshi init --help 查看说明\n"),
    ],
)
def test_options_for_bureaus_are_no_options_for_servers(words: str, says: str, tmp_path: Path) -> None:
    assert pingshi("init", "--server", *words.split(), cwd=tmp_path) == Done(2, "", says)
    assert not list(tmp_path.iterdir())


def test_nothing_in_the_repository_is_run_in_the_programs_stead(tmp_path: Path) -> None:
    server = tmp_path / "r.git"
    install(server)
    planted = "import pathlib\npathlib.Path('planted').write_text('run')\n"
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for name in ("pingshi.py", "os.py", "sitecustomize.py", "encodings.py"):
        (server / name).write_text(planted)
        (elsewhere / name).write_text(planted)
    push = f"{'0' * 40} {'0' * 40} refs/tags/v1\n"
    done = subprocess.run(
        ["./hooks/pre-receive"],
        cwd=server,
        input=push,
        env=environment(PYTHONPATH=str(elsewhere), PYTHONSTARTUP=str(elsewhere / "pingshi.py"), PYTHONINSPECT="1"),
        check=False,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("没有收下，请按下面的提示修改后重新推送：\n1. 不能推送 refs/tags/v1：")
    assert not list(tmp_path.rglob("planted"))


def test_a_python_without_the_program_is_told_at_once(tmp_path: Path) -> None:
    """Where pingshi is only found through the environment, the hooks would never find it."""
    bare = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(bare)], check=True)
    program = (
        f"import sys; sys.path += {[it for it in sys.path if it]!r}; from pingshi.cli import main; sys.exit(main())"
    )
    python = bare / "bin" / "python"
    done = subprocess.run(
        [str(python), "-c", program, "init", "--server", "r.git"],
        cwd=tmp_path,
        env=environment(),
        check=False,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
    says = f"{python} 里没有安装 pingshi，服务器收到推送时运行不了；先安装到它里面，再运行一次本命令\n"
    assert (done.returncode, done.stderr) == (2, says)
    assert not (tmp_path / "r.git").exists()


@pytest.mark.parametrize(
    ("hook", "says"),
    [
        ("pre-receive", "服务器上的 pingshi 不在了，没有收下"),
        ("post-receive", "推送已经收下，内容没有丢；但是服务器上的 pingshi 不在了，没有登记回执"),
    ],
)
def test_a_hook_whose_program_is_gone_says_so(hook: str, says: str, tmp_path: Path) -> None:
    server = tmp_path / "r.git"
    install(server)
    file = server / "hooks" / hook
    file.write_text(file.read_text(encoding="utf-8").replace(sys.executable, "/opt/gone/python"), encoding="utf-8")
    done = subprocess.run([str(file)], cwd=server, check=False, capture_output=True, encoding="utf-8", timeout=60)
    assert done.returncode == 3
    assert done.stderr == f"{says}；请告诉信息技术人员：装好以后再运行一次 pingshi init --server\n"


def test_a_python_whose_path_has_spaces_and_quotes_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    python = tmp_path / "the office's own" / "python"
    python.parent.mkdir()
    python.write_text('#!/bin/sh\necho "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(python))
    install(tmp_path / "r.git")
    for hook in HOOKS:
        done = subprocess.run([tmp_path / "r.git" / "hooks" / hook], check=True, capture_output=True, text=True)
        assert (done.stdout, done.stderr) == (f"-I -X utf8 -m pingshi hook {hook}\n", "")
