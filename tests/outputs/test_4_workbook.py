"""Outputs, chapter 4: `gegevens.xlsx` opens clean, holds real dates and numbers, and never a formula."""

from __future__ import annotations

import re
import zipfile
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from msoffcrypto.format.ooxml import OOXMLFile

from config.collection import Column, Kind
from config.errors import WorkbookError
from config.redacted import RedactedCollection
from outputs import rectification, tables
from outputs import workbook as module
from outputs.rectification import Correction, Rectification, read_rectification
from outputs.sheetnames import LONGEST, sheet_name
from outputs.sheets import workbook
from outputs.shown import Mark
from outputs.workbook import LETTERS, LINE, Sheets, _lines, pieces, safe
from tests.outputs import sample

PAID = "Bijstand en uitkering"


def written(*rows: tuple[Any, ...], kinds: tuple[Kind, ...] = ()) -> Any:
    """These rows on a sheet, read back."""
    with Sheets("Europe/Amsterdam", "…", "{nummer}*") as sheets:
        sheets.sheet("Blad", ["Kaart", *("abcdef"[: len(rows[0]) - 1])], rows, kinds)
        return openpyxl.load_workbook(BytesIO(sheets.finish("t", "a", date(2026, 3, 3))))


def cell(value: Any, kind: Kind = Kind.TEXT) -> Any:
    return written((1, value), kinds=(Kind.TEXT, kind)).active["B2"]


def test_the_sheets_are_read_me_overview_data_and_the_four_lists(folder: Path) -> None:
    """One sheet for each purpose, between what explains and what accounts."""
    book = openpyxl.load_workbook(folder / "gegevens.xlsx")
    assert book.sheetnames == [
        "Lees mij", "Overzicht", "Inschrijving als inwoner (BRP)", "Hulp en ondersteuning thuis", "Bijstand en uitkering",
        "Jeugdhulp door het wijkteam", "Documenten", "Niet getoond", "Bronnen", "Verschillen", "Sleutels",
    ]  # fmt: skip


def test_every_list_has_a_frozen_head_filters_and_widths(folder: Path) -> None:
    """A sheet can be used at once."""
    for n, sheet in enumerate(openpyxl.load_workbook(folder / "gegevens.xlsx").worksheets[1:-1], 1):
        assert sheet.freeze_panes == ("C2" if 2 <= n <= 5 else "A2")  # of a purpose the number and the kind of data stay in view too
        assert sheet.auto_filter.ref.startswith("A1:")
        assert all(8 <= sheet.column_dimensions[c[0].column_letter].width <= 61 for c in sheet.iter_cols(max_row=1))


@pytest.mark.parametrize("text", ["=1+1", '=HYPERLINK("http://x.example")', "+31 6", "-2+3", "@SUM(A1)", "\t=1", "\n=1"])
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


MOMENTS = st.integers(1, 10**9 * 31).map(lambda seconds: datetime.fromisoformat("1900-03-01") + timedelta(seconds=seconds))


@given(st.lists(st.tuples(st.text(max_size=90), MOMENTS, st.floats(-1e9, 1e9)), max_size=4))
def test_rows_stand_in_a_sheet_as_xlsxwriter_writes_them_cell_by_cell(rows: list[tuple[str, datetime, float]]) -> None:
    """What is written in one step is what many steps would have written: text, moment, number, and the height of the row."""
    rows = [(safe(text), moment, round(number, 2)) for text, moment, number in rows]
    assert _written(rows, whole=True) == _written(rows, whole=False)


