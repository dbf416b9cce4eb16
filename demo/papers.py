"""One file of the folder of documents in each of its kinds: letter, sealed letter, scan, report, mail, note."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from html import escape
from pathlib import Path
from types import MappingProxyType
from typing import Any
from zlib import crc32

import docx
import pikepdf
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer

from demo.packed import settled

Paper = Mapping[str, Any]
"""What `systems/documents.yaml` says of one document."""

FONT = "Vera"  # comes with reportlab, and knows Turkish


def write(folder: Path, paper: Paper) -> None:
    """Write the file that `paper` describes below `folder`."""
    path = folder / paper["file"]
    path.parent.mkdir(parents=True, exist_ok=True)
    WRITERS[paper["kind"]](path, paper)


def _letter(path: Path, paper: Paper) -> None:
    path.write_bytes(_pdf(paper))


def _sealed(path: Path, paper: Paper) -> None:
    """A PDF that opens with a password only."""
    with pikepdf.open(io.BytesIO(_pdf(paper))) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(user=paper["password"], owner=paper["password"], R=6), static_id=True)


def _pdf(paper: Paper) -> bytes:
    registerFont(TTFont(FONT, "Vera.ttf"))
    style = ParagraphStyle("letter", fontName=FONT, fontSize=9.5, leading=14)
    text = ParagraphStyle("text", style, spaceAfter=3 * mm)
    head = ParagraphStyle("head", style, fontSize=13, textColor=HexColor(0x154273), spaceAfter=14 * mm)
    parts: list[Flowable] = [Paragraph("Gemeente Voorbeeldstad", head), *_lines(paper["to"], style), Spacer(1, 8 * mm)]
    parts += _lines([f"Datum: {paper['day'][8:]}-{paper['day'][5:7]}-{paper['day'][:4]}", f"Onderwerp: {paper['title']}"], style)
    parts += [
        Spacer(1, 8 * mm),
        *_lines(paper["text"], text),
        Spacer(1, 5 * mm),
        *_lines(["Met vriendelijke groet,", paper["from"]], style),
    ]
    written = io.BytesIO()
    SimpleDocTemplate(written, pagesize=A4, title=paper["title"], author=paper["from"], topMargin=20 * mm, invariant=1).build(parts)
    return _dated(written, paper)


def _dated(written: io.BytesIO, paper: Paper) -> bytes:
    """The PDF with the day of the letter as the day it was made: reportlab writes the turn of the century in files that must not differ."""
    dated = io.BytesIO()
    with pikepdf.open(written) as pdf:
        pdf.docinfo.CreationDate = pdf.docinfo.ModDate = f"D:{paper['day'].replace('-', '')}093000+01'00'"
        pdf.save(dated, static_id=True)
    return dated.getvalue()


def _lines(lines: Sequence[str], style: ParagraphStyle) -> list[Flowable]:
    return [Paragraph(escape(line), style) for line in lines]


def _scan(path: Path, paper: Paper) -> None:
    """A page that is only a picture of text, a little askew, as a flatbed gives it."""
    page = Image.new("L", (1240, 1754), 248)
    font = ImageFont.truetype(str(_font_file()), 26)
    draw = ImageDraw.Draw(page)
    for number, line in enumerate(_wrapped([*paper["to"], "", paper["day"], "", *paper["text"], "", paper["from"]])):
        draw.text((150, 180 + 44 * number), line, fill=40, font=font)
    picture = io.BytesIO()
    page.rotate(0.7, fillcolor=248).save(picture, "JPEG", quality=60)
    scanned = io.BytesIO()
    canvas = Canvas(scanned, pagesize=A4, invariant=1)
    canvas.drawImage(ImageReader(picture), 0, 0, *A4)
    canvas.save()
    path.write_bytes(_dated(scanned, paper))


def _font_file() -> Path:
    return Path(str(TTFont(FONT, "Vera.ttf").face.filename))


def _wrapped(paragraphs: list[str], width: int = 68) -> list[str]:
    lines: list[str] = []
    for paragraph in paragraphs:
        line = ""
        for word in paragraph.split():
            if len(line) + len(word) > width:
                lines, line = [*lines, line], ""
            line = f"{line} {word}".strip()
        lines.append(line)
    return lines


def _report(path: Path, paper: Paper) -> None:
    """A Word document with a header, a footer, a table and a comment in the margin."""
    report = docx.Document()
    section = report.sections[0]
    section.header.paragraphs[0].text = paper["header"]
    section.footer.paragraphs[0].text = f"Opgesteld door {paper['from']} op {paper['day']}"
    report.add_heading(paper["title"], 1)
    for paragraph in paper["text"]:
        written = report.add_paragraph(paragraph)
    if paper.get("comment"):
        comment = report.add_comment(written.runs, text=paper["comment"], author=paper["from"], initials="xx")
        comment._comment_elm.set(_DATE, "2026-09-01T07:30:00Z")
    _table(report, paper["table"])
    properties = report.core_properties
    properties.author, properties.title = paper["from"], paper["title"]
    properties.created = properties.modified = datetime.fromisoformat(paper["day"])
    report.save(str(path))
    settled(path)


_DATE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}date"


def _table(report: Any, rows: list[list[str]]) -> None:
    table = report.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = str(text)


def _mail(path: Path, paper: Paper) -> None:
    """A message in plain text and HTML, with the thread below it and perhaps an attachment."""
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = _address(paper["from"]), tuple(map(_address, paper["to"]))
    message["Subject"] = paper["title"]
    message["Date"] = format_datetime(datetime.fromisoformat(f"{paper['day']}T09:41:00").replace(tzinfo=UTC))
    message["Message-ID"] = f"<{crc32(path.name.encode())}.{paper['day']}@voorbeeldstad.example>"
    message.set_content("\n\n".join([*paper["text"], *(f"> {line}" for line in paper["quoted"])]))
    message.add_alternative(_html(paper), subtype="html")
    if paper.get("attachment"):
        message.add_attachment(paper["attachment"]["text"], filename=paper["attachment"]["name"])
    for number, part in enumerate(part for part in message.walk() if part.is_multipart()):
        part.set_boundary(f"=_voorbeeldstad_{number}_=")
    path.write_bytes(message.as_bytes())


def _address(written: str) -> Address:
    name, place = parseaddr(written)
    return Address(name, addr_spec=place)


def _html(paper: Paper) -> str:
    body = "".join(f"<p>{escape(line)}</p>" for line in paper["text"])
    thread = "".join(f"<p>{escape(line)}</p>" for line in paper["quoted"])
    return f"<html><body>{body}{f'<blockquote>{thread}</blockquote>' if thread else ''}</body></html>"


def _note(path: Path, paper: Paper) -> None:
    path.write_text("\n".join([paper["title"], f"{paper['day']} - {paper['from']}", "", *paper["text"], ""]), encoding="utf-8")


WRITERS: Mapping[str, Callable[[Path, Paper], None]] = MappingProxyType(
    {"letter": _letter, "sealed": _sealed, "scan": _scan, "report": _report, "mail": _mail, "note": _note}
)
"""What writes each kind of document."""
