"""Which key signed a commit, as git and OpenSSH see it: a fact about the commit that nothing later can change.

Whose key that is, and whether it held on the day, is for the roster to say; git's own judgement is not asked: it takes
an expired key's signature for valid where the commit's date was put back.
"""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pingshi.history.plumbing import GitError
from pingshi.history.repository import NoRepositoryError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pingshi.history.plumbing import Git

State = Literal["valid", "invalid", "none", "unknown"]
_STATES: Mapping[str, State] = {"G": "valid", "U": "valid", "B": "invalid", "N": "none"}
_BATCH = 64
_OPENSSH = "ssh-keygen"
#: What git says, and goes on, where it can't lay a signature down for OpenSSH to look at.
_NO_SPACE = (b"could not create temporary file", b"failed writing detached signature")


@dataclass(frozen=True, slots=True)
class Signature:
    """A commit's signature. `valid`: made by the key of this fingerprint over this very commit.

    `unknown`: something that can't be checked here, such as a PGP signature.
    """

    state: State
    fingerprint: str | None


def signatures_of(git: Git, commits: Iterable[str]) -> dict[str, Signature]:
    """Verify commits, two at a time; each costs some 8 ms, so whoever asks remembers the answer.

    NoRepositoryError where OpenSSH is missing, or git can't lay a signature down for it: git itself would go on, and
    call every signature bad, or none at all.
    """
    wanted = list(dict.fromkeys(commits))
    if wanted and shutil.which(_OPENSSH) is None:
        raise NoRepositoryError(f"找不到 {_OPENSSH} 命令，核对不了签名；请先安装 OpenSSH 客户端")
    batches = [wanted[start : start + _BATCH] for start in range(0, len(wanted), _BATCH)]
    found: dict[str, Signature] = {}
    with ThreadPoolExecutor(max_workers=2) as pool:
        for it in pool.map(lambda batch: _verified(git, batch), batches):
            found |= it
    return found


def _verified(git: Git, commits: Sequence[str]) -> dict[str, Signature]:
    process = git.process(
        *("-c", f"gpg.ssh.allowedSignersFile={os.devnull}", "-c", f"gpg.ssh.revocationFile={os.devnull}"),
        *("-c", f"gpg.ssh.program={_OPENSSH}", "-c", "gpg.minTrustLevel=undefined"),
        *("log", "--no-walk=unsorted", "--stdin", "--format=%H %G? %GF", "--no-show-signature", "--no-decorate"),
    )
    told, errors = process.communicate("".join(f"{it}\n" for it in commits).encode())
    if process.returncode:
        raise GitError(errors.decode("utf-8", "replace").strip())
    if any(it in errors for it in _NO_SPACE):
        raise NoRepositoryError("核对签名时写不了临时文件；看看磁盘是不是满了、临时文件夹（TMPDIR）能不能写，再试一次")
    found = {}
    for line in told.decode("utf-8", "replace").splitlines():
        commit, state, fingerprint = [*line.split(" "), ""][:3]
        known = _STATES.get(state, "unknown")
        found[commit] = Signature(known, fingerprint or None)
    return found


def fingerprint(key: str) -> str | None:
    """Return the fingerprint of a public key as it stands in a roster (`ssh-ed25519 AAAA… comment`), or None."""
    words = key.split()
    try:
        blob = base64.b64decode(words[1], validate=True)
    except (ValueError, IndexError):
        return None
    return "SHA256:" + base64.b64encode(hashlib.sha256(blob).digest()).decode().rstrip("=")
