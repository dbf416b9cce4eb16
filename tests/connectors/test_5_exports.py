"""Chapter 5. Exports: the header found, encodings and separators seen, and a broken file told apart from an empty one."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msoffcrypto.format.ooxml import OOXMLFile

import connectors
from config.collection import Answer, Outcome
from tests.connectors.made import BSN, OTHER, cells, collect, column, entity, source, told

COLUMNS = [
    column("BSN", "bsn"),
    column("Naam", "name"),
    column("Datum", "date"),
    column("Bedrag", "amount"),
    column("Opmerking", "text", "mixed"),
]
TEXT = f'BSN;Naam;Datum;Bedrag;Opmerking\r\n{BSN};"Berg; J. van der";9-3-2026;1.234,56;Één café\r\n{OTHER};X;1-1-2026;1,00;\r\n'


def read(path: Path, match: dict[str, str] | None = None, **options: Any) -> Answer:
    found = entity(
        path.stem,
        match or {"BSN": "subject.bsn"},
        COLUMNS,
        table="blad" if path.suffix == ".xlsx" else path.stem,
        options={"format": options},
    )
    return collect(source("tables", str(path), found))


def written(folder: Path, data: bytes | str, encoding: str = "utf-8") -> Path:
    path = folder / "export.csv"
    path.write_bytes(data if isinstance(data, bytes) else data.encode(encoding))
    return path


def workbook(path: Path, rows: list[list[Any]], merged: str = "", extra_sheet: bool = True) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Blad"
    for row in rows:
        sheet.append(row)
    if merged:
        sheet.merge_cells(merged)
    if extra_sheet:
        book.create_sheet("Anders").append(["BSN"])
    book.save(path)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "latin-1"])
def test_a_csv_is_read_in_every_usual_encoding(tmp_path: Path, encoding: str) -> None:
    """By its mark, or else by looking at all of it."""
    answer = read(written(tmp_path, TEXT, encoding))
    assert cells(answer, "Opmerking") == ["Één café"]
    assert cells(answer, "Naam") == ["Berg; J. van der"]
    assert cells(answer, "Datum") == [date(2026, 3, 9)]
    assert cells(answer, "Bedrag") == [Decimal("1234.56")]


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_the_separator_is_seen(tmp_path: Path, separator: str) -> None:
    """By what gives most lines as many cells, quoted ones left whole."""
    answer = read(
        written(
            tmp_path, f'BSN{separator}Naam{separator}Opmerking\n{BSN}{separator}"A; b, c"{separator}x\n{OTHER}{separator}y{separator}z\n'
        )
    )
    assert cells(answer, "Naam") == ["A; b, c"]


def test_titles_blank_lines_and_a_line_that_names_the_separator_are_passed_over(tmp_path: Path) -> None:
    """The row of names is the one that holds the names."""
    answer = read(written(tmp_path, f"sep=;\nExport Parkeren;;\n;;\nbsn ;NAAM;Opmerking\n{BSN};A;x\n\n{OTHER};B;y\n"))
    assert (cells(answer, "BSN"), cells(answer, "Opmerking")) == ([BSN], ["x"])


def test_what_is_found_by_looking_can_be_given(tmp_path: Path) -> None:
    """`format:` overrides header, separator, encoding, decimal mark and dates."""
    path = written(tmp_path, f"BSN#Bedrag#Datum\n{BSN}#1.234#03/09/2026\n")
    answer = read(path, separator="#", encoding="cp1252", decimal=".", dates="%m/%d/%Y", header=1)
    assert (cells(answer, "Bedrag"), cells(answer, "Datum")) == ([Decimal("1.234")], [date(2026, 3, 9)])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"BSN;Naam\n" + BSN.encode() + b';"niet gesloten\n' + b"x;y\n" * 5,
        b"\x00\x01\x02\x03" * 50,
        b"alleen een regel zonder namen 12345",
    ],
)
def test_a_broken_csv_fails(tmp_path: Path, data: bytes) -> None:
    """Empty, an open quote, no text, no header: never nothing held."""
    answer = read(written(tmp_path, data))
    assert answer.coverage.status in {Outcome.FAILED, Outcome.PARTIAL}
    assert answer.collections == ()


def test_a_row_with_too_many_cells_is_left_out_and_told(tmp_path: Path) -> None:
    """A name that slides into another column could be shown under the wrong party; so the row stays out, and the answer is partial."""
    answer = read(written(tmp_path, f"BSN;Naam;Opmerking\n{BSN};A;x\n{BSN};B;deel een;deel twee\n"))
    assert (answer.coverage.status, cells(answer, "Naam")) == (Outcome.PARTIAL, ["A"])
    assert any("1 rows have more cells" in alarm for alarm in answer.coverage.alarms)


def test_a_csv_of_another_name_is_a_missing_table(tmp_path: Path) -> None:
    """`table` is the name of the file."""
    path = written(tmp_path, TEXT)
    answer = collect(source("tables", str(path), entity("iets", {"BSN": "subject.bsn"}, COLUMNS)))
    assert answer.coverage.status is Outcome.FAILED


def test_a_workbook_is_read_by_sheet(tmp_path: Path) -> None:
    """Title rows passed over, dates and numbers as they are, a BSN as number or text, empty rows skipped."""
    rows = [
        ["Export 2026"],
        [],
        ["BSN", "Naam", "Datum", "Bedrag"],
        [int(BSN), "A", datetime(2026, 3, 9, tzinfo=None), 12.5],  # noqa: DTZ001 - Excel knows no zones
        [],
        [BSN, "B", "10-3-2026", "1,50"],
        [OTHER, "C"],
    ]
    answer = read(workbook(tmp_path / "x.xlsx", rows))
    assert cells(answer, "Naam") == ["A", "B"]
    assert cells(answer, "Datum") == [date(2026, 3, 9), date(2026, 3, 10)]
    assert cells(answer, "Bedrag") == [12.5, Decimal("1.50")]


def test_merged_cells_count_for_every_row_they_cover(tmp_path: Path) -> None:
    """One BSN over three rows is the BSN of all three."""
    rows = [["BSN", "Naam"], [BSN, "A"], [None, "B"], [None, "C"], [OTHER, "D"]]
    assert cells(read(workbook(tmp_path / "x.xlsx", rows, merged="A2:A4")), "Naam") == ["A", "B", "C"]


def test_an_encrypted_a_damaged_and_an_unsafe_workbook_fail(tmp_path: Path) -> None:
    """Each is told by what is wrong, none is taken for empty, and none of its content is told."""
    good = workbook(tmp_path / "good.xlsx", [["BSN"], [BSN]]).read_bytes()
    locked = io.BytesIO()
    OOXMLFile(io.BytesIO(good)).encrypt("geheim", locked)
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as container:
        container.writestr("xl/workbook.xml", b"0" * 300_000_000)
    entities = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as old, zipfile.ZipFile(entities, "w") as new:
        for name in old.namelist():
            prefix = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>' if name == "xl/workbook.xml" else b""
            body = old.read(name)
            new.writestr(name, prefix + body[body.index(b"?>") + 2 :] if prefix and b"?>" in body[:100] else prefix + body)
    for data in (locked.getvalue(), good[: len(good) // 2], b"geen werkmap", bomb.getvalue(), entities.getvalue()):
        path = tmp_path / "x.xlsx"
        path.write_bytes(data)
        answer = read(path)
        assert (answer.coverage.status, BSN in told(answer)) == (Outcome.FAILED, False)


def test_a_hidden_sheet_that_nobody_reads_is_told_until_it_is_accepted(tmp_path: Path) -> None:
    """Who made the export may not know of it; a look that a machine remembered is not enough, and a visible sheet is no alarm."""
    path = workbook(tmp_path / "b.xlsx", [["BSN", "Naam"], [BSN, "X"]])
    found = entity("b", {"BSN": "subject.bsn"}, [column("BSN", "bsn"), column("Naam", "name")], table="blad")
    assert connectors.check(source("tables", str(path), found)).drift == ()
    book = openpyxl.load_workbook(path)
    book["Anders"].sheet_state = "veryHidden"
    book.save(path)
    told = "bron: sheet Anders is hidden, and no entity reads it."
    for remembered, drift in (({}, 1), ({"tables": ["Anders"]}, 1), ({"tables": ["Anders"], "accepted": True}, 0)):
        report = connectors.check(source("tables", str(path), found, options={"remembered": remembered} if remembered else {}))
        assert [line.startswith(told) for line in report.drift] == [True] * drift


def test_a_sheet_that_is_gone_fails(tmp_path: Path) -> None:
    """The other sheets do not make up for it."""
    path = workbook(tmp_path / "x.xlsx", [["BSN"], [BSN]])
    answer = collect(source("tables", str(path), entity("weg", {"BSN": "subject.bsn"}, COLUMNS)))
    assert answer.coverage.status is Outcome.FAILED


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=8), min_size=3, max_size=3), max_size=6))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_whatever_stands_in_quoted_cells_comes_back(tmp_path: Path, rows: list[list[str]]) -> None:
    """Any text in quotes, in any of the separators, is read as it was written."""
    lines = [["BSN", "Naam", "Opmerking"], *([BSN, *row[1:]] for row in rows)]
    body = "\n".join(";".join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines)
    answer = read(written(tmp_path, body + "\n"))
    assert cells(answer, "Opmerking") == [row[2].strip() or None for row in rows]


@given(st.binary(max_size=300))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_junk_is_told_and_never_raises(tmp_path: Path, junk: bytes) -> None:
    """Any bytes under either name give an answer."""
    for name in ("x.csv", "x.xlsx"):
        path = tmp_path / name
        path.write_bytes(junk)
        assert read(path).coverage.status in set(Outcome)
