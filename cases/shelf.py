"""The register's side of the vault: the wrapped key of each request, and which version of each artefact counts.

A file in the vault is nothing until a row here names it: so a write is whole or not at all, whatever breaks in between, and an
older version put back in its place is found.
"""

from __future__ import annotations

import os

from sqlalchemy import Connection, delete, insert, select, update

from cases.keys import LENGTH, MasterKey
from cases.tables import ARTEFACTS, DATA_KEYS
from config.errors import VaultError


def cut_key(connection: Connection, number: str, keys: MasterKey) -> None:
    """Make the random data key of a new request, and keep it wrapped."""
    wrapped = keys.seal("wrap", os.urandom(LENGTH), place(number))
    connection.execute(insert(DATA_KEYS).values(number=number, wrapped=wrapped))


def key(connection: Connection, number: str, keys: MasterKey) -> bytes:
    """The data key of a request; VaultError where it was destroyed, or never was."""
    wrapped = connection.scalar(select(DATA_KEYS.c.wrapped).where(DATA_KEYS.c.number == number))
    if wrapped is None:
        raise VaultError(number, "has no key: it was purged, or never registered", "Nothing of it can be read")
    return keys.open("wrap", wrapped, place(number))


def destroy_key(connection: Connection, number: str) -> None:
    """Destroy the wrapped key, which is all that could open the request's artefacts."""
    connection.execute(delete(DATA_KEYS).where(DATA_KEYS.c.number == number))


def version(connection: Connection, number: str, name: str) -> str | None:
    """The version of an artefact that counts; None where there is none."""
    return connection.scalar(select(ARTEFACTS.c.version).where(ARTEFACTS.c.number == number, ARTEFACTS.c.name == name))


def keep(connection: Connection, number: str, name: str, made: str, size: int) -> str | None:
    """Let the version `made` count from now; gives the one that counted before."""
    before = version(connection, number, name)
    if before is None:
        connection.execute(insert(ARTEFACTS).values(number=number, name=name, version=made, bytes=size))
    else:
        this = update(ARTEFACTS).where(ARTEFACTS.c.number == number, ARTEFACTS.c.name == name)
        connection.execute(this.values(version=made, bytes=size))
    return before


def versions(connection: Connection, number: str) -> dict[str, str]:
    """The version that counts of every artefact of a request, by name."""
    found = connection.execute(select(ARTEFACTS.c.name, ARTEFACTS.c.version).where(ARTEFACTS.c.number == number))
    return {row.name: row.version for row in found}


def clear(connection: Connection, number: str) -> int:
    """Strike every artefact of a request; gives how many there were."""
    return connection.execute(delete(ARTEFACTS).where(ARTEFACTS.c.number == number)).rowcount


def place(number: str) -> str:
    """What the encryption of a wrapped data key is bound to."""
    return f"data_keys/wrapped/{number}"
