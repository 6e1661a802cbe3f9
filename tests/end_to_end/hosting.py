"""A server's repository as people reach it, with the office's first commit on main.

The clock stands still at `NOW`, on the server and at everybody's desk; the repository's own settings allow that.
"""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from command import environment, pingshi
from office import LEADERS, Office
from sites import save

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

NOW = "2026-03-30T09:00:00+08:00"
SECONDS = int(datetime.fromisoformat(NOW).timestamp())
STAFF = ("wang-fang", "zhao-lei", "sun-qi")
PEOPLE = (*LEADERS, *STAFF)
SUMMARIES = {it: f"2026-Q1/summaries/{it}.yml" for it in STAFF}
#: Somebody whose account is neither their id nor their address.
ACCOUNTS = {"zhao-lei": "zhaolei"}


def account_of(person: str) -> str:
    """Return under which name the server knows somebody."""
    return ACCOUNTS.get(person, person)


@dataclass(frozen=True)
class Host:
    """One way to a server.

    Attributes:
        server: the bare repository, on the server's own disk.
        trust: the level that the office has chosen.
        via: the variable in which the hooks are told the account; None where there are no accounts.
        url: where the repository is for an account.
        login: what an account adds to the environment of its git.
        keys: private keys by person.
        guide: the page that our program has written for whoever keeps such a server; None where nobody should.

    """

    server: Path
    trust: str
    via: str | None
    url: Callable[[str], str]
    login: Callable[[str], Mapping[str, str]] = lambda _: {}
    keys: Mapping[str, Path] = field(default_factory=dict)
    guide: Path | None = None

    def git(self, *arguments: str) -> str:
        """Run git on the server."""
        command = ["git", "-C", str(self.server), *arguments]
        done = subprocess.run(command, env=environment(), check=True, capture_output=True, encoding="utf-8")
        return done.stdout.strip()

    @property
    def refs(self) -> str:
        """Every branch of the server and what it is at."""
        return self.git("for-each-ref", "--format=%(refname) %(objectname)")


def make_keys(folder: Path, people: tuple[str, ...] = PEOPLE) -> dict[str, Path]:
    """Make everybody an SSH key."""
    folder.mkdir()
    for it in people:
        command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", it, "-f", str(folder / it)]
        subprocess.run(command, check=True, timeout=20)
    return {it: folder / it for it in people}


def equip(server: Path) -> str:
    """Let the IT colleague equip a server's repository; return the key that the roster must list."""
    done = pingshi("init", "--server", str(server))
    assert (done.status, done.err) == (0, "")
    with (server / "config").open("a", encoding="utf-8") as config:
        config.write("[pingshi]\n\tsimulatedClock = true\n")
    return (server / "pingshi" / "receipts_ed25519.pub").read_text(encoding="utf-8").strip()


def office(trust: str, keys: Mapping[str, Path], server_key: str | None = None) -> Office:
    """Return the roster and the scheme that everything begins with."""
    made = Office(staff=" ".join(STAFF))
    listed = f'["{server_key}"]' if server_key else "[]"
    made.write("unit.yml", f"{made.texts['unit.yml']}trust: {{level: {trust}, server_keys: {listed}}}\n")
    for it in PEOPLE:
        key = f'"{keys[it].with_suffix(".pub").read_text(encoding="utf-8").strip()}"' if it in keys else ""
        accounts = f", accounts: [{ACCOUNTS[it]}]" if it in ACCOUNTS else ""
        git = f"{{emails: [{it}@u.example], keys: [{key}]{accounts}}}"
        made.person(it, leader=str(it in LEADERS).lower(), git=git)
    return made


def page(forge: str, folder: Path, trust: str, keys: Mapping[str, Path]) -> Path:
    """Let the office generate what a kind of server needs, as of `NOW`; return the page for the IT colleague."""
    root = save(office(trust, keys), folder)
    done = pingshi("init", "--forge", forge, "--on", NOW[:10], repo=root)
    assert done.status == 0, done.err
    return root / "forge" / "README.md"


def blocks(path: Path, section: str) -> list[list[str]]:
    """Return a section's blocks of commands; the section is named by what links lead to."""
    text = path.read_text(encoding="utf-8")
    _, _, rest = text.partition(f"{{ #{section} }}\n")
    inside = re.split(r"^## ", rest, maxsplit=1, flags=re.MULTILINE)[0]
    found = re.findall(r"^ *\n((?:^ {4,}\S.*\n)+)", inside, re.MULTILINE)
    return [[line.strip() for line in block.splitlines()] for block in found]
