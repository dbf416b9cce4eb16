"""The vault: every artefact of a request, encrypted with the request's own key; without that key it is gone, backups too.

A file holds `INZAGE1`, a nonce, and AES-256-GCM ciphertext bound to request, name and version. Each version is a file of its own,
and the register says which one counts: a write that breaks off leaves what was there, and nothing can be swapped, cut, or put back.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import uuid
from contextlib import suppress
from pathlib import Path
from typing import Any

import fsspec

from cases.keys import seal, unseal
from cases.register import Register
from config.errors import AuditError, VaultError
from config.request import Status

FRAME = b"INZAGE1"
"""What an artefact begins with: the version of how it is encrypted."""

MOST_BYTES = 2**31 - 64
"""The largest artefact: what one call of AES-GCM takes."""

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]*(/[a-z0-9][a-z0-9._-]*)*", re.IGNORECASE)
"""Upper case too, for sources may have it; on disk it cannot clash, for a version is in every file's name."""

_FOLDERLESS = frozenset({"s3", "s3a", "gs", "gcs", "abfs", "az"})
"""Places where a folder is no thing of its own, and need not be made."""

_OTHERS = (("botocore.exceptions", "BotoCoreError"), ("botocore.exceptions", "ClientError"), ("aiohttp", "ClientError"))

_LONGEST_NAME = 200
_LOOKS = 20
"""How often an artefact that is replaced while we read it is looked up again."""


