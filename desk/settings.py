"""What the desk needs to know of where it runs, from the environment; every absent setting has the safe value."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from config.errors import ConfigError

LOOPBACK = "http://127.0.0.1:8500"
"""Where the embedded desk listens."""


@dataclass(frozen=True, slots=True)
class Oidc:
    """The provider of single sign-on. `roles` is the claim of the ID token that lists roles of the desk; the secret is in no `repr`."""

    issuer: str
    client_id: str
    client_secret: str
    roles: str = "roles"

    def __repr__(self) -> str:
        return f"<Oidc {self.issuer}>"


@dataclass(frozen=True, slots=True)
class Settings:
    """`address` is where browsers find the desk; links and the calendar are written with it."""

    address: str = LOOPBACK
    oidc: Oidc | None = None
    local_accounts: bool = True
    requests_a_minute: int = 600
    tries_a_minute: int = 20


def from_environment(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings as `INZAGE_DESK_*` and `INZAGE_OIDC_*` have them. Raises ConfigError for half a provider."""
    issuer = environment.get("INZAGE_OIDC_ISSUER", "").rstrip("/")
    known = {name: environment.get(f"INZAGE_OIDC_{name}", "") for name in ("CLIENT_ID", "CLIENT_SECRET")}
    if issuer and not all(known.values()):
        raise ConfigError("INZAGE_OIDC_ISSUER", "is set without a client", "Set INZAGE_OIDC_CLIENT_ID and INZAGE_OIDC_CLIENT_SECRET too")
    oidc = Oidc(issuer, known["CLIENT_ID"], known["CLIENT_SECRET"], environment.get("INZAGE_OIDC_ROLES", "roles")) if issuer else None
    local = environment.get("INZAGE_DESK_LOCAL_ACCOUNTS", "yes") != "no"
    return Settings(environment.get("INZAGE_DESK_ADDRESS", LOOPBACK).rstrip("/"), oidc, local)
