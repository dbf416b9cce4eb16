"""Chapter 2. Databases as they really are: every way to keep a value, found by index, never written to, never waited for without end."""

from __future__ import annotations

import sqlite3
import time
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.collection import Outcome
from config.person import Name, Person, Subject
from config.settings import Source
from connectors.asking.known import known_of
from connectors.asking.matching import Matcher
from connectors.asking.shape import shape_of
from connectors.asking.wanted import wanted_of
from tests.connectors.conftest import Place
from tests.connectors.made import BSN, JOHANNA, NOW, OTHER, cells, collect, column, entity, source, told

SHORT = Subject(Person(bsn="099990019"))
CLIENT = entity("client", {"BSN": "subject.bsn"}, [column("NR", "id"), column("BSN", "bsn")], provides={"NR": "key.client"})


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "bron.sqlite"


def fill(file: Path, *statements: str) -> str:
    with sqlite3.connect(file) as db:
        for statement in statements:
            db.execute(statement)
    db.close()
    return f"sqlite:///{file}"


@pytest.mark.parametrize(
    ("declared", "kept"),
    [
        ("text", f"'{BSN}'"),
        ("integer", BSN),
        ("text", "'9999.90.019'"),
        ("text", "'9999 90 019'"),
        ("text", "'999-990-019'"),
        ("text", f"' {BSN} '"),
        ("real", f"{BSN}.0"),
        ("", BSN),
        ("", f"'{BSN}'"),
        ("char(12)", f"'{BSN}'"),
    ],
)
def test_a_bsn_is_found_however_sqlite_keeps_it(file: Path, declared: str, kept: str) -> None:
    """Numbers, text, dots, spaces and dashes are one BSN, whatever type was declared."""
    url = fill(file, f"create table client (NR integer, BSN {declared})", f"insert into client values (1, {kept}), (2, {OTHER})")
    assert cells(collect(source("sql", url, CLIENT)), "NR") == [1]


@pytest.mark.parametrize(("declared", "kept"), [("text", "'99990019'"), ("integer", "99990019"), ("text", "'0999.90.019'")])
def test_a_bsn_that_begins_with_zero_is_found_without_it(file: Path, declared: str, kept: str) -> None:
    """A missing leading zero is the same BSN."""
    url = fill(file, f"create table client (NR integer, BSN {declared})", f"insert into client values (1, {kept})")
    assert cells(collect(source("sql", url, CLIENT), SHORT), "NR") == [1]


@pytest.mark.parametrize(
    ("kind", "kept"),
    [
        ("bigint", BSN),
        ("integer", BSN),
        ("numeric(9)", BSN),
        ("varchar(20)", f"'{BSN}'"),
        ("char(11)", f"'{BSN}'"),
        ("text", "'9999.90.019'"),
        ("varchar(20)", "' 999 990 019'"),
    ],
)
def test_a_bsn_is_found_in_every_type_of_a_real_database(place: Place, kind: str, kept: str) -> None:
    """The comparison follows the type of the column."""
    place.run(
        "create table {s}.client (nr integer, bsn " + kind + ")", "insert into {s}.client values (1, " + kept + "), (2, " + OTHER + ")"
    )
    answer = collect(
        source(
            "sql",
            place.url,
            entity("client", {"BSN": "subject.bsn"}, [column("nr", "id"), column("bsn", "bsn")], table=f"{place.schema}.CLIENT"),
        )
    )
    assert (answer.coverage.status, cells(answer, "nr")) == (Outcome.FOUND, [1])


def test_ten_thousand_keys_are_followed_in_parts(place: Place) -> None:
    """IN lists are cut, and every row comes once."""
    numbers = [f"({n}, {n % 7})" for n in range(1, 10_001)]
    place.run(
        "create table {s}.client (nr integer primary key, bsn char(9))",
        "create table {s}.contact (client integer, soort integer)",
        "insert into {s}.client values " + ", ".join(f"({n}, '{BSN}')" for n in range(1, 10_001)),
        "insert into {s}.contact values " + ", ".join(numbers) + ", (10001, 1), (0, 1)",
    )
    client = entity(
        "client",
        {"bsn": "subject.bsn"},
        [column("nr", "id"), column("bsn", "bsn")],
        provides={"nr": "key.nr"},
        table=f"{place.schema}.client",
    )
    contact = entity("contact", {"client": "key.nr"}, [column("client", "id"), column("soort", "code")], table=f"{place.schema}.contact")
    answer = collect(source("sql", place.url, client, contact))
    assert [len(c.rows) for c in answer.collections] == [10_000, 10_000]
    assert len(answer.provided["bron.nr"]) == 10_000


