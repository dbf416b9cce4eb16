"""Reads a PDF back: the text of its pages by PDFium, all that stands beside the pages by pypdf."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject

from outputs.ink import BOTTOM, TOP

_STRING = re.compile(rb"\(|<[0-9A-Fa-f]")
"""How a string begins in an object: a text, or hexadecimal digits."""

SEAM = 400
"""So many characters before and after a page break are also read as one: a value may stand across it."""


def pdf_layers(content: bytes, passphrase: str) -> Iterator[tuple[str, Iterator[str]]]:
    """The layers of a PDF. A line that breaks within a word is also read as if it did not."""
    yield "text", _text(content, passphrase)
    reader = PdfReader(BytesIO(content), password=passphrase or None)
    yield "metadata", (str(value) for value in (reader.metadata or {}).values())
    yield "xmp", iter(_xmp(reader))
    yield "outline", _titles(reader.outline)
    yield "links", (text for page in reader.pages for text in _annotations(page))
    yield "attachments", _attachments(reader)
    yield "structure", _structure(content, passphrase)


def _text(content: bytes, passphrase: str) -> Iterator[str]:
    document = pypdfium2.PdfDocument(content, password=passphrase or None)
    tail = ""
    try:
        for page in document:
            text = page.get_textpage()
            whole = text.get_text_range(errors="replace")
            body = text.get_text_bounded(bottom=BOTTOM - 12, top=TOP + 12, errors="replace")
            yield whole
            if "\n" in whole:
                yield whole.replace("\r", "").replace("\n", "")
            yield f"{tail} {body[:SEAM]}"
            tail = body[-SEAM:]
            text.close()
            page.close()
    finally:
        document.close()


def _xmp(reader: PdfReader) -> list[str]:
    stream = reader.root_object.get("/Metadata")
    return [stream.get_object().get_data().decode("utf-8", "replace")] if stream is not None else []


def _titles(outline: list[Any]) -> Iterator[str]:
    for item in outline:
        if isinstance(item, list):
            yield from _titles(item)
        else:
            yield str(item.title)


def _annotations(page: Any) -> Iterator[str]:
    for reference in page.get("/Annots") or ():
        yield from _strings(reference.get_object(), 0)


def _strings(node: Any, depth: int) -> Iterator[str]:
    """Every text in an annotation and its action; pages that it points to are read as pages."""
    if isinstance(node, str):
        yield str(node)
    elif depth < 5 and isinstance(node, DictionaryObject):
        for key, value in node.items():
            if key not in ("/P", "/Parent", "/Popup", "/Dest"):
                yield from _strings(value.get_object() if isinstance(value, IndirectObject) else value, depth + 1)


def _structure(content: bytes, passphrase: str) -> Iterator[str]:
    """Every string in every object of the file: what only a screen reader hears, and whatever else a program could look up."""
    with pikepdf.open(BytesIO(content), password=passphrase) as pdf:
        for held in pdf.objects:
            inner = held.stream_dict if isinstance(held, pikepdf.Stream) else held
            if isinstance(inner, pikepdf.String) or _STRING.search(_raw(inner)):
                yield from _told(inner, 0)


def _raw(node: Any) -> bytes:
    """The object as it stands in a file: a string in it shows by its bracket."""
    return node.unparse(resolved=True) if isinstance(node, pikepdf.Dictionary | pikepdf.Array) else b""


def _told(node: Any, depth: int) -> Iterator[str]:
    if isinstance(node, pikepdf.String):
        yield str(node)
    elif depth < 5 and isinstance(node, pikepdf.Dictionary):
        for key in node.keys():  # noqa: SIM118  a dictionary of PDF is no mapping
            if isinstance(node[key], pikepdf.Object) and not node[key].is_indirect:  # those that are, come by themselves
                yield from _told(node[key], depth + 1)
    elif depth < 5 and isinstance(node, pikepdf.Array):
        for item in node:
            if isinstance(item, pikepdf.Object) and not item.is_indirect:
                yield from _told(item, depth + 1)


def _attachments(reader: PdfReader) -> Iterator[str]:
    for name, contents in reader.attachments.items():
        yield name
        for content in contents:
            yield content.decode("utf-8", "replace")
