"""Rows of the register as words of the house: finds one by its number, and reads what is encrypted in it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from cases import deadlines
from cases.keys import MasterKey
from cases.states import S
from cases.tables import REQUESTS
from config.errors import RequestError
from config.request import Request, Status

NUMBER = re.compile(r"INZ-[0-9]{4}-[0-9]{6,9}")


def find(connection: Connection, number: str, lock: bool = False) -> Row[Any]:
    """The row of this number, with `lock` until the transaction ends; RequestError, without what was typed, where there is none."""
    wanted = select(REQUESTS).where(REQUESTS.c.number == number)
    row = connection.execute(wanted.with_for_update() if lock else wanted).one_or_none() if NUMBER.fullmatch(number) else None
    if row is None:
        raise RequestError("request", "there is none of this number", "See: inzage request list")
    return row


def request(row: Row[Any], keys: MasterKey) -> Request:
    """The row as everybody in the house may know it."""
    because = keys.open("column", row.extended_because, place("extended_because", row.number)).decode() if row.extended_because else ""
    return Request(
        number=row.number,
        received=row.received,
        status=Status(row.status),
        deadline=row.deadline,
        steer=row.steer,
        scope=tuple(row.scope),
        since=row.since,
        until=row.until,
        first_month=deadlines.ends(row.received, False, row.paused_days)[1],
        channel=row.channel,
        language=row.language,
        identity_checked_by=row.identity_checked_by,
        extended_because=because,
        registered_at=aware(row.registered_at),
        released_at=aware(row.ended_at) if row.ended_as == S.RELEASED else None,
        paused_since=row.paused_since,
        paused_days=row.paused_days,
    )


def place(column: str, number: str) -> str:
    """Where an encrypted value of a request stands: what its encryption is bound to."""
    return f"requests/{column}/{number}"


def aware(moment: datetime) -> datetime:
    """The moment with its zone: SQLite forgets it, and we always write UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)
