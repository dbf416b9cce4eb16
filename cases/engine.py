"""The connection to the register's database, set up so that writers wait for each other instead of failing."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, create_engine, event

WAIT_SECONDS = 30


def connect(url: str) -> Engine:
    """An engine that never shows parameters in an error; SQLite in WAL, with a transaction that locks from its begin."""
    engine = create_engine(url, hide_parameters=True, pool_pre_ping=True)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, see below
    for pragma in ("journal_mode=wal", f"busy_timeout={WAIT_SECONDS * 1000}", "foreign_keys=on", "secure_delete=on"):
        connection.execute(f"pragma {pragma}")


def _begin_sqlite(connection: Any) -> None:
    """A write lock from the start: two transactions that read first and write later would otherwise fail, not wait."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")
