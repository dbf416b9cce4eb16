"""Chapter 3. Whose row it is: names, dates and numbers as they are written, and the score of what agrees."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import connectors
from config.collection import Match, Outcome
from config.person import Name, Subject
from connectors.written import addresses, dates, figures, names
from connectors.written.assembled import name_of
from connectors.written.likeness import Verdict, best, compare
from connectors.written.parts import Part, part
from connectors.written.relations import relation
from tests.connectors.made import BSN, JOHANNA, OTHER, cells, collect, column, entity, source

KNOWN = JOHANNA.person.names


@pytest.mark.parametrize(
    ("written", "given", "initials", "prefix", "family", "partner"),
    [
        ("Berg, J. van der", "", "J.", "van der", "Berg", ""),
        ("J.M. van der Berg", "", "J.M.", "van der", "Berg", ""),
        ("JM van der Berg", "", "J.M.", "van der", "Berg", ""),
        ("Joke van der Berg-de Vries", "Joke", "", "van der", "Berg", "Vries"),
        ("Berg - de Vries, J. van der", "", "J.", "van der", "Berg", "Vries"),
        ("van der Berg", "", "", "van der", "Berg", ""),
        ("VAN DER BERG", "", "", "VAN DER", "BERG", ""),
        ("BERG, JAN", "JAN", "", "", "BERG", ""),
        ("mevr. drs. F. Yılmaz", "", "F.", "", "Yılmaz", ""),
        ("Mohammed el Idrissi", "Mohammed", "", "el", "Idrissi", ""),
        ("Jan Pieter 's-Gravesande", "Jan Pieter", "", "", "'s-Gravesande", ""),
        ("Wei Zhang", "Wei", "", "", "Zhang", ""),
        ("Anne-Marie 't Hart", "Anne-Marie", "", "'t", "Hart", ""),
        ("Kowalska, Agnieszka Maria", "Agnieszka Maria", "", "", "Kowalska", ""),
        ("V. Berg", "", "V.", "", "Berg", ""),
        ("DE WIT J.M.", "", "J.M.", "DE", "WIT", ""),
        ("Yıldız K M", "", "K.M.", "", "Yıldız", ""),
        ("WEI LI", "WEI", "", "", "LI", ""),
    ],
)
def test_a_written_name_is_read_into_its_parts(written: str, given: str, initials: str, *, prefix: str, family: str, partner: str) -> None:
    """Reading order, comma form, initials, titles, capitals, and names of many origins."""
    name = names.read(written)
    assert name is not None
    assert (name.given, name.initials, name.prefix, name.family, name.partner_family) == (given, initials, prefix, family, partner)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Johanna Maria van der Berg", Verdict.SAME),
        ("Joke van der Berg", Verdict.SAME),
        ("Maria van der Berg", Verdict.SAME),
        ("BERG, JOHANNA", Verdict.SAME),
        ("Jóhanna v.d. Berg", Verdict.SAME),
        ("Johanna de Vries-van der Berg", Verdict.SAME),
        ("J.M. van der Berg", Verdict.INITIALS),
        ("J. Berg", Verdict.INITIALS),
        ("van der Berg", Verdict.UNKNOWN),
    ],
)
def test_the_subject_is_known_in_every_usual_writing(written: str, expected: Verdict) -> None:
    """Given name, call name, second name, initials, without accents or capitals, married."""
    seen = names.read(written)
    assert seen is not None
    like = best(KNOWN, seen)
    assert (like.fits, like.given) == (True, expected)


@pytest.mark.parametrize(
    "written",
    [
        "Petra van der Berg",
        "P. van der Berg",
        "J.P. van der Berg",
        "Johanna van den Berg",
        "Johanna Bergman",
        "Johanna de Berg",
        "Johan van der Berg",
    ],
)
def test_somebody_else_is_not_the_subject(written: str) -> None:
    """Another given name, other initials, another tussenvoegsel, a longer name: never by likeness of spelling."""
    seen = names.read(written)
    assert seen is not None
    assert not best(KNOWN, seen).fits


def test_a_double_family_name_is_the_same_in_both_orders() -> None:
    """Partner first or last, with or without a dash."""
    assert compare(Name(given="Ali", family="Garcia Lopez"), Name(given="Ali", family="García-López")).fits
    known = Name(given="Ana", family="Bakker", partner_family="Smit")
    assert compare(known, Name(initials="A.", family="Smit", partner_family="Bakker")).fits


def test_parts_in_columns_make_one_name() -> None:
    """A family name column may hold the tussenvoegsel, a given name column initials."""
    assert name_of({Part.GIVEN: "J.M.", Part.FAMILY: "van der Berg"}) == Name(initials="J.M.", prefix="van der", family="Berg")
    assert name_of({Part.INITIALS: "jm", Part.PREFIX: "van der", Part.FAMILY: "Berg"}) == Name(
        initials="J.M.", prefix="van der", family="Berg"
    )
    assert name_of({Part.PREFIX: "van der", Part.FAMILY: "Van der Berg"}) == Name(prefix="van der", family="Berg")
    assert name_of({Part.PREFIX: "de", Part.FAMILY: "Deursen"}) == Name(prefix="de", family="Deursen")
    assert name_of({Part.FULL_NAME: None}) is None


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("naam.voornamen", "name", Part.GIVEN),
        ("VRLTRS", "name", Part.INITIALS),
        ("GESL_NAAM", "name", Part.FAMILY),
        ("achternm", "name", Part.FAMILY),
        ("naam.voorvoegsel", "name", Part.PREFIX),
        ("VOORVOEGSELGESLACHTSNAAM", "name", Part.PREFIX),
        ("GESLACHTSAANDUIDING", "code", Part.GENDER),
        ("OVERLIJDENSPLAATS", "address", Part.NONE),
        ("van", "date", Part.SINCE),
        ("tussenvoegsel", "name", Part.PREFIX),
        ("Roepnaam", "name", Part.CALL),
        ("KLANTNAAM", "name", Part.FULL_NAME),
        ("achternaamPartner", "name", Part.PARTNER_FAMILY),
        ("verblijfplaats.verblijfadres.officieleStraatnaam", "address", Part.STREET),
        ("HNR_TOEV", "address", Part.ADDITION),
        ("huisnummer", "code", Part.NUMBER),
        ("POSTCODE", "address", Part.POSTCODE),
        ("Woonplaats", "address", Part.CITY),
        ("adres", "address", Part.FULL_ADDRESS),
        ("GEBDAT", "date", Part.BIRTH_DATE),
        ("geboorte.datum", "date", Part.BIRTH_DATE),
        ("datum_ingang", "date", Part.SINCE),
        ("DATUM", "date", Part.NONE),
    ],
)
def test_what_a_column_holds_is_guessed_from_its_name(name: str, kind: str, expected: Part) -> None:
    """The words of Dutch systems, short forms and paths of the base register."""
    assert part(column(name, kind)) is expected


@pytest.mark.parametrize(
    "written", ["1980-03-09", "09-03-1980", "9-3-1980", "9/3/80", "19800309", "9 maart 1980", "1980-03-09T12:00:00Z", 19800309, 29289]
)
def test_a_birth_date_is_the_same_in_every_writing(written: Any) -> None:
    """ISO, Dutch, compact, in words, and Excel's day number."""
    assert dates.day(written, serial=True, this_year=2026) == date(1980, 3, 9)