def test_name_and_birth_date_are_found_in_a_real_database(place: Place) -> None:
    """A date column, a timestamp and a text with a Dutch date are all compared; the names are judged by their parts."""
    place.run(
        "create table {s}.persoon (nr integer, naam varchar(80), geboren date, ook timestamp null, tekst varchar(20))",
        "insert into {s}.persoon values (1, 'Berg, J.M. van der', '1980-03-09', '1980-03-09 00:00:00', '9-3-1980'), "
        "(2, 'Berg, P. van der', '1980-03-09', '1980-03-09 00:00:00', '9-3-1980'), "
        "(3, 'J.M. van der Berg', '1980-03-08', '1980-03-08 00:00:00', '8-3-1980')",
    )
    for born in ("geboren", "ook", "tekst"):
        found = entity(
            "persoon", {"naam": "subject.name", born: "subject.birth_date"}, [column("nr", "id")], table=f"{place.schema}.persoon"
        )
        answer = collect(source("sql", place.url, found))
        assert (cells(answer, "nr"), answer.collections[0].matches[0].score) == ([1], 0.8), born


def test_a_name_alone_is_found_whatever_its_accents_and_capitals(place: Place) -> None:
    """SQL lets through every spelling of the family name, and the judge takes those that fit."""
    place.run(
        "create table {s}.p (nr integer, achternaam varchar(80), voornaam varchar(80))",
        "insert into {s}.p values (1, 'YILMAZ', 'Fatma'), (2, 'Yılmaz', 'fatma'), (3, 'Yilmazer', 'Fatma'), (4, 'Yılmaz', 'Emine')",
    )
    who = Subject(Person(names=(Name(given="Fatma", family="Yılmaz"),), bsn=BSN))
    found = entity(
        "p",
        {"achternaam": "subject.name"},
        [column("nr", "id"), column("achternaam", "name"), column("voornaam", "name")],
        table=f"{place.schema}.p",
    )
    assert cells(collect(source("sql", place.url, found), who), "nr") == [1, 2]


def test_nothing_can_be_written(place: Place) -> None:
    """The transaction is read-only, also where the user could write: a view that writes, fails."""
    if "postgres" not in place.url:
        pytest.skip("MariaDB refuses functions that write from a view by itself")
    place.run(
        "create table {s}.spoor (x integer)",
        "create function {s}.schrijf() returns integer language sql as $$ insert into {s}.spoor values (1) returning x $$",
        "create view {s}.v as select {s}.schrijf() as nr, '" + BSN + "' as bsn",
    )
    answer = collect(
        source("sql", place.url, entity("v", {"bsn": "subject.bsn"}, [column("bsn", "bsn"), column("nr", "id")], table=f"{place.schema}.v"))
    )
    assert answer.coverage.status is Outcome.FAILED


def test_a_slow_statement_ends_in_time(place: Place) -> None:
    """The timeout of the source holds in the database itself, and the failure says nothing of the statement."""
    slow = "pg_sleep(20) is null" if "postgres" in place.url else "benchmark(2000000000, md5('x')) = 1"
    place.run(
        "create table {s}.t (bsn char(9))",
        f"insert into {{s}}.t values ('{BSN}')",
        f"create view {{s}}.v as select bsn from {{s}}.t where {slow}",
    )
    asked = source(
        "sql",
        place.url,
        entity("v", {"bsn": "subject.bsn"}, [column("bsn", "bsn")], table=f"{place.schema}.v"),
        timeout=timedelta(seconds=1),
    )
    began = time.monotonic()
    answer = collect(asked)
    assert (answer.coverage.status, time.monotonic() - began < 8) == (Outcome.FAILED, True)
    assert "select" not in str(answer.coverage).lower()


def test_a_wrong_password_is_a_refusal_and_a_closed_port_is_not(place: Place) -> None:
    """The resident reads that there was no access, or that there was no answer; no password is told."""
    bad = place.url.replace("postgres@", "niemand_hier:geheimwoord@").replace("root@", "niemand_hier:geheimwoord@")
    answer = collect(source("sql", bad, CLIENT))
    assert (answer.coverage.status, "geen toegang" in answer.coverage.message) == (Outcome.FAILED, True)
    assert "geheimwoord" not in told(answer)
    closed = place.url.replace(":5432", ":9").replace(":3306", ":9")
    assert "geen antwoord" in collect(source("sql", closed, CLIENT)).coverage.message


