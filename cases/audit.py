"""The audit trail: append-only, each entry carrying a keyed hash over itself and the entry before.

`verify` finds any edit, removal, addition or move, also of the last entries: the sealed head knows how many there are.
Only the return of the whole trail to an older state of itself passes, for that was true once; so keep a report elsewhere now
and then, and hand it to `verify` as `kept`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from cases.engine import Database
from cases.keys import MasterKey
from cases.tables import AUDIT, AUDIT_HEAD
from cases.told import check_actor, check_told
from config.errors import AuditError

USE, HEAD_USE = "audit", "audit-head"
START = "0" * 64
AT_ONCE = 1000
"""How many entries are read at once."""


@dataclass(frozen=True, slots=True)
class AuditReport:
    """How many entries the trail has, and the keyed hash of the last: to be kept elsewhere as proof."""

    entries: int
    head: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened; `detail` is JSON with counts, states and hashes, never a value of a resident."""

    sequence: int
    at: str  # ISO 8601, UTC
    actor: str
    action: str
    number: str  # of the request, "" where it is about none
    detail: str


class Audit:
    """The trail in the database of the register; entries are added inside the transaction of what they tell of."""

    def __init__(self, database: Database, keys: MasterKey) -> None:
        self._database, self._keys = database, keys

    def __repr__(self) -> str:
        return "<Audit>"

    def start(self, connection: Connection) -> None:
        """Lay the head of an empty trail. Only for a new database: a head that is missing later is a finding."""
        connection.execute(insert(AUDIT_HEAD).values(id=1, entries=0, mac=START, seal=self._seal(0, START)))

    def add(self, connection: Connection, actor: str, action: str, number: str = "", detail: Mapping[str, Any] | None = None) -> int:
        """Append one entry within the caller's transaction, in which nobody else can append; gives its sequence.

        Raises AuditError, and so undoes the whole transaction, where the head is not as it was left: going on would seal the damage.
        """
        entries, last = self._lock(connection)
        check_told({action: detail or {}})
        told = json.dumps(detail or {}, sort_keys=True, ensure_ascii=True)
        entry = Entry(entries + 1, datetime.now(UTC).isoformat(timespec="microseconds"), check_actor(actor), action, number, told)
        mac = self._mac(entry, last)
        seal = self._seal(entry.sequence, mac)
        connection.execute(insert(AUDIT).values(**{name: getattr(entry, name) for name in _COLUMNS}, mac=mac))
        connection.execute(update(AUDIT_HEAD).where(AUDIT_HEAD.c.id == 1).values(entries=entry.sequence, mac=mac, seal=seal))
        return entry.sequence

    def entries(self, number: str | None = None) -> tuple[Entry, ...]:
        """Every entry, or those of one request, in order; unverified, see `verify`."""
        with self._database.reading() as connection:
            return tuple(map(_entry, _pages(connection, number)))

    def of(self, actions: Sequence[str], after: int = 0) -> tuple[Entry, ...]:
        """The entries of these actions that came after one, in order; unverified, see `verify`."""
        wanted = select(AUDIT).where(AUDIT.c.action.in_(actions), AUDIT.c.sequence > after).order_by(AUDIT.c.sequence)
        with self._database.reading() as connection:
            return tuple(map(_entry, connection.execute(wanted)))

    def verify(self, kept: AuditReport | None = None) -> AuditReport:
        """The state of the trail; AuditError names the first entry that is not as it was written.

        With a report of an earlier day it also holds that the trail still goes through that point.
        """
        with self._database.reading() as connection:
            entries, last = self._walk(connection, kept or AuditReport(0, START))
            self._check_head(connection.execute(_HEAD).all(), entries, last)
        return AuditReport(entries, last)

    def _walk(self, connection: Connection, kept: AuditReport) -> tuple[int, str]:
        position, last = 0, START
        for row in _pages(connection):
            position, entry = position + 1, _entry(row)
            if entry.sequence != position or row.mac != self._mac(entry, last):
                raise _broken(position)
            last = row.mac
            if position == kept.entries and last != kept.head:
                raise _broken(position)
        if position < kept.entries:
            raise _broken(position + 1)
        return position, last

    def _check_head(self, heads: Sequence[Row[Any, Any, Any]], entries: int, last: str) -> None:
        if [tuple(head) for head in heads] != [(entries, last, self._seal(entries, last))]:
            raise _broken(entries + 1)

    def _lock(self, connection: Connection) -> tuple[int, str]:
        """The last entry, locked until the transaction ends (SQLite locks the whole file at its begin)."""
        row = connection.execute(_HEAD.where(AUDIT_HEAD.c.id == 1).with_for_update()).one_or_none()
        if row is None or row.seal != self._seal(row.entries, row.mac):
            raise _broken(row.entries + 1 if row else 1)
        return row.entries, row.mac

    def _mac(self, entry: Entry, last: str) -> str:
        """By the key of its time: an entry made under a newer key holds all before it, also against who has the older key."""
        return self._keys.of_entry(entry.sequence).mark_alone(USE, json.dumps([last, *astuple(entry)], ensure_ascii=True).encode())

    def _seal(self, entries: int, mac: str) -> str:
        return self._keys.mark_alone(HEAD_USE, f"{entries}/{mac}".encode())

    def hand_over(self, connection: Connection, new: MasterKey) -> int:
        """Let a new key seal the head from now; gives the last entry that the old one sealed. AuditError where the trail is not whole."""
        entries, last = self._walk(connection, AuditReport(0, START))
        self._check_head(connection.execute(_HEAD.with_for_update()).all(), entries, last)
        seal = Audit(self._database, new)._seal(entries, last)
        connection.execute(update(AUDIT_HEAD).where(AUDIT_HEAD.c.id == 1).values(seal=seal))
        return entries


_COLUMNS = tuple(field.name for field in fields(Entry))
_HEAD = select(AUDIT_HEAD.c.entries, AUDIT_HEAD.c.mac, AUDIT_HEAD.c.seal)


def _pages(connection: Connection, number: str | None = None) -> Iterator[Row[Any]]:
    """The entries in order, a page at a time, so that a trail of any length is walked in little memory."""
    wanted = select(AUDIT).order_by(AUDIT.c.sequence).limit(AT_ONCE)
    wanted = wanted if number is None else wanted.where(AUDIT.c.number == number)
    rows = connection.execute(wanted).all()
    while rows:
        yield from rows
        rows = connection.execute(wanted.where(AUDIT.c.sequence > rows[-1].sequence)).all()


def _entry(row: Row[Any]) -> Entry:
    return Entry(*(getattr(row, name) for name in _COLUMNS))


def _broken(sequence: int) -> AuditError:
    return AuditError(
        "audit trail",
        f"entry {sequence} was edited, removed, added or moved",
        "Compare with a backup, and tell the data protection officer",
    )
