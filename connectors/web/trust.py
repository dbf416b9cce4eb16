"""Whom we trust when we ask over TLS, and the client certificate that shows who we are; made once for each state of the files."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from config.errors import SourceUnreadable
from config.settings import Source

_lock = threading.Lock()
"""Who comes while another makes one waits for it: twelve sources that are asked at once would each make theirs, 30 ms of CPU apiece."""


def trust(source: Source) -> ssl.SSLContext:
    """What `auth: {ca, certificate, key, key_password}` of the source asks for. Raises SourceUnreadable for unusable files.

    `password` opens the key too, where nothing else is meant by it. A key that stays shut is an error: OpenSSL would ask at the keyboard.
    """
    auth: Mapping[str, Any] = source.options.get("auth") or {}
    password = str(auth.get("key_password") or auth.get("password") or "")
    files = tuple(str(auth[name]) if auth.get(name) else None for name in ("ca", "certificate", "key"))
    try:
        with _lock:
            return _made(files, password, tuple(_stamp(path) for path in (*files, ssl.get_default_verify_paths().cafile)))
    except (OSError, ValueError):
        raise SourceUnreadable(source.name, "its certificate, key or ca cannot be used", "Look at the files named under `auth`") from None


@lru_cache(maxsize=64)
def _made(files: tuple[str | None, ...], password: str, _stamps: tuple[tuple[int, int], ...]) -> ssl.SSLContext:
    ca, certificate, key = files
    context = ssl.create_default_context(cafile=ca)
    if certificate:
        context.load_cert_chain(certificate, key, lambda: password)
    return context


def _stamp(path: str | None) -> tuple[int, int]:
    """What changes when somebody puts another file in its place."""
    status = Path(path).stat() if path else None
    return (status.st_mtime_ns, status.st_size) if status else (0, 0)
