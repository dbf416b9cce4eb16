"""Handing over to the resident: a link and a code that travel apart. Of both the register keeps keyed hashes only.

A link to a dossier opens once; with it goes the right to fetch the files for half an hour. Five wrong codes close it.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, insert, select, update

from cases import rows
from cases.desk_tables import PICKUPS
from cases.moving import Mover
from config.errors import RequestError
from config.request import Status

ATTEMPTS, VISIT_SECONDS, DAY = 5, 30 * 60, 24 * 60 * 60

_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without what is taken for another when read from paper: 0 and O, 1 and I."""


@dataclass(frozen=True, slots=True)
class Pickup:
    """One link as the desk may know it: `reference` is the start of its keyed hash, enough to revoke it."""

    reference: str
    number: str
    kind: str  # dossier or status
    made_at: datetime
    state: str  # open, opened, expired, locked, revoked
    attempts: int
    downloads: int


class Pickups:
    """The links in the database of the register; each change is told in the trail."""

    def __init__(self, mover: Mover) -> None:
        self._mover = mover

    def __repr__(self) -> str:
        return "<Pickups>"

    def make(self, number: str, kind: str, days: int, actor: str) -> tuple[str, str]:
        """A link's token and its code, shown once. A dossier can be fetched once released; older links to it close."""
        token, code = secrets.token_urlsafe(32), "".join(secrets.choice(_ALPHABET) for _ in range(10))
        now = self._mover.database.now()
        with self._mover.changing(number) as (connection, row):
            if kind == "dossier" and Status(row.status) is not Status.RELEASED:
                raise RequestError(number, "is not released", "Release it first")
            if kind not in {"dossier", "status"} or not 1 <= days <= 90:
                raise RequestError(number, "a link is for a dossier or a status, for 1 to 90 days", "Choose one")
            older = PICKUPS.c.number == number, PICKUPS.c.kind == kind, PICKUPS.c.revoked_at.is_(None)
            connection.execute(update(PICKUPS).where(*older).values(revoked_at=rows.now(), visit=None))
            values = {"mark": self._mark(token), "number": number, "kind": kind, "code": self._code(token, code), "made_at": rows.now()}
            connection.execute(insert(PICKUPS).values(**values, expires=now + days * DAY, attempts=ATTEMPTS, downloads=0))
            told = {"kind": kind, "days": days, "reference": self._mark(token)[:12]}
            self._mover.audit.add(connection, actor, "link made", number, told)
        return token, f"{code[:5]}-{code[5:]}"

    def is_open(self, token: str) -> bool:
        """Whether this link asks for a code; never for whom it is."""
        with self._mover.database.reading() as connection:
            return connection.execute(select(PICKUPS.c.number).where(self._mine(token), *self._alive())).one_or_none() is not None

    def enter(self, token: str, code: str) -> str | None:
        """The token of a visit, where the code is right; None where it is not, and then one attempt is gone.

        A link to a dossier is used up by the right code: replaying it opens nothing.
        """
        written = "".join(c for c in code.upper() if c.isalnum())
        with self._mover.database.writing() as connection:
            row = connection.execute(select(PICKUPS).where(self._mine(token), *self._alive()).with_for_update()).one_or_none()
            if row is None:
                return None
            if not secrets.compare_digest(row.code, self._code(token, written)):
                connection.execute(update(PICKUPS).where(self._mine(token)).values(attempts=PICKUPS.c.attempts - 1))
                self._mover.audit.add(connection, "resident", "wrong code", row.number, {"left": row.attempts - 1})
                return None
            visit = secrets.token_urlsafe(32)
            values = {"visit": self._visit(visit), "visit_until": self._mover.database.now() + VISIT_SECONDS, "attempts": ATTEMPTS}
            connection.execute(update(PICKUPS).where(self._mine(token)).values(**values, opened_at=rows.now()))
            self._mover.audit.add(connection, "resident", "link opened", row.number, {"kind": row.kind})
            return visit

    def visiting(self, visit: str) -> tuple[str, str] | None:
        """The number and kind that this visit is for; None where it is over, revoked or unknown."""
        alive = PICKUPS.c.visit == self._visit(visit), PICKUPS.c.visit_until > self._mover.database.now(), PICKUPS.c.revoked_at.is_(None)
        with self._mover.database.reading() as connection:
            row = connection.execute(select(PICKUPS.c.number, PICKUPS.c.kind).where(*alive)).one_or_none()
        return (row.number, row.kind) if row is not None else None

    def downloaded(self, visit: str, name: str) -> None:
        """Record that the resident fetched a file."""
        with self._mover.database.writing() as connection:
            this = PICKUPS.c.visit == self._visit(visit)
            number = connection.scalar(select(PICKUPS.c.number).where(this))
            connection.execute(update(PICKUPS).where(this).values(downloads=PICKUPS.c.downloads + 1))
            self._mover.audit.add(connection, "resident", "downloaded", number or "", {"file": name})

    def leave(self, visit: str) -> None:
        """End a visit."""
        with self._mover.database.writing() as connection:
            this = PICKUPS.c.visit == self._visit(visit)
            number = connection.scalar(select(PICKUPS.c.number).where(this))
            if number is not None:
                connection.execute(update(PICKUPS).where(this).values(visit=None))
                self._mover.audit.add(connection, "resident", "left", number)

    def revoke(self, number: str, reference: str, actor: str) -> None:
        """Let a link open nothing any more, and end a visit through it."""
        with self._mover.changing(number) as (connection, _):
            this = PICKUPS.c.number == number, PICKUPS.c.mark.startswith(reference, autoescape=True), PICKUPS.c.revoked_at.is_(None)
            if (
                len(reference) < 12
                or connection.execute(update(PICKUPS).where(*this).values(revoked_at=rows.now(), visit=None)).rowcount != 1
            ):
                raise RequestError(number, "has no link of this reference that still opens", "See the list of links")
            self._mover.audit.add(connection, actor, "link revoked", number, {"reference": reference[:12]})

    def all(self, number: str) -> tuple[Pickup, ...]:
        """Every link of a request, the newest first."""
        expired = (PICKUPS.c.expires < self._mover.database.now()).label("expired")
        wanted = select(PICKUPS, expired).where(PICKUPS.c.number == number).order_by(PICKUPS.c.made_at.desc())
        with self._mover.database.reading() as connection:
            return tuple(map(_pickup, connection.execute(wanted)))

    def _alive(self) -> tuple[ColumnElement[bool], ...]:
        unused = (PICKUPS.c.kind == "status") | PICKUPS.c.opened_at.is_(None)
        return PICKUPS.c.expires > self._mover.database.now(), PICKUPS.c.attempts > 0, PICKUPS.c.revoked_at.is_(None), unused

    def _mine(self, token: str) -> ColumnElement[bool]:
        return PICKUPS.c.mark == self._mark(token)

    def _mark(self, token: str) -> str:
        return self._mover.keys.mark("pickup", token.encode())

    def _code(self, token: str, code: str) -> str:
        return self._mover.keys.mark("pickup code", f"{token}\n{code}".encode())

    def _visit(self, visit: str) -> str:
        return self._mover.keys.mark("pickup visit", visit.encode())


def _pickup(row: Row[Any]) -> Pickup:
    if row.revoked_at is not None:
        state = "revoked"
    elif row.attempts <= 0:
        state = "locked"
    elif row.opened_at is not None and row.kind == "dossier":
        state = "opened"
    else:
        state = "expired" if row.expired else "open"
    return Pickup(row.mark[:12], row.number, row.kind, rows.aware(row.made_at), state, row.attempts, row.downloads)
