"""CSV files of any make: encoding, separator and header found by looking, and a file that does not hold together refused."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from charset_normalizer import from_bytes

from config.errors import SourceUnreadable
from connectors.exports.header import DEEPEST, column_names, header_at
from connectors.files.markup import mark_of

_SEPARATORS = ";,\t|"
_LONGEST = 10_000_000
"""Characters of one cell: more means that a quote was never closed."""


class Separated:
    """One CSV file; its rows are read anew for each pass."""

    def __init__(self, thing: str, path: Path, options: Mapping[str, Any], expected: Sequence[str]) -> None:
        self.thing, self.path = thing, path
        self.encoding = str(options.get("encoding") or "") or encoding_of(thing, path)
        self.separator = str(options.get("separator") or "") or separator_of(list(islice(self._lines(), DEEPEST)))
        first = [row for _, row in zip(range(DEEPEST), self._read(), strict=False)]
        place = int(options["header"]) - 1 if options.get("header") else header_at(first, expected)
        if place is None or place >= len(first):
            raise SourceUnreadable(thing, "no row of column names was found in it", "Name it with `format: {header: 3}`")
        self.start, self.columns = place + 1, column_names(first[place], _width(first[place]))
        self.misaligned = 0

    def rows(self) -> Iterator[list[Any]]:
        """The rows below the header, as wide as it. Longer ones cannot be put in columns: they are counted in `misaligned`."""
        width = len(self.columns)
        self.misaligned = 0
        for row in islice(self._read(), self.start, None):
            if not any(cell.strip() for cell in row):
                continue
            if any(cell.strip() for cell in row[width:]):
                self.misaligned += 1
                continue
            yield [*row[:width], *([None] * (width - len(row)))]

    def _read(self) -> Iterator[list[str]]:
        csv.field_size_limit(_LONGEST)  # one limit for all threads, so it is not put back
        try:
            lines = self._lines()
            first = next(lines, "")
            if not first.lower().startswith("sep="):
                lines = self._lines()
            yield from csv.reader(lines, delimiter=self.separator, strict=True)
        except csv.Error:
            raise SourceUnreadable(
                self.thing, "the file does not hold together: a quote is not closed, or a row is cut off", "Export it again"
            ) from None

    def _lines(self) -> Iterator[str]:
        try:
            with self.path.open(encoding=self.encoding, newline="") as stream:
                yield from stream
        except (UnicodeDecodeError, LookupError):
            raise SourceUnreadable(
                self.thing, f"the file is not in the encoding {self.encoding}", "Mend `format: {encoding: ...}`"
            ) from None


def _width(row: Sequence[str]) -> int:
    """Up to the last filled name."""
    return max((place + 1 for place, cell in enumerate(row) if cell.strip()), default=0)


def encoding_of(thing: str, path: Path) -> str:
    """The encoding of a file, by its mark, else UTF-8 if all of it is, else what Windows writes, else the likeliest."""
    with path.open("rb") as stream:
        head = stream.read(1_000_000)
    if marked := mark_of(head):
        return marked
    if head[:4000].count(0) > len(head[:4000]) // 4:
        return "utf-16-le" if head[1:2] == b"\0" else "utf-16-be"
    if b"\0" in head:
        raise SourceUnreadable(thing, "the file is no text", "Look whether it is a CSV file, and export it again")
    for encoding in ("utf-8", "cp1252"):
        if _is_all(path, encoding):
            return encoding
    best = from_bytes(head).best()
    if best is None:
        raise SourceUnreadable(thing, "the encoding of the file cannot be told", "Name it with `format: {encoding: ...}`")
    return best.encoding


def _is_all(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as stream:
            while piece := stream.read(1_000_000):
                decoder.decode(piece)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def separator_of(lines: Sequence[str]) -> str:
    """What parts the cells: the mark that gives most lines the same number of cells, and the most of them."""
    if lines and lines[0].lower().startswith("sep=") and len(lines[0].strip()) == 5:
        return lines[0].strip()[4]
    return max(_SEPARATORS, key=lambda mark: _fits(lines, mark))


def _fits(lines: Sequence[str], mark: str) -> tuple[int, int]:
    try:
        widths = [len(row) for row in csv.reader(lines, delimiter=mark)]
    except csv.Error:
        return (0, 0)
    wide = [width for width in widths if width > 1]
    common = max(wide, key=wide.count, default=0)
    return (wide.count(common) * min(common, 3), common)
