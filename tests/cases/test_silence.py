"""Canaries: a planted BSN and name are nowhere in the database's bytes, the vault's, the logs, or any error."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import SQLAlchemyError

from cases import MasterKey, Register, Vault, purge
from cases.engine import connect
from config.errors import InzageError
from config.redacted import Decision
from config.request import Status
from tests.cases.conftest import BSN, OTHER_BSN, RECEIVED, released

NAME = "Kanariegeel"
WRONG_BSN = "999990018"
PLANTED = (
    BSN.encode(),
    NAME.encode(),
    NAME.upper().encode(),
    f"{int(BSN):x}".encode(),
    int(BSN).to_bytes(4, "big"),
    NAME.encode("utf-16-le"),
)
"""The BSN as text, as hexadecimal and as the bytes of a number; the name in each case, and as wide characters."""


@contextmanager
def listening(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Everything that SQLAlchemy, Alembic and whatever else says at its most talkative."""
    with caplog.at_level(logging.DEBUG), caplog.at_level(logging.DEBUG, "sqlalchemy.engine"), caplog.at_level(logging.DEBUG, "alembic"):
        yield


def whole_life(register: Register, vault: Vault) -> str:
    """One request through everything that can happen to it, with a BSN and a name wherever there is free text."""
    number = register.new(BSN, RECEIVED, ("wmo",), "desk", "M. Balie", actor="balie").number
    register.extend(number, f"omdat {NAME} ({BSN}) veel dossiers heeft", "balie", date(2026, 12, 1))
    register.move(number, Status.COLLECTING, "inzage", f"{NAME} belde")
    register.lease(number, "worker", 60)
    vault.put(number, "subject", f"{NAME} {BSN}".encode() * 100)
    register.bsn(number)
    register.move(number, Status.REVIEW, "inzage")
    register.decide(number, [Decision("r-1", "withhold", "A1", "een")], "een")
    return released(register, number).number


def test_nothing_planted_is_in_the_files_of_the_database_and_the_vault(keys: MasterKey, tmp_path: Path) -> None:
    """Byte for byte, the write-ahead log too."""
    register = Register(f"sqlite:///{tmp_path / 'r.sqlite'}", keys)
    register.migrate()
    vault = Vault(f"file://{tmp_path / 'vault'}", register)
    number = whole_life(register, vault)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {"r.sqlite", "r.sqlite-wal"} <= {path.name for path in files}
    assert vault.get(number, "subject").startswith(NAME.encode())
    assert [(path.name, value) for path in files for value in PLANTED if value in path.read_bytes()] == []
    register.close()


def test_nothing_planted_is_in_any_table(url: str, register: Register, vault: Vault) -> None:
    """Every column of every table, as the database gives it."""
    whole_life(register, vault)
    engine = connect(url)
    with engine.connect() as connection:
        names = sorted(set(inspect(connection).get_table_names()) - {"alembic_version"})
        held = b"".join(_held(connection, name) for name in names)
    engine.dispose()
    assert len(names) == 23
    assert [value for value in (BSN.encode(), NAME.encode()) if value in held] == []


def test_the_wrapped_key_is_gone_from_the_files_after_a_purge(keys: MasterKey, tmp_path: Path) -> None:
    """Deleted bytes are overwritten, in the database and in its log: who takes the disk away finds no key to attack."""
    register = Register(f"sqlite:///{tmp_path / 'r.sqlite'}", keys)
    register.migrate()
    vault = Vault(f"file://{tmp_path / 'vault'}", register)
    whole_life(register, vault)
    with register._database.reading() as connection:
        wrapped = bytes(connection.scalar(text("select wrapped from data_keys")))
        mark = connection.scalar(text("select bsn_mark from requests")).encode()
    assert _found(tmp_path, wrapped, mark) != []
    assert len(purge(register, vault, date(2099, 1, 1), "P5Y")) == 1
    assert _found(tmp_path, wrapped, mark) == []
    register.close()


def test_nothing_planted_is_logged(register: Register, vault: Vault, caplog: pytest.LogCaptureFixture) -> None:
    """Also where everything is logged that a library can say."""
    with listening(caplog):
        whole_life(register, vault)
        with pytest.raises(InzageError):
            register.get(BSN)
    assert [record.name for record in caplog.records if BSN in record.getMessage() or NAME in record.getMessage()] == []


FAILURES: dict[str, Callable[[Register, Vault, str], object]] = {
    "a second request": lambda r, v, n: r.new(BSN, RECEIVED, actor="balie"),
    "a BSN for a number": lambda r, v, n: r.get(BSN),
    "a name for a number": lambda r, v, n: r.withdraw(NAME, "balie"),
    "a name in an artefact's name": lambda r, v, n: v.put(n, f"{NAME} {BSN}", b""),
    "a BSN in a note": lambda r, v, n: r.note(n, "balie", "looked", {"who": BSN}),
    "a name in a scope": lambda r, v, n: r.new(BSN, RECEIVED, (f"over {NAME}",), actor="balie"),
    "a wrong BSN": lambda r, v, n: r.new(WRONG_BSN, RECEIVED, actor="balie"),
    "a decision about a name": lambda r, v, n: r.decide(n, [Decision(f"x\n{NAME}", "show", "", "een")], "een"),
    "a lease for a BSN": lambda r, v, n: r.lease(n, BSN, 60),
    "a table that is gone": lambda r, v, n: _drop(r).new(OTHER_BSN, RECEIVED, actor="balie"),
    "a table that lost a column": lambda r, v, n: _narrow(r).new(OTHER_BSN, RECEIVED, actor="balie"),
}


@pytest.mark.parametrize("what", FAILURES)
def test_nothing_planted_is_in_an_error_or_its_traceback(register: Register, vault: Vault, number: str, what: str) -> None:
    """As whoever catches it would print it, chained causes and all; the lines of source are ours and hold none."""
    with pytest.raises((InzageError, SQLAlchemyError)) as failed:
        FAILURES[what](register, vault, number)
    printed = "".join(traceback.format_exception(failed.value))
    assert [value for value in (BSN, OTHER_BSN, WRONG_BSN, NAME) if value in printed or value in str(failed.value)] == []


@pytest.mark.parametrize("thing", ["register", "vault", "audit", "keys", "database"])
def test_what_holds_secrets_tells_nothing_of_itself(register: Register, vault: Vault, keys: MasterKey, thing: str) -> None:
    """A repr in a log or a debugger's window."""
    held = {"register": register, "vault": vault, "audit": register.audit, "keys": keys, "database": register._database}[thing]
    assert len(repr(held)) < 30
    assert "://" not in repr(held)


def _held(connection: Connection, table: str) -> bytes:
    rows = connection.execute(text(f"select * from {table}"))
    return b"|".join(bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode() for row in rows for cell in row)


def _found(folder: Path, *values: bytes) -> list[str]:
    return [path.name for path in folder.glob("r.sqlite*") for value in values if value in path.read_bytes()]


def _drop(register: Register) -> Register:
    with register._database.writing() as connection:
        connection.execute(text("drop table counters"))
    return register


def _narrow(register: Register) -> Register:
    with register._database.writing() as connection:
        connection.execute(text("alter table requests drop column channel"))
    return register
