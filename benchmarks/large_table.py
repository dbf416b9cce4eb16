"""One person in a table of ten million rows, with an index on the BSN and without; and a hundred thousand rows about one person, by memory.

`python -m benchmarks.large_table [ROWS] [postgresql|mariadb]` on the services of the tests. It makes its own schema and drops it.
"""

from __future__ import annotations

import resource
import sys
import time
from datetime import UTC, datetime, timedelta
from functools import partial

import sqlalchemy as sa

import connectors
from config.collection import Column, Kind, Party
from config.person import Person, Subject
from config.settings import Entity, Source

URLS = {
    "postgresql": "postgresql+psycopg://postgres@127.0.0.1:5432/test",
    "mariadb": "mysql+pymysql://root@127.0.0.1:3306/test",
}
SCHEMA, BSN = "inzage_bench", "999990019"
COLUMNS = {
    name: Column(name, name, Kind(kind), Party(party))
    for name, kind, party in (
        ("bsn", "bsn", "subject"),
        ("nr", "id", "subject"),
        ("bedrag", "amount", "subject"),
        ("tekst", "text", "mixed"),
    )
}


def main(rows: int, service: str = "postgresql") -> None:
    """Make, ask, print, drop."""
    engine, ask = sa.create_engine(URLS[service]), partial(_ask, URLS[service])
    postgresql = service == "postgresql"
    number = "lpad((100000000 + n)::text, 9, '0')" if postgresql else "lpad(100000000 + n, 9, '0')"
    note = "'Een notitie van gewone lengte, over niemand in het bijzonder: '"
    words = f"{note} || n" if postgresql else f"concat({note}, n)"
    series = f"select {{who}} as bsn, n as nr, cast(12.50 as decimal(9,2)) as bedrag, {words} as tekst from {{of}}"
    _run(engine, f"drop schema if exists {SCHEMA}" + " cascade" * postgresql, f"create schema {SCHEMA}")
    for table, who, count in (("groot", number, rows), ("veel", f"cast('{BSN}' as char(9))", 100_000)):
        of = f"generate_series(1, {count}) n" if postgresql else f"(select seq as n from seq_1_to_{count}) s"
        _run(engine, f"create table {SCHEMA}.{table} as {series.format(who=who, of=of)}")
    _run(engine, f"insert into {SCHEMA}.groot values ('{BSN}', 0, 1, 'van haar')")
    ask("veel", f"{service}: 100,000 rows about one person")
    ask("groot", f"{service}: {rows:,} rows, no index")
    statistics = f"analyze {SCHEMA}.groot" if postgresql else f"analyze table {SCHEMA}.groot"
    _run(engine, f"create index groot_bsn on {SCHEMA}.groot (bsn)", statistics)
    ask("groot", f"{service}: {rows:,} rows, index on bsn")
    _run(engine, f"drop schema {SCHEMA}" + " cascade" * postgresql)
    engine.dispose()


def _run(engine: sa.Engine, *statements: str) -> None:
    with engine.begin() as db:
        for statement in statements:
            db.exec_driver_sql(statement)


def _ask(url: str, table: str, what: str) -> None:
    entity = Entity("bench", table, table, f"{SCHEMA}.{table}", ({"bsn": "subject.bsn"},), columns=COLUMNS)
    source = Source("bench", "Bench", "sql", url, timeout=timedelta(seconds=120), retries=0, entities=(entity,))
    started, before = time.perf_counter(), _memory()
    answer = connectors.collect(source, source.entities, Subject(Person(bsn=BSN)), now=datetime.now(UTC))
    told = "; ".join(alarm.partition(": ")[2].partition(".")[0] for alarm in answer.coverage.alarms) or "no alarm"
    seconds = time.perf_counter() - started
    print(f"{what:44} {answer.coverage.records:7} found  {seconds:7.3f} s  {_memory():4} MB at most (+{_memory() - before})  {told}")


def _memory() -> int:
    """The most memory that this process had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000, *sys.argv[2:3])
