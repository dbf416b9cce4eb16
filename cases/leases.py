"""Who works on a request right now: a lease that its holder renews, and that anybody may take when it has run out.

Each change is one atomic UPDATE, timed by the clock of the database, so that workers on machines whose clocks differ agree.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, or_, select, update

from cases.states import TRANSITIONS
from cases.tables import AUDIT, REQUESTS
from config.request import Status

TAKEN = "lease taken"
SETTLED = frozenset({"registered", *(ways[Status.REVIEW] for ways in TRANSITIONS.values() if Status.REVIEW in ways)})
"""Entries of the trail after which a request's tries count from nought again: a draft lay ready."""


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


def tries(connection: Connection, number: str, now: datetime) -> tuple[int, float]:
    """How often work began since the last move that came to something, and how many seconds ago the last time was (0.0 for never)."""
    settled = select(func.coalesce(func.max(AUDIT.c.sequence), 0)).where(AUDIT.c.number == number, AUDIT.c.action.in_(SETTLED))
    begun = AUDIT.c.number == number, AUDIT.c.action == TAKEN, AUDIT.c.sequence > settled.scalar_subquery()
    times = connection.scalars(select(AUDIT.c.at).where(*begun).order_by(AUDIT.c.sequence)).all()
    return len(times), (now - datetime.fromisoformat(times[-1])).total_seconds() if times else 0.0


def told(before: Row[Any], owner: str) -> dict[str, Any]:
    """A lease taken as the trail has it: by whom, and whether somebody let it run out."""
    return {"owner": owner, "taken_over": before.lease_owner not in {None, owner}}