def _written(rows: list[tuple[str, datetime, float]], *, whole: bool) -> bytes:
    with Sheets("Europe/Amsterdam", "", "") as sheets:
        sheet, columns = sheets._created("Blad"), [(0, Kind.TEXT, 18.0), (1, Kind.DATE, 18.0), (2, Kind.AMOUNT, 18.0)]
        for number, (text, moment, sum_) in enumerate(rows):
            if whole:
                sheets._row(sheet, number, (text, moment, sum_), columns)
                continue
            lines = _lines(text, 20.0) if len(text) >= 18 or "\n" in text else 1
            sheet.write_string(number, 0, text, sheets._plain)
            sheet.write_datetime(number, 1, moment, sheets._day if moment.time() == time() else sheets._moment)
            sheet.write_number(number, 2, sum_, sheets._sum)
            if lines > 1:
                sheet.set_row(number, min(409, lines * LINE))
        return sheets.finish("Boek", "Gemeente", date(2026, 11, 20))


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
    """Whatever was typed comes back but for what XML forbids, and every end of a line is one."""
    whole = text.replace("\r\n", "\n").replace("\r", "\n")
    assert [c for c, d in zip(safe(text), whole, strict=True) if c not in (d, "□")] == []
    etree.fromstring(f"<t>{safe(text).replace('&', '&amp;').replace('<', '&lt;')}</t>".encode())


@pytest.mark.parametrize("text", ["<r><t>kop</t></r>", "<r>&</r>", "<is>", "&amp;", '"', " a ", "a\tb"])
def test_what_looks_like_markup_stays_text(text: str) -> None:
    """XlsxWriter would take `<r>...</r>` for its own: a person who types it gets it back."""
    assert cell(text).value == text


def test_letters_that_excel_counts_twice_are_cut_in_time() -> None:
    """The limit is in units of UTF-16: 20,000 emoji are 40,000."""
    sheet = written((7, "\U0001f600" * 20_000)).active
    rows = [row[1] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert "".join(row.removesuffix("…") for row in rows) == "\U0001f600" * 20_000
    assert max(len(row.encode("utf-16-le")) // 2 for row in rows) <= LETTERS


@pytest.mark.parametrize("text", ["_x0041_", "a_x000D_b", "\r=1"])
def test_what_excel_would_decode_stays_as_it_was_typed(text: str) -> None:
    """`_xHHHH_` means a character to Excel: it is written so that Excel shows what was typed."""
    read = re.sub("_x([0-9A-F]{4})_", lambda m: chr(int(m[1], 16)), cell(text).value)
    assert read == text.replace("\r", "\n")


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
    with Sheets("Europe/Amsterdam", "…", "{nummer}*") as sheets:
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
    assert ("adres", "Uitkeringenadministratie: Betaling", "Oude Dijk 3", None) in [row[1:] for row in rows]


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
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 31, 0, 0, 0)}


# read back (AVG 16)


def filled(folder: Path, answers: dict[tuple[str, str], str]) -> bytes:
    """The workbook with an answer in the last column of the row with this number, by sheet and number; saved as any program would."""
    book = openpyxl.load_workbook(folder / "gegevens.xlsx")
    for (sheet, number), text in answers.items():
        rows = list(book[sheet].iter_rows())
        (row,) = (row for row in rows if str(row[0].value) == number)
        row[len(rows[0]) - 1].value = text
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_an_answer_beside_a_difference_is_read_as_a_request_to_correct(folder: Path) -> None:
    """Which source holds what, and what it should be."""
    sheet = openpyxl.load_workbook(folder / "gegevens.xlsx")["Verschillen"]
    (number,) = (row[0] for row in sheet.iter_rows(values_only=True) if row[3] == "Oude Dijk 3")
    read = read_rectification(filled(folder, {("Verschillen", number): " Lange Nieuwstraat 12 bis "}))
    assert (read.request, read.unplaced) == ("INZ-2026-000042", 0)
    assert read.corrections == (Correction("uitkering", "betaling", None, "address", "Oude Dijk 3", "Lange Nieuwstraat 12 bis"),)


def test_an_answer_beside_a_card_names_its_row(folder: Path) -> None:
    """The number of the card is the row of dossier.json, plus one, also where the sheet was sorted."""
    read = read_rectification(filled(folder, {(PAID, "7"): "Dit bedrag kreeg ik niet"}))
    (found,) = read.corrections
    assert (found.source, found.entity, found.row, found.should_be) == ("uitkering", "betaling", 6, "Dit bedrag kreeg ik niet")


def test_an_answer_beside_a_document_names_its_number(folder: Path) -> None:
    """Documents stand on the sheet of their purpose too; `what` tells which it is."""
    read = read_rectification(filled(folder, {("Hulp en ondersteuning thuis", "D1"): "Ik was er niet bij"}))
    assert read == Rectification("INZ-2026-000042", (Correction("archief", "brieven", None, "D1", "", "Ik was er niet bij"),), 0)


