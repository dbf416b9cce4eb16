"""Destroys what is past its retention: the key first, then the files; a certificate and the audit trail stay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from cases.register import Register
from cases.vault import Vault
from config.errors import ConfigError
from config.request import Request
from config.terms import term


@dataclass(frozen=True, slots=True)
class Certificate:
    """What was destroyed of one request, and when: for the data protection officer."""

    number: str
    was: str
    files: int
    destroyed_at: str


def purge(register: Register, vault: Vault, as_of: date, retention: str, actor: str = "inzage") -> tuple[Certificate, ...]:
    """Destroy every request that ended longer ago than `retention` (ISO 8601, "P5Y") before `as_of`."""
    length = term(retention)
    if length is None:
        raise ConfigError("organisation.yaml", "dossier_retention is no length of time", "Write it as P5Y")
    ended = [r for r in register.all() if (end := register.ended_on(r.number)) is not None and end < as_of - length]
    return tuple(_destroy(register, vault, request, actor) for request in ended)


def _destroy(register: Register, vault: Vault, request: Request, actor: str) -> Certificate:
    files = vault.destroy(request.number, actor)
    certificate = Certificate(request.number, str(request.status), files, datetime.now(UTC).isoformat(timespec="seconds"))
    register.note(request.number, actor, "destroyed", {"was": certificate.was, "files": files})
    return certificate