@given(st.dates(date(1900, 2, 1), date(2030, 1, 1)))
def test_every_spelling_reads_back(when: date) -> None:
    """What is searched for in texts is what is read from cells."""
    for form in dates.spellings(when):
        if len(form.split("-")[-1].split("/")[-1].split(".")[-1]) != 2 or form[:4].isdigit():
            assert dates.day(form) == when, form


@given(st.one_of(st.none(), st.text(max_size=60), st.integers(), st.floats(), st.booleans(), st.dates(), st.decimals()))
def test_junk_breaks_no_reader(junk: Any) -> None:
    """Whatever a cell holds, reading it gives a value or nothing."""
    for read in (figures.bsn, figures.written, figures.phone, figures.email, figures.iban, figures.plate, dates.day):
        read(junk)
    text = str(junk)
    names.read(text), addresses.read(text), relation(text), names.tidy_initials(text)
    read_back = names.read(text)
    if read_back is not None:
        compare(read_back, KNOWN[0])


@given(st.integers(10_000_000, 999_999_999))
def test_a_bsn_is_one_in_every_dress(number: int) -> None:
    """Dots, spaces, missing zeros and types fall together."""
    bsn = f"{number:09}"
    for dress in (
        bsn,
        number,
        float(number),
        f"{bsn[:4]}.{bsn[4:6]}.{bsn[6:]}",
        f"{bsn[:3]} {bsn[3:6]} {bsn[6:]}",
        f" {bsn} ",
        bsn.lstrip("0"),
    ):
        assert figures.bsn(dress) == bsn


