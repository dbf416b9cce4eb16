"""Tables that stream: rows are drawn as they come, with the head repeated on every page.

A table of ReportLab copies all rows that are left at each page, which makes long ones quadratic; this one holds one row.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import count

from outputs.flow import BLUE, BOTTOM, GREY, LEFT, TOP, WIDTH, Flow, Style
from outputs.glyphs import BOLD, unit_width, wrapped

CELL = Style(size=8.5, leading=11.5, after=0)
HEAD = replace(CELL, font=BOLD, colour=BLUE)
NOTE = replace(CELL, colour=GREY)
PAD = 4.0


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


def table(flow: Flow, columns: Sequence[Col], rows: Iterable[Row]) -> None:
    """Draw the rows under a head that comes back on each page; every other row is tinted."""
    flow.need(70)
    _head(flow, columns)
    for n, row in zip(count(), rows, strict=False):
        lines = [wrapped(text, CELL.font, CELL.size, c.width - 2 * PAD) for text, c in zip(row.cells, columns, strict=True)]
        _keep(flow, columns, max(map(len, lines)) * CELL.leading + 2 * PAD + (2 * CELL.leading + PAD if row.notes else 0))
        _cells(flow, columns, lines, tint=n % 2 == 1)
        for label, text in row.notes:
            _note(flow, columns, label, text, tint=n % 2 == 1)
    flow.rule()
    flow.y -= 10


def _keep(flow: Flow, columns: Sequence[Col], height: float) -> None:
    """Turn the page before a row that would come apart, unless it is so tall that it must."""
    if flow.y - height < BOTTOM and height < TOP - BOTTOM - 60:
        flow.turn()
        _head(flow, columns)


def _head(flow: Flow, columns: Sequence[Col]) -> None:
    lines = [wrapped(c.title, HEAD.font, HEAD.size, c.width - 2 * PAD) for c in columns]
    _slice(flow, columns, lines, HEAD)
    flow.rule(BLUE)


def _cells(flow: Flow, columns: Sequence[Col], lines: Sequence[Sequence[str]], *, tint: bool) -> None:
    """One row, whole where a page can hold it; a row that is taller than the rest of the page is split only if it must be."""
    tall = max(map(len, lines))
    while tall:
        room = int((flow.y - BOTTOM - 2 * PAD) // CELL.leading)
        if room < tall and (room < 4 or tall <= (TOP - BOTTOM - 60) // CELL.leading):
            flow.turn()
            _head(flow, columns)
            room = int((flow.y - BOTTOM - 2 * PAD) // CELL.leading)
        now, lines = [c[:room] for c in lines], [c[room:] for c in lines]
        _slice(flow, columns, now, CELL, tint=tint)
        tall = max(map(len, lines))


def _slice(flow: Flow, columns: Sequence[Col], lines: Sequence[Sequence[str]], style: Style, *, tint: bool = False) -> None:
    height = max(map(len, lines)) * style.leading + 2 * PAD
    if tint:
        flow.band(height, room=sum(c.width for c in columns))
    x, base = LEFT, flow.y - PAD - style.size
    for column, cell in zip(columns, lines, strict=True):
        if column.right:
            for i, line in enumerate(cell):
                flow.put(x + column.width - PAD - unit_width(line, style.font) * style.size, base - i * style.leading, line, style)
        elif any(cell):
            flow.block(x + PAD, base, cell, style)
        x += column.width
    flow.y -= height


def _note(flow: Flow, columns: Sequence[Col], label: str, text: str, *, tint: bool) -> None:
    lines = wrapped(f"{label}: {text}", CELL.font, CELL.size, WIDTH - 2 * PAD - 14)
    while lines:
        room = int((flow.y - BOTTOM - PAD) // CELL.leading)
        if room < min(2, len(lines)):
            flow.turn()
            _head(flow, columns)
            continue
        now, lines = lines[:room], lines[room:]
        height = len(now) * CELL.leading + PAD
        if tint:
            flow.band(height, room=sum(c.width for c in columns))
        flow.block(LEFT + PAD + 14, flow.y - CELL.size, now, CELL)
        flow.y -= height


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


def small(flow: Flow, titles: Sequence[str], rows: Iterable[Sequence[str]], numbers: Sequence[int] = ()) -> None:
    """A table of which the rows are few enough to measure; the columns `numbers` are aligned on their last digit."""
    held = list(rows)
    found = widths(titles, held) or [WIDTH / len(titles)] * len(titles)
    table(flow, [Col(title, wide, i in numbers) for i, (title, wide) in enumerate(zip(titles, found, strict=True))], map(Row, held))
