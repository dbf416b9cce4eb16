"""One source at a time: how long it takes against the slowest answer of it, and the memory of a hundred thousand rows, by kind.

`python -m benchmarks.connectors [ROWS]`. Each measurement runs in a process of its own; servers run in another.
"""

from __future__ import annotations

import json
import multiprocessing
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import connectors
from config.collection import Column, Kind, Party
from config.person import Person, Subject
from config.settings import Entity, Source

BSN = "999990019"
ROWS = 100_000
NOTE = "Een notitie van gewone lengte, over niemand in het bijzonder: "
PAUSE = 0.03
"""Seconds in which the slow server answers each question."""


def entity(name: str, match: dict[str, str], *names: str, table: str = "") -> Entity:
    """An entity with these columns, the first of which is a BSN."""
    columns = {n: Column(n, n, Kind.BSN if n.lower().endswith(("bsn", "nummer")) else Kind.TEXT, Party.SUBJECT) for n in names}
    return Entity("bench", name, name, table or name, (match,), columns=columns)


def source(kind: str, connection: str, *entities: Entity, **more: Any) -> Source:
    """A source that is given time."""
    return Source("bench", "Bench", kind, connection, timeout=timedelta(seconds=120), retries=0, entities=entities, **more)


@contextmanager
def sqlite(folder: Path, rows: int) -> Iterator[Source]:
    """Every row is about the one person."""
    import sqlite3  # noqa: PLC0415

    with sqlite3.connect(folder / "b.sqlite") as db:
        db.execute("create table veel (bsn text, tekst text)")
        db.executemany("insert into veel values (?, ?)", ((BSN, f"{NOTE}{n}") for n in range(rows)))
    yield source("sql", f"sqlite:///{folder}/b.sqlite", entity("veel", {"bsn": "subject.bsn"}, "bsn", "tekst"))


@contextmanager
def postgresql(folder: Path, rows: int) -> Iterator[Source]:
    """Every row is about the one person."""
    import sqlalchemy as sa  # noqa: PLC0415

    url = "postgresql+psycopg://postgres@127.0.0.1:5432/test"
    with sa.create_engine(url).begin() as db:
        db.exec_driver_sql("drop schema if exists inzage_conn_bench cascade")
        db.exec_driver_sql("create schema inzage_conn_bench")
        db.exec_driver_sql(
            f"create table inzage_conn_bench.veel as select '{BSN}'::text as bsn, '{NOTE}' || n as tekst from generate_series(1, {rows}) n"
        )
    yield source("sql", url, entity("veel", {"bsn": "subject.bsn"}, "bsn", "tekst", table="inzage_conn_bench.veel"))
    with sa.create_engine(url).begin() as db:
        db.exec_driver_sql("drop schema inzage_conn_bench cascade")


@contextmanager
def csv(folder: Path, rows: int) -> Iterator[Source]:
    """An export of everybody, in which one row in a thousand is the one person's."""
    with (folder / "b.csv").open("w", encoding="utf-8") as file:
        file.write("BSN;TEKST\n")
        file.writelines(f"{_whose(n)};{NOTE}{n}\n" for n in range(rows))
    yield source("tables", str(folder / "b.csv"), entity("b", {"BSN": "subject.bsn"}, "BSN", "TEKST"))


@contextmanager
def xlsx(folder: Path, rows: int) -> Iterator[Source]:
    """The same as a workbook."""
    import openpyxl  # noqa: PLC0415

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("b")
    sheet.append(["BSN", "TEKST"])
    for n in range(rows):
        sheet.append([_whose(n), f"{NOTE}{n}"])
    book.save(folder / "b.xlsx")
    yield source("tables", str(folder / "b.xlsx"), entity("b", {"BSN": "subject.bsn"}, "BSN", "TEKST"))


