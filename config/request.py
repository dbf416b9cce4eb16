"""One inzageverzoek as everybody in the house may know it: by its number, without a value of a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

DUTCH = "nl"

LANGUAGES = {"nl": "nl-NL", "en": "en-GB"}
"""The languages in which a resident can be answered, each with its tag (BCP 47)."""


class Status(StrEnum):
    """Where a request stands. Which moves are allowed, and who owns each state, is in `cases.states`."""

    REGISTERED = "registered"  # known, nothing asked yet
    COLLECTING = "collecting"  # the sources are being asked
    REVIEW = "review"  # a draft lies ready for people
    APPROVED = "approved"  # two different people approved the very draft that lies there
    RELEASED = "released"  # sealed and handed over
    REFUSED = "refused"  # two different people decided to refuse it (AVG 12(4), (5))
    WITHDRAWN = "withdrawn"  # the resident took it back
    PURGED = "purged"  # its key is destroyed; only the audit trail is left


@dataclass(frozen=True, slots=True)
class Request:
    """One request. `deadline` is the legal end (AVG 12(3), Regulation 1182/71), `steer` the unshifted date for staff."""

    number: str  # "INZ-2026-000123"
    received: date
    status: Status
    deadline: date
    steer: date
    scope: tuple[str, ...] = ()  # activity ids; () is everything
    channel: str = "desk"
    language: str = DUTCH  # in which the letters and the dossier are written
    identity_checked_by: str = ""
    extended_because: str = ""
    registered_at: datetime | None = None
    released_at: datetime | None = None
    paused_since: date | None = None  # while the resident must answer first; the dates above move when it ends
    paused_days: int = 0
    since: date | None = None  # the period asked for; None is without a begin
    until: date | None = None  # its last day; None is without an end
    first_month: date | None = None  # the last day on which the term can be extended, and the letter that says so be sent


@dataclass(frozen=True, slots=True)
class Approval:
    """One person's yes to one draft, bound to the SHA-256 of what they approved."""

    by: str
    at: datetime
    draft: str
