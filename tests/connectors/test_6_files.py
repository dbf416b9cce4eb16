"""Chapter 6. Files: every usual kind read whole, what cannot be read counted, and found by name or by what they say."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pikepdf
import pytest
from docx.oxml import parse_xml
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from config.collection import Answer, Document, Outcome
from config.person import Subject
from connectors.files.mentions import Text
from connectors.files.reading import media_type_of, read
from connectors.written.likeness import Verdict
from tests.connectors.made import BSN, JOHANNA, OTHER, collect, entity, source

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def pdf(*pages: str, password: str = "", image: bool = False) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out)
    for page in pages:
        if image:
            canvas.drawInlineImage(Image.new("RGB", (200, 100), "white"), 50, 600)
        for number, line in enumerate(page.split("\n")):
            canvas.drawString(72, 750 - 14 * number, line)
        canvas.showPage()
    canvas.save()
    if not password:
        return out.getvalue()
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(out.getvalue())) as document:
        document.save(locked, encryption=pikepdf.Encryption(owner=password, user=password))
    return locked.getvalue()


def letter(*paragraphs: str) -> docx.document.Document:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return document


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def mail(text: str, *attached: tuple[str, bytes]) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "Loket <loket@nergenshuizen.example>", "joke@voorbeeld.example", "Uw aanvraag"
    message["Date"] = "Mon, 05 Jan 2026 10:00:00 +0100"
    message.set_content(text)
    for name, data in attached:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message


def search(folder: Path, match: Any, subject: Subject = JOHANNA, **more: Any) -> Answer:
    return collect(source("documents", str(folder), entity("brief", match, [], table=".", **more)), subject)


def found(answer: Answer) -> list[Document]:
    return [document for c in answer.collections for document in c.documents]


def put(folder: Path, **files: bytes | str) -> Path:
    for name, data in files.items():
        path = folder / name.replace("__", ".").replace("_in_", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return folder


def test_a_pdf_is_read_page_by_page() -> None:
    """With notes, form fields and attached files."""
    (file,) = read(pdf("Geachte mevrouw", "Tweede blad"), "brief.pdf")
    assert (file.pages, file.unreadable, file.media_type) == (("Geachte mevrouw", "Tweede blad"), "", "application/pdf")
    with pikepdf.open(io.BytesIO(file.data)) as document:
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9], Contents=pikepdf.String("Let op: bellen")
        )
        document.pages[0].Annots = document.make_indirect(pikepdf.Array([document.make_indirect(note)]))
        document.attachments["bijlage.txt"] = pikepdf.AttachedFileSpec(document, b"In de bijlage")
        whole, attached = read(saved(document), "brief.pdf")
    assert (whole.pages[0], attached.pages) == ("Geachte mevrouw\nLet op: bellen", ("In de bijlage",))


def test_a_locked_or_scanned_or_broken_pdf_says_why() -> None:
    """In Dutch, for it is shown in the dossier; a file with one scanned page keeps the text of the others."""
    assert "wachtwoord" in read(pdf("geheim", password="x"), "a.pdf")[0].unreadable
    assert "afbeeldingen" in read(pdf("", image=True), "a.pdf")[0].unreadable
    assert "beschadigd" in read(b"%PDF-1.7 kapot", "a.pdf")[0].unreadable
    with pikepdf.open(io.BytesIO(pdf("tekst"))) as one, pikepdf.open(io.BytesIO(pdf("", image=True))) as other:
        one.pages.extend(other.pages)
        (file,) = read(saved(one), "a.pdf")
    assert (file.pages, "bladzijden" in file.unreadable) == (("tekst", ""), True)


def test_everything_in_a_docx_is_read() -> None:
    """Tables, headers, footers, text boxes, hidden text and comments; what was struck out is marked."""
    document = letter("Hoofdtekst")
    document.add_table(1, 2).rows[0].cells[1].text = "In een tabel"
    document.sections[0].header.paragraphs[0].text = "Briefhoofd"
    document.sections[0].footer.paragraphs[0].text = "Voet"
    document.add_comment(document.paragraphs[0].runs, text="Opmerking van collega", author="K", initials="k")
    body = document.element.body
    body.insert(0, parse_xml(f'<w:p {W}><w:del w:id="1" w:author="x"><w:r><w:delText>niet sturen</w:delText></w:r></w:del></w:p>'))
    body.insert(0, parse_xml(f"<w:p {W}><w:r><w:rPr><w:vanish/></w:rPr><w:t>Verborgen</w:t></w:r></w:p>"))
    inside = "<w:txbxContent><w:p><w:r><w:t>In een kader</w:t></w:r></w:p></w:txbxContent>"
    box = f'<w:pict xmlns:v="urn:schemas-microsoft-com:vml"><v:shape><v:textbox>{inside}</v:textbox></v:shape></w:pict>'
    body.insert(0, parse_xml(f"<w:p {W}><w:r>{box}</w:r></w:p>"))
    (file,) = read(saved(document), "brief.docx")
    text = "\n".join(file.pages)
    for said in (
        "Hoofdtekst",
        "In een tabel",
        "Briefhoofd",
        "Voet",
        "Opmerking van collega",
        "Verborgen",
        "In een kader",
        "[doorgehaald: niet sturen]",
    ):
        assert text.count(said) == 1, said


def test_an_unsafe_docx_is_not_opened() -> None:
    """Entities and bombs are refused."""
    good = saved(letter("tekst"))
    for name, data in {"word/document.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "word/document2.xml": b"0" * 300_000_000}.items():
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(good)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            for part in old.namelist():
                new.writestr(part, old.read(part)) if part != name else None
            new.writestr(name, data)
        assert "onveilig" in read(out.getvalue(), "a.docx")[0].unreadable


def test_an_email_is_read_with_all_that_is_attached() -> None:
    """Also a message in a message, and its attachment; each says what it was attached to."""
    inner = mail("Binnenste bericht", ("brief.docx", saved(letter("In de brief"))))
    outer = mail("Buitenste bericht")
    outer.add_attachment(inner)
    files = read(outer.as_bytes(), "a.eml")
    assert ["Buitenste" in files[0].pages[0], "Binnenste" in files[1].pages[0], files[2].pages[0].strip()] == [True, True, "In de brief"]
    assert (files[0].date, files[1].title, "Subject: Uw aanvraag" in files[0].pages[0]) == (date(2026, 1, 5), "bijlage bij a.eml", True)


def test_an_email_of_html_alone_is_read_as_text() -> None:
    """Without scripts and styles, with the text of links and images."""
    message = EmailMessage()
    message["Subject"] = "x"
    message.set_content("<style>p{}</style><p>Beste <b>Joke</b>,</p><script>x()</script><p>caf&eacute;<br>twee</p>", subtype="html")
    assert read(message.as_bytes(), "a.eml")[0].pages == ("Subject: x\n\nBeste Joke,\n\ncafé\ntwee",)


def test_other_kinds_of_file() -> None:
    """Text in any encoding, a workbook by sheet, HTML with its title, and what no reader knows."""
    assert read("Één café".encode("cp1252"), "a.txt")[0].pages == ("Één café",)
    assert read("Één".encode("utf-16"), "a.txt")[0].pages == ("Één",)
    book = openpyxl.Workbook()
    book.active.append(["BSN", 12])
    assert read(saved(book), "a.xlsx")[0].pages == ("BSN\t12",)
    assert read(b"<html><head><title>Titel</title></head><body><p>tekst</body>", "a.html")[0].pages == ("Titel\n\ntekst",)
    assert "soort bestand" in read(b"\x00\x01\x02", "a.bin")[0].unreadable
    assert "wachtwoord" in read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "a.docx")[0].unreadable


@given(
    st.binary(max_size=400),
    st.sampled_from(["pdf", "docx", "xlsx", "eml", "html", "txt", "bin"]),
    st.sampled_from([b"", b"%PDF-1.4\n", b"PK\x03\x04"]),
)
@settings(max_examples=150, deadline=None)
def test_junk_breaks_no_reader(junk: bytes, suffix: str, head: bytes) -> None:
    """Any bytes under any name are pages, or a reason."""
    for file in read(head + junk, f"x.{suffix}"):
        assert file.pages or file.unreadable
    media_type_of(head + junk, "x")


@pytest.mark.parametrize(
    ("text", "key", "sure"),
    [
        ("Dossiernummer 4711 van mevrouw", "4711", 1.0),
        ("Woont op Dorpsstraat 4711", "4711", 0.5),
        ("Bedrag 14711 euro", "4711", 0.0),
        ("zaak Z-2026-0012 loopt", "Z-2026-0012", 1.0),
        ("zaak Z_2026_0012_besluit", "Z-2026-0012", 1.0),
        ("zaak Z-2026-00123", "Z-2026-0012", 0.0),
    ],
)
def test_a_key_is_a_whole_word(text: str, key: str, sure: float) -> None:
    """A short number in a text may be anything, unless the words before it say that it is a key."""
    assert Text([text]).key(key) == sure


@pytest.mark.parametrize(
    ("text", "held"), [(f"BSN: {BSN}.", True), ("9999.90.019", True), ("999 990 019", True), (f"1{BSN}", False), (f"{BSN}0", False)]
)
def test_a_bsn_is_a_number_of_its_own(text: str, held: bool) -> None:
    """Not a piece of a longer one."""
    assert Text([text]).bsn(BSN) is held


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Mevrouw Johanna van der Berg belde", Verdict.SAME),
        ("Joke van der Berg", Verdict.SAME),
        ("Berg, Johanna", Verdict.SAME),
        ("van der Berg, Johanna", Verdict.SAME),
        ("mevr. J.M. van der Berg", Verdict.INITIALS),
        ("Petra van der Berg", Verdict.OTHER),
        ("de familie van der Berg", Verdict.OTHER),
        ("Johanna liep naar de van der Bergstraat", Verdict.OTHER),
    ],
)
def test_a_name_is_mentioned_by_given_and_family_name_together(text: str, verdict: Verdict) -> None:
    """A family name alone is a family's."""
    assert Text([text]).name(JOHANNA.person.names[0]) is verdict


