"""`gegevens.xlsx`: the same data as sheets, with real dates and numbers, and nothing that a spreadsheet could run.

Limits of the format (ECMA-376): 32,767 characters a cell, 1,048,576 rows a sheet, no control characters, `_xHHHH_` means a
character. Text of a person is always of type string with quotePrefix, so that `=1+1` stays text also when it is edited.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from itertools import chain, islice
from typing import Any
from zoneinfo import ZoneInfo

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell as Cell_
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from config.collection import Column, Kind
from outputs.archive import write_member
from outputs.sheetnames import sheet_name
from outputs.shown import Cell, Mark, Shown
from outputs.wording import cell as printed

ROWS = 1_000_000
LETTERS = 32_767
WIDEST = 60
LINE = 15
"""The height of one line of text, in points."""

SAMPLE = 200

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_EXACT = frozenset({Kind.BSN, Kind.ID, Kind.PHONE, Kind.IBAN, Kind.PLATE, Kind.CODE, Kind.NAME, Kind.ADDRESS})
_FIRST_DAY = datetime(1900, 3, 1)  # noqa: DTZ001  a workbook knows no time zones  # before it, Excel counts a day that never was


def safe(text: str) -> str:
    """`text` as a cell can hold it: what XML forbids becomes a visible box, what Excel would decode is escaped.

    >>> safe("a\\x07b _x0041_")
    'a□b _x005F_x0041_'
    """
    return _ESCAPED.sub("_x005F_", _CONTROL.sub("□", text))


def pieces(text: str, mark: str) -> list[str]:
    """`text` in parts of at most 32,767 characters, each but the last ending in `mark`.

    >>> [len(p) for p in pieces("a" * 40_000, "...")]
    [32767, 7236]
    """
    parts = []
    while len(text) > LETTERS:
        cut = LETTERS - len(mark)
        parts.append(text[:cut] + mark)
        text = text[cut:]
    return [*parts, text]


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a sheet: a title, a kind and a width (in characters) for each column; kinds may be left out from the right."""

    titles: Sequence[str]
    kinds: Sequence[Kind]
    widths: Sequence[float]

    def kind(self, column: int) -> Kind:
        """The kind of a column, text where none is given."""
        return self.kinds[column] if column < len(self.kinds) else Kind.TEXT

    def height(self, row: Sequence[Cell]) -> int:
        """How many lines the row takes when its texts wrap: not every program finds out by itself."""
        return max((_lines(value, wide) for value, wide in zip(row, self.widths, strict=True) if isinstance(value, str)), default=1)


def _lines(text: str, wide: float) -> int:
    return 1 if len(text) < wide - 2 and "\n" not in text else sum(1 + int(len(line) / (wide - 2)) for line in text.split("\n"))


def _append(sheet: Any, number: int, cells: Sequence[Cell_ | None], lines: int) -> None:
    """One row, with a height where it takes more than one line (at most 409 points, as the format has it)."""
    if lines > 1:
        sheet.row_dimensions[number] = {"ht": str(min(409, lines * LINE)), "customHeight": "1"}
    sheet.append(cells)
    sheet.row_dimensions.pop(number, None)  # or the sheet would remember every row


