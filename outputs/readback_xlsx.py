"""Reads a workbook back: every text and attribute of every XML part, and dates, which stand there as numbers, as dates."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from html import unescape
from io import BytesIO

import xlsxwriter
from lxml import etree
from openpyxl.xml.constants import ARC_THEME

from config.errors import LeakError
from outputs.needles import BETWEEN, dutch_dates

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_EPOCH = date(1899, 12, 30)
_CODE = re.compile(r"&[A-Z]")  # in heads and feet of a sheet, "&L" begins the left part
_CELL, _ROW = f"{_MAIN}c", f"{_MAIN}row"
_END = b"</row>"
_TEXT = re.compile(rb">([^<]+)<")
_OTHER = re.compile(rb"<(?!/|(?:c|row|v|is|t)[ />])([^>]*)>")
_PIECEMEAL = re.compile(rb"<(?:\w+:)?(?:r|rPr|rPh|phonetic\w*)[ />]|<!")
BLOCK = 1 << 20
"""So many bytes of a sheet are read at once."""

_QUIET = frozenset({f"{_MAIN}worksheet", f"{_MAIN}sheetData", _ROW})


def xlsx_layers(content: BytesIO) -> Iterator[tuple[str, Iterator[str]]]:
    """The layers of a workbook, one a part; the theme, where it is the one that every workbook of XlsxWriter has, tells nothing."""
    with zipfile.ZipFile(content) as archive:
        yield "names", iter(archive.namelist())
        yield "comment", iter([archive.comment.decode("utf-8", "replace")])
        dated = _dated(archive.read("xl/styles.xml"))
        for name in archive.namelist():
            if not name.endswith((".xml", ".rels", ".vml")):
                raise LeakError("gegevens.xlsx", "holds a part that cannot be searched", "Leave it out")
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                yield name, (_quickly if _is_plain(archive, name) else _sheet)(archive, name, dated)
            elif name != ARC_THEME or archive.read(name) != _theme():
                yield name, _part(archive.read(name))


@cache
def _theme() -> bytes:
    """The theme of an empty workbook, which every workbook of XlsxWriter has."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.add_worksheet()
    with zipfile.ZipFile(out) as archive:
        return archive.read(ARC_THEME)


def _dated(styles: bytes) -> frozenset[str]:
    """The numbers of the cell styles that show a date."""
    root = etree.fromstring(styles)
    formats = {f.get("numFmtId") for f in root.iter(f"{_MAIN}numFmt") if "yy" in f.get("formatCode", "")}
    formats |= {str(n) for n in (*range(14, 23), *range(45, 48))}
    cells = root.find(f"{_MAIN}cellXfs")
    return frozenset(str(i) for i, xf in enumerate(cells if cells is not None else ()) if xf.get("numFmtId") in formats)


def _part(content: bytes) -> Iterator[str]:
    for element in etree.fromstring(content).iter():
        yield from (text for text in (element.text, element.tail) if text and text.strip())
        yield from (str(value) for value in element.attrib.values())


def _blocks(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """A sheet in pieces of many rows, each of which ends where a row does; the last one with all that follows them."""
    rest = b""
    with archive.open(name) as part:
        while block := part.read(BLOCK):
            whole, end, rest = (rest + block).rpartition(_END)
            yield whole + end
    yield rest


def _is_plain(archive: zipfile.ZipFile, name: str) -> bool:
    """Whether each text of the sheet stands in one piece: without runs of their own looks, comments of XML, and raw parts."""
    return not any(_PIECEMEAL.search(block) for block in _blocks(archive, name))


def _quickly(archive: zipfile.ZipFile, name: str, dated: frozenset[str]) -> Iterator[str]:
    """All texts between tags, many rows at a time, and what stands in other tags than those of rows and cells."""
    days = re.compile(rb'<c [^>]*\bs="(?:%s)"[^>]*>\s*<v>([^<]*)</v>' % "|".join(sorted(dated)).encode())
    for block in _blocks(archive, name):
        said = BETWEEN.join(found.decode("utf-8") for found in (*_TEXT.findall(block), *_OTHER.findall(block)))
        yield _CODE.sub(" ", unescape(said)) if "&" in said else said
        for day in set(days.findall(block)):
            yield BETWEEN.join(dutch_dates(_EPOCH + timedelta(days=int(float(day)))))


def _sheet(archive: zipfile.ZipFile, name: str, dated: frozenset[str]) -> Iterator[str]:
    """The cells one by one, without holding the sheet; then all that stands around them."""
    with archive.open(name) as part:
        events = etree.iterparse(part, events=("end",), tag=(_CELL, _ROW))
        for _, element in events:
            if element.tag == _CELL:
                yield from _cell(element, dated)
            else:
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
        for element in events.root.iter():
            if element.tag not in _QUIET:
                yield from (str(value) for value in element.attrib.values())
                if element.text and element.text.strip():
                    yield _CODE.sub(" ", element.text)


def _cell(cell: etree._Element, dated: frozenset[str]) -> Iterator[str]:
    text = "".join(str(text) for text in cell.itertext())
    if not text:
        return
    yield text
    if cell.get("s") in dated:
        yield from dutch_dates(_EPOCH + timedelta(days=int(float(text))))
