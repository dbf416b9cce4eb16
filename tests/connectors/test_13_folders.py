"""Chapter 13. Folders as they are: bundles, scans, texts read once, and letters to somebody of the same name."""

from __future__ import annotations

import io
import os
import shutil
import time
import zipfile
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from config.collection import Answer, Document, Outcome
from connectors.exports.index import Cabinet
from connectors.files import recognised, remembered
from connectors.files.reading import read
from tests.connectors.compound import inner, msg
from tests.connectors.made import BSN, OTHER, collect, entity, source

BY_TEXT = {"TEXT": "subject.bsn"}
BY_NAME = {"TEXT": "subject.name", "DATE": "subject.birth_date"}


def search(folder: Path, match: object = BY_TEXT, **options: object) -> Answer:
    return collect(source("documents", str(folder), entity("brief", match, [], table="."), options=options))


def found(answer: Answer) -> list[Document]:
    return [document for c in answer.collections for document in c.documents]


def bundle(**files: str | bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as container:
        for name, data in files.items():
            container.writestr(name.replace("__", "."), data)
    return out.getvalue()


def scan(text: str) -> bytes:
    """A PDF of one page that is a picture of this text."""
    picture = Image.new("RGB", (1240, 600), "white")
    ImageDraw.Draw(picture).text((60, 60), text, fill="black", font=ImageFont.load_default(48))
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.drawImage(ImageReader(picture), 20, 400, 560, 270)
    canvas.save()
    return out.getvalue()


def test_of_a_zip_only_the_files_about_the_subject_come_along(tmp_path: Path) -> None:
    """A bundle of letters is no dossier: each is judged by itself, and one that cannot be read is counted."""
    (tmp_path / "post.zip").write_bytes(
        bundle(een__txt=f"Aan BSN {BSN}", twee__txt=f"Aan BSN {OTHER}", map__zip=bundle(drie__txt=f"Ook {BSN}"), vier__bin=b"\0\1")
    )
    answer = search(tmp_path)
    assert sorted(d.pages for d in found(answer) if "BSN" in d.pages[0] or "Ook" in d.pages[0]) == [(f"Aan BSN {BSN}",), (f"Ook {BSN}",)]
    assert OTHER not in str([d.pages for d in found(answer)])
    assert (answer.coverage.status, "1 bestand" in answer.coverage.message) == (Outcome.PARTIAL, True)


def test_a_zip_named_for_the_subject_comes_whole(tmp_path: Path) -> None:
    """Who made the bundle said whose it is."""
    (tmp_path / f"dossier {BSN}.zip").write_bytes(bundle(een__txt="zonder naam", twee__txt="ook zonder"))
    assert len(found(search(tmp_path, {"FILENAME": "subject.bsn"}))) == 3


def test_an_unsafe_or_locked_zip_is_not_opened() -> None:
    """Bombs and passwords are told, whatever is inside."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as container:
        container.writestr("bom.txt", b"0" * 300_000_000)
    assert "onveilig" in read(out.getvalue(), "a.zip")[0].unreadable
    nested = bundle(een__txt="diep")
    for _ in range(8):
        nested = bundle(binnen__zip=nested)
    assert "onveilig" in read(nested, "a.zip")[-1].unreadable


@pytest.mark.skipif(not shutil.which("tesseract"), reason="Tesseract is not installed")
def test_a_scan_is_found_by_what_stands_on_it(tmp_path: Path) -> None:
    """Its text is recognised, and told to hold errors, so that a person looks."""
    (tmp_path / "scan.pdf").write_bytes(scan(f"Burgerservicenummer {BSN}"))
    (document,) = found(search(tmp_path))
    assert BSN in document.pages[0].replace(" ", "")
    assert "tekstherkenning" in document.unreadable


def test_a_scan_is_unreadable_where_nothing_recognises_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted, and never taken for an empty page."""
    monkeypatch.setattr(recognised, "program", lambda: "")
    (tmp_path / "scan.pdf").write_bytes(scan(f"Burgerservicenummer {BSN}"))
    answer = search(tmp_path)
    assert (answer.coverage.status, found(answer)) == (Outcome.PARTIAL, [])


def test_a_folder_is_read_once_and_nothing_of_it_lies_in_the_clear(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same documents with the same hashes, without reading again; a changed file is read anew; without the key nothing is known."""
    folder, home = tmp_path / "map", tmp_path / "home"
    folder.mkdir()
    (folder / "een.txt").write_text(f"Aan BSN {BSN}, over hulp", encoding="utf-8")
    cabinet = Cabinet(home, b"k" * 32)
    first = found(search(folder, cabinet=cabinet))
    with monkeypatch.context() as patched:
        patched.setattr("connectors.documents.read", lambda data, name: pytest.fail("it was read again"))
        assert found(search(folder, cabinet=cabinet)) == first
    (kept,) = [path for path in home.rglob("*") if path.is_file()]
    assert b"hulp" not in kept.read_bytes()
    assert (BSN in kept.name, kept.stat().st_mode & 0o077) == (False, 0)
    assert found(search(folder, cabinet=Cabinet(home, b"x" * 32))) == first
    (folder / "een.txt").write_text(f"Aan BSN {BSN}, anders", encoding="utf-8")
    assert "anders" in found(search(folder, cabinet=cabinet))[0].pages[0]


def test_a_text_that_nobody_asks_for_is_removed(tmp_path: Path) -> None:
    """What is kept goes away when its file did."""
    folder, home = tmp_path / "map", tmp_path / "home"
    folder.mkdir()
    (folder / "een.txt").write_text(f"Aan BSN {BSN}", encoding="utf-8")
    search(folder, cabinet=Cabinet(home, b"k" * 32))
    for path in home.rglob("*"):
        os.utime(path, (time.time() - remembered.UNUSED - 60,) * 2)
    (folder / "een.txt").unlink()
    search(folder, cabinet=Cabinet(home, b"k" * 32))
    assert not [path for path in home.rglob("*") if path.is_file()]


def test_a_letter_to_somebody_of_the_same_name_is_looked_at(tmp_path: Path) -> None:
    """The right name and birth date beside the BSN of another: far below any threshold, and it says why."""
    (tmp_path / "a.txt").write_text(f"Johanna van der Berg, 9-3-1980, BSN {OTHER}", encoding="utf-8")
    (tmp_path / "b.txt").write_text("Johanna van der Berg, 9-3-1980", encoding="utf-8")
    matches = [document.match for document in found(search(tmp_path, BY_NAME))]
    assert [match.score for match in matches] == [0.3, 0.85]
    assert "another BSN stands in it" in matches[0].by


@pytest.mark.timeout(30)
def test_no_pattern_takes_long_over_a_hostile_text() -> None:
    """Whatever is looked for: a text of one repeated mark or word ends in time that grows with its length."""
    from connectors.files.mentions import Text
    from tests.connectors.made import JOHANNA

    person = JOHANNA.person
    for hostile in (
        "1" * 50_000,
        "1 " * 50_000,
        "johanna " * 20_000,
        "j. " * 30_000,
        "a-" * 50_000,
        "0612345678 " * 5_000,
        "van der " * 20_000,
    ):
        text = Text([hostile])
        text.bsn(BSN), text.other_bsn(BSN), text.phone("0612345678"), text.email("joke@voorbeeld.example"), text.key("Z-2026-12")
        text.birth_date(person.birth_date), [text.name(name) for name in person.names], [text.address(a) for a in person.addresses]
        assert not text.bsn(BSN)


def test_an_outlook_message_is_read_with_all_that_is_attached(tmp_path: Path) -> None:
    """Sender, recipient, subject and body; each file attached is read as any other, and one that is none is told."""
    files = read(
        msg("Uw aanvraag", f"Over BSN {BSN}", "loket@nergenshuizen.example", "joke@voorbeeld.example", ("n.txt", b"Nota")), "a.msg"
    )
    assert files[0].media_type == "application/vnd.ms-outlook"
    for said in ("Uw aanvraag", f"Over BSN {BSN}", "loket@nergenshuizen.example", "joke@voorbeeld.example"):
        assert said in files[0].pages[0]
    assert [(file.name, file.pages) for file in files[1:]] == [("n.txt", ("Nota",))]
    assert "beschadigd" in read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.msg")[0].unreadable
    (tmp_path / "a.msg").write_bytes(msg("x", f"Over BSN {BSN}", "a@b.example", "c@d.example", ("foto.bin", b"\0\1")))
    assert [bool(document.unreadable) for document in found(search(tmp_path))] == [False, True]


def test_a_message_that_lies_in_an_outlook_message_is_read_with_what_lies_in_it() -> None:
    """As Outlook keeps a message that is forwarded as an attachment: message in message in message, each with its files."""
    deepest = inner("Bijlage erbij", "Het derde bericht.", "c@d.example", "e@f.example", ("diep.txt", b"In de bijlage van de bijlage"))
    second = inner("Ter informatie", f"Over BSN {BSN} en meer.", "a@b.example", "c@d.example", ("brief.txt", b"Nota"), ("nog een", deepest))
    files = read(msg("Doorgestuurd", "Zie bijlage.", "a@b.example", "c@d.example", ("bericht", second)), "a.msg")
    assert [(file.inside, bool(file.unreadable)) for file in files] == [(0, False), (1, False), (2, False), (2, False), (3, False)]
    assert "Ter informatie" in files[1].pages[0]
    assert BSN in files[1].pages[0]
    assert [file.pages[0] for file in (files[2], files[4])] == ["Nota", "In de bijlage van de bijlage"]


def test_messages_in_messages_without_end_are_told_as_unreadable() -> None:
    """From some depth on nothing is opened, and all of it is counted."""
    made = inner("x", "diepste", "a@b.example", "c@d.example")
    for _ in range(30):
        made = inner("x", "y", "a@b.example", "c@d.example", ("z", made))
    files = read(msg("x", "buitenste", "a@b.example", "c@d.example", ("z", made)), "a.msg")
    assert [bool(file.unreadable) for file in files][-1]
    assert "diepste" not in str([file.pages for file in files])