def test_a_file_that_is_no_database_is_unreadable(file: Path) -> None:
    """Failed, in words that hold nothing of the file."""
    file.write_bytes(b"Johanna van der Berg " * 100)
    answer = collect(source("sql", f"sqlite:///{file}", CLIENT))
    assert (answer.coverage.status, "Johanna" in told(answer)) == (Outcome.FAILED, False)


def test_an_unknown_driver_is_told_without_the_url() -> None:
    """The URL may hold a password."""
    answer = collect(source("sql", "oracle+nergens://ik:geheimwoord@hier/x", CLIENT))
    assert (answer.coverage.status, "geheimwoord" in told(answer)) == (Outcome.FAILED, False)


def test_values_come_as_they_are_held(place: Place) -> None:
    """Decimal, date and truth stay what they are; nothing comes as a type of pandas, and what is missing is None."""
    place.run(
        "create table {s}.t (bsn char(9), bedrag numeric(9,2), dag date, leeg varchar(9), n integer)",
        f"insert into {{s}}.t values ('{BSN}', 12.50, '2026-01-02', null, null), ('{BSN}', null, null, 'x', 3)",
    )
    names = [column("bsn", "bsn"), column("bedrag", "amount"), column("dag", "date"), column("leeg"), column("n", "code")]
    answer = collect(source("sql", place.url, entity("t", {"bsn": "subject.bsn"}, names, table=f"{place.schema}.t")))
    rows = answer.collections[0].rows
    assert [str(cell) for cell in rows["bedrag"]] == ["12.50", "None"]
    assert list(rows["dag"]) == [date(2026, 1, 2), None]
    assert [type(cell) for cell in rows["n"]] == [type(None), int]
    assert set(rows.dtypes.astype(str)) == {"object"}
    assert answer.coverage.since == date(2026, 1, 2)


def test_files_in_cells_become_documents(file: Path) -> None:
    """A cell that holds a file keeps the number of its document, which is read as any file."""
    url = fill(
        file,
        "create table client (NR integer, BSN text, STUK blob, SLEUTEL blob)",
        f"insert into client values (1, '{BSN}', cast('Beste Joke,' as blob), x'0102'), (2, '{BSN}', null, null)",
    )
    answer = collect(source("sql", url, entity("client", {"BSN": "subject.bsn"}, [column("NR", "id"), column("STUK", "document")])))
    assert cells(answer, "STUK") == ["0001", None]
    assert cells(answer, "SLEUTEL") == ["0102", None]
    assert [(d.pages, d.match.score) for d in answer.collections[0].documents] == [(("Beste Joke,",), 1.0)]


def test_two_keys_together_are_taken_as_one_row_held_them(file: Path) -> None:
    """Client 1 of office A and client 2 of office B are not client 2 of office A."""
    url = fill(
        file,
        "create table client (BSN text, KANTOOR text, NR integer)",
        "create table notitie (KANTOOR text, NR integer, TEKST text)",
        f"insert into client values ('{BSN}', 'A', 1), ('{BSN}', 'B', 2), ('{OTHER}', 'A', 2), ('{OTHER}', 'B', 1)",
        "insert into notitie values ('A', 1, 'van haar'), ('B', 2, 'ook'), ('A', 2, 'van een ander'), ('B', 1, 'van een ander')",
    )
    client = entity("client", {"BSN": "subject.bsn"}, [column("BSN", "bsn")], provides={"KANTOOR": "key.kantoor", "NR": "key.nr"})
    note = entity("notitie", {"KANTOOR": "key.kantoor", "NR": "key.nr"}, [column("TEKST")])
    assert cells(collect(source("sql", url, client, note)), "TEKST") == ["van haar", "ook"]


def test_sqlite_is_opened_to_read_alone(file: Path) -> None:
    """Neither the file nor its folder changes by being asked."""
    url = fill(file, "create table client (NR integer, BSN text)", f"insert into client values (1, '{BSN}')")
    before = file.read_bytes(), sorted(file.parent.iterdir())
    collect(source("sql", url, CLIENT))
    assert (file.read_bytes(), sorted(file.parent.iterdir())) == before


