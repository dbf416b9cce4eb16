"""PDF as text, page by page, with what stands in notes and form fields; files attached to it come along."""

from __future__ import annotations

import io
import re
import threading
from collections.abc import Iterator
from datetime import date
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

from connectors.files import recognised
from connectors.files.content import MOST_PAGES, Content, Part, Unreadable, checked
from connectors.written.dates import day

_lock = threading.Lock()
"""PDFium serves one thread at a time."""


def read(data: bytes) -> Content:
    """The text of a PDF. Raises Unreadable where it is encrypted, damaged, or holds images alone."""
    with _lock:
        pages, scanned = _pages(data)
    blank = [number for number in scanned if not pages[number].strip()]
    if scanned and len(blank) == len(pages):
        raise Unreadable("images")
    lacks = "some_images" if blank else "recognised" if scanned else ""
    extra, inside, made = _rest(data)
    pages = [f"{page}\n{more}".strip("\n") if more else page for page, more in zip(pages, [*extra, *([""] * len(pages))], strict=False)]
    return checked(Content(tuple(pages), inside, made, lacks=lacks))


def _pages(data: bytes) -> tuple[list[str], list[int]]:
    """The text of each page, and the pages that hold images and no text."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        code = getattr(error, "err_code", None)
        raise Unreadable("encrypted" if code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY) else "broken") from None
    try:
        if len(document) > MOST_PAGES:
            raise Unreadable("large")
        read_pages = [_page(document, number) for number in range(len(document))]
        _recognise(document, read_pages)
    except pypdfium2.PdfiumError:
        raise Unreadable("broken") from None
    finally:
        document.close()
    return [said for said, _ in read_pages], [number for number, (_, scan) in enumerate(read_pages) if scan]


def _recognise(document: Any, pages: list[tuple[str, bool]]) -> None:
    """Put in place of pictures of text what Tesseract reads on them, where it is installed and there are not too many."""
    scanned = [number for number, (_, scan) in enumerate(pages) if scan]
    if recognised.program() and len(scanned) <= recognised.MOST_PAGES:
        for number in scanned:
            pages[number] = (recognised.text_on(document[number]), True)


def _page(document: Any, number: int) -> tuple[str, bool]:
    page = document[number]
    layer = page.get_textpage()
    said = re.sub(r"\r\n?", "\n", layer.get_text_bounded()).replace("\ufffe", "-").strip("\n\0")
    layer.close()
    scan = not said.strip() and any(page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM), max_depth=1))
    page.close()
    return said, scan


def _rest(data: bytes) -> tuple[list[str], tuple[Part, ...], date | None]:
    """Per page the notes and fields, the attached files, and the date; nothing of these where the file is too damaged for it."""
    try:
        with pikepdf.open(io.BytesIO(data)) as document:
            extra = ["\n".join(_notes(page)) for page in document.pages]
            inside = tuple(Part(name, _attached(document.attachments[name])) for name in document.attachments)
            return extra, inside, _made(str(document.docinfo.get("/CreationDate", "")))
    except (pikepdf.PdfError, ValueError, KeyError, TypeError, AttributeError, RuntimeError):
        return [], (), None


def _attached(spec: Any) -> bytes:
    return bytes(spec.get_file().read_bytes())


def _notes(page: Any) -> Iterator[str]:
    for note in page.get("/Annots", []):
        field = note.get("/Parent", {}) if "/V" not in note else note
        for said in (note.get("/Contents"), field.get("/V") if note.get("/Subtype") == "/Widget" else None):
            if isinstance(said, pikepdf.String) and str(said).strip():
                yield str(said)


def _made(text: str) -> date | None:
    found = re.match(r"D:([0-9]{8})", text)
    return day(found[1]) if found else None
