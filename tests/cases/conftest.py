"""A register on every database that it must run on: SQLite always, PostgreSQL where it is."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from cases import MasterKey, Register, Vault
from tests.conftest import missing

BSN, OTHER_BSN = "999990019", "999990020"
POSTGRES = os.environ.get("INZAGE_TEST_POSTGRES", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres")


@pytest.fixture
def keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MasterKey:
    """A master key of this test alone."""
    monkeypatch.delenv("INZAGE_MASTER_KEY", raising=False)
    return MasterKey.find(tmp_path)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.service)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'register.sqlite'}"
        return
    yield from _postgres()


def _postgres() -> Iterator[str]:
    name = f"inzage_{uuid.uuid4().hex[:12]}"
    server = create_engine(POSTGRES, isolation_level="AUTOCOMMIT")
    try:
        with server.connect() as connection:
            connection.execute(text(f"create database {name}"))
    except OperationalError:
        missing("PostgreSQL")
    yield POSTGRES.rsplit("/", 1)[0] + f"/{name}"
    with server.connect() as connection:
        connection.execute(text(f"drop database {name} with (force)"))
    server.dispose()


@pytest.fixture
def register(url: str, keys: MasterKey) -> Iterator[Register]:
    """A register, migrated."""
    made = Register(url, keys)
    made.migrate()
    yield made
    made.close()


@pytest.fixture
def vault(register: Register, tmp_path: Path) -> Vault:
    """A vault of that register."""
    return Vault(f"file://{tmp_path / 'vault'}", register)
