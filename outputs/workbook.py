"""`gegevens.xlsx`: the same data as sheets, with real dates and numbers, and nothing that a spreadsheet could run.

Limits of the format (ECMA-376): 32,767 characters a cell, 1,048,576 rows a sheet, no control characters. Text of a person is
always of type string with quotePrefix, so that `=1+1` stays text also when it is edited.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

import xlsxwriter
import xlsxwriter.utility
import xlsxwriter.worksheet

from config.collection import Kind
from outputs.house import house
from outputs.sheetnames import sheet_name
from outputs.shown import NO_END, Cell, Mark
from outputs.wording import cell as printed

ROWS = 1_000_000
LETTERS = 32_767
WIDEST = 60
ASIDE = 30
"""So wide are the columns at most that say which row it is: two of them stay in view."""
LINE = 15
"""The height of one line of text, in points."""

SAMPLE = 200

MOST = 10**15
"""From here on, Excel rounds."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_EXACT = frozenset({Kind.BSN, Kind.ID, Kind.PHONE, Kind.IBAN, Kind.PLATE, Kind.CODE, Kind.NAME, Kind.ADDRESS})
_FIRST_DAY = date(1900, 3, 1)  # before it, Excel counts a day that never was
_ZERO = date(1899, 12, 30).toordinal()


def safe(text: str) -> str:
    """`text` as a cell can hold it: what XML forbids becomes a visible box, every end of a line the one that Excel knows.

    >>> safe("a\\x07b\\r\\nc")
    'a□b\\nc'
    """
    return text if text.isprintable() else _CONTROL.sub("□", text.replace("\r\n", "\n").replace("\r", "\n"))


