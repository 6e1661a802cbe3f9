"""gitolite, set up as a bureau does it: the program's own setup, then keys and rules by the administrator's push."""

from __future__ import annotations

import subprocess
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from command import environment
from end_to_end.hosting import account_of
from end_to_end.sshd import PATIENCE, Door, listening

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: Who looks after the server, reads without writing, and is known to the server but has no part in the records.
ADMINISTRATOR, READER, STRANGER = "it", "inspector", "stranger"
OTHERS = (ADMINISTRATOR, READER, STRANGER)


@contextmanager
def running(sshd: Path, folder: Path, keys: Mapping[str, Path]) -> Iterator[Door]:
    """Set gitolite up with the records' repository, and let people in until the end."""
    home = folder / "home"
    home.mkdir()
    with listening(sshd, folder, home, {account_of(it): key for it, key in keys.items()}) as door:
        run(home, "setup", "-pk", f"{keys[ADMINISTRATOR]}.pub")
        _administer(door, folder / "admin", keys)
        yield door


def run(home: Path, *arguments: str) -> None:
    """Run gitolite on the server, in its home folder."""
    done = subprocess.run(
        ["gitolite", *arguments],
        env=environment(HOME=str(home)),
        check=False,
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def _administer(door: Door, clone: Path, keys: Mapping[str, Path]) -> None:
    """Let the IT colleague enter everybody's key, and the repository, as gitolite wants it: by a push."""
    env = environment(**door.login(ADMINISTRATOR))
    env |= {f"GIT_{it}_{what}": "it" for it in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}

    def git(*arguments: str) -> None:
        done = subprocess.run(
            ["git", *arguments], env=env, check=False, capture_output=True, encoding="utf-8", timeout=PATIENCE
        )
        assert done.returncode == 0, f"{done.stderr}\n{door.log.read_text(encoding='utf-8')}"

    git("clone", "-q", door.url("gitolite-admin"), str(clone))
    for it, key in keys.items():
        if it != ADMINISTRATOR:
            (clone / "keydir" / f"{account_of(it)}.pub").write_bytes(Path(f"{key}.pub").read_bytes())
    (clone / "conf" / "gitolite.conf").write_text(
        f"@office = {' '.join(account_of(it) for it in keys if it not in OTHERS)}\n"
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
