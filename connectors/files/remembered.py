"""The text of files that were read before, encrypted and found by a keyed hash: a folder is read once, not for each request.

It lies in the cabinet that whoever runs us gives; without one nothing is kept. What is not used for a while is removed.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from connectors.exports.index import Cabinet
from connectors.files.reading import ReadFile

MADE_BY = 1
"""Counts up when files are read in another way."""

UNUSED = 40 * 86_400
"""Seconds after which a text that nobody asked for is removed."""

_FIELDS = ("name", "title", "media_type", "pages", "unreadable", "inside", "sha256")


def remembered(cabinet: Cabinet | None, data: bytes, name: str, read: Callable[[bytes, str], list[ReadFile]]) -> list[ReadFile]:
    """What `read` gives of this file, as it was kept or else now."""
    if cabinet is None:
        return read(data, name)
    mark = hmac.new(cabinet.key, f"{MADE_BY}|{name}|".encode() + hashlib.sha256(data).digest(), hashlib.sha256).hexdigest()
    place = cabinet.folder / "texts" / mark[:2] / mark
    kept = _kept(place, cabinet.key)
    if kept is None:
        kept = read(data, name)
        _keep(place, cabinet.key, kept)
    return kept


def _kept(place: Path, key: bytes) -> list[ReadFile] | None:
    try:
        sealed = place.read_bytes()
        told = orjson.loads(AESGCM(key).decrypt(sealed[:12], sealed[12:], place.name.encode()))
        os.utime(place)
    except (OSError, InvalidTag, ValueError):
        return None
    return [_file(one) for one in told]


def _file(told: dict[str, object]) -> ReadFile:
    fields = {name: tuple(told[name]) if name == "pages" else told[name] for name in _FIELDS}  # type: ignore[arg-type]  # pages are a list
    return ReadFile(data=b"", date=date.fromisoformat(str(told["date"])) if told["date"] else None, **fields)  # type: ignore[arg-type]  # as they were kept


def _keep(place: Path, key: bytes, files: list[ReadFile]) -> None:
    """Keep it if there is place; a text that cannot be kept is read again."""
    told = [{**{name: getattr(file, name) for name in _FIELDS}, "date": file.date, "sha256": file.digest} for file in files]
    nonce, draft = os.urandom(12), place.with_name(f"{place.name}.{os.urandom(4).hex()}")
    try:
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            stream.write(nonce + AESGCM(key).encrypt(nonce, orjson.dumps(told), place.name.encode()))
        draft.replace(place)
    except OSError:
        draft.unlink(missing_ok=True)


def sweep(cabinet: Cabinet | None) -> None:
    """Remove the texts that nobody asked for since UNUSED."""
    if cabinet is None or not (cabinet.folder / "texts").is_dir():
        return
    for place in (cabinet.folder / "texts").glob("*/*"):
        if place.stat().st_mtime < time.time() - UNUSED:
            place.unlink(missing_ok=True)
