"""A gemeente for measuring: one client with as many contacts as asked, a note in each, in SQLite."""

from __future__ import annotations

import os
import random
import re
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

BSN, OTHER_BSN = "999990019", "999990020"
DEFAULTS = Path(__file__).parent.parent / "config" / "demo"

SOURCES = """
sources:
  - name: hulp
    title: Hulp en ondersteuning
    kind: sql
    owner: team@meetstad.example
    connection: ${MEET_URL}
    activity: wmo-onderzoek
    entities:
      client:
        table: KLANT
        match: {BSN: subject.bsn}
        provides: {KLANTNR: key.klant}
        columns:
          KLANTNR:  {label: Klantnummer, kind: id, party: subject}
          BSN:      {label: Burgerservicenummer, kind: bsn, party: subject}
          NAAM:     {label: Naam, kind: name, party: subject}
          GEBOREN:  {label: Geboortedatum, kind: date, party: subject}
      contact:
        table: CONTACT
        match: {KLANTNR: key.klant}
        columns:
          NR:        {label: Volgnummer, kind: id, party: subject}
          KLANTNR:   {label: Klantnummer, kind: id, party: subject}
          DATUM:     {label: Datum, kind: date, party: subject}
          SOORT:     {label: Soort contact, kind: code, party: subject}
          CONSULENT: {label: Consulent, kind: name, party: official}
          CONTACTPERSOON: {label: Contactpersoon, kind: name, party: third}
          NOTITIE:   {label: Notitie, kind: text, party: mixed, category: gezondheid}
"""

NAMES = (
    "Fatma Yıldız",
    "Henk de Groot",
    "Zofia Kowalska",
    "Rachid El Amrani",
    "Soraya Ramdin",
    "Wei Chen",
    "Truus van den Heuvel",
    "Kees Bakker",
)
SENTENCES = (
    "Mevrouw belt over de hulp in huis en vraagt wanneer iemand komt.",
    "Haar contactpersoon {who} is bereikbaar op 06-{phone}.",
    "Afgesproken dat het plan volgende maand weer wordt bekeken.",
    "Buurvrouw {who} heeft gezien dat de deur openstond.",
    "De indicatie loopt door tot 1 maart 2027; er is geen wachttijd.",
    "Volgens {who} gaat het lopen buiten moeilijker dan een jaar geleden.",
    "Er is een brief gestuurd over de eigen bijdrage van 21,00 euro.",
)


def configure(folder: Path, sources: str, **environment: str) -> None:
    """Write a configuration with these sources into `folder`, and make it the one this process works with."""
    (folder / "config").mkdir(parents=True)
    for name in ("organisation.yaml", "activities.yaml", "grounds.yaml", "policy.yaml"):
        shutil.copy(DEFAULTS / name, folder / "config" / name)
    (folder / "config" / "sources.yaml").write_text(sources, encoding="utf-8")
    os.environ.update(environment, INZAGE_HOME=str(folder / "home"), INZAGE_CONFIG=str(folder / "config"))


def build_on(folder: Path, url: str) -> None:
    """Configure this process for the same two tables on a server, where their names are in small letters."""
    names = re.findall(r"\b[A-Z]{2,}\b(?=[:,}]|\s*$)", SOURCES, flags=re.MULTILINE)
    sources = SOURCES
    for name in names:
        sources = re.sub(rf"\b{name}\b", name.lower(), sources)
    configure(folder, sources, MEET_URL=url)


def build(folder: Path, rows: int) -> None:
    """Write the database with `rows` contacts of one client, and configure this process for it."""
    configure(folder, SOURCES, MEET_URL=f"sqlite:///{folder / 'meet.sqlite'}")
    with sqlite3.connect(folder / "meet.sqlite") as db:
        db.executescript(
            "create table KLANT (KLANTNR integer primary key, BSN text, NAAM text, GEBOREN text);"
            "create table CONTACT (NR integer primary key, KLANTNR integer, DATUM text, SOORT text, CONSULENT text,"
            " CONTACTPERSOON text, NOTITIE text); create index CONTACT_KLANT on CONTACT (KLANTNR);"
        )
        db.execute("insert into KLANT values (4711, ?, 'Petronella van der Zomer', '1980-03-09')", (BSN,))
        db.executemany("insert into CONTACT values (?, ?, ?, ?, ?, ?, ?)", contacts(rows, 4711))
    db.close()


def contacts(rows: int, client: int) -> Iterator[tuple[object, ...]]:
    """So many contacts of one client: number, client, day, kind, official, contact person, note."""
    chance = random.Random(2026)  # noqa: S311 - a benchmark must be the same every time
    for number in range(rows):
        who = chance.choice(NAMES)
        note = " ".join(chance.sample(SENTENCES, 4)).format(who=who, phone=f"{chance.randrange(10**7, 10**8)}")
        day = f"{2015 + number % 11}-{1 + number % 12:02d}-{1 + number % 28:02d}"
        yield number, client, day, chance.choice(("telefoon", "balie", "huisbezoek")), f"K. Ambtelaar {number % 5}", who, note
