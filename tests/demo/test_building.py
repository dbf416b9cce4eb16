"""Building: the same seed gives the same town, in whole and quickly."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

import demo
from config.errors import SourceUnavailable
from demo.building import STAMP

ROOT = Path(__file__).parent.parent.parent


def _contents(folder: Path) -> dict[str, str]:
    """Each file by a hash; of the sealed letter only that it is there, for each sealing draws a new key."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    sealed = "SHV-2024-0031"
    return {str(path.relative_to(folder)): "" if sealed in path.name else hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_the_same_seed_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    """Databases, workbook, CSV, PDF, DOCX, mail, notes and register; the sealed letter opens to the same text."""
    demo.build(tmp_path)
    assert _contents(tmp_path) == _contents(folder)
    name = "documenten/brieven/SHV-2024-0031 plan van aanpak.pdf"
    assert _sealed(folder / name) == _sealed(tmp_path / name)


def _sealed(path: Path) -> bytes:
    """What the first page of the sealed letter shows."""
    with pikepdf.open(path, password="Voorbeeld-2024") as pdf:
        return pdf.pages[0].Contents.read_bytes()


def test_another_seed_gives_another_town_with_the_same_story(folder: Path, tmp_path: Path) -> None:
    """Chance moves the others; the cast stays."""
    demo.build(tmp_path, seed=7)
    assert (tmp_path / "brp.json").read_bytes() != (folder / "brp.json").read_bytes()
    assert demo.RESIDENT.bsn in (tmp_path / "brp.json").read_text(encoding="utf-8")


def test_a_town_that_stands_is_left_alone_and_a_half_built_one_is_built_anew(tmp_path: Path) -> None:
    """The stamp is written last."""
    demo.build(tmp_path)
    (tmp_path / "wmo.sqlite").write_bytes(b"mine now")
    demo.build(tmp_path)
    assert (tmp_path / "wmo.sqlite").read_bytes() == b"mine now"
    (tmp_path / STAMP).unlink()
    demo.build(tmp_path)
    assert (tmp_path / "wmo.sqlite").read_bytes().startswith(b"SQLite format 3")


def test_what_else_lies_in_the_folder_is_not_touched(tmp_path: Path) -> None:
    """A town is built around what somebody put there."""
    (tmp_path / "mine.txt").write_text("keep", encoding="utf-8")
    demo.build(tmp_path)
    assert (tmp_path / "mine.txt").read_text(encoding="utf-8") == "keep"


@pytest.mark.parametrize("kind", ["brieven", "verslagen", "mail", "notities"])
def test_every_folder_of_documents_is_filled(folder: Path, kind: str) -> None:
    """About forty documents, a dozen about the resident."""
    assert len(list((folder / "documenten" / kind).iterdir())) >= 5


def test_there_is_a_sealed_letter_and_a_letter_that_is_only_a_picture(folder: Path) -> None:
    """Both must end in front of a person, never in silence."""
    letters = folder / "documenten" / "brieven"
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(letters / "SHV-2024-0031 plan van aanpak.pdf")
    with pikepdf.open(letters / "scan 999944897 verklaring moeder.pdf") as scan:
        text = pypdfium2.PdfDocument(letters / "scan 999944897 verklaring moeder.pdf")[0].get_textpage().get_text_range()
        assert (text, len(scan.pages[0].get_images())) == ("", 1)


def test_the_order_of_hashes_decides_nothing(tmp_path: Path) -> None:
    """Two processes, two hash seeds, the same town; each with a PDF library that nothing else has set up."""
    for order in ("1", "4242"):
        code = f"import demo, pathlib; demo.build(pathlib.Path({str(tmp_path / order)!r}))"
        subprocess.run([sys.executable, "-W", "error", "-c", code], cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": order}, check=True)
    assert _contents(tmp_path / "1") == _contents(tmp_path / "4242")


def test_importing_the_town_loads_none_of_what_builds_it() -> None:
    """Every command imports it; few need a town."""
    code = (
        "import sys, demo; print([name for name in ('reportlab', 'openpyxl', 'docx', 'fastapi', 'uvicorn', 'yaml') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_a_town_that_was_never_built_cannot_run(tmp_path: Path) -> None:
    """One sentence, with what to do."""
    with pytest.raises(SourceUnavailable, match="Build it first"), demo.running(tmp_path):
        pass
