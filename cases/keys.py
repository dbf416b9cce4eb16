"""The master key of the house, and the keys derived from it: one for each use, so that no key does two things.

HKDF-SHA256 (RFC 5869) derives; AES-256-GCM (NIST SP 800-38D) encrypts, bound to where the value stands; HMAC-SHA256 finds.

A key that took the place of an older one knows it (see `cases.rotation`): what is hashed goes through the older ones first, so that
a hash made before can be brought under the new key without the value, which nobody kept.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
import uuid
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from config.errors import VaultError

NONCE, LENGTH = 12, 32
VARIABLE = "INZAGE_MASTER_KEY"
FILE = "master.key"
_REMEDY = f"Set {VARIABLE} to {LENGTH} random bytes in base64, as `openssl rand -base64 {LENGTH}` prints them"


@dataclass(frozen=True, slots=True)
class Older:
    """A key that another took the place of, and the last entry of the audit trail that it sealed."""

    key: MasterKey
    until: int


class MasterKey:
    """Thirty-two bytes from which every other key follows; shows nothing of itself."""

    __slots__ = ("_derived", "_older", "_secret")

    def __init__(self, secret: bytes) -> None:
        if len(secret) != LENGTH:
            raise VaultError("master key", f"has {len(secret)} bytes where {LENGTH} are needed", _REMEDY)
        self._secret = secret
        self._derived: dict[str, bytes] = {}
        self._older: tuple[Older, ...] = ()

    def __repr__(self) -> str:
        return "<MasterKey>"

    def __reduce__(self) -> str:
        raise TypeError("a master key is not written anywhere")  # pickle, copy and Prefect's results would

    @classmethod
    def find(cls, home: Path) -> MasterKey:
        """The key from INZAGE_MASTER_KEY (base64), else from `home/master.key`, which is made on first use for its owner only."""
        if VARIABLE in os.environ:
            return cls.read(os.environ[VARIABLE])
        return cls.read(secret_file(home / FILE, "master key"))

    @classmethod
    def read(cls, text: str) -> MasterKey:
        """The key that stands as base64 in `text`."""
        return cls(_from_base64(text))

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
        """A keyed hash (hex), by which a value is found without being stored: by the oldest key first, each next over the one before."""
        for older in self._older:
            data = older.key.mark_alone(use, data).encode()
        return self.mark_alone(use, data)

    def mark_alone(self, use: str, data: bytes) -> str:
        """A keyed hash (hex) by this key without those before it."""
        return hmac.new(self.derive(use), data, hashlib.sha256).hexdigest()

    # Where this key took the place of another.

    @property
    def older(self) -> tuple[Older, ...]:
        """The keys that this one took the place of, the oldest first."""
        return self._older

    def know(self, older: Sequence[Older]) -> None:
        """Learn which keys went before."""
        self._older = tuple(older)

    def of_entry(self, sequence: int) -> MasterKey:
        """The key that sealed this entry of the audit trail."""
        return next((older.key for older in self._older if sequence <= older.until), self)

    def wrap(self, older: MasterKey, place: str) -> bytes:
        """An older key, sealed under this one."""
        return self.seal("older", older._secret, place)

    def unwrap(self, wrapped: bytes, place: str) -> MasterKey:
        """What `wrap` was given."""
        return MasterKey(self.open("older", wrapped, place))


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


def secret_file(path: Path, what: str, before: str = "") -> str:
    """The text of a file: `before` and random bytes in base64, made on first use for its owner only.

    Raises VaultError where others can read it.
    """
    make_once(path, before.encode() + base64.b64encode(os.urandom(LENGTH)))
    if path.stat().st_mode & 0o077:
        raise VaultError(what, "its file can be read by others than its owner", "Give it mode 0600, and consider it known")
    return path.read_bytes().decode("ascii", "replace").strip()


def make_once(path: Path, content: bytes) -> None:
    """Make a key file whole and at once: of two processes that start together, one makes it and both read that one."""
    if path.exists():
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{uuid.uuid4().hex}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
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