@contextmanager
def ddas(folder: Path, rows: int) -> Iterator[Source]:
    """Deliveries with a trajectory a row, one in a thousand the one person's."""
    with (folder / "levering.json").open("w", encoding="utf-8") as file:
        file.write('{"codeGegevensleverancier": "GL1", "leveringen": [{"teller": 1, "schuldhulptrajecten": [')
        for n in range(rows):
            one = {"startdatum": "2024-02-01", "omschrijving": f"{NOTE}{n}", "client": [{"Burgerservicenummer": _whose(n)}]}
            file.write(("," if n else "") + json.dumps(one))
        file.write("]}]}")
    match = {"Burgerservicenummer": "subject.bsn"}
    yield source("ddas", str(folder), entity("t", match, "Burgerservicenummer", "omschrijving", table="schuldhulptrajecten"))


@contextmanager
def istandaarden(folder: Path, rows: int) -> Iterator[Source]:
    """Declarations of a thousand clients each, one line a client, one in a thousand the one person's."""
    from tests.connectors.berichten import m323  # noqa: PLC0415

    for file, start in enumerate(range(0, rows, 1000)):
        (folder / f"{file}.xml").write_bytes(m323(*((_whose(n), str(n)) for n in range(start, start + 1000)), number=str(file)))
    yield source("istandaarden", str(folder), entity("p", {"Bsn": "subject.bsn"}, "Bsn", "ReferentieNummer", table="Prestatie"))


@contextmanager
def zgw(folder: Path, rows: int) -> Iterator[Source]:
    """One case of the one person with so many statuses, in pages."""
    del folder
    with _elsewhere(_cases_server, rows) as address:
        cases = entity("zaken", {"rol__betrokkeneIdentificatie__natuurlijkPersoon__inpBsn": "subject.bsn"}, "identificatie")
        cases = replace(cases, provides={"url": "key.zaak"})
        statuses = entity("statussen", {"zaak": "key.zaak"}, "statustoelichting")
        options = {"auth": {"client_id": "inzage", "secret": "geheim"}}
        yield source("zgw", f"{address}/zaken/api/v1", cases, statuses, options=options)


def _whose(n: int) -> str:
    return BSN if n % 1000 == 0 else f"9{n % 10**8:08}"


def _cases_server(rows: int, told: Any) -> None:
    from demo.apis.server import serving  # noqa: PLC0415
    from demo.zaakgericht.app import application  # noqa: PLC0415
    from demo.zaakgericht.made import store  # noqa: PLC0415

    statuses = [{"op": "2024-03-01T10:00:00Z", "status": "Ontvangen"}]
    case = {"zaak": "Z-1", "type": "Melding", "omschrijving": "x", "start": "2024-03-01", "rollen": [{"rol": "Aanvrager", "wie": BSN}]}
    kept = store(
        [{**case, "statussen": statuses}], lambda bsn: {"inpBsn": bsn}, ({"client": "inzage", "label": "x", "tot": "zeer_geheim"},)
    )
    first = kept["statussen"][0]
    kept["statussen"] = [{**first, "url": f"{first['url'][:-12]}{n:012}", "statustoelichting": f"{NOTE}{n}"} for n in range(rows)]
    with serving(lambda address: application(kept, {"inzage": "geheim"}, address), "bench") as address:
        told.send(address)
        told.recv()


def _slow_cases_server(number: int, told: Any) -> None:
    """So many cases, each with roles, statuses and three documents, on a server that thinks before each answer."""
    import asyncio  # noqa: PLC0415

    from starlette.middleware import Middleware  # noqa: PLC0415
    from starlette.middleware.base import BaseHTTPMiddleware  # noqa: PLC0415

    from demo.apis.server import serving  # noqa: PLC0415
    from demo.zaakgericht.app import application  # noqa: PLC0415
    from demo.zaakgericht.made import store  # noqa: PLC0415

    async def slowly(request: Any, answer: Any) -> Any:
        await asyncio.sleep(PAUSE)
        return await answer(request)

    papers = [
        {"titel": f"Brief {n}", "bestand": f"b{n}.txt", "soort": "Brief", "auteur": "x", "dag": "2024-03-05", "versies": ["a"]}
        for n in range(3)
    ]
    cases = [
        {"zaak": f"Z-{n}", "type": "Melding", "omschrijving": "x", "start": "2024-03-01", "rollen": [{"rol": "Aanvrager", "wie": BSN}],
         "statussen": [{"op": "2024-03-01T10:00:00Z", "status": "Ontvangen"}], "documenten": papers}
        for n in range(number)
    ]  # fmt: skip
    kept = store(cases, lambda bsn: {"inpBsn": bsn}, ({"client": "inzage", "label": "x", "tot": "zeer_geheim"},))

    def made(address: str) -> Any:
        app = application(kept, {"inzage": "geheim"}, address)
        app.user_middleware.append(Middleware(BaseHTTPMiddleware, dispatch=slowly))
        return app

    with serving(made, "bench") as address:
        told.send(address)
        told.recv()


