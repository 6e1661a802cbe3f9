"""An OpenSSH server on this machine alone, for as long as a test needs it.

A bureau gives git an account of its own. Here the account is that of whoever runs the tests, with another home folder,
so that nothing of the machine is changed.
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
from end_to_end.hosting import NOW

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: Seconds that anything may take.
PATIENCE = 20
#: The empty folder that Debian's sshd wants of root. Its service makes it, too, anew after each start of the machine.
_SEPARATION = Path("/run/sshd")


@dataclass(frozen=True)
class Door:
    """A running server; `keys` are the private keys by account."""

    port: int
    keys: Mapping[str, Path]
    known_hosts: Path
    log: Path

    def url(self, repository: object) -> str:
        """Return a repository's address."""
        return f"ssh://{_me()}@127.0.0.1:{self.port}/{str(repository).removeprefix('/')}"

    def login(self, account: str) -> dict[str, str]:
        """Return what lets git log in with an account's key."""
        options = ["IdentitiesOnly=yes", "BatchMode=yes", f"UserKnownHostsFile={self.known_hosts}", "LogLevel=ERROR"]
        words = ["ssh", "-F", os.devnull, "-i", str(self.keys[account]), *(f"-o{it}" for it in options)]
        return {"GIT_SSH_COMMAND": shlex.join(words)}


def _me() -> str:
    return pwd.getpwuid(os.geteuid()).pw_name


@contextmanager
def listening(sshd: Path, folder: Path, home: Path, keys: Mapping[str, Path]) -> Iterator[Door]:
    """Run an SSH server of our own on a free port until the end."""
    host_key = folder / "host_key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(host_key)], check=True, timeout=PATIENCE)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    known_hosts = folder / "known_hosts"
    public = Path(f"{host_key}.pub").read_text(encoding="utf-8")
    known_hosts.write_text(f"[127.0.0.1]:{port} {public}", encoding="utf-8")
    config = folder / "sshd_config"
    config.write_text(_config(port, host_key, home), encoding="utf-8")
    log = folder / "sshd.log"
    if os.geteuid() == 0:
        _SEPARATION.mkdir(mode=0o755, exist_ok=True)  # and left there: another test's server may need it still
    with ExitStack() as stack:
        server = subprocess.Popen(
            [str(sshd), "-D", "-f", str(config), "-E", str(log)],
            env=environment(),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        stack.callback(_stopped, server)
        _wait(server, port, log)
        yield Door(port, keys, known_hosts, log)


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


def _wait(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    until = time.monotonic() + PATIENCE
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
        server.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait(PATIENCE)
