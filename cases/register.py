"""The request register: who asked when, where it stands, who decided what. Every change writes its own audit entry.

BSN are encrypted and found through a keyed hash; nothing else of a person is stored.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, func, insert, or_, select, update
from stdnum.nl import bsn as elfproef

from cases import deadlines, schema
from cases.audit import Audit
from cases.engine import connect
from cases.keys import MasterKey
from cases.states import OPEN, check_move
from cases.tables import APPROVALS, DATA_KEYS, DECISIONS, REQUESTS
from config.errors import RequestError, VaultError
from config.folding import squeeze
from config.redacted import Decision
from config.request import Approval, Request, Status


class Register:
    """The register in one relational database; safe to use from several threads and processes."""

    def __init__(self, url: str, keys: MasterKey) -> None:
        self._url, self._keys = url, keys
        self._engine = connect(url)
        self.audit = Audit(self._engine, keys)

    def __repr__(self) -> str:
        return "<Register>"

    def migrate(self) -> None:
        """Bring the database to the shape that this version needs."""
        schema.upgrade(self._engine)
        with self._engine.begin() as connection:
            self.audit.start(connection)

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def new(
        self, bsn: str, received: date, scope: Sequence[str] = (), channel: str = "desk", identity_checked_by: str = "", *, actor: str
    ) -> Request:
        """Register a request, under the next number of its year.

        Raises RequestError where the BSN fails the elfproef, the day lies ahead, or this resident has a request open.
        """
        digits = _check_bsn(bsn)
        _check_received(received)
        with self._writing() as connection:
            if (left := self._open(connection, digits)) is not None:
                raise RequestError(left.number, "is still open for this resident", "Go on with it, or withdraw it before another")
            number = self._next_number(connection, received.year)
            values = {
                "received": received, "status": Status.REGISTERED,
                "deadline": deadlines.deadline(received), "steer": deadlines.steer(received),
                "scope": list(scope), "channel": channel, "identity_checked_by": identity_checked_by, "extended_because": "",
                "registered_at": datetime.now(UTC), "bsn_mark": self._mark(digits), "open": True,
                "bsn": self._keys.seal("column", digits.encode(), f"requests/bsn/{number[0]}"),
            }  # fmt: skip
            return self._insert(connection, number, values, actor)

    def _next_number(self, connection: Connection, year: int) -> tuple[str, int, int]:
        serial = (connection.scalar(select(func.max(REQUESTS.c.serial)).where(REQUESTS.c.year == year)) or 0) + 1
        return f"INZ-{year}-{serial:06d}", year, serial

    def _insert(self, connection: Connection, number: tuple[str, int, int], values: Mapping[str, Any], actor: str) -> Request:
        name, year, serial = number
        connection.execute(insert(REQUESTS).values(number=name, year=year, serial=serial, **values))
        connection.execute(insert(DATA_KEYS).values(number=name, wrapped=self._keys.seal("wrap", os.urandom(32), f"data_keys/{name}")))
        self.audit.add(connection, actor, "registered", name, {key: values[key] for key in ("channel", "identity_checked_by", "scope")})
        return _request(_row(connection, name))

    def get(self, number: str) -> Request:
        """The request of this number; RequestError where there is none."""
        with self._engine.connect() as connection:
            return _request(_row(connection, number))

    def all(self, status: Status | None = None) -> tuple[Request, ...]:
        """Every request, or those in one state, by number."""
        wanted = select(REQUESTS).order_by(REQUESTS.c.number)
        with self._engine.connect() as connection:
            return tuple(_request(row) for row in connection.execute(wanted.where(REQUESTS.c.status == status) if status else wanted))

    def open_for(self, bsn: str) -> Request | None:
        """The open request of this resident, if there is one."""
        with self._engine.connect() as connection:
            return self._open(connection, bsn)

    def _open(self, connection: Connection, bsn: str) -> Request | None:
        wanted = select(REQUESTS).where(REQUESTS.c.bsn_mark == self._mark(bsn), REQUESTS.c.open.is_(True))
        row = connection.execute(wanted).one_or_none()
        return _request(row) if row else None

    def due(self, today: date, within_days: int) -> tuple[Request, ...]:
        """Open requests whose unshifted date is at most so many days away, or past; the nearest first."""
        last = today + timedelta(days=within_days)
        near = [request for request in self.all() if request.status in OPEN and request.steer <= last]
        return tuple(sorted(near, key=lambda request: (request.steer, request.number)))

    def bsn(self, number: str) -> str:
        """The BSN of who asked; the look-up itself is told in the trail. VaultError after a purge."""
        with self._writing() as connection:
            row = _row(connection, number)
            if row.bsn is None:
                raise VaultError(number, "was purged", "Nothing is left but the audit trail")
            self.audit.add(connection, "inzage", "subject looked up", number)
        return self._keys.open("column", row.bsn, f"requests/bsn/{number}").decode()

    def data_key(self, number: str) -> bytes:
        """The key of this request's artefacts; VaultError after a purge."""
        with self._engine.connect() as connection:
            wrapped = connection.scalar(select(DATA_KEYS.c.wrapped).where(DATA_KEYS.c.number == number))
        if wrapped is None:
            raise VaultError(number, "has no key: it was purged, or never registered", "Nothing of it can be read")
        return self._keys.open("wrap", wrapped, f"data_keys/{number}")

    def move(self, number: str, to: Status, actor: str, because: str = "") -> Request:
        """Move a request along the table of transitions; RequestError where that does not allow it."""
        with self._writing() as connection:
            return self._move(connection, number, to, actor, because)

    def _move(self, connection: Connection, number: str, to: Status, actor: str, because: str = "") -> Request:
        verb = check_move(number, Status(_row(connection, number).status), to)
        ended = {} if to in OPEN else {"open": None, "ended_at": datetime.now(UTC)}
        if to is Status.PURGED:
            ended.pop("ended_at")
        connection.execute(update(REQUESTS).where(REQUESTS.c.number == number).values(status=to, **ended))
        self.audit.add(connection, actor, verb, number, {"to": str(to), "because": because} if because else {"to": str(to)})
        return _request(_row(connection, number))

    def withdraw(self, number: str, actor: str) -> Request:
        """The resident takes the request back."""
        return self.move(number, Status.WITHDRAWN, actor)

    def extend(self, number: str, reason: str, actor: str, today: date) -> Request:
        """Extend to three months from receipt, once, and only within the first month (AVG 12(3))."""
        with self._writing() as connection:
            row = _row(connection, number)
            _check_extension(number, row, reason, today)
            until = deadlines.extended(row.received)
            values = {"deadline": until, "steer": deadlines.months(row.received, 3), "extended_because": reason.strip()}
            connection.execute(update(REQUESTS).where(REQUESTS.c.number == number).values(**values))
            self.audit.add(connection, actor, "extended", number, {"until": until.isoformat()})
            return _request(_row(connection, number))

    def approve(self, number: str, by: str, draft: str) -> Request:
        """One person's yes to the draft with this SHA-256; the second, by somebody else, makes the request approved.

        Approvals of another draft are void. Raises RequestError where this person already approved, or no draft is in review.
        """
        person = squeeze(by)
        with self._writing() as connection:
            if (now := Status(_row(connection, number).status)) is not Status.REVIEW or not person:
                raise RequestError(number, f"cannot be approved while it is {now}", "A draft must lie in review")
            connection.execute(delete(APPROVALS).where(APPROVALS.c.number == number, APPROVALS.c.draft != draft))
            earlier = connection.scalars(select(APPROVALS.c.person).where(APPROVALS.c.number == number)).all()
            if person in earlier:
                raise RequestError(number, "this person approved it already", "The second approval must be somebody else's")
            values = {"number": number, "person": person, "by": by.strip(), "at": datetime.now(UTC), "draft": draft}
            connection.execute(insert(APPROVALS).values(**values))
            self.audit.add(connection, by.strip(), "approved", number, {"draft": draft})
            return self._move(connection, number, Status.APPROVED, by.strip()) if earlier else _request(_row(connection, number))

    def approvals(self, number: str) -> tuple[Approval, ...]:
        """Who approved which draft, the first first."""
        wanted = select(APPROVALS).where(APPROVALS.c.number == number).order_by(APPROVALS.c.at)
        with self._engine.connect() as connection:
            return tuple(Approval(row.by, _aware(row.at), row.draft) for row in connection.execute(wanted))

    def decide(self, number: str, decisions: Sequence[Decision], actor: str) -> None:
        """Keep what a person decided of review items; a later decision on an item takes the place of an earlier."""
        with self._writing() as connection:
            if Status(_row(connection, number).status) not in (Status.REVIEW, Status.APPROVED):
                raise RequestError(number, "has no draft to decide on", f"Run it first: inzage request run {number}")
            for one in decisions:
                connection.execute(delete(DECISIONS).where(DECISIONS.c.number == number, DECISIONS.c.item == one.item))
                values = {"number": number, "item": one.item, "decision": one.decision, "ground": one.ground, "by": one.by}
                connection.execute(insert(DECISIONS).values(**values))
                self.audit.add(connection, actor, "decided", number, {"item": one.item, "decision": one.decision, "ground": one.ground})

    def decisions(self, number: str) -> tuple[Decision, ...]:
        """What people decided, by item."""
        wanted = select(DECISIONS).where(DECISIONS.c.number == number).order_by(DECISIONS.c.item)
        with self._engine.connect() as connection:
            return tuple(Decision(row.item, row.decision, row.ground, row.by) for row in connection.execute(wanted))

    def note(self, number: str, actor: str, action: str, detail: Mapping[str, Any] | None = None) -> None:
        """Tell in the trail of something that happened outside this class, a look at content for one."""
        with self._writing() as connection:
            self.audit.add(connection, actor, action, number, detail)

    def lease(self, number: str, owner: str, seconds: float) -> bool:
        """Take or renew the right to work on a request; False where somebody else has it and is alive."""
        now = time.time()
        free = or_(REQUESTS.c.lease_owner.is_(None), REQUESTS.c.lease_owner == owner, REQUESTS.c.lease_until < now)
        wanted = update(REQUESTS).where(and_(REQUESTS.c.number == number, free)).values(lease_owner=owner, lease_until=now + seconds)
        with self._writing() as connection:
            return connection.execute(wanted).rowcount == 1

    def let_go(self, number: str, owner: str) -> None:
        """Give the right to work on a request back."""
        mine = and_(REQUESTS.c.number == number, REQUESTS.c.lease_owner == owner)
        with self._writing() as connection:
            connection.execute(update(REQUESTS).where(mine).values(lease_owner=None, lease_until=None))

    def stale(self) -> tuple[str, ...]:
        """Requests under way that nobody holds a living lease on: what a crash left behind."""
        dead = or_(REQUESTS.c.lease_until.is_(None), REQUESTS.c.lease_until < time.time())
        wanted = select(REQUESTS.c.number).where(REQUESTS.c.status == Status.COLLECTING, dead).order_by(REQUESTS.c.number)
        with self._engine.connect() as connection:
            return tuple(connection.scalars(wanted))

    def ended_on(self, number: str) -> date | None:
        """The day on which an answered or withdrawn request ended; None while it is open, and after a purge."""
        with self._engine.connect() as connection:
            row = _row(connection, number)
        return _aware(row.ended_at).date() if row.ended_at and Status(row.status) in (Status.RELEASED, Status.WITHDRAWN) else None

    def forget(self, number: str, actor: str) -> None:
        """Destroy the key of a request, its BSN and its decisions; what is left in the vault can never be read again."""
        with self._writing() as connection:
            self._move(connection, number, Status.PURGED, actor)
            connection.execute(delete(DATA_KEYS).where(DATA_KEYS.c.number == number))
            connection.execute(delete(DECISIONS).where(DECISIONS.c.number == number))
            connection.execute(update(REQUESTS).where(REQUESTS.c.number == number).values(bsn=None, bsn_mark=None))

    def _mark(self, bsn: str) -> str:
        return self._keys.mark("bsn", bsn.encode())

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """A transaction in which nobody else writes, so that what it read first still holds when it writes."""
        with self._engine.begin() as connection:
            self.audit.lock(connection)
            yield connection


