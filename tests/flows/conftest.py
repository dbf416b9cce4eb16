"""A second gemeente, Nergenshuizen: its own sources.yaml, written as DESIGN fixes it, over real files and databases."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import pytest

ROOT = Path(__file__).parent.parent.parent
BSN, OTHER_BSN = "999990019", "999990020"
"""Two residents of Nergenshuizen; both numbers pass the elfproef (a test holds that)."""

CANARY = "Kanariegeel"
"""A surname nobody has: wherever it turns up outside the vault, personal data got out."""

SOURCES = """
sources:
  - name: hulp
    title: Hulp en ondersteuning
    kind: sql
    owner: team@nergenshuizen.example
    connection: ${HULP_URL}
    activity: wmo-onderzoek
    entities:
      client:
        table: KLANT
        match: {BSN: subject.bsn}
        provides: {KLANTNR: key.klant}
        columns:
          KLANTNR:    {label: Klantnummer, kind: id, party: subject}
          BSN:        {label: Burgerservicenummer, kind: bsn, party: subject}
          VOORNAMEN:  {label: Voornamen, kind: name, party: subject}
          ACHTERNAAM: {label: Achternaam, kind: name, party: subject}
          GEBOREN:    {label: Geboortedatum, kind: date, party: subject}
          CONSULENT:  {label: Consulent, kind: name, party: official}
          WACHTWOORD: {withhold: technical}
      contact:
        table: CONTACT
        match: {KLANTNR: key.klant}
        columns:
          KLANTNR:  {label: Klantnummer, kind: id, party: subject}
          DATUM:    {label: Datum, kind: date, party: subject}
          NOTITIE:  {label: Notitie, kind: text, party: mixed, category: gezondheid}
          MOEDER:   {label: Naam moeder, kind: name, party: relative}
  - name: passen
    title: Parkeerpassen
    kind: tables
    owner: team@nergenshuizen.example
    connection: ${PASSEN_FILE}
    activity: parkeren
    entities:
      passen:
        match: {bsn: subject.bsn}
        columns:
          bsn:     {label: Burgerservicenummer, kind: bsn, party: subject}
          kenteken: {label: Kenteken, kind: plate, party: subject}
  - name: archief
    title: Map met brieven
    kind: documents
    owner: team@nergenshuizen.example
    connection: ${ARCHIEF}
    activity: zaakgericht-werken
    entities:
      brief:
        table: brieven
        match: [{FILENAME: hulp.klant}, {TEXT: subject.bsn}]
        columns: {}
"""


@dataclass(frozen=True)
class Gemeente:
    """Where Nergenshuizen is, and how to give it a command."""

    folder: Path
    environment: Mapping[str, str]

    def run(self, *command: str, code: int = 0, **extra: str) -> subprocess.CompletedProcess[str]:
        """Give `inzage` a command as a user does; fails when the exit code is another than `code`."""
        done = subprocess.run(
            [sys.executable, "-m", "flows", *command],
            env={**self.environment, **extra},
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == code, f"exit {done.returncode}: {done.stderr[-2000:]}"
        return done

    def json(self, *command: str, **extra: str) -> dict[str, Any]:
        """What a command answers with --json."""
        answered: dict[str, Any] = orjson.loads(self.run(*command, "--json", **extra).stdout)
        return answered

    def python(self, code: str) -> str:
        """Run a line of Python as a part of the house would, with its Prefect set up; gives what it printed."""
        first = "from flows.engine import prepare; from flows.workplace import home; prepare(home(), quiet=True)\n"
        done = subprocess.run(
            [sys.executable, "-c", first + code], env={**self.environment}, cwd=self.folder, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout


def build(folder: Path, sources: str = SOURCES) -> Gemeente:
    """Write Nergenshuizen into `folder`: configuration, a database, an export and a folder of letters."""
    config = folder / "config"
    config.mkdir(parents=True)
    for name in ("organisation.yaml", "activities.yaml", "grounds.yaml", "policy.yaml"):
        shutil.copy(ROOT / "config" / "demo" / name, config / name)
    (config / "sources.yaml").write_text(sources, encoding="utf-8")
    _database(folder / "hulp.sqlite")
    (folder / "passen.csv").write_text(f"bsn;kenteken\n{BSN};G-001-BB\n{OTHER_BSN};H-999-XX\n", encoding="utf-8")
    letters = folder / "archief" / "brieven"
    letters.mkdir(parents=True)
    (letters / "klant 4711 besluit.txt").write_text(
        f"Geachte mevrouw {CANARY}-Zomer,\n\nUw moeder Wilhelmina {CANARY} belde ons op 06-48151623.\n", encoding="utf-8"
    )
    (letters / "klant 4712 besluit.txt").write_text("Geachte heer Ander,\n\nDit gaat over iemand anders.\n", encoding="utf-8")
    return Gemeente(folder, _environment(folder))


def _database(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.executescript(
            f"""
            create table KLANT (KLANTNR integer primary key, BSN text, VOORNAMEN text, ACHTERNAAM text, GEBOREN text, CONSULENT text,
                                WACHTWOORD text, NIEUW text);
            insert into KLANT values (4711, '{BSN}', 'Petronella', '{CANARY}-Zomer', '1980-03-09', 'K. Ambtelaar', 'geheim-woord', 'xyzzy');
            insert into KLANT values (4712, '{OTHER_BSN}', 'Andreas', 'Ander', '1971-01-02', 'K. Ambtelaar', 'ander-woord', 'plugh');
            create table CONTACT (KLANTNR integer, DATUM text, NOTITIE text, MOEDER text);
            insert into CONTACT values (4711, '2026-01-05',
              'Mevrouw belt over haar moeder Wilhelmina {CANARY} (06-48151623). Zij wil hulp in huis.', 'Wilhelmina {CANARY}');
            insert into CONTACT values (4712, '2026-01-06', 'Meneer Ander belt.', null);
            """
        )
    db.close()


def _environment(folder: Path) -> dict[str, str]:
    keep = {k: v for k, v in os.environ.items() if not k.startswith(("PREFECT_", "INZAGE_"))}
    return {
        **keep,
        "INZAGE_HOME": str(folder / "home"),
        "INZAGE_CONFIG": str(folder / "config"),
        "HULP_URL": f"sqlite:///{folder / 'hulp.sqlite'}",
        "PASSEN_FILE": str(folder / "passen.csv"),
        "ARCHIEF": str(folder / "archief"),
        "PYTHONWARNINGS": "default",
    }


@pytest.fixture(scope="module")
def nergenshuizen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gemeente]:
    """Nergenshuizen, built once for a module of tests."""
    yield build(tmp_path_factory.mktemp("nergenshuizen"))
