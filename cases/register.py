"""The request register: who asked when, where it stands, who decided what. Every change writes its own audit entry.

A BSN, and free text that may name anybody, are encrypted; a BSN is found through a keyed hash. Nothing else of a resident is here.
Each method that writes is one transaction: the change and the entry that tells of it are kept together, or neither is.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, delete, insert, select
from sqlalchemy.exc import IntegrityError

from cases import deadlines, intake, leases, numbers, review, rotation, rows, schema, shelf
from cases.accounts import Accounts
from cases.audit import Audit
from cases.desk_tables import PERSONAL
from cases.engine import Database
from cases.handling import Handling
from cases.judging import Judging
from cases.keys import MasterKey
from cases.moving import Mover, put, reason_place
from cases.pickups import Pickups
from cases.places import Places
from cases.refusing import Refusing
from cases.sessions import Sessions
from cases.states import ENDED, GUARDED, check_move
from cases.tables import AUDIT, DECISIONS, KEY_CHECK, REASONS, REQUESTS
from cases.tasks import Tasks
from cases.told import check_actor
from config.discretion import discreet
from config.errors import RequestError, VaultError
from config.redacted import Decision
from config.request import Approval, Request, Status

ATTEMPTS = 5
"""How often registering is tried when two collide on a resident, or on the first number of a year."""


@discreet
@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody did what the audit entry of this sequence tells: free text, gone after a purge."""

    sequence: int
    text: str


