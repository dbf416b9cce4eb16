"""Files that lie in the cells of a table: each becomes a document, and the cell keeps its number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from config.collection import Column, Document, Kind, Match
from connectors.asking.contract import Row
from connectors.files.reading import ReadFile, read
from connectors.written.parts import spelled

_IDENTIFIER = 64
"""Bytes up to here, in a column that is not of kind `document`, are an identifier; they become hexadecimal text."""

_NAMES = re.compile(r"bestandsnaam|filename|file ?name|documentnaam|titel|title|onderwerp|omschrijving")


def with_documents(rows: Sequence[Row], columns: Sequence[Column], matches: Sequence[Match]) -> tuple[list[Row], tuple[Document, ...]]:
    """The rows with a document's number in each cell that held a file, and those documents; attachments follow their file."""
    if not any(type(cell) is bytes for row in rows for cell in row):
        return list(rows), ()
    name = next((place for place, column in enumerate(columns) if _NAMES.search(spelled(column.name))), None)
    documents: list[Document] = []
    kept = [_row(row, columns, match, name, documents) for row, match in zip(rows, matches, strict=True)]
    return kept, tuple(documents)


def _row(row: Row, columns: Sequence[Column], match: Match, name: int | None, documents: list[Document]) -> Row:
    cells = list(row)
    for place, cell in enumerate(row):
        if type(cell) is not bytes:
            continue
        if columns[place].kind is not Kind.DOCUMENT and len(cell) <= _IDENTIFIER:
            cells[place] = cell.hex()
            continue
        title = str(row[name]) if name is not None and row[name] else columns[place].label
        first = len(documents) + 1
        documents += documents_of(read(cell, title), match, columns[place].category, first)
        cells[place] = f"{first:04}"
    return tuple(cells)


def documents_of(files: Sequence[ReadFile], match: Match, category: str, first: int) -> Iterator[Document]:
    """A file and its attachments as documents, numbered from `first`."""
    for number, file in enumerate(files, first):
        yield document(file, match, number, category)


def document(file: ReadFile, match: Match, number: int, category: str = "") -> Document:
    """One file that was read as a document."""
    return Document(
        id=f"{number:04}",
        title=file.title,
        file=file.name,
        media_type=file.media_type,
        match=match,
        pages=file.pages,
        unreadable=file.unreadable,
        date=file.date,
        sha256=file.digest,
        category=category,
    )
