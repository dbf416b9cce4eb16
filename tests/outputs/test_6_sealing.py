"""Outputs, chapter 6: each file is sealed on its own, so that a resident opens it with what they have."""

from __future__ import annotations

import math
import random
import shutil
import subprocess
import zipfile
from collections import Counter
from collections.abc import Callable
from io import BytesIO
from itertools import product
from pathlib import Path

import msoffcrypto
import openpyxl
import pikepdf
import pypdfium2
import pytest
import pyzipper

import outputs
from benchmarks.outputs.wordlist import COUNT, derive
from config.errors import LeakError
from outputs.passphrases import word_list
from tests.outputs import sample

PASS = "fiets-appel-molen-wolk-trein"
DICTIONARY = Path("/usr/share/dict/dutch")


@pytest.fixture(scope="module")
def package(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return outputs.seal(folder, tmp_path_factory.mktemp("sealed") / "pakket.zip", PASS)


def member(package: Path, name: str) -> BytesIO:
    with zipfile.ZipFile(package) as archive:
        return BytesIO(archive.read(name))


def test_the_package_is_a_plain_zip_with_six_files(package: Path) -> None:
    """Any computer opens it; only the read-me can be read without the passphrase."""
    with zipfile.ZipFile(package) as archive:
        assert archive.namelist() == ["LEESMIJ.txt", "besluit.pdf", "documenten.pdf", "dossier.pdf", "gegevens.xlsx", "gegevens.zip"]
        assert {m.compress_type for m in archive.infolist()} == {zipfile.ZIP_STORED}
        assert {m.date_time for m in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_outside_tells_nothing_about_the_resident(package: Path) -> None:
    """Neither names nor the read-me hold a name, a number or the number of the request."""
    said = member(package, "LEESMIJ.txt").getvalue().decode()
    raw = package.read_bytes()
    for value in ("Ruĳter", "Ruijter", "999990019", "INZ-2026"):
        assert value not in said
        assert value.encode() not in raw


def test_the_read_me_names_every_file_and_how_to_open_it(package: Path) -> None:
    """In plain Dutch, with whom to call."""
    said = member(package, "LEESMIJ.txt").getvalue().decode()
    with zipfile.ZipFile(package) as archive:
        assert [name for name in archive.namelist() if name not in said and name != "LEESMIJ.txt"] == []
    assert "0599 123 456" in said


@pytest.mark.parametrize("name", ["besluit.pdf", "dossier.pdf", "documenten.pdf"])
def test_a_pdf_is_aes_256_and_may_be_read_printed_and_copied(package: Path, name: str) -> None:
    """R6 (ISO 32000-2), readable by screen readers."""
    with pikepdf.open(member(package, name), password=PASS) as held:
        assert (held.encryption.R, held.encryption.bits) == (6, 256)
        assert held.allow.accessibility and held.allow.extract and held.allow.print_highres
        assert not held.allow.modify_other
        assert not held.owner_password_matched


@pytest.mark.parametrize("wrong", ["", "fiets", PASS.upper()])
def test_a_pdf_opens_with_nothing_else(package: Path, wrong: str) -> None:
    """Not with an empty password, not with another case."""
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(member(package, "dossier.pdf"), password=wrong)


def test_other_readers_open_the_pdf_too(package: Path, tmp_path: Path) -> None:
    """PDFium (Chrome, Edge) and poppler."""
    content = member(package, "dossier.pdf").getvalue()
    assert "Dit staat er over u" in pypdfium2.PdfDocument(content, password=PASS)[0].get_textpage().get_text_range()
    (tmp_path / "d.pdf").write_bytes(content)
    said = subprocess.run(["pdftotext", "-upw", PASS, str(tmp_path / "d.pdf"), "-"], capture_output=True, text=True, check=True).stdout
    assert "Dit staat er over u" in said


def test_the_workbook_asks_for_the_passphrase(package: Path, folder: Path) -> None:
    """ECMA-376 agile: Excel and LibreOffice open it; unsealed it is the very file that was approved."""
    held = msoffcrypto.OfficeFile(member(package, "gegevens.xlsx"))
    held.load_key(password=PASS, verify_password=True)
    out = BytesIO()
    held.decrypt(out)
    assert out.getvalue() == (folder / "gegevens.xlsx").read_bytes()


def test_the_data_for_programs_are_in_an_aes_zip(package: Path, folder: Path) -> None:
    """WinZip AES-256, for 7-Zip and the like."""
    with pyzipper.AESZipFile(member(package, "gegevens.zip")) as archive:
        assert archive.namelist() == ["dossier.json", "dossier.schema.json", "manifest.json"]
        assert {m.wz_aes_strength for m in archive.infolist()} == {3}
        assert archive.read("dossier.json", pwd=PASS.encode()) == (folder / "dossier.json").read_bytes()
        with pytest.raises(RuntimeError):
            archive.read("dossier.json", pwd=b"fiets")


def test_a_passphrase_is_five_words_of_the_list() -> None:
    """61 bits of chance: five of 7,776, of which the share that is short enough is drawn again and again."""
    drawn = outputs.passphrase(random.Random(1)).split("-")  # noqa: S311  a test wants the same words again
    assert len(drawn) == 5
    assert set(drawn) <= set(word_list())
    assert 5 * math.log2(len(word_list())) + math.log2(_share_of(32 - 4)) > 61


def _share_of(letters: int) -> float:
    """How many in one of all draws of five words have so many letters or fewer."""
    lengths = Counter(map(len, word_list()))
    total = Counter({0: 1})
    for _ in range(5):
        total = _sums(total, lengths)
    return sum(count for length, count in total.items() if length <= letters) / total.total()


def _sums(some: Counter[int], more: Counter[int]) -> Counter[int]:
    added: Counter[int] = Counter()
    for a, b in product(some, more):
        added[a + b] += some[a] * more[b]
    return added


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="Poppler is not installed")
def test_a_passphrase_opens_the_letter_in_a_program_that_reads_32_characters(folder: Path, tmp_path: Path) -> None:
    """Poppler's programs cut a longer password, and say that it is wrong."""
    drawn = max((outputs.passphrase() for _ in range(50)), key=len)
    zipfile.ZipFile(outputs.seal(folder, tmp_path / "x.zip", drawn)).extract("besluit.pdf", tmp_path)
    told = subprocess.run(["pdftotext", "-upw", drawn, str(tmp_path / "besluit.pdf"), "-"], capture_output=True, check=True)
    assert b"INZ-2026-000042" in told.stdout


def test_passphrases_differ() -> None:
    """They come from the system's source of chance."""
    assert len({outputs.passphrase() for _ in range(100)}) == 100


def test_the_words_are_plain() -> None:
    """7,776 words, each once, of 4 to 8 letters a-z."""
    assert len(set(word_list())) == len(word_list()) == COUNT == 6**5
    assert all(4 <= len(word) <= 8 and word.isascii() and word.islower() and word.isalpha() for word in word_list())
    assert not {"moord", "neuken", "kanker", "oorlog", "dood", "jan", "anna", "islam"} & set(word_list())


@pytest.mark.skipif(not DICTIONARY.exists(), reason="needs the Debian package wdutch")
def test_the_words_are_those_that_the_script_derives() -> None:
    """`words.txt` can be made again from its source."""
    assert derive(DICTIONARY) == word_list()


def test_sealing_does_not_touch_the_folder(folder: Path, package: Path) -> None:
    """The unsealed files stay as they were approved."""
    assert package.exists()
    assert outputs.check_leaks(folder, sample.SECRETS)


# -- what was approved is what leaves -----------------------------------------------------------------------------------


def altered(folder: Path, tmp_path: Path, change: Callable[[Path], object]) -> Path:
    """A package of other files than those in `folder`."""
    other = Path(shutil.copytree(folder, tmp_path / "other"))
    change(other)
    return outputs.seal(other, tmp_path / "pakket.zip", PASS)


def another_letter(folder: Path) -> None:
    with pikepdf.open(folder / "besluit.pdf", allow_overwriting_input=True) as held:
        held.docinfo["/Subject"] = "anders"
        held.save(folder / "besluit.pdf")


def another_page(folder: Path) -> None:
    with pikepdf.open(folder / "dossier.pdf", allow_overwriting_input=True) as held:
        held.pages[0].Contents = held.make_stream(held.pages[0].Contents.read_bytes() + b"\n")
        held.save(folder / "dossier.pdf")


def another_cell(folder: Path) -> None:
    held = openpyxl.load_workbook(folder / "gegevens.xlsx")
    held["Bijstand en uitkering"]["B2"] = "anders"
    held.save(folder / "gegevens.xlsx")


def another_value(folder: Path) -> None:
    (folder / "dossier.json").write_bytes((folder / "dossier.json").read_bytes().replace(b"INZ-2026", b"INZ-2027"))


def one_too_many(folder: Path) -> None:
    shutil.copy(folder / "besluit.pdf", folder / "extra.pdf")


def one_more_for_programs(folder: Path) -> None:
    (folder / "extra.json").write_text("{}")


def one_too_few(folder: Path) -> None:
    (folder / "documenten.pdf").unlink()


CHANGES = [another_letter, another_page, another_cell, another_value, one_too_many, one_more_for_programs, one_too_few]


def test_a_package_holds_what_was_searched(folder: Path, package: Path) -> None:
    """File by file, opened with the passphrase."""
    outputs.check_same(package, PASS, folder)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_package_of_other_files_is_refused(folder: Path, tmp_path: Path, change: Callable[[Path], None]) -> None:
    """One object, one byte of a page, one cell, one value; one file more or fewer."""
    with pytest.raises(LeakError):
        outputs.check_same(altered(folder, tmp_path, change), PASS, folder)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_file_that_changed_after_its_approval_is_refused(folder: Path, tmp_path: Path, change: Callable[[Path], None]) -> None:
    """The manifest, to which approvals are bound, has the SHA-256 of each."""
    outputs.check_unchanged(folder)
    other = Path(shutil.copytree(folder, tmp_path / "other"))
    change(other)
    with pytest.raises(LeakError, match="is not the file that was approved"):
        outputs.check_unchanged(other)


def test_a_package_that_does_not_open_is_refused(folder: Path, package: Path) -> None:
    """The passphrase that the resident gets is the one that was tried."""
    with pytest.raises(LeakError, match="does not open"):
        outputs.check_same(package, "fiets-appel-molen-wolk-boot", folder)