class Sheets:
    """A workbook that is written row by row, sheet after sheet, with memory for one row."""

    def __init__(self, zone: str, split: str, again: str) -> None:
        """`split` marks a text that goes on in the next row, `again` the number of that row."""
        self.book = Workbook(write_only=True)
        self.zone, self.split, self.again = ZoneInfo(zone), split, again
        self._taken: set[str] = set()
        self._bold = Font(name="Calibri", size=11, bold=True, color="FFFFFFFF")
        self._fill = PatternFill("solid", fgColor="FF154273")
        self._styles: dict[tuple[str, bool], Any] = {}
        self._wrap = Alignment(wrap_text=True, vertical="top")

    def sheet(self, title: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]], kinds: Sequence[Kind] = ()) -> None:
        """One sheet under a frozen head with filters; a table longer than a sheet goes on in the next."""
        waiting = iter(rows)
        sample = list(islice(waiting, SAMPLE))
        head = Head(heads, kinds, tuple(_widths(heads, sample)))
        everything = self._whole(chain(sample, waiting))
        row = self._part(title, head, next(everything, None), everything)
        while row is not None:
            row = self._part(title, head, row, everything)

    def _part(self, title: str, head: Head, row: Sequence[Cell] | None, rows: Iterator[Sequence[Cell]]) -> Sequence[Cell] | None:
        """Fill one sheet, from `row` on; gives the row that did not fit."""
        sheet = self._created(title)
        sheet.freeze_panes = "A2"
        for i, wide in enumerate(head.widths, 1):
            sheet.column_dimensions[get_column_letter(i)].width = wide
        _append(sheet, 1, [self._head(sheet, text) for text in head.titles], head.height(head.titles))
        count = 1
        while row is not None and count < ROWS:
            count += 1
            _append(sheet, count, [self._cell(sheet, value, head.kind(i)) for i, value in enumerate(row)], head.height(row))
            row = next(rows, None)
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(head.titles))}{count}"
        return row

    def lines(self, title: str, lines: Sequence[str]) -> None:
        """A sheet of sentences."""
        sheet = self._created(title)
        sheet.column_dimensions["A"].width = 100
        for number, line in enumerate(lines, 1):
            _append(sheet, number, [self._text(sheet, line)], _lines(line, 100))

    def _created(self, title: str) -> Any:
        """A new sheet, that prints lying down and as wide as the paper."""
        sheet = self.book.create_sheet(sheet_name(title, self._taken))
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9  # A4
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        return sheet

    def _whole(self, rows: Iterable[Sequence[Cell]]) -> Iterator[Sequence[Cell]]:
        """The rows, with a text that is too long for a cell going on in rows of its own."""
        for row in rows:
            if not any(isinstance(value, str) and len(value) > LETTERS for value in row):
                yield row
                continue
            cut = [pieces(value, self.split) if isinstance(value, str) else [value] for value in row]
            for n in range(max(map(len, cut))):
                yield [parts[n] if n < len(parts) else None for parts in cut] if n == 0 else self._following(cut, n)

    def _following(self, cut: Sequence[Sequence[Cell]], n: int) -> list[Cell]:
        number = self.again.format(nummer=printed(cut[0][0]))
        return [number, *(parts[n] if n < len(parts) else None for parts in cut[1:])]

    def _head(self, sheet: Any, text: str) -> Cell_:
        cell = self._text(sheet, text)
        cell.font, cell.fill, cell.alignment = self._bold, self._fill, self._wrap
        return cell

    def _cell(self, sheet: Any, value: Cell, kind: Kind) -> Cell_ | None:
        match value:
            case None:
                return None
            case Mark() | bool() | str():
                return self._text(sheet, printed(value) if isinstance(value, Mark | bool) else value)
            case datetime() | date():
                return self._date(sheet, value)
            case int() | float() | Decimal():
                return self._number(sheet, value, kind)

    def _text(self, sheet: Any, text: str) -> Cell_:
        cell = self._styled(sheet, "General", quoted=True)
        # The setter of `value` would take "=1+1" for a formula, and cut long texts in silence.
        cell._value, cell.data_type = safe(text), "s"  # type: ignore[attr-defined]  # see above
        return cell

    def _date(self, sheet: Any, value: date) -> Cell_:
        moment = value if isinstance(value, datetime) else datetime.combine(value, time())
        if moment.tzinfo:  # a workbook knows no time zones
            moment = moment.astimezone(self.zone).replace(tzinfo=None)
        if moment < _FIRST_DAY:
            return self._text(sheet, printed(moment))
        cell = self._styled(sheet, "dd-mm-yyyy" if moment.time() == time() else "dd-mm-yyyy hh:mm")
        cell._value, cell.data_type = moment, "d"  # type: ignore[attr-defined]  # the setter would choose a format of its own
        return cell

    def _number(self, sheet: Any, value: int | float | Decimal, kind: Kind) -> Cell_:
        digits = len(Decimal(str(value)).as_tuple().digits)
        if kind in _EXACT or digits > 15:  # a number to call or to quote, or one that Excel would round
            return self._text(sheet, str(value) if isinstance(value, int) else printed(value))
        cell = self._styled(sheet, "#,##0.00" if kind is Kind.AMOUNT else "General")
        cell._value, cell.data_type = value, "n"  # type: ignore[attr-defined]  # as above
        return cell

    def _styled(self, sheet: Any, form: str, *, quoted: bool = False) -> Cell_:
        """An empty cell with one of the few styles of this workbook, each of which is registered once."""
        cell = WriteOnlyCell(sheet)
        if (form, quoted) not in self._styles:
            cell.alignment, cell.number_format, cell.quotePrefix = self._wrap, form, quoted
            self._styles[(form, quoted)] = cell._style  # type: ignore[attr-defined]  # openpyxl has no shared styles for this mode
        cell._style = copy(self._styles[(form, quoted)])  # type: ignore[attr-defined]  # as above
        return cell

    def finish(self, title: str, author: str, day: date) -> bytes:
        """The workbook; the same bytes for the same rows, so every date in the file is `day`."""
        self.book.properties.title, self.book.properties.creator = title, author
        out, moment = BytesIO(), datetime.combine(day, time())
        self.book.properties.created = moment
        self.book.save(out)
        return _fixed(out, moment)


def _fixed(made: BytesIO, moment: datetime) -> bytes:
    """The same archive without the clock: openpyxl writes the time of saving into docProps and into the zip."""
    out = BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name == "docProps/core.xml":
                stamp = moment.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
                write_member(new, name, BytesIO(re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", stamp, old.read(name))))
            else:
                with old.open(name) as member:
                    write_member(new, name, member)
    return out.getvalue()


def _widths(heads: Sequence[str], sample: Sequence[Sequence[Cell]]) -> Iterator[float]:
    for i, head in enumerate(heads):
        longest = max((len(printed(row[i])) for row in sample), default=0)
        yield min(WIDEST, max(len(head) + 4, longest + 2, 8))


def record_rows(view: Shown, columns: Sequence[Column]) -> Iterator[Sequence[Cell]]:
    """The rows of one collection, newest first, each with the number of its card in front."""
    return ((row + 1, *cells) for row, cells in view.rows(view.order, columns))
