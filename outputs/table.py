"""Tables that stream: rows are drawn as they come, with the head repeated on every page.

A table of ReportLab copies all rows that are left at each page, which makes long ones quadratic; this one holds one row.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice

from outputs.flow import Flow
from outputs.glyphs import BOLD, unit_width, wrapped
from outputs.ink import BLUE, BOTTOM, GREY, LEFT, TOP, WIDTH, Style
from outputs.volume import ARTIFACT, HERE

CELL = Style(size=8.5, leading=11.5, after=0)
HEAD = replace(CELL, font=BOLD, colour=BLUE)
NOTE = replace(CELL, colour=GREY)
PAD = 4.0

TALLEST = TOP - BOTTOM - 60
"""A row that is taller than this comes apart, for no page holds it."""

COLUMN = "/A<</O/Table/Scope/Column>>"
"""Says of a head that it stands above a column."""


@dataclass(frozen=True, slots=True)
class Col:
    """One column: its head and its width in points, padding included."""

    title: str
    width: float
    right: bool = False  # numbers, aligned on their last digit


@dataclass(frozen=True, slots=True)
class Row:
    """The text of each column, and long texts that go below over the whole width, each with its label."""

    cells: Sequence[str]
    notes: Sequence[tuple[str, str]] = ()
    leads_to: str = ""  # the bookmark to which the last cell leads


def table(flow: Flow, columns: Sequence[Col], rows: Iterable[Row]) -> None:
    """Draw the rows under a head that comes back on each page; every other row is tinted."""
    waiting = iter(rows)
    first = list(islice(waiting, 1))
    flow.need(max(70.0, min(height([c.title for c in columns], [r.cells for r in first], [c.width for c in columns]), TALLEST)))
    flow.begin("Table")
    grid = _Grid(flow, columns)
    for n, row in enumerate(chain(first, waiting)):
        grid.row(row, tint=n % 2 == 1)
    flow.end()
    flow.rule()
    flow.y -= 10


class _Grid:
    """The rows of one table on the pages of a flow; a head that comes back is read once in each file."""

    def __init__(self, flow: Flow, columns: Sequence[Col]) -> None:
        self.flow, self.columns, self._headed_in = flow, columns, 0
        self._rooms = [c.width - 2 * PAD for c in columns]
        self._wide = sum(c.width for c in columns)
        self._over_all = f"/A<</O/Table/ColSpan {len(columns)}>>" if len(columns) > 1 else ""
        self._head()

    def row(self, row: Row, *, tint: bool) -> None:
        """One row, with its notes below it."""
        lines = [_ended(wrapped(text, CELL.font, CELL.size, room)) for text, room in zip(row.cells, self._rooms, strict=True)]
        self._keep(max(map(len, lines)) * CELL.leading + 2 * PAD + (2 * CELL.leading + PAD if row.notes else 0))
        self._cells(lines, row.leads_to, tint=tint)
        for label, text in row.notes:
            self._note(label, text, tint=tint)

    def _keep(self, height: float) -> None:
        """Turn the page before a row that would come apart, unless it is so tall that it must."""
        if self.flow.y - height < BOTTOM and height < TALLEST:
            self._turn()

    def _turn(self) -> None:
        self.flow.turn()
        self._head()

    def _head(self) -> None:
        lines = [wrapped(c.title, HEAD.font, HEAD.size, room) for c, room in zip(self.columns, self._rooms, strict=True)]
        again = self._headed_in == self.flow.part
        self._slice(lines, HEAD, ARTIFACT if again else "TH", "" if again else COLUMN)
        self._headed_in = self.flow.part
        self.flow.rule(BLUE)

    def _cells(self, lines: Sequence[Sequence[str]], leads_to: str, *, tint: bool) -> None:
        """One row, whole where a page can hold it; a row that is taller than the rest of the page is split only if it must be."""
        tall = max(map(len, lines))
        while tall:
            room = self._room()
            if room < tall and (room < 4 or tall <= TALLEST // CELL.leading):
                self._turn()
                room = max(self._room(), 1)
            now, lines = [c[:room] for c in lines], [c[room:] for c in lines]
            self._slice(now, CELL, "TD", leads_to=leads_to, tint=tint)
            tall = max(map(len, lines))

    def _room(self) -> int:
        return int((self.flow.y - BOTTOM - 2 * PAD) // CELL.leading)

    def _slice(
        self, lines: Sequence[Sequence[str]], style: Style, tag: str, entries: str = "", leads_to: str = "", *, tint: bool = False
    ) -> None:
        """Lines of each column beside each other, as a row of cells, or as an ARTIFACT."""
        flow, real = self.flow, tag is not ARTIFACT
        height = max(map(len, lines)) * style.leading + 2 * PAD
        if tint:
            flow.band(height, room=self._wide)
        if real:
            flow.begin("TR")
        x, base = LEFT, flow.y - PAD - style.size
        for column, cell in zip(self.columns, lines, strict=True):
            if real:
                flow.begin(tag, entries)
            if leads_to and column is self.columns[-1]:
                self._leading(cell, x, base, height, leads_to)
            else:
                self._cell(column, cell, x, base, style, HERE if real else ARTIFACT)
            if real:
                flow.end()
            x += column.width
        if real:
            flow.end()
        flow.y -= height

    def _cell(self, column: Col, cell: Sequence[str], x: float, base: float, style: Style, tag: str) -> None:  # noqa: PLR0917  a place has as many sides
        if column.right:
            for i, line in enumerate(cell):
                start = x + column.width - PAD - unit_width(line.rstrip(), style.font) * style.size
                self.flow.put(start, base - i * style.leading, line, style, tag)
        elif any(cell):
            self.flow.block(x + PAD, base, cell, style, tag)

    def _leading(self, cell: Sequence[str], x: float, base: float, height: float, key: str) -> None:
        """A cell that leads to a bookmark of this file."""
        flow, wide = self.flow, self.columns[-1].width
        with flow.within("Link"):
            flow.block(x + PAD, base, cell, replace(CELL, colour=BLUE), HERE)
            flow.volume.link(key, " ".join(cell), (x, flow.y - height, x + wide, flow.y))

    def _note(self, label: str, text: str, *, tint: bool) -> None:
        """A text below its row over the whole width: a row of one cell, and another one on each page where it goes on."""
        lines, flow = wrapped(f"{label}: {text}", CELL.font, CELL.size, WIDTH - 2 * PAD - 14), self.flow
        while lines:
            room = int((flow.y - BOTTOM - PAD) // CELL.leading)
            if room < min(2, len(lines)):
                self._turn()
                continue
            now, lines = lines[:room], lines[room:]
            height = len(now) * CELL.leading + PAD
            if tint:
                flow.band(height, room=self._wide)
            with flow.within("TR"), flow.within("TD", self._over_all):
                flow.block(LEFT + PAD + 14, flow.y - CELL.size, now, CELL, HERE)
            flow.y -= height


def _ended(lines: list[str]) -> list[str]:
    """The lines of a cell, the last with a space: it keeps the cell apart from the next, for whoever reads the page back."""
    if lines[-1]:
        lines[-1] += " "
    return lines


def widths(titles: Sequence[str], sample: Sequence[Sequence[str]], room: float = WIDTH) -> list[float] | None:
    """Widths for these columns from a sample of rows; None where they do not fit side by side.

    Each column gets at least its longest word; what is left goes to those whose lines are long.
    """
    least, natural = [], []
    for i, title in enumerate(titles):
        texts = [row[i] for row in sample]
        words = [w for t in texts for w in t.split()] or [""]
        wide = max(unit_width(w, CELL.font) for w in words) * CELL.size
        head = max(unit_width(w, HEAD.font) for w in title.split() or [""]) * HEAD.size
        least.append(max(min(wide, 130.0), head, 24.0) + 2 * PAD)
        natural.append(max(max(unit_width(t, CELL.font) for t in texts or [""]) * CELL.size + 2 * PAD, least[-1]))
    spare = room - sum(least)
    if spare < 0:
        return None
    wish = [n - m for n, m in zip(natural, least, strict=True)]
    share = min(1.0, spare / total) if (total := sum(wish)) else 0.0
    found = [m + w * share for m, w in zip(least, wish, strict=True)]
    return [w * room / sum(found) for w in found]


def height(titles: Sequence[str], rows: Sequence[Sequence[str]], wide: Sequence[float] = ()) -> float:
    """How tall these rows are under their head, in columns of these widths or as `small` draws them: to keep them with a heading."""
    found = wide or widths(titles, rows) or [WIDTH / len(titles)] * len(titles)
    tall = [max(len(wrapped(t, CELL.font, CELL.size, w - 2 * PAD)) for t, w in zip(row, found, strict=True)) for row in (titles, *rows)]
    return sum(lines * CELL.leading + 2 * PAD for lines in tall)


def small(flow: Flow, titles: Sequence[str], rows: Iterable[Sequence[str]], numbers: Sequence[int] = ()) -> None:
    """A table of which the rows are few enough to measure; the columns `numbers` are aligned on their last digit."""
    held = list(rows)
    found = widths(titles, held) or [WIDTH / len(titles)] * len(titles)
    table(flow, [Col(title, wide, i in numbers) for i, (title, wide) in enumerate(zip(titles, found, strict=True))], map(Row, held))
