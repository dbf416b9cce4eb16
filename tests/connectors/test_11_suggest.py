"""Chapter 11. A first sources.yaml from a database that nobody described: guesses with reasons, nothing left out, and no value of anybody."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import psycopg
import pytest
import yaml

import connectors
from config.collection import Outcome
from config.errors import SourceError
from config.load import load, problems
from config.person import Person, Subject
from tests.connectors.conftest import Place
from tests.connectors.made import BSN, NOW, OTHER

DEMO = Path(__file__).parent.parent.parent / "config" / "demo"
VALUES = (BSN, OTHER, "Timmerman", "joke@voorbeeld.example", "Zij belde", "geheimwoord", "4711")


@pytest.fixture
def url(tmp_path: Path) -> str:
    with sqlite3.connect(tmp_path / "oud.sqlite") as db:
        db.executescript(
            f"""
            create table klant (KLANT_NR integer primary key, NUMMER text, ACHTERNAAM text, EMAIL text, WACHTWOORD text);
            insert into klant values (4711, '{BSN}', 'Timmerman', 'joke@voorbeeld.example', 'geheimwoord'),
              (4712, '{OTHER}', 'Timmerman', 'x@voorbeeld.example', 'y'), (4713, '999990032', 'Timmerman', null, 'z');
            create table notitie (ID integer primary key, KLANT_NR integer, NOTITIE text, BEHANDELAAR varchar(40), NAAM_MOEDER text,
              DIAGNOSE text);
            insert into notitie values (1, 4711, 'Zij belde', 'P. Timmerman', 'M. Timmerman', 'x');
            create table regel (ID integer primary key, NOTITIE_ID integer references notitie(ID), BEDRAG numeric(9,2));
            create table "Soort code" (CODE text primary key, OMSCHRIJVING text);
            """
        )
    db.close()
    return f"sqlite:///{tmp_path / 'oud.sqlite'}"


def read(text: str) -> dict[str, dict[str, object]]:
    entities: dict[str, dict[str, object]] = yaml.safe_load(text)["sources"][0]["entities"]
    return entities


def test_each_table_with_a_road_gets_its_match(url: str) -> None:
    """By a BSN, whatever its column is called; along a key that is called the same; along a foreign key."""
    entities = read(connectors.suggest(url, "oud").yaml)
    assert entities["klant"]["match"] == {"NUMMER": "subject.bsn"}
    assert entities["klant"]["provides"] == {"KLANT_NR": "key.klant_klant_nr"}
    assert entities["notitie"]["match"] == {"KLANT_NR": "key.klant_klant_nr"}
    assert entities["regel"]["match"] == {"NOTITIE_ID": "key.notitie_id"}


@pytest.mark.parametrize("column", ["KLANT", "klant_id", "FK_KLANT", "KLANTNR", "klanten_id"])
def test_a_column_that_is_called_after_a_table_leads_to_it(tmp_path: Path, column: str) -> None:
    """Many databases declare no foreign keys. The reason says that it is a guess."""
    with sqlite3.connect(tmp_path / "oud.sqlite") as db:
        db.executescript(
            f"create table klanten (ID integer primary key, BSN text); create table bezoek (ID integer primary key, {column} integer);"
        )
    db.close()
    text = connectors.suggest(f"sqlite:///{tmp_path / 'oud.sqlite'}", "oud").yaml
    assert read(text)["bezoek"]["match"] == {column: "key.klanten_id"}
    assert f"{column} is called as the key of klanten; nothing in the database says so" in text


def test_a_plain_name_leads_nowhere(tmp_path: Path) -> None:
    """Every table may have an ID or a NR of its own."""
    with sqlite3.connect(tmp_path / "oud.sqlite") as db:
        db.executescript("create table klanten (NR integer primary key, BSN text); create table artikel (NR integer, PRIJS numeric);")
    db.close()
    assert "artikel" not in read(connectors.suggest(f"sqlite:///{tmp_path / 'oud.sqlite'}", "oud").yaml)


def test_each_column_is_guessed_and_says_why(url: str) -> None:
    """Kind and party by name, type and sample; whose it is leans to somebody else."""
    text = connectors.suggest(url, "oud").yaml
    entities = read(text)
    columns = {f"{name}.{column}": guess for name, one in entities.items() for column, guess in one["columns"].items()}
    assert columns["klant.NUMMER"] == {"kind": "bsn", "party": "subject"}
    assert columns["klant.EMAIL"] == {"kind": "email", "party": "subject"}
    assert columns["klant.WACHTWOORD"] == {"withhold": "technical"}
    assert columns["notitie.NOTITIE"] == {"kind": "text", "party": "mixed"}
    assert columns["notitie.BEHANDELAAR"] == {"kind": "name", "party": "official"}
    assert columns["notitie.NAAM_MOEDER"] == {"kind": "name", "party": "relative"}
    assert columns["notitie.DIAGNOSE"]["category"] == "gezondheid"
    assert columns["regel.BEDRAG"] == {"kind": "amount", "party": "subject"}
    assert all("# " in line for line in text.splitlines() if "{kind:" in line or "{withhold:" in line)


def test_what_has_no_road_is_listed(url: str) -> None:
    """Nothing is left out in silence."""
    made = connectors.suggest(url, "oud")
    assert "#   Soort code: no road to a person (2 columns)" in made.yaml
    assert (made.tables, made.reached, made.unread) == (4, 3, 0)


def test_no_value_of_anybody_is_written(url: str) -> None:
    """The sample is looked at and forgotten."""
    made = connectors.suggest(url, "oud")
    for value in VALUES:
        assert value not in f"{made.yaml} {made!r}"


def test_config_check_asks_only_for_what_a_person_must_decide(url: str, tmp_path: Path) -> None:
    """The activity, and nothing else; with it, the file finds the resident."""
    text = connectors.suggest(url, "oud").yaml
    folder = tmp_path / "config"
    shutil.copytree(DEMO, folder)
    (folder / "sources.yaml").write_text(text, encoding="utf-8")
    environment = {"OUD_DATABASE_URL": url}
    asked = [str(problem) for problem in problems(folder, environment, connectors.kinds()) if "sources.yaml" in str(problem)]
    assert asked
    assert all("NOG_TE_KIEZEN" in problem and "warning" in problem for problem in asked)
    (folder / "sources.yaml").write_text(text.replace("NOG_TE_KIEZEN", "schuldhulp"), encoding="utf-8")
    known = load(folder, environment, connectors.kinds()).source("oud")
    answer = connectors.collect(known, known.entities, Subject(Person(bsn=BSN)), now=NOW)
    assert (answer.coverage.status, answer.coverage.records) == (Outcome.FOUND, 2)
    assert answer.coverage.alarms == ()


def test_a_published_schema_is_read_whole(place: Place, standards: Path) -> None:
    """Tables of the Gemeentelijk Gegevensmodel, with their foreign keys: every table is in the file or in its list."""
    if "postgres" not in place.url:
        pytest.skip("the model is published for PostgreSQL")
    statements = (standards / "ggm" / "sociaal-domein" / "Gemeentebegrafenissen" / "Gemeente_Begrafenissen_postgres.sql").read_text(
        encoding="utf-8"
    )
    with psycopg.connect(place.url.replace("+psycopg", ""), options=f"-c search_path={place.schema}") as connection:
        connection.execute(statements)
    made = connectors.suggest(f"{place.url}?options=-csearch_path%3D{place.schema}", "ggm")
    entities = read(made.yaml)
    assert entities["natuurlijkpersoon"]["match"] == {"burgerservicenummer": "subject.bsn"}
    assert "gemeentebegrafenis" in made.yaml
    listed = [line for line in made.yaml.splitlines() if line.startswith("#   ")]
    assert made.tables == len(entities) + len(listed)


def test_a_database_that_is_not_there_is_told_without_its_password() -> None:
    """Like any source: one line, no value."""
    with pytest.raises(SourceError, match="database") as refused:
        connectors.suggest("postgresql+psycopg://iemand:geheimwoord@127.0.0.1:9/weg", "weg")
    assert "geheimwoord" not in str(refused.value)
