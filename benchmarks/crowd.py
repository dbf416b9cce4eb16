"""A gemeente for a flood of requests: so many residents in five small systems, each with notes that name others."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from benchmarks.gemeente import NAMES, SENTENCES, configure
from flows.workplace import workplace

SYSTEM = """
  - name: {name}
    title: Systeem {name}
    kind: sql
    owner: team@meetstad.example
    connection: ${{CROWD_{upper}}}
    activity: {activity}
    entities:
      client:
        table: KLANT
        match: {{BSN: subject.bsn}}
        provides: {{KLANTNR: key.klant}}
        columns:
          KLANTNR:  {{label: Klantnummer, kind: id, party: subject}}
          BSN:      {{label: Burgerservicenummer, kind: bsn, party: subject}}
          NAAM:     {{label: Naam, kind: name, party: subject}}
          GEBOREN:  {{label: Geboortedatum, kind: date, party: subject}}
      contact:
        table: CONTACT
        match: {{KLANTNR: key.klant}}
        columns:
          KLANTNR:   {{label: Klantnummer, kind: id, party: subject}}
          DATUM:     {{label: Datum, kind: date, party: subject}}
          CONSULENT: {{label: Consulent, kind: name, party: official}}
          NOTITIE:   {{label: Notitie, kind: text, party: mixed, category: gezondheid}}
"""
SYSTEMS = {"hulp": "wmo-onderzoek", "zorg": "wmo-onderzoek", "parkeer": "parkeren", "zaken": "zaakgericht-werken", "jeugd": "wmo-onderzoek"}
GIVEN = ("Petronella", "Johan", "Amina", "Pieter", "Chantal", "Mehmet", "Ingrid", "Sander")
FAMILY = ("van der Zomer", "Oosterbroek", "El Idrissi", "Veldkamp", "de Wit", "Aydin", "Terpstra", "Hofland")
CONTACTS = 6


def bsns(count: int) -> list[str]:
    """So many numbers that pass the elfproef and belong to nobody: all of a range that is never given out."""
    found = (f"{number:09d}" for number in range(999900006, 999999991))
    passing = (bsn for bsn in found if sum(int(d) * w for d, w in zip(bsn, (9, 8, 7, 6, 5, 4, 3, 2, -1), strict=True)) % 11 == 0)
    return [bsn for bsn, _ in zip(passing, range(count), strict=False)]


def crowd(folder: Path, count: int, more: str = "") -> list[str]:
    """Build the systems, configure this process for them, and register a request of every resident; gives the numbers.

    `more` is further sources in YAML.
    """
    places = {f"CROWD_{name.upper()}": f"sqlite:///{folder / f'{name}.sqlite'}" for name in SYSTEMS}
    sources = "".join(SYSTEM.format(name=name, upper=name.upper(), activity=activity) for name, activity in SYSTEMS.items())
    configure(folder, f"sources:{sources}{more}", **places)
    residents = bsns(count)
    for name in SYSTEMS:
        _build(folder / f"{name}.sqlite", name, residents)
    register = workplace().register
    return [register.new(bsn, date(2026, 11, 1 + n % 20), actor="bench").number for n, bsn in enumerate(residents)]


def _build(path: Path, name: str, residents: list[str]) -> None:
    chance = random.Random(f"crowd {name}")  # noqa: S311 - a benchmark must be the same every time
    with sqlite3.connect(path) as db:
        db.executescript(
            "create table KLANT (KLANTNR integer primary key, BSN text unique, NAAM text, GEBOREN text);"
            "create table CONTACT (KLANTNR integer, DATUM text, CONSULENT text, NOTITIE text);"
            "create index CONTACT_KLANT on CONTACT (KLANTNR);"
        )
        for serial, bsn in enumerate(residents):
            who = f"{GIVEN[serial % 8]} {FAMILY[serial // 8 % 8]}"
            db.execute("insert into KLANT values (?, ?, ?, ?)", (serial, bsn, who, f"19{40 + serial % 60}-03-09"))
            db.executemany("insert into CONTACT values (?, ?, ?, ?)", _contacts(chance, serial))
    db.close()


def _contacts(chance: random.Random, serial: int) -> Iterator[tuple[object, ...]]:
    for number in range(CONTACTS):
        who, phone = chance.choice(NAMES), f"{chance.randrange(10**7, 10**8)}"
        note = " ".join(chance.sample(SENTENCES, 3)).format(who=who, phone=phone)
        yield serial, f"2025-{1 + number % 12:02d}-{1 + number % 28:02d}", f"K. Ambtelaar {number % 5}", note
