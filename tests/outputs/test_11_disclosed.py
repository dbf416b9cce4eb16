"""Chapter 9. Disclosures: who got data or looked, read from the redacted rows of sources that say so."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import outputs
from config.collection import Column, Kind, Party
from tests.outputs import sample

COLUMNS = (
    Column("tijdstip", "Tijdstip", Kind.DATE, Party.SUBJECT),
    Column("afnemer", "Afnemer", Kind.NAME, Party.ORGANISATION),
    Column("gebruiker", "Medewerker", Kind.NAME, Party.OFFICIAL),
    Column("gegevens", "Gegevens", Kind.TEXT, Party.SUBJECT),
    Column("doel", "Doel", Kind.TEXT, Party.SUBJECT),
    Column("activiteit", "Activiteit", Kind.CODE, Party.SUBJECT),
    Column("intern", "Intern", Kind.TEXT, Party.INTERNAL, withhold="internal"),
)
WORDS = {"when": ("tijdstip",), "to": ("afnemer",), "what": ("gegevens",), "why": ("doel",), "activity": ("activiteit",)}
WHEN = datetime(2024, 3, 1, 10, 0)  # noqa: DTZ001 - as a connector gives it, by the clock on the wall


def told(rows: list[list[Any]], withheld: dict[tuple[int, str], str] | None = None, **words: tuple[str, ...]) -> list[outputs.Disclosure]:
    held = sample.collection("logboek", "regels", "Wie keek", "wmo", COLUMNS, rows, withheld)
    return list(outputs.disclosed((held,), {("logboek", "regels"): {**WORDS, **words}}, sample.config()))


def test_a_row_becomes_a_disclosure_in_the_words_of_the_design() -> None:
    """When, to whom, what and why; the latest first, each once."""
    rows = [
        [date(2024, 1, 1), "De Eik", "[medewerker]", "adres\ngezondheid", "Aanvraag", None, None],
        [WHEN, "De Eik", "[medewerker]", "indicatie", "Aanvraag", None, None],
        [WHEN, "De Eik", "[medewerker]", "indicatie", "Aanvraag", None, None],
    ]
    assert told(rows) == [
        outputs.Disclosure(date(2024, 3, 1), "De Eik", "indicatie", "Aanvraag", "wmo"),
        outputs.Disclosure(date(2024, 1, 1), "De Eik", "adres, gezondheid", "Aanvraag", "wmo"),
    ]


def test_without_a_recipient_the_gemeente_looked_and_no_employee_is_named() -> None:
    """C-579/21: the date and purpose, not who it was."""
    (one,) = told([[WHEN, None, "[medewerker]", "adres", "Controle", None, None]])
    assert one.to == "gemeente Waterbeek"


def test_the_activity_is_the_one_that_an_address_ends_in_and_gives_the_purpose() -> None:
    """An address means nothing to a resident: then the title of the activity says why."""
    (one,) = told([[WHEN, "De Eik", None, "adres", None, "https://register.example/verwerkingen/uitkering", None]])
    titles = {activity.id: activity.title for activity in sample.config().activities}
    assert (one.activity, one.why) == ("uitkering", titles["uitkering"])
    (other,) = told([[WHEN, "De Eik", None, "adres", "https://register.example/7", "https://register.example/7", None]])
    assert (other.activity, other.why) == ("wmo", titles["wmo"])


def test_what_is_withheld_does_not_come_back_as_a_disclosure() -> None:
    """Not a withheld cell, nor a withheld column, nor a row that may be of somebody else."""
    columns = {(0, column.name): "A1" for column in COLUMNS}
    assert told([[None] * len(COLUMNS)], columns) == []
    (one,) = told([[WHEN, None, None, "adres", "Controle", None, None]], {(0, "afnemer"): "A1"}, what=("intern", "gegevens"))
    assert (one.to, one.what) == ("[niet getoond: A1]", "adres")


def test_a_collection_that_nobody_named_tells_of_no_disclosure() -> None:
    """Rows with a date are not disclosures by themselves."""
    held = sample.collection("logboek", "regels", "Wie keek", "wmo", COLUMNS, [[WHEN] + [None] * 6])
    assert outputs.disclosed((held,), {}, sample.config()) == ()