def table(path: Path, rows: list[tuple[Any, ...]]) -> str:
    with sqlite3.connect(path) as db:
        db.execute("create table p (NR, BSN, NAAM, VOORNAAM, GEBOREN, POSTCODE, HUISNR, MAIL)")
        db.executemany("insert into p values (?,?,?,?,?,?,?,?)", rows)
    db.close()
    return f"sqlite:///{path}"


COLUMNS = [
    column("NR", "id"), column("BSN", "bsn"), column("NAAM", "name"), column("VOORNAAM", "name"), column("GEBOREN", "date"),
    column("POSTCODE", "address"), column("HUISNR", "address"), column("MAIL", "email"),
]  # fmt: skip
NAME_DATE = {"NAAM": "subject.name", "GEBOREN": "subject.birth_date"}


@pytest.mark.parametrize(
    ("match", "row", "score"),
    [
        ({"BSN": "subject.bsn"}, (BSN, "Heel Anders", None, None, None, None, None), 1.0),
        ({**NAME_DATE, "POSTCODE": "subject.address"}, (None, "van der Berg", "Johanna", "9-3-1980", "1234AB", "12", None), 0.95),
        ({**NAME_DATE, "POSTCODE": "subject.address"}, (None, "J.M. van der Berg", None, "9-3-1980", "1234AB", "12", None), 0.87),
        ({**NAME_DATE, "MAIL": "subject.email"}, (None, "J. van der Berg", None, "9-3-1980", None, None, "joke@voorbeeld.example"), 0.85),
        (NAME_DATE, (None, "van der Berg", "Johanna", "9-3-1980", None, None, None), 0.85),
        (NAME_DATE, (None, "J. van der Berg", None, "9-3-1980", None, None, None), 0.8),
        (NAME_DATE, (None, "van der Berg", None, "9-3-1980", None, None, None), 0.6),
        (NAME_DATE, (None, "van der Berg", "Petra", "9-3-1980", None, None, None), None),
        (NAME_DATE, (None, "van der Berg", "Johanna", "8-3-1980", None, None, None), None),
        ({"NAAM": "subject.name", "POSTCODE": "subject.address"}, (None, "van der Berg", "Johanna", None, "1234 AB", 12, None), 0.7),
        ({"NAAM": "subject.name", "POSTCODE": "subject.address"}, (None, "van der Berg", "Johanna", None, "1234 AB", 14, None), None),
        ({"MAIL": "subject.email"}, (None, None, None, None, None, None, "JOKE@voorbeeld.example "), 0.6),
        ({"NAAM": "subject.name"}, (None, "van der Berg", "Johanna", None, None, None, None), 0.4),
        ({"GEBOREN": "subject.birth_date"}, (None, None, None, "1980-03-09", None, None, None), 0.1),
        (NAME_DATE, (OTHER, "van der Berg", "Johanna", "9-3-1980", None, None, None), None),
        (NAME_DATE, ("onbekend", "van der Berg", "Johanna", "9-3-1980", None, None, None), 0.85),
    ],
)
def test_what_agrees_makes_the_score(tmp_path: Path, match: dict[str, str], row: tuple[Any, ...], score: float | None) -> None:
    """A twin, a neighbour and a row with another BSN are never taken; the less agrees, the less sure."""
    url = table(tmp_path / "bron.sqlite", [(1, *row)])
    answer = collect(source("sql", url, entity("p", match, COLUMNS)))
    assert [m.score for c in answer.collections for m in c.matches] == ([] if score is None else [score])


def test_later_alternatives_add_rows_and_repeat_none(tmp_path: Path) -> None:
    """Each row counts by the first alternative that fits, and comes once."""
    rows = [
        (1, BSN, "van der Berg", "Johanna", "9-3-1980", None, None, None),
        (2, None, "van der Berg", "Johanna", "9-3-1980", None, None, None),
    ]
    answer = collect(source("sql", table(tmp_path / "b.sqlite", rows), entity("p", [{"BSN": "subject.bsn"}, NAME_DATE], COLUMNS)))
    assert dict(zip(cells(answer, "NR"), [m.score for m in answer.collections[0].matches], strict=True)) == {1: 1.0, 2: 0.85}


