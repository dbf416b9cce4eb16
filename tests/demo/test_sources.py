"""Sources: config/demo/sources.yaml names exactly what the systems of Voorbeeldstad hold."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import openpyxl
import pytest

import demo
from config.load import load, problems
from config.settings import Config, Source
from config.words import SOURCE_KINDS
from demo.brp.fields import AUTOMATIC, PERSON, paths
from demo.brp.persons import BESIDE
from demo.building import town as people_of
from demo.database import SYSTEMS, write
from demo.drawn import DRAWN
from demo.notes import Writer
from demo.texts import read

CONFIG = Path(__file__).parent.parent.parent / "config" / "demo"

UNCLASSIFIED = {("wmo", "CLIENT", "VRIJ_VELD_2")}
"""What is left out on purpose: nobody remembers what it is for."""

FREE_TEXT = 120
"""Letters from which a cell counts as a note."""


@pytest.fixture(scope="module")
def config(folder: Path) -> Config:
    """The embedded configuration, over the built town."""
    return load(CONFIG, demo.environment(folder, "http://127.0.0.1:9"), SOURCE_KINDS)


def _columns(path: Path) -> Iterator[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as db:
        for (table,) in db.execute("select name from sqlite_master where type = 'table'").fetchall():
            yield from ((table, row[1]) for row in db.execute(f'pragma table_info("{table}")'))


def _sql(config: Config) -> list[Source]:
    return [source for source in config.sources if source.kind == "sql"]


def test_the_configuration_has_no_mistakes(folder: Path) -> None:
    """Not even something to look at."""
    assert problems(CONFIG, demo.environment(folder, "http://127.0.0.1:9"), SOURCE_KINDS) == ()


def test_every_column_of_every_database_is_classified_but_one(config: Config, folder: Path) -> None:
    """In each entity that reads its table."""
    missing = {
        (source.name, entity.table, column)
        for source in _sql(config)
        for entity in source.entities
        for table, column in _columns(folder / f"{source.name}.sqlite")
        if table == entity.table and column not in entity.columns
    }
    assert missing == UNCLASSIFIED


def test_every_table_is_read_and_no_column_is_made_up(config: Config, folder: Path) -> None:
    """What is named exists, and what exists is named."""
    for source in _sql(config):
        held = set(_columns(folder / f"{source.name}.sqlite"))
        assert {table for table, _ in held} == {entity.table for entity in source.entities}
        named = {(entity.table, column) for entity in source.entities for column in entity.columns}
        assert named - held == set()


@pytest.mark.parametrize(
    ("source", "file", "sheet"), [("belastingen", "belastingen.xlsx", "WOZ"), ("belastingen", "belastingen.xlsx", "Afvalstoffenheffing")]
)
def test_every_column_of_the_workbook_is_classified(config: Config, folder: Path, source: str, file: str, sheet: str) -> None:
    """The header stands on the fifth line, below a title and the day of the export."""
    rows = list(openpyxl.load_workbook(folder / file)[sheet].iter_rows(values_only=True))
    entity = next(entity for entity in config.source(source).entities if entity.table == sheet)
    assert list(entity.columns) == list(rows[4])
    assert len(rows) - 5 >= entity.minimum_rows


@pytest.mark.parametrize(("source", "stem"), [("vergunningen", "parkeervergunningen"), ("naheffingen", "naheffingen")])
def test_every_column_of_a_csv_file_is_classified(config: Config, folder: Path, source: str, stem: str) -> None:
    """Semicolons, cp1252, decimal commas."""
    rows = list(csv.reader((folder / f"{stem}.csv").read_text(encoding="cp1252").splitlines(), delimiter=";"))
    (entity,) = config.source(source).entities
    assert list(entity.columns) == rows[0]
    assert len(rows) - 1 >= entity.minimum_rows
    assert all("," in row[rows[0].index("Bedrag")] for row in rows[1:])


def test_every_path_of_the_brp_may_be_asked_for(config: Config) -> None:
    """Relative to the person, or to the element of a list."""
    known = {*paths(PERSON), *AUTOMATIC}
    for entity in [entity for entity in config.source("brp").entities if entity.table not in BESIDE]:
        before = "" if entity.table == "persoon" else f"{entity.table}."
        assert {column for column in entity.columns if before + column not in known and column not in entity.match[0]} == set()


def test_tables_are_at_least_as_large_as_the_alarm_says(config: Config, folder: Path) -> None:
    """A healthy town raises none."""
    for source in _sql(config):
        with closing(sqlite3.connect(folder / f"{source.name}.sqlite")) as db:
            for entity in source.entities:
                assert db.execute(f'select count(*) from "{entity.table}"').fetchone()[0] >= entity.minimum_rows, entity.name


@pytest.mark.parametrize("name", SYSTEMS)
@pytest.mark.parametrize("seed", [2026, 5])
def test_references_between_tables_hold(name: str, seed: int, tmp_path: Path) -> None:
    """Whatever the seed, and rows of the story among them."""
    town = people_of(seed)
    write(tmp_path / "x.sqlite", name, town, DRAWN[name](Writer(town, Random(seed))))  # noqa: S311 (seeded on purpose)
    with closing(sqlite3.connect(tmp_path / "x.sqlite")) as db:
        assert db.execute("pragma foreign_key_check").fetchall() == []


def test_the_life_of_the_resident_touches_every_database(folder: Path) -> None:
    """As text in most, as a number in one."""
    places = {"loket": ("Intake", "Bsn"), "wmo": ("CLIENT", "BSN"), "uitkering": ("SZCLIENT", "BSN"), "jeugd": ("Gezinslid", "Bsn"),
              "schulden": ("dossier", "bsn"), "zaken": ("ROL", "BSN"), "regie": ("Deelnemer", "Bsn")}  # fmt: skip
    assert set(places) == set(SYSTEMS)
    for name, (table, column) in places.items():
        value = int(demo.RESIDENT.bsn) if name == "uitkering" else demo.RESIDENT.bsn
        with closing(sqlite3.connect(folder / f"{name}.sqlite")) as db:
            assert db.execute(f'select count(*) from "{table}" where "{column}" = ?', [value]).fetchone()[0] >= 1


def test_one_row_under_her_number_is_about_somebody_else(folder: Path) -> None:
    """Name and birth date contradict the number."""
    with closing(sqlite3.connect(folder / "loket.sqlite")) as db:
        born = [row[0] for row in db.execute("select Geboortedatum from Intake where Bsn = ?", [demo.RESIDENT.bsn])]
    assert sorted(set(born)) == ["1972-05-12", "1981-06-14"]


def test_the_circle_of_the_resident_has_many_notes_that_are_each_their_own() -> None:
    """At least forty of some length, no two alike."""
    rows = [row for name in SYSTEMS for table in read(f"systems/{name}.yaml")["rows"].values() for row in table]
    notes = [value for row in rows for value in row.values() if isinstance(value, str) and len(value) > FREE_TEXT]
    assert len(set(notes)) == len(notes) >= 60


def test_drawn_notes_are_varied(folder: Path) -> None:
    """Nine in ten are unlike all others."""
    with closing(sqlite3.connect(folder / "uitkering.sqlite")) as db:
        notes = [row[0] for row in db.execute("select TEKST from SZNOTITIE")]
    assert len(set(notes)) > 0.9 * len(notes)


def test_the_single_resident_is_nowhere_but_in_the_brp(folder: Path) -> None:
    """Not in a database, nor in an export or document."""
    bsn = demo.CAST.single.bsn.encode()
    files = [path for path in folder.rglob("*") if path.is_file() and path.suffix in {".sqlite", ".csv", ".txt", ".eml"}]
    assert [path.name for path in files if bsn in path.read_bytes()] == []
    book = openpyxl.load_workbook(folder / "belastingen.xlsx")
    assert not any(cell == demo.CAST.single.bsn for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
