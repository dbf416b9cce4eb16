"""Cells of exports as values: empty is None, dates and amounts by the kind that sources.yaml gives their column, all else as it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime, time
from decimal import Decimal
from typing import Any

from config.collection import Kind
from config.settings import Entity
from connectors.asking.shape import find
from connectors.written.dates import day

Reads = Callable[[Any], Any]


def readers(entity: Entity, names: Sequence[str], decimal: str, dates: str) -> list[Reads]:
    """For each column what makes a value of its cells; `decimal` is "," or ".", or "" to see it; `dates` a format of strptime."""
    kinds: dict[int, Kind] = {}
    for name, column in entity.columns.items():
        if (place := find(name, names)) is not None:
            kinds[place] = column.kind
    return [_reader(kinds.get(place, Kind.TEXT), decimal, dates) for place in range(len(names))]


def _reader(kind: Kind, decimal: str, dates: str) -> Reads:
    if kind is Kind.DATE:
        return lambda cell: _date(bare(cell), dates)
    if kind is Kind.AMOUNT:
        return lambda cell: amount(bare(cell), decimal)
    return bare


def bare(cell: Any) -> Any:
    """A cell without surrounding space; None for one that is empty; midnight is a date, and a whole fraction a whole number."""
    if isinstance(cell, str):
        return cell.strip() or None
    if isinstance(cell, datetime) and cell.time() == time() and cell.tzinfo is None:
        return cell.date()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return int(cell)
    return cell


def _date(cell: Any, form: str) -> Any:
    """A date where the cell writes one; as it stands where it does not."""
    if form and isinstance(cell, str):
        try:
            return datetime.strptime(cell, form).date()  # noqa: DTZ007 - a calendar day has no zone
        except ValueError:
            return cell
    if isinstance(cell, datetime):
        return cell
    return day(cell, serial=isinstance(cell, int | float), this_year=2100) or cell


_AMOUNT = re.compile(r"-?[0-9][0-9., ']*-?")


def amount(cell: Any, decimal: str = "") -> Any:
    """An amount as Decimal, whichever mark parts its cents; as it stands where it is none.

    >>> amount("€ 1.234,56"), amount("1,234.56"), amount("1.234"), amount("12,5"), amount("n.v.t.")
    (Decimal('1234.56'), Decimal('1234.56'), Decimal('1234'), Decimal('12.5'), 'n.v.t.')
    """
    if not isinstance(cell, str):
        return cell
    text = re.sub(r"^(?:€|EUR)\s*|\s*(?:€|EUR)$", "", cell.strip()).strip()
    if not _AMOUNT.fullmatch(text):
        return cell
    minus = "-" if text.startswith("-") or text.endswith("-") else ""
    digits = re.sub(r"[ '\-]", "", text)
    mark = decimal or _mark(digits)
    whole, _, cents = digits.rpartition(mark) if mark and mark in digits else (digits, "", "")
    return Decimal(f"{minus}{re.sub('[.,]', '', whole)}{'.' + cents if cents else ''}")


def _mark(digits: str) -> str:
    """The mark before the cents: the last one, unless it stands more than once or before three digits with nothing else to part."""
    last = max(digits.rfind("."), digits.rfind(","))
    if last < 0:
        return ""
    mark = digits[last]
    if digits.count(mark) > 1 or (len(digits) - last == 4 and not ("." in digits and "," in digits)):
        return ""
    return mark
