"""Single sign-on by OpenID Connect (Core 1.0, code flow with PKCE), by Authlib: who somebody is and in which roles, from a signed ID token.

What must come back with the answer (state, nonce, verifier) travels in a sealed cookie of ten minutes, bound to this browser.
"""

from __future__ import annotations

import secrets
import time
import warnings
from typing import Any

import orjson
from authlib.common.errors import AuthlibBaseError
from fastapi import Request
from httpx import HTTPError
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from cases.accounts import Account
from cases.roles import Role
from config.errors import InzageError
from desk.settings import Oidc
from desk.who import settings_of
from flows.workplace import workplace

with warnings.catch_warnings():  # it tells at import that a successor of httpx will come; the one that is locked works
    import authlib.deprecate  # noqa: F401 - first, for it lets its own warnings through, whatever the filter

    warnings.simplefilter("ignore")
    from authlib.integrations.httpx_client import OAuth2Client

COOKIE, SECONDS, LEEWAY = "__Host-inzage-oidc", 600, 60
SIGNED_BY = ["RS256", "PS256", "ES256"]
"""Never `none`, and never a secret shared with the client as a key."""

AWAY = "Inloggen met uw werkaccount kan nu niet: de inlogdienst antwoordt niet. Probeer het straks opnieuw."
REFUSED = "Inloggen is niet gelukt. Vraag uw beheerder of uw account een rol voor Inzage heeft."


def begin(request: Request) -> Response | None:
    """Send the browser to the provider; None where it does not answer."""
    provider, told = _provider(request), {name: secrets.token_urlsafe(32) for name in ("state", "nonce", "verifier")}
    with _client(request, provider) as client:
        try:
            endpoint = _described(client, provider)["authorization_endpoint"]
        except (HTTPError, KeyError, ValueError):
            return None
        url, _ = client.create_authorization_url(
            endpoint, state=told["state"], nonce=told["nonce"], code_verifier=told["verifier"], redirect_uri=_return_to(request)
        )
    response = RedirectResponse(url, 303)
    sealed = workplace().register.sessions.seal(orjson.dumps({**told, "until": time.time() + SECONDS}))
    response.set_cookie(COOKIE, sealed, max_age=SECONDS, httponly=True, secure=True, samesite="lax", path="/")
    return response


def returned(request: Request) -> Account | None:
    """The account of who came back; None where the answer is not to our question, not signed by the provider, or without a role."""
    told = _told(request)
    if told is None or not secrets.compare_digest(told["state"].encode(), request.query_params.get("state", "").encode()):
        return None
    provider = _provider(request)
    try:
        with _client(request, provider) as client:
            described = _described(client, provider)
            answer = client.fetch_token(
                described["token_endpoint"],
                code=request.query_params.get("code", ""),
                code_verifier=told["verifier"],
                redirect_uri=_return_to(request),
            )
            keys = client.request("GET", described["jwks_uri"], withhold_token=True).raise_for_status().json()
        return _account(provider, _claims(str(answer.get("id_token", "")), keys, described["issuer"], provider.client_id, told["nonce"]))
    except (AuthlibBaseError, HTTPError, JoseError, InzageError, KeyError, ValueError):
        return None


def _claims(token: str, keys: Any, issuer: str, client: str, nonce: str) -> dict[str, Any]:
    """What the ID token says, after its signature, issuer, audience, time and nonce were checked (Core 1.0, 3.1.3.7)."""
    decoded = jwt.decode(token, KeySet.import_key_set(keys), algorithms=SIGNED_BY)
    wanted = jwt.JWTClaimsRegistry(
        leeway=LEEWAY,
        iss={"essential": True, "value": issuer},
        aud={"essential": True, "value": client},
        exp={"essential": True},
        iat={"essential": True},
        sub={"essential": True},
        nonce={"essential": True, "value": nonce},
    )
    wanted.validate(decoded.claims)
    return dict(decoded.claims)


def _account(provider: Oidc, claims: dict[str, Any]) -> Account | None:
    told = claims.get(provider.roles, [])
    roles = [Role(role) for role in (told if isinstance(told, list) else [told]) if role in set(Role)]
    if not roles:
        return None
    login = str(claims.get("preferred_username") or claims.get("email") or f"oidc-{secrets.token_hex(4)}")
    account = workplace().register.accounts.outsider(provider.issuer, str(claims["sub"]), login, str(claims.get("name") or login), roles)
    return None if account.disabled else account


def _told(request: Request) -> dict[str, Any] | None:
    try:
        told = orjson.loads(workplace().register.sessions.unseal(request.cookies.get(COOKIE, "")))
    except (InzageError, ValueError):
        return None
    return told if isinstance(told, dict) and told.get("until", 0) > time.time() else None


def _provider(request: Request) -> Oidc:
    provider = settings_of(request).oidc
    if provider is None:
        raise HTTPException(404)
    return provider


def _client(request: Request, provider: Oidc) -> OAuth2Client:
    return OAuth2Client(
        provider.client_id, provider.client_secret, scope="openid profile email", code_challenge_method="S256", timeout=10.0
    )


def _described(client: OAuth2Client, provider: Oidc) -> dict[str, Any]:
    """What the provider says of itself; it must be the one that was asked (Discovery 1.0, 4.3)."""
    found: dict[str, Any] = (
        client.request("GET", f"{provider.issuer}/.well-known/openid-configuration", withhold_token=True).raise_for_status().json()
    )
    if str(found.get("issuer", "")).rstrip("/") != provider.issuer:
        raise ValueError("another issuer")
    return found


def _return_to(request: Request) -> str:
    return f"{settings_of(request).address}/oidc/terug"
