"""The clocks that run on one request: each law its own, with the unshifted date for staff and the legal one beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from cases import deadlines
from config.request import Request

BRP_ACTIVITY = "brp"
"""The activity of the register of processing whose data have the clock of the Wet BRP."""


@dataclass(frozen=True, slots=True)
class Clock:
    """One term: staff steer by `steer`; `legal` is when it really ends."""

    law: str
    steer: date
    legal: date
    note: str


def clocks(request: Request) -> tuple[Clock, ...]:
    """Every clock of a request, the first to end first.

    AVG 12(3): one month, three when extended. Wet BRP 2.55: four weeks, never extended, where the BRP is in scope. Wmo 5.3.2 and
    Jeugdwet 7.3.10 say as soon as possible: no day of their own.
    """
    term = "drie maanden na ontvangst" if request.extended_because else "een maand na ontvangst"
    avg = Clock("AVG", request.steer, request.deadline, term)
    if request.scope and BRP_ACTIVITY not in request.scope:
        return (avg,)
    end = deadlines.brp(request.received) + timedelta(days=request.paused_days)
    brp = Clock("Wet BRP", end, deadlines.working_day(end), "vier weken na ontvangst, voor wat uit de BRP komt")
    return tuple(sorted((avg, brp), key=lambda clock: clock.steer))


def days_left(day: date, today: date) -> int:
    """How many days until `day`; below nought where it is past."""
    return (day - today).days
