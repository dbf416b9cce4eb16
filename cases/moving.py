"""One move of a request along the table, inside the caller's transaction, with the entry that tells of it and its reason."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, insert, update

from cases import review, rows
from cases.audit import Audit
from cases.engine import Database
from cases.keys import MasterKey
from cases.states import ENDED, check_move
from cases.tables import REASONS, REQUESTS
from config.request import Request, Status

REDRAFTS = frozenset({Status.COLLECTING, Status.REVIEW})
"""Moving here makes another draft, of which nobody has approved anything."""


@dataclass(frozen=True, slots=True)
class Mover:
    """The database, the keys and the trail, as everything that moves a request needs them together."""

    database: Database
    keys: MasterKey
    audit: Audit

    @contextmanager
    def changing(self, number: str) -> Iterator[tuple[Connection, Row[Any]]]:
        """A transaction that holds this request alone: who comes second waits, and sees what the first did."""
        with self.database.writing() as connection:
            yield connection, rows.find(connection, number, lock=True)

    def move(self, connection: Connection, row: Row[Any], to: Status, actor: str, because: str = "") -> Request:
        """The request after the move; RequestError where the table does not allow it."""
        now, number = Status(row.status), row.number
        verb = check_move(number, now, to)
        told: dict[str, Any] = {"from": str(now), "to": str(to)}
        if to in REDRAFTS and (voided := review.void(connection, number)):
            told["approvals_voided"] = voided
        ended = {"open": None, "ended_at": rows.now(), "ended_as": to} if to in ENDED else {}
        put(connection, number, status=to, **ended)
        self.because(connection, number, self.audit.add(connection, actor, verb, number, told), because)
        return rows.request(rows.find(connection, number), self.keys)

    def send_back(self, connection: Connection, row: Row[Any]) -> Request:
        """Two people do not agree: what both said is void, and the handlers read why."""
        review.void(connection, row.number)
        self.audit.add(connection, "inzage", "sent back", row.number)
        return rows.request(row, self.keys)

    def because(self, connection: Connection, number: str, sequence: int, text: str) -> None:
        """Keep why somebody did what the entry of this sequence tells; nothing where no reason was given."""
        if text.strip():
            sealed = self.keys.seal("column", text.strip().encode(), reason_place(number, sequence))
            connection.execute(insert(REASONS).values(number=number, sequence=sequence, text=sealed))


def put(connection: Connection, number: str, **values: Any) -> None:
    """Set columns of a request."""
    connection.execute(update(REQUESTS).where(REQUESTS.c.number == number).values(**values))


def reason_place(number: str, sequence: int) -> str:
    """What the encryption of a reason is bound to."""
    return f"reasons/text/{number}/{sequence}"
