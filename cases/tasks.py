"""Tasks: a colleague searches one source by hand for one request. Who must, by when, how often they were told, and what came of it.

A task holds nothing of the resident: what is found goes to the vault. Each change writes its own audit entry, in one transaction.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, Connection, Date, DateTime, ForeignKey, Index, Integer, Row, String, Table, insert, select, update

from cases import rows
from cases.audit import Audit
from cases.engine import Database
from cases.states import OPEN
from cases.tables import METADATA, REQUESTS
from cases.told import check_actor
from config.errors import RequestError
from config.request import Status

TASKS = Table(
    "tasks",
    METADATA,
    Column("number", String(20), ForeignKey("requests.number"), primary_key=True),
    Column("source", String(63), primary_key=True),
    Column("owner", String(200), nullable=False),  # an address of the staff; "" where sources.yaml names nobody
    Column("opened_at", DateTime(timezone=True), nullable=False),
    Column("due", Date, nullable=False),  # the last day on which the request waits
    Column("told_at", DateTime(timezone=True)),  # when they were last told, by the first message or a reminder
    Column("reminders", Integer, nullable=False),
    Column("ended_at", DateTime(timezone=True)),
    Column("ended_by", String(120), nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("files", Integer, nullable=False),
    Index("tasks_by_outcome", "outcome", "due"),
)


class End(StrEnum):
    """What came of a task."""

    OPEN = "open"
    FILES = "files"  # something was found and handed over
    NOTHING = "nothing"  # searched, and nothing held
    LATE = "late"  # not done in time; what comes later still counts


@dataclass(frozen=True, slots=True)
class Task:
    """One task as everybody in the house may know it."""

    number: str
    source: str
    owner: str
    opened_at: datetime
    due: date
    outcome: End
    told_at: datetime | None = None
    reminders: int = 0
    ended_at: datetime | None = None
    ended_by: str = ""
    files: int = 0

    @property
    def owed(self) -> bool:
        """Whether an answer is still asked for: also where it is late."""
        return self.outcome in {End.OPEN, End.LATE}


class Tasks:
    """The tasks of all requests; safe to use from several threads and processes."""

    def __init__(self, database: Database, audit: Audit) -> None:
        self._database, self._audit = database, audit

    def __repr__(self) -> str:
        return "<Tasks>"

    def open(self, number: str, source: str, owner: str, due: date, actor: str) -> Task:
        """The task of this source for this request, made where there is none yet. RequestError where the request is no longer open."""
        with self._changing(number) as connection:
            if (left := _row(connection, number, source)) is not None:
                return _task(left)
            values = {"number": number, "source": source, "owner": owner, "opened_at": rows.now(), "due": due}
            connection.execute(insert(TASKS).values(**values, reminders=0, ended_by="", outcome=End.OPEN, files=0))
            self._audit.add(connection, actor, "task opened", number, {"source": source, "due": due.isoformat()})
            return _task(_found(connection, number, source))

    def told(self, number: str, source: str, actor: str) -> Task:
        """Record that the owner was told, for the first time or again."""
        with self._changing(number) as connection:
            row = _found(connection, number, source)
            times = row.reminders + 1 if row.told_at else row.reminders
            _set(connection, number, source, told_at=rows.now(), reminders=times)
            said = "task reminded" if row.told_at else "task sent"
            self._audit.add(connection, actor, said, number, {"source": source, "times": times})
            return _task(_found(connection, number, source))

    def end(self, number: str, source: str, outcome: End, by: str, files: int = 0) -> Task:
        """Record what came of it. RequestError where it is answered already with something else than more files."""
        with self._changing(number) as connection:
            row = _found(connection, number, source)
            _check_end(row, outcome)
            person = check_actor(by)
            _set(connection, number, source, outcome=outcome, ended_at=rows.now(), ended_by=person, files=row.files + files)
            self._audit.add(connection, person, f"task {outcome}", number, {"source": source, "files": files})
            return _task(_found(connection, number, source))

    def get(self, number: str, source: str) -> Task | None:
        """The task of a source for a request; None where there is none."""
        with self._database.reading() as connection:
            row = _row(connection, number, source)
            return _task(row) if row is not None else None

    def of(self, number: str) -> tuple[Task, ...]:
        """The tasks of a request, by source."""
        with self._database.reading() as connection:
            wanted = select(TASKS).where(TASKS.c.number == number).order_by(TASKS.c.source)
            return tuple(map(_task, connection.execute(wanted)))

    def owed(self) -> tuple[Task, ...]:
        """Every task that asks for an answer still, of requests to which an answer is owed; the first due first."""
        joined = select(TASKS).join(REQUESTS, REQUESTS.c.number == TASKS.c.number)
        wanted = joined.where(TASKS.c.outcome.in_([End.OPEN, End.LATE]), REQUESTS.c.status.in_(sorted(OPEN)))
        with self._database.reading() as connection:
            return tuple(map(_task, connection.execute(wanted.order_by(TASKS.c.due, TASKS.c.number, TASKS.c.source))))

    @contextmanager
    def _changing(self, number: str) -> Iterator[Connection]:
        """A transaction that holds this request alone. RequestError where no answer is owed to it any more."""
        with self._database.writing() as connection:
            status = Status(rows.find(connection, number, lock=True).status)
            if status not in OPEN:
                raise RequestError(number, f"is {status}, and waits for nobody", "Nothing needs to be done")
            yield connection


def _check_end(row: Row[Any], outcome: End) -> None:
    answered = End(row.outcome) in {End.FILES, End.NOTHING}
    if answered and outcome is not End.FILES:
        raise RequestError(row.number, f"has an answer for {row.source} already ({row.outcome})", "See: inzage sources tasks")
    if outcome is End.OPEN:
        raise RequestError(row.number, "a task ends with an answer, or late", "Hand files over, or say that nothing is held")


def _row(connection: Connection, number: str, source: str) -> Row[Any] | None:
    return connection.execute(select(TASKS).where(TASKS.c.number == number, TASKS.c.source == source)).one_or_none()


def _found(connection: Connection, number: str, source: str) -> Row[Any]:
    row = _row(connection, number, source)
    if row is None:
        raise RequestError(number, "has no task of this source", "See: inzage sources tasks")
    return row


def _set(connection: Connection, number: str, source: str, **values: Any) -> None:
    connection.execute(update(TASKS).where(TASKS.c.number == number, TASKS.c.source == source).values(**values))


def _task(row: Row[Any]) -> Task:
    return Task(
        number=row.number, source=row.source, owner=row.owner, opened_at=rows.aware(row.opened_at), due=row.due, outcome=End(row.outcome),
        told_at=rows.aware(row.told_at) if row.told_at else None, reminders=row.reminders,
        ended_at=rows.aware(row.ended_at) if row.ended_at else None, ended_by=row.ended_by, files=row.files,
    )  # fmt: skip
