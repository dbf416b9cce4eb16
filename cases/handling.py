"""What the desk does around a request: who asks for whom, pauses, duplicates, what to do about a dead source, and comments.

Free text that may name anybody is encrypted; all of it goes with a purge.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from cases import deadlines, intake, rows
from cases.desk_tables import COMMENTS, DUPLICATES, PARTICULARS, SOURCE_CHOICES
from cases.moving import Mover, put
from cases.representation import AGES, IDENTITY, KINDS
from cases.states import OPEN
from cases.tables import REQUESTS
from config.discretion import discreet
from config.errors import RequestError
from config.request import LANGUAGES, Request, Status

CHOICES = ("wait", "without", "upload")
"""What may be decided of a source that stays down: wait for it, answer without it and say so, or upload by hand."""

LONGEST_TEXT = 4000


@discreet
@dataclass(frozen=True, slots=True)
class Particulars:
    """What the desk knows of a request besides its clock; ages, kinds and ways of checking are words of `cases.representation`."""

    ages: str = ""
    represented_by: str = ""
    representative: str = ""
    identity_how: str = ""
    acknowledged_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SourceChoice:
    """What somebody decided of a source that did not answer."""

    source: str
    choice: str
    by: str
    at: datetime


@discreet
@dataclass(frozen=True, slots=True)
class Comment:
    """A remark to a colleague; `place` is the record or document it is about, "" for the whole request."""

    sequence: int
    place: str
    by: str
    at: datetime
    text: str


class Handling:
    """The desk's side of the register; each change is one transaction with its entry in the trail."""

    def __init__(self, mover: Mover) -> None:
        self._mover = mover

    def __repr__(self) -> str:
        return "<Handling>"

    def describe(self, number: str, known: Particulars, actor: str) -> None:
        """Keep what is known of a request, in place of what was known before."""
        check_particulars(number, known)
        with self._mover.changing(number) as (connection, _):
            before = _row(connection, number)
            kept = {"acknowledged_at": before.acknowledged_at} if before else {}
            connection.execute(delete(PARTICULARS).where(PARTICULARS.c.number == number))
            connection.execute(insert(PARTICULARS).values(number=number, **self._values(number, known), **kept))
            told = {"ages": known.ages, "represented_by": known.represented_by, "identity_how": known.identity_how}
            self._mover.audit.add(connection, actor, "described", number, told)

    def particulars(self, number: str) -> Particulars:
        """What is known of a request; empty where nothing was told, or after a purge."""
        with self._mover.database.reading() as connection:
            row = _row(connection, number)
        if row is None:
            return Particulars()
        sealed, at = row.representative, row.acknowledged_at
        name = self._mover.keys.open("column", sealed, representative_place(number)).decode() if sealed else ""
        return Particulars(
            row.ages,
            row.represented_by,
            name,
            row.identity_how,
            rows.aware(at) if at else None,
        )

    def _values(self, number: str, known: Particulars) -> dict[str, Any]:
        name = known.representative.strip()
        return {
            "ages": known.ages,
            "represented_by": known.represented_by,
            "representative": self._mover.keys.seal("column", name.encode(), representative_place(number)) if name else None,
            "identity_how": known.identity_how,
        }

    def answer_in(self, number: str, language: str, actor: str) -> Request:
        """Answer this resident in another language (a key of LANGUAGES): letters and dossier from now on; a draft is made anew."""
        if language not in LANGUAGES:
            raise RequestError(number, "there are no letters in this language", f"Choose one of {', '.join(LANGUAGES)}")
        with self._mover.changing(number) as (connection, row):
            self._open(row)
            put(connection, number, language=language)
            self._mover.audit.add(connection, actor, "language chosen", number, {"language": language})
            return rows.request(rows.find(connection, number), self._mover.keys)

    def identified(self, number: str, how: str, by: str) -> None:
        """Record that somebody's identity was checked, how and by whom; no copy of a document is kept anywhere."""
        if how not in IDENTITY:
            raise RequestError(number, "the way of checking is none that is known", f"Choose one of {', '.join(IDENTITY)}")
        with self._mover.changing(number) as (connection, row):
            self._open(row)
            put(connection, number, identity_checked_by=intake.check_identity(by))
            self._upsert(connection, number, identity_how=how)
            self._mover.audit.add(connection, by, "identity checked", number, {"how": how})

    def acknowledge(self, number: str, actor: str) -> None:
        """Record that the acknowledgement was sent; once."""
        with self._mover.changing(number) as (connection, _):
            before = _row(connection, number)
            if before is not None and before.acknowledged_at is not None:
                raise RequestError(number, "was acknowledged before", "The first day stands")
            self._upsert(connection, number, acknowledged_at=rows.now())
            self._mover.audit.add(connection, actor, "acknowledged", number)

    def _upsert(self, connection: Connection, number: str, **values: Any) -> None:
        if _row(connection, number) is None:
            empty = {"ages": "", "represented_by": "", "identity_how": ""}
            connection.execute(insert(PARTICULARS).values(number=number, **{**empty, **values}))
        else:
            connection.execute(update(PARTICULARS).where(PARTICULARS.c.number == number).values(**values))

    # The clock stands still while the resident must answer first.

    def pause(self, number: str, reason: str, actor: str, today: date) -> Request:
        """Let the clock stand from today, for a reason that the resident was told."""
        with self._mover.changing(number) as (connection, row):
            self._open(row)
            if row.paused_since is not None:
                raise RequestError(number, "is paused already", "Resume it first")
            if not reason.strip():
                raise RequestError(number, "cannot be paused without a reason", "Say what the resident must answer first")
            put(connection, number, paused_since=today)
            sequence = self._mover.audit.add(connection, actor, "paused", number, {"since": today.isoformat()})
            self._mover.because(connection, number, sequence, reason)
            return rows.request(rows.find(connection, number), self._mover.keys)

    def resume(self, number: str, actor: str, today: date) -> Request:
        """Let the clock run again; every date moves by the days that it stood."""
        with self._mover.changing(number) as (connection, row):
            if row.paused_since is None:
                raise RequestError(number, "is not paused", "Its clock runs")
            days = max((today - row.paused_since).days, 0)
            steer, until = deadlines.ends(row.received, row.extended_at is not None, row.paused_days + days)
            put(connection, number, paused_since=None, paused_days=row.paused_days + days, steer=steer, deadline=until)
            self._mover.audit.add(connection, actor, "resumed", number, {"days": days, "until": until.isoformat()})
            return rows.request(rows.find(connection, number), self._mover.keys)

    # One resident, one answer.

    def add_duplicate(self, number: str, received: date, channel: str, asked: intake.Extent, actor: str) -> Request:
        """Take a second request of the same resident into the open one: what it asks is added, and the earlier day of receipt counts.

        There is never a second open request of a resident to close: the register refuses to make one.
        """
        with self._mover.changing(number) as (connection, row):
            self._open(row)
            first = min(row.received, received)
            steer, until = deadlines.ends(first, row.extended_at is not None, row.paused_days)
            put(connection, number, **intake.extent(row).joined(asked).columns(), received=first, steer=steer, deadline=until)
            sequence = self._mover.audit.add(connection, actor, "duplicate merged", number, {"channel": intake.check_channel(channel)})
            connection.execute(insert(DUPLICATES).values(number=number, sequence=sequence, received=received, channel=channel))
            return rows.request(rows.find(connection, number), self._mover.keys)

    def duplicates(self, number: str) -> tuple[tuple[date, str], ...]:
        """When and how the same was asked again, the first first."""
        wanted = select(DUPLICATES).where(DUPLICATES.c.number == number).order_by(DUPLICATES.c.sequence)
        with self._mover.database.reading() as connection:
            return tuple((row.received, row.channel) for row in connection.execute(wanted))

    def asked_again(self, channel: str) -> frozenset[str]:
        """Requests that took in a duplicate from this channel."""
        with self._mover.database.reading() as connection:
            return frozenset(connection.scalars(select(DUPLICATES.c.number).where(DUPLICATES.c.channel == channel)))

    # A source that stays down needs somebody to decide.

    def choose(self, number: str, source: str, choice: str, actor: str) -> None:
        """Decide what becomes of a source that did not answer; a later choice takes the place of an earlier."""
        if choice not in CHOICES:
            raise RequestError(number, "a source can be waited for, left out, or uploaded by hand", "Choose one of the three")
        with self._mover.changing(number) as (connection, row):
            self._open(row)
            connection.execute(delete(SOURCE_CHOICES).where(SOURCE_CHOICES.c.number == number, SOURCE_CHOICES.c.source == source))
            connection.execute(insert(SOURCE_CHOICES).values(number=number, source=source, choice=choice, by=actor, at=rows.now()))
            self._mover.audit.add(connection, actor, "source chosen", number, {"source": source, "choice": choice})

    def choices(self, number: str) -> dict[str, SourceChoice]:
        """What was decided, by source."""
        with self._mover.database.reading() as connection:
            found = connection.execute(select(SOURCE_CHOICES).where(SOURCE_CHOICES.c.number == number)).all()
        return {row.source: SourceChoice(row.source, row.choice, row.by, rows.aware(row.at)) for row in found}

    # Remarks between colleagues.

    def comment(self, number: str, place: str, text: str, actor: str) -> None:
        """Write a remark to a colleague."""
        if not text.strip() or len(text) > LONGEST_TEXT:
            raise RequestError(number, f"a comment has 1 to {LONGEST_TEXT} characters", "Write what your colleague must know")
        with self._mover.changing(number) as (connection, _):
            sequence = self._mover.audit.add(connection, actor, "commented", number)
            sealed = self._mover.keys.seal("column", text.strip().encode(), comment_place(number, sequence))
            values = {"number": number, "sequence": sequence, "place": place[:200], "by": actor, "at": rows.now(), "text": sealed}
            connection.execute(insert(COMMENTS).values(**values))

    def comments(self, number: str, place: str | None = None) -> tuple[Comment, ...]:
        """Every remark on a request, or on one place in it, the first first."""
        wanted = select(COMMENTS).where(COMMENTS.c.number == number).order_by(COMMENTS.c.sequence)
        with self._mover.database.reading() as connection:
            found = connection.execute(wanted if place is None else wanted.where(COMMENTS.c.place == place)).all()
        return tuple(Comment(r.sequence, r.place, r.by, rows.aware(r.at), self._text(r)) for r in found)

    def _text(self, row: Row[Any]) -> str:
        return self._mover.keys.open("column", row.text, comment_place(row.number, row.sequence)).decode()

    def open_before(self, day: date) -> tuple[str, ...]:
        """Requests that still owe an answer though their legal end was before this day."""
        late = REQUESTS.c.open.is_(True), REQUESTS.c.deadline < day, REQUESTS.c.paused_since.is_(None)
        with self._mover.database.reading() as connection:
            return tuple(connection.scalars(select(REQUESTS.c.number).where(*late).order_by(REQUESTS.c.number)))

    @staticmethod
    def _open(row: Row[Any]) -> None:
        if Status(row.status) not in OPEN:
            raise RequestError(row.number, f"is {row.status}, and owes no answer any more", "Nothing can be changed about it")


def check_particulars(number: str, known: Particulars) -> None:
    """Raise RequestError where what is known of a request is none of the table, or does not agree with itself."""
    if known.ages not in ("", *AGES) or known.represented_by not in ("", *KINDS):
        raise RequestError(number, "the age or the kind of representative is none that is known", "Choose one of the list")
    if known.identity_how not in ("", *IDENTITY):
        raise RequestError(number, "the way of checking is none that is known", f"Choose one of {', '.join(IDENTITY)}")
    if bool(known.represented_by) != bool(known.representative.strip()) or len(known.representative) > LONGEST_TEXT:
        raise RequestError(number, "a representative needs both a name and a kind", "Fill in both, or neither")


def _row(connection: Connection, number: str) -> Row[Any] | None:
    return connection.execute(select(PARTICULARS).where(PARTICULARS.c.number == number)).one_or_none()


def representative_place(number: str) -> str:
    """What the encryption of a representative's name is bound to."""
    return f"particulars/representative/{number}"


def comment_place(number: str, sequence: int) -> str:
    """What the encryption of a comment is bound to."""
    return f"comments/text/{number}/{sequence}"
