"""`git http-backend` behind a web server with passwords."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from end_to_end.colleagues import listed
from end_to_end.remote import Remote

if TYPE_CHECKING:
    from end_to_end.hosting import Host

pytestmark = pytest.mark.server


class TestOverTheWeb(Remote):
    """Accounts are the web server's, told in `REMOTE_USER`."""

    kind = "web"

    def test_nobody_gets_in_without_a_password(self, host: Host) -> None:
        right = host.url("liu-yang")
        name, _, at = right.partition("@")
        for url in (f"http://{at}", f"{name}-wrong@{at}", right.replace("liu-yang:", "nobody:")):
            done = listed(url, {})
            assert (done.returncode, done.stdout) == (128, "")
        assert "refs/pingshi/receipts" in listed(right, {}).stdout