class Register:
    """The register in one relational database; safe to use from several threads and processes."""

    def __init__(self, url: str, keys: MasterKey, timezone: str = "Europe/Amsterdam") -> None:
        self._database, self._keys, self._zone = Database(url), keys, ZoneInfo(timezone)
        self.audit = Audit(self._database, keys)
        self.tasks = Tasks(self._database, self.audit)
        self._mover = Mover(self._database, keys, self.audit)
        self.accounts = Accounts(self._database, keys, self.audit)
        self.sessions = Sessions(self._database, keys, self.audit)
        self.handling = Handling(self._mover)
        self.judging, self.refusing = Judging(self._mover), Refusing(self._mover)
        self.pickups = Pickups(self._mover)
        self.places = Places(self._database, keys)

    def __repr__(self) -> str:
        return "<Register>"

    def migrate(self) -> None:
        """Bring the database to the shape that this version needs. Raises VaultError where the master key is not the one it has."""
        with self._database.reading() as connection:
            ready = schema.current(connection) == schema.HEAD and rotation.check(connection, self._keys)
        if ready:
            return
        with self._database.writing() as connection:
            schema.lock(connection)
            schema.upgrade(connection)
            if not rotation.check(connection, self._keys):
                connection.execute(insert(KEY_CHECK).values(id=1, mark=rotation.check_mark(self._keys)))
                self.audit.start(connection)

    def check_ready(self) -> None:
        """Raise RequestError where the database does not answer, VaultError where it went over to another master key."""
        with self._database.reading() as connection:
            rotation.check(connection, self._keys)

    def knows(self, keys: MasterKey) -> bool:
        """Whether this is the master key that everything here is under."""
        with self._database.reading() as connection:
            return rotation.known(connection, keys)

    def rotate(self, new: MasterKey, actor: str) -> int:
        """Bring everything under a new master key; gives how many values. This register is closed then: open one with the new key."""
        changed = rotation.rotate(self._database, self._keys, new, actor)
        self.close()
        return changed

    def close(self) -> None:
        """Close every connection."""
        self.places.close()
        self._database.close()

    # Registering, and finding what was registered.

    def new(
        self, bsn: str, received: date, scope: Sequence[str] = (), channel: str = "desk", identity_checked_by: str = "", *, actor: str,
        since: date | None = None, until: date | None = None,
    ) -> Request:  # fmt: skip
        """Register a request, under the next number of its year of receipt: without gaps or doubles, whoever registers meanwhile.

        Raises RequestError where the BSN fails the elfproef, the day lies ahead, the scope or the channel is none, or this
        resident has a request open, which it then names.
        """
        digits, today = intake.check_bsn(bsn), rows.now().astimezone(self._zone).date()
        asked = intake.Extent(tuple(intake.check_scope(scope)), since, until)
        values = {
            "received": intake.check_received(received, today),
            **intake.check_extent(asked, today).columns(),
            "channel": intake.check_channel(channel),
            "identity_checked_by": intake.check_identity(identity_checked_by),
        }
        for _ in range(ATTEMPTS):
            try:
                return self._insert(digits, values, actor)
            except IntegrityError:  # another process was first; the next attempt sees what it wrote
                continue
        raise RequestError("request", "could not be registered, for many are registered at once", "Try again")

    def _insert(self, bsn: str, values: Mapping[str, Any], actor: str) -> Request:
        with self._database.writing() as connection:
            if (left := self._open(connection, bsn)) is not None:
                raise RequestError(left.number, "is still open for this resident", "Go on with it, or withdraw it before another")
            serial = numbers.draw(connection, values["received"].year)
            number = numbers.written(values["received"].year, serial)
            given = self._given(number, bsn, values["received"])
            connection.execute(insert(REQUESTS).values(number=number, serial=serial, **values, **given))
            shelf.cut_key(connection, number, self._keys)
            told = {name: values[name] for name in ("channel", "identity_checked_by", "scope")} | intake.period_told(values)
            self.audit.add(connection, actor, "registered", number, told)
            return self._request(rows.find(connection, number))

    def _given(self, number: str, bsn: str, received: date) -> dict[str, Any]:
        """What follows for a new request from its number, BSN and day."""
        return {
            "year": received.year,
            "status": Status.REGISTERED,
            "deadline": deadlines.deadline(received),
            "steer": deadlines.steer(received),
            "registered_at": rows.now(),
            "bsn": self._keys.seal("column", bsn.encode(), rows.place("bsn", number)),
            "bsn_mark": self._mark(bsn),
            "open": True,
        }

    def get(self, number: str) -> Request:
        """The request of this number; RequestError where there is none."""
        with self._database.reading() as connection:
            return self._request(rows.find(connection, number))

    def all(self, status: Status | None = None) -> tuple[Request, ...]:
        """Every request, or those in one state, by number."""
        wanted = select(REQUESTS).order_by(REQUESTS.c.number)
        with self._database.reading() as connection:
            found = connection.execute(wanted.where(REQUESTS.c.status == status) if status else wanted)
            return tuple(map(self._request, found))

    def open_for(self, bsn: str) -> Request | None:
        """The open request of this resident, if there is one; RequestError where the BSN fails the elfproef."""
        with self._database.reading() as connection:
            return self._open(connection, intake.check_bsn(bsn))

    def due(self, today: date, within_days: int) -> tuple[Request, ...]:
        """Open requests whose unshifted date is at most so many days away, or past; the nearest first."""
        near = REQUESTS.c.open.is_(True), REQUESTS.c.steer <= today + timedelta(days=within_days)
        with self._database.reading() as connection:
            found = connection.execute(select(REQUESTS).where(*near).order_by(REQUESTS.c.steer, REQUESTS.c.number))
            return tuple(map(self._request, found))

    def bsn(self, number: str, actor: str = "inzage") -> str:
        """The BSN of who asked; the look-up itself is told in the trail. VaultError after a purge."""
        with self._database.writing() as connection:
            sealed = rows.find(connection, number).bsn
            if sealed is None:
                raise VaultError(number, "was purged", "Nothing is left but the audit trail")
            self.audit.add(connection, actor, "subject looked up", number)
        return self._keys.open("column", sealed, rows.place("bsn", number)).decode()

    # Moving a request on.

    def move(self, number: str, to: Status, actor: str, because: str = "") -> Request:
        """Move a request along the table of transitions; RequestError where that does not allow it.

        A move that makes another draft voids the approvals. Into `approved` and `purged` nobody moves a request by word alone.
        """
        with self._mover.changing(number) as (connection, row):
            check_move(number, Status(row.status), to)
            if to in GUARDED:
                raise RequestError(number, f"cannot be made {to} by word alone", GUARDED[to])
            if to is Status.RELEASED:
                review.check_four_eyes(connection, number)
            return self._mover.move(connection, row, to, actor, because)

    def withdraw(self, number: str, actor: str, because: str = "") -> Request:
        """The resident takes the request back."""
        return self.move(number, Status.WITHDRAWN, actor, because)

    def extend(self, number: str, reason: str, actor: str, today: date) -> Request:
        """Extend to three months from receipt, once, and only within the first month (AVG 12(3)); the resident reads the reason."""
        with self._mover.changing(number) as (connection, row):
            intake.check_extension(row, reason, today)
            steer, until = deadlines.ends(row.received, True, row.paused_days)
            sealed = self._keys.seal("column", reason.strip().encode(), rows.place("extended_because", number))
            put(connection, number, deadline=until, steer=steer, extended_at=rows.now(), extended_because=sealed)
            self.audit.add(connection, actor, "extended", number, {"until": until.isoformat()})
            return self._request(rows.find(connection, number))

    def reasons(self, number: str) -> tuple[Reason, ...]:
        """Why people moved this request, by the sequence of the audit entry; () after a purge."""
        wanted = select(REASONS).where(REASONS.c.number == number).order_by(REASONS.c.sequence)
        with self._database.reading() as connection:
            found = connection.execute(wanted).all()
        return tuple(
            Reason(row.sequence, self._keys.open("column", row.text, reason_place(number, row.sequence)).decode()) for row in found
        )

    def decide(self, number: str, decisions: Sequence[Decision], actor: str) -> None:
        """Keep what a person decided of review items; a later decision on an item takes the place of an earlier.

        What was approved was approved without these decisions: approvals are void, and an approved request goes back to review.
        """
        with self._mover.changing(number) as (connection, row):
            if Status(row.status) not in {Status.REVIEW, Status.APPROVED}:
                raise RequestError(number, "has no draft to decide on", f"Run it first: inzage request run {number}")
            kept = review.decide(connection, number, decisions)
            voided = review.void(connection, number)
            put(connection, number, status=Status.REVIEW)
            told = {**review.told(kept, self._keys), "from": row.status, "to": str(Status.REVIEW), "approvals_voided": voided}
            self.audit.add(connection, actor, "decided", number, told)

    def decisions(self, number: str) -> tuple[Decision, ...]:
        """What people decided, by item."""
        with self._database.reading() as connection:
            return review.decisions(connection, number)

    def approve(self, number: str, by: str, draft: str, barred: Collection[str] = ()) -> Request:
        """One person's yes to the draft with this SHA-256; the second, by somebody else, makes the request approved.

        Approvals of another draft are void. Raises RequestError where this person already approved or is `barred` (who handled
        it, for one: see `actors`), or where no draft is in review.
        """
        with self._mover.changing(number) as (connection, row):
            if (now := Status(row.status)) is not Status.REVIEW:
                raise RequestError(number, f"cannot be approved while it is {now}", "A draft must lie in review")
            given = review.approve(connection, number, by, draft, barred)
            self.audit.add(connection, by, "approved", number, {"draft": draft, "people": given})
            if len(review.verdicts(connection, number)) > given:
                return self._mover.send_back(connection, row)
            return self._mover.move(connection, row, Status.APPROVED, by) if given >= review.TWO else self._request(row)

    def approvals(self, number: str) -> tuple[Approval, ...]:
        """Who approved which draft, the first first."""
        with self._database.reading() as connection:
            return review.approvals(connection, number)

    def actors(self, number: str, *actions: str) -> frozenset[str]:
        """Who did any of these actions to a request ("registered", "decided"), or anything when none is named, by the audit trail."""
        wanted = select(AUDIT.c.actor).where(AUDIT.c.number == number).distinct()
        with self._database.reading() as connection:
            return frozenset(connection.scalars(wanted.where(AUDIT.c.action.in_(actions)) if actions else wanted))

    def note(self, number: str, actor: str, action: str, detail: Mapping[str, Any] | None = None) -> None:
        """Tell in the trail of something that happened outside this class, a look at content for one; `number` may be ""."""
        with self._database.writing() as connection:
            if number:
                rows.find(connection, number)
            self.audit.add(connection, actor, action, number, detail)

    def lease(self, number: str, owner: str, seconds: float) -> bool:
        """Take the right to work on a request for so long, or renew it; False where somebody else has it and is alive."""
        with self._mover.changing(number) as (connection, row):
            mine = row.lease_owner == owner
            taken = leases.take(connection, number, check_actor(owner), seconds, self._database.now())
            if taken and not mine:
                self.audit.add(connection, owner, leases.TAKEN, number, leases.told(row, owner))
            return taken

    def heartbeat(self, number: str, owner: str, seconds: float) -> bool:
        """Renew a lease; False where it was lost, and then the work must stop. The trail is not told of every beat."""
        with self._database.writing() as connection:
            return leases.renew(connection, number, owner, seconds, self._database.now())

    def release_lease(self, number: str, owner: str) -> bool:
        """Give the right to work on a request back; False where it was lost before."""
        with self._database.writing() as connection:
            if dropped := leases.drop(connection, number, owner):
                self.audit.add(connection, owner, "lease given back", number)
            return dropped

    def holders(self) -> tuple[tuple[str, str], ...]:
        """Who holds which request now."""
        with self._database.reading() as connection:
            return leases.holders(connection, self._database.now())

    def end_lease(self, number: str, owner: str) -> bool:
        """End the lease of a holder who is known to be dead, so that the next need not wait; False where it is theirs no more."""
        with self._database.writing() as connection:
            if ended := leases.end(connection, number, owner, self._database.now()):
                self.audit.add(connection, owner, "lease ended, for its holder died", number)
            return ended

    def half_released(self) -> tuple[str, ...]:
        """Approved requests whose sealing a crash broke off, the nearest deadline first."""
        with self._database.reading() as connection:
            return leases.half_released(connection, self._database.now())

    def tries(self, number: str) -> tuple[int, float]:
        """How often somebody began to work on a request since it was registered or last came to review, and seconds since the last."""
        with self._database.reading() as connection:
            return leases.tries(connection, number, rows.now())

    def busy(self, number: str) -> bool:
        """Whether somebody alive works on this request now."""
        now = self._database.now()
        with self._database.reading() as connection:
            return bool(connection.scalar(select(leases.alive(now)).where(REQUESTS.c.number == number)))

    def stale(self) -> tuple[str, ...]:
        """Requests under way on which nobody holds a living lease, the nearest deadline first: what a crash left behind."""
        with self._database.reading() as connection:
            return leases.stale(connection, self._database.now())

    def data_key(self, number: str) -> bytes:
        """The key of this request's artefacts; VaultError after a purge."""
        with self._database.reading() as connection:
            return shelf.key(connection, number, self._keys)

    def kept(self, number: str, name: str) -> str | None:
        """The version of an artefact that counts; None where there is none."""
        with self._database.reading() as connection:
            return shelf.version(connection, number, name)

    def versions(self, number: str) -> Mapping[str, str]:
        """The version that counts of every artefact, by name."""
        with self._database.reading() as connection:
            return shelf.versions(connection, number)

    def keep(self, number: str, name: str, version: str, size: int, actor: str) -> str | None:
        """Let this version of an artefact count from now; gives the one before. VaultError after a purge."""
        with self._mover.changing(number) as (connection, _):
            shelf.key(connection, number, self._keys)
            before = shelf.keep(connection, number, name, version, size)
            self.audit.add(connection, actor, "artefact kept", number, {"name": name, "version": version, "bytes": size})
            return before

    def ended_before(self, day: date) -> tuple[Request, ...]:
        """Requests released, refused or withdrawn before this day, and not purged; the first first."""
        limit = datetime.combine(day, time(), self._zone).astimezone(UTC)
        old = REQUESTS.c.status.in_(sorted(ENDED)), REQUESTS.c.ended_at < limit
        with self._database.reading() as connection:
            found = connection.execute(select(REQUESTS).where(*old).order_by(REQUESTS.c.ended_at, REQUESTS.c.number))
            return tuple(map(self._request, found))

    def half_purged(self) -> tuple[Request, ...]:
        """Requests whose key was destroyed, but whose files a crash may have left."""
        left = REQUESTS.c.status == Status.PURGED, REQUESTS.c.purged_at.is_(None)
        with self._database.reading() as connection:
            return tuple(map(self._request, connection.execute(select(REQUESTS).where(*left).order_by(REQUESTS.c.number))))

    def forget(self, number: str, actor: str) -> None:
        """Destroy the key of a request, its BSN, decisions and reasons; what is left of it in the vault can never be read again."""
        with self._mover.changing(number) as (connection, row):
            self._mover.move(connection, row, Status.PURGED, actor)
            shelf.destroy_key(connection, number)
            for table in (DECISIONS, REASONS, *PERSONAL):
                connection.execute(delete(table).where(table.c.number == number))
            put(connection, number, bsn=None, bsn_mark=None, extended_because=None, lease_owner=None, lease_until=None)
        self._database.forget()

    def certify(self, number: str, actor: str, files: int) -> tuple[int, str]:
        """Close a purge after its files are gone too; gives the audit entry that certifies it, and what the request ended as."""
        with self._mover.changing(number) as (connection, row):
            if row.status != Status.PURGED:
                raise RequestError(number, f"is {row.status}, and its key still exists", "Destroy the key first")
            artefacts = shelf.clear(connection, number)
            put(connection, number, purged_at=rows.now())
            told = {"was": row.ended_as, "artefacts": artefacts, "files": files, "ended": rows.aware(row.ended_at).isoformat()}
            return self.audit.add(connection, actor, "destroyed", number, told), row.ended_as

    def _open(self, connection: Connection, bsn: str) -> Request | None:
        wanted = select(REQUESTS).where(REQUESTS.c.bsn_mark == self._mark(bsn), REQUESTS.c.open.is_(True))
        row = connection.execute(wanted).one_or_none()
        return self._request(row) if row else None

    def _request(self, row: Row[Any]) -> Request:
        return rows.request(row, self._keys)

    def _mark(self, bsn: str) -> str:
        return self._keys.mark("bsn", bsn.encode())
