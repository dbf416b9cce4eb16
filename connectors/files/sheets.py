"""A workbook as text: each sheet a page, each row a line, cells apart by tabs, formulas by their last value."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from connectors.files.content import LONGEST, Content, Unreadable, checked
from connectors.files.packed import declares_entities, opened


def read(data: bytes) -> Content:
    """The text of an XLSX."""
    if data[:4] != b"PK\x03\x04":
        raise Unreadable("encrypted" if data[:4] == b"\xd0\xcf\x11\xe0" else "broken")
    book = workbook(data)
    try:
        pages = tuple("\n".join(_lines(sheet)) for sheet in book.worksheets)
    except DAMAGE:
        raise Unreadable("broken") from None
    finally:
        book.close()
    return checked(Content(pages))


DAMAGE = (ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, EOFError, SyntaxError, zipfile.BadZipFile)
"""What openpyxl and the XML reader raise on damaged parts."""


def workbook(data: bytes | Any) -> openpyxl.Workbook:
    """The workbook, read-only and with values in place of formulas. Raises Unreadable where it is damaged, encrypted or unsafe."""
    container = opened(data)
    for info in container.infolist():
        if info.filename.endswith((".xml", ".rels")):
            with container.open(info) as stream:
                if declares_entities(stream.read(4096)):
                    raise Unreadable("unsafe")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # styles that openpyxl does not know say nothing of the values
            return openpyxl.load_workbook(io.BytesIO(data) if isinstance(data, bytes) else data, read_only=True, data_only=True)
    except (*DAMAGE, InvalidFileException):
        raise Unreadable("broken") from None


def _lines(sheet: Any) -> Iterator[str]:
    sheet.reset_dimensions()
    length = 0
    for row in sheet.iter_rows(values_only=True):
        line = "\t".join("" if cell is None else str(cell) for cell in row).rstrip("\t")
        length += len(line)
        if length > LONGEST:
            raise Unreadable("large")
        if line:
            yield line
