"""A workbook as text: each sheet a page, each row a line, cells apart by tabs, formulas by their value; then what stands beside them."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

import openpyxl
from lxml import etree
from openpyxl.utils.exceptions import InvalidFileException

from connectors.asking.texts import text
from connectors.files.content import LONGEST, Content, Part, Unreadable, checked
from connectors.files.packed import declares_entities, opened


def read(data: bytes) -> Content:
    """The text of an XLSX."""
    if data[:4] != b"PK\x03\x04":
        raise Unreadable("encrypted" if data[:4] == b"\xd0\xcf\x11\xe0" else "broken")
    book = workbook(data)
    try:
        pages = tuple(_page(sheet) for sheet in book.worksheets)
        beside = _beside(opened(data))
    except DAMAGE:
        raise Unreadable("broken") from None
    finally:
        book.close()
    lost = tuple(Part(f"draaitabel-{number}.cache", b"") for number, _ in enumerate(beside.caches, 1))
    margins = (f"{text('marks', 'margins')}\n{beside.said}",) if beside.said else ()
    return checked(Content((*pages, *margins), lost))


@dataclass(frozen=True, slots=True)
class _Beside:
    """What a workbook holds beside its cells: comments, lists to choose from, names and heads; and caches of tables, which are not read."""

    said: str
    caches: tuple[str, ...]


_COMMENTS = re.compile(r"xl/(?:threadedComments/|comments/)?(?:threadedC|c)omments?/?[^/]*\.xml", re.IGNORECASE)
_SHEETS = re.compile(r"xl/worksheets/[^/]+\.xml")
_DRAWINGS = re.compile(r"xl/(?:drawings/drawing|charts/chart)[^/]*\.xml")
_NOTED = frozenset(
    ["definedName", "formula1", "formula2", "oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"]
)


def _beside(container: zipfile.ZipFile) -> _Beside:
    names = container.namelist()
    said = [
        line
        for name in names
        if _COMMENTS.fullmatch(name) or _DRAWINGS.fullmatch(name)
        for line in _texts(container, name, {"t", "v", "text"})
    ]
    said += [line for name in names if _SHEETS.fullmatch(name) or name == "xl/workbook.xml" for line in _texts(container, name, _NOTED)]
    said += [text("marks", "picture") for name in names if name.startswith("xl/media/")]
    return _Beside("\n".join(said), tuple(name for name in names if "/pivotCacheRecords" in name))


def _texts(container: zipfile.ZipFile, name: str, wanted: Collection[str]) -> Iterator[str]:
    """The text of the elements of these names; no more of a sheet is held at once than one of them."""
    with container.open(name) as stream:
        for _, element in etree.iterparse(stream, resolve_entities=False, no_network=True, load_dtd=False):
            called = str(element.tag).rpartition("}")[2]
            if called in wanted and element.text and element.text.strip() and not _FORMULA.fullmatch(element.text.strip()):
                yield element.text.strip().strip('"')
            if called in ("row", "definedName", "dataValidation", "comment"):
                element.clear()


_FORMULA = re.compile(r"(?:(?:'[^']+'|[\w.-]+)!)?\$?[A-Z]{1,3}\$?\d*(?::\$?[A-Z]{1,3}\$?\d*)?|\d+(?:[.,]\d+)?")
"""A range or a number: where something stands, and nothing of anybody."""


def _page(sheet: Any) -> str:
    """The lines of a sheet; under its name where that says something, or nobody sees it."""
    lines = "\n".join(_lines(sheet))
    hidden = sheet.sheet_state != "visible"
    if not hidden and re.fullmatch(r"(?:sheet|blad|worksheet|werkblad)\s*\d*", sheet.title.lower()):
        return lines
    return f"{text('marks', 'hidden' if hidden else 'sheet', text=sheet.title)}\n{lines}"


DAMAGE = (ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, EOFError, SyntaxError, zipfile.BadZipFile, etree.LxmlError)
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
