"""ODT as text: body, tables, notes, comments, headers and footers, and struck-out changes and pictures, which are marked."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from connectors.asking.texts import text
from connectors.files.content import Content, Part, checked
from connectors.files.packed import opened, part, tree
from connectors.written.dates import day

TEXT = "application/vnd.oasis.opendocument.text"

_NS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_T, _D, _OFFICE = _NS % "text", _NS % "drawing", _NS % "office"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_LINES = frozenset({f"{_T}p", f"{_T}h", f"{_NS % 'table'}table-row"})
_GIVEN = {f"{_T}tab": "\t", f"{_T}line-break": "\n"}


def is_text(data: bytes) -> bool:
    """Whether a container of OpenDocument is a written text, and no workbook or slides."""
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        return container.read("mimetype")[:80].decode("ascii", "replace").strip().startswith(TEXT)


def read(data: bytes) -> Content:
    """The text of an ODT, then that of its headers and footers as a page of its own. Raises Unreadable where it is damaged or unsafe."""
    container = opened(data)
    names = container.namelist()
    body = "".join(_runs(tree(part(container, "content.xml"))))
    margins = "".join(_runs(tree(part(container, "styles.xml")))).strip() if "styles.xml" in names else ""
    objects = [name for name in names if name.startswith("Object") and "/" not in name.strip("/")]
    inside = tuple(Part(f"{PurePosixPath(name).name}.object", b"") for name in objects if not name.endswith("/"))
    pages = (body.strip("\n"),)
    return checked(Content((*pages, margins) if margins else pages, inside, _saved(container)))


def _runs(element: Any) -> Iterator[str]:
    """The text below an element, in reading order; what was struck out and pictures are marked."""
    tag = element.tag if isinstance(element.tag, str) else ""
    if tag == f"{_T}deletion":
        struck = "".join(piece for child in element for piece in _within(child)).strip()
        yield text("marks", "deleted", text=struck) + "\n" if struck else ""
        return
    if tag == f"{_D}image":
        yield text("marks", "picture")
    if tag == f"{_T}s":
        yield " " * min(int(element.get(f"{_T}c") or 1), 100)
    yield _GIVEN.get(tag, "")
    yield from _within(element)
    yield "\n" if tag in _LINES else "\t" if tag == f"{_NS % 'table'}table-cell" else ""


def _within(element: Any) -> Iterator[str]:
    """The text of an element and of what is in it; only where text may stand, for elsewhere white space is none."""
    tag = element.tag if isinstance(element.tag, str) else ""
    written = tag.startswith(_T) or tag.startswith("{http://purl.org/dc/elements/1.1/}") or tag.startswith(_SVG)
    yield (element.text or "") if written else ""
    for child in element:
        yield from _runs(child)
        yield (child.tail or "") if written else ""


def _saved(container: zipfile.ZipFile) -> Any:
    if "meta.xml" not in container.namelist():
        return None
    dates = [found.text for found in tree(part(container, "meta.xml")).iter() if isinstance(found.tag, str) and found.tag.endswith("}date")]
    return day(dates[0]) if dates else None
