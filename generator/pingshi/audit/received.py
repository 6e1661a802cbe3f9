"""What the server wrote down about the arrival of a commit."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Received:
    """When a commit arrived, in seconds since 1970, and from which account (None: not authenticated)."""

    time: int
    pusher: str | None
