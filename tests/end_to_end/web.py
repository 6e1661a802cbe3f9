"""git's own web server, `git http-backend`, behind a web server that asks for a name and a password.

A bureau would put nginx or Apache before it; what reaches the hooks is the same: `REMOTE_USER`.
"""

from __future__ import annotations

import base64
import subprocess
import threading
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

from command import environment
from end_to_end.hosting import NOW

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PATIENCE = 60
_LONGEST = 16 * 1024 * 1024


def password_of(account: str) -> str:
    """Return somebody's password."""
    return f"the-word-of-{account}"


class _Gateway(BaseHTTPRequestHandler):
    """Hands each request to the program, as the Common Gateway Interface says (RFC 3875)."""

    timeout = _PATIENCE

    def __init__(self, *arguments: object, program: Path, folder: Path, accounts: frozenset[str]) -> None:
        self._program = program
        self._folder = folder
        self._accounts = accounts
        super().__init__(*arguments)  # type: ignore[arg-type]  # the server's own three arguments, handed through

    def do_GET(self) -> None:
        """Answer what a fetch or push begins with."""
        self._answer(b"")

    def do_POST(self) -> None:
        """Take what is sent."""
        self._answer(self._body())

    def _account(self) -> str | None:
        kind, _, said = (self.headers.get("Authorization") or "").partition(" ")
        if kind != "Basic":
            return None
        name, _, password = base64.b64decode(said).decode().partition(":")
        return name if name in self._accounts and password == password_of(name) else None

    def _body(self) -> bytes:
        """Read what is sent; git sends in chunks only what is larger than anything that the tests push."""
        assert "Transfer-Encoding" not in self.headers
        length = int(self.headers.get("Content-Length") or 0)
        assert length <= _LONGEST
        return self.rfile.read(length)

    def _answer(self, body: bytes) -> None:
        account = self._account()
        if account is None:
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="git"')
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        done = subprocess.run(
            [str(self._program)],
            input=body,
            env=self._variables(account, len(body)),
            check=True,
            capture_output=True,
            timeout=_PATIENCE,
        )
        head, _, content = done.stdout.partition(b"\r\n\r\n")
        headers = [it.partition(": ") for it in head.decode().splitlines()]
        status = next((value for name, _, value in headers if name == "Status"), "200 OK")
        self.send_response(int(status.split()[0]))
        for name, _, value in headers:
            if name != "Status":
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _variables(self, account: str, length: int) -> dict[str, str]:
        path, _, query = self.path.partition("?")
        sent = {
            "CONTENT_TYPE": self.headers.get("Content-Type"),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding"),
            "GIT_PROTOCOL": self.headers.get("Git-Protocol"),
        }
        return environment(
            GIT_PROJECT_ROOT=str(self._folder),
            GIT_HTTP_EXPORT_ALL="",
            PATH_INFO=path,
            QUERY_STRING=query,
            REQUEST_METHOD=self.command,
            CONTENT_LENGTH=str(length),
            REMOTE_ADDR="127.0.0.1",
            REMOTE_USER=account,
            PINGSHI_CLOCK=NOW,
            **{name: value for name, value in sent.items() if value},
        )

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the name is the base class's
        """Say nothing."""


@contextmanager
def served(program: Path, folder: Path, accounts: frozenset[str]) -> Iterator[int]:
    """Serve the repositories of a folder on this machine alone; yield the port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Gateway, program=program, folder=folder, accounts=accounts))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join(_PATIENCE)
