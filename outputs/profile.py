"""How the columns of a collection are filled, which decides how it is laid out: cards, a table, or dense cards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from config.collection import Column
from config.discretion import discreet
from outputs.shown import Shown
from outputs.table import widths
from outputs.wording import cell

FEW = 6
"""Up to so many rows stand as cards that one reads; more stand as a table."""

LONG, LONG_MEAN = 120, 45
"""From so many characters in one cell, or so many in the mean, a text goes below its row over the whole width."""

SAMPLE = 300


class Layout(Enum):
    """How the rows of one collection are drawn."""

    CARDS = auto()
    TABLE = auto()
    DENSE = auto()


@discreet
@dataclass(slots=True)
class Filling:
    """What one column holds over all rows."""

    column: Column
    filled: int = 0
    longest: int = 0
    letters: int = 0
    same: str | None = None  # the one value that all rows have; None where they differ
    rows: int = 0

    def add(self, text: str) -> None:
        """Count the printed text of one more cell."""
        self.same = text if self.rows == 0 or self.same == text else None
        self.rows += 1
        self.filled += bool(text)
        self.longest = max(self.longest, len(text))
        self.letters += len(text)

    @property
    def long(self) -> bool:
        """Whether its texts are too long for a column of a table."""
        return self.longest > LONG or self.letters > LONG_MEAN * max(self.filled, 1) or "\n" in (self.same or "")


@discreet
@dataclass(frozen=True, slots=True)
class Plan:
    """A layout, and which column goes where; `widths` are those of the table, the number of the card first."""

    layout: Layout
    columns: tuple[Column, ...]
    notes: tuple[Column, ...]
    constant: tuple[tuple[Column, str], ...]
    blank: tuple[Column, ...]
    widths: tuple[float, ...] = field(default=())


def plan(view: Shown, number: str) -> Plan:
    """How to draw `view`; looks at every cell once. `number` is the head of the column with the number of the card."""
    columns, total = view.columns, len(view.order)
    fillings = [Filling(column) for column in columns]
    sample: list[list[str]] = []
    for n, (row, cells) in enumerate(view.rows(view.order, columns)):
        texts = [cell(value, column.kind) for value, column in zip(cells, columns, strict=True)]
        for filling, text in zip(fillings, texts, strict=True):
            filling.add(text)
        if n < SAMPLE // 2 or n % max(1, total // SAMPLE) == 0:
            sample.append([str(row + 1), *texts])
    return _laid_out(fillings, sample, total, number)


def _laid_out(fillings: Sequence[Filling], sample: Sequence[Sequence[str]], total: int, number: str) -> Plan:
    blank = tuple(f.column for f in fillings if not f.filled)
    constant = tuple((f.column, f.same) for f in fillings if f.same and total > FEW and not f.long)
    aside = {*blank, *(column for column, _ in constant)}
    left = [(i, f) for i, f in enumerate(fillings) if f.column not in aside]
    if total <= FEW:
        return Plan(Layout.CARDS, tuple(f.column for _, f in left), (), constant, blank)
    short, notes = [(i, f) for i, f in left if not f.long], tuple(f.column for _, f in left if f.long)
    picked = [[row[0], *(row[i + 1] for i, _ in short)] for row in sample]
    found = widths([number, *(f.column.label or f.column.name for _, f in short)], picked)
    layout = Layout.DENSE if found is None else Layout.TABLE
    return Plan(layout, tuple(f.column for _, f in short), notes, constant, blank, tuple(found or ()))
