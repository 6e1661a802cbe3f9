"""Whose key counted from when to when, by the roster's own history: for `allowed_signers` (ssh-keygen(1))."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pingshi.layout import Location
from pingshi.records import Person, Unit
from pingshi.source import load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from pingshi.appeal.past import Past

#: The principal under which the server's keys stand. No person's id has a capital letter.
SERVER = "SERVER"
_HEAD = """\
# 谁的签名公钥从什么时候起、到什么时候止算数：按单位资料、人员资料的历史（每次修改合并到 main 的时间）导出。
# 格式见 ssh-keygen(1) 的 ALLOWED SIGNERS。时间是世界时（UTC），要在 TZ=UTC 下使用。
# 没有 valid-after 的，是启用时就登记的；没有 valid-before 的，导出时仍然有效。
"""


@dataclass(frozen=True, slots=True)
class Signer:
    """A key and whose it is. `since`: None where the first roster listed it; `until`: None where it still counts."""

    principal: str
    key: str
    since: int | None
    until: int | None

    def as_line(self) -> str:
        """Return its line of `allowed_signers`, with a line end."""
        options = ['namespaces="git"']
        options += [f'valid-after="{_stamp(self.since)}"'] if self.since is not None else []
        options += [f'valid-before="{_stamp(self.until)}"'] if self.until is not None else []
        return f"{self.principal} {','.join(options)} {self.key}\n"


def _stamp(time: int) -> str:
    """Return a time as ssh-keygen reads it. Without a zone: those before OpenSSH 9.1 know none."""
    return datetime.fromtimestamp(time, UTC).strftime("%Y%m%d%H%M%S")


def signers(
    past: Past, people: Mapping[str, tuple[str, str]], read: Callable[[str], bytes], when: Callable[[str], int]
) -> list[Signer]:
    """Return the keys of people and of the server, in the order in which they came to the roster.

    Args:
        past: the history.
        people: unit and person of each principal asked for.
        read: gives what a blob holds.
        when: tells when one of main's own commits came to main.

    """
    files = {Location(unit, "people", None, person).path: principal for principal, (unit, person) in people.items()}
    found: list[Signer] = []
    listed: dict[str, dict[str, int | None]] = {}
    for step in past.main:
        for change in past.commits[step].changes:
            principal = files.get(change.path, SERVER if _is_unit(change.path) else None)
            if principal is None:
                continue
            keys = _keys(change.path, read(change.after)) if change.after is not None else ()
            before = listed.setdefault(change.path, {})
            since = None if step == past.main[0] else when(step)
            gone = [it for it in before if it not in keys]
            found += [Signer(principal, key, before.pop(key), since) for key in gone]
            for key in keys:
                before.setdefault(key, since)
    for path, keys_of_file in listed.items():
        found += [Signer(files.get(path, SERVER), key, since, None) for key, since in keys_of_file.items()]
    return sorted(set(found), key=lambda it: (it.principal, it.since or 0, it.until or 0, it.key))


def as_file(found: Iterable[Signer]) -> bytes:
    """Return the whole `allowed_signers`."""
    return (_HEAD + "".join(it.as_line() for it in found)).encode()


def _is_unit(path: str) -> bool:
    parts = path.split("/")
    return Location(parts[1], "unit").path == path if len(parts) > 1 else False


def _keys(path: str, data: bytes) -> tuple[str, ...]:
    """Return the keys that a roster's file lists, without comments; none where it can't be read."""
    listed: tuple[str, ...] = ()
    if _is_unit(path):
        unit, _ = load(path, data, Unit)
        listed = unit.trust.server_keys if unit is not None and unit.trust is not None else ()
    else:
        person, _ = load(path, data, Person)
        listed = person.git.keys if person is not None and person.git is not None else ()
    words = [it.split() for it in listed]
    return tuple(dict.fromkeys(f"{it[0]} {it[1]}" for it in words if len(it) > 1))
