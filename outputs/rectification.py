"""Reads a workbook back that a resident sent in: what they wrote under "Klopt dit niet?", as a request under article 16 AVG.

The file comes from outside: it may be locked or not, sorted, cut, saved by any program, or be something else altogether.
What cannot be placed is told, never dropped.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import msoffcrypto
import openpyxl
from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError

from config.discretion import discreet
from config.errors import WorkbookError
from outputs.sheets import DIFFERENCES, KEYS, REQUEST, SHEET, TABLE

LARGEST = 400_000_000
"""So many bytes a workbook may unpack to: ours of 100,000 rows takes a tenth."""


@discreet
@dataclass(frozen=True, slots=True)
class Correction:
    """What one cell of the last column says. `row` counts from 0 as in `dossier.json`, None where it is not about a card.

    `what` is the kind of fact of a difference ("address") or the number of a document ("D3"), "" for a card; `now` is what our
    systems say, "" but for a difference.
    """

    source: str
    entity: str
    row: int | None
    what: str
    now: str
    should_be: str


@discreet
@dataclass(frozen=True, slots=True)
class Rectification:
    """A request to correct (AVG 16): all corrections, of the dossier of which request, and how many answers have no place."""

    request: str
    corrections: tuple[Correction, ...]
    unplaced: int


def read_rectification(content: bytes, passphrase: str = "") -> Rectification:
    """What the resident wants corrected. Raises WorkbookError where the file cannot be read back; it tells no value."""
    try:
        book = openpyxl.load_workbook(BytesIO(_small(_opened(content, passphrase))), read_only=True, data_only=False)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, FileFormatError, DecryptionError, InvalidKeyError):
        raise WorkbookError(
            "the workbook", "cannot be opened", "Ask for the file gegevens.xlsx as we sent it, and its five words"
        ) from None
    if KEYS not in book.sheetnames:
        raise WorkbookError("the workbook", f"has no sheet {KEYS}, by which we know our rows", "Ask for gegevens.xlsx as we sent it")
    return _read(book)


def _opened(content: bytes, passphrase: str) -> bytes:
    if content[:2] == b"PK":
        return content
    locked, out = msoffcrypto.OfficeFile(BytesIO(content)), BytesIO()
    locked.load_key(password=passphrase)
    locked.decrypt(out)
    return out.getvalue()


def _small(content: bytes) -> bytes:
    """The same, unless it would unpack to more than memory should hold."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        if sum(member.file_size for member in archive.infolist()) > LARGEST:
            raise WorkbookError("the workbook", "is far larger than any of ours", "Do not open it; ask what it is")
    return content


def _read(book: Any) -> Rectification:
    keys = [tuple(str(part or "") for part in (*row, "", "", "", ""))[:4] for row in book[KEYS].iter_rows(values_only=True)]
    request = next((number for kind, number, _, _ in keys if kind == REQUEST), "")
    tables = {name: (source, entity) for kind, name, source, entity in keys if kind == TABLE}
    listed = {number: (what, *_place(source)) for number, what, source, _ in keys if number[:1] in "VD" and number[1:].isdigit()}
    found: list[Correction | None] = []
    for kind, name, _, _ in keys:
        if kind in (SHEET, DIFFERENCES) and name in book.sheetnames:
            found += (_listed(a, listed) or _of_card(a, tables) for a in _answers(book[name]))
    placed = tuple(correction for correction in found if correction)
    return Rectification(request, placed, len(found) - len(placed))


def _place(source: str) -> tuple[str, str]:
    name, _, entity = source.partition(".")
    return name, entity


@discreet
@dataclass(frozen=True, slots=True)
class _Answer:
    """The last column of a row that is filled in: the number of the row, its second column, and the one before the last."""

    number: str
    table: str
    now: str
    text: str


def _answers(sheet: Any) -> Iterator[_Answer]:
    rows = sheet.iter_rows(values_only=True)
    last = len([head for head in next(rows, ()) if head is not None]) - 1
    for row in rows:
        if last > 1 and len(row) > last and row[last] is not None and (text := str(row[last]).strip()):
            number, table, now = ("" if cell is None else str(cell).strip() for cell in (row[0], row[1], row[last - 1]))
            yield _Answer(number, table, now, text)


def _of_card(answer: _Answer, tables: Mapping[str, tuple[str, str]]) -> Correction | None:
    """A card goes on in a row that has the same number and a star."""
    bare = answer.number.rstrip("*").removesuffix(".0")
    if answer.table not in tables or not bare.isdigit() or not int(bare):
        return None
    return Correction(*tables[answer.table], int(bare) - 1, "", "", answer.text)


def _listed(answer: _Answer, listed: Mapping[str, tuple[str, str, str]]) -> Correction | None:
    """An answer about a difference or a document, which have numbers of their own."""
    if answer.number not in listed:
        return None
    what, source, entity = listed[answer.number]
    return Correction(source, entity, None, what, "" if answer.number == what else answer.now, answer.text)
