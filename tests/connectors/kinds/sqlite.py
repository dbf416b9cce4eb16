"""Tables of SQLite: one file, so its faults are those of a file."""

from __future__ import annotations

import sqlite3
import threading
import time
from dataclasses import replace
from datetime import timedelta

from config.settings import Source
from tests.connectors.kinds import BSN, ELSE, NAMES, NOTE, OTHER, ROWS, Bench
from tests.connectors.kinds._rows import NAMESAKES, Row, namesakes, notes, sqlite
from tests.connectors.made import entity, source

KIND = "sql"
_NO_USERS = "a file has no users of its own; whether it may be read is for the system"
NOT = {
    "redirect": "a file sends nobody elsewhere",
    "bomb": "it holds no XML; a file in a cell is read as any other, see `documents`",
    "unauthorised": _NO_USERS,
    "forbidden": _NO_USERS,
    "slow": "see PostgreSQL and MariaDB",
}


def make(bench: Bench, names: list[str], rows: list[Row]) -> Source:
    """A file with a table of these rows."""
    return source("sql", f"sqlite:///{sqlite(bench.folder / 'bron.sqlite', names, rows)}", notes())


def partial(bench: Bench) -> Source:
    """One of two tables is not there."""
    good = make(bench, NAMES, ROWS)
    return replace(good, entities=(*good.entities, entity("weg", {"BSN": "subject.bsn"}, [])))


def timeout(bench: Bench) -> Source:
    """A view that is never done."""
    good = make(bench, NAMES, ROWS)
    endless = "with recursive n(x) as (select 1 union all select x + 1 from n) select count(*) from n"
    _run(bench, f"create view traag as select BSN, NOTITIE from notities where ({endless}) > 0")
    return replace(good, entities=(replace(good.entities[0], table="traag"),), timeout=timedelta(seconds=0.1))


def busy(bench: Bench) -> Source:
    """Somebody is writing, and is done when we ask again."""
    good, taken = make(bench, NAMES, ROWS), threading.Event()

    def write() -> None:
        with sqlite3.connect(bench.folder / "bron.sqlite", isolation_level=None) as db:
            db.execute("begin exclusive")
            taken.set()
            time.sleep(0.6)
            db.execute("rollback")
        db.close()

    writer = threading.Thread(target=write)
    writer.start()
    taken.wait()
    bench.after.append(writer.join)
    return replace(good, timeout=timedelta(seconds=0.3), retries=5)


heals = busy


def stays_broken(bench: Bench) -> Source:
    """The file is gone."""
    return replace(make(bench, NAMES, ROWS), connection=f"sqlite:///{bench.folder}/weg.sqlite")


def truncated(bench: Bench) -> Source:
    """Half of the file."""
    good = make(bench, NAMES, [(BSN, NOTE)] * 500)
    path = bench.folder / "bron.sqlite"
    path.write_bytes(path.read_bytes()[:6000])
    return good


def wrong_type(bench: Bench) -> Source:
    """A file that is something else."""
    good = make(bench, NAMES, ROWS)
    (bench.folder / "bron.sqlite").write_bytes(b"%PDF-1.7 " + NOTE.encode() * 50)
    return good


def invalid(bench: Bench) -> Source:
    """A good header, and rubbish behind it."""
    good = make(bench, NAMES, ROWS)
    path = bench.folder / "bron.sqlite"
    path.write_bytes(path.read_bytes()[:100] + b"\xff" * 8092)
    return good


def huge(bench: Bench) -> Source:
    """Two gigabytes about one person, in a view that makes them as they are read."""
    good = make(bench, NAMES, ROWS)
    numbers = "with recursive n(x) as (select 1 union all select x + 1 from n where x < 2048) select x from n"
    _run(bench, f"create view veel as select '{BSN}' as BSN, hex(randomblob(524288)) as NOTITIE from ({numbers})")
    return replace(good, entities=(replace(good.entities[0], table="veel"),), timeout=timedelta(seconds=30))


def other_bsn(bench: Bench) -> Source:
    """The file of the subject holds a row with another BSN."""
    good = make(bench, [*NAMES, "NR"], [(BSN, NOTE, 12), (OTHER, ELSE, 12)])
    return replace(good, entities=(notes(match=[{"BSN": "subject.bsn"}, {"NR": "elders.nr"}]),))


def same_name(bench: Bench) -> Source:
    """Two people of one name and birth date."""
    rows = [(BSN, NOTE, "J. van der Berg", "1980-03-09"), (OTHER, ELSE, "J. van der Berg", "1980-03-09")]
    return replace(make(bench, NAMESAKES, rows), entities=(namesakes(),))


def _run(bench: Bench, statement: str) -> None:
    with sqlite3.connect(bench.folder / "bron.sqlite") as db:
        db.execute(statement)
    db.close()
