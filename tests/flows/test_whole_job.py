"""One request in, a sealed dossier out: for a gemeente that the code has never seen."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import msoffcrypto
import orjson
import pikepdf
import pypdfium2
import pytest
import pyzipper

from tests.flows.conftest import BSN, CANARY, OTHER_BSN, Gemeente


@pytest.fixture(scope="module")
def released(nergenshuizen: Gemeente) -> dict[str, Any]:
    """The answer of `inzage release` after register, run, and two approvals."""
    number = nergenshuizen.json("request", "new", "--bsn", BSN, "--received", "2026-11-20", "--identity-checked-by", "balie")["request"]
    nergenshuizen.json("request", "run", number)
    nergenshuizen.run("release", number, "--out", "uit", code=1)
    nergenshuizen.json("review", "approve", number, "--as", "toetser-een")
    nergenshuizen.run("review", "approve", number, "--as", "Toetser-Een ", code=1)
    nergenshuizen.json("review", "approve", number, "--as", "toetser-twee")
    return nergenshuizen.json("release", number, "--out", "uit")


@pytest.fixture(scope="module")
def package(nergenshuizen: Gemeente, released: dict[str, Any]) -> dict[str, bytes]:
    """The files of the package by name, opened with the passphrase as the resident does."""
    path = nergenshuizen.folder / released["package"]
    with zipfile.ZipFile(path) as outer:
        files = {name: outer.read(name) for name in outer.namelist()}
    with pyzipper.AESZipFile(io.BytesIO(files.pop("gegevens.zip"))) as inner:
        inner.setpassword(released["passphrase"].encode())
        files.update({name: inner.read(name) for name in inner.namelist()})
    return files


def test_the_package_holds_what_the_design_names(package: dict[str, bytes]) -> None:
    """A letter, a dossier, documents, a workbook, data with its schema and manifest, and how to open them."""
    assert {"LEESMIJ.txt", "besluit.pdf", "dossier.pdf", "documenten.pdf", "gegevens.xlsx", "dossier.json", "manifest.json"} <= set(package)


@pytest.mark.parametrize("name", ["besluit.pdf", "dossier.pdf", "documenten.pdf"])
def test_a_pdf_opens_with_the_passphrase_and_not_without(released: dict[str, Any], package: dict[str, bytes], name: str) -> None:
    """AES-256 of revision 6; no password opens nothing."""
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(package[name]))
    with pikepdf.open(io.BytesIO(package[name]), password=released["passphrase"]) as pdf:
        assert (pdf.encryption.R, pdf.encryption.bits) == (6, 256)


def test_the_workbook_opens_with_the_passphrase(released: dict[str, Any], package: dict[str, bytes]) -> None:
    """ECMA-376 agile encryption, as Excel itself writes it."""
    sealed = msoffcrypto.OfficeFile(io.BytesIO(package["gegevens.xlsx"]))
    sealed.load_key(password=released["passphrase"])
    opened = io.BytesIO()
    sealed.decrypt(opened)
    assert "xl/workbook.xml" in zipfile.ZipFile(opened).namelist()


def test_the_dossier_tells_what_is_held_about_the_subject(package: dict[str, bytes]) -> None:
    """Her own record, her contact, her letter; the plate that is hers."""
    dossier = orjson.loads(package["dossier.json"])
    rows = {(c["source"], c["entity"]): c["rows"] for c in dossier["collections"]}
    assert rows["hulp", "client"][0]["ACHTERNAAM"] == f"{CANARY}-Zomer"
    assert len(rows["hulp", "contact"]) == 1
    assert [row["kenteken"] for row in rows["passen", "passen"]] == ["G-001-BB"]
    assert [document["pages"] for document in dossier["documents"]] == [1]


def test_nothing_of_another_person_is_in_any_file(released: dict[str, Any], package: dict[str, bytes]) -> None:
    """Not the other client, not the mother's first name or phone, not the password, not the unclassified column."""
    text = package["dossier.json"].decode()
    for name in ("besluit.pdf", "dossier.pdf", "documenten.pdf"):
        pdf = pypdfium2.PdfDocument(package[name], password=released["passphrase"])
        text += "\n".join(page.get_textpage().get_text_range() for page in pdf)
    assert [value for value in ("Andreas", OTHER_BSN, "Wilhelmina", "48151623", "geheim-woord", "xyzzy", "H-999-XX") if value in text] == []


def test_the_account_balances_and_covers_every_entity(released: dict[str, Any]) -> None:
    """collected = disclosed + redacted + withheld, for cells and documents of each entity."""
    assert [(line["source"], line["entity"]) for line in released["accounting"]] == [
        ("archief", "brief"), ("hulp", "client"), ("hulp", "contact"), ("passen", "passen"),
    ]  # fmt: skip
    for line in released["accounting"]:
        for tally in (line["cells"], line["documents"]):
            assert tally["collected"] == tally["disclosed"] + tally["redacted"] + tally["withheld"]


def test_an_unclassified_column_is_withheld_counted_and_reported(released: dict[str, Any], package: dict[str, bytes]) -> None:
    """NIEUW is in the table but not in sources.yaml: never shown, always told of."""
    alarms = [alarm for line in released["coverage"] for alarm in line["alarms"]]
    assert any("NIEUW" in alarm for alarm in alarms)
    withheld = [(r["source"], r["entity"], r["column"]) for r in orjson.loads(package["dossier.json"])["redactions"]]
    assert ("hulp", "client", "NIEUW") in withheld


def test_the_trail_verifies_afterwards(nergenshuizen: Gemeente, released: dict[str, Any]) -> None:
    """Who did what can be shown, and the chain is whole."""
    assert released["request"]
    assert nergenshuizen.json("audit", "verify")["entries"] > 5