def test_an_answer_is_found_again_whatever_table_of_its_purpose_it_stands_in(folder: Path) -> None:
    """Two tables on one sheet each have a card 1: the second column tells them apart."""
    book = openpyxl.load_workbook(folder / "gegevens.xlsx")
    sheet = book["Hulp en ondersteuning thuis"]
    for row in sheet.iter_rows(min_row=2):
        if row[0].value == 1:
            row[-1].value = f"over {row[1].value}"
    out = BytesIO()
    book.save(out)
    told = {(c.entity, c.row): c.should_be for c in read_rectification(out.getvalue()).corrections}
    assert told == {("client", 0): "over Aanvragen voor hulp", ("contact", 0): "over Gesprekken en bezoeken"}


def test_answers_on_the_second_sheet_of_a_purpose_are_read_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """A purpose with more rows than a sheet takes has several, each with all heads; no answer is lost on the way back."""
    monkeypatch.setattr(module, "ROWS", 20)
    book = openpyxl.load_workbook(BytesIO(workbook(sample.dossier((sample._payments(50),)))))
    parts = [sheet for sheet in book.worksheets if sheet.title.startswith(PAID)]
    assert [(sheet.title, sheet.max_row) for sheet in parts] == [(PAID, 20), (f"{PAID} (2)", 20), (f"{PAID} (3)", 13)]
    for sheet in parts:
        sheet.cell(sheet.max_row, sheet.max_column).value = "anders"
    out = BytesIO()
    book.save(out)
    assert [c.row for c in read_rectification(out.getvalue()).corrections] == [31, 12, 0]


# one sheet a purpose


def of(*held: RedactedCollection) -> list[tuple[str, list[tuple[Any, ...]]]]:
    """The sheets of the purposes for these collections, each with its rows, the head first."""
    book = openpyxl.load_workbook(BytesIO(workbook(sample.dossier(held))))
    ours = book.worksheets[2 : book.sheetnames.index("Documenten")]
    return [(sheet.title, list(sheet.iter_rows(values_only=True))) for sheet in ours]


def made(entity: str, title: str, *columns: Column, activity: str = "uitkering", rows: int = 1) -> RedactedCollection:
    """A collection of the benefits with a value in each of these columns."""
    return sample.collection("uitkering", entity, title, activity, columns, [[f"{entity} {c.name}" for c in columns]] * rows)


def test_what_two_tables_call_the_same_is_one_column() -> None:
    """Under one head that can be frozen and filtered; each row says of which table it is."""
    ((_, rows),) = of(
        made("a", "Eerste", sample.column("X", "Soort"), sample.column("Y", "Bedrag")), made("b", "Tweede", sample.column("Z", "Soort"))
    )
    assert rows == [
        ("Kaart", "Soort gegevens", "Gevonden in", "Soort", "Bedrag", "Klopt dit niet? Wat moet het zijn?"),
        (1, "Eerste", "Uitkeringenadministratie", "a X", "a Y", None),
        (1, "Tweede", "Uitkeringenadministratie", "b Z", None, None),
    ]


def test_columns_of_another_kind_or_of_the_same_table_stay_apart() -> None:
    """A date is no text, and one table may use a word twice: nothing is put where it does not belong."""
    twice = made("a", "Eerste", sample.column("X", "Soort"), sample.column("Y", "Soort"))
    ((_, rows),) = of(twice, made("b", "Tweede", sample.column("Z", "Soort", Kind.CODE)))
    assert [row[3:-1] for row in rows] == [("Soort", "Soort", "Soort"), ("a X", "a Y", None), (None, None, "b Z")]


def test_two_tables_of_one_name_are_told_apart_by_their_system_or_a_number() -> None:
    """An answer is found again by that name."""
    ((_, rows),) = of(made("a", "Brieven", sample.column("X")), made("b", "Brieven", sample.column("X")))
    assert [row[1] for row in rows[1:]] == ["Brieven (Uitkeringenadministratie)", "Brieven (Uitkeringenadministratie) (2)"]


