"""The master key of the house, and the keys derived from it: one for each use, so that no key does two things.

HKDF-SHA256 (RFC 5869) derives; AES-256-GCM (NIST SP 800-38D) encrypts, bound to where the value stands; HMAC-SHA256 finds.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from config.errors import VaultError

NONCE, LENGTH = 12, 32
VARIABLE = "INZAGE_MASTER_KEY"


class MasterKey:
    """Thirty-two bytes from which every other key follows; shows nothing of itself."""

    def __init__(self, secret: bytes) -> None:
        if len(secret) != LENGTH:
            raise VaultError(
                "master key", f"has {len(secret)} bytes where {LENGTH} are needed", f"Set {VARIABLE} to {LENGTH} bytes in base64"
            )
        self._secret = secret

    def __repr__(self) -> str:
        return "<MasterKey>"

    @classmethod
    def find(cls, home: Path) -> MasterKey:
        """The key from INZAGE_MASTER_KEY (base64), else from `home/master.key`, which is made on first use for its owner only."""
        if VARIABLE in os.environ:
            return cls(_from_base64(os.environ[VARIABLE]))
        path = home / "master.key"
        _make_once(path)
        return cls(_from_base64(path.read_text(encoding="ascii")))

    def derive(self, use: str) -> bytes:
        """Thirty-two bytes for one use, always the same."""
        return HKDF(hashes.SHA256(), LENGTH, None, f"inzage/{use}".encode()).derive(self._secret)

    def seal(self, use: str, data: bytes, place: str) -> bytes:
        """`data` encrypted for one use, readable only at `place`."""
        return seal(self.derive(use), data, place)

    def open(self, use: str, sealed: bytes, place: str) -> bytes:
        """What `seal` was given; VaultError where it was changed, moved, or sealed under another key."""
        return unseal(self.derive(use), sealed, place)

    def mark(self, use: str, data: bytes) -> str:
        """A keyed hash (hex), by which a value is found without being stored."""
        return hmac.new(self.derive(use), data, hashlib.sha256).hexdigest()


def seal(key: bytes, data: bytes, place: str) -> bytes:
    """`data` under AES-256-GCM with a fresh nonce before it, bound to `place`."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, data, place.encode())


def unseal(key: bytes, sealed: bytes, place: str) -> bytes:
    """What `seal` was given; VaultError where anything about it is not as it was."""
    try:
        return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], place.encode())
    except (InvalidTag, ValueError):
        raise VaultError(place, "does not open with this key, or was changed", "Check the master key; restore it from a backup") from None


def _make_once(path: Path) -> None:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "wb") as file:
        file.write(base64.b64encode(os.urandom(LENGTH)))


def _from_base64(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise VaultError("master key", "is not base64", f"Set {VARIABLE} to {LENGTH} bytes in base64") from None
