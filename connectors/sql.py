"""Relational databases through SQLAlchemy: tables and views as they really are, read-only, streamed, found by index.

Proven on SQLite, PostgreSQL and MariaDB. `connection` is an SQLAlchemy URL, `table` a table or view, with its schema before a dot.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from config.collection import Answer
from config.errors import SourceUnreadable
from config.person import Subject
from config.settings import Entity, Source
from connectors.asking.asked import asked
from connectors.asking.checked import checked
from connectors.asking.contract import Row, Search, SourceReport, Table
from connectors.asking.rows import searcher
from connectors.asking.shape import find
from connectors.asking.wanted import Alternative
from connectors.databases.conditions import Asked
from connectors.databases.engines import begin, engine_of
from connectors.databases.failures import told

SMALL = 200_000
"""Rows up to which a table is searched without an index too, for a BSN or date in an odd form."""

AT_ONCE = 1000
"""Rows fetched at a time: memory does not grow with the table."""


def collect(source: Source, entities: Sequence[Entity], subject: Subject, *, now: datetime) -> Answer:
    """What the database holds of the subject."""
    return asked(source, entities, subject, _searching, now=now)


def check(source: Source, entities: Sequence[Entity]) -> SourceReport:
    """Whether the database is there, lets us in, and has the tables and columns of sources.yaml."""
    return checked(source, entities, opened)


@contextmanager
def _searching(source: Source) -> Iterator[Search]:
    with opened(source) as tables:
        yield searcher(source, tables)


@contextmanager
def opened(source: Source) -> Iterator[Database]:
    """The database, in one read-only transaction. Raises SourceError where it cannot be reached or lets us in not."""
    engine = engine_of(source)
    try:
        with told(source.name):
            connection = engine.connect()
        try:
            with told(source.name):
                begin(connection, source.timeout.total_seconds())
            yield Database(source, connection)
        finally:
            with told(source.name):
                connection.close()
    finally:
        engine.dispose()


@dataclass(frozen=True, slots=True)
class Database:
    """An open database."""

    source: Source
    connection: sa.Connection

    def table(self, entity: Entity) -> Table:
        """The table or view of this entity, by its real columns. Raises SourceUnreadable where it is not there."""
        thing = f"{self.source.name}.{entity.name}"
        with told(thing):
            inspector = sa.inspect(self.connection)
            schema, name = _named(inspector, entity.table)
            columns = {str(column["name"]): column["type"] for column in inspector.get_columns(name, schema)}
        if not columns:
            raise SourceUnreadable(thing, "the table has no columns that may be read", "Look at the rights of the database user")
        return _Table(thing, self.connection, name, schema, columns)


def _named(inspector: sa.Inspector, table: str) -> tuple[str | None, str]:
    """The schema and the name of a table or view: exactly as written, or else the only one that differs in case alone."""
    schema, _, name = table.rpartition(".")
    for space, wanted in ((None, table), (schema or None, name)):
        spaces = inspector.get_schema_names() if space else ()
        real = spaces[place] if space and (place := find(space, spaces)) is not None else space
        if space and real not in spaces:
            continue
        names = [*inspector.get_table_names(real), *inspector.get_view_names(real), *_materialized(inspector, real)]
        found = find(wanted, list(dict.fromkeys(names)))
        if found is not None:
            return real, list(dict.fromkeys(names))[found]
    raise sa.exc.NoSuchTableError


def _materialized(inspector: sa.Inspector, schema: str | None) -> Sequence[str]:
    return inspector.get_materialized_view_names(schema) if inspector.dialect.name == "postgresql" else ()


@dataclass(frozen=True)
class _Table:
    """One table or view of an open database."""

    thing: str
    connection: sa.Connection
    name: str
    schema: str | None
    types: Mapping[str, Any]

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(self.types)

    @cached_property
    def _from(self) -> sa.TableClause:
        return sa.table(self.name, *(sa.column(name) for name in self.types), schema=self.schema)

    def candidates(self, alternatives: Sequence[Alternative]) -> Iterator[Iterable[Row]]:
        names = self.columns
        asked_of = Asked(self.types, self.connection.dialect.name, small=self.size(SMALL + 1) <= SMALL)
        for alternative in alternatives:
            for clause in asked_of.clauses(alternative, names):
                yield self._rows(sa.select(*self._from.columns).where(clause))

    def _rows(self, statement: sa.Select[Any]) -> Iterator[Row]:
        with told(self.thing):
            streamed = self.connection.execution_options(stream_results=True, yield_per=AT_ONCE)
            with streamed.execute(statement) as result:
                for row in result:
                    yield tuple(row)

    @property
    def alarms(self) -> tuple[str, ...]:
        return ()

    def size(self, enough: int | None = None) -> int:
        rows: Any = sa.select(sa.literal_column("1").label("one")).select_from(self._from)
        counted = sa.select(sa.func.count()).select_from((rows.limit(enough) if enough else rows).subquery())
        with told(self.thing):
            return int(self.connection.execute(counted).scalar_one())
