"""Destroys what is past its retention: the key first, then the files; a certificate and the audit trail stay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from cases.register import Register
from cases.vault import Vault
from config.errors import ConfigError
from config.terms import term


@dataclass(frozen=True, slots=True)
class Certificate:
    """What was destroyed of one request, and when; `entry` is the audit entry that proves it. For the data protection officer."""

    number: str
    was: str  # released, refused or withdrawn
    files: int
    destroyed_at: str  # ISO 8601, UTC
    entry: int


def purge(register: Register, vault: Vault, as_of: date, retention: str, actor: str = "inzage") -> tuple[Certificate, ...]:
    """Destroy every request that ended longer ago than `retention` (ISO 8601, "P5Y") before `as_of`, and finish what a crash left.

    Raises ConfigError where `retention` is no length of time, VaultError where files cannot be removed; running it again goes on.
    """
    length = term(retention)
    if length is None:
        raise ConfigError("organisation.yaml", "dossier_retention is no length of time", "Write it as P5Y")
    old = (*register.half_purged(), *register.ended_before(as_of - length))
    return tuple(_destroy(vault, request.number, actor) for request in old)


def _destroy(vault: Vault, number: str, actor: str) -> Certificate:
    files, entry, was = vault.destroy(number, actor)
    return Certificate(number, was, files, datetime.now(UTC).isoformat(timespec="seconds"), entry)
