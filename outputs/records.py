"""The rows of one collection on paper: as cards where they are few, as a table or dense cards where they are many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from config.collection import Column, Kind
from outputs.flow import Flow
from outputs.glyphs import BOLD, wrapped
from outputs.ink import BLUE, BODY, GREY, LEFT, SMALL, WIDTH
from outputs.profile import Layout, Plan, plan
from outputs.shown import Cell, Mark, Shown, empty
from outputs.table import CELL, Col, Row, table
from outputs.texts import texts
from outputs.wording import cell, in_full, listed

LABELS = 150.0
GRID = 3
LABEL = replace(SMALL, size=7.5, leading=10, colour=GREY, after=0)
VALUE = replace(CELL, after=0)


def records(flow: Flow, view: Shown) -> None:
    """Everything of one collection but its documents: what is the same in all rows first, then the rows, newest first."""
    said: Any = texts()["dossier"]
    planned = plan(view, said["nummer"])
    _aside(flow, view, planned, said)
    match planned.layout:
        case Layout.CARDS:
            _cards(flow, view, planned, said)
        case Layout.TABLE:
            _table(flow, view, planned, said)
        case Layout.DENSE:
            _dense(flow, view, planned, said)


def label(column: Column) -> str:
    """What a column is called for the resident."""
    return column.label or column.name


def _aside(flow: Flow, view: Shown, planned: Plan, said: Any) -> None:
    if planned.constant:
        flow.text(said["overal"], replace(SMALL, font=BOLD, colour=BLUE, after=2))
        with flow.within("L"):
            for column, text in planned.constant:
                pair(flow, label(column), text)
        flow.space(6)
    if planned.blank:
        flow.text(said["overal_leeg"].format(kolommen=listed([label(c) for c in planned.blank])), SMALL)
    if view.hidden:
        names = listed([f"{label(c)} ({ground or c.withhold})" for c, ground in view.hidden])
        flow.text(said["kolommen_weg"].format(kolommen=names), SMALL)


def pair(flow: Flow, name: str, text: str) -> None:
    """A label at the left, and its text beside it, as an item of the list that is open; both wrap."""
    names = wrapped(name, SMALL.font, SMALL.size, LABELS - 12)
    flow.need(max(BODY.leading * 2, SMALL.leading * len(names)))
    top, page = flow.y, flow.page
    with flow.within("LI"):
        flow.block(LEFT, top - BODY.size + 0.5, names, SMALL, "Lbl")
        with flow.within("LBody"):
            flow.lines(text, replace(BODY, after=2), indent=LABELS)
    if flow.page == page:
        flow.y = min(flow.y, top - SMALL.leading * len(names) - 3)


def _title(view: Shown, row: int, said: Any) -> str:
    day = view.days[row]
    return str(said["kaart_datum"].format(nummer=row + 1, datum=in_full(day)) if day else said["kaart"].format(nummer=row + 1))


def _filled(columns: Sequence[Column], cells: Sequence[Cell]) -> Iterator[tuple[str, str]]:
    return ((label(column), cell(value, column.kind)) for column, value in zip(columns, cells, strict=True) if not empty(value))


def whole(cells: Sequence[Cell]) -> str:
    """The ground on which a whole row is withheld; "" where anything of it is shown or empty."""
    grounds = {cell.ground if isinstance(cell, Mark) else "" for cell in cells}
    return grounds.pop() if len(grounds) == 1 else ""


def _cards(flow: Flow, view: Shown, planned: Plan, said: Any) -> None:
    for row, cells in view.rows(view.order, planned.columns):
        flow.need(76)
        flow.banner(_title(view, row, said), 20, replace(BODY, font=BOLD, colour=BLUE, size=9.5))
        flow.y -= 6
        if ground := whole(cells):
            flow.text(said["hele_rij"].format(grond=ground), SMALL)
            continue
        if filled := list(_filled(planned.columns, cells)):
            with flow.within("L"):
                for name, text in filled:
                    pair(flow, name, text)
        flow.space(8)


def _table(flow: Flow, view: Shown, planned: Plan, said: Any) -> None:
    titles = [said["nummer"], *(label(column) for column in planned.columns)]
    shown, blank = len(planned.columns), texts()["leeg"]
    rows = (
        Row([str(row + 1), *[""] * shown], ((said["kaart"].format(nummer=row + 1), said["hele_rij"].format(grond=ground)),))
        if (ground := whole(cells))
        else Row(
            [str(row + 1), *(cell(value, column.kind) or blank for value, column in zip(cells, planned.columns, strict=False))],
            tuple(_filled(planned.notes, cells[shown:])),
        )
        for row, cells in view.rows(view.order, planned.columns + planned.notes)
    )
    sums = (False, *(column.kind is Kind.AMOUNT for column in planned.columns))
    table(flow, [Col(title, width, right) for title, width, right in zip(titles, planned.widths, sums, strict=True)], rows)


def _dense(flow: Flow, view: Shown, planned: Plan, said: Any) -> None:
    """Many rows with more columns than fit side by side: three fields abreast, each under its name."""
    shown = len(planned.columns)
    for row, cells in view.rows(view.order, planned.columns + planned.notes):
        flow.need(62)
        flow.banner(_title(view, row, said), 15, replace(SMALL, font=BOLD, colour=BLUE))
        flow.y -= 3
        if ground := whole(cells):
            flow.text(said["hele_rij"].format(grond=ground), SMALL)
            continue
        pairs, notes = list(_filled(planned.columns, cells[:shown])), list(_filled(planned.notes, cells[shown:]))
        if pairs or notes:
            with flow.within("L"):
                _fields(flow, pairs, notes)
        flow.space(5)


def _fields(flow: Flow, pairs: Sequence[tuple[str, str]], notes: Sequence[tuple[str, str]]) -> None:
    for i in range(0, len(pairs), GRID):
        _abreast(flow, pairs[i : i + GRID])
    for name, text in notes:
        with flow.within("LI"):
            flow.text(f"{name}: {text}", replace(VALUE, after=3), indent=4, tag="LBody")


def _abreast(flow: Flow, pairs: Sequence[tuple[str, str]]) -> None:
    room = WIDTH / GRID
    cells = [(wrapped(n, LABEL.font, LABEL.size, room - 8)[:1], wrapped(t, VALUE.font, VALUE.size, room - 8)) for n, t in pairs]
    height = LABEL.leading + max(len(lines) for _, lines in cells) * VALUE.leading + 3
    flow.need(height)
    for n, (name, lines) in enumerate(cells):
        x = LEFT + n * room + 4
        flow.begin("LI")
        flow.block(x, flow.y - LABEL.size, name, LABEL, "Lbl")
        flow.block(x, flow.y - LABEL.leading - VALUE.size, lines, VALUE, "LBody")
        flow.end()
    flow.y -= height
