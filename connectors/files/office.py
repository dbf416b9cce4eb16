"""DOCX as text: body, tables, text boxes, drawings, margins, notes, comments, and struck-out changes and pictures, which are marked."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from connectors.asking.texts import text
from connectors.files import opendocument
from connectors.files.content import Content, Part, Unreadable, checked
from connectors.files.packed import opened, part, tree
from connectors.written.dates import day

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_BODY = re.compile(r"word/document[0-9]*\.xml")
_MARGINS = re.compile(r"word/(?:(?:header|footer|footnotes|endnotes|comments)[0-9]*|(?:charts/chart|diagrams/data)[0-9]*)\.xml")
_CHUNKS = re.compile(r"word/[^/]+\.(?:html?|mht|rtf|txt|docx)")
_IMAGES = re.compile(r"word/media/.+\.(?:png|jpe?g|gif|tiff?|bmp|emf|wmf|webp)", re.IGNORECASE)
_EMBEDDED = re.compile(r"word/embeddings/.+")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


_A, _M, _C = (
    "{http://schemas.openxmlformats.org/drawingml/2006/main}",
    "{http://schemas.openxmlformats.org/officeDocument/2006/math}",
    "{http://schemas.openxmlformats.org/drawingml/2006/chart}",
)
_DRAWN = frozenset({f"{_A}t", f"{_M}t", f"{_C}v"})
"""Text in drawings, formulas and charts."""

_DRAWN_LINES = frozenset({f"{_A}p", f"{_M}oMathPara", f"{_C}pt"})


def media_type_of(data: bytes) -> str:
    """Which Office format a zip container is; `application/zip` where it is none."""
    try:
        names = opened(data).namelist()
    except Unreadable:
        return "application/vnd.openxmlformats-officedocument.wordprocessingml.document"  # let the reader say what is wrong
    if "mimetype" in names and "content.xml" in names:
        return opendocument.TEXT if opendocument.is_text(data) else "application/vnd.oasis.opendocument"
    office = "application/vnd.openxmlformats-officedocument."
    if any(name.startswith("ppt/") for name in names):
        return f"{office}presentationml.presentation"
    if any(_BODY.fullmatch(name) for name in names):
        return f"{office}wordprocessingml.document"
    return f"{office}spreadsheetml.sheet" if "xl/workbook.xml" in names else "application/zip"


def read(data: bytes) -> Content:
    """The text of a DOCX: the body split at its page breaks, then what stands in the margins as a page of its own."""
    if data[:4] != b"PK\x03\x04":
        raise Unreadable("encrypted" if data[:4] == b"\xd0\xcf\x11\xe0" else "broken")
    container = opened(data)
    names = container.namelist()
    body = "\f".join(_text(container, name) for name in names if _BODY.fullmatch(name))
    margins = "\n".join(_text(container, name) for name in names if _MARGINS.fullmatch(name)).strip()
    pages = tuple(page.strip("\n") for page in body.split("\f"))
    images = any(_IMAGES.fullmatch(name) for name in names)
    if not "".join(pages).strip() and not margins and images:
        raise Unreadable("images")
    inside = tuple(
        Part(PurePosixPath(name).name, part(container, name)) for name in names if _EMBEDDED.fullmatch(name) or _CHUNKS.fullmatch(name)
    )
    return checked(Content((*pages, margins) if margins else pages, inside, _saved(container)))


def _text(container: zipfile.ZipFile, name: str) -> str:
    return "".join(_runs(tree(part(container, name))))


def _runs(element: Any) -> Iterator[str]:
    """The text below an element, in reading order; a paragraph or table row ends a line, a page break is a form feed."""
    tag = element.tag if isinstance(element.tag, str) else ""
    name = tag.removeprefix(_W).removeprefix(_STRICT)
    if tag == _FALLBACK or name in {"instrText", "delInstrText"}:
        return
    if name in {"del", "moveFrom"}:
        struck = "".join(piece for child in element for piece in _runs(child))
        yield text("marks", "deleted", text=struck.strip()) if struck.strip() else ""
        return
    if name in {"t", "delText"} or tag in _DRAWN:
        yield element.text or ""
    elif name in {"noBreakHyphen", "sym"}:
        yield "-" if name == "noBreakHyphen" else " "
    elif tag.endswith("}docPr"):
        told = (element.get("descr") or element.get("title") or "").strip()
        yield text("marks", "described", text=told) if told else text("marks", "picture")
    elif name in {"br", "cr", "tab", "lastRenderedPageBreak"}:
        yield _break(element, name)
    for child in element:
        yield from _runs(child)
    ends = {"p": "\n", "tc": "\t", "tr": "\n"}.get(name, "") if name != tag else ""
    yield ends or ("\n" if tag in _DRAWN_LINES else "")


def _break(element: Any, name: str) -> str:
    if name == "lastRenderedPageBreak" or (
        name == "br" and any(key.endswith("}type") and value == "page" for key, value in element.attrib.items())
    ):
        return "\f"
    return "\t" if name == "tab" else "\n"


def _saved(container: zipfile.ZipFile) -> date | None:
    """When it was last saved, as the file itself says."""
    if "docProps/core.xml" not in container.namelist():
        return None
    root = tree(part(container, "docProps/core.xml"))
    found = {str(child.tag).rpartition("}")[2]: child.text for child in root if isinstance(child.tag, str)}
    return day(found.get("modified") or found.get("created"))
