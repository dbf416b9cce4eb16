"""HTTP to a source: limits on time and size, no redirects, and answers that are what they say; no word of an answer gets into an error."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx
import orjson

from config.errors import SourceError, SourceRefused, SourceUnavailable, SourceUnreadable
from config.settings import Source
from connectors.asking.retry import Later, attempts
from connectors.asking.turns import exchange
from connectors.web.authorised import Credentials, Fixed, credentials
from connectors.web.trust import trust

LARGEST = 20 * 2**20
"""Bytes of one answer about one person."""

_JSON = re.compile(r"(application|text)/(?!problem\+)([\w.\-]+\+)?json", re.IGNORECASE)


class Declined(SourceUnreadable):
    """The source understood us and does not accept the question: `status` is 400, 404, 405 or the like."""

    def __init__(self, thing: str, wrong: str, remedy: str, status: int) -> None:
        super().__init__(thing, wrong, remedy)
        self.status = status


class TooLarge(SourceUnreadable):
    """An answer that was not read to its end, because it passes the limit."""


@dataclass(slots=True)
class Web:
    """An open source that speaks HTTP; each exchange takes at most the timeout of the source.

    `retries` is how often one question is asked again by itself, 0 where whoever asks for more does that.
    """

    source: Source
    client: httpx.Client
    said: Credentials = field(default_factory=Fixed)
    retries: int = 0

    def post(self, url: str, *, json: Any = None, form: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None) -> Any:
        """The JSON that comes back. Raises SourceError for every other outcome."""
        return self._json("POST", url, json=json, data=form, headers=headers)

    def get(self, url: str, *, params: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None) -> Any:
        """The JSON at an address. Raises SourceError for every other outcome. Nothing of a person may stand in `url` or `params`."""
        return self._json("GET", url, params=params or None, headers=headers)

    def download(self, url: str, *, largest: int, headers: Mapping[str, str] | None = None) -> bytes:
        """The bytes at an address, whatever they are. Raises TooLarge past `largest` bytes, and SourceError as the others do."""
        return self._again("GET", url, largest, any_type=True, headers={"Accept": "*/*", **(headers or {})})

    def _json(self, method: str, url: str, **parts: Any) -> Any:
        return _parsed(self.source.name, self._again(method, url, LARGEST, any_type=False, **parts))

    def _again(self, method: str, url: str, largest: int, *, any_type: bool, **parts: Any) -> bytes:
        def once() -> bytes:
            return self._authorised(method, url, largest, any_type=any_type, **parts)

        return attempts(once, self.retries)

    def _authorised(self, method: str, url: str, largest: int, *, any_type: bool, headers: Any = None, **parts: Any) -> bytes:
        """One exchange; once more with a new token where one that was accepted before is not any longer."""
        try:
            return self._exchange(method, url, largest, any_type, headers={**(headers or {}), **self.said.headers()}, **parts)
        except SourceRefused:
            if not self.said.renew():
                raise
        return self._exchange(method, url, largest, any_type, headers={**(headers or {}), **self.said.headers()}, **parts)

    def _exchange(self, method: str, url: str, largest: int, any_type: bool, **parts: Any) -> bytes:
        name = self.source.name
        try:
            with exchange(self.source), self.client.stream(method, url, **parts) as response:
                self._check(response, any_type)
                body = self._body(response, largest)
                return body if any_type else _utf8(self.source.name, body, response.charset_encoding)
        except (httpx.InvalidURL, httpx.UnsupportedProtocol, httpx.LocalProtocolError):
            raise SourceUnreadable(name, "its connection is no web address", "Write it as https://host/path") from None
        except (httpx.TransportError, httpx.StreamError, httpx.DecodingError, OSError):
            raise SourceUnavailable(
                name, "it did not answer in time, or broke off", "Look whether it is running and can be reached from here"
            ) from None

    def _body(self, response: httpx.Response, largest: int) -> bytes:
        ends, body = time.monotonic() + self.source.timeout.total_seconds(), bytearray()
        if response.headers.get("content-length", "").isdigit() and int(response.headers["content-length"]) > largest:
            raise self._large()
        for piece in response.iter_bytes():
            body += piece
            if len(body) > largest:
                raise self._large()
            if time.monotonic() > ends:
                raise SourceUnavailable(
                    self.source.name, "its answer did not come in time", "Look at its speed, or give it a longer timeout"
                )
        return bytes(body)

    def _large(self) -> TooLarge:
        return TooLarge(self.source.name, "its answer is larger than an answer about one person can be", "Ask who runs it to look")

    def _check(self, response: httpx.Response, any_type: bool) -> None:
        if error := refusal(self.source.name, response.status_code, response.headers):
            raise error
        if not any_type and not _JSON.fullmatch(response.headers.get("content-type", "").partition(";")[0].strip()):
            raise SourceUnreadable(self.source.name, "its answer is no JSON", "Look whether its connection is the right address")


def refusal(name: str, status: int, headers: Mapping[str, str]) -> SourceError | None:
    """The error that a status of a web API means; None for 200."""
    if status == 200:
        return None
    if error := no_answer(name, status, headers):
        return error
    return Declined(
        name, f"it does not accept the question (HTTP {status})", "Compare the columns in sources.yaml with its specification", status
    )


def no_answer(name: str, status: int, headers: Mapping[str, str]) -> SourceError | None:
    """The error of a status that means the same whatever was asked: no access, not now, elsewhere; None for any other."""
    if status in {401, 403, 407}:
        remedy = "Look at `auth` in sources.yaml, and what the authorisation covers"
        return SourceRefused(name, f"it gives no access (HTTP {status})", remedy)
    if status == 429 or status >= 500:
        remedy = "Try again later; ask who runs it when this goes on"
        return Later(name, f"it cannot answer now (HTTP {status})", remedy, retry_after(headers.get("retry-after", "")))
    if 300 <= status < 400:
        return SourceUnreadable(name, f"it sends us to another address (HTTP {status}), which is not followed", "Mend its connection")
    return None


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


def _utf8(name: str, body: bytes, charset: str | None) -> bytes:
    """JSON is UTF-8 (RFC 8259), whatever is said of it; where it is not: by its first mark, or by the charset that is said."""
    try:
        if body.startswith((b"\xff\xfe", b"\xfe\xff")):
            return body.decode("utf-16").encode()
        if charset and not _is_utf8(body):
            return body.decode(charset).encode()
    except (LookupError, ValueError):
        raise SourceUnreadable(name, "its answer is not in the charset that it says", "Ask who runs it to look") from None
    return body.removeprefix(b"\xef\xbb\xbf")


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


def _parsed(name: str, body: bytes) -> Any:
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        raise SourceUnreadable(name, "its answer is broken off or no JSON", "Ask who runs it to look") from None


@contextmanager
def opened(source: Source, retries: int = 0) -> Iterator[Web]:
    """A connection with the authorisation that `auth` asks for: a key, a token, a token to be fetched or signed, a client certificate."""
    seconds = source.timeout.total_seconds()
    timeout = httpx.Timeout(seconds, connect=min(seconds, 10.0))
    with httpx.Client(timeout=timeout, follow_redirects=False, verify=trust(source), headers={"Accept": "application/json"}) as client:
        bare = Web(source, client, retries=retries)
        said = credentials(source, lambda url, form, headers: bare.post(url, form=form, headers=headers))
        yield Web(source, client, said, retries)
