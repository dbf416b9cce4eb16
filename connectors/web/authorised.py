"""Who we are to a source that speaks HTTP: a key, a token, a token that is fetched or signed and renewed in time, a client certificate."""

from __future__ import annotations

import base64
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import quote_plus

import jwt

from config.discretion import discreet
from config.errors import SourceRefused, SourceUnreadable
from config.settings import Source

Headers = Mapping[str, str]
Fetch = Callable[[str, Mapping[str, str], Headers], Any]
"""Posts a form to an address, with headers, and gives the JSON that comes back. Raises SourceError."""

_HOUR = 3600
_EARLY = 300
"""Seconds before its end at which a token is renewed: it must outlive the request that it goes with."""


class Credentials(Protocol):
    """What is said with every request."""

    def headers(self) -> Headers:
        """The headers that prove who we are, fresh enough for one request. Raises SourceRefused where there are none to be had."""

    def renew(self) -> bool:
        """Forget what was fetched, because it was not accepted; gives whether another attempt may help."""


@discreet
@dataclass(frozen=True, slots=True)
class Fixed:
    """The same headers every time."""

    said: Headers = field(default_factory=dict)

    def headers(self) -> Headers:
        """These."""
        return self.said

    def renew(self) -> bool:
        """Nothing can be renewed."""
        return False


@discreet
@dataclass(slots=True)
class Signed:
    """A JSON Web Token that we sign ourselves (HS256), as the APIs for zaakgericht werken want it: good for an hour from `iat`."""

    client: str
    secret: str
    user: str
    person: str
    _until: float = 0.0
    _token: str = ""

    def headers(self) -> Headers:
        """A bearer token with at least five minutes left."""
        now = time.time()
        if now > self._until - _EARLY:
            claims = {"iss": self.client, "iat": int(now), "exp": int(now) + _HOUR, "client_id": self.client}
            claims |= {"user_id": self.user, "user_representation": self.person}
            # HMAC fills a short key with zeros itself, so this signs the same; the library warns of keys that we cannot choose.
            self._token = jwt.encode(claims, self.secret.encode().ljust(32, b"\0"), algorithm="HS256")
            self._until = now + _HOUR
        return {"Authorization": f"Bearer {self._token}"}

    def renew(self) -> bool:
        """A new signature says nothing new."""
        return False


@discreet
@dataclass(slots=True)
class Fetched:
    """A token for client credentials (OAuth 2.0, RFC 6749 section 4.4), kept until it ends."""

    source: str
    auth: Mapping[str, Any]
    fetch: Fetch
    beside: Headers = field(default_factory=dict)
    _until: float = 0.0
    _token: str = ""
    _uses: int = 0
    _lock: Any = field(default_factory=threading.Lock)

    def headers(self) -> Headers:
        """A bearer token that has not ended, fetched where there is none; those who ask at the same time wait for one."""
        with self._lock:
            if time.monotonic() >= self._until:
                self._token, seconds = self._fetched()
                self._until = time.monotonic() + max(seconds - _EARLY, seconds / 2)
                self._uses = 0
            self._uses += 1
            return {**self.beside, "Authorization": f"Bearer {self._token}"}

    def renew(self) -> bool:
        """Only where this token went well before: one that is refused at once will be again."""
        with self._lock:
            went_well, self._uses, self._until = self._uses > 1, 0, 0.0
            return went_well

    def _fetched(self) -> tuple[str, float]:
        wanted = {name: str(self.auth[name]) for name in ("client_id", "client_secret", "scope") if self.auth.get(name)}
        form = {"grant_type": "client_credentials", **wanted, **{str(n): str(v) for n, v in (self.auth.get("parameters") or {}).items()}}
        said: dict[str, str] = {}
        if self.auth.get("client_authentication") == "basic":
            said["Authorization"] = _basic(form.pop("client_id", ""), form.pop("client_secret", ""))
        answer = self._asked(form, said)
        token, seconds = (answer.get("access_token"), answer.get("expires_in", _HOUR)) if isinstance(answer, dict) else (None, 0)
        if not isinstance(token, str) or not token or not token.isascii():
            raise SourceRefused(self.source, "no token was given", "Look at `auth` in sources.yaml")
        return token, _seconds(seconds)

    def _asked(self, form: Mapping[str, str], said: Headers) -> Any:
        try:
            return self.fetch(str(self.auth["token_url"]), form, said)
        except SourceUnreadable as error:
            raise SourceRefused(self.source, f"no token was given: {error.wrong}", "Look at `auth` in sources.yaml") from None


def _basic(client: str, secret: str) -> str:
    """The header of RFC 6749 section 2.3.1: both parts written as in a form, joined, in base64."""
    return f"Basic {base64.b64encode(f'{quote_plus(client)}:{quote_plus(secret)}'.encode()).decode()}"


def _seconds(told: Any) -> float:
    """How long a token is good for; an hour where the source does not say it in a number."""
    try:
        return max(float(told), 0.0)
    except (TypeError, ValueError):
        return float(_HOUR)


def credentials(source: Source, fetch: Fetch) -> Credentials:
    """What `auth` of the source asks for.

    `{api_key}` (in header X-API-KEY, or `header:`), `{token}` (as Bearer, or `scheme:`), `{token_url, client_id, client_secret, scope}`,
    `{client_id, secret}` for a token that we sign; a certificate goes beside any of these.
    """
    auth: Mapping[str, Any] = source.options.get("auth") or {}
    key = {str(auth.get("header") or "X-API-KEY"): str(auth["api_key"])} if auth.get("api_key") else {}
    if auth.get("token_url"):
        return Fetched(source.name, auth, fetch, key)
    if auth.get("token"):
        scheme = auth.get("scheme") or ("Token" if source.kind == "klantinteracties" else "Bearer")
        return Fixed({**key, "Authorization": f"{scheme} {auth['token']}"})
    secret = auth.get("secret") or auth.get("client_secret")
    if auth.get("client_id") and secret:
        person = str(auth.get("user_representation") or "Inzage: verzoek om inzage (AVG art. 15)")
        return Signed(str(auth["client_id"]), str(secret), str(auth.get("user_id") or "inzage"), person)
    return Fixed(key)
