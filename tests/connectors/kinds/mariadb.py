"""Tables of MariaDB."""

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
FULL = b"\xff" + (1040).to_bytes(2, "little") + b"#08004Too many connections"
US = Service(
    "MariaDB",
    sleep="sleep({seconds}) = 0",
    big=f"select '{BSN}' as bsn, repeat('x', 1048576) as notitie from seq_1_to_2048",
    full=len(FULL).to_bytes(3, "little") + b"\0" + FULL,
)


def make(bench: Bench, names: list[str], rows: list[Row]) -> Source:
    """A table of these rows."""
    return US.filled(bench, names, rows)[1]


def forbidden(bench: Bench) -> Source:
    """A user that may log in and not read."""
    place, good = US.filled(bench, NAMES, ROWS)
    user = f"inzage_{uuid.uuid4().hex[:8]}"
    place.run(f"create user {user}@localhost", f"create user {user}@'127.0.0.1'")
    bench.after.append(lambda: place.run(f"drop user {user}@localhost, {user}@'127.0.0.1'"))
    return replace(good, connection=place.url.replace("root@", f"{user}@").replace("3306/test", "3306/"))


def __getattr__(case: str) -> Any:
    """The states that every database can be in."""
    if case not in US.cases():
        raise AttributeError(case)
    return US.cases()[case]
