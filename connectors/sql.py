"""Relational databases through SQLAlchemy: tables and views as they really are, read-only, streamed, found by index.

Proven on SQLite, PostgreSQL and MariaDB. `connection` is an SQLAlchemy URL, `table` a table or view, with its schema before a dot.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import sqlalchemy as sa

from config.collection import Answer
from config.errors import SourceError, SourceUnreadable
from config.person import Subject
from config.settings import Entity, Source
from connectors.asking.asked import asked
from connectors.asking.checked import checked
from connectors.asking.contract import Search, SourceReport
from connectors.asking.rows import searcher
from connectors.databases.engines import begin, engine_of
from connectors.databases.failures import told
from connectors.databases.naming import named, tables_in
from connectors.databases.table import DatabaseTable


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


@dataclass(frozen=True)
class Database:
    """An open database."""

    source: Source
    connection: sa.Connection

    @cached_property
    def _inspector(self) -> sa.Inspector:
        return sa.inspect(self.connection)

    def table(self, entity: Entity) -> DatabaseTable:
        """The table or view of this entity, by its real columns. Raises SourceUnreadable where it is not there."""
        thing = f"{self.source.name}.{entity.name}"
        with self.guard(thing):
            schema, name = named(self.connection, self._inspector, entity.table)
            columns = {str(column["name"]): column["type"] for column in self._inspector.get_columns(name, schema)}
        if not columns:
            raise SourceUnreadable(thing, "the table has no columns that may be read", "Look at the rights of the database user")
        return DatabaseTable(thing, self.connection, self.guard, name, schema, columns, self.source.timeout.total_seconds())

    def holds(self, entities: Sequence[Entity]) -> Mapping[str, bool]:
        """The tables and views of the schemas that these entities read, and whether one of them reads it."""
        read, found = set[str](), set[str]()
        with self.guard(self.source.name):
            for entity in entities:
                try:
                    schema, name = named(self.connection, self._inspector, entity.table)
                except sa.exc.SQLAlchemyError:  # what is not there was told of its entity
                    self._again(self.source.name)
                    continue
                read.add(_whole(schema, name))
                found |= {_whole(schema, other) for other in tables_in(self._inspector, schema)}
        return {name: name in read for name in sorted(found)}

    @contextmanager
    def guard(self, thing: str) -> Iterator[None]:
        """Errors as those of this house; after one, the transaction begins anew, so that the next entity can still be asked."""
        try:
            with told(thing):
                yield
        except SourceError:
            self._again(thing)
            raise

    def _again(self, thing: str) -> None:
        with told(thing):
            if not self.connection.invalidated:
                self.connection.rollback()
                begin(self.connection, self.source.timeout.total_seconds())


def _whole(schema: str | None, name: str) -> str:
    return f"{schema}.{name}" if schema else name
