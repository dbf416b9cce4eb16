"""A new master key in place of the old: everything that the old one opens is brought under the new one, in one transaction.

What is encrypted is opened and sealed anew; a keyed hash, whose value nobody kept, is hashed once more under the new key. The audit
trail is not touched: the first entry under the new key holds the whole trail before it. The artefacts in the vault keep the data
key of their request, which is wrapped anew. Broken off at any point, the database is as it was before or as it is after.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Connection, Row, Table, insert, select, update

from cases import handling, leases, rows, shelf
from cases.audit import Audit
from cases.desk_tables import ACCOUNTS, CLOSE, COMMENTS, PARTICULARS, PICKUPS, SESSIONS, TOKENS
from cases.engine import Database
from cases.keys import MasterKey, Older
from cases.moving import reason_place
from cases.tables import DATA_KEYS, KEY_CHECK, OLDER_KEYS, REASONS, REQUESTS
from config.errors import RequestError, VaultError

Place = Callable[[Row[Any]], str]


@dataclass(frozen=True, slots=True)
class Sealed:
    """A column that is encrypted: under which key, and what each value is bound to."""

    table: Table
    column: str
    use: str
    place: Place


@dataclass(frozen=True, slots=True)
class Marked:
    """A column of keyed hashes, and under which key."""

    table: Table
    column: str
    use: Callable[[Row[Any]], str]


SEALED = (
    Sealed(REQUESTS, "bsn", "column", lambda row: rows.place("bsn", row.number)),
    Sealed(REQUESTS, "extended_because", "column", lambda row: rows.place("extended_because", row.number)),
    Sealed(REASONS, "text", "column", lambda row: reason_place(row.number, row.sequence)),
    Sealed(PARTICULARS, "representative", "column", lambda row: handling.representative_place(row.number)),
    Sealed(COMMENTS, "text", "column", lambda row: handling.comment_place(row.number, row.sequence)),
    Sealed(DATA_KEYS, "wrapped", "wrap", lambda row: shelf.place(row.number)),
)
MARKED = (
    Marked(REQUESTS, "bsn_mark", lambda _: "bsn"),
    Marked(CLOSE, "bsn_mark", lambda _: "bsn"),
    Marked(ACCOUNTS, "outside", lambda _: "oidc"),
    Marked(SESSIONS, "mark", lambda _: "session"),
    Marked(TOKENS, "mark", lambda row: f"key {row.kind}"),
    Marked(PICKUPS, "mark", lambda _: "pickup"),
    Marked(PICKUPS, "code", lambda _: "pickup code"),
    Marked(PICKUPS, "visit", lambda _: "pickup visit"),
)
"""A test compares both with the tables."""


def check_mark(keys: MasterKey) -> str:
    """By what a register knows its master key."""
    return keys.mark_alone("check", b"inzage")


def known(connection: Connection, keys: MasterKey) -> bool:
    """Whether a register is under this master key."""
    mark: str | None = connection.scalar(select(KEY_CHECK.c.mark))
    return mark == check_mark(keys)


def learn(connection: Connection, keys: MasterKey) -> None:
    """Let a master key know which keys it took the place of."""
    found = connection.execute(select(OLDER_KEYS).order_by(OLDER_KEYS.c.generation)).all()
    keys.know([Older(keys.unwrap(row.wrapped, _place(row.generation)), row.until) for row in found])


def rotate(database: Database, old: MasterKey, new: MasterKey, actor: str) -> int:
    """Bring a register from one master key under another; gives how many values were brought over.

    Raises VaultError where the register knows neither, RequestError while anybody works on a request, AuditError where the trail is
    not whole. Where the register already has the new key nothing happens, and 0 is given.
    """
    with database.writing() as connection:
        known = connection.scalar(select(KEY_CHECK.c.mark).with_for_update())
        if known == check_mark(new):
            return 0
        if known != check_mark(old):
            raise VaultError("master key", "is not the one that this register was made with", "Set the key of this register")
        learn(connection, old)
        _check_idle(connection, database)
        until = Audit(database, old).hand_over(connection, new)
        changed = sum(_reseal(connection, column, old, new) for column in SEALED)
        changed += sum(_mark_again(connection, column, new) for column in MARKED)
        _keep_older(connection, old, new, until)
        connection.execute(update(KEY_CHECK).values(mark=check_mark(new)))
        learn(connection, new)
        Audit(database, new).add(connection, actor, "master key rotated", "", {"values": changed, "generation": len(new.older) + 1})
    database.forget()
    return changed


def _check_idle(connection: Connection, database: Database) -> None:
    if connection.scalar(select(REQUESTS.c.number).where(leases.alive(database.now())).limit(1)) is not None:
        raise RequestError("master key", "a request is being handled", "Stop the desk and every `inzage serve`, and try again")


def _reseal(connection: Connection, at: Sealed, old: MasterKey, new: MasterKey) -> int:
    column = at.table.c[at.column]
    found = connection.execute(select(at.table).where(column.is_not(None))).all()
    for row in found:
        value = old.open(at.use, getattr(row, at.column), at.place(row))
        _put(connection, at.table, row, {at.column: new.seal(at.use, value, at.place(row))})
    return len(found)


def _mark_again(connection: Connection, at: Marked, new: MasterKey) -> int:
    column = at.table.c[at.column]
    found = connection.execute(select(at.table).where(column.is_not(None))).all()
    for row in found:
        value = getattr(row, at.column)
        _put(connection, at.table, row, {at.column: new.mark_alone(at.use(row), value.encode()) if value else value})
    return len(found)


def _put(connection: Connection, table: Table, row: Row[Any], values: dict[str, Any]) -> None:
    this: list[Column[Any]] = list(table.primary_key.columns)
    connection.execute(update(table).where(*(column == getattr(row, column.name) for column in this)).values(**values))


def _keep_older(connection: Connection, old: MasterKey, new: MasterKey, until: int) -> None:
    """Keep the key that goes, and those before it, sealed under the new one."""
    older = [*old.older, Older(old, until)]
    connection.execute(OLDER_KEYS.delete())
    for generation, kept in enumerate(older, start=1):
        wrapped = new.wrap(kept.key, _place(generation))
        connection.execute(insert(OLDER_KEYS).values(generation=generation, until=kept.until, wrapped=wrapped))


def _place(generation: int) -> str:
    return f"older_keys/wrapped/{generation}"


def check(connection: Connection, keys: MasterKey) -> bool:
    """Whether the database knows this master key; False where it is new. VaultError where it knows another."""
    mark = connection.scalar(select(KEY_CHECK.c.mark))
    if mark not in {None, check_mark(keys)}:
        remedy = "Set the key of this register; if a rotation was broken off, run `inzage keys rotate` again; else see your backup"
        raise VaultError("master key", "is not the one that this register was made with", remedy)
    learn(connection, keys)
    return mark is not None
