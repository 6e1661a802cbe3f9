"""A forge as far as our scripts talk to it: an API on loopback that notes what it was sent.

with FakeForge({"GET /api/v1/x": (200, [])}) as forge:
    ...
forge.calls  # [("GET", "/api/v1/x", headers, body)]
"""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Self


@dataclass(frozen=True)
class Call:
    """A request: the path with its query, and the body as text."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: str

    @property
    def named(self) -> str:
        """Method and path."""
        return f"{self.method} {self.path}"

    @property
    def json(self) -> Any:
        """The body, which must be JSON."""
        return json.loads(self.body)


class FakeForge:
    """Answers by method and path with a status and a document; whatever it isn't told of is fine and empty."""

    def __init__(self, answers: Mapping[str, tuple[int, Any]] | None = None) -> None:
        self.answers = dict(answers or {})
        self.calls: list[Call] = []
        forge = self

        class Handler(BaseHTTPRequestHandler):
            """Notes every request in the forge."""

            protocol_version = "HTTP/1.1"

            def _answer(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
                call = Call(self.command, self.path, dict(self.headers), body)
                forge.calls.append(call)
                status, document = forge.answers.get(call.named, (200, {}))
                data = json.dumps(document).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _answer  # noqa: N815 -- the names that http.server calls

            def log_message(self, *_: Any) -> None:
                """Keep the tests' output clean."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def named(self, *methods: str) -> list[str]:
        """Return method and path of the calls, of these methods only."""
        return [it.named for it in self.calls if it.method in methods]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