def _check_bsn(bsn: str) -> str:
    digits = "".join(c for c in bsn if c.isdigit())
    if not elfproef.is_valid(digits):
        raise RequestError("BSN", "does not pass the elfproef", "Check the number with the resident, and type all nine digits")
    return digits.zfill(9)


def _check_received(received: date) -> None:
    if received > datetime.now(UTC).date() + timedelta(days=1):
        raise RequestError("day of receipt", "lies in the future", "Give the day on which the request came in")


def _check_extension(number: str, row: Row[Any], reason: str, today: date) -> None:
    if Status(row.status) not in OPEN or row.extended_because:
        raise RequestError(number, "is closed or was extended before", "A request can be extended once, while it is open")
    if today > deadlines.deadline(row.received):
        raise RequestError(number, "is past its first month", "Extend within the first month; answer now, and say why it is late")
    if not reason.strip():
        raise RequestError(number, "cannot be extended without a reason", "Give the reason; the resident reads it")


def _row(connection: Connection, number: str) -> Row[Any]:
    row = connection.execute(select(REQUESTS).where(REQUESTS.c.number == number)).one_or_none()
    if row is None:
        raise RequestError("request", "there is none of this number", "See: inzage request list")
    return row


def _aware(moment: datetime) -> datetime:
    """SQLite forgets the zone; we always write UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _request(row: Row[Any]) -> Request:
    return Request(
        number=row.number, received=row.received, status=Status(row.status), deadline=row.deadline, steer=row.steer,
        scope=tuple(row.scope), channel=row.channel, identity_checked_by=row.identity_checked_by,
        extended_because=row.extended_because, registered_at=_aware(row.registered_at),
        released_at=_aware(row.ended_at) if row.ended_at and row.status == Status.RELEASED else None,
    )  # fmt: skip
