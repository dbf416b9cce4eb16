"""What hides in a file: all of it is read, or marked where it stood, or listed as a file that could not be read. Nothing is dropped in silence."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pikepdf
import pytest
from docx import Document as Docx
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image as Drawn
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from connectors.files.reading import read
from tests.connectors.test_6_files import mail, saved

FONT = Path(__file__).parents[2] / "outputs" / "fonts" / "DejaVuSans.ttf"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
HIDDEN = (
    '<w:p><w:r><w:t>Ke</w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:t>es</w:t></w:r></w:p>'
    '<w:p><w:ins w:id="9" w:author="x"><w:r><w:t>INGEVOEGD</w:t></w:r></w:ins></w:p>'
    '<w:p><w:fldSimple w:instr=" MERGEFIELD x "><w:r><w:t>VELDWAARDE</w:t></w:r></w:fldSimple></w:p>'
    "<w:p><w:sdt><w:sdtContent><w:r><w:t>BESTURING</w:t></w:r></w:sdtContent></w:sdt></w:p>"
    "<w:p><w:r><w:t>na</w:t><w:noBreakHyphen/><w:t>streep</w:t></w:r></w:p>"
    '<w:p><m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>FORMULE</m:t></m:r></m:oMath></w:p>'
    '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<wp:docPr id="1" name="x" descr="ALTTEKST"/><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    "<a:t>TEKENTEKST</a:t></a:graphic></wp:inline></w:drawing></w:r></w:p>"
)
MORE = {
    "word/afchunk.htm": b"<html><body>BLOK</body></html>",
    "word/charts/chart1.xml": b'<c:c xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:v>GRAFIEK</c:v></c:c>',
    "word/diagrams/data1.xml": b'<d><a:t xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">SCHEMA</a:t></d>',
    "word/footnotes.xml": f"<w:footnotes {W}><w:p><w:r><w:t>VOETNOOT</w:t></w:r></w:p></w:footnotes>".encode(),
    "word/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
}


def picture(text: str = "x", size: tuple[int, int] = (400, 80)) -> Image.Image:
    made = Image.new("L", size, 255)
    ImageDraw.Draw(made).text((60, 30), text, fill=0, font=ImageFont.truetype(str(FONT), 36))
    return made


def png(image: Image.Image, kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()


def drawn(*draws: Callable[[Canvas], object], size: tuple[float, float] = (400, 400)) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size)
    for draw in draws:
        draw(canvas)
    canvas.save()
    return out.getvalue()


def test_a_word_document_hides_nothing() -> None:
    """Split runs, insertions, fields, controls, formulas, drawings, charts, schemes, chunks and notes are read; an object is listed, a picture marked."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(Docx()))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data.replace(b"<w:body>", b"<w:body>" + HIDDEN.encode()) if name == "word/document.xml" else data)
        for name, data in MORE.items():
            new.writestr(name, data)
    files = read(out.getvalue(), "brief.docx")
    text = "\n".join(page for file in files for page in file.pages)
    for said in [
        "Kees",
        "INGEVOEGD",
        "VELDWAARDE",
        "BESTURING",
        "na-streep",
        "FORMULE",
        "ALTTEKST",
        "TEKENTEKST",
        "BLOK",
        "GRAFIEK",
        "SCHEMA",
        "VOETNOOT",
    ]:
        assert text.count(said) == 1, said
    assert "[afbeelding, niet overgenomen: ALTTEKST]" in text
    assert [file.name for file in files if file.unreadable] == ["oleObject1.bin"]


