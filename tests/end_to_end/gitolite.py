"""gitolite behind an OpenSSH server on this machine alone, both run as whoever runs the tests.

A bureau gives gitolite an account of its own. Here the account is that of the tests, with another home folder, so that
nothing of the machine is changed; otherwise all is as it would be: setup, the administrator's clone, keys, pushes.
"""

from __future__ import annotations

import os
import pwd
import shlex
import socket
import subprocess
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from command import environment
from end_to_end.hosting import NOW, account_of, make_keys

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: Who looks after the server, reads without writing, and is known to the server but has no part in the records.
ADMINISTRATOR, READER, STRANGER = "it", "inspector", "stranger"
_PATIENCE = 20
_SEPARATION = Path("/run/sshd")


@dataclass(frozen=True)
class Gitolite:
    """A running server: where its repositories are, everybody's keys, and how an account reaches it."""

    home: Path
    port: int
    keys: Mapping[str, Path]
    known_hosts: Path

    def url(self, repository: str) -> str:
        """Return a repository's address."""
        return f"ssh://{_me()}@127.0.0.1:{self.port}/{repository}"

    def login(self, account: str) -> dict[str, str]:
        """Return what lets git log in with an account's key."""
        options = ["IdentitiesOnly=yes", "BatchMode=yes", f"UserKnownHostsFile={self.known_hosts}", "LogLevel=ERROR"]
        by_account = {account_of(it): key for it, key in self.keys.items()}
        words = ["ssh", "-F", os.devnull, "-i", str(by_account[account]), *(f"-o{it}" for it in options)]
        return {"GIT_SSH_COMMAND": shlex.join(words)}


def run(home: Path, *arguments: str) -> None:
    """Run gitolite on the server, in its home folder."""
    done = subprocess.run(
        ["gitolite", *arguments],
        env=environment(HOME=str(home)),
        check=False,
        capture_output=True,
        encoding="utf-8",
        timeout=_PATIENCE,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def _me() -> str:
    return pwd.getpwuid(os.geteuid()).pw_name


@contextmanager
def running(sshd: Path, folder: Path, people: tuple[str, ...]) -> Iterator[Gitolite]:
    """Set gitolite up with the records' repository, and let people in until the end."""
    keys = make_keys(folder / "keys", (*people, ADMINISTRATOR, READER, STRANGER))
    home = folder / "home"
    home.mkdir()
    with ExitStack() as stack:
        port, known_hosts = stack.enter_context(_listening(sshd, folder, home))
        server = Gitolite(home, port, keys, known_hosts)
        run(home, "setup", "-pk", f"{keys[ADMINISTRATOR]}.pub")
        _administer(server, folder / "admin", people)
        yield server


def _administer(server: Gitolite, clone: Path, office: tuple[str, ...]) -> None:
    """Let the IT colleague enter everybody's key, and the repository, as gitolite wants it: by a push."""
    env = environment(**server.login(ADMINISTRATOR))
    env |= {f"GIT_{it}_{what}": "it" for it in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}

    def git(*arguments: str) -> None:
        done = subprocess.run(
            ["git", *arguments], env=env, check=False, capture_output=True, encoding="utf-8", timeout=_PATIENCE
        )
        assert done.returncode == 0, f"{done.stderr}\n{(server.known_hosts.parent / 'sshd.log').read_text()}"

    git("clone", "-q", server.url("gitolite-admin"), str(clone))
    for it in (*office, READER, STRANGER):
        key = Path(f"{server.keys[it]}.pub")
        (clone / "keydir" / f"{account_of(it)}.pub").write_bytes(key.read_bytes())
    (clone / "conf" / "gitolite.conf").write_text(
        f"@office = {' '.join(account_of(it) for it in office)}\n"
        "repo gitolite-admin\n"
        f"    RW+ = {ADMINISTRATOR}\n"
        "repo records\n"
        "    RW+ = @office\n"
        f"    R   = {READER}\n",
        encoding="utf-8",
    )
    git("-C", str(clone), "add", "--all")
    git("-C", str(clone), "commit", "-q", "-m", "records")
    git("-C", str(clone), "push", "-q", "origin", "HEAD")


@contextmanager
def _listening(sshd: Path, folder: Path, home: Path) -> Iterator[tuple[int, Path]]:
    """Run an SSH server of our own on a free port; yield the port and the file with the server's public key."""
    host_key = folder / "host_key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(host_key)], check=True, timeout=_PATIENCE)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    known_hosts = folder / "known_hosts"
    public = Path(f"{host_key}.pub").read_text(encoding="utf-8")
    known_hosts.write_text(f"[127.0.0.1]:{port} {public}", encoding="utf-8")
    config = folder / "sshd_config"
    config.write_text(_config(port, host_key, home), encoding="utf-8")
    log = folder / "sshd.log"
    with ExitStack() as stack:
        if os.geteuid() == 0:
            stack.enter_context(_separated())
        server = subprocess.Popen(
            [str(sshd), "-D", "-f", str(config), "-E", str(log)],
            env=environment(),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        stack.callback(_stopped, server)
        _wait(server, port, log)
        yield port, known_hosts


def _config(port: int, host_key: Path, home: Path) -> str:
    """Return the settings. The tests' folder lies in one that everybody may write to: hence no StrictModes."""
    return f"""\
Port {port}
ListenAddress 127.0.0.1
HostKey "{host_key}"
PidFile none
AuthorizedKeysFile "{home}/.ssh/authorized_keys"
AllowUsers {_me()}
PermitRootLogin prohibit-password
PasswordAuthentication no
KbdInteractiveAuthentication no
UsePAM no
StrictModes no
LoginGraceTime 20
KexAlgorithms curve25519-sha256
AcceptEnv GIT_PROTOCOL
SetEnv "HOME={home}" GIT_CONFIG_GLOBAL={os.devnull} GIT_CONFIG_NOSYSTEM=1 PINGSHI_CLOCK={NOW}
"""


@contextmanager
def _separated() -> Iterator[None]:
    """Let there be the empty folder that Debian's sshd wants of root, and which only its service makes."""
    made = not _SEPARATION.exists()
    _SEPARATION.mkdir(mode=0o755, exist_ok=True)
    try:
        yield
    finally:
        if made:
            _SEPARATION.rmdir()


def _wait(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        told = log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""
        assert server.poll() is None, told
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise AssertionError(f"sshd does not listen\n{log.read_text(encoding='utf-8', errors='replace')}")


def _stopped(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait(_PATIENCE)
