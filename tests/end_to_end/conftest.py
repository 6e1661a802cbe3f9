"""Servers of each kind, each made once with the office's first commit on main, and people with clones of their own."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from end_to_end import gitolite, web
from end_to_end.colleagues import Colleague
from end_to_end.hosting import NOW, PEOPLE, Host, account_of, equip, make_keys, office
from end_to_end.programs import needed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

Desks = "Callable[[str], Colleague]"
KINDS = ("files", "files with accounts", "web", "gitolite")


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

    yield Host(server, "receipts", "REMOTE_USER", lambda _: f"file://{server}", login)


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

        yield Host(repositories / "records.git", "signatures", "REMOTE_USER", url, keys=keys)


@contextmanager
def _gitolite(folder: Path) -> Iterator[Host]:
    sshd, *_ = needed("sshd", "gitolite", "ssh", "ssh-keygen")
    with gitolite.running(sshd, folder, PEOPLE) as running:
        server = running.home / "repositories" / "records.git"
        yield Host(server, "signatures", "GL_USER", lambda _: running.url("records"), running.login, running.keys)


_KINDS = dict(zip(KINDS, (_files, _accounts, _web, _gitolite), strict=True))


@pytest.fixture(scope="session", params=KINDS)
def host(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """Return a server that the office has begun to use."""
    folder = tmp_path_factory.mktemp("server")
    with _KINDS[request.param](folder) as made:
        key = equip(made.server)
        files = office(made.trust, key, made.keys).files
        clerk = Colleague("qian-wei", folder / "desks", made).desk()
        clerk.git("switch", "-q", "-c", "main")
        told = clerk.writes({f"/{path}": (data or b"").decode() for path, data in files.items()}, "启用").pushes("main")
        assert told.says == "已登记第 1 号回执，时间 2026-03-30 09:00", told.all
        yield made


@pytest.fixture
def at_desk(host: Host, tmp_path: Path) -> Callable[..., Colleague]:
    """Return somebody with a clone of their own, new in each test."""
    return lambda person, account=None: Colleague(person, tmp_path, host, account).desk()


@pytest.fixture(scope="session")
def desks(host: Host, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Colleague]:
    folder = tmp_path_factory.mktemp("desks")
    return lambda person, account=None: Colleague(person, folder, host, account).desk()
