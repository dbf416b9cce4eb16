"""Sheets of a workbook, streamed: the header found, formulas by their last value, merged cells filled down."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from openpyxl.utils.cell import range_boundaries

from config.errors import SourceUnreadable
from connectors.asking.shape import find
from connectors.exports.header import DEEPEST, column_names, header_at
from connectors.files.content import Unreadable
from connectors.files.packed import opened
from connectors.files.sheets import DAMAGE, workbook

_MERGED = re.compile(rb'<(?:\w+:)?mergeCell [^>]*?ref="([A-Z]+[0-9]+:[A-Z]+[0-9]+)"')
_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"})

_WRONG = {
    "encrypted": ("the workbook is encrypted, or of the old .xls kind", "Save it again as .xlsx without a password"),
    "unsafe": ("the workbook is built unsafely, and was not opened", "Ask where it came from, and export it again"),
}


class Book:
    """An open workbook."""

    def __init__(self, thing: str, path: Path) -> None:
        self.thing, self.path = thing, path
        with path.open("rb") as stream:
            head = stream.read(4)
        try:
            if head != b"PK\x03\x04":
                raise Unreadable("encrypted" if head == b"\xd0\xcf\x11\xe0" else "broken")
            self.book = workbook(path)
        except Unreadable as why:
            wrong, remedy = _WRONG.get(why.reason, ("the workbook is damaged", "Export it again"))
            raise SourceUnreadable(thing, wrong, remedy) from None

    def close(self) -> None:
        """Close the file."""
        self.book.close()

    def is_hidden(self, name: str) -> bool:
        """Whether a sheet is hidden from who opens the workbook."""
        return bool(self.book[name].sheet_state != "visible")

    def sheet(self, thing: str, name: str, options: Mapping[str, Any], expected: Sequence[str]) -> Sheet:
        """The sheet called `name`. Raises SourceUnreadable where the workbook has none."""
        place = find(name, self.book.sheetnames)
        if place is None:
            raise SourceUnreadable(thing, "the workbook has no sheet of that name", "Was it renamed? Mend `table` in sources.yaml")
        return Sheet(thing, self, self.book.sheetnames[place], options, expected)


class Sheet:
    """One sheet; its rows are read anew for each pass."""

    def __init__(self, thing: str, book: Book, name: str, options: Mapping[str, Any], expected: Sequence[str]) -> None:
        self.thing, self.book, self.name = thing, book, name
        first = list(islice(self._read(), DEEPEST))
        place = int(options["header"]) - 1 if options.get("header") else header_at(first, expected)
        if place is None or place >= len(first):
            raise SourceUnreadable(thing, "no row of column names was found in it", "Name it with `format: {header: 3}`")
        filled = [number + 1 for row in first[place:] for number, cell in enumerate(row) if cell not in (None, "")]
        self.start, self.columns = place + 1, column_names(first[place], max(filled, default=0))
        self.misaligned = 0

    def rows(self) -> Iterator[list[Any]]:
        """The rows below the header, as wide as it; cells beyond it, in rows further down, are counted in `misaligned`."""
        width, merged = len(self.columns), self._merged()
        self.misaligned = 0
        for number, row in enumerate(islice(self._read(), self.start, None), self.start + 1):
            cells = [None if cell in _ERRORS else cell for cell in row] if any(type(c) is str and c in _ERRORS for c in row) else list(row)
            if merged:
                _fill(cells, number, merged)
            if all(cell in (None, "") for cell in cells):
                continue
            if any(cell not in (None, "") for cell in cells[width:]):
                self.misaligned += 1
                continue
            yield [*cells[:width], *([None] * (width - len(cells)))]

    def _read(self) -> Iterator[tuple[Any, ...]]:
        sheet: Any = self.book.book[self.name]
        try:
            sheet.reset_dimensions()
            yield from sheet.iter_rows(values_only=True)
        except DAMAGE:
            raise SourceUnreadable(self.thing, "the sheet is damaged", "Export it again") from None

    def _merged(self) -> dict[int, list[_Span]]:
        """The merged ranges of more than one row below the header, by their first row."""
        found: dict[int, list[_Span]] = {}
        for ref in self._refs():
            left, top, _, bottom = (place or 0 for place in range_boundaries(ref))
            if left and bottom > top and bottom > self.start:
                found.setdefault(top, []).append(_Span(left - 1, top, bottom))
        return found

    def _refs(self) -> Iterator[str]:
        """The references of merged cells, which stand behind the rows: read as a stream, for the sheet may be large."""
        sheet: Any = self.book.book[self.name]
        path = str(getattr(sheet, "_worksheet_path", "")).lstrip("/")
        with opened(self.book.path) as container:
            if path not in container.namelist():
                return
            kept = b""
            with container.open(path) as stream:
                while piece := stream.read(1 << 20):
                    text = kept + piece
                    for match in _MERGED.finditer(text):
                        yield match[1].decode("ascii")
                    last = max((match.end() for match in _MERGED.finditer(text)), default=0)
                    kept = text[max(last, len(text) - 200) :]


class _Span:
    """A column of merged cells, rows `top` up to and including `bottom`, and its value once that was read."""

    def __init__(self, column: int, top: int, bottom: int) -> None:
        self.column, self.top, self.bottom, self.value = column, top, bottom, None


def _fill(cells: list[Any], number: int, merged: Mapping[int, list[_Span]]) -> None:
    """Put the value of merged cells in every row they cover: it counts for each of them."""
    for spans in merged.values():
        for span in spans:
            if span.column < len(cells) and span.top <= number <= span.bottom:
                if number == span.top:
                    span.value = cells[span.column]
                elif cells[span.column] is None:
                    cells[span.column] = span.value
