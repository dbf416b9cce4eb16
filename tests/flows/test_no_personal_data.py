"""Prefect remembers everything, so it is told nothing: a search for planted values, byte for byte."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

import connectors
import demo
from config.collection import Kind
from config.load import EMBEDDED, load
from config.settings import Config
from tests.flows.conftest import BSN, CANARY, OTHER_BSN, SOURCES, Gemeente, build

RAISING = '''
"""A connector that breaks with a person's data in its exception."""

def collect(source, entities, subject, *, now):
    raise ValueError(f"cannot parse the row of Petronella {source.options} {subject.person.bsn}") from KeyError("CANARY_NAME")
'''

BROKEN_SOURCES = """
  - name: kapot
    title: Kapot systeem
    kind: raising
    owner: team@nergenshuizen.example
    connection: http://127.0.0.1:9/CANARY_NAME
    activity: wmo-onderzoek
    entities:
      iets:
        match: {BSN: subject.bsn}
        columns:
          BSN: {label: Burgerservicenummer, kind: bsn, party: subject}
  - name: weg
    title: Systeem dat weg is
    kind: sql
    owner: team@nergenshuizen.example
    connection: postgresql+psycopg://CANARY_NAME:CANARY_NAME@127.0.0.1:9/CANARY_NAME
    retries: 0
    activity: wmo-onderzoek
    entities:
      iets:
        match: {BSN: subject.bsn}
        columns:
          BSN: {label: Burgerservicenummer, kind: bsn, party: subject}
"""

JOB = """
import sys, connectors
connectors.__path__.append(sys.argv[1])
from flows.cli import run
sys.exit(run(sys.argv[2:]))
"""


@pytest.fixture(scope="module")
def spied(tmp_path_factory: pytest.TempPathFactory) -> tuple[Gemeente, str]:
    """Nergenshuizen with a connector that raises and a source that is down, after a whole job; and all it printed."""
    folder = tmp_path_factory.mktemp("spied")
    gemeente = build(folder, SOURCES + BROKEN_SOURCES.replace("CANARY_NAME", CANARY))
    (folder / "extra").mkdir()
    (folder / "extra" / "raising.py").write_text(RAISING.replace("CANARY_NAME", CANARY), encoding="utf-8")
    printed = ""
    for command in (
        ["request", "new", "--bsn", BSN, "--received", "2026-11-20"],
        ["request", "run", "INZ-2026-000001"],
        ["sources", "decide", "INZ-2026-000001", "kapot", "--choice", "without", "--as", "balie"],
        ["review", "approve", "INZ-2026-000001", "--as", "een"],
        ["review", "approve", "INZ-2026-000001", "--as", "twee"],
        ["release", "INZ-2026-000001", "--out", "uit"],
    ):
        done = subprocess.run(
            [sys.executable, "-c", JOB, str(folder / "extra"), *command],
            env={**gemeente.environment, "PREFECT_LOGGING_LEVEL": "DEBUG"}, cwd=folder, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-2000:]
        printed += done.stdout + done.stderr
    return gemeente, printed + _swept(gemeente)


SWEEP = """
import connectors
connectors.__path__.append({extra!r})
from datetime import date
from flows.workplace import workplace
number = workplace().register.new({bsn!r}, date(2026, 11, 21), identity_checked_by="balie", actor="balie").number
from flows.nightly import nightly_sweep
nightly_sweep()
print(number, workplace().register.get(number).status)
"""


def _swept(gemeente: Gemeente) -> str:
    """The nightly sweep, over a request of another resident; what it printed."""
    told = Gemeente(gemeente.folder, {**gemeente.environment, "PREFECT_LOGGING_LEVEL": "DEBUG"}).python(
        SWEEP.format(bsn=OTHER_BSN, extra=str(gemeente.folder / "extra"))
    )
    assert "INZ-2026-000002" in told
    return told


def test_who_approves_is_told_what_was_not_searched(spied: tuple[Gemeente, str]) -> None:
    """On the command line approving is the decision to send without what failed: once decided at the desk, it is no news any more."""
    assert "alarm: weg: was not searched whole; the dossier says so." in spied[1]
    assert "alarm: kapot: was not searched whole" not in spied[1]


VALUES = [
    BSN,
    OTHER_BSN,
    CANARY,
    "Petronella",
    "Andreas",
    "1971-01-02",
    "H-999-XX",
    "ander-woord",
    "Wilhelmina",
    "48151623",
    "1980-03-09",
    "geheim-woord",
    "xyzzy",
    "G-001-BB",
]


def test_prefect_was_really_told_of_the_run(spied: tuple[Gemeente, str]) -> None:
    """The control: the search below looks in the right place, for the request number and the failure are found there."""
    folder = Path(spied[0].environment["INZAGE_HOME"]) / "prefect"
    data = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert b"INZ-2026-000001" in data and b"INZ-2026-000002" in data
    assert b"nightly-sweep" in data
    assert b"SourceBroke" in data


@pytest.mark.parametrize("value", VALUES)
def test_no_planted_value_is_in_the_database_or_storage_of_prefect(spied: tuple[Gemeente, str], value: str) -> None:
    """Not in parameters, names, states, logs, events, nor in a pickled exception."""
    folder = Path(spied[0].environment["INZAGE_HOME"]) / "prefect"
    needles = (value.encode(), value.encode("utf-16-le"))
    assert [path.name for path in folder.rglob("*") if path.is_file() and any(n in path.read_bytes() for n in needles)] == []


@pytest.mark.parametrize("value", VALUES)
def test_no_planted_value_is_in_what_was_printed_or_logged(spied: tuple[Gemeente, str], value: str) -> None:
    """With Prefect logging at DEBUG, and two sources failing."""
    assert value not in spied[1]


@pytest.mark.parametrize("value", VALUES)
def test_no_planted_value_is_readable_in_the_register_or_the_vault(spied: tuple[Gemeente, str], value: str) -> None:
    """Both are encrypted, and file names tell nothing."""
    home = Path(spied[0].environment["INZAGE_HOME"])
    files = [path for path in home.rglob("*") if path.is_file()]
    assert [path.name for path in files if value.encode() in path.read_bytes() or value in path.name] == []


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_after_the_demo_prefect_holds_no_value_of_anybody_in_voorbeeldstad(tmp_path: Path) -> None:
    """Every name, number, address, phone, account, plate and note of all its databases is searched, in everything that Prefect wrote.

    But for a note that is one word, and that word the name of a source, which Prefect is told.
    """
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "INZAGE_"))}
    environment |= {"INZAGE_HOME": str(tmp_path / "home"), "PREFECT_LOGGING_LEVEL": "DEBUG"}
    command = [sys.executable, "-m", "flows", "demo", "--out", str(tmp_path / "uit")]
    done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    town = tmp_path / "home" / "voorbeeldstad"
    held = {value for value in values(town) if len(value) >= 6} - {source.name for source in of(town).sources}
    assert len(held) > 2000
    written = b"".join(path.read_bytes() for path in (tmp_path / "home" / "prefect").rglob("*") if path.is_file())
    assert b"INZ-" in written
    assert [len(value) for value in held if value.encode() in written or value.encode("utf-16-le") in written] == []


def of(town: Path) -> Config:
    """The configuration of Voorbeeldstad, with its systems in this folder."""
    return load(EMBEDDED, demo.environment(town, "http://127.0.0.1:9"), connectors.kinds())


def values(town: Path) -> Iterator[str]:
    """What stands in the columns of people, of every database that sources.yaml reads as SQL."""
    for source in (source for source in of(town).sources if source.kind == "sql"):
        engine = create_engine(source.connection)
        with engine.connect() as connection:
            for entity in source.entities:
                for column in entity.columns.values():
                    if column.kind in TELLING and not column.withhold:
                        found = connection.scalars(text(f'select distinct "{column.name}" from "{entity.table}"'))
                        yield from (str(value) for value in found if value is not None)
        engine.dispose()


TELLING = {Kind.TEXT, Kind.NAME, Kind.BSN, Kind.ADDRESS, Kind.PHONE, Kind.EMAIL, Kind.IBAN, Kind.PLATE}