def pieces(text: str, mark: str) -> list[str]:
    """`text` in parts of at most 32,767 units of UTF-16, as Excel counts, each but the last ending in `mark`.

    >>> [len(p) for p in pieces("a" * 40_000, "...")]
    [32767, 7236]
    """
    cut, parts = (LETTERS if len(text) == _units(text) else LETTERS // 2) - len(mark), []
    while _units(text) > LETTERS:
        parts.append(text[:cut] + mark)
        text = text[cut:]
    return [*parts, text]


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _too_long(value: Cell) -> bool:
    return isinstance(value, str) and len(value) > LETTERS // 2 and _units(value) > LETTERS


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a sheet: a title, a kind and a width (in characters) for each column; kinds may be left out from the right."""

    titles: Sequence[str]
    kinds: Sequence[Kind]
    widths: Sequence[float]
    answered: bool = False  # the last column is for the resident to fill in
    lead: int = 1  # so many columns say which row it is

    def kind(self, column: int) -> Kind:
        """The kind of a column, text where none is given."""
        return self.kinds[column] if column < len(self.kinds) else Kind.TEXT

    def height(self, row: Sequence[Cell]) -> int:
        """How many lines the row takes when its texts wrap: not every program finds out by itself."""
        return max((_lines(value, wide) for value, wide in zip(row, self.widths, strict=True) if isinstance(value, str)), default=1)


def _lines(text: str, wide: float) -> int:
    return 1 if len(text) < wide - 2 and "\n" not in text else sum(1 + int(len(line) / (wide - 2)) for line in text.split("\n"))


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a sheet, those by which the widths are found, and how many columns in front say which row it is."""

    rows: Iterator[Sequence[Cell]]
    sample: Sequence[Sequence[Cell]]
    lead: int = 1


def _sampled(rows: Iterable[Sequence[Cell]]) -> Rows:
    waiting = iter(rows)
    sample = list(islice(waiting, SAMPLE))
    return Rows(chain(sample, waiting), sample)


class _Sheet(xlsxwriter.worksheet.Worksheet):  # type: ignore[misc]  # XlsxWriter has no types
    """Writes whole rows of texts and numbers in one step, which is where the time of a workbook goes.

    XlsxWriter itself takes a text that begins with `<r>` and ends with `</r>` for markup of its own; here it stays a text.
    """

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        kind, style = type(cell).__name__, cell.format
        if style is None or kind not in ("String", "Number", "Datetime"):
            super()._write_cell(row, col, cell)
        elif kind == "String":
            self.fh.write(_text(row, col, cell.string, style.xf_index))
        else:
            self.fh.write(_figure(row, col, cell.number, style.xf_index))

    def whole(self, row: int, cells: Sequence[str], last: int, lines: int) -> None:
        """Write a row below all others, of cells as `_text` and `_figure` give them, the last in column `last`: so many lines high."""
        for column in (0, last):
            self._check_dimensions(row, column)
        self._write_single_row(row)
        tall = f' ht="{_pixels(lines) * 0.75:.16g}" customHeight="1"' if lines > 1 else ""
        self.fh.write(f'<row r="{row + 1}"{tall}>{"".join(cells)}</row>')


def _pixels(lines: int) -> int:
    """How high so many lines are, at most 409 points, as the format has it; a point is four thirds of what XlsxWriter counts in."""
    return int(min(409, lines * LINE) * 4 / 3 + 0.5)


def _text(row: int, column: int, text: str, style: int) -> str:
    """A cell with a text, as it stands in a sheet."""
    inner = text if not _MARKUP.search(text) else _escaped(text)
    return f'<c r="{xl_col_to_name(column)}{row + 1}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{inner}</t></is></c>'


def _figure(row: int, column: int, number: float | Decimal, style: int) -> str:
    """A cell with a number, likewise. Raises ValueError where it is none that a sheet can hold."""
    if not math.isfinite(number):
        raise ValueError("a number without end, which no sheet can hold")
    return f'<c r="{xl_col_to_name(column)}{row + 1}" s="{style}"><v>{number:.16G}</v></c>'


_MARKUP = re.compile(r"[&<>]|_x[0-9A-Fa-f]{4}_")
_CODED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def _escaped(text: str) -> str:
    """For XML, and with what Excel would decode (`_x0041_`) as it was typed."""
    return _CODED.sub("_x005F_", text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


xl_col_to_name = cache(xlsxwriter.utility.xl_col_to_name)


class Sheets:
    """A workbook that is written row by row, sheet after sheet, with memory for one row; to be used as a context."""

    def __init__(self, zone: str, split: str, again: str) -> None:
        """`split` marks a text that goes on in the next row, `again` the number of that row."""
        self.zone, self.split, self.again = ZoneInfo(zone), split, again
        self._folder = TemporaryDirectory(prefix="inzage-")
        self._path = Path(self._folder.name) / "made.xlsx"
        options = {"constant_memory": True, "tmpdir": self._folder.name, "strings_to_urls": False, "default_date_format": "dd-mm-yyyy"}
        self.book: Any = xlsxwriter.Workbook(self._path, options)
        self._taken: set[str] = set()
        self._styles()

    def __enter__(self) -> Sheets:
        return self

    def __exit__(self, *_: object) -> None:
        self.book.fileclosed = True  # or XlsxWriter warns of a book that was given up
        self._folder.cleanup()

    def _styles(self) -> None:
        top = {"text_wrap": True, "valign": "top"}
        made = self.book.add_format
        self._bold = made({**top, "bold": True, "font_color": "#FFFFFF", "bg_color": house().colour, "quote_prefix": True})
        self._plain = made({**top, "quote_prefix": True})
        self._general, self._sum = made(top), made({**top, "num_format": "#,##0.00"})
        self._day, self._moment = made({**top, "num_format": "dd-mm-yyyy"}), made({**top, "num_format": "dd-mm-yyyy hh:mm"})
        self._answer = made({**top, "bg_color": "#FFF7D6"})
        for style in (self._bold, self._plain, self._general, self._sum, self._day, self._moment, self._answer):
            style._get_xf_index()  # numbers it, so that `xf_index` can be read

    def sheet(
        self, title: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]] | Rows, kinds: Sequence[Kind] = (), *, answered: bool = False
    ) -> tuple[str, ...]:
        """One sheet under a frozen head with filters; a table longer than a sheet goes on in the next. Gives their names.

        `answered` marks the last column as the one that the resident fills in.
        """
        given = rows if isinstance(rows, Rows) else _sampled(rows)
        head = Head(heads, kinds, tuple(_widths(heads, given)), answered, given.lead)
        names: list[str] = []
        everything = self._whole(given)
        row = next(everything, None)
        while row is not None or not names:
            names.append(sheet_name(title, self._taken))
            row = self._part(names[-1], head, row, everything)
        return tuple(names)

    def _part(self, name: str, head: Head, row: Sequence[Cell] | None, rows: Iterator[Sequence[Cell]]) -> Sequence[Cell] | None:
        """Fill one sheet, from `row` on; gives the row that did not fit."""
        sheet = self._created(name)
        sheet.freeze_panes(1, head.lead - 1)  # not the system: it would leave too little room
        for i, wide in enumerate(head.widths):
            sheet.set_column(i, i, wide, self._answer if head.answered and i == len(head.titles) - 1 else None)
        _height(sheet, 0, head.height(head.titles))
        for i, text in enumerate(head.titles):
            sheet.write_string(0, i, safe(text), self._bold)
        count, last = 0, len(head.titles) - 1
        columns = [(i, head.kind(i), wide - 2) for i, wide in enumerate(head.widths)]
        while row is not None and count < ROWS - 1:
            count += 1
            self._row(sheet, count, row, columns)
            row = next(rows, None)
        sheet.autofilter(0, 0, count, last)
        return row

    def lines(self, title: str, lines: Sequence[str]) -> None:
        """A sheet of sentences."""
        sheet = self._created(sheet_name(title, self._taken))
        sheet.set_column(0, 0, 100)
        for number, line in enumerate(lines):
            _height(sheet, number, _lines(line, 100))
            sheet.write_string(number, 0, safe(line), self._plain)

    def hidden(self, title: str, rows: Iterable[Sequence[str]]) -> None:
        """A sheet that is not shown, for programs that read the workbook back."""
        sheet = self._created(sheet_name(title, self._taken))
        sheet.hide()
        for number, row in enumerate(rows):
            for i, text in enumerate(row):
                sheet.write_string(number, i, safe(text), self._plain)

    def _created(self, name: str) -> Any:
        """A new sheet, that prints lying down and as wide as the paper."""
        sheet = self.book.add_worksheet(name, worksheet_class=_Sheet)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        return sheet

    def _whole(self, given: Rows) -> Iterator[Sequence[Cell]]:
        """The rows, with a text that is too long for a cell going on in rows of its own."""
        for row in given.rows:
            if not any(map(_too_long, row)):
                yield row
                continue
            cut = [pieces(value, self.split) if isinstance(value, str) else [value] for value in row]
            for n in range(max(map(len, cut))):
                yield [parts[n] if n < len(parts) else None for parts in cut] if n == 0 else self._following(cut, n, given.lead)

    def _following(self, cut: Sequence[Sequence[Cell]], n: int, lead: int) -> list[Cell]:
        number, same = self.again.format(nummer=printed(cut[0][0])), (parts[0] for parts in cut[1:lead])
        return [number, *same, *(parts[n] if n < len(parts) else None for parts in cut[lead:])]

    def _row(self, sheet: _Sheet, number: int, row: Sequence[Cell], columns: Sequence[tuple[int, Kind, float]]) -> None:
        """One row, as high as its tallest text when that wraps: not every program finds out by itself."""
        plain, tall, last, cells = self._plain.xf_index, 1, 0, list[str]()
        for value, (i, kind, wide) in zip(row, columns, strict=True):
            if type(value) is str and kind is not Kind.DATE:
                cells.append(_text(number, i, safe(value), plain))
                if len(value) >= wide or "\n" in value:
                    tall = max(tall, _lines(value, wide + 2))
            elif value is not None:
                cells.append(self._cell(number, i, value, kind))
            else:
                continue
            last = i
        if cells:
            sheet.whole(number, cells, last, tall)

    def _cell(self, row: int, column: int, value: Mark | str | int | float | Decimal | date, kind: Kind) -> str:
        if isinstance(value, Mark | bool | str) or (kind is Kind.DATE and not isinstance(value, date)):
            return _text(row, column, safe(printed(value, kind)), self._plain.xf_index)
        return self._date(row, column, value) if isinstance(value, date) else self._number(row, column, value, kind)

    def _date(self, row: int, column: int, value: date) -> str:
        moment = self._local(value) if isinstance(value, datetime) else None
        day = moment.date() if moment else value
        if day < _FIRST_DAY or day.year >= NO_END:
            return _text(row, column, printed(value), self._plain.xf_index)
        if moment is None or moment.time() == time():
            return _figure(row, column, day.toordinal() - _ZERO, self._day.xf_index)
        return _figure(row, column, _serial(moment), self._moment.xf_index)

    def _local(self, moment: datetime) -> datetime:
        """In the time of the gemeente, for a workbook knows no time zones."""
        return moment.astimezone(self.zone).replace(tzinfo=None) if moment.tzinfo else moment

    def _number(self, row: int, column: int, value: int | float | Decimal, kind: Kind) -> str:
        if kind in _EXACT or _digits(value) > 15:  # a number to call or to quote, or one that Excel would round
            return _text(row, column, str(value) if isinstance(value, int) else printed(value), self._plain.xf_index)
        return _figure(row, column, value, (self._sum if kind is Kind.AMOUNT else self._general).xf_index)

    def finish(self, title: str, author: str, day: date) -> bytes:
        """The workbook; the same bytes for the same rows, so every date in the file is `day`."""
        self.book.set_properties({"title": title, "author": author, "created": datetime.combine(day, time())})
        self.book.close()
        return self._path.read_bytes()


def _serial(moment: datetime) -> float:
    """A moment as a workbook counts: days, of which the time is a part."""
    seconds = (moment.hour * 60 + moment.minute) * 60 + moment.second + moment.microsecond / 1e6
    return moment.toordinal() - _ZERO - 1 + seconds / 86_400 + 1  # in the order of XlsxWriter, for fractions round on the way


def _height(sheet: Any, row: int, lines: int) -> None:
    """A height where the row takes more than one line (at most 409 points, as the format has it)."""
    if lines > 1:
        sheet.set_row(row, min(409, lines * LINE))


def _digits(value: int | float | Decimal) -> int:
    if isinstance(value, int):
        return 1 if -MOST < value < MOST else 16
    return len((value if isinstance(value, Decimal) else Decimal(str(value))).as_tuple().digits)


def _widths(heads: Sequence[str], given: Rows) -> Iterator[float]:
    for i, head in enumerate(heads):
        longest = max((len(printed(row[i])) for row in given.sample), default=0)
        yield min(WIDEST if i >= given.lead else ASIDE, max(len(head) + 4, longest + 2, 8))
