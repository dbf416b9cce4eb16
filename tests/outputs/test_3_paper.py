"""Outputs, chapter 3: `dossier.pdf` and `documenten.pdf` can be read, from the first page to the last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from pypdf import PdfReader

import outputs
from config.collection import Kind
from config.redacted import Disposition, RedactedDocument
from outputs.book import book
from outputs.ink import LEFT, RIGHT
from outputs.texts import texts
from tests.outputs import sample


def pages(source: Path | bytes) -> list[str]:
    """The text of each page, on one line."""
    document = pypdfium2.PdfDocument(source)
    read = [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    document.close()
    return read


def titles(outline: list[Any]) -> Iterator[str]:
    for item in outline:
        yield from titles(item) if isinstance(item, list) else (str(item.title),)


def letters_outside(source: Path | bytes) -> list[str]:
    """Every letter that stands outside the margins or on another page's strip."""
    found = []
    document = pypdfium2.PdfDocument(source)
    for page in document:
        text = page.get_textpage()
        for i in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(i)
            if right > left and (left < LEFT - 3 or right > RIGHT + 3 or bottom < 28 or top > 812):
                found.append(text.get_text_range(i, 1))
    document.close()
    return found


def test_the_first_page_says_what_there_is(folder: Path) -> None:
    """How many systems, how much, since when, what is missing, what contradicts, in numbers a person grasps."""
    first = pages(folder / "dossier.pdf")[0]
    for said in (
        "Dit staat er over u",
        "Wij zochten in 6 systemen. In 5 systemen vonden wij gegevens.",
        "Samen zijn het 89 gegevenskaarten en 4 documenten. De oudste datum is 1 januari 1999.",
        "Let op: van 1 systeem kregen wij geen volledig antwoord.",
        "Op 44 plekken ziet u iets niet.",
        "Wij zagen dat systemen elkaar tegenspreken over: adres.",
        "Wanneer schreven wij iets over u op?",
    ):
        assert said in first


def test_the_layers_stand_in_their_order(folder: Path) -> None:
    """Purposes, data, documents, what is withheld, differences, search, rights, account: and all are bookmarks."""
    said = texts()["dossier"]
    order = (
        "doelen",
        "gegevens",
        "documenten_kop",
        "weg_kop",
        "verschillen_kop",
        "gezocht_kop",
        "rechten_kop",
        "woorden_kop",
        "rekening_kop",
    )
    held = list(titles(PdfReader(folder / "dossier.pdf").outline))
    assert [t for t in held if t in {said[key] for key in order}] == [said[key] for key in order]


def test_the_contents_point_to_the_right_pages(folder: Path) -> None:
    """A number in the contents is the number at the foot of the page where that heading stands."""
    reader = PdfReader(folder / "dossier.pdf")
    read = pages(folder / "dossier.pdf")
    contents = next(page for page in read if page.startswith("gemeente") and " Inhoud " in page)
    for title in ("Wat u niet ziet, en waarom", "Waar wij zochten", "Uw rechten"):
        number = int(contents.split(title)[1].split()[0])
        assert title in read[number - 1]
        assert f"bladzijde {number} van {len(read)}" in read[number - 1]
    chapters, purposes = 9, 4
    assert sum(len(page.get("/Annots", ())) for page in reader.pages) == chapters + 2 * purposes


def test_contents_of_several_pages_still_point_to_the_right_ones() -> None:
    """Sixty purposes: the body begins after all pages of the contents."""
    many = tuple(replace(sample.ACTIVITIES[1], id=f"a{i}", title=f"Doel nummer {i:03}") for i in range(60))
    held = tuple(replace(sample._youth(), entity=f"e{i}", activity=f"a{i}") for i in range(60))
    made = sample.dossier(held, config=replace(sample.config(), activities=many))
    read = pages(book(made)[0])
    first = next(n for n, page in enumerate(read) if " Inhoud " in page)
    contents = " ".join(read[first : first + 5])
    for i in (0, 30, 59):
        for number in contents.split(f"Doel nummer {i:03} ")[1:3]:
            assert f"Doel nummer {i:03}" in read[int(number.split()[0]) - 1]
    assert [f"bladzijde {n} van {len(read)}" in page for n, page in enumerate(read, 1)] == [True] * len(read)


def test_every_page_is_numbered_once_and_in_order(folder: Path) -> None:
    """Front matter is drawn last but stands first: the numbers must not show it."""
    read = pages(folder / "dossier.pdf")
    assert [f"bladzijde {n} van {len(read)}" in page for n, page in enumerate(read, 1)] == [True] * len(read)


