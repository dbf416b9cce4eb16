"""What must be right before a request is registered or extended; each refusal is one sentence, and never repeats the value."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row
from stdnum.exceptions import ValidationError
from stdnum.nl import bsn as elfproef

from cases import deadlines
from cases.states import OPEN
from cases.told import LONGEST, holds_bsn
from config.errors import RequestError
from config.request import Status

FIRST = date(2018, 5, 25)
"""The day from which the AVG applies (art. 99): no earlier day of receipt is right."""

_SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,62}")


def check_bsn(written: str) -> str:
    """The nine digits of a BSN, written with or without spaces, dots and a leading zero; RequestError where it fails the elfproef."""
    try:
        return str(elfproef.validate(written))
    except (ValidationError, AttributeError, TypeError):
        remedy = "Check the number with the resident, and type all nine digits"
        raise RequestError("BSN", "does not pass the elfproef", remedy) from None


def check_received(received: date, today: date) -> date:
    """The day of receipt; RequestError where it is no day, lies ahead, or before the AVG."""
    if not isinstance(received, date) or isinstance(received, datetime):
        raise RequestError("day of receipt", "is not a day", "Give the day on which the request came in, as YYYY-MM-DD")
    if received > today:
        raise RequestError("day of receipt", "lies in the future", "Give the day on which the request came in")
    if received < FIRST:
        raise RequestError("day of receipt", f"lies before {FIRST.isoformat()}, when the AVG began to apply", "Check the year")
    return received


def check_scope(scope: Sequence[str]) -> list[str]:
    """The activities asked for, each once and in order; RequestError where something else stands there. () is everything."""
    if isinstance(scope, str) or not all(isinstance(one, str) and _SLUG.fullmatch(one) and not holds_bsn(one) for one in scope):
        raise RequestError("scope", "is not a list of activities", "Name activities of activities.yaml by their id, or none for everything")
    return sorted(set(scope))


@dataclass(frozen=True, slots=True)
class Extent:
    """How far a request reaches: activities (none is everything), and a period of whole days, open where a side is None."""

    scope: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None

    def joined(self, other: Extent) -> Extent:
        """All that both ask for, and what lies between: of two requests nothing is left out that one of them asked.

        >>> Extent(("wmo",), date(2015, 1, 1)).joined(Extent(("bijstand",), date(2012, 1, 1), date(2013, 1, 1)))
        Extent(scope=('bijstand', 'wmo'), since=datetime.date(2012, 1, 1), until=None)
        """
        scope = tuple(sorted({*self.scope, *other.scope})) if self.scope and other.scope else ()
        since = min(self.since, other.since) if self.since and other.since else None
        return Extent(scope, since, max(self.until, other.until) if self.until and other.until else None)

    def columns(self) -> dict[str, Any]:
        """The values of the register."""
        return {"scope": list(self.scope), "since": self.since, "until": self.until}


def period_told(values: Mapping[str, Any]) -> dict[str, str]:
    """The days of a period as the trail has them; nothing where everything was asked."""
    return {name: values[name].isoformat() for name in ("since", "until") if values[name]}


def extent(row: Row[Any]) -> Extent:
    """How far the request of this row reaches."""
    return Extent(tuple(row.scope), row.since, row.until)


def check_extent(asked: Extent, today: date) -> Extent:
    """What was asked, with its activities in order; RequestError where they are no list, or the period is none or lies ahead."""
    if asked.since and asked.until and asked.since > asked.until:
        raise RequestError("period", "its period ends before it begins", "Turn the two days round")
    if asked.since and asked.since > today:
        raise RequestError("period", "its period begins in the future", "Give a day that was")
    return Extent(tuple(check_scope(asked.scope)), asked.since, asked.until)


def check_channel(channel: str) -> str:
    """The way a request came in; RequestError where it is not a short word."""
    if not _SLUG.fullmatch(channel) or holds_bsn(channel):
        raise RequestError("channel", "is not a short word", "Write desk, letter, eform or the like")
    return channel


def check_identity(checked_by: str) -> str:
    """Who checked who is asking, "" while nobody did; RequestError where it is no name of the staff."""
    plain = checked_by.strip()
    if len(plain) > LONGEST or not (plain.isprintable() or not plain) or holds_bsn(plain):
        raise RequestError("identity check", "does not name who did it", f"Name the colleague, in at most {LONGEST} characters")
    return plain


def check_extension(row: Row[Any], reason: str, today: date) -> None:
    """Raise RequestError unless this request is open, in its first month (AVG 12(3)), not extended yet, and a reason is given."""
    if Status(row.status) not in OPEN or row.extended_at is not None:
        raise RequestError(row.number, "is closed or was extended before", "A request can be extended once, while it is open")
    if not row.received <= today <= deadlines.ends(row.received, False, row.paused_days)[1]:  # `Request.first_month`
        remedy = "Extend within the first month; later, answer now and say why it is late"
        raise RequestError(row.number, "is not in its first month", remedy)
    if not reason.strip():
        raise RequestError(row.number, "cannot be extended without a reason", "Give the reason; the resident reads it")
