"""One table or view of an open database: searched by index where there is one, streamed, counted, and told where it is read whole."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol, TypeVar

import sqlalchemy as sa

from config.errors import SourceUnavailable
from connectors.asking.contract import Row
from connectors.asking.wanted import Alternative
from connectors.databases.conditions import Asked, Clause
from connectors.databases.plans import reads_all

T = TypeVar("T")

SMALL = 200_000
"""Rows up to which a table is searched without an index too, for a BSN or date in an odd form."""

MOST, AT_ONCE = 1000, 4 * 2**20
"""Rows, and bytes, that are fetched at a time: memory grows neither with the table nor with its widest cell."""


class Guard(Protocol):
    """Turns what the driver raises into the errors of this house, about a thing, and leaves the connection fit for use."""

    def __call__(self, thing: str) -> AbstractContextManager[None]:
        """The block in which the database is asked."""


@dataclass
class DatabaseTable:
    """One table or view; `kinds` has the type of each column as the database reports it."""

    thing: str
    connection: sa.Connection
    guard: Guard
    name: str
    schema: str | None
    kinds: Mapping[str, Any]
    seconds: float  # that one statement may take
    unindexed: list[str] = field(default_factory=list)

    @property
    def columns(self) -> tuple[str, ...]:
        """Its columns, in their order."""
        return tuple(self.kinds)

    @property
    def types(self) -> Mapping[str, str]:
        """The type of each column, in the words of the database."""
        return {name: _worded(kind, self.connection.dialect) for name, kind in self.kinds.items()}

    @cached_property
    def _from(self) -> sa.TableClause:
        return sa.table(self.name, *(sa.column(name) for name in self.kinds), schema=self.schema)

    @cached_property
    def _small(self) -> bool:
        """Whether all of it may be read; a view that cannot be counted in time is not small."""
        try:
            return self.size(SMALL + 1) <= SMALL
        except SourceUnavailable:
            return False

    def candidates(self, alternatives: Sequence[Alternative]) -> Iterator[Iterable[Row]]:
        """Rows that may be wanted, a pass for each alternative and each part of a long list of keys."""
        for alternative, clause in self._clauses(alternatives):
            statement = sa.select(*self._from.columns).where(clause)
            self._look_at_plan(alternative, statement)
            yield self._rows(statement)

    def _clauses(self, alternatives: Sequence[Alternative]) -> Iterator[tuple[Alternative, Clause]]:
        asked_of = Asked(self.kinds, self.connection.dialect.name, small=self._small)
        for alternative in alternatives:
            for clause in asked_of.clauses(alternative, self.columns):
                yield alternative, clause

    def _rows(self, statement: sa.Select[Any]) -> Iterator[Row]:
        with self.guard(self.thing):
            streamed = statement.execution_options(stream_results=True, max_row_buffer=1)
            clock = _Clock(self.connection, self.seconds)
            result = clock.timed(lambda: self.connection.execute(streamed))
            try:
                number = 10
                while rows := clock.timed(lambda: result.fetchmany(number)):  # noqa: B023 - called at once
                    yield from map(self._unpadded, rows)
                    number = _as_many(rows)
            finally:
                _leave(result)
            clock.check()

    @cached_property
    def _padded(self) -> frozenset[int]:
        """Places of columns that a database fills up with spaces, which say nothing."""
        return frozenset(place for place, kind in enumerate(self.kinds.values()) if isinstance(kind, sa.CHAR))

    def _unpadded(self, row: Sequence[Any]) -> Row:
        if not self._padded:
            return tuple(row)
        return tuple([cell.rstrip(" ") if place in self._padded and type(cell) is str else cell for place, cell in enumerate(row)])

    def look(self) -> None:
        """Read one row of every column: whether we may. Raises SourceError where not."""
        with self.guard(self.thing):
            self.connection.execute(sa.select(*self._from.columns).limit(1)).first()

    def sample(self, number: int) -> list[Row]:
        """The first rows, as the database gives them."""
        with self.guard(self.thing):
            return [tuple(row) for row in self.connection.execute(sa.select(*self._from.columns).limit(number))]

    def plans(self, alternatives: Sequence[Alternative]) -> tuple[str, ...]:
        """What there is to say of how these would be searched, without searching."""
        for alternative, clause in self._clauses(alternatives):
            self._look_at_plan(alternative, sa.select(*self._from.columns).where(clause))
        return self.remarks

    def _look_at_plan(self, alternative: Alternative, statement: sa.Select[Any]) -> None:
        """Note where a big table is read whole."""
        said = " + ".join(condition.column for condition in alternative.conditions)
        if self._small or said in self.unindexed:
            return
        with self.guard(self.thing):
            if reads_all(self.connection, statement):
                self.unindexed.append(said)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is odd and yet left nothing out: searches without an index."""
        said = f"the table has more than {SMALL} rows and is read whole to find one person by"
        return tuple(f"{self.thing}: {said} {columns}. Ask its keeper for an index on it." for columns in self.unindexed)

    @property
    def alarms(self) -> tuple[str, ...]:
        """Why not all of it could be read: the database says so by an error, so nothing stands here."""
        return ()

    def size(self, enough: int | None = None) -> int:
        """How many rows it holds; counting may stop at `enough`."""
        rows: Any = sa.select(sa.literal_column("1").label("one")).select_from(self._from)
        counted = sa.select(sa.func.count()).select_from((rows.limit(enough) if enough else rows).subquery())
        with self.guard(self.thing):
            clock = _Clock(self.connection, self.seconds)
            number = clock.timed(lambda: int(self.connection.execute(counted).scalar_one()))
            clock.check()
            return number


def _leave(result: sa.CursorResult[Any]) -> None:
    """Close a result that may not have been read to its end; PyMySQL would first read all that is left, so its connection is cut."""
    unread = getattr(result.cursor, "_result", None)
    if unread is not None and unread.unbuffered_active:
        unread.unbuffered_active = False
        result.connection.invalidate()
    result.close()


@dataclass
class _Clock:
    """The time that MySQL and MariaDB took: a statement that they stop for its time may end as if there were no more rows."""

    connection: sa.Connection
    seconds: float
    taken: float = 0.0

    def timed(self, call: Callable[[], T]) -> T:
        """What `call` gives; its time is added."""
        started = time.monotonic()
        given = call()
        self.taken += time.monotonic() - started
        return given

    def check(self) -> None:
        """Raise TimeoutError where the time was up, so that what came may be less than there is."""
        if self.connection.dialect.name in {"mysql", "mariadb"} and self.taken >= self.seconds:
            raise TimeoutError


def _as_many(rows: Sequence[Sequence[Any]]) -> int:
    """How many rows of this width make up AT_ONCE bytes."""
    width = sum(len(cell) if isinstance(cell, str | bytes) else 16 for row in rows for cell in row) // len(rows)
    return max(1, min(MOST, AT_ONCE // max(width, 1)))


def _worded(kind: Any, dialect: sa.Dialect) -> str:
    try:
        return str(kind.compile(dialect=dialect)).lower()
    except (sa.exc.CompileError, AttributeError):
        return type(kind).__name__.lower()
