"""`python -m benchmarks.beside ROWS`: one request over the same PostgreSQL tables by Inzage and by Fides; one JSON line on stdout.

Makes two databases of its own on the PostgreSQL of the tests and drops them. Fides needs Redis too (database 9 of the local one).
CPU seconds, because they are of the work and not of the machine's other guests; each in a warm process.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from benchmarks.fides import HERE, environment
from benchmarks.gemeente import BSN, OTHER_BSN, contacts

SERVER = os.environ.get("INZAGE_BENCH_POSTGRES", "postgresql://postgres@127.0.0.1:5432")
DATA, APP = "inzage_bench_data", "inzage_bench_fides"
SCHEMA = """
create table klant (klantnr integer primary key, bsn text, naam text, geboren text);
create table contact (nr integer primary key, klantnr integer, datum text, soort text, consulent text, contactpersoon text, notitie text);
create index on klant (bsn);
create index on contact (klantnr);
"""
OURS = "from benchmarks.job import main; main()"
"""Not a module that is run: what helps would begin by importing it, which what helps the copies of a worker does not."""

WARM = 100
"""Contacts of the resident with whom each process is warmed."""


@contextmanager
def tables(rows: int) -> Iterator[str]:
    """The address of a database with `rows` contacts of one resident; it and that of Fides are gone afterwards."""
    with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as server:
        for name in (DATA, APP):
            server.execute(f"drop database if exists {name} with (force)")
            server.execute(f"create database {name}")
        try:
            _fill(rows)
            yield f"{SERVER}/{DATA}"
        finally:
            for name in (DATA, APP):
                server.execute(f"drop database if exists {name} with (force)")


def _fill(rows: int) -> None:
    with psycopg.connect(f"{SERVER}/{DATA}", autocommit=True) as db:
        db.execute(SCHEMA)
        people = ((4711, BSN, "Petronella van der Zomer", "1980-03-09"), (4712, OTHER_BSN, "Johan Oosterbroek", "1971-01-02"))
        db.cursor().executemany("insert into klant values (%s, %s, %s, %s)", people)
        with db.cursor().copy("copy contact from stdin") as copy:
            for nr, (_, client, *told) in enumerate([*contacts(rows, 4711), *contacts(WARM, 4712)]):
                copy.write_row((nr, client, *told))
        db.execute("analyze")


def measure(rows: int) -> dict[str, Any]:
    """What both took; Fides is {} where it cannot be installed."""
    with tables(rows) as url:
        ours = _told([sys.executable, "-W", "ignore", "-c", OURS, str(rows), url])
        python = environment()
        access = [str(python), "-W", "ignore", str(HERE / "access.py"), url, f"{SERVER}/{APP}", BSN]
        return {"rows": rows, "inzage": ours, "fides": _told(access) if python else {}}


def _told(command: list[str]) -> dict[str, float]:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{command[-4:]}: stopped. {done.stderr[-1500:]}")
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return told


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]))))
