"""The audit trail: append-only, each entry carrying a keyed hash over itself and the entry before.

`verify` finds any edit, removal, addition or move, also of the last entries: the sealed head knows how many there are.
It cannot find the replacement of the whole database by an older copy; keep the head (`inzage audit verify`) elsewhere too.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, insert, select, update

from cases.keys import MasterKey
from cases.tables import AUDIT, AUDIT_HEAD
from config.errors import AuditError

USE = "audit"
START = "0" * 64


@dataclass(frozen=True, slots=True)
class AuditReport:
    """How many entries the trail has, and the keyed hash of the last: to be kept elsewhere as proof."""

    entries: int
    head: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened; `detail` holds counts, states and hashes, never a value of a person."""

    sequence: int
    at: str
    actor: str
    action: str
    number: str
    detail: str


class Audit:
    """The trail in the database of the register; entries are added inside the transaction of what they tell of."""

    def __init__(self, engine: Engine, keys: MasterKey) -> None:
        self._engine, self._keys = engine, keys

    def __repr__(self) -> str:
        return "<Audit>"

    def add(self, connection: Connection, actor: str, action: str, number: str = "", detail: Mapping[str, Any] | None = None) -> None:
        """Append one entry within the caller's transaction, in which nobody else can append."""
        entries, last = self.lock(connection)
        told = json.dumps(detail or {}, sort_keys=True, ensure_ascii=True)
        entry = Entry(entries + 1, datetime.now(UTC).isoformat(timespec="microseconds"), actor, action, number, told)
        mac = self._mac(entry, last)
        connection.execute(insert(AUDIT).values(**{name: getattr(entry, name) for name in Entry.__dataclass_fields__}, mac=mac))
        connection.execute(
            update(AUDIT_HEAD).where(AUDIT_HEAD.c.id == 1).values(entries=entry.sequence, mac=mac, seal=self._seal(entry.sequence, mac))
        )

    def verify(self) -> AuditReport:
        """The state of the trail; AuditError at the first entry that is not as it was written."""
        with self._engine.connect() as connection:
            head = connection.execute(select(AUDIT_HEAD.c.entries, AUDIT_HEAD.c.mac, AUDIT_HEAD.c.seal)).one_or_none()
            rows = connection.execute(select(AUDIT).order_by(AUDIT.c.sequence)).all()
        last = START
        for position, row in enumerate(rows, 1):
            entry = Entry(row.sequence, row.at, row.actor, row.action, row.number, row.detail)
            if entry.sequence != position or row.mac != self._mac(entry, last):
                raise _broken(position)
            last = row.mac
        if head is None or (head.entries, head.mac) != (len(rows), last) or head.seal != self._seal(len(rows), last):
            raise _broken(len(rows) + 1)
        return AuditReport(len(rows), last)

    def start(self, connection: Connection) -> None:
        """Seal the head of an empty trail, once."""
        if connection.execute(select(AUDIT_HEAD.c.id)).first() is None and connection.execute(select(AUDIT.c.sequence)).first() is None:
            connection.execute(insert(AUDIT_HEAD).values(id=1, entries=0, mac=START, seal=self._seal(0, START)))

    def lock(self, connection: Connection) -> tuple[int, str]:
        """The number and keyed hash of the last entry; whoever writes next waits until this transaction ends.

        SQLite locks its whole file at the begin of a transaction; other databases lock this row.
        """
        row = connection.execute(select(AUDIT_HEAD.c.entries, AUDIT_HEAD.c.mac).where(AUDIT_HEAD.c.id == 1).with_for_update()).one_or_none()
        if row is None:
            raise _broken(1)
        return row.entries, row.mac

    def _mac(self, entry: Entry, last: str) -> str:
        canonical = json.dumps([last, *(getattr(entry, name) for name in Entry.__dataclass_fields__)], ensure_ascii=True)
        return self._keys.mark(USE, canonical.encode())

    def _seal(self, entries: int, mac: str) -> str:
        return self._keys.mark("audit-head", f"{entries}/{mac}".encode())


def _broken(sequence: int) -> AuditError:
    return AuditError(
        "audit trail",
        f"entry {sequence} was edited, removed, added or moved",
        "Compare with a backup, and tell the data protection officer",
    )