def test_files_are_found_by_their_name(tmp_path: Path) -> None:
    """The key is a whole word of the file name, or of a folder's; others are not even opened."""
    folder = put(
        tmp_path,
        **{"klant 4711 besluit__txt": "een", "klant 14711__txt": "twee", "4711_in_brief__txt": "drie", "klant 4712__pdf": b"%PDF kapot"},
    )
    known = Subject(JOHANNA.person, keys={"hulp.klant": ("4711",)})
    answer = search(folder, {"FILENAME": "hulp.klant"}, known)
    assert (answer.coverage.status, [(d.id, d.pages, d.match.score) for d in found(answer)]) == (
        Outcome.FOUND,
        [("0001", ("drie",), 1.0), ("0002", ("een",), 1.0)],
    )


def test_files_are_found_by_what_they_say(tmp_path: Path) -> None:
    """By BSN, or by name and birth date together; the score says which."""
    folder = put(
        tmp_path,
        a__txt=f"BSN {BSN}",
        b__txt="Johanna van der Berg, geboren 9 maart 1980",
        c__txt="Johanna van der Berg, geboren 9 maart 1981",
        d__txt="Petra van der Berg, geboren 9 maart 1980",
        e__txt=f"BSN {OTHER}",
    )
    answer = search(folder, [{"TEXT": "subject.bsn"}, {"TEXT": "subject.name", "DATE": "subject.birth_date"}])
    assert [(d.file, d.match.score, d.match.by) for d in found(answer)] == [
        ("a.txt", 1.0, "TEXT = subject.bsn"),
        ("b.txt", 0.85, "TEXT = subject.name + DATE = subject.birth_date"),
    ]