def test_a_view_and_a_table_in_other_capitals_are_found(file: Path) -> None:
    """Names are compared exactly, or else apart from case where only one fits."""
    url = fill(
        file,
        "create table Basis (Nr integer, bsn text)",
        f"insert into Basis values (1, '{BSN}')",
        "create view Cliënt as select * from Basis",
    )
    found = entity("client", {"BSN": "subject.bsn"}, [column("NR", "id"), column("BSN", "bsn")], table="CLIËNT")
    assert cells(collect(source("sql", url, found)), "NR") == [1]


def test_the_order_of_legs_carries_keys_and_their_scores(file: Path) -> None:
    """A key of a row that was found by name and birth date is as sure as that row, and so is all that follows."""
    url = fill(
        file,
        "create table client (NR integer, NAAM text, GEBOREN text)",
        "create table brief (NR integer, TEKST text)",
        "insert into client values (4711, 'Berg, Johanna van der', '09-03-1980')",
        "insert into brief values (4711, 'Beste mevrouw')",
    )
    client = entity("client", {"NAAM": "subject.name", "GEBOREN": "subject.birth_date"}, [column("NR", "id")], provides={"NR": "key.nr"})
    letter = entity("brief", {"NR": "key.nr"}, [column("TEKST")])
    answer = collect(source("sql", url, client, letter))
    assert [c.matches[0].score for c in answer.collections] == [0.85, 0.85]
    assert answer.doubtful == {"bron.nr": {"4711": 0.85}}
    assert JOHANNA.person.bsn == BSN


def made_source(url: str) -> Source:
    return source("sql", url, CLIENT)


def test_a_locked_or_half_written_file_is_no_empty_one(file: Path) -> None:
    """A database cut off halfway fails; it does not read as nothing held."""
    fill(file, "create table client (NR integer, BSN text)", "create index i on client (BSN)", f"insert into client values (1, '{BSN}')")
    file.write_bytes(file.read_bytes()[:5000])
    answer = collect(made_source(f"sqlite:///{file}"))
    assert answer.coverage.status is Outcome.FAILED
    assert answer.coverage.asked_at == NOW


FORMS = st.sampled_from([BSN, int(BSN), "9999.90.019", " 999990019", "0999990019", OTHER, int(OTHER), "onbekend", None, "", 0])
NAMES = st.sampled_from(["Berg, J. van der", "J.M. van der Berg", "VAN DER BERG", "Joke v.d. Bérg", "P. van der Berg", "Bergman, J.", None])
DATES = st.sampled_from(["1980-03-09", "9-3-1980", "09-03-80", 19800309, 29289, "9 maart 1980", "1980-03-09 00:00:00", "8-3-1980", None])
ROWS = st.lists(st.tuples(FORMS, NAMES, DATES, st.integers(1, 3)), max_size=12)


@given(ROWS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_question_in_sql_finds_what_reading_everything_finds(file: Path, rows: list[tuple[object, ...]]) -> None:
    """The slow way, every row judged, is the oracle of the fast one, for every way of keeping a BSN, a name and a date."""
    file.unlink(missing_ok=True)
    url = fill(file, "create table p (BSN, NAAM, GEBOREN, NR)")
    with sqlite3.connect(file) as db:
        db.executemany("insert into p values (?,?,?,?)", rows)
    db.close()
    columns = [column("BSN", "bsn"), column("NAAM", "name"), column("GEBOREN", "date"), column("NR", "id")]
    found = entity(
        "p", [{"BSN": "subject.bsn"}, {"NAAM": "subject.name", "GEBOREN": "subject.birth_date"}, {"NAAM": "subject.name"}], columns
    )
    answer = collect(source("sql", url, found))
    shape = shape_of(found, ["BSN", "NAAM", "GEBOREN", "NR"])
    wanted = wanted_of(found, known_of(JOHANNA), shape)
    judge = Matcher(JOHANNA.person, wanted.alternatives, shape.columns, NOW.year)
    expected = sorted((str(row), match.score) for row in rows if (match := judge.match(row)))
    held = [tuple(row) for c in answer.collections for row in c.rows.itertuples(index=False, name=None)]
    scored = [match.score for c in answer.collections for match in c.matches]
    assert sorted(zip(map(str, held), scored, strict=True)) == expected
