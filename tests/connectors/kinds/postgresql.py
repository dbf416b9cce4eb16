"""Tables of PostgreSQL."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any

from config.settings import Source
from tests.connectors.kinds import BSN, NAMES, ROWS, Bench
from tests.connectors.kinds._databases import NOT, Service
from tests.connectors.kinds._rows import Row

KIND, SERVICE = "sql", True
__all__ = ["KIND", "NOT", "SERVICE", "forbidden", "make"]
FULL = b"SFATAL\0VFATAL\0C53300\0Msorry, too many clients already\0\0"
US = Service(
    "PostgreSQL",
    sleep="pg_sleep({seconds}) is not null",
    big=f"select '{BSN}' as bsn, repeat('x', 1048576) as notitie from generate_series(1, 2048)",
    full=b"E" + (len(FULL) + 4).to_bytes(4, "big") + FULL,
)


def make(bench: Bench, names: list[str], rows: list[Row]) -> Source:
    """A table of these rows."""
    return US.filled(bench, names, rows)[1]


def forbidden(bench: Bench) -> Source:
    """A role that may log in and not read."""
    place, _ = US.filled(bench, NAMES, ROWS)
    role = f"inzage_{uuid.uuid4().hex[:8]}"
    place.run(f"create role {role} login", f"grant usage on schema {{s}} to {role}")
    bench.after.append(lambda: place.run(f"revoke all on schema {{s}} from {role}", f"drop role {role}"))
    return replace(US.asked(place), connection=place.url.replace("postgres@", f"{role}@"))


def __getattr__(case: str) -> Any:
    """The states that every database can be in."""
    if case not in US.cases():
        raise AttributeError(case)
    return US.cases()[case]