def test_two_equal_records_are_two(tmp_path: Path) -> None:
    """Rows that hold the same are separate records, and neither is dropped."""
    row = (1, BSN, "van der Berg", "Johanna", "9-3-1980", None, None, None)
    answer = collect(source("sql", table(tmp_path / "b.sqlite", [row, row]), entity("p", [{"BSN": "subject.bsn"}, NAME_DATE], COLUMNS)))
    assert cells(answer, "NR") == [1, 1]


def test_a_row_of_another_that_fits_a_key_is_left_out_and_told(tmp_path: Path) -> None:
    """A client number that was given twice brings nobody else's row, and the administrator hears how many."""
    url = table(tmp_path / "b.sqlite", [(7, BSN, "x", None, None, None, None, None), (7, OTHER, "y", None, None, None, None, None)])
    client = entity("p", {"BSN": "subject.bsn"}, COLUMNS, provides={"NR": "key.nr"})
    again = entity("nog", {"NR": "key.nr"}, COLUMNS, table="p")
    answer = collect(source("sql", url, client, again))
    assert cells(answer, "NAAM") == ["x", "x"]
    assert any("1 rows that fitted carry another BSN" in alarm for alarm in answer.coverage.alarms)
    assert answer.coverage.status is Outcome.FOUND


@pytest.mark.parametrize("written", ["J. van der Berg", "J.M. van der Berg", "van der Berg"])
def test_a_twin_of_the_same_initials_at_the_same_address_goes_to_a_person(tmp_path: Path, written: str) -> None:
    """Twins share all but their given names: whatever else agrees, without these nobody is sure."""
    match = {**NAME_DATE, "POSTCODE": "subject.address", "MAIL": "subject.email"}
    row = (None, written, None, "9-3-1980", "1234AB", "12", "joke@voorbeeld.example")
    answer = collect(source("sql", table(tmp_path / "bron.sqlite", [(1, *row)]), entity("p", match, COLUMNS)))
    assert [m.score < 0.9 for c in answer.collections for m in c.matches] == [True]


@pytest.mark.parametrize(("day", "sure"), [(date(1980, 1, 1), False), (date(1980, 7, 1), False), (date(1980, 7, 2), True)])
def test_a_birth_date_that_many_share_makes_nobody_sure(tmp_path: Path, day: date, sure: bool) -> None:
    """1 January and 1 July stand for a date that is not known: two of one name in one centre are two people."""
    subject = Subject(replace(JOHANNA.person, birth_date=day))
    row = (None, "van der Berg", "Johanna Maria", day.isoformat(), "1234AB", "12", None)
    url = table(tmp_path / "bron.sqlite", [(1, *row)])
    answer = collect(source("sql", url, entity("p", {**NAME_DATE, "POSTCODE": "subject.address"}, COLUMNS)), subject)
    (match,) = answer.collections[0].matches
    assert (match.score >= 0.9) == sure
    assert ("1 januari en 1 juli" in connectors.explained(match)) != sure


@pytest.mark.parametrize(
    ("by", "said"),
    [
        ("BSN = subject.bsn", "het burgerservicenummer in Nummer"),
        ("NAAM = subject.name + PC = subject.address (family name only) (postcode only)",
         "de naam (alleen de achternaam) in NAAM en het adres (alleen de postcode) in PC"),
        ("NR = key.client", "het nummer key.client in NR"),
        ("TEXT = subject.name + DATE = subject.birth_date, but another BSN stands in it, and not the subject's",
         "de naam in de tekst en de geboortedatum in de tekst; er staat een ander burgerservicenummer in"),
        ("BSN = subject.bsn, but name and birth date contradict brp.persoon",
         "het burgerservicenummer in Nummer; naam en geboortedatum kloppen niet met brp.persoon"),
        ("NR = wmo.client, but key.x comes from a row that is doubted",
         "het nummer wmo.client in NR; key.x komt uit een regel waaraan wordt getwijfeld"),
        ("TEXT = subject.bsn (in another part of the same message)",
         "het burgerservicenummer in de tekst; in een ander deel van hetzelfde bericht"),
        ("inp.bsn = subject.bsn (the answer does not repeat it)", "het burgerservicenummer in inp.bsn; het antwoord herhaalt dat nummer niet"),
        ("handed over by a colleague", "een collega gaf dit; er staat niet in van wie het is"),
    ],
)  # fmt: skip
def test_why_a_row_was_taken_is_told_in_dutch(by: str, said: str) -> None:
    """Every way in which a match is told, with what speaks against it, by the labels of its columns."""
    assert connectors.explained(Match(0.5, by), {"BSN": "Nummer"}) == said