class Vault:
    """A folder at any place that fsspec reaches (`file://`, `s3://`, `abfs://`), a subfolder a request."""

    def __init__(self, url: str, register: Register) -> None:
        self._files, self._root = fsspec.core.url_to_fs(url, use_listings_cache=False)  # other machines write there too
        self._register = register

    def __repr__(self) -> str:
        return "<Vault>"

    def put(self, number: str, name: str, data: bytes, actor: str = "inzage") -> str:
        """Keep `data` under a name, in place of what it held; gives the reference. Whole, or not at all.

        Raises VaultError where it cannot be stored, and then what was there before still is.
        """
        version = uuid.uuid4().hex
        path = self._path(number, name, version)
        if len(data) > MOST_BYTES:
            raise VaultError(_reference(number, name), "is larger than two gibibytes", "Split it")
        nonce, sealed = seal(self._register.data_key(number), data, _place(number, name, version))
        try:
            self._write(path, FRAME + nonce, sealed)
            before = self._register.keep(number, name, version, len(data), actor)
        except _trouble() as error:
            self._drop(path)
            remedy = "See that the vault can be reached and has room"
            raise VaultError(_reference(number, name), f"could not be stored ({_why(error)})", remedy) from None
        except (VaultError, AuditError):  # purged meanwhile, or no trail: any other failure may still have kept it, so the file stays
            self._drop(path)
            raise
        if before:
            self._drop(self._path(number, name, before))
        return _reference(number, name)

    def get(self, number: str, name: str) -> bytes:
        """What is kept under a name; VaultError where there is nothing, or not what was put there."""
        for _ in range(_LOOKS):
            version = self._version(number, name)
            with suppress(FileNotFoundError):
                return self._open(number, name, version)
            if version == self._register.kept(number, name):
                break
        raise VaultError(_reference(number, name), "is gone from the vault", "Restore it from a backup")

    def exists(self, number: str, name: str) -> bool:
        """Whether something is kept under this name."""
        _check(number, name)
        return self._register.kept(number, name) is not None

    def names(self, number: str) -> tuple[str, ...]:
        """Every name of this request, sorted."""
        return tuple(sorted(self._register.versions(number)))

    def check_ready(self) -> None:
        """Raise VaultError where nothing can be stored: writes a few bytes beside the requests, reads and removes them."""
        path, data = f"{self._root}/.ready/{uuid.uuid4().hex}", os.urandom(16)
        try:
            self._write(path, data)
            back = self._files.cat_file(path)
            self._files.rm_file(path)
        except _trouble() as error:
            self._drop(path)
            raise VaultError("vault", f"takes nothing ({_why(error)})", "See that it can be reached and has room") from None
        if back != data:
            raise VaultError("vault", "gives back something else than was stored", "See what stands between us and its storage")

    def room(self) -> int | None:
        """How many bytes are free where it lies; None where that is not a disk of this machine."""
        place = Path(self._root)
        if not _local(self._files):
            return None
        while not place.exists():
            place = place.parent
        return shutil.disk_usage(place).free

    def destroy(self, number: str, actor: str = "inzage") -> tuple[int, int, str]:
        """Destroy the key of a request, then its files: nothing brings them back. A crash in between is taken up by calling again.

        Gives how many files there were, the audit entry that certifies it, and what the request had ended as. Raises RequestError
        where an answer is still owed.
        """
        if self._register.get(number).status is not Status.PURGED:
            self._register.forget(number, actor)
        folder = f"{self._root}/{number}"
        try:
            files = len(self._files.find(folder)) if self._files.exists(folder) else 0
            if files:
                self._files.rm(folder, recursive=True)
        except _trouble() as error:
            raise VaultError(number, f"has its key destroyed, but not its files ({_why(error)})", "Run the purge again") from None
        return files, *self._register.certify(number, actor, files)

    def _version(self, number: str, name: str) -> str:
        _check(number, name)
        version = self._register.kept(number, name)
        if version is None:
            raise VaultError(_reference(number, name), "is not there", f"Run the request again: inzage request run {number}")
        return version

    def _open(self, number: str, name: str, version: str) -> bytes:
        try:
            sealed: bytes = self._files.cat_file(self._path(number, name, version))
        except FileNotFoundError:
            raise
        except _trouble() as error:
            raise VaultError(_reference(number, name), f"could not be read ({_why(error)})", "See that the vault can be reached") from None
        if not sealed.startswith(FRAME):
            raise VaultError(_reference(number, name), "is no artefact of this vault, or was changed", "Restore it from a backup")
        return unseal(self._register.data_key(number), memoryview(sealed)[len(FRAME) :], _place(number, name, version))

    def _write(self, path: str, *parts: bytes) -> None:
        """Write a file, and on a disk of our own see that it is really there before anything counts on it."""
        folder = path.rsplit("/", 1)[0]
        if not _protocols(self._files) & _FOLDERLESS:
            self._files.makedirs(folder, exist_ok=True)
        with self._files.open(path, "wb") as file:
            for part in parts:
                file.write(part)
            if _local(self._files):
                file.flush()
                os.fsync(file.fileno())
        if _local(self._files):
            _sync_folder(folder)

    def _drop(self, path: str) -> None:
        """Remove a file that counts no more; one that stays behind is noise that cannot be read once the key is gone."""
        with suppress(*_trouble()):
            self._files.rm_file(path)

    def _path(self, number: str, name: str, version: str) -> str:
        _check(number, name)
        return f"{self._root}/{number}/{name}@{version}"


def _check(number: str, name: str) -> None:
    if not _NAME.fullmatch(name) or not _NAME.fullmatch(number) or "/" in number or len(name) > _LONGEST_NAME:
        raise VaultError("vault", "an artefact's name may hold letters, digits, dots, dashes and slashes only", "Report this run")


def _reference(number: str, name: str) -> str:
    return f"vault:{number}/{name}"


def _place(number: str, name: str, version: str) -> str:
    """What the ciphertext is bound to: moved, renamed or put back, it does not open."""
    return f"vault:{number}/{name}@{version}"


def _why(error: Exception) -> str:
    """What the system says, without the path: `No space left on device`."""
    return getattr(error, "strerror", None) or type(error).__name__


def _local(files: Any) -> bool:
    return "file" in _protocols(files)


def _protocols(files: Any) -> frozenset[str]:
    return frozenset((files.protocol,) if isinstance(files.protocol, str) else files.protocol)


def _trouble() -> tuple[type[Exception], ...]:
    """What a place throws that is away, full or forbidden: OSError, and what the clients of object stores throw besides, once loaded."""
    loaded = ((sys.modules.get(module), name) for module, name in _OTHERS)
    return (OSError, *(getattr(module, name) for module, name in loaded if module is not None))


def _sync_folder(folder: str) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
