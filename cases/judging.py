"""A second pair of eyes: objections, who gave a verdict, and what makes a draft no longer what was approved."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, Row

from cases import review, rows
from cases.moving import Mover, put
from config.errors import RequestError
from config.request import Request, Status


class Judging:
    """What people say of a draft besides their approval; each change is one transaction with its entry in the trail."""

    def __init__(self, mover: Mover) -> None:
        self._mover = mover

    def __repr__(self) -> str:
        return "<Judging>"

    def object_to(self, number: str, by: str, draft: str, reason: str, barred: Collection[str] = (), *, blind: bool = False) -> Request:
        """One person's no to the draft with this SHA-256, and why. It goes back to the handlers, and both verdicts are void.

        With `blind` it goes back only when a second person has given a verdict too, who did not know of this one.
        """
        with self._mover.changing(number) as (connection, row):
            if Status(row.status) is not Status.REVIEW:
                raise RequestError(number, f"cannot be judged while it is {row.status}", "A draft must lie in review")
            if not reason.strip():
                raise RequestError(number, "an objection needs a reason", "Say what must be mended")
            review.object_to(connection, number, by, draft, barred)
            self._mover.because(connection, number, self._mover.audit.add(connection, by, "objected", number, {"draft": draft}), reason)
            if blind and len(review.verdicts(connection, number)) < review.TWO:
                return rows.request(row, self._mover.keys)
            return self._mover.send_back(connection, row)

    def verdicts(self, number: str) -> dict[str, bool]:
        """Who judged the draft that lies there, by name as it is compared (`review.person`): True for yes, False for an objection."""
        with self._mover.database.reading() as connection:
            return review.verdicts(connection, number)

    def undecide(self, number: str, items: Collection[str], actor: str) -> int:
        """Take back what was decided of these items; gives how many there were. Approvals are void, as with a decision."""
        with self._mover.changing(number) as (connection, row):
            taken = review.undecide(connection, number, items)
            self._reopen(connection, row, actor, "undecided", {"items": taken})
            return taken

    def outdate(self, number: str, items: Collection[str]) -> int:
        """Take back decisions on items where other words stand now than a person saw; gives how many there were."""
        with self._mover.changing(number) as (connection, _):
            taken = review.undecide(connection, number, items)
            voided = review.void(connection, number)
            self._mover.audit.add(connection, "inzage", "decisions outdated", number, {"items": taken, "approvals_voided": voided})
            return taken

    def reopen(self, number: str, actor: str, action: str, detail: Mapping[str, Any], because: str = "") -> Request:
        """Tell of something that makes the draft no longer what was approved: approvals are void, and it goes back to review."""
        with self._mover.changing(number) as (connection, row):
            return self._reopen(connection, row, actor, action, detail, because=because)

    def _reopen(
        self, connection: Connection, row: Row[Any], actor: str, action: str, detail: Mapping[str, Any], *, because: str = ""
    ) -> Request:
        number = row.number
        if Status(row.status) not in {Status.REVIEW, Status.APPROVED}:
            raise RequestError(number, "has no draft to change", f"Run it first: inzage request run {number}")
        put(connection, number, status=Status.REVIEW)
        told = {**detail, "approvals_voided": review.void(connection, number)}
        self._mover.because(connection, number, self._mover.audit.add(connection, actor, action, number, told), because)
        return rows.request(rows.find(connection, number), self._mover.keys)
