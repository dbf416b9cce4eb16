"""Single sign-on, against a real OpenID provider on loopback that signs with RS256: who comes in, and every forgery that does not."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from cases.roles import Role
from config.errors import ConfigError
from desk.app import make_app
from desk.settings import Oidc, Settings, from_environment
from flows.workplace import Workplace
from tests.desk.conftest import Browser, Desk

CLIENT, SECRET = "inzage", "een geheim van de client"
KEY, OTHER_KEY = RSAKey.generate_key(2048, {"kid": "1"}), RSAKey.generate_key(2048, {"kid": "1"})


@dataclass
class Provider:
    """An OpenID provider: discovery, authorization with PKCE, token endpoint with client secret, and its keys."""

    issuer: str = ""
    claims: dict[str, Any] = field(default_factory=dict)  # laid over those of the ID token
    sign: Any = None  # how the ID token is signed, where otherwise than it should be
    given: dict[str, dict[str, str]] = field(default_factory=dict)  # code -> what was asked with

    def authorize(self, query: dict[str, str]) -> str:
        """Where the browser goes back to, after somebody logged in here."""
        assert query["response_type"] == "code" and query["client_id"] == CLIENT and query["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(16)
        self.given[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def token(self, form: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        """The ID token for a code, once, to who has the secret and the verifier."""
        asked = self.given.pop(form.get("code", ""), None)
        right = "Basic " + base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest()).rstrip(b"=").decode()
        if asked is None or authorization != right or asked["code_challenge"] != challenge or asked["redirect_uri"] != form["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {
            "iss": self.issuer, "aud": CLIENT, "sub": "s-1", "iat": now, "exp": now + 300, "nonce": asked["nonce"], "name": "Olga Extern",
            "preferred_username": "olga", "roles": ["handler"], **self.claims,
        }  # fmt: skip
        claims = {name: value for name, value in claims.items() if value is not None}
        signed = self.sign(claims) if self.sign else jwt.encode({"alg": "RS256", "kid": "1"}, claims, KEY)
        return 200, {"access_token": "x", "token_type": "Bearer", "id_token": signed}


@pytest.fixture
def provider() -> Iterator[Provider]:
    """The provider, listening."""
    made = Provider()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            return

        def _json(self, told: dict[str, Any], status: int = 200) -> None:
            data = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def do_GET(self) -> None:
            if self.path == "/.well-known/openid-configuration":
                base = made.issuer
                self._json(
                    {
                        "issuer": base,
                        "authorization_endpoint": f"{base}/authorize",
                        "token_endpoint": f"{base}/token",
                        "jwks_uri": f"{base}/keys",
                    }
                )
            else:
                self._json({"keys": [KEY.as_dict(private=False)]})

        def do_POST(self) -> None:
            form = {k: v[0] for k, v in parse_qs(self.rfile.read(int(self.headers["content-length"])).decode()).items()}
            status, told = made.token(form, self.headers.get("authorization", ""))
            self._json(told, status)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield made
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def signed_on(work: Workplace, provider: Provider) -> Desk:
    """A desk that trusts this provider."""
    settings = Settings("https://desk.test", Oidc(provider.issuer, CLIENT, SECRET), False, 100_000, 1000)
    return Desk(make_app(settings), work)


def begin(desk: Desk, provider: Provider) -> tuple[Browser, str]:
    """A browser that was sent to the provider, and the way back after logging in there."""
    browser = desk.nobody()
    to = browser.get("/oidc/begin", 303).headers["location"]
    assert to.startswith(f"{provider.issuer}/authorize?")
    back = provider.authorize({k: v[0] for k, v in parse_qs(urlsplit(to).query).items()})
    return browser, back.removeprefix("https://desk.test")


def test_who_the_provider_knows_comes_in_with_their_roles(signed_on: Desk, provider: Provider) -> None:
    """And again, with the roles of that day."""
    browser, back = begin(signed_on, provider)
    assert browser.get(back, 303).headers["location"] == "/"
    assert "Olga Extern" in browser.get("/").text
    provider.claims = {"roles": ["administrator", "onzin"]}
    browser, back = begin(signed_on, provider)
    assert browser.get(back, 303).headers["location"] == "/accounts"
    assert signed_on.work.register.accounts.get("olga").roles == {Role.ADMINISTRATOR}


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "http://elders.example"}, {"aud": "een-ander"}, {"exp": 1}, {"exp": None}, {"nonce": "verzonnen"}, {"nonce": None}, {"sub": None},
        {"roles": []}, {"roles": ["koning"]}, {"roles": None}, {"iat": None}, {"preferred_username": "anna"},
    ],
)  # fmt: skip
def test_a_token_that_is_not_for_us_now_or_without_a_role_opens_nothing(
    signed_on: Desk, provider: Provider, claims: dict[str, Any]
) -> None:
    """Another issuer, audience or nonce, over its time, no role, or the name of a local colleague."""
    provider.claims = claims
    browser, back = begin(signed_on, provider)
    assert "niet gelukt" in browser.get(back, 403).text
    browser.get("/", 303)


def _unsigned(claims: dict[str, Any]) -> str:
    parts = (json.dumps(part).encode() for part in ({"alg": "none"}, claims))
    return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts) + "."


FORGED = {
    "another key": lambda claims: jwt.encode({"alg": "RS256", "kid": "1"}, claims, OTHER_KEY),
    "no signature": _unsigned,
    "the public key as a secret": lambda claims: jwt.encode(
        {"alg": "HS256"}, claims, OctKey.import_key(KEY.as_pem(private=False).replace(b"-----", b""))
    ),
    "nonsense": lambda claims: "a.b.c",
    "nothing": lambda claims: "",
}


@pytest.mark.parametrize("how", list(FORGED))
def test_a_token_that_the_provider_did_not_sign_opens_nothing(signed_on: Desk, provider: Provider, how: str) -> None:
    """Whoever made it."""
    provider.sign = FORGED[how]
    browser, back = begin(signed_on, provider)
    browser.get(back, 403)


def test_an_answer_opens_nothing_twice_or_in_another_browser(signed_on: Desk, provider: Provider) -> None:
    """The state is of one browser, the code of one time."""
    browser, back = begin(signed_on, provider)
    signed_on.nobody().get(back, 403)
    browser.get(back.replace("state=", "state=x"), 403)
    browser.get("/oidc/terug?code=x&state=%C3%A9", 403)
    browser.get(back, 303)
    again = signed_on.nobody()
    again.client.cookies.set("__Host-inzage-oidc", browser.client.cookies["__Host-inzage-oidc"])
    again.get(back, 403)


def test_a_local_password_opens_nothing_where_only_single_sign_on_may(signed_on: Desk) -> None:
    """The form is not there, and sending it does nothing."""
    browser = signed_on.nobody()
    assert 'name="password"' not in browser.get("/inloggen").text
    browser.client.get("/ophalen/x")
    csrf = browser.client.get("/ophalen/x").text.split('name="csrf" value="')[1][:64]
    browser.post("/inloggen", {"login": "anna", "password": "vier losse woorden samen"}, 403, csrf)


def test_a_provider_that_does_not_answer_is_told(work: Workplace) -> None:
    """In one sentence, and nobody comes in."""
    desk = Desk(make_app(Settings("https://desk.test", Oidc("http://127.0.0.1:9", CLIENT, SECRET))), work)
    assert "antwoordt niet" in desk.nobody().get("/oidc/begin", 503).text


def test_without_a_provider_its_addresses_are_not_there(desk: Desk) -> None:
    """404, as for anything else."""
    desk.nobody().get("/oidc/begin", 404)
    desk.nobody().get("/oidc/terug?code=x&state=y", 403)


def test_half_a_provider_is_a_mistake_in_the_settings() -> None:
    """Told at the start; the secret is in no repr."""
    with pytest.raises(ConfigError, match="CLIENT"):
        from_environment({"INZAGE_OIDC_ISSUER": "https://idp.example"})
    whole = from_environment(
        {"INZAGE_OIDC_ISSUER": "https://idp.example/", "INZAGE_OIDC_CLIENT_ID": "a", "INZAGE_OIDC_CLIENT_SECRET": "geheim"}
    )
    assert whole.oidc is not None and "geheim" not in repr(whole)
