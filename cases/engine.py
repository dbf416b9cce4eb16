"""The register's database: writers wait for each other instead of failing, readers see one moment, errors hold no values."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, ColumnElement, Connection, Double, Engine, cast, create_engine, event, extract, func, make_url
from sqlalchemy.exc import ArgumentError, InterfaceError, OperationalError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from config.errors import ConfigError, RequestError

WAIT_SECONDS = 30
"""How long a writer waits for another before it gives up."""

DRIVERS = {"sqlite": "sqlite+pysqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}
"""What an address without a driver means; SQLAlchemy's own guess for PostgreSQL is a driver that Inzage does not bring."""

_JULIAN_1970 = 2440587.5
"""The Julian day on which the epoch began."""

_PRAGMAS = (f"busy_timeout={WAIT_SECONDS * 1000}", "journal_mode=wal", "synchronous=full", "foreign_keys=on", "secure_delete=on")
_CONNECTIONS = {"pool_size": 5, "max_overflow": 28, "pool_timeout": WAIT_SECONDS}
"""As many at once as the flow has threads (32), and the session that holds places at sources; five of them stay open."""


class Database:
    """One relational database, by its address; transactions read one moment, or write alone."""

    def __init__(self, url: str) -> None:
        self._engine = connect(url)
        self._readers, self._writers = _sides(self._engine)

    def __repr__(self) -> str:
        return f"<Database {self.dialect}>"

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self._engine.dialect.name

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one moment, whatever others write meanwhile."""
        with _plain_errors(), self._readers.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is kept whole or not at all. IntegrityError passes; every other failure is a RequestError."""
        with _plain_errors(), self._writers.begin() as connection:
            yield connection

    def now(self) -> ColumnElement[float]:
        """The seconds since the epoch by the one clock that all workers share: the database's."""
        if self.dialect == "postgresql":
            return cast(extract("epoch", func.clock_timestamp()), Double)
        return (func.julianday("now", type_=Double) - _JULIAN_1970) * 86400.0

    @property
    def folder(self) -> Path | None:
        """Where the file of an embedded database lies; None for one in memory or on a server."""
        path = self._engine.url.database
        return Path(path).absolute().parent if self.dialect == "sqlite" and path and path != ":memory:" else None

    def session(self) -> Connection:
        """A connection that stays open outside every transaction, for what lives as long as a session does."""
        return self._engine.execution_options(isolation_level="AUTOCOMMIT").connect()

    @staticmethod
    def plainly() -> AbstractContextManager[None]:
        """While the block runs, what the database refuses is a RequestError without values."""
        return _plain_errors()

    def forget(self) -> None:
        """Wipe from SQLite's files what was deleted; PostgreSQL and its backups keep dead rows until they are vacuumed and age out."""
        if self.dialect == "sqlite":
            with closing(self._engine.raw_connection()) as connection:
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()


def connect(url: str) -> Engine:
    """An engine that never shows parameters in an error. Raises ConfigError for an address that is none of ours."""
    address = _address(url)
    if address.get_backend_name() == "sqlite":
        _make_private(address.database)
        engine = create_engine(address, hide_parameters=True)
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    return create_engine(address, hide_parameters=True, pool_pre_ping=True, **_CONNECTIONS)


def _address(url: str) -> URL:
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):
        raise _unknown() from None
    address = address.set(drivername=DRIVERS.get(address.drivername, address.drivername))
    if address.drivername not in DRIVERS.values():
        raise _unknown()
    return address


def _unknown() -> ConfigError:
    remedy = "Write sqlite:///FILE or postgresql://USER@HOST/DATABASE"
    return ConfigError("register", "the address of its database is not one of SQLite or PostgreSQL", remedy)


def _sides(engine: Engine) -> tuple[Engine, Engine]:
    """The engine for readers and the one for writers, over the same connections."""
    if engine.dialect.name == "sqlite":
        return engine, engine.execution_options(inzage_writes=True)
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True), engine


def _make_private(path: str | None) -> None:
    """Make the file of an embedded database for its owner only; SQLite gives what it puts beside it the same mode."""
    if path and path != ":memory:" and not Path(path).exists() and Path(path).parent.is_dir():
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))


def _set_up_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, see below
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """A write lock from the start: two transactions that read first and write later would otherwise fail, not wait."""
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("inzage_writes") else "BEGIN")


@contextmanager
def _plain_errors() -> Iterator[None]:
    try:
        yield
    except (OperationalError, ProgrammingError, InterfaceError, PoolTimeout):
        remedy = "Check that it runs, can be written, has room, and was migrated by this version; then try again"
        raise RequestError("register", "its database refused or did not answer", remedy) from None
