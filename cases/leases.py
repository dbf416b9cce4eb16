"""Who works on a request right now: a lease that its holder renews, and that anybody may take when it has run out.

Each change is one atomic UPDATE, timed by the clock of the database, so that workers on machines whose clocks differ agree.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, or_, select, update

from cases.tables import REQUESTS
from config.request import Status


def take(connection: Connection, number: str, owner: str, seconds: float, now: ColumnElement[float]) -> bool:
    """Take a lease that is free, run out, or already ours; False where another holder is alive."""
    free = or_(REQUESTS.c.lease_owner.is_(None), REQUESTS.c.lease_owner == owner, REQUESTS.c.lease_until < now)
    wanted = update(REQUESTS).where(REQUESTS.c.number == number, free).values(lease_owner=owner, lease_until=now + seconds)
    return connection.execute(wanted).rowcount == 1


def renew(connection: Connection, number: str, owner: str, seconds: float, now: ColumnElement[float]) -> bool:
    """Make our lease last from now; False where it is ours no more."""
    mine = update(REQUESTS).where(REQUESTS.c.number == number, REQUESTS.c.lease_owner == owner)
    return connection.execute(mine.values(lease_until=now + seconds)).rowcount == 1


def drop(connection: Connection, number: str, owner: str) -> bool:
    """Give our lease back; False where it is ours no more."""
    mine = update(REQUESTS).where(REQUESTS.c.number == number, REQUESTS.c.lease_owner == owner)
    return connection.execute(mine.values(lease_owner=None, lease_until=None)).rowcount == 1


def stale(connection: Connection, now: ColumnElement[float]) -> tuple[str, ...]:
    """Requests whose sources are being asked, but by nobody alive: what a crash left behind."""
    dead = or_(REQUESTS.c.lease_until.is_(None), REQUESTS.c.lease_until < now)
    wanted = select(REQUESTS.c.number).where(REQUESTS.c.status == Status.COLLECTING, dead).order_by(REQUESTS.c.deadline, REQUESTS.c.number)
    return tuple(connection.scalars(wanted))


def told(before: Row[Any], owner: str) -> dict[str, Any]:
    """A lease taken as the trail has it: by whom, and whether somebody let it run out."""
    return {"owner": owner, "taken_over": before.lease_owner not in {None, owner}}
