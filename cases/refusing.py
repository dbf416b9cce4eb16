"""Refusing a request (AVG 12(4), (5)): one person proposes it with the very letter, and another decides. Never automatic."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from cases import review, rows
from cases.desk_tables import REFUSALS
from cases.moving import Mover
from cases.states import OPEN
from cases.told import check_actor
from config.errors import RequestError
from config.request import Request, Status


@dataclass(frozen=True, slots=True)
class Proposal:
    """Who proposed to refuse, when, and the SHA-256 of the letter they proposed."""

    by: str
    at: datetime
    letter: str


class Refusing:
    """The two steps to a refusal; each is one transaction with its entry in the trail."""

    def __init__(self, mover: Mover) -> None:
        self._mover = mover

    def __repr__(self) -> str:
        return "<Refusing>"

    def propose(self, number: str, by: str, letter: str, because: str) -> Proposal:
        """Propose to refuse with the letter of this SHA-256; an earlier proposal makes place. RequestError where no answer is owed."""
        with self._mover.changing(number) as (connection, row):
            if Status(row.status) not in OPEN:
                raise RequestError(number, f"is {row.status}, and owes no answer any more", "Nothing can be refused")
            who = review.person(check_actor(by))
            connection.execute(delete(REFUSALS).where(REFUSALS.c.number == number))
            connection.execute(insert(REFUSALS).values(number=number, person=who, by=by.strip(), at=rows.now(), letter=letter))
            sequence = self._mover.audit.add(connection, by, "refusal proposed", number, {"letter": letter})
            self._mover.because(connection, number, sequence, because)
            return _found(connection, number)

    def take_back(self, number: str, by: str) -> None:
        """Take a proposal back: the request goes on as it was."""
        with self._mover.changing(number) as (connection, row):
            if Status(row.status) not in OPEN:
                raise RequestError(number, f"is {row.status}, and owes no answer any more", "Nothing can be taken back")
            _found(connection, number)
            connection.execute(delete(REFUSALS).where(REFUSALS.c.number == number))
            self._mover.audit.add(connection, by, "refusal taken back", number)

    def decide(self, number: str, by: str, letter: str) -> Request:
        """A second person refuses, with the letter of this SHA-256 and no other. RequestError for who proposed it."""
        with self._mover.changing(number) as (connection, row):
            proposed = _found(connection, number)
            if review.person(check_actor(by)) == review.person(proposed.by):
                raise RequestError(number, "this person proposed the refusal", "Let somebody else decide it")
            if proposed.letter != letter:
                raise RequestError(number, "another letter was proposed meanwhile", "Read the new one first")
            review.void(connection, number)
            return self._mover.move(connection, row, Status.REFUSED, by)

    def proposed(self, number: str) -> Proposal | None:
        """What was proposed; None where nothing was, or after a purge."""
        with self._mover.database.reading() as connection:
            row = connection.execute(select(REFUSALS).where(REFUSALS.c.number == number)).one_or_none()
        return Proposal(row.by, rows.aware(row.at), row.letter) if row else None


def _found(connection: Connection, number: str) -> Proposal:
    row = connection.execute(select(REFUSALS).where(REFUSALS.c.number == number)).one_or_none()
    if row is None:
        raise RequestError(number, "nobody proposed to refuse it", "Propose it first, with a reason")
    return Proposal(row.by, rows.aware(row.at), row.letter)
