"""HTTP to a source: limits on time and size, no redirects, and answers that are what they say; no word of an answer gets into an error."""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx
import orjson

from config.errors import SourceError, SourceRefused, SourceUnavailable, SourceUnreadable
from config.settings import Source
from connectors.asking.retry import Later

LARGEST = 20 * 2**20
"""Bytes of one answer about one person."""


@dataclass(frozen=True, slots=True)
class Web:
    """An open source that speaks HTTP; all of one exchange takes at most its timeout."""

    source: Source
    client: httpx.Client

    def post(self, url: str, *, json: Any = None, form: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None) -> Any:
        """The JSON that comes back. Raises SourceError for every other outcome."""
        name = self.source.name
        try:
            with self.client.stream("POST", url, json=json, data=form, headers=headers) as response:
                self._check(response)
                return _json(name, self._body(response))
        except (httpx.InvalidURL, httpx.UnsupportedProtocol, httpx.LocalProtocolError):
            raise SourceUnreadable(name, "its connection is no web address", "Write it as https://host/path") from None
        except (httpx.TransportError, httpx.StreamError, httpx.DecodingError, OSError):
            raise SourceUnavailable(
                name, "it did not answer in time, or broke off", "Look whether it is running and can be reached from here"
            ) from None

    def _body(self, response: httpx.Response) -> bytes:
        ends, body = time.monotonic() + self.source.timeout.total_seconds(), bytearray()
        for piece in response.iter_bytes():
            body += piece
            if len(body) > LARGEST:
                raise SourceUnreadable(
                    self.source.name, "its answer is larger than an answer about one person can be", "Ask who runs it to look"
                )
            if time.monotonic() > ends:
                raise SourceUnavailable(
                    self.source.name, "its answer did not come in time", "Look at its speed, or give it a longer timeout"
                )
        return bytes(body)

    def _check(self, response: httpx.Response) -> None:
        if error := refusal(self.source.name, response.status_code, response.headers):
            raise error
        if response.headers.get("content-type", "").partition(";")[0].strip().lower() not in {"application/json", "application/hal+json"}:
            raise SourceUnreadable(self.source.name, "its answer is no JSON", "Look whether its connection is the right address")


def refusal(name: str, status: int, headers: Mapping[str, str]) -> SourceError | None:
    """The error that a status means; None for 200."""
    if status == 200:
        return None
    if status in {401, 403}:
        return SourceRefused(
            name, f"it gives no access (HTTP {status})", "Look at `auth` in sources.yaml, and what the authorisation covers"
        )
    if status == 429 or status >= 500:
        remedy = "Try again later; ask who runs it when this goes on"
        return Later(name, f"it cannot answer now (HTTP {status})", remedy, retry_after(headers.get("retry-after", "")))
    if 300 <= status < 400:
        return SourceUnreadable(name, f"it sends us to another address (HTTP {status}), which is not followed", "Mend its connection")
    return SourceUnreadable(
        name, f"it does not accept the question (HTTP {status})", "Compare the columns in sources.yaml with its specification"
    )


def retry_after(text: str) -> float:
    """Seconds to wait by a Retry-After header, in seconds or as a date; 0.0 where it says nothing.

    >>> retry_after("2"), retry_after("soon")
    (2.0, 0.0)
    """
    if text.strip().isdigit():
        return float(text)
    try:
        return max((parsedate_to_datetime(text) - datetime.now(UTC)).total_seconds(), 0.0)
    except (ValueError, TypeError):
        return 0.0


def _json(name: str, body: bytes) -> Any:
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        raise SourceUnreadable(name, "its answer is broken off or no JSON", "Ask who runs it to look") from None


@contextmanager
def opened(source: Source) -> Iterator[Web]:
    """A connection with the authorisation that `auth` asks for: a key, a token, a token to be fetched, a client certificate."""
    auth = source.options.get("auth") or {}
    seconds = source.timeout.total_seconds()
    timeout = httpx.Timeout(seconds, connect=min(seconds, 10.0))
    with httpx.Client(
        timeout=timeout, follow_redirects=False, verify=_trust(source, auth), headers={"Accept": "application/json"}
    ) as client:
        web = Web(source, client)
        client.headers.update(_authorisation(web, auth))
        yield web


def _authorisation(web: Web, auth: Mapping[str, Any]) -> dict[str, str]:
    if auth.get("api_key"):
        return {"X-API-KEY": str(auth["api_key"])}
    if auth.get("token_url"):
        return {"Authorization": f"Bearer {_fetched(web, auth)}"}
    return {"Authorization": f"Bearer {auth['token']}"} if auth.get("token") else {}


def _fetched(web: Web, auth: Mapping[str, Any]) -> str:
    """A token for these client credentials (OAuth 2.0, RFC 6749 section 4.4)."""
    wanted = {name: str(auth[name]) for name in ("client_id", "client_secret", "scope") if auth.get(name)}
    try:
        answer = web.post(str(auth["token_url"]), form={"grant_type": "client_credentials", **wanted})
    except SourceUnreadable as error:
        raise SourceRefused(web.source.name, f"no token was given: {error.wrong}", "Look at `auth` in sources.yaml") from None
    token = answer.get("access_token") if isinstance(answer, dict) else None
    if not isinstance(token, str) or not token.isascii():
        raise SourceRefused(web.source.name, "no token was given", "Look at `auth` in sources.yaml")
    return token


def _trust(source: Source, auth: Mapping[str, Any]) -> ssl.SSLContext:
    """Whom we trust, and the client certificate for mutual TLS. Raises SourceUnreadable where the files cannot be used."""
    try:
        context = ssl.create_default_context(cafile=auth.get("ca") or None)
        if auth.get("certificate"):
            context.load_cert_chain(str(auth["certificate"]), str(auth["key"]) if auth.get("key") else None)
    except (OSError, ValueError):
        raise SourceUnreadable(source.name, "its certificate, key or ca cannot be used", "Look at the files named under `auth`") from None
    return context
