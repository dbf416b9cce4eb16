"""The numbers of requests: counted per year of receipt, without gaps or doubles, whoever registers meanwhile."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select, update

from cases.tables import COUNTERS


def draw(connection: Connection, year: int) -> int:
    """The next number of a year. Its row is locked until the transaction ends; undoing that gives the number back.

    IntegrityError where two draw the first number of a year at once: the second must try again.
    """
    this = COUNTERS.c.year == year
    if connection.execute(update(COUNTERS).where(this).values(last=COUNTERS.c.last + 1)).rowcount == 0:
        connection.execute(insert(COUNTERS).values(year=year, last=1))
    drawn: int = connection.execute(select(COUNTERS.c.last).where(this)).scalar_one()
    return drawn


def written(year: int, serial: int) -> str:
    """The number as people see it.

    >>> written(2026, 123)
    'INZ-2026-000123'
    """
    return f"INZ-{year}-{serial:06d}"