def test_a_workbook_hides_nothing() -> None:
    """Hidden sheets under their name, comments, lists to choose from, names and heads; a picture is marked, a cache of a table is listed."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"] = "ZICHTBAAR"
    sheet["A1"].comment = Comment("OPMERKING", "x")
    sheet.oddHeader.center.text = "KOPTEKST"
    sheet.add_data_validation(DataValidation(type="list", formula1='"KEUZE,ANDERE"'))
    sheet.data_validations.dataValidation[0].add("B1")
    sheet.add_image(Drawn(io.BytesIO(png(picture()))), "F5")
    for name, state in (("Familie Bakker", "hidden"), ("diep", "veryHidden")):
        other = book.create_sheet(name)
        other["A1"], other.sheet_state = f"IN {name}", state
    book.defined_names["NAAM"] = DefinedName("NAAM", attr_text='"DEFWAARDE"')
    out = io.BytesIO(saved(book))
    with zipfile.ZipFile(out, "a") as container:
        container.writestr("xl/pivotCache/pivotCacheRecords1.xml", "<r><s v='IEMAND ANDERS'/></r>")
    file, cache = read(out.getvalue(), "lijst.xlsx")
    text = "\n".join(file.pages)
    for said in (
        "ZICHTBAAR",
        "OPMERKING",
        "KOPTEKST",
        "KEUZE,ANDERE",
        "DEFWAARDE",
        "[verborgen blad Familie Bakker]\nIN Familie Bakker",
        "[verborgen blad diep]",
        "[afbeelding",
    ):
        assert text.count(said) == 1, said
    assert (cache.pages, "soort bestand" in cache.unreadable, "IEMAND" in text) == ((), True, False)


def test_a_page_hides_nothing() -> None:
    """White text, text that is not drawn, text beside the page, a form and files on its notes are read; pictures are counted on their page."""

    def draw(canvas: Canvas) -> None:
        canvas.drawString(20, 380, "ZICHTBAAR")
        canvas.drawString(900, 900, "ERNAAST")
        canvas.drawImage(ImageReader(picture()), 20, 20, 40, 8)
        canvas.acroForm.textfield(name="v", value="VELDWAARDE", x=20, y=200)
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(20, 350, "WIT")
        unseen = canvas.beginText(20, 300)
        unseen.setTextRenderMode(3)
        unseen.textLine("ONGETEKEND")
        canvas.drawText(unseen)

    with pikepdf.open(io.BytesIO(drawn(draw))) as document:
        hung = pikepdf.Dictionary(F=pikepdf.String("bij.txt"), EF=pikepdf.Dictionary(F=document.make_stream(b"OPGEHANGEN")))
        note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FileAttachment, Rect=[0, 0, 9, 9], FS=hung)
        document.pages[0].Annots.append(document.make_indirect(note))
        file, attached = read(saved(document), "brief.pdf")
    for said in ("ZICHTBAAR", "ERNAAST", "VELDWAARDE", "WIT", "ONGETEKEND", "[1 afbeelding(en) op deze bladzijde, niet overgenomen]"):
        assert file.pages[0].count(said) == 1, said
    assert attached.pages == ("OPGEHANGEN",)


def test_letters_that_only_a_font_can_draw_are_no_text() -> None:
    """A table of letters that names none of them: what comes out is not what the eye sees, so a person must look."""
    table = b"1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfrange <41> <5A> <E041> endbfrange"
    with pikepdf.open(io.BytesIO(drawn(lambda canvas: canvas.drawString(20, 380, "GEHEIMENAAM")))) as document:
        (font,) = document.pages[0].Resources.Font.values()
        font.ToUnicode = document.make_stream(
            b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap " + table + b" endcmap end end"
        )
        assert "alleen het oog" in read(saved(document), "brief.pdf")[0].unreadable


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="text is recognised where Tesseract is installed")
@pytest.mark.parametrize("turned", [0, 90, 180])
@pytest.mark.parametrize("kind", ["PDF", "TIFF", "PNG", "JPEG"])
def test_a_scan_is_read_whichever_way_up_it_lies(kind: str, turned: int) -> None:
    """As a page of a PDF with the number of the scanner on it, or a picture by itself; told to hold errors, so that a person looks."""
    lines = "Geachte mevrouw,\nUw nummer is 999944897 bij ons.\nUw buurvrouw mevrouw Bakker belde.\nZij vertelde dat u hulp nodig hebt."
    image = picture(lines, (1240, 1754)).rotate(turned, expand=True)
    data = png(image, kind)
    if kind == "PDF":
        size = image.width * 0.48, image.height * 0.48
        data = drawn(
            lambda canvas: canvas.drawImage(ImageReader(image), 0, 0, *size), lambda canvas: canvas.drawString(5, 5, "Scan 0012"), size=size
        )
    (file,) = read(data, f"scan.{kind.lower()}")
    assert ("Zij vertelde dat u hulp nodig hebt." in file.pages[0], "Bakker" in file.pages[0]) == (True, True)
    assert "tekstherkenning" in file.unreadable  # figures are misread now and then


def test_a_rich_text_is_read_as_the_eye_sees_it() -> None:
    """Letters by code page and by Unicode, notes; tables of fonts and the author are no text, a picture is marked."""
    text = rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\*\generator X;}{\info{\author GEHEIM}}\pard Ren\'e9e Y\u305?lmaz belt\par tweede {\b vet} regel\tab x{\footnote NOOT}{\pict 89504e47}}"
    (file,) = read(text, "brief.rtf")
    assert (file.pages, file.unreadable) == (("Renée Yılmaz belt\ntweede vet regel\tx\nNOOT[afbeelding, niet overgenomen]",), "")


@given(st.binary(max_size=300))
def test_any_rich_text_is_read_or_told(junk: bytes) -> None:
    """Whatever follows its first word."""
    (file,) = read(b"{\\rtf1 " + junk, "a.rtf")
    assert file.pages or file.unreadable


def test_an_open_document_is_read() -> None:
    """Spans that split a word, tables, notes and comments, headers; what was struck out and pictures are marked. A workbook of that kind is not read."""
    names = " ".join(
        f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for n, long in (("text", "text"), ("office", "office"), ("table", "table"), ("draw", "drawing"))
    )
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>WEG</text:p></text:deletion></text:changed-region></text:tracked-changes>"
        "<text:p>Ke<text:span>es</text:span><text:s text:c='2'/>belt<text:tab/>ons<draw:frame><draw:image/></draw:frame></text:p>"
        "<table:table><table:table-row><table:table-cell><text:p>CEL</text:p></table:table-cell></table:table-row></table:table>"
        "<text:p>x<office:annotation><text:p>OPMERKING</text:p></office:annotation><text:note><text:note-body><text:p>NOOT</text:p></text:note-body></text:note></text:p>"
    )
    for kind, readable in (("text", True), ("spreadsheet", False)):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as container:
            container.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
            container.writestr(
                "content.xml", f"<office:document-content {names}><office:body>{body}</office:body></office:document-content>"
            )
            container.writestr("styles.xml", f"<office:document-styles {names}><text:p>KOPTEKST</text:p></office:document-styles>")
        (file,) = read(out.getvalue(), "brief.odt")
        text = "\n".join(file.pages)
        assert bool(file.pages) is readable
        for said in ("Kees  belt\tons[afbeelding", "CEL", "OPMERKING", "NOOT", "KOPTEKST", "[doorgehaald: WEG]") if readable else ():
            assert text.count(said) == 1, said


@pytest.mark.parametrize(("name", "part"), [("dia.pptx", "ppt/presentation.xml"), ("tekening.odg", "content.xml")])
def test_an_office_file_of_another_kind_is_not_taken_for_a_bundle(name: str, part: str) -> None:
    """Its parts are no letters: as one file that cannot be read it is withheld and listed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as container:
        container.writestr("mimetype", "application/vnd.oasis.opendocument.graphics")
        container.writestr(part, "<x>IEMAND</x>")
    (file,) = read(out.getvalue(), name)
    assert (file.pages, "soort bestand" in file.unreadable) == ((), True)


def test_both_forms_of_a_message_are_read_where_they_differ() -> None:
    """Who writes something else in the HTML than in the plain text hides nothing by it; where they say the same it stands once."""
    for html, both in (("<p>PLAT en ANDERS</p>", True), ("<p>PLAT</p>", False)):
        message = mail("PLAT")
        message.add_alternative(html, subtype="html")
        (file,) = read(message.as_bytes(), "a.eml")
        assert ("ANDERS" in file.pages[0], file.pages[0].count("PLAT")) == (both, 2 if both else 1)
