"""Brings the register's database to the shape of this version, by Alembic, silently."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from config.errors import RequestError

MIGRATIONS = Path(__file__).parent / "migrations"

HEAD = "7"
"""The newest migration; a test holds that Alembic thinks so too. Known here, so that an up-to-date start need not load Alembic."""

_LOCK = 0x1A2A6E
"""The advisory lock under which one process at a time migrates a PostgreSQL database."""


def current(connection: Connection) -> str | None:
    """The migration that the database is at; None where it is new."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("select version_num from alembic_version"))
    return found


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Run every migration up to `revision` in the caller's transaction; nothing happens where all have run.

    Raises RequestError where the database was made by a version that this one does not know.
    """
    from alembic import command  # noqa: PLC0415 - a fifth of a second, and only a new or older database needs it
    from alembic.config import Config  # noqa: PLC0415 - see above
    from alembic.util import CommandError  # noqa: PLC0415 - see above

    settings = Config()
    settings.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    settings.attributes["connection"] = connection
    try:
        command.upgrade(settings, revision)
    except CommandError:
        remedy = "Use the version of Inzage that made it, or a newer one"
        raise RequestError("register", "its database has a shape that this version does not know", remedy) from None


def lock(connection: Connection) -> None:
    """Let one process at a time migrate (SQLite locks the whole file at the begin of the transaction)."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": _LOCK})
