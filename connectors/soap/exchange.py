"""SOAP over HTTP: one question, one answer, with limits on time and size, no redirects, and no word of an answer in an error.

A fault is an answer too, whatever its HTTP status; what it means is for the kind of source to say.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.sax.saxutils import escape

import httpx

from config.discretion import discreet
from config.errors import SourceError, SourceUnavailable, SourceUnreadable
from config.settings import Source
from connectors.asking.turns import exchange
from connectors.files.content import Unreadable
from connectors.structured.safely import children, local, written_in, xml
from connectors.web.client import no_answer
from connectors.web.trust import trust

LARGEST = 20 * 2**20
"""Bytes of one answer about one person."""

_XML = frozenset({"text/xml", "application/soap+xml", "application/xml"})
_FAULTS = frozenset({400, 500})
_WSS = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity"


@discreet
@dataclass(frozen=True, slots=True)
class Fault:
    """A refusal in SOAP: its code, its words, and the elements of its detail. The words may name anybody, and are told to nobody."""

    code: str
    words: str
    detail: Any


@dataclass(frozen=True, slots=True)
class Soap:
    """An open source that speaks SOAP; each exchange takes at most its timeout."""

    source: Source
    client: httpx.Client

    def ask(self, url: str, envelope: bytes, headers: Mapping[str, str]) -> Any:
        """The root of the envelope that comes back, or the Fault in it. Raises SourceError for every other outcome."""
        name = self.source.name
        try:
            with exchange(self.source), self.client.stream("POST", url, content=envelope, headers=headers) as response:
                body = self._body(response)
                return self._read(response, body)
        except (httpx.InvalidURL, httpx.UnsupportedProtocol, httpx.LocalProtocolError):
            raise SourceUnreadable(name, "its connection is no web address", "Write it as https://host/path") from None
        except (httpx.TransportError, httpx.StreamError, httpx.DecodingError, OSError):
            raise SourceUnavailable(
                name, "it did not answer in time, or broke off", "Look whether it is running and can be reached from here"
            ) from None

    def _body(self, response: httpx.Response) -> bytes:
        """The body of an answer that may be one. A status that says all is not read."""
        if response.status_code != 200 and response.status_code not in _FAULTS:
            raise refusal(self.source.name, response.status_code, response.headers)
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

    def _read(self, response: httpx.Response, body: bytes) -> Any:
        kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind not in _XML:
            if response.status_code != 200:
                raise refusal(self.source.name, response.status_code, response.headers)
            raise SourceUnreadable(self.source.name, "its answer is no XML", "Look whether its connection is the right address")
        try:
            root = xml(body)
        except Unreadable as why:
            if response.status_code != 200:
                raise refusal(self.source.name, response.status_code, response.headers) from None
            wrong = "its answer declares entities, and was not opened" if why.reason == "unsafe" else "its answer is broken off or no XML"
            raise SourceUnreadable(self.source.name, wrong, "Ask who runs it to look") from None
        return self._checked(root, response)

    def _checked(self, root: Any, response: httpx.Response) -> Any:
        content = body_of(root)
        if content is not None and local(content) == "Fault":
            return fault(content)
        if response.status_code != 200:
            raise refusal(self.source.name, response.status_code, response.headers)
        if content is None:
            raise SourceUnreadable(self.source.name, "its answer is no SOAP", "Look whether its connection is the right address")
        return root


def body_of(root: Any) -> Any:
    """The first element in the body of an envelope; None where it is no envelope, or an empty one."""
    body = next((child for child in children(root) if local(child) == "Body"), None) if local(root) == "Envelope" else None
    return next(iter(children(body)), None) if body is not None else None


def fault(element: Any) -> Fault:
    """A fault of SOAP 1.1 or 1.2."""
    named = {local(child).lower(): child for child in children(element)}
    code = written_in(named["faultcode"]) if "faultcode" in named else written_in(named["code"]) if "code" in named else ""
    words = " ".join(written_in(named[name]) for name in ("faultstring", "reason") if name in named)
    return Fault(code, words, named.get("detail"))


def refusal(name: str, status: int, headers: Mapping[str, str]) -> SourceError:
    """The error that a status other than 200 means, where no fault tells more."""
    declined = SourceUnreadable(
        name, f"it does not accept the question (HTTP {status})", "Look whether its connection is the right address"
    )
    return no_answer(name, status, headers) or declined


@contextmanager
def opened(source: Source) -> Iterator[Soap]:
    """A connection with what `auth` asks for: a name and password, a key, a token, a client certificate."""
    auth = source.options.get("auth") or {}
    seconds = source.timeout.total_seconds()
    with httpx.Client(
        timeout=httpx.Timeout(seconds, connect=min(seconds, 10.0)),
        follow_redirects=False,
        verify=trust(source),
        headers=_authorisation(auth),
        auth=(str(auth["username"]), str(auth.get("password") or "")) if auth.get("username") else None,
    ) as client:
        yield Soap(source, client)


def _authorisation(auth: Mapping[str, Any]) -> dict[str, str]:
    if auth.get("api_key"):
        return {"X-API-KEY": str(auth["api_key"])}
    return {"Authorization": f"Bearer {auth['token']}"} if auth.get("token") else {}


def security(auth: Mapping[str, Any]) -> str:
    """The WS-Security header for `auth: {wss_username, wss_password}` (UsernameToken profile 1.0, password as text); "" without one."""
    if not auth.get("wss_username"):
        return ""
    now = datetime.now(UTC)
    created, expires = (moment.strftime("%Y-%m-%dT%H:%M:%SZ") for moment in (now, now + timedelta(minutes=5)))
    return (
        f'<wsse:Security xmlns:wsse="{_WSS}-secext-1.0.xsd" xmlns:wsu="{_WSS}-utility-1.0.xsd">'
        f"<wsu:Timestamp><wsu:Created>{created}</wsu:Created><wsu:Expires>{expires}</wsu:Expires></wsu:Timestamp>"
        f"<wsse:UsernameToken><wsse:Username>{escape(str(auth['wss_username']))}</wsse:Username>"
        f"<wsse:Password>{escape(str(auth.get('wss_password') or ''))}</wsse:Password></wsse:UsernameToken></wsse:Security>"
    )