def test_the_document_tells_readers_its_language_and_title(folder: Path) -> None:
    """Screen readers need the language, windows the title; dates come from the request, not from a clock."""
    reader = PdfReader(folder / "dossier.pdf")
    assert reader.root_object["/Lang"] == "nl-NL"
    assert reader.root_object["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712  a boolean of pypdf
    assert reader.metadata is not None
    assert reader.metadata.title == "Dit staat er over u (INZ-2026-000042)"
    assert reader.metadata["/CreationDate"] == "D:20260303000000Z"


def test_every_question_of_the_law_is_answered_per_purpose(folder: Path) -> None:
    """Purpose, basis, categories, sources, recipients, third countries, retention, machines, remedy."""
    read = " ".join(pages(folder / "dossier.pdf"))
    for question in texts()["dossier"]["vragen"].values():
        assert read.count(question) >= 4
    assert "15 jaar, geteld vanaf: de laatste wijziging van de gegevens." in read
    assert "Wij bewaren ze dus op zijn vroegst tot 30 september 2039." in read
    assert "Dit weten wij niet. In de systemen vonden wij niet aan wie wij gegevens gaven." in read
    assert "(nog te bevestigen door de functionaris gegevensbescherming)" in read


def test_a_withheld_field_refers_to_its_ground(folder: Path) -> None:
    """The mark stands where the value would, and the legend explains it."""
    read = " ".join(pages(folder / "dossier.pdf"))
    assert "Naam van uw partner [niet getoond: A1]" in read
    assert "Niet getoond: Telefoon van de behandelaar (A4), Wachtwoord (E1) en X_NIEUW (N1)." in read
    assert "A1 Gegevens van iemand anders Dit gaat over iemand anders." in read


def test_the_newest_record_stands_first(folder: Path) -> None:
    """Cards keep the number that they have in every file."""
    read = " ".join(pages(folder / "dossier.pdf"))
    assert read.index("Kaart 2 · 30 september 2024") < read.index("Kaart 1 · 14 februari 2021")


@pytest.mark.parametrize("name", ["besluit.pdf", "dossier.pdf", "documenten.pdf"])
def test_nothing_runs_out_of_the_page(folder: Path, name: str) -> None:
    """Long words break, long texts wrap, tall rows split: no letter stands outside the margins."""
    assert letters_outside(folder / name) == []


def test_all_of_a_note_of_many_pages_is_printed() -> None:
    """4,000 characters, or 40,000, with no word lost between the pages."""
    words = [f"woord{i}" for i in range(6_000)]
    columns = (sample.column("D", "Datum", Kind.DATE), sample.column("N", "Notitie"))
    rows: list[list[Any]] = [[date(2020, 1, 1) + timedelta(days=i), "kort"] for i in range(9)] + [[date(2021, 1, 1), " ".join(words)]]
    made = book(sample.dossier((sample.collection("wmo", "contact", "Gesprekken", "wmo", columns, rows),)))[0]
    read = " ".join(pages(made))
    assert [word for word in words if f" {word} " not in read] == []


def test_a_word_wider_than_the_page_is_broken_not_cut() -> None:
    """All of its letters are there."""
    columns = (sample.column("D", "Datum", Kind.DATE), sample.column("N", "Notitie"))
    held = sample.collection("wmo", "contact", "Gesprekken", "wmo", columns, [[date(2021, 1, 1), "abcdefghij" * 60]])
    made = book(sample.dossier((held,)))[0]
    assert "abcdefghij" * 60 in "".join(pages(made)).replace(" ", "")
    assert letters_outside(made) == []


@pytest.mark.parametrize("rows", [1, 6, 7, 120])
@pytest.mark.parametrize("columns", [1, 4, 9, 30])
def test_every_value_is_printed_whatever_the_shape(rows: int, columns: int) -> None:
    """Cards, tables and dense cards alike: few or many rows, few or many columns."""
    heads = tuple(sample.column(f"K{i}", f"Kolom {i}") for i in range(columns))
    values: list[list[Any]] = [[f"v{r}x{c}" for c in range(columns)] for r in range(rows)]
    made = book(sample.dossier((sample.collection("wmo", "client", "Proef", "wmo", heads, values),)))[0]
    read = f" {' '.join(pages(made))} "
    assert [v for row in values for v in row if f" {v} " not in read] == []
    assert letters_outside(made) == []


def test_what_is_the_same_in_all_rows_is_printed_once() -> None:
    """Sixty times the same account number hides what differs."""
    read = " ".join(pages(book(sample.dossier((sample._payments(60),)))[0]))
    assert read.count("NL02 TEST 0999 9999 99") == 1
    assert "In alle kaarten hetzelfde" in read


def test_an_empty_dossier_shows_the_search(nothing: Path) -> None:
    """Nothing found: which systems were searched, and which gave no answer."""
    read = " ".join(pages(nothing / "dossier.pdf"))
    assert "Wij vonden niets over u." in read
    assert "Schuldhulpverlening" in read
    assert "U ziet alles wat wij vonden." in read
    assert "Wij vonden geen documenten over u." in " ".join(pages(nothing / "documenten.pdf"))


def test_each_document_is_set_anew_under_its_number(folder: Path) -> None:
    """Shown ones with their text, withheld ones with the sentence of the ground, unreadable ones with the reason."""
    read = " ".join(pages(folder / "documenten.pdf"))
    assert "D2 · Brief over uw aanvraag" in read
    assert "[buur 1] was daarbij." in read
    assert "Bladzijde 2 van 2 van dit document" in read
    assert "Dit document ziet u niet: A1. Dit gaat over iemand anders." in read
    assert "Wij konden dit bestand niet lezen." in read
    assert "李明" in read


def test_names_of_every_script_are_drawn_and_none_is_dropped(folder: Path, tmp_path: Path) -> None:
    """Ş, ł, ĳ and 李 are real letters; what no font has becomes a visible box."""
    assert "Şükran Johanna de Ruĳter 李" in " ".join(pages(folder / "dossier.pdf"))
    paper = RedactedDocument("d1", "Brief", "text/plain", Disposition.DISCLOSED, ("Đỗ Ćirić ẞ Ελένη Иван \U0001f600 \U0001f9ff einde",))
    held = sample.collection("archief", "brieven", "Brieven", "wmo", (), [], documents=(paper,))
    outputs.write(sample.dossier((held,)), tmp_path)
    assert "Đỗ Ćirić ẞ Ελένη Иван \U0001f600 □ einde" in " ".join(pages(tmp_path / "documenten.pdf"))
