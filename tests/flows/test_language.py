"""A resident who does not read Dutch: the whole package in their language, while the desk keeps reading Dutch."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import msoffcrypto
import openpyxl
import pypdfium2
import pytest

from tests.flows.conftest import BSN, Gemeente, build


@pytest.fixture
def gemeente(tmp_path: Path) -> Gemeente:
    return build(tmp_path)


def ordered(gemeente: Gemeente, *language: str) -> str:
    """A new request; gives its number."""
    made = gemeente.json("request", "new", "--bsn", BSN, "--received", "2026-11-20", "--identity-checked-by", "balie", *language)
    return str(made["request"])


def released(gemeente: Gemeente, number: str) -> dict[str, str]:
    """The first page of each PDF and the first sheet of the workbook, by file name."""
    for reviewer in ("toetser-een", "toetser-twee"):
        gemeente.json("review", "approve", number, "--as", reviewer)
    told = gemeente.json("release", number, "--out", "uit")
    with zipfile.ZipFile(gemeente.folder / told["package"]) as package:
        files = {name: package.read(name) for name in package.namelist()}
    read = {name: _first_page(data, told["passphrase"]) for name, data in files.items() if name.endswith(".pdf")}
    return {**read, "gegevens.xlsx": _first_sheet(files["gegevens.xlsx"], told["passphrase"]), "LEESMIJ.txt": files["LEESMIJ.txt"].decode()}


def _first_page(data: bytes, passphrase: str) -> str:
    document = pypdfium2.PdfDocument(data, password=passphrase)
    text = str(document[0].get_textpage().get_text_bounded())
    document.close()
    return text


def _first_sheet(data: bytes, passphrase: str) -> str:
    opened, plain = msoffcrypto.OfficeFile(io.BytesIO(data)), io.BytesIO()
    opened.load_key(password=passphrase)
    opened.decrypt(plain)
    sheet = openpyxl.load_workbook(plain).worksheets[0]
    return " ".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None)


def test_a_resident_who_asks_for_english_gets_every_file_in_english(gemeente: Gemeente) -> None:
    """Letter, dossier, workbook and read-me; the report for the desk beside it stays Dutch."""
    number = ordered(gemeente, "--language", "en")
    gemeente.json("request", "run", number)
    told = gemeente.python(
        "import pypdfium2; from flows.workplace import workplace\n"
        f"report = pypdfium2.PdfDocument(workplace().vault.get('{number}', 'internal/aandachtspunten.pdf'))\n"
        "print(report[0].get_textpage().get_text_bounded())"
    )
    assert "inwoner" in told and "resident" not in told
    _another_language_makes_it_an_old_draft(gemeente, number)
    read = released(gemeente, number)
    words = {"besluit.pdf": "data cards", "dossier.pdf": "about you", "gegevens.xlsx": "about you", "LEESMIJ.txt": "five words"}
    assert [name for name, said in words.items() if said not in " ".join(read[name].split())] == []


def _another_language_makes_it_an_old_draft(gemeente: Gemeente, number: str) -> None:
    """Nobody approves an English draft for a resident who was promised Dutch; with the language back it is the draft that it was."""
    assert gemeente.json("request", "language", number, "nl")["language"] == "nl"
    assert "Draft it anew" in gemeente.run("review", "approve", number, "--as", "toetser-een", code=1).stderr
    gemeente.json("request", "language", number, "en")


def test_a_letter_is_made_in_the_language_of_the_request(gemeente: Gemeente) -> None:
    """From the command line as at the desk; what nothing asks for is refused, and nothing is written."""
    number = ordered(gemeente, "--language", "en")
    gemeente.json("request", "letter", number, "ontvangst", "--out", "brief.pdf", "--text", "What do you know of me?")
    read = " ".join(_first_page((gemeente.folder / "brief.pdf").read_bytes(), "").split())
    assert "We received your request" in read and "What do you know of me?" in read
    told = gemeente.run("request", "letter", number, "verlenging", "--out", "geen.pdf", code=1).stderr
    assert "nothing asks for the letter verlenging now. There are now: ontvangst, identiteit, omvang." in told
    assert not (gemeente.folder / "geen.pdf").exists()