@contextmanager
def _elsewhere(server: Callable[[int, Any], None], number: int) -> Iterator[str]:
    """The address of a server in a process of its own."""
    here, there = multiprocessing.get_context("spawn").Pipe()
    process = multiprocessing.get_context("spawn").Process(target=server, args=(number, there), daemon=True)
    process.start()
    yield here.recv()
    here.send("stop")
    process.join(10)


KINDS = {one.__name__: one for one in (sqlite, postgresql, csv, xlsx, ddas, istandaarden, zgw)}


def measured(kind: str, rows: int) -> dict[str, float]:
    """Rows found, seconds, and MB above what the process had before it asked."""
    with tempfile.TemporaryDirectory() as folder, KINDS[kind](Path(folder), 1000 if kind in {"istandaarden", "zgw"} else 100) as warm:
        _collect(warm)
    with tempfile.TemporaryDirectory() as folder, KINDS[kind](Path(folder), rows) as asked:
        before, started = _memory(), time.perf_counter()
        found = _collect(asked).coverage.records
        return {"found": found, "seconds": time.perf_counter() - started, "mb": _memory() - before}


def _collect(asked: Source) -> Any:
    answer = connectors.collect(asked, asked.entities, Subject(Person(bsn=BSN)), now=datetime.now(UTC))
    assert answer.coverage.status == "found", answer.coverage
    return answer


def parallel(cases: int) -> dict[str, float]:
    """Seconds for a case register whose every answer takes PAUSE, by how many questions it allows at once."""
    with _elsewhere(_slow_cases_server, cases) as address:
        first = entity("zaken", {"rol__betrokkeneIdentificatie__natuurlijkPersoon__inpBsn": "subject.bsn"}, "identificatie")
        first = replace(first, provides={"url": "key.zaak"})
        hanging = {"rollen": "uuid", "statussen": "uuid", "documenten": "titel"}
        rest = [entity(name, {"zaak": "key.zaak"}, column) for name, column in hanging.items()]
        asked = source("zgw", f"{address}/zaken/api/v1", first, *rest, options={"auth": {"client_id": "inzage", "secret": "geheim"}})
        return {str(number): _seconds(replace(asked, concurrency=number)) for number in (1, 2, 4, 8)}


def _seconds(asked: Source) -> float:
    started = time.perf_counter()
    _collect(asked)
    return time.perf_counter() - started


def _memory() -> float:
    """The most memory that this process had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(rows: int) -> None:
    """Every measurement, each in a process of its own, as Markdown."""
    print(f"| kind | rows | of the person | seconds | MB above what it started with |\n|{'---|' * 5}")
    for kind in KINDS:
        one = _apart(kind, str(rows))
        print(f"| {kind} | {rows:,} | {one['found']:,} | {one['seconds']:.1f} | {one['mb']:.0f} |", flush=True)
    times = _apart("parallel", "40")
    print(f"\n| questions at once | seconds, 40 cases of a register that takes {PAUSE} s for each answer |\n|---|---|")
    for number, seconds in times.items():
        print(f"| {number} | {seconds:.2f} |")


def _apart(*arguments: str) -> dict[str, Any]:
    done = subprocess.run([sys.executable, "-m", __spec__.name, *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr[-2000:])
    made: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return made


if __name__ == "__main__":
    match sys.argv[1:]:
        case []:
            main(ROWS)
        case [rows]:
            main(int(rows))
        case ["parallel", cases]:
            print(json.dumps(parallel(int(cases))))
        case [kind, rows]:
            print(json.dumps(measured(kind, int(rows))))