def test_a_column_of_another_purpose_stands_on_the_sheet_of_that_purpose_too() -> None:
    """A purpose that has no table of its own has its sheet all the same."""
    held = made("a", "Eerste", sample.column("X"), sample.column("Y", activity="jeugdhulp"))
    sheets = dict(of(held))
    assert list(sheets) == [PAID, "Jeugdhulp door het wijkteam"]
    assert sheets["Jeugdhulp door het wijkteam"][1] == (1, "Eerste", "Uitkeringenadministratie", "a Y", None)


def test_a_purpose_with_more_columns_than_a_program_shows_goes_on_in_the_next_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Table by table: no table is cut in two."""
    monkeypatch.setattr(tables, "MOST", 3)
    held = [made(name, name, sample.column("X", f"{name}1"), sample.column("Y", f"{name}2")) for name in "abc"]
    assert [(title, rows[0][3:-1]) for title, rows in of(*held)] == [
        (PAID, ("a1", "a2")),
        (f"{PAID} (2)", ("b1", "b2")),
        (f"{PAID} (3)", ("c1", "c2")),
    ]


def test_a_purpose_with_only_documents_lists_them_on_its_sheet() -> None:
    """So that every purpose of the overview has a sheet."""
    ((title, rows),) = of(sample._papers())
    assert (title, sorted(row[0] for row in rows[1:])) == ("Hulp en ondersteuning thuis", ["D1", "D2", "D3", "D4"])


def test_a_text_that_goes_on_keeps_the_name_of_its_table() -> None:
    """Also on the row with the star the filter finds it, and an answer is placed."""
    long = sample.collection("uitkering", "a", "Eerste", "uitkering", (sample.column("X"),), [["a" * 40_000]])
    ((_, rows),) = of(long)
    assert [row[:3] for row in rows[1:]] == [(1, "Eerste", "Uitkeringenadministratie"), ("1*", "Eerste", "Uitkeringenadministratie")]


# what comes from outside


def test_a_locked_workbook_is_opened_with_its_words(folder: Path) -> None:
    """A resident may send it back as they got it."""
    out = BytesIO()
    OOXMLFile(BytesIO(filled(folder, {(PAID, "1"): "anders"}))).encrypt("een-twee-drie", out)
    assert len(read_rectification(out.getvalue(), "een-twee-drie").corrections) == 1
    with pytest.raises(WorkbookError, match="cannot be opened"):
        read_rectification(out.getvalue(), "vier")


def test_what_has_no_place_is_counted(folder: Path) -> None:
    """An answer in a row without a number is told, not dropped."""
    book = openpyxl.load_workbook(folder / "gegevens.xlsx")
    sheet = book[PAID]
    sheet.append([None] * (len(next(sheet.iter_rows())) - 1) + ["en nog iets"])
    out = BytesIO()
    book.save(out)
    assert (read_rectification(out.getvalue()).corrections, read_rectification(out.getvalue()).unplaced) == ((), 1)


def test_an_empty_answer_asks_nothing(folder: Path) -> None:
    """As we send it, the workbook asks for no correction."""
    assert read_rectification((folder / "gegevens.xlsx").read_bytes()) == Rectification("INZ-2026-000042", (), 0)


@pytest.mark.parametrize("content", [b"", b"PK", b"geen werkboek", b"PK\x03\x04 stuk"])
def test_what_is_no_workbook_of_ours_is_refused(content: bytes) -> None:
    """With a sentence that says what to do, and no value."""
    with pytest.raises(WorkbookError, match=r"gegevens\.xlsx"):
        read_rectification(content)


def test_a_workbook_of_somebody_else_is_refused() -> None:
    """It has no sheet by which we know our rows."""
    out = BytesIO()
    openpyxl.Workbook().save(out)
    with pytest.raises(WorkbookError, match="has no sheet"):
        read_rectification(out.getvalue())


def test_a_workbook_that_would_fill_memory_is_not_opened(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """It comes from outside: what it unpacks to is added up before anything is unpacked."""
    monkeypatch.setattr(rectification, "LARGEST", 1_000)
    with pytest.raises(WorkbookError, match="larger"):
        read_rectification((folder / "gegevens.xlsx").read_bytes())
