"""Servers of each kind, each begun once with the office's first commit on main, and people with clones of their own.

Everything listens on this machine alone, is stopped when the tests end, and leaves nothing behind.
"""

# ruff: noqa: E402 -- the modules are imported once pytest knows that their assertions are to be explained, too

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

pytest.register_assert_rewrite(
    *(f"end_to_end.{it}" for it in ("colleagues", "gitolite", "hosting", "remote", "sshd", "table"))
)

from end_to_end import gitolite, web
from end_to_end.colleagues import Colleague, Desks
from end_to_end.hosting import NOW, PEOPLE, SUMMARIES, Host, account_of, blocks, equip, make_keys, office, page
from end_to_end.programs import needed
from end_to_end.sshd import listening
from telling import SUMMARY

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def _files(folder: Path) -> Iterator[Host]:
    """Let everybody in on the server's own disk, where nobody is asked for a name."""
    server = folder / "records.git"
    yield Host(server, "receipts", None, lambda _: f"file://{server}", lambda _: {"PINGSHI_CLOCK": NOW})


@contextmanager
def _accounts(folder: Path) -> Iterator[Host]:
    """Let everybody in on the server's own disk, past something else that has asked for their names."""
    server = folder / "records.git"

    def login(account: str) -> dict[str, str]:
        return {"PINGSHI_CLOCK": NOW, "REMOTE_USER": account}

    guide = page("plain", folder / "office", "receipts", {})
    yield Host(server, "receipts", "REMOTE_USER", lambda _: f"file://{server}", login, guide=guide)


@contextmanager
def _web(folder: Path) -> Iterator[Host]:
    program, _ = needed("git-http-backend", "ssh-keygen")
    keys = make_keys(folder / "keys")
    accounts = frozenset(account_of(it) for it in PEOPLE)
    repositories = folder / "repositories"
    repositories.mkdir()
    with web.served(program, repositories, accounts) as port:

        def url(account: str) -> str:
            return f"http://{account}:{web.password_of(account)}@127.0.0.1:{port}/records.git"

        guide = page("plain", folder / "office", "signatures", keys)
        yield Host(repositories / "records.git", "signatures", "REMOTE_USER", url, keys=keys, guide=guide)


@contextmanager
def _shell(folder: Path) -> Iterator[Host]:
    sshd, *_ = needed("sshd", "git-shell", "ssh", "ssh-keygen")
    keys = make_keys(folder / "keys")
    home = folder / "home"
    (home / ".ssh").mkdir(parents=True)
    guide = page("plain", folder / "office", "signatures", keys)
    line = next(it for (it, *_) in blocks(guide, "who") if "authorized_keys" not in it and "GL_USER=wang-fang " in it)
    rest, _, _ = line.partition(" ssh-ed25519 ")
    lines = [
        f"{rest.replace('wang-fang', account_of(it))} {Path(f'{key}.pub').read_text(encoding='utf-8')}"
        for it, key in keys.items()
    ]
    (home / ".ssh" / "authorized_keys").write_text("".join(lines), encoding="utf-8")
    server = home / "records.git"
    with listening(sshd, folder, home, {account_of(it): key for it, key in keys.items()}) as door:
        yield Host(server, "signatures", "GL_USER", lambda _: door.url(server), door.login, keys, guide)


@contextmanager
def _gitolite(folder: Path) -> Iterator[Host]:
    sshd, *_ = needed("sshd", "gitolite", "ssh", "ssh-keygen")
    keys = make_keys(folder / "keys", (*PEOPLE, *gitolite.OTHERS))
    guide = page("gitolite", folder / "office", "signatures", keys)
    with gitolite.running(sshd, folder, keys, guide) as door:
        server = folder / "home" / "repositories" / "records.git"
        yield Host(server, "signatures", "GL_USER", lambda _: door.url("records"), door.login, keys, guide)


_KINDS = {"files": _files, "accounts": _accounts, "web": _web, "shell": _shell, "gitolite": _gitolite}


@pytest.fixture(scope="class")
def host(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """Return a server of the test class's `kind`, which the office has begun to use.

    `files`: a folder that everybody may write to; `accounts`: the same, and something has asked for a name; `web`: `git
    http-backend` behind a web server with passwords; `shell`: OpenSSH and `git-shell`, a key for everybody; `gitolite`:
    gitolite3 behind OpenSSH.
    """
    folder = tmp_path_factory.mktemp("server")
    with _KINDS[request.cls.kind](folder) as made:
        files = office(made.trust, made.keys, equip(made.server)).files
        clerk = Colleague("qian-wei", folder / "desks", made).desk()
        clerk.git("switch", "-q", "-c", "main")
        told = clerk.writes({f"/{path}": (data or b"").decode() for path, data in files.items()}, "启用").pushes("main")
        assert told.says == "已登记第 1 号回执，时间 2026-03-30 09:00", told.all
        yield made


@pytest.fixture(scope="class")
def desks(host: Host, tmp_path_factory: pytest.TempPathFactory) -> Desks:
    """Return who sits where: `desks("liu-yang")` is that person with a clone of their own, the same in all tests."""
    return Desks(tmp_path_factory.mktemp("desks"), host)


@pytest.fixture(scope="class")
def waiting(desks: Desks) -> str:
    """Return the branch of a summary that still waits for its approval."""
    told = desks("sun-qi").submits("2026-q1", {SUMMARIES["sun-qi"]: SUMMARY})
    assert told.accepted, told.all
    return "submit/sun-qi/2026-q1"
