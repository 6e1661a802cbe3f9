"""A result of some files that is worth keeping, as JSON: found again while nothing that it rests on has changed."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from pingshi.evaluation.cache import Cache, digest_of, folder, program

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pingshi.files import Blob


def remembered(
    what: str,
    blobs: Sequence[Blob],
    find: Callable[[], Any],
    *,
    several: bool,
    cache: Cache | None = None,
    upon: bytes = b"",
) -> Any:
    """Return what `find` makes of these files, from memory where it is known.

    `what` tells one result of the same files from another; `upon` is the digest of files that it rests on besides, for
    several results that share them. The result must rest on the files alone, and be plain JSON
    (no tuples, only texts as keys), so that it is the same from memory.
    """
    memory = Cache(folder()) if cache is None else cache
    key = key_of(what, blobs, several=several, upon=upon)
    known = memory.get(key)
    if known is not None:
        return known
    found = find()
    memory.put(key, found)
    return found


def key_of(what: str, blobs: Sequence[Blob], *, several: bool, upon: bytes = b"") -> str:
    """Return the key of a result: the program, what it is, and every file that it rests on."""
    digest = hashlib.sha256(program() + bytes([several]) + hashlib.sha256(upon).digest())
    digest.update(f"result\0{what}\0".encode(errors="surrogateescape") + digest_of(blobs))
    return digest.hexdigest()
