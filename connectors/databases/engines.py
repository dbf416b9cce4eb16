"""Connections that can only read, end in time, and never tell a value: what each database needs for that."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url
from sqlalchemy.pool import NullPool

from config.errors import SourceUnreadable
from config.settings import Source


def engine_of(source: Source) -> sa.Engine:
    """An engine for the source. Raises SourceUnreadable where its URL, driver or SQLite file is not there; connects to nothing yet."""
    try:
        url = make_url(source.connection)
        options = _options(source, url)
        return sa.create_engine(url, hide_parameters=True, echo=False, poolclass=NullPool, **options)
    except (sa.exc.ArgumentError, sa.exc.NoSuchModuleError, ModuleNotFoundError, ValueError):
        wrong = "its connection is not a database URL that this installation can open"
        raise SourceUnreadable(source.name, wrong, "Write it as dialect+driver://host/database, and install that driver") from None


def _options(source: Source, url: URL) -> Mapping[str, Any]:
    seconds = max(source.timeout.total_seconds(), 0.001)
    whole = max(round(seconds), 1)
    match url.get_backend_name():
        case "sqlite":
            return {"creator": lambda: _open_sqlite(_sqlite_file(source, url), seconds)}
        case "postgresql":
            return {"connect_args": {"connect_timeout": max(whole, 2)}}
        case "mysql" | "mariadb":
            return {"connect_args": {"connect_timeout": whole, "read_timeout": whole + 5, "write_timeout": whole + 5}}
        case _:
            return {}


def begin(connection: sa.Connection, seconds: float) -> None:
    """Make what follows on this connection read-only and end in time; for SQLite that was done by opening it."""
    if connection.dialect.name == "postgresql":
        connection.execution_options(postgresql_readonly=True)
        connection.exec_driver_sql(f"SET LOCAL statement_timeout = {round(seconds * 1000)}")
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {round(seconds * 1000)}")
    elif connection.dialect.name in {"mysql", "mariadb"}:
        limit = f"max_statement_time={seconds:g}" if _is_mariadb(connection) else f"max_execution_time={round(seconds * 1000)}"
        connection.exec_driver_sql(f"SET SESSION {limit}")
        connection.exec_driver_sql("SET SESSION TRANSACTION READ ONLY")
        connection.rollback()
    elif connection.dialect.name == "oracle":
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")
    elif connection.dialect.name == "mssql":  # it has no read-only transactions: give its user no more than db_datareader
        connection.exec_driver_sql(f"SET LOCK_TIMEOUT {round(seconds * 1000)}")


def _is_mariadb(connection: sa.Connection) -> bool:
    return bool(getattr(connection.dialect, "is_mariadb", False))


def _sqlite_file(source: Source, url: URL) -> Path:
    """The file of an SQLite URL. Opening one that is not there would make it, so that is refused first."""
    name = (url.database or "").removeprefix("file:").partition("?")[0]
    path = Path(name)
    if not name or name == ":memory:" or not path.is_file():
        raise SourceUnreadable(source.name, "the database file is not there", "Mend its connection, or put the file back")
    return path


def _open_sqlite(path: Path, seconds: float) -> sqlite3.Connection:
    """A connection that cannot write; each statement is stopped when it takes longer than `seconds`."""
    connection = sqlite3.connect(f"file:{quote(str(path.absolute()))}?mode=ro", uri=True, timeout=seconds, check_same_thread=False)
    connection.text_factory = _sqlite_text
    connection.execute("PRAGMA query_only=ON")
    connection.execute("PRAGMA trusted_schema=OFF")
    started = [time.monotonic()]

    def overdue() -> int:
        return int(time.monotonic() - started[0] > seconds * _SQLITE_STATEMENTS)

    connection.set_progress_handler(overdue, 100_000)
    return connection


_SQLITE_STATEMENTS = 20
"""SQLite does not tell when a statement begins, so the limit is on all statements of one connection: so many times the timeout."""


def _sqlite_text(data: bytes) -> str:
    """Text of SQLite, which does not check what was put in: UTF-8, or else what Windows writes."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