def test_what_cannot_be_read_might_hold_something(tmp_path: Path) -> None:
    """Such files make the answer partial, are counted for the resident, and named to nobody."""
    folder = put(tmp_path, a__txt=f"BSN {BSN}", b__pdf=pdf("x", password="y"), c__doc=b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Thumbs__db=b"x")
    answer = search(folder, {"TEXT": "subject.bsn"})
    assert (answer.coverage.status, len(found(answer))) == (Outcome.PARTIAL, 1)
    assert (
        answer.coverage.message == "Wij vonden 1 document, maar 2 bestanden konden wij niet lezen; daar kan dus nog iets over u in staan."
    )
    assert any("2 files could not be read" in alarm for alarm in answer.coverage.alarms)


def test_a_locked_file_that_is_named_for_the_subject_comes_along(tmp_path: Path) -> None:
    """It is held, so it is shown as held, with why it could not be read."""
    folder = put(tmp_path, **{f"{BSN} indicatie__pdf": pdf("x", password="y")})
    answer = search(folder, [{"FILENAME": "subject.bsn"}, {"TEXT": "subject.bsn"}])
    assert (answer.coverage.status, [(d.pages, "wachtwoord" in d.unreadable) for d in found(answer)]) == (Outcome.FOUND, [((), True)])


def test_the_parts_of_a_message_come_together(tmp_path: Path) -> None:
    """A part that says nothing of the subject comes with the part that does, for a person to judge."""
    folder = put(tmp_path, bericht__eml=mail(f"Het gaat om BSN {BSN}", ("lijst.txt", b"Iets over iemand anders")).as_bytes())
    assert [(d.match.score, d.title) for d in found(search(folder, {"TEXT": "subject.bsn"}))] == [
        (1.0, "bericht.eml"),
        (0.6, "bijlage bij bericht.eml"),
    ]


def test_a_table_outside_the_folder_is_refused(tmp_path: Path) -> None:
    """`table: ../elders` would read what the source is not about."""
    put(tmp_path / "map", a__txt="x")
    answer = collect(source("documents", str(tmp_path / "map"), entity("brief", {"TEXT": "subject.bsn"}, [], table="../")))
    assert answer.coverage.status is Outcome.FAILED


def names_of(files: Sequence[Document]) -> list[str]:
    return [file.file for file in files]


def test_the_order_of_files_is_that_of_their_paths(tmp_path: Path) -> None:
    """So that numbers are the same in every run."""
    folder = put(tmp_path, b__txt=f"{BSN}", a_in_z__txt=f"{BSN}", c__txt=f"{BSN}")
    assert names_of(found(search(folder, {"TEXT": "subject.bsn"}))) == ["a/z.txt", "b.txt", "c.txt"]
