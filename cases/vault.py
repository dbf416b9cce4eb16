"""The vault: every artefact of a request, encrypted with the request's own key; without that key it is gone, backups too."""

from __future__ import annotations

import re
import uuid

import fsspec

from cases.keys import seal, unseal
from cases.register import Register
from config.errors import VaultError

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]*(/[a-z0-9][a-z0-9._-]*)*", re.IGNORECASE)
FRAME = b"INZAGE1"
"""What an artefact begins with: the version of how it is encrypted."""


class Vault:
    """A folder at any place that fsspec reaches (`file://`, `s3://`, `abfs://`), a subfolder a request."""

    def __init__(self, url: str, register: Register) -> None:
        self._files, self._root = fsspec.core.url_to_fs(url)
        self._register = register

    def __repr__(self) -> str:
        return "<Vault>"

    def put(self, number: str, name: str, data: bytes) -> str:
        """Keep `data` under a name, in place of what it held; gives the reference. The file is whole or not there."""
        path = self._path(number, name)
        sealed = FRAME + seal(self._register.data_key(number), data, f"{number}/{name}")
        self._files.makedirs(path.rsplit("/", 1)[0], exist_ok=True)
        passing = f"{path}.{uuid.uuid4().hex}.part"
        with self._files.open(passing, "wb") as file:
            file.write(sealed)
        self._files.mv(passing, path)
        self._register.note(number, "vault", "artefact kept", {"name": name, "bytes": len(data)})
        return f"vault:{number}/{name}"

    def get(self, number: str, name: str) -> bytes:
        """What is kept under a name; VaultError where there is nothing, or not what was put there."""
        path = self._path(number, name)
        try:
            sealed: bytes = self._files.cat_file(path)
        except FileNotFoundError:
            raise VaultError(f"vault:{number}/{name}", "is not there", f"Run the request again: inzage request run {number}") from None
        if not sealed.startswith(FRAME):
            raise VaultError(f"vault:{number}/{name}", "is no artefact of this vault", "Restore it from a backup")
        return unseal(self._register.data_key(number), sealed[len(FRAME) :], f"{number}/{name}")

    def exists(self, number: str, name: str) -> bool:
        """Whether something is kept under this name."""
        return bool(self._files.exists(self._path(number, name)))

    def names(self, number: str) -> tuple[str, ...]:
        """Every name of this request, sorted."""
        folder = f"{self._root}/{number}"
        found = self._files.find(folder) if self._files.exists(folder) else []
        start = len(self._files._strip_protocol(folder)) + 1
        return tuple(sorted(path[start:] for path in found if not path.endswith(".part")))

    def destroy(self, number: str, actor: str) -> int:
        """Destroy the key of a request, then its files; gives how many. Nothing brings them back."""
        self._register.forget(number, actor)
        gone = self.names(number)
        if self._files.exists(f"{self._root}/{number}"):
            self._files.rm(f"{self._root}/{number}", recursive=True)
        return len(gone)

    def _path(self, number: str, name: str) -> str:
        if not _NAME.fullmatch(name) or not _NAME.fullmatch(number):
            raise VaultError("vault", "an artefact's name may hold letters, digits, dots, dashes and slashes only", "Report this run")
        return f"{self._root}/{number}/{name}"
