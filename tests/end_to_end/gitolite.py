"""gitolite, set up as our page for it says: its own setup, then keys and the generated rules by a push."""

from __future__ import annotations

import re
import subprocess
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from command import environment
from end_to_end.hosting import account_of, blocks
from end_to_end.sshd import PATIENCE, Door, listening

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: Who looks after the server, reads without writing, and is known to the server but has no part in the records.
ADMINISTRATOR, READER, STRANGER = "it", "inspector", "stranger"
OTHERS = (ADMINISTRATOR, READER, STRANGER)


@contextmanager
def running(sshd: Path, folder: Path, keys: Mapping[str, Path], guide: Path) -> Iterator[Door]:
    """Set gitolite up with the records' repository by the page and what lies beside it; let people in until the end."""
    home = folder / "home"
    home.mkdir()
    with listening(sshd, folder, home, {account_of(it): key for it, key in keys.items()}) as door:
        run(home, "setup", "-pk", f"{keys[ADMINISTRATOR]}.pub")
        _allow_settings(home / ".gitolite.rc", guide)
        _administer(door, folder / "admin", keys, guide)
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


def _allow_settings(rc: Path, guide: Path) -> None:
    (line,) = next(it for it in blocks(guide, "gitolite") if it[0].startswith("GIT_CONFIG_KEYS"))
    text = rc.read_text(encoding="utf-8")
    changed, times = re.subn(r"GIT_CONFIG_KEYS\s*=>\s*'',", lambda _: line, text)
    assert times == 1
    rc.write_text(changed, encoding="utf-8")


def _administer(door: Door, clone: Path, keys: Mapping[str, Path], guide: Path) -> None:
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
    (clone / "conf" / "pingshi.conf").write_bytes((guide.parent / "pingshi.conf").read_bytes())
    which = next(it for it in blocks(guide, "gitolite") if it[0].startswith("@pingshi = "))
    lines = (f"repo gitolite-admin\n    RW+ = {ADMINISTRATOR}", *which, f"repo records\n    R = {READER}")
    conf = "\n".join(lines).replace("@pingshi = kaohe", "@pingshi = records")
    (clone / "conf" / "gitolite.conf").write_text(f"{conf}\n", encoding="utf-8")
    git("-C", str(clone), "add", "--all")
    git("-C", str(clone), "commit", "-q", "-m", "records")
    git("-C", str(clone), "push", "-q", "origin", "HEAD")
