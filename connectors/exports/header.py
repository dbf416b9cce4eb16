"""The row of column names in an export: below titles and blank lines, told apart from the data by what sources.yaml expects."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from config.folding import fold

DEEPEST = 50
"""Rows in which the names are looked for."""


def header_at(rows: Sequence[Sequence[Any]], expected: Iterable[str]) -> int | None:
    """The place among the first rows of the one that holds the column names; None where none can be it.

    The row that holds most of the `expected` names; where it holds none, the first with as many texts as the widest row has cells.

    >>> header_at([["Export"], [], ["BSN", "Naam"], ["1", "a"]], ["bsn", "naam"])
    2
    """
    wanted = {fold(name) for name in expected}
    scores = [len(wanted & {fold(name) for name in names_in(row)}) for row in rows[:DEEPEST]]
    if scores and max(scores) > 0:
        return scores.index(max(scores))
    widest = max((len(names_in(row)) for row in rows[:DEEPEST]), default=0)
    for place, row in enumerate(rows[:DEEPEST]):
        filled = [cell for cell in row if cell not in (None, "")]
        if len(filled) == widest > 0 and all(isinstance(cell, str) and not cell.strip().isdigit() for cell in filled):
            return place
    return None


def names_in(row: Sequence[Any]) -> list[str]:
    """The filled cells of a row, as names."""
    return [name for cell in row if (name := _name(cell))]


def column_names(row: Sequence[Any], width: int) -> tuple[str, ...]:
    """A name for each of `width` columns: as written, numbered where there is none or where it stands twice.

    >>> column_names(["BSN", None, "BSN"], 3)
    ('BSN', 'column 2', 'BSN (2)')
    """
    names: list[str] = []
    for place in range(width):
        name = _name(row[place] if place < len(row) else None) or f"column {place + 1}"
        same = sum(1 for other in names if other == name or other.startswith(f"{name} ("))
        names.append(f"{name} ({same + 1})" if same else name)
    return tuple(names)


def _name(cell: Any) -> str:
    return " ".join(str(cell).split()) if cell is not None else ""
