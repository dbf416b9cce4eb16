"""A register on every database that it must run on: SQLite always, PostgreSQL where it is."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import OperationalError

from cases import MasterKey, Register, Vault
from cases.engine import connect
from config.request import Request, Status
from tests.conftest import missing

BSN, OTHER_BSN = "999990019", "999990020"
BSNS = ("999990007", "999990019", "999990020", "999990032", "999990044", "999990056", "999990068", "999990081")
"""Residents whose numbers pass the elfproef, from the range that belongs to nobody."""

RECEIVED = date(2026, 11, 20)
DRAFT, OTHER_DRAFT = "a" * 64, "b" * 64
ROOT = Path(__file__).parent.parent.parent
POSTGRES = os.environ.get("INZAGE_TEST_POSTGRES", "postgresql+psycopg://postgres@127.0.0.1:5432/test")


@pytest.fixture
def keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MasterKey:
    """A master key of this test alone, in a file."""
    monkeypatch.delenv("INZAGE_MASTER_KEY", raising=False)
    return MasterKey.find(tmp_path)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.service)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'register.sqlite'}"
    else:
        yield from _postgres()


def _postgres() -> Iterator[str]:
    schema = f"inzage_{uuid.uuid4().hex[:12]}"
    server = create_engine(f"{POSTGRES}?options=-csynchronous_commit%3Doff", isolation_level="AUTOCOMMIT")
    try:
        with server.connect() as connection:
            connection.execute(text(f"create schema {schema}"))
    except OperationalError:
        missing("PostgreSQL")
    yield f"{POSTGRES}?options=-csearch_path%3D{schema}%20-csynchronous_commit%3Doff"  # a test outlives no power failure
    with server.connect() as connection:
        connection.execute(text(f"drop schema {schema} cascade"))
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


@pytest.fixture
def number(register: Register) -> str:
    """The number of a request that was just registered."""
    return register.new(BSN, RECEIVED, actor="balie").number


@pytest.fixture
def in_review(register: Register, number: str) -> str:
    """The number of a request whose draft lies in review."""
    register.move(number, Status.COLLECTING, "inzage")
    return register.move(number, Status.REVIEW, "inzage").number


def released(register: Register, number: str) -> Request:
    """The request after two people approved its draft and it was released."""
    for person in ("toetser een", "toetser twee"):
        register.approve(number, person, DRAFT)
    return register.move(number, Status.RELEASED, "balie")


Tamper = Callable[[Connection], object]


@dataclass(frozen=True)
class Intruder:
    """Somebody with every right on the database, but without the master key."""

    url: str

    def does(self, tamper: Tamper) -> None:
        """Take away the guard of the database, and change what must not be changed."""
        engine = connect(self.url)
        with engine.begin() as connection:
            for statement in _UNGUARD[engine.dialect.name]:
                connection.execute(text(statement))
            tamper(connection)
        engine.dispose()


_UNGUARD = {
    "sqlite": ["drop trigger if exists audit_no_update", "drop trigger if exists audit_no_delete"],
    "postgresql": ["drop trigger if exists audit_no_change on audit"],
}


@pytest.fixture
def intruder(url: str) -> Intruder:
    """Somebody with every right on the database of this test."""
    return Intruder(url)


def in_processes(url: str, home: Path, code: str, arguments: list[str]) -> list[str]:
    """What `code` prints in a process of its own for each argument, all at once; it has `register` and `argument`."""
    script = (
        "import sys; from pathlib import Path; from datetime import date; from cases import MasterKey, Register, Vault\n"
        "from config.errors import InzageError\n"
        f"register = Register({url!r}, MasterKey.find(Path({str(home)!r}))); register.migrate(); argument = sys.argv[1]\n{code}\n"
    )
    started = [
        subprocess.Popen([sys.executable, "-c", script, argument], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)
        for argument in arguments
    ]
    ended = [process.communicate(timeout=120) for process in started]
    assert [error for _, error in ended if error] == []
    return [out.strip() for out, _ in ended]


@dataclass(frozen=True)
class Bucket:
    """A server that speaks S3, on loopback, with one bucket; `url` is a vault in it, of this test alone."""

    endpoint: str
    process: subprocess.Popen[bytes]

    @property
    def environment(self) -> dict[str, str]:
        """What a process needs to reach it."""
        return {
            "AWS_ENDPOINT_URL": self.endpoint, "AWS_ACCESS_KEY_ID": "proef", "AWS_SECRET_ACCESS_KEY": "proef",
            "AWS_DEFAULT_REGION": "eu-west-1", "AWS_EC2_METADATA_DISABLED": "true",
        }  # fmt: skip


@contextmanager
def s3_server() -> Iterator[Bucket]:
    """A server of our own; gone afterwards."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    endpoint, end = f"http://127.0.0.1:{port}", time.monotonic() + 60
    try:
        while True:
            try:
                httpx.put(f"{endpoint}/kluis", timeout=5).raise_for_status()
                break
            except httpx.HTTPError:
                assert time.monotonic() < end, "the S3 server did not start"
                time.sleep(0.2)
        yield Bucket(endpoint, process)
    finally:
        process.kill()
        process.wait()


@pytest.fixture(scope="session")
def bucket() -> Iterator[Bucket]:
    """One server for all tests of a process."""
    with s3_server() as made:
        yield made
