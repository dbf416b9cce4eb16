"""`python -m benchmarks.growth rows|documents|sources COUNT`: the whole job for a resident with so much of one thing; one JSON line.

CPU seconds in a process that handled another resident before, and peak memory: what one person more or less costs, not what a start does.
"""

from __future__ import annotations

import random
import resource
import sqlite3
import sys
import time
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import orjson
from reportlab.pdfgen.canvas import Canvas

from benchmarks.gemeente import BSN, NAMES, OTHER_BSN, SENTENCES, SOURCES, configure, contacts
from flows import steps
from flows.workplace import Workplace, workplace

PAPERS = """
  - name: archief
    title: Map met brieven
    kind: documents
    owner: team@meetstad.example
    connection: ${PAPERS}
    activity: zaakgericht-werken
    entities:
      brief:
        table: brieven
        match: [{FILENAME: hulp.klant}]
        columns: {}
"""
FEW = 40
"""Contacts of the resident where it is not rows that grow."""


def measure(what: str, count: int) -> dict[str, float]:
    """CPU seconds and peak MB of one request with `count` rows, documents (PDF, a page each) or sources (SQLite, FEW rows each)."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as place:
        folder = Path(place)
        {"rows": _rows, "documents": _documents, "sources": _sources}[what](folder, count)
        _handled(workplace(), OTHER_BSN)
        before = time.process_time()
        _handled(workplace(), BSN)
        seconds = time.process_time() - before
    return {"count": count, "CPU s": seconds, "peak MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def _handled(work: Workplace, bsn: str) -> None:
    """From the first question to a draft that was searched for leaks."""
    number = work.register.new(bsn, date(2026, 11, 20), actor="bench").number
    steps.begin(work, number, "bench")
    legs = steps.legs(work, number)
    for stage in sorted({leg.stage for leg in legs}):
        for leg in legs:
            if leg.stage == stage:
                steps.ask(work, number, leg)
        steps.gather(work, number)
    steps.redact(work, number)
    steps.draft(work, number, "bench")


def _rows(folder: Path, count: int) -> None:
    configure(folder, SOURCES, MEET_URL=_database(folder / "meet.sqlite", count))


def _documents(folder: Path, count: int) -> None:
    configure(folder, SOURCES + PAPERS, MEET_URL=_database(folder / "meet.sqlite", FEW), PAPERS=str(folder / "papers"))
    (folder / "papers" / "brieven").mkdir(parents=True)
    chance = random.Random(2026)  # noqa: S311 - a benchmark must be the same every time
    for serial in range(count):
        _paper(folder / "papers" / "brieven" / f"klant 4711 brief {serial}.pdf", chance)


def _sources(folder: Path, count: int) -> None:
    head, _, body = SOURCES.partition("  - name: hulp")
    entries = [f"  - name: hulp{n}{body}".replace("${MEET_URL}", f"${{MEET_{n}}}") for n in range(count)]
    places = {f"MEET_{n}": _database(folder / f"{n}.sqlite", FEW) for n in range(count)}
    configure(folder, head + "".join(entries), **places)


def _paper(path: Path, chance: random.Random) -> None:
    """A letter of one page, with twenty sentences that name others."""
    canvas = Canvas(str(path), invariant=True)
    for line in range(20):
        told = chance.choice(SENTENCES).format(who=chance.choice(NAMES), phone=f"{chance.randrange(10**7, 10**8)}")
        canvas.drawString(60, 780 - 20 * line, told)
    canvas.save()


def _database(path: Path, rows: int) -> str:
    """The address of a database with two clients: one with so many contacts, one with FEW."""
    with sqlite3.connect(path) as db:
        db.executescript(
            "create table KLANT (KLANTNR integer primary key, BSN text, NAAM text, GEBOREN text);"
            "create table CONTACT (NR integer, KLANTNR integer, DATUM text, SOORT text, CONSULENT text, CONTACTPERSOON text, NOTITIE text);"
            "create index CONTACT_KLANT on CONTACT (KLANTNR);"
        )
        people = ((4711, BSN, "Petronella van der Zomer", "1980-03-09"), (4712, OTHER_BSN, "Johan Oosterbroek", "1971-01-02"))
        db.executemany("insert into KLANT values (?, ?, ?, ?)", people)
        db.executemany("insert into CONTACT values (?, ?, ?, ?, ?, ?, ?)", [*contacts(rows, 4711), *contacts(FEW, 4712)])
    db.close()
    return f"sqlite:///{path}"


if __name__ == "__main__":
    print(orjson.dumps(measure(sys.argv[1], int(sys.argv[2]))).decode())
