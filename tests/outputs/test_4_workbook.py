"""Outputs, chapter 4: `gegevens.xlsx` opens clean, holds real dates and numbers, and never a formula."""

from __future__ import annotations

import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from config.collection import Kind
from outputs import workbook as module
from outputs.sheetnames import LONGEST, sheet_name
from outputs.shown import Mark
from outputs.workbook import LETTERS, Sheets, pieces, safe
from tests.outputs import sample


def written(*rows: tuple[Any, ...], kinds: tuple[Kind, ...] = ()) -> Any:
    """These rows on a sheet, read back."""
    sheets = Sheets("Europe/Amsterdam", "…", "{nummer}*")
    sheets.sheet("Blad", ["Kaart", *("abcdef"[: len(rows[0]) - 1])], rows, kinds)
    return openpyxl.load_workbook(BytesIO(sheets.finish("t", "a", date(2026, 3, 3))))


def cell(value: Any, kind: Kind = Kind.TEXT) -> Any:
    return written((1, value), kinds=(Kind.TEXT, kind)).active["B2"]


def test_the_sheets_are_read_me_overview_data_and_the_four_lists(folder: Path) -> None:
    """One sheet for each kind of record, between what explains and what accounts."""
    book = openpyxl.load_workbook(folder / "gegevens.xlsx")
    assert book.sheetnames == [
        "Lees mij", "Overzicht", "Persoonslijst", "Aanvragen voor hulp", "Gesprekken en bezoeken", "Betalingen", "Hulp aan uw kind",
        "Documenten", "Niet getoond", "Bronnen", "Verschillen",
    ]  # fmt: skip


def test_every_list_has_a_frozen_head_filters_and_widths(folder: Path) -> None:
    """A sheet can be used at once."""
    for sheet in openpyxl.load_workbook(folder / "gegevens.xlsx").worksheets[1:]:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert all(8 <= sheet.column_dimensions[c[0].column_letter].width <= 60 for c in sheet.iter_cols(max_row=1))


