"""A real database in each state, through a wire that can be cut: what PostgreSQL and MariaDB share."""

from __future__ import annotations

import re
import socket
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

import sqlalchemy as sa

from config.settings import Source
from tests.conftest import missing
from tests.connectors.conftest import SERVICES, Place
from tests.connectors.kinds import BSN, ELSE, NAMES, NOTE, OTHER, ROWS, Bench
from tests.connectors.kinds._proxy import Wire
from tests.connectors.kinds._rows import NAMESAKES, Row, namesakes, notes
from tests.connectors.made import entity, source

NOT = {
    "redirect": "a database sends nobody elsewhere",
    "bomb": "it answers in a protocol without XML; a file in a cell is read as any other, see `documents`",
}


@dataclass(frozen=True)
class Service:
    """One service and how it says what: `sleep` is a condition that takes seconds, `full` its own bytes for "no place left"."""

    name: str
    sleep: str
    big: str
    full: bytes

    def place(self, bench: Bench) -> Place:
        """A schema of its own, dropped afterwards; the test is skipped where the service does not run."""
        url, port = SERVICES[self.name]
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex(("127.0.0.1", port)):
                missing(self.name)
        made = Place(url, f"inzage_{uuid.uuid4().hex[:12]}", sa.create_engine(url, poolclass=sa.pool.NullPool))
        made.run("create schema {s}")
        bench.after += [made.engine.dispose, lambda: made.run("drop schema {s}" + (" cascade" if "postgres" in url else ""))]
        return made

    def filled(self, bench: Bench, names: list[str], rows: list[Row]) -> tuple[Place, Source]:
        """The notes in a table."""
        place = self.place(bench)
        place.run("create table {s}.notities (" + ", ".join(f"{name} varchar(200)" for name in names) + ")")
        marks = ", ".join(f":{name}" for name in names)
        with place.engine.begin() as connection:
            for row in rows:
                connection.execute(sa.text(f"insert into {place.schema}.notities values ({marks})"), dict(zip(names, row, strict=True)))
        return place, self.asked(place)

    def asked(self, place: Place, **more: object) -> Source:
        """The source of this place."""
        return source("sql", place.url, notes(table=f"{place.schema}.notities"), **more)

    def wired(self, bench: Bench, behave: Callable[[int], str | int | bytes], rows: list[Row] = ROWS, **more: object) -> Source:
        """The source behind a wire."""
        place, good = self.filled(bench, NAMES, rows)
        port = int(re.search(r":(\d+)/", place.url)[1])  # type: ignore[index]  # the URLs of SERVICES have a port
        wire = Wire(port, behave)
        bench.after.append(wire.close)
        return replace(good, connection=place.url.replace(f":{port}/", f":{wire.port}/"), **more)

    def view(self, bench: Bench, columns: str, where: str, **more: object) -> Source:
        """The notes through a view."""
        place, _ = self.filled(bench, NAMES, ROWS)
        place.run("alter table {s}.notities rename to echt" if "postgres" in place.url else "rename table {s}.notities to {s}.echt")
        place.run(f"create view {{s}}.notities as select {columns} from {{s}}.echt where {where}")
        return self.asked(place, **more)

    def cases(self) -> dict[str, Callable[[Bench], Source]]:
        """Every state but those of NOT."""
        return {
            "partial": self._partial,
            "slow": lambda bench: self.view(bench, "*", self.sleep.format(seconds="0.1")),
            "timeout": lambda bench: self.view(bench, "*", self.sleep.format(seconds="20"), timeout=timedelta(seconds=1)),
            "unauthorised": lambda bench: replace(self.filled(bench, NAMES, ROWS)[1], connection=self._stranger()),
            "busy": lambda bench: self.wired(bench, lambda number: self.full if number == 0 else "through", retries=1),
            "heals": lambda bench: self.wired(bench, lambda number: "closed" if number == 0 else "through", retries=1),
            "stays_broken": lambda bench: self.wired(bench, lambda number: "closed", retries=1),
            "truncated": lambda bench: self.wired(bench, lambda number: 60_000, [(BSN, NOTE * 8)] * 2000),
            "wrong_type": lambda bench: self.wired(bench, lambda number: b"HTTP/1.0 400 Bad Request\r\n\r\n<html>"),
            "invalid": lambda bench: self.wired(bench, lambda number: b"\x00\x01\x02\x03" * 20),
            "huge": self._huge,
            "other_bsn": self._other_bsn,
            "same_name": self._same_name,
        }

    def _stranger(self) -> str:
        return re.sub(r"//[^@]+@", "//niemand_hier:geheimwoord@", SERVICES[self.name][0])

    def _partial(self, bench: Bench) -> Source:
        place, good = self.filled(bench, NAMES, ROWS)
        return source("sql", place.url, *good.entities, entity("weg", {"BSN": "subject.bsn"}, [], table=f"{place.schema}.weg"))

    def _huge(self, bench: Bench) -> Source:
        """Two gigabytes about one person, in a view that makes them as they are read."""
        place = self.place(bench)
        place.run(f"create view {{s}}.notities as {self.big}")
        return self.asked(place, timeout=timedelta(seconds=30))

    def _other_bsn(self, bench: Bench) -> Source:
        """The file of the subject holds a row with another BSN."""
        place, _ = self.filled(bench, [*NAMES, "NR"], [(BSN, NOTE, "12"), (OTHER, ELSE, "12")])
        return source("sql", place.url, notes(match=[{"BSN": "subject.bsn"}, {"NR": "elders.nr"}], table=f"{place.schema}.notities"))

    def _same_name(self, bench: Bench) -> Source:
        rows = [(BSN, NOTE, "J. van der Berg", "1980-03-09"), (OTHER, ELSE, "J. van der Berg", "1980-03-09")]
        place, _ = self.filled(bench, NAMESAKES, rows)
        return source("sql", place.url, replace(namesakes(), table=f"{place.schema}.notities"))
