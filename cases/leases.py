"""Who works on a request right now: a lease that its holder renews, and that anybody may take when it has run out.

Each change is one atomic UPDATE, timed by the clock of the database, so that workers on machines whose clocks differ agree.
"""

from __future__ import annotations

import math
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, not_, or_, select, update

from cases.states import TRANSITIONS
from cases.tables import AUDIT, REQUESTS
from config.request import Status

LONGEST = 600.0
"""No lease is given for so many seconds: one that ends later was written before a clock was set back, and holds nobody up."""

TAKEN = "lease taken"
SETTLED = frozenset({"registered", *(ways[Status.REVIEW] for ways in TRANSITIONS.values() if Status.REVIEW in ways)})
"""Entries of the trail after which a request's tries count from nought again: a draft lay ready."""


def take(connection: Connection, number: str, owner: str, seconds: float, now: ColumnElement[float]) -> bool:
    """Take a lease that is free, run out, or already ours; False where another holder is alive."""
    free = or_(REQUESTS.c.lease_owner.is_(None), REQUESTS.c.lease_owner == owner, not_(alive(now)))
    wanted = update(REQUESTS).where(REQUESTS.c.number == number, free).values(lease_owner=owner, lease_until=now + seconds)
    return connection.execute(wanted).rowcount == 1


def alive(now: ColumnElement[float]) -> ColumnElement[bool]:
    """Whether the lease of a row holds at this moment."""
    return REQUESTS.c.lease_until.between(now, now + LONGEST)


def renew(connection: Connection, number: str, owner: str, seconds: float, now: ColumnElement[float]) -> bool:
    """Make our lease last from now; False where it is ours no more."""
    mine = update(REQUESTS).where(REQUESTS.c.number == number, REQUESTS.c.lease_owner == owner)
    return connection.execute(mine.values(lease_until=now + seconds)).rowcount == 1


def drop(connection: Connection, number: str, owner: str) -> bool:
    """Give our lease back; False where it is ours no more."""
    mine = update(REQUESTS).where(REQUESTS.c.number == number, REQUESTS.c.lease_owner == owner)
    return connection.execute(mine.values(lease_owner=None, lease_until=None)).rowcount == 1


def end(connection: Connection, number: str, owner: str, now: ColumnElement[float]) -> bool:
    """Let the lease of a holder who is known to be dead run out now; False where it is theirs no more."""
    theirs = update(REQUESTS).where(REQUESTS.c.number == number, REQUESTS.c.lease_owner == owner)
    return connection.execute(theirs.values(lease_until=now - 1.0)).rowcount == 1


def holders(connection: Connection, now: ColumnElement[float]) -> tuple[tuple[str, str], ...]:
    """Each request with a living lease, and who holds it."""
    wanted = select(REQUESTS.c.number, REQUESTS.c.lease_owner).where(alive(now)).order_by(REQUESTS.c.number)
    return tuple((row.number, row.lease_owner) for row in connection.execute(wanted))


def stale(connection: Connection, now: ColumnElement[float]) -> tuple[str, ...]:
    """Requests whose sources are being asked, but by nobody alive: what a crash left behind."""
    dead = or_(REQUESTS.c.lease_until.is_(None), not_(alive(now)))
    wanted = select(REQUESTS.c.number).where(REQUESTS.c.status == Status.COLLECTING, dead).order_by(REQUESTS.c.deadline, REQUESTS.c.number)
    return tuple(connection.scalars(wanted))


def half_released(connection: Connection, now: ColumnElement[float]) -> tuple[str, ...]:
    """Approved requests that somebody was sealing when their lease ran out; one that nobody began to seal waits for a person."""
    dead = REQUESTS.c.lease_until.is_not(None) & not_(alive(now))
    wanted = select(REQUESTS.c.number).where(REQUESTS.c.status == Status.APPROVED, dead).order_by(REQUESTS.c.deadline, REQUESTS.c.number)
    return tuple(connection.scalars(wanted))


def tries(connection: Connection, number: str, now: datetime) -> tuple[int, float]:
    """How often work began since the last move that came to something, and how many seconds ago the last time was (0.0 for never).

    Where the clock was set back since, the last time lies ahead: it counts as long ago, so that nobody waits for the clock.
    """
    settled = select(func.coalesce(func.max(AUDIT.c.sequence), 0)).where(AUDIT.c.number == number, AUDIT.c.action.in_(SETTLED))
    begun = AUDIT.c.number == number, AUDIT.c.action == TAKEN, AUDIT.c.sequence > settled.scalar_subquery()
    times = connection.scalars(select(AUDIT.c.at).where(*begun).order_by(AUDIT.c.sequence)).all()
    if not times:
        return 0, 0.0
    since = (now - datetime.fromisoformat(times[-1])).total_seconds()
    return len(times), since if since >= 0 else math.inf


def told(before: Row[Any], owner: str) -> dict[str, Any]:
    """A lease taken as the trail has it: by whom, and whether somebody let it run out."""
    return {"owner": owner, "taken_over": before.lease_owner not in {None, owner}}