@pytest.mark.parametrize("text", ["=1+1", '=HYPERLINK("http://x.example")', "+31 6", "-2+3", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_text_of_a_person_becomes_a_formula(text: str) -> None:
    """Also not when somebody edits the cell: it has a quote prefix."""
    read = cell(text)
    assert (read.data_type, read.quotePrefix) == ("s", True)
    assert read.value == text


def test_the_sample_holds_no_formula_at_all(folder: Path) -> None:
    """No `f` element in any sheet."""
    with zipfile.ZipFile(folder / "gegevens.xlsx") as archive:
        for name in (n for n in archive.namelist() if "worksheets" in n):
            assert not etree.fromstring(archive.read(name)).findall(".//{*}f")


def test_dates_and_amounts_are_real() -> None:
    """They can be sorted and added; an amount shows two decimals."""
    assert cell(date(2024, 2, 29), Kind.DATE).value.isoformat() == "2024-02-29T00:00:00"
    assert cell(date(2024, 2, 29), Kind.DATE).number_format == "dd-mm-yyyy"
    assert cell(Decimal("19.05"), Kind.AMOUNT).value == 19.05
    assert cell(Decimal("19.05"), Kind.AMOUNT).number_format == "#,##0.00"


def test_a_moment_is_told_in_the_time_of_the_gemeente() -> None:
    """A workbook knows no time zones."""
    assert cell(datetime(2024, 7, 1, 22, 30, tzinfo=UTC), Kind.DATE).value.isoformat() == "2024-07-02T00:30:00"


def test_a_date_before_1900_is_text() -> None:
    """A workbook cannot count so far back."""
    assert cell(date(1899, 5, 1), Kind.DATE).value == "01-05-1899"


@pytest.mark.parametrize(
    ("value", "kind"), [("00123", Kind.ID), (123456789, Kind.BSN), (1234567890123456789, Kind.TEXT), ("0612345678", Kind.PHONE)]
)
def test_numbers_that_are_names_keep_every_digit(value: Any, kind: Kind) -> None:
    """A leading zero, or the sixteenth digit, would be lost in a number."""
    assert cell(value, kind).value == str(value)


def test_a_withheld_cell_shows_its_mark() -> None:
    """The code refers to the sheet with the grounds."""
    assert cell(Mark("A1")).value == "[niet getoond: A1]"


def test_what_xml_forbids_becomes_visible() -> None:
    """A control character or half a surrogate is no reason to lose a cell."""
    assert cell("a\x07b\ud800c\ufffe").value == "a□b□c□"


@given(st.text(max_size=300))
def test_every_text_can_be_written_and_is_read_back(text: str) -> None:
    """Excel decodes `_xHHHH_`; whatever was typed comes back but for what XML forbids."""
    cleaned = safe(text)
    etree.fromstring(f"<t>{cleaned.replace('&', '&amp;').replace('<', '&lt;')}</t>".encode())
    assert cleaned.replace("_x005F_x", "_x") == "".join("□" if c not in "\t\n\r" and safe(c) == "□" else c for c in text).replace(
        "_x005F_x", "_x"
    )


@given(st.text(min_size=0, max_size=50), st.integers(min_value=1, max_value=4))
def test_pieces_lose_nothing(text: str, times: int) -> None:
    """The parts together are the text, and each fits a cell."""
    whole = (text or "a") * (LETTERS * times // max(len(text), 1) + 1)
    parts = pieces(whole, "¶")
    assert max(map(len, parts)) <= LETTERS
    assert "".join(part.removesuffix("¶") for part in parts[:-1]) + parts[-1] == whole or "¶" in text


def test_a_text_too_long_for_a_cell_goes_on_in_a_row_of_its_own() -> None:
    """It says so where it breaks, and the next row has the same number with a star."""
    sheet = written((7, "a" * 70_000, "kort")).active
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in rows] == [7, "7*", "7*"]
    assert rows[0][1].endswith("…")
    assert [row[2] for row in rows] == ["kort", None, None]
    assert "".join(row[1].removesuffix("…") for row in rows) == "a" * 70_000


@pytest.mark.parametrize("count", [0, 1, 199, 200, 201, 230])
def test_no_row_is_lost(count: int) -> None:
    """Also not at the edge of the sample by which the widths are found."""
    sheets = Sheets("Europe/Amsterdam", "…", "{nummer}*")
    sheets.sheet("Blad", ["Kaart"], [(i,) for i in range(count)])
    read = openpyxl.load_workbook(BytesIO(sheets.finish("t", "a", date(2026, 3, 3)))).active
    assert [row[0] for row in read.iter_rows(min_row=2, values_only=True)] == list(range(count))


def test_more_rows_than_a_sheet_takes_go_on_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each sheet has the head again, and a name of its own."""
    monkeypatch.setattr(module, "ROWS", 10)
    book = written(*((i, "x") for i in range(25)))
    assert book.sheetnames == ["Blad", "Blad (2)", "Blad (3)"]
    held = [row[0] for sheet in book.worksheets for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert held == list(range(25))
    assert {sheet["A1"].value for sheet in book.worksheets} == {"Kaart"}


@given(st.lists(st.text(max_size=60), max_size=12))
def test_names_of_sheets_are_allowed_and_differ(names: list[str]) -> None:
    """Whatever a gemeente calls its tables."""
    taken: set[str] = set()
    made = [sheet_name(title, taken) for title in names]
    assert len({name.casefold() for name in made}) == len(names)
    assert all(0 < len(name) <= LONGEST and not set(name) & set("[]:*?/\\") for name in made)


def test_differences_have_a_column_to_answer_in(folder: Path) -> None:
    """The resident fills in what it should be; the desk reads it as a request for rectification."""
    sheet = openpyxl.load_workbook(folder / "gegevens.xlsx")["Verschillen"]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][-1] == "Klopt dit niet? Wat moet het zijn?"
    assert ("adres", "Uitkeringenadministratie: Betaling", "Oude Dijk 3", None) in rows


def test_what_is_withheld_is_listed_with_its_place(folder: Path) -> None:
    """Code, sentence, system, card, column or document, and how often."""
    rows = list(openpyxl.load_workbook(folder / "gegevens.xlsx")["Niet getoond"].iter_rows(values_only=True))
    place = ("Basisregistratie Personen", "Persoonslijst", 1, "Naam van uw partner", None, 1)
    assert any(row[0] == "A1" and row[3:] == place for row in rows)
    assert sum(row[-1] for row in rows[1:]) == sum(w.places for w in sample.dossier().withheld)


def test_no_clock_is_in_the_workbook(folder: Path) -> None:
    """The dates in its properties and in its zip are those of the request and of nobody."""
    with zipfile.ZipFile(folder / "gegevens.xlsx") as archive:
        assert archive.read("docProps/core.xml").count(b"2026-03-03T00:00:00Z") == 2
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
