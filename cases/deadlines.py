"""When an answer is due: pure arithmetic on dates, no clock.

Source: AVG 12(3) (one month, three in all when extended); Regulation (EEC, Euratom) 1182/71 art. 3 (the day of the event is not
counted; a month ends on the same date, or on the last day where there is none; a Saturday, Sunday or holiday moves the end to
the next working day); Wet BRP 2.55 (four weeks); Awb 6:7 and 6:8 (objection: six weeks from the day after sending).
"""

from __future__ import annotations

from datetime import date, timedelta

from dateutil.easter import easter
from dateutil.relativedelta import relativedelta


def steer(received: date) -> date:
    """The unshifted end of one month: what staff steer by.

    >>> steer(date(2026, 1, 31))
    datetime.date(2026, 2, 28)
    """
    return months(received, 1)


def months(received: date, count: int) -> date:
    """The same date `count` months on, or the last day of that month where there is none."""
    return received + relativedelta(months=count)


def deadline(received: date) -> date:
    """The legal end of one month.

    >>> deadline(date(2026, 1, 31))
    datetime.date(2026, 3, 2)
    """
    return working_day(steer(received))


def extended(received: date) -> date:
    """The legal end after an extension: three months from receipt, not from the first end."""
    return working_day(months(received, 3))


def ends(received: date, prolonged: bool, paused_days: int = 0) -> tuple[date, date]:
    """The unshifted and the legal end, of one month or three, moved by the days of pauses that are over.

    >>> ends(date(2026, 1, 8), False), ends(date(2026, 1, 8), False, 3)
    ((datetime.date(2026, 2, 8), datetime.date(2026, 2, 9)), (datetime.date(2026, 2, 11), datetime.date(2026, 2, 11)))
    """
    unshifted = months(received, 3 if prolonged else 1) + timedelta(days=paused_days)
    return unshifted, working_day(unshifted)


def brp(received: date) -> date:
    """Four weeks, unshifted, for what comes from the BRP."""
    return received + timedelta(weeks=4)


def objection_ends(sent: date) -> date:
    """The last day of bezwaar against a decision sent on `sent`."""
    return working_day(sent + timedelta(weeks=6))


def working_day(day: date) -> date:
    """`day` itself, or the first day after it that is no Saturday, Sunday or holiday."""
    while day.weekday() >= 5 or day in holidays(day.year):
        day += timedelta(days=1)
    return day


def holidays(year: int) -> frozenset[date]:
    """Public holidays of the Netherlands as the term sees them; Good Friday counts as a working day, on the safe side."""
    sunday = easter(year)
    moving = {sunday + timedelta(days=days) for days in (1, 39, 50)}  # Easter Monday, Ascension, Whit Monday
    king = date(year, 4, 27)
    return frozenset(
        {date(year, 1, 1), date(year, 5, 5), date(year, 12, 25), date(year, 12, 26), *moving, king - timedelta(days=king.weekday() == 6)}
    )
