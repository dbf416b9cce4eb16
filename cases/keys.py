"""The master key of the house, and the keys derived from it: one for each use, so that no key does two things.

HKDF-SHA256 (RFC 5869) derives; AES-256-GCM (NIST SP 800-38D) encrypts, bound to where the value stands; HMAC-SHA256 finds.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
import uuid
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from config.errors import VaultError

NONCE, LENGTH = 12, 32
VARIABLE = "INZAGE_MASTER_KEY"
_REMEDY = f"Set {VARIABLE} to {LENGTH} random bytes in base64, as `openssl rand -base64 {LENGTH}` prints them"


class MasterKey:
    """Thirty-two bytes from which every other key follows; shows nothing of itself."""

    __slots__ = ("_derived", "_secret")

    def __init__(self, secret: bytes) -> None:
        if len(secret) != LENGTH:
            raise VaultError("master key", f"has {len(secret)} bytes where {LENGTH} are needed", _REMEDY)
        self._secret = secret
        self._derived: dict[str, bytes] = {}

    def __repr__(self) -> str:
        return "<MasterKey>"

    def __reduce__(self) -> str:
        raise TypeError("a master key is not written anywhere")  # pickle, copy and Prefect's results would

    @classmethod
    def find(cls, home: Path) -> MasterKey:
        """The key from INZAGE_MASTER_KEY (base64), else from `home/master.key`, which is made on first use for its owner only."""
        if VARIABLE in os.environ:
            return cls(_from_base64(os.environ[VARIABLE]))
        path = home / "master.key"
        _make_once(path)
        if path.stat().st_mode & 0o077:
            raise VaultError("master key", "its file can be read by others than its owner", "Give it mode 0600, and consider it known")
        return cls(_from_base64(path.read_bytes().decode("ascii", "replace").strip()))

    def derive(self, use: str) -> bytes:
        """Thirty-two bytes for one use, always the same."""
        if use not in self._derived:
            self._derived[use] = HKDF(hashes.SHA256(), LENGTH, None, f"inzage/{use}".encode()).derive(self._secret)
        return self._derived[use]

    def seal(self, use: str, data: bytes, place: str) -> bytes:
        """`data` encrypted for one use, readable only at `place` (table, column and row)."""
        nonce, sealed = seal(self.derive(use), data, place)
        return nonce + sealed

    def open(self, use: str, sealed: bytes, place: str) -> bytes:
        """What `seal` was given; VaultError where it was changed, moved, or sealed under another key."""
        return unseal(self.derive(use), sealed, place)

    def mark(self, use: str, data: bytes) -> str:
        """A keyed hash (hex), by which a value is found without being stored."""
        return hmac.new(self.derive(use), data, hashlib.sha256).hexdigest()


def seal(key: bytes, data: bytes, place: str) -> tuple[bytes, bytes]:
    """A fresh nonce, and `data` under AES-256-GCM bound to `place`; apart, so that a large artefact is not copied to join them."""
    nonce = os.urandom(NONCE)
    return nonce, AESGCM(key).encrypt(nonce, data, place.encode())


def unseal(key: bytes, sealed: bytes | memoryview, place: str) -> bytes:
    """What `seal` was given, nonce first; VaultError where anything about it is not as it was."""
    view = memoryview(sealed)
    try:
        return AESGCM(key).decrypt(bytes(view[:NONCE]), view[NONCE:], place.encode())
    except (InvalidTag, ValueError):
        raise VaultError(place, "does not open with this key, or was changed", "Check the master key; restore it from a backup") from None


def _make_once(path: Path) -> None:
    """Make the key file whole and at once: of two processes that start together, one makes it and both read that one."""
    if path.exists():
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{uuid.uuid4().hex}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(base64.b64encode(os.urandom(LENGTH)))
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()


def _from_base64(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise VaultError("master key", "is not base64", _REMEDY) from None
