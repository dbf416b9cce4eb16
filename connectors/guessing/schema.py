"""The tables of a database as they are: columns with their types and a sample, keys, and what points to what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from config.discretion import discreet
from config.errors import SourceError
from config.settings import Entity
from connectors.databases.naming import tables_in
from connectors.sql import Database

SAMPLE = 200
"""Rows that are looked at."""

_SYSTEM = ("information_schema", "pg_", "sys", "mysql", "performance_schema", "guest", "INFORMATION_SCHEMA", "db_")


@discreet
@dataclass(frozen=True, slots=True)
class Found:
    """One table or view; `points` maps a column to the table and column that it refers to, `why_not` says why it could not be read."""

    table: str
    types: Mapping[str, str] = field(default_factory=dict)
    sample: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    keys: frozenset[str] = frozenset()
    points: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    why_not: str = ""
    rows: int = 0  # in the sample


def tables(database: Database) -> Iterator[Found]:
    """Every table and view that may be read, schema by schema; values stay in the samples."""
    inspector = sa.inspect(database.connection)
    for schema in _schemas(inspector):
        for name in sorted(tables_in(inspector, schema)):
            yield _found(database, inspector, schema, name)


def _schemas(inspector: sa.Inspector) -> list[str | None]:
    """The schema of the user, and with databases that part their tables by schema all others that are not the system's."""
    if inspector.dialect.name not in {"postgresql", "mssql"}:
        return [None]
    own = inspector.default_schema_name
    return [None, *(name for name in inspector.get_schema_names() if name != own and not name.startswith(_SYSTEM))]


def _found(database: Database, inspector: sa.Inspector, schema: str | None, name: str) -> Found:
    whole = f"{schema}.{name}" if schema else name
    try:
        table = database.table(Entity(database.source.name, name, name, whole, ()))
        with database.guard(whole):
            rows = table.sample(SAMPLE)
            keys = inspector.get_pk_constraint(name, schema).get("constrained_columns") or []
            unique = [one["column_names"] for one in inspector.get_unique_constraints(name, schema)]
            foreign = inspector.get_foreign_keys(name, schema)
    except SourceError as error:
        return Found(whole, why_not=error.wrong)
    single = {names[0] for names in [keys, *unique] if len(names) == 1 and names[0]}
    return Found(
        whole,
        table.types,
        {column: [row[place] for row in rows] for place, column in enumerate(table.columns)},
        frozenset(str(column) for column in single),
        {one["constrained_columns"][0]: _target(one, schema) for one in foreign if len(one["constrained_columns"]) == 1},
        rows=len(rows),
    )


def _target(foreign: Any, schema: str | None) -> tuple[str, str]:
    space = foreign.get("referred_schema") or schema
    return (f"{space}.{foreign['referred_table']}" if space else foreign["referred_table"]), foreign["referred_columns"][0]
