"""PDF as text, page by page, with what stands in notes and form fields; files attached to it come along."""

from __future__ import annotations

import io
import re
import threading
import unicodedata
from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

from connectors.asking.texts import text
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
    lacks = "some_images" if blank else "recognised" if scanned else "garbled" if any(map(_garbled, pages)) else ""
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


def _garbled(said: str) -> bool:
    """Whether the letters are ones that only the font can draw, of which no text can be made."""
    letters = [c for c in said if not c.isspace()]
    odd = sum(unicodedata.category(c) in ("Co", "Cn", "Cc") or c == "\ufffd" for c in letters)
    return odd > 3 and odd * 20 > len(letters)


def _page(document: Any, number: int) -> tuple[str, bool]:
    page = document[number]
    layer = page.get_textpage()
    said = re.sub(r"\r\n?", "\n", layer.get_text_range()).replace("\ufffe", "-").strip("\n\0")
    layer.close()
    images = list(page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM), max_depth=1))
    scan = bool(images) and (not said.strip() or (len(said) < _STAMP and _covers(page, images)))
    pictures = sum(one.type == pdfium.FPDF_PAGEOBJ_IMAGE for one in images)
    page.close()
    return (said if scan or not pictures else f"{said}\n{text('marks', 'pictures', number=str(pictures))}"), scan


_STAMP = 200
"""So few letters on a page that is one picture are a number or a stamp that a scanner put there."""


def _covers(page: Any, images: list[Any]) -> bool:
    """Whether one of these takes most of the page."""
    width, height = page.get_size()
    boxes = (one.get_bounds() if hasattr(one, "get_bounds") else one.get_pos() for one in images)
    return any((right - left) * (top - bottom) > width * height / 2 for left, bottom, right, top in boxes)


def _rest(data: bytes) -> tuple[list[str], tuple[Part, ...], date | None]:
    """Per page the notes and fields, the attached files, and the date; nothing of these where the file is too damaged for it."""
    try:
        with pikepdf.open(io.BytesIO(data)) as document:
            extra = ["\n".join(_notes(page)) for page in document.pages]
            inside = tuple(Part(name, _attached(document.attachments[name])) for name in document.attachments)
            inside += tuple(part for page in document.pages for part in _pinned(page, {one.name for one in inside}))
            return extra, inside, _made(str(document.docinfo.get("/CreationDate", "")))
    except (pikepdf.PdfError, ValueError, KeyError, TypeError, AttributeError, RuntimeError):
        return [], (), None


def _pinned(page: Any, known: Collection[str]) -> Iterator[Part]:
    """Files that hang on a note of a page, and are not among those of the whole."""
    for note in page.get("/Annots", []):
        if note.get("/Subtype") == "/FileAttachment" and "/FS" in note:
            name = str(note.FS.get("/UF", note.FS.get("/F", "bijlage")))
            if name not in known:
                files = note.FS.get("/EF", {})
                stream = files.get("/F", files.get("/UF"))
                yield Part(name, stream.read_bytes() if stream is not None else b"")


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
