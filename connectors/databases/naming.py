"""The real schema and name of a table or view: exactly as sources.yaml writes it, or else the only one that differs in case alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import sqlalchemy as sa

from connectors.asking.shape import find

Named = tuple[str | None, str]
"""A schema, None for the default one, and a name in it."""


def named(connection: sa.Connection, inspector: sa.Inspector, table: str) -> Named:
    """The schema and name of `table`. Raises NoSuchTableError, or what the database itself says of a table that may not be seen."""
    schema, _, name = table.rpartition(".")
    for space, wanted in ((None, table), (schema or None, name)):
        for real in _spaces(inspector, space):
            names = tables_in(inspector, real)
            place = find(wanted, names)
            if place is not None:
                return real, names[place]
    _probe(connection, schema or None, name)
    if inspector.has_table(name, schema or None):
        return schema or None, name
    raise sa.exc.NoSuchTableError


def _spaces(inspector: sa.Inspector, space: str | None) -> Iterator[str | None]:
    if space is None:
        if inspector.default_schema_name is not None or inspector.dialect.name == "sqlite":
            yield None
        return
    names = inspector.get_schema_names()
    place = find(space, names)
    if place is not None:
        yield names[place]


def tables_in(inspector: sa.Inspector, schema: str | None) -> list[str]:
    """The tables and views of a schema, each once."""
    return list(dict.fromkeys([*inspector.get_table_names(schema), *inspector.get_view_names(schema), *_more(inspector, schema)]))


def _more(inspector: Any, schema: str | None) -> Iterable[str]:
    """Materialized views and foreign tables, which only PostgreSQL tells apart."""
    if inspector.dialect.name != "postgresql":
        return ()
    return (*inspector.get_materialized_view_names(schema), *inspector.get_foreign_table_names(schema))


def _probe(connection: sa.Connection, schema: str | None, name: str) -> None:
    """Ask for nothing of it: a database that hides what may not be read says here whether it is hidden or not there at all."""
    connection.execute(sa.select(sa.literal_column("1")).select_from(sa.table(name, schema=schema)).where(sa.literal_column("1") == 0))
