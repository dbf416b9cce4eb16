"""What stands around every answer: headers that let a browser run nothing but our own files, and a limit to what is sent in."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
"""No inline script or style anywhere, nothing from elsewhere, no frame around us. `data:` is for two ticks in the vendored CSS."""

HEADERS: Mapping[str, str] = MappingProxyType(
    {
        "content-security-policy": POLICY,
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
        "strict-transport-security": "max-age=31536000",
        "x-robots-tag": "noindex, nofollow",
    }
)

MOST_BYTES = 120 * 2**20
"""Of one body: an upload by hand may be large, everything else is small."""


class Guard:
    """The outermost layer: headers on every answer, no storing of pages, and 413 for a body that does not end."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and dress its answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        counted = _Counted(receive)
        if _length(scope) > MOST_BYTES:
            await send({"type": "http.response.start", "status": 413, "headers": _headers(scope, [])})
            await send({"type": "http.response.body", "body": b""})
            return

        begun = False

        async def dressed(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                message["headers"] = _headers(scope, list(message.get("headers", [])))
            await send(message)

        try:
            await self._app(scope, counted, dressed)
        except Exception as error:  # noqa: BLE001 - the outermost edge: a traceback could show a value
            LOG.error("desk: stopped by a fault of its own, %s. Report this line; it holds no data.", _place(error))
            if not begun:
                await send({"type": "http.response.start", "status": 500, "headers": _headers(scope, [_PLAIN])})
                await send({"type": "http.response.body", "body": FAULT.encode()})


LOG = logging.getLogger("inzage.desk")
FAULT = "Er ging iets mis in Inzage zelf. Er is niets verzonden. Meld het bij uw beheerder."
_PLAIN = (b"content-type", b"text/plain; charset=utf-8")


def _place(error: Exception) -> str:
    """The class of an error and where it arose, without what it says."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}"


class _Counted:
    """Reads a body, and hangs up where it grows past what it may be."""

    def __init__(self, receive: Receive) -> None:
        self._receive, self._bytes = receive, 0

    async def __call__(self) -> Message:
        message = await self._receive()
        self._bytes += len(message.get("body", b""))
        return {"type": "http.disconnect"} if self._bytes > MOST_BYTES else message


def _length(scope: Scope) -> int:
    found = [value for name, value in scope["headers"] if name == b"content-length"]
    return int(found[0]) if found and found[0].isdigit() else 0


def _headers(scope: Scope, given: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    keep = b"public, max-age=3600" if scope["path"].startswith("/static/") else b"no-store"
    names = {name.lower() for name, _ in given}
    ours = [(name.encode(), value.encode()) for name, value in HEADERS.items() if name.encode() not in names]
    return [*given, *ours, *([] if b"cache-control" in names else [(b"cache-control", keep)])]
