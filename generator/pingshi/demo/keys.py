"""The demonstration's signing keys: everybody can make them from names alone, so they prove nothing at all.

That is what they are for: whoever makes the demonstration again gets the same signatures, and so the same commits. A
private key's seed is a digest of its owner's name; the public key that belongs to it stands in the samples' rosters.
"""

from __future__ import annotations

import base64
import hashlib
import struct

_KIND = b"ssh-ed25519"
_MAGIC = b"openssh-key-v1\0"
_BLOCK, _LINE = 8, 70


def seed_of(owner: str) -> bytes:
    """Return the 32 bytes that an owner's private key is made of; owners are `approval/sun-lijuan`, or `server`."""
    return hashlib.sha256(f"pingshi demo {owner}".encode()).digest()


def private_key(owner: str, public: str) -> str:
    """Return the text of an OpenSSH private key file for an owner, whose public key (`ssh-ed25519 AAAA…`) is known.

    ValueError where that is no key of this kind. Whether it is this owner's is not looked at: a key that is not makes
    signatures that nobody takes for good.
    """
    words = public.split()
    blob = base64.b64decode(words[1], validate=True) if len(words) > 1 else b""
    if not blob.startswith(_string(_KIND)) or len(blob) != len(_string(_KIND) + _string(bytes(32))):
        message = f"not an Ed25519 key: {public}"
        raise ValueError(message)
    point = blob[-32:]
    check = hashlib.sha256(blob).digest()[:4]  # any number, twice: by it a decrypted key is known to be one
    secret = check * 2 + blob + _string(seed_of(owner) + point) + _string(owner.encode())
    secret += bytes(range(1, 1 + -len(secret) % _BLOCK))
    whole = _MAGIC + _string(b"none") * 2 + _string(b"") + struct.pack(">I", 1) + _string(blob) + _string(secret)
    text = base64.b64encode(whole).decode()
    lines = [text[start : start + _LINE] for start in range(0, len(text), _LINE)]
    return "\n".join(["-----BEGIN OPENSSH PRIVATE KEY-----", *lines, "-----END OPENSSH PRIVATE KEY-----", ""])


def _string(data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + data
