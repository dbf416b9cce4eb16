"""One person in a table of ten million rows, with an index on the BSN and without; and a hundred thousand rows about one person, by memory.

`python -m benchmarks.large_table [ROWS]` on the PostgreSQL of the tests. It makes its own schema and drops it.
"""

from __future__ import annotations

import resource
import sys
import time
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

import connectors
from config.collection import Column, Kind, Party
from config.person import Person, Subject
from config.settings import Entity, Source

URL, SCHEMA, BSN = "postgresql+psycopg://postgres@127.0.0.1:5432/test", "inzage_bench", "999990019"
COLUMNS = {
    name: Column(name, name, Kind(kind), Party(party))
    for name, kind, party in (
        ("bsn", "bsn", "subject"),
        ("nr", "id", "subject"),
        ("bedrag", "amount", "subject"),
        ("tekst", "text", "mixed"),
    )
}


def main(rows: int) -> None:
    """Make, ask, print, drop."""
    engine = sa.create_engine(URL)
    with engine.begin() as db:
        db.exec_driver_sql(f"drop schema if exists {SCHEMA} cascade")
        db.exec_driver_sql(f"create schema {SCHEMA}")
        note = "'Een notitie van gewone lengte, over niemand in het bijzonder: ' || n"
        series = f"select lpad((100000000 + n)::text, 9, '0') as bsn, n as nr, 12.50::numeric(9,2) as bedrag, {note} as tekst"
        db.exec_driver_sql(f"create table {SCHEMA}.groot as {series} from generate_series(1, {rows}) n")
        db.exec_driver_sql(f"insert into {SCHEMA}.groot values ('{BSN}', 0, 1, 'van haar')")
        mine = series.replace("lpad((100000000 + n)::text, 9, '0')", f"'{BSN}'::text")
        db.exec_driver_sql(f"create table {SCHEMA}.veel as {mine} from generate_series(1, 100000) n")
    _ask("veel", "100,000 rows about one person")
    _ask("groot", f"{rows:,} rows, no index")
    with engine.begin() as db:
        db.exec_driver_sql(f"create index on {SCHEMA}.groot (bsn)")
        db.exec_driver_sql(f"analyze {SCHEMA}.groot")
    _ask("groot", f"{rows:,} rows, index on bsn")
    with engine.begin() as db:
        db.exec_driver_sql(f"drop schema {SCHEMA} cascade")
    engine.dispose()


def _ask(table: str, what: str) -> None:
    entity = Entity("bench", table, table, f"{SCHEMA}.{table}", ({"bsn": "subject.bsn"},), columns=COLUMNS)
    source = Source("bench", "Bench", "sql", URL, timeout=timedelta(seconds=120), retries=0, entities=(entity,))
    started, before = time.perf_counter(), _memory()
    answer = connectors.collect(source, source.entities, Subject(Person(bsn=BSN)), now=datetime.now(UTC))
    told = "; ".join(alarm.partition(": ")[2].partition(".")[0] for alarm in answer.coverage.alarms) or "no alarm"
    seconds = time.perf_counter() - started
    print(f"{what:32} {answer.coverage.records:7} found  {seconds:7.3f} s  {_memory():4} MB at most (+{_memory() - before})  {told}")


def _memory() -> int:
    """The most memory that this process had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000)
