"""Real servers and databases for the connectors: a base register on loopback, PostgreSQL and MariaDB where they run."""

from __future__ import annotations

import json
import socket
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
import sqlalchemy as sa

from tests.conftest import missing
from tests.loopback import on_loopback

Reply = tuple[int, dict[str, str], bytes | Iterator[bytes]]
JSON = {"Content-Type": "application/json; charset=utf-8"}


@dataclass
class Server:
    """An HTTP server on loopback; `reply` makes the answer, `asked` keeps what was asked."""

    url: str = ""
    reply: Callable[[str, dict[str, str], Any], Reply] = lambda path, headers, body: (404, {}, b"")
    asked: list[tuple[str, dict[str, str], Any]] = field(default_factory=list)


def persons(*found: dict[str, Any]) -> Reply:
    """The answer of the base register with these persons."""
    return 200, JSON, json.dumps({"type": "RaadpleegMetBurgerservicenummer", "personen": list(found)}).encode()


@pytest.fixture
def server() -> Iterator[Server]:
    """A server whose answer the test decides."""
    with listening() as made:
        yield made


@contextmanager
def listening() -> Iterator[Server]:
    """The same, outside of a test. `reply` is given the body as JSON, as text, or None where there is none."""
    made = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.do_POST()

        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["Content-Length"] or 0))
            said = self.headers["Content-Type"] or ""
            body = (json.loads(raw) if "json" in said else raw.decode()) if raw else None
            made.asked.append((self.path, dict(self.headers), body))
            status, headers, answer = made.reply(self.path, dict(self.headers), body)
            self.send_response(status)
            whole = {"Content-Length": str(len(answer))} if isinstance(answer, bytes) else {}
            for name, value in {**whole, **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                for piece in [answer] if isinstance(answer, bytes) else answer:
                    self.wfile.write(piece)
            except OSError:
                return

    with on_loopback(Handler) as address:
        made.url = address
        yield made


SERVICES = {
    "PostgreSQL": ("postgresql+psycopg://postgres@127.0.0.1:5432/test", 5432),
    "MariaDB": ("mysql+pymysql://root@127.0.0.1:3306/test", 3306),
}


@dataclass(frozen=True)
class Place:
    """A schema of its own in a real database."""

    url: str
    schema: str
    engine: sa.Engine

    def run(self, *statements: str) -> None:
        """Carry out statements in which {s} is the schema."""
        with self.engine.begin() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement.format(s=self.schema))


@pytest.fixture(params=[pytest.param(name, marks=pytest.mark.service) for name in SERVICES])
def place(request: pytest.FixtureRequest) -> Iterator[Place]:
    """A new schema in each service that runs."""
    url, port = SERVICES[request.param]
    with socket.socket() as probe:
        probe.settimeout(1)
        if probe.connect_ex(("127.0.0.1", port)):
            missing(request.param)
    made = Place(url, f"inzage_{uuid.uuid4().hex[:12]}", sa.create_engine(url, poolclass=sa.pool.NullPool))
    made.run("create schema {s}")
    yield made
    made.run("drop schema {s} cascade" if "postgres" in url else "drop schema {s}")
    made.engine.dispose()
